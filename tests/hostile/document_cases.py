"""A source of chance, in; hostile rulebooks (txt, HTML, DOCX, ODT, PDF) and documents and charts for embed, out."""

# ruff: noqa: E501 - one case, one line

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.hostile.case import FINE, REFUSED, Case, package

READ = "read {file} -o proposed.json"
EMBED = "embed {file} --no-backup"
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RULEBOOK = (
    "ПРАВИЛНИК\nо унутрашњем уређењу\nЧлан 1.\nУ Министарству се образује Сектор за финансије.\nЧлан 2.\n"
    "У Сектору за финансије образују се:\n1. Одељење за буџет и\n2. Одељење за ревизију.\n"
)
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc```\x00\x00\x00\x04\x00\x01\xf6\x178U\x00\x00\x00\x00IEND\xaeB`\x82"
)
TYPES = XML + (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    b'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override '
    b'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
    b'document.main+xml"/></Types>'
)
RELATIONS = XML + (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%b" Target="%b"/></Relationships>'
)
PICTURE = (
    b'<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    b'<wp:extent cx="5400000" cy="1800000"/><wp:docPr id="1" name="P" descr="orgchart:top"/><a:graphic '
    b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    b'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    b'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="P"/>'
    b'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    b'<a:off x="0" y="0"/><a:ext cx="5400000" cy="1800000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    b"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = b"<!DOCTYPE x [" + b"".join(
    b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10)
) + b"]>"  # fmt: skip
OFFICE = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:'
    b'drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    b'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"><office:body><office:text>'
)
OFFICE_END = b"</office:text></office:body></office:document-content>"
FRAME = (
    b'<text:p><draw:frame draw:name="P" svg:width="15cm" svg:height="5cm"><draw:image xlink:href="Pictures/a.png" '
    b'xlink:type="simple"/><svg:desc>orgchart:top</svg:desc></draw:frame></text:p>'
)
MANIFEST = XML + (
    b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.3"><m:file-entry '
    b'm:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" '
    b'm:media-type="text/xml"/><m:file-entry m:full-path="Pictures/a.png" m:media-type="image/png"/></m:manifest>'
)
MAIN, CONTENT = "word/document.xml", "content.xml"


def word_parts() -> dict[str, bytes]:
    paragraphs = b"".join(b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>" % line.encode() for line in RULEBOOK.split("\n"))
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS % (b"officeDocument", b"word/document.xml"),
        MAIN: XML + b"<w:document %b><w:body>%b%b</w:body></w:document>" % (W, paragraphs, PICTURE),
        "word/_rels/document.xml.rels": RELATIONS % (b"image", b"media/a.png"),
        "word/media/a.png": PIXEL,
    }


def odt_parts() -> dict[str, bytes]:
    paragraphs = b"".join(b"<text:p>%b</text:p>" % line.encode() for line in RULEBOOK.split("\n"))
    return {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        CONTENT: XML + OFFICE + paragraphs + FRAME + OFFICE_END,
        "META-INF/manifest.xml": MANIFEST,
        "Pictures/a.png": PIXEL,
    }


def document_cases(chance: random.Random) -> Iterator[Case]:
    for kind, parts, main in (("docx", word_parts, MAIN), ("odt", odt_parts, CONTENT)):
        yield from _packages(chance, kind, parts(), main)
    yield from _texts(chance)
    yield from _pdfs(chance)
    yield from _pages(chance)


