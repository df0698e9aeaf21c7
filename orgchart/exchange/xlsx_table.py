"""The bytes of an Excel workbook, in; the rows of one of its sheets, as texts, and what is wrong in its cells, out.

Runs in a process with limits (child.py), as a small file can unpack to a large one.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from orgchart.limits import check_within
from orgchart.packages import NotReadableError, opened

_CHUNK: Final = 1 << 20
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']"
)
_LONGEST_TAG: Final = 300
_MIDNIGHT: Final = datetime.time()

Fault = tuple[str, str, str]


def from_xlsx(content: bytes, sheet: str) -> dict[str, Any]:
    """``{"sheet": name, "others": [names], "rows": [[number, [texts]]], "faults": [[cell, rule, remedy]]}``; of a
    formula the value that Excel stored. sheet: its name, or its number from 1; "" for the first that is not empty;
    only ``{"sheets": [names]}`` where there is none of that name.

    Raises NotReadableError for what is no workbook, or too large.
    """
    package = opened(content)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(package.namelist()):
        raise NotReadableError("it holds no workbook of Excel")
    has_formulas, has_merged = _contents(package)
    workbook = _workbook(content, read_only=not has_merged, values=True)
    found = _chosen(workbook, sheet)
    if found is None:
        return {"sheets": [other.title for other in workbook.worksheets]}
    chosen, rows, faults = found
    if has_merged:
        _fill_down(chosen, rows)
    if has_formulas:
        faults += _without_value(_workbook(content, read_only=True, values=False), chosen.title, rows)
    others = [other.title for other in workbook.worksheets if other.title != chosen.title]
    listed = [[number, cells] for number, cells in sorted(rows.items())]
    return {"sheet": chosen.title, "others": others, "rows": listed, "faults": faults}


def _workbook(content: bytes, *, read_only: bool, values: bool) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are of no use here: pictures, validation
        return load_workbook(io.BytesIO(content), read_only=read_only, data_only=values, keep_links=False)


def _contents(package: zipfile.ZipFile) -> tuple[bool, bool]:
    """Whether there are formulas, and merged cells, which take another look at the sheets."""
    formulas = False
    areas: set[bytes] = set()
    for part in package.namelist():
        if not part.startswith("xl/worksheets/"):
            continue
        with package.open(part) as stream:
            end = b""
            while piece := stream.read(_CHUNK):
                formulas = formulas or _FORMULA.search(end + piece) is not None
                areas |= set(_MERGED.findall(end + piece))
                end = piece[-_LONGEST_TAG:]
    # openpyxl makes a cell for each place of a merged area.
    check_within("cells", sum(map(_size, areas)), "what is merged in it")
    return formulas, bool(areas)


def _size(area: bytes) -> int:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(area.decode("ascii"))
    return int((right - left + 1) * (bottom - top + 1))


def _chosen(workbook: Any, wanted: str) -> tuple[Any, dict[int, list[str]], list[Fault]] | None:
    sheets = workbook.worksheets
    if wanted:
        named = [sheet for sheet in sheets if sheet.title.casefold() == wanted.casefold()]
        if not named and wanted.isdecimal() and 0 < int(wanted) <= len(sheets):
            named = [sheets[int(wanted) - 1]]
        if not named:
            return None
        return (named[0], *_read(named[0]))
    for sheet in sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible"):
        rows, faults = _read(sheet)
        if rows:
            return sheet, rows, faults
    raise NotReadableError("its sheets are empty")


def _read(sheet: Any) -> tuple[dict[int, list[str]], list[Fault]]:
    """The rows that are not empty, by their numbers, and the cells that hold an error."""
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what a file says of its size need not be so
    rows: dict[int, list[str]] = {}
    faults: list[Fault] = []
    count = letters = 0
    for cells in sheet.iter_rows():
        texts = [_text(cell.value) for cell in cells]
        count += len(texts)
        letters += sum(map(len, texts))
        check_within("cells", count, "its sheet", exact=False)
        check_within("cell_letters", letters, "its sheet", exact=False)
        filled = [cell for cell in cells if cell.value is not None]
        if not filled:
            continue
        rows[filled[0].row] = texts
        faults += [
            (cell.coordinate, f"the cell holds the error {cell.value}", "correct its formula, or write the value")
            for cell in filled
            if cell.data_type == "e"
        ]
    return rows, faults


def _text(value: object) -> str:
    """What stands in a cell, as a person would write it: 1 for 1.0, and a day as 2011-04-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ", "seconds")
    return str(value).replace("_x000D_", "")


def _fill_down(sheet: Any, rows: dict[int, list[str]]) -> None:
    """A merged cell counts for all its rows, in its first column."""
    for area in sheet.merged_cells.ranges:
        column = area.min_col - 1
        top = rows.get(area.min_row, [])
        text = top[column] if column < len(top) else ""
        for number in range(area.min_row + 1, area.max_row + 1):
            # A row of which nothing else is filled stays away: it is only space.
            if text and number in rows:
                cells = rows[number]
                cells += [""] * (column + 1 - len(cells))
                cells[column] = text


def _without_value(workbook: Any, title: str, rows: dict[int, list[str]]) -> Iterable[Fault]:
    """Formulas that no program has calculated yet, which therefore have no value to read."""
    sheet = workbook[title]
    sheet.reset_dimensions()
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type != "f":
                continue
            there = rows.get(cell.row, [])
            if cell.column > len(there) or not there[cell.column - 1]:
                rule = "the cell holds a formula whose value was never stored"
                yield cell.coordinate, rule, "open the file in Excel or LibreOffice and save it"
