"""How a chart is arranged: the ways by level, what a step costs, and where each way puts boxes and rails."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings

from orgchart.chart import Chart, build_chart
from orgchart.hierarchy import build_hierarchy
from orgchart.layout.measure import tree_of
from orgchart.layout.shapes import Box
from orgchart.layout.ways import ways_by_level
from orgchart.layout.widths import sibling_levels
from orgchart.units import UnitFile, parse_units
from tests.charts import unit, units_file
from tests.strategies import unit_files

SECTOR = unit("s", "Сектор", level="sector")
BUDGET = (unit("a", "Одељење А", "s", "department"), unit("a1", "Група", "a"), unit("a2", "Група", "a"))
CONTROL = (unit("b", "Одељење Б", "s", "department"), unit("b1", "Група", "b"))
ALONE = (unit("c", "Група В", "s"), unit("d", "Група Г", "s"), unit("e", "Група Д", "s"))


def chart_of(*units: dict[str, Any], **wishes: Any) -> Chart:
    return build_chart(parse_units(units_file(*units), "t.json"), page="none", **wishes)


def arranged(kind: str, *units: dict[str, Any]) -> dict[str, Box]:
    chart = chart_of(SECTOR, *units, arrange={"sector": kind})
    return {box.unit: box for box in chart.layout.boxes}


def right(box: Box) -> float:
    return box.x + box.width


def test_in_stacks_neighbours_without_units_hang_below_each_other_and_the_others_stand_side_by_side() -> None:
    placed = arranged("stacks", *BUDGET, *CONTROL, *ALONE)
    assert placed["a"].y == placed["b"].y == placed["c"].y
    assert placed["a"].x < placed["b"].x < placed["c"].x == placed["d"].x == placed["e"].x
    assert placed["c"].y < placed["d"].y < placed["e"].y


def test_on_two_sides_the_left_is_turned_over() -> None:
    placed = arranged("both", *BUDGET, *CONTROL)
    trunk = placed["s"].x + placed["s"].width / 2
    assert trunk - right(placed["a"]) == pytest.approx(placed["b"].x - trunk, abs=0.02)
    assert right(placed["a"]) - right(placed["a1"]) == pytest.approx(placed["b1"].x - placed["b"].x, abs=0.02)


def test_what_hangs_in_columns_stands_at_its_rail_and_its_columns_begin_there() -> None:
    groups = [unit(f"g{number}", "Група", "a") for number in range(6)]
    chart = chart_of(
        SECTOR, unit("a", "Одељење А", "s", "department"), *groups, unit("b", "Одељење Б", "s", "department"),
        arrange={"sector": "column", "department": "columns"},
    )  # fmt: skip
    placed = {box.unit: box for box in chart.layout.boxes}
    assert placed["a"].x == placed["b"].x
    assert placed["g0"].x - placed["a"].x == pytest.approx(16.0)
    assert len({placed[f"g{number}"].x for number in range(6)}) > 1
    ways = {rail.child: rail.points for rail in chart.layout.rails}
    assert {ways["g0"][0], ways["g5"][0]} == {(placed["a"].x + 8, placed["a"].y + placed["a"].height)}


@settings(max_examples=60, deadline=None)
@given(unit_files(staff=True))
def test_what_hangs_on_a_rail_has_nothing_side_by_side_below_it(file: UnitFile) -> None:
    chart = build_chart(file)
    ends = {rail.child: rail.points[-2:] for rail in chart.layout.rails}
    hangs = {child for child, (one, other) in ends.items() if one[1] == other[1]}
    for child in hangs:
        below = [rail.points for rail in chart.layout.rails if rail.parent == child]
        assert all(points[-1][1] == points[-2][1] for points in below), child


def test_the_ways_by_level_are_ordered_by_how_conventional_they_are() -> None:
    tree = tree_of(build_hierarchy(parse_units(units_file(SECTOR, *BUDGET, *CONTROL, *ALONE), "t.json")))
    ways = [(way.steps, way.name) for way in ways_by_level(tree, 100)]
    assert ways[:4] == [
        (0, "sector in a row, department in a row"),
        (0, "sector in a row, department in a column"),
        (1, "sector in stacks, department in a row"),
        (1, "sector in stacks, department in a column"),
    ]
    assert ways[-1] == (8, "sector in a column or on two sides")
    assert [steps for steps, _ in ways] == sorted(steps for steps, _ in ways)


def test_a_staff_units_level_is_no_level_of_the_row() -> None:
    office = {**unit("k", "Секретаријат", "s", "secretariat"), "placement": "staff"}
    tree = tree_of(
        build_hierarchy(parse_units(units_file(SECTOR, office, unit("k1", "Група", "k"), *BUDGET), "t.json"))
    )
    assert not any("secretariat" in way.free for way in ways_by_level(tree, 100))


def test_levels_that_are_mostly_siblings_share_a_width() -> None:
    section, group = unit("o", "Одсек", "s", "section"), unit("e", "Група", "s")
    teams = unit("a3", "Тим", "a", "team"), unit("b2", "Тим", "b", "team")
    file = parse_units(units_file(SECTOR, *BUDGET, section, group, teams[0], *CONTROL, teams[1]), "t.json")
    levels = sibling_levels(tree_of(build_hierarchy(file)))
    assert sorted(map(sorted, levels)) == [["department", "section"], ["group", "team"]]


def sectors(count: int, departments: int) -> list[dict[str, Any]]:
    units = [unit("m", "Министарство", level="ministry")]
    for number in range(count):
        units.append(unit(f"s{number}", f"Сектор за послове {number}", "m", "sector"))
        units += [
            unit(f"s{number}d{each}", f"Одељење за послове {number}.{each}", f"s{number}", "department")
            for each in range(departments)
        ]
    return units


def test_a_chart_that_reads_well_in_rows_is_not_folded() -> None:
    chart = build_chart(parse_units(units_file(*sectors(3, 2)), "t.json"))
    assert chart.layout.arrangement == "rows to depth 2, columns below"
    assert {candidate.name.split(",")[0] for candidate in chart.layout.candidates} == {
        "rows to depth 0", "rows to depth 1", "rows to depth 2",
    }  # fmt: skip


def test_all_sectors_are_arranged_alike_where_the_chart_must_be_folded() -> None:
    chart = build_chart(parse_units(units_file(*sectors(14, 3)), "t.json"), atlas="never")
    placed = {box.unit: box for box in chart.layout.boxes}
    offsets = {
        tuple(round(placed[f"s{number}d{each}"].x - placed[f"s{number}"].x, 1) for each in range(3))
        for number in range(14)
    }
    assert len(offsets) == 1
    assert chart.layout.candidates[0].smallest_text * 0.85 < chart.layout.smallest_text


def test_what_can_be_read_goes_before_what_is_conventional() -> None:
    def drawn(min_text: float) -> tuple[str, float]:
        units = parse_units(units_file(*sectors(12, 6)), "t.json")
        layout = build_chart(units, min_text=min_text, atlas="never").layout
        return layout.arrangement, layout.smallest_text

    assert drawn(7.0) == ("ministry in columns", 7.75)
    assert drawn(7.8) == ("ministry in columns, sector in one or more columns on its rail", 7.97)


def test_no_two_units_overlap_in_any_way_that_is_insisted_on() -> None:
    for kind in ("row", "stacks", "column", "columns", "both"):
        chart = build_chart(parse_units(units_file(*sectors(5, 4)), "t.json"), page="none", arrange=kind)
        for one, other in itertools.combinations(chart.layout.boxes, 2):
            across = one.x + one.width <= other.x + 0.02 or other.x + other.width <= one.x + 0.02
            down = one.y + one.height <= other.y + 0.02 or other.y + other.height <= one.y + 0.02
            assert across or down, (kind, one.unit, other.unit)
