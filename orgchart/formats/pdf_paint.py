"""The drawn SVG of each page and what belongs to which element, in; a PDF that cairo made of them, marked, out.

The SVG is ours (``svg.drawn_svg``): rectangles, paths and lines of text. CairoSVG would look style rules up for each of
them; here each is a few calls of cairo, and a line of text one, with the glyphs that the layout measured.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from orgchart.elbows import QUARTER_CIRCLE
from orgchart.formats.cairo_text import cairo_face, show_line
from orgchart.formats.numbers import of_paper
from orgchart.formats.tag_tree import PageMarks, place_of
from orgchart.text import BEFORE_ANCHOR, Face, Font, Glyph

# Only now: where there is no cairo, the import above says so in a sentence.
import cairocffi  # isort: skip

# What stands at both ends of marked content, of the structure types that cairo knows.
MARK: Final = "Span"

_Look = Mapping[str, str]
_COMMANDS: Final = re.compile("([MLHVCZ])([^MLHVCZ]*)")
_MITER_LIMIT: Final = 4.0  # where SVG cuts the points of corners
_NOBODYS: Final = ((0, None),)
_CAPS: Final = {"round": cairocffi.LINE_CAP_ROUND}
_JOINS: Final = {"round": cairocffi.LINE_JOIN_ROUND}


class Sheet(NamedTuple):
    """One page: its SVG, the size of the drawing in pt, and what on it belongs to elements, None where nothing is to be
    marked."""

    svg: bytes
    width: float
    height: float
    marks: PageMarks | None


def pdf_pages(sheets: Iterable[Sheet], font: Font) -> tuple[bytes, list[list[int]]]:
    """One PDF with all the pages, each of its own size, and by page the elements in the order of their marks. One cairo
    surface has them all, so that a font stands in the file once."""
    written = io.BytesIO()
    surface: Any = None
    marked = []
    for sheet in sheets:
        size = of_paper(sheet.width), of_paper(sheet.height)
        if surface is None:
            surface = cairocffi.PDFSurface(written, *size)
        else:
            surface.set_size(*size)
        context = cairocffi.Context(surface)
        scale = min(size[0] / sheet.width, size[1] / sheet.height)
        context.scale(scale, scale)
        context.set_miter_limit(_MITER_LIMIT)
        page = _Page(context, font, sheet.marks)
        page.read(sheet.svg)
        context.show_page()
        marked.append(page.marked)
    surface.finish()
    return written.getvalue(), marked


class _Page:
    """How the next shape is painted if it does not say, and whose marks are open."""

    def __init__(self, context: Any, font: Font, marks: PageMarks | None) -> None:
        self.marked: list[int] = []
        self._context, self._font, self._marks = context, font, marks
        self._looks: list[_Look] = [{}]
        self._line: _Look = {}
        self._words: list[str] = []
        self._shaped: dict[tuple[Face, str], tuple[Glyph, ...]] = {}
        self._colour = ""
        self._pen: tuple[str, ...] = ()
        self._letters: tuple[Face | None, float] = (None, 0.0)
        # Whose marks are open, and whose were opened last.
        self._owner: int | None = None
        self._last: int | None = None
        self._figures = 0
        self._figure_depth = 0

    def read(self, svg: bytes) -> None:
        """Paint all of it."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words.append
        parser.Parse(svg, True)
        self._own(None)

    # The elements of the SVG

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        if tag == "rect" or tag == "path":
            self._shape(said)
        elif tag == "text":
            self._line = said
            self._words.clear()
        elif tag == "g":
            self._looks.append({**self._looks[-1], **said})
            if "data-from" in said and self._marks is not None:
                self._own(self._marks.figures[self._figures])
                self._figures, self._figure_depth = self._figures + 1, len(self._looks)

    def _end(self, tag: str) -> None:
        if tag == "text":
            self._text("".join(self._words), {**self._looks[-1], **self._line})
        elif tag == "g":
            if self._figure_depth == len(self._looks):
                self._figure_depth, self._last = 0, None
                self._own(None)
            self._looks.pop()

    def _shape(self, said: _Look) -> None:
        usual, context = self._looks[-1], self._context
        fill = said.get("fill") or usual.get("fill", "#000000")
        stroke = said.get("stroke") or usual.get("stroke", "none")
        width = said.get("stroke-width") or usual.get("stroke-width", "1")
        is_filled, is_drawn = fill != "none", stroke != "none" and width != "0"
        if not (is_filled or is_drawn):
            return
        self._own(None)
        if "d" in said:
            _path(context, said["d"])
        else:
            _rectangle(context, said)
        if is_filled:
            self._paint_in(fill)
            if is_drawn:
                context.fill_preserve()
            else:
                context.fill()
        if is_drawn:
            dashes = said.get("stroke-dasharray") or usual.get("stroke-dasharray", "")
            self._draw_with(width, dashes, said.get("stroke-linecap", ""), said.get("stroke-linejoin", ""))
            self._paint_in(stroke)
            context.stroke()

    def _text(self, written: str, look: _Look) -> None:
        text = _as_svg_has_it(written)
        if not text:
            return
        size, x, y = float(look["font-size"]), float(look["x"]), float(look["y"])
        face = self._font.face(look.get("font-weight") == "bold", look.get("font-style") == "italic")
        left = x - face.advance(text) * size * BEFORE_ANCHOR[look.get("text-anchor", "start")]
        if self._letters != (face, size):
            self._letters = face, size
            self._context.set_font_face(cairo_face(face))
            self._context.set_font_size(size)
        place = place_of(written, x, y)
        pieces: Sequence[tuple[int, int | None]] = _NOBODYS
        if self._marks is not None:
            pieces = self._marks.lines.get(place, _NOBODYS)
        shaped = self._shaped.get((face, text))
        if shaped is None:
            shaped = self._shaped[face, text] = face.glyphs(text)
        lines = [(shaped, pieces[-1][1])]
        if len(pieces) > 1 and (cut := _cut(shaped, pieces[0][0])):
            lines = [(shaped[:cut], pieces[0][1]), (shaped[cut:], pieces[1][1])]
        for line, owner in lines:
            goes_on = owner is not None and owner == self._last
            self._own(owner)
            self._paint_in(look["fill"])
            if goes_on and self._marks is not None and place not in self._marks.glued and (space := _space(face)):
                # Readers who take the text of an element would else join the last word of a line and the next.
                line = (space._replace(x=line[0].x - space.advance), *line)
            show_line(self._context, line, left, y, size)

    # The state of cairo

    def _own(self, owner: int | None) -> None:
        """What is painted next belongs to the element, or to none."""
        if self._figure_depth or owner == self._owner:
            return
        if self._owner is not None:
            self._context.tag_end(MARK)
        if owner is not None:
            self._context.tag_begin(MARK, "")
            self.marked.append(owner)
            self._last = owner
        self._owner = owner

    def _paint_in(self, colour: str) -> None:
        if colour != self._colour:
            self._colour = colour
            self._context.set_source_rgb(*_shares(colour))

    def _draw_with(self, *pen: str) -> None:
        """Lines of the width, dashes, cap and join; most are like the one before."""
        if pen != self._pen:
            self._pen = pen
            width, dashes, cap, join = pen
            self._context.set_line_width(float(width))
            self._context.set_dash([float(length) for length in dashes.split(",")] if dashes else [])
            self._context.set_line_cap(_CAPS.get(cap, cairocffi.LINE_CAP_BUTT))
            self._context.set_line_join(_JOINS.get(join, cairocffi.LINE_JOIN_MITER))


