"""Box sizes and an arrangement per unit, in; the whole's extent, or all boxes and rails in their places, out; in pt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from orgchart.layout.fill import fill
from orgchart.layout.measure import Tree
from orgchart.layout.shapes import Arrangement, Point
from orgchart.styles import SpacingStyle

Item = TypeVar("Item")
Edges = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True, slots=True)
class Extents:
    """Of every unit: its box's height as it is drawn, and its subtree's width and height, a rectangle that no other
    subtree enters; ``middles``: how far right of the rectangle's left edge the box's middle lies; ``whole``: the width
    and height of all roots together."""

    box_heights: list[float]
    widths: list[float]
    heights: list[float]
    middles: list[float]
    whole: tuple[float, float]


def extents(
    tree: Tree,
    widths: Sequence[float],
    heights: Sequence[float],
    arrangements: Sequence[Arrangement],
    roots: Arrangement,
    spacing: SpacingStyle,
) -> Extents:
    """Fold the tree from its leaves to its roots, by the rules that ``layout.frontier`` weighs.

    Boxes that stand in a row share the height of the tallest. A parent stands over the middle between its first and
    last child's boxes, as far as that leaves it inside its subtree's width.
    """
    box_heights = _levelled(tree, heights, arrangements, roots)
    wide, high, middles = list(widths), list(box_heights), [width / 2 for width in widths]
    for number in range(len(tree) - 1, -1, -1):
        below, staff = tree.line_children[number], tree.staff_children[number]
        if not tree.children[number]:
            continue
        arrangement = arrangements[number]
        if arrangement.kind == "column":
            wide[number] = max(widths[number], spacing.indent_pt + max(wide[child] for child in tree.children[number]))
            high[number] += sum(high[child] + spacing.column_gap_pt for child in tree.children[number])
            continue
        sizes = [(wide[child], high[child]) for child in staff]
        own_width, staff_height = staff_block(widths[number], sizes, spacing)
        high[number] += staff_height
        if not below:
            wide[number], middles[number] = own_width, own_width / 2
            continue
        block_width, block_height = block(arrangement, below, wide, high, spacing)
        wide[number] = max(own_width, block_width)
        high[number] += block_height
        middles[number] = wide[number] / 2
        if arrangement.kind == "row":
            middles[number] = _row_places(below, wide, middles, own_width, block_width, wide[number])[0]
    return Extents(box_heights, wide, high, middles, _whole(tree, wide, high, roots, spacing))


def block(
    arrangement: Arrangement,
    below: Sequence[int],
    wide: Sequence[float],
    high: Sequence[float],
    spacing: SpacingStyle,
) -> tuple[float, float]:
    """Width and height of what stands under a unit's box, from the box's lower edge; not for a single column."""
    if arrangement.kind == "row":
        width = sum(wide[child] for child in below) + spacing.sibling_gap_pt * (len(below) - 1)
        return width, spacing.level_gap_pt + max(high[child] for child in below)
    heights = [high[child] for child in below]
    widest = max(wide[child] for child in below)
    if arrangement.kind == "both":
        return 2 * (widest + spacing.indent_pt), spacing.column_gap_pt + fill(heights, spacing.column_gap_pt, 2)[1]
    starts, highest = fill(heights, spacing.column_gap_pt, arrangement.columns)
    count = len(starts)
    width = count * (spacing.indent_pt + widest) + (count - 1) * spacing.sibling_gap_pt
    return width, spacing.level_gap_pt + highest


def staff_block(width: float, staff: Sequence[tuple[float, float]], spacing: SpacingStyle) -> tuple[float, float]:
    """The width of a box with its staff units, given by width and height, at both sides of the trunk below it, and how
    much height they take."""
    if not staff:
        return width, 0.0
    half = max(wide for wide, _ in staff) + spacing.indent_pt
    stacks = (sum(high + spacing.column_gap_pt for _, high in side) for side in staff_sides(staff))
    return max(width, 2 * half), max(stacks)


def staff_sides(staff: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
    """The first half of the staff units stands left of the trunk, the other half right of it."""
    half = (len(staff) + 1) // 2
    return staff[:half], staff[half:]


def places(
    tree: Tree,
    widths: Sequence[float],
    arrangements: Sequence[Arrangement],
    roots: Arrangement,
    spacing: SpacingStyle,
    folded: Extents,
) -> list[Point]:
    """The left and top edge of every unit's box, from (0, 0), for extents folded from the same numbers."""
    lefts = [0.0] * len(tree)  # of the subtree's rectangle, not of the box
    tops = [0.0] * len(tree)
    _place_roots(tree, folded, roots, spacing, lefts, tops)
    corners: list[Point] = []
    for number in range(len(tree)):
        left, top = lefts[number], tops[number]
        middle = left + folded.middles[number]
        corners.append((middle - widths[number] / 2, top))
        if not tree.children[number]:
            continue
        bottom = top + folded.box_heights[number]
        arrangement = arrangements[number]
        if arrangement.kind == "column":
            _stack(tree.children[number], left + spacing.indent_pt, bottom, folded, spacing, lefts, tops)
            continue
        staff, below = tree.staff_children[number], tree.line_children[number]
        sizes = [(folded.widths[child], folded.heights[child]) for child in staff]
        own_width, staff_height = staff_block(widths[number], sizes, spacing)
        if staff:
            _place_staff(staff, middle, bottom, folded, spacing, lefts, tops)
            bottom += staff_height
        if not below:
            continue
        if arrangement.kind == "row":
            block_width = block(arrangement, below, folded.widths, folded.heights, spacing)[0]
            shift = _row_places(
                below, folded.widths, folded.middles, own_width, block_width, folded.widths[number]
            )[1]  # fmt: skip
            x = left + shift
            for child in below:
                lefts[child], tops[child] = x, bottom + spacing.level_gap_pt
                x += folded.widths[child] + spacing.sibling_gap_pt
        elif arrangement.kind == "both":
            _place_both(below, middle, bottom, folded, spacing, lefts, tops)
        else:
            block_width = block(arrangement, below, folded.widths, folded.heights, spacing)[0]
            x = left + (folded.widths[number] - block_width) / 2
            _place_columns(below, arrangement.columns, x, bottom, folded, spacing, lefts, tops)
    return corners


