"""Box sizes and an arrangement per unit, in; the size of every subtree's rectangle and of the whole, out; in pt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from orgchart.layout.fill import fill
from orgchart.layout.measure import Tree
from orgchart.layout.shapes import ROW, Arrangement
from orgchart.styles import SpacingStyle

Sized = TypeVar("Sized")


@dataclass(frozen=True, slots=True)
class Extents:
    """Of every unit: its box's height as it is drawn, its subtree's width and height, a rectangle that no other subtree
    enters, and whether it ``hangs`` on a rail; ``middles``: how far right of the rectangle's left edge the box's middle
    lies; ``whole``: the width and height of all roots together."""

    box_heights: list[float]
    widths: list[float]
    heights: list[float]
    middles: list[float]
    hangs: list[bool]
    whole: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Item:
    """What stands side by side with others in a row: one unit, or several hung in ``columns``, of which each begins at
    one of ``starts``; ``middle``: how far from its left edge the middle of its boxes lies."""

    units: tuple[int, ...]
    starts: tuple[int, ...]
    width: float
    height: float
    middle: float


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
    last child's boxes, as far as that leaves it inside its subtree's width. What hangs on a rail stands at that rail.
    """
    hangs = hanging(tree, arrangements)
    box_heights = _levelled(tree, heights, arrangements, roots)
    wide, high, middles = list(widths), list(box_heights), [width / 2 for width in widths]
    column_gap, sibling_gap, level_gap = spacing.column_gap_pt, spacing.sibling_gap_pt, spacing.level_gap_pt
    for number in range(len(tree) - 1, -1, -1):
        children = tree.children[number]
        if not children:
            continue
        arrangement = arrangements[number]
        kind = arrangement.kind
        if kind == "column":
            # Most units of a large tree: as ``hung_block`` has it, without pairs of width and height.
            wide[number] = max(widths[number], spacing.indent_pt + max([wide[child] for child in children]))
            high[number] += sum([high[child] for child in children]) + column_gap * len(children)
            continue
        if in_place(arrangement, hangs[number]):
            sizes = [(wide[child], high[child]) for child in children]
            block_width, block_height = hung_block(arrangement, sizes, spacing)
            wide[number] = max(widths[number], block_width)
            high[number] += block_height
            continue
        own_width = widths[number]
        if staff := tree.staff_children[number]:
            own_width, staff_height = staff_block(own_width, [(wide[child], high[child]) for child in staff], spacing)
            high[number] += staff_height
        below = tree.line_children[number]
        if not below:
            wide[number], middles[number] = own_width, own_width / 2
        elif kind == "row":
            first, last = below[0], below[-1]
            block_width = sum([wide[child] for child in below]) + sibling_gap * (len(below) - 1)
            wide[number] = max(own_width, block_width)
            high[number] += level_gap + max([high[child] for child in below])
            centre = (middles[first] + block_width - wide[last] + middles[last]) / 2
            middles[number] = _parent_middle(centre, block_width, own_width, wide[number])
        elif kind == "stacks":
            items = row_items(tree, below, arrangement, wide, high, middles, spacing)
            block_width = _row_width(items, spacing)
            wide[number] = max(own_width, block_width)
            high[number] += level_gap + max(item.height for item in items)
            middles[number] = row_places(items, own_width, wide[number], spacing)[0]
        else:
            block_width, block_height = block(arrangement, [(wide[child], high[child]) for child in below], spacing)
            wide[number] = max(own_width, block_width)
            high[number] += block_height
            middles[number] = wide[number] / 2
    whole = _whole(tree, wide, high, roots, spacing)
    return Extents(box_heights, wide, high, middles, hangs, whole)


