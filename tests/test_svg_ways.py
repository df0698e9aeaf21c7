"""The SVG for the web, for office documents and as the plain picture: what each holds, and where its units lead."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from orgchart.chart import build_chart
from orgchart.documents.pictures import read_chart_svg
from orgchart.errors import OrgChartError
from orgchart.formats import render
from orgchart.formats.svg_dark import dark
from orgchart.formats.svg_units import DEEPEST_LIST
from orgchart.style_files import bundled_styles
from orgchart.style_keys import contrast_ratio
from orgchart.styles import load_style
from orgchart.unit_url import unit_url
from orgchart.units import UnitFile, parse_units
from tests.atlases import by_hand
from tests.charts import SECTOR, SVG, chart_of, read_svg, text_lines, unit, units_file
from tests.strategies import unit_files

WAYS = ("web", "office", "plain")
URL = "https://example.org/units/{id}"
RULEBOOK = {"title": "Правилник", "sha256": "ab" * 32}
CITED = {
    **unit("un", "Одељење за УН", level="department"),
    "functions": ["прати рад УН;", "припрема предлоге."],
    "source": {"article": "члан 12.", "line": 13, "end_line": 21},
}


def lists_of(part: Element) -> list[Any]:
    """A list's units, each followed by its own list, where it has one."""
    found: list[Any] = []
    for item in part:
        assert (part.get("role"), item.get("role")) == ("list", "listitem")
        found += [box.get("data-unit") for box in item.iter(f"{SVG}g") if box.get("role") == "img"][:1]
        found += [lists_of(below) for below in item if below.get("role") == "list"]
    return found


def list_of_units(svg: bytes) -> Element:
    return next(group for group in read_svg(svg).iter(f"{SVG}g") if group.get("role") == "list")


def style_of(svg: bytes) -> str:
    return read_svg(svg).findtext(f"{SVG}style") or ""


@pytest.mark.parametrize("way", ["web", "office"])
def test_units_are_lists_within_lists_in_the_order_of_the_hierarchy(way: str) -> None:
    svg = render(chart_of(*SECTOR, svg=way), "svg")
    assert lists_of(list_of_units(svg)) == ["sector", ["un", ["politics", "economy"], "osce", "law"]]


def test_lists_end_where_programs_would_give_up_and_a_deeper_unit_says_how_deep_it_is() -> None:
    deep = DEEPEST_LIST + 3
    chain = [unit(f"u{n}", f"Група {n}", f"u{n - 1}" if n else None) for n in range(deep)]
    svg = render(chart_of(*chain, page="none"), "svg")
    parts = list(list_of_units(svg).iter(f"{SVG}g"))
    assert sum(part.get("role") == "list" for part in parts) == DEEPEST_LIST
    assert [part.get("aria-level") for part in parts if part.get("aria-level")] == ["41", "42", "43"]
    assert [part.get("data-unit") for part in parts if part.get("data-unit")] == [f"u{n}" for n in range(deep)]
    assert [line.count("–") for line in read_chart_svg(svg, "chart.svg").outline] == [*range(21), *([20] * 22)]


@settings(max_examples=40, deadline=None)
@given(unit_files())
def test_every_unit_of_any_tree_stands_once_in_the_lists_and_in_the_outline(file: UnitFile) -> None:
    chart = build_chart(file, page="none")
    svg = render(chart, "svg")
    told = [box.get("data-unit") for box in list_of_units(svg).iter(f"{SVG}g") if box.get("role") == "img"]
    assert told == [unit.id for unit in chart.hierarchy.units]
    outlines = {read_chart_svg(render(build_chart(file, page="none", svg=way), "svg"), "x").outline for way in WAYS}
    assert len(outlines) == 1


def test_a_unit_says_its_name_its_functions_and_where_the_rulebook_says_so() -> None:
    svg = read_svg(render(build_chart(parse_units(units_file(CITED, source=RULEBOOK), "units.json")), "svg"))
    box = next(group for group in svg.iter(f"{SVG}g") if group.get("data-unit") == "un")
    assert box.findtext(f"{SVG}title") == "Одељење за УН, одељење, члан 12., редови 13–21"
    assert box.findtext(f"{SVG}desc") == "прати рад УН; припрема предлоге"
    assert (box.get("data-level"), box.get("data-article"), box.get("data-lines")) == (
        "department", "члан 12.", "13-21",
    )  # fmt: skip
    assert svg.get("data-source-sha256") == "ab" * 32


