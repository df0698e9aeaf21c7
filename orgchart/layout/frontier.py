"""A measured tree and the arrangements allowed, in; every size worth having, and the arrangements that give it, out.

For each subtree the frontier holds the sizes of which none is both narrower and lower than another: Stockmeyer's way
with slicing floorplans (Optimal orientations of cells in slicing floorplan designs, Information and Control 57, 1983).
Rows add widths under a height limit, columns add heights under a width limit; docs/layout.md has the proof and the
error bound.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from orgchart.layout.fill import fill
from orgchart.layout.fold import columns_width, hang_gap, root_block, row_groups, staff_block
from orgchart.layout.measure import Tree
from orgchart.layout.shapes import COLUMN, HUNG_KINDS, KINDS, ROW, Arrangement, Kind
from orgchart.layout.sizes import Frontier, Size, by_height, by_width, pruned, under_height, under_width
from orgchart.styles import SpacingStyle

_MOST_COLUMNS = 8
_MOST_KNOWN = 20_000
_LEAST_FOR_COLUMNS = 4

# The kinds in which a unit's children may stand where the unit itself stands free, and where it hangs on a rail.
Kinds = tuple[Sequence[Kind], Sequence[Kind]]
Allowed = Callable[[int], Kinds]
ANY: Kinds = (KINDS, HUNG_KINDS)


class _Stack(NamedTuple):
    """Units below each other under a limit of width: how tall they are in sum, and in each number of columns, with the
    width and the height of these."""

    limit: float
    tall: float
    columns: tuple[tuple[Arrangement, float, float], ...]


class Folded(NamedTuple):
    """What a fold knows of a subtree; see Fold for the frontiers and ``error``. ``alike``: the same number for all
    subtrees that are drawn alike, names aside."""

    free: Frontier
    hung: Frontier
    plain: Size
    error: float
    alike: int


class Known:
    """What the folds of one search have found, by box, kinds allowed and the ``alike`` of the children: all that a
    subtree's sizes depend on, where spacing, tolerance and most are the same. Most subtrees have others that are alike.
    """

    def __init__(self) -> None:
        self._found: dict[Hashable, Folded] = {}
        self._numbers = itertools.count()

    def folded(self, key: Hashable, fold: Callable[[int], Folded]) -> Folded:
        """What is known, or what the fold says, which is given a number for it."""
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST_KNOWN:
                self._found.clear()
            found = self._found[key] = fold(next(self._numbers))
        return found


class Fold:
    """The frontiers of a tree, folded unit by unit from its leaves.

    A unit has three: ``free`` where it is a root or stands in a row, ``hung`` where it hangs on a rail, and of the
    latter ``plain``, the size with nothing but columns below it, which is what stands beside a trunk.
    """

    def __init__(
        self,
        tree: Tree,
        widths: Sequence[float],
        heights: Sequence[float],
        spacing: SpacingStyle,
        allowed: Allowed,
        *,
        tolerance: float = 0.0,
        most: int = 64,
        known: Known | None = None,
    ) -> None:
        """allowed: the kinds a unit's children may stand in. tolerance: sizes within this share of a kept one's are
        left out; most: how many sizes a frontier keeps, for which the tolerance grows where it must. known: what other
        folds with the same spacing, tolerance and most have found, to be used and added to."""
        self.tree, self.widths, self.heights, self.spacing = tree, widths, list(heights), spacing
        self.children, self.line, self.staff = list(tree.children), list(tree.line_children), list(tree.staff_children)
        self._allowed, self._tolerance, self._most = allowed, tolerance, most
        self.free: list[Frontier] = [()] * len(tree)
        self.hung: list[Frontier] = [()] * len(tree)
        self.plain: list[Size] = [Size(0.0, 0.0, COLUMN, 0.0)] * len(tree)
        self.errors = [1.0] * len(tree)  # of each unit as of the whole, see ``error``
        self._alike = [-1] * len(tree)
        self._known = known or Known()

    def fold_all(self) -> None:
        leaves: dict[tuple[float, float], Folded] = {}
        for number in range(len(self.tree) - 1, -1, -1):
            if self.children[number]:
                self.fold(number)
                continue
            own = self.widths[number], self.heights[number]
            found = leaves.get(own)
            if found is None:
                found = leaves[own] = self._known.folded((*own, ANY, (), ()), partial(self._folded, number, ANY))
            self.free[number], self.hung[number], self.plain[number], _, self._alike[number] = found

    def fold(self, number: int) -> None:
        """Weigh the ways to draw a unit's subtree, all below it being folded."""
        children, staff = self.children[number], self.staff[number]
        kinds = self._allowed(number) if children else ANY
        key = (
            self.widths[number], self.heights[number], kinds, tuple([self._alike[child] for child in children]),
            tuple(map(children.index, staff)) if staff else (),
        )  # fmt: skip
        found = self._known.folded(key, partial(self._folded, number, kinds))
        self.free[number], self.hung[number], self.plain[number], self.errors[number], self._alike[number] = found

    def _folded(self, number: int, kinds: Kinds, alike: int) -> Folded:
        children = self.children[number]
        if not children:
            own = Size(self.widths[number], self.heights[number], COLUMN, 0.0)
            return Folded((own,), (own,), own, 1.0, alike)
        free_kinds, hung_kinds = kinds
        # A kind that needs more children than there are leaves the column, which any number can stand in.
        stacks = self._stacks(children, "columns" in hung_kinds or "columns" in free_kinds)
        free = self._options(number, free_kinds, False, stacks) or self._options(number, ("column",), False, stacks)
        hung = self._options(number, hung_kinds, True, stacks) or self._options(number, ("column",), True, stacks)
        frontier, lost = pruned(free, self._tolerance, self._most)
        on_rail, lost_hung = pruned(hung, self._tolerance, self._most)
        plain = self._plain(number) if "column" in hung_kinds else on_rail[0]
        error = max(lost, lost_hung) * max(self.errors[child] for child in children)
        return Folded(frontier, on_rail, plain, error, alike)

    def _plain(self, number: int) -> Size:
        below = self.children[number]
        widest = max(self.plain[child].width for child in below)
        tall = sum(self.plain[child].height + self.spacing.column_gap_pt for child in below)
        width = max(self.widths[number], self.spacing.indent_pt + widest)
        return Size(width, self.heights[number] + tall, COLUMN, -1.0)

    def _stacks(self, below: Sequence[int], in_columns: bool) -> list[_Stack]:
        """What hangs on rails, at every limit of width that is of use."""
        counts = _column_counts(len(below)) if in_columns else range(0)
        return [
            _Stack(limit, sum(tall), tuple(self._columns(tall, limit, counts)))
            for limit, tall in by_width([self.hung[child] for child in below])
        ]

    def _options(self, number: int, kinds: Sequence[Kind], hangs: bool, stacks: Sequence[_Stack]) -> list[Size]:
        """Every size that a unit's subtree may have, by the rules of ``layout.fold.extents``."""
        width, height, spacing = self.widths[number], self.heights[number], self.spacing
        options: list[Size] = []
        in_column, in_columns = "column" in kinds, hangs and "columns" in kinds
        if in_column or in_columns:
            gaps, hung_at = spacing.column_gap_pt * len(self.children[number]), height + hang_gap(spacing)
            for limit, tall, columns in stacks:
                if in_column:
                    options.append(Size(max(width, spacing.indent_pt + limit), height + tall + gaps, COLUMN, limit))
                if in_columns:
                    options += [Size(max(width, wide), hung_at + high, each, limit) for each, wide, high in columns]
        others = [kind for kind in kinds if kind != "column" and not (hangs and kind == "columns")]
        if others:
            options += self._free_options(number, others, stacks)
        return options

    def _free_options(self, number: int, kinds: Sequence[Kind], stacks: Sequence[_Stack]) -> Iterator[Size]:
        """The kinds in which staff units stand beside the trunk."""
        spacing, staff, below = self.spacing, self.staff[number], self.line[number]
        sizes = [(self.plain[child].width, self.plain[child].height) for child in staff]
        own_width, staff_height = staff_block(self.widths[number], sizes, spacing)
        top = self.heights[number] + staff_height
        if not below:
            yield Size(own_width, top, ROW, 0.0)
            return
        for kind in kinds:
            if kind in ("row", "stacks"):
                groups = row_groups(self.children, below, kind)
                if kind == "stacks" and len(groups) == len(below) and "row" in kinds:
                    continue
                yield from self._rows(groups, kind, own_width, top)
        if len(below) < 2:
            return
        if "columns" in kinds:
            for limit, _, columns in self._stacks(below, True) if staff else stacks:
                for each, wide, high in columns:
                    yield Size(max(own_width, wide), top + spacing.level_gap_pt + high, each, limit)
        if "both" in kinds:
            half = spacing.indent_pt + max(self.plain[child].width for child in below)
            high = _filled(tuple([self.plain[child].height for child in below]), spacing.column_gap_pt, 2)[1]
            both = Arrangement("both", 2)
            yield Size(max(own_width, 2 * half), top + spacing.column_gap_pt + high, both, -1.0)

    def _rows(self, groups: Sequence[tuple[int, ...]], kind: Kind, own_width: float, top: float) -> Iterator[Size]:
        items = [self._item(units) for units in groups]
        between = self.spacing.sibling_gap_pt * (len(items) - 1)
        for limit, wide in by_height(items, self._shifts(groups)):
            stacks: tuple[int, ...] = ()
            if kind == "stacks":
                stacks = tuple(
                    1 if len(units) == 1 else under_height(item, limit).arrangement.columns
                    for units, item in zip(groups, items, strict=True)
                )
            height = top + self.spacing.level_gap_pt + limit
            yield Size(max(own_width, wide + between), height, Arrangement(kind, 1, stacks), limit)

    def _item(self, units: tuple[int, ...]) -> Frontier:
        """The sizes of what stands as one in a row: a unit's own, or those of leaves in one or more columns."""
        if len(units) == 1:
            return self.free[units[0]]
        tall = [self.heights[unit] for unit in units]
        widest = max(self.widths[unit] for unit in units)
        options = [
            Size(wide, high, columns, 0.0)
            for columns, wide, high in self._columns(tall, widest, (1, *_column_counts(len(tall))))
        ]
        return pruned(options, 0.0, _MOST_COLUMNS)[0]

    def _columns(
        self, tall: Sequence[float], widest: float, counts: Sequence[int]
    ) -> Iterator[tuple[Arrangement, float, float]]:
        """Each number of columns with its width and its height, without what lies above."""
        for count in counts:
            used, high = _filled(tuple(tall), self.spacing.column_gap_pt, count)
            yield Arrangement("columns", count), columns_width(used, widest, self.spacing), high

    def _shifts(self, groups: Sequence[tuple[int, ...]]) -> list[float]:
        """How much taller each item of a row is drawn, because boxes in a row share the height of the tallest."""
        alone = [self.heights[units[0]] for units in groups if len(units) == 1]
        tallest = max(alone, default=0.0)
        return [tallest - self.heights[units[0]] if len(units) == 1 else 0.0 for units in groups]

    def whole(self) -> Frontier:
        """The sizes of all roots together."""
        return self.together(self.tree.roots)[0]

    def error(self) -> float:
        """By how much, at most, a size of the whole is larger each way than the least there is, as a factor."""
        return self.together(self.tree.roots)[1] * max(self.errors[root] for root in self.tree.roots)

    def together(self, roots: Sequence[int], kinds: Sequence[Kind] = ("row", "columns")) -> tuple[Frontier, float]:
        """The sizes of some roots side by side, or in columns; and what thinning them may have cost, as a factor."""
        if len(roots) == 1:
            return self.free[roots[0]], 1.0
        options = []
        gap = 2 * self.spacing.sibling_gap_pt
        frontiers = [self.free[root] for root in roots]
        if "row" in kinds:
            for limit, wide in by_height(frontiers, self._shifts([(root,) for root in roots])):
                options.append(Size(wide + gap * (len(roots) - 1), limit, ROW, limit))
        if "columns" in kinds:
            for limit, tall in by_width(frontiers):
                for count in (1, *_column_counts(len(roots))):
                    arrangement = Arrangement("columns", count)
                    width, height = root_block(arrangement, [limit] * len(roots), tall, self.spacing)
                    options.append(Size(width, height, arrangement, limit))
        return pruned(options, self._tolerance, self._most)

    def arrangements(self, size: Size) -> tuple[list[Arrangement], Arrangement]:
        """The arrangement of every unit, and of the roots, that give the size of all roots together."""
        tree = self.tree
        chosen = [COLUMN] * len(tree)
        waiting: list[tuple[int, Size, bool]] = []
        if len(tree.roots) > 1:
            frontiers = [self.free[root] for root in tree.roots]
            shifts = self._shifts([(root,) for root in tree.roots])
            waiting += [
                (root, own, False) for root, own in zip(tree.roots, _shared(frontiers, shifts, size), strict=True)
            ]
        else:
            waiting.append((tree.roots[0], size, False))
        while waiting:
            number, own, hangs = waiting.pop()
            chosen[number] = own.arrangement
            waiting += self._taken(number, own, hangs)
        return chosen, size.arrangement if len(tree.roots) > 1 else ROW

    def _taken(self, number: int, own: Size, hangs: bool) -> Iterator[tuple[int, Size, bool]]:
        """The size that each child takes in its parent's."""
        kind = own.arrangement.kind
        on_rail = kind == "column" or (hangs and kind == "columns")
        below = self.children[number] if on_rail else self.line[number]
        for child in () if on_rail else self.staff[number]:
            yield child, self.plain[child], True
        if kind in ("row", "stacks"):
            groups = row_groups(self.children, below, kind)
            shifts = self._shifts(groups)
            for units, shift in zip(groups, shifts, strict=True):
                if len(units) == 1:
                    yield units[0], under_height(self.free[units[0]], own.limit - shift), False
        elif own.limit < 0:  # nothing but columns
            for child in below:
                yield child, self.plain[child], True
        else:
            for child in below:
                yield child, under_width(self.hung[child], own.limit), True


@lru_cache(maxsize=1 << 14)
def _filled(heights: tuple[float, ...], gap: float, columns: int) -> tuple[int, float]:
    """How many columns are used and how high the highest is: most groups of leaves are of heights that others have."""
    starts, high = fill(heights, gap, columns)
    return len(starts), high


def _shared(frontiers: Sequence[Frontier], shifts: Sequence[float], size: Size) -> list[Size]:
    if size.arrangement.kind == "row":
        return [under_height(own, size.limit - shift) for own, shift in zip(frontiers, shifts, strict=True)]
    return [under_width(own, size.limit) for own in frontiers]


def _column_counts(children: int) -> range:
    """From two columns to as many as still hold two units each."""
    return range(2, min(_MOST_COLUMNS, children // 2) + 1) if children >= _LEAST_FOR_COLUMNS else range(0)
