"""An SVG of ours and its font, in; the same picture on a cairo surface, its text whole lines of real text, out.

CairoSVG draws the boxes and rails. Its own way with text, a call for each letter, is slow and loses kerning and words;
here each line is one call with the glyphs that the layout measured, from the very font file it measured.
"""

from __future__ import annotations

import functools
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from orgchart.errors import FontError, FormatError
from orgchart.formats.tag_tree import PageMarks, place_of
from orgchart.text import Face, Font, Glyph

LIBCAIRO_REMEDY = (
    "install it with: apt-get install libcairo2 (Debian, Ubuntu), dnf install cairo (Fedora), "
    "brew install cairo (macOS), or the GTK runtime (Windows)"
)

try:
    import cairocffi
    from cairosvg import surface as cairosvg_surface
    from cairosvg.parser import Tree
    from cffi import FFI
except OSError as error:
    raise FormatError(
        f"the library cairo, which PDF and PNG need, is not on this machine; {LIBCAIRO_REMEDY}"
    ) from error

_ffi = FFI()
_ffi.cdef("""
    void *FcPatternCreate(void);
    void FcPatternDestroy(void *pattern);
    int FcPatternAddString(void *pattern, const char *object, const char *value);
    int FcPatternAddInteger(void *pattern, const char *object, int value);
    void *cairo_ft_font_face_create_for_pattern(void *pattern);
""")
# What stands at both ends of marked content, of the structure types that cairo knows.
MARK = "Span"
# How much of a line's width lies before its anchor.
_BEFORE_ANCHOR = {"start": 0.0, "middle": 0.5, "end": 1.0}
_LIBRARIES = {
    "win32": ("libfontconfig-1.dll", "libcairo-2.dll"),
    "darwin": ("libfontconfig.1.dylib", "libcairo.2.dylib"),
}


@functools.lru_cache(maxsize=1)
def _libraries() -> tuple[Any, Any]:
    fontconfig, cairo = _LIBRARIES.get(sys.platform, ("libfontconfig.so.1", "libcairo.so.2"))
    names = ["fontconfig", "fontconfig-1"], ["cairo-2", "cairo", "libcairo-2"]
    try:
        return (
            cairocffi.dlopen(_ffi, names[0], [fontconfig]),
            cairocffi.dlopen(_ffi, names[1], [cairo]),
        )
    except OSError as error:
        raise FormatError(
            f"cairo on this machine has no fontconfig, which PDF and PNG need; {LIBCAIRO_REMEDY}"
        ) from error


@functools.lru_cache(maxsize=64)
def _cairo_face(face: Face) -> Any:
    """Cairo's view of exactly this font file: no search among installed fonts, nothing set for the whole process."""
    fontconfig, cairo = _libraries()
    pattern = fontconfig.FcPatternCreate()
    fontconfig.FcPatternAddString(pattern, b"file", str(face.path).encode(sys.getfilesystemencoding()))
    fontconfig.FcPatternAddInteger(pattern, b"index", face.index)
    pointer = cairo.cairo_ft_font_face_create_for_pattern(pattern)
    fontconfig.FcPatternDestroy(pattern)
    address = int(_ffi.cast("intptr_t", pointer))
    made = cairocffi.FontFace._from_pointer(cairocffi.ffi.cast("cairo_font_face_t *", address), incref=False)
    if cairocffi.cairo.cairo_font_face_status(made._pointer):
        raise FontError(f'cairo cannot use the font file "{face.path}"; choose another font in the style')
    return made


class _TextAsLines:
    """Mixed into a CairoSVG surface: draws ``<text>`` nodes by their glyphs and leaves all else to CairoSVG."""

    font: ClassVar[Font]
    context: Any
    _goes_on = False  # whether the line is a further one of its element

    def draw(self, node: Any) -> None:
        if node.tag == "text":
            self._draw_line(node)
        elif node.tag not in ("title", "desc", "style"):
            super().draw(node)  # type: ignore[misc]

    def _draw_line(self, node: Any) -> None:
        text = node.text or ""
        size, x, y = float(node["font-size"]), float(node["x"]), float(node["y"])
        face = self.font.face(node.get("font-weight") == "bold", node.get("font-style") == "italic")
        x -= face.advance(text) * size * _BEFORE_ANCHOR[node.get("text-anchor", "start")]
        context = self.context
        context.set_source_rgba(*cairosvg_surface.color(node["fill"]))
        context.set_font_face(_cairo_face(face))
        context.set_font_size(size)
        # In the order of the page, from left to right in any script: readers of PDF turn Arabic and Hebrew themselves.
        for shaped in self._pieces(face.glyphs(text), node):
            glyphs = [(glyph.number, x + glyph.x * size, y - glyph.y * size) for glyph in shaped]
            if self._goes_on and 32 in face.characters:
                # Readers who take the text of an element would else join the last word of a line and the next.
                (space,) = face.glyphs(" ")
                glyphs.insert(0, (space.number, x - space.advance * size, y))
                shaped = (space, *shaped)
            context.show_text_glyphs("".join(glyph.text for glyph in shaped), glyphs, _clusters(shaped))

    def _pieces(self, shaped: Sequence[Glyph], node: Any) -> Iterator[Sequence[Glyph]]:
        """The glyphs of a line in the pieces that are drawn one by one."""
        yield shaped


