"""Routed relations and their words, in; where each word stands on its line, whole and over no box, out. All in pt.

A word wants the longest level stretch of its line, in the middle of it. Where something is in the way it moves along,
then to another stretch, an upright one too, then beside the line. Never does it lie on a box or on another word; it
lies on rails and on other lines only where every other place is worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orgchart.layout.measure import LINE_SPACING
from orgchart.layout.relations import Route
from orgchart.layout.shapes import Box, Point, Rail

Plate = tuple[float, float, float, float]  # left, top, right, bottom
_PADDING_PT = 2.5
_FROM_BOXES_PT = 1.0
_FROM_PLATES_PT = 2.0
_BESIDE_PT = 2.0
# What must stay in sight of a line: at its corners, and at its end with the arrow.
_CORNER_PT, _END_PT = 5.0, 11.0
_STEPS = 4
# Costs, in no unit but their own.
_UPRIGHT, _BESIDE, _OVER_RAIL, _OVER_LINE = 30.0, 24.0, 30.0, 60.0
_PER_PT_OFF_MIDDLE, _PER_PT_LONG, _LONG_PT = 0.2, 0.1, 250.0


@dataclass(frozen=True, slots=True)
class RelationLabel:
    """A relation's word: its middle and baseline, and the plate behind it as left, top, width and height."""

    word: str
    x: float
    y: float
    left: float
    top: float
    width: float
    height: float


def place_labels(
    routes: Sequence[Route],
    words: Mapping[str, str],
    width_of: Callable[[str], float],
    size: float,
    boxes: Sequence[Box],
    rails: Sequence[Rail],
    bounds: Plate,
) -> tuple[RelationLabel | None, ...]:
    """A label for each route, or None where there is no room for it.

    words: by kind; width_of: a word's width in pt; size: of the font, pt; bounds: what no label leaves.
    """
    walls = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in boxes]
    rail_parts = [part for rail in rails for part in pairwise(rail.points)]
    parts = [list(pairwise(route.points)) for route in routes]
    plates: list[Plate] = []
    labels: list[RelationLabel | None] = []
    for number, route in enumerate(routes):
        word = words[route.kind]
        wide, high = width_of(word) + 2 * _PADDING_PT, size * LINE_SPACING + 1
        near = _around(route.points, wide + high)
        here = [wall for wall in walls if _meet(wall, near, _FROM_BOXES_PT)]
        theirs = [part for other, lines in enumerate(parts) if other != number for part in lines]
        lines = [(part, _OVER_LINE) for part in theirs if _meet(_around(part), near, 0)]
        lines += [(part, _OVER_RAIL) for part in rail_parts if _meet(_around(part), near, 0)]
        best: tuple[float, Plate] | None = None
        for cost, plate, stretch in _candidates(parts[number], wide, high):
            if best is not None and cost >= best[0]:
                continue
            if not _inside(plate, bounds) or any(_meet(wall, plate, _FROM_BOXES_PT) for wall in here):
                continue
            if any(_meet(other, plate, _FROM_PLATES_PT) for other in plates):
                continue
            own = [(part, _OVER_LINE) for part in parts[number] if part != stretch]
            cost += sum(price for part, price in (*lines, *own) if _meet(_around(part), plate, 0))
            if best is None or cost < best[0]:
                best = cost, plate
        labels.append(None)
        if best is not None:
            left, top, right, bottom = best[1]
            plates.append(best[1])
            x, y = (left + right) / 2, (top + bottom) / 2 + 0.33 * size
            labels[-1] = RelationLabel(
                word, round(x, 2), round(y, 2), round(left, 2), round(top, 2), round(wide, 2), round(high, 2)
            )
    return tuple(labels)


def _candidates(
    parts: Sequence[tuple[Point, Point]], wide: float, high: float
) -> Iterator[tuple[float, Plate, tuple[Point, Point]]]:
    """Places with their own cost and the stretch they belong to."""
    for number, part in enumerate(parts):
        (x, y), (next_x, next_y) = part
        # The words stand level on a slanting line too.
        level = abs(next_x - x) >= abs(next_y - y)
        length = max(abs(next_x - x), abs(next_y - y))
        start = _CORNER_PT
        end = length - (_END_PT if number == len(parts) - 1 else _CORNER_PT)
        room = end - start - (wide if level else high)
        base = (0.0 if level else _UPRIGHT) - _PER_PT_LONG * min(length, _LONG_PT)
        for step in range(-_STEPS, _STEPS + 1):
            off = max(room, 0.0) / 2 * step / _STEPS
            share = ((start + end) / 2 + off) / length if length else 0.5
            middle = x + (next_x - x) * share, y + (next_y - y) * share
            cost = base + abs(off) * _PER_PT_OFF_MIDDLE
            if room >= 0:
                yield cost, _plate(middle, wide, high), part
            beside = (high if level else wide) / 2 + _BESIDE_PT
            for way in (-beside, beside):
                moved = (middle[0], middle[1] + way) if level else (middle[0] + way, middle[1])
                yield cost + _BESIDE, _plate(moved, wide, high), part
            if room <= 0 and step == -_STEPS:
                break


def _plate(middle: Point, wide: float, high: float) -> Plate:
    x, y = middle
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _around(points: Sequence[Point], margin: float = 0.0) -> Plate:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _meet(one: Plate, other: Plate, apart: float) -> bool:
    across = one[0] < other[2] + apart and other[0] < one[2] + apart
    return across and one[1] < other[3] + apart and other[1] < one[3] + apart


def _inside(plate: Plate, bounds: Plate) -> bool:
    return bounds[0] <= plate[0] and bounds[1] <= plate[1] and plate[2] <= bounds[2] and plate[3] <= bounds[3]
