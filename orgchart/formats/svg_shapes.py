"""Rectangles, rails, arrows and lines of text of a Drawing, in; the SVG elements that show them, out.

What most lines of a group have in common stands on the group (``Letters``); a line says only what it has of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from orgchart.drawing import Arrow, Drawing, LineKind, RailMark, Rectangle, Words, rail_pieces
from orgchart.formats.escape import in_text
from orgchart.formats.numbers import digits, number, point
from orgchart.formats.stretches import drawn_once
from orgchart.layout.shapes import Point
from orgchart.text import ARROW_EM, ARROWS, BEFORE_ANCHOR, Face, Font

_ROUND_PT: Final = 12.0
# Dashes as Graphviz draws them in SVG: 5 and 2 pt; dots of 1 and 5 pt.
_DASHES: Final[Mapping[str, str]] = {
    "dashed": ' stroke-dasharray="5,2"',
    "dotted": ' stroke-dasharray="1,5"',
}


class Letters(NamedTuple):
    """How the lines of a group are set unless one says otherwise."""

    size: str = ""
    bold: bool = False
    italic: bool = False
    anchor: str = "start"
    colour: str = ""

    @property
    def attributes(self) -> str:
        """As they stand on the group; what SVG takes by itself is left out."""
        return _said(self, _BY_ITSELF)


# What a line has behind its text and its place: size, bold, italic, colour, anchor.
_Set = tuple[float, bool, bool, str, str]
_BY_ITSELF: Final = Letters()


def letters_of(lines: Sequence[Words]) -> Letters:
    """What most of the lines have; the first of them where several have as many."""
    if not lines:
        return _BY_ITSELF
    first = lines[0][3:]
    for words in lines:
        if words[3:] != first:
            counts = Counter([_letters(words[3:]) for words in lines])
            return max(counts, key=counts.__getitem__)
    return _letters(first)


@lru_cache(maxsize=1 << 10)
def _letters(as_set: _Set) -> Letters:
    size, bold, italic, colour, anchor = as_set
    return Letters(number(size), bold, italic, anchor, colour)


@lru_cache(maxsize=1 << 10)
def _said_of(as_set: _Set, usual: Letters) -> str:
    return _said(_letters(as_set), usual)


@lru_cache(maxsize=1 << 10)
def _said(own: Letters, usual: Letters) -> str:
    said = ""
    if own.size != usual.size:
        said += f' font-size="{own.size}"'
    if own.bold != usual.bold:
        said += f' font-weight="{"bold" if own.bold else "normal"}"'
    if own.italic != usual.italic:
        said += f' font-style="{"italic" if own.italic else "normal"}"'
    if own.anchor != usual.anchor:
        said += f' text-anchor="{own.anchor}"'
    if own.colour != usual.colour:
        said += f' fill="{own.colour}"'
    return said


def text(words: Words, font: Font, usual: Letters, *, fitted: bool = True) -> str:
    """One line. usual: what its group says already; fitted: whether it states its width."""
    content = words.text
    if "→" in content or "←" in content:
        face = font.face(words.bold, words.italic)
        parts = face.parts(content)
        if len(parts) > 1 or content in ARROWS:
            return _parted(parts, face, words, font, usual, fitted)
    width = _width(content, font.faces[words.bold, words.italic], words.size) if fitted else ""
    return (
        f'<text x="{number(words.x)}" y="{number(words.y)}"{_said_of(words[3:], usual)}{width}>'
        f"{in_text(content)}</text>\n"
    )


def _parted(
    parts: Iterable[tuple[float, str]], face: Face, words: Words, font: Font, usual: Letters, fitted: bool
) -> str:
    """A line with arrows that the font lacks."""
    left = words.x - face.advance(words.text) * words.size * BEFORE_ANCHOR[words.anchor]
    return "".join(
        _drawn_arrow(part, left + x * words.size, words)
        if part in ARROWS
        else text(words._replace(text=part, x=left + x * words.size, anchor="start"), font, usual, fitted=fitted)
        for x, part in parts
    )


@lru_cache(maxsize=1 << 14)
def _width(text: str, face: Face, size: float) -> str:
    """The measured width, to which a reader without the font fits its own: so a name stays inside its box. LibreOffice,
    which measures at screen size, needs it to find the middle too. Text that the font lacks was not measured."""
    if not face.signs.issuperset(text):
        return ""
    # Hardly two lines are of one width, so that keeping their digits would cost more than it saves.
    width = digits(face.advance(text) * size)
    return f' textLength="{width}" lengthAdjust="spacingAndGlyphs"' if width != "0" else ""


def _drawn_arrow(arrow: str, left: float, words: Words) -> str:
    """An arrow that the font lacks, at half the height of its small letters, as thick as its stems."""
    size, y = words.size, words.y - 0.25 * words.size
    ends = left + 0.06 * size, left + (ARROW_EM - 0.06) * size
    tip, tail = (ends[1], ends[0]) if arrow == "→" else ends
    back = tip + (0.26 if tip < tail else -0.26) * size
    head = f"M{point((back, y - 0.21 * size))}L{point((tip, y))}L{point((back, y + 0.21 * size))}"
    return (
        f'<path d="M{point((tail, y))}H{number(tip)}{head}" fill="none" stroke="{words.colour}" '
        f'stroke-width="{number(size * (0.12 if words.bold else 0.075))}"/>\n'
    )


def strike(words: Words, font: Font) -> str:
    """A line through a line of text, as long as it is, at the height of a stroke through small letters."""
    width = font.face(words.bold, words.italic).advance(words.text) * words.size
    left, y = words.x - width / 2, words.y - 0.28 * words.size
    look = f'stroke="{words.colour}" stroke-width="{number(0.07 * words.size)}"'
    return f'<path d="M{point((left, y))}H{number(left + width)}" fill="none" {look}/>\n'


def rectangle(box: Rectangle) -> list[str]:
    """As Graphviz draws it: of a double border, each line has corners of its own, and the ring between is bare."""
    x, y, width, height, fill, border, border_width, line, corner, double_gap = box
    rounded = corner == "round"
    gap = double_gap if line == "double" else 0.0
    if not gap:
        return [rect(x, y, width, height, _look(fill, border, border_width, line), rounded)]
    inner = (x + gap, y + gap, width - 2 * gap, height - 2 * gap)
    return [
        rect(x, y, width, height, _look("none", border, border_width, line), rounded),
        rect(*inner, _look(fill, border, border_width, line), rounded),
    ]


@lru_cache(maxsize=1 << 10)
def _look(fill: str, colour: str, width: float, line: LineKind) -> str:
    border = f'stroke="{colour}" stroke-width="{number(width)}"{dash(line)}' if width else 'stroke="none"'
    return f'fill="{fill}" {border}'


def rect(x: float, y: float, width: float, height: float, look: str, rounded: bool = False) -> str:
    """One rectangle. look: its other attributes."""
    return f'<rect x="{number(x)}" y="{number(y)}" {_size(width, height, rounded)} {look}/>\n'


@lru_cache(maxsize=1 << 12)
def _size(width: float, height: float, rounded: bool) -> str:
    corner = f' rx="{number(max(0.0, min(_ROUND_PT, width / 3, height / 3)))}"' if rounded else ""
    return f'width="{number(max(0.0, width))}" height="{number(max(0.0, height))}"{corner}'


def dash(line: LineKind) -> str:
    """The attribute, behind a space, that breaks a line; nothing for a whole one."""
    return _DASHES.get(line, "")


def signs(key: str, drawing: Drawing) -> Iterator[str]:
    """What a unit's box, or a sample box of the legend, has on its corner."""
    for sign in drawing.marks[key].signs if key in drawing.marks else ():
        ring = f' stroke="{sign.ink}" stroke-width="{number(sign.ring)}"' if sign.ring else ""
        corner, side = number(sign.side / 4), number(sign.side)
        yield (
            f'<rect x="{number(sign.x)}" y="{number(sign.y)}" width="{side}" height="{side}" rx="{corner}" '
            f'fill="{sign.plate}"{ring}/>\n'
        )
        path = "".join(polyline(stroke) for stroke in sign.strokes)
        look = f'stroke="{sign.ink}" stroke-width="{number(sign.stroke_width)}" stroke-linecap="round"'
        yield f'<path d="{path}" fill="none" {look} stroke-linejoin="round"/>\n'


