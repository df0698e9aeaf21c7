"""A report, in; its structural changes as change events of the W3C Organization Ontology (JSON-LD), out.

Units are blank nodes with their ids as ``org:identifier``: a units file gives no addresses, and none are made up.
"""

from __future__ import annotations

import json
from typing import Any, Final

from orgchart.changes.report import Report, Row
from orgchart.units import Unit, UnitFile

# Inline, so that nobody has to fetch anything.
CONTEXT: Final = {
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "ChangeEvent": "org:ChangeEvent",
    "OrganizationalUnit": "org:OrganizationalUnit",
    "originalOrganization": {"@id": "org:originalOrganization", "@type": "@id"},
    "resultingOrganization": {"@id": "org:resultingOrganization", "@type": "@id"},
    "unitOf": {"@id": "org:unitOf", "@type": "@id"},
    "identifier": "org:identifier",
    "label": "skos:prefLabel",
    "kind": "dcterms:type",
    "description": "dcterms:description",
    "date": "dcterms:date",
}
_KINDS: Final = ("added", "abolished", "renamed", "moved", "split", "merged")
_DATE_TYPES: Final = {1: "xsd:gYear", 2: "xsd:gYearMonth", 3: "xsd:date"}


def write(report: Report) -> bytes:
    events = [row for row in report.rows if row.change.kind in _KINDS]
    graph: list[dict[str, Any]] = [_event(report, row) for row in events]
    for side, unit_file, named in (
        ("old", report.changes.old, [unit for row in events for unit in row.change.old]),
        ("new", report.changes.new, [unit for row in events for unit in row.change.new]),
    ):
        graph += _units(side, unit_file, named)
    return (json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _event(report: Report, row: Row) -> dict[str, Any]:
    change, source = row.change, report.changes.new.source
    event: dict[str, Any] = {
        "id": f"_:change{row.number}",
        "type": "ChangeEvent",
        "kind": change.kind,
        "description": {"@value": f"{row.kind}: {row.subject}", "@language": report.lang},
    }
    if source is not None and source.date:
        event["date"] = {"@value": source.date, "@type": _DATE_TYPES[source.date.count("-") + 1]}
    old = {unit.id: number for number, unit in enumerate(report.changes.old.units)}
    new = {unit.id: number for number, unit in enumerate(report.changes.new.units)}
    if change.old:
        event["originalOrganization"] = [f"_:old{old[unit]}" for unit in change.old]
    if change.new:
        event["resultingOrganization"] = [f"_:new{new[unit]}" for unit in change.new]
    return event


def _units(side: str, unit_file: UnitFile, named: list[str]) -> list[dict[str, Any]]:
    """The units named, and those that they stand in, up to the top."""
    place = {unit.id: number for number, unit in enumerate(unit_file.units)}
    wanted: set[str] = set()
    for unit_id in named:
        above: str | None = unit_id
        while above is not None and above not in wanted:
            wanted.add(above)
            above = unit_file.units[place[above]].parent
    return [_unit(side, unit, place, unit_file.lang) for unit in unit_file.units if unit.id in wanted]


def _unit(side: str, unit: Unit, place: dict[str, int], lang: str | None) -> dict[str, Any]:
    label: Any = {"@value": unit.name, "@language": lang} if lang else unit.name
    found: dict[str, Any] = {
        "id": f"_:{side}{place[unit.id]}",
        "type": "OrganizationalUnit",
        "identifier": unit.id,
        "label": label,
    }
    if unit.parent is not None:
        found["unitOf"] = f"_:{side}{place[unit.parent]}"
    return found
