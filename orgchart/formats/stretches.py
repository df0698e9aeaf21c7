"""The pieces of one parent's rails, in; what there is to draw when no stretch is drawn twice, out.

Drawn twice, a line is darker in LibreOffice and its dashes lose their gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from orgchart.layout.shapes import Point

# Two points of a straight line, or the four of a cubic Bézier curve.
Piece = tuple[Point, ...]
_Interval = tuple[float, float]


def drawn_once(rails: Iterable[Sequence[Piece]]) -> Iterator[Piece]:
    """Each rail's pieces in turn, without what lies on an upright or level line that is drawn already, and without the
    arcs that are."""
    reached: dict[tuple[str, float], list[_Interval]] = {}
    arcs: set[Piece] = set()
    for pieces in rails:
        for piece in pieces:
            if len(piece) > 2:
                if piece not in arcs:
                    arcs.add(piece)
                    yield piece
                continue
            axis, place, start, end = _along(*piece)
            if not axis:
                yield piece
            elif start != end:
                low, high = (start, end) if start < end else (end, start)
                drawn = reached.get((axis, place))
                if drawn is None:
                    reached[axis, place] = [(low, high)]
                    yield piece
                    continue
                if len(drawn) == 1 and drawn[0][0] <= low <= drawn[0][1]:
                    # A rail that a further unit hangs on: most stretches of a large chart.
                    near, far = drawn[0]
                    if far < high:
                        one, other = (far, high) if start == low else (high, far)
                        yield _point(axis, place, one), _point(axis, place, other)
                        drawn[0] = near, high
                    continue
                gaps = _gaps(drawn, low, high)
                for one, other in gaps if start == low else [(far, near) for near, far in reversed(gaps)]:
                    yield _point(axis, place, one), _point(axis, place, other)
                drawn[:] = _joined(drawn, low, high)


def _along(first: Point, second: Point) -> tuple[str, float, float, float]:
    """The axis and place of the line through two points, and where on it they lie; a slanting line has no axis."""
    if first[0] == second[0]:
        return "x", first[0], first[1], second[1]
    if first[1] == second[1]:
        return "y", first[1], first[0], second[0]
    return "", 0.0, 0.0, 0.0


def _point(axis: str, place: float, along: float) -> Point:
    return (place, along) if axis == "x" else (along, place)


def _gaps(drawn: Sequence[_Interval], low: float, high: float) -> list[_Interval]:
    """What of the stretch lies outside the intervals, which are in order and apart from each other."""
    gaps = []
    for start, end in drawn:
        if end <= low or start >= high:
            continue
        if low < start:
            gaps.append((low, start))
        low = max(low, end)
    return [*gaps, (low, high)] if low < high else gaps


def _joined(drawn: Sequence[_Interval], low: float, high: float) -> list[_Interval]:
    """The intervals and the stretch, in order, with those that meet made one."""
    apart = [interval for interval in drawn if interval[1] < low or interval[0] > high]
    met = [interval for interval in drawn if interval[1] >= low and interval[0] <= high]
    whole = (min([low, *(start for start, _ in met)]), max([high, *(end for _, end in met)]))
    return sorted([*apart, whole])