def arrow(mark: Arrow, drawing: Drawing) -> Iterator[str]:
    """The line of a relation and its head."""
    look = f'stroke="{drawing.relation_colour}" stroke-width="{number(drawing.relation_width)}"'
    yield f'<path d="{polyline(mark.points)}" fill="none" {look}{dash(mark.line)}/>\n'
    inside = drawing.relation_colour if mark.filled else drawing.background
    yield f'<path d="{polyline(mark.head)}Z" fill="{inside}" {look}/>\n'


def rails(of_page: Iterable[RailMark], radius: float) -> Iterator[tuple[str, str]]:
    """By parent, one path; a stretch that several of its rails share is drawn once."""
    of_parent: dict[str, list[RailMark]] = {}
    for rail in of_page:
        of_parent.setdefault(rail.parent, []).append(rail)
    for parent, below in of_parent.items():
        path = "".join(_curve(rail.points) for rail in below if rail.curve)
        path += _path(drawn_once(rail_pieces(rail.points, radius) for rail in below if not rail.curve))
        yield parent, path


def polyline(points: Sequence[Point]) -> str:
    """The path through these points."""
    path = f"M{point(points[0])}"
    for (x, y), (next_x, next_y) in pairwise(points):
        if x == next_x:
            path += f"V{number(next_y)}"
        elif y == next_y:
            path += f"H{number(next_x)}"
        else:
            path += f"L{point((next_x, next_y))}"
    return path


def _curve(points: Sequence[Point]) -> str:
    return f"M{point(points[0])}C" + " ".join(point(each) for each in points[1:])


def _path(pieces: Iterable[Sequence[Point]]) -> str:
    path, here = [], None
    for piece in pieces:
        if piece[0] != here:
            path.append(f"M{point(piece[0])}")
        (x, y), here = piece[0], piece[-1]
        if len(piece) > 2:
            path.append("C" + " ".join(point(each) for each in piece[1:]))
        elif x == here[0]:
            path.append(f"V{number(here[1])}")
        elif y == here[1]:
            path.append(f"H{number(here[0])}")
        else:
            path.append(f"L{point(here)}")
    return "".join(path)
