"""One cell and the field it is for, in; the value as a units file has it, or what is wrong with it, out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from orgchart.cells import list_of, text_of
from orgchart.hints import quoted
from orgchart.script import fold

_WHOLE: Final = re.compile(r"-?\d{1,15}(?:[.,]0+)?|-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_PLACEMENTS: Final = {
    **dict.fromkeys(("line", "linija", "linijska", "linijski", "linie"), "line"),
    **dict.fromkeys(("staff", "stab", "stabna", "stabni", "stabsstelle", "assistant", "asistent"), "staff"),
}
# What tables of people write where there is nothing.
NOTHING: Final = frozenset(
    {"-", "–", "—", "/", "null", "none", "nil", "n/a", "#n/a", "nema", "nicht", "keine", "0", "-1"}
)


class ValueFaultError(Exception):
    """rule and remedy: about one value, for the user."""

    def __init__(self, rule: str, remedy: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.remedy = remedy


def _stripped(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


# What a text says, by the sort of table: in CSV and sheets a formula is guarded; linked data is exact.
_PLAIN: Final[Mapping[str, Callable[[str], str]]] = {"csv": text_of, "xlsx": text_of, "json": _stripped, "jsonld": str}


def as_text(cell: object, sort: str) -> str:
    """The cell as text: 1 for 1.0, ``true`` for True; lists and objects as JSON."""
    if isinstance(cell, str):
        return _PLAIN[sort](cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return json.dumps(cell, ensure_ascii=False)


def _word(cell: object, sort: str) -> str:
    """Text of one line."""
    return " ".join(as_text(cell, sort).split("\n"))


def _list(cell: object, sort: str) -> list[str]:
    if isinstance(cell, list):
        return [item if isinstance(item, str) else as_text(item, sort) for item in cell]
    return list_of(cell) if isinstance(cell, str) else [as_text(cell, sort)]


def _relations(cell: object, sort: str) -> list[object]:
    """``kind → id`` as text, or as an object of a units file's relation, without ``from``."""
    return list(cell) if isinstance(cell, list) else [*_list(cell, sort)]


def _whole(cell: object, sort: str) -> int:
    text = as_text(cell, sort)
    if not _WHOLE.fullmatch(text):
        raise ValueFaultError(f"{quoted(text)} is no whole number", "write digits only, or leave the cell empty")
    return int(re.sub(r"[ \u00a0\u202f]|[.,]0+$", "", text))


def _placement(cell: object, sort: str) -> str:
    text = as_text(cell, sort)
    if (found := _PLACEMENTS.get(fold(text))) is None:
        raise ValueFaultError(f"placement {quoted(text)} is not known", 'write "line" or "staff"')
    return found


def _json(cell: object, sort: str) -> object:
    """A value of an unknown key: JSON where it is JSON, as orgchart writes it, else the text."""
    if not isinstance(cell, str) or sort == "json":
        return cell
    text = as_text(cell, sort)
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return text


def _no_number(_: str) -> object:
    raise ValueError


_READERS: Final[Mapping[str, Callable[[object, str], object]]] = {
    "name": as_text, "article": as_text, "functions": _list, "relations": _relations, "placement": _placement,
    "staff": _whole, "line": _whole, "end_line": _whole, "names": as_text, "extra": _json, "source": _json,
}  # fmt: skip


def value_of(field: str, cell: object, sort: str) -> object:
    """sort: of the table. Raises ValueFaultError."""
    return _READERS.get(field.partition(".")[0], _word)(cell, sort)
