"""Placed boxes and lines, in; where an upright or level line may run between them, as strips it must not enter, out.

All numbers are whole hundredths of a point. Everything is said for upright lines; level lines are the same with x and y
exchanged. A line keeps its ``reach`` from every box and from every line beside it, or half the gap where two of those
are nearer to each other than twice the reach, so that between any two boxes one line fits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orgchart.layout.shapes import Box, Point, Rail

Rect = tuple[int, int, int, int]  # left, right, top, bottom
# Where one axis is told: from and to across the line's way, from and to along it.
Span = tuple[int, int, int, int]

UPRIGHT, LEVEL = 0, 1
# Lines look best in the middle between two things that are at most so far apart, and else so far from both.
_OPPOSITE = 4000
NEAR = 1000


@dataclass(frozen=True, slots=True)
class Strip:
    """Between ``low`` and ``high``, both excluded, no line runs along from ``start`` to ``end``, or, where it is for a
    price, a line pays ``price`` times its length more; ``tracks``: places outside where one may run, the best first."""

    low: int
    high: int
    start: int
    end: int
    tracks: tuple[int, ...] = ()
    price: int = 0


@dataclass(frozen=True, slots=True)
class Corridors:
    """What stands on the page for lines of one axis: ``blocked`` strips, ``priced`` ones in which a line is near
    something, and ``crossed``: lines of the other axis as (place, from, to)."""

    blocked: tuple[Strip, ...]
    priced: tuple[Strip, ...]
    crossed: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one side, how near a line may come to it, and the gap to what stands opposite, if that is near."""

    start: int
    end: int
    thickness: int
    gap: int | None


_Sides = tuple[list[_Piece], list[_Piece]]


def whole(value: float) -> int:
    """Points as whole hundredths."""
    return round(value * 100)


def rect_of(box: Box) -> Rect:
    return whole(box.x), whole(box.x + box.width), whole(box.y), whole(box.y + box.height)


def stretches(lines: Iterable[Sequence[Point]]) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """The upright and the level stretches of polylines as (place, from, to), those that overlap joined, in order."""
    found: tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, int]]]] = ({}, {})
    for points in lines:
        corners = [(whole(x), whole(y)) for x, y in points]
        for (x, y), (next_x, next_y) in pairwise(corners):
            if x == next_x and y != next_y:
                found[UPRIGHT].setdefault(x, []).append((min(y, next_y), max(y, next_y)))
            elif y == next_y and x != next_x:
                found[LEVEL].setdefault(y, []).append((min(x, next_x), max(x, next_x)))
    return _joined(found[UPRIGHT]), _joined(found[LEVEL])


def rail_lines(rails: Iterable[Rail]) -> list[Sequence[Point]]:
    """The rails as polylines; of a curve only what is as straight as a line: all its points on one upright or level."""
    lines: list[Sequence[Point]] = []
    for rail in rails:
        if not rail.curve:
            lines.append(rail.points)
            continue
        (x, y), (last_x, last_y) = rail.points[0], rail.points[-1]
        if all(abs(point[0] - x) < 0.5 for point in rail.points):
            lines.append(((x, y), (x, last_y)))
        elif all(abs(point[1] - y) < 0.5 for point in rail.points):
            lines.append(((x, y), (last_x, y)))
    return lines


def corridors(rects: Sequence[Rect], lines: Iterable[Sequence[Point]], reach: int) -> tuple[Corridors, Corridors]:
    """For upright and for level lines: what boxes and lines, e.g. rails, leave free."""
    upright, level = stretches(lines)
    boxes = (list(rects), [(top, bottom, left, right) for left, right, top, bottom in rects])
    axes = []
    for axis, beside in ((UPRIGHT, upright), (LEVEL, level)):
        spans: list[Span] = [*boxes[axis], *((place, place, start, end) for place, start, end in beside)]
        axes.append((spans, _sides(spans, reach)))
    made = []
    for axis, crossed in ((UPRIGHT, level), (LEVEL, upright)):
        spans, sides = axes[axis]
        other = axes[1 - axis][1][: len(rects)]
        made.append(_corridors(spans, sides, other, reach, tuple(crossed)))
    return made[0], made[1]


