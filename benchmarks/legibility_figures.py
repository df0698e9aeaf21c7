"""A chart's boxes and a sheet of paper, in; how well it can be read on that sheet, out. Geometry alone decides.

So it applies to every layouter alike, and to orgchart, whose own opinion of its layout is not asked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from peer_layouts.placed import Body, Placed, Rect

LEGIBLE_PT = 7.0
MARGIN_MM = 12.0
PT_PER_MM = 72 / 25.4
SHEETS_MM = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
_TOUCHING_PT = 0.5  # dot gives places rounded by as much in a wide drawing
_HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper one way round, pt."""

    width: float
    height: float

    @property
    def free(self) -> tuple[float, float]:
        """Width and height inside the margins."""
        margins = 2 * MARGIN_MM * PT_PER_MM
        return self.width - margins, self.height - margins


def sheets(name: str) -> tuple[Sheet, Sheet]:
    """The sheet upright and across."""
    short, long = (side * PT_PER_MM for side in SHEETS_MM[name])
    return Sheet(short, long), Sheet(long, short)


def scale_on(sheet: Sheet, size: tuple[float, float]) -> float:
    """What a drawing of the size is multiplied by so that it fits inside the margins; never enlarged."""
    return min(1.0, sheet.free[0] / size[0], sheet.free[1] / size[1])


def best_sheet(name: str, size: tuple[float, float]) -> Sheet:
    """The way round in which the drawing prints larger; across where both are alike."""
    return max(reversed(sheets(name)), key=lambda sheet: scale_on(sheet, size))


def text_on(name: str, placed: Placed) -> float:
    """The smallest printed text, pt, with the whole chart on one sheet, the better way round."""
    return placed.text_pt * scale_on(best_sheet(name, placed.size), placed.size)


def poster_sheets(name: str, placed: Placed) -> int:
    """How many sheets to tape together, without overlap, for the chart to print with its smallest text at 7 pt; the
    better way round. One where the chart fits on one sheet with such a text."""
    if text_on(name, placed) >= LEGIBLE_PT:
        return 1
    scale = min(1.0, LEGIBLE_PT / placed.text_pt)
    return min(
        math.prod(math.ceil(side * scale / room - _HAIR) for side, room in zip(placed.size, sheet.free, strict=True))
        for sheet in sheets(name)
    )


def share_covered(boxes: Sequence[Rect], scale: float, sheet: Sheet) -> float:
    """The share of the sheet, margins included, that lies under boxes."""
    return sum(box.width * box.height for box in boxes) * scale**2 / (sheet.width * sheet.height)


def way_of(boxes: Sequence[Rect]) -> str:
    """How siblings stand.

    row: one level line meets all, and no two stand above each other. column: one upright line meets all, and no two
    stand beside each other. columns: they fall into two or more columns beside each other, at least one of them with
    two boxes; both sides of a rail are this too. other: none of these.
    """
    if _lined_up([(box.top, box.bottom) for box in boxes]) and _apart([(box.left, box.right) for box in boxes]):
        return "row"
    groups = _groups(boxes)
    if not all(
        _lined_up([(box.left, box.right) for box in group]) and _apart([(box.top, box.bottom) for box in group])
        for group in groups
    ):
        return "other"
    if len(groups) == len(boxes):
        return "other"
    return "column" if len(groups) == 1 else "columns"


def unlike(body: Body, boxes: Mapping[str, Rect]) -> tuple[int, int]:
    """Of the sets of two or more siblings, how many stand another way than most below parents of the same level; and
    how many sets there are. Staff units are left out: beside the trunk is where they belong."""
    level_of = {unit.id: unit.level for unit in body.units}
    ways: dict[str, list[str]] = {}
    for parent, below in body.children().items():
        line = [boxes[unit.id] for unit in below if unit.placement != "staff"]
        if len(line) > 1:
            ways.setdefault(level_of[parent], []).append(way_of(line))
    total = sum(map(len, ways.values()))
    return total - sum(max(Counter(found).values()) for found in ways.values()), total


def _lined_up(spans: Sequence[tuple[float, float]]) -> bool:
    """Whether one point lies in all spans."""
    return max(start for start, _ in spans) <= min(end for _, end in spans)


def _apart(spans: Sequence[tuple[float, float]]) -> bool:
    """Whether no two spans overlap."""
    ordered = sorted(spans)
    return all(end <= start + _TOUCHING_PT for (_, end), (start, _) in pairwise(ordered))


def _groups(boxes: Sequence[Rect]) -> list[list[Rect]]:
    """The boxes parted wherever an upright line runs free between them."""
    groups: list[list[Rect]] = []
    reached = -math.inf
    for box in sorted(boxes, key=lambda box: box.left):
        if box.left >= reached - _TOUCHING_PT:
            groups.append([])
        groups[-1].append(box)
        reached = max(reached, box.right)
    return groups
