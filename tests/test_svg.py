"""The SVG: valid, complete, safe to stand in any page, with its own font."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pytest
from fontTools.ttLib import TTFont

from orgchart.drawing import RailMark
from orgchart.formats import render
from orgchart.text import load_font
from tests.charts import SECTOR, SVG, chart_of, read_svg, redrawn, svg_names, text_lines, unit

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def sector() -> bytes:
    return render(chart_of(*SECTOR, title="Сектор"), "svg")


def all_ids(svg: Element) -> list[str]:
    return [part.attrib["id"] for part in svg.iter() if "id" in part.attrib]


def embedded_fonts(svg: Element) -> Mapping[tuple[str, str], TTFont]:
    """Weight and slant to the font inside."""
    fonts = {}
    for rule in re.findall(r"@font-face\{(.*?)\}", svg.findtext(f"{SVG}style", "")):
        described = re.fullmatch(
            r"font-family:'\w+-font';font-weight:(\w+);font-style:(\w+);"
            r"src:url\(data:font/woff2;base64,([A-Za-z0-9+/=]+)\) format\('woff2'\)",
            rule,
        )
        assert described is not None, rule[:200]
        weight, slant, data = described.groups()
        fonts[weight, slant] = TTFont(io.BytesIO(base64.b64decode(data)))
    return fonts


@pytest.mark.parametrize(
    ("page", "orientation", "width", "height", "view_box"),
    [
        ("A4", "portrait", "210mm", "297mm", "0 0 595.28 841.89"),
        ("A4", "landscape", "297mm", "210mm", "0 0 841.89 595.28"),
        ("A0", "portrait", "841mm", "1189mm", "0 0 2383.94 3370.39"),
        ("letter", "portrait", "215.9mm", "279.4mm", "0 0 612 792"),
        ("160x90mm", "auto", "160mm", "90mm", "0 0 453.54 255.12"),
    ],
)
def test_it_has_the_page_s_size_in_mm_and_a_view_box_in_pt(
    page: str, orientation: str, width: str, height: str, view_box: str
) -> None:
    svg = read_svg(render(chart_of(unit("a"), page=page, orientation=orientation), "svg"))
    assert (svg.get("width"), svg.get("height"), svg.get("viewBox")) == (width, height, view_box)


def test_it_refers_to_nothing_outside_itself(sector: bytes) -> None:
    text = sector.decode()
    assert re.findall(r"url\((?!data:font/woff2;base64,)", text) == []
    assert re.findall(r"(?i)href|@import|<!|<\?(?!xml )|<image|<use|<script|<foreignObject|javascript:", text) == []
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]


def test_it_runs_nothing_and_is_made_of_plain_shapes(sector: bytes) -> None:
    parts = list(read_svg(sector).iter())
    assert {part.tag.removeprefix(SVG) for part in parts} == {
        "svg", "title", "desc", "style", "rect", "g", "path", "text",
    }  # fmt: skip
    assert [name for part in parts for name in part.attrib if name.startswith("on") or name == "style"] == []


def test_every_id_stands_once_and_begins_with_the_chart_s_prefix(sector: bytes) -> None:
    ids = all_ids(read_svg(sector))
    prefix = ids[0].split("-")[0]
    assert re.fullmatch(r"oc[0-9a-f]{8}", prefix)
    names = ("title", "desc", "heading", "rails", "units", "u1", "u2", "u3", "u4", "u5", "u6", "legend")
    assert ids == [prefix, *(f"{prefix}-{name}" for name in names)]


def test_two_charts_share_no_id_and_no_font_family() -> None:
    one, other = (read_svg(render(chart_of(unit("a", name)), "svg")) for name in ("Audit", "Finance"))
    assert set(all_ids(one)) & set(all_ids(other)) == set()
    families = [re.findall(r"font-family:'([^']+)'", svg.findtext(f"{SVG}style", "")) for svg in (one, other)]
    assert set(families[0]) & set(families[1]) == set()


def test_each_unit_is_a_group_with_its_id_level_and_name_in_reading_order(sector: bytes) -> None:
    groups = [group for group in read_svg(sector).iter(f"{SVG}g") if "data-unit" in group.attrib]
    assert [(group.get("data-unit"), group.get("data-level"), group.get("role")) for group in groups] == [
        ("sector", "sector", "img"),
        ("un", "department", "img"),
        ("politics", "group", "img"),
        ("economy", "group", "img"),
        ("osce", "department", "img"),
        ("law", "section", "img"),
    ]
    names = [unit["name"] for unit in SECTOR]
    assert [" ".join(lines) for lines in svg_names(render(chart_of(*SECTOR), "svg")).values()] == names


def test_a_reader_of_the_screen_hears_the_title_and_how_many_units_there_are(sector: bytes) -> None:
    svg = read_svg(sector)
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert svg.get("role") == "graphics-document"
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == (title.get("id"), desc.get("id"))
    assert title.text == "Сектор"
    assert desc.text == "6 јединица (Сектор: 1, Одељење: 2, Група: 2, Одсек: 1)"


@pytest.mark.parametrize(("name", "lang"), [("Одсек за право", "sr-Cyrl"), ("Одсјек", "sr-Cyrl")])
def test_it_says_its_language(name: str, lang: str) -> None:
    svg = read_svg(render(chart_of(unit("a", name)), "svg"))
    assert (svg.get("lang"), svg.get(XML_LANG)) == (lang, lang)


def test_the_fonts_inside_are_woff2_with_every_character_drawn_in_them(sector: bytes) -> None:
    svg = read_svg(sector)
    fonts = embedded_fonts(svg)
    assert sorted(fonts) == [("bold", "normal"), ("normal", "normal")]
    assert {font.flavor for font in fonts.values()} == {"woff2"}
    drawn: dict[tuple[str, str], set[int]] = {}
    for line in text_lines(svg):
        key = (line.get("font-weight", "normal"), line.get("font-style", "normal"))
        drawn.setdefault(key, set()).update(map(ord, line.text or ""))
    assert {key: set(font.getBestCmap()) for key, font in fonts.items()} == drawn
    for font in fonts.values():
        glyphs = font["glyf"]
        empty = {code for code, name in font.getBestCmap().items() if not glyphs[name].numberOfContours}
        assert empty == {ord(" ")}


def test_the_font_inside_bears_the_name_by_which_the_text_asks_for_it(sector: bytes) -> None:
    svg = read_svg(sector)
    prefix = all_ids(svg)[0].split("-")[0]
    assert svg.get("font-family") == f"'PT Sans', '{prefix}-font', sans-serif"
    assert f"font-family:'{prefix}-font'" in svg.findtext(f"{SVG}style", "")


def test_without_its_font_it_is_otherwise_the_same(sector: bytes) -> None:
    small = render(chart_of(*SECTOR, title="Сектор", embed_font=False), "svg")
    svg = read_svg(small)
    assert "@font-face" not in svg.findtext(f"{SVG}style", "")
    assert svg.get("font-family") == "'PT Sans', sans-serif"
    assert len(small) < len(sector) / 2
    body = re.compile(rb"<rect.*", re.DOTALL)
    assert body.findall(small) == body.findall(sector)


def test_text_states_the_width_it_was_measured_to_have() -> None:
    line = text_lines(read_svg(render(chart_of(unit("a", "Audit")), "svg")))[0]
    measured = load_font("PT Sans").face(bold=False, italic=False).advance("Audit") * 10
    assert line.get("font-size") == "10"
    assert float(line.attrib["textLength"]) == pytest.approx(measured, abs=0.001)
    assert line.get("lengthAdjust") == "spacingAndGlyphs"


def test_text_that_the_font_lacks_takes_the_width_it_needs() -> None:
    line = next(read_svg(render(chart_of(unit("a", "العربية")), "svg")).iter(f"{SVG}text"))
    assert line.get("textLength") is None


@pytest.mark.parametrize(
    ("rails", "path"),
    [
        (
            [
                ((50, 10), (50, 20), (10, 20), (10, 30)),
                ((50, 10), (50, 30)),
                ((50, 10), (50, 20), (70, 20), (70, 30)),
                ((50, 10), (50, 20), (90, 20), (90, 30)),
            ],
            "M50,10V20H10V30M50,20V30M50,20H70V30M70,20H90V30",
        ),
        ([((5, 10), (5, 20), (9, 20)), ((5, 10), (5, 40), (9, 40))], "M5,10V20H9M5,20V40H9"),
        ([((5, 10), (9, 30)), ((5, 10), (5, 10), (1, 30))], "M5,10L9,30M5,10L1,30"),
    ],
    ids=["row", "column", "slanting"],
)
def test_what_several_rails_share_is_drawn_once(rails: list[tuple[tuple[float, float], ...]], path: str) -> None:
    chart = chart_of(unit("top"))
    marks = tuple(RailMark("top", f"child {number}", points, False) for number, points in enumerate(rails))
    svg = read_svg(render(redrawn(chart, rails=marks), "svg"))
    assert [(found.get("data-parent"), found.get("d")) for found in svg.iter(f"{SVG}path")] == [("top", path)]


def test_curved_rails_are_curves() -> None:
    chart = chart_of(unit("top"))
    rail = RailMark("top", "a", ((0, 0), (0, 1), (2, 3), (4, 4.5)), True)
    svg = read_svg(render(redrawn(chart, rails=(rail,)), "svg"))
    assert [found.get("d") for found in svg.iter(f"{SVG}path")] == ["M0,0C0,1 2,3 4,4.5"]


def test_a_double_border_is_two_rectangles() -> None:
    svg = read_svg(render(chart_of(unit("a", level="ministry"), style="print", legend=False), "svg"))
    group = next(group for group in svg.iter(f"{SVG}g") if "data-unit" in group.attrib)
    sides = ("x", "y", "width", "height")
    outer, inner = ({side: float(box.attrib[side]) for side in sides} for box in group.iter(f"{SVG}rect"))
    assert inner == pytest.approx(
        {"x": outer["x"] + 4, "y": outer["y"] + 4, "width": outer["width"] - 8, "height": outer["height"] - 8}
    )


def test_a_hostile_id_level_and_title_stay_text() -> None:
    svg = read_svg(render(chart_of(unit('"><script>', level="<b>&"), title="</title><a>"), "svg"))
    group = next(group for group in svg.iter(f"{SVG}g") if "data-unit" in group.attrib)
    assert (group.get("data-unit"), group.get("data-level")) == ('"><script>', "<b>&")
    assert svg.findtext(f"{SVG}title") == "</title><a>"


def test_a_chart_shows_itself_in_a_notebook() -> None:
    chart = chart_of(unit("a", "Audit"))
    assert svg_names(chart._repr_svg_().encode()) == {"a": ["Audit"]}
