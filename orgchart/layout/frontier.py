"""A measured tree and the arrangements allowed, in; every size worth having, and the arrangements that give it, out.

For each subtree the frontier holds the sizes of which none is both narrower and lower than another: Stockmeyer's way
with slicing floorplans (Optimal orientations of cells in slicing floorplan designs, Information and Control 57, 1983).
Rows add widths under a height limit, columns add heights under a width limit; docs/layout.md has the proof and the
error bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush, heapreplace
from typing import NamedTuple

from orgchart.layout.fill import fill
from orgchart.layout.measure import Tree
from orgchart.layout.place import root_block, staff_block
from orgchart.layout.shapes import COLUMN, ROW, Arrangement, Kind
from orgchart.styles import SpacingStyle

_MOST_COLUMNS = 8
_LEAST_FOR_COLUMNS = 3

Allowed = Callable[[int], Sequence[Kind]]


class Size(NamedTuple):
    """One way to draw a subtree: its rectangle, the unit's arrangement, and the limit under which each child takes its
    best: of height for a row, of width for all else."""

    width: float
    height: float
    arrangement: Arrangement
    limit: float


Frontier = tuple[Size, ...]  # by width from the narrowest, by height from the tallest


@dataclass(frozen=True, slots=True)
class Frontiers:
    """The frontier of every subtree, and of all roots together; ``error``: by how much, at most, a size here is larger
    each way than the least there is, as a factor."""

    tree: Tree
    of_unit: tuple[Frontier, ...]
    whole: Frontier
    levelling: tuple[float, ...]
    error: float

    def arrangements(self, size: Size) -> tuple[list[Arrangement], Arrangement]:
        """The arrangement of every unit, and of the roots, that give the size of ``whole``."""
        tree = self.tree
        chosen = [COLUMN] * len(tree)
        roots = size.arrangement if len(tree.roots) > 1 else ROW
        waiting: list[tuple[int, Size]] = []
        if len(tree.roots) > 1:
            waiting += self._children(tree.roots, size)
        else:
            waiting.append((tree.roots[0], size))
        while waiting:
            number, own = waiting.pop()
            chosen[number] = own.arrangement
            if own.arrangement.kind == "column":
                waiting += self._children(tree.children[number], own)
            else:
                waiting += self._children(tree.line_children[number], own)
                waiting += [(child, self.of_unit[child][0]) for child in tree.staff_children[number]]
        return chosen, roots

    def _children(self, below: Sequence[int], size: Size) -> Iterator[tuple[int, Size]]:
        in_row = size.arrangement.kind == "row"
        for child in below:
            frontier = self.of_unit[child]
            if in_row:
                limit = size.limit - (self.levelling[child] if len(below) > 1 else 0.0)
                yield child, next(option for option in frontier if option.height <= limit + 1e-6)
            else:
                yield child, next(option for option in reversed(frontier) if option.width <= size.limit + 1e-6)


def frontiers(
    tree: Tree,
    widths: Sequence[float],
    heights: Sequence[float],
    spacing: SpacingStyle,
    allowed: Allowed,
    root_kinds: Sequence[Kind] = ("row", "columns"),
    *,
    tolerance: float = 0.0,
    most: int = 64,
) -> Frontiers:
    """Fold the tree from its leaves. ``allowed``: the kinds a unit's children may stand in.

    tolerance: sizes within this share of a kept one's are left out; most: how many sizes a frontier keeps, for which
    the tolerance grows where it must.
    """
    levelling = _levelling(tree, heights)
    of_unit: list[Frontier] = [()] * len(tree)
    errors = [1.0] * len(tree)
    for number in range(len(tree) - 1, -1, -1):
        if not tree.children[number]:
            of_unit[number] = (Size(widths[number], heights[number], COLUMN, 0.0),)
            continue
        measures = (widths[number], heights[number], of_unit, levelling, spacing)
        options = _options(tree, number, *measures, allowed(number))
        # A kind that needs more children than there are leaves the column, which any number can stand in.
        options = options or _options(tree, number, *measures, ("column",))
        of_unit[number], lost = _pruned(options, tolerance, most)
        errors[number] = lost * max(errors[child] for child in tree.children[number])
    roots = tree.roots
    if len(roots) == 1:
        return Frontiers(tree, tuple(of_unit), of_unit[roots[0]], levelling, errors[roots[0]])
    whole, lost = _pruned(_root_options(roots, of_unit, levelling, spacing, root_kinds), tolerance, most)
    error = lost * max(errors[root] for root in roots)
    return Frontiers(tree, tuple(of_unit), whole, levelling, error)


def _options(
    tree: Tree,
    number: int,
    width: float,
    height: float,
    of_unit: Sequence[Frontier],
    levelling: Sequence[float],
    spacing: SpacingStyle,
    kinds: Sequence[Kind],
) -> list[Size]:
    """Every size that a unit's subtree may have, by the rules of ``layout.place.extents``."""
    options: list[Size] = []
    indent, gap = spacing.indent_pt, spacing.column_gap_pt
    if "column" in kinds:
        below = tree.children[number]
        for limit, tall in _by_width(below, of_unit):
            total = height + sum(tall) + gap * len(below)
            options.append(Size(max(width, indent + limit), total, COLUMN, limit))
    if not any(kind != "column" for kind in kinds):
        return options
    staff, below = tree.staff_children[number], tree.line_children[number]
    narrowest = [(of_unit[child][0].width, of_unit[child][0].height) for child in staff]
    own_width, staff_height = staff_block(width, narrowest, spacing)
    top = height + staff_height
    if not below:
        options.append(Size(own_width, top, ROW, 0.0))
        return options
    if "row" in kinds:
        shifts = [levelling[child] if len(below) > 1 else 0.0 for child in below]
        between = spacing.sibling_gap_pt * (len(below) - 1)
        for limit, wide in _by_height(below, of_unit, shifts):
            options.append(Size(max(own_width, wide + between), top + spacing.level_gap_pt + limit, ROW, limit))
    if len(below) < 2 or not ("columns" in kinds or "both" in kinds):
        return options
    counts = _column_counts(len(below)) if "columns" in kinds else ()
    for limit, tall in _by_width(below, of_unit):
        if "both" in kinds:
            size = top + gap + fill(tall, gap, 2)[1]
            options.append(Size(max(own_width, 2 * (limit + indent)), size, Arrangement("both", 2), limit))
        for count in counts:
            starts, highest = fill(tall, gap, count)
            wide = len(starts) * (indent + limit) + (len(starts) - 1) * spacing.sibling_gap_pt
            size = top + spacing.level_gap_pt + highest
            options.append(Size(max(own_width, wide), size, Arrangement("columns", count), limit))
    return options


