"""A Chart, in; what a screen reader is told of it, element by element, and which drawn line belongs to which, out.

Nothing here knows PDF: ``pdf_tags`` makes it the structure tree of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.drawing import Drawing, RelationMark, UnitMark, Words
from orgchart.formats.references import index_entries, is_inside
from orgchart.formats.told import Teller
from orgchart.labels import label_of
from orgchart.text import ARROWS, BEFORE_ANCHOR, Font
from orgchart.units import Unit
from orgchart.words import kind_word, language_of, page_reference, staff_words

ROOT = -1
# Readers go through the tree by recursion; units below this depth stand in the last list that is made.
_DEEPEST = 60
_NO_BREAK_SPACE = "\u00a0"
_CYRILLIC, _LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-zÀ-ɏ]")
# How the numbers of a list are written (ISO 32000-1, table 347), the first that they all are.
_NUMBERINGS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("UpperRoman", re.compile(r"[IVXLCDM]+\.?")),
    ("LowerRoman", re.compile(r"[ivxlcdm]+\.?")),
    ("UpperAlpha", re.compile(r"[^\W\d_][.)]?")),
    ("Decimal", re.compile(r".*", re.DOTALL)),
)

Place = tuple[str, str, str]
Pieces = tuple[tuple[int, int], ...]


class Element(NamedTuple):
    """One element of the structure. role: a standard structure type of PDF; parent: its place in the list of elements,
    ROOT for the document; page: from 0. alt: said in place of what is drawn; text: what is drawn,
    where a word was broken; lang: where it is another than the chart's; links: of the page, those that belong to it;
    box: left, top, width and height in pt of a figure."""

    role: str
    parent: int
    page: int
    alt: str = ""
    text: str = ""
    lang: str = ""
    links: tuple[int, ...] = ()
    numbering: str = ""
    box: tuple[float, float, float, float] | None = None


class PageMarks(NamedTuple):
    """What on a page belongs to elements; all else is decoration. lines: by text and place (``place_of``), the elements
    of a line of text and how many of its characters each has; figures: of each relation, in their order; glued: the
    lines that go on with a word of the line above, so that no space stands between the two."""

    lines: Mapping[Place, Pieces]
    figures: tuple[int, ...]
    glued: frozenset[Place] = frozenset()


class TagTree(NamedTuple):
    """elements: each after its parent, siblings in the order in which they are read; pages: one for each page."""

    elements: tuple[Element, ...]
    pages: tuple[PageMarks, ...]


def place_of(text: str, x: float, y: float) -> Place:
    """A line of text by what it says and where it is anchored, as exactly as SVG has it."""
    return text, f"{x:.3f}", f"{y:.3f}"


def tag_tree(chart: Chart) -> TagTree:
    """The title as heading, the units as nested lists in the order of the body, relations as figures, the foot; the
    pages of an atlas as sections. Legend, rails, boxes, and what only repeats on further pages, belong to nothing."""
    making = _Making(chart)
    document = making.add("Document", ROOT, 0)
    pages = tuple(_page(page, document, making) for page in chart.pages)
    return TagTree(tuple(making.elements), pages)


class _Making:
    """The elements so far, and the lines of the page that is being read."""

    def __init__(self, chart: Chart) -> None:
        self.chart, self.teller = chart, Teller(chart)
        self.elements: list[Element] = []
        self.lines: dict[Place, Pieces] = {}
        self.glued: set[Place] = set()

    def add(self, role: str, parent: int, page: int, **more: object) -> int:
        self.elements.append(Element(role, parent, page, **more))  # type: ignore[arg-type]
        return len(self.elements) - 1

    def mark(
        self, words: Words, element: int, label: int | None = None, label_length: int = 0, *, glued: bool = False
    ) -> None:
        """The line belongs to the element, its first characters to the label."""
        if glued:
            self.glued.add(place_of(words.text, words.x, words.y))
        for part, x in _parts(words, self.chart.font):
            pieces: Pieces = ((len(part), element),)
            if label is not None and part.startswith(words.text[:label_length]):
                pieces = ((label_length, label), (len(part) - label_length, element))
            self.lines[place_of(part, x, words.y)] = pieces


def _parts(words: Words, font: Font) -> Iterator[tuple[str, float]]:
    """The parts of a line that are text in the SVG, and where each is anchored; arrows that the font lacks are not."""
    face = font.face(words.bold, words.italic)
    parts = face.parts(words.text)
    if len(parts) == 1 and words.text not in ARROWS:
        yield words.text, words.x
        return
    left = words.x - face.advance(words.text) * words.size * BEFORE_ANCHOR[words.anchor]
    for x, part in parts:
        if part not in ARROWS:
            yield part, left + x * words.size


def _page(page: ChartPage, document: int, making: _Making) -> PageMarks:
    making.lines, making.glued = {}, set()
    drawing, at = page.drawing, page.number - 1
    several = len(making.chart.pages) > 1
    above = making.add("Sect", document, at) if several else document
    if drawing.title and at == 0:
        _lines("H1", above, at, drawing.title, making)
    # The first heading of all is of the first level, and none is left out.
    top = 2 if making.chart.drawing.title else 1
    if page.layout is None:
        _index(drawing, above, at, top, making)
    else:
        _units(page, above, top, making)
    figures = tuple(_relation(mark, above, page, making) for mark in drawing.relations)
    if at == 0:
        for anchor in ("start",) if several else ("start", "end"):
            note = [words for words in drawing.notes if words.anchor == anchor]
            if note:
                _lines("P", above, at, note, making)
    return PageMarks(making.lines, figures, frozenset(making.glued))


def _lines(role: str, parent: int, page: int, lines: Sequence[Words], making: _Making) -> None:
    element = making.add(role, parent, page)
    for words in lines:
        making.mark(words, element)


# Units


def _units(page: ChartPage, above: int, heading_level: int, making: _Making) -> None:
    """A list of the roots below each heading, in each unit that of the units below it."""
    drawing, hierarchy, at = page.drawing, page.hierarchy, page.number - 1
    marks = {mark.unit: mark for mark in drawing.units}
    links = _links(drawing)
    headings: list[int | None] = [None]
    field_of: dict[str, int] = {}
    if drawing.headings:
        headings = list(range(len(drawing.headings)))
        field_of = {root.id: _nearest(marks[root.id], drawing.headings) for root in hierarchy.roots}
    for field, heading in enumerate(headings):
        if heading is not None:
            _lines(f"H{heading_level}", above, at, [drawing.headings[heading]], making)
        roots = [root for root in hierarchy.roots if field_of.get(root.id, 0) == field]
        if roots:
            lists = {"": making.add("L", above, at, numbering=_numbering(roots, marks))}
            waiting = [(root, "", 0) for root in reversed(roots)]
            while waiting:
                unit, parent, depth = waiting.pop()
                body = _unit(unit, lists[parent], page, marks[unit.id], links.get(unit.id, ()), making)
                below = hierarchy.children(unit.id)
                if below and depth < _DEEPEST:
                    lists[unit.id] = making.add("L", body, at, numbering=_numbering(below, marks))
                elif below:
                    lists[unit.id] = lists[parent]
                waiting += [(child, unit.id, depth + 1) for child in reversed(below)]


def _nearest(mark: UnitMark, headings: Sequence[Words]) -> int:
    """The number of the heading that stands above the box: beside each other, or below each other."""
    middle = mark.box.x + mark.box.width / 2
    above = [number for number, words in enumerate(headings) if words.y <= mark.box.y] or [0]
    lowest = max(headings[number].y for number in above)
    return min(
        (number for number in above if headings[number].y == lowest),
        key=lambda number: abs(headings[number].x - middle),
    )


def _links(drawing: Drawing) -> dict[str, tuple[int, ...]]:
    """By unit, the numbers of the links on its box; they stand in the order of the boxes."""
    found: dict[str, tuple[int, ...]] = {}
    number = 0
    for mark in drawing.units:
        first = number
        while number < len(drawing.links) and is_inside(drawing.links[number], mark.box):
            number += 1
        found[mark.unit] = tuple(range(first, number))
    return found


def _number_of(unit: Unit, mark: UnitMark) -> str:
    """The unit's number where its box begins with it."""
    number = unit.number or ""
    begins = mark.words and mark.words[0].text.startswith(f"{number}{_NO_BREAK_SPACE}")
    return number if number and begins else ""


