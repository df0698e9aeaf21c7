"""A Structure, in; its units and relations as GraphML, for Gephi, yEd and other programs of networks, out."""

from __future__ import annotations

import json
from collections.abc import Mapping

from orgchart.hierarchy import graphml
from orgchart.structure import Structure
from orgchart.units import Source, Unit


def write_graphml(structure: Structure) -> bytes:
    """Nodes by unit id with all that a unit says; an edge of the kind ``contains`` from each parent to each child, and
    one for each relation with its own kind, of the type ``relation``."""
    about = {"title": structure.title, "lang": structure.unit_file.lang}
    return graphml(structure.hierarchy, _attributes, {key: value for key, value in about.items() if value})


def _attributes(unit: Unit) -> dict[str, str | int]:
    """What the unit says. GraphML has no lists and no nothing: functions are lines of one text, what is absent is left
    out, and an unknown key is JSON."""
    source = unit.source or Source()
    said: dict[str, str | int | None] = {
        "name": unit.name, "level": unit.level, "number": unit.number, "abbreviation": unit.abbreviation,
        "functions": "\n".join(unit.functions), "placement": unit.placement, "staff": unit.staff,
        "arrange": unit.arrange, "article": source.article, "line": source.line, "end_line": source.end_line,
        **{f"names.{language}": name for language, name in unit.names.items()},
        **_extras("extra", unit.extra), **_extras("source", source.extra),
    }  # fmt: skip
    return {key: value for key, value in said.items() if value not in (None, "")}


def _extras(prefix: str, extra: Mapping[str, object]) -> dict[str, str]:
    # json.dumps leaves ASCII only: XML has no way to write most control characters.
    return {f"{prefix}.{_printed(key)}": json.dumps(value) for key, value in extra.items()}


def _printed(key: str) -> str:
    return key if key.isprintable() else json.dumps(key)[1:-1]
