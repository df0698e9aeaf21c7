"""One page of a Chart, in; the shapes and connectors of its slide, in reading order, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.drawing import Arrow, RailMark, Rectangle, RelationMark, Words
from orgchart.formats.pptx_connectors import (
    Area,
    Sites,
    connector,
    emu,
    moved_ends,
    pieces,
    spots,
)
from orgchart.formats.pptx_shapes import RECTANGLE, box_look, group, line, line_shape, shape
from orgchart.formats.pptx_text import Relate, Typing, body, click_on, colour, spelling, text_area
from orgchart.formats.references import index_entries, links_by_box
from orgchart.formats.told import Teller
from orgchart.layout.shapes import Point
from orgchart.words import legend_word, page_reference

_NO_LOOK = f"{RECTANGLE}<a:noFill/><a:ln><a:noFill/></a:ln>"
_TITLE = '<p:ph type="title"/>'
_TITLE_NUMBER, _FIRST_NUMBER = 2, 3
_HIDDEN_TITLE_PT = 24.0
# In widths of the line: about the 6 by 4.2 pt of the drawing's arrowheads.
_HEADS = {True: '<a:tailEnd type="triangle" w="sm" len="med"/>', False: '<a:tailEnd type="arrow" w="sm" len="med"/>'}


def slide_title(chart: Chart, page: ChartPage) -> str:
    """What the slide is called: the chart, and in an atlas the page."""
    whole = " ".join(chart.title.split())
    return whole if len(chart.pages) == 1 else f"{whole}, {page_reference((page.number,), page.drawing.lang)}"


def slide_shapes(chart: Chart, page: ChartPage, left: float, top: float, relate: Relate) -> str:
    """Everything on the slide. left, top: where on it the page begins, in pt; relate: of another page's number the
    relationship that leads there."""
    return "".join(_Slide(chart, page, left, top, relate).shapes())


@dataclass
class _Slide:
    """The slide as it is written: every shape takes the next number, and lines find the connection sites of boxes."""

    chart: Chart
    page: ChartPage
    left: float
    top: float
    relate: Relate
    _typing: Typing = field(init=False)
    _taken: int = _FIRST_NUMBER - 1
    _units: dict[str, int] = field(default_factory=dict)
    _sites: dict[str, Sites] = field(default_factory=dict)
    _drawn: set[tuple[str, int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._typing = Typing(self.chart.font, spelling(self.page.drawing.lang), self.relate)
        for mark in self.page.drawing.units:
            self._units[mark.unit] = self._next()
            self._sites[mark.unit] = Sites(self._area(mark.box))

    def shapes(self) -> Iterator[str]:
        drawing = self.page.drawing
        yield self._title()
        yield from [self._rail(rail) for rail in drawing.rails]  # all, so that every box knows its sites
        yield from [self._relation(mark) for mark in drawing.relations]
        yield from self._boxes()
        for relation in drawing.relations:
            if relation.words and relation.plate:
                yield self._text_on(relation.words, relation.plate)
        yield from self._index()
        yield from self._legend()
        for words in drawing.notes:
            yield self._free_text(words.text, (words,))

    def _next(self) -> int:
        self._taken += 1
        return self._taken

    def _area(self, box: Rectangle) -> Area:
        return Area(emu(self.left + box.x), emu(self.top + box.y), emu(box.width), emu(box.height))

    def _title(self) -> str:
        """The title as it is drawn, else one beside the slide, for lists of slides and screen readers."""
        lines = self.page.drawing.title
        if lines:
            area = self._title_area(lines)
            text = body(lines, self._typing, wrap=False)
        else:
            words = Words(slide_title(self.chart, self.page), 0, 0, 12, False, False, "#000000", "start")
            area = Area(0, -emu(_HIDDEN_TITLE_PT), emu(self.page.drawing.width), emu(_HIDDEN_TITLE_PT))
            text = body((words,), self._typing, wrap=False)
        return shape(_TITLE_NUMBER, slide_title(self.chart, self.page), area, _NO_LOOK, text, placeholder=_TITLE)

    def _title_area(self, lines: Sequence[Words]) -> Area:
        """As wide as the page allows: LibreOffice breaks lines of a title even where it is told not to."""
        area, middle = text_area(lines, self.chart.font, self.left, self.top), lines[0].x
        half = min(middle, self.page.drawing.width - middle)
        if lines[0].anchor != "middle" or half <= 0:
            return area
        return Area(emu(self.left + middle - half), area.y, emu(2 * half), area.height)

    def _rail(self, rail: RailMark) -> str:
        drawing = self.page.drawing
        look = line(drawing.rail_colour, drawing.rail_width, drawing.rail_line)
        name = f"{self._name(rail.parent)} – {self._name(rail.child)}"
        return self._glued(rail.parent, rail.child, rail.points, (look, look), name, curve=rail.curve)

    def _relation(self, mark: RelationMark) -> str:
        drawing = self.page.drawing
        word = mark.words.text if mark.words else mark.kind
        name = f"{self._name(mark.source)} – {word} – {self._name(mark.target)}"
        # PowerPoint's own arrowhead reaches from the line's end backwards.
        points = (*mark.arrow.points[:-1], mark.arrow.head[0])
        plain = line(drawing.relation_colour, drawing.relation_width, mark.arrow.line)
        looks = plain, self._arrow_look(mark.arrow)
        return self._glued(mark.source, mark.target, points, looks, name, description=name)

    def _glued(
        self,
        start: str,
        end: str,
        points: Sequence[Point],
        looks: tuple[str, str],
        name: str,
        *,
        description: str = "",
        curve: bool = False,
    ) -> str:
        """A line from one unit's box to another's, held by both. looks: of a piece, and of the last one."""
        # Graphviz' curves are nearly straight in a tree, and PowerPoint has no connector for them.
        corners = spots((points[0], points[-1]) if curve else points, self.left, self.top)
        parts = pieces(corners, elbows=not description)
        drawn_parts = []
        for part in parts:
            last = part is parts[-1]
            other = end if last else start
            one_site, one_spot = self._sites[start].at(part[0], part[1])
            other_site, other_spot = self._sites[other].at(part[-1], part[-2])
            if not last and not description:
                # What several children share is drawn once.
                if (start, one_site, other_site) in self._drawn:
                    continue
                self._drawn.add((start, one_site, other_site))
            corners = moved_ends(part, one_spot, other_spot)
            ends = (self._units[start], one_site), (self._units[other], other_site)
            told = description if last else ""
            drawn_parts.append(line_shape(self._next(), name, connector(corners), looks[last], ends, description=told))
        return "".join(drawn_parts)

    def _boxes(self) -> Iterator[str]:
        links = links_by_box(self.page.drawing)
        hierarchy, teller = self.page.hierarchy, Teller(self.chart)
        for mark in self.page.drawing.units:
            here, sites = links[mark.unit], self._sites[mark.unit]
            yield shape(
                self._units[mark.unit],
                self._name(mark.unit),
                sites.area,
                box_look(mark.box, sites.extra),
                body(mark.words, self._typing, here.lines, wrap=True),
                description=teller.name(hierarchy.unit(mark.unit), self.page),
                click=click_on(self.relate(here.whole.page)) if here.whole else "",
            )

    def _index(self) -> Iterator[str]:
        for entry in index_entries(self.page.drawing):
            if entry.link is None:
                yield self._free_text(entry.name[0].text, entry.name)
                continue
            click = click_on(self.relate(entry.link.page))
            yield self._free_text(" ".join(words.text for words in entry.name), entry.name, click)
            for words in entry.tail:
                yield self._free_text(words.text, (words,), click, decorative=words is not entry.tail[-1])

    def _legend(self) -> Iterator[str]:
        drawing = self.page.drawing
        words = [entry.words for entry in drawing.legend] + [sample.words for sample in drawing.relation_samples]
        if not words:
            return
        number, areas, inside = self._next(), [], ""
        for entry in drawing.legend:
            area = self._area(entry.box)
            areas += [area, text_area((entry.words,), self.chart.font, self.left, self.top)]
            empty = body((), self._typing, wrap=True)
            inside += shape(self._next(), entry.words.text, area, box_look(entry.box, ()), empty, decorative=True)
            inside += self._free_text(entry.words.text, (entry.words,))
        for sample in drawing.relation_samples:
            ends = spots((sample.arrow.points[0], sample.arrow.head[0]), self.left, self.top)
            drawn = connector(ends)
            areas += [drawn.frame, text_area((sample.words,), self.chart.font, self.left, self.top)]
            inside += line_shape(self._next(), sample.words.text, drawn, self._arrow_look(sample.arrow), None)
            inside += self._free_text(sample.words.text, (sample.words,))
        name = legend_word(drawing.lang)
        said = f"{name}: {', '.join(entry.text for entry in words)}"
        yield group(number, name, _around(areas), said, inside)

    def _arrow_look(self, arrow: Arrow) -> str:
        drawing = self.page.drawing
        return line(drawing.relation_colour, drawing.relation_width, arrow.line, _HEADS[arrow.filled])

    def _text_on(self, words: Words, plate: tuple[float, float, float, float]) -> str:
        x, y, width, height = plate
        area = Area(emu(self.left + x), emu(self.top + y), emu(width), emu(height))
        look = f"{RECTANGLE}{colour(self.page.drawing.background)}<a:ln><a:noFill/></a:ln>"
        return shape(self._next(), words.text, area, look, body((words,), self._typing, wrap=False), text_box=True)

    def _free_text(self, name: str, lines: Sequence[Words], click: str = "", *, decorative: bool = False) -> str:
        area = text_area(lines, self.chart.font, self.left, self.top)
        text = body(lines, self._typing, wrap=False)
        return shape(self._next(), name, area, _NO_LOOK, text, click=click, decorative=decorative, text_box=True)

    def _name(self, unit: str) -> str:
        return " ".join(self.page.hierarchy.unit(unit).name.split())


def _around(areas: Sequence[Area]) -> Area:
    left, top = min(area.x for area in areas), min(area.y for area in areas)
    right, bottom = max(area.x + area.width for area in areas), max(area.y + area.height for area in areas)
    return Area(left, top, right - left, bottom - top)