def _packages(chance: random.Random, kind: str, parts: Mapping[str, bytes], main: str) -> Iterator[Case]:
    file, whole, text = f"report.{kind}", package(parts), parts[main]

    def both(
        name: str, content: bytes | Callable[[], bytes], said: str | None, code: int | None = REFUSED, **more: Any
    ) -> Iterator[Case]:
        yield Case(f"{kind}-embed-{name}", kind, file, EMBED, content, code, said, **more)
        # A process for each takes its time: all but the telling ones are for the night.
        yield Case(
            f"{kind}-read-{name}", kind, file, READ, content, code, said, **{**more, "slow": more.get("slow", True)}
        )

    def changed(part: str, content: bytes | None) -> bytes:
        made = {**parts, part: content}
        return package({name: inside for name, inside in made.items() if inside is not None})

    yield Case(f"{kind}-good-embed", kind, file, EMBED, whole, FINE)
    yield Case(f"{kind}-good-read", kind, file, READ, whole, None)
    yield from both("no-zip", b"PK\x03\x04 and then nothing of the kind", "it is no zip file", slow=False)
    yield from both("empty", b"", file)
    yield from both("text", RULEBOOK.encode(), file)
    for number in range(6):
        yield from both(f"cut-{number}", whole[: chance.randrange(30, len(whole) - 60)], "it is no zip file")
    for part in parts:
        yield from both(f"without-{part.replace('/', '-')}", changed(part, None), None, None)
        yield from both(f"junk-{part.replace('/', '-')}", changed(part, bytes(range(256))), None, None)
    yield from both("doctype", changed(main, text.replace(XML, XML + DOCTYPE)), "declares a document type", slow=False)
    yield from both("laughs", changed(main, text.replace(XML, XML + LAUGHS)), "declares a document type")
    yield from both(
        "late-doctype",
        changed(main, b"<!--" + b"x" * 1_500_000 + b"-->" + DOCTYPE + text[len(XML) :]),
        "declares a document type",
    )
    yield from both(
        "utf16-doctype", changed(main, (DOCTYPE + text[len(XML) :]).decode().encode("utf-16")), "document type"
    )
    yield from both("doctype-elsewhere", changed("extra.xml", DOCTYPE + b"<x/>"), "declares a document type")
    for number in range(12):
        damaged = bytearray(text)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chance.choice(b"<>&\"'/ x\x00\xff")
        yield from both(f"damaged-{number:02}", changed(main, bytes(damaged)), None, None, slow=number > 5)
    for number, (old, new) in enumerate(
        (
            (b"orgchart:top", b"orgchart:../../secret"), (b"orgchart:top", b"orgchart:"), (b"orgchart:top", b"orgchart:nosuch"),
            (b"orgchart:top", b"orgchart:&lt;b&gt;"), (b"orgchart:top", b"orgchart:top orgchart:top"),
            (b"5400000", b"99999999999999999"), (b"5400000", b"-1"), (b"5400000", b"x"), (b"15cm", b"1e9cm"), (b"15cm", b"-15cm"),
            (b"15cm", b"nancm"), (b"rId1", b"rId9"), (b"Pictures/a.png", b"../../../etc/passwd"), (b"Pictures/a.png", b"http://a/x"),
        )
    ):  # fmt: skip
        if old in text:
            yield from both(f"value-{number:02}", changed(main, text.replace(old, new)), None, None)
    for number, name in enumerate(("../../evil.xml", "/etc/evil.xml", "c:\\evil.xml", "word\\..\\evil", "a\x00b.xml")):
        yield Case(
            f"{kind}-embed-name-{number}",
            kind,
            file,
            EMBED,
            changed(name, b"<x/>"),
            None if number == 4 else REFUSED,
            None if number == 4 else "that leads out of it",
        )
    yield Case(
        f"{kind}-embed-signed",
        kind,
        file,
        EMBED,
        changed("_xmlsignatures/s.xml" if kind == "docx" else "META-INF/documentsignatures.xml", b"<x/>"),
        REFUSED,
        "it is signed",
    )
    yield Case(
        f"{kind}-embed-case",
        kind,
        file,
        EMBED,
        changed(main.upper(), b"<x/>"),
        REFUSED,
        "it holds two parts of the name",
    )
    for number in range(16):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        yield Case(f"{kind}-embed-flipped-{number:02}", kind, file, EMBED, bytes(damaged), slow=number > 5)
    deep = b"<w:x>" * 10_100 + b"</w:x>" * 10_100 if kind == "docx" else b"<text:x>" * 10_100 + b"</text:x>" * 10_100
    begin = b"<w:body>" if kind == "docx" else b"<office:text>"
    yield Case(
        f"{kind}-embed-deep",
        kind,
        file,
        EMBED,
        changed(main, text.replace(begin, begin + deep)),
        REFUSED,
        "the limit document_depth",
    )
    parts_too_many = {**parts, **{f"x/{n}.bin": b"" for n in range(5_001)}}
    yield from both("parts", lambda: package(parts_too_many), "the limit package_parts", slow=True)
    empty = b"<w:p/>" if kind == "docx" else b"<text:p/>"
    yield from both(
        "bomb",
        lambda: package({**parts, "x.xml": b" " * 201_000_000}, packed=True),
        "the limit unpacked_bytes",
        slow=True,
    )
    yield from both(
        "paragraphs",
        lambda: package({**parts, main: text.replace(begin, begin + empty * 10_000_000)}, packed=True),
        "tags",
        slow=True,
    )