def line_corridors(lines: Iterable[Sequence[Point]], reach: int) -> tuple[Corridors, Corridors]:
    """What lines alone block, each the full reach on both sides."""
    both = stretches(lines)
    made = []
    for axis in (UPRIGHT, LEVEL):
        strips = []
        for place, start, end in both[axis]:
            along = (start - reach, end + reach)
            strips.append(Strip(place - reach, place + 1, *along, (place - reach,)))
            strips.append(Strip(place - 1, place + reach, *along, (place + reach,)))
        made.append(Corridors(tuple(strips), (), tuple(both[1 - axis])))
    return made[0], made[1]


def _joined(found: dict[int, list[tuple[int, int]]]) -> list[tuple[int, int, int]]:
    joined = []
    for place in sorted(found):
        spans = sorted(found[place])
        start, end = spans[0]
        for low, high in spans[1:]:
            if low > end:
                joined.append((place, start, end))
                start, end = low, high
            end = max(end, high)
        joined.append((place, start, end))
    return joined


def _sides(spans: Sequence[Span], reach: int) -> list[_Sides]:
    """Of each span its lower and its higher side, in pieces."""
    after = sorted(range(len(spans)), key=lambda number: spans[number][0])
    lows = [spans[number][0] for number in after]
    facing_high: list[list[tuple[int, int, int]]] = [[] for _ in spans]
    facing_low: list[list[tuple[int, int, int]]] = [[] for _ in spans]
    for number, (_, high, start, end) in enumerate(spans):
        for neighbour in after[bisect_left(lows, high) : bisect_left(lows, high + _OPPOSITE)]:
            low, _, other_start, other_end = spans[neighbour]
            shared = max(start, other_start), min(end, other_end)
            if neighbour != number and shared[0] < shared[1]:
                facing_high[number].append((*shared, low - high))
                facing_low[neighbour].append((*shared, low - high))
    return [
        (_pieces(span, facing_low[number], reach), _pieces(span, facing_high[number], reach))
        for number, span in enumerate(spans)
    ]


def _pieces(span: Span, facing: Sequence[tuple[int, int, int]], reach: int) -> list[_Piece]:
    cuts = sorted({span[2], span[3], *(cut for start, end, _ in facing for cut in (start, end))})
    pieces = []
    for start, end in pairwise(cuts):
        gaps = [gap for low, high, gap in facing if low < end and high > start]
        gap = min(gaps) if gaps else None
        pieces.append(_Piece(start, end, reach if gap is None else min(reach, gap // 2), gap))
    return pieces or [_Piece(span[2], span[3], reach, None)]


def _corridors(
    spans: Sequence[Span],
    sides: Sequence[_Sides],
    other: Sequence[_Sides],
    reach: int,
    crossed: tuple[tuple[int, int, int], ...],
) -> Corridors:
    """other: of the boxes, which stand first in ``spans``, the sides that lie across; corners go as far as they."""
    blocked, priced = [], []
    for number, (low, high, start, end) in enumerate(spans):
        if low < high:
            blocked.append(Strip(low, high, start, end))
        for higher in (False, True):
            pieces = sides[number][higher]
            edge, nearest = (high, -1) if higher else (low, 0)
            for place, piece in enumerate(pieces):
                before = after = 0
                if place == 0:
                    before = other[number][0][nearest].thickness if number < len(other) else piece.thickness
                if place == len(pieces) - 1:
                    after = other[number][1][nearest].thickness if number < len(other) else piece.thickness
                along = (piece.start - before, piece.end + after)
                way = 1 if higher else -1
                near = NEAR if piece.gap is None else min(NEAR, piece.gap // 2)
                middle = piece.thickness if piece.gap is None else piece.gap // 2
                tracks = (edge + way * middle, edge + way * piece.thickness)
                blocked.append(_strip(edge, way * max(piece.thickness, 1), along, tracks, 0))
                priced.append(_strip(edge, way * near, along, (), 1))
                if piece.thickness < reach:
                    priced.append(_strip(edge, way * reach, along, (), 1))
    return Corridors(tuple(blocked), tuple(priced), crossed)


def _strip(edge: int, outwards: int, along: tuple[int, int], tracks: tuple[int, ...], price: int) -> Strip:
    """From the edge itself, which is part of it, outwards: to higher places or, where negative, to lower ones."""
    low, high = (edge - 1, edge + outwards) if outwards > 0 else (edge + outwards, edge + 1)
    return Strip(low, high, *along, tracks, price)
