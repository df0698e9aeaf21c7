"""The keys of a style file, in; what each may hold, its default, and how readable two colours are together, out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from orgchart.toml_keys import Choice, Choices, Key, Number, Switch, Text

LOWEST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3 (level AA): text on its background."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
# A font's name reaches DOT, SVG and fontconfig; none of them gives these characters a meaning of their own.
_FONT = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
_NAME = re.compile(r"[^\W_](?:[\w .-]*\w)?")


@dataclass(frozen=True, slots=True)
class Colour:
    default: str
    allowed: str = 'a colour as "#rrggbb"'

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and _COLOUR.fullmatch(value) is not None

    def cleaned(self, value: object) -> object:
        return str(value).lower()


_LINES = ("solid", "dashed", "dotted")

FILE_KEYS: Mapping[str, Key] = {
    "name": Text("", "letters, digits, space, - _ . (at most 60)", 60, _NAME),
    "description": Text("", "one line of plain text without < > \\ (at most 300)", 300),
    "extends": Text("", 'the name of a bundled style, or a path ending in ".toml", with / between folders', 1000),
    "font": Text("PT Sans", "a font family's name: letters A-Z, digits, space, hyphen (at most 60)", 60, _FONT),
    "background": Colour("#ffffff"),
    "minimum_contrast": Number(LOWEST_CONTRAST, LOWEST_CONTRAST, 21, ""),
}

BOX_KEYS: Mapping[str, Key] = {
    "fill": Colour("#ffffff"),
    "text": Colour("#000000"),
    "border": Colour("#000000"),
    "border_width_pt": Number(0.75, 0, 6, "pt"),
    "border_line": Choice("solid", (*_LINES, "double")),
    "corner": Choice("square", ("square", "round")),
    "font_size_pt": Number(10, 7, 48, "pt"),
    "bold": Switch(False),
    "italic": Switch(False),
    "padding_x_pt": Number(8, 1, 60, "pt"),
    "padding_y_pt": Number(6, 1, 60, "pt"),
    "min_width_pt": Number(110, 30, 600, "pt"),
    "max_width_pt": Number(180, 30, 600, "pt"),
    "arrange": Choice("auto", ("auto", "row", "stacks", "column", "columns", "both")),
    "show": Choices((), ("number", "abbreviation", "staff")),
}

CONNECTOR_KEYS: Mapping[str, Key] = {
    "colour": Colour("#000000"),
    "width_pt": Number(0.75, 0.25, 6, "pt"),
    "line": Choice("solid", _LINES),
    "corner": Choice("square", ("square", "round")),
}


def _text_keys(font_size_pt: float, bold: bool) -> Mapping[str, Key]:
    return {
        "colour": Colour("#000000"),
        "font_size_pt": Number(font_size_pt, 7, 48, "pt"),
        "bold": Switch(bold),
        "italic": Switch(False),
    }


RELATION_KEYS: Mapping[str, Key] = {
    "colour": Colour("#000000"),
    "width_pt": Number(0.75, 0.25, 6, "pt"),
    "line": Choice("dashed", _LINES),
    "font_size_pt": Number(8.5, 7, 48, "pt"),
    "bold": Switch(False),
    "italic": Switch(True),
}

SPACING_KEYS: Mapping[str, Key] = {
    "margin_mm": Number(12, 0, 50, "mm"),
    "level_gap_pt": Number(26, 6, 200, "pt"),
    "sibling_gap_pt": Number(14, 4, 200, "pt"),
    "column_gap_pt": Number(9, 4, 200, "pt"),
    "indent_pt": Number(16, 6, 200, "pt"),
    "title_gap_pt": Number(16, 0, 200, "pt"),
}

TABLES: Mapping[str, Mapping[str, Key]] = {
    "connectors": CONNECTOR_KEYS,
    "relations": RELATION_KEYS,
    "title": _text_keys(16, True),
    "legend": _text_keys(9.5, False),
    "notes": _text_keys(8, False),
    "spacing": SPACING_KEYS,
}
"""The tables that stand once in a file. Beside them there is ``[levels.WORD]`` for each level, with BOX_KEYS."""


def _mark_keys(border_line: str = "own", border_width_pt: float = 0, gone: bool = False) -> Mapping[str, Key]:
    """The keys of a mark's table; gone: whether it marks a unit that is no longer there."""
    return {
        "colour": Colour("#000000"),
        "border_line": Choice(border_line, ("own", *_LINES, "double")),
        "border_width_pt": Number(border_width_pt, 0, 6, "pt"),
        "hollow": Switch(gone),
        "struck": Switch(gone),
    }


MARKS: Mapping[str, Mapping[str, Key]] = {
    "added": _mark_keys("solid", 2.25),
    "abolished": _mark_keys("dashed", 1, gone=True),
    "moved": _mark_keys("double", 1),
    "moved-away": _mark_keys("dotted", 1.5, gone=True),
    "renamed": _mark_keys(),
    "level": _mark_keys(),
    "split": _mark_keys(),
    "merged": _mark_keys(),
    "functions": _mark_keys(),
    "staff": _mark_keys(),
    "placement": _mark_keys(),
    "order": _mark_keys(),
}
"""What may be marked on a unit of a chart of changes, the weightiest first: ``[marks.WORD]``."""


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(first: str, second: str) -> float:
    """How far apart two colours ("#rrggbb") are in brightness: 1.0 (the same) to 21.0 (black and white).

    The formula is that of WCAG 2.2, "contrast ratio"; the order of the two does not matter.
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def contrast_shown(ratio: float) -> str:
    """``4.49:1``: rounded down, so that a ratio that fails never looks as if it passed."""
    return f"{math.floor(ratio * 100) / 100:g}:1"
