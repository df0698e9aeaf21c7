"""A unit or its rulebook, style and language, in; the words that stand in its box or at the page's foot, out."""

from __future__ import annotations

from collections.abc import Sequence

from orgchart.errors import OrgChartError
from orgchart.styles import BoxStyle
from orgchart.unit_checks import Findings
from orgchart.unit_fields import MAX_NAME, Text
from orgchart.units import RulebookSource, Unit
from orgchart.words import article_words, date_words, line_words, page_reference, staff_words

ONWARD, BACK = "→", "←"
_NO_BREAK_SPACE = "\u00a0"


def label_of(unit: Unit, style: BoxStyle, lang: str) -> str:
    """The text of the unit's box: its name and what the style shows beside it, as far as the unit has it.

    The number stands before the name and is never parted from its first word, the abbreviation behind it in brackets,
    the head-count on a line of its own: ``I Одељење за Уједињене нације (УН)``, ``запослених: 12``.
    """
    label = unit.name
    if "number" in style.show and unit.number:
        label = f"{unit.number}{_NO_BREAK_SPACE}{label}"
    if "abbreviation" in style.show and unit.abbreviation and f"({unit.abbreviation})" not in label:
        label = f"{label} ({unit.abbreviation})"
    if "staff" in style.show and unit.staff is not None:
        label = f"{label}\n{staff_words(unit.staff, lang)}"
    return label


def page_line(arrow: str, numbers: Sequence[int], lang: str) -> str:
    """Where a branch goes on or comes from, a line of its own in a box: ``→ стр. 4–6``, ``← стр. 1``."""
    return f"{arrow}{_NO_BREAK_SPACE}{page_reference(numbers, lang)}"


def relation_line(word: str, arrow: str, number: int, lang: str) -> str:
    """One end of a relation to a unit on another page: ``координира → стр. 5`` in the box of the first unit,
    ``координира ← стр. 2`` in that of the second."""
    return f"{word} {page_line(arrow, (number,), lang)}"


def rulebook_line(source: RulebookSource | None, lang: str, *, dated: bool = True) -> str:
    """``Правилник …, Службени гласник …, 1. 4. 2011.``, as far as the units file says so; empty where it says nothing.

    dated: whether the date is part of it.
    """
    if source is None:
        return ""
    date = date_words(source.date, lang) if source.date and dated else ""
    parts = (" ".join((part or "").split()) for part in (source.title, source.gazette, date))
    return ", ".join(part for part in parts if part)


def place_words(article: str | None, line: int | None, end_line: int | None, lang: str) -> str:
    """A place in the rulebook, inside a sentence: ``члан 12., редови 5–8``; empty where nothing is known."""
    said = article_words(article, lang) if article else ""
    if line is None:
        return said
    lines = line_words(line, end_line or line, lang)
    return f"{said}, {lines}" if said else lines


def printable(text: str, what: str) -> str:
    """A title or a date as the units file's own title is checked; a blank one is none. Raises OrgChartError."""
    if not text.strip():
        return ""
    findings = Findings({})
    read = Text(MAX_NAME).read(text, what, (), findings)
    for fault in findings.faults:
        raise OrgChartError(f"{what}: {fault.rule}; {fault.remedy}")
    return str(read)
