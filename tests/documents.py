"""Words and pictures of a report, in; a DOCX or ODT of them as its programs write it, and what stands in one, out."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm
from PIL import Image

from orgchart.formats import render_files
from tests.charts import SECTOR, chart_of, unit

TALL = [unit("tall", "Кабинет министра", level="cabinet")]
TALL += [unit(f"t{number}", "Група за послове", "tall" if number == 0 else f"t{number - 1}") for number in range(14)]


def draw_charts(folder: Path) -> Path:
    """The charts sector, wide as a page, tall, a chain of fifteen, and its own page top, each as SVG and PNG."""
    folder.mkdir(exist_ok=True)
    for name, units in (("sector", SECTOR), ("tall", TALL), ("top", SECTOR[:2])):
        files = render_files(chart_of(*units, page="none", title=""), ["svg"], name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
    return folder


def placeholder(colour: str = "#cccccc") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(made, "PNG")
    made.seek(0)
    return made


def word_file(*alternatives: str, width_cm: float = 15) -> bytes:
    """A DOCX with two headings, a text, and a grey picture of the width for each alternative text, below the second."""
    document: Any = Document()
    document.add_heading("Увод", 1)
    document.add_paragraph("Текст „са наводницима“ & знаком.")
    document.add_heading("2. Организациона структура", 2)
    for number, alternative in enumerate(alternatives):
        document.add_picture(placeholder(f"#{number:02}cccc"), width=Cm(width_cm))
        document.inline_shapes[number]._inline.docPr.set("descr", alternative)
        document.add_paragraph("Слика испод.")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def odt_file(*frames: str, body: str = "", pictures: int = 1) -> bytes:
    """An ODT with two headings and the frames, each ``ALTERNATIVE|attributes`` with a grey picture in it."""
    shown = "".join(
        f'<text:p text:style-name="Standard"><draw:frame draw:name="Picture {number}" text:anchor-type="as-char" '
        f"{attributes or SIZE}><draw:image xlink:href='Pictures/old{number % pictures}.png' xlink:type=\"simple\"/>"
        f"<svg:desc>{alternative}</svg:desc></draw:frame></text:p>"
        for number, (alternative, _, attributes) in enumerate(frame.partition("|") for frame in frames)
    )
    content = (
        f'{XML}<office:document-content {SPACES} office:version="1.3"><office:automatic-styles/>'
        "<office:body><office:text>"
        '<text:h text:outline-level="1">Увод</text:h><text:p>Текст &amp; знак.</text:p>'
        f'<text:h text:outline-level="2">Организациона <text:span>структура</text:span></text:h>{shown}{body}'
        "</office:text></office:body></office:document-content>"
    )
    styles = (
        f'{XML}<office:document-styles {SPACES} office:version="1.3"><office:styles>'
        '<style:style style:name="Standard" style:family="paragraph"/></office:styles><office:automatic-styles>'
        '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm" '
        'fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm" fo:margin-right="2cm"/></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="pm1"/></office:master-styles></office:document-styles>'
    )
    names = [f"Pictures/old{number}.png" for number in range(pictures)]
    entries = "".join(f'\n <m:file-entry m:full-path="{name}" m:media-type="image/png"/>' for name in names)
    manifest = (
        f'{XML}<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.3">'
        f'\n <m:file-entry m:full-path="/" m:media-type="{ODT}"/><m:file-entry m:full-path="content.xml" '
        f'm:media-type="text/xml"/><m:file-entry m:full-path="styles.xml" m:media-type="text/xml"/>{entries}'
        "\n</m:manifest>"
    )
    parts: dict[str, str | bytes] = {"content.xml": content, "styles.xml": styles}
    parts |= {name: placeholder().getvalue() for name in names}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        for name, part in {**parts, "META-INF/manifest.xml": manifest}.items():
            package.writestr(name, part)
    return written.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
ODT = "application/vnd.oasis.opendocument.text"
SIZE = 'svg:width="15cm" svg:height="5cm"'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("draw", "drawing"), ("style", "style"), ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def repacked(content: bytes, **changes: Any) -> bytes:
    """The package with parts changed, added or (None) left out; ``__`` in a name stands for a slash."""
    wanted = {name.replace("__", "/"): part for name, part in changes.items()}
    return repacked_parts(content, wanted)


def repacked_parts(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    parts: dict[str, bytes | None] = {**parts_of(content), **changes}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            if part is not None:
                package.writestr(name, part)
    return written.getvalue()


def differing(old: bytes, new: bytes) -> tuple[list[str], list[str], list[str]]:
    """The names of parts that were changed, added and removed."""
    before, after = parts_of(old), parts_of(new)
    changed = [name for name in before if name in after and before[name] != after[name]]
    return changed, [name for name in after if name not in before], [name for name in before if name not in after]


def packed_bytes(content: bytes) -> dict[str, bytes]:
    """Of each part, its header in the directory without its place, and its bytes as they lie in the file."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        ordered = sorted(package.infolist(), key=lambda info: info.header_offset)
        ends = [*(info.header_offset for info in ordered[1:]), package.start_dir]
        for info, end in zip(ordered, ends, strict=True):
            found[info.filename] = content[info.header_offset : end]
    return found


def sizes_in(document_xml: bytes) -> list[tuple[int, int]]:
    """The sizes of the pictures of a Word part, in EMU."""
    return [(int(x), int(y)) for x, y in re.findall(rb'<wp:extent cx="(\d+)" cy="(\d+)"', document_xml)]


def printed(soffice: str, pdftoppm: str, folder: Path, name: str, content: bytes) -> list[Image.Image]:
    """The pages of a document as LibreOffice prints them, at 72 dots per inch."""
    place = folder / "printed"
    place.mkdir()
    (place / name).write_bytes(content)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", "pdf", "--outdir",
         str(place), str(place / name)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pdf = place / Path(name).with_suffix(".pdf").name
    subprocess.run([pdftoppm, "-r", "72", "-png", str(pdf), str(place / "page")], check=True, timeout=60)
    return [Image.open(page).convert("RGB") for page in sorted(place.glob("page*.png"))]


def assert_printed_width(page: Image.Image, chart: Path, width_cm: float) -> None:
    """On the page, boxes of the chart's department reach as far from each other as in the chart at the width."""
    svg = chart.read_text("utf-8")
    sheet = re.search(r'viewBox="0 0 ([\d.]+)', svg)
    boxes = re.findall(
        r'data-unit="[^"]*" data-level="department".*?<rect x="([\d.]+)"[^>]*? width="([\d.]+)"[^>]*? fill="#(\w+)"',
        svg,
        re.DOTALL,
    )
    assert sheet and len(boxes) > 1
    scale = width_cm / 2.54 * 72 / float(sheet[1])
    expected = (float(boxes[-1][0]) + float(boxes[-1][1]) - float(boxes[0][0])) * scale
    fill = tuple(bytes.fromhex(boxes[0][2]))
    rows = ([x for x in range(page.width) if _near(page.getpixel((x, y)), fill)] for y in range(page.height))
    seen = [x for row in rows if len(row) > 60 for x in row]  # not those of the legend
    assert seen
    assert abs(max(seen) + 1 - min(seen) - expected) < 3


def _near(one: Any, other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 6 for a, b in zip(one, other, strict=True))
