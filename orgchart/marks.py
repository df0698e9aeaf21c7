"""What is marked on a unit and its box, in; the box's look, the signs on its corner and what is struck out, out.

A sign is drawn from strokes, so that it looks the same with every font.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from orgchart.styles import DOUBLE_GAP_PT, BoxStyle, MarkStyle, StyleSheet

Stroke = tuple[tuple[float, float], ...]

# What stands before a mark's name in the key of a legend's entry, and before a unit's id for the signs on its box; no
# level and no id can begin so.
MARK_KEY = "\t"
# At a style's own size, in pt; a sign stands over the box's corner so far that relations, which keep 4 pt from boxes,
# run past it, and lines of text below it.
SIGN_PT = 10.5
_OUTSIDE_PT = 3.5
_RING_PT = 0.75
_SAMPLE_SIGN_PT, _SAMPLE_OUTSIDE_PT = 9.0, 2.5
_STROKE = 0.13  # of a sign's side

# In a square of side 1 from the top left corner.
_SIGNS: Mapping[str, tuple[Stroke, ...]] = {
    "added": (((0.5, 0.2), (0.5, 0.8)), ((0.2, 0.5), (0.8, 0.5))),
    "abolished": (((0.2, 0.5), (0.8, 0.5)),),
    "moved": (((0.14, 0.5), (0.68, 0.5)), ((0.46, 0.27), (0.69, 0.5), (0.46, 0.73)), ((0.85, 0.22), (0.85, 0.78))),
    "moved-away": (((0.3, 0.5), (0.84, 0.5)), ((0.61, 0.27), (0.84, 0.5), (0.61, 0.73)), ((0.15, 0.22), (0.15, 0.78))),
    "renamed": (
        ((0.2, 0.8), (0.27, 0.56), (0.63, 0.2), (0.8, 0.37), (0.44, 0.73), (0.2, 0.8)),
        ((0.27, 0.56), (0.44, 0.73)),
    ),
    "level": (
        ((0.5, 0.18), (0.5, 0.82)),
        ((0.3, 0.37), (0.5, 0.17), (0.7, 0.37)),
        ((0.3, 0.63), (0.5, 0.83), (0.7, 0.63)),
    ),
    "split": (((0.14, 0.5), (0.4, 0.5)), ((0.84, 0.22), (0.62, 0.22), (0.4, 0.5), (0.62, 0.78), (0.84, 0.78))),
    "merged": (((0.86, 0.5), (0.6, 0.5)), ((0.16, 0.22), (0.38, 0.22), (0.6, 0.5), (0.38, 0.78), (0.16, 0.78))),
    "functions": (((0.22, 0.27), (0.78, 0.27)), ((0.22, 0.5), (0.78, 0.5)), ((0.22, 0.73), (0.56, 0.73))),
    "staff": (
        ((0.5, 0.17), (0.62, 0.23), (0.66, 0.34), (0.61, 0.45), (0.5, 0.5), (0.39, 0.45), (0.34, 0.34), (0.38, 0.23),
         (0.5, 0.17)),
        ((0.2, 0.84), (0.24, 0.7), (0.37, 0.63), (0.63, 0.63), (0.76, 0.7), (0.8, 0.84)),
    ),
    "placement": (((0.25, 0.18), (0.25, 0.82)), ((0.25, 0.5), (0.8, 0.5)), ((0.8, 0.36), (0.8, 0.64))),
    "order": (
        ((0.32, 0.82), (0.32, 0.2)),
        ((0.15, 0.38), (0.32, 0.19), (0.49, 0.38)),
        ((0.68, 0.18), (0.68, 0.8)),
        ((0.51, 0.62), (0.68, 0.81), (0.85, 0.62)),
    ),
}  # fmt: skip
# Where only text can stand: the nearest characters of Unicode.
_TEXTS: Mapping[str, str] = {
    "added": "+",
    "abolished": "−",
    "moved": "⇥",
    "moved-away": "↦",
    "renamed": "✎",
    "level": "↕",
    "split": "≺",
    "merged": "≻",
    "functions": "≡",
    "staff": "☺",
    "placement": "⊢",
    "order": "⇅",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked on one unit. names: of ``style_keys.MARKS``, the weightiest first; words: the same for a reader
    who does not see the chart; label: the text of the box; struck: with what it begins that is struck out; remarks:
    with what it ends that stands behind the unit's own words; "" for nothing."""

    names: tuple[str, ...]
    words: str
    label: str = ""
    struck: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """A rounded plate, a square of ``side`` pt, and on it strokes of ``stroke_width`` pt in ``ink``. The plate has a
    ring of ``ring`` pt in the ink's colour, which is the page's, so that it stands out from any box. text: the nearest
    character."""

    name: str
    x: float
    y: float
    side: float
    plate: str
    ink: str
    ring: float
    strokes: tuple[Stroke, ...]
    stroke_width: float
    text: str


