"""A hierarchy and the pages allowed, in; what stands on each page of an atlas, every page legible, out.

Branches are cut from the leaves upwards, each as late as the page allows (Kundu and Misra, A linear tree partitioning
algorithm, SIAM Journal on Computing 6, 1977), with the sizes of ``layout.frontier`` in place of their weights: whatever
does not fit on one page gives away the branches below it, all of one level together, the largest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from orgchart.hierarchy import Hierarchy
from orgchart.layout.frontier import ANY, Allowed, Fold
from orgchart.layout.measure import LINE_SPACING, Measures, Tree, measure, tree_of
from orgchart.layout.page import Frame, Page
from orgchart.layout.shapes import Kind
from orgchart.layout.sizes import Frontier
from orgchart.layout.widths import Widths
from orgchart.styles import StyleSheet
from orgchart.text import Font
from orgchart.units import Unit

_SHARES = (0.0, 0.3)
_TOLERANCE, _MOST = 0.01, 24
# Pages are filled so that their text prints this much larger than it must: a page is laid out with frontiers of its
# own, which may have left out the very size that was counted on.
_SLACK = 1.02
_AMPLE = (1.0, 1.07, 1.14, 1.21, 1.28)
_LARGE = 5_000  # units; more are cut for one set of widths only


@dataclass(frozen=True, slots=True)
class Part:
    """What stands on one page of an atlas.

    hierarchy: the units on this page, with the structure of this page; onward: by unit id, the pages on which its
    branch goes on; back: by the id of a root of this page, the page from which it is cut; markers: units that are
    repeated here and are at home on another page; page: the sheet; widths: by level, box widths with which all fits.
    """

    hierarchy: Hierarchy
    onward: Mapping[str, tuple[int, ...]]
    back: Mapping[str, int]
    markers: frozenset[str]
    page: Page
    widths: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    """One page by units' numbers: its roots, the children of those units of which it shows not all, and the one
    that it repeats at its top."""

    roots: tuple[int, ...]
    shown: Mapping[int, tuple[int, ...]]
    repeated: int | None = None


def paginate(
    hierarchy: Hierarchy,
    styles: StyleSheet,
    font: Font,
    frames: Sequence[Frame],
    labels: Mapping[str, str],
    min_text: float,
    *,
    page_line: str,
    spread: bool,
    arrange: Mapping[str, Kind],
    apart: bool = False,
) -> tuple[Part, ...]:
    """The fewest pages, all of one sheet, that show every unit at ``min_text`` pt or more.

    frames: the sheets allowed; labels: by unit id, the text of each box, with all lines that it may need but page_line,
    the longest reference to another page; spread: cut branches even where one page would do; arrange: by unit id, the
    kind that its children must have; apart: every branch on a page of its own, and not beside its neighbours.

    A page on which not even one box is legible is filled all the same.
    """
    tree = replace(tree_of(hierarchy), names=tuple(labels[unit.id] for unit in hierarchy.units))
    measures = measure(tree, styles, font)
    number_of = {unit: number for number, unit in enumerate(tree.ids)}
    forced = {number_of[unit]: kind for unit, kind in arrange.items() if unit in number_of}
    large = len(tree) > _LARGE
    best: tuple[list[_Plan], _Cutting, Page, Mapping[str, float]] | None = None
    fewest: tuple[int, int] = (0, 0)
    # Of equally few pages and cuts those on which the smallest text is largest: no page is crowded beside an empty one.
    for least in _AMPLE[:1] if large else _AMPLE:
        scale = min(1.0, min_text * least * _SLACK / measures.smallest_text())
        before = best
        for frame in frames:
            room = (frame.area[2] / scale, frame.area[3] / scale)
            shares = _SHARES[:1] if large else _SHARES
            for widths in Widths(measures, styles.spacing).choices([True] * len(tree), shares):
                cutting = _Cutting(measures, widths, styles, forced, room, page_line)
                plans = cutting.pages(spread, apart)
                count = len(plans), len(cutting.cut)
                if best is None or count < fewest or (best is before and count == fewest):
                    best, fewest = (plans, cutting, frame.page, widths), count
        if best is before:
            break
    assert best is not None
    return tuple(_parts(hierarchy, tree, *best))


class _Cutting:
    """The cuts of one tree for one sheet and one set of box widths.

    A unit that is cut stands as a marker on its parent's page, and with its branch on another. A unit with more
    children than a page can hold is split: its children stand in runs, each below a repetition of the unit.
    """

    def __init__(
        self,
        measures: Measures,
        widths: Mapping[str, float],
        styles: StyleSheet,
        forced: Mapping[int, Kind],
        room: tuple[float, float],
        page_line: str,
    ) -> None:
        self._tree: Tree = measures.tree
        self._room = room
        self._line = [
            LINE_SPACING * styles.box(level).font_size_pt * measures.lines_of(level, page_line, widths[level])
            for level in self._tree.levels
        ]
        allowed: Allowed = lambda number: ((forced[number],),) * 2 if number in forced else ANY  # noqa: E731
        per_unit = [widths[level] for level in self._tree.levels]
        self._fold = Fold(
            self._tree, per_unit, measures.heights(widths)[0], styles.spacing, allowed,
            tolerance=_TOLERANCE, most=_MOST,
        )  # fmt: skip
        self.cut: set[int] = set()
        self._alone: dict[int, Frontier] = {}
        self._runs: dict[int, list[tuple[int, ...]]] = {}

    def pages(self, spread: bool, apart: bool) -> list[_Plan]:
        """Every page, the overview first, each followed by those that are cut from it."""
        for number in range(len(self._tree) - 1, -1, -1):
            self._fold.fold(number)
            if self._fold.children[number] and not self._fits_alone(number):
                self._relieve(number)
        overview = self._overview(spread)
        plans: list[_Plan] = []
        waiting = [overview]
        while waiting:
            together = waiting.pop()
            plans += together
            branches = [unit for plan in together for unit in self._markers(plan)]
            waiting += reversed([self._with_runs(roots) for roots in self._shared(branches, apart)])
        return plans

    def _fits(self, frontier: Frontier, lines: float = 0.0) -> bool:
        return any(size.width <= self._room[0] and size.height + lines <= self._room[1] for size in frontier)

    def _fits_alone(self, number: int, lines: int = 1) -> bool:
        return self._fits(self._fold.free[number], lines * self._line[number])

    def _relieve(self, number: int) -> None:
        """Cut branches below a unit, level by level, until what is left fits on a page; or split the unit."""
        for level in self._levels([number]):
            for child in level:
                self._cut(child)
            self._fold.fold(number)
            if self._fits_alone(number):
                return
        self._split(number)

    def _levels(self, parents: Sequence[int]) -> list[list[int]]:
        """The children that have children, those of one level together, the level with the largest area first."""
        levels: dict[str, list[int]] = {}
        for child in (child for number in parents for child in self._fold.children[number]):
            if self._fold.children[child]:
                levels.setdefault(self._tree.levels[child], []).append(child)
        return sorted(levels.values(), key=lambda level: -sum(self._area(child) for child in level))

    def _area(self, number: int) -> float:
        return min(size.width * size.height for size in self._fold.free[number])

    def _cut(self, number: int) -> None:
        """Leave a marker of the unit, and keep its branch for a page of its own."""
        fold, line = self._fold, self._line[number]
        self._alone[number] = tuple(size._replace(height=size.height + line) for size in fold.free[number])
        self.cut.add(number)
        self._close(number)

    def _close(self, number: int) -> None:
        """Nothing more is shown below the unit where it is a marker."""
        fold = self._fold
        fold.children[number] = fold.line[number] = fold.staff[number] = ()
        fold.heights[number] += self._line[number]
        fold.fold(number)

    def _open(self, number: int) -> None:
        """Undo a cut."""
        fold = self._fold
        self.cut.discard(number)
        self._set_children(number, self._tree.children[number])
        fold.heights[number] -= self._line[number]
        fold.fold(number)

    def _set_children(self, number: int, below: tuple[int, ...]) -> None:
        fold, staff = self._fold, set(self._tree.staff_children[number])
        fold.children[number] = below
        fold.line[number] = tuple(child for child in below if child not in staff)
        fold.staff[number] = tuple(child for child in below if child in staff)

    def _split(self, number: int) -> None:
        """Part a unit's children into runs, each of which fits on a page below it."""
        children = self._tree.children[number]
        for child in children:
            if child in self.cut and child not in self._runs:
                self._open(child)
        runs = self._runs_below(number, children, len(children))
        even = self._runs_below(number, children, ceil(len(children) / len(runs)))
        self._runs[number] = even if len(even) == len(runs) else runs
        self.cut.add(number)
        self._close(number)

    def _runs_below(self, number: int, children: tuple[int, ...], most: int) -> list[tuple[int, ...]]:
        """Runs of neighbours, each as long as fits below the unit, and no longer than ``most``."""
        runs: list[tuple[int, ...]] = []
        start = 0
        while start < len(children):
            if self._fold.children[children[start]] and not self._fits_below(number, children[start : start + 1]):
                self._cut(children[start])
            # A run is mostly as long as the one before.
            end = min(start + (len(runs[-1]) if runs else 1), len(children))
            last = min(start + most, len(children))
            while end > start + 1 and not self._fits_below(number, children[start:end]):
                end -= 1
            while end < last and self._fits_below(number, children[start : end + 1]):
                end += 1
            runs.append(children[start:end])
            start = end
        return runs

    def _fits_below(self, number: int, run: tuple[int, ...]) -> bool:
        self._set_children(number, run)
        self._fold.fold(number)
        return self._fits_alone(number, lines=2)

    def _overview(self, spread: bool) -> list[_Plan]:
        """The first page, and further ones where the roots themselves are too many for it."""
        roots = self._tree.roots
        self.cut.difference_update(roots)
        whole = [root for root in roots if root not in self._runs]
        levels = self._levels(whole)
        while levels and (not self._fit_together(whole) or (spread and not self.cut)):
            for child in levels.pop(0):
                self._cut(child)
            for root in whole:
                self._fold.fold(root)
        plans: list[_Plan] = []
        for run in self._consecutive(roots):
            plans += self._with_runs(run)
        return plans

    def _consecutive(self, units: Sequence[int]) -> list[tuple[int, ...]]:
        """Neighbours that fit together on a page, on the fewest pages, and of these so that the fewest have branches of
        different parents, then as evenly filled as can be; a split unit stands by itself."""
        parents = [self._tree.parents[unit] for unit in units]
        best: list[tuple[int, int, float, int]] = [(0, 0, 0.0, 0)] + [(len(units) + 1, 0, 0.0, 0)] * len(units)
        for start in range(len(units)):
            pages, mixed, uneven, _ = best[start]
            filled = 0.0
            for end in range(start + 1, len(units) + 1):
                alone = end == start + 1
                if not alone and (self._runs.keys() & units[start:end] or not self._fit_together(units[start:end])):
                    break
                filled += self._area(units[end - 1]) / (self._room[0] * self._room[1])
                others = parents[start] != parents[end - 1]
                best[end] = min(best[end], (pages + 1, mixed + others, round(uneven + filled**2, 6), start))
        runs, end = [], len(units)
        while end:
            start = best[end][3]
            runs.append(tuple(units[start:end]))
            end = start
        return runs[::-1]

    def _fit_together(self, units: Sequence[int]) -> bool:
        return not units or self._fits(self._fold.together(units)[0])

    def _shared(self, branches: Sequence[int], apart: bool) -> list[tuple[int, ...]]:
        """The roots of each page that the branches take."""
        for branch in branches:
            if branch in self._alone:
                self._fold.free[branch] = self._alone[branch]
        return [(branch,) for branch in branches] if apart else self._consecutive(branches)

    def _with_runs(self, roots: tuple[int, ...]) -> list[_Plan]:
        """One page, or, for a split unit, one for each run of its children."""
        runs = self._runs.get(roots[0])
        if runs is None:
            return [_Plan(roots, {})]
        first, *others = runs
        return [
            _Plan(roots, {roots[0]: first}), *(_Plan(roots, {roots[0]: run}, roots[0]) for run in others)
        ]  # fmt: skip

    def _markers(self, plan: _Plan) -> list[int]:
        return [unit for unit, _, _ in self.walk(plan) if unit in self.cut and unit not in plan.roots]

    def walk(self, plan: _Plan) -> Iterator[tuple[int, int, int]]:
        """The units on a page in reading order, each with its parent, -1 for a root, and its generation from 1."""
        waiting = [(root, -1, 1) for root in reversed(plan.roots)]
        while waiting:
            unit, above, generation = waiting.pop()
            yield unit, above, generation
            if unit in plan.shown:
                below = plan.shown[unit]
            else:
                below = () if unit in self.cut and above >= 0 else self._tree.children[unit]
            waiting += [(child, unit, generation + 1) for child in reversed(below)]


