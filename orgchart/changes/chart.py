"""What changed between two structures, in; a Chart of the new one with every change marked, or of both, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from orgchart.changes.marking import Marking
from orgchart.changes.model import Changes
from orgchart.changes.union import Union, align, unite
from orgchart.chart import Chart, Overlay, build_chart
from orgchart.chart_page import Field
from orgchart.hierarchy import build_hierarchy
from orgchart.labels import rulebook_line
from orgchart.marks import Mark
from orgchart.names import safe_name
from orgchart.styles import StyleSheet, load_style
from orgchart.units import Relation, UnitFile
from orgchart.words import change_word, date_words, language_of

_SLANT_PT = 0.1
# The kind of the line from where a unit stood to where it stands.
MOVED = "moved-to"
# Of the longer side of a page: a line from an old to a new place that goes further is left out, and the boxes name each
# other's place. When that has been weighed anew, as the boxes are larger then, a little more is let pass.
_LONGEST_LINES = (0.5, 0.6, 0.75)


def build_change_chart(changes: Changes, *, side_by_side: bool = False, **wishes: Any) -> Chart:
    """Draw the new structure with what changed marked on it, or the old and the new one side by side.

    wishes: as ``chart.build_chart`` takes them, and of the same effect; a title where None is the new file's with the
    word for changes. What is gone stands where it stood. A unit that moved stands in its new place and, as the place it
    left, in its old one; a line leads from this to that where it is short, else each box says where the other is.
    Side by side, both are drawn on one page, and what stayed stands in the same place of both.
    Raises an OrgChartError that says what is wrong and what to do.
    """
    style = wishes.pop("style", "classic")
    styles = style if isinstance(style, StyleSheet) else load_style(style)
    lang = changes.new.lang or language_of(unit.name for unit in changes.new.units)
    marking = Marking(changes, styles, lang)
    draw = _Sides(changes, marking, lang) if side_by_side else _Together(changes, marking, lang)
    chart = draw.chart(wishes | {"style": styles})
    return replace(chart, name=safe_name(f"{chart.name}-changes"))


class _Together:
    """One structure that has both."""

    def __init__(self, changes: Changes, marking: Marking, lang: str) -> None:
        self._changes, self._marking, self._lang = changes, marking, lang
        self._union = unite(changes)
        self._links = {place: home for _, place, home in self._union.links()}

    def chart(self, wishes: dict[str, Any]) -> Chart:
        """Drawn again with the lines left out that turn out too long, as the boxes then have more to say."""
        named: set[str] = set()
        for longest in _LONGEST_LINES:
            chart = self._drawn(named, wishes)
            more = self._unlinked(chart, longest) - named
            if not more:
                return chart
            named |= more
        return self._drawn(set(self._links), wishes)

    def _drawn(self, named: set[str], wishes: dict[str, Any]) -> Chart:
        """named: the old places of those units whose boxes name each other's place."""
        changes, marking = self._changes, self._marking
        texts: dict[str, tuple[str, Mark | None]] = {
            unit.id: marking.of_new(unit.id, place=any(self._links[place] == unit.id for place in named))
            for unit in changes.new.units
        }
        for unit in changes.old.units:
            if marking.is_gone(unit.id):
                texts[self._union.homes[unit.id]] = marking.of_old(unit.id)
        for old, place, _ in self._union.links():
            texts[place] = marking.of_old(old, place=place in named, away=True)
        lines = [Relation(place, home, MOVED) for place, home in self._links.items() if place not in named]
        overlay = Overlay(
            {unit: label for unit, (label, _) in texts.items()},
            {unit: mark for unit, (_, mark) in texts.items() if mark is not None},
            _sources(changes, self._lang),
            _dates(changes, self._lang),
        )
        return build_chart(_file(changes, self._union, lines, self._lang), overlay=overlay, **wishes)

    def _unlinked(self, chart: Chart, longest: float) -> set[str]:
        """The old places from which no line leads to the new one, and no page's number, or a line that is too long or
        runs behind boxes, because no way was found round them."""
        pages = {unit: page.number for page in chart.pages for unit in page.home}
        found = {
            place
            for place, home in self._links.items()
            if (place in pages or home in pages) and not {place, home} <= pages.keys()
        }
        for page in chart.pages:
            most = longest * max(page.drawing.width, page.drawing.height)
            for line in page.drawing.relations:
                points = (*line.arrow.points, line.arrow.head[0])
                steps = [(abs(x - u), abs(y - v)) for (x, y), (u, v) in pairwise(points)]
                slants = any(min(step) > _SLANT_PT for step in steps)
                if line.kind == MOVED and (slants or sum(map(sum, steps)) > most):
                    found.add(line.source)
        return found


