"""A tree, in; the ways to arrange all units of a level alike, the most conventional first, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orgchart.layout.measure import Tree
from orgchart.layout.shapes import Kind

Kinds = tuple[Kind, ...]
# Of a level: the kinds of which its units take the one that suits them best; how many steps that is away from what a
# person would draw first, rows above columns; and how it is said.
_KINDS: Mapping[Kinds, tuple[int, str]] = {
    ("row",): (0, "in a row"),
    ("column",): (0, "in a column"),
    ("stacks",): (1, "in stacks"),
    ("columns",): (2, "in columns"),
    ("both",): (2, "on two sides"),
    ("column", "columns"): (4, "in one or more columns"),
    ("column", "both"): (4, "in a column or on two sides"),
}
_COLUMN: Kinds = ("column",)
_HUNG_KINDS: tuple[Kinds, ...] = (("columns",), ("column", "columns"))
_HUNG_STEPS = 1  # more, where rails branch off rails
# A chart whose top is no row reads as a list.
_NO_ROW_AT_TOP_STEPS = 4
_NO_ROW_OF_LEAVES_STEPS = 1
MIXTURE_STEPS = 12
_MOST_LEVELS = 8
_LEAST_FOR_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Way:
    """The kinds for the children of the units of a level: ``free`` where the unit is a root or stands in a row,
    ``hung`` where it hangs on a rail; a level without any hangs its children in a column. ``steps``: how far from
    conventional it is."""

    free: Mapping[str, Kinds]
    hung: Mapping[str, Kinds]
    steps: int

    @property
    def name(self) -> str:
        """Such as ``ministry in a row, sector in columns``."""
        said = [f"{level} {_KINDS[kinds][1]}" for level, kinds in self.free.items()]
        said += [f"{level} {_KINDS[kinds][1]} on its rail" for level, kinds in self.hung.items()]
        return ", ".join(said)

    def kinds(self, level: str) -> tuple[Kinds, Kinds]:
        """Where a unit of the level stands free, and where it hangs."""
        return self.free.get(level, _COLUMN), self.hung.get(level, _COLUMN)


def top_steps(tree: Tree) -> int:
    """What it costs that the children of the roots stand in no row."""
    return _NO_ROW_AT_TOP_STEPS if max(tree.depths) > 1 else _NO_ROW_OF_LEAVES_STEPS


def ways_by_level(tree: Tree, most: int) -> list[Way]:
    """At most so many ways, by their steps."""
    levels = _levels(tree)
    if not most or len(levels) > _MOST_LEVELS:
        return []
    tops = [level for level in levels if level in {tree.levels[root] for root in tree.roots}]
    found = [way for free in _free_kinds(levels, tops, {}) for way in _with_hung(levels, free, top_steps(tree), tops)]
    return sorted(found, key=lambda way: way.steps)[:most]


@dataclass(frozen=True, slots=True)
class _Level:
    """Of the units of a level that have units below them: the kinds worth trying, the levels of those below that have
    units too, ``in_line`` without staff units, which stand in no row, and whether any has enough for columns."""

    kinds: tuple[Kinds, ...]
    below: tuple[str, ...]
    in_line: tuple[str, ...]
    wide: bool


def _levels(tree: Tree) -> dict[str, _Level]:
    """By level, in reading order."""
    parents: dict[str, list[int]] = {}
    for number, level in enumerate(tree.levels):
        if tree.children[number]:
            parents.setdefault(level, []).append(number)
    levels = {}
    for level, numbers in parents.items():
        most = max(len(tree.children[number]) for number in numbers)
        barred: set[Kind] = set()
        if not any(_neighbouring_leaves(tree, tree.line_children[number]) for number in numbers):
            barred.add("stacks")
        if most < 2:
            barred.add("both")
        if most < _LEAST_FOR_COLUMNS:
            barred.add("columns")
        below, in_line = (
            {tree.levels[child] for number in numbers for child in children[number] if tree.children[child]}
            for children in (tree.children, tree.line_children)
        )
        levels[level] = _Level(
            tuple(kinds for kinds in _KINDS if not barred.intersection(kinds)),
            tuple(name for name in parents if name in below),
            tuple(name for name in parents if name in in_line),
            "columns" not in barred,
        )
    return levels


def _neighbouring_leaves(tree: Tree, children: Sequence[int]) -> bool:
    """Whether two neighbours have no units of their own, beside a sibling that has."""
    leaves = [not tree.children[child] for child in children]
    return not all(leaves) and any(one and other for one, other in pairwise(leaves))


def _free_kinds(
    levels: Mapping[str, _Level], waiting: list[str], chosen: dict[str, Kinds]
) -> Iterator[dict[str, Kinds]]:
    """Every choice for the levels of which units stand free under the choices made for those above."""
    waiting = [level for level in waiting if level not in chosen]
    if not waiting:
        yield chosen
        return
    level = waiting[0]
    for kinds in levels[level].kinds:
        below = levels[level].in_line if _is_row(kinds) else ()
        yield from _free_kinds(levels, [*waiting[1:], *below], {**chosen, level: kinds})


def _is_row(kinds: Kinds) -> bool:
    return kinds[0] in ("row", "stacks")


def _with_hung(levels: Mapping[str, _Level], free: Mapping[str, Kinds], top: int, tops: Sequence[str]) -> Iterator[Way]:
    steps = sum(_KINDS[kinds][0] for kinds in free.values())
    steps += max((top for level in tops if not _is_row(free[level])), default=0)
    yield Way(free, {}, steps)
    hung: set[str] = set()
    on_rails = [level for level, kinds in free.items() if not _is_row(kinds) and kinds != ("both",)]
    reached = [below for level in on_rails for below in levels[level].below]
    while reached:
        level = reached.pop()
        if level not in hung:
            hung.add(level)
            reached += levels[level].below
    for level in levels:
        if level in hung and levels[level].wide:
            for kinds in _HUNG_KINDS:
                yield Way(free, {level: kinds}, steps + _KINDS[kinds][0] + _HUNG_STEPS)
