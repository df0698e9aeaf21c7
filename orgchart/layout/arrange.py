"""A measured tree and the pages allowed, in; the arrangement, box widths and page that suit it best, out.

What is weighed, in this order: the smallest printed text up to a comfortable 9 pt; rows above columns; the share of the
page's scale; few lines of text; how well the page is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orgchart.layout.measure import Measures, Tree
from orgchart.layout.page import Frame
from orgchart.layout.place import Arrangement, Extents, extents
from orgchart.styles import SpacingStyle

COMFORTABLE_PT = 9.0
_FINE_SHARES = tuple(step / 12 for step in range(13))
_COARSE_SHARES = (0.0, 0.5, 1.0)
_COARSE_FROM_UNITS = 2000
_GAP_FACTORS = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to draw a tree on one page. ``row_depths``: units less deep than this have their children in a row, all
    others in a column."""

    frame: Frame
    row_depths: int
    widths: Mapping[str, float]
    heights: tuple[float, ...]
    arrangements: tuple[Arrangement, ...]
    size: tuple[float, float]
    scale: float


def choose(measures: Measures, frames: Sequence[Frame], spacing: SpacingStyle) -> Choice:
    """The best of every conventional arrangement, at several box widths, on every page allowed."""
    tree = measures.tree
    smallest = measures.smallest_text()
    best: Choice | None = None
    best_score: tuple[float, ...] = ()
    for row_depths in _row_depths(tree):
        arrangements = arranged(tree, row_depths)
        for widths in _width_choices(measures, row_depths, spacing):
            heights, lines = measures.heights(widths)
            level_rows(tree, heights, row_depths)
            per_unit = [widths[level] for level in tree.levels]
            size = extents(tree, per_unit, heights, arrangements, spacing).whole
            for frame in frames:
                scale = scale_into(frame, size)
                legible = round(min(scale * smallest, COMFORTABLE_PT), 1)
                filled = size[0] * size[1] * scale * scale / (frame.area[2] * frame.area[3])
                score = (legible, row_depths, round(scale, 2), -lines, round(filled, 3), -sum(widths.values()))
                if best is None or score > best_score:
                    best_score = score
                    best = Choice(frame, row_depths, widths, tuple(heights), tuple(arrangements), size, scale)
    assert best is not None  # there is always a frame, and the loops above run at least once
    return best


def airier(
    tree: Tree, widths: Sequence[float], choice: Choice, spacing: SpacingStyle, folded: Extents
) -> tuple[SpacingStyle, Extents]:
    """The widest vertical gaps, up to 1.6 times the style's, for which the page's height still suffices."""
    for factor in _GAP_FACTORS:
        wider = replace(
            spacing,
            level_gap_pt=spacing.level_gap_pt * factor,
            column_gap_pt=spacing.column_gap_pt * factor,
        )
        spread = extents(tree, widths, choice.heights, choice.arrangements, wider)
        if spread.whole[1] * choice.scale <= choice.frame.area[3]:
            return wider, spread
    return spacing, folded


def scale_into(frame: Frame, size: tuple[float, float]) -> float:
    """What a chart of the size in pt is multiplied by on the page: never enlarged."""
    return min(1.0, frame.area[2] / size[0], frame.area[3] / size[1])


def arranged(tree: Tree, row_depths: int) -> list[Arrangement]:
    """Rows above, columns below."""
    return ["row" if depth < row_depths else "column" for depth in tree.depths]


def level_rows(tree: Tree, heights: list[float], row_depths: int) -> None:
    """Give the boxes of one depth that stand in rows the height of the tallest, so that rows are even throughout."""
    tallest: dict[int, float] = {}
    for depth, height in zip(tree.depths, heights, strict=True):
        if depth <= row_depths:
            tallest[depth] = max(height, tallest.get(depth, 0.0))
    for number, depth in enumerate(tree.depths):
        if depth <= row_depths:
            heights[number] = tallest[depth]


def _row_depths(tree: Tree) -> list[int]:
    """From all columns to all rows; of a very deep tree, rows in the first dozen levels, or all rows."""
    deepest = max(tree.depths)
    return sorted({*range(min(deepest, 12)), deepest})


def _width_choices(measures: Measures, row_depths: int, spacing: SpacingStyle) -> Iterator[Mapping[str, float]]:
    coarse = len(measures.tree) >= _COARSE_FROM_UNITS
    hosts = _column_hosts(measures.tree, row_depths)
    mixed = _row_mates(measures.tree, row_depths)
    alone = {level: measures.snug_width(level) for level in _without_siblings(measures.tree)}
    seen: set[tuple[float, ...]] = set()
    for share in _COARSE_SHARES if coarse else _FINE_SHARES:
        widths = {level: measures.width(level, share) for level in measures.levels} | alone
        for mates in mixed:
            shared = max(widths[level] for level in mates)
            widths.update((level, measures.clamped(level, shared)) for level in mates)
        for level, host in hosts.items():
            widths[level] = measures.clamped(level, widths[host] - spacing.indent_pt)
        key = tuple(widths.values())
        if key not in seen:
            seen.add(key)
            yield widths


def _without_siblings(tree: Tree) -> set[str]:
    """The levels of which no unit has a sibling: nothing stands beside their boxes, which may be as wide as suits."""
    families = [tree.roots, *tree.children]
    return set(tree.levels) - {tree.levels[number] for family in families if len(family) > 1 for number in family}


def _row_mates(tree: Tree, row_depths: int) -> list[set[str]]:
    """Sets of levels that stand side by side in some row, directly or through a third: their boxes share a width."""
    sets: list[set[str]] = []
    for depth in range(1, row_depths + 1):
        below = (tree.children[number] for number, above in enumerate(tree.depths) if above == depth - 1)
        for levels in {frozenset(tree.levels[child] for child in children) for children in below}:
            joined = set(levels).union(*(found for found in sets if found & levels))
            sets = [found for found in sets if not found & levels] + [joined]
    return [mates for mates in sets if len(mates) > 1]


def _column_hosts(tree: Tree, row_depths: int) -> dict[str, str]:
    """For each level that hangs in columns only, and only under units of one other level: that level. Its boxes then
    end flush with the right edge of the boxes they hang under."""
    parents: dict[str, set[str]] = {}
    for number, above in enumerate(tree.parents):
        in_column = above >= 0 and tree.depths[above] >= row_depths
        parents.setdefault(tree.levels[number], set()).add(tree.levels[above] if in_column else "")
    return {
        level: next(iter(above))
        for level, above in parents.items()
        if len(above) == 1 and above != {""} and above != {level}
    }
