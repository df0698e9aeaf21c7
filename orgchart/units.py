"""The bytes of a units.json, in; its checked, typed units, out; and back again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

from orgchart.encodings import NotUtf8Error, decode_utf8
from orgchart.errors import Fault, OrgChartError, UnitsError
from orgchart.given import file_content
from orgchart.hints import Suggester, quoted
from orgchart.limits import ExceededError, check_within
from orgchart.strict_json import Scan, SuspectError, read_quickly
from orgchart.unit_checks import Findings, check, check_tree, placed
from orgchart.unit_fields import FILE, RELATION, RULEBOOK, SOURCE, UNIT, Entry, Object

_Extra = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rulebook speaks of a unit: its article and its lines, counted from 1, ``end_line`` included.

    extra, here and below: the keys of the file that orgchart does not know, kept for saving.
    """

    article: str | None = None
    line: int | None = None
    end_line: int | None = None
    extra: _Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; ``parent`` is the id of the unit it stands in, None for a root. ``staff`` is a number of posts;
    ``names`` holds the name in other languages, by language tag."""

    id: str
    level: str
    name: str
    parent: str | None = None
    number: str | None = None
    abbreviation: str | None = None
    functions: tuple[str, ...] = ()
    placement: Literal["line", "staff"] = "line"
    staff: int | None = None
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    source: Source | None = None
    arrange: Literal["row", "stacks", "column", "columns", "both"] | None = None
    extra: _Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie beside the tree, from the unit ``source`` to the unit ``target`` (both ids); ``kind`` is a free word."""

    source: str
    target: str
    kind: str
    extra: _Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RulebookSource:
    """The rulebook itself. file: its text, relative to the units file; sha256: of that file's bytes, hexadecimal;
    titles: its title in other languages, by language tag."""

    title: str | None = None
    gazette: str | None = None
    date: str | None = None
    file: str | None = None
    sha256: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    extra: _Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A whole file. titles: the title in other languages, by language tag; name: what messages call it; warnings: what
    was accepted but is doubtful. The last two are about the reading, not about what was read, and do not count when two
    files are compared."""

    title: str | None = None
    source: RulebookSource | None = None
    units: tuple[Unit, ...] = ()
    relations: tuple[Relation, ...] = ()
    lang: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    extra: _Extra = field(default_factory=dict, hash=False)
    name: str = field(default="units.json", compare=False)
    warnings: tuple[Fault, ...] = field(default=(), compare=False)


def load_units(path: str | Path) -> UnitFile:
    """Read a units file. Raises UnitsError with all of its faults, OrgChartError if there is no such file."""
    content = file_content(path, "units_bytes", "name a units.json", too_large=too_large)
    return parse_units(content, str(path))


def parse_units(content: bytes, name: str) -> UnitFile:
    """Check the bytes of a units file. Raises UnitsError, in whose text ``name`` stands for the file."""
    try:
        check_within("units_bytes", len(content))
    except ExceededError as error:
        raise too_large(name, error) from None
    try:
        text = decode_utf8(content)
    except NotUtf8Error as error:
        line = content.count(b"\n", 0, error.offset) + 1
        raise UnitsError(name, [Fault(f"line {line}", error.rule, error.remedy)]) from None
    scan = None
    try:
        document = read_quickly(text)
    except SuspectError:
        scan = Scan(text)
        if scan.broken:
            raise UnitsError(name, placed((), scan, scan.faults)) from None
        document = scan.value
    entry, findings = check(document)
    if scan is None and (findings.faults or findings.warnings):
        scan = Scan(text)
    # Where the quick reader vouches for the grammar, the scan can only break at a depth that the rules report too.
    others = () if scan is None or scan.broken else scan.faults
    if findings.faults or others:
        raise UnitsError(name, placed(findings.faults, scan, others))
    return _unit_file(entry, name, placed(findings.warnings, scan))


def too_large(name: str, error: ExceededError) -> UnitsError:
    """What is said of a units file beyond the limit of its bytes."""
    return UnitsError(name, [Fault("the whole file", error.rule, error.remedy)])


def checked_units(document: object, name: str) -> tuple[UnitFile | None, Findings]:
    """The units of a file's value, made elsewhere than in a units file; None, and what is wrong, where they are not."""
    entry, findings = check(document)
    return (None if findings.faults else _unit_file(entry, name, ())), findings


