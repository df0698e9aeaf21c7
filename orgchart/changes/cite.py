"""A units file and the text it was read from, in; for each unit and function its article, lines and words, out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from orgchart.changes.folded import folded
from orgchart.errors import OrgChartError
from orgchart.rulebook.sources import MAX_BYTES, read_source
from orgchart.units import Unit, UnitFile

_MOST_WORDS: Final = 2_000
_ENDS: Final = (":", ";", ".", ",")


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
        if not place.is_file() or place.stat().st_size > MAX_BYTES:
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


@dataclass(frozen=True)
class Citations:
    """What one units file says of its units, and its text. unit_file: whose units are cited."""

    unit_file: UnitFile
    text: Text
    units: Mapping[str, Unit] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", {unit.id: unit for unit in self.unit_file.units})

    def of_unit(self, unit_id: str, whole: bool) -> Provision:
        """The provision on a unit; of its words the whole, or the sentence that names it."""
        return self._provision(self.units[unit_id], self._sentence(self.units[unit_id], whole))

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
        last = min(source.end_line or source.line, len(self.text.lines))
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
        """The fewest lines that hold all words of the function in order."""
        lines, wanted = self._lines(unit), f" {folded(function)} "
        words = [f" {folded(text)} " for _, text in lines]
        for count in range(1, len(lines) + 1):
            for start in range(len(lines) - count + 1):
                if wanted in "".join(words[start : start + count]).replace("  ", " "):
                    return lines[start : start + count]
            if count > 6:
                break
        return []
