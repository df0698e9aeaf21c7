"""A reviewed units file and a new reading, in; the file brought up to date, and every change listed, out.

What a person corrected is told from what the text said by the prints of the last proposal (see ``prints``).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from orgchart.rulebook.lexicon import fold
from orgchart.rulebook.prints import FIELDS, PRINTS, print_of, prints_of, proposed_prints
from orgchart.units import RulebookSource, Unit, UnitFile

MARK = "review"  # the key under which a changed unit says what is to be looked at
_WORDS = {
    "level": "level",
    "number": "number",
    "abbreviation": "abbreviation",
    "functions": "functions",
    "staff": "posts",
}


@dataclass(frozen=True, slots=True)
class Change:
    """kind: added, gone, renamed, moved or changed, by the text; kept, where a person's correction stays; unit: its id;
    words: what is told."""

    kind: str
    unit: str
    words: str


def merge(old: UnitFile, new: UnitFile) -> tuple[UnitFile, tuple[Change, ...]]:
    """The old file with the new reading in it. Ids, other languages, placement, unknown keys and all that was corrected
    by hand stay; a unit that is gone stays too, marked. The same reading twice gives the same file.
    """
    prints = prints_of(old)
    same_text = _same_text(old, new)
    partner = _partners(old, new, prints)
    id_of: dict[str, str | None] = {}
    taken_out = _taken_out(old, new, partner, prints)
    for unit in new.units:
        if unit.id in taken_out:
            id_of[unit.id] = None if unit.parent is None else id_of[unit.parent]
        else:
            id_of[unit.id] = partner[unit.id].id if unit.id in partner else _free(unit.id, old)
    changes: list[Change] = []
    merged: dict[str, Unit] = {}
    updated: dict[str, tuple[str, ...]] = {key: prints[key] for key in taken_out.values()}
    for unit in new.units:
        above = None if unit.parent is None else id_of[unit.parent]
        identity = id_of[unit.id]
        if unit.id in taken_out:
            changes.append(Change("kept", taken_out[unit.id], f"{unit.name}: taken out by hand, and it stays out"))
            continue
        assert identity is not None
        placed = replace(unit, id=identity, parent=above)
        # A print is of what the text says, be the unit above in the file or not.
        says = print_of(replace(placed, parent=taken_out.get(unit.parent or "", above)))
        updated[identity] = says
        before = partner.get(unit.id)
        if before is None:
            merged[identity] = replace(placed, extra={MARK: "added"})
            changes.append(Change("added", identity, f"{unit.name}: new in this text"))
        else:
            merged[identity] = _Update(before, placed, prints.get(before.id), says, same_text).unit(changes)
    ordered = []
    for unit in old.units:
        if unit.id in merged:
            ordered.append(merged.pop(unit.id))
        else:
            ordered.append(_absent(unit, unit.id in prints or not (prints or same_text), changes))
            if unit.id in prints:
                updated[unit.id] = prints[unit.id]
    ordered = _placed(ordered, [merged[id_of[u.id] or ""] for u in new.units if (id_of[u.id] or "") in merged])
    known = {key: value for key, value in old.extra.items() if key != PRINTS}
    if prints or not same_text:
        known[PRINTS] = proposed_prints(updated, [*prints, *(unit.id for unit in ordered)])
    return replace(
        old, source=_rulebook(old.source, new.source), lang=old.lang or new.lang, title=old.title or new.title,
        units=tuple(ordered), extra=known,
    ), tuple(changes)  # fmt: skip


def _same_text(old: UnitFile, new: UnitFile) -> bool:
    if old.source is None or new.source is None or old.source.sha256 is None:
        return False
    return old.source.sha256 == new.source.sha256


def _placed(ordered: Sequence[Unit], added: Sequence[Unit]) -> list[Unit]:
    """New units after the last one of their parent's, so that siblings stand together."""
    found = list(ordered)
    for newcomer in added:
        below = {newcomer.parent}
        place = len(found) if newcomer.parent is None else 0
        for number, other in enumerate(found, 1):
            if other.id in below or other.parent in below:
                below.add(other.id)
                place = number
        found.insert(place, newcomer)
    return found


@dataclass(frozen=True, slots=True)
class _Update:
    """A unit of the file and the same unit as the text has it now. last and now: the prints of what was proposed before
    and is proposed now."""

    before: Unit
    unit_read: Unit
    last: tuple[str, ...] | None
    now: tuple[str, ...]
    same_text: bool

    def unit(self, changes: list[Change]) -> Unit:
        before, read = self.before, self.unit_read
        marks: list[str] = []
        values: dict[str, object] = {}
        for place, name in enumerate(FIELDS):
            had, says = getattr(before, name), getattr(read, name)
            if self._is_same(name, had, says):
                continue
            by_hand, text_changed = self._told_apart(place, name)
            if by_hand and not text_changed:
                changes.append(Change("kept", before.id, f"{before.name}: {_difference(name, had, says)}"))
            elif by_hand:
                marks.append(f"corrected by hand, and the text changed: {_difference(name, had, says)}")
                changes.append(Change("kept", before.id, f"{before.name}: {marks[-1]}; see which is right"))
            else:
                values[name] = says
                kind, mark, told = _told(name, before, read)
                marks.append(mark)
                changes.append(Change(kind, before.id, told))
        extra = {key: value for key, value in before.extra.items() if key != MARK or value != "gone"}
        if marks:
            extra[MARK] = "; ".join(marks)
        source = before.source if self.same_text and before.source is not None else read.source
        if source is not None and before.source is not None and source is not before.source:
            source = replace(source, extra={**_without_file(before.source.extra), **source.extra})
        return replace(before, **values, source=source or before.source, extra=extra)  # type: ignore[arg-type]

    def _is_same(self, name: str, had: object, says: object) -> bool:
        if had == says:
            return True
        if name == "name":
            return _key(self.before.name) == _key(self.unit_read.name) and self.last is None
        # What the text does not say is no correction of what a person wrote.
        return says in (None, ()) and name != "parent" and (self.last is None or self.same_text)

    def _told_apart(self, place: int, name: str) -> tuple[bool, bool]:
        """Whether a person corrected a field, and whether the text speaks of it otherwise than it did."""
        if self.last is None:
            # Nothing is known of the last proposal. A level belongs to a name; the rest follows a text that changed.
            return self.same_text or (name == "level" and self.before.name == self.unit_read.name), False
        by_hand = print_of(self.before)[place] != self.last[place]
        return by_hand, self.now[place] != self.last[place]


