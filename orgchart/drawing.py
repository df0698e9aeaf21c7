"""A Layout and its StyleSheet, in; a Drawing of rectangles, lines and words, absolute and styled, out."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Literal, NamedTuple

from orgchart.elbows import rail_pieces as rail_pieces
from orgchart.hierarchy import Hierarchy
from orgchart.layout import Layout
from orgchart.layout.measure import LINE_SPACING
from orgchart.layout.page import HEADING_SHARE, LegendEntry
from orgchart.layout.relate import Relations
from orgchart.layout.shapes import Box, Point
from orgchart.marks import MARK_KEY, BoxMarks, Mark, marked_lines, marked_look, sample_look, sample_sign, signs_on
from orgchart.style_keys import contrast_ratio
from orgchart.styles import DOUBLE_GAP_PT, BoxStyle, StyleSheet, TextStyle

# How far below a box's middle a single line's baseline lies, in font sizes: where Graphviz sets it, within 0.03.
BASELINE_FROM_MIDDLE = 0.29
ARROW_PT = 6.0
# Graphviz draws arrowheads in these proportions.
ARROW_HALF_WIDTH = 0.35

LineKind = Literal["solid", "dashed", "dotted", "double"]
Anchor = Literal["middle", "start", "end"]

# What the legend calls a unit that is at home on another page; no level can have this name.
MARKER = ""
_ELBOW_RADIUS_PT = 4.0
_LEAST_OUTLINE_CONTRAST = 3.0  # WCAG 1.4.11, of what is no text


class Rectangle(NamedTuple):
    """Left and top edge and size in pt, on the middle of the border's line. ``round`` corners have
    Graphviz's own radius: 12 pt, at most a third of the shorter side. A ``double`` border has its second line
    ``double_gap`` inside the first, and is filled within that one."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    border: str
    border_width: float
    border_line: LineKind
    corner: Literal["square", "round"]
    double_gap: float = DOUBLE_GAP_PT


class Words(NamedTuple):
    """One line of text: baseline at y; x is its middle, its start or its end, as ``anchor`` says."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    italic: bool
    colour: str
    anchor: Anchor = "middle"


class UnitMark(NamedTuple):
    """One unit as it is drawn: its box and the lines of its name."""

    unit: str
    level: str
    box: Rectangle
    words: tuple[Words, ...]


class RailMark(NamedTuple):
    """One rail as it is drawn; points as in ``layout.shapes.Rail``, ``parent`` and ``child`` are unit ids."""

    parent: str
    child: str
    points: tuple[Point, ...]
    curve: bool


class LegendMark(NamedTuple):
    """One entry of the legend: a sample box of the level and the level's word beside it."""

    level: str
    box: Rectangle
    words: Words


class Arrow(NamedTuple):
    """A dashed, dotted or solid line with an arrowhead, filled or open.

    points: the line, up to the middle of the head's base; head: its tip, then the ends of its base.
    """

    points: tuple[Point, ...]
    line: LineKind
    head: tuple[Point, Point, Point]
    filled: bool


class RelationMark(NamedTuple):
    """One relation as it is drawn: ``source`` and ``target`` are unit ids. The plate (left, top, width, height) in the
    page's colour lies between the lines and the words; without words there is none."""

    source: str
    target: str
    kind: str
    arrow: Arrow
    words: Words | None
    plate: tuple[float, float, float, float] | None


class RelationSample(NamedTuple):
    """One entry of the legend: a sample line of the kind and the kind's word beside it."""

    kind: str
    arrow: Arrow
    words: Words


class Link(NamedTuple):
    """A rectangle of the page, in pt, that leads to a unit on another page: its id and the page's number, from 1."""

    left: float
    top: float
    width: float
    height: float
    page: int
    unit: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One page, finished: everything in pt, rounded to 0.01, y down from the top left corner. ``rail_radius``: of the
    rails' elbows, 0 for square ones; ``rail_pieces`` says where it leads. ``index``: the lines of a page of the index,
    which has no boxes; ``links``: none lies on another. ``headings``: above each field of the page, where it has
    several. ``marks``: by unit, and by the key of the legend's entry, what is marked on its box."""

    width: float
    height: float
    background: str
    font_family: str
    lang: str
    title: tuple[Words, ...]
    rails: tuple[RailMark, ...]
    rail_colour: str
    rail_width: float
    rail_line: LineKind
    units: tuple[UnitMark, ...]
    legend: tuple[LegendMark, ...]
    notes: tuple[Words, ...] = ()
    rail_radius: float = 0.0
    relations: tuple[RelationMark, ...] = ()
    relation_samples: tuple[RelationSample, ...] = ()
    relation_colour: str = "#000000"
    relation_width: float = 0.75
    index: tuple[Words, ...] = ()
    links: tuple[Link, ...] = ()
    # Not shown: what a page of an atlas is called hangs on what is, and most have neither.
    headings: tuple[Words, ...] = field(default=(), repr=False)
    marks: Mapping[str, BoxMarks] = field(default_factory=dict, repr=False, hash=False)

    def spoken(self, unit: str, name: str) -> str:
        """The unit's name and, in brackets, what is marked on it, for who does not see it."""
        words = self.marks[unit].words if unit in self.marks else ""
        return f"{name} ({words})" if words else name

    def all_words(self) -> Iterator[Words]:
        """Every line of text on the page."""
        return itertools.chain(
            self.title,
            self.headings,
            itertools.chain.from_iterable([mark.words for mark in self.units]),
            [entry.words for entry in self.legend],
            [relation.words for relation in self.relations if relation.words],
            [sample.words for sample in self.relation_samples],
            self.index,
            self.notes,
        )


