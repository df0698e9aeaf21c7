"""Files of a rulebook and an older units file, in; the proposed units, the review and the list of faults, out."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from orgchart.rulebook.drafts import Question
from orgchart.rulebook.lexicon import Lexicon, load_lexicon
from orgchart.rulebook.merge import Change, merge
from orgchart.rulebook.places import Line
from orgchart.rulebook.prints import PRINTS, with_prints
from orgchart.rulebook.proposal import ids_of, propose
from orgchart.rulebook.reading import Read, read_lines
from orgchart.rulebook.references import follow_references
from orgchart.rulebook.repairs import counted
from orgchart.rulebook.sources import Source, read_source
from orgchart.units import Unit, UnitFile


@dataclass(frozen=True, slots=True)
class Reading:
    """A rulebook as read. units: None where it names none; ids: of each unit, by its number in ``read``.

    faults: what the text promises and does not keep, each a sentence; changes: against the units file merged into.
    """

    sources: tuple[Source, ...]
    read: Read
    units: UnitFile | None
    ids: dict[int, str]
    faults: tuple[str, ...]
    changes: tuple[Change, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.read.questions

    def located(self, line: int) -> tuple[int | None, int]:
        """The number of a line in its file, and which file that is (from 0), where there are several."""
        return _located(self.sources, line)

    def said_line(self, line: int) -> str:
        """``line 12``, or ``annex.txt, line 12`` where there are several files."""
        file, number = self.located(line)
        return f"line {number}" if file is None else f"{self.sources[file].name}, line {number}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was done to the text before it was read, in one line for each file and each kind of repair."""
        names = {"text": "text", "html": "HTML", "docx": "Word (DOCX)", "odt": "LibreOffice (ODT)", "pdf": "PDF"}
        said = [
            f"{source.name}: {source.encoding or names[source.kind]}, {len(source.lines)} lines"
            for source in self.sources
        ]
        return (*said, *(f"mended: {kind}, {count} times" for kind, count in counted(self.read.repairs).items()))


def read_rulebook(
    contents: Sequence[tuple[str, bytes]],
    lexicon_text: str | None = None,
    into: UnitFile | None = None,
    folder: str = ".",
) -> Reading:
    """Read the files of one rulebook, in their order. folder: where the units file will stand.

    Raises OrgChartError for a file that cannot be taken apart, UnitsError for an older file that cannot be merged into.
    """
    lexicon = load_lexicon(lexicon_text)
    sources = tuple(read_source(content, name) for name, content in contents)
    lines = _lines(sources)
    return _reading(sources, follow_references(read_lines(lines, lexicon)), lexicon, into, folder)


def read_text(text: str, name: str = "text") -> Reading:
    """Read a rulebook from a text at hand."""
    lexicon = load_lexicon()
    lines = [Line(line, number, name) for number, line in enumerate(text.splitlines(), 1)]
    return _reading((), follow_references(read_lines(lines, lexicon)), lexicon, None, ".")


def _reading(sources: tuple[Source, ...], read: Read, lexicon: Lexicon, into: UnitFile | None, folder: str) -> Reading:
    if not read.drafts:
        return Reading(sources, read, None, {}, (f"{read.genre.kind}: {read.genre.remedy}",))
    file = digest = None
    if len(sources) == 1 and sources[0].name != "-":
        file, digest = _seen_from(sources[0].name, folder), sources[0].sha256
    units = propose(read, lexicon, file, digest)
    units = replace(units, units=tuple(_with_its_file(unit, sources, folder) for unit in units.units))
    units = replace(units, extra={**units.extra, PRINTS: with_prints(units)})
    ids = ids_of(read.drafts)
    changes: tuple[Change, ...] = ()
    if into is not None:
        units, changes = merge(into, units)
    else:
        units = replace(units, name="the proposed units")
    return Reading(sources, read, units, ids, _faults(read), changes)


def _lines(sources: Sequence[Source]) -> list[Line]:
    """The lines of all files as one text, numbered through, so that a number means one line only."""
    if len(sources) == 1:
        return list(sources[0].lines)
    lines = [line for source in sources for line in source.lines]
    return [replace(line, number=number, in_file=line.number) for number, line in enumerate(lines, 1)]


def _located(sources: Sequence[Source], line: int) -> tuple[int | None, int]:
    if len(sources) < 2:
        return None, line
    starts = [0, *accumulate(len(source.lines) for source in sources)][:-1]
    file = max(0, bisect_right(starts, line - 1) - 1)
    return file, line - starts[file]


def _with_its_file(unit: Unit, sources: Sequence[Source], folder: str) -> Unit:
    """Where there are several files, the source of a unit names its own, and counts the lines of that."""
    if unit.source is None or unit.source.line is None or len(sources) < 2:
        return unit
    file, line = _located(sources, unit.source.line)
    last_file, last = _located(sources, unit.source.end_line or unit.source.line)
    assert file is not None
    if last_file != file:
        last = len(sources[file].lines)
    name = _seen_from(sources[file].name, folder)
    return replace(unit, source=replace(unit.source, line=line, end_line=last, extra={"file": name}))


def _seen_from(name: str, folder: str) -> str:
    try:
        return Path(os.path.relpath(name, folder)).as_posix()
    except ValueError:  # another drive
        return Path(name).as_posix()


def _faults(read: Read) -> tuple[str, ...]:
    """Introductions without their units, and counts that differ."""
    found = []
    for unmet in read.unmet:
        whole = "the whole body" if unmet.parent is None else unmet.parent.name
        place = unmet.said.block.place(unmet.said.start)
        if unmet.found and unmet.count is not None:
            rule = f"says {unmet.count} units in {whole}, and {unmet.found} were read"
        else:
            rule = f"introduces units in {whole}, and none follows"
        found.append(
            f'{place}: "{unmet.said.text[:160]}" {rule}; see whether the text was cut off, or add them by hand'
        )
    return tuple(found)
