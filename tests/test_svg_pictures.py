"""The SVG written for the web, for office documents and as the plain picture: the same picture in every program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import cairosvg
import pytest
import resvg_py
from fontpkg_pt_sans import ROOT as PT_SANS
from PIL import Image

from orgchart.chart import Chart
from orgchart.formats import render
from tests.charts import SECTOR, chart_of, relation
from tests.pictures import SIZE, by_chromium, by_libreoffice, is_same, run

WAYS = ("web", "office", "plain")

Program = Callable[[str], str]


@pytest.fixture(scope="module")
def chart() -> Chart:
    related = [relation("law", "un")]
    return chart_of(*SECTOR, title="Сектор", orientation="landscape", dpi=96, relations=related, unit_url="u/{id}")


@pytest.fixture(scope="module")
def svgs(chart: Chart) -> Mapping[str, bytes]:
    return {way: render(replace(chart, svg=way), "svg") for way in WAYS}


@pytest.fixture(scope="module")
def png(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(render(chart, "png")))


@pytest.mark.parametrize("way", WAYS)
def test_resvg(way: str, svgs: Mapping[str, bytes], png: Image.Image) -> None:
    drawn = resvg_py.svg_to_bytes(
        svg_string=svgs[way].decode(), width=SIZE[0], dpi=96, font_dirs=[f"{PT_SANS}/files"], skip_system_fonts=True
    )
    assert is_same(Image.open(BytesIO(bytes(drawn))), png)


@pytest.mark.parametrize("way", WAYS)
def test_librsvg(
    way: str, svgs: Mapping[str, bytes], png: Image.Image, program: Program, with_the_font: Path, tmp_path: Path
) -> None:
    (tmp_path / "chart.svg").write_bytes(svgs[way])
    size = [f"--width={SIZE[0]}", f"--height={SIZE[1]}"]
    run([program("rsvg-convert"), *size, "chart.svg", "--output=chart.png"], tmp_path, with_the_font)
    assert is_same(Image.open(tmp_path / "chart.png"), png)


@pytest.mark.parametrize("way", WAYS)
def test_cairosvg_by_itself(way: str, svgs: Mapping[str, bytes], png: Image.Image) -> None:
    """It finds no font of ours, so that only what is no text is compared: all boxes and lines, in their colours."""
    bare = b"".join(line for line in svgs[way].splitlines(True) if not line.startswith(b"<text"))
    drawn = Image.open(BytesIO(cairosvg.svg2png(bytestring=bare, output_width=SIZE[0], output_height=SIZE[1])))
    looks = {drawn.convert("RGB").getpixel(place) for place in places(svgs[way])}
    assert looks == {png.convert("RGB").getpixel(place) for place in places(svgs[way])}
    assert len(looks) == 4


def places(svg: bytes) -> list[tuple[int, int]]:
    """The upper left corner of every box, inside its border, in pixels."""
    from tests.charts import SVG, read_svg

    boxes = [box for box in read_svg(svg).iter(f"{SVG}rect") if box.get("rx") is None and box.get("x")]
    return [
        (round(float(box.attrib["x"]) * 96 / 72) + 4, round(float(box.attrib["y"]) * 96 / 72) + 4)
        for box in boxes
        if float(box.attrib["height"]) > 20
    ]


@pytest.mark.parametrize("way", WAYS)
def test_chromium(
    way: str, svgs: Mapping[str, bytes], png: Image.Image, program: Program, with_the_font: Path, tmp_path: Path
) -> None:
    assert is_same(by_chromium(svgs[way], program("chromium"), tmp_path, with_the_font), png)


def test_libreoffice(
    svgs: Mapping[str, bytes], png: Image.Image, program: Program, with_the_font: Path, tmp_path: Path
) -> None:
    drawn = by_libreoffice(svgs, program("soffice"), tmp_path, with_the_font)
    # Without stated widths every line ends where LibreOffice, which measures whole pixels, takes it to end.
    most = {"web": 1 / 2000, "office": 1 / 2000, "plain": 1 / 1000}
    assert {way: is_same(picture, png, most[way]) for way, picture in drawn.items()} == dict.fromkeys(WAYS, True)
