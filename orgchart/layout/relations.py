"""Placed boxes, rails and relations between units, in; an upright-and-level line for each relation, out.

The lines are found on the finished page, so that 4 pt between two of them are 4 pt in print. Where boxes, rails and
lines drawn before leave room is asked of ``corridors``; in that room A* (Hart, Nilsson, Raphael 1968) looks for the
line that costs least: its length, and dearer things as if they were length (the constants below). Short relations are
routed first, because they have the least choice; of a few, each that a later one crosses is routed once more at
the end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from orgchart.layout.corridors import (
    LEVEL,
    UPRIGHT,
    Corridors,
    Rect,
    Strip,
    corridors,
    line_corridors,
    rail_lines,
    rect_of,
    stretches,
    whole,
)
from orgchart.layout.shapes import Box, Point, Rail
from orgchart.units import Relation

# Hundredths of a point. Lines keep the first reach from boxes, rails and each other; where that leaves no way at all
# for a relation, it alone is looked for with the next.
REACHES = (400, 200, 100, 50)
BEND = 2500
CROSSED_RAIL = 500
CROSSED_LINE = 3000
OFF_MIDDLE_TIMES = 0.1
# Bends so near the target leave no room for the arrow.
ARROW_ROOM = 800
SHORT_ARROW = 2500
# A track along a shorter rail than this serves nobody.
_SHORT_RAIL = 1600
_FAR = 1 << 60
_END_EIGHTHS = (4, 2, 6, 3, 5, 1, 7)

MOST_RELATIONS = 200
MOST_BOXES = 2000
MOST_ROUTED_TWICE = 15

_Ends = dict[tuple[int, int, int], int]


@dataclass(frozen=True, slots=True)
class Route:
    """A relation's line on the page in pt: corners from ``source`` edge to ``target`` edge.

    ``straight``: no way round the boxes was found or looked for; the two corners are joined as they are.
    """

    source: str
    target: str
    kind: str
    points: tuple[Point, ...]
    straight: bool = False


def route_relations(
    boxes: Sequence[Box],
    rails: Sequence[Rail],
    relations: Sequence[Relation],
    bounds: tuple[float, float, float, float],
    roomy: Container[int] = (),
) -> tuple[Route, ...]:
    """One line for each relation, in their order; both units of each must be among the boxes.

    bounds: left, top, right and bottom of where lines may run, pt. roomy: the places among the relations of those that
    go out upwards or downwards and arrive so, which mostly gives them a level stretch with room for a word.
    On a page of more than 200 relations or 2,000 boxes, and for a relation to which boxes that touch leave no way, the
    line is straight.
    """
    rects = {box.unit: rect_of(box) for box in boxes}
    if len(relations) > MOST_RELATIONS or len(boxes) > MOST_BOXES:
        return tuple(_straight(relation, rects) for relation in relations)
    left, top, right, bottom = map(whole, bounds)
    page = _Page(tuple(rects.values()), rail_lines(rails), (left, right, top, bottom))
    found: dict[int, tuple[Point, ...]] = {}
    order = sorted(range(len(relations)), key=lambda number: (_distance(relations[number], rects), number))
    for number in order:
        _route(number, relations[number], rects, page, found, number in roomy)
    for place, number in enumerate(order if len(order) <= MOST_ROUTED_TWICE else ()):
        later = [found[other] for other in order[place + 1 :] if other in found]
        if number in found and _crosses(found[number], later):
            _route(number, relations[number], rects, page, found, number in roomy)
    return tuple(
        Route(relation.source, relation.target, relation.kind, found[number])
        if number in found
        else _straight(relation, rects)
        for number, relation in enumerate(relations)
    )


def _route(
    number: int,
    relation: Relation,
    rects: Mapping[str, Rect],
    page: _Page,
    found: dict[int, tuple[Point, ...]],
    roomy: bool,
) -> None:
    others = [points for other, points in found.items() if other != number]
    if points := page.way(rects[relation.source], rects[relation.target], others, roomy):
        found[number] = points


def _crosses(points: Sequence[Point], others: Iterable[Sequence[Point]]) -> bool:
    upright, level = stretches([points])
    their_upright, their_level = stretches(others)
    return any(
        start <= place <= end and other_start <= other <= other_end
        for mine, theirs in ((upright, their_level), (level, their_upright))
        for other, start, end in mine
        for place, other_start, other_end in theirs
    )


def _distance(relation: Relation, rects: Mapping[str, Rect]) -> int:
    one, other = rects[relation.source], rects[relation.target]
    return abs(one[0] + one[1] - other[0] - other[1]) + abs(one[2] + one[3] - other[2] - other[3])


def _straight(relation: Relation, rects: Mapping[str, Rect]) -> Route:
    """From edge to edge along the line between the two middles."""
    source, target = rects[relation.source], rects[relation.target]
    middles = [((rect[0] + rect[1]) / 2, (rect[2] + rect[3]) / 2) for rect in (source, target)]
    across, down = middles[1][0] - middles[0][0], middles[1][1] - middles[0][1]

    def share(rect: Rect) -> float:
        sides = [((rect[1] - rect[0]) / 2, abs(across)), ((rect[3] - rect[2]) / 2, abs(down))]
        return min((half / way for half, way in sides if way), default=0.0)

    leaving, arriving = share(source), 1 - share(target)
    if leaving >= arriving:  # the boxes overlap
        leaving, arriving = 0.0, 1.0
    points = tuple(
        (round((middles[0][0] + across * part) / 100, 2), round((middles[0][1] + down * part) / 100, 2))
        for part in (leaving, arriving)
    )
    return Route(relation.source, relation.target, relation.kind, points, straight=True)


class _Page:
    """What does not change while one relation after the other is routed."""

    def __init__(self, rects: tuple[Rect, ...], rails: Sequence[Sequence[Point]], bounds: Rect) -> None:
        self._rects = rects
        self._rails = rails
        self._bounds = bounds
        self._standing: dict[int, tuple[Corridors, Corridors]] = {}

    def way(self, source: Rect, target: Rect, others: Sequence[Sequence[Point]], roomy: bool) -> tuple[Point, ...]:
        """Corners from one box to the other, keeping off the other lines; none where there is no way."""
        for reach in REACHES:
            if reach not in self._standing:
                self._standing[reach] = corridors(self._rects, self._rails, reach)
            drawn = line_corridors(others, reach)
            ends, goals = (_ends(*boxes, reach, roomy) for boxes in ((source, target), (target, source)))
            for best_only in (True, False):  # which mostly suffices and is quick
                grid = _Grid(self._standing[reach], drawn, self._bounds, (ends, goals), target, best_only)
                if points := grid.search():
                    return points
        return ()


class _Grid:
    """The tracks of one search: places ``xs`` of upright and ``ys`` of level lines, and the cost of each stretch
    between two neighbouring crossings, -1 where none may run."""

    def __init__(
        self,
        standing: tuple[Corridors, Corridors],
        drawn: tuple[Corridors, Corridors],
        bounds: Rect,
        ends_and_goals: tuple[_Ends, _Ends],
        target: Rect,
        best_only: bool,
    ) -> None:
        ends, goals = ends_and_goals
        self._target = target
        tracks: list[dict[int, list[tuple[int, int]]]] = []
        for axis in (UPRIGHT, LEVEL):
            low, high = bounds[2 * axis : 2 * axis + 2]
            owned: dict[int, list[tuple[int, int]]] = {}
            for strip in (*standing[axis].blocked, *drawn[axis].blocked):
                if strip.end - strip.start > _SHORT_RAIL:
                    for track in strip.tracks[:1] if best_only else strip.tracks:
                        if low <= track <= high:
                            owned.setdefault(track, []).append((strip.start, strip.end))
            for at in (*ends, *goals):
                if low <= at[axis] <= high:
                    owned.setdefault(at[axis], []).append((at[1 - axis] - 1, at[1 - axis] + 1))
            tracks.append(owned)
        self._xs, self._ys = (sorted(owned) for owned in tracks)
        self._costs = (
            _costs(self._xs, self._ys, standing[UPRIGHT], drawn[UPRIGHT], tracks[UPRIGHT]),
            _costs(self._ys, self._xs, standing[LEVEL], drawn[LEVEL], tracks[LEVEL]),
        )
        self._starts = self._numbered(ends)
        self._goals = self._numbered(goals)

    def _numbered(self, ends: _Ends) -> dict[int, int]:
        """Ends, as (x, y, axis) and cost, by the number of their state."""
        numbered = {}
        for (x, y, axis), cost in ends.items():
            column, row = bisect_left(self._xs, x), bisect_left(self._ys, y)
            if self._xs[column : column + 1] == [x] and self._ys[row : row + 1] == [y]:
                numbered[(column * len(self._ys) + row) * 2 + axis] = cost
        return numbered

    def search(self) -> tuple[Point, ...]:
        """The corners of the cheapest way from a start to a goal, in pt; none where there is no way.

        A state is a crossing and the axis of the line that arrives there. What the rest of its way costs at least is
        the distance to the target, and a bend where the target lies aside.
        """
        left, right, top, bottom = self._target
        across = [max(left - x, x - right, 0) for x in self._xs]
        down = [max(top - y, y - bottom, 0) for y in self._ys]
        (upright, level), goals = self._costs, self._goals
        rows, columns = len(self._ys), len(self._xs)
        best = dict(self._starts)
        came: dict[int, int] = {}
        done: set[int] = set()
        last = -1  # a goal with the cost of its place on the edge paid
        heap = [(cost, state) for state, cost in sorted(best.items())]
        while heap:
            state = heappop(heap)[1]
            if state == last:
                return self._corners(came, last)
            if state in done:
                continue
            done.add(state)
            so_far = best[state]
            if state in goals and state in came and so_far + goals[state] < best.get(last, _FAR):
                best[last], came[last] = so_far + goals[state], state
                heappush(heap, (best[last], last))
            crossing, axis = state >> 1, state & 1
            column, row = divmod(crossing, rows)
            bend = BEND + (SHORT_ARROW if across[column] + down[row] < ARROW_ROOM else 0)
            turned = bend if axis == LEVEL else 0
            for step, cost in (
                (-1, upright[column][row - 1] if row else -1),
                (1, upright[column][row] if row + 1 < rows else -1),
            ):
                following = (crossing + step) * 2
                if cost >= 0 and (total := so_far + cost + turned) < best.get(following, _FAR):
                    best[following], came[following] = total, state
                    rest = across[column] + down[row + step] + (BEND if across[column] else 0)
                    heappush(heap, (total + rest, following))
            turned = bend - turned
            for step, cost in (
                (-1, level[row][column - 1] if column else -1),
                (1, level[row][column] if column + 1 < columns else -1),
            ):
                following = (crossing + step * rows) * 2 + 1
                if cost >= 0 and (total := so_far + cost + turned) < best.get(following, _FAR):
                    best[following], came[following] = total, state
                    rest = across[column + step] + down[row] + (BEND if down[row] else 0)
                    heappush(heap, (total + rest, following))
        return ()

    def _corners(self, came: Mapping[int, int], last: int) -> tuple[Point, ...]:
        crossings = []
        state = last
        while state in came:
            state = came[state]
            column, row = divmod(state >> 1, len(self._ys))
            crossings.append((self._xs[column], self._ys[row]))
        crossings.reverse()
        corners = crossings[:1]
        for before, here, after in zip(crossings, crossings[1:], crossings[2:], strict=False):
            if (before[0] == here[0]) != (here[0] == after[0]):
                corners.append(here)
        corners.append(crossings[-1])
        return tuple((x / 100, y / 100) for x, y in corners)


def _ends(box: Rect, other: Rect, reach: int, roomy: bool) -> _Ends:
    """Where a line may meet the box: (x, y, axis of the line) and what the place costs. The middles of the sides and
    some places beside them, and those at which the line would run straight into such a place of the other box."""
    left, right, top, bottom = box
    ends: _Ends = {}
    for x, cost in _places(left, right, other[0], other[1], reach):
        ends[x, top, UPRIGHT] = ends[x, bottom, UPRIGHT] = cost
    for y, cost in () if roomy else _places(top, bottom, other[2], other[3], reach):
        ends[left, y, LEVEL] = ends[right, y, LEVEL] = cost
    return ends


def _places(low: int, high: int, other_low: int, other_high: int, reach: int) -> list[tuple[int, int]]:
    """Places on a side and their costs: the middle costs nothing, and the corners are left free."""
    middle = (low + high) // 2
    wanted = {*_eighths(low, high), *_eighths(other_low, other_high)}
    places = sorted({middle, *(place for place in wanted if low + reach <= place <= high - reach)})
    return [(place, int(abs(place - middle) * OFF_MIDDLE_TIMES)) for place in places]


def _eighths(low: int, high: int) -> list[int]:
    return [low + (high - low) * part // 8 for part in _END_EIGHTHS]


def _costs(
    places: Sequence[int],
    along: Sequence[int],
    standing: Corridors,
    drawn: Corridors,
    owned: Mapping[int, Sequence[tuple[int, int]]],
) -> list[list[int]]:
    """By place and then by stretch along it, what a line pays there.

    owned: by place, from where to where what made it a track lies. A track is used there and as far as one can see
    along it: no line needs it elsewhere, and the search has less to look at.
    """
    lengths = [end - start for start, end in pairwise(along)]
    costs = [list(lengths) for _ in places]
    for crossed, price in ((standing.crossed, CROSSED_RAIL), (drawn.crossed, CROSSED_LINE)):
        for place, start, end in crossed:
            stretch = bisect_right(along, place) - 1
            if 0 <= stretch < len(lengths):
                for track in range(bisect_left(places, start), bisect_right(places, end)):
                    costs[track][stretch] += price
    for strip in standing.priced:
        for track, first, end in _cells(strip, places, along):
            row = costs[track]
            for stretch in range(first, end):
                row[stretch] += strip.price * lengths[stretch]
    for strip in (*standing.blocked, *drawn.blocked):
        for track, first, end in _cells(strip, places, along):
            costs[track][first:end] = [-1] * (end - first)
    return [_seen(row, along, owned[place]) for place, row in zip(places, costs, strict=True)]


def _seen(row: Sequence[int], along: Sequence[int], owned: Sequence[tuple[int, int]]) -> list[int]:
    """The row with -1 where no free way leads along it to any of the spans."""
    seen = [-1] * len(row)
    reached = 0
    for start, end in sorted(owned):
        first = max(bisect_right(along, start) - 1, reached)
        last = min(bisect_left(along, end), len(row))
        if first >= last:
            continue
        while first > reached and row[first - 1] >= 0 and row[first] >= 0:
            first -= 1
        while last < len(row) and row[last - 1] >= 0 and row[last] >= 0:
            last += 1
        seen[first:last] = row[first:last]
        reached = last
    return seen


def _cells(strip: Strip, places: Sequence[int], along: Sequence[int]) -> Iterable[tuple[int, int, int]]:
    """The tracks inside a strip, each with the first and the end of the stretches along it."""
    first = max(bisect_right(along, strip.start) - 1, 0)
    end = min(bisect_left(along, strip.end), len(along) - 1)
    if first < end:
        for track in range(bisect_right(places, strip.low), bisect_left(places, strip.high)):
            yield track, first, end
