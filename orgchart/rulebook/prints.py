"""Units as they are proposed, in; a short print of each of their fields, kept in the units file, out.

A print tells later whether a person corrected a field (it differs from the print of the last proposal) and whether the
text changed (the new proposal does).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Final

from orgchart.units import Unit, UnitFile

PRINTS: Final = "read"  # the key of the units file
FIELDS: Final = ("name", "level", "parent", "number", "abbreviation", "functions", "staff")
_LENGTH: Final = 6


def print_of(unit: Unit) -> tuple[str, ...]:
    """One print for each of FIELDS."""
    return tuple(_digest(getattr(unit, name)) for name in FIELDS)


def _digest(value: object) -> str:
    if value in (None, ()):
        return "-"
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()[:_LENGTH]


def prints_of(unit_file: UnitFile) -> dict[str, tuple[str, ...]]:
    """The prints that a file holds, by id of the unit; what is not in order is as if it were not there."""
    kept = unit_file.extra.get(PRINTS)
    if not isinstance(kept, Mapping):
        return {}
    found = {
        key: tuple(value.split()) for key, value in kept.items() if isinstance(key, str) and isinstance(value, str)
    }
    return _under_new_ids({key: values for key, values in found.items() if len(values) == len(FIELDS)}, unit_file)


def _under_new_ids(prints: dict[str, tuple[str, ...]], unit_file: UnitFile) -> dict[str, tuple[str, ...]]:
    """A person may give a unit another id; its prints are found by its name and level, where those are its alone."""
    there = {unit.id for unit in unit_file.units}
    left: dict[tuple[str, ...], list[str]] = {}
    for key, values in prints.items():
        if key not in there:
            left.setdefault(values[:2], []).append(key)
    renamed = {}
    for unit in unit_file.units if left else ():
        keys = left.get(print_of(unit)[:2], [])
        if unit.id not in prints and len(keys) == 1:
            renamed[keys.pop()] = unit.id
    return {renamed.get(key, key): values for key, values in prints.items()}


def proposed_prints(prints: Mapping[str, tuple[str, ...]], first: Iterable[str]) -> dict[str, str]:
    """The prints as a file holds them, those named first before the others."""
    order = dict.fromkeys([*(key for key in first if key in prints), *prints])
    return {key: " ".join(prints[key]) for key in order}


def with_prints(unit_file: UnitFile) -> dict[str, str]:
    """The prints of units that have just been proposed."""
    return proposed_prints({unit.id: print_of(unit) for unit in unit_file.units}, ())