def test_for_office_all_stands_in_attributes_and_is_the_same_picture() -> None:
    web, office = (read_svg(render(chart_of(*SECTOR, svg=way), "svg")) for way in ("web", "office"))
    assert office.find(f"{SVG}style") is None
    drawn = [
        [
            (part.tag, part.text, {key: said for key, said in part.attrib.items() if key != "id"})
            for part in svg.iter()
            if part.tag in (f"{SVG}rect", f"{SVG}path", f"{SVG}text")
        ]
        for svg in (web, office)
    ]
    assert drawn[0] == drawn[1]
    assert all(line.get("textLength") for line in office.iter(f"{SVG}text"))


def test_the_plain_picture_is_the_smallest_and_has_every_line_of_every_name() -> None:
    sizes = [len(render(chart_of(*SECTOR, svg=way), "svg")) for way in WAYS]
    assert sizes == sorted(sizes, reverse=True)
    office, plain = (read_svg(render(chart_of(*SECTOR, svg=way), "svg")) for way in ("office", "plain"))
    looks = [
        sorted((line.text, line.get("x"), line.get("y"), *(line.get(key, "") for key in ("fill", "font-size")))
               for line in text_lines(svg))
        for svg in (office, plain)
    ]  # fmt: skip
    assert looks[0] == looks[1]
    names = {name for part in plain.iter() for name in part.attrib if name.startswith(("data-", "textLength"))}
    assert names == set()


def test_the_plain_picture_tells_its_outline_as_one_description() -> None:
    svg = read_svg(render(chart_of(*SECTOR, title="Сектор", svg="plain"), "svg"))
    assert svg.get("role") == "img"
    assert (svg.findtext(f"{SVG}desc") or "").splitlines()[:3] == [
        "Сектор за мултилатералну сарадњу",
        "– Одељење за Уједињене нације",
        "– – Група за политичка питања",
    ]


@pytest.mark.parametrize("style", sorted(bundled_styles()))
@pytest.mark.parametrize("way", ["office", "plain"])
def test_no_look_is_lost_where_groups_say_what_their_lines_have_in_common(style: str, way: str) -> None:
    chart = chart_of(*SECTOR, title="Сектор", style=style, svg=way)
    wanted = sorted(
        (words.text, words.colour, f"{words.size:g}", "bold" if words.bold else None)
        for words in chart.drawing.all_words()
    )
    lines = text_lines(read_svg(render(chart, "svg")))
    assert [
        *sorted((line.text, line.get("fill"), line.get("font-size"), line.get("font-weight")) for line in lines)
    ] == wanted


def test_a_page_may_set_the_colours_of_each_level_by_name() -> None:
    found = re.findall(r"--orgchart-[a-z-]+", style_of(render(chart_of(*SECTOR), "svg")))
    assert sorted(set(found)) == [
        f"--orgchart-{level}-{part}"
        for level in ("department", "group", "section", "sector")
        for part in ("border", "fill", "text")
    ]


def test_a_hostile_level_has_no_say_in_the_style_sheet() -> None:
    hostile = chart_of(unit("a", level='x"]{}</style><script>'), unit("b", "Б", "a", level="desk"), embed_font=False)
    style = style_of(render(hostile, "svg"))
    assert "script" not in style
    assert "--orgchart-desk-fill" in style


