"""One chart, drawn by everything that will draw it: the same picture.

All pictures are brought to A4 across at 96 dpi, in grey, and blurred by 2 px, for letters are set to whole pixels by
some and between pixels by others. The limits: at most 1.5 of 255 of difference in the mean, and at most 1 in 2,000
pixels differing by more than 48. Measured over three styles, at worst: Chromium 0.18 and none, the PDF 0.27 and none;
LibreOffice, which sets every letter to a whole pixel, 0.60 and 1 in 7,000; Graphviz, which sets lines of text a little
further apart and has a limit of its own, 0.63 and 1 in 680. The last tests show what the limits catch.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from orgchart.changes.chart import build_change_chart
from orgchart.chart import Chart, build_chart
from orgchart.formats import render
from orgchart.styles import load_style
from orgchart.units import parse_units
from tests.change_cases import six_amendments
from tests.charts import SECTOR, chart_of, redrawn, relation, unit, units_file
from tests.pictures import MOST_IN_THE_MEAN, by_chromium, by_libreoffice, grey, is_same, run

STYLES = ("classic", "print", "contrast", "furnished", "changes")
GRAPHVIZ_DIFFERING = 1 / 500
# Where lines are struck out, Graphviz sets lines by whole points, and it has characters in place of drawn signs:
# measured 1.8 and 1 in 460.
GRAPHVIZ_CHANGES_MEAN, GRAPHVIZ_CHANGES_DIFFERING = 2.2, 1 / 350

Program = Callable[[str], str]


def furnished() -> Chart:
    """The bundled look with round elbows and all that can stand at the foot."""
    look = load_style("classic")
    rounded = replace(look, connectors=replace(look.connectors, corner="round", width_pt=1.5))
    file = parse_units(units_file(*SECTOR, source={"title": "Правилник о унутрашњем уређењу"}), "units.json")
    foot = {"date": "1. 5. 2026.", "page_number": (1, 5)}
    return build_chart(file, title="Сектор", style=rounded, orientation="landscape", dpi=96, **foot)  # type: ignore[arg-type]


def drawn_in(style: str) -> Chart:
    if style == "furnished":
        return furnished()
    if style == "changes":
        return build_change_chart(six_amendments(), orientation="landscape", dpi=96)
    return chart_of(*SECTOR, title="Сектор", style=style, orientation="landscape", dpi=96)


@pytest.fixture(scope="module")
def charts() -> Mapping[str, Chart]:
    return {style: drawn_in(style) for style in STYLES}


@pytest.fixture(scope="module")
def pictures(charts: Mapping[str, Chart]) -> Mapping[str, Image.Image]:
    """Our own PNG of each style, with which the others are compared."""
    return {style: Image.open(BytesIO(render(chart, "png"))) for style, chart in charts.items()}


@pytest.fixture(scope="module")
def in_libreoffice(
    charts: Mapping[str, Chart], program: Program, with_the_font: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Image.Image]:
    svgs = {style: render(chart, "svg") for style, chart in charts.items()}
    return by_libreoffice(svgs, program("soffice"), tmp_path_factory.mktemp("office"), with_the_font)


@pytest.mark.parametrize("style", STYLES)
def test_the_pdf_shows_the_picture_of_the_png(
    style: str, charts: Mapping[str, Chart], pictures: Mapping[str, Image.Image]
) -> None:
    page = pypdfium2.PdfDocument(render(charts[style], "pdf"))[0]
    assert is_same(page.render(scale=96 / 72).to_pil(), pictures[style])


RELATED = (relation("a", "b"), relation("b", "c", "надзире"))


@pytest.mark.parametrize(
    "chart",
    [
        chart_of(*SECTOR, layout="twopi", orientation="landscape", dpi=96),
        chart_of(*SECTOR, layout="dot", style="print", orientation="landscape", dpi=96),
        chart_of(*(unit(name, "Група  за рад") for name in "abc"), relations=RELATED, orientation="landscape", dpi=96),
    ],
    ids=["slanting", "curved", "related"],
)
def test_the_pdf_has_every_kind_of_line_that_the_png_has(chart: Chart) -> None:
    page = pypdfium2.PdfDocument(render(chart, "pdf"))[0]
    assert is_same(page.render(scale=96 / 72).to_pil(), Image.open(BytesIO(render(chart, "png"))))


@pytest.mark.parametrize("style", STYLES)
def test_the_svg_shows_it_in_chromium_by_the_font_inside(
    style: str,
    charts: Mapping[str, Chart],
    pictures: Mapping[str, Image.Image],
    program: Program,
    without_the_font: Path,
    tmp_path: Path,
) -> None:
    svg = render(charts[style], "svg")
    assert is_same(by_chromium(svg, program("chromium"), tmp_path, without_the_font), pictures[style])


def test_the_svg_without_its_font_shows_it_where_the_font_is_installed(
    charts: Mapping[str, Chart],
    pictures: Mapping[str, Image.Image],
    program: Program,
    with_the_font: Path,
    tmp_path: Path,
) -> None:
    svg = render(replace(charts["classic"], embed_font=False), "svg")
    assert is_same(by_chromium(svg, program("chromium"), tmp_path, with_the_font), pictures["classic"])


@pytest.mark.parametrize("style", STYLES)
def test_the_svg_shows_it_in_libreoffice_where_the_font_is_installed(
    style: str, pictures: Mapping[str, Image.Image], in_libreoffice: Mapping[str, Image.Image]
) -> None:
    assert is_same(in_libreoffice[style], pictures[style])


def test_in_libreoffice_without_the_font_every_name_still_ends_inside_its_box(
    charts: Mapping[str, Chart], program: Program, without_the_font: Path, tmp_path: Path
) -> None:
    chart = replace(charts["classic"], svg="office")
    drawn = grey(
        by_libreoffice({"office": render(chart, "svg")}, program("soffice"), tmp_path, without_the_font)["office"]
    )
    px = 96 / 72
    darkest = {}
    for mark in chart.drawing.units:
        box = mark.box
        right, top, bottom = (box.x + box.width) * px, box.y * px, (box.y + box.height) * px
        beside = drawn.crop((round(right) + 3, round(top) + 3, round(right) + 13, round(bottom) - 3))
        darkest[mark.unit] = beside.getextrema()[0]
    assert darkest == dict.fromkeys(darkest, 255)


@pytest.mark.parametrize("style", STYLES)
def test_graphviz_shows_it_from_the_dot(
    style: str,
    charts: Mapping[str, Chart],
    pictures: Mapping[str, Image.Image],
    with_the_font: Path,
    tmp_path: Path,
) -> None:
    redraw = (
        "import pygraphviz\n"
        "graph = pygraphviz.AGraph(string=open('chart.dot', encoding='utf-8').read())\n"
        "open('chart.png', 'wb').write(graph.draw(prog='nop2', format='png'))\n"
    )
    (tmp_path / "chart.dot").write_bytes(render(charts[style], "dot"))
    run([sys.executable, "-c", redraw], tmp_path, with_the_font)
    limits = (GRAPHVIZ_DIFFERING, MOST_IN_THE_MEAN)
    if style == "changes":
        limits = (GRAPHVIZ_CHANGES_DIFFERING, GRAPHVIZ_CHANGES_MEAN)
    assert is_same(Image.open(tmp_path / "chart.png"), pictures[style], *limits)


def without(chart: Chart, unit: str) -> Chart:
    units = tuple(mark._replace(words=()) if mark.unit == unit else mark for mark in chart.drawing.units)
    return redrawn(chart, units=units)


@pytest.mark.parametrize("style", STYLES)
def test_a_missing_name_is_no_longer_the_same_picture(
    style: str, charts: Mapping[str, Chart], pictures: Mapping[str, Image.Image]
) -> None:
    unit = "odsek-za-ljudska-prava" if style == "changes" else "law"
    changed = Image.open(BytesIO(render(without(charts[style], unit), "png")))
    assert not is_same(changed, pictures[style])


@pytest.mark.parametrize("style", STYLES)
def test_a_picture_3_pixels_off_is_no_longer_the_same(style: str, pictures: Mapping[str, Image.Image]) -> None:
    assert not is_same(ImageChops.offset(pictures[style], 3, 0), pictures[style])
