"""The frontier of sizes: nothing that brute force finds is better, and what it claims is what is placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.layout.fill import fill
from orgchart.layout.fold import extents, hanging, in_place, row_groups, size_in_rows
from orgchart.layout.frontier import ANY, Fold, Kinds
from orgchart.layout.measure import Tree
from orgchart.layout.shapes import BOTH, COLUMN, HUNG_KINDS, ROW, Arrangement
from orgchart.styles import SpacingStyle

SPACING = SpacingStyle(
    margin_mm=10, level_gap_pt=26, sibling_gap_pt=14, column_gap_pt=9, indent_pt=16, title_gap_pt=16
)  # fmt: skip


def tree(parents: Sequence[int], staff: frozenset[int] = frozenset()) -> Tree:
    """A tree in reading order from the number of each unit's parent, -1 for a root."""
    children: list[list[int]] = [[] for _ in parents]
    depths: list[int] = []
    for number, above in enumerate(parents):
        depths.append(0 if above < 0 else depths[above] + 1)
        if above >= 0:
            children[above].append(number)
    names = tuple(f"u{number}" for number in range(len(parents)))
    return Tree(
        ids=names,
        names=names,
        levels=("section",) * len(parents),
        parents=tuple(parents),
        children=tuple(map(tuple, children)),
        line_children=tuple(tuple(child for child in below if child not in staff) for below in children),
        staff_children=tuple(tuple(child for child in below if child in staff) for below in children),
        depths=tuple(depths),
        roots=tuple(number for number, above in enumerate(parents) if above < 0),
        heads=tuple(number for number, below in enumerate(children) if below),
    )


