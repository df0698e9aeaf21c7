"""A face of a font and a line set in it, in; the line as cairo shows it, glyph by glyph where it was measured, out."""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from typing import Any

from orgchart.errors import FontError, FormatError
from orgchart.text import Face, Glyph

LIBCAIRO_REMEDY = (
    "install it with: apt-get install libcairo2 (Debian, Ubuntu), dnf install cairo (Fedora), "
    "brew install cairo (macOS), or the GTK runtime (Windows)"
)

try:
    import cairocffi
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
_LIBRARIES = {
    "win32": ("libfontconfig-1.dll", "libcairo-2.dll"),
    "darwin": ("libfontconfig.1.dylib", "libcairo.2.dylib"),
}


@functools.lru_cache(maxsize=1)
def _libraries() -> tuple[Any, Any]:
    fontconfig, cairo = _LIBRARIES.get(sys.platform, ("libfontconfig.so.1", "libcairo.so.2"))
    names = ["fontconfig", "fontconfig-1"], ["cairo-2", "cairo", "libcairo-2"]
    if sys.platform == "linux":
        names = [], []  # to look for a name, Python starts a compiler and a linker there
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
def cairo_face(face: Face) -> Any:
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


def show_line(context: Any, shaped: Sequence[Glyph], x: float, y: float, size: float) -> None:
    """Show the glyphs with the text that they stand for, from x on the baseline at y, in the context's face and size.

    In the order of the page, from left to right in any script: readers of PDF turn Arabic and Hebrew themselves.
    """
    glyphs = [(number, x + along * size, y - up * size) for number, _, along, up, _ in shaped]
    context.show_text_glyphs("".join([glyph.text for glyph in shaped]), glyphs, _clusters(shaped))


def _clusters(shaped: Sequence[Glyph]) -> list[tuple[int, int]]:
    """Pairs of bytes of text and glyphs that stand for them."""
    clusters: list[tuple[int, int]] = []
    for glyph in shaped:
        if glyph.text or not clusters:
            clusters.append(_one_glyph(glyph.text))
        else:
            clusters[-1] = (clusters[-1][0], clusters[-1][1] + 1)
    return clusters


@functools.lru_cache(maxsize=1 << 12)
def _one_glyph(text: str) -> tuple[int, int]:
    return len(text.encode("utf-8")), 1
