"""A file's text or rows, in; what importing it makes of it, or the faults that it tells, out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

from orgchart.errors import ImportFaultsError
from orgchart.exchange import Imported, import_units
from orgchart.units import Unit


def imported(text: str | bytes, name: str = "units.csv", **wishes: Any) -> Imported:
    return import_units(text.encode() if isinstance(text, str) else text, name, **wishes)


def units_of(text: str | bytes, name: str = "units.csv", **wishes: Any) -> tuple[Unit, ...]:
    return imported(text, name, **wishes).units.units


def workbook(*rows: list[Any], merge: str | None = None, title: str = "Sheet", second: str | None = None) -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    if merge is not None:
        book.active.merge_cells(merge)
    if second is not None:
        book.create_sheet(second).append(["id"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def faults_of(text: str | bytes, name: str = "units.csv", **wishes: Any) -> list[str]:
    with pytest.raises(ImportFaultsError) as raised:
        imported(text, name, **wishes)
    return [str(fault) for fault in raised.value.faults]