def rail(
    arrangement: Arrangement, parent: Edges, child: Edges, is_staff: bool, spacing: SpacingStyle, top: float
) -> tuple[Point, ...]:
    """The corners of the line between two boxes.

    top: where the highest of the child's siblings in its row or columns begins. row: from the middle of the parent's
    lower edge over a bus halfway to the child's top middle. column: from the parent's lower edge, half an indent from
    its left, down and into the child's left edge. columns: over a bus, then down each column's rail. both, and staff:
    down the trunk and into the edge that faces it.
    """
    x, y, width, height = parent
    child_x, child_y, child_width, child_height = child
    bottom, middle, into = y + height, x + width / 2, child_y + child_height / 2
    if arrangement.kind == "column":
        along = x + spacing.indent_pt / 2
        return ((along, bottom), (along, into), (child_x, into))
    if is_staff or arrangement.kind == "both":
        return ((middle, bottom), (middle, into), (child_x if child_x > middle else child_x + child_width, into))
    bus = top - spacing.level_gap_pt / 2
    if arrangement.kind == "row":
        end = child_x + child_width / 2
        if abs(middle - end) < 0.005:
            return ((middle, bottom), (middle, child_y))
        return ((middle, bottom), (middle, bus), (end, bus), (end, child_y))
    along = child_x - spacing.indent_pt / 2
    if abs(middle - along) < 0.005:
        return ((middle, bottom), (middle, into), (child_x, into))
    return ((middle, bottom), (middle, bus), (along, bus), (along, into), (child_x, into))


def _levelled(
    tree: Tree, heights: Sequence[float], arrangements: Sequence[Arrangement], roots: Arrangement
) -> list[float]:
    levelled = list(heights)
    families = [(roots, tree.roots), *zip(arrangements, tree.line_children, strict=True)]
    for arrangement, below in families:
        if arrangement.kind == "row" and len(below) > 1:
            tallest = max(heights[child] for child in below)
            for child in below:
                levelled[child] = tallest
    return levelled


def _row_places(
    below: Sequence[int],
    wide: Sequence[float],
    middles: Sequence[float],
    own_width: float,
    block_width: float,
    width: float,
) -> tuple[float, float]:
    """Where the parent's middle and where the row begins, from the left edge of the subtree's rectangle.

    The wider of the two fills the rectangle; the other is moved under or over it as far as it stays inside.
    """
    first, last = below[0], below[-1]
    centre = (middles[first] + block_width - wide[last] + middles[last]) / 2
    if own_width > block_width:
        return width / 2, min(max(width / 2 - centre, 0.0), width - block_width)
    return min(max(centre, own_width / 2), width - own_width / 2), 0.0


