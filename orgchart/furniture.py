"""A units file and the user's wishes, in; what is printed round every chart, title, legend and foot, checked, out."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from orgchart.drawing import MARKER
from orgchart.errors import OrgChartError
from orgchart.hierarchy import Hierarchy
from orgchart.labels import printable, rulebook_line
from orgchart.layout.page import Notes
from orgchart.marks import MARK_KEY
from orgchart.style_keys import MARKS
from orgchart.units import UnitFile
from orgchart.words import date_words, elsewhere_word, kind_word, level_word, mark_word, page_words

SOURCE_DATE = "source"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What all pages of a chart have in common. levels: pairs of level and word, in the order of the legend; kinds: of
    relations, with their words; with_legend: None where it is shown only if there is something to tell apart; source
    and date: at the foot, "" for none; marks: pairs of a legend's key and word."""

    title: str
    lang: str
    levels: tuple[tuple[str, str], ...]
    kinds: Mapping[str, str]
    with_legend: bool | None
    source: str
    date: str
    marks: tuple[tuple[str, str], ...] = ()

    def notes(self, number: int = 1, count: int = 1) -> Notes:
        """The foot of one page; a single page has no number."""
        shown = [self.date, page_words(number, count, self.lang) if count > 1 else ""]
        return Notes(self.source, " · ".join(part for part in shown if part))

    def legend(self, kinds: Container[str], *, atlas: bool) -> list[tuple[str, str]]:
        """The levels, in an atlas the look of units repeated, and the kinds of relations that are drawn on the page:
        they stand last, so that all else stands in the same place on every page."""
        shown = [(kind, _opening(word)) for kind, word in self.kinds.items() if kind in kinds]
        few = len(self.levels) < 2 and not shown and not atlas and not self.marks
        if self.with_legend is False or (self.with_legend is None and few):
            return []
        return [*self.levels, *([(MARKER, elsewhere_word(self.lang))] if atlas else []), *self.marks, *shown]


def furnish(
    hierarchy: Hierarchy,
    unit_file: UnitFile,
    lang: str,
    *,
    title: str | None,
    legend: bool | None,
    source_line: bool,
    date: str | None,
    marks: Iterable[str] = (),
    foot: tuple[str, str] | None = None,
) -> Furniture:
    """marks: the names of those that are on the chart; foot: the source line and the rulebook's date in place of those
    of the units file, the date being shown unless another is given.

    Raises OrgChartError for a title or date that cannot be printed, and for what the units file does not say.
    """
    marked = frozenset(marks)
    source, day = _foot(unit_file, lang, source_line, date, foot)
    return Furniture(
        title=(unit_file.title or "") if title is None else printable(title, "title"),
        lang=lang,
        levels=tuple((level, level_word(level, lang)) for level in _levels(hierarchy)),
        kinds={relation.kind: kind_word(relation.kind, lang) for relation in hierarchy.relations},
        with_legend=legend,
        source=source,
        date=day,
        marks=tuple((f"{MARK_KEY}{mark}", _opening(mark_word(mark, lang))) for mark in MARKS if mark in marked),
    )


def _foot(
    unit_file: UnitFile, lang: str, with_source: bool, date: str | None, given: tuple[str, str] | None
) -> tuple[str, str]:
    """The source line and the date. The rulebook's date stands there once."""
    rulebook = unit_file.source
    day = printable(date, "date") if date else ""
    own_date = day.casefold() == SOURCE_DATE
    rulebook_date = date_words(rulebook.date, lang) if rulebook and rulebook.date else ""
    line = rulebook_line(rulebook, lang, dated=not own_date)
    if given is not None:
        line, rulebook_date = given
        own_date = own_date or not day
    if own_date:
        if given is None and not rulebook_date:
            raise OrgChartError(
                f'date: {unit_file.name} has no date of its rulebook; add it ("source": {{"date": "2011-04-01"}}), '
                "or give the date itself"
            )
        day = rulebook_date
    if with_source and not line:
        raise OrgChartError(
            f'source: {unit_file.name} does not name its rulebook; add it ("source": {{"title": "…"}}), '
            "or leave the source line out"
        )
    return line if with_source else "", day


def _opening(word: str) -> str:
    return word[:1].upper() + word[1:]


def _levels(hierarchy: Hierarchy) -> list[str]:
    """Every level, the one that stands highest first, then the one read first."""
    depths: dict[str, int] = {}
    highest: dict[str, int] = {}
    for unit in hierarchy.units:
        parent = hierarchy.parent(unit.id)
        depth = depths[unit.id] = 0 if parent is None else depths[parent.id] + 1
        if depth < highest.setdefault(unit.level, depth):
            highest[unit.level] = depth
    return sorted(highest, key=highest.__getitem__)
