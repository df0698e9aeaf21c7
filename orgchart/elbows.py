"""The corners of a rail and a radius, in; its straight pieces and the arcs of its elbows, out; all in pt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from orgchart.layout.shapes import Point

# How far along to the corner the control points of a quarter circle lie: 4 (√2 - 1) / 3.
QUARTER_CIRCLE = 0.5523
_LEAST_TO_SEE_PT = 0.01


def rail_pieces(corners: Sequence[Point], radius: float) -> list[tuple[Point, ...]]:
    """A polyline whose elbows are rounded: straight pieces of two points, and arcs of the four points of a cubic Bézier
    curve, each beginning where the one before ends.

    An arc takes at most half of the shorter stretch beside it.
    """
    if radius < _LEAST_TO_SEE_PT:
        return list(pairwise(corners))
    pieces: list[tuple[Point, ...]] = []
    here = corners[0]
    for number, (before, corner) in enumerate(pairwise(corners), start=1):
        after = corners[number + 1] if number + 1 < len(corners) else corner
        reach = min(radius, hypot(*_from(corner, before)) / 2, hypot(*_from(corner, after)) / 2)
        (x, y), (u, v) = _from(corner, before), _from(corner, after)
        if reach < _LEAST_TO_SEE_PT or x * v == y * u:  # no arc of its own to see, or straight on
            pieces.append((here, corner))
            here = corner
            continue
        start, end = _towards(corner, before, reach), _towards(corner, after, reach)
        if start != here:
            pieces.append((here, start))
        inner = reach * (1 - QUARTER_CIRCLE)
        pieces.append((start, _towards(corner, before, inner), _towards(corner, after, inner), end))
        here = end
    return pieces


def _from(start: Point, end: Point) -> Point:
    return end[0] - start[0], end[1] - start[1]


def _towards(start: Point, end: Point, length: float) -> Point:
    along, down = _from(start, end)
    share = length / hypot(along, down)
    return round(start[0] + along * share, 2), round(start[1] + down * share, 2)
