"""A source of chance, in; hostile tables and trees to import (CSV, xlsx, JSON, JSON-LD), and hostile charts to embed, out."""

# ruff: noqa: E501 - one case, one line

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.hostile.case import FINE, REFUSED, Case, package

IMPORT = "import {file} -o imported.json"
GOOD = "id,parent,name,staff\na,,Сектор,3\nb,a,Одсек,\n"
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
S = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def table_cases(chance: random.Random) -> Iterator[Case]:
    yield from _csv(chance)
    yield from _xlsx(chance)
    yield from _trees(chance)


def _csv(chance: random.Random) -> Iterator[Case]:
    def one(name: str, text: str | bytes, said: str | None = None, code: int | None = REFUSED, **more: Any) -> Case:
        content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        return Case(f"csv-{name}", "csv", "table.csv", IMPORT, content, code, said, **more)

    yield one("good", GOOD, None, FINE)
    for number, (text, said) in enumerate(
        (
            ("", "the file is empty"), ("\n\n\n", "the file is empty"), ("id,name\n", "a header and no rows"),
            ("a,b\n1,2\n", "no column was found that holds the names"), ("id,name\na,A\na,B\n", "its id stands twice"),
            ("id,parent,name\na,x,A\n", 'parent "x" does not exist'), ("id,parent,name\na,a,A\n", "it is its own parent"),
            ("id,parent,name\na,b,A\nb,a,B\n", "the parents go round in a circle"), ("id,name\na,\n", "the name is empty"),
            ("id,naziv,name\na,A,B\n", 'both fit "name"'), ('id,name\na,"A\nb,B\n', "none closes it"),
            ("id,name,staff\na,A,-3\n", "staff must be a whole number"), ("id,name,staff\na,A,dva\n", "is no whole number"),
            ("id,name,staff\na,A," + "9" * 5_000 + "\n", "staff"), ("id,name\na,x\x07y\n", "the control character U+0007"),
            ("id,name\na," + "я" * 2_001 + "\n", "2,001 characters"), ("id,name\na,\ufffe\n", "the noncharacter U+FFFE"),
            ("id,name\na,\x00\n", "table.csv"), ("id,name,placement\na,A,left\n", 'placement "left" is not known'),
            ("id,name,relations\na,A,x → z\n", '"z" does not exist'), ("id,parent,name\na,,A\nb,a\n", "the row has 2 cells"),
            ("id,parent,name\na,,A\nb,a,B,c,d\n", "the row has 5 cells"), ('id,name\na,"A"x\n', "more text follows"),
            ("\x00", "table.csv"), ("%PDF-1.7", "this is a PDF"),
        )
    ):  # fmt: skip
        yield one(f"form-{number:02}", text, said)
    for number, name in enumerate(
        (
            "=cmd|' /C calc'!A0",
            "+1",
            "-1+1",
            "@SUM(1)",
            "<script>",
            "&lt;",
            "\\N",
            '""',
            "a;b|c",
            "\tx",
            "😀",
            "\u202ex",
        )
    ):
        quoted = name.replace('"', '""')
        yield one(f"name-{number:02}", f'id,name\na,"{quoted}"\n', None, None)
    for number, unit_id in enumerate(("../x", "con", "-rf", "=1", "A", "é", " x ", "a\nb")):
        yield one(f"id-{number}", f'id,name\n"{unit_id}",N\n', None, None)
    for codec in ("utf-16", "utf-8-sig", "cp1251", "koi8-r", "utf-32", "utf-16-le"):
        yield one(f"encoding-{codec}", GOOD.encode(codec, "replace"), None, None)
    for number in range(16):
        changed = bytearray(GOOD.encode() * 2)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(len(changed))] = chance.choice(b',;|\t"\n\r\x00\xff\xd0= ')
        yield one(f"damaged-{number:02}", bytes(changed), None, None)
    # Bytes that are no UTF-8 are read as what they may be, and that is said.
    yield one("surrogate", "id,name\na,\ud800\n", "read as CSV in Windows-1251", FINE)
    yield one("sep", "sep=;\nid;name\na;A\n", None, FINE)
    yield one("wide", "id,name" + ",x" * 20_000 + "\na,A" + ",1" * 20_000 + "\n", None, None)
    yield one("cell", 'id,name\na,"' + "x" * 2_000_100 + '"\n', "2,000,000")
    yield one(
        "chain", "id,parent,name\n" + "".join(f"u{n},{f'u{n - 1}' if n else ''},N\n" for n in range(5_000)), None, FINE
    )