def _whole(
    tree: Tree, wide: Sequence[float], high: Sequence[float], roots: Arrangement, spacing: SpacingStyle
) -> tuple[float, float]:
    if len(tree.roots) == 1:
        return wide[tree.roots[0]], high[tree.roots[0]]
    return root_block(roots, [wide[root] for root in tree.roots], [high[root] for root in tree.roots], spacing)


def root_block(
    roots: Arrangement, widths: Sequence[float], heights: Sequence[float], spacing: SpacingStyle
) -> tuple[float, float]:
    """Width and height of several roots together: in a row, or in columns; nothing joins them."""
    gap = 2 * spacing.sibling_gap_pt
    if roots.kind == "row":
        return sum(widths) + gap * (len(widths) - 1), max(heights)
    starts, highest = fill(heights, spacing.level_gap_pt, roots.columns)
    return len(starts) * max(widths) + gap * (len(starts) - 1), highest


def _place_roots(
    tree: Tree,
    folded: Extents,
    roots: Arrangement,
    spacing: SpacingStyle,
    lefts: list[float],
    tops: list[float],
) -> None:
    gap = 2 * spacing.sibling_gap_pt
    if roots.kind == "row":
        x = 0.0
        for root in tree.roots:
            lefts[root] = x
            x += folded.widths[root] + gap
        return
    starts = fill([folded.heights[root] for root in tree.roots], spacing.level_gap_pt, roots.columns)[0]
    widest = max(folded.widths[root] for root in tree.roots)
    for column, column_roots in enumerate(_parts(tree.roots, starts)):
        y = 0.0
        for root in column_roots:
            lefts[root], tops[root] = column * (widest + gap), y
            y += folded.heights[root] + spacing.level_gap_pt


def _parts(items: Sequence[int], starts: Sequence[int]) -> list[Sequence[int]]:
    return [items[start:end] for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]


def _stack(
    below: Sequence[int],
    left: float,
    bottom: float,
    folded: Extents,
    spacing: SpacingStyle,
    lefts: list[float],
    tops: list[float],
) -> None:
    y = bottom
    for child in below:
        y += spacing.column_gap_pt
        lefts[child], tops[child] = left, y
        y += folded.heights[child]


def _place_columns(
    below: Sequence[int],
    count: int,
    left: float,
    bottom: float,
    folded: Extents,
    spacing: SpacingStyle,
    lefts: list[float],
    tops: list[float],
) -> None:
    starts = fill([folded.heights[child] for child in below], spacing.column_gap_pt, count)[0]
    step = spacing.indent_pt + max(folded.widths[child] for child in below) + spacing.sibling_gap_pt
    top = bottom + spacing.level_gap_pt - spacing.column_gap_pt
    for column, stacked in enumerate(_parts(below, starts)):
        _stack(stacked, left + column * step + spacing.indent_pt, top, folded, spacing, lefts, tops)


def _place_both(
    below: Sequence[int],
    middle: float,
    bottom: float,
    folded: Extents,
    spacing: SpacingStyle,
    lefts: list[float],
    tops: list[float],
) -> None:
    starts = fill([folded.heights[child] for child in below], spacing.column_gap_pt, 2)[0]
    for side, stacked in enumerate(_parts(below, starts)):
        _stack(stacked, middle + spacing.indent_pt, bottom, folded, spacing, lefts, tops)
        if side == 0:
            _mirror(stacked, middle, folded, spacing, lefts)


def _place_staff(
    staff: Sequence[int],
    middle: float,
    bottom: float,
    folded: Extents,
    spacing: SpacingStyle,
    lefts: list[float],
    tops: list[float],
) -> None:
    left, right = staff_sides(staff)
    _stack(left, 0.0, bottom, folded, spacing, lefts, tops)
    _mirror(left, middle, folded, spacing, lefts)
    _stack(right, middle + spacing.indent_pt, bottom, folded, spacing, lefts, tops)


def _mirror(stacked: Sequence[int], middle: float, folded: Extents, spacing: SpacingStyle, lefts: list[float]) -> None:
    """Move what is stacked to the left of the trunk, each rectangle's right edge an indent from it."""
    for child in stacked:
        lefts[child] = middle - spacing.indent_pt - folded.widths[child]
