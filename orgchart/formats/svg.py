"""A page of a Chart, in; its SVG, pure text with its own font inside, safe to embed beside others, out."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from urllib.parse import quote

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.drawing import Arrow, Drawing, LineKind, Link, RailMark, Rectangle, UnitMark, Words, rail_pieces
from orgchart.formats.stretches import drawn_once
from orgchart.layout.shapes import Point
from orgchart.text import ARROW_EM, ARROWS, Font
from orgchart.words import index_word, page_reference

_MM_PER_PT = 25.4 / 72
_ROUND_PT = 12.0


def write_svg(chart: Chart, page: ChartPage) -> bytes:
    """The page as SVG 1.1 with physical size in mm and a viewBox in pt. Every id starts with a prefix of the page's
    own content, so that several charts can stand in one web page. Links lead to the files of the other pages."""
    return svg_text(chart, page, embed_font=chart.embed_font, links=True).encode("utf-8")


def svg_text(chart: Chart, page: ChartPage, *, embed_font: bool, links: bool) -> str:
    """The SVG with or without its font and its links; all else is the same."""
    drawing = page.drawing
    body = "".join(_body(drawing, chart, page))
    prefix = _prefix(body) if len(chart.pages) == 1 else _prefix_of(drawing)
    own_family = f"{prefix}-font" if embed_font else ""
    style = _font_style(drawing, chart.font, own_family) if embed_font else ""
    linked = "".join(_links(drawing.links, chart)) if links and drawing.links else ""
    head = "".join(_head(chart, page, prefix, own_family))
    return head + style + body.replace("\x00", prefix) + linked.replace("\x00", prefix) + "</svg>\n"


def _prefix(content: str) -> str:
    return "oc" + hashlib.sha256(content.encode("utf-8")).hexdigest()[:8]


def _prefix_of(drawing: Drawing) -> str:
    """Of a page in an atlas, known to the other pages without writing it: they could not know each other's text."""
    shown = repr(drawing)
    return _prefix(shown + repr((drawing.headings, drawing.marks)) if drawing.headings or drawing.marks else shown)


def _head(chart: Chart, page: ChartPage, prefix: str, own_family: str) -> Iterator[str]:
    drawing = page.drawing
    width, height = _number(drawing.width), _number(drawing.height)
    # The installed family first: Word and LibreOffice look at that one only; then the one inside, named on its own.
    families = ", ".join([f"'{escape(chart.font.family)}'", *([f"'{own_family}'"] if own_family else []), "sans-serif"])
    title = chart.title if len(chart.pages) == 1 else f"{chart.title}, {page_reference((page.number,), drawing.lang)}"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_mm(drawing.width)}" '
        f'height="{_mm(drawing.height)}" viewBox="0 0 {width} {height}" '
        f'lang="{drawing.lang}" xml:lang="{drawing.lang}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" font-family="{families}">\n'
    )
    yield f'<title id="{prefix}-title">{escape(title)}</title>\n'
    yield f'<desc id="{prefix}-desc">{escape(_description(page))}</desc>\n'


def _description(page: ChartPage) -> str:
    """The outline in words: each unit's name behind dashes for its depth."""
    if page.layout is None:
        return index_word(page.drawing.lang)
    depths: dict[str, int] = {}
    lines = []
    for unit in page.hierarchy.units:
        parent = page.hierarchy.parent(unit.id)
        depths[unit.id] = 0 if parent is None else depths[parent.id] + 1
        lines.append("– " * min(depths[unit.id], 20) + page.drawing.spoken(unit.id, " ".join(unit.name.split())))
    return "\n".join(lines)