def _workbook(sheet: bytes, **others: bytes) -> dict[str, bytes]:
    relation = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
    spaces = b'xmlns="http://schemas.openxmlformats.org/package/2006/'
    return {
        "[Content_Types].xml": XML + b'<Types %bcontent-types"><Default Extension="rels" ContentType="application/vnd.'
        b'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
        b'PartName="/xl/workbook.xml" ContentType="%bsheet.main+xml"/><Override PartName="/%b" ContentType='
        b'"%bworksheet+xml"/></Types>' % (spaces, kind, SHEET.encode(), kind),
        "_rels/.rels": XML + b'<Relationships %brelationships"><Relationship Id="rId1" Type="%bofficeDocument" '
        b'Target="xl/workbook.xml"/></Relationships>' % (spaces, relation),
        "xl/workbook.xml": XML + b'<workbook %b xmlns:r="%b"><sheets><sheet name="Units" sheetId="1" r:id="rId1"/>'
        b"</sheets></workbook>" % (S, relation.rstrip(b"/")),
        "xl/_rels/workbook.xml.rels": XML + b'<Relationships %brelationships"><Relationship Id="rId1" Type="%bworksheet" '
        b'Target="worksheets/sheet1.xml"/></Relationships>' % (spaces, relation),
        SHEET: sheet,
        **others,
    }  # fmt: skip


def _sheet(*rows: tuple[str, ...], more: bytes = b"") -> bytes:
    cells = b"".join(
        b'<row r="%d">%b</row>' % (
            number,
            b"".join(b'<c r="%c%d" t="inlineStr"><is><t>%b</t></is></c>' % (65 + column, number, text.encode())
                     for column, text in enumerate(row)),
        )
        for number, row in enumerate(rows, 1)
    )  # fmt: skip
    return XML + b"<worksheet %b><sheetData>%b</sheetData>%b</worksheet>" % (S, cells, more)


