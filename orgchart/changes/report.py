"""Changes and the texts of both sides, in; a report in one language, every change with both its provisions, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Final

from orgchart.changes.model import Change, Changes, Doubt
from orgchart.changes.wording import quoted, report_language, word
from orgchart.cite import Citations, Provision, Text
from orgchart.errors import FormatError
from orgchart.hints import quoted as quoted_input
from orgchart.units import Unit, UnitFile
from orgchart.words import date_words, level_word

# ending of a report's file: the module that writes it, by its function ``write``
WRITERS: Final[Mapping[str, str]] = {
    "txt": "orgchart.changes.report_text",
    "md": "orgchart.changes.report_markdown",
    "html": "orgchart.changes.report_html",
    "json": "orgchart.changes.report_json",
    "jsonld": "orgchart.changes.report_jsonld",
}
# Of these the whole provisions are quoted, of the others the sentence or the function concerned.
_WHOLE: Final = frozenset(["added", "abolished", "split", "merged"])
_SAID_ONCE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One change in words. was, now: empty where there is nothing on that side; certainty: empty where it is full."""

    number: int
    change: Change
    kind: str
    subject: str
    was: str
    now: str
    old: tuple[Provision, ...]
    new: tuple[Provision, ...]
    certainty: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One doubt in words."""

    doubt: Doubt
    question: str
    taken: str
    otherwise: str
    certainty: str
    old: tuple[Provision, ...]
    new: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """counts: how many changes there are of each kind, in words; old, new: what each side is, in one line."""

    lang: str
    title: str
    old: str
    new: str
    counts: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    changes: Changes

    def word(self, key: str) -> str:
        return word(key, self.lang)

    def where(self, provision: Provision) -> str:
        """``члан 12, редови 13–21``, or that the place is not given."""
        if provision.line is None:
            lines = ""
        elif provision.end_line in (None, provision.line):
            lines = f"{self.word('line')} {provision.line}"
        else:
            lines = f"{self.word('lines')} {provision.line}–{provision.end_line}"
        return ", ".join(part for part in (provision.article, lines) if part) or self.word("not named")


def check_report(name: str) -> str:
    """The format that a file name asks for. Raises FormatError for another one."""
    wanted = PurePath(name).suffix.lower().removeprefix(".")
    if wanted not in WRITERS:
        known = ", ".join(f".{each}" for each in WRITERS)
        raise FormatError(f"--report {name}: a report is written as {known}, not as {quoted_input('.' + wanted)}")
    return wanted


def build_report(changes: Changes, old: Text, new: Text, lang: str | None = None) -> Report:
    """lang: ``sr-Cyrl``, ``sr-Latn`` or ``en``; the new file's own where None."""
    chosen = report_language([unit.name for unit in changes.new.units], lang or changes.new.lang)
    sides = _Sides(Citations(changes.old, old), Citations(changes.new, new), chosen)
    counts: dict[str, int] = {}
    for change in changes.changes:
        counts[change.kind] = counts.get(change.kind, 0) + 1
    return Report(
        lang=chosen,
        title=": ".join(part for part in (word("title", chosen), changes.new.title) if part),
        old=_said(changes.old, chosen),
        new=_said(changes.new, chosen),
        counts=tuple((word(kind, chosen), count) for kind, count in counts.items()),
        rows=tuple(sides.row(number, change) for number, change in enumerate(changes.changes, 1)),
        asked=tuple(map(sides.asked, changes.doubts)),
        changes=changes,
    )


def write_report(report: Report, wanted: str) -> bytes:
    """The report in one of the formats."""
    write: Callable[[Report], bytes] = import_module(WRITERS[wanted]).write
    return write(report)


def _said(unit_file: UnitFile, lang: str) -> str:
    """What a file is: its rulebook's title, gazette and date, and the file's own name without folders."""
    source = unit_file.source
    parts = [] if source is None else [source.title, source.gazette]
    if source is not None and source.date:
        parts.append(date_words(source.date, lang))
    told = ", ".join(part for part in parts if part)
    name = PurePath(unit_file.name).name
    return f"{told} ({name})" if told else name