def size_in_rows(
    tree: Tree, widths: Sequence[float], heights: Sequence[float], in_rows: Sequence[bool], spacing: SpacingStyle
) -> tuple[float, float]:
    """Width and height of the whole where some units' line children stand in a row and all others in a column: what
    ``extents`` says of it, given heights in which the boxes of a row are even already."""
    wide, high = list(widths), list(heights)
    for number in reversed(tree.heads):
        children = tree.children[number]
        if not in_rows[number]:
            wide[number] = max(widths[number], spacing.indent_pt + max([wide[child] for child in children]))
            high[number] += sum([high[child] for child in children]) + spacing.column_gap_pt * len(children)
            continue
        own_width = widths[number]
        if staff := tree.staff_children[number]:
            own_width, staff_height = staff_block(own_width, [(wide[child], high[child]) for child in staff], spacing)
            high[number] += staff_height
        wide[number] = own_width
        if below := tree.line_children[number]:
            block_width = sum([wide[child] for child in below]) + spacing.sibling_gap_pt * (len(below) - 1)
            wide[number] = max(own_width, block_width)
            high[number] += spacing.level_gap_pt + max([high[child] for child in below])
    return _whole(tree, wide, high, ROW, spacing)


def hanging(tree: Tree, arrangements: Sequence[Arrangement]) -> list[bool]:
    """Whether each unit hangs on a rail: all but roots, what stands in a row, and staff units beside a trunk."""
    hangs = [False] * len(tree)
    for arrangement, below, staff in zip(arrangements, tree.children, tree.staff_children, strict=True):
        on_rail = staff if arrangement.kind in ("row", "stacks") else below
        for child in on_rail:
            hangs[child] = True
    return hangs


def in_place(arrangement: Arrangement, hangs: bool) -> bool:
    """Whether staff units hang among their siblings, in the file's order, and not beside a trunk."""
    return arrangement.kind == "column" or (hangs and arrangement.kind == "columns")


def hung_block(
    arrangement: Arrangement, sizes: Sequence[tuple[float, float]], spacing: SpacingStyle
) -> tuple[float, float]:
    """Width and height of what hangs below a box flush with its left edge, in one column or in several."""
    heights = [high for _, high in sizes]
    widest = max(wide for wide, _ in sizes)
    if arrangement.kind == "column":
        return spacing.indent_pt + widest, sum(heights) + spacing.column_gap_pt * len(heights)
    starts, highest = fill(heights, spacing.column_gap_pt, arrangement.columns)
    return columns_width(len(starts), widest, spacing), hang_gap(spacing) + highest


def block(arrangement: Arrangement, sizes: Sequence[tuple[float, float]], spacing: SpacingStyle) -> tuple[float, float]:
    """Width and height of the columns under a unit's box, from the box's lower edge."""
    heights = [high for _, high in sizes]
    widest = max(wide for wide, _ in sizes)
    if arrangement.kind == "both":
        return 2 * (widest + spacing.indent_pt), spacing.column_gap_pt + fill(heights, spacing.column_gap_pt, 2)[1]
    starts, highest = fill(heights, spacing.column_gap_pt, arrangement.columns)
    return columns_width(len(starts), widest, spacing), spacing.level_gap_pt + highest


def columns_width(count: int, widest: float, spacing: SpacingStyle) -> float:
    """Of so many columns, each with its rail at its left."""
    return count * (spacing.indent_pt + widest) + (count - 1) * spacing.sibling_gap_pt


def hang_gap(spacing: SpacingStyle) -> float:
    """From a box that hangs down to the columns below it, halfway of which runs the bus to their rails."""
    return max(spacing.column_gap_pt, spacing.level_gap_pt / 2)


def staff_block(width: float, staff: Sequence[tuple[float, float]], spacing: SpacingStyle) -> tuple[float, float]:
    """The width of a box with its staff units, given by width and height, at both sides of the trunk below it, and how
    much height they take."""
    if not staff:
        return width, 0.0
    half = max(wide for wide, _ in staff) + spacing.indent_pt
    stacks = (sum(high + spacing.column_gap_pt for _, high in side) for side in staff_sides(staff))
    return max(width, 2 * half), max(stacks)


def staff_sides(staff: Sequence[Sized]) -> tuple[Sequence[Sized], Sequence[Sized]]:
    """The first half of the staff units stands left of the trunk, the other half right of it."""
    half = (len(staff) + 1) // 2
    return staff[:half], staff[half:]