def test_every_rule_of_the_style_sheet_holds_for_its_own_chart_alone() -> None:
    svg = render(chart_of(*SECTOR, embed_font=False), "svg")
    style, prefix = style_of(svg), read_svg(svg).attrib["id"]
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@]+)\{", style)
    assert len(selectors) > 20
    assert [selector for selector in selectors if not selector.startswith(f"#{prefix}")] == []


@pytest.mark.parametrize("style", sorted(bundled_styles()))
def test_on_a_dark_screen_text_is_as_readable_as_on_paper(style: str) -> None:
    look = load_style(style)
    boxes = [look.box(level) for level in ("ministry", "sector", "department", "section", "group", "desk")]
    pairs = [(box.text, box.fill) for box in boxes] + [(look.title.colour, look.background)]
    for text, ground in pairs:
        assert contrast_ratio(dark(text), dark(ground)) >= 0.88 * contrast_ratio(text, ground)
        assert contrast_ratio(dark(text), dark(ground)) >= 4.5


def test_white_paper_becomes_nearly_black_and_black_ink_white_and_a_hue_stays() -> None:
    assert (dark("#ffffff"), dark("#000000"), dark("#c0392b")) == ("#131313", "#ffffff", "#e85e4d")


def test_any_two_colours_are_as_far_apart_in_brightness_as_before() -> None:
    colours = [
        f"#{red:02x}{green:02x}{blue:02x}" for red in (40, 128, 255) for green in (40, 128, 255) for blue in (40, 255)
    ]
    for one, other in combinations(colours, 2):
        assert contrast_ratio(dark(one), dark(other)) == pytest.approx(contrast_ratio(one, other), rel=0.13)


def test_units_lead_to_the_address_with_their_id_in_it() -> None:
    chart = chart_of(unit("a b/č"), unit("x", "Х", "a b/č"), unit_url=URL)
    links = [link.get("href") for link in read_svg(render(chart, "svg")).iter(f"{SVG}a")]
    assert links == ["https://example.org/units/a%20b%2F%C4%8D", "https://example.org/units/x"]


@pytest.mark.parametrize("unit_id", [".", ".."])
def test_an_id_that_would_lead_to_another_folder_leads_nowhere(unit_id: str) -> None:
    assert unit_url("units/{id}", unit_id) == ""


@pytest.mark.parametrize(
    "pattern",
    [URL, "http://localhost:8000/?unit={id}#top", "units/{id}.html", "{id}", "#{id}", "/a/{id}", "../u?x={id}"],
)
def test_addresses_of_the_web_and_beside_the_chart_are_allowed(pattern: str) -> None:
    assert pattern.replace("{id}", "a") in render(chart_of(unit("a"), unit_url=pattern), "svg").decode().replace(
        "&amp;", "&"
    )


@pytest.mark.parametrize(
    "pattern",
    ["javascript:alert('{id}')", "java\tscript:{id}", "data:text/html,{id}", "file:///{id}", "//evil.example/{id}",
     "https://{id}.example.org/", "https://example.org/", "ftp://x/{id}", "{id}:x", 'u/{id}"><script>', "u/{id} x",
     "u/{id}\n", "https:///{id}", "mailto:{id}", "u/" + "x" * 1000 + "{id}"],
)  # fmt: skip
def test_any_other_address_is_refused_with_what_is_allowed(pattern: str) -> None:
    with pytest.raises(
        OrgChartError, match=r"(?s)the address of units \".*\" is not allowed; use an address with \{id\} in it"
    ):
        chart_of(unit("a"), unit_url=pattern)


def test_an_unknown_way_is_refused_with_those_there_are() -> None:
    with pytest.raises(OrgChartError, match='svg "tiny" is not known; use web, office, plain'):
        chart_of(unit("a"), svg="tiny")


def test_pdf_png_and_html_are_the_same_whichever_way_the_svg_is_written() -> None:
    atlas = by_hand()
    for made in ("pdf", "png", "html"):
        assert len({render(chart_of(*SECTOR, svg=way, dpi=50), made) for way in WAYS}) == 1
        assert len({render(replace(atlas, svg=way, dpi=50), made) for way in WAYS}) == 1


@pytest.mark.parametrize("way", WAYS)
def test_links_between_the_pages_of_an_atlas_lead_to_what_there_is(way: str) -> None:
    atlas = replace(by_hand(), svg=way)
    pages = {f"{atlas.name}{page.suffix}.svg": read_svg(render(atlas, "svg", page=page.number)) for page in atlas.pages}
    ids = {name: {part.get("id") for part in svg.iter()} for name, svg in pages.items()}
    links = [link.attrib["href"].partition("#") for svg in pages.values() for link in svg.iter(f"{SVG}a")]
    assert len(links) > 5
    assert [link for link in links if link[2] and link[2] not in ids[unquote(link[0])]] == []
    assert {bool(anchor) for _, _, anchor in links} == {way != "plain"}  # whose boxes have no ids
