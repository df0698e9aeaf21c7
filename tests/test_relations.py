"""Relations beside the tree: where their lines may run, and what is printed of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.chart import Chart, build_chart
from orgchart.units import Relation, Unit, UnitFile
from tests.strategies import unit_files

TOLERANCE = 0.03


@st.composite
def related_files(draw: st.DrawFn) -> UnitFile:
    file = draw(unit_files(largest=15))
    ids = [unit.id for unit in file.units]
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda pair: pair[0] != pair[1])
    pairs = draw(st.lists(ends, max_size=4, unique=True)) if len(ids) > 1 else []
    return replace(file, relations=tuple(Relation(source, target, "coordinates", {}) for source, target in pairs))


def routes(chart: Chart) -> list[list[tuple[float, float]]]:
    """The lines to the tips of their arrowheads."""
    return [[*mark.arrow.points[:-1], mark.arrow.head[0]] for mark in chart.drawing.relations]


@settings(max_examples=40, deadline=None)
@given(related_files())
def test_a_relation_runs_through_no_box(file: UnitFile) -> None:
    chart = build_chart(file, page="A3")
    if any("drawn straight" in warning for warning in chart.warnings):
        return
    for points in routes(chart):
        for (ax, ay), (bx, by) in pairwise(points):
            for box in chart.layout.boxes:
                across = max(ax, bx) > box.x + TOLERANCE and min(ax, bx) < box.x + box.width - TOLERANCE
                down = max(ay, by) > box.y + TOLERANCE and min(ay, by) < box.y + box.height - TOLERANCE
                assert not (across and down), (points, box)


@settings(max_examples=40, deadline=None)
@given(related_files())
def test_a_relation_runs_from_its_first_units_edge_to_its_seconds(file: UnitFile) -> None:
    chart = build_chart(file, page="A3")
    if any("drawn straight" in warning for warning in chart.warnings):
        return
    placed = {box.unit: box for box in chart.layout.boxes}
    for mark, points in zip(chart.drawing.relations, routes(chart), strict=True):
        for unit, (x, y) in ((mark.source, points[0]), (mark.target, points[-1])):
            box = placed[unit]
            on_side = min(abs(x - box.x), abs(x - box.x - box.width)) < TOLERANCE
            on_top = min(abs(y - box.y), abs(y - box.y - box.height)) < TOLERANCE
            assert on_side or on_top


def test_only_relations_with_both_ends_in_the_branch_are_drawn() -> None:
    file = UnitFile(
        title="", source=None, units=unit_chain(), relations=(Relation("a", "c", "supports", {}),), lang="en",
        extra={}, name="t.json",
    )  # fmt: skip
    assert [(mark.source, mark.target) for mark in build_chart(file).drawing.relations] == [("a", "c")]
    assert build_chart(file, depth=1).drawing.relations == ()


def test_a_relations_word_is_in_the_legend_in_the_charts_language() -> None:
    file = UnitFile(
        title="", source=None, units=unit_chain(), relations=(Relation("a", "c", "reports-to", {}),), lang="sr-Latn",
        extra={}, name="t.json",
    )  # fmt: skip
    assert [sample.words.text.lower() for sample in build_chart(file).drawing.relation_samples] == ["izveštava"]


def unit_chain() -> tuple[Unit, ...]:
    return (
        Unit(id="a", level="sector", name="A"),
        Unit(id="b", level="section", name="B", parent="a"),
        Unit(id="c", level="section", name="C", parent="b"),
    )
