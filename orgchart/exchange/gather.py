"""A Table and its columns, in; drafts of units, a row or several each, and what is wrong in the cells, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orgchart.errors import Fault
from orgchart.exchange.columns import Columns
from orgchart.exchange.table import Table, is_empty
from orgchart.exchange.values import ValueFaultError, as_text, value_of
from orgchart.hints import quoted

# What may go on in a row that says nothing else.
_GOING_ON = frozenset({"functions", "relations"})
# A row that ends before one of these is torn.
_NEEDED = ("id", "parent", "level", "name")


@dataclass(slots=True)
class Draft:
    """One unit as the table has it. row: where it stands; above: the draft that it is nested in; values: by field."""

    row: int
    above: int | None
    values: dict[str, object] = field(default_factory=dict)

    def text(self, name: str) -> str:
        found = self.values.get(name)
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """drafts: in the table's order; faults: with the row and column of each, by which they are put in order."""

    drafts: tuple[Draft, ...]
    faults: tuple[tuple[int, int, Fault], ...]


def gather(table: Table, columns: Columns) -> Gathered:
    """Take the cells for what their columns hold. A row of functions alone, and one that repeats a unit with other
    functions, goes on with that unit."""
    fields = sorted(columns.of.items(), key=lambda pair: pair[1])
    needed = max((columns.of[name] for name in _NEEDED if name in columns.of), default=-1)
    drafts: list[Draft] = []
    draft_of_row: dict[int, int] = {}
    by_id: dict[str, int] = {}
    faults: list[tuple[int, int, Fault]] = []
    for row, cells in enumerate(table.rows):
        if all(map(is_empty, cells)):
            continue
        if (torn := _torn(table, row, needed)) is not None:
            faults.append((row, -1, torn))
            continue
        filled = {name: cells[column] for name, column in fields if column < len(cells) and not is_empty(cells[column])}
        if not filled and table.sort != "json":
            continue
        values = _values(table, columns, row, filled, faults)
        other = _continued(values, columns, drafts, by_id)
        if other is not None:
            draft_of_row[row] = other
            _go_on(drafts[other], values)
            continue
        nested = table.above[row] if table.above else None
        draft_of_row[row] = len(drafts)
        if isinstance(unit_id := values.get("id"), str):
            by_id.setdefault(unit_id, len(drafts))
        drafts.append(Draft(row, None if nested is None else draft_of_row.get(nested), values))
        if not isinstance(values.get("name"), str) or not values["name"]:
            faults.append((row, columns.of.get("name", -1), _nameless(table, columns, row, values)))
    return Gathered(tuple(drafts), tuple(faults))


def _torn(table: Table, row: int, needed: int) -> Fault | None:
    cells, width = table.rows[row], len(table.header)
    if table.sort == "csv" and len(cells) > width and not all(map(is_empty, cells[width:])):
        rule = f"the row has {len(cells)} cells and the header {width}"
        return Fault(table.row_place(row), rule, "put a text that holds the delimiter in quotation marks")
    if table.sort == "csv" and len(cells) <= needed:
        rule = f"the row has {len(cells)} cell{'s' * (len(cells) != 1)} and the header {width}"
        remedy = "add what is missing, and put a text of several lines in quotation marks"
        return Fault(table.row_place(row), rule, remedy)
    return None


def _values(
    table: Table, columns: Columns, row: int, filled: Mapping[str, object], faults: list[tuple[int, int, Fault]]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, cell in filled.items():
        try:
            value = value_of(name, cell, table.sort)
        except ValueFaultError as error:
            column = columns.of[name]
            rule = error.rule if error.rule.startswith(name) else f"{name} {error.rule}"
            faults.append((row, column, Fault(table.place(row, column), rule, error.remedy)))
            continue
        if value not in ("", []) or "." in name:
            values[name] = value
    return values


def _continued(
    values: Mapping[str, object], columns: Columns, drafts: list[Draft], by_id: Mapping[str, int]
) -> int | None:
    """The draft that the row goes on with: the last one where it says nothing else, or the one that it repeats."""
    if not values or not drafts:
        return None
    if values.keys() <= _GOING_ON:
        return len(drafts) - 1
    unit_id = values.get("id")
    if "id" in columns.of and columns.of.get("name") != columns.of["id"]:
        other = by_id.get(unit_id) if isinstance(unit_id, str) else None
    else:
        other = len(drafts) - 1
    if other is None or not _GOING_ON & values.keys():
        return None
    there = drafts[other].values
    same = all(there.get(name) == value for name, value in values.items() if name not in _GOING_ON)
    news = any(value != there.get(name) for name, value in values.items() if name in _GOING_ON)
    return other if same and news and ("name" in values or isinstance(unit_id, str)) else None


def _go_on(draft: Draft, values: Mapping[str, object]) -> None:
    for name in sorted(_GOING_ON & values.keys()):
        before, more = draft.values.get(name, []), values[name]
        if isinstance(before, list) and isinstance(more, list):
            draft.values[name] = [*before, *(item for item in more if item not in before)]


def _nameless(table: Table, columns: Columns, row: int, values: Mapping[str, object]) -> Fault:
    named = f"unit {quoted(as_text(values['id'], table.sort))}: " if "id" in values else ""
    return Fault(
        table.place(row, columns.of.get("name")), f"{named}the name is empty", "write it out, or delete the row"
    )
