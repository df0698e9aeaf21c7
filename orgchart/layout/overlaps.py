"""Boxes, in; two of them that overlap, or None, out."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from orgchart.layout.shapes import Box

# Twice the rounding of a place to 0.01 pt.
TOLERANCE_PT = 0.02


def first_overlap(boxes: Sequence[Box]) -> tuple[Box, Box] | None:
    """The first two boxes, from the top, that share more than their edges.

    A line sweeps down the page and keeps the boxes it crosses in order from left to right; as long as these do not
    overlap, a new box can only meet its neighbours.
    """
    events = sorted(
        [(box.y, 1, number) for number, box in enumerate(boxes)]
        + [(box.y + box.height - TOLERANCE_PT, 0, number) for number, box in enumerate(boxes)]
    )
    crossed: list[tuple[float, int]] = []
    for _, starts, number in events:
        box = boxes[number]
        entry = (box.x, number)
        if not starts:
            index = bisect_left(crossed, entry)
            if index < len(crossed) and crossed[index] == entry:
                del crossed[index]
            continue
        if box.height <= TOLERANCE_PT:
            continue
        index = bisect_left(crossed, entry)
        for beside in crossed[max(0, index - 1) : index + 1]:
            other = boxes[beside[1]]
            if min(box.x + box.width, other.x + other.width) - max(box.x, other.x) > TOLERANCE_PT:
                return other, box
        insort(crossed, entry)
    return None
