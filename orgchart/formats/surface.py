"""An SVG of ours and its font, in; the same picture on a cairo surface, its text whole lines of real text, out.

CairoSVG draws the boxes and rails. Its own way with text, a call for each letter, is slow and loses kerning and words;
here each line is one call with the glyphs that the layout measured, from the very font file it measured.
"""

from __future__ import annotations

import functools
import io
import sys
from collections.abc import Iterable
from typing import Any, ClassVar

from orgchart.errors import FontError, FormatError
from orgchart.text import Face, Font

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
        shaped = face.glyphs(text)
        glyphs = [(glyph.number, x + glyph.x * size, y - glyph.y * size) for glyph in shaped]
        context = self.context
        context.set_source_rgba(*cairosvg_surface.color(node["fill"]))
        context.set_font_face(_cairo_face(face))
        context.set_font_size(size)
        # In the order of the page, from left to right in any script: readers of PDF turn Arabic and Hebrew themselves.
        context.show_text_glyphs("".join(glyph.text for glyph in shaped), glyphs, _clusters(shaped))


def _clusters(shaped: tuple[Any, ...]) -> list[tuple[int, int]]:
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


def pdf_pages(pages: Iterable[bytes], font: Font) -> bytes:
    """SVGs as the pages of one PDF, each of its own size. One cairo surface draws them all, so that a font stands in
    the file once."""
    written = io.BytesIO()
    shared: list[Any] = []

    class Sheet(_TextAsLines, cairosvg_surface.PDFSurface):  # type: ignore[misc]
        def _create_surface(self, width: float, height: float) -> tuple[Any, float, float]:
            if shared:
                shared[0].set_size(width, height)
            else:
                shared.append(cairocffi.PDFSurface(written, width, height))
            return shared[0], width, height

    Sheet.font = font
    for svg in pages:
        Sheet(Tree(bytestring=svg), written, 96).context.show_page()
    shared[0].finish()
    return written.getvalue()
