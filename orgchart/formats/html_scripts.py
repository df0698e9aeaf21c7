"""A Serbian Chart, in; the same chart with its words in the other script, in the same places, out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.drawing import Drawing, Rectangle, Words
from orgchart.hierarchy import Hierarchy
from orgchart.text import Font
from orgchart.unit_script import WORDS
from orgchart.units import Unit

OTHER: Final = {"sr-Cyrl": "sr-Latn", "sr-Latn": "sr-Cyrl"}
_WISHES: Final = {"sr-Cyrl": "cyrl", "sr-Latn": "latn"}
# Between a word and the border of its box, in pt.
_LEAST_GAP_PT: Final = 2.0


def wish_of(lang: str) -> str:
    """What ``unit_script`` calls the script of ``sr-Cyrl`` or ``sr-Latn``."""
    return _WISHES[lang]


def other_script(chart: Chart, lang: str) -> Chart:
    """The chart with all its words in the script of ``lang``. Boxes, rails and lines stay, so that a switch between the
    two moves nothing; a line that is then wider than its box is set smaller. Pages of the index, whose order would be
    another, stay as they are."""
    turned = WORDS[wish_of(lang)]
    return replace(
        chart,
        title=turned(chart.title),
        hierarchy=_hierarchy(chart.hierarchy, turned),
        pages=tuple(_page(page, chart.font, turned, lang) for page in chart.pages),
    )


def _page(page: ChartPage, font: Font, turned: Callable[[str], str], lang: str) -> ChartPage:
    if page.layout is None:
        return page
    return replace(
        page, drawing=_drawing(page.drawing, font, turned, lang), hierarchy=_hierarchy(page.hierarchy, turned)
    )


def _hierarchy(hierarchy: Hierarchy, turned: Callable[[str], str]) -> Hierarchy:
    units = {unit.id: replace(unit, name=turned(unit.name)) for unit in hierarchy.units}
    generations: dict[str, int] = {}
    ordered: list[tuple[Unit, str | None, int]] = []
    for unit in hierarchy.units:
        parent = hierarchy.parent(unit.id)
        above = None if parent is None else parent.id
        generations[unit.id] = 1 if above is None else generations[above] + 1
        ordered.append((units[unit.id], above, generations[unit.id]))
    return Hierarchy([units[unit.id] for unit in hierarchy.roots], ordered, hierarchy.relations)


def _drawing(drawing: Drawing, font: Font, turned: Callable[[str], str], lang: str) -> Drawing:
    def line(words: Words) -> Words:
        return words._replace(text=turned(words.text))

    def boxed(words: Words, box: Rectangle) -> Words:
        made = line(words)
        face = font.face(words.bold, words.italic)
        room = max(box.width - 2 * (_LEAST_GAP_PT + box.border_width), face.advance(words.text) * words.size)
        width = face.advance(made.text) * words.size
        return made if width <= room else made._replace(size=round(words.size * room / width, 3))

    changed: dict[str, Any] = {
        "units": tuple(
            mark._replace(words=tuple(boxed(words, mark.box) for words in mark.words)) for mark in drawing.units
        ),
        "legend": tuple(entry._replace(words=line(entry.words)) for entry in drawing.legend),
        "relations": tuple(mark._replace(words=mark.words and line(mark.words)) for mark in drawing.relations),
        "relation_samples": tuple(sample._replace(words=line(sample.words)) for sample in drawing.relation_samples),
        "lang": lang,
    }
    for each in fields(drawing):
        value = getattr(drawing, each.name)
        if isinstance(value, tuple) and value and all(isinstance(item, Words) for item in value):
            changed[each.name] = tuple(map(line, value))
    return replace(drawing, **changed)
