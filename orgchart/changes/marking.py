"""What changed between two structures, in; by unit, its mark and the words of its box and for readers, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from orgchart.changes.model import Change, Changes
from orgchart.changes.union import paired
from orgchart.labels import BACK, ONWARD, label_of
from orgchart.marks import Mark, struck_out
from orgchart.style_keys import MARKS
from orgchart.styles import StyleSheet
from orgchart.units import Unit
from orgchart.words import change_word, level_word, mark_word, staff_words

_NO_BREAK_SPACE = "\u00a0"
# An en dash, which more fonts have than the minus.
_MINUS = "–"
_LONG_NAME = 45
# The changes of a unit that lives on, and what marks them.
_OF_ONE = {
    "renamed": "renamed",
    "moved": "moved",
    "level": "level",
    "staff": "staff",
    "placement": "placement",
    "order": "order",
    "function gained": "functions",
    "function lost": "functions",
    "function reworded": "functions",
}


@dataclass(slots=True)
class _Found:
    """What was found of one unit: its marks, how many functions it gained, lost and has in other words, and the units
    of a split or merger it is part of, by key of ``change_word``."""

    marks: set[str] = field(default_factory=set)
    gained: int = 0
    lost: int = 0
    reworded: int = 0
    others: dict[str, list[str]] = field(default_factory=dict)


class Marking:
    """The marks and words of every unit of both files.

    Units are asked for by their ids in their own file: as they are in the new one, and as they were in the old one.
    """

    def __init__(self, changes: Changes, styles: StyleSheet, lang: str) -> None:
        self._styles, self._lang = styles, lang
        self._old = {unit.id: unit for unit in changes.old.units}
        self._new = {unit.id: unit for unit in changes.new.units}
        self._pairs = paired(changes)
        self._back = {new: old for old, new in self._pairs.items()}
        self._of_old = {old: _Found() if old in self._pairs else _Found({"abolished"}) for old in self._old}
        self._of_new = {new: _Found() if new in self._back else _Found({"added"}) for new in self._new}
        for change in changes.changes:
            self._note(change)

    def is_gone(self, old: str) -> bool:
        return old not in self._pairs

    def of_new(self, new: str, *, place: bool = False, names: bool = True) -> tuple[str, Mark | None]:
        """The text of a new unit's box, and its mark, None where nothing changed.

        place: whether the box says where a moved unit stood; names: whether it shows the old name, struck out, above
        one that changed."""
        unit, found = self._new[new], self._of_new[new]
        style = self._styles.box(unit.level)
        was = self._old[self._back[new]] if new in self._back else None
        struck = was.name if names and was is not None and self._renamed(was, unit, found) else ""
        staff_changed = was is not None and "staff" in found.marks
        lines = [struck] if struck else []
        lines.append(label_of(replace(unit, staff=None) if staff_changed else unit, style, self._lang))
        remarks = [] if was is None else list(self._lines(was, unit, found))
        if place and was is not None and "moved" in found.marks:
            remarks.append(self._place(BACK, was.parent, self._old, "moved-from-root"))
        return self._marked(lines, remarks, found.marks, self._words_of_new(unit, was, found), struck)

    def of_old(self, old: str, *, place: bool = False, away: bool | None = None) -> tuple[str, Mark | None]:
        """The same of an old unit as it was. away: whether the box is only the place that a moved unit left; where None
        it is the unit, moved or not as the changes have it; place: whether the box says where the unit went."""
        unit, found = self._old[old], self._of_old[old]
        marks = set(found.marks)
        if away is not None:
            marks = {"moved-away"} if away else marks - {"moved-away"}
        label = label_of(unit, self._styles.box(unit.level), self._lang)
        struck = label if struck_out(_ordered(marks), self._styles) else ""
        remarks = []
        if place and "moved-away" in marks:
            now = self._new[self._pairs[old]]
            remarks.append(self._place(ONWARD, now.parent, self._new, "moved-to-root"))
        return self._marked([label], remarks, marks, self._words_of_old(unit, found, marks), struck)

    def _note(self, change: Change) -> None:
        old = [unit for unit in change.old if unit in self._old]
        new = [unit for unit in change.new if unit in self._new]
        if change.kind in ("split", "merged"):
            self._note_parts(change.kind, old, new)
        elif change.kind == "function handed over":
            for unit in new:
                self._of_new[unit].marks.add("functions")
                self._of_new[unit].gained += 1
            for unit in (self._pairs[unit] for unit in old if unit in self._pairs):
                self._of_new[unit].marks.add("functions")
                self._of_new[unit].lost += 1
        elif change.kind in _OF_ONE:
            mark = _OF_ONE[change.kind]
            for unit in new or [self._pairs[unit] for unit in old if unit in self._pairs]:
                if unit in self._back:
                    self._of_new[unit].marks.add(mark)
                    self._of_new[unit].gained += change.kind == "function gained"
                    self._of_new[unit].lost += change.kind == "function lost"
                    self._of_new[unit].reworded += change.kind == "function reworded"
            for unit in old:
                if unit in self._pairs and mark in ("renamed", "level"):
                    self._of_old[unit].marks.add(mark)
                elif unit in self._pairs and mark == "moved":
                    self._of_old[unit].marks.add("moved-away")

    def _note_parts(self, kind: str, old: Iterable[str], new: Iterable[str]) -> None:
        into, whence = ("split-into", "split-from") if kind == "split" else ("merged-into", "merged-from")
        old, new = tuple(old), tuple(new)
        for unit in old:
            self._of_old[unit].marks.add(kind)
            self._of_old[unit].others[into] = [self._new[other].name for other in new]
        for unit in new:
            self._of_new[unit].marks.add(kind)
            self._of_new[unit].others[whence] = [self._old[other].name for other in old]

    def _renamed(self, was: Unit, unit: Unit, found: _Found) -> bool:
        """A change of kind mostly changes the name's first word too, which is told as one change."""
        return was.name != unit.name and not found.marks.isdisjoint(("renamed", "level"))

    def _lines(self, was: Unit, unit: Unit, found: _Found) -> Iterable[str]:
        """What changed beside the name, as it stands in the box."""
        lang = self._lang
        if "level" in found.marks and was.name == unit.name:
            yield f"{level_word(was.level, lang)} {ONWARD}{_NO_BREAK_SPACE}{level_word(unit.level, lang)}"
        if "staff" in found.marks:
            yield self._staff(was, unit)
        yield from self._functions(found)

    def _staff(self, was: Unit, unit: Unit) -> str:
        """``запослених: 12 → 9``; a side that does not say is a dash."""
        word = staff_words(0, self._lang).split(":")[0]
        counts = (_MINUS if each.staff is None else str(each.staff) for each in (was, unit))
        return f"{word}: " + f"{_NO_BREAK_SPACE}{ONWARD}{_NO_BREAK_SPACE}".join(counts)

    def _functions(self, found: _Found) -> Iterable[str]:
        """``надлежности: +2 –1``, and how many have other words."""
        counts = [f"+{found.gained}"] * bool(found.gained) + [f"{_MINUS}{found.lost}"] * bool(found.lost)
        if counts:
            yield f"{change_word('functions', self._lang)}: {_NO_BREAK_SPACE.join(counts)}"
        if found.reworded:
            yield f"{change_word('reworded', self._lang)}: {found.reworded}"

    def _place(self, arrow: str, parent: str | None, side: Mapping[str, Unit], top: str) -> str:
        """Where a moved unit was or is: ``→ Одељење за Уједињене нације``, by the abbreviation where that is long."""
        if parent is None:
            return change_word(top, self._lang)
        unit = side[parent]
        name = " ".join(unit.name.split())
        if unit.abbreviation and len(name) > _LONG_NAME:
            name = f"{level_word(unit.level, self._lang)} {unit.abbreviation}"
        return f"{arrow}{_NO_BREAK_SPACE}{name}"

    def _marked(
        self, own: list[str], remarks: list[str], marks: Iterable[str], words: Iterable[str], struck: str
    ) -> tuple[str, Mark | None]:
        names, label = _ordered(marks), "\n".join((*own, *remarks))
        return label, Mark(names, "; ".join(words), label, struck, "\n".join(remarks)) if names else None

    def _words_of_new(self, unit: Unit, was: Unit | None, found: _Found) -> Iterable[str]:
        for mark in _ordered(found.marks):
            if was is None or mark in ("added", "split", "merged", "order"):
                yield from self._general(mark, found)
            elif mark == "renamed" or (mark == "level" and was.name != unit.name and "renamed" not in found.marks):
                yield f"{change_word('renamed', self._lang)}: {' '.join(was.name.split())}"
            if was is None:
                continue
            if mark == "moved":
                yield self._moved(was.parent, self._old, "moved", "moved-from-root")
            elif mark == "level":
                levels = (level_word(each.level, self._lang) for each in (was, unit))
                yield f"{change_word('level', self._lang)}: {f' {ONWARD} '.join(levels)}"
            elif mark == "staff":
                yield self._staff(was, unit)
            elif mark == "placement":
                key = "staff-unit" if unit.placement == "staff" else "line"
                yield f"{mark_word('placement', self._lang)}: {change_word(key, self._lang)}"
            elif mark == "functions":
                yield from self._functions(found)

    def _words_of_old(self, unit: Unit, found: _Found, marks: Iterable[str]) -> Iterable[str]:
        for mark in _ordered(marks):
            if mark == "moved-away":
                now = self._new[self._pairs[unit.id]]
                yield self._moved(now.parent, self._new, "moved-away", "moved-to-root")
            else:
                yield from self._general(mark, found)

    def _general(self, mark: str, found: _Found) -> Iterable[str]:
        """The legend's word, or what became of which units."""
        if mark == "functions":
            yield from self._functions(found)
            return
        keys = [key for key in found.others if key.startswith(mark)]
        for key in keys:
            names = (" ".join(name.split()) for name in found.others[key])
            yield f"{change_word(key, self._lang)}: {', '.join(names)}"
        if not keys:
            yield mark_word(mark, self._lang)

    def _moved(self, parent: str | None, side: Mapping[str, Unit], key: str, top: str) -> str:
        if parent is None:
            return change_word(top, self._lang)
        return f"{change_word(key, self._lang)}: {' '.join(side[parent].name.split())}"


def _ordered(marks: Iterable[str]) -> tuple[str, ...]:
    wanted = set(marks)
    return tuple(mark for mark in MARKS if mark in wanted)
