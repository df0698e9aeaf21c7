"""The styles of an OpenDocument text, in; the room on the page at each of its places, out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from orgchart.documents.odt_names import FO, STYLE, SVG, TEXT
from orgchart.documents.sizes import A4, CAPTION, Room, emu
from orgchart.documents.xml_splice import Element, Part

WANTED: Final = ((STYLE, "page-layout"), (STYLE, "master-page"), (STYLE, "style"))
_SIDES: Final = ("left", "right", "top", "bottom")


class Pages:
    """The page styles of a text. A paragraph's style may begin a page of another kind."""

    def __init__(self, styles: Part | None, content: Part) -> None:
        parts = [part for part in (styles, content) if part is not None]
        found = [element for part in parts for element in part.found]
        layouts = {element.get(STYLE, "name"): element for element in found if element.name == (STYLE, "page-layout")}
        masters = [element for element in found if element.name == (STYLE, "master-page")]
        self._rooms = {
            element.get(STYLE, "name") or "": _rooms_of(layouts[element.get(STYLE, "page-layout-name")])
            for element in masters
            if element.get(STYLE, "page-layout-name") in layouts
        }
        self._first = "Standard" if "Standard" in self._rooms else next(iter(self._rooms), "")
        self._begins = {
            element.get(STYLE, "name"): master
            for element in found
            if element.name == (STYLE, "style") and (master := element.get(STYLE, "master-page-name"))
        }
        self._turns = list(self._turning(content.found))

    def _turning(self, found: Iterable[Element]) -> Iterable[tuple[int, str]]:
        for element in found:
            if element.name in ((TEXT, "p"), (TEXT, "h")):
                master = self._begins.get(element.get(TEXT, "style-name"))
                if master in self._rooms:
                    yield element.start, master

    def rooms(self, at: int) -> tuple[Room, Room]:
        """The sheet and the text column at a byte of the content."""
        before = [master for start, master in self._turns if start <= at]
        return self._rooms.get(before[-1] if before else self._first, (A4, A4))


def _rooms_of(layout: Element) -> tuple[Room, Room]:
    """The sheet, and what margins, header, footer and columns leave, less a line for a caption."""
    properties = layout.child((STYLE, "page-layout-properties"))
    if properties is None:
        return A4, A4
    width, height = (emu(properties.get(FO, side)) for side in ("page-width", "page-height"))
    if not width or not height:
        return A4, A4
    every = emu(properties.get(FO, "margin")) or 0
    left, right, top, bottom = (
        every if (own := emu(properties.get(FO, f"margin-{side}"))) is None else own for side in _SIDES
    )
    text = width - left - right
    columns = properties.child((STYLE, "columns"))
    count = columns.get(FO, "column-count") if columns is not None else None
    if columns is not None and count is not None and count.isdecimal() and 1 < int(count) < 100:
        text = (text - (int(count) - 1) * (emu(columns.get(FO, "column-gap")) or 0)) // int(count)
    tall = height - top - bottom - _edge(layout, "header-style") - _edge(layout, "footer-style") - CAPTION
    return Room(width, height), Room(max(1, text), max(1, tall))


def _edge(layout: Element, local: str) -> int:
    """What a header or footer takes from the text: its height and its distance."""
    edge = layout.child((STYLE, local))
    properties = edge.child((STYLE, "header-footer-properties")) if edge is not None else None
    if properties is None:
        return 0
    height = emu(properties.get(SVG, "height")) or emu(properties.get(FO, "min-height")) or 0
    gaps = (emu(properties.get(FO, f"margin-{side}")) or 0 for side in ("top", "bottom"))
    return height + sum(gaps)
