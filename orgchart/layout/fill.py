"""Heights in order and a number of columns, in; where each column begins and how high the highest is, out."""

from __future__ import annotations

from collections.abc import Sequence


def fill(heights: Sequence[float], gap: float, columns: int) -> tuple[list[int], float]:
    """Fill columns downwards and then rightwards so that the highest is as low as it can be.

    Returns the number of the first item in each column, and the height of the highest, gaps between items included.
    Starts from the least height that could do and raises it, each time to the least that lets one more item in, so
    that every height tried is one that some filling has, and the first to suffice is the least.
    """
    total = sum(heights) + gap * (len(heights) - 1)
    limit = max(max(heights), (total - gap * (columns - 1)) / columns)
    while True:
        starts, highest, next_limit = _filled(heights, gap, limit)
        if len(starts) <= columns:
            return starts, highest
        limit = next_limit


def _filled(heights: Sequence[float], gap: float, limit: float) -> tuple[list[int], float, float]:
    """The columns under a limit; the highest of them; the least height over the limit by which a column takes more."""
    starts, reached, highest, least_over = [0], heights[0], heights[0], float("inf")
    most = limit + 1e-9
    for number in range(1, len(heights)):
        height = heights[number]
        taller = reached + gap + height
        if taller <= most:
            reached = taller
            continue
        if taller < least_over:
            least_over = taller
        if reached > highest:
            highest = reached
        starts.append(number)
        reached = height
    return starts, max(highest, reached), least_over
