"""Box sizes and an arrangement per unit, in; the whole's extent, or all boxes and rails in their places, out; in pt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from orgchart.layout.measure import Tree
from orgchart.layout.shapes import Point
from orgchart.styles import SpacingStyle

Arrangement = Literal["row", "column"]


@dataclass(frozen=True, slots=True)
class Extents:
    """Of every unit's subtree: width, height, and how far right of the subtree's left edge the unit's middle lies;
    ``whole`` is the width and height of all roots side by side."""

    widths: list[float]
    heights: list[float]
    middles: list[float]
    whole: tuple[float, float]


def extents(
    tree: Tree,
    widths: Sequence[float],
    heights: Sequence[float],
    arrangements: Sequence[Arrangement],
    spacing: SpacingStyle,
) -> Extents:
    """Fold the tree from its leaves to its roots.

    row: children side by side, the parent centred over the middles of the first and the last; column: children below
    each other, indented under the parent. Each subtree is a rectangle and none enters another's.
    """
    total = len(tree)
    wide, high, middles = list(widths), list(heights), [width / 2 for width in widths]
    for number in range(total - 1, -1, -1):
        below = tree.children[number]
        if not below:
            continue
        if arrangements[number] == "row":
            span = sum(wide[child] for child in below) + spacing.sibling_gap_pt * (len(below) - 1)
            middle = _middle_over(below, wide, middles, span)
            shift = max(0.0, widths[number] / 2 - middle)
            middles[number] = middle + shift
            wide[number] = max(span + shift, middles[number] + widths[number] / 2)
            high[number] += spacing.level_gap_pt + max(high[child] for child in below)
        else:
            wide[number] = max(widths[number], spacing.indent_pt + max(wide[child] for child in below))
            high[number] += sum(high[child] for child in below) + spacing.column_gap_pt * len(below)
    roots = tree.roots
    width = sum(wide[root] for root in roots) + 2 * spacing.sibling_gap_pt * (len(roots) - 1)
    return Extents(wide, high, middles, (width, max(high[root] for root in roots)))


def places(
    tree: Tree,
    widths: Sequence[float],
    heights: Sequence[float],
    arrangements: Sequence[Arrangement],
    spacing: SpacingStyle,
    folded: Extents,
) -> list[Point]:
    """The left and top edge of every unit's box, from (0, 0), for extents folded from the same numbers."""
    lefts = [0.0] * len(tree)  # of the subtree, not of the box
    tops = [0.0] * len(tree)
    x = 0.0
    for root in tree.roots:
        lefts[root] = x
        x += folded.widths[root] + 2 * spacing.sibling_gap_pt
    corners: list[Point] = []
    for number in range(len(tree)):
        left, top, below = lefts[number], tops[number], tree.children[number]
        middle = left + folded.middles[number]
        corners.append((middle - widths[number] / 2, top))
        bottom = top + heights[number]
        if arrangements[number] == "row" and below:
            span = sum(folded.widths[child] for child in below) + spacing.sibling_gap_pt * (len(below) - 1)
            x = middle - _middle_over(below, folded.widths, folded.middles, span)
            for child in below:
                lefts[child], tops[child] = x, bottom + spacing.level_gap_pt
                x += folded.widths[child] + spacing.sibling_gap_pt
        else:
            y = bottom
            for child in below:
                y += spacing.column_gap_pt
                lefts[child], tops[child] = left + spacing.indent_pt, y
                y += folded.heights[child]
    return corners


def rail(
    arrangement: Arrangement,
    parent: tuple[float, float, float, float],
    child: tuple[float, float, float, float],
    spacing: SpacingStyle,
) -> tuple[Point, ...]:
    """The corners of the line between two boxes given as (left, top, width, height).

    row: from the parent's bottom middle over a bus halfway to the child's top middle; column: from the parent's bottom
    edge, half an indent from its left, down and into the child's left edge.
    """
    x, y, width, height = parent
    child_x, child_y, child_width, child_height = child
    if arrangement == "row":
        start, end = x + width / 2, child_x + child_width / 2
        if abs(start - end) < 0.005:
            return ((start, y + height), (start, child_y))
        bus = child_y - spacing.level_gap_pt / 2
        return ((start, y + height), (start, bus), (end, bus), (end, child_y))
    along, into = x + spacing.indent_pt / 2, child_y + child_height / 2
    return ((along, y + height), (along, into), (child_x, into))


def _middle_over(below: Sequence[int], wide: Sequence[float], middles: Sequence[float], span: float) -> float:
    first, last = below[0], below[-1]
    return (middles[first] + span - wide[last] + middles[last]) / 2
