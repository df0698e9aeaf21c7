"""A Chart, in; all that its page for a browser says of units and pages, as plain lists and texts, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.cite import Citations, Provision, Text, text_of
from orgchart.drawing import Link, UnitMark
from orgchart.formats.html_scripts import OTHER, wish_of
from orgchart.formats.html_words import page_lang, page_words
from orgchart.labels import BACK, ONWARD
from orgchart.script import fold, to_latin
from orgchart.unit_script import WORDS
from orgchart.units import Unit, UnitFile
from orgchart.words import index_word, level_word, line_words, page_reference

# Every letter that a Serbian or a Central European name may have, with or without marks.
_LETTERS: Final = (*range(0xA0, 0x250), *range(0x400, 0x460))


def languages(chart: Chart) -> tuple[str, ...]:
    """The chart's own language, and the same in the other script where it is Serbian."""
    own = chart.structure.lang
    return (own, OTHER[own]) if own in OTHER else (own,)


def page_model(chart: Chart) -> dict[str, Any]:
    """What the script of the page works on; everything in it that is written in two scripts is a list of two."""
    langs = languages(chart)
    numbers = {unit.id: number for number, unit in enumerate(chart.hierarchy.units)}
    levels = list(dict.fromkeys(unit.level for unit in chart.hierarchy.units))
    home = {unit: page.number for page in chart.pages for unit in page.home}
    titles = [chart.title, *(WORDS[wish_of(lang)](chart.title) for lang in langs[1:])]
    return {
        "langs": list(langs),
        "pageLangs": [page_lang(lang) for lang in langs],
        "titles": [" ".join(title.split()) for title in titles],
        "words": [page_words(lang) for lang in langs],
        "fold": _foldings(),
        "levels": [[level_word(level, lang) for lang in langs] for level in levels],
        "pages": [_page(page, langs, numbers) for page in chart.pages],
        "units": [
            {"id": unit.id, "parent": _parent(chart, unit, numbers), "level": levels.index(unit.level),
             "page": home.get(unit.id, 1), "text": texts} | _further(unit) | {"find": _found_by(unit)}
            for unit, texts in zip(chart.hierarchy.units, _texts(chart, langs), strict=True)
        ],
    }  # fmt: skip


def _parent(chart: Chart, unit: Unit, numbers: Mapping[str, int]) -> int:
    parent = chart.hierarchy.parent(unit.id)
    return -1 if parent is None else numbers[parent.id]


def _further(unit: Unit) -> dict[str, Any]:
    found: dict[str, Any] = {} if unit.staff is None else {"staff": unit.staff}
    return found | ({"names": dict(sorted(unit.names.items()))} if unit.names else {})


def _found_by(unit: Unit) -> list[str]:
    """The folded forms in which a search looks: the name and its like, then the functions."""
    names = (unit.name, unit.abbreviation or "", *(unit.names[lang] for lang in sorted(unit.names)))
    return [" | ".join(fold(name) for name in names if name), *map(fold, unit.functions)]


def _foldings() -> dict[str, str]:
    """What ``fold`` makes of single letters, for the words that are typed."""
    return {chr(code): folded for code in _LETTERS if (folded := fold(chr(code))) != chr(code)}


def _page(page: ChartPage, langs: Sequence[str], numbers: Mapping[str, int]) -> dict[str, Any]:
    drawing = page.drawing
    marks = [mark for mark in drawing.units if mark.unit in numbers]
    names = [
        page_reference((page.number,), lang) + (f": {index_word(lang)}" if page.layout is None else "")
        for lang in langs
    ]  # fmt: skip
    return {
        "names": names, "size": [drawing.width, drawing.height],
        "head": -1 if not page.home else numbers.get(page.home[0], -1),
        "boxes": [
            [numbers[mark.unit], mark.box.x, mark.box.y, mark.box.width, mark.box.height] for mark in marks
        ],
        "links": [
            [*rectangle, numbers[link.unit], link.page]
            for link, rectangle in _links(page) if link.unit in numbers
        ],
        "ties": [
            [numbers[tie.source], numbers[tie.target], *(tie.plate[:2] if tie.plate else ())]
            for tie in drawing.relations if tie.source in numbers and tie.target in numbers
        ],
    }  # fmt: skip


def _links(page: ChartPage) -> Iterator[tuple[Link, tuple[float, float, float, float]]]:
    """Every link with its rectangle; in a box, where a click opens what is said of the unit, only the lines that name
    the page."""
    boxed = {id(link): mark for mark in page.drawing.units for link in page.drawing.links if _is_in(link, mark)}
    for link in page.drawing.links:
        top, bottom = link.top, link.top + link.height
        if mark := boxed.get(id(link)):
            lines = [w.y - 0.9 * w.size for w in mark.words if top <= w.y <= bottom and _names_a_page(w.text)]
            top = max(top, min(lines, default=top))
        yield link, (link.left, round(top, 2), link.width, round(bottom - top, 2))


def _is_in(link: Link, mark: UnitMark) -> bool:
    x, y = link.left + link.width / 2 - mark.box.x, link.top + link.height / 2 - mark.box.y
    return 0 <= x <= mark.box.width and 0 <= y <= mark.box.height


def _names_a_page(text: str) -> bool:
    return any(arrow in text for arrow in (ONWARD, BACK))


def _texts(chart: Chart, langs: Sequence[str]) -> list[list[dict[str, Any]]]:
    """By unit in reading order, what is said of it in each language."""
    unit_file = chart.structure.unit_file
    units = {unit.id: unit for unit in unit_file.units}
    cited = Citations(unit_file, text_of(unit_file))
    shown = []
    for unit in chart.hierarchy.units:
        # A chart of changes has units of an older file too, whose lines are those of another text.
        own = cited if units.get(unit.id) == unit else Citations(UnitFile(units=(unit,)), Text())
        shown.append([_said(unit, own, lang, number > 0) for number, lang in enumerate(langs)])
    return shown


def _said(unit: Unit, cited: Citations, lang: str, other: bool) -> dict[str, Any]:
    """What a unit's panel shows, without what there is nothing of. other: whether the words of the file are in the
    other script."""
    words: Callable[[str], str] = WORDS[wish_of(lang)] if other else str
    # The text itself has one script, whichever the chart was asked for in.
    quoted: Callable[[str], str] = words if other else to_latin if lang == "sr-Latn" else str

    def place(provision: Provision) -> dict[str, str]:
        line, end_line = provision.line, provision.end_line
        parts = (
            words(" ".join((provision.article or "").split())),
            "" if line is None else line_words(line, end_line or line, lang),
            provision.file if line is not None and provision.file else "",
        )
        return {"cite": ", ".join(part for part in parts if part), "quote": quoted(provision.quote)}

    said: dict[str, Any] = {
        "name": words(" ".join(unit.name.split())),
        "abbr": words(unit.abbreviation or ""),
        "number": words(unit.number or ""),
        "functions": [
            _filled({"text": words(function), **place(cited.of_function(unit.id, function))})
            for function in unit.functions
        ],
    }
    return _filled(said | (place(cited.of_unit(unit.id, False)) if unit.source else {}))


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value}