@dataclass(frozen=True, slots=True)
class _Sides:
    old: Citations
    new: Citations
    lang: str

    def row(self, number: int, change: Change) -> Row:
        was, now = _WORDS.get(change.kind, _as_they_are)(self, change)
        return Row(
            number, change, word(change.kind, self.lang), self._subject(change), was, now,
            tuple(self._provision(self.old, unit, change, change.before) for unit in change.old),
            tuple(self._provision(self.new, unit, change, change.after) for unit in change.new),
            self._sure(change.certainty),
        )  # fmt: skip

    def asked(self, doubt: Doubt) -> Asked:
        names = {
            "old": self.old.units[doubt.old[0]].name,
            "new": self.new.units[doubt.new[0]].name,
        }
        same, apart = (word(key, self.lang).format(**names) for key in ("same", "apart"))
        taken, otherwise = (apart, same) if doubt.reason in ("apart", "id") else (same, apart)
        if doubt.reason == "rival":
            rival = {
                "old": self.old.units[doubt.old[-1]].name,
                "new": self.new.units[doubt.new[-1]].name,
            }
            otherwise = word("same", self.lang).format(**rival)
        olds, news = (
            ", ".join(quoted(side.units[unit].name, self.lang) for unit in units)
            for side, units in ((self.old, doubt.old), (self.new, doubt.new))
        )
        return Asked(
            doubt, f"{olds} – {news}: {word(doubt.reason, self.lang)}", taken, otherwise,
            "" if doubt.reason == "id" else self._sure(doubt.certainty),
            tuple(self.old.of_unit(unit, False) for unit in doubt.old),
            tuple(self.new.of_unit(unit, False) for unit in doubt.new),
        )  # fmt: skip

    def _provision(self, side: Citations, unit: str, change: Change, words: str) -> Provision:
        if change.kind.startswith("function") and words:
            return side.of_function(unit, words)
        return side.of_unit(unit, change.kind in _WHOLE)

    def _sure(self, certainty: float) -> str:
        return "" if certainty >= _SAID_ONCE else f"{word('certainty', self.lang)} {certainty:.0%}"

    def _subject(self, change: Change) -> str:
        """The unit by its present name, or by its last one; of a function handed over, both units."""
        old = self.old.units[change.old[0]] if change.old else None
        new = self.new.units[change.new[0]] if change.new else None
        if change.kind == "function handed over" and old is not None and new is not None:
            return f"{old.name} → {new.name}"
        if change.kind == "split" and old is not None:
            return old.name
        unit = new or old
        return "" if unit is None else unit.name

    def place(self, side: Citations, unit: Unit) -> str:
        kind = level_word(unit.level, self.lang)
        if unit.parent is None:
            return f"{kind}, {word('top', self.lang)}"
        return f"{kind}, {word('in', self.lang)}: {side.units[unit.parent].name}"


def _as_they_are(sides: _Sides, change: Change) -> tuple[str, str]:
    return change.before, change.after


def _added(sides: _Sides, change: Change) -> tuple[str, str]:
    return "", sides.place(sides.new, sides.new.units[change.new[0]])


def _abolished(sides: _Sides, change: Change) -> tuple[str, str]:
    return sides.place(sides.old, sides.old.units[change.old[0]]), ""


def _moved(sides: _Sides, change: Change) -> tuple[str, str]:
    top = word("top", sides.lang)
    return change.before or top, change.after or top


def _level(sides: _Sides, change: Change) -> tuple[str, str]:
    was, now = sides.old.units[change.old[0]], sides.new.units[change.new[0]]
    return (
        f"{level_word(change.before, sides.lang)} ({was.name})",
        f"{level_word(change.after, sides.lang)} ({now.name})",
    )


def _staff(sides: _Sides, change: Change) -> tuple[str, str]:
    none = word("no staff", sides.lang)
    return change.before or none, change.after or none


def _placement(sides: _Sides, change: Change) -> tuple[str, str]:
    return word(f"{change.before} placement", sides.lang), word(f"{change.after} placement", sides.lang)


def _order(sides: _Sides, change: Change) -> tuple[str, str]:
    first, after = word("first", sides.lang), word("after", sides.lang)
    was, now = (f"{after} {quoted(name, sides.lang)}" if name else first for name in (change.before, change.after))
    return was, now


_WORDS: Final[Mapping[str, Callable[[_Sides, Change], tuple[str, str]]]] = {
    "added": _added,
    "abolished": _abolished,
    "moved": _moved,
    "level": _level,
    "staff": _staff,
    "placement": _placement,
    "order": _order,
}