def _without_file(extra: Mapping[str, object]) -> dict[str, object]:
    """What a person added to a source; its file is named anew by each reading of several files."""
    return {key: value for key, value in extra.items() if key != "file"}


def _difference(name: str, had: object, says: object) -> str:
    if name == "functions":
        return f"its functions differ from the text's, which are: {_listed(says)}"
    return f"{name} {_shown(had)} by hand, {_shown(says)} in the text"


def _told(name: str, before: Unit, read: Unit) -> tuple[str, str, str]:
    """The kind of a change, what the unit is marked with, and what is told."""
    if name == "name":
        return "renamed", f"renamed from {before.name}", f"{before.name} → {read.name}"
    if name == "parent":
        above = before.parent or "the top"
        return "moved", f"moved from {above}", f"{read.name}: from {above} to {read.parent or 'the top'}"
    if name == "functions":
        out = [each for each in before.functions if each not in read.functions]
        new = [each for each in read.functions if each not in before.functions]
        mark = (
            "functions changed" + (f"; out: {_listed(out)}" if out else "") + (f"; new: {_listed(new)}" if new else "")
        )
        return "changed", mark, f"{read.name}: {mark}"
    mark = f"{_WORDS[name]} was {_shown(getattr(before, name))}"
    return "changed", mark, f"{read.name}: {mark}, is {_shown(getattr(read, name))}"


def _shown(value: object) -> str:
    return "none" if value is None else f"“{value}”"


def _listed(values: object) -> str:
    return "; ".join(f"“{value}”" for value in values) if isinstance(values, (tuple, list)) and values else "none"


def _absent(unit: Unit, was_read: bool, changes: list[Change]) -> Unit:
    if not was_read:
        changes.append(Change("kept", unit.id, f"{unit.name}: not in the text; added by hand"))
        return unit
    changes.append(
        Change("gone", unit.id, f"{unit.name}: not in this text; it stays in the file until you take it out")
    )
    return unit if unit.extra.get(MARK) == "gone" else replace(unit, extra={**unit.extra, MARK: "gone"})


def _taken_out(
    old: UnitFile, new: UnitFile, partner: Mapping[str, Unit], prints: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Units of the text that were proposed before and that a person took out of the file: their old ids."""
    there = {unit.id for unit in old.units}
    missing = {(values[0], values[1]): key for key, values in prints.items() if key not in there}
    found: dict[str, str] = {}
    for unit in new.units:
        values = print_of(unit)
        key = missing.get((values[0], values[1]))
        if unit.id not in partner and key is not None:
            found[unit.id] = key
            del missing[(values[0], values[1])]
    return found


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


def _partners(old: UnitFile, new: UnitFile, prints: Mapping[str, tuple[str, ...]]) -> dict[str, Unit]:
    """Which old unit each new one is: by the name and level it was proposed by, by name and parent's name, by name,
    then by place and likeness of the name."""
    partner: dict[str, Unit] = {}
    free = {unit.id: unit for unit in old.units}
    old_names = {unit.id: unit.name for unit in old.units}
    new_names = {unit.id: unit.name for unit in new.units}

    def take(unit: Unit, found: Unit) -> None:
        partner[unit.id] = found
        del free[found.id]

    proposed: dict[tuple[str, str], list[Unit]] = {}
    for unit in old.units:
        if unit.id in prints:
            proposed.setdefault((prints[unit.id][0], prints[unit.id][1]), []).append(unit)
    said: dict[tuple[str, str], list[Unit]] = {}
    for unit in new.units:
        said.setdefault((print_of(unit)[0], print_of(unit)[1]), []).append(unit)
    for key, units in said.items():
        # Several of one name are told apart by their parents, below.
        if len(units) == 1 and len(proposed.get(key, ())) == 1:
            take(units[0], proposed[key][0])

    full: dict[tuple[str, str], list[Unit]] = {}
    plain: dict[str, list[Unit]] = {}
    for unit in old.units:
        full.setdefault((_key(unit.name), _key(old_names.get(unit.parent or "", ""))), []).append(unit)
        plain.setdefault(_key(unit.name), []).append(unit)
    for unit in new.units:
        if unit.id in partner:
            continue
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