def _body(drawing: Drawing, chart: Chart, page: ChartPage) -> Iterator[str]:
    """Everything drawn, in the order of painting; \\0 stands for the prefix, which is known only after."""
    font = chart.font
    width, height = _number(drawing.width), _number(drawing.height)
    yield f'<rect width="{width}" height="{height}" fill="{drawing.background}"/>\n'
    if drawing.title:
        yield '<g id="\x00-heading">\n'
        yield from (_text(words, font) for words in drawing.title)
        yield "</g>\n"
    if drawing.headings:
        yield '<g id="\x00-fields">\n'
        yield from (_text(words, font) for words in drawing.headings)
        yield "</g>\n"
    if drawing.rails:
        dash = _dash(drawing.rail_line)
        yield (
            f'<g id="\x00-rails" fill="none" stroke="{drawing.rail_colour}" '
            f'stroke-width="{_number(drawing.rail_width)}"{dash}>\n'
        )
        yield from _rails(drawing.rails, drawing.rail_radius)
        yield "</g>\n"
    if drawing.relations:
        yield from _relations(drawing, chart)
    if page.layout is not None:
        yield '<g id="\x00-units">\n'
        units = page.hierarchy
        for number, mark in enumerate(drawing.units, 1):
            yield from _unit(number, mark, drawing.spoken(mark.unit, units.unit(mark.unit).name), drawing, font)
        yield "</g>\n"
    if drawing.index:
        yield '<g id="\x00-index">\n'
        yield from (_text(words, font) for words in drawing.index)
        yield "</g>\n"
    if drawing.legend or drawing.relation_samples:
        yield '<g id="\x00-legend">\n'
        for entry in drawing.legend:
            yield from _rectangle(entry.box)
            yield from _signs(entry.level, drawing)
            yield _text(entry.words, font)
        for sample in drawing.relation_samples:
            yield from _arrow(sample.arrow, drawing)
            yield _text(sample.words, font)
        yield "</g>\n"
    if drawing.notes:
        yield '<g id="\x00-notes">\n'
        yield from (_text(words, font) for words in drawing.notes)
        yield "</g>\n"


def _relations(drawing: Drawing, chart: Chart) -> Iterator[str]:
    """All lines, then all words, which lie on their lines and on no other's."""
    yield '<g id="\x00-relations">\n'
    for mark in drawing.relations:
        ends = [" ".join(chart.hierarchy.unit(unit).name.split()) for unit in (mark.source, mark.target)]
        word = mark.words.text if mark.words else mark.kind
        yield (
            f'<g data-from="{escape(mark.source)}" data-to="{escape(mark.target)}" data-kind="{escape(mark.kind)}" '
            f'role="group"><title>{escape(f"{ends[0]} – {word} – {ends[1]}")}</title>\n'
        )
        yield from _arrow(mark.arrow, drawing)
        yield "</g>\n"
    for mark in drawing.relations:
        if mark.words and mark.plate:
            x, y, width, height = mark.plate
            yield _rect(x, y, width, height, False, f'fill="{drawing.background}"')
            yield _text(mark.words, chart.font)
    yield "</g>\n"


def _arrow(arrow: Arrow, drawing: Drawing) -> Iterator[str]:
    look = f'stroke="{drawing.relation_colour}" stroke-width="{_number(drawing.relation_width)}"'
    yield f'<path d="{_polyline(arrow.points)}" fill="none" {look}{_dash(arrow.line)}/>\n'
    inside = drawing.relation_colour if arrow.filled else drawing.background
    yield f'<path d="{_polyline(arrow.head)}Z" fill="{inside}" {look}/>\n'


def _rails(rails: Iterable[RailMark], radius: float) -> Iterator[str]:
    """One path per parent; a stretch that several of its rails share is drawn once."""
    of_parent: dict[str, list[RailMark]] = {}
    for rail in rails:
        of_parent.setdefault(rail.parent, []).append(rail)
    for parent, below in of_parent.items():
        path = "".join(_curve(rail.points) for rail in below if rail.curve)
        path += _path(drawn_once(rail_pieces(rail.points, radius) for rail in below if not rail.curve))
        yield f'<path data-parent="{escape(parent)}" d="{path}"/>\n'


def _polyline(points: Sequence[Point]) -> str:
    path = f"M{_point(points[0])}"
    for (x, y), (next_x, next_y) in pairwise(points):
        if x == next_x:
            path += f"V{_number(next_y)}"
        elif y == next_y:
            path += f"H{_number(next_x)}"
        else:
            path += f"L{_point((next_x, next_y))}"
    return path


def _curve(points: Sequence[Point]) -> str:
    return f"M{_point(points[0])}C" + " ".join(_point(point) for point in points[1:])


def _path(pieces: Iterable[Sequence[Point]]) -> str:
    path, here = [], None
    for piece in pieces:
        if piece[0] != here:
            path.append(f"M{_point(piece[0])}")
        (x, y), here = piece[0], piece[-1]
        if len(piece) > 2:
            path.append("C" + " ".join(_point(point) for point in piece[1:]))
        elif x == here[0]:
            path.append(f"V{_number(here[1])}")
        elif y == here[1]:
            path.append(f"H{_number(here[0])}")
        else:
            path.append(f"L{_point(here)}")
    return "".join(path)