def _root_options(
    roots: Sequence[int],
    of_unit: Sequence[Frontier],
    levelling: Sequence[float],
    spacing: SpacingStyle,
    kinds: Sequence[Kind],
) -> list[Size]:
    options = []
    gap = 2 * spacing.sibling_gap_pt
    if "row" in kinds:
        for limit, wide in _by_height(roots, of_unit, [levelling[root] for root in roots]):
            options.append(Size(wide + gap * (len(roots) - 1), limit, ROW, limit))
    if "columns" in kinds or "column" in kinds:
        for limit, tall in _by_width(roots, of_unit):
            for count in (1, *_column_counts(len(roots))):
                arrangement = Arrangement("columns", count)
                width, height = root_block(arrangement, [limit] * len(roots), tall, spacing)
                options.append(Size(width, height, arrangement, limit))
    return options


def _column_counts(children: int) -> range:
    """From two columns to as many as still hold two units each."""
    return range(2, min(_MOST_COLUMNS, children // 2) + 1) if children >= _LEAST_FOR_COLUMNS + 1 else range(0)


def _by_height(
    below: Sequence[int], of_unit: Sequence[Frontier], shifts: Sequence[float]
) -> Iterator[tuple[float, float]]:
    """Height limits from the highest of use to the lowest, each with the sum of the least widths under it."""
    at = [0] * len(below)
    highest = [
        (-of_unit[child][0].height - shift, place)
        for place, (child, shift) in enumerate(zip(below, shifts, strict=True))
    ]
    heapify(highest)
    total = sum(of_unit[child][0].width for child in below)
    while True:
        limit = -highest[0][0]
        yield limit, total
        while -highest[0][0] >= limit:
            place = highest[0][1]
            frontier = of_unit[below[place]]
            at[place] += 1
            if at[place] == len(frontier):
                return
            total += frontier[at[place]].width - frontier[at[place] - 1].width
            heapreplace(highest, (-frontier[at[place]].height - shifts[place], place))


def _by_width(below: Sequence[int], of_unit: Sequence[Frontier]) -> Iterator[tuple[float, list[float]]]:
    """Width limits from the widest of use to the narrowest, each with the children's least heights under it."""
    at = [len(of_unit[child]) - 1 for child in below]
    widest = [(-of_unit[child][-1].width, place) for place, child in enumerate(below)]
    heapify(widest)
    tall = [of_unit[child][-1].height for child in below]
    while True:
        limit = -widest[0][0]
        yield limit, tall
        while -widest[0][0] >= limit:
            place = heappop(widest)[1]
            at[place] -= 1
            if at[place] < 0:
                return
            size = of_unit[below[place]][at[place]]
            tall[place] = size.height
            heappush(widest, (-size.width, place))


def _pruned(options: list[Size], tolerance: float, most: int) -> tuple[Frontier, float]:
    """The sizes that no other betters, thinned out; and the factor by which what was left out may have been better."""
    options.sort(key=lambda size: (size.width, size.height))
    kept: list[Size] = []
    for size in options:
        if not kept or size.height < kept[-1].height - 1e-9:
            kept.append(size)
    share = tolerance
    thin = _thinned(kept, share) if share else kept
    while len(thin) > most:
        share = share * 1.5 if share else 0.002
        thin = _thinned(kept, share)
    return tuple(thin), 1.0 + (share if len(thin) < len(kept) else 0.0)


def _thinned(kept: list[Size], share: float) -> list[Size]:
    """The narrowest, the lowest, and between them only sizes lower than the last kept one by more than the share.

    What is left out is higher than the kept size before it divided by 1 + share, and wider than it.
    """
    thin = [kept[0]]
    for size in kept[1:-1]:
        if size.height * (1 + share) < thin[-1].height:
            thin.append(size)
    if len(kept) > 1:
        thin.append(kept[-1])
    return thin


def _levelling(tree: Tree, heights: Sequence[float]) -> tuple[float, ...]:
    """How much taller each unit's box is drawn where it stands in a row with its siblings."""
    taller = [0.0] * len(tree)
    for below in (tree.roots, *tree.line_children):
        if len(below) > 1:
            tallest = max(heights[child] for child in below)
            for child in below:
                taller[child] = tallest - heights[child]
    return tuple(taller)
