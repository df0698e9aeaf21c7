"""Two structures and which unit lives on in which, in; one structure that has a place for every unit of both, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from orgchart.changes.model import Changes
from orgchart.hierarchy import build_hierarchy
from orgchart.units import Unit


@dataclass(frozen=True, slots=True)
class Union:
    """units: those of the new file, with their ids, and between them those for which it has no place, with ids that no
    other has; siblings in order. homes: by old id, the unit that it lives on in or stands as; places: by old id, the
    unit in whose place it stood, which is another for one that moved; links: where the two are, from place to home."""

    units: tuple[Unit, ...]
    homes: Mapping[str, str]
    places: Mapping[str, str]

    def links(self) -> Iterator[tuple[str, str, str]]:
        """Old id, place and home of every unit that has a place besides its home."""
        for old, home in self.homes.items():
            if self.places[old] != home:
                yield old, self.places[old], home


def paired(changes: Changes) -> dict[str, str]:
    """The pairs of ids that both files have, each unit in one only."""
    new = {unit.id for unit in changes.new.units}
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for unit in changes.old.units:
        other = changes.pairs.get(unit.id)
        if other is not None and other in new and other not in taken:
            pairs[unit.id] = other
            taken.add(other)
    return pairs


def unite(changes: Changes) -> Union:
    """The new structure with what is gone where it stood, and a second place, where it stood before, for each unit that
    moved. What moved along with a unit has one place only."""
    pairs = paired(changes)
    names = _Names(changes)
    homes = {unit.id: pairs.get(unit.id) or names.free(unit.id) for unit in changes.old.units}
    moved = {old for change in changes.of("moved") for old in change.old if old in pairs}
    places = {old: names.free(f"{old}-moved") if old in moved else home for old, home in homes.items()}
    return _united(changes, homes, places, homes)


def align(changes: Changes) -> Union:
    """A place for every unit of both files: one for both where the unit lives on below the same unit, else two, so that
    what moved stands in both places with all that was and is below it."""
    pairs = paired(changes)
    names = _Names(changes)
    above = {unit.id: unit.parent for unit in changes.new.units}
    places: dict[str, str] = {}
    for unit in build_hierarchy(changes.old).units:
        home = pairs.get(unit.id)
        stayed = home is not None and above[home] == (None if unit.parent is None else places[unit.parent])
        places[unit.id] = (
            home if home is not None and stayed else names.free(unit.id if home is None else f"{unit.id}-old")
        )
    homes = {old: pairs.get(old, place) for old, place in places.items()}
    return _united(changes, homes, places, places)


class _Names:
    """Ids for units that the new file has not."""

    def __init__(self, changes: Changes) -> None:
        self._taken = {unit.id for unit in changes.new.units}

    def free(self, wanted: str) -> str:
        """The id wanted, or with the first number that no other has."""
        name, number = wanted, 2
        while name in self._taken:
            name = f"{wanted}-{number}"
            number += 1
        self._taken.add(name)
        return name


def _united(changes: Changes, homes: Mapping[str, str], places: Mapping[str, str], parents: Mapping[str, str]) -> Union:
    """parents: by old id, the unit below which what stood below it is."""
    new = {unit.id for unit in changes.new.units}
    below: dict[str | None, list[Unit]] = {}
    for unit in changes.new.units:
        below.setdefault(unit.parent, []).append(unit)
    before: dict[str | None, list[Unit]] = {}
    for unit in changes.old.units:
        before.setdefault(unit.parent, []).append(unit)
    for old_parent, siblings in before.items():
        parent = None if old_parent is None else parents[old_parent]
        stood = [
            replace(unit, id=places[unit.id], parent=parent) if places[unit.id] not in new else places[unit.id]
            for unit in siblings
        ]
        below[parent] = _merged(below.get(parent, []), stood)
    return Union(tuple(_in_order(below)), homes, places)


def _merged(siblings: Iterable[Unit], stood: Iterable[Unit | str]) -> list[Unit]:
    """The siblings in their order, and those that are gone each behind the sibling that stood before it and still
    stands there; at the front where there is none. stood: the old order; an id for one of the new file."""
    behind: dict[str, list[Unit]] = {"": []}
    present = {unit.id for unit in siblings}
    last = ""
    for each in stood:
        if isinstance(each, Unit):
            behind.setdefault(last, []).append(each)
        elif each in present:
            last = each
    order = list(behind[""])
    for unit in siblings:
        order += [unit, *behind.get(unit.id, ())]
    return order


def _in_order(below: Mapping[str | None, list[Unit]]) -> Iterator[Unit]:
    """Preorder, without recursion."""
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        unit = waiting.pop()
        yield unit
        waiting += reversed(below.get(unit.id, []))
