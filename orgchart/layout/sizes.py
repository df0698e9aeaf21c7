"""Sizes that subtrees may have, in; those worth having, and how they add up side by side or below each other, out; pt.

Stockmeyer's steps: rows add widths under a limit of height, columns add heights under a limit of width; see
``layout.frontier``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush, heapreplace
from operator import itemgetter
from typing import NamedTuple

from orgchart.layout.shapes import Arrangement

_WIDTH_AND_HEIGHT = itemgetter(0, 1)


class Size(NamedTuple):
    """One way to draw a subtree: its rectangle, the unit's arrangement, and the limit under which each child takes its
    best: of height for a row, of width for all else."""

    width: float
    height: float
    arrangement: Arrangement
    limit: float


Frontier = tuple[Size, ...]  # by width from the narrowest, by height from the tallest


def under_height(frontier: Frontier, limit: float) -> Size:
    """The narrowest that is no higher than the limit."""
    return next(option for option in frontier if option.height <= limit + 1e-6)


def under_width(frontier: Frontier, limit: float) -> Size:
    """The lowest that is no wider than the limit."""
    return next(option for option in reversed(frontier) if option.width <= limit + 1e-6)


def by_height(items: Sequence[Frontier], shifts: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Height limits from the highest of use to the lowest, each with the sum of the least widths under it."""
    at = [0] * len(items)
    highest = [
        (-frontier[0].height - shift, place) for place, (frontier, shift) in enumerate(zip(items, shifts, strict=True))
    ]
    heapify(highest)
    total = sum(frontier[0].width for frontier in items)
    while True:
        limit = -highest[0][0]
        yield limit, total
        while -highest[0][0] >= limit:
            place = highest[0][1]
            frontier = items[place]
            at[place] += 1
            if at[place] == len(frontier):
                return
            total += frontier[at[place]].width - frontier[at[place] - 1].width
            heapreplace(highest, (-frontier[at[place]].height - shifts[place], place))


def by_width(items: Sequence[Frontier]) -> Iterator[tuple[float, list[float]]]:
    """Width limits from the widest of use to the narrowest, each with the items' least heights under it."""
    at = [len(frontier) - 1 for frontier in items]
    widest = [(-frontier[-1].width, place) for place, frontier in enumerate(items)]
    heapify(widest)
    tall = [frontier[-1].height for frontier in items]
    while True:
        limit = -widest[0][0]
        yield limit, tall
        while -widest[0][0] >= limit:
            place = heappop(widest)[1]
            at[place] -= 1
            if at[place] < 0:
                return
            size = items[place][at[place]]
            tall[place] = size.height
            heappush(widest, (-size.width, place))


def pruned(options: list[Size], tolerance: float, most: int) -> tuple[Frontier, float]:
    """The sizes that no other betters, thinned out; and the factor by which what was left out may have been better."""
    options.sort(key=_WIDTH_AND_HEIGHT)
    kept: list[Size] = []
    lowest = float("inf")
    for size in options:
        if size.height < lowest:
            kept.append(size)
            lowest = size.height - 1e-9
    share = tolerance
    thin = _thinned(kept, share, most) if share else kept
    while len(thin) > most:
        share = share * 1.5 if share else 0.002
        thin = _thinned(kept, share, most)
    return tuple(thin), 1.0 + (share if len(thin) < len(kept) else 0.0)


def _thinned(kept: list[Size], share: float, most: int) -> list[Size]:
    """The narrowest, the lowest, and between them only sizes lower than the last kept one by more than the share; where
    these are more than ``most``, only the first of them.

    What is left out is higher than the kept size before it divided by 1 + share, and wider than it.
    """
    thin, last, factor = [kept[0]], kept[0].height, 1 + share
    for size in kept[1:-1]:
        height = size.height
        if height * factor < last:
            thin.append(size)
            if len(thin) > most:
                return thin
            last = height
    if len(kept) > 1:
        thin.append(kept[-1])
    return thin
