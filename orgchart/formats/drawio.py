"""A Chart, in; a draw.io file with a page for each of its pages, uncompressed, boxes and lines that hold together, out.

Measures are the drawing's points. draw.io counts its pages in hundredths of an inch, so that a page scale of 72 %
gives the printed page its true size, and every font its true one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from math import hypot
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.drawing import (
    Arrow,
    Drawing,
    LineKind,
    Link,
    RailMark,
    Rectangle,
    RelationMark,
    UnitMark,
    Words,
)
from orgchart.formats.references import BoxLinks, index_entries, links_by_box
from orgchart.formats.told import Teller
from orgchart.layout.measure import LINE_SPACING
from orgchart.layout.shapes import Point
from orgchart.text import Font
from orgchart.words import index_word, legend_word

_UNITS_PER_PT = 100 / 72
_ROUND_PT = 12.0
# A double border's second line lies this far inside by itself, or a width of the line and 1, whichever is more.
_LEAST_INSET_PT = 2.0
_DASHES: dict[LineKind, str] = {
    "dashed": "dashed=1;fixDash=1;dashPattern=5 2",
    "dotted": "dashed=1;fixDash=1;dashPattern=1 5",
}
_ALIGN = {"start": "left", "middle": "center", "end": "right"}
# How far above its baseline a line's middle lies, in font sizes, as the drawing sets it.
_MIDDLE_ABOVE_BASELINE = 0.29
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The two cells that draw.io wants on every page: the root, and the layer that all others are in.
_ROOT, _LAYER = "0", "1"


def write_drawio(chart: Chart) -> bytes:
    """Every page as a ``diagram``, UTF-8, ending in a newline; the same chart gives the same bytes.

    Cells have the ids of their units: ``unit/ID`` where a unit is at home and in front of it the page's id where it is
    only repeated.
    """
    file = Element("mxfile", {"host": "orgchart", "type": "device", "pages": str(len(chart.pages))})
    for page in chart.pages:
        _Page(chart, page).add_to(file)
    indent(file, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(file, encoding="unicode")}\n'.encode()


def page_id(page: ChartPage) -> str:
    """The diagram's id, which links to it name."""
    return f"page{page.suffix}"


