"""The bytes and the name of a file, in; whether it is CSV, Excel or JSON, or a sentence on what it is instead, out."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Final, Literal

from orgchart.errors import OrgChartError

Sort = Literal["csv", "xlsx", "json"]

_TEXTS: Final = (".csv", ".tsv", ".tab", ".txt")
_JSONS: Final = (".json", ".jsonld")
# How other sorts of files begin, and what to do with them.
_OTHERS: Final = (
    (b"%PDF", "this is a PDF, which holds no table that can be told for sure; save the table as .xlsx or .csv"),
    (
        b"\xd0\xcf\x11\xe0",
        "this is a file of an older Excel (.xls), or one with a password; save it as .xlsx without one",
    ),
    (b"\x89PNG", "this is a picture; type the table, and save it as .xlsx or .csv"),
    (b"\xff\xd8\xff", "this is a picture; type the table, and save it as .xlsx or .csv"),
    (b"\x1f\x8b", "this is a packed file (.gz); unpack it first"),
)
_MARKUP: Final = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:[!?a-zA-Z])")


def sort_of(content: bytes, name: str) -> Sort:
    """By the content, and by the name's ending for what any text could be. Raises OrgChartError for other files."""
    ending = PurePath(name).suffix.lower()
    if not content.strip():
        raise OrgChartError(f"{name}: the file is empty; it needs a header and a row for each unit")
    for start, sentence in _OTHERS:
        if content.startswith(start):
            raise OrgChartError(f"{name}: {sentence}")
    if content.startswith(b"PK"):
        return _package(content, name)
    if ending in (".xlsx", ".xlsm"):
        raise OrgChartError(f"{name}: this is no Excel file, though its name says so; if it is text, name it .csv")
    if _MARKUP.match(content[:1000]):
        raise OrgChartError(
            f"{name}: this is HTML or XML; open it in Excel or LibreOffice and save it as .xlsx or .csv"
        )
    if ending in _JSONS:
        return "json"
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        if ending not in _TEXTS:
            return "json"
        if _is_json(content):
            raise OrgChartError(f"{name}: this is JSON, though its name says {ending}; name it .json")
    return "csv"


def _package(content: bytes, name: str) -> Sort:
    if b"mimetypeapplication/vnd.oasis.opendocument" in content[:200]:
        raise OrgChartError(f"{name}: this is a file of LibreOffice (.ods); save it as .xlsx or .csv")
    if b"word/document.xml" in content and b"xl/workbook.xml" not in content:
        raise OrgChartError(f"{name}: this is a Word document; a rulebook is read by: orgchart read {name}")
    return "xlsx"


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
