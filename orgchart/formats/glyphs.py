"""A page and its font, in; a clear refusal where the font cannot show a line of it on paper, out."""

from __future__ import annotations

import unicodedata

from orgchart.drawing import Drawing
from orgchart.errors import FormatError
from orgchart.text import Font

_RIGHT_TO_LEFT = {"R", "AL"}
_LEFT_TO_RIGHT = {"L", "EN", "AN"}


def check_glyphs(drawing: Drawing, font: Font, format_name: str) -> None:
    """Raise FormatError for a character without a glyph, or for a line that runs in both directions.

    A browser finds another font and orders the line itself, so that SVG needs no such check.
    """
    for words in drawing.all_words():
        missing = font.lacks(words.text)
        if missing:
            shown = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in missing[:10])
            raise FormatError(
                f'"{words.text}" cannot be drawn as {format_name}: '
                f'font "{font.family}" has no glyph for {shown}; '
                "choose a style with a font that has, or SVG, where the reader's own fonts stand in"
            )
        directions = {unicodedata.bidirectional(sign) for sign in words.text}
        if directions & _RIGHT_TO_LEFT and directions & _LEFT_TO_RIGHT:
            raise FormatError(
                f'"{words.text}" cannot be drawn as {format_name}: one line runs both right to left and left to right; '
                "choose SVG"
            )