class _Page:
    """One page as its cells are made."""

    def __init__(self, chart: Chart, page: ChartPage) -> None:
        self._chart, self._page, self._drawing = chart, page, page.drawing
        self._home, self._teller = frozenset(page.home), Teller(chart)
        self._shared = f"html=1;fontFamily={chart.font.family}"

    def add_to(self, file: Element) -> None:
        drawing, page = self._drawing, self._page
        diagram = SubElement(file, "diagram", {"id": page_id(page), "name": self._name()})
        setting = {
            "dx": "0", "dy": "0", "grid": "0", "gridSize": "10", "guides": "1", "tooltips": "1", "connect": "1",
            "arrows": "1", "fold": "1", "page": "1", "pageScale": _number(1 / _UNITS_PER_PT),
            "pageWidth": str(round(drawing.width * _UNITS_PER_PT)),
            "pageHeight": str(round(drawing.height * _UNITS_PER_PT)),
            "math": "0", "shadow": "0", "background": drawing.background,
        }  # fmt: skip
        self._root = SubElement(SubElement(diagram, "mxGraphModel", setting), "root")
        SubElement(self._root, "mxCell", {"id": _ROOT})
        SubElement(self._root, "mxCell", {"id": _LAYER, "parent": _ROOT})
        for number, words in enumerate(drawing.title, 1):
            self._text(self._local(f"title/{number}"), words)
        boxes = {mark.unit: mark.box for mark in drawing.units}
        for rail in drawing.rails:
            self._rail(rail, boxes)
        for number, relation in enumerate(drawing.relations, 1):
            self._relation(number, relation, boxes)
        links = links_by_box(drawing)
        for mark in drawing.units:
            self._unit(mark, links[mark.unit])
        self._index()
        self._legend()
        for number, words in enumerate(drawing.notes, 1):
            self._text(self._local(f"note/{number}"), words)

    def _name(self) -> str:
        """What stands on the page's tab: a page's number and what is on it."""
        if len(self._chart.pages) == 1:
            return _clean(" ".join(self._chart.title.split()))
        first = next((unit for unit in self._page.home), None)
        what = index_word(self._drawing.lang) if first is None else self._chart.hierarchy.unit(first).name
        return _clean(f"{self._page.number}. {' '.join(what.split())}")

    def _local(self, name: str) -> str:
        return f"{page_id(self._page)}/{name}"

    def _unit_id(self, unit: str) -> str:
        return f"unit/{unit}" if unit in self._home else self._local(f"unit/{unit}")

    def _unit(self, mark: UnitMark, links: BoxLinks) -> None:
        unit = self._teller.own(self._page.hierarchy.unit(mark.unit))
        label = "<br>".join("".join(self._part(text, link) for text, link in parts) for parts in links.lines)
        told = {
            "id": self._unit_id(mark.unit),
            "label": label,
            "tooltip": self._teller.name(unit, self._page),
            "unit": unit.id,
            "level": unit.level,
        }
        source = unit.source
        if source is not None and source.article:
            told["article"] = source.article
        if source is not None and source.line is not None:
            told["lines"] = f"{source.line}–{source.end_line or source.line}"
        if links.whole is not None:
            told["link"] = self._link(links.whole)
        style = _box_style(mark.box)
        if mark.words:
            style += ";" + _font_style(mark.words[0])
        cell = SubElement(self._object(told), "mxCell", _vertex(f"{self._shared};whiteSpace=nowrap;spacing=0;{style}"))
        _geometry(cell, mark.box.x, mark.box.y, mark.box.width, mark.box.height)

    def _part(self, text: str, link: Link | None) -> str:
        """A part of a label, which is HTML."""
        shown = escape(_clean(text))
        if link is None:
            return shown
        return f'<a href="{escape(self._link(link))}" style="color: inherit; text-decoration: none">{shown}</a>'

    def _link(self, link: Link) -> str:
        return f"data:page/id,{page_id(self._chart.pages[link.page - 1])}"

    def _object(self, told: dict[str, str]) -> Element:
        return SubElement(self._root, "UserObject", {key: _clean(value) for key, value in told.items()})

    def _rail(self, rail: RailMark, boxes: dict[str, Rectangle]) -> None:
        drawing = self._drawing
        rounded = drawing.rail_radius > 0 and not rail.curve
        style = [
            _line_style(drawing.rail_colour, drawing.rail_width, drawing.rail_line),
            f"rounded=1;arcSize={_number(2 * drawing.rail_radius)}" if rounded else "rounded=0",
            "startArrow=none;endArrow=none",
        ]
        identity = self._local(f"rail/{rail.child}") if rail.child not in self._home else f"rail/{rail.child}"
        ends = (rail.parent, rail.child)
        # Graphviz' curves are nearly straight in a tree.
        points = (rail.points[0], rail.points[-1]) if rail.curve else rail.points
        self._edge(identity, ends, boxes, points, ";".join(style))

    def _relation(self, number: int, mark: RelationMark, boxes: dict[str, Rectangle]) -> None:
        points = (*mark.arrow.points[:-1], mark.arrow.head[0])
        style = f"{_arrow_style(mark.arrow, self._drawing)};rounded=0"
        edge = self._edge(self._local(f"relation/{number}"), (mark.source, mark.target), boxes, points, style)
        if mark.words is None or mark.plate is None:
            return
        left, top, width, height = mark.plate
        middle = (left + width / 2, top + height / 2)
        share, aside = _along(points, middle)
        background = self._drawing.background
        plain = f"edgeLabel;resizable=0;spacing=0;labelBackgroundColor={background}"
        look = f"{plain};{self._shared};{_font_style(mark.words)}"
        told = {"id": f"{edge}/word", "value": escape(_clean(mark.words.text)), "connectable": "0"}
        cell = SubElement(self._root, "mxCell", {**told, **_vertex(look, parent=edge)})
        place = SubElement(cell, "mxGeometry", {"x": _number(share), "relative": "1", "as": "geometry"})
        SubElement(place, "mxPoint", {"x": _number(aside[0]), "y": _number(aside[1]), "as": "offset"})

    def _edge(
        self,
        identity: str,
        ends: tuple[str, str],
        boxes: dict[str, Rectangle],
        points: Sequence[Point],
        style: str,
    ) -> str:
        """A line that leaves and reaches its boxes where it is drawn, wherever a person moves them."""
        squared = all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(points))
        way = "edgeStyle=orthogonalEdgeStyle;" if squared else ""
        leaving = _fixed("exit", boxes[ends[0]], points[0])
        reaching = _fixed("entry", boxes[ends[1]], points[-1])
        cell = SubElement(
            self._root,
            "mxCell",
            {
                "id": _clean(identity),
                "style": f"{way}html=1;{style};{leaving};{reaching}",
                "edge": "1",
                "parent": _LAYER,
                "source": _clean(self._unit_id(ends[0])),
                "target": _clean(self._unit_id(ends[1])),
            },
        )
        place = SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        if len(points) > 2:
            bends = SubElement(place, "Array", {"as": "points"})
            for x, y in points[1:-1]:
                SubElement(bends, "mxPoint", {"x": _number(x), "y": _number(y)})
        return _clean(identity)

    def _index(self) -> None:
        for number, entry in enumerate(index_entries(self._drawing), 1):
            link = "" if entry.link is None else self._link(entry.link)
            for place, words in enumerate((*entry.name, *entry.tail), 1):
                self._text(self._local(f"index/{number}/{place}"), words, link=link)

    def _legend(self) -> None:
        drawing = self._drawing
        if not drawing.legend and not drawing.relation_samples:
            return
        words = [entry.words for entry in drawing.legend] + [sample.words for sample in drawing.relation_samples]
        tops = [entry.box.y for entry in drawing.legend] + [_text_box(line, self._chart.font)[1] for line in words]
        boxes = [(entry.box.x, entry.box.y, entry.box.width, entry.box.height) for entry in drawing.legend]
        boxes += [_text_box(line, self._chart.font) for line in words]
        left, top = min(x for x, *_ in boxes + [(s.arrow.points[0][0],) for s in drawing.relation_samples]), min(tops)
        right, bottom = max(x + width for x, _, width, _ in boxes), max(y + height for _, y, _, height in boxes)
        group = self._local("legend")
        told = {"id": group, "label": "", "tooltip": legend_word(drawing.lang)}
        cell = SubElement(self._object(told), "mxCell", {**_vertex("group"), "connectable": "0"})
        _geometry(cell, left, top, right - left, bottom - top)
        for number, entry in enumerate(drawing.legend, 1):
            identity = {"id": f"{group}/{number}", "value": ""}
            cell = SubElement(self._root, "mxCell", {**identity, **_vertex(f"html=1;{_box_style(entry.box)}", group)})
            _geometry(cell, entry.box.x - left, entry.box.y - top, entry.box.width, entry.box.height)
            self._text(f"{group}/{number}/word", entry.words, group, (left, top))
        for number, sample in enumerate(drawing.relation_samples, len(drawing.legend) + 1):
            look = {"id": f"{group}/{number}", "value": "", "style": f"html=1;{_arrow_style(sample.arrow, drawing)}"}
            cell = SubElement(self._root, "mxCell", {**look, "edge": "1", "parent": group})
            place = SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
            for name, (x, y) in (("sourcePoint", sample.arrow.points[0]), ("targetPoint", sample.arrow.head[0])):
                SubElement(place, "mxPoint", {"x": _number(x - left), "y": _number(y - top), "as": name})
            self._text(f"{group}/{number}/word", sample.words, group, (left, top))

    def _text(
        self, identity: str, words: Words, parent: str = _LAYER, origin: Point = (0.0, 0.0), link: str = ""
    ) -> None:
        style = f"text;{self._shared};whiteSpace=nowrap;spacing=0;strokeColor=none;fillColor=none;{_font_style(words)}"
        label = escape(_clean(words.text))
        if link:
            cell = SubElement(
                self._object({"id": identity, "label": label, "link": link}), "mxCell", _vertex(style, parent)
            )
        else:
            cell = SubElement(self._root, "mxCell", {"id": identity, "value": label, **_vertex(style, parent)})
        x, y, width, height = _text_box(words, self._chart.font)
        _geometry(cell, x - origin[0], y - origin[1], width, height)


