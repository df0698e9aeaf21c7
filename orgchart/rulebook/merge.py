"""A reviewed units file and a new reading, in; the file brought up to date, and every change listed, out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from orgchart.rulebook.lexicon import fold
from orgchart.units import RulebookSource, Unit, UnitFile

MARK = "review"  # the key under which a changed unit says what is to be looked at


@dataclass(frozen=True, slots=True)
class Change:
    """kind: added, gone, renamed, moved or changed; unit: its id; words: what is told."""

    kind: str
    unit: str
    words: str


def merge(old: UnitFile, new: UnitFile) -> tuple[UnitFile, tuple[Change, ...]]:
    """The old file with the new reading in it. Ids, other languages, placement and unknown keys stay.

    A unit that is gone stays too, marked. The same reading twice gives the same file.
    """
    partner = _partners(old, new)
    id_of = {unit.id: partner[unit.id].id if unit.id in partner else _free(unit.id, old) for unit in new.units}
    changes: list[Change] = []
    merged: dict[str, Unit] = {}
    for unit in new.units:
        above = None if unit.parent is None else id_of[unit.parent]
        before = partner.get(unit.id)
        if before is None:
            merged[id_of[unit.id]] = replace(unit, id=id_of[unit.id], parent=above, extra={MARK: "added"})
            changes.append(Change("added", id_of[unit.id], f"{unit.name}: new in this text"))
        else:
            merged[before.id] = _updated(before, unit, above, changes)
    ordered = [merged.pop(unit.id) if unit.id in merged else _gone(unit, changes) for unit in old.units]
    ordered = _placed(ordered, [unit for unit in new.units if id_of[unit.id] in merged], id_of, merged)
    source = _rulebook(old.source, new.source)
    return replace(
        old, source=source, lang=old.lang or new.lang, title=old.title or new.title, units=tuple(ordered)
    ), tuple(changes)


def _placed(ordered: list[Unit], added: list[Unit], id_of: Mapping[str, str], merged: Mapping[str, Unit]) -> list[Unit]:
    """New units after the last one of their parent's, so that siblings stand together."""
    for unit in added:
        newcomer = merged[id_of[unit.id]]
        below = {newcomer.parent}
        place = len(ordered) if newcomer.parent is None else 0
        for number, other in enumerate(ordered, 1):
            if other.id in below or other.parent in below:
                below.add(other.id)
                place = number
        ordered.insert(place, newcomer)
    return ordered


def _updated(before: Unit, unit: Unit, above: str | None, changes: list[Change]) -> Unit:
    marks = []
    same_name = _key(before.name) == _key(unit.name)
    if not same_name:
        marks.append(f"renamed from {before.name}")
        changes.append(Change("renamed", before.id, f"{before.name} → {unit.name}"))
    if before.parent != above:
        marks.append(f"moved from {before.parent or 'the top'}")
        changes.append(
            Change("moved", before.id, f"{unit.name}: from {before.parent or 'the top'} to {above or 'the top'}")
        )
    if before.functions != unit.functions and unit.functions:
        changes.append(Change("changed", before.id, f"{unit.name}: its functions"))
    extra = {key: value for key, value in before.extra.items() if key != MARK or value != "gone"}
    if marks:
        extra[MARK] = "; ".join(marks)
    return replace(
        before,
        name=before.name if same_name else unit.name,
        level=before.level if same_name else unit.level,
        parent=above,
        number=unit.number or before.number,
        abbreviation=before.abbreviation or unit.abbreviation,
        functions=unit.functions or before.functions,
        staff=before.staff if unit.staff is None else unit.staff,
        source=unit.source
        if before.source is None or unit.source is None
        else replace(unit.source, extra=before.source.extra),
        extra=extra,
    )


def _gone(unit: Unit, changes: list[Change]) -> Unit:
    changes.append(
        Change("gone", unit.id, f"{unit.name}: not in this text; it stays in the file until you take it out")
    )
    return unit if unit.extra.get(MARK) == "gone" else replace(unit, extra={**unit.extra, MARK: "gone"})


def _rulebook(old: RulebookSource | None, new: RulebookSource | None) -> RulebookSource | None:
    if old is None or new is None:
        return old or new
    return replace(old, title=old.title or new.title, file=new.file or old.file, sha256=new.sha256 or old.sha256)


def _free(wanted: str, old: UnitFile) -> str:
    taken = {unit.id for unit in old.units}
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    return found


def _partners(old: UnitFile, new: UnitFile) -> dict[str, Unit]:
    """Which old unit each new one is: by name and parent's name, by name, then by place and likeness of the name."""
    partner: dict[str, Unit] = {}
    free = {unit.id: unit for unit in old.units}
    old_names = {unit.id: unit.name for unit in old.units}
    new_names = {unit.id: unit.name for unit in new.units}

    def take(unit: Unit, found: Unit) -> None:
        partner[unit.id] = found
        del free[found.id]

    full: dict[tuple[str, str], list[Unit]] = {}
    plain: dict[str, list[Unit]] = {}
    for unit in old.units:
        full.setdefault((_key(unit.name), _key(old_names.get(unit.parent or "", ""))), []).append(unit)
        plain.setdefault(_key(unit.name), []).append(unit)
    for unit in new.units:
        for candidate in full.get((_key(unit.name), _key(new_names.get(unit.parent or "", ""))), ()):
            if candidate.id in free:
                take(unit, candidate)
                break
    for unit in new.units:
        if unit.id in partner:
            continue
        left = [candidate for candidate in plain.get(_key(unit.name), ()) if candidate.id in free]
        if len(left) == 1:
            take(unit, left[0])
    for unit in new.units:
        if unit.id not in partner and (similar := _similar(unit, free, partner)) is not None:
            take(unit, similar)
    return partner


def _similar(unit: Unit, free: Mapping[str, Unit], partner: Mapping[str, Unit]) -> Unit | None:
    """A sibling of old with a name much like this one, of the same kind: renamed."""
    above = None if unit.parent is None else partner.get(unit.parent)
    if unit.parent is not None and above is None:
        return None
    best: tuple[float, Unit] | None = None
    for candidate in free.values():
        if candidate.parent != (None if above is None else above.id) or candidate.level != unit.level:
            continue
        ratio = difflib.SequenceMatcher(None, _key(candidate.name), _key(unit.name)).ratio()
        if ratio >= 0.6 and (best is None or ratio > best[0]):
            best = (ratio, candidate)
    return None if best is None else best[1]


def _key(name: str) -> str:
    return " ".join(map(fold, name.split()))