class _Marked(_TextAsLines):
    """Mixed into a surface of PDF: what belongs to an element is drawn between marks, several lines of one element
    between one pair. ``drawn``: the elements in the order of their marks, page by page."""

    marks: ClassVar[PageMarks]
    drawn: ClassVar[list[list[int]]]
    _open: int | None = None
    _figures: int = 0
    _in_figure: bool = False
    _last: int | None = None

    def draw(self, node: Any) -> None:
        if node.tag == "g" and "data-from" in node and not self._in_figure:
            self._mark(self.marks.figures[self._figures])
            self._figures, self._in_figure = self._figures + 1, True
            super().draw(node)
            self._in_figure = False
            self._mark(None)
            return
        if node.tag != "text":
            self._mark(None)
        super().draw(node)

    def close_marks(self) -> None:
        self._mark(None)

    def _pieces(self, shaped: Sequence[Glyph], node: Any) -> Iterator[Sequence[Glyph]]:
        place = place_of(node.text or "", float(node["x"]), float(node["y"]))
        pieces = self.marks.lines.get(place, ((0, None),))
        first, element = pieces[0]
        if len(pieces) > 1:
            length, cut = 0, 0
            while cut < len(shaped) and length < first:
                length, cut = length + len(shaped[cut].text), cut + 1
            while cut < len(shaped) and not shaped[cut].text:
                cut += 1
            if length == first:
                self._mark(element)
                yield shaped[:cut]
                shaped = shaped[cut:]
            element = pieces[1][1]
        self._mark(element)
        self._goes_on = self._goes_on and place not in self.marks.glued
        yield shaped

    def _mark(self, element: int | None) -> None:
        self._goes_on = element is not None and element == self._last
        if self._in_figure or element == self._open:
            return
        if self._open is not None:
            self.context.tag_end(MARK)
        if element is not None:
            self.context.tag_begin(MARK, "")
            self.drawn[-1].append(element)
            self._last = element
        self._open = element


def _clusters(shaped: Sequence[Glyph]) -> list[tuple[int, int]]:
    """Pairs of bytes of text and glyphs that stand for them."""
    clusters: list[tuple[int, int]] = []
    for glyph in shaped:
        if glyph.text or not clusters:
            clusters.append((len(glyph.text.encode("utf-8")), 1))
        else:
            clusters[-1] = (clusters[-1][0], clusters[-1][1] + 1)
    return clusters


def surface_class(base: str, font: Font) -> Any:
    """CairoSVG's surface of the name (``PNGSurface``) with our text in the given font."""
    return type(f"Chart{base}", (_TextAsLines, getattr(cairosvg_surface, base)), {"font": font})


def pdf_pages(pages: Iterable[tuple[bytes, PageMarks | None]], font: Font) -> tuple[bytes, list[list[int]]]:
    """SVGs as the pages of one PDF, each of its own size. One cairo surface draws them all, so that a font stands in
    the file once. Where marks are given, the elements of each page come back in the order in which they are marked."""
    written = io.BytesIO()
    shared: list[Any] = []
    drawn: list[list[int]] = []

    def sheet(base: Any, **more: Any) -> Any:
        def create_surface(_: Any, width: float, height: float) -> tuple[Any, float, float]:
            if shared:
                shared[0].set_size(width, height)
            else:
                shared.append(cairocffi.PDFSurface(written, width, height))
            return shared[0], width, height

        own = {"font": font, "_create_surface": create_surface, **more}
        return type("Sheet", (base, cairosvg_surface.PDFSurface), own)

    for svg, marks in pages:
        drawn.append([])
        made = sheet(_TextAsLines) if marks is None else sheet(_Marked, marks=marks, drawn=drawn)
        page = made(Tree(bytestring=svg), written, 96)
        if marks is not None:
            page.close_marks()
        page.context.show_page()
    shared[0].finish()
    return written.getvalue(), drawn