class _Sides:
    """Both structures, each in a field of the page."""

    def __init__(self, changes: Changes, marking: Marking, lang: str) -> None:
        self._changes, self._marking, self._lang = changes, marking, lang
        self._union = align(changes)

    def chart(self, wishes: dict[str, Any]) -> Chart:
        changes, marking, places = self._changes, self._marking, self._union.places
        texts = {unit.id: marking.of_new(unit.id, place=True, names=False) for unit in changes.new.units}
        ids = self._old_ids()
        was = {ids[unit.id]: marking.of_old(unit.id, place=True) for unit in changes.old.units}
        old = Field(
            _heading("old", changes.old, self._lang),
            build_hierarchy(_renamed(changes.old, ids)),
            {ids[unit]: place for unit, place in places.items()},
            {unit: label for unit, (label, _) in was.items()},
        )
        new = Field(
            _heading("new", changes.new, self._lang),
            build_hierarchy(changes.new),
            {unit.id: unit.id for unit in changes.new.units},
            {unit: label for unit, (label, _) in texts.items()},
        )
        overlay = Overlay(
            {**old.labels, **new.labels},
            {unit: mark for side in (was, texts) for unit, (_, mark) in side.items() if mark is not None},
            _sources(changes, self._lang),
            "",
            (old, new),
        )
        before = [replace(tie, source=places[tie.source], target=places[tie.target]) for tie in changes.old.relations]
        return build_chart(_file(changes, self._union, before, self._lang), overlay=overlay, **wishes)

    def _old_ids(self) -> dict[str, str]:
        """What each old unit is called: as its place where that is its own, else by an id that no other has."""
        new = {unit.id for unit in self._changes.new.units}
        taken = new | set(self._union.places.values())
        ids: dict[str, str] = {}
        for old, place in self._union.places.items():
            name, number = place, 2
            if place in new:
                name = f"{old}-old"
                while name in taken:
                    name, number = f"{old}-old-{number}", number + 1
                taken.add(name)
            ids[old] = name
        return ids


def _file(changes: Changes, union: Union, relations: list[Relation], lang: str) -> UnitFile:
    """The units of both as one file, called as the new one."""
    ties = list(dict.fromkeys((*changes.new.relations, *relations)))
    return replace(
        changes.new, units=union.units, relations=tuple(ties), title=_title(changes, lang), lang=lang
    )  # fmt: skip


def _renamed(file: UnitFile, ids: dict[str, str]) -> UnitFile:
    return replace(
        file,
        units=tuple(
            replace(unit, id=ids[unit.id], parent=None if unit.parent is None else ids[unit.parent])
            for unit in file.units
        ),
        relations=tuple(replace(tie, source=ids[tie.source], target=ids[tie.target]) for tie in file.relations),
    )


def _title(changes: Changes, lang: str) -> str | None:
    title, word = changes.new.title or changes.old.title, change_word("changes", lang)
    return f"{title} – {word}" if title else None


def _sources(changes: Changes, lang: str) -> str:
    """Both rulebooks, without their dates, one below the other; one line where they are called the same."""
    lines = [(key, rulebook_line(file.source, lang, dated=False)) for key, file in _sides(changes)]
    if lines[0][1] == lines[1][1]:
        return lines[0][1]
    return "\n".join(f"{change_word(key, lang)}: {line}" for key, line in lines if line)


def _dates(changes: Changes, lang: str) -> str:
    """``старо: 1. 4. 2011. · ново: 1. 5. 2026.``"""
    dated = [(key, file.source.date) for key, file in _sides(changes) if file.source and file.source.date]
    return " · ".join(f"{change_word(key, lang)}: {date_words(date, lang)}" for key, date in dated if date)


def _heading(key: str, file: UnitFile, lang: str) -> str:
    """``Старо (1. 4. 2011.)``."""
    word = change_word(key, lang)
    date = file.source.date if file.source else None
    return word[:1].upper() + word[1:] + (f" ({date_words(date, lang)})" if date else "")


def _sides(changes: Changes) -> Iterator[tuple[str, UnitFile]]:
    yield "old", changes.old
    yield "new", changes.new
