"""Documents and charts that are broken, locked, signed or made to harm: each is refused in one sentence."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from orgchart.documents.charts import ChartFolder
from orgchart.documents.embed import embed
from orgchart.errors import OrgChartError
from tests.documents import draw_charts, odt_file, parts_of, repacked_parts, word_file

MAIN = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="session")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_charts(tmp_path_factory.mktemp("charts"))


def word(changes: dict[str, bytes | None]) -> bytes:
    return repacked_parts(word_file("orgchart:top"), changes)


def odt(changes: dict[str, bytes | None]) -> bytes:
    return repacked_parts(odt_file("orgchart:top"), changes)


def main_part(replace: bytes, by: bytes) -> bytes:
    return word({MAIN: parts_of(word_file("orgchart:top"))[MAIN].replace(replace, by)})


def named(name: str, raw: bytes) -> bytes:
    """The document with one more part, whose name is then overwritten by another of the same length."""
    return word({name: b"x"}).replace(name.encode(), raw)


def locked() -> bytes:
    """Every part flagged as encrypted."""
    content = bytearray(word_file("orgchart:top"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        at = package.start_dir
    while content[at : at + 4] == b"PK\x01\x02":
        content[at + 8] |= 1
        at += 46 + sum(struct.unpack_from("<3H", content, at + 28))
    return bytes(content)


def overlapping() -> bytes:
    """Two parts whose packed bytes are the same."""
    content = bytearray(word_file("orgchart:top"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        first, second = package.infolist()[:2]
        at = package.start_dir
    struct.pack_into("<I", content, at + 20, second.header_offset + second.compress_size)
    del first
    return bytes(content)


def with_duplicate() -> bytes:
    written = io.BytesIO(word_file("orgchart:top"))
    with zipfile.ZipFile(written, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(MAIN, b"<x/>")
    return written.getvalue()


def encrypted_odt() -> bytes:
    manifest = parts_of(odt_file("orgchart:top"))["META-INF/manifest.xml"]
    entry = b'm:full-path="content.xml" m:media-type="text/xml"'
    return odt(
        {"META-INF/manifest.xml": manifest.replace(entry + b"/>", entry + b"><m:encryption-data/></m:file-entry>")}
    )


def nested(depth: int) -> bytes:
    return main_part(b"<w:body>", b"<w:body>" + b"<w:p>" * depth + b"</w:p>" * depth)


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "it is no zip file, as Word and LibreOffice write them, or it was cut off"),
    "text": (lambda: b"no zip at all", "it is no zip file"),
    "cut off": (lambda: word_file("orgchart:top")[:9000], "it is no zip file"),
    "old Word": (lambda: OLE + b"\0" * 900, "a file of an older Word (.doc), whatever its name says; save it as .docx"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password; take the password off"),
    "locked zip": (locked, "locked with a password"),
    "locked ODT": (encrypted_odt, "locked with a password; take the password off"),
    "PDF": (lambda: b"%PDF-1.7", "it is a PDF, whatever its name says"),
    "RTF": (lambda: b"{\\rtf1}", "it is RTF, whatever its name says; open it and save it as .docx"),
    "bomb": (lambda: word({"word/media/a.png": b"\0" * 210_000_000}), "200,000,000, the limit unpacked_bytes;"),
    "tags": (lambda: word({"word/footnotes.xml": b"<w:p/>" * 3_000_001}), "a part of it has more than 3,000,000 tags"),
    "parts": (lambda: word({f"a{n}": b"" for n in range(5000)}), "parts, more than 5,000, the limit package_parts"),
    "deep": (lambda: nested(10_001), "more than 10,000 elements inside each other"),
    "DOCTYPE": (lambda: main_part(b"<w:document ", b"<!DOCTYPE w><w:document "), "declares a document type"),
    "DOCTYPE in a part": (lambda: odt({"styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "a document type"),
    "entity": (lambda: main_part(b"<w:body>", b"<w:body>&boom;"), "is no well-formed XML (line 2: undefined entity)"),
    "broken XML": (lambda: main_part(b"</w:body>", b""), "word/document.xml is no well-formed XML (line 2: mismatched"),
    "UTF-16": (lambda: word({MAIN: "<w/>".encode("utf-16")}), "word/document.xml is not written in UTF-8"),
    "code page": (lambda: word({MAIN: b'<?xml version="1.0" encoding="cp1251"?><a/>'}), "is not written in UTF-8"),
    "climbs": (lambda: named("word/mediaxxx/aa", b"word/../../../aa"), "has a name that leads out of it"),
    "absolute": (lambda: named("xetc/passwd", b"/etc/passwd"), "has a name that leads out of it"),
    "drive": (lambda: named("cxxwindows", b"c:\\windows"), "has a name that leads out of it"),
    "twice": (with_duplicate, "it holds two parts of the name 'word/document.xml'"),
    "overlap": (overlapping, "overlaps with another"),
    "signed": (lambda: word({"_xmlsignatures/sig1.xml": b"<a/>"}), "it is signed, and a new chart would break the"),
    "signed ODT": (
        lambda: odt({"META-INF/documentsignatures.xml": b"<a/>"}), "take the signature off, embed, and sign"
    ),
    "no document": (lambda: word({"_rels/.rels": None}), "it holds no document of Word"),
    "other ODF": (lambda: odt({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "it holds no text of"),
    "workbook": (lambda: word({MAIN: b"<workbook/>"}), "it is a workbook or presentation"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_in_one_sentence_and_at_once(case: str, charts: Path, tmp_path: Path) -> None:
    made, said = CASES[case]
    file = tmp_path / ("report.odt" if "ODT" in case else "report.docx")
    content = made()
    file.write_bytes(content)
    begun = time.perf_counter()
    with pytest.raises(OrgChartError) as error:
        embed([(file, file)], ChartFolder(charts))
    assert said in str(error.value)
    assert str(error.value).startswith(f"{file}: ")
    assert "\n" not in str(error.value)
    assert time.perf_counter() - begun < 10
    assert file.read_bytes() == content


def test_a_part_whose_bytes_were_damaged_is_named(charts: Path, tmp_path: Path) -> None:
    content = bytearray(word_file("orgchart:top"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        part = package.getinfo("word/styles.xml")
    middle = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    content[middle : middle + 40] = bytes(40)
    file = tmp_path / "report.docx"
    file.write_bytes(content)
    with pytest.raises(OrgChartError, match=r"its part word/styles\.xml is broken or locked"):
        embed([(file, file)], ChartFolder(charts))


def test_macros_stay_as_they_are(charts: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.docm"
    file.write_bytes(word({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0macros"}))
    done = embed([(file, file)], ChartFolder(charts))[0]
    assert parts_of(done.content)["word/vbaProject.bin"] == b"\xd0\xcf\x11\xe0macros"


def test_names_that_climb_out_of_the_folder_are_no_charts(charts: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_bytes((charts / "top.svg").read_bytes())
    file = tmp_path / "report.docx"
    file.write_bytes(word_file("orgchart:../secret"))
    with pytest.raises(OrgChartError, match=r'there is no chart "\.\./secret"'):
        embed([(file, file)], ChartFolder(charts))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda svg: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it is no chart that orgchart drew"),
        (lambda svg: svg.replace(b"</svg>", b"<script>1</script></svg>"), "it holds <script>"),
        (lambda svg: svg.replace(b"</svg>", b'<image href="file:///etc/passwd"/></svg>'), "it holds <image>"),
        (lambda svg: svg.replace(b"<rect ", b'<rect onclick="x()" ', 1), "it holds a script (onclick)"),
        (lambda svg: svg.replace(b"</svg>", b'<a href="javascript:x()"/></svg>'), "it links to 'javascript:x()'"),
        (
            lambda svg: svg.replace(b"</svg>", b'<a href="java&#9;script:"/></svg>'),
            "it links to 'java\\tscript:'",
        ),
        (lambda svg: svg.replace(b"</svg>", b'<a href="//evil.example/a"/></svg>'), "it links to '//evil.example/a'"),
        (lambda svg: svg.replace(b"</svg>", b'<a href="data:text/html,x"/></svg>'), "it links to 'data:text/html,x'"),
        (
            lambda svg: svg.replace(b"</svg>", b'<a xmlns:q="http://www.w3.org/1999/xlink" q:href="file:///x"/></svg>'),
            "it links to 'file:///x'",
        ),
        (lambda svg: svg.replace(b"<svg ", b'<svg onload="x()" ', 1), "it holds a script (onload)"),
        (lambda svg: svg.replace(b"</svg>", b'<use href="other.svg#a"/></svg>'), "it links to 'other.svg#a'"),
        (lambda svg: svg.replace(b"</svg>", b'<animateTransform begin="1"/></svg>'), "it holds <animateTransform>"),
        (lambda svg: svg.replace(b"<rect ", b'<rect mask="url(http://a)" ', 1), "its attribute mask loads other files"),
        (lambda svg: svg.replace(b"<rect ", b'<rect style="fill:u\\72l(http://a)" ', 1), "its attribute style loads"),
        (lambda svg: svg.replace(b"<style>", b"<style>@import 'http://a';"), "its style loads other files"),
        (lambda svg: svg.replace(b"<style>", b"<style>a{fill:u\\72l(http://a)}"), "its style loads other files"),
        (lambda svg: svg.replace(b"url(data:font/woff2", b"url(http://a/"), "its style loads other files"),
        (lambda svg: b"<!DOCTYPE svg>" + svg.partition(b"?>\n")[2], "declares a document type"),
        (lambda svg: svg[:-20], "is no well-formed XML"),
        (lambda svg: re.sub(rb'width="[\d.]+mm"', b'width="999999mm"', svg, count=1), "which fits no page"),
        (lambda svg: b"", "is no well-formed XML"),
    ],
)
def test_a_chart_that_is_not_ours_or_does_harm_is_refused(
    charts: Path, tmp_path: Path, change: Callable[[bytes], bytes], said: str
) -> None:
    (tmp_path / "top.svg").write_bytes(change((charts / "top.svg").read_bytes()))
    file = tmp_path / "report.docx"
    file.write_bytes(word_file("orgchart:top"))
    with pytest.raises(OrgChartError) as error:
        embed([(file, file)], ChartFolder(tmp_path))
    assert said in str(error.value)


def test_unknown_charts_of_all_documents_are_said_in_one_go_with_the_nearest_names(
    charts: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.docx", tmp_path / "two.odt"
    one.write_bytes(word_file("orgchart:sectr", "orgchart:top"))
    two.write_bytes(odt_file("orgchart:zzzzzzzz"))
    with pytest.raises(OrgChartError) as error:
        embed([(one, one), (two, two)], ChartFolder(charts))
    assert str(error.value).splitlines() == [
        f'{one}, picture 1, under "2. Организациона структура": there is no chart "sectr" in "{charts}"; '
        'did you mean "sector"?',
        f'{two}, picture 1, under "Организациона структура": there is no chart "zzzzzzzz" in "{charts}"; '
        "there are sector, tall, top",
    ]
