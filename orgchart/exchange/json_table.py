"""The value of a JSON file, in; a Table of the objects in it, nested or listed, out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orgchart.errors import OrgChartError
from orgchart.exchange.columns import key_of
from orgchart.exchange.table import Table
from orgchart.limits import exceeded, value_of
from orgchart.unit_fields import kind_of

# The members that hold what stands inside a unit, as D3, OrgChart.js and others call them.
_INNER: Final = ("children", "_children", "subunits", "nodes", "subordinates", "jedinice", "einheiten")
_LIST_NAMES: Final = ("units", "data", "items", "nodes", "children", "records", "rows", "results", "value")
_LABELS: Final = frozenset(map(key_of, ("id", "name", "title", "label", "text", "naziv", "bezeichnung")))


def from_json(value: object, name: str) -> Table:
    """A row for each object: of a list, of a tree of ``children``, or of a list of lists whose first is the header.

    Raises OrgChartError for a value that holds none.
    """
    start = _start(value, "")
    if start is None:
        raise OrgChartError(
            f"{name}: there are no units in it, which are objects with an id or a name, in a list or in each other's "
            f"children; it is {kind_of(value)}"
        )
    items, place = start
    if items and all(isinstance(item, list) for item in items):
        return _of_lists([item for item in items if isinstance(item, list)], place)
    return _of_objects(items, place, name)


def _start(value: object, place: str) -> tuple[list[object], str] | None:
    """The list that holds the units, and its place; an object alone is the top of a tree."""
    if isinstance(value, list):
        return (value, place) if value else None
    if not isinstance(value, dict):
        return None
    if any(key_of(key) in _LABELS for key in value if isinstance(key, str)):
        return [value], place + "\0"
    lists = [key for key in value if isinstance(value[key], list) and value[key]]
    best = next((key for key in _LIST_NAMES if key in lists), lists[0] if len(lists) == 1 else None)
    if best is not None:
        return value[best], f"{place}/{best}"
    inner = [key for key in value if isinstance(value[key], dict)]
    return _start(value[inner[0]], f"{place}/{inner[0]}") if len(inner) == 1 else None


def _of_lists(items: list[list[object]], place: str) -> Table:
    header = ["" if cell is None else str(cell) for cell in items[0]]
    rows = [[*row[: len(header)], *[None] * (len(header) - len(row))] for row in items[1:]]
    places = [f"{place}/{number}" for number in range(1, len(items))]
    return Table("json", header, rows, places, f"{place}/0")


def _of_objects(items: list[object], place: str, name: str) -> Table:
    single = place.endswith("\0")
    place = place.removesuffix("\0")
    waiting = [(item, place if single else f"{place}/{number}", None) for number, item in enumerate(items)][::-1]
    stack: list[tuple[object, str, int | None]] = list(waiting)
    found: list[dict[str, object]] = []
    places: list[str] = []
    above: list[int | None] = []
    most = value_of("objects")
    while stack:
        item, here, parent = stack.pop()
        if not isinstance(item, dict):
            raise OrgChartError(f"{name}, {here or 'the whole file'}: a unit must be an object, not {kind_of(item)}")
        members: dict[str, object] = {}
        inside: list[tuple[object, str, int | None]] = []
        for key, member in item.items():
            if key in _INNER and isinstance(member, list) and any(isinstance(each, dict) for each in member):
                inside += [(each, f"{here}/{key}/{place}", len(found)) for place, each in enumerate(member)]
            else:
                members.update(_flat(key, member))
        found.append(members)
        places.append(here)
        above.append(parent)
        stack += reversed(inside)
        if len(found) + len(stack) > most:
            raise OrgChartError(f"{name}: {exceeded('objects')}")
    header = list(dict.fromkeys(key for members in found for key in members))
    rows = [[members.get(key) for key in header] for members in found]
    return Table("json", header, rows, places, "the whole file", above)


def _flat(key: str, member: object) -> Mapping[str, object]:
    """``"names": {"en": …}`` and ``"source": {"article": …}`` as the columns of a table would have it."""
    if isinstance(member, dict) and key == "names":
        return {f"names.{language}": text for language, text in member.items()}
    if isinstance(member, dict) and key == "source":
        return {part if part in ("article", "line", "end_line") else f"source.{part}": each
                for part, each in member.items()}  # fmt: skip
    return {key: member}
