"""A units file and the text it was read from, in; for each unit and function its article, lines and words, out."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Final

from orgchart.errors import OrgChartError
from orgchart.limits import value_of
from orgchart.rulebook.sources import read_source
from orgchart.script import fold
from orgchart.units import Unit, UnitFile

_MOST_WORDS: Final = 2_000  # of a quotation, in characters
_MOST_LINES: Final = 2_000
_STANDARD_INPUT: Final = "standard input"
_ENDS: Final = (":", ";", ".", ",")
_WORD: Final = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The words of a text alone, as ``fold`` makes them: what is equal here differs in script, spaces, signs or
    capitals only. A text without any word stays as it is."""
    return " ".join(_WORD.findall(fold(text))) or text.strip()


@dataclass(frozen=True, slots=True)
class Provision:
    """Where a text speaks of a unit. line, end_line: counted from 1, the last included; quote: the words themselves,
    line by line without blank ones, empty where the text is not at hand. file: its name without folders."""

    unit: str
    name: str
    article: str | None = None
    line: int | None = None
    end_line: int | None = None
    file: str | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A rulebook's lines as they stand in the file; none where it is not at hand. note: why it is not, for the user."""

    lines: tuple[str, ...] = ()
    note: str = ""


def text_beside(unit_file: UnitFile, path: str) -> Text:
    """The text that a units file names, if it stands beside it and is the very text that was read."""
    source = unit_file.source
    if source is None or source.file is None or source.sha256 is None or path == "-":
        return Text()
    if PurePath(source.file).is_absolute():
        return Text(note=f"{path}: source.file is no path beside it; its sentences are left out")
    place = Path(path).parent / source.file
    try:
        # A pipe or a device is no file: reading one might never end.
        if not place.is_file() or place.stat().st_size > value_of("rulebook_bytes"):
            return Text(note=f"{path}: its text {source.file} is not there; its sentences are left out")
        content = place.read_bytes()
        if hashlib.sha256(content).hexdigest() != source.sha256.lower():
            return Text(
                note=f"{path}: its text {source.file} is no longer the one that was read (sha256); "
                "its sentences are left out"
            )
        return Text(tuple(line.text for line in read_source(content, str(place)).lines))
    except (OSError, ValueError, OrgChartError) as error:
        return Text(note=f"{path}: its text {source.file} cannot be read ({error}); its sentences are left out")


def text_of(unit_file: UnitFile) -> Text:
    """The text beside units that were loaded from a file; none for those that came through standard input."""
    return text_beside(unit_file, "-" if unit_file.name == _STANDARD_INPUT else unit_file.name)


@dataclass(frozen=True)
class Citations:
    """What one units file says of its units, and its text. unit_file: whose units are cited."""

    unit_file: UnitFile
    text: Text
    units: Mapping[str, Unit] = field(init=False)
    known: dict[str, tuple[list[int], str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", {unit.id: unit for unit in self.unit_file.units})

    def of_unit(self, unit_id: str, whole: bool) -> Provision:
        """The provision on a unit; of its words the whole, or the sentence that names it."""
        unit = self.units[unit_id]
        found = self._provision(unit, self._sentence(unit, whole))
        if whole and unit.source is not None:
            return replace(found, line=unit.source.line, end_line=unit.source.end_line or unit.source.line)
        return found

    def of_function(self, unit_id: str, function: str) -> Provision:
        """The lines in which a function stands; those of its unit where they cannot be told."""
        unit = self.units[unit_id]
        return self._provision(unit, self._lines_of(unit, function) or self._sentence(unit, False))

    def _provision(self, unit: Unit, quoted: Sequence[tuple[int, str]]) -> Provision:
        source, rulebook = unit.source, self.unit_file.source
        own = None if source is None else source.extra.get("file")
        file = own if isinstance(own, str) else None if rulebook is None else rulebook.file
        name = None if file is None else PurePath(file).name
        if source is None:
            return Provision(unit.id, unit.name, file=name)
        if not quoted:
            return Provision(unit.id, unit.name, source.article, source.line, source.end_line or source.line, name)
        words = "\n".join(" ".join(text.split()) for _, text in quoted)
        cut = words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1] + "…"
        return Provision(unit.id, unit.name, source.article, quoted[0][0], quoted[-1][0], name, cut)

    def _lines(self, unit: Unit) -> list[tuple[int, str]]:
        source = unit.source
        if source is None or source.line is None or "file" in source.extra:
            return []
        last = min(source.end_line or source.line, source.line + _MOST_LINES, len(self.text.lines))
        found = [(number, self.text.lines[number - 1]) for number in range(source.line, last + 1)]
        return [(number, text) for number, text in found if text.strip()]

    def _sentence(self, unit: Unit, whole: bool) -> list[tuple[int, str]]:
        """From the first line to the one that ends a sentence; ``3)`` alone on a line is none."""
        lines = self._lines(unit)
        if whole:
            return lines
        for count, (_, text) in enumerate(lines, 1):
            if text.rstrip().endswith(_ENDS) and len(text.strip()) > 3:
                return lines[:count]
        return lines

    def _lines_of(self, unit: Unit, function: str) -> list[tuple[int, str]]:
        """The fewest lines that hold all words of the function in order, wherever the lines break."""
        lines = self._lines(unit)
        starts, words = self._folded(unit)
        wanted = f" {folded(function)} "
        place = words.find(wanted)
        if place < 0:
            return []
        return lines[bisect_right(starts, place) - 1 : bisect_right(starts, place + len(wanted) - 2)]

    def _folded(self, unit: Unit) -> tuple[list[int], str]:
        """All words of a unit's lines, folded, and where each line starts among them."""
        if unit.id not in self.known:
            starts, words = [], " "
            for _, text in self._lines(unit):
                starts.append(len(words) - 1)
                line = " ".join(word for word in [folded(text)] if any(map(str.isalnum, word)))
                words += f"{line} " if line else ""
            self.known[unit.id] = (starts, words)
        return self.known[unit.id]
