"""A line's corners and the boxes at its ends, in; PowerPoint's connectors that draw it and the sites they are glued to,
out.

PowerPoint draws a connector of right angles from a preset, turned and mirrored, and from adjustments that say where on
the way the elbows lie. All numbers are EMU, 12,700 to the point, y down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from orgchart.layout.shapes import Point

EMU_PER_PT = 12_700
Spot = tuple[int, int]
# ST_Angle counts 60,000 to the degree.
_QUARTER = 5_400_000
# In the order in which DrawingML numbers the sites of a rectangle; a site's angle is where a line leaves it.
SIDES = ("top", "left", "bottom", "right")
_SAME_SPOT = EMU_PER_PT // 40
# What an adjustment counts: the whole width or height.
_WHOLE = 100_000


def emu(pt: float) -> int:
    """Points as EMU."""
    return round(pt * EMU_PER_PT)


@dataclass(frozen=True, slots=True)
class Area:
    """A box on the slide."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Site:
    """A connection site beside the four of every rectangle: the side where a line leaves it, and how far right of the
    box's left edge and below its top edge it lies. It may lie outside, as that of a callout's tip does: where the lines
    to several boxes part, a connector begins that ends at one of them, and moves with the box that they come from."""

    side: str
    along: int
    down: int


@dataclass(slots=True)
class Sites:
    """The connection sites of one box as its lines come to ask for them."""

    area: Area
    extra: list[Site] = field(default_factory=list)

    def at(self, spot: Spot, towards: Spot) -> tuple[int, Spot]:
        """The number of the site at the spot, from which a line goes towards the next one, a new one where there is
        none, and where exactly it lies."""
        area = self.area
        half_width, half_height = area.width // 2, area.height // 2
        known = [(half_width, 0), (0, half_height), (half_width, area.height), (area.width, half_height)]
        known += [(site.along, site.down) for site in self.extra]
        along, down = spot[0] - area.x, spot[1] - area.y
        for number, (site_along, site_down) in enumerate(known):
            if abs(site_along - along) <= _SAME_SPOT and abs(site_down - down) <= _SAME_SPOT:
                return number, (area.x + site_along, area.y + site_down)
        across, below = towards[0] - spot[0], towards[1] - spot[1]
        sideways = abs(across) > abs(below)
        side = SIDES[1 + 2 * (across > 0)] if sideways else SIDES[2 * (below >= 0)]
        self.extra.append(Site(side, along, down))
        return len(known), spot


@dataclass(frozen=True, slots=True)
class Connector:
    """A preset in its place: the frame before it is turned, the turn, and whether it is mirrored before that."""

    preset: str
    frame: Area
    rotation: int = 0
    flip_h: bool = False
    flip_v: bool = False
    adjustments: tuple[int, ...] = ()


def connector(corners: Sequence[Spot]) -> Connector:
    """The connector that draws a piece, as ``pieces`` cuts them: straight, or of upright and level parts in turn."""
    (start_x, start_y), (end_x, end_y) = corners[0], corners[-1]
    across, down = end_x - start_x, end_y - start_y
    if len(corners) == 2:
        frame = Area(min(start_x, end_x), min(start_y, end_y), abs(across), abs(down))
        return Connector("straightConnector1", frame, flip_h=across < 0, flip_v=down < 0)
    upright = corners[0][0] == corners[1][0]
    # The presets leave sideways: a line that leaves upright is one of them with its axes exchanged.
    along = 1 if upright else 0
    length, breadth = (down, across) if upright else (across, down)
    adjustments: list[int] = []
    for number, corner in enumerate(corners[2:-1]):
        axis, whole = (along, length) if number % 2 == 0 else (1 - along, breadth)
        adjustments.append(round((corner[axis] - corners[0][axis]) * _WHOLE / (whole or 1)))
    preset = f"bentConnector{len(corners) - 1}"
    if not upright:
        frame = Area(min(start_x, end_x), min(start_y, end_y), abs(across), abs(down))
        return Connector(preset, frame, 0, across < 0, down < 0, tuple(adjustments))
    width, height = abs(down), abs(across)
    left, top = (start_x + end_x - width) // 2, (start_y + end_y - height) // 2
    # A turn by three quarters of a mirrored preset exchanges the axes; without the mirror or turned on, it mirrors too.
    rotation = 3 * _QUARTER if across >= 0 else _QUARTER
    return Connector(
        preset, Area(left, top, width, height), rotation, flip_h=(across >= 0) == (down >= 0),
        adjustments=tuple(adjustments),
    )  # fmt: skip


def pieces(corners: Sequence[Spot], *, elbows: bool) -> list[list[Spot]]:
    """A line in pieces that every program draws alike: straight ones, and with ``elbows`` at its end one that comes
    down and turns aside into a box. With them a line with two elbows half-way stays whole too.

    PowerPoint draws any elbows by their adjustments. LibreOffice 7.4 does not read those, and draws elbows right only
    half-way, and where they lead to the middle of a side.
    """
    corners = straightened(corners)
    level = [one[1] == other[1] for one, other in pairwise(corners)]
    upright = [one[0] == other[0] for one, other in pairwise(corners)]
    if not elbows or len(corners) < 3 or not all(a or b for a, b in zip(level, upright, strict=True)):
        return [list(pair) for pair in pairwise(corners)]
    if len(corners) == 4:
        axis = 0 if level[0] else 1
        if abs(2 * corners[1][axis] - corners[0][axis] - corners[3][axis]) <= 2 * _SAME_SPOT:
            return [corners]
    straight = len(corners) - (3 if level[-1] else 2)
    return [*(list(pair) for pair in pairwise(corners[: straight + 1])), corners[straight:]]


def moved_ends(corners: Sequence[Spot], start: Spot, end: Spot) -> list[Spot]:
    """The same line from and to other spots near its ends, its first and last piece as upright or level as before."""
    moved = list(corners)
    for here, beside, spot in ((0, 1, start), (-1, -2, end)):
        old, neighbour = corners[here], corners[beside]
        if len(moved) > 2:
            if old[0] == neighbour[0]:
                moved[beside] = (spot[0], moved[beside][1])
            elif old[1] == neighbour[1]:
                moved[beside] = (moved[beside][0], spot[1])
        moved[here] = spot
    return moved


def straightened(corners: Sequence[Spot]) -> list[Spot]:
    """Without corners that are none."""
    kept: list[Spot] = []
    for corner in corners:
        if kept and corner == kept[-1]:
            continue
        if len(kept) > 1 and any(kept[-2][axis] == kept[-1][axis] == corner[axis] for axis in (0, 1)):
            kept.pop()
        kept.append(corner)
    return kept if len(kept) > 1 else [corners[0], corners[-1]]


def spots(points: Sequence[Point], left: float, top: float) -> list[Spot]:
    """A page's points on a slide on which the page begins ``left`` and ``top`` pt from the corner."""
    return [(emu(left + x), emu(top + y)) for x, y in points]
