"""A measured tree and the pages allowed, in; the arrangement, box widths and page that suit it best, out.

Weighed are the size of the smallest printed text, up to a comfortable 9 pt, and how conventional the chart is; then
the share of the page's scale, few lines of text, and how well the page is filled. docs/layout.md says it with pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, compress

from orgchart.layout.fold import extents, row_groups, size_in_rows
from orgchart.layout.frontier import ANY, Allowed, Fold, Kinds, Known
from orgchart.layout.measure import Measures, Tree
from orgchart.layout.page import Frame
from orgchart.layout.shapes import COLUMN, ROW, Arrangement, Kind
from orgchart.layout.sizes import Size
from orgchart.layout.ways import MIXTURE_STEPS, Way, top_steps, ways_by_level
from orgchart.layout.widths import Widths
from orgchart.styles import SpacingStyle

COMFORTABLE_PT = 9.0
LEGIBLE_PT = 7.0
# One step less conventional is worth so much of the text's size.
STEP_WORTH = 0.02
# Text smaller by less than this share looks the same to a reader, who then sees the more conventional chart.
INDISTINCT = 0.03
# Rows that print so many times smaller than others will not be the better ones at the next depth.
_HOPELESS = 4.0
_AIR = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1)


@dataclass(frozen=True, slots=True)
class _Effort:
    """How hard a tree is searched: the shares of the way from narrowest to widest box that are tried for any mixture,
    how many sizes a frontier keeps, how many ways by level are tried, and with which shares; of how many of the best
    ways one level's width after another is varied, and with which shares."""

    shares: tuple[float, ...]
    most: int
    ways: int
    way_shares: tuple[float, ...]
    varied: int
    varied_shares: tuple[float, ...]


_EFFORTS: tuple[tuple[float, _Effort], ...] = (
    (
        400,
        _Effort((0.0, 0.15, 0.3, 0.5, 0.75, 1.0), 48, 250, (0.0, 0.3, 0.75), 3, (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)),
    ),
    (1_000, _Effort((0.0, 0.25, 0.6), 24, 60, (0.0, 0.4), 1, (0.0, 0.2, 0.5))),
    (2_000, _Effort((0.0, 0.25, 0.6), 24, 24, (0.0, 0.4), 0, ())),
    (12_000, _Effort((0.0, 0.4), 10, 0, (), 0, ())),
    (float("inf"), _Effort((0.0,), 6, 0, (), 0, ())),
)
_MIXTURE_TOLERANCE = 0.005

_ROW_KINDS: Kinds = (("row",), ("column",))
_COLUMN_KINDS: Kinds = (("column",), ("column",))

