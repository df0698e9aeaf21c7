"""Measured levels, in; the box widths worth trying, one for each level, out; in pt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, compress

from orgchart.layout.measure import Measures, Tree
from orgchart.styles import SpacingStyle


class Widths:
    """The box widths worth trying for one tree; what hangs on the tree alone is worked out once."""

    def __init__(self, measures: Measures, spacing: SpacingStyle) -> None:
        tree = measures.tree
        self._measures, self._spacing = measures, spacing
        self._mixed = sibling_levels(tree)
        self._mates = {level: mates for mates in self._mixed for level in mates}
        self._alone = {level: measures.snug_width(level) for level in _without_siblings(tree)}
        # Of each unit its level and that of the unit above it.
        self._steps = [(level, tree.levels[above]) for level, above in zip(tree.levels, tree.parents, strict=True)]
        self._levels = tuple(dict.fromkeys(tree.levels))

    def choices(self, stands: Sequence[bool], shares: Sequence[float]) -> Iterator[Mapping[str, float]]:
        """A width for each level at each share of the way from its narrowest to its widest.

        stands: whether each unit stands in a row or alone, and does not hang on a rail. Levels that are siblings share
        a width; one that hangs in columns ends flush with the boxes above it; a level without siblings is as wide as
        its names like.
        """
        measures, hosts = self._measures, self._column_hosts(stands)
        seen: set[tuple[float, ...]] = set()
        for share in shares:
            widths = {level: measures.width(level, share) for level in measures.levels} | self._alone
            for mates in self._mixed:
                shared = max(widths[level] for level in mates)
                widths.update((level, measures.clamped(level, shared)) for level in mates)
            for level, host in hosts.items():
                flush = measures.clamped(level, widths[host] - self._spacing.indent_pt)
                widths.update((mate, measures.clamped(mate, flush)) for mate in self._mates.get(level, (level,)))
            key = tuple(widths.values())
            if key not in seen:
                seen.add(key)
                yield widths

    def varied(self, widths: Mapping[str, float], shares: Sequence[float]) -> Iterator[list[dict[str, float]]]:
        """For each level, or levels that are siblings: the widths with theirs at each share, all others as they are."""
        measures = self._measures
        done: set[str] = set()
        for level in measures.levels:
            group = self._mates.get(level, {level})
            if level in done:
                continue
            done |= group
            tried = []
            for share in shares:
                shared = max(measures.width(one, share) for one in group)
                tried.append({**widths, **{one: measures.clamped(one, shared) for one in sorted(group)}})
            yield tried

    def _column_hosts(self, stands: Sequence[bool]) -> dict[str, str]:
        """For each level that hangs in columns only, and only under units of one other level: that level."""
        standing = {level for level, _ in set(compress(self._steps, stands))}
        hung: dict[str, set[str]] = {}
        for level, above in set(compress(self._steps, [not stand for stand in stands])):
            hung.setdefault(level, set()).add(above)
        return {
            level: next(iter(hung[level]))
            for level in self._levels
            if level not in standing and len(hung[level]) == 1 and hung[level] != {level}
        }


def _without_siblings(tree: Tree) -> set[str]:
    """The levels of which no unit has a sibling."""
    families = [tree.roots, *tree.children]
    return set(tree.levels) - {tree.levels[number] for family in families if len(family) > 1 for number in family}


def sibling_levels(tree: Tree) -> list[set[str]]:
    """Sets of levels of which units are mostly siblings, directly or through a third: both are below the same unit at
    least half as often as the more frequent of the two is below any."""
    families = Counter(frozenset(tree.levels[child] for child in below) for below in tree.line_children if below)
    alone: Counter[str] = Counter()
    paired: Counter[tuple[str, str]] = Counter()
    for levels, times in families.items():
        for level in levels:
            alone[level] += times
        for pair in combinations(sorted(levels), 2):
            paired[pair] += times
    sets: list[set[str]] = []
    for (one, other), times in sorted(paired.items()):
        if 2 * times >= max(alone[one], alone[other]):
            joined = {one, other}.union(*(found for found in sets if found & {one, other}))
            sets = [found for found in sets if not found & joined] + [joined]
    return sets
