"""The value of a units file, in; everything that is wrong or doubtful in it, and its cleaned entries, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orgchart.errors import Fault
from orgchart.hints import Suggester, quoted, shown
from orgchart.limits import ExceededError, check_within
from orgchart.strict_json import JsonFault, Pointer, Scan, pointer_text
from orgchart.unit_fields import FILE, Entry

MAX_REPORTED = 1_000
# A cycle is named whole up to this many units; a longer one shows its ends.
SHOWN_CYCLE = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """pointer: the value or unit that is wrong; line_of: the value whose line is shown, where it is another;
    first: the unit that the rule refers to, whose place ends the sentence."""

    pointer: Pointer
    rule: str
    remedy: str
    line_of: Pointer | None = None
    first: Pointer | None = None


class Findings:
    """Collects what the rules report; inside a unit each sentence begins with ``unit "id": ``."""

    def __init__(self, document: object) -> None:
        self._document = document
        self.faults: list[Finding] = []
        self.warnings: list[Finding] = []

    def fault(self, pointer: Pointer, rule: str, remedy: str = "") -> None:
        self.faults.append(Finding(pointer, self._subject(pointer) + rule, remedy))

    def warn(self, pointer: Pointer, rule: str, remedy: str = "") -> None:
        self.warnings.append(Finding(pointer, self._subject(pointer) + rule, remedy))

    def _subject(self, pointer: Pointer) -> str:
        if len(pointer) < 2 or pointer[0] != "units" or not isinstance(self._document, dict):
            return ""
        unit_id = _id_of(self._document["units"][pointer[1]])
        return "" if unit_id is None else f"unit {quoted(unit_id)}: "


def _id_of(unit: object) -> str | None:
    unit_id = unit.get("id") if isinstance(unit, dict) else None
    return unit_id if isinstance(unit_id, str) and unit_id else None


def check(document: object) -> tuple[Entry, Findings]:
    """Every rule for the file and its objects, then those that join units. The entry counts only without faults."""
    findings = Findings(document)
    if _too_many(document, findings):
        return Entry({}, {}), findings
    entry = FILE.read(document, "", (), findings)
    if not isinstance(entry, Entry) or not isinstance(document, dict):
        return Entry({}, {}), findings
    units = document.get("units")
    if isinstance(units, list):
        if not units:
            findings.fault(("units",), "units is empty", "a chart needs at least one unit")
        ids = [_id_of(unit) for unit in units]
        suggester = Suggester(filter(None, ids), _ids_by_name(units))
        findings.faults += check_tree(ids, [_parent_of(unit) for unit in units], suggester)
        _check_sources(entry.known.get("units"), findings)
        _check_relations(document.get("relations"), set(ids), suggester, findings)
    return entry, findings


def _too_many(document: object, findings: Findings) -> bool:
    """Refused before anything is done for each unit."""
    units = document.get("units") if isinstance(document, dict) else None
    try:
        check_within("units", len(units) if isinstance(units, list) else 0, "the file")
    except ExceededError as error:
        findings.fault(("units",), error.rule, error.remedy)
        return True
    return False


def _parent_of(unit: object) -> str | None:
    parent = unit.get("parent") if isinstance(unit, dict) else None
    return parent if isinstance(parent, str) and parent.strip() else None


def _ids_by_name(units: Iterable[object]) -> Iterator[tuple[str, str]]:
    for unit in units:
        unit_id = _id_of(unit)
        if isinstance(unit, dict) and unit_id is not None and isinstance(unit.get("name"), str):
            yield unit["name"], unit_id


def check_tree(ids: Sequence[str | None], parents: Sequence[str | None], suggester: Suggester) -> list[Finding]:
    """Ids are unique, every parent exists, no unit is above itself; both sequences have a place for each unit."""
    found: list[Finding] = []

    def fault(index: int, key: str, rule: str, remedy: str, first: Pointer | None = None) -> None:
        unit_id = ids[index]
        subject = "" if unit_id is None else f"unit {quoted(unit_id)}: "
        found.append(Finding(("units", index), subject + rule, remedy, ("units", index, key), first))

    places: dict[str, int] = {}
    for index, unit_id in enumerate(ids):
        if unit_id is not None and (other := places.setdefault(unit_id, index)) != index:
            fault(index, "id", "its id stands twice", "give one of the two another id", ("units", other, "id"))
    above: list[int | None] = []
    for index, parent in enumerate(parents):
        place = None if parent is None else places.get(parent)
        if parent is not None and place is None:
            remedy = suggester.hint(parent, "write the id of a unit of this file, or leave parent out for a root")
            fault(index, "parent", f"parent {quoted(parent)} does not exist", remedy)
        elif parent is not None and parent == ids[index]:
            place = None
            remedy = "write the id of another unit, or leave parent out for a root"
            fault(index, "parent", "it is its own parent", remedy)
        above.append(place)
    for cycle in _cycles(above):
        named = [shown(ids[index] or "") for index in [*cycle, cycle[0]]]
        if len(cycle) > SHOWN_CYCLE:
            named[SHOWN_CYCLE // 2 : -SHOWN_CYCLE // 2] = [f"… {len(named) - SHOWN_CYCLE:,} more …"]
        rule = f"the parents go round in a circle: {' → '.join(named)} (each → leads to the parent)"
        fault(cycle[0], "parent", rule, "give one of them a parent outside the circle, or none")
    return found


def _cycles(above: Sequence[int | None]) -> list[list[int]]:
    """Each circle once, beginning with the place that comes first, following the parents."""
    cycles = []
    walk_of: dict[int, int] = {}
    for start in range(len(above)):
        walk: list[int] = []
        here: int | None = start
        while here is not None and here not in walk_of:
            walk_of[here] = start
            walk.append(here)
            here = above[here]
        if here is not None and walk_of[here] == start and walk:
            circle = walk[walk.index(here) :]
            turn = circle.index(min(circle))
            cycles.append(circle[turn:] + circle[:turn])
    return cycles


def _check_sources(units: object, findings: Findings) -> None:
    assert isinstance(units, tuple)
    for index, unit in enumerate(units):
        source = unit.known.get("source") if isinstance(unit, Entry) else None
        if not isinstance(source, Entry):
            continue
        line, end_line = source.known.get("line"), source.known.get("end_line")
        if end_line is None:
            continue
        pointer: Pointer = ("units", index, "source", "end_line")
        if "line" not in source.known:
            findings.fault(pointer, "source has an end_line but no line", "give the first line too")
        elif isinstance(line, int) and isinstance(end_line, int) and end_line < line:
            findings.fault(
                pointer, f"end_line {end_line} is before line {line}", "end_line is the last line, or the same"
            )


def _check_relations(relations: object, ids: set[str | None], suggester: Suggester, findings: Findings) -> None:
    if not isinstance(relations, list):
        return
    for index, relation in enumerate(relations):
        if not isinstance(relation, dict):
            continue
        pointer: Pointer = ("relations", index)
        ends = {key: end for key in ("from", "to") if isinstance(end := relation.get(key), str) and end.strip()}
        for key, unit_id in ends.items():
            if unit_id not in ids:
                remedy = suggester.hint(unit_id, "write the id of a unit of this file")
                findings.fault((*pointer, key), f"{key} {quoted(unit_id)} does not exist", remedy)
        if len(ends) == 2 and ends["from"] == ends["to"]:
            findings.fault(pointer, f"unit {quoted(ends['to'])} is related to itself", "name two different units")


def placed(findings: Iterable[Finding], scan: Scan | None, others: Iterable[JsonFault] = ()) -> tuple[Fault, ...]:
    """The findings and other faults with their lines, in the order of the file: 1,000 at most, and a word on the rest.

    scan: the text's places, or None where there is no text (units made in Python): then only pointers are given.
    """
    ordered = (
        []
        if scan is None
        else [
            (other.offset, _place(scan.lines.number(other.offset), other.pointer), other.rule, other.remedy)
            for other in others
        ]
    )
    for finding in findings:
        line, offset = (None, 0) if scan is None else scan.line(finding.line_of or finding.pointer)
        rule = finding.rule
        if finding.first is not None:
            first_line = None if scan is None else scan.line(finding.first)[0]
            rule += f", first in {_place(first_line, finding.first[:2])}"
        ordered.append((offset, _place(line, finding.pointer), rule, finding.remedy))
    ordered.sort(key=lambda fault: fault[0])
    faults = tuple(Fault(place, rule, remedy) for _, place, rule, remedy in ordered)
    if len(faults) <= MAX_REPORTED:
        return faults
    rest = f"and {len(faults) - MAX_REPORTED:,} more"
    return (*faults[:MAX_REPORTED], Fault(rest, f"only the first {MAX_REPORTED:,} are listed", "correct these first"))


def _place(line: int | None, pointer: Pointer) -> str:
    return ", ".join(filter(None, (f"line {line}" if line else "", pointer_text(pointer)))) or "the whole file"
