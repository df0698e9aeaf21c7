"""Folded extents and an arrangement per unit, in; every box and rail in its place, from (0, 0), out; in pt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orgchart.layout.fill import fill
from orgchart.layout.fold import (
    Extents,
    columns_width,
    hang_gap,
    in_place,
    row_items,
    row_places,
    staff_block,
    staff_sides,
)
from orgchart.layout.measure import Tree
from orgchart.layout.shapes import Arrangement, Point
from orgchart.styles import SpacingStyle

_SAME_PLACE_PT = 0.005


@dataclass(frozen=True, slots=True)
class Places:
    """Of every unit, by number: its box's left and top edge, and the corners of the rail that leads to it, none to a
    root."""

    corners: list[Point]
    rails: list[tuple[Point, ...]]


def places(
    tree: Tree,
    widths: Sequence[float],
    arrangements: Sequence[Arrangement],
    roots: Arrangement,
    spacing: SpacingStyle,
    folded: Extents,
) -> Places:
    """Every box and rail, for extents folded from the same numbers."""
    placing = _Placing(tree, widths, arrangements, spacing, folded)
    placing.place_roots(roots)
    for number in range(len(tree)):
        if tree.children[number]:
            placing.place_below(number)
    return placing.result()


class _Placing:
    """Subtrees' rectangles by their left and top edges, handed down from the roots, and the way each child's rail runs.

    What hangs left of a trunk is placed as if it hung right of a rail, and then turned over as a whole.
    """

    def __init__(
        self,
        tree: Tree,
        widths: Sequence[float],
        arrangements: Sequence[Arrangement],
        spacing: SpacingStyle,
        folded: Extents,
    ) -> None:
        self._tree, self._widths, self._arrangements = tree, widths, arrangements
        self._spacing, self._folded = spacing, folded
        self._lefts = [0.0] * len(tree)
        self._tops = [0.0] * len(tree)
        self._rails: list[tuple[Point, ...]] = [()] * len(tree)
        self._turned: list[int] = []
        self._ends = _ends(tree)

    def result(self) -> Places:
        """The boxes and rails, with what hangs left of a trunk turned over."""
        corners = [(self._left_of(number), self._tops[number]) for number in range(len(self._tree))]
        rails = list(self._rails)
        for number in self._turned:
            mirror = 2 * self._lefts[number] + self._folded.widths[number]
            for inside in range(number, self._ends[number]):
                x, y = corners[inside]
                corners[inside] = (mirror - x - self._widths[inside], y)
                if inside != number:
                    rails[inside] = tuple((mirror - rail_x, rail_y) for rail_x, rail_y in rails[inside])
        return Places(corners, rails)

    def place_roots(self, roots: Arrangement) -> None:
        tree, folded, gap = self._tree, self._folded, 2 * self._spacing.sibling_gap_pt
        if roots.kind == "row":
            x = 0.0
            for root in tree.roots:
                self._lefts[root] = x
                x += folded.widths[root] + gap
            return
        starts = fill([folded.heights[root] for root in tree.roots], self._spacing.level_gap_pt, roots.columns)[0]
        widest = max(folded.widths[root] for root in tree.roots)
        for column, column_roots in enumerate(_parts(tree.roots, starts)):
            y = 0.0
            for root in column_roots:
                self._lefts[root], self._tops[root] = column * (widest + gap), y
                y += folded.heights[root] + self._spacing.level_gap_pt

    def place_below(self, number: int) -> None:
        """Hand a unit's children their places; its own is known."""
        tree, folded, spacing, arrangement = self._tree, self._folded, self._spacing, self._arrangements[number]
        left, bottom = self._lefts[number], self._tops[number] + folded.box_heights[number]
        trunk = (left + folded.middles[number], bottom)
        if in_place(arrangement, folded.hangs[number]):
            children, rail = tree.children[number], left + spacing.indent_pt / 2
            if arrangement.kind == "column":
                self._stack(children, left + spacing.indent_pt, bottom + spacing.column_gap_pt, ((rail, bottom),))
            else:
                top = bottom + hang_gap(spacing)
                stacks = self._filled(children, arrangement.columns)
                self._hung(stacks, left, top, (rail, bottom), (top + bottom) / 2)
            return
        staff, below = tree.staff_children[number], tree.line_children[number]
        if staff:
            for side, units in enumerate(staff_sides(staff)):
                self._beside(units, trunk, side == 0)
            sizes = [(folded.widths[child], folded.heights[child]) for child in staff]
            bottom += staff_block(self._widths[number], sizes, spacing)[1]
        if not below:
            return
        if arrangement.kind in ("row", "stacks"):
            self._row(number, left, bottom, trunk)
        elif arrangement.kind == "both":
            starts = fill([folded.heights[child] for child in below], spacing.column_gap_pt, 2)[0]
            for side, units in enumerate(_parts(below, starts)):
                self._beside(units, (trunk[0], bottom), side == 0, trunk)
        else:
            stacks, top = self._filled(below, arrangement.columns), bottom + spacing.level_gap_pt
            width = columns_width(len(stacks), self._widest(below), spacing)
            x = left + (folded.widths[number] - width) / 2
            self._hung(stacks, x, top, trunk, top - spacing.level_gap_pt / 2)

    def _row(self, number: int, left: float, bottom: float, trunk: Point) -> None:
        tree, folded, spacing = self._tree, self._folded, self._spacing
        below, staff = tree.line_children[number], tree.staff_children[number]
        items = row_items(
            tree, below, self._arrangements[number], folded.widths, folded.heights, folded.middles, spacing
        )  # fmt: skip
        sizes = [(folded.widths[child], folded.heights[child]) for child in staff]
        own_width = staff_block(self._widths[number], sizes, spacing)[0]
        x = left + row_places(items, own_width, folded.widths[number], spacing)[1]
        top = bottom + spacing.level_gap_pt
        bus = top - spacing.level_gap_pt / 2
        for item in items:
            if len(item.units) == 1:
                (child,) = item.units
                self._lefts[child], self._tops[child] = x, top
                end = x + folded.middles[child]
                straight = abs(trunk[0] - end) < _SAME_PLACE_PT
                self._rails[child] = (
                    (trunk, (trunk[0], top)) if straight else (trunk, (trunk[0], bus), (end, bus), (end, top))
                )  # fmt: skip
            else:
                self._hung(_parts(item.units, item.starts), x, top, trunk, bus)
            x += item.width + spacing.sibling_gap_pt

    def _hung(self, stacks: Sequence[Sequence[int]], left: float, top: float, trunk: Point, bus: float) -> None:
        """Columns side by side, each on its rail, to which leads a bus."""
        step = columns_width(1, self._widest([unit for stack in stacks for unit in stack]), self._spacing)
        for stack in stacks:
            along = left + self._spacing.indent_pt / 2
            way = (trunk,) if abs(along - trunk[0]) < _SAME_PLACE_PT else (trunk, (trunk[0], bus), (along, bus))
            self._stack(stack, left + self._spacing.indent_pt, top, way)
            left += step + self._spacing.sibling_gap_pt

    def _stack(self, below: Sequence[int], left: float, top: float, way: tuple[Point, ...]) -> None:
        """Units below each other, the way to each ending with the rail at their left."""
        along, y = way[-1][0], top
        for child in below:
            self._lefts[child], self._tops[child] = left, y
            into = y + self._folded.box_heights[child] / 2
            self._rails[child] = (*way, (along, into), (self._left_of(child), into))
            y += self._folded.heights[child] + self._spacing.column_gap_pt

    def _beside(self, units: Sequence[int], trunk: Point, at_left: bool, start: Point | None = None) -> None:
        """Units below each other at one side of the trunk, from its given point downwards.

        At the left, a unit with nothing but columns below it is turned over, so that the two sides mirror each other.
        """
        indent, gap = self._spacing.indent_pt, self._spacing.column_gap_pt
        self._stack(units, trunk[0] + indent, trunk[1] + gap, (start or trunk,))
        if not at_left:
            return
        for child in units:
            self._lefts[child] = trunk[0] - indent - self._folded.widths[child]
            edge = trunk[0] - indent
            if all(self._arrangements[below].kind == "column" for below in range(child, self._ends[child])):
                self._turned.append(child)
            else:
                edge = self._left_of(child) + self._widths[child]
            self._rails[child] = (*self._rails[child][:-1], (edge, self._rails[child][-1][1]))

    def _left_of(self, number: int) -> float:
        return self._lefts[number] + self._folded.middles[number] - self._widths[number] / 2

    def _widest(self, units: Sequence[int]) -> float:
        return max(self._folded.widths[unit] for unit in units)

    def _filled(self, below: Sequence[int], columns: int) -> list[Sequence[int]]:
        heights = [self._folded.heights[child] for child in below]
        return _parts(below, fill(heights, self._spacing.column_gap_pt, columns)[0])


def _parts(items: Sequence[int], starts: Sequence[int]) -> list[Sequence[int]]:
    return [items[start:end] for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]


def _ends(tree: Tree) -> list[int]:
    """Of each unit the number after the last one below it: units stand in reading order."""
    ends = list(range(1, len(tree) + 1))
    for number in range(len(tree) - 1, -1, -1):
        above = tree.parents[number]
        if above >= 0:
            ends[above] = max(ends[above], ends[number])
    return ends
