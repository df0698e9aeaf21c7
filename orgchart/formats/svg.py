"""A page of a Chart, in; its SVG, pure text with its own font inside, safe to embed beside others, out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import quote

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.drawing import Drawing, Link, Words
from orgchart.formats.escape import in_attribute, in_text
from orgchart.formats.numbers import mm, number
from orgchart.formats.svg_shapes import arrow, dash, letters_of, rails, rect, rectangle, signs, text
from orgchart.formats.svg_style import style_element
from orgchart.formats.svg_units import unit_groups
from orgchart.formats.svg_ways import DRAWN, WAYS, SvgWay
from orgchart.text import Font
from orgchart.words import index_word, legend_word, level_word, page_reference, unit_count_words

_PIECES: Final = 256  # of a hundred kilobytes together
_HIDDEN: Final = ' aria-hidden="true"'


def write_svg(chart: Chart, page: ChartPage) -> bytes:
    """The page as SVG 1.1 with physical size in mm and a viewBox in pt, in the chart's way (``svg_ways.WAYS``). Every
    id starts with a prefix of the page's own content, so that several charts can stand in one web page. Links lead to
    the files of the other pages."""
    return _written(chart, page, WAYS[chart.svg], links=True)


def drawn_svg(chart: Chart, page: ChartPage) -> bytes:
    """The picture alone, each unit in a group of its own: for the formats that are made of it."""
    return _written(chart, page, DRAWN, links=False)


def _written(chart: Chart, page: ChartPage, way: SvgWay, *, links: bool) -> bytes:
    drawing = page.drawing
    body = list(_in_chunks(_body(drawing, chart, page, way)))
    prefix = _prefix(*body) if len(chart.pages) == 1 else _prefix_of(drawing, way)
    family = f"{prefix}-font" if way.styled and chart.embed_font else ""
    style = style_element(drawing, chart.font, prefix, family) if way.styled else ""
    linked = "".join(_links(drawing.links, chart, way)) if links and drawing.links else ""
    head = "".join(_head(chart, page, way, prefix, family)) + style
    end = linked.replace("\x00", prefix) + "</svg>\n"
    own = prefix.encode("ascii")
    for place, chunk in enumerate(body):
        body[place] = chunk.replace(b"\x00", own)
    return b"".join([head.encode("utf-8"), *body, end.encode("utf-8")])


def _in_chunks(pieces: Iterator[str]) -> Iterator[bytes]:
    """Of a large chart all pieces at once would take several times the memory of the file, and the time to fill it."""
    while some := list(islice(pieces, _PIECES)):
        yield "".join(some).encode("utf-8")


def _prefix(*content: bytes) -> str:
    digest = hashlib.sha256()
    for chunk in content:
        digest.update(chunk)
    return "oc" + digest.hexdigest()[:8]


def _prefix_of(drawing: Drawing, way: SvgWay) -> str:
    """Of a page in an atlas, known to the other pages without writing it: they could not know each other's text."""
    shown = repr(drawing) + way.name
    more = repr((drawing.headings, drawing.marks)) if drawing.headings or drawing.marks else ""
    return _prefix((shown + more).encode("utf-8"))


def _head(chart: Chart, page: ChartPage, way: SvgWay, prefix: str, family: str) -> Iterator[str]:
    drawing = page.drawing
    width, height = number(drawing.width), number(drawing.height)
    # The installed family first: Word and LibreOffice look at that one only; then the one inside, named on its own.
    families = ", ".join([f"'{in_attribute(chart.font.family)}'", *([f"'{family}'"] if family else []), "sans-serif"])
    title = chart.title if len(chart.pages) == 1 else f"{chart.title}, {page_reference((page.number,), drawing.lang)}"
    source = chart.structure.unit_file.source
    printed = f' data-source-sha256="{in_attribute(source.sha256)}"' if way.told and source and source.sha256 else ""
    if way.units == "nested":
        said = f'role="graphics-document" aria-labelledby="{prefix}-title" aria-describedby="{prefix}-desc"'
        description = _summary(page)
    else:
        said = f'role="img" aria-labelledby="{prefix}-title {prefix}-desc"'
        description = _outline(page)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{prefix}" width="{mm(drawing.width)}" '
        f'height="{mm(drawing.height)}" viewBox="0 0 {width} {height}" '
        f'lang="{drawing.lang}" xml:lang="{drawing.lang}" {said}{printed} font-family="{families}">\n'
    )
    yield f'<title id="{prefix}-title">{in_text(title)}</title>\n'
    yield f'<desc id="{prefix}-desc">{in_text(description)}</desc>\n'


def _summary(page: ChartPage) -> str:
    """How many units of which level the page shows: they say the rest themselves."""
    lang = page.drawing.lang
    if page.layout is None:
        return index_word(lang)
    levels = Counter(mark.level for mark in page.drawing.units)
    of_levels = ", ".join(f"{level_word(level, lang)}: {count}" for level, count in levels.items())
    return f"{unit_count_words(len(page.drawing.units), lang)} ({of_levels})"


def _outline(page: ChartPage) -> str:
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


