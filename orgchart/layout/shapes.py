"""Measured boxes, in; placed boxes and rails, out: the values that the parts of the layout hand on; pt, y down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Point = tuple[float, float]


class BoxSize(NamedTuple):
    """A unit's box before it has a place: outer size in pt and its wrapped lines, at the style's own font size."""

    width: float
    height: float
    lines: tuple[str, ...]


class Box(NamedTuple):
    """A unit's box in its place: left and top edge and outer size in pt."""

    unit: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


class Rail(NamedTuple):
    """The line from a parent's edge to a child's edge.

    points: at least two. With ``curve`` they are the control points of joined cubic Bézier curves (3n+1 points),
    otherwise the corners of a polyline.
    """

    parent: str
    child: str
    points: tuple[Point, ...]
    curve: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """A whole hierarchy placed from (0, 0) at the style's own size, before it meets a page.

    boxes stand in the hierarchy's reading order (preorder); rails in that of their children.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    rails: tuple[Rail, ...]
    arrangement: str


class Arrangement(NamedTuple):
    """How a unit's children stand below it, always in the file's order.

    row: side by side; stacks: a row in which neighbours without units of their own hang in columns, ``stacks`` many for
    each of the row's items in turn; column: below each other, on a rail at their left; columns: the same in so many
    ``columns``, filled downwards and then rightwards; both: on both sides of a rail in the middle, the left side filled
    first.
    """

    kind: Kind
    columns: int = 1
    stacks: tuple[int, ...] = ()


Kind = Literal["row", "stacks", "column", "columns", "both"]
KINDS: tuple[Kind, ...] = ("row", "stacks", "column", "columns", "both")
# Below a unit that itself hangs on a rail, nothing stands side by side: such rows would have no line in common.
HUNG_KINDS: tuple[Kind, ...] = ("column", "columns")
ROW = Arrangement("row")
COLUMN = Arrangement("column")
BOTH = Arrangement("both", 2)