def dump_units(unit_file: UnitFile) -> bytes:
    """The file as bytes: UTF-8, keys in the documented order, nothing for what is absent; loading them gives an equal
    UnitFile. Raises UnitsError for units that could not be loaded again."""
    document = _file_document(unit_file)
    _, findings = check(document)
    if findings.faults:
        raise UnitsError(unit_file.name, placed(findings.faults, None))
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def tree_faults(unit_file: UnitFile) -> tuple[Fault, ...]:
    """What keeps the units from being a forest: double ids, unknown parents, circles; for units made in Python."""
    units = unit_file.units
    suggester = Suggester((unit.id for unit in units), ((unit.name, unit.id) for unit in units))
    return placed(check_tree([unit.id for unit in units], [unit.parent for unit in units], suggester), None)


def units_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the format."""
    text = resources.files("orgchart").joinpath("units.schema.json").read_text(encoding="utf-8")
    return cast(dict[str, Any], json.loads(text))


def _unit_file(entry: Entry, name: str, warnings: tuple[Fault, ...]) -> UnitFile:
    known = dict(entry.known)
    if "source" in known:
        known["source"] = RulebookSource(**known["source"].known, extra=known["source"].extra)
    known["units"] = tuple(map(_unit, known["units"]))
    known["relations"] = tuple(
        Relation(tie.known["from"], tie.known["to"], tie.known["kind"], tie.extra) for tie in known.get("relations", ())
    )
    return UnitFile(**known, extra=entry.extra, name=name, warnings=warnings)


def _unit(entry: Entry) -> Unit:
    known = entry.known
    if "source" in known:
        known = {**known, "source": Source(**known["source"].known, extra=known["source"].extra)}
    return Unit(**known, extra=entry.extra)


def _file_document(unit_file: UnitFile) -> dict[str, object]:
    return _document(
        FILE,
        unit_file.extra,
        title=unit_file.title,
        titles=unit_file.titles,
        lang=unit_file.lang,
        source=None if unit_file.source is None else _attributes(RULEBOOK, unit_file.source),
        units=[_unit_document(unit) for unit in unit_file.units],
        relations=[
            _document(RELATION, tie.extra, **{"from": tie.source, "to": tie.target, "kind": tie.kind})
            for tie in unit_file.relations
        ],
    )


def _unit_document(unit: Unit) -> dict[str, object]:
    document = _attributes(UNIT, unit)
    if unit.source is not None:
        document["source"] = _attributes(SOURCE, unit.source)
    if unit.placement == "line":
        del document["placement"]
    return document


def _attributes(rules: Object, value: RulebookSource | Source | Unit) -> dict[str, object]:
    return _document(rules, value.extra, **{key: getattr(value, key) for key in rules.rules})


def _document(rules: Object, extra: _Extra, **values: object) -> dict[str, object]:
    """The keys in the table's order, then the unknown ones in their own; empty and absent values are left out."""
    if clash := [key for key in extra if key in rules.rules]:
        raise OrgChartError(
            f"extra holds the key {quoted(clash[0])}, which orgchart knows; set the attribute of that name"
        )
    document: dict[str, object] = {}
    for key in rules.rules:
        value = values[key]
        if isinstance(value, Mapping):
            value = dict(value)
        elif isinstance(value, tuple):
            value = list(value)
        if value is not None and (value not in ([], {}) or key in ("source", "units")):
            document[key] = value
    return {**document, **extra}