def _xlsx(chance: random.Random) -> Iterator[Case]:
    def one(
        name: str,
        content: bytes | Callable[[], bytes],
        said: str | None = None,
        code: int | None = REFUSED,
        **more: Any,
    ) -> Case:
        return Case(f"xlsx-{name}", "xlsx", "table.xlsx", IMPORT, content, code, said, **more)

    sheet = _sheet(("id", "parent", "name"), ("a", "", "Сектор"), ("b", "a", "Одсек"))
    good = package(_workbook(sheet))
    yield one("good", good, None, FINE)
    yield one(
        "doctype",
        package(_workbook(sheet.replace(XML, XML + b'<!DOCTYPE x [<!ENTITY a "b">]>'))),
        "declares a document type",
    )
    yield one(
        "merged",
        package(
            _workbook(
                _sheet(("id", "name"), ("a", "A"), more=b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
            )
        ),
        "the limit cells",
    )
    yield one("no-workbook", package({"x.xml": b"<x/>"}), "it holds no workbook")
    yield one(
        "twice", package(_workbook(_sheet(("id", "name"), ("a", "A"), ("a", "B")))), "its id stands twice", slow=True
    )
    yield one("torn", package(_workbook(b"<worksheet")), "cannot be read", slow=True)
    yield one(
        "far",
        package(_workbook(sheet.replace(b'r="b"', b"").replace(b'<row r="3">', b'<row r="1048576">'))),
        None,
        None,
        slow=True,
    )
    yield one(
        "error",
        package(
            _workbook(
                _sheet(("id", "name")).replace(
                    b"</sheetData>", b'<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row></sheetData>'
                )
            )
        ),
        "#REF!",
        slow=True,
    )
    yield one(
        "formula",
        package(
            _workbook(
                _sheet(("id", "name")).replace(
                    b"</sheetData>", b'<row r="2"><c r="B2"><f>HYPERLINK("http://a")</f></c></row></sheetData>'
                )
            )
        ),
        None,
        slow=True,
    )
    for number in range(4):
        yield one(f"cut-{number}", good[: chance.randrange(40, len(good) - 60)], "it is no zip file", slow=number > 0)
    for number in range(6):
        changed = bytearray(good)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        yield one(f"flipped-{number}", bytes(changed), None, None, slow=number > 1)
    yield one(
        "bomb",
        lambda: package(_workbook(sheet + b" " * 201_000_000), packed=True),
        "the limit unpacked_bytes",
        slow=True,
    )


def _trees(chance: random.Random) -> Iterator[Case]:
    def one(
        name: str, value: Any, said: str | None = None, code: int | None = REFUSED, kind: str = "tree.json", **more: Any
    ) -> Case:
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        return Case(f"tree-{name}", kind, "tree.json", IMPORT, content, code, said, **more)

    yield one("good", {"name": "A", "children": [{"name": "B"}]}, None, FINE)
    for number, value in enumerate(
        ([], {}, 7, None, "x", [1], [[]], [None], {"units": [1]}, {"children": []}, [{"x": 1}], {"a": {"b": {"c": 1}}})
    ):
        yield one(f"form-{number:02}", value, "tree.json")
    for number, text in enumerate(
        (
            b'{"name": "A", "name": "B"}',
            b'{"name": NaN}',
            b"[" * 70,
            b'{"name": "A",}',
            b'{"name": "\\ud800"}',
            b'{"name": "A", "staff": 1e999}',
        )
    ):
        yield one(f"grammar-{number}", text, "tree.json")
    yield one("deep", b'{"name": "A", "children": [' * 40 + b"]}" * 40, None, FINE)
    yield one("too-deep", b'{"name": "A", "children": [' * 4_000 + b"]}" * 4_000, "nested more than 64 deep")
    for number, name in enumerate(
        ("<b>", "&lt;", "\x07", "\u202e", "x" * 2_001, "", " ", "=1", 7, None, ["a"], {"x": 1}, True, 1.5)
    ):
        yield one(f"name-{number:02}", {"name": "A", "children": [{"name": name, "id": "b"}]}, None, None)
    for number in range(8):
        changed = bytearray(json.dumps([{"id": 1, "title": "x"}, {"id": 2, "parent": 1, "title": "y"}]).encode())
        changed[chance.randrange(len(changed))] = chance.choice(b'{}[]",:0a \xff')
        yield one(f"damaged-{number}", bytes(changed), None, None)
    context = {"@context": "http://evil.example/context", "@id": "http://a/b", "name": "A"}
    yield one("unknown-context", context, None, REFUSED, "jsonld")
    yield one("file-context", {**context, "@context": "file:///etc/passwd"}, None, REFUSED, "jsonld", slow=True)
    yield one(
        "context-of-itself",
        {**context, "@context": {"a": "a:b", "b": {"@id": "a:b", "@context": {"@import": "x"}}}},
        None,
        None,
        "jsonld",
        slow=True,
    )


def chart_cases(chart: bytes, chance: random.Random) -> Iterator[Case]:
    """chart: an SVG as orgchart draws it, of which each case is another; a good Markdown page asks for it."""

    def one(
        name: str, content: bytes | Callable[[], bytes], said: str | None, code: int | None = REFUSED, **more: Any
    ) -> Case:
        page = {"page.html": b"<!doctype html><meta charset=utf-8>\n<!-- orgchart:evil -->\n"}
        return Case(
            f"svg-{name}",
            "chart svg",
            "output/evil.svg",
            "embed page.html --no-backup",
            content,
            code,
            said,
            beside=page,
            **more,
        )

    end = b"</svg>"
    yield one("good", chart, None, FINE)
    for number, element in enumerate(
        (
            b"<script>1</script>", b"<image href='file:///etc/passwd'/>", b"<foreignObject/>", b"<iframe/>", b"<animate/>",
            b"<animateTransform/>", b"<animateMotion/>", b"<set attributeName='href' to='x'/>", b"<handler/>", b"<feImage/>",
            b"<filter/>", b"<mask/>", b"<pattern/>", b"<video/>", b"<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
            b"<p xmlns='http://www.w3.org/1999/xhtml'/>", b"<SCRIPT/>", b"<metadata/>", b"<switch/>", b"<view/>", b"<cursor/>",
        )
    ):  # fmt: skip
        yield one(f"element-{number:02}", chart.replace(end, element + end), "it holds <")
    for number, link in enumerate(
        (
            b"javascript:x()", b"JaVaScRiPt:x()", b"java&#9;script:x()", b"java&#10;script:x()", b"&#1;javascript:x()", b" javascript:x()",
            b"data:text/html,x", b"file:///etc/passwd", b"//evil.example/a", b"http:/evil.example/a", b"https:evil", b"vbscript:x",
            b"mailto:a@b", b"\\\\evil\\a", b"a b", b"https://a b", b"&#x6A;avascript:x()", b"blob:x", b"ftp://a", b"#a b", b"a:b",
        )
    ):  # fmt: skip
        said = "no well-formed XML" if link.startswith(b"&#1;") else "it links to"
        yield one(f"link-{number:02}", chart.replace(end, b'<a href="%b"/>' % link + end), said)
    yield one(
        "link-alias",
        chart.replace(end, b'<a xmlns:q="http://www.w3.org/1999/xlink" q:href="javascript:x"/>' + end),
        "it links to",
    )
    for number, link in enumerate((b"https://example.org/units/a", b"http://localhost/?a=b", b"a.html?b=c#d")):
        yield one(f"address-{number}", chart.replace(end, b'<a href="%b"/>' % link + end), None, FINE)
    yield one("use-outside", chart.replace(end, b'<use href="other.svg#a"/>' + end), "it links to")
    for number, attribute in enumerate(
        (
            b'onclick="x()"', b'ONLOAD="x()"', b'style="fill:url(http://a)"', b'style="fill:u\\72l(http://a)"', b'mask="url(http://a)"',
            b'clip-path="url(//a)"', b'x:y="1" xmlns:x="urn:x"', b'xml:base="http://a"', b'style="@import x"', b'filter="URL(http://a)"',
        )
    ):  # fmt: skip
        yield one(
            f"attribute-{number}", chart.replace(b"<rect ", b"<rect " + attribute + b" ", 1), "no chart of orgchart"
        )
    yield one("root-onload", chart.replace(b"<svg ", b'<svg onload="x()" ', 1), "it holds a script (onload)")
    for number, style in enumerate(
        (
            b"@import 'http://a';",
            b"a{fill:url(http://a)}",
            b"a{fill:u\\72l(http://a)}",
            b"@charset 'x';",
            b"a{b:expression(1)}",
            b"@font-face{src:url(http://a)}",
            b"a{x:url(data:text/html,x)}",
        )
    ):
        yield one(f"style-{number}", chart.replace(b"<style>", b"<style>" + style, 1), "its style loads other files")
    for number, (old, new, said) in enumerate(
        (
            (b'<?xml version="1.0" encoding="UTF-8"?>\n', b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "document type"),
            (b"</svg>", b"", "is no well-formed XML"), (b'role="', b'role="&boom;', "is no well-formed XML"),
            (b"aria-labelledby", b"aria-label", "it is no chart that orgchart drew"), (b'mm"', b'e9mm"', "it is no chart"),
            (b'width="', b'width="999', None), (b'height="', b'height="-', None), (b'd="M', b'd="Mnan', None),
        )
    ):  # fmt: skip
        yield one(f"form-{number}", chart.replace(old, new, 1), said, REFUSED if said else None)
    yield one("empty", b"", "is no well-formed XML")
    yield one("another", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it is no chart that orgchart drew")
    yield one("no-xml", b"\x89PNG", "is no well-formed XML")
    yield one("utf-16", chart.decode().encode("utf-16"), None)
    yield one("deep", chart.replace(end, b"<g>" * 10_100 + b"</g>" * 10_100 + end), "the limit document_depth")
    yield one("deep-enough", chart.replace(end, b"<g>" * 600 + b"</g>" * 600 + end), None, None)
    for number in range(10):
        changed = bytearray(chart)
        changed[chance.randrange(len(changed))] = chance.choice(b"<>&\"'/ x\x00\xff")
        yield one(f"damaged-{number}", bytes(changed), None, None)