Forced = Mapping[int, Kind]
_Arranged = Callable[[], tuple[Sequence[Arrangement], Arrangement]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way that was weighed: its name, the page it suits best, the size it takes in pt at the style's own size, the
    scale, the smallest text as it would print, in pt, and how many steps from conventional it is."""

    name: str
    page: str
    size: tuple[float, float]
    scale: float
    smallest_text: float
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to draw a tree on one page, ready to be placed."""

    frame: Frame
    name: str
    widths: Mapping[str, float]
    heights: tuple[float, ...]
    arrangements: tuple[Arrangement, ...]
    roots: Arrangement
    size: tuple[float, float]
    scale: float
    steps: int
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A choice with its worth, by which it is eligible, and its ``rank`` among the eligible, larger the better.
    arranged: every unit's arrangement and that of the roots, which only the best is asked for."""

    choice: Choice
    worth: float
    rank: tuple[float, ...]
    arranged: _Arranged


def choose(
    measures: Measures,
    frames: Sequence[Frame],
    spacing: SpacingStyle,
    forced: Forced,
    least_pt: float = LEGIBLE_PT,
    known: Mapping[str, float] | None = None,
) -> Choice:
    """The best of every way to draw the tree: rows above columns; if its text is under the comfortable size, also every
    level arranged in its own way, and any mixture.

    forced: the kinds that some units must have. least_pt: the size of text that counts as legible; whatever keeps to it
    goes before whatever does not. known: by level, box widths of which it is known that the tree fits with them.
    """
    search = _Search(measures, frames, spacing, forced, least_pt)
    weighed = list(search.conventional())
    if max(found.worth for found in weighed) < COMFORTABLE_PT:
        weighed += search.mixtures(known)
        weighed += search.by_level(weighed)
        weighed += search.varied(weighed)
    best = search.best(weighed)
    arrangements, roots = best.arranged()
    return replace(best.choice, arrangements=tuple(arrangements), roots=roots, candidates=search.reported(weighed))


def scale_into(frame: Frame, size: tuple[float, float]) -> float:
    """What a chart of the size in pt is multiplied by on the page: never enlarged."""
    return min(1.0, frame.area[2] / size[0], frame.area[3] / size[1])


def airier(tree: Tree, widths: Sequence[float], choice: Choice, spacing: SpacingStyle) -> SpacingStyle:
    """The widest vertical gaps, up to 1.6 times the style's, for which the page's height still suffices."""

    def spread(factor: float) -> tuple[SpacingStyle, float, float]:
        wider = replace(
            spacing, level_gap_pt=spacing.level_gap_pt * factor, column_gap_pt=spacing.column_gap_pt * factor
        )
        width, height = extents(tree, widths, choice.heights, choice.arrangements, choice.roots, wider).whole
        return wider, width * choice.scale, height * choice.scale

    across, down = choice.frame.area[2:]
    # No chart is lower for wider gaps: where the least are too much, as on most full pages, so are all.
    least = spread(_AIR[-1])
    if least[2] > down:
        return spacing
    for wider, width, height in chain(map(spread, _AIR[:-1]), [least]):
        if width <= across + 1e-6 and height <= down:
            return wider
    return spacing


class _Search:
    """What is tried for one tree on some pages."""

    def __init__(
        self, measures: Measures, frames: Sequence[Frame], spacing: SpacingStyle, forced: Forced, least_pt: float
    ) -> None:
        self._measures, self._frames, self._spacing, self._forced = measures, frames, spacing, forced
        self._tree = measures.tree
        self._smallest = measures.smallest_text()
        self._least_pt = least_pt
        self._effort = next(effort for most, effort in _EFFORTS if len(self._tree) <= most)
        self._ways: dict[str, Way] = {}
        self._known = Known()
        self._widths = Widths(measures, spacing)

    def best(self, weighed: Sequence[_Weighed]) -> _Weighed:
        """Of what is worth as much as the best, or as good as that, the most conventional."""
        legible = self._legible(weighed)
        most = max(found.worth for found in legible)
        return max((found for found in legible if found.worth >= most * (1 - INDISTINCT)), key=lambda found: found.rank)

    def conventional(self) -> Iterator[_Weighed]:
        """Rows in the upper depths and columns below them, at several box widths, on every page."""
        tree, beside = self._tree, _beside_trunks(self._tree)
        deepest, most = max(tree.depths), 0.0
        # Of a very deep tree: rows in the first dozen depths, or in all.
        for row_depths in sorted({*range(min(deepest, 12)), deepest}):
            name = f"rows to depth {row_depths}, columns below"
            steps = top_steps(tree) if row_depths == 0 and deepest else 0
            in_rows = [depth < row_depths and not aside for depth, aside in zip(tree.depths, beside, strict=True)]
            stands = [depth <= row_depths and not aside for depth, aside in zip(tree.depths, beside, strict=True)]
            arranged = partial(_in_rows, in_rows)
            shares = (0.0, 0.5, 1.0) if len(tree) >= 2000 else tuple(step / 12 for step in range(13))
            for widths in self._widths.choices(stands, shares):
                heights, lines = self._measures.heights(widths)
                _level_rows(tree, heights, stands)
                if self._forced:
                    allowed = self._allowed([_ROW_KINDS if in_row else _COLUMN_KINDS for in_row in in_rows].__getitem__)
                    yield self._weighed(*self._least(name, steps, widths, heights, allowed), row_depths, -lines)
                    continue
                per_unit = [widths[level] for level in tree.levels]
                size = size_in_rows(tree, per_unit, heights, in_rows, self._spacing)
                of_frames = [
                    self._weighed(
                        Choice(frame, name, widths, tuple(heights), (), ROW, size, scale_into(frame, size), steps),
                        arranged, row_depths, -lines,
                    )
                    for frame in self._frames
                ]  # fmt: skip
                yield from of_frames
                # Wider boxes make no chart narrower, and rows one depth further hardly one.
                best = max(found.worth for found in of_frames)
                most = max(most, best)
                if all(self._too_wide(found.choice) for found in of_frames):
                    if best * _HOPELESS < most:
                        return
                    if best < most * (1 - INDISTINCT):
                        break

    def mixtures(self, known: Mapping[str, float] | None) -> Iterator[_Weighed]:
        """The least that any mixture of arrangements takes, at each box width."""
        allowed = self._allowed(lambda number: ANY)
        tried = self._widths.choices([True] * len(self._tree), self._effort.shares)
        for widths in tried if known is None else (*tried, known):
            heights = self._measures.heights(widths)[0]
            yield self._weighed(*self._least("any mixture", MIXTURE_STEPS, widths, heights, allowed))

    def by_level(self, weighed: Sequence[_Weighed]) -> Iterator[_Weighed]:
        """Every level arranged in one way, as long as that may be worth as much as the best before."""
        bound = min(COMFORTABLE_PT, max(self._text(found.choice) for found in weighed))
        worth = max(found.worth for found in self._legible(weighed))
        for way in ways_by_level(self._tree, self._effort.ways):
            if bound * (1 - STEP_WORTH) ** way.steps < worth * (1 - INDISTINCT):
                return
            self._ways[way.name] = way
            stands = self._stands(way)
            for widths in self._widths.choices(stands, self._effort.way_shares):
                found = self._of_way(way, stands, widths)
                if self._text(found.choice) >= min(bound, self._least_pt):
                    worth = max(worth, found.worth)
                yield found

    def varied(self, weighed: Sequence[_Weighed]) -> Iterator[_Weighed]:
        """The ways by level that are worth most, with the width of one level after another at other shares, as long as
        that helps."""
        most: dict[str, _Weighed] = {}
        for found in sorted(weighed, key=lambda found: (found.worth, found.rank), reverse=True):
            if found.choice.name in self._ways:
                most.setdefault(found.choice.name, found)
        for found in list(most.values())[: self._effort.varied]:
            yield from self._varied(found)

    def _varied(self, best: _Weighed) -> Iterator[_Weighed]:
        way = self._ways[best.choice.name]
        stands = self._stands(way)
        for _ in range(2):
            before = best
            for tried in self._widths.varied(best.choice.widths, self._effort.varied_shares):
                found = [self._of_way(way, stands, widths) for widths in tried]
                better = max(found, key=lambda one: one.choice.scale)
                if better.choice.scale > best.choice.scale * 1.002:
                    best = better
            if best is before:
                return
            yield best

    def reported(self, weighed: Sequence[_Weighed]) -> tuple[Candidate, ...]:
        """Of every name the widths and page that print largest, the largest first."""
        best: dict[str, Choice] = {}
        for found in weighed:
            known = best.get(found.choice.name)
            if known is None or found.choice.scale > known.scale:
                best[found.choice.name] = found.choice
        ranked = sorted(best.values(), key=lambda choice: (-choice.scale, choice.steps, choice.name))
        return tuple(
            Candidate(
                choice.name, choice.frame.page.name, choice.size, choice.scale, round(self._text(choice), 2),
                choice.steps,
            )
            for choice in ranked
        )  # fmt: skip

    def _of_way(self, way: Way, stands: Sequence[bool], widths: Mapping[str, float]) -> _Weighed:
        heights, lines = self._measures.heights(widths)
        _level_rows(self._tree, heights, stands)
        found = self._least(way.name, way.steps, widths, heights, self._allowed(self._kinds(way)))
        return self._weighed(*found, 0, -lines)

    def _kinds(self, way: Way) -> Callable[[int], Kinds]:
        levels = self._tree.levels
        by_level = {level: way.kinds(level) for level in dict.fromkeys(levels)}
        return lambda number: by_level[levels[number]]

    def _stands(self, way: Way) -> list[bool]:
        """Whether each unit is a root or stands in a row by itself."""
        tree = self._tree
        stands = [False] * len(tree)
        for root in tree.roots:
            stands[root] = True
        for number, level in enumerate(tree.levels):
            kind = self._forced.get(number, way.kinds(level)[0][0])
            if stands[number] and kind in ("row", "stacks"):
                for units in row_groups(tree.children, tree.line_children[number], kind):
                    stands[units[0]] = len(units) == 1
        return stands

    def _allowed(self, kinds: Callable[[int], Kinds]) -> Allowed:
        forced = self._forced
        if not forced:
            return kinds
        return lambda number: ((forced[number],), (forced[number],)) if number in forced else kinds(number)

    def _least(
        self, name: str, steps: int, widths: Mapping[str, float], heights: list[float], allowed: Allowed
    ) -> tuple[Choice, _Arranged]:
        """The size of the frontier that is drawn largest on any of the pages, and how it is arranged."""
        per_unit = [widths[level] for level in self._tree.levels]
        fold = Fold(
            self._tree, per_unit, heights, self._spacing, allowed,
            tolerance=_MIXTURE_TOLERANCE, most=self._effort.most, known=self._known,
        )  # fmt: skip
        fold.fold_all()
        frame, size = _largest(fold.whole(), self._frames)
        whole = (size.width, size.height)
        choice = Choice(frame, name, widths, tuple(heights), (), ROW, whole, scale_into(frame, whole), steps)
        return choice, partial(fold.arrangements, size)

    def _legible(self, weighed: Sequence[_Weighed]) -> Sequence[_Weighed]:
        return [found for found in weighed if self._text(found.choice) >= self._least_pt] or weighed

    def _too_wide(self, choice: Choice) -> bool:
        """Whether it is its width that makes the text too small to read."""
        _, _, width, height = choice.frame.area
        return self._text(choice) < self._least_pt and width * choice.size[1] <= height * choice.size[0]

    def _text(self, choice: Choice) -> float:
        return choice.scale * self._smallest

    def _weighed(self, choice: Choice, arranged: _Arranged, rows: int = 0, lines: int = 0) -> _Weighed:
        worth = min(self._text(choice), COMFORTABLE_PT) * (1 - STEP_WORTH) ** choice.steps
        filled = choice.size[0] * choice.size[1] * choice.scale**2 / (choice.frame.area[2] * choice.frame.area[3])
        narrow = -sum(choice.widths.values())
        rank = (-choice.steps, rows, round(choice.scale, 2), lines, round(filled, 3), narrow)
        return _Weighed(choice, worth, rank, arranged)


def _largest(frontier: Sequence[Size], frames: Sequence[Frame]) -> tuple[Frame, Size]:
    options = [(frame, size) for frame in frames for size in frontier]
    return max(
        options,
        key=lambda option: (
            round(scale_into(option[0], (option[1].width, option[1].height)), 4),
            -option[1].width * option[1].height,
        ),
    )


def _in_rows(in_rows: Sequence[bool]) -> tuple[list[Arrangement], Arrangement]:
    return [ROW if in_row else COLUMN for in_row in in_rows], ROW


def _beside_trunks(tree: Tree) -> list[bool]:
    """Whether each unit is a staff unit, or below one."""
    beside = [False] * len(tree)
    for number, staff in enumerate(tree.staff_children):
        for child in tree.children[number] if beside[number] else staff:
            beside[child] = True
    return beside


def _level_rows(tree: Tree, heights: list[float], stands: Sequence[bool]) -> None:
    """Give the boxes of one depth that stand in rows the height of the tallest, so that rows are even throughout."""
    depths = tree.depths
    standing = list(compress(range(len(tree)), stands))
    tallest: dict[int, float] = {}
    for number in standing:
        depth, height = depths[number], heights[number]
        if height > tallest.get(depth, 0.0):
            tallest[depth] = height
    for number in standing:
        heights[number] = tallest[depths[number]]
