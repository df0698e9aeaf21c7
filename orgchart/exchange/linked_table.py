"""Expanded JSON-LD, in; a Table of the organisations in it, and what it says of the file itself, out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from orgchart.errors import Fault, ImportFaultsError, OrgChartError
from orgchart.exchange.expanded import BASE, DCT, FOAF, ORG, RDFS, SCHEMA, SKOS
from orgchart.exchange.table import Table
from orgchart.formats.jsonld import ORGCHART, canonical_tag

# The same term in several vocabularies, the best first.
_NAMES: Final = (
    SKOS + "prefLabel",
    RDFS + "label",
    SCHEMA + "name",
    SCHEMA + "legalName",
    FOAF + "name",
    DCT + "title",
)
_SHORT: Final = (SKOS + "altLabel", SCHEMA + "alternateName")
_IDS: Final = (ORG + "identifier", DCT + "identifier", SCHEMA + "identifier", SKOS + "notation")
_LEVELS: Final = (ORG + "classification", SCHEMA + "additionalType")
_UP: Final = (ORG + "subOrganizationOf", ORG + "unitOf", SCHEMA + "parentOrganization")
_DOWN: Final = (ORG + "hasSubOrganization", ORG + "hasUnit", SCHEMA + "subOrganization", SCHEMA + "department")
_STAFF: Final = (ORGCHART + "staff", SCHEMA + "numberOfEmployees")
_OWN: Final = ("number", "placement", "arrange")
_SOURCE: Final = ("article", "line", "end_line")
_FILE: Final = ORGCHART + "UnitFile"
_HEADER: Final = ("id", "parent", "level", "name", "number", "abbreviation", "functions", "placement", "staff",
                  "arrange", "article", "line", "end_line", "relations")  # fmt: skip

_Thing = dict[str, list[Any]]


def from_linked(expanded: list[Any], name: str, lang: str | None) -> tuple[Table, dict[str, object]]:
    """Every organisation in the order of the file's list of units where it has one, else of the file, those inside a
    unit in that unit's order; and the units file's own keys. lang: of the names wanted, where there are several.

    Raises OrgChartError where there is none, ImportFaultsError for those with two parents.
    """
    things = _things(expanded)
    file = next((thing for thing in things.values() if _FILE in _types(thing)), {})
    about = _about(file)
    wanted = lang or (str(about["lang"]) if "lang" in about else None)
    units = _ordered({iri: thing for iri, thing in things.items() if _is_unit(thing)}, file)
    if not units:
        raise OrgChartError(
            f"{name}: there is no organisation in it; give units the type org:OrganizationalUnit, or Organization of "
            "schema.org"
        )
    parents = _parents(units, things, name)
    ids = _ids(units)
    rows = [_row(iri, thing, parents.get(iri), ids, things, wanted) for iri, thing in units.items()]
    _add_relations(rows, file, ids)
    header = list(dict.fromkeys([*_HEADER, *(key for row in rows for key in row)]))
    cells = [[row.get(key) for key in header] for row in rows]
    places = [f"<{iri.removeprefix(BASE)}>" for iri in units]
    left = sum(not _is_unit(thing) and _FILE not in _types(thing) and not _is_own(iri, thing)
               for iri, thing in things.items())  # fmt: skip
    notes = (f"{left:,} things that are no organisations were left out",) if left else ()
    return Table("jsonld", header, cells, places, "the whole file", notes=notes), about


def _is_own(iri: str, thing: Mapping[str, list[Any]]) -> bool:
    """Levels, relations, and what is named only: these count as read."""
    return iri.startswith(ORGCHART) or all(key.startswith(ORGCHART) for key in thing)


def _things(expanded: list[Any]) -> dict[str, _Thing]:
    """All that is said of each thing, by its address, in the order in which it is first named."""
    things: dict[str, _Thing] = {}
    blank = 0
    waiting: list[Any] = list(reversed(expanded))
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict) or "@value" in item:
            continue
        if "@list" in item or "@set" in item:
            waiting += reversed(item.get("@list") or item.get("@set") or [])
            continue
        if "@id" not in item:
            blank += 1
            item["@id"] = f"_:unnamed{blank}"
        thing = things.setdefault(item["@id"], {})
        inner: list[Any] = []
        for key, values in item.items():
            if key == "@id":
                continue
            members = values if isinstance(values, list) else [values]
            thing.setdefault(key, []).extend(members)
            inner += [member for member in members if isinstance(member, dict)]
        waiting += reversed(inner)
    return things


def _types(thing: Mapping[str, list[Any]]) -> list[str]:
    return [each for each in thing.get("@type", []) if isinstance(each, str)]


def _is_unit(thing: Mapping[str, list[Any]]) -> bool:
    named = {_local(each) for each in _types(thing) if each.startswith((ORG, SCHEMA, "https://schema.org/", FOAF))}
    return any(each.endswith(("Organization", "OrganizationalUnit")) for each in named) or any(
        key in thing for key in (*_UP, *_DOWN)
    )


def _local(iri: str) -> str:
    """The last part of an address."""
    return unquote(iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2])


def _links(thing: Mapping[str, list[Any]], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        for value in _members(thing.get(key, [])):
            if isinstance(value, dict) and "@id" in value:
                yield value["@id"]
            elif isinstance(value, dict) and isinstance(value.get("@value"), str):
                yield value["@value"]


def _members(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, dict) and "@list" in value:
            yield from value["@list"]
        else:
            yield value


def _texts(thing: Mapping[str, list[Any]], key: str) -> list[tuple[str, str]]:
    """Pairs of language tag, "" for none, and text."""
    return [
        (canonical_tag(value.get("@language", "") or ""), value["@value"])
        for value in _members(thing.get(key, []))
        if isinstance(value, dict) and isinstance(value.get("@value"), str)
    ]


def _value(thing: Mapping[str, list[Any]], key: str) -> Any:
    return next(
        (value["@value"] for value in thing.get(key, []) if isinstance(value, dict) and "@value" in value), None
    )


def _first(thing: Mapping[str, list[Any]], keys: tuple[str, ...]) -> Any:
    return next((value for key in keys if (value := _value(thing, key)) is not None), None)


def _about(file: Mapping[str, list[Any]]) -> dict[str, object]:
    rulebook, extra = _value(file, ORGCHART + "rulebook"), _value(file, ORGCHART + "extra")
    said = {"title": _value(file, DCT + "title"), "lang": _value(file, DCT + "language"), "source": rulebook}
    more = extra if isinstance(extra, dict) else {}
    return {**{key: value for key, value in said.items() if value is not None}, **more}


def _ordered(units: dict[str, _Thing], file: Mapping[str, list[Any]]) -> dict[str, _Thing]:
    """In the order of the file's list, then of their first mention, for those inside a unit in that unit's list."""
    listed = [iri for iri in _links(file, (ORGCHART + "units",)) if iri in units]
    return {iri: units[iri] for iri in dict.fromkeys([*listed, *units])}


def _parents(units: Mapping[str, _Thing], things: Mapping[str, _Thing], name: str) -> dict[str, str]:
    """The address of each unit's parent, whichever of the two says so."""
    found: dict[str, list[str]] = {}
    for iri, thing in units.items():
        for parent in _links(thing, _UP):
            found.setdefault(iri, []).append(parent)
        for child in _links(thing, _DOWN):
            found.setdefault(child, []).append(iri)
    faults = []
    for iri in units:
        several = list(dict.fromkeys(found.get(iri, [])))
        if len(several) > 1:
            named = " and ".join(f"<{parent.removeprefix(BASE)}>" for parent in several)
            place = f"<{iri.removeprefix(BASE)}>"
            faults.append(
                Fault(place, f"it stands in two units, {named}", "leave one of the two, or make it a relation")
            )
    if faults:
        raise ImportFaultsError(name, faults)
    return {iri: parents[0] for iri, parents in found.items()}