def draw(
    layout: Layout,
    hierarchy: Hierarchy,
    styles: StyleSheet,
    lang: str,
    relations: Relations,
    markers: Container[str] = frozenset(),
    marker_line: LineKind = "dashed",
    marks: Mapping[str, Mark] | None = None,
) -> Drawing:
    """Give every box, rail and line of the layout its look; nothing is left for a writer to decide.

    lang: the language tag of the names, e.g. ``sr-Cyrl``. markers: the units that are at home on another page, outlined
    by the ``marker_line``. marks: by unit id, of those that have any.
    """
    scale, marks = layout.scale, marks or {}

    @functools.cache
    def look(level: str, marker: bool, marked: tuple[str, ...]) -> _Look:
        plain = _look(level, styles, marker, marker_line)
        return _scaled(marked_look(plain, marked, styles) if marked else plain, scale)

    looks = [
        look(hierarchy.unit(box.unit).level, box.unit in markers, marks[box.unit].names if box.unit in marks else ())
        for box in layout.boxes
    ]
    box_marks = {
        box.unit: _box_marks(box, marks[box.unit], own.style, scale, styles)
        for box, own in zip(layout.boxes, looks, strict=True)
        if box.unit in marks
    }
    samples = layout.legend[: len(layout.legend) - len(relations.legend)]
    return Drawing(
        width=round(layout.page.width, 2),
        height=round(layout.page.height, 2),
        background=styles.background,
        font_family=styles.font,
        lang=lang,
        title=tuple(_words(line.text, line.x, line.y, styles.title) for line in layout.title),
        rails=tuple([RailMark(*rail) for rail in layout.rails]),
        rail_colour=styles.connectors.colour,
        rail_width=round(styles.connectors.width_pt * scale, 3),
        rail_line=styles.connectors.line,
        units=tuple(
            [
                _unit(
                    box,
                    hierarchy.unit(box.unit).level,
                    own,
                    box_marks[box.unit].light if box.unit in box_marks else (),
                )
                for box, own in zip(layout.boxes, looks, strict=True)
            ]
        ),
        legend=tuple(
            LegendMark(
                entry.level,
                _sample_box(entry, _sample_look(entry.level, styles, marker_line)),
                _words(entry.word, entry.word_x, entry.word_y, styles.legend, anchor="start"),
            )
            for entry in samples
        ),
        notes=tuple(_words(line.text, line.x, line.y, styles.notes, line.anchor) for line in layout.notes),
        rail_radius=round(_ELBOW_RADIUS_PT * scale, 3) if styles.connectors.corner == "round" else 0.0,
        relations=tuple(_relation(number, relations, styles) for number in range(len(relations.routes))),
        relation_samples=tuple(_sample(entry, relations, styles) for entry in relations.legend),
        relation_colour=styles.relations.colour,
        relation_width=round(styles.relations.width_pt * scale, 3),
        headings=tuple(_words(line.text, line.x, line.y, _heading(styles)) for line in layout.headings),
        marks=box_marks
        | {
            entry.level: BoxMarks(
                (
                    sample_sign(
                        (entry.x, entry.y, entry.width, entry.height), entry.level.removeprefix(MARK_KEY), styles
                    ),
                )
            )
            for entry in samples
            if entry.level.startswith(MARK_KEY)
        },
    )


def _box_marks(box: Box, mark: Mark, look: BoxStyle, scale: float, styles: StyleSheet) -> BoxMarks:
    signs = signs_on((box.x, box.y, box.width, box.height), mark.names, look.padding_y_pt, scale, styles)
    return BoxMarks(signs, *marked_lines(box.lines, mark), mark.words)


def _sample_look(key: str, styles: StyleSheet, marker_line: LineKind) -> BoxStyle:
    if key.startswith(MARK_KEY):
        return sample_look(key.removeprefix(MARK_KEY), styles)
    return _look(key, styles, key == MARKER, marker_line)


def _heading(styles: StyleSheet) -> TextStyle:
    """Of a field of the page: as the title, and smaller."""
    return replace(styles.title, font_size_pt=round(styles.title.font_size_pt * HEADING_SHARE, 2))


def _relation(number: int, relations: Relations, styles: StyleSheet) -> RelationMark:
    route, label = relations.routes[number], relations.labels[number]
    arrow = _arrow(route.points, route.kind, relations, styles)
    if label is None:
        return RelationMark(route.source, route.target, route.kind, arrow, None, None)
    style = styles.relations
    words = Words(label.word, label.x, label.y, style.font_size_pt, style.bold, style.italic, style.colour)
    plate = (label.left, label.top, label.width, label.height)
    return RelationMark(route.source, route.target, route.kind, arrow, words, plate)


