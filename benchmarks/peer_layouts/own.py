"""A body and a sheet's name, in; orgchart's chart on that sheet, out. All that the benchmarks assume of orgchart."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legibility_figures import Sheet

import orgchart
from orgchart.styles import load_style
from orgchart.text import load_font
from peer_layouts.placed import Body, Placed, Rect, Route

STYLE = "classic"


@dataclass(frozen=True, slots=True)
class OwnChart:
    """The whole chart on one sheet, with title, legend and source line as users get it: its places are those on the
    printed page, ``scale`` is what its boxes were multiplied by. svg: the finished page."""

    placed: Placed
    sheet: Sheet
    scale: float
    svg: bytes


@dataclass(frozen=True, slots=True)
class OwnAtlas:
    """How many pages show units, how many are an index, and the smallest text on any of them, pt."""

    pages: int
    index_pages: int
    text_pt: float


def has_atlas() -> bool:
    return "atlas" in inspect.signature(orgchart.build_chart).parameters


def one_sheet(body: Body, sheet_name: str) -> OwnChart:
    chart = orgchart.build_chart(_unit_file(body), style=STYLE, page=sheet_name, **_whole())
    layout = chart.layout
    boxes = {box.unit: Rect(box.x, box.y, box.width, box.height) for box in layout.boxes}
    lines = {box.unit: box.lines for box in layout.boxes}
    routes = tuple(Route(tuple(rail.points), rail.curve) for rail in layout.rails)
    page = Sheet(layout.page.width, layout.page.height)
    placed = Placed(boxes, lines, layout.smallest_text, layout.arrangement, routes)
    return OwnChart(placed, page, layout.scale, orgchart.render(chart, "svg"))


def atlas(body: Body, sheet_name: str, single: OwnChart, legible_pt: float) -> OwnAtlas | None:
    """The fewest pages on which all can be read: one where the single sheet can; None where orgchart has no atlas."""
    if single.placed.text_pt >= legible_pt:
        return OwnAtlas(1, 0, single.placed.text_pt)
    if not has_atlas():
        return None
    split: dict[str, Any] = {"atlas": "auto", "min_text": legible_pt}
    chart: Any = orgchart.build_chart(_unit_file(body), style=STYLE, page=sheet_name, **split)
    layouts = [page.layout for page in chart.pages if page.layout is not None]
    return OwnAtlas(len(layouts), len(chart.pages) - len(layouts), min(layout.smallest_text for layout in layouts))


def own_widths(chart: OwnChart) -> Mapping[str, float]:
    """By unit id, the outer width that orgchart chose, at the style's own size."""
    return {unit: round(box.width / chart.scale, 2) for unit, box in chart.placed.boxes.items()}


def raster(svg: str, width_px: int, height_px: int) -> bytes:
    """An SVG with text in the style's font as a PNG of that many pixels; the font need not be installed."""
    from orgchart.formats.surface import surface_class

    font = load_font(load_style(STYLE).font)
    drawn: bytes = surface_class("PNGSurface", font).convert(
        bytestring=svg.encode("utf-8"), output_width=width_px, output_height=height_px, background_color="#ffffff"
    )
    return drawn


@functools.lru_cache
def _loaded(path: str) -> orgchart.UnitFile:
    return orgchart.load_units(path)


def _unit_file(body: Body) -> orgchart.UnitFile:
    return _loaded(str(body.path))


def _whole() -> dict[str, Any]:
    return {"atlas": "never"} if has_atlas() else {}