def _numbering(units: Sequence[Unit], marks: Mapping[str, UnitMark]) -> str:
    numbers = [number for unit in units if (number := _number_of(unit, marks[unit.id]))]
    if not numbers:
        return "None"
    return next(name for name, shape in _NUMBERINGS if all(shape.fullmatch(number) for number in numbers))


def _unit(unit: Unit, parent: int, page: ChartPage, mark: UnitMark, links: Sequence[int], making: _Making) -> int:
    """The unit's item in the list; back comes its body, in which the list of the units below it can stand."""
    drawing, at, lang = page.drawing, page.number - 1, page.drawing.lang
    item = making.add("LI", parent, at)
    number = _number_of(unit, mark)
    label = making.add("Lbl", item, at) if number else None
    body = making.add("LBody", item, at)
    style = making.chart.styles.box(unit.level)
    marked = " ".join(drawing.marks[unit.id].words.split()) if unit.id in drawing.marks else ""
    # A name in a second language stands among the marks.
    known = f"{label_of(unit, style, lang)} {marked}".replace("\n", " ")
    lines = [words for words in mark.words if words.text]
    glued = _glued([words.text for words in lines], known)
    together = "".join(words.text if each else f" {words.text}" for words, each in zip(lines, glued, strict=True))
    # A space stands between lines anyway.
    text = together.removeprefix(" ") if any(glued) else ""
    said = [making.teller.name(unit, page)]
    if "staff" in style.show and unit.staff is not None:
        said.append(staff_words(unit.staff, lang))
    said += [page_reference((drawing.links[link].page,), lang) for link in links[:1]]
    one = tuple(links) if len(links) == 1 else ()
    element = making.add(
        "Link" if one else "Span", body, at,
        alt=", ".join(said), text=text[len(number) :].lstrip(_NO_BREAK_SPACE) if number else text,
        lang=_other_language(unit.name, lang), links=one,
    )  # fmt: skip
    for place, (words, each) in enumerate(zip(lines, glued, strict=True)):
        making.mark(words, element, label if place == 0 else None, len(number) + 1, glued=each)
    for link in () if one else links:
        making.add("Link", body, at, links=(link,), alt=_link_name(drawing, link, making.chart))
    return body