def _vertex(style: str, parent: str = _LAYER) -> dict[str, str]:
    return {"style": style, "vertex": "1", "parent": parent}


def _geometry(cell: Element, x: float, y: float, width: float, height: float) -> None:
    place = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height), "as": "geometry"}
    SubElement(cell, "mxGeometry", place)


def _text_box(words: Words, font: Font) -> tuple[float, float, float, float]:
    """Left, top, width and height of the cell in whose middle the line lies as it is drawn."""
    width = font.face(words.bold, words.italic).advance(words.text) * words.size
    height = LINE_SPACING * words.size
    left = words.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor]
    return left, words.y - _MIDDLE_ABOVE_BASELINE * words.size - height / 2, width, height


def _font_style(words: Words) -> str:
    face = words.bold + 2 * words.italic
    align = f"align={_ALIGN[words.anchor]};verticalAlign=middle"
    return f"fontSize={_number(words.size)};fontStyle={face};fontColor={words.colour};{align}"


def _box_style(box: Rectangle) -> str:
    parts = [f"fillColor={box.fill}"]
    gap = 0.0
    if box.border_line == "double" and box.border_width:
        gap = box.double_gap
        inset = max(_LEAST_INSET_PT, box.border_width + 1)
        parts.insert(0, f"shape=ext;double=1;margin={_number(gap - inset)}")
    if box.corner == "round":
        radius = max(0.0, min(_ROUND_PT, box.width / 3, box.height / 3))
        parts.append(f"rounded=1;absoluteArcSize=1;arcSize={_number(2 * radius)}")
    else:
        parts.append("rounded=0")
    line = _line_style(box.border, box.border_width, box.border_line) if box.border_width else "strokeColor=none"
    return ";".join([*parts, line])


