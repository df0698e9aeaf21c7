"""Rows of cells from a file of any sort, in; a Table that knows the place of every cell for messages, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from orgchart.hints import quoted


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header. A cell is text, a number, true or false, a list of these, or None or "" where it is empty.

    sort: where the rows come from, which is how their places are called; places: of each row, e.g. ``line 5`` of a CSV,
    ``5`` of a sheet, ``/3/children/0`` of JSON; above: for each row the row that it is nested in, if any.
    """

    sort: Literal["csv", "xlsx", "json", "jsonld"]
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    places: Sequence[str]
    header_place: str = ""
    above: Sequence[int | None] = ()
    notes: tuple[str, ...] = field(default=())

    def row_place(self, row: int) -> str:
        """``line 5``, ``row 5``, ``/3/children/0``."""
        place = self.places[row]
        return f"row {place}" if self.sort == "xlsx" else place or "the whole file"

    def place(self, row: int, column: int | None) -> str:
        """The place of a cell, or of its row where the column is not known."""
        if column is None:
            return self.row_place(row)
        if self.sort == "xlsx":
            return f"cell {column_letters(column)}{self.places[row]}"
        if self.sort == "csv":
            return f"{self.places[row]}, column {quoted(self.header[column])}"
        if self.sort == "json":
            return f"{self.places[row]}/{self.header[column]}"
        return self.row_place(row)


def column_letters(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_empty(cell: object) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or cell in ([], {})