def _ids(units: Mapping[str, _Thing]) -> dict[str, str]:
    """The identifier that a unit gives, else the last part of its address where no other has it; "" for none."""
    said = {iri: _first(thing, _IDS) for iri, thing in units.items()}
    parts = {iri: "" if iri.startswith("_:") else _local(iri) for iri in units}
    counts: dict[str, int] = {}
    for part in parts.values():
        counts[part] = counts.get(part, 0) + 1
    return {
        iri: str(said[iri]) if said[iri] not in (None, "") else parts[iri] if counts[parts[iri]] == 1 else
        "" if iri.startswith("_:") else iri
        for iri in units
    }  # fmt: skip


def _row(
    iri: str, thing: _Thing, parent: str | None, ids: Mapping[str, str], things: Mapping[str, _Thing], lang: str | None
) -> dict[str, object]:
    name, names = _named(thing, lang)
    citation, extra = _value(thing, ORGCHART + "citation"), _value(thing, ORGCHART + "extra")
    row: dict[str, object] = {
        "id": ids[iri],
        "name": name,
        "level": _level(thing, things),
        "abbreviation": _first(thing, _SHORT),
        "staff": _first(thing, _STAFF),
        "functions": [
            value["@value"] for value in _members(thing.get(ORGCHART + "functions", [])) if "@value" in value
        ],
        **{key: _value(thing, ORGCHART + key) for key in _OWN},
        **{f"names.{tag}": text for tag, text in names.items()},
    }
    if parent is not None:
        row["parent"] = ids.get(parent) or parent.removeprefix(BASE)
    if isinstance(citation, dict):
        row |= {key: part for key, part in citation.items() if key in _SOURCE}
        row |= {f"source.{key}": json.dumps(part) for key, part in citation.items() if key not in _SOURCE}
    if isinstance(extra, dict):
        row |= {f"extra.{key}": json.dumps(value) for key, value in extra.items()}
    return row


