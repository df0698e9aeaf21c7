"""Two units files, in; everything that changed from the old to the new one, with what is asked of a person, out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, get_args

from orgchart.changes.folded import Profile, profiles
from orgchart.changes.functions import function_changes
from orgchart.changes.match import Match, match
from orgchart.changes.model import Change, Changes, Kind
from orgchart.hierarchy import build_hierarchy
from orgchart.units import UnitFile

_RANK: Final = {kind: rank for rank, kind in enumerate(get_args(Kind))}


def compare(old: UnitFile, new: UnitFile) -> Changes:
    """What changed. Scripts, spaces, quotation marks and capitals do not count.

    Raises UnitsError for units that are not a forest; those of a loaded file always are.
    """
    before, after = (profiles(build_hierarchy(each).units) for each in (old, new))
    found = match(before, after)
    changes = [*_structure(before, after, found), *function_changes(before, after, found)]
    pairs = {before[number].unit.id: after[other].unit.id for number, other in sorted(found.pairs.items())}
    return Changes(old, new, pairs, tuple(_in_order(changes, before, after, found)), tuple(found.doubts))


def _structure(old: Sequence[Profile], new: Sequence[Profile], found: Match) -> Iterator[Change]:
    yield from _parted(old, new, found)
    gone = {parts.whole for parts in found.splits} | {part for parts in found.mergers for part in parts.parts}
    come = {parts.whole for parts in found.mergers} | {part for parts in found.splits for part in parts.parts}
    for profile in new:
        if profile.number not in found.back and profile.number not in come:
            yield Change("added", (), (profile.unit.id,), "", profile.unit.name)
    for profile in old:
        if profile.number not in found.pairs and profile.number not in gone:
            yield Change("abolished", (profile.unit.id,), (), profile.unit.name, "")
    moved = set()
    image = {-1: -1, **found.pairs}
    for parts in found.mergers:
        image |= dict.fromkeys(parts.parts, parts.whole)
    for number, other in found.pairs.items():
        if image.get(old[number].parent) != new[other].parent:
            moved.add(number)
        yield from _unit_changes(old, new, (number, other), number in moved, found.certainty[number])
    yield from _order(old, new, found, moved)


def _parted(old: Sequence[Profile], new: Sequence[Profile], found: Match) -> Iterator[Change]:
    for parts in found.splits:
        new_ids = sorted([*parts.parts, *([] if parts.kept is None else [parts.kept])])
        yield Change(
            "split",
            (old[parts.whole].unit.id,),
            tuple(new[number].unit.id for number in new_ids),
            old[parts.whole].unit.name,
            "; ".join(new[number].unit.name for number in new_ids),
            parts.certainty,
        )
    for parts in found.mergers:
        old_ids = sorted([*parts.parts, *([] if parts.kept is None else [parts.kept])])
        yield Change(
            "merged",
            tuple(old[number].unit.id for number in old_ids),
            (new[parts.whole].unit.id,),
            "; ".join(old[number].unit.name for number in old_ids),
            new[parts.whole].unit.name,
            parts.certainty,
        )


def _unit_changes(
    old: Sequence[Profile], new: Sequence[Profile], pair: tuple[int, int], moved: bool, certainty: float
) -> Iterator[Change]:
    """What is different between a unit and itself, but for its functions and its place among its siblings."""
    one, other = old[pair[0]], new[pair[1]]
    before, after = one.unit, other.unit
    differences: list[tuple[Kind, str, str]] = []
    # A section that becomes a department changes the first word of its name with it: one change, not two.
    kept_subject = before.level != after.level and one.without_kind == other.without_kind
    if before.name != after.name and one.name != other.name and not kept_subject:
        differences.append(("renamed", before.name, after.name))
    if moved:
        differences.append(("moved", _name(old, one.parent), _name(new, other.parent)))
    if before.level != after.level:
        differences.append(("level", before.level, after.level))
    if before.staff != after.staff:
        differences.append(("staff", _count(before.staff), _count(after.staff)))
    if before.placement != after.placement:
        differences.append(("placement", before.placement, after.placement))
    for kind, was, now in differences:
        yield Change(kind, (before.id,), (after.id,), was, now, certainty)


def _name(side: Sequence[Profile], number: int) -> str:
    return "" if number < 0 else side[number].unit.name


def _count(staff: int | None) -> str:
    return "" if staff is None else str(staff)


def _order(old: Sequence[Profile], new: Sequence[Profile], found: Match, moved: set[int]) -> Iterator[Change]:
    """The fewest siblings that must have changed their place for the others to stand in the old order."""
    siblings: dict[tuple[int, int], list[int]] = {}
    for profile in new:
        number = found.back.get(profile.number)
        if number is not None and number not in moved:
            siblings.setdefault((profile.parent, old[number].parent), []).append(number)
    stood_before, stands_before = _neighbours(old), _neighbours(new)
    for numbers in siblings.values():
        kept = _longest_rising(numbers)
        for number in numbers:
            if number not in kept:
                other = found.pairs[number]
                was, now = stood_before[number], stands_before[other]
                yield Change(
                    "order", (old[number].unit.id,), (new[other].unit.id,),
                    _name(old, was), _name(new, now), found.certainty[number],
                )  # fmt: skip


def _neighbours(side: Sequence[Profile]) -> dict[int, int]:
    """The sibling before each unit, -1 where it is the first."""
    last: dict[int, int] = {}
    found = {}
    for profile in side:
        found[profile.number] = last.get(profile.parent, -1)
        last[profile.parent] = profile.number
    return found


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of a longest rising subsequence, by patience sorting."""
    ends: list[int] = []  # the least number in which a rising run of each length can end
    previous: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        previous[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    kept: set[int] = set()
    place = ends[-1] if ends else None
    while place is not None:
        kept.add(place)
        place = previous[place]
    return kept


def _in_order(changes: Sequence[Change], old: Sequence[Profile], new: Sequence[Profile], found: Match) -> list[Change]:
    """In the reading order of the new file, what is gone after the unit that stood before it and is still there."""
    new_place = {profile.unit.id: profile.number for profile in new}
    old_place = {profile.unit.id: profile.number for profile in old}
    after = _last_still_there(old, found.pairs)

    def place(change: Change) -> tuple[int, int, int, int]:
        rank = _RANK[change.kind]
        # A split or a function handed over is told where it came from, as long as that is still there.
        if change.kind in ("split", "function handed over") and old_place[change.old[0]] in found.pairs:
            return found.pairs[old_place[change.old[0]]], 0, 0, rank
        if change.new and change.kind != "function handed over":
            return new_place[change.new[0]], 0, 0, rank
        number = old_place[change.old[0]]
        return after[number], 1, number, rank

    return sorted(changes, key=place)


def _last_still_there(old: Sequence[Profile], pairs: Mapping[int, int]) -> list[int]:
    found = []
    last = -1
    for profile in old:
        last = pairs.get(profile.number, last)
        found.append(last)
    return found