def _line_style(colour: str, width: float, kind: LineKind) -> str:
    return ";".join(filter(None, [f"strokeColor={colour};strokeWidth={_number(width)}", _DASHES.get(kind, "")]))


def _arrow_style(arrow: Arrow, drawing: Drawing) -> str:
    (x, y), (one_x, one_y), (other_x, other_y) = arrow.head
    size = hypot(x - (one_x + other_x) / 2, y - (one_y + other_y) / 2)
    line = _line_style(drawing.relation_colour, drawing.relation_width, arrow.line)
    return f"{line};startArrow=none;endArrow=blockThin;endFill={arrow.filled:d};endSize={_number(size)}"


def _fixed(end: str, box: Rectangle, point: Point) -> str:
    """Where on the box a line ends: the middle or end of a side, and how far from it, and stays when it grows."""
    shares = []
    for at, start, length in ((point[0], box.x, box.width), (point[1], box.y, box.height)):
        share = min((0.0, 0.5, 1.0), key=lambda share: abs(start + share * length - at))
        shares.append((share, round(at - start - share * length, 2)))
    (x, dx), (y, dy) = shares
    keys = (("X", x), ("Y", y), ("Dx", dx), ("Dy", dy))
    return ";".join(f"{end}{key}={_number(value)}" for key, value in keys) + f";{end}Perimeter=0"


def _along(points: Sequence[Point], middle: Point) -> tuple[float, Point]:
    """Where on a line a word stands: from -1 at its start to 1 at its end, and how far beside it."""
    lengths = [hypot(other[0] - one[0], other[1] - one[1]) for one, other in pairwise(points)]
    whole, gone = sum(lengths) or 1.0, 0.0
    best = (float("inf"), 0.0, (0.0, 0.0))
    for (one, other), length in zip(pairwise(points), lengths, strict=True):
        if length:
            way = ((other[0] - one[0]) / length, (other[1] - one[1]) / length)
            reach = (middle[0] - one[0]) * way[0] + (middle[1] - one[1]) * way[1]
            reach = min(max(reach, 0.0), length)
            aside = (middle[0] - one[0] - way[0] * reach, middle[1] - one[1] - way[1] * reach)
            best = min(best, (hypot(*aside), 2 * (gone + reach) / whole - 1, aside))
        gone += length
    return best[1], (round(best[2][0], 2), round(best[2][1], 2))


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("�", text)


def _number(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
