"""A page of a Chart, in; the SVG of its units, as lists in lists with what is said of each or the boxes alone, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.drawing import Rectangle, UnitMark
from orgchart.formats.escape import in_attribute, in_text
from orgchart.formats.numbers import number
from orgchart.formats.svg_shapes import Letters, dash, letters_of, rectangle, signs, strike, text
from orgchart.formats.svg_ways import SvgWay
from orgchart.formats.told import Teller
from orgchart.spoken import spoken_brief
from orgchart.unit_url import unit_url
from orgchart.units import Unit

# Programs that show SVG give up on groups in groups in groups: from here on a unit stands beside its parent, and says
# how deep it is.
DEEPEST_LIST: Final = 40


def unit_groups(chart: Chart, page: ChartPage, way: SvgWay) -> Iterator[str]:
    """All units of the page; in ids, \\0 stands for the prefix of the page's ids."""
    if way.units == "nested":
        yield from _nested(chart, page, way)
    elif way.units == "joined":
        yield from _joined(chart, page, way)
    else:
        yield '<g id="\x00-units">\n'
        for place, mark in enumerate(page.drawing.units, 1):
            name = page.drawing.spoken(mark.unit, page.hierarchy.unit(mark.unit).name)
            letters = letters_of(mark.words)
            yield f'<g id="\x00-u{place}"{_facts(mark)} role="group"{letters.attributes}>'
            yield f"<title>{in_text(name)}</title>\n"
            yield _box(mark, letters, chart, page, way)
            yield "</g>\n"
        yield "</g>\n"


def _facts(mark: UnitMark) -> str:
    return f' data-unit="{in_attribute(mark.unit)}" data-level="{in_attribute(mark.level)}"'


def _box(mark: UnitMark, letters: Letters, chart: Chart, page: ChartPage, way: SvgWay) -> str:
    drawing, font = page.drawing, chart.font
    drawn = rectangle(mark.box)
    drawn += [text(words, font, letters, fitted=way.fitted) for words in mark.words if words.text]
    if mark.unit in drawing.marks:
        drawn += [strike(words, font) for words in mark.words[: drawing.marks[mark.unit].struck] if words.text]
        drawn += ['<g data-signs="">\n' if way.styled else "<g>\n", *signs(mark.unit, drawing), "</g>\n"]
    return "".join(drawn)


def _nested(chart: Chart, page: ChartPage, way: SvgWay) -> Iterator[str]:
    """In reading order, so that who hears the chart walks it as a list whose items have lists."""
    marks = {mark.unit: (place, mark) for place, mark in enumerate(page.drawing.units, 1)}
    hierarchy = page.hierarchy
    teller = Teller(chart)
    yield '<g id="\x00-units" role="list">\n'
    # A unit and its depth, or what ends an element.
    waiting: list[tuple[Unit, int] | str] = [
        (root, 1) for root in reversed([unit for unit in hierarchy.units if hierarchy.parent(unit.id) is None])
    ]
    while waiting:
        step = waiting.pop()
        if isinstance(step, str):
            yield step
            continue
        unit, depth = step
        below = [(child, depth + 1) for child in reversed(hierarchy.children(unit.id))]
        yield f'<g role="listitem" aria-level="{depth}">\n' if depth > DEEPEST_LIST else '<g role="listitem">\n'
        if unit.id in marks:
            yield _told_box(*marks[unit.id], teller.own(unit), teller.name(unit, page), chart, page, way)
        if below and depth < DEEPEST_LIST:
            yield '<g role="list">\n'
            waiting += ["</g>\n</g>\n", *below]
        else:
            yield "</g>\n"
            waiting += below
    yield "</g>\n"


def _told_box(place: int, mark: UnitMark, unit: Unit, name: str, chart: Chart, page: ChartPage, way: SvgWay) -> str:
    """The unit's box with all that is said of it."""
    link = unit_url(chart.unit_url, unit.id) if chart.unit_url else ""
    opening, closing = (f'<a href="{in_attribute(link)}">\n', "</a>\n") if link else ("", "")
    letters = letters_of(mark.words)
    brief = spoken_brief(unit, page.drawing.lang) if way.told else ""
    described = f"<desc>{in_text(brief)}</desc>" if brief else ""
    return (
        f'{opening}<g id="\x00-u{place}" role="img"{_facts(mark)}{_cited(unit)}{letters.attributes}>'
        f"<title>{in_text(name)}</title>{described}\n"
        f"{_box(mark, letters, chart, page, way)}</g>\n{closing}"
    )


def _cited(unit: Unit) -> str:
    source = unit.source
    if source is None:
        return ""
    first, last = source.line, source.end_line or source.line
    article = f' data-article="{in_attribute(source.article)}"' if source.article else ""
    lines = f"{first}" if first == last else f"{first}-{last}"
    return article + (f' data-lines="{lines}"' if first else "")


def _joined(chart: Chart, page: ChartPage, way: SvgWay) -> Iterator[str]:
    """Boxes of one look and lines of one kind of letters stand together: as few bytes as they take."""
    drawing = page.drawing
    boxes: dict[str, list[Rectangle]] = {}
    for mark in drawing.units:
        boxes.setdefault(_look(mark.box), []).append(mark.box)
    for look, alike in boxes.items():
        yield f"<g{look}>\n"
        for box in alike:
            yield from _bare(box)
        yield "</g>\n"
    lines: dict[Letters, list[str]] = {}
    for mark in drawing.units:
        for words in mark.words:
            if words.text:
                letters = letters_of((words,))
                lines.setdefault(letters, []).append(text(words, chart.font, letters, fitted=way.fitted))
    for letters, written in lines.items():
        yield f"<g{letters.attributes}>\n"
        yield from written
        yield "</g>\n"
    for mark in drawing.units:
        if mark.unit in drawing.marks:
            struck: Sequence[str] = [
                strike(words, chart.font) for words in mark.words[: drawing.marks[mark.unit].struck] if words.text
            ]
            yield from struck
            yield from signs(mark.unit, drawing)


def _look(box: Rectangle) -> str:
    if box.border_width == 0:
        return f' fill="{box.fill}"'
    width = "" if box.border_width == 1 else f' stroke-width="{number(box.border_width)}"'
    return f' fill="{box.fill}" stroke="{box.border}"{width}{dash(box.border_line)}'


def _bare(box: Rectangle) -> Iterator[str]:
    """Without what its group says."""
    for drawn in rectangle(box):
        shape = drawn.split(' fill="', 1)[0]
        yield f'{shape} fill="none"/>\n' if ' fill="none" ' in drawn else f"{shape}/>\n"