def _texts(chance: random.Random) -> Iterator[Case]:
    def one(
        name: str, content: bytes | Callable[[], bytes], said: str | None = None, code: int | None = None, **more: Any
    ) -> Case:
        return Case(f"txt-{name}", "txt", "rulebook.txt", READ, content, code, said, **more)

    good = RULEBOOK.encode()
    yield one("good", good)
    for number, content in enumerate(
        (b"", b" \n\t\n", b"\x00" * 500, b"\xef\xbb\xbf", bytes(range(256)) * 9, b"\xff\xfe", b"\xfe\xff\x04")
    ):
        yield one(f"odd-{number}", content)
    for number, sign in enumerate(
        ("a", "(", "1. ", "Члан 1. ", "\u0301", "\u200b", "-", "„", "Одељење за ", "и ", "\x0c", "\r")
    ):
        yield one(f"run-{number:02}", sign.encode() * 30_000)
        yield one(f"lines-{number:02}", (sign + "\n").encode() * 2_000)
    for codec in ("utf-16", "utf-16-le", "cp1251", "iso8859_5", "koi8-r", "utf-32"):
        yield one(f"encoding-{codec}", RULEBOOK.encode(codec, "replace"))
    for number, sign in enumerate(
        ("<script>alert(1)</script>", "&lt;", "\u202e", "]]>", '"', "\\", "{{ 7*7 }}", "{% x %}", "\x1b[31m", "\x07")
    ):
        yield one(f"words-{number}", RULEBOOK.replace("буџет", f"буџет {sign}").encode())
    for number in range(16):
        changed = bytearray(good)
        for _ in range(chance.randint(1, 9)):
            place = chance.randrange(len(changed))
            changed[place : place + chance.randrange(3)] = bytes(chance.choices(b"\n.;:1) \xd0\x00\xff", k=2))
        yield one(f"damaged-{number:02}", bytes(changed))
    # Words of a length that only a program writes: no search of ours may begin anew at every letter.
    for number, sign in enumerate(("a", "ш", "A", "1", "{a", "a-", "a, ", "I", " ", "„", "1.", "a(")):
        long = f"Члан 1. У Министарству се образује Сектор „{sign * 60_000}1 (у даљем тексту: Сектор).\n"
        yield one(f"long-word-{number:02}", (RULEBOOK + long + RULEBOOK).encode())
    yield one("large", lambda: b"a\n" * 50_000_002, "100,000,000, the limit rulebook_bytes", REFUSED, slow=True)


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def page_with(content: bytes, filters: bytes = b"") -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _pdfs(chance: random.Random) -> Iterator[Case]:
    def one(
        name: str, content: bytes | Callable[[], bytes], said: str | None = None, code: int | None = None, **more: Any
    ) -> Case:
        return Case(f"pdf-{name}", "pdf", "rulebook.pdf", READ, content, code, said, **more)

    good = page_with(b"BT/F 9 Tf 50 800 Td(Clan 1. Sektor za finansije.)Tj ET")
    yield one("good", good)
    yield one("none", b"%PDF-1.7 and then nothing of the kind", "broken or locked", REFUSED)
    yield one("scan", page_with(b"q 500 0 0 700 40 40 cm 0 0 1 1 re f Q"), "(OCR) over it first", REFUSED)
    yield one(
        "cycle",
        pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
            b"<</Type/Pages/Kids[2 0 R]/Count 9>>",
        ),
        "the limit pdf_pages",
        REFUSED,
    )
    yield one("itself", pdf(b"<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 3>>"), slow=True)
    for number in range(5):
        yield one(f"cut-{number}", good[: chance.randrange(20, len(good) - 80)], slow=number > 1)
    for number in range(8):
        changed = bytearray(good)
        for _ in range(chance.randint(1, 5)):
            changed[chance.randrange(len(changed))] = chance.choice(b"0<>[]()/R \x00\xff")
        yield one(f"damaged-{number}", bytes(changed), slow=number > 1)

    def bomb() -> bytes:
        packer = zlib.compressobj(9)
        inner = b"".join([*(packer.compress(b" " * 1_000_000) for _ in range(1_500)), packer.flush()])
        return page_with(zlib.compress(inner, 9), b"/Filter[/FlateDecode/FlateDecode]")

    def operators() -> bytes:
        return page_with(zlib.compress(b"BT/F 9 Tf(a)Tj ET\n" * 2_000_000, 9), b"/Filter/FlateDecode")

    yield one("bomb", bomb, "its reader", REFUSED, slow=True)
    yield one("operators", operators, "its reader broke off", REFUSED, slow=True)


