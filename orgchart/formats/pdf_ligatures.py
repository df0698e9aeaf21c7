"""A PDF that cairo made, in; the same with ligatures whose glyphs tell their letters by themselves, out.

Round a glyph that stands for several letters, as for the fi in „Sektor za finansije“, cairo sets a mark of its own
(``ActualText``). Where that lies inside the mark of an element, poppler, which several readers use, ends the element
there. A font's table (``ToUnicode``) can tell the same letters, and needs no mark.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any, Final

import pikepdf

_STRING: Final = rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>"
_ONE_GLYPH: Final = (
    rb"/Span\s*<<\s*/ActualText\s*<(?:feff|FEFF)([0-9A-Fa-f]+)>\s*>>\s*BDC"
    rb"(\s+(?:/([^\s/]+)\s+\S+\s+Tf\s+)?<([0-9A-Fa-f]{4})>\s*Tj\s+)EMC(?=\s)"
)
_TOKENS: Final = re.compile(rb"(?s)(%s)|/([^\s/]+)\s+\S+\s+Tf(?=\s)|%s" % (_ONE_GLYPH, _STRING))
_ENTRY: Final = rb"<%s> <([0-9A-Fa-f]+)>"

# By font, its glyphs by the digits that show them, and the letters of each as digits of UTF-16.
_Told = dict[str, dict[bytes, bytes]]


def tell_ligatures(pdf: pikepdf.Pdf, letters: Container[str]) -> None:
    """letters: of all texts; a ligature that is written as one letter of its own there keeps its mark."""
    told: _Told = {}
    for page in pdf.pages:
        content = page.obj.Contents.read_bytes()
        if b"/ActualText" in content:
            page.obj.Contents = pdf.make_stream(_without_marks(content, page.obj.Resources.Font, letters, told))


def _without_marks(content: bytes, fonts: Any, letters: Container[str], told: _Told) -> bytes:
    parts, end, font = [], 0, b""
    for token in _TOKENS.finditer(content):
        span, means, inner, own_font, glyph, other_font = token.groups()
        if span is None:
            font = other_font or font
            continue
        font = own_font or font
        if font and _tells(fonts[f"/{font.decode('ascii')}"], glyph, means, letters, told):
            parts += [content[end : token.start()], inner]
            end = token.end()
    return b"".join([*parts, content[end:]])


def _tells(font: Any, glyph: bytes, means: bytes, letters: Container[str], told: _Told) -> bool:
    """Whether the font tells these letters for the glyph, from now on or already."""
    known = told.setdefault(str(font.BaseFont), {})
    if glyph not in known:
        table = font.ToUnicode.read_bytes()
        entry = re.search(_ENTRY % glyph, table)
        known[glyph] = b""
        if entry and bytes.fromhex(entry[1].decode("ascii")).decode("utf-16-be", "replace") not in letters:
            font.ToUnicode.write(table[: entry.start(1)] + means + table[entry.end(1) :])
            known[glyph] = means
    return known[glyph] == means
