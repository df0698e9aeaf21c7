"""A picture's width, its chart's shape and the room on the page, in; its size, and whether that was cut down, out.

All lengths are in EMU, 1/360,000 cm, in which Word counts, and whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

EMU_PER_PT: Final = 12_700
EMU_PER_CM: Final = 360_000
_UNITS: Final = {"cm": 360_000.0, "mm": 36_000.0, "in": 914_400.0, "pt": 12_700.0, "pc": 152_400.0, "px": 9_525.0}
_LENGTH: Final = re.compile(r"\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*(cm|mm|in|pt|pc|px)\s*")
# A line of caption below the picture, and what Word leaves below a line.
CAPTION: Final = 36 * EMU_PER_PT
_LEAST: Final = EMU_PER_CM  # no page is so crowded that a chart gets less


@dataclass(frozen=True, slots=True)
class Room:
    """The largest size that a picture may have, in EMU."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Size:
    """A picture's size in EMU. narrowed: whether it is less wide than was wished, because of the page."""

    width: int
    height: int
    narrowed: bool = False


A4: Final = Room(160 * 36_000, 247 * 36_000)


def fitted(width: int, ratio: float, room: Room) -> Size:
    """The size of the given width, or the largest that the room holds. ratio: the chart's height by its width."""
    most = max(_LEAST, min(room.width, int(room.height / ratio)))
    if width > most:
        return Size(most, max(1, round(most * ratio)), narrowed=True)
    return Size(width, max(1, round(width * ratio)))


def emu(length: str | None) -> int | None:
    """A length such as ``16.5cm`` or ``120pt``, or None for what is no length."""
    found = _LENGTH.fullmatch(length or "")
    return round(float(found[1]) * _UNITS[found[2]]) if found else None


def written_as(length: int, unit: str) -> str:
    """The length in the unit, with three decimals, as LibreOffice writes it: ``16.5cm``."""
    text = f"{length / _UNITS[unit]:.3f}".rstrip("0").rstrip(".")
    return f"{text}{unit}"


def unit_of(length: str | None) -> str:
    """The unit that a length is written in, or cm."""
    found = _LENGTH.fullmatch(length or "")
    return found[2] if found else "cm"


def said(size: Size) -> str:
    """``16.0 × 9.1 cm``"""
    return f"{size.width / EMU_PER_CM:.1f} × {size.height / EMU_PER_CM:.1f} cm"
