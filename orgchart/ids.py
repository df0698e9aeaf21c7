"""The names of units and of those they stand in, in; an id for each in plain letters, none twice, out."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeVar

from orgchart.script import fold

LONGEST_ID: Final = 150

_Key = TypeVar("_Key", bound=Hashable)


def slug(name: str) -> str:
    """``Одељење за буџет`` → ``odeljenje-za-budzet``; empty for a name without letters of Latin or Cyrillic."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:LONGEST_ID].strip("-")


def make_ids(
    units: Iterable[tuple[_Key, str, _Key | None]], given: Mapping[_Key, str] | None = None
) -> dict[_Key, str]:
    """An id for each unit from its name; a second unit of a name gets its parent's id too.

    units: each with a key, its name, and the key of its parent, which comes before it where its id is to be used.
    given: ids that other units, by their keys, have already.
    """
    known = given or {}
    ids: dict[_Key, str] = {}
    taken = set(known.values())
    counts: dict[str, int] = {}
    for key, name, parent in units:
        wanted = slug(name) or "unit"
        above = None if parent is None else ids.get(parent) or known.get(parent)
        if wanted in taken and above is not None:
            wanted = f"{wanted}-{above}"[:LONGEST_ID]
        found, count = wanted, counts.get(wanted, 1)
        while found in taken:
            count += 1
            found = f"{wanted}-{count}"
        counts[wanted] = count
        taken.add(found)
        ids[key] = found
    return ids
