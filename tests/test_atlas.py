"""An atlas: every unit at home once, every reference with its partner, files and pages that say where they lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from urllib.parse import unquote

import cairosvg
import pytest
from hypothesis import given, settings

from orgchart.chart import Chart, build_chart
from orgchart.drawing import Link
from orgchart.errors import FormatError, OrgChartError
from orgchart.formats import render, render_files
from orgchart.style_keys import contrast_ratio
from orgchart.styles import load_style
from orgchart.text import load_font
from orgchart.units import UnitFile, parse_units
from orgchart.words import page_reference
from tests.atlases import MINISTRY, RELATIONS, box_texts, by_hand
from tests.charts import SVG, chart_of, read_svg, unit, units_file
from tests.conftest import Run
from tests.strategies import related_files

STYLES = ("classic", "print", "contrast")
CHAIN = [unit("u0"), *(unit(f"u{number}", parent=f"u{number - 1}") for number in range(1, 60))]


@pytest.fixture(scope="module")
def atlas() -> Chart:
    return by_hand()


def links_of(chart: Chart) -> list[tuple[int, Link]]:
    return [(page.number, link) for page in chart.pages if page.layout for link in page.drawing.links]


def box_at(chart: Chart, page: int, unit_id: str) -> tuple[float, float, float, float]:
    (mark,) = [mark for mark in chart.pages[page - 1].drawing.units if mark.unit == unit_id]
    return mark.box.x, mark.box.y, mark.box.x + mark.box.width, mark.box.y + mark.box.height


def owner(chart: Chart, page: int, link: Link) -> str:
    """The unit whose box the link lies on."""
    found = []
    for mark in chart.pages[page - 1].drawing.units:
        left, top, right, bottom = box_at(chart, page, mark.unit)
        across = left - 0.02 <= link.left and link.left + link.width <= right + 0.02
        if across and top - 0.02 <= link.top and link.top + link.height <= bottom + 0.02:
            found.append(mark.unit)
    (only,) = found
    return only


def check_links(chart: Chart) -> None:
    ways = {(page, owner(chart, page, link), link.page, link.unit) for page, link in links_of(chart)}
    for page, source, other, target in ways:
        assert box_at(chart, other, target)
        assert (other, target, page, source) in ways
    for page in chart.pages:
        for one, another in combinations(page.drawing.links, 2):
            across = min(one.left + one.width, another.left + another.width) - max(one.left, another.left)
            down = min(one.top + one.height, another.top + another.height) - max(one.top, another.top)
            assert min(across, down) <= 0.02


# What stands on which page


@settings(max_examples=40, deadline=None)
@given(related_files(largest=40))
def test_every_unit_is_at_home_on_one_page_and_every_reference_has_its_partner(file: UnitFile) -> None:
    chart = build_chart(file, atlas="always")
    homes = [unit_id for page in chart.pages for unit_id in page.home]
    assert sorted(homes) == sorted(unit.id for unit in file.units)
    check_links(chart)
    several = len(chart.pages) > 1
    indexed = [link.unit for page in chart.pages if page.layout is None for link in page.drawing.links]
    assert sorted(indexed) == (sorted(homes) if several else [])
    home = {unit_id: page.number for page in chart.pages for unit_id in page.home}
    assert all(
        link.page == home[link.unit] for page in chart.pages if page.layout is None for link in page.drawing.links
    )


def test_the_boxes_say_where_a_branch_goes_on_and_where_it_is_cut_from(atlas: Chart) -> None:
    assert [page.home for page in atlas.pages] == [
        ("min", "press"),
        ("budget", "plan", "spend"),
        ("audit",),
        ("tax", "vat"),
        (),
    ]
    overview, budget, budget_on, tax = (box_texts(atlas, number) for number in (1, 2, 3, 4))
    assert overview["budget"] == ["Сектор за буџет", "→ стр. 2"]
    assert overview["min"] == ["Министарство финансија"]
    assert budget["budget"] == ["Сектор за буџет", "← стр. 1", "→ стр. 3"]
    assert budget_on["budget"] == ["Сектор за буџет", "← стр. 2"]
    assert budget_on["audit"] == ["Одсек за контролу"]
    assert tax["tax"] == ["Сектор за порезе", "← стр. 1"]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((4,), "стр. 4"), ((4, 5, 6), "стр. 4–6"), ((4, 6), "стр. 4, 6"), ((2, 3, 9, 11, 12), "стр. 2–3, 9, 11–12")],
)
def test_several_pages_are_named_by_ranges(numbers: tuple[int, ...], words: str) -> None:
    assert page_reference(numbers, "sr-Cyrl").replace("\u00a0", " ") == words
    assert page_reference((4,), "sr-Latn") == "str.\u00a04"
    assert page_reference((4,), "de") == "p.\u00a04"


def test_every_reference_has_its_partner_by_hand_too(atlas: Chart) -> None:
    check_links(atlas)
    assert [(page, owner(atlas, page, link), link.page) for page, link in links_of(atlas) if link.unit == "budget"] == [
        (1, "budget", 2),
        (2, "budget", 1),
        (2, "budget", 3),
        (3, "budget", 2),
    ]


def test_the_whole_box_of_a_cut_unit_is_a_link(atlas: Chart) -> None:
    left, top, right, bottom = box_at(atlas, 1, "tax")
    (link,) = [link for page, link in links_of(atlas) if page == 1 and link.unit == "tax"]
    assert (link.left, link.top) == (left, top)
    assert (link.left + link.width, link.top + link.height) == (pytest.approx(right), pytest.approx(bottom))


def test_a_relation_is_a_line_on_its_page_and_words_in_both_boxes_across_pages(atlas: Chart) -> None:
    drawn = [[(mark.source, mark.target) for mark in page.drawing.relations] for page in atlas.pages]
    assert drawn == [[], [("plan", "spend")], [], [], []]
    assert box_texts(atlas, 2)["plan"] == ["Одсек за планирање", "координира → стр. 4"]
    assert box_texts(atlas, 1)["press"] == ["Група за штампу", "подржава → стр. 4"]
    assert box_texts(atlas, 4)["vat"] == ["Одсек за ПДВ", "координира ← стр. 2", "подржава ← стр. 1"]
    links = [(page, owner(atlas, page, link), link.page, link.unit) for page, link in links_of(atlas)]
    assert (2, "plan", 4, "vat") in links
    assert (4, "vat", 1, "press") in links


def test_title_and_page_number_stand_on_every_page_and_the_legend_where_there_are_boxes(atlas: Chart) -> None:
    assert [[words.text for words in page.drawing.title] for page in atlas.pages] == [["Уређење"]] * 5
    feet = [[words.text for words in page.drawing.notes] for page in atlas.pages]
    assert feet == [["стр. 1/5"], ["стр. 2/5"], ["стр. 3/5"], ["стр. 4/5"], ["стр. 5/5"]]
    levels = ["Министарство", "Сектор", "Група", "Одсек", "на другој страни"]
    assert [[entry.words.text for entry in page.drawing.legend] for page in atlas.pages] == [*[levels] * 4, []]
    samples = [[sample.words.text for sample in page.drawing.relation_samples] for page in atlas.pages]
    assert samples == [[], ["Координира"], [], [], []]


# Markers


@pytest.mark.parametrize("style", STYLES)
def test_a_unit_repeated_looks_different_and_can_be_read(style: str) -> None:
    chart = by_hand(style=style)
    sheet = load_style(style)
    overview, home = (
        {mark.unit: mark for mark in page.drawing.units}["budget"] for page in (chart.pages[0], chart.pages[1])
    )
    assert home.box.border_line == "solid"
    assert overview.box.border_line == "dashed"
    assert overview.box.fill == sheet.background
    assert contrast_ratio(overview.words[0].colour, sheet.background) >= sheet.minimum_contrast
    assert contrast_ratio(overview.box.border, sheet.background) >= 3


def test_where_a_level_has_dashes_markers_have_dots() -> None:
    units = [unit("top", level="ministry"), unit("a", parent="top", level="service"), unit("b", parent="a")]
    dashed, none = chart_of(*units, atlas="always", style="print"), chart_of(*units, atlas="always")
    markers = [
        {mark.box.border_line for mark in chart.drawing.units if mark.unit not in chart.pages[0].home}
        for chart in (dashed, none)
    ]
    assert markers == [{"dotted"}, {"dashed"}]


# When there is an atlas


def test_by_itself_a_chart_that_cannot_be_read_becomes_one_and_one_that_can_does_not() -> None:
    chart = chart_of(*CHAIN, atlas="auto")
    assert len(chart.pages) > 2
    assert re.match(r"on one page of A4 the smallest text would print at [2-6]\.?\d* pt, under 7 pt", chart.warnings[0])
    assert chart.warnings[0].endswith("for one page all the same use --atlas never, or a larger --page")
    assert min(page.layout.smallest_text for page in chart.pages if page.layout) >= 7
    assert len(chart_of(*CHAIN, atlas="auto", page="A0").pages) == 1
    assert len(chart_of(*MINISTRY, atlas="auto").pages) == 1


def test_never_is_one_page_and_a_warning() -> None:
    chart = chart_of(*CHAIN, atlas="never")
    assert len(chart.pages) == 1
    assert re.match(r"the smallest text prints at [2-6]\.?\d* pt on A4, under 7 pt", chart.warnings[0])


def test_always_cuts_what_fits_one_page_but_not_what_cannot_be_cut() -> None:
    assert len(chart_of(*MINISTRY, atlas="always").pages) > 2
    assert [page.suffix for page in chart_of(unit("a"), atlas="always").pages] == [""]
    assert chart_of(unit("a"), atlas="always").drawing.notes == ()


def test_where_not_even_a0_will_do_it_is_an_atlas_of_a3() -> None:
    endless = [unit("u0"), *(unit(f"u{number}", parent=f"u{number - 1}") for number in range(1, 150))]
    chart = chart_of(*endless, page="auto", atlas="auto")
    assert {page.layout.page.name for page in chart.pages if page.layout} == {"A3"}
    assert chart.warnings[0].startswith("on one page of A0 the smallest text would print at ")


@pytest.mark.parametrize(
    ("wishes", "what"), [({"page": "none"}, "--page none"), ({"layout": "dot"}, "--layout dot")], ids=["none", "dot"]
)
def test_a_page_of_its_own_size_and_graphviz_are_never_one(wishes: dict[str, str], what: str) -> None:
    auto = chart_of(*MINISTRY, atlas="auto", min_text=12, **wishes)
    assert len(auto.pages) == 1
    assert "under 12 pt" in auto.warnings[0]
    always = chart_of(*MINISTRY, atlas="always", **wishes)
    assert len(always.pages) == 1
    assert always.warnings == (f"{what} draws one page and no atlas; choose a --page such as A4 and --layout page",)


def test_other_words_are_refused() -> None:
    with pytest.raises(OrgChartError, match='atlas "maybe" is not known; use never, auto, always'):
        chart_of(unit("a"), atlas="maybe")
    with pytest.raises(OrgChartError, match='branches "alone" is not known; use together, apart'):
        chart_of(unit("a"), branches="alone")


# Files


def test_pdf_is_one_file_and_the_others_a_file_for_each_page(atlas: Chart) -> None:
    assert list(render_files(atlas, ["pdf", "svg"])) == [
        "min.pdf",
        "min.svg",
        "min-budget.svg",
        "min-budget-2.svg",
        "min-tax.svg",
        "min-index.svg",
    ]
    assert list(render_files(atlas, ["dot"], "report"))[:2] == ["report.dot", "report-budget.dot"]
    assert render(atlas, "svg") == render(atlas, "svg", page=1) != render(atlas, "svg", page=5)
    with pytest.raises(FormatError, match="there is no page 6; the chart has the pages 1 to 5"):
        render(atlas, "png", page=6)
    with pytest.raises(FormatError, match="pdf holds all pages in one file; leave page out"):
        render(atlas, "pdf", page=1)


def test_no_two_pages_have_one_name_whatever_the_ids() -> None:
    tops = ("index", "a", "a-2", "A", "index-2")
    units = [unit("top"), *(unit(top, parent="top") for top in tops)]
    units += [unit(f"{top}.{number}", parent=top) for top in tops for number in range(20)]
    suffixes = [page.suffix for page in chart_of(*units, atlas="always", branches="apart").pages]
    assert len({suffix.casefold() for suffix in suffixes}) == len(suffixes)
    assert {"", "-a", "-index"} <= set(suffixes)


def test_links_in_svg_lead_to_the_units_group_in_the_other_file(atlas: Chart) -> None:
    files = {name: read_svg(content) for name, content in render_files(atlas, ["svg"], "report").items()}
    groups = {
        name: {group.get("id"): group.get("data-unit") for group in root.iter(f"{SVG}g")}
        for name, root in files.items()
    }
    counted = 0
    for page, root in zip(atlas.pages, files.values(), strict=True):
        for link, anchor in zip(page.drawing.links, root.iter(f"{SVG}a"), strict=True):
            name, _, fragment = unquote(anchor.attrib["href"]).partition("#")
            assert groups[name][fragment] == link.unit
            counted += 1
    assert counted == sum(len(page.drawing.links) for page in atlas.pages) > 10


def test_ids_of_all_pages_are_different_so_that_they_can_stand_in_one_web_page(atlas: Chart) -> None:
    ids = [
        element.get("id")
        for content in render_files(atlas, ["svg"]).values()
        for element in read_svg(content).iter()
        if element.get("id")
    ]
    assert len(set(ids)) == len(ids)


def test_a_reader_that_knows_no_links_draws_the_same_picture(atlas: Chart) -> None:
    linked = render(replace(atlas, embed_font=False), "svg").decode()
    bare = re.sub(r'<g id="oc\w+-links".*?</g>\n', "", linked, flags=re.DOTALL)
    assert bare != linked
    assert cairosvg.svg2png(bytestring=bare.encode()) == cairosvg.svg2png(bytestring=linked.encode())


def test_dot_has_the_markers_and_the_index(atlas: Chart) -> None:
    overview, index = render(atlas, "dot", page=1).decode(), render(atlas, "dot", page=5).decode()
    assert 'label="Сектор за буџет\\n→\u00a0стр.\u00a02"' in overview
    assert 'style="filled,dashed"' in overview
    assert 'index1 [label="Азбучни регистар\\l"' in index


def test_the_same_file_gives_the_same_bytes_in_any_process(orgchart: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "units.json").write_bytes(units_file(*MINISTRY, relations=list(RELATIONS)))
    made = []
    for seed in ("1", "2"):
        run = orgchart("render", "units.json", "--atlas", "always", "-o", seed, PYTHONHASHSEED=seed)
        assert run.code == 0
        made.append({file.name: file.read_bytes() for file in (tmp_path / seed).iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) > 6


# Arrows that a font lacks


def test_an_arrow_that_the_font_lacks_is_drawn_between_its_words() -> None:
    face = load_font("PT Sans").face(bold=False, italic=False)
    parts = face.parts("координира → стр. 5")
    assert [part for _, part in parts] == ["координира", "→", "стр. 5"]
    assert face.advance("→") == 0.9
    assert face.advance("а → б") == pytest.approx(face.advance("а ") + 0.9 + face.advance(" б"))
    assert face.parts("без стрелице") == ((0.0, "без стрелице"),)
    svg = read_svg(render(chart_of(unit("a", "А → Б")), "svg"))
    assert [line.text for line in svg.iter(f"{SVG}text")] == ["А", "Б"]
    assert len(list(svg.iter(f"{SVG}path"))) == 1


def test_arrows_need_no_glyph() -> None:
    assert chart_of(unit("a", "А → Б")).warnings == ()
    assert render(chart_of(unit("a", "А → Б")), "png")


def test_a_page_too_small_for_the_atlas_s_own_furniture_holds_the_chart_as_it_is() -> None:
    file = parse_units(units_file(*MINISTRY), "units.json")
    chart = build_chart(file, page="80x42mm", atlas="auto", legend=False)
    assert len(chart.pages) >= 1