def _pages(chance: random.Random) -> Iterator[Case]:
    """HTML rulebooks, and HTML and Markdown given to embed."""
    page = f"<!doctype html><html><body>{''.join(f'<p>{line}</p>' for line in RULEBOOK.splitlines())}</body></html>"
    for number, (old, new) in enumerate(
        (
            ("", ""), ("<p>", "<p><script>x</script>"), ("<html>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><html>&e;"),
            ("<p>", "<div>" * 3_000 + "<p>"), ("<p>", "<p onclick='x'>&#0;&#xD800;&#x110000;"), ("</p>", ""),
            ("<body>", "<body><xi:include href='file:///etc/passwd'/>"), ("<body>", "<body><!--"), ("<body>", "<body><plaintext>"),
        )
    ):  # fmt: skip
        yield Case(
            f"html-read-{number}",
            "html",
            "rulebook.html",
            READ,
            page.replace(old, new, 2).encode() if old else page.encode(),
            slow=number > 3,
        )
    marked = "<!doctype html><meta charset=utf-8><p>x</p>\n<!-- orgchart:top -->\n"
    for number, (text, code) in enumerate(
        (
            (marked, FINE), (marked + "<!-- /orgchart:top -->", FINE), (marked * 3, FINE), (marked.replace("top", "../top"), REFUSED),
            (marked.replace("top", "nosuch"), REFUSED), ("<!-- /orgchart:top -->", REFUSED), (f"<script>{marked}</script>", None),
            (marked + "<!-- /orgchart:other -->", REFUSED), ("<!-- orgchart: -->", None), ("<!-- orgchart:top", None), ("", None),
            ("<!-- orgchart:<b> -->", None), ("<!--" * 50_000, None), ("<script>" * 20_000, None), ("<!-- orgchart:top -->" * 400, FINE),
        )
    ):  # fmt: skip
        for ending in ("html", "md"):
            yield Case(
                f"{ending}-embed-{number:02}",
                ending,
                f"page.{ending}",
                EMBED,
                text.encode(),
                None if ending == "md" else code,
            )
    for codec in ("utf-16", "cp1251", "utf-16-le"):
        yield Case(f"html-embed-{codec}", "html", "page.html", EMBED, (marked + "Одсек").encode(codec))
    yield Case("html-embed-torn", "html", "page.html", EMBED, b"\xff\xfe<\x00!\x00-", REFUSED, "it is broken UTF-16")
