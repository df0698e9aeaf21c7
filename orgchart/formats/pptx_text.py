"""Lines of Words, in; DrawingML text that stands where the drawing has it, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from orgchart.drawing import Anchor, Link, Words
from orgchart.formats.pptx_connectors import Area, emu
from orgchart.layout.measure import LINE_SPACING
from orgchart.text import Font

# A link's relationship in its slide, by the number of the page that it leads to.
Relate = Callable[[int], str]
Part = tuple[str, Link | None]

_ALIGN = {"start": "l", "middle": "ctr", "end": "r"}
_REGIONS = {"sr-Cyrl": "sr-Cyrl-RS", "sr-Latn": "sr-Latn-RS", "en": "en-GB"}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Since 2019 PowerPoint lets linked text keep its colour.
_OWN_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
# The font's own distance of lines, which follows when a person changes the size; LibreOffice's is the drawing's 1.2.
_SPACING = (
    '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
    '<a:spcAft><a:spcPts val="0"/></a:spcAft><a:buNone/>'
)
# How far above its baseline a line's middle lies, in font sizes: between (ascent - descent) / 2, which is 0.37 for
# PT Sans, and the 0.46 of LibreOffice.
_MIDDLE_ABOVE_BASELINE = 0.39


@dataclass(frozen=True, slots=True)
class Typing:
    """What all text of a slide shares. lang: PowerPoint's tag of the language; relate: makes the slide's links."""

    font: Font
    lang: str
    relate: Relate


def said(text: str) -> str:
    """Any text for XML, in an element or an attribute."""
    return escape(printable(text))


def printable(text: str) -> str:
    """The text with a question mark in a lozenge for what XML cannot hold."""
    return _NOT_IN_XML.sub("�", text)


def spelling(lang: str) -> str:
    """The language by which PowerPoint checks the spelling."""
    return _REGIONS.get(lang, lang)


def colour(value: str) -> str:
    """A solid fill of the colour ``#rrggbb``."""
    return f'<a:solidFill><a:srgbClr val="{value[1:].upper()}"/></a:solidFill>'


def body(lines: Sequence[Words], typing: Typing, parts: Sequence[Sequence[Part]] = (), *, wrap: bool) -> str:
    """``p:txBody`` of one paragraph, its lines broken as in the drawing, nothing round it.

    Lines after the first are indented as the last is. parts: for each line, its text in parts of which some lead to
    other pages. wrap: whether text that is longer than the shape, as it may be after an edit or in a wider font, is
    broken and, where it then does not fit, set smaller: else it would stand over the rails, which LibreOffice would
    lead round it.
    """
    fit = "<a:normAutofit/>" if wrap else "<a:noAutofit/>"
    setting = (
        f'<p:txBody><a:bodyPr vert="horz" wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'rtlCol="0" anchor="ctr">{fit}</a:bodyPr><a:lstStyle/>'
    )
    if not lines:
        return f'{setting}<a:p><a:endParaRPr lang="{said(typing.lang)}"/></a:p></p:txBody>'
    align = _ALIGN[lines[0].anchor]
    broken = f"<a:br>{_look(lines[0], typing)}</a:br>".join(
        "".join(run(part, words, typing, link) for part, link in (parts[number] if parts else ((words.text, None),)))
        for number, words in enumerate(lines)
    )
    hang = emu(lines[-1].x - lines[0].x)
    paragraph = f'<a:pPr marL="{hang}" indent="{-hang}" algn="{align}">{_SPACING}</a:pPr>{broken}'
    return f"{setting}<a:p>{paragraph}</a:p></p:txBody>"


def run(text: str, words: Words, typing: Typing, link: Link | None = None) -> str:
    """A stretch of text in the look of the words."""
    click = "" if link is None else click_on(typing.relate(link.page), _OWN_COLOUR)
    return f"<a:r>{_look(words, typing, click)}<a:t>{said(text)}</a:t></a:r>" if text else ""


def click_on(relationship: str, inside: str = "") -> str:
    """What leads to another slide."""
    return f'<a:hlinkClick r:id="{relationship}" action="ppaction://hlinksldjump">{inside}</a:hlinkClick>'


def _look(words: Words, typing: Typing, click: str = "") -> str:
    family = said(typing.font.family)
    size = round(words.size * 100)
    return (
        f'<a:rPr lang="{said(typing.lang)}" sz="{size}" b="{words.bold:d}" i="{words.italic:d}" dirty="0">'
        f'{colour(words.colour)}<a:latin typeface="{family}"/><a:ea typeface="{family}"/><a:cs typeface="{family}"/>'
        f"{click}</a:rPr>"
    )


def text_area(lines: Sequence[Words], font: Font, left: float, top: float) -> Area:
    """The text box in whose middle the lines lie as they are drawn, for a page that begins left and top pt from the
    corner."""
    first, last = lines[0], lines[-1]
    face = font.face(first.bold, first.italic)
    width = max(face.advance(words.text) * words.size for words in lines)
    height = LINE_SPACING * first.size * len(lines)
    start = first.x - width * _SHARE_BEFORE[first.anchor]
    above = (first.y + last.y) / 2 - _MIDDLE_ABOVE_BASELINE * first.size - height / 2
    return Area(emu(left + start), emu(top + above), emu(width), emu(height))


_SHARE_BEFORE: dict[Anchor, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}