def _body(drawing: Drawing, chart: Chart, page: ChartPage, way: SvgWay) -> Iterator[str]:
    """Everything drawn, in the order of painting; \\0 stands for the prefix, which is known only after."""
    font = chart.font
    hidden = _HIDDEN if way.units == "nested" else ""
    yield rect(0, 0, drawing.width, drawing.height, f'fill="{drawing.background}"').replace(' x="0" y="0"', "")
    # The title is heard already, as the name of the whole.
    yield from _lines("heading", drawing.title, font, way, hidden)
    yield from _lines("fields", drawing.headings, font, way, "")
    if drawing.rails:
        look = f'stroke="{drawing.rail_colour}" stroke-width="{number(drawing.rail_width)}"{dash(drawing.rail_line)}'
        yield f'<g id="\x00-rails" fill="none" {look}{hidden}>\n'
        if way.units == "joined":
            yield f'<path d="{"".join(path for _, path in rails(drawing.rails, drawing.rail_radius))}"/>\n'
        else:
            for parent, path in rails(drawing.rails, drawing.rail_radius):
                yield f'<path data-parent="{in_attribute(parent)}" d="{path}"/>\n'
        yield "</g>\n"
    if drawing.relations:
        yield from _relations(drawing, chart, way)
    if page.layout is not None:
        yield from unit_groups(chart, page, way)
    yield from _lines("index", drawing.index, font, way, "")
    if drawing.legend or drawing.relation_samples:
        yield from _legend(drawing, font, way)
    yield from _lines("notes", drawing.notes, font, way, "")


def _lines(name: str, lines: tuple[Words, ...], font: Font, way: SvgWay, said: str) -> Iterator[str]:
    if lines:
        letters = letters_of(lines)
        yield f'<g id="\x00-{name}"{said}{letters.attributes}>\n'
        yield from (text(words, font, letters, fitted=way.fitted) for words in lines)
        yield "</g>\n"


def _legend(drawing: Drawing, font: Font, way: SvgWay) -> Iterator[str]:
    letters = letters_of([*(entry.words for entry in drawing.legend), *(s.words for s in drawing.relation_samples)])
    named = f' role="group" aria-label="{legend_word(drawing.lang)}"' if way.units == "nested" else ""
    yield f'<g id="\x00-legend"{named}{letters.attributes}>\n'
    for entry in drawing.legend:
        yield f'<g data-level="{in_attribute(entry.level)}">' if way.styled else ""
        yield from rectangle(entry.box)
        yield "</g>" if way.styled else ""
        if entry.level in drawing.marks:
            yield '<g data-signs="">\n' if way.styled else ""
            yield from signs(entry.level, drawing)
            yield "</g>\n" if way.styled else ""
        yield text(entry.words, font, letters, fitted=way.fitted)
    for sample in drawing.relation_samples:
        yield from arrow(sample.arrow, drawing)
        yield text(sample.words, font, letters, fitted=way.fitted)
    yield "</g>\n"


def _relations(drawing: Drawing, chart: Chart, way: SvgWay) -> Iterator[str]:
    """All lines, then all words, which lie on their lines and on no other's."""
    role, hidden = ("img", _HIDDEN) if way.units == "nested" else ("group", "")
    yield '<g id="\x00-relations">\n'
    for mark in drawing.relations:
        ends = [" ".join(chart.hierarchy.unit(unit).name.split()) for unit in (mark.source, mark.target)]
        word = mark.words.text if mark.words else mark.kind
        said = in_text(f"{ends[0]} – {word} – {ends[1]}")
        yield (
            f'<g data-from="{in_attribute(mark.source)}" data-to="{in_attribute(mark.target)}" '
            f'data-kind="{in_attribute(mark.kind)}" role="{role}"><title>{said}</title>\n'
        )
        yield from arrow(mark.arrow, drawing)
        yield "</g>\n"
    letters = letters_of([mark.words for mark in drawing.relations if mark.words])
    yield f"<g{hidden}{letters.attributes}>\n"
    for mark in drawing.relations:
        if mark.words and mark.plate:
            yield rect(*mark.plate, f'fill="{drawing.background}"')
            yield text(mark.words, chart.font, letters, fitted=way.fitted)
    yield "</g>\n</g>\n"


def _links(links: Iterable[Link], chart: Chart, way: SvgWay) -> Iterator[str]:
    """Clear rectangles above all else, each with the name of the unit that it leads to: to its box, where boxes have
    ids, else to its page."""
    anchors: dict[int, dict[str, str]] = {}
    yield '<g id="\x00-links" fill="none" pointer-events="all">\n'
    for link in links:
        page = chart.pages[link.page - 1]
        if link.page not in anchors:
            prefix = _prefix_of(page.drawing, way)
            anchors[link.page] = {mark.unit: f"{prefix}-u{n}" for n, mark in enumerate(page.drawing.units, 1)}
        place_in_it = "" if way.units == "joined" else f"#{anchors[link.page][link.unit]}"
        target = f"{chart.name}{page.suffix}.svg{place_in_it}"
        name = " ".join(chart.hierarchy.unit(link.unit).name.split())
        place = page_reference((link.page,), page.drawing.lang)
        yield f'<a href="{quote(target, safe="#")}"><title>{in_text(f"{name}, {place}")}</title>'
        yield rect(link.left, link.top, link.width, link.height, 'stroke="none"')
        yield "</a>\n"
    yield "</g>\n"