def _unit(number: int, mark: UnitMark, name: str, drawing: Drawing, font: Font) -> Iterator[str]:
    yield (
        f'<g id="\x00-u{number}" data-unit="{escape(mark.unit)}" data-level="{escape(mark.level)}" role="group">'
        f"<title>{escape(name)}</title>\n"
    )
    yield from _rectangle(mark.box)
    yield from (_text(words, font) for words in mark.words if words.text)
    if mark.unit in drawing.marks:
        yield from (_strike(words, font) for words in mark.words[: drawing.marks[mark.unit].struck] if words.text)
        yield from _signs(mark.unit, drawing)
    yield "</g>\n"


def _strike(words: Words, font: Font) -> str:
    """A line through a line of text, as long as it is, at the height of a stroke through small letters."""
    width = font.face(words.bold, words.italic).advance(words.text) * words.size
    left, y = words.x - width / 2, words.y - 0.28 * words.size
    look = f'stroke="{words.colour}" stroke-width="{_number(0.07 * words.size)}"'
    return f'<path d="M{_point((left, y))}H{_number(left + width)}" fill="none" {look}/>\n'


def _signs(key: str, drawing: Drawing) -> Iterator[str]:
    """What a unit's box, or a sample box of the legend, has on its corner."""
    for sign in drawing.marks[key].signs if key in drawing.marks else ():
        ring = f' stroke="{sign.ink}" stroke-width="{_number(sign.ring)}"' if sign.ring else ""
        corner, side = _number(sign.side / 4), _number(sign.side)
        yield (
            f'<rect x="{_number(sign.x)}" y="{_number(sign.y)}" width="{side}" height="{side}" rx="{corner}" '
            f'fill="{sign.plate}"{ring}/>\n'
        )
        path = "".join(_polyline(stroke) for stroke in sign.strokes)
        look = f'stroke="{sign.ink}" stroke-width="{_number(sign.stroke_width)}" stroke-linecap="round"'
        yield f'<path d="{path}" fill="none" {look} stroke-linejoin="round"/>\n'


def _rectangle(box: Rectangle) -> Iterator[str]:
    """As Graphviz draws it: of a double border, each line has corners of its own, and the ring between is bare."""
    look = f'stroke="{box.border}" stroke-width="{_number(box.border_width)}"{_dash(box.border_line)}'
    if box.border_width == 0:
        look = 'stroke="none"'
    gap = box.double_gap if box.border_line == "double" else 0.0
    if gap:
        yield _rect(box.x, box.y, box.width, box.height, box.corner == "round", f'fill="none" {look}')
    inner = (box.x + gap, box.y + gap, box.width - 2 * gap, box.height - 2 * gap)
    yield _rect(*inner, box.corner == "round", f'fill="{box.fill}" {look}')


def _rect(x: float, y: float, width: float, height: float, rounded: bool, look: str) -> str:
    corner = f' rx="{_number(max(0.0, min(_ROUND_PT, width / 3, height / 3)))}"' if rounded else ""
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(max(0.0, width))}" '
        f'height="{_number(max(0.0, height))}"{corner} {look}/>\n'
    )


def _text(words: Words, font: Font) -> str:
    weight = ' font-weight="bold"' if words.bold else ""
    slant = ' font-style="italic"' if words.italic else ""
    face = font.face(words.bold, words.italic)
    parts = face.parts(words.text)
    if len(parts) > 1 or words.text in ARROWS:
        left = words.x - face.advance(words.text) * words.size * {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor]
        return "".join(
            _drawn_arrow(part, left + x * words.size, words)
            if part in ARROWS
            else _text(replace(words, text=part, x=left + x * words.size, anchor="start"), font)
            for x, part in parts
        )
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    return (
        f'<text x="{_number(words.x)}" y="{_number(words.y)}" font-size="{_number(words.size)}"{weight}{slant}{anchor}'
        f'{_width(words, font)} fill="{words.colour}">{escape(words.text)}</text>\n'
    )


