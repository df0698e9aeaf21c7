"""One body's charts, each on its A3 sheet, in; small PNG pictures of the sheets and of their text at real size, out.

orgchart's sheet is its own SVG. The peers' are drawn here in the same style, each box and line where the peer put it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from fontpkg_pt_sans import ROOT as FONT_FOLDER
from legibility_figures import PT_PER_MM, Sheet
from peer_layouts import own
from peer_layouts.placed import Body, Placed, Route
from PIL import Image, ImageDraw, ImageFont

from orgchart.styles import StyleSheet

_SHEET_LONG_PX = 900
_COLOURS = 48
_CUT_MM = (62.0, 34.0)  # as large as a business card is: a piece of paper everyone has held
_CUT_DPI = 150
_CAPTION_PX = 34
_GAP_PX = 14
_ACROSS = 3
_LINE_SPACING = 1.2
_ASCENT = 0.95
_TABLE = "#e9edf2"  # on which the pieces of paper lie


@dataclass(frozen=True, slots=True)
class Panel:
    """One layouter's chart on its sheet; ``svg`` where the page is drawn already, otherwise ``scale`` fits it on."""

    name: str
    placed: Placed
    sheet: Sheet
    scale: float
    svg: bytes | None


def write_pictures(key: str, body: Body, panels: Sequence[Panel], styles: StyleSheet, folder: Path) -> None:
    """Into the folder: a PNG of each whole sheet, all sheets side by side, and a piece of each at real size."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{key}-*.png"):
        old.unlink()
    sheets, cuts = [], []
    for panel in panels:
        svg, at = _page(body, panel, styles)
        wide, high = panel.sheet.width, panel.sheet.height
        text = panel.placed.text_pt * (1 if panel.svg is not None else panel.scale)
        caption = f"{panel.name}: {text:.1f} pt"
        picture = _raster(svg, wide, high, _SHEET_LONG_PX / max(wide, high))
        (folder / f"{key}-{file_stem(panel.name)}.png").write_bytes(_small(picture))
        sheets.append((caption, picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)))
        cuts.append((caption, _cut(svg, panel, at)))
    (folder / f"{key}-sheets.png").write_bytes(_small(_side_by_side(sheets)))
    (folder / f"{key}-pieces.png").write_bytes(_small(_side_by_side(cuts)))


def file_stem(name: str) -> str:
    """A layouter's name as part of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _page(body: Body, panel: Panel, styles: StyleSheet) -> tuple[str, tuple[float, float]]:
    """The sheet as SVG, and where on it the chart begins."""
    if panel.svg is not None:
        return panel.svg.decode("utf-8"), (0.0, 0.0)
    width, height = panel.placed.size
    rects = panel.placed.boxes.values()
    left = (panel.sheet.width - width * panel.scale) / 2 - min(rect.left for rect in rects) * panel.scale
    top = (panel.sheet.height - height * panel.scale) / 2 - min(rect.top for rect in rects) * panel.scale
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{panel.sheet.width:.2f}" height="{panel.sheet.height:.2f}" '
        f'viewBox="0 0 {panel.sheet.width:.2f} {panel.sheet.height:.2f}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<g transform="translate({left:.3f} {top:.3f}) scale({panel.scale:.6f})">',
        f'<g fill="none" stroke="{styles.connectors.colour}" stroke-width="{styles.connectors.width_pt}">',
        *(f'<path d="{_path(route)}"/>' for route in panel.placed.routes),
        "</g>",
        *(_box(unit.id, unit.level, panel.placed, styles) for unit in body.units),
        "</g></svg>",
    ]
    return "".join(parts), (left, top)


def _path(route: Route) -> str:
    points = [f"{x:.2f} {y:.2f}" for x, y in route.points]
    return f"M{points[0]}" + (" C" if route.curve else " L") + " ".join(points[1:])


def _box(unit: str, level: str, placed: Placed, styles: StyleSheet) -> str:
    style, rect, lines = styles.box(level), placed.boxes[unit], placed.lines[unit]
    size = placed.text_pt if placed.one_size else style.font_size_pt
    weight = "bold" if style.bold and not placed.one_size else "normal"
    top = rect.top + (rect.height - len(lines) * size * _LINE_SPACING) / 2
    words = "".join(
        f'<text x="{rect.left + rect.width / 2:.2f}" y="{top + size * (_ASCENT + number * _LINE_SPACING):.2f}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
    )
    return (
        f'<rect x="{rect.left:.2f}" y="{rect.top:.2f}" width="{rect.width:.2f}" height="{rect.height:.2f}" '
        f'fill="{style.fill}" stroke="{style.border}" stroke-width="{style.border_width_pt}"/>'
        f'<g font-family="PT Sans" font-size="{size:.2f}" font-weight="{weight}" fill="{style.text}" '
        f'text-anchor="middle">{words}</g>'
    )


def _raster(svg: str, width: float, height: float, scale: float) -> Image.Image:
    return Image.open(io.BytesIO(own.raster(svg, round(width * scale), round(height * scale)))).convert("RGB")


def _cut(svg: str, panel: Panel, at: tuple[float, float]) -> Image.Image:
    """A piece of the printed sheet at real size, around the unit in the middle of the file."""
    boxes = list(panel.placed.boxes.values())
    chosen = boxes[len(boxes) // 2]
    middle_x = at[0] + (chosen.left + chosen.width / 2) * panel.scale
    middle_y = at[1] + (chosen.top + chosen.height / 2) * panel.scale
    wide, high = (side * PT_PER_MM for side in _CUT_MM)
    left = min(max(middle_x - wide / 2, 0), panel.sheet.width - wide)
    top = min(max(middle_y - high / 2, 0), panel.sheet.height - high)
    piece = re.sub(r'viewBox="[^"]*"', f'viewBox="{left:.2f} {top:.2f} {wide:.2f} {high:.2f}"', svg, count=1)
    piece = re.sub(r' width="[^"]*"', f' width="{wide:.2f}"', piece, count=1)
    piece = re.sub(r' height="[^"]*"', f' height="{high:.2f}"', piece, count=1)
    return _raster(piece, wide, high, _CUT_DPI / 72)


def _side_by_side(pictures: Sequence[tuple[str, Image.Image]]) -> Image.Image:
    """All in a grid, like papers on a table, each under its caption."""
    wide = max(picture.width for _, picture in pictures)
    high = max(picture.height for _, picture in pictures)
    rows = -(-len(pictures) // _ACROSS)
    size = (_ACROSS * (wide + _GAP_PX) + _GAP_PX, rows * (high + _CAPTION_PX + _GAP_PX) + _GAP_PX)
    table = Image.new("RGB", size, _TABLE)
    draw = ImageDraw.Draw(table)
    face = ImageFont.truetype(str(Path(FONT_FOLDER) / "files" / "PT_Sans-Web-Bold.ttf"), 20)
    for number, (caption, picture) in enumerate(pictures):
        x = _GAP_PX + number % _ACROSS * (wide + _GAP_PX)
        y = _GAP_PX + number // _ACROSS * (high + _CAPTION_PX + _GAP_PX)
        draw.text((x, y + 4), caption, font=face, fill="#14294a")
        table.paste(picture, (x, y + _CAPTION_PX))
    return table


def _small(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
