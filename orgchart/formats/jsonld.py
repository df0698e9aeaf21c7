"""A Structure, in; its units as linked data, JSON-LD in the words of the W3C's Organization Ontology, out.

What the ontology has no words for stands under ``orgchart:``, so that orgchart import loses nothing. The context stands
in the file: nobody has to fetch one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from orgchart.labels import rulebook_line
from orgchart.structure import Structure
from orgchart.units import Relation, Source, Unit, UnitFile
from orgchart.words import level_word

ORGCHART: Final = "urn:x-orgchart:"
NAMESPACES: Final = {
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "orgchart": ORGCHART,
}
LEVEL: Final = "orgchart:level/"


def _link(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id"}


CONTEXT: Final[Mapping[str, object]] = {
    **NAMESPACES,
    "title": "dct:title",
    "language": "dct:language",
    "source": "dct:source",
    "identifier": "org:identifier",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "notation": "skos:notation",
    "classification": _link("org:classification"),
    "subOrganizationOf": _link("org:subOrganizationOf"),
    "hasSubOrganization": _link("org:hasSubOrganization"),
    "units": {"@id": "orgchart:units", "@type": "@id", "@container": "@list"},
    "relations": {"@id": "orgchart:relations", "@container": "@list"},
    "from": _link("orgchart:from"),
    "to": _link("orgchart:to"),
    "kind": "orgchart:kind",
    "number": "orgchart:number",
    "functions": {"@id": "orgchart:functions", "@container": "@list"},
    "placement": "orgchart:placement",
    "arrange": "orgchart:arrange",
    "staff": "orgchart:staff",
    **{key: {"@id": f"orgchart:{key}", "@type": "@json"} for key in ("citation", "names", "rulebook", "extra")},
}


def write_jsonld(structure: Structure) -> bytes:
    """The units in the file's order, the file's own words before them and the levels after them, as one ``@graph``."""
    units = list(structure.units())
    children: dict[str, list[str]] = {}
    for unit, parent in units:
        if parent is not None:
            children.setdefault(parent, []).append(unit.id)
    levels = dict.fromkeys(unit.level for unit, _ in units)
    graph = [
        _file(structure, [unit.id for unit, _ in units]),
        *(_unit(unit, parent, children.get(unit.id, ()), structure) for unit, parent in units),
        *(_level(level, structure.lang) for level in levels),
    ]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8")


def iri_of(unit_id: str) -> str:
    """``#odsek%20za``: relative to the file, and safe whatever the id holds."""
    return "#" + quote(unit_id, safe="")


def canonical_tag(language: str) -> str:
    """``sr-Latn``, ``pt-BR``: a language tag in the letters of RFC 5646, in which readers of JSON-LD give it back."""
    first, *others = language.split("-")
    return "-".join([first.lower(), *map(_subtag, others)])


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()


def _file(structure: Structure, ids: Sequence[str]) -> dict[str, object]:
    file = structure.unit_file
    rulebook = file.source
    said = {
        "@type": "orgchart:UnitFile",
        "title": structure.title,
        "language": file.lang,
        "source": rulebook_line(rulebook, structure.lang),
        "rulebook": rulebook and _filled(rulebook, ("title", "gazette", "date", "file", "sha256")),
        "extra": dict(file.extra),
        "units": [iri_of(unit_id) for unit_id in ids],
        "relations": [_relation(relation) for relation in structure.hierarchy.relations],
    }
    return {key: value for key, value in said.items() if value}


def _relation(relation: Relation) -> dict[str, object]:
    ends = {"from": iri_of(relation.source), "to": iri_of(relation.target), "kind": relation.kind}
    return {**ends, **({"extra": dict(relation.extra)} if relation.extra else {})}


def _unit(unit: Unit, parent: str | None, children: Sequence[str], structure: Structure) -> dict[str, object]:
    said: dict[str, object] = {
        "@id": iri_of(unit.id),
        "@type": "org:OrganizationalUnit" if parent is not None else "org:FormalOrganization",
        "identifier": unit.id,
        "prefLabel": _labels(unit, structure.unit_file),
        "altLabel": unit.abbreviation,
        "classification": LEVEL + quote(unit.level, safe=""),
        "subOrganizationOf": None if parent is None else iri_of(parent),
        "hasSubOrganization": [iri_of(child) for child in children],
        "number": unit.number,
        "functions": list(unit.functions),
        "placement": None if unit.placement == "line" else unit.placement,
        "arrange": unit.arrange,
        "staff": unit.staff,
        "source": _citation(unit.source, structure),
        "citation": unit.source and _filled(unit.source, ("article", "line", "end_line")),
        "names": None if _plain(unit, structure.unit_file) else dict(unit.names),
        "extra": dict(unit.extra),
    }
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def _plain(unit: Unit, file: UnitFile) -> bool:
    """Whether the tags alone tell the name from the names in other languages, and come back letter by letter."""
    return all(canonical_tag(tag) == tag and tag != file.lang for tag in unit.names)


def _labels(unit: Unit, file: UnitFile) -> object:
    own: object = unit.name if file.lang is None else {"@value": unit.name, "@language": file.lang}
    others = [{"@value": name, "@language": tag} for tag, name in unit.names.items() if tag != file.lang]
    return [own, *others] if others else own


def _citation(source: Source | None, structure: Structure) -> str:
    """``Правилник …, члан 12., 5–8``: for a person; ``citation`` holds the same for orgchart."""
    if source is None:
        return ""
    lines = str(source.line or "") + (f"–{source.end_line}" if source.end_line not in (None, source.line) else "")
    title = structure.unit_file.source and structure.unit_file.source.title
    return ", ".join(part for part in (title, source.article, lines) if part)


def _filled(value: Any, keys: Sequence[str]) -> dict[str, object]:
    known = {key: getattr(value, key) for key in keys}
    return {**{key: part for key, part in known.items() if part is not None}, **value.extra}


def _level(level: str, lang: str) -> dict[str, object]:
    label = {"@value": level_word(level, lang), "@language": lang}
    return {"@id": LEVEL + quote(level, safe=""), "@type": "skos:Concept", "notation": level, "prefLabel": label}