@dataclass(frozen=True, slots=True)
class BoxMarks:
    """What is drawn on a box and said of it: its signs, from left to right, how many of its first lines are struck out,
    which lines are not bold whatever the box is, so that its name stands out, and the words."""

    signs: tuple[Sign, ...]
    struck: int = 0
    light: frozenset[int] = frozenset()
    words: str = ""


def marked_look(style: BoxStyle, names: Sequence[str], styles: StyleSheet) -> BoxStyle:
    """The look of a box that has these marks: of several, the weightiest that has a border says how it is drawn."""
    looks = [styles.marks[name] for name in names]
    for look in (look for look in looks if look.border_line != "own"):
        width = max(look.border_width_pt, style.border_width_pt)
        line = _fitting(look.border_line, width, style)
        style = replace(
            style,
            border=look.colour,
            border_line=line,
            border_width_pt=min(width, DOUBLE_GAP_PT - 1) if line == "double" else width,
        )
        break
    hollow = next((look for look in looks if look.hollow), None)
    if hollow is not None:
        style = replace(style, fill=styles.background, text=hollow.colour)
    return style


def sample_look(name: str, styles: StyleSheet) -> BoxStyle:
    """The look of a legend's sample box for a mark; a mark that leaves the border as it is has none to show."""
    if styles.marks[name].border_line == "own":
        return replace(styles.default, fill=styles.background, border=styles.background, border_width_pt=0.0)
    return marked_look(replace(styles.default, border_width_pt=0.0, corner="square"), (name,), styles)


def struck_out(names: Sequence[str], styles: StyleSheet) -> bool:
    """Whether any of the marks strikes the whole name out."""
    return any(styles.marks[name].struck for name in names)


def signs_on(
    box: tuple[float, float, float, float], names: Sequence[str], padding: float, scale: float, styles: StyleSheet
) -> tuple[Sign, ...]:
    """The signs in a row that ends over the upper right corner of a box (left, top, width, height).

    padding: the box's upper one, pt at the style's own size: of a narrow one, the signs stand higher.
    """
    start, top, _, side = signs_place(box, len(names), padding, scale)
    return tuple(
        _sign(name, start + number * side, top, side, _RING_PT * scale, styles.marks[name], styles.background)
        for number, name in enumerate(names)
    )


def signs_place(
    box: tuple[float, float, float, float], count: int, padding: float, scale: float
) -> tuple[float, float, float, float]:
    """Left, top, width and height of the row of signs on a box."""
    left, top, width, _ = box
    side, outside = SIGN_PT * scale, max(_OUTSIDE_PT, SIGN_PT - padding - 1.5) * scale
    right = left + width + _OUTSIDE_PT * scale
    return right - side * count, top - outside, side * count, side


def sample_sign(box: tuple[float, float, float, float], name: str, styles: StyleSheet) -> Sign:
    """The sign over the upper right corner of a legend's sample box, or in its middle where it has no border."""
    left, top, width, height = box
    x, y = left + width + _SAMPLE_OUTSIDE_PT - _SAMPLE_SIGN_PT, top - _SAMPLE_OUTSIDE_PT
    if styles.marks[name].border_line == "own":
        x, y = left + (width - _SAMPLE_SIGN_PT) / 2, top + (height - _SAMPLE_SIGN_PT) / 2
    return _sign(name, x, y, _SAMPLE_SIGN_PT, _RING_PT, styles.marks[name], styles.background)


def marked_lines(lines: Sequence[str], mark: Mark) -> tuple[int, frozenset[int]]:
    """How many of a box's first lines are struck out, and the numbers of these and of the remarks' lines. More lines
    may stand behind those of the mark's label, whose line breaks they keep."""
    struck, last = _lines_of(lines, mark.struck), _lines_of(lines, mark.label)
    first = _lines_of(lines, mark.label.removesuffix(mark.remarks)) if mark.remarks else last
    return struck, frozenset((*range(struck), *range(first, last)))


def _lines_of(lines: Sequence[str], text: str) -> int:
    """How many of the first lines hold the text, which ends its own line."""
    wanted = len("".join(text.split()))
    count = held = 0
    while held < wanted and count < len(lines):
        held += len("".join(lines[count].split()))
        count += 1
    return count


def _fitting(
    line: Literal["own", "solid", "dashed", "dotted", "double"], width: float, style: BoxStyle
) -> Literal["solid", "dashed", "dotted", "double"]:
    """The line, or a solid one where the text would stand on the inner line of a double one."""
    if line == "double" and min(style.padding_x_pt, style.padding_y_pt) < DOUBLE_GAP_PT + min(width, DOUBLE_GAP_PT - 1):
        return "solid"
    return "solid" if line == "own" else line


def _sign(name: str, x: float, y: float, side: float, ring: float, look: MarkStyle, background: str) -> Sign:
    return Sign(
        name,
        round(x, 2),
        round(y, 2),
        round(side, 2),
        look.colour,
        background,
        round(ring, 3),
        tuple(
            tuple((round(x + across * side, 2), round(y + down * side, 2)) for across, down in stroke)
            for stroke in _SIGNS[name]
        ),
        round(_STROKE * side, 3),
        _TEXTS[name],
    )
