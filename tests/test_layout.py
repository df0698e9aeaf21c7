"""The layout: what must hold for every tree, and the numbers of small ones."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.chart import Chart, build_chart
from orgchart.errors import PageError
from orgchart.layout import arrange
from orgchart.layout.page import pages
from orgchart.layout.shapes import Box
from orgchart.units import Unit, UnitFile
from tests.strategies import unit_files

MARGIN = 12 * 72 / 25.4
TOLERANCE = 0.03  # places are rounded to 0.01 pt


def chart_of(*units: tuple[str, str | None], level: str = "section", **wishes: object) -> Chart:
    """A chart of units given as (id and name, parent)."""
    made = tuple(Unit(id=name, level=level, name=name, parent=parent) for name, parent in units)
    file = UnitFile(title="", source=None, units=made, relations=(), lang=None, extra={}, name="t.json")
    return build_chart(file, **wishes)  # type: ignore[arg-type]


def boxes(chart: Chart) -> dict[str, Box]:
    return {box.unit: box for box in chart.layout.boxes}


def middle(box: Box) -> float:
    return box.x + box.width / 2


@settings(max_examples=60, deadline=None)
@given(unit_files(staff=True), st.sampled_from(["A4", "A3", "none", "90x60mm"]))
def test_no_two_boxes_overlap(file: UnitFile, page: str) -> None:
    placed = build_chart(file, page=page).layout.boxes
    for one, other in itertools.combinations(placed, 2):
        apart_across = one.x + one.width <= other.x + TOLERANCE or other.x + other.width <= one.x + TOLERANCE
        apart_down = one.y + one.height <= other.y + TOLERANCE or other.y + other.height <= one.y + TOLERANCE
        assert apart_across or apart_down, (one, other)


@settings(max_examples=100, deadline=None)
@given(unit_files(staff=True), st.sampled_from(["A4", "90x60mm", "60x40mm", "150x40mm", "40x150mm"]))
def test_what_is_too_wide_to_be_tried_wider_would_not_have_been_taken(file: UnitFile, page: str) -> None:
    chosen = build_chart(file, page=page, source_line=False, legend=False, title="").layout
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrange._Search, "_too_wide", lambda *_: False)
        everything = build_chart(file, page=page, source_line=False, legend=False, title="").layout
    assert (chosen.boxes, chosen.rails, chosen.scale) == (everything.boxes, everything.rails, everything.scale)


def test_rows_that_print_four_times_smaller_than_others_end_the_search_for_deeper_ones() -> None:
    second = [(f"{above}-{number}", above) for above in "abc" for number in range(8)]
    third = [(f"{above}-{number}", above) for above, _ in second for number in range(8)]
    fourth = [(f"{above}-x", above) for above, _ in third]
    chart = chart_of(("top", None), *((name, "top") for name in "abc"), *second, *third, *fourth, page="90x90mm")
    tried = {found.name for found in chart.layout.candidates if found.name.startswith("rows")}
    assert tried == {f"rows to depth {depth}, columns below" for depth in (0, 1, 2, 3)}


@settings(max_examples=60, deadline=None)
@given(unit_files())
def test_every_unit_is_drawn_once(file: UnitFile) -> None:
    chart = build_chart(file)
    assert sorted(box.unit for box in chart.layout.boxes) == sorted(unit.id for unit in file.units)
    assert sorted(mark.unit for mark in chart.drawing.units) == sorted(unit.id for unit in file.units)


@settings(max_examples=60, deadline=None)
@given(unit_files(), st.sampled_from(["A4", "A3", "letter", "90x60mm"]))
def test_every_box_stands_inside_the_margins(file: UnitFile, page: str) -> None:
    chart = build_chart(file, page=page)
    for box in chart.layout.boxes:
        assert box.x >= MARGIN - TOLERANCE
        assert box.y >= MARGIN - TOLERANCE
        assert box.x + box.width <= chart.layout.page.width - MARGIN + TOLERANCE
        assert box.y + box.height <= chart.layout.page.height - MARGIN + TOLERANCE


@settings(max_examples=60, deadline=None)
@given(unit_files())
def test_siblings_keep_the_order_of_the_file(file: UnitFile) -> None:
    chart = build_chart(file)
    placed = boxes(chart)
    for unit in file.units:
        below = [placed[child.id] for child in chart.hierarchy.children(unit.id)]
        for earlier, later in itertools.pairwise(below):
            assert later.x > earlier.x + TOLERANCE or later.y > earlier.y + TOLERANCE


@settings(max_examples=60, deadline=None)
@given(unit_files(roots=1, levels=("section",)))
def test_a_parent_over_a_row_of_boxes_as_wide_as_its_own_is_centred_over_the_first_and_the_last(file: UnitFile) -> None:
    chart = build_chart(file, page="A2")
    placed = boxes(chart)
    for unit in file.units:
        below = [placed[child.id] for child in chart.hierarchy.children(unit.id)]
        if len(below) > 1 and below[0].y == below[-1].y:
            assert middle(placed[unit.id]) == pytest.approx((middle(below[0]) + middle(below[-1])) / 2, abs=TOLERANCE)


@settings(max_examples=60, deadline=None)
@given(unit_files())
def test_boxes_of_one_level_share_one_width(file: UnitFile) -> None:
    chart = build_chart(file)
    widths: dict[str, set[float]] = {}
    for box in chart.layout.boxes:
        widths.setdefault(chart.hierarchy.unit(box.unit).level, set()).add(box.width)
    assert all(len(found) == 1 for found in widths.values())


@settings(max_examples=60, deadline=None)
@given(unit_files(staff=True), st.sampled_from(["A4", "90x60mm", "A2"]))
def test_a_rail_runs_from_the_parents_edge_to_the_childs_and_through_no_box(file: UnitFile, page: str) -> None:
    chart = build_chart(file, page=page)
    placed = boxes(chart)
    for rail in chart.layout.rails:
        parent, child = placed[rail.parent], placed[rail.child]
        assert rail.points[0][1] == pytest.approx(parent.y + parent.height, abs=TOLERANCE)
        end = rail.points[-1]
        edges = (child.x, child.x + child.width)
        assert end[1] == pytest.approx(child.y, abs=TOLERANCE) or any(abs(end[0] - edge) < TOLERANCE for edge in edges)
        for (ax, ay), (bx, by) in itertools.pairwise(rail.points):
            for box in placed.values():
                within_x = max(ax, bx) > box.x + TOLERANCE and min(ax, bx) < box.x + box.width - TOLERANCE
                within_y = max(ay, by) > box.y + TOLERANCE and min(ay, by) < box.y + box.height - TOLERANCE
                assert not (within_x and within_y), (rail, box)


def stretches(chart: Chart, axis: int) -> list[tuple[float, float, float]]:
    """The upright (axis 0) or level (axis 1) stretches of all rails, as place, start and end."""
    found = set()
    for rail in chart.layout.rails:
        for one, other in itertools.pairwise(rail.points):
            if one[axis] == other[axis] and one != other:
                start, end = sorted((one[1 - axis], other[1 - axis]))
                found.add((one[axis], start, end))
    return sorted(found)


@settings(max_examples=60, deadline=None)
@given(unit_files(staff=True), st.sampled_from(["A4", "90x60mm", "A2"]))
def test_two_parallel_rails_are_one_line_or_four_points_apart(file: UnitFile, page: str) -> None:
    chart = build_chart(file, page=page)
    least = 4 * chart.layout.scale - TOLERANCE
    for axis in (0, 1):
        for one, other in itertools.combinations(stretches(chart, axis), 2):
            if min(one[2], other[2]) - max(one[1], other[1]) > TOLERANCE:
                assert abs(one[0] - other[0]) < TOLERANCE or abs(one[0] - other[0]) > least, (one, other)


@settings(max_examples=40, deadline=None)
@given(unit_files())
def test_every_line_of_a_name_lies_inside_its_box(file: UnitFile) -> None:
    chart = build_chart(file)
    for mark in chart.drawing.units:
        for words in mark.words:
            width = chart.font.face(words.bold, words.italic).advance(words.text) * words.size
            assert mark.box.x - TOLERANCE <= words.x - width / 2
            assert words.x + width / 2 <= mark.box.x + mark.box.width + TOLERANCE
            assert mark.box.y < words.y - 0.5 * words.size
            assert words.y + 0.1 * words.size < mark.box.y + mark.box.height


def test_three_children_of_a_unit_stand_in_a_row_on_one_line() -> None:
    placed = boxes(chart_of(("a", None), ("b", "a"), ("c", "a"), ("d", "a")))
    assert placed["b"].y == placed["c"].y == placed["d"].y
    assert placed["b"].x < placed["c"].x < placed["d"].x


def test_leaves_hang_in_a_column_where_a_row_would_be_too_wide_to_read() -> None:
    names = [(f"Одсек {number}", "a") for number in range(12)]
    chart = chart_of(("a", None), *names)
    placed = boxes(chart)
    assert len({placed[name].x for name, _ in names}) == 1
    assert chart.layout.scale == 1.0


def test_a_row_is_kept_where_the_page_is_wide_enough() -> None:
    names = [(f"Одсек {number}", "a") for number in range(12)]
    placed = boxes(chart_of(("a", None), *names, page="A2"))
    assert len({placed[name].y for name, _ in names}) == 1


def test_boxes_in_a_row_share_the_height_of_the_tallest() -> None:
    long_name = "Одсек за људска права и заштиту животне средине и међународну сарадњу"
    placed = boxes(chart_of(("a", None), ("b", "a"), (long_name, "a")))
    assert placed["b"].height == placed[long_name].height > placed["a"].height


def test_levels_that_stand_side_by_side_share_a_width() -> None:
    units = (
        Unit(id="a", level="sector", name="А"),
        Unit(id="b", level="department", name="Б", parent="a"),
        Unit(id="c", level="section", name="В", parent="a"),
    )
    chart = build_chart(UnitFile(title="", source=None, units=units, relations=(), lang=None, extra={}, name="t.json"))
    placed = boxes(chart)
    assert placed["b"].width == placed["c"].width


def test_groups_in_a_column_end_flush_with_the_department_above() -> None:
    units = (
        Unit(id="a", level="sector", name="А"),
        *(Unit(id=f"d{n}", level="department", name="Одељење", parent="a") for n in range(5)),
        *(Unit(id=f"g{n}", level="group", name="Група", parent="d0") for n in range(3)),
    )
    chart = build_chart(UnitFile(title="", source=None, units=units, relations=(), lang=None, extra={}, name="t.json"))
    placed = boxes(chart)
    assert placed["g0"].x + placed["g0"].width == pytest.approx(placed["d0"].x + placed["d0"].width, abs=TOLERANCE)


def test_two_roots_stand_side_by_side_without_a_rail() -> None:
    chart = chart_of(("a", None), ("b", None))
    placed = boxes(chart)
    assert placed["a"].y == placed["b"].y
    assert chart.layout.rails == ()


def test_a_chain_of_5000_units_is_drawn() -> None:
    chain = [("u0", None), *((f"u{number}", f"u{number - 1}") for number in range(1, 5000))]
    assert len(chart_of(*chain).layout.boxes) == 5000


def test_text_too_small_to_read_is_said() -> None:
    chain = [("u0", None), *((f"u{number}", f"u{number - 1}") for number in range(1, 40))]
    warning = chart_of(*chain).warnings[-1]
    assert "the smallest text prints at" in warning
    assert "use a larger --page" in warning


def test_a_page_is_upright_or_across_as_asked() -> None:
    assert chart_of(("a", None), orientation="landscape").layout.page.width == pytest.approx(297 * 72 / 25.4)
    assert chart_of(("a", None), orientation="portrait").layout.page.width == pytest.approx(210 * 72 / 25.4)


def test_an_own_size_stands_as_it_is_written() -> None:
    (page,) = pages("160x90mm", "auto")
    assert page.width == pytest.approx(160 * 72 / 25.4)


def test_the_page_none_is_cut_to_the_chart() -> None:
    chart = chart_of(("a", None), page="none")
    (box,) = chart.layout.boxes
    assert (box.x, box.y) == (6.0, 6.0)
    assert chart.layout.page.width == pytest.approx(box.width + 12)


def test_an_unknown_page_lists_the_known_ones() -> None:
    with pytest.raises(PageError, match='page "A5" is not known; use A4, A3, A2, A1, A0, letter, auto, a size such as'):
        pages("A5", "auto")


def test_a_page_too_small_for_its_furniture_is_refused() -> None:
    with pytest.raises(
        PageError, match=r'page "25x25mm" is too small: margins, title, legend and notes leave 3 × 3 pt'
    ):
        chart_of(("a", None), page="25x25mm")


def test_the_same_input_gives_the_same_layout() -> None:
    units = (("a", None), ("b", "a"), ("c", "a"))
    assert chart_of(*units).layout == chart_of(*units).layout


def wide(page: str, **wishes: object) -> Chart:
    """A unit with 200 units below it: 6.28 pt on A4, 9.3 pt on A3."""
    return chart_of(("a", None), *((f"Одсек {number}", "a") for number in range(200)), page=page, **wishes)


def test_page_auto_is_the_smallest_sheet_that_can_be_read() -> None:
    assert wide("auto").layout.page.name == "A3"
    assert wide("auto", min_text=6).layout.page.name == "A4"
    assert wide("auto", min_text=9.5).layout.page.name == "A2"


def test_a_unit_arranged_in_the_file_is_arranged_so() -> None:
    made = (
        Unit(id="a", level="section", name="a", arrange="column"),
        *(Unit(id=name, level="section", name=name, parent="a") for name in "bcd"),
    )
    file = UnitFile(title="", source=None, units=made, relations=(), lang=None, extra={}, name="t.json")
    placed = boxes(build_chart(file))
    assert placed["b"].x == placed["c"].x == placed["d"].x


def test_arrange_by_level_overrides_the_style_and_yields_to_the_file() -> None:
    units = (("a", None), ("b", "a"), ("c", "a"), ("d", "a"))
    column = boxes(chart_of(*units, arrange={"section": "column"}))
    assert column["b"].x == column["c"].x
    assert boxes(chart_of(*units, arrange="both"))["d"].x > boxes(chart_of(*units, arrange="both"))["b"].x


def test_a_secretariat_and_a_cabinet_stand_beside_the_trunk_above_the_line_units() -> None:
    made = (
        Unit(id="m", level="ministry", name="Министарство"),
        Unit(id="k", level="cabinet", name="Кабинет", parent="m", placement="staff"),
        Unit(id="s", level="secretariat", name="Секретаријат", parent="m", placement="staff"),
        Unit(id="a", level="sector", name="Сектор А", parent="m"),
        Unit(id="b", level="sector", name="Сектор Б", parent="m"),
    )
    file = UnitFile(title="", source=None, units=made, relations=(), lang=None, extra={}, name="t.json")
    placed = boxes(build_chart(file))
    trunk = middle(placed["m"])
    assert placed["k"].x + placed["k"].width < trunk < placed["s"].x
    assert placed["k"].y == placed["s"].y
    assert placed["k"].y + placed["k"].height < placed["a"].y == placed["b"].y


def test_what_was_weighed_is_kept_with_the_largest_print_first() -> None:
    candidates = chart_of(("a", None), ("b", "a"), ("c", "a")).layout.candidates
    assert [found.name for found in candidates] == ["rows to depth 1, columns below", "rows to depth 0, columns below"]
    assert candidates[0].smallest_text == 10.5
