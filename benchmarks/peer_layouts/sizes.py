"""A body's units and a style, in; the boxes that all layouters but PlantUML are given, out: one width for each level.

The rules are orgchart's own: the style's fonts and paddings, names broken between words and never cut. They are written
down here once more so that a peer's boxes do not change when orgchart learns another way to choose its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orgchart.styles import StyleSheet
from orgchart.text import Font
from orgchart.units import Unit
from orgchart.wrapping import wrap
from peer_layouts.placed import Body

LINE_SPACING = 1.2
SHARES = (0.0, 0.33, 0.67, 1.0)
"""How far from the narrowest width to the widest; each peer is tried with all, and the best counts."""


@dataclass(frozen=True, slots=True)
class BoxSize:
    """Outer size in pt, and the lines of the name."""

    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoxSet:
    """The boxes of a whole body, by unit id; ``name`` says how wide they are."""

    name: str
    boxes: Mapping[str, BoxSize]
    text_pt: float


def box_sets(body: Body, styles: StyleSheet, font: Font, own_widths: Mapping[str, float]) -> list[BoxSet]:
    """The sets of boxes that a peer is tried with. own_widths: by unit id, those that orgchart chose."""
    bounds = _bounds(body, styles, font)
    sets = [_set(body, styles, font, "boxes as wide as orgchart’s", own_widths)] if own_widths else []
    for share in SHARES:
        widths = {}
        for unit in body.units:
            narrowest, widest = bounds[unit.level]
            widths[unit.id] = narrowest + share * (widest - narrowest)
        sets.append(_set(body, styles, font, f"boxes {share:.0%} of the way to their widest", widths))
    return sets


def _bounds(body: Body, styles: StyleSheet, font: Font) -> dict[str, tuple[float, float]]:
    """Of each level the width that holds its longest word, and the style's greatest."""
    bounds: dict[str, tuple[float, float]] = {}
    for unit in body.units:
        style = styles.box(unit.level)
        face = font.face(style.bold, style.italic)
        word = max(face.advance(word) for word in unit.name.split()) * style.font_size_pt
        narrowest = min(max(style.min_width_pt, word + 2 * style.padding_x_pt + 0.5), style.max_width_pt)
        before = bounds.get(unit.level, (0.0, 0.0))[0]
        bounds[unit.level] = (max(before, narrowest), style.max_width_pt)
    return bounds


def _set(body: Body, styles: StyleSheet, font: Font, name: str, widths: Mapping[str, float]) -> BoxSet:
    boxes = {unit.id: _box(unit, styles, font, widths[unit.id]) for unit in body.units}
    return BoxSet(name, boxes, min(styles.box(unit.level).font_size_pt for unit in body.units))


def _box(unit: Unit, styles: StyleSheet, font: Font, width: float) -> BoxSize:
    style = styles.box(unit.level)
    inner = (width - 2 * style.padding_x_pt) / style.font_size_pt
    lines = wrap(unit.name, font.face(style.bold, style.italic), inner)
    return BoxSize(width, len(lines) * style.font_size_pt * LINE_SPACING + 2 * style.padding_y_pt, lines)
