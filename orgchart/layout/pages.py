"""A hierarchy too large for one page and the pages allowed, in; the parts of it that stand on one page each, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orgchart.hierarchy import Hierarchy
from orgchart.layout.page import Frame
from orgchart.layout.shapes import Kind
from orgchart.styles import StyleSheet
from orgchart.text import Font

_MOST_UNITS = 20
_MOST_CHILDREN = 8


@dataclass(frozen=True, slots=True)
class Part:
    """What stands on one page of an atlas.

    hierarchy: the units on this page, a forest; onward: by unit, the numbers (from 1) of the pages on which its branch
    goes on; back: by root of this page, the number of the page from which it is cut; markers: the units that are only
    repeated here. Each unit of the whole is on exactly one page where it is no marker.
    """

    hierarchy: Hierarchy
    onward: Mapping[str, tuple[int, ...]]
    back: Mapping[str, int]
    markers: frozenset[str]


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
    """Cut the hierarchy into an overview, pages of cut branches, and pages on which a unit's children go on.

    frames: the pages allowed, with their furniture; labels: the text of each box, with room for all that may be added;
    page_line: the longest line that may be added where a branch is cut; spread: cut even where one page would do;
    arrange: the kinds of arrangement that some units must have; apart: every cut branch on a page of its own.

    For now by counting units, without a look at their sizes.
    """
    sizes = {unit.id: 1 for unit in hierarchy.units}
    for unit in reversed(hierarchy.units):
        parent = hierarchy.parent(unit.id)
        if parent is not None:
            sizes[parent.id] += sizes[unit.id]
    # A page: the units on top, their children shown there, whether it goes on from another, and where it is cut from.
    pages: list[tuple[list[str], list[str], bool, int]] = []
    waiting = [([root.id for root in hierarchy.roots], 0)]
    cut: dict[str, int] = {}
    while waiting:
        tops, origin = waiting.pop()
        below = [child.id for top in tops for child in hierarchy.children(top)]
        most = max(1, len(below)) if len(tops) > 1 else _MOST_CHILDREN
        chunks = [below[start : start + most] for start in range(0, len(below), most)] or [[]]
        later: list[tuple[list[str], int]] = []
        for number, chunk in enumerate(chunks):
            pages.append((tops, chunk, number > 0, origin if number == 0 else len(pages) + 1 - number))
            whole = not (origin == 0 and spread) and len(tops) + sum(sizes[child] for child in chunk) <= _MOST_UNITS
            for child in chunk:
                if not whole and hierarchy.children(child):
                    cut[child] = len(pages)
                    later.append(([child], len(pages)))
        waiting += reversed(later)
    heads = {tops[0]: number for number, (tops, _, goes_on, _) in enumerate(pages, 1) if not goes_on}
    parts = []
    for number, (tops, chunk, goes_on, origin) in enumerate(pages, 1):
        wanted = {*tops, *chunk}
        inside = [child for child in chunk if cut.get(child) != number]
        while inside:
            inner = inside.pop()
            wanted.add(inner)
            inside += [child.id for child in hierarchy.children(inner)]
        here: dict[str, tuple[int, ...]] = {child: (heads[child],) for child in chunk if cut.get(child) == number}
        if not goes_on:
            further = tuple(
                other for other, page in enumerate(pages, 1) if page[0] == tops and page[2] and page[3] == number
            )
            here |= {tops[0]: further} if further else {}
        back = {tops[0]: origin} if origin else {}
        markers = frozenset([*(child for child in chunk if cut.get(child) == number), *(tops if goes_on else [])])
        parts.append(Part(hierarchy.part(wanted), here, back, markers))
    return tuple(parts)
