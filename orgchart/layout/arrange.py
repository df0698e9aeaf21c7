"""A measured tree and the pages allowed, in; the arrangement, box widths and page that suit it best, out.

What is weighed, in this order: the smallest printed text up to a comfortable 9 pt; how conventional the chart is; the
share of the page's scale; few lines of text; how well the page is filled. docs/layout.md says it with pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from orgchart.layout.frontier import Allowed, Frontiers, Size, frontiers
from orgchart.layout.measure import Measures, Tree
from orgchart.layout.page import Frame
from orgchart.layout.place import Extents, extents
from orgchart.layout.shapes import COLUMN, KINDS, ROW, Arrangement, Kind
from orgchart.layout.widths import width_choices
from orgchart.styles import SpacingStyle

COMFORTABLE_PT = 9.0
# Text smaller by less than this share looks the same to a reader, who then sees the more conventional chart.
INDISTINCT = 0.03
_GAP_FACTORS = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1)
# By size of the tree: the shares of the way from narrowest to widest box that are tried, how many sizes a frontier
# keeps, and how many ways of arranging whole depths are tried with the best shares.
_EFFORTS: tuple[tuple[float, tuple[float, ...], int, int], ...] = (
    (400, (0.0, 0.15, 0.3, 0.5, 0.75, 1.0), 48, 120),
    (2_000, (0.0, 0.25, 0.6), 24, 24),
    (12_000, (0.0, 0.4), 10, 0),
    (float("inf"), (0.0,), 6, 0),
)

_BELOW_ROWS: tuple[Kind, ...] = ("column", "columns", "both")

Forced = Mapping[int, Kind]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way that was weighed: its name, the page it suits best, the size it takes in pt at the style's own size, the
    scale, and the smallest text as it would print, in pt."""

    name: str
    page: str
    size: tuple[float, float]
    scale: float
    smallest_text: float


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
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A choice with what it is judged by: ``rank`` is larger the more conventional it is."""

    choice: Choice
    legible: float
    rank: tuple[float, ...]


def choose(measures: Measures, frames: Sequence[Frame], spacing: SpacingStyle, forced: Forced) -> Choice:
    """The best of every way to draw the tree: rows above columns; if its text is under the comfortable size, also every
    depth arranged in one of the four ways, and the least that any mixture of them can take.

    forced: the kinds that some units must have.
    """
    smallest = measures.smallest_text()
    weighed = list(_conventional(measures, frames, spacing, forced, smallest))
    if max(found.legible for found in weighed) < COMFORTABLE_PT:
        weighed += _searched(measures, frames, spacing, forced, smallest)
    most_legible = max(found.legible for found in weighed)
    eligible = [found for found in weighed if found.legible >= most_legible * (1 - INDISTINCT)]
    best = max(eligible, key=lambda found: found.rank)
    return replace(best.choice, candidates=_reported(weighed, smallest))


def printed_text(measures: Measures, frames: Sequence[Frame], spacing: SpacingStyle, forced: Forced) -> float:
    """The smallest text in pt that the tree has on the page that suits it best, at the least; a quick look."""
    tree = measures.tree
    best = 0.0
    for widths in width_choices(measures, max(tree.depths), (0.0, 0.4), spacing):
        heights = measures.heights(widths)[0]
        per_unit = [widths[level] for level in tree.levels]
        found = frontiers(
            tree, per_unit, heights, spacing, _allowed(forced, [KINDS] * len(tree), tree), tolerance=0.02, most=12
        )
        scale = max(scale_into(frame, (size.width, size.height)) for frame in frames for size in found.whole)
        best = max(best, scale * measures.smallest_text())
    return best


def scale_into(frame: Frame, size: tuple[float, float]) -> float:
    """What a chart of the size in pt is multiplied by on the page: never enlarged."""
    return min(1.0, frame.area[2] / size[0], frame.area[3] / size[1])


def airier(
    tree: Tree, widths: Sequence[float], choice: Choice, spacing: SpacingStyle, folded: Extents
) -> tuple[SpacingStyle, Extents]:
    """The widest vertical gaps, up to 1.6 times the style's, for which the page's height still suffices."""
    for factor in _GAP_FACTORS:
        wider = replace(
            spacing, level_gap_pt=spacing.level_gap_pt * factor, column_gap_pt=spacing.column_gap_pt * factor
        )
        spread = extents(tree, widths, choice.heights, choice.arrangements, choice.roots, wider)
        if (
            spread.whole[0] * choice.scale <= choice.frame.area[2] + 1e-6
            and spread.whole[1] * choice.scale <= choice.frame.area[3]
        ):
            return wider, spread
    return spacing, folded


def _conventional(
    measures: Measures, frames: Sequence[Frame], spacing: SpacingStyle, forced: Forced, smallest: float
) -> Iterator[_Weighed]:
    """Rows in the upper depths and columns below them, at several box widths, on every page."""
    tree = measures.tree
    deepest = max(tree.depths)
    # Of a very deep tree: rows in the first dozen depths, or in all.
    for row_depths in sorted({*range(min(deepest, 12)), deepest}):
        arrangements = [
            Arrangement(forced[number], 8 if forced[number] == "columns" else 2)
            if number in forced
            else (ROW if depth < row_depths else COLUMN)
            for number, depth in enumerate(tree.depths)
        ]
        shares = (0.0, 0.5, 1.0) if len(tree) >= 2000 else tuple(step / 12 for step in range(13))
        for widths in width_choices(measures, row_depths, shares, spacing):
            heights, lines = measures.heights(widths)
            _level_rows(tree, heights, row_depths)
            per_unit = [widths[level] for level in tree.levels]
            size = extents(tree, per_unit, heights, arrangements, ROW, spacing).whole
            for frame in frames:
                scale = scale_into(frame, size)
                choice = Choice(
                    frame, f"rows to depth {row_depths}, columns below", widths, tuple(heights), tuple(arrangements),
                    ROW, size, scale, (),
                )  # fmt: skip
                rank = (2, row_depths, round(scale, 2), -lines, _filled(frame, size, scale), -sum(widths.values()))
                yield _Weighed(choice, _legible(scale, smallest), rank)


def _searched(
    measures: Measures, frames: Sequence[Frame], spacing: SpacingStyle, forced: Forced, smallest: float
) -> list[_Weighed]:
    """The least of any mixture of arrangements at each box width; and at the best widths, the least with every depth
    arranged in one way."""
    tree = measures.tree
    shares, most, combinations = next(effort[1:] for effort in _EFFORTS if len(tree) <= effort[0])
    mixed: list[tuple[_Weighed, Mapping[str, float], list[float]]] = []
    for widths in width_choices(measures, max(tree.depths), shares, spacing):
        heights = measures.heights(widths)[0]
        weighed = _least(
            measures, widths, heights, frames, spacing, forced, None, smallest, "any mixture", (0,), most
        )  # fmt: skip
        mixed.append((weighed, widths, heights))
    mixed.sort(key=lambda found: -found[0].legible)
    found = [weighed for weighed, _, _ in mixed]
    for _, widths, heights in mixed[:2]:
        for kinds in list(_kinds_by_depth(tree))[:combinations]:
            rows = sum(kind == "row" for kind in kinds)
            rank = (1, rows, -kinds.count("both"), -len(set(kinds)), -kinds.count("columns"))
            name = "by depth: " + ", ".join(kinds)
            found.append(
                _least(measures, widths, heights, frames, spacing, forced, kinds, smallest, name, rank, min(most, 24))
            )
    return found


def _least(
    measures: Measures,
    widths: Mapping[str, float],
    heights: list[float],
    frames: Sequence[Frame],
    spacing: SpacingStyle,
    forced: Forced,
    kinds: Sequence[Kind] | None,
    smallest: float,
    name: str,
    rank: tuple[float, ...],
    most: int,
) -> _Weighed:
    """The size of the frontier that is drawn largest on any of the pages; ``kinds`` by depth, or any where None."""
    tree = measures.tree
    by_depth: list[Sequence[Kind]] = [KINDS] * (max(tree.depths) + 1)
    if kinds is not None:
        by_depth[: len(kinds)] = [(kind,) if kind != "columns" else ("columns", "column") for kind in kinds]
    per_unit = [widths[level] for level in tree.levels]
    found: Frontiers = frontiers(
        tree, per_unit, heights, spacing, _allowed(forced, by_depth, tree), tolerance=0.005, most=most
    )
    frame, size = _largest(found, frames)
    scale = scale_into(frame, (size.width, size.height))
    arrangements, roots = found.arrangements(size)
    choice = Choice(
        frame, name, widths, tuple(heights), tuple(arrangements), roots, (size.width, size.height), scale, ()
    )  # fmt: skip
    legible = _legible(scale, smallest)
    return _Weighed(choice, legible, (*rank, round(scale, 2), _filled(frame, choice.size, scale)))


def _largest(found: Frontiers, frames: Sequence[Frame]) -> tuple[Frame, Size]:
    options = [(frame, size) for frame in frames for size in found.whole]
    return max(
        options,
        key=lambda option: (
            round(scale_into(option[0], (option[1].width, option[1].height)), 4),
            -option[1].width * option[1].height,
        ),
    )


def _kinds_by_depth(tree: Tree) -> list[tuple[Kind, ...]]:
    """Every way to give each depth one kind: rows only above the rest; the ways with few kinds first."""
    parents = max((depth for depth, below in zip(tree.depths, tree.children, strict=True) if below), default=-1) + 1
    ways: list[tuple[Kind, ...]] = []
    for rows in range(min(parents, 6), -1, -1):
        free = parents - rows
        tails = list(product(_BELOW_ROWS, repeat=free)) if free <= 4 else [(kind,) * free for kind in _BELOW_ROWS]
        row: Kind = "row"
        ways += [(*(row,) * rows, *tail) for tail in tails]
    return sorted(ways, key=lambda kinds: len(set(kinds)))


def _allowed(forced: Forced, by_depth: Sequence[Sequence[Kind]], tree: Tree) -> Allowed:
    depths = tree.depths
    return lambda number: (forced[number],) if number in forced else by_depth[depths[number]]


def _legible(scale: float, smallest: float) -> float:
    return min(scale * smallest, COMFORTABLE_PT)


def _filled(frame: Frame, size: tuple[float, float], scale: float) -> float:
    return round(size[0] * size[1] * scale * scale / (frame.area[2] * frame.area[3]), 3)


def _reported(weighed: Sequence[_Weighed], smallest: float) -> tuple[Candidate, ...]:
    """Of every name the widths and page that print largest, the largest first."""
    best: dict[str, Choice] = {}
    for found in weighed:
        known = best.get(found.choice.name)
        if known is None or found.choice.scale > known.scale:
            best[found.choice.name] = found.choice
    ranked = sorted(best.values(), key=lambda choice: (-choice.scale, choice.name))
    return tuple(
        Candidate(choice.name, choice.frame.page.name, choice.size, choice.scale, round(choice.scale * smallest, 2))
        for choice in ranked
    )


def _level_rows(tree: Tree, heights: list[float], row_depths: int) -> None:
    """Give the boxes of one depth that stand in rows the height of the tallest, so that rows are even throughout."""
    tallest: dict[int, float] = {}
    for depth, height in zip(tree.depths, heights, strict=True):
        if depth <= row_depths:
            tallest[depth] = max(height, tallest.get(depth, 0.0))
    for number, depth in enumerate(tree.depths):
        if depth <= row_depths:
            heights[number] = tallest[depth]
