"""A Structure, in; a table of its units as CSV, which orgchart import reads back, out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Final

from orgchart.cells import cell_of, cell_of_list
from orgchart.structure import Structure
from orgchart.units import Relation, Source, Unit

# Excel takes a CSV without a byte order mark for the machine's old code page.
_BOM: Final = "\ufeff"
_ALWAYS: Final = ("id", "parent", "level", "name")
ARROW: Final = " → "


def write_csv(structure: Structure) -> bytes:
    """A row for each unit in the file's order, a column for each thing that one of them has; UTF-8 with a byte order
    mark, commas, CRLF (RFC 4180). Functions and relations stand in one cell, a line for each."""
    relations: dict[str, list[Relation]] = {}
    for relation in structure.hierarchy.relations:
        relations.setdefault(relation.source, []).append(relation)
    rows = [_row(unit, parent, relations.get(unit.id, ())) for unit, parent in structure.units()]
    columns = _columns(rows)
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([row.get(column, "") for column in columns] for row in rows)
    return (_BOM + written.getvalue()).encode("utf-8")


def _row(unit: Unit, parent: str | None, relations: Iterable[Relation]) -> dict[str, str]:
    source = unit.source or Source()
    texts = {
        "id": unit.id, "parent": parent, "level": unit.level, "name": unit.name, "number": unit.number,
        "abbreviation": unit.abbreviation, "staff": unit.staff, "arrange": unit.arrange, "article": source.article,
        "line": source.line, "end_line": source.end_line,
        "placement": None if unit.placement == "line" else unit.placement,
        **{f"names.{language}": name for language, name in unit.names.items()},
    }  # fmt: skip
    lists = {
        "functions": cell_of_list(unit.functions),
        "relations": cell_of_list([f"{relation.kind}{ARROW}{relation.target}" for relation in relations]),
    }
    extras = {**_extras("extra", unit.extra), **_extras("source", source.extra)}
    return {key: cell_of(str(text)) for key, text in texts.items() if text is not None} | lists | extras


def _extras(prefix: str, extra: Mapping[str, object]) -> dict[str, str]:
    return {f"{prefix}.{key}": cell_of(json.dumps(value, ensure_ascii=False)) for key, value in extra.items()}


def _columns(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Those that are always there, then the others that some unit fills, in the order of the units file's keys."""
    filled = dict.fromkeys(column for row in rows for column, cell in row.items() if cell and column not in _ALWAYS)
    known = ["number", "abbreviation", "functions", "placement", "staff", "arrange", "article", "line", "end_line"]
    named = [column for column in filled if column.startswith("names.")]
    last = [column for column in filled if column not in (*known, *named, "relations")]
    order = [*known[:5], *named, *known[5:], "relations", *last]
    return [*_ALWAYS, *(column for column in order if column in filled)]
