"""One chart, drawn by everything that will draw it: the same picture.

All pictures are brought to A4 across at 96 dpi, in grey, and blurred by 2 px, for letters are set to whole pixels by
some and between pixels by others. The limits: at most 1.5 of 255 of difference in the mean, and at most 1 in 2,000
pixels differing by more than 48. Measured over three styles, at worst: Chromium 0.18 and none, the PDF 0.27 and none;
LibreOffice, which sets every letter to a whole pixel, 0.60 and 1 in 7,000; Graphviz, which sets lines of text a little
further apart and has a limit of its own, 0.63 and 1 in 680. The last tests show what the limits catch.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from fontpkg_pt_sans import ROOT as PT_SANS
from PIL import Image, ImageChops, ImageFilter, ImageStat

from orgchart.changes.chart import build_change_chart
from orgchart.chart import Chart, build_chart
from orgchart.formats import render
from orgchart.styles import load_style
from orgchart.units import parse_units
from tests.change_cases import six_amendments
from tests.charts import SECTOR, chart_of, redrawn, units_file

SIZE = (1123, 794)
STYLES = ("classic", "print", "contrast", "furnished", "changes")
MOST_IN_THE_MEAN = 1.5
MOST_DIFFERING = 1 / 2000
GRAPHVIZ_DIFFERING = 1 / 500
# Where lines are struck out, Graphviz sets lines by whole points, and it has characters in place of drawn signs:
# measured 1.8 and 1 in 460.
GRAPHVIZ_CHANGES_MEAN, GRAPHVIZ_CHANGES_DIFFERING = 2.2, 1 / 350
DIFFERING = 48

Program = Callable[[str], str]
CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--force-device-scale-factor=1",
)  # fmt: skip


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


def grey(picture: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("L")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The mean of all differences in grey, 0 to 255, and the share of pixels that differ clearly."""
    assert one.size == other.size == SIZE
    blurred = [grey(picture).filter(ImageFilter.GaussianBlur(2)) for picture in (one, other)]
    found = ImageChops.difference(*blurred)
    return ImageStat.Stat(found).mean[0], sum(found.histogram()[DIFFERING + 1 :]) / (SIZE[0] * SIZE[1])


def is_same(
    one: Image.Image,
    other: Image.Image,
    most_differing: float = MOST_DIFFERING,
    most_in_the_mean: float = MOST_IN_THE_MEAN,
) -> bool:
    mean, differing = difference(one, other)
    print(f"mean {mean:.2f}, differing {differing:.5f}")  # pytest shows it where it is too much
    return mean <= most_in_the_mean and differing <= most_differing


@pytest.fixture(scope="module")
def charts() -> Mapping[str, Chart]:
    return {style: drawn_in(style) for style in STYLES}


@pytest.fixture(scope="module")
def pictures(charts: Mapping[str, Chart]) -> Mapping[str, Image.Image]:
    """Our own PNG of each style, with which the others are compared."""
    return {style: Image.open(BytesIO(render(chart, "png"))) for style, chart in charts.items()}


def write_font_list(folder: Path, body: str) -> Path:
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{body}'
        f"<cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return file


@pytest.fixture(scope="module")
def with_the_font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts of a machine on which PT Sans is installed."""
    return write_font_list(tmp_path_factory.mktemp("with"), f"<dir>{PT_SANS}/files</dir>")


@pytest.fixture(scope="module")
def without_the_font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts of a machine on which PT Sans is not."""
    reject = '<rejectfont><pattern><patelt name="family"><string>PT Sans</string></patelt></pattern></rejectfont>'
    return write_font_list(tmp_path_factory.mktemp("without"), f"<selectfont>{reject}</selectfont>")


def run(command: list[str], folder: Path, fonts: Path) -> None:
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120, check=True)


def by_chromium(svg: bytes, browser: str, folder: Path, fonts: Path) -> Image.Image:
    (folder / "chart.svg").write_bytes(svg)
    size = f"--window-size={SIZE[0]},{SIZE[1]}"
    place = (folder / "chart.svg").as_uri()
    run([browser, *CHROMIUM, f"--user-data-dir={folder}/profile", size, "--screenshot=shot.png", place], folder, fonts)
    return Image.open(folder / "shot.png")


def by_libreoffice(charts: Mapping[str, Chart], office: str, folder: Path, fonts: Path) -> Mapping[str, Image.Image]:
    for style, chart in charts.items():
        (folder / f"{style}.svg").write_bytes(render(chart, "svg"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [f"{style}.svg" for style in charts]
    run([office, profile, "--headless", "--convert-to", "png", "--outdir", "drawn", *files], folder, fonts)
    return {style: Image.open(folder / "drawn" / f"{style}.png") for style in charts}


@pytest.fixture(scope="module")
def in_libreoffice(
    charts: Mapping[str, Chart], program: Program, with_the_font: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Image.Image]:
    return by_libreoffice(charts, program("soffice"), tmp_path_factory.mktemp("office"), with_the_font)


@pytest.mark.parametrize("style", STYLES)
def test_the_pdf_shows_the_picture_of_the_png(
    style: str, charts: Mapping[str, Chart], pictures: Mapping[str, Image.Image]
) -> None:
    page = pypdfium2.PdfDocument(render(charts[style], "pdf"))[0]
    assert is_same(page.render(scale=96 / 72).to_pil(), pictures[style])


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
    chart = charts["classic"]
    drawn = grey(by_libreoffice({"classic": chart}, program("soffice"), tmp_path, without_the_font)["classic"])
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
    units = tuple(replace(mark, words=()) if mark.unit == unit else mark for mark in chart.drawing.units)
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