def row_groups(children: Sequence[Sequence[int]], below: Sequence[int], kind: str) -> list[tuple[int, ...]]:
    """What stands side by side below a unit: each child alone; in ``stacks``, neighbours without units together.

    children: of every unit, by number.
    """
    if kind != "stacks":
        return [(child,) for child in below]
    groups: list[list[int]] = []
    open_group = False
    for child in below:
        leaf = not children[child]
        if leaf and open_group:
            groups[-1].append(child)
        else:
            groups.append([child])
        open_group = leaf
    return [tuple(group) for group in groups]


def row_items(
    tree: Tree,
    below: Sequence[int],
    arrangement: Arrangement,
    wide: Sequence[float],
    high: Sequence[float],
    middles: Sequence[float],
    spacing: SpacingStyle,
) -> list[Item]:
    """The items of a row from left to right."""
    items = []
    for place, units in enumerate(row_groups(tree.children, below, arrangement.kind)):
        first = units[0]
        if len(units) == 1:
            items.append(Item(units, (0,), wide[first], high[first], middles[first]))
            continue
        starts, highest = fill([high[unit] for unit in units], spacing.column_gap_pt, arrangement.stacks[place])
        width = columns_width(len(starts), max(wide[unit] for unit in units), spacing)
        items.append(Item(units, tuple(starts), width, highest, (width + spacing.indent_pt) / 2))
    return items


def _row_width(items: Sequence[Item], spacing: SpacingStyle) -> float:
    return sum(item.width for item in items) + spacing.sibling_gap_pt * (len(items) - 1)


def row_places(items: Sequence[Item], own_width: float, width: float, spacing: SpacingStyle) -> tuple[float, float]:
    """Where the parent's middle and where the row begins, from the left edge of the subtree's rectangle.

    The wider of the two fills the rectangle; the other is moved under or over it as far as it stays inside.
    """
    block_width = _row_width(items, spacing)
    centre = (items[0].middle + block_width - items[-1].width + items[-1].middle) / 2
    middle = _parent_middle(centre, block_width, own_width, width)
    if own_width > block_width:
        return middle, min(max(width / 2 - centre, 0.0), width - block_width)
    return middle, 0.0


def _parent_middle(centre: float, block_width: float, own_width: float, width: float) -> float:
    """Over the middle of its row, as far as that leaves the parent inside the subtree's rectangle."""
    return width / 2 if own_width > block_width else min(max(centre, own_width / 2), width - own_width / 2)


def root_block(
    roots: Arrangement, widths: Sequence[float], heights: Sequence[float], spacing: SpacingStyle
) -> tuple[float, float]:
    """Width and height of several roots together: in a row, or in columns; nothing joins them."""
    gap = 2 * spacing.sibling_gap_pt
    if roots.kind == "row":
        return sum(widths) + gap * (len(widths) - 1), max(heights)
    starts, highest = fill(heights, spacing.level_gap_pt, roots.columns)
    return len(starts) * max(widths) + gap * (len(starts) - 1), highest


def _whole(
    tree: Tree, wide: Sequence[float], high: Sequence[float], roots: Arrangement, spacing: SpacingStyle
) -> tuple[float, float]:
    if len(tree.roots) == 1:
        return wide[tree.roots[0]], high[tree.roots[0]]
    return root_block(roots, [wide[root] for root in tree.roots], [high[root] for root in tree.roots], spacing)


def _levelled(
    tree: Tree, heights: Sequence[float], arrangements: Sequence[Arrangement], roots: Arrangement
) -> list[float]:
    levelled = list(heights)
    families = [(roots, tree.roots), *zip(arrangements, tree.line_children, strict=True)]
    for arrangement, below in families:
        if len(below) > 1 and arrangement.kind in ("row", "stacks"):
            alone: Sequence[int] = below
            if arrangement.kind == "stacks":
                alone = [units[0] for units in row_groups(tree.children, below, "stacks") if len(units) == 1]
            tallest = max([heights[child] for child in alone], default=0.0)
            for child in alone:
                levelled[child] = tallest
    return levelled