def ways_below(shape: Tree, number: int) -> list[Arrangement]:
    """Every arrangement that a unit's children could have."""
    below = shape.line_children[number]
    if not shape.children[number]:
        return [COLUMN]
    most = max(len(below), len(shape.children[number])) // 2
    ways = [ROW, COLUMN, *(Arrangement("columns", count) for count in range(2, most + 1))]
    if len(below) > 1:
        ways.append(BOTH)
    groups = row_groups(shape.children, below, "stacks")
    counts = product(*(range(1, max(1, len(units) // 2) + 1) for units in groups))
    return [*ways, *(Arrangement("stacks", 1, each) for each in counts if below)]


def is_allowed(shape: Tree, arrangements: Sequence[Arrangement]) -> bool:
    """What hangs has columns below it; what stands beside a trunk has one column below it, and so has all below that;
    columns are at least two units high."""
    hangs = hanging(shape, arrangements)
    plain = [False] * len(shape)
    for number, arrangement in enumerate(arrangements):
        if not shape.children[number]:
            continue
        if (plain[number] and arrangement != COLUMN) or (hangs[number] and arrangement.kind not in HUNG_KINDS):
            return False
        in_file_order = in_place(arrangement, hangs[number])
        below = shape.children[number] if in_file_order else shape.line_children[number]
        if arrangement.kind == "columns" and arrangement.columns > len(below) // 2:
            return False
        for child in shape.children[number]:
            beside = arrangement.kind == "both" or (not in_file_order and child in shape.staff_children[number])
            plain[child] = plain[number] or beside
    return True


def every_size(shape: Tree, widths: Sequence[float], heights: Sequence[float]) -> Iterator[tuple[float, float]]:
    for arrangements in product(*(ways_below(shape, number) for number in range(len(shape)))):
        if is_allowed(shape, arrangements):
            yield extents(shape, widths, heights, arrangements, ROW, SPACING).whole


def folded(shape: Tree, widths: Sequence[float], heights: Sequence[float], kinds: Kinds = ANY, most: int = 64) -> Fold:
    fold = Fold(shape, widths, heights, SPACING, lambda _: kinds, most=most)
    fold.fold_all()
    return fold


@st.composite
def small_trees(draw: st.DrawFn, most: int = 7, staff: bool = False) -> tuple[Tree, list[float], list[float]]:
    count = draw(st.integers(1, most))
    above = [-1]
    for number in range(1, count):
        # Hung under the unit before it or one above that one, so that the numbers are the reading order.
        line = [number - 1]
        while above[line[-1]] >= 0:
            line.append(above[line[-1]])
        above.append(draw(st.sampled_from(line)))
    beside = frozenset(number for number in range(1, count) if staff and draw(st.booleans()))
    sizes = st.integers(20, 200).map(float)
    return tree(above, beside), draw(st.lists(sizes, min_size=count, max_size=count)), draw(
        st.lists(sizes, min_size=count, max_size=count)
    )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(small_trees(staff=True))
def test_nothing_that_brute_force_finds_is_better_in_width_and_height(
    drawn: tuple[Tree, list[float], list[float]],
) -> None:
    shape, widths, heights = drawn
    whole = folded(shape, widths, heights).whole()
    for width, height in every_size(shape, widths, heights):
        assert any(size.width <= width + 1e-6 and size.height <= height + 1e-6 for size in whole), (width, height)


@settings(max_examples=150, deadline=None)
@given(small_trees(most=14, staff=True))
def test_every_size_the_frontier_claims_is_the_size_that_is_placed(
    drawn: tuple[Tree, list[float], list[float]],
) -> None:
    shape, widths, heights = drawn
    found = folded(shape, widths, heights)
    for size in found.whole():
        arrangements, roots = found.arrangements(size)
        placed = extents(shape, widths, heights, arrangements, roots, SPACING).whole
        assert placed == pytest.approx((size.width, size.height))


@settings(max_examples=60, deadline=None)
@given(small_trees(most=14, staff=True), st.integers(0, 4))
def test_rows_above_columns_are_as_large_as_their_extents(
    drawn: tuple[Tree, list[float], list[float]], row_depths: int
) -> None:
    shape, widths, _ = drawn
    heights = [20.0 + depth for depth in shape.depths]  # even in every row
    in_rows = [depth < row_depths for depth in shape.depths]
    arrangements = [ROW if in_row else COLUMN for in_row in in_rows]
    whole = extents(shape, widths, heights, arrangements, ROW, SPACING).whole
    assert size_in_rows(shape, widths, heights, in_rows, SPACING) == whole


@given(small_trees(most=14))
def test_a_frontier_runs_from_narrow_and_tall_to_wide_and_low(drawn: tuple[Tree, list[float], list[float]]) -> None:
    shape, widths, heights = drawn
    whole = folded(shape, widths, heights).whole()
    for one, other in pairwise(whole):
        assert one.width < other.width
        assert one.height > other.height


@settings(max_examples=80, deadline=None)
@given(small_trees(most=14), st.sampled_from([2, 4, 8]))
def test_a_thinned_frontier_is_within_the_error_it_states(
    drawn: tuple[Tree, list[float], list[float]], most: int
) -> None:
    shape, widths, heights = drawn
    exact, thin = folded(shape, widths, heights), folded(shape, widths, heights, most=most)
    for best in exact.whole():
        assert any(
            size.width <= best.width + 1e-6 and size.height <= best.height * thin.error() + 1e-6
            for size in thin.whole()
        )


def test_three_leaves_are_a_row_a_column_or_on_both_sides() -> None:
    whole = folded(tree([-1, 0, 0, 0]), [100] * 4, [30] * 4).whole()
    assert [(size.width, size.height, size.arrangement.kind) for size in whole] == [
        (116.0, 147.0, "column"),
        (232.0, 108.0, "both"),
        (328.0, 86.0, "row"),
    ]


def test_six_leaves_also_stand_in_columns() -> None:
    whole = folded(tree([-1, *[0] * 6]), [100] * 7, [30] * 7, (("columns",), ("columns",))).whole()
    assert [(size.width, size.height, size.arrangement.columns) for size in whole] == [
        (246.0, 164.0, 2),
        (376.0, 125.0, 3),
    ]


def test_columns_are_filled_downwards_and_as_evenly_as_the_order_allows() -> None:
    assert fill([10, 10, 10, 30, 10], 0, 2) == ([0, 3], 40)
    assert fill([10, 10, 10], 5, 2) == ([0, 2], 25)
    assert fill([50], 5, 3) == ([0], 50)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=9), st.integers(1, 4))
def test_no_other_filling_is_lower(heights: list[int], columns: int) -> None:
    def highest(starts: Sequence[int]) -> int:
        parts = [heights[a:b] for a, b in zip(starts, [*starts[1:], len(heights)], strict=True)]
        return max(sum(part) + 3 * (len(part) - 1) for part in parts)

    cuts = product([False, True], repeat=len(heights) - 1)
    fillings = ([0, *(number + 1 for number, cut in enumerate(way) if cut)] for way in cuts)
    assert fill(heights, 3, columns)[1] == min(highest(starts) for starts in fillings if len(starts) <= columns)
