"""The name of a way to write an SVG, in; what it holds beside the picture, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Units = Literal["nested", "flat", "joined"]


@dataclass(frozen=True, slots=True)
class SvgWay:
    """name: as a user asks for it. units: as lists within lists that a screen reader walks, each unit in a group of its
    own, or the boxes of one look all together. told: with functions, citation and where the rulebook says so; fitted:
    whether lines of text state their width; styled: whether it has a style sheet, with the font inside and colours for
    dark screens."""

    name: str
    units: Units
    told: bool
    fitted: bool
    styled: bool


# What a user may ask for.
WAYS: Final[Mapping[str, SvgWay]] = {
    way.name: way
    for way in (
        SvgWay("web", "nested", told=True, fitted=True, styled=True),
        SvgWay("office", "nested", told=True, fitted=True, styled=False),
        SvgWay("plain", "joined", told=False, fitted=False, styled=False),
    )
}
# What PDF, PNG and HTML are made from: each says the rest in its own way.
DRAWN: Final = SvgWay("drawn", "flat", told=False, fitted=True, styled=False)