def _link_name(drawing: Drawing, number: int, chart: Chart) -> str:
    link = drawing.links[number]
    name = " ".join(chart.hierarchy.unit(link.unit).name.split())
    return f"{name}, {page_reference((link.page,), drawing.lang)}"


def _glued(lines: Sequence[str], known: str) -> list[bool]:
    """Of each line, whether the known text says that it goes on with a word of the line before it."""
    found, read = [], 0
    for line in lines:
        is_known = known.startswith(line, read)
        found.append(is_known and read > 0 and known[read - 1] != " ")
        if is_known:
            read += len(line)
            read += known[read : read + 1] == " "
    return found


def _other_language(name: str, lang: str) -> str:
    """The language of a name that is not in the script of the chart's; a name alone says no more than that."""
    cyrillic, latin = bool(_CYRILLIC.search(name)), bool(_LATIN.search(name))
    if cyrillic == latin or cyrillic == (lang == "sr-Cyrl"):
        return ""
    return language_of([name])


# Relations and the index


def _relation(mark: RelationMark, parent: int, page: ChartPage, making: _Making) -> int:
    ends = [" ".join(page.hierarchy.unit(unit).name.split()) for unit in (mark.source, mark.target)]
    xs, ys = zip(*mark.arrow.points, *mark.arrow.head, strict=True)
    box = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    word = kind_word(mark.kind, page.drawing.lang)
    figure = making.add("Figure", parent, page.number - 1, alt=f"{ends[0]} – {word} – {ends[1]}", box=box)
    if mark.words:
        making.mark(mark.words, figure)
    return figure


def _index(drawing: Drawing, above: int, at: int, heading_level: int, making: _Making) -> None:
    """Its heading, then for each capital a heading and a list of entries, each a link; the dots are decoration."""
    level, entries, link = heading_level, None, 0
    for entry in index_entries(drawing):
        if entry.link is None:
            _lines(f"H{level}", above, at, entry.name, making)
            level, entries = heading_level + 1, None
            continue
        if entries is None:
            entries = making.add("L", above, at, numbering="None")
        body = making.add("LBody", making.add("LI", entries, at), at)
        shown = [words for words in (*entry.name, *entry.tail) if words.text.strip(" .")]
        element = making.add("Link", body, at, alt=_link_name(drawing, link, making.chart), links=(link,))
        link += 1
        for words in shown:
            making.mark(words, element)
