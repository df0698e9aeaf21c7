"""Measured levels, in; the box widths worth trying, one for each level, out; in pt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from orgchart.layout.measure import Measures, Tree
from orgchart.styles import SpacingStyle


def width_choices(
    measures: Measures, row_depths: int, shares: Sequence[float], spacing: SpacingStyle
) -> Iterator[Mapping[str, float]]:
    """A width for each level at each share of the way from its narrowest to its widest.

    row_depths: units less deep than this have their children in a row, all others in a column. Levels that stand side
    by side share a width; one that hangs in columns ends flush with the boxes above it; a level of which nothing stands
    beside is as wide as its names like.
    """
    hosts = _column_hosts(measures.tree, row_depths)
    mixed = _row_mates(measures.tree, row_depths)
    alone = {level: measures.snug_width(level) for level in _without_siblings(measures.tree)}
    seen: set[tuple[float, ...]] = set()
    for share in shares:
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
    """The levels of which no unit has a sibling."""
    families = [tree.roots, *tree.children]
    return set(tree.levels) - {tree.levels[number] for family in families if len(family) > 1 for number in family}


def _row_mates(tree: Tree, row_depths: int) -> list[set[str]]:
    """Sets of levels that stand side by side in some row, directly or through a third."""
    sets: list[set[str]] = []
    for depth in range(1, row_depths + 1):
        below = (tree.children[number] for number, above in enumerate(tree.depths) if above == depth - 1)
        for levels in {frozenset(tree.levels[child] for child in children) for children in below}:
            joined = set(levels).union(*(found for found in sets if found & levels))
            sets = [found for found in sets if not found & levels] + [joined]
    return [mates for mates in sets if len(mates) > 1]


def _column_hosts(tree: Tree, row_depths: int) -> dict[str, str]:
    """For each level that hangs in columns only, and only under units of one other level: that level."""
    parents: dict[str, set[str]] = {}
    for number, above in enumerate(tree.parents):
        in_column = above >= 0 and tree.depths[above] >= row_depths
        parents.setdefault(tree.levels[number], set()).add(tree.levels[above] if in_column else "")
    return {
        level: next(iter(above))
        for level, above in parents.items()
        if len(above) == 1 and above != {""} and above != {level}
    }
