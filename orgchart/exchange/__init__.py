"""A table, tree or graph of units from another program, in; the units file it holds, checked, out.

CSV, Excel, JSON and JSON-LD all become one Table; from there on there is one road.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from orgchart.errors import Fault, ImportFaultsError, OrgChartError
from orgchart.exchange.columns import Columns, find_header, match
from orgchart.exchange.csv_table import DELIMITERS, read_csv
from orgchart.exchange.gather import gather
from orgchart.exchange.json_table import from_json
from orgchart.exchange.sorts import sort_of
from orgchart.exchange.table import Table, is_empty
from orgchart.exchange.units import Imported, make_units
from orgchart.limited import run_limited
from orgchart.limits import ExceededError, check_within
from orgchart.strict_json import MAX_NESTING, Scan, SuspectError, read_quickly
from orgchart.unit_checks import placed
from orgchart.units import parse_units

__all__ = ["Imported", "import_units"]

_OWN: Final = ["id", "parent", "level", "name"]
_JSON_LD_MARKS: Final = ("@context", "@graph", "@id", "@type")


def import_units(
    content: bytes,
    name: str,
    *,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    title: str | None = None,
    lang: str | None = None,
) -> Imported:
    """The units of a CSV, xlsx, JSON or JSON-LD file. name: of the file, whose ending counts where the content does not
    tell; columns: which column, by header, letter or number, holds which field, where that is not to be guessed; sheet:
    a workbook's, by name or number; delimiter, encoding: of a CSV, found where None; title, lang: of the units file.

    Raises ImportFaultsError with every fault of its rows, OrgChartError for what is no such file or wish.
    """
    try:
        check_within("units_bytes", len(content))
    except ExceededError as error:
        raise OrgChartError(f"{name}: {error}") from None
    sort = sort_of(content, name)
    wishes = columns or {}
    about: dict[str, object] = {}
    exact = False
    if sort == "json":
        value = _json(content, name)
        if _is_linked(value):
            table, about = _linked(content, name, lang)
            exact = True
        elif isinstance(value, dict) and _is_units_file(value):
            file = parse_units(content, name)
            file = replace(file, title=file.title if title is None else title or None, lang=lang or file.lang)
            return Imported(file, tuple(f"warning: {fault}" for fault in file.warnings))
        else:
            table = from_json(value, name)
    elif sort == "xlsx":
        table = _sheet(content, name, sheet, wishes)
    else:
        table = _csv(content, name, delimiter, encoding, wishes)
    found = _columns(table, wishes, name, linked=exact)
    about |= {key: word for key, word in (("title", title), ("lang", lang)) if word}
    made = make_units(
        table, found, gather(table, found), about, name, exact=exact or list(table.header[:4]) == _OWN
    )  # fmt: skip
    return Imported(made.units, (*table.notes, *found.notes, *made.notes))


def _columns(table: Table, wishes: Mapping[str, str], name: str, *, linked: bool) -> Columns:
    """What each column holds. Raises for columns of which two fit, and where nothing is a name."""
    if not any(not all(map(is_empty, row)) for row in table.rows):
        what = "a header and no rows" if any(text.strip() for text in table.header) else "no rows"
        raise OrgChartError(f"{name}: it has {what}; a row for each unit must follow")
    if linked:
        return Columns({field: place for place, field in enumerate(table.header)})
    found = match(table.header, wishes, table.header_place)
    if found.faults:
        raise ImportFaultsError(name, found.faults)
    if "name" not in found.of:
        there = ", ".join(f'"{text.strip()}"' for text in table.header[:20] if text.strip())
        raise OrgChartError(
            f"{name}, {table.header_place}: no column was found that holds the names of units, among {there}; say "
            "which it is: --column name=HEADER"
        )
    return found


def _csv(content: bytes, name: str, delimiter: str | None, encoding: str | None, wishes: Mapping[str, str]) -> Table:
    found = read_csv(content, name, delimiter, encoding)
    if not any(any(cell.strip() for cell in row) for row in found.rows):
        raise OrgChartError(f"{name}: the file is empty; it needs a header and a row for each unit")
    start = find_header(found.rows, wishes)
    places = [f"line {line}" for line in found.lines]
    called = DELIMITERS.get(found.delimiter, f'"{found.delimiter}"')
    notes = (f"read as CSV in {found.encoding}, its cells parted by {called}",)
    header = found.rows[start]
    return Table("csv", header, found.rows[start + 1 :], places[start + 1 :], places[start], notes=notes)


def _sheet(content: bytes, name: str, sheet: str | None, wishes: Mapping[str, str]) -> Table:
    """Raises ImportFaultsError where cells hold errors, or formulas without a value."""
    answer = json.loads(_by_child("xlsx", [sheet or ""], content, name, "Excel file", "as CSV"))
    if "sheets" in answer:
        there = ", ".join(f'"{title}"' for title in answer["sheets"])
        raise OrgChartError(f'{name}: there is no sheet "{sheet}"; there are {there}')
    if answer["faults"]:
        listed = sorted(answer["faults"], key=lambda fault: int("".join(filter(str.isdigit, fault[0]))))
        raise ImportFaultsError(name, [Fault(f"cell {cell}", rule, remedy) for cell, rule, remedy in listed[:1000]])
    numbers = [str(number) for number, _ in answer["rows"]]
    rows = [row for _, row in answer["rows"]]
    if not rows:
        raise OrgChartError(f'{name}: the sheet "{answer["sheet"]}" is empty; name another with --sheet')
    start = find_header(rows, wishes)
    width = max(map(len, rows))
    header = rows[start] + [""] * (width - len(rows[start]))
    others = ", ".join(f'"{other}"' for other in answer["others"])
    notes = (f'read the sheet "{answer["sheet"]}"' + (f"; there are also {others} (--sheet)" if others else ""),)
    return Table("xlsx", header, rows[start + 1 :], numbers[start + 1 :], f"row {numbers[start]}", notes=notes)


def _linked(content: bytes, name: str, lang: str | None) -> tuple[Table, dict[str, object]]:
    from orgchart.exchange.linked_table import from_linked

    expanded = json.loads(_by_child("jsonld", [], content, name, "JSON-LD file", "as CSV"))
    return from_linked(expanded, name, lang)


def _by_child(sort: str, words: list[str], content: bytes, name: str, called: str, otherwise: str) -> bytes:
    return run_limited("orgchart.exchange.child", [sort, *words], content, name, called, otherwise)


def _json(content: bytes, name: str) -> Any:
    """The value, strictly read. Raises ImportFaultsError with every fault of its grammar."""
    from orgchart.encodings import NotUtf8Error, decode_utf8

    try:
        text = decode_utf8(content)
    except NotUtf8Error as error:
        raise ImportFaultsError(name, [Fault("the whole file", error.rule, error.remedy)]) from None
    try:
        return read_quickly(text)
    except SuspectError:
        scan = Scan(text)
    if not scan.faults:
        return scan.value
    faults = [
        replace(
            fault, remedy=f"of a tree so deep give a list, with id and parent; {MAX_NESTING // 2 - 1} levels are fine"
        )
        if "nested more than" in fault.rule
        else fault
        for fault in placed((), scan, scan.faults)
    ]
    raise ImportFaultsError(name, faults)


def _is_linked(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and any(mark in first for mark in _JSON_LD_MARKS)


def _is_units_file(value: Mapping[str, object]) -> bool:
    """A units file as orgchart has it: every unit has its three keys."""
    units = value.get("units")
    return isinstance(units, list) and all(
        isinstance(unit, dict) and {"id", "level", "name"} <= unit.keys() for unit in units
    )