def _rectangle(context: Any, said: _Look) -> None:
    left, top, width, height = (float(said.get(side, "0")) for side in ("x", "y", "width", "height"))
    reach = float(said.get("rx", "0"))
    if not (width and height):
        return
    if not reach:
        context.rectangle(left, top, width, height)
        return
    right, bottom, inner = left + width, top + height, reach * (1 - QUARTER_CIRCLE)
    context.move_to(left + reach, top)
    for start, first, second, end in (
        ((right - reach, top), (right - inner, top), (right, top + inner), (right, top + reach)),
        ((right, bottom - reach), (right, bottom - inner), (right - inner, bottom), (right - reach, bottom)),
        ((left + reach, bottom), (left + inner, bottom), (left, bottom - inner), (left, bottom - reach)),
        ((left, top + reach), (left, top + inner), (left + inner, top), (left + reach, top)),
    ):
        context.line_to(*start)
        context.curve_to(*first, *second, *end)
    context.close_path()


def _path(context: Any, commands: str) -> None:
    x = y = 0.0
    for command, written in _COMMANDS.findall(commands):
        if command == "Z":
            context.close_path()
            continue
        numbers = [float(part) for part in written.replace(",", " ").split()]
        if command == "H":
            x = numbers[0]
        elif command == "V":
            y = numbers[0]
        else:
            x, y = numbers[-2:]
        if command == "M":
            context.move_to(x, y)
        elif command != "C":
            context.line_to(x, y)
        else:
            for start in range(0, len(numbers), 6):
                context.curve_to(*numbers[start : start + 6])


@functools.lru_cache(maxsize=64)
def _space(face: Face) -> Glyph | None:
    return face.glyphs(" ")[0] if ord(" ") in face.characters else None


@functools.cache
def _shares(colour: str) -> tuple[float, float, float]:
    """``#rrggbb`` in shares of one."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _as_svg_has_it(text: str) -> str:
    """Without the spaces that SVG leaves out."""
    return " ".join(filter(None, text.split(" "))) if "  " in text or text[:1] == " " or text[-1:] == " " else text


def _cut(shaped: Sequence[Glyph], length: int) -> int:
    """How many glyphs stand for the first characters of a line; 0 where one stands for more."""
    read, cut = 0, 0
    while cut < len(shaped) and (read < length or not shaped[cut].text):
        read, cut = read + len(shaped[cut].text), cut + 1
    return cut if read == length else 0