def _drawn_arrow(arrow: str, left: float, words: Words) -> str:
    """An arrow that the font lacks, at half the height of its small letters, as thick as its stems."""
    size, y = words.size, words.y - 0.25 * words.size
    ends = left + 0.06 * size, left + (ARROW_EM - 0.06) * size
    tip, tail = (ends[1], ends[0]) if arrow == "→" else ends
    back = tip + (0.26 if tip < tail else -0.26) * size
    head = f"M{_point((back, y - 0.21 * size))}L{_point((tip, y))}L{_point((back, y + 0.21 * size))}"
    return (
        f'<path d="M{_point((tail, y))}H{_number(tip)}{head}" fill="none" stroke="{words.colour}" '
        f'stroke-width="{_number(size * (0.12 if words.bold else 0.075))}"/>\n'
    )


def _links(links: Iterable[Link], chart: Chart) -> Iterator[str]:
    """Clear rectangles above all else, each with the name of the unit that it leads to."""
    anchors: dict[int, dict[str, str]] = {}
    yield '<g id="\x00-links" fill="none" pointer-events="all">\n'
    for link in links:
        page = chart.pages[link.page - 1]
        if link.page not in anchors:
            prefix = _prefix_of(page.drawing)
            anchors[link.page] = {mark.unit: f"{prefix}-u{n}" for n, mark in enumerate(page.drawing.units, 1)}
        target = f"{chart.name}{page.suffix}.svg#{anchors[link.page][link.unit]}"
        name = " ".join(chart.hierarchy.unit(link.unit).name.split())
        place = page_reference((link.page,), page.drawing.lang)
        yield f'<a href="{quote(target, safe="#")}"><title>{escape(f"{name}, {place}")}</title>'
        yield _rect(link.left, link.top, link.width, link.height, False, 'stroke="none"')
        yield "</a>\n"
    yield "</g>\n"


def _width(words: Words, font: Font) -> str:
    """The measured width, to which a reader without the font fits its own: so a name stays inside its box. LibreOffice,
    which measures at screen size, needs it to find the middle too. Text that the font lacks was not measured."""
    face = font.face(words.bold, words.italic)
    if not face.characters.issuperset(map(ord, words.text)):
        return ""
    width = _number(face.advance(words.text) * words.size)
    return f' textLength="{width}" lengthAdjust="spacingAndGlyphs"' if width != "0" else ""


def _dash(line: LineKind) -> str:
    """Dashes as Graphviz draws them in SVG: 5 and 2 pt; dots of 1 and 5 pt."""
    pattern = {"dashed": "5,2", "dotted": "1,5"}.get(line)
    return f' stroke-dasharray="{pattern}"' if pattern else ""


def _font_style(drawing: Drawing, font: Font, family: str) -> str:
    """The faces in use, each cut down to the characters drawn in it, as WOFF2 inside the file."""
    used: dict[tuple[bool, bool], set[int]] = {}
    for words in drawing.all_words():
        used.setdefault((words.bold, words.italic), set()).update(map(ord, words.text))
    rules = []
    for (bold, italic), characters in sorted(used.items()):
        data = base64.b64encode(_woff2(font.face(bold, italic).subset(characters))).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{'bold' if bold else 'normal'};"
            f"font-style:{'italic' if italic else 'normal'};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "<style>" + "".join(rules) + "</style>\n"


def _woff2(font_file: bytes) -> bytes:
    """The tables packed as they are: to transform the outlines saves a twentieth and takes as long as all the rest."""
    from fontTools.ttLib.sfnt import SFNTReader
    from fontTools.ttLib.woff2 import WOFF2FlavorData, WOFF2Writer

    tables = SFNTReader(io.BytesIO(font_file))
    packed = io.BytesIO()
    writer = WOFF2Writer(
        packed, len(tables.keys()), tables.sfntVersion, "woff2", WOFF2FlavorData(transformedTables=[])
    )  # fmt: skip
    for tag in sorted(tables.keys()):
        writer[tag] = tables[tag]
    writer.close()
    return packed.getvalue()


def _point(point: tuple[float, float]) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _mm(pt: float) -> str:
    # Two decimals give a sheet of A4 its 210 mm back, which points of two decimals blur.
    return f"{_number(round(pt * _MM_PER_PT, 2))}mm"


_TRAILING = re.compile(r"\.?0+$")


def _number(value: float) -> str:
    """At most three decimals, none where none are needed, never ``-0``."""
    text = _TRAILING.sub("", f"{value:.3f}")
    return "0" if text in ("-0", "") else text
