"""Texts and lists of texts, in; the cells of a table that hold them, harmless in a spreadsheet, out; and back again.

A list is written a line for each item. What a plain cell could not bring back (spaces at an edge, an item of several
lines) stands in it as JSON after an apostrophe. A cell that a spreadsheet would take for a formula has an apostrophe
before it (OWASP, CSV injection).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

# The full-width signs begin a formula in East Asian editions of Excel.
_FORMULA: Final = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
_ITEM_MARK: Final = re.compile(r"[-–—•·▪*]\s+")
_PARTS: Final = re.compile(r"\n|\|")


def cell_of(text: str) -> str:
    """The text as a cell, from which ``text_of`` reads it again."""
    cell = f"'{text}" if _FORMULA.match(text) else text
    return cell if text_of(cell) == text else _as_json(text)


def text_of(cell: str) -> str:
    """The text that a cell holds, without spaces at its edges."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    if text[:1] != "'":
        return text
    if text[1:2] == '"' and isinstance(found := _from_json(text[1:]), str):
        return found
    return text[1:] if _FORMULA.match(text[1:]) else text


def cell_of_list(items: Sequence[str]) -> str:
    """The items as one cell, from which ``list_of`` reads them again."""
    if not items:
        return ""
    cell = cell_of("\n".join(items))
    return cell if list_of(cell) == list(items) else _as_json(list(items))


def list_of(cell: str) -> list[str]:
    """The items of a cell, parted by line breaks or ``|``; item marks such as ``-`` and empty items are left out."""
    if cell[:2] == "'[" and isinstance(found := _from_json(cell[1:]), list):
        return [item for item in found if isinstance(item, str)]
    parts = (part.strip() for part in _PARTS.split(text_of(cell)))
    unmarked = (_ITEM_MARK.sub("", part, count=1) if _ITEM_MARK.match(part) else part for part in parts)
    return [item for item in unmarked if item]


def _as_json(value: str | list[str]) -> str:
    return "'" + json.dumps(value, ensure_ascii=False)


def _from_json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
