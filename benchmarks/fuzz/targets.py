"""Bytes, in; nothing, or an OrgChartError, out: whatever else one of these roads raises is a finding."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from orgchart.build.project import load_project
from orgchart.chart import build_chart
from orgchart.documents.charts import ChartFolder
from orgchart.documents.embed import embed
from orgchart.errors import OrgChartError
from orgchart.exchange import import_units
from orgchart.formats import render_files
from orgchart.rulebook import read_rulebook
from orgchart.rulebook.review import write_review
from orgchart.strict_json import Scan, SuspectError, read_quickly
from orgchart.styles import load_style
from orgchart.units import Unit, UnitFile, dump_units, parse_units
from tests.documents import odt_file, repacked_parts, word_file

CHART: Final = "sector"
# Which part of a document the bytes stand for, by the first of them; 0 and all others: the whole file.
WORD_PARTS: Final = {1: "word/document.xml", 2: "word/_rels/document.xml.rels", 3: "[Content_Types].xml"}
SMALL_STYLES: Final = (
    b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" '
    b'w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
)
ODT_PARTS: Final = {1: "content.xml", 2: "META-INF/manifest.xml", 3: "styles.xml"}


def units(content: bytes) -> None:
    """What is accepted is saved, and is the same when it is loaded again."""
    loaded = parse_units(content, "fuzz.json")
    assert parse_units(dump_units(loaded), "fuzz.json") == loaded, "another file after a save"


def json_twice(content: bytes) -> None:
    """The two readers of JSON are of one mind."""
    text = content.decode("utf-8", "replace")
    scan = Scan(text)
    try:
        value = read_quickly(text)
    except SuspectError:
        assert scan.faults, "refused without a fault"
        return
    # At brackets without end the scan stops, and who asked reports them; the quick reader leaves that to its caller.
    assert scan.broken or repr(value) == repr(scan.value), "two values of one text"


def style(content: bytes) -> None:
    """A style file is resolved with all that it extends."""
    load_style(str(_written(content, "fuzz.toml")))


def project(content: bytes) -> None:
    """An orgchart.toml becomes charts to make."""
    load_project(_written(content, "orgchart.toml"))


def rulebook(content: bytes) -> None:
    """The whole road from bytes to the units file and the review."""
    reading = read_rulebook([("fuzz.txt", content)])
    if reading.units is not None:
        dump_units(reading.units)
    write_review(reading, "json")


def table(content: bytes) -> None:
    """A CSV file becomes units, which can be saved."""
    dump_units(import_units(content, "fuzz.csv").units)


def tree(content: bytes) -> None:
    """A JSON file of another program becomes units; JSON-LD, which a process of its own reads, is left out."""
    if b"@" not in content:
        dump_units(import_units(content, "fuzz.json").units)


def word(content: bytes) -> None:
    """A DOCX, or one part of a good one, gets its chart."""
    _embedded(_document(content, WORD_PARTS, small_word_file), "fuzz.docx")


def small_word_file(alternative: str) -> bytes:
    """A DOCX without the hundreds of styles that Word gives each, which would take all the time."""
    return repacked_parts(word_file(alternative), {"word/styles.xml": SMALL_STYLES, "word/theme/theme1.xml": None})


def odt(content: bytes) -> None:
    """An ODT, or one part of a good one, gets its chart."""
    _embedded(_document(content, ODT_PARTS, odt_file), "fuzz.odt")


def markup(content: bytes) -> None:
    """By the first byte a page of HTML, or Markdown."""
    _embedded(content[1:], "fuzz.html" if content[:1] < b"\x80" else "fuzz.md")


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "units": units,
    "json": json_twice,
    "style": style,
    "project": project,
    "rulebook": rulebook,
    "csv": table,
    "tree": tree,
    "docx": word,
    "odt": odt,
    "markup": markup,
}


def one_input(target: str, content: bytes) -> None:
    """Try one input; returns where it is accepted, or refused as the users shall read it."""
    try:
        TARGETS[target](content)
    except OrgChartError as error:
        assert str(error).strip(), "a refusal without a word"


def _document(content: bytes, parts: Mapping[int, str], whole: Callable[[str], bytes]) -> bytes:
    """The bytes as one part of a good document, so that not every change ends at the zip's check sums."""
    name = parts.get(content[0]) if content else None
    return content[1:] if name is None else _repacked(whole, name, content[1:])


def _repacked(whole: Callable[[str], bytes], name: str, part: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for other, its_bytes in _parts(whole):
            package.writestr(other, part if other == name else its_bytes)
    return written.getvalue()


@cache
def _parts(whole: Callable[[str], bytes]) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(whole(f"orgchart:{CHART}"))) as package:
        return tuple((name, package.read(name)) for name in package.namelist())


@cache
def _folder() -> Path:
    """A folder of its own for this process, in which one chart is drawn."""
    folder = Path(tempfile.mkdtemp(prefix="orgchart-fuzz-"))
    chart = build_chart(UnitFile(units=(Unit("top", "sector", "Sector"), Unit("un", "group", "Group", "top"))))
    for file, content in render_files(chart, ["svg"], CHART).items():
        (folder / file).write_bytes(content)
    return folder


@cache
def _charts() -> ChartFolder:
    return ChartFolder(_folder())


def _written(content: bytes, name: str) -> Path:
    file = _folder() / name
    file.write_bytes(content)
    return file


def _embedded(content: bytes, name: str) -> None:
    file = _written(content, name)
    embed([(file, file)], _charts())
