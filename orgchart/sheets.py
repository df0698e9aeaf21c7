"""The name of a page, in; the size of its sheet in mm, out."""

from __future__ import annotations

import re

from orgchart.errors import PageError
from orgchart.limits import fixed

SHEETS_MM = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "A1": (594.0, 841.0),
    "A0": (841.0, 1189.0),
    "letter": (215.9, 279.4),
}
OWN_SIZE = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)x(\d{1,5}(?:\.\d{1,3})?)mm")
ORIENTATIONS = ("auto", "portrait", "landscape")
_SMALLEST_MM, _LARGEST_MM = 20, fixed("page_side_mm")


def size_mm(name: str) -> tuple[float, float]:
    """Width and height: of a named sheet upright, of ``WIDTHxHEIGHTmm`` as it says; ``none`` is arranged as for A4.

    Raises PageError for any other name, and for a side that no sheet has.
    """
    if name == "none":
        return SHEETS_MM["A4"]
    for known, size in SHEETS_MM.items():
        if name.casefold() == known.casefold():
            return size
    own = OWN_SIZE.fullmatch(name)
    if own is None:
        known = ", ".join(SHEETS_MM)
        raise PageError(f'page "{name}" is not known; use {known}, auto, a size such as 160x90mm, or none')
    width, height = float(own[1]), float(own[2])
    if not all(_SMALLEST_MM <= side <= _LARGEST_MM for side in (width, height)):
        raise PageError(
            f'page "{name}": each side must be {_SMALLEST_MM} to {_LARGEST_MM} mm; choose a size in that range'
        )
    return width, height