def _named(thing: _Thing, lang: str | None) -> tuple[str, dict[str, str]]:
    """The name, and the names in other languages."""
    texts = next((found for key in _NAMES if (found := _texts(thing, key))), [])
    wanted = canonical_tag(lang) if lang else ""
    own = next((pair for pair in texts if pair[0] == wanted), None) or next(
        (pair for pair in texts if not pair[0]), texts[0] if texts else ("", "")
    )
    exact = _value(thing, ORGCHART + "names")
    if isinstance(exact, dict):
        return own[1], {tag: text for tag, text in exact.items() if isinstance(text, str)}
    return own[1], {tag: text for tag, text in texts if tag and (tag, text) != own}


def _level(thing: _Thing, things: Mapping[str, _Thing]) -> str:
    """The classification: its notation, label or the last part of its address, or the word itself."""
    for iri in _links(thing, _LEVELS):
        there = things.get(iri, {})
        label = next((texts[0][1] for key in _NAMES if (texts := _texts(there, key))), None)
        notation = _value(there, SKOS + "notation")
        return str(notation if notation is not None else label if label is not None else _local(iri))
    return ""


def _add_relations(rows: list[dict[str, object]], file: Mapping[str, list[Any]], ids: Mapping[str, str]) -> None:
    by_id = {row["id"]: row for row in rows}
    for tie in _members(file.get(ORGCHART + "relations", [])):
        if not isinstance(tie, dict):
            continue
        source, target = (next(_links(tie, (ORGCHART + end,)), "") for end in ("from", "to"))
        row = by_id.get(ids.get(source, ""))
        if row is not None:
            listed = row.setdefault("relations", [])
            assert isinstance(listed, list)
            extra = _value(tie, ORGCHART + "extra")
            to = {"to": ids.get(target) or target.removeprefix(BASE), "kind": _value(tie, ORGCHART + "kind")}
            listed.append({**(extra if isinstance(extra, dict) else {}), **to})
