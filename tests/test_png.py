"""The PNG: as many pixels as the page has at its dots per inch, which it states."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from orgchart.errors import FormatError
from orgchart.formats import png, render
from tests.charts import SECTOR, chart_of, unit


def picture(**wishes: object) -> Image.Image:
    return Image.open(io.BytesIO(render(chart_of(*SECTOR, **wishes), "png")))


@pytest.mark.parametrize(
    ("page", "orientation", "dpi", "size"),
    [
        ("A4", "landscape", 200, (2339, 1654)),
        ("A4", "portrait", 72, (595, 842)),
        ("letter", "portrait", 100, (850, 1100)),
        ("160x90mm", "auto", 254, (1600, 900)),
        ("A3", "landscape", 96, (1587, 1123)),
    ],
)
def test_its_size_is_the_page_s_at_the_dots_per_inch(
    page: str, orientation: str, dpi: int, size: tuple[int, int]
) -> None:
    assert picture(page=page, orientation=orientation, dpi=dpi).size == size


@pytest.mark.parametrize(("dpi", "per_metre"), [(72, 2835), (200, 7874), (300, 11811)])
def test_it_states_its_dots_per_inch(dpi: int, per_metre: int) -> None:
    content = render(chart_of(unit("a"), dpi=dpi), "png")
    assert content[37:41] == b"pHYs"  # directly behind the header, before the pixels
    assert content[41:50] == per_metre.to_bytes(4, "big") * 2 + b"\x01"
    assert round(Image.open(io.BytesIO(content)).info["dpi"][0]) == dpi


def test_it_is_opaque_up_to_its_last_row() -> None:
    drawn = picture(page="A4", orientation="landscape", dpi=200)
    assert drawn.mode == "RGB"
    assert drawn.getpixel((drawn.width - 1, drawn.height - 1)) == (255, 255, 255)


def test_one_too_large_is_refused_before_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "drawn_svg", lambda *_, **__: pytest.fail("it was drawn"))
    with pytest.raises(FormatError) as caught:
        render(chart_of(unit("a"), page="A0", orientation="portrait", dpi=2400), "png")
    assert str(caught.value) == (
        "the PNG would be 79465 × 112346 px at 2400 dpi; at most 32767 px a side and 300 million px in all are drawn; "
        "use --dpi 439 or less, or SVG or PDF"
    )


def test_the_dots_per_inch_that_it_recommends_are_few_enough() -> None:
    with pytest.raises(FormatError, match=r"use --dpi 166 or less"):
        render(chart_of(unit("a"), page="5000x40mm", title="", legend=False, dpi=2400), "png")
    content = render(chart_of(unit("a"), page="5000x40mm", title="", legend=False, dpi=166), "png")
    assert Image.open(io.BytesIO(content)).size == (32677, 261)


def test_a_character_without_a_glyph_is_refused() -> None:
    with pytest.raises(FormatError, match='"中" cannot be drawn as png: font "PT Sans" has no glyph for 中'):
        render(chart_of(unit("a", "中")), "png")