def _parts(
    hierarchy: Hierarchy,
    tree: Tree,
    plans: Sequence[_Plan],
    cutting: _Cutting,
    page: Page,
    widths: Mapping[str, float],
) -> Iterator[Part]:
    walks = [list(cutting.walk(plan)) for plan in plans]
    markers = [
        {unit for unit, above, _ in walk if (above >= 0 and unit in cutting.cut) or unit == plan.repeated}
        for plan, walk in zip(plans, walks, strict=True)
    ]
    home: dict[int, int] = {}
    seen_at: dict[int, int] = {}  # the page on which a cut unit's marker stands
    for number, (plan, walk) in enumerate(zip(plans, walks, strict=True), start=1):
        for unit, _, _ in walk:
            if unit not in markers[number - 1]:
                home[unit] = number
            elif unit != plan.repeated:
                seen_at[unit] = number
    further: dict[int, list[int]] = {}
    for number, plan in enumerate(plans, start=1):
        if plan.repeated is not None:
            further.setdefault(plan.repeated, []).append(number)
    units: tuple[Unit, ...] = hierarchy.units
    for plan, walk, marked in zip(plans, walks, markers, strict=True):
        at_home = {tree.ids[unit] for unit, _, _ in walk if unit not in marked}
        onward: dict[str, tuple[int, ...]] = {}
        back: dict[str, int] = {}
        for unit, above, _ in walk:
            pages = tuple(further.get(unit, ()))
            if above >= 0 and unit in marked:
                onward[tree.ids[unit]] = (home[unit], *pages)
            elif unit == plan.repeated:
                back[tree.ids[unit]] = home[unit]
            else:
                if pages:
                    onward[tree.ids[unit]] = pages
                if above < 0 and unit in seen_at:
                    back[tree.ids[unit]] = seen_at[unit]
        shown = Hierarchy(
            (units[root] for root in plan.roots),
            ((units[unit], tree.ids[above] if above >= 0 else None, depth) for unit, above, depth in walk),
            (tie for tie in hierarchy.relations if tie.source in at_home and tie.target in at_home),
        )
        yield Part(shown, onward, back, frozenset(tree.ids[unit] for unit in marked), page, widths)
