"""A units file, in; what every layouter is given, and what each gives back, out: the values of this comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from orgchart.units import Unit, load_units

Point = tuple[float, float]


class Rect(NamedTuple):
    """A box in its place, pt, y down."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Body:
    """A public body to draw. ``units`` in the file's order, so that siblings are in theirs."""

    name: str
    path: Path
    units: tuple[Unit, ...]

    @property
    def edges(self) -> list[tuple[str, str]]:
        return [(unit.parent, unit.id) for unit in self.units if unit.parent is not None]

    def children(self) -> dict[str, list[Unit]]:
        below: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.parent is not None:
                below.setdefault(unit.parent, []).append(unit)
        return below


def body_of(path: Path, name: str) -> Body:
    return Body(name, path, load_units(path).units)


@dataclass(frozen=True, slots=True)
class Route:
    """A drawn line. With ``curve`` the points are the control points of joined cubic Bézier curves (3n+1)."""

    points: tuple[Point, ...]
    curve: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A whole chart at its own size: boxes and wrapped lines by unit id, the smallest font size in it, and the settings
    it was made with. routes: only where a picture is wanted. one_size: all text is of that size and regular, whatever
    the style says."""

    boxes: Mapping[str, Rect]
    lines: Mapping[str, Sequence[str]]
    text_pt: float
    settings: str
    routes: tuple[Route, ...] = ()
    one_size: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the rectangle around all boxes."""
        rects = self.boxes.values()
        width = max(rect.right for rect in rects) - min(rect.left for rect in rects)
        return width, max(rect.bottom for rect in rects) - min(rect.top for rect in rects)


class MissingError(Exception):
    """A layouter is not on this machine; the text says what was looked for."""


class StoppedError(Exception):
    """A layouter was stopped at its time limit, or failed; the text says which."""