def _sample(entry: LegendEntry, relations: Relations, styles: StyleSheet) -> RelationSample:
    y = round(entry.y + entry.height / 2, 2)
    ends = (round(entry.x, 2), y), (round(entry.x + entry.width, 2), y)
    words = _words(entry.word, entry.word_x, entry.word_y, styles.legend, anchor="start")
    return RelationSample(entry.level, _arrow(ends, entry.level, relations, styles), words)


def _arrow(points: tuple[Point, ...], kind: str, relations: Relations, styles: StyleSheet) -> Arrow:
    """Four kinds are told apart by line and head; a chart with more tells them apart by their words."""
    (x, y), (tip_x, tip_y) = points[-2:]
    length = hypot(tip_x - x, tip_y - y)
    long = min(ARROW_PT, length * 0.8)
    along = ((tip_x - x) / length, (tip_y - y) / length) if length else (0.0, 0.0)
    base = (tip_x - along[0] * long, tip_y - along[1] * long)
    aside = (-along[1] * long * ARROW_HALF_WIDTH, along[0] * long * ARROW_HALF_WIDTH)
    look = relations.kinds.index(kind)
    lines: tuple[LineKind, ...] = (styles.relations.line, "dotted" if styles.relations.line == "dashed" else "dashed")
    return Arrow(
        (*points[:-1], _point(*base)),
        lines[look // 2 % 2],
        (points[-1], _point(base[0] + aside[0], base[1] + aside[1]), _point(base[0] - aside[0], base[1] - aside[1])),
        filled=look % 2 == 0,
    )


def _point(x: float, y: float) -> Point:
    return round(x, 2), round(y, 2)


def free_line(styles: StyleSheet, levels: Iterable[str]) -> LineKind:
    """What outlines markers: dashes or dots, whichever no level of the chart has as its border."""
    taken = {styles.box(level).border_line for level in levels}
    lines: tuple[LineKind, ...] = ("dashed", "dotted")
    return next((line for line in lines if line not in taken), "dashed")


def _look(level: str, styles: StyleSheet, marker: bool, marker_line: LineKind) -> BoxStyle:
    """The look of a level, or of its units where they are only repeated: an outline in the level's own colour, and
    nothing behind the text but the page."""
    style = styles.default if level == MARKER else styles.box(level)
    if not marker:
        return style

    def readable(colours: Sequence[str], needed: float) -> str:
        return next((colour for colour in colours if contrast_ratio(colour, styles.background) >= needed), colours[-1])

    # The notes can be read on the page in every style: that is checked when it is loaded.
    text = readable((style.text, style.border, styles.notes.colour), styles.minimum_contrast)
    return replace(
        style,
        fill=styles.background,
        text=text,
        border=readable((style.border, style.fill, text), _LEAST_OUTLINE_CONTRAST),
        border_width_pt=min(max(style.border_width_pt, 0.75), 1.25),
        border_line="dotted" if style.border_line == marker_line == "dashed" else marker_line,
    )


class _Look(NamedTuple):
    """How the boxes of some units are drawn on the page. size: of the font, in pt; border: what a Rectangle has behind
    its place."""

    style: BoxStyle
    size: float
    border: tuple[str, str, float, LineKind, Literal["square", "round"], float]


def _scaled(style: BoxStyle, scale: float) -> _Look:
    width, gap = round(style.border_width_pt * scale, 3), round(DOUBLE_GAP_PT * scale, 2)
    border = (style.fill, style.border, width, style.border_line, style.corner, gap)
    return _Look(style, round(style.font_size_pt * scale, 3), border)


def _unit(box: Box, level: str, look: _Look, light: Container[int]) -> UnitMark:
    """light: the numbers of the lines that say more than the name: not bold, or where the name is not, italic."""
    unit, x, y, width, height, lines = box
    style, size, border = look
    bold, italic, colour = style.bold, style.italic, style.text
    middle = round(x + width / 2, 2)
    first = y + height / 2 + size * (BASELINE_FROM_MIDDLE - LINE_SPACING * (len(lines) - 1) / 2)
    words = [
        Words(line, middle, round(first + number * LINE_SPACING * size, 2), size, bold, italic, colour)
        for number, line in enumerate(lines)
    ]
    if light:
        words = [
            line._replace(bold=False, italic=italic or not bold) if number in light else line
            for number, line in enumerate(words)
        ]
    return UnitMark(unit, level, Rectangle(x, y, width, height, *border), tuple(words))


def _sample_box(entry: LegendEntry, style: BoxStyle) -> Rectangle:
    x, y, width, height = round(entry.x, 2), round(entry.y, 2), round(entry.width, 2), round(entry.height, 2)
    return Rectangle(x, y, width, height, *_scaled(style, 1.0).border)


def _words(text: str, x: float, y: float, style: TextStyle, anchor: Anchor = "middle") -> Words:
    return Words(
        text, round(x, 2), round(y, 2), style.font_size_pt, style.bold, style.italic, style.colour, anchor
    )  # fmt: skip
