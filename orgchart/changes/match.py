"""The units of two files, in; which unit of the new one each old one lives on in, how surely, and what is asked, out.

By id, by exact name and place, by a name that stands once on both sides, and for the rest by likeness, all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from orgchart.changes.candidates import Scale, candidates, children_of
from orgchart.changes.folded import Profile, common_share, function_likeness, name_likeness, rarity
from orgchart.changes.model import SURE, Doubt
from orgchart.changes.parts import Parts, Sides, merged_kept, merged_whole, split_kept, split_whole
from orgchart.hierarchy import best_pairs

TAKEN: Final = 0.45  # below, two units are left apart
ASKED: Final = 0.36  # below, nobody is asked whether they are one
_RIVAL: Final = 0.08
_SAME_NAME_AND_PLACE: Final = 0.98
_ONE_OF_SEVERAL: Final = 0.5
_SAME_RARE_NAME: Final = 0.95
_ROUNDS: Final = 4
_STRAY: Final = 2  # so many ids of unlike units, or so many of a hundred, may be renamed units


@dataclass(slots=True)
class Match:
    """What was found, by the numbers of the profiles. pairs: old to new; certainty: of each pair, by its old number."""

    pairs: dict[int, int] = field(default_factory=dict)
    back: dict[int, int] = field(default_factory=dict)
    certainty: dict[int, float] = field(default_factory=dict)
    splits: list[Parts] = field(default_factory=list)
    mergers: list[Parts] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, old: int, new: int, certainty: float) -> None:
        self.pairs[old] = new
        self.back[new] = old
        self.certainty[old] = certainty


def match(old: Sequence[Profile], new: Sequence[Profile]) -> Match:
    """old, new: profiles in reading order. Every unit is in one pair at most."""
    matcher = _Matcher(old, new)
    matcher.run()
    return matcher.found


class _Matcher:
    def __init__(self, old: Sequence[Profile], new: Sequence[Profile]) -> None:
        self.old, self.new = old, new
        self.found = Match()
        self.rare = rarity(old, new)
        self.put_off: list[tuple[int, int]] = []
        self.used_old: set[int] = set()  # parted or merged: no longer looking for a partner
        self.used_new: set[int] = set()
        self.names_old, self.names_new = _by_name(old), _by_name(new)

    def run(self) -> None:
        self._by_id()
        self._by_exact_name()
        self._by_id_alone()
        self._by_exact_name()
        sides = Sides(self.old, self.new, self.found.pairs, self.found.back, self.rare)
        for parts in split_whole(sides, self._free_old(), self._free_new()):
            self._part(parts, self.found.splits)
        for parts in merged_whole(sides, self._free_old(), self._free_new()):
            self._part(parts, self.found.mergers, merger=True)
        # Before likeness too: who has all its functions from one unit is a part of it, whatever it is named like.
        self._part_those_kept(sides, by_name=False)
        for _ in range(_ROUNDS):
            if not self._by_likeness():
                break
            self._by_exact_name()
        self._part_those_kept(sides, by_name=True)
        self._ask_about_those_apart()

    def _free(self, old: int, new: int) -> bool:
        return (
            old not in self.found.pairs
            and new not in self.found.back
            and old not in self.used_old
            and new not in self.used_new
        )

    def _free_old(self) -> list[int]:
        return [n for n in range(len(self.old)) if n not in self.found.pairs and n not in self.used_old]

    def _free_new(self) -> list[int]:
        return [n for n in range(len(self.new)) if n not in self.found.back and n not in self.used_new]

    def _part_those_kept(self, sides: Sides, by_name: bool) -> None:
        for parts in split_kept(sides, self._free_new(), by_name):
            self._part(parts, self.found.splits)
        for parts in merged_kept(sides, self._free_old(), by_name):
            self._part(parts, self.found.mergers, merger=True)

    def _part(self, parts: Parts, into: list[Parts], merger: bool = False) -> None:
        known = next((each for each in into if each.whole == parts.whole), None)
        if known is None:
            into.append(parts)
        else:
            into[into.index(known)] = replace(known, parts=(*known.parts, *parts.parts))
        whole, several = (self.used_new, self.used_old) if merger else (self.used_old, self.used_new)
        whole.add(parts.whole)
        several.update(parts.parts)

    def _by_id(self) -> None:
        new_of = {profile.unit.id: profile for profile in self.new}
        for profile in self.old:
            other = new_of.get(profile.unit.id)
            if other is None:
                continue
            same_place = self._place_alike(profile, other)
            same_name = profile.unit.name == other.unit.name
            if (same_place and same_name) or self._vouched(profile, other, same_place):
                self.found.take(profile.number, other.number, 1.0)
            else:
                self.put_off.append((profile.number, other.number))

    def _by_id_alone(self) -> None:
        """Units of one id in one place with another name: renamed, where functions do not speak against it. Of many
        such units the ids are places in a list and mean nothing from one file to the next."""
        if len(self.put_off) > max(_STRAY, len(self.found.pairs) * _STRAY // 100):
            return
        for old, new in self.put_off:
            one, other = self.old[old], self.new[new]
            share = common_share(one, other)
            if self._free(old, new) and self._place_alike(one, other) and (share is None or share >= 0.1):
                self.found.take(old, new, 1.0)

    def _place_alike(self, old: Profile, new: Profile) -> bool:
        if old.parent < 0 or new.parent < 0:
            return old.parent == new.parent
        if self.found.pairs.get(old.parent) == new.parent:
            return True
        above, below = self.old[old.parent], self.new[new.parent]
        return above.unit.id == below.unit.id or above.name == below.name

    def _vouched(self, old: Profile, new: Profile, same_place: bool) -> bool:
        """Whether name or functions bear out an id, and no unit of the very name stands in the place instead: ids made
        from names go to another unit of that name when the first is taken out."""
        functions = function_likeness(old, new, self.rare)
        if name_likeness(old, new, self.rare) < 0.6 and (functions or 0.0) < 0.4:
            return False
        if same_place and old.name == new.name:
            return True
        if not same_place:
            several = len(self.names_old.get(old.name, ())) > 1 or len(self.names_new.get(new.name, ())) > 1
            if (functions is None and (several or _one_has_functions(old, new))) or (
                functions is not None and functions < (0.4 if several else 0.1)
            ):
                return False
        rivals = [
            (old, self.new[number])
            for number in self.names_new.get(old.name, ())
            if number != new.number and self._place_alike(old, self.new[number])
        ] + [
            (self.old[number], new)
            for number in self.names_old.get(new.name, ())
            if number != old.number and self._place_alike(self.old[number], new)
        ]
        rivalry = [function_likeness(*rival, self.rare) for rival in rivals]
        return all(functions is not None and likeness is not None and likeness < 0.3 for likeness in rivalry)

    def _by_exact_name(self) -> None:
        while self._by_name_and_place() or self._by_rare_name():
            pass

    def _by_name_and_place(self) -> bool:
        """Parents come before their children, so that one pass goes down the whole tree."""
        before = len(self.found.pairs)
        olds: dict[tuple[int, str], list[int]] = {}
        news: dict[tuple[int, str], list[int]] = {}
        for number in self._free_old():
            olds.setdefault((self.old[number].parent, self.old[number].name), []).append(number)
        for number in self._free_new():
            news.setdefault((self.new[number].parent, self.new[number].name), []).append(number)
        for (parent, name), numbers in olds.items():
            above = parent if parent < 0 else self.found.pairs.get(parent)
            others = news.get((above, name), []) if above is not None else []
            if len(numbers) == len(others) == 1:
                self.found.take(numbers[0], others[0], _SAME_NAME_AND_PLACE)
            elif others:
                self._take_namesakes(numbers, others)
        return len(self.found.pairs) > before

    def _take_namesakes(self, numbers: Sequence[int], others: Sequence[int]) -> None:
        """Namesakes in one place are told apart by their functions; those equal in these too are in the order in which
        they were. Where some are gone or new, nobody can tell which, so that it is asked once."""
        equal: dict[tuple[str, ...], list[int]] = {}
        for other in others:
            equal.setdefault(self.new[other].functions, []).append(other)
        of_old: dict[tuple[str, ...], list[int]] = {}
        for number in numbers:
            of_old.setdefault(self.old[number].functions, []).append(number)
        for functions, olds in of_old.items():
            news = equal.get(functions, [])
            sure = _SAME_NAME_AND_PLACE if len(olds) == len(news) else _ONE_OF_SEVERAL
            for old, new in zip(olds, news, strict=False):
                self.found.take(old, new, sure)
            if news and len(olds) != len(news):
                last = min(len(olds), len(news)) - 1
                rival = (olds[last + 1], news[last]) if len(olds) > len(news) else (olds[last], news[last + 1])
                self._ask(olds[last], news[last], sure, "rival", rival)

    def _by_rare_name(self) -> bool:
        before = len(self.found.pairs)
        for number in self._free_old():
            profile = self.old[number]
            others = self.names_new.get(profile.name, ())
            if len(self.names_old[profile.name]) != 1 or len(others) != 1 or not self._free(number, others[0]):
                continue
            functions = function_likeness(profile, self.new[others[0]], self.rare)
            if (functions is None and not _one_has_functions(profile, self.new[others[0]])) or (
                functions or 0.0
            ) >= 0.3:
                self.found.take(number, others[0], _SAME_RARE_NAME)
        return len(self.found.pairs) > before

    def _scale(self) -> Scale:
        return Scale(
            self.old, self.new, self.found.pairs, self.rare,
            children_of(self.old), children_of(self.new),
            {name: max(len(numbers), len(self.names_new.get(name, ()))) for name, numbers in self.names_old.items()},
        )  # fmt: skip

    def _by_likeness(self) -> bool:
        scored = candidates(self._scale(), self._free_old(), self._free_new(), self.found.back, ASKED)
        wanted = [each for each in scored if each.score >= TAKEN]
        # What lies above the threshold is weighed, lest two middling pairs outweigh a good one.
        weighed = [
            (each.old, each.new, 8 * max(1, round(1000 * (each.score - ASKED))) + each.nearness) for each in wanted
        ]
        taken = best_pairs(weighed)
        score = {(each.old, each.new): each.score for each in wanted}
        of_old = {old: score[old, new] for old, new in taken}
        of_new = {new: score[old, new] for old, new in taken}
        for old, new in taken:
            sure = score[old, new]
            rival = None
            for each in wanted:
                if (each.old == old) != (each.new == new) and sure - each.score < _RIVAL:
                    other = of_new.get(each.new, 0.0) if each.old == old else of_old.get(each.old, 0.0)
                    if other < each.score + _RIVAL:
                        rival = each
                        break
            self.found.take(old, new, round(sure, 2))
            if rival is not None:
                self._ask(old, new, sure, "rival", (rival.old, rival.new))
            elif sure < SURE:
                self._ask(old, new, sure, "likeness")
        return bool(taken)

    def _ask(self, old: int, new: int, sure: float, reason: str, rival: tuple[int, int] | None = None) -> None:
        one, other = self.old[old].unit, self.new[new].unit
        taken = f"“{one.name}” lives on as “{other.name}”"
        otherwise = f"“{one.name}” was abolished and “{other.name}” is new"
        olds, news = [one.id], [other.id]
        if rival is not None:
            third, fourth = self.old[rival[0]].unit, self.new[rival[1]].unit
            otherwise = f"“{third.name}” lives on as “{fourth.name}”"
            olds += [third.id] if rival[0] != old else []
            news += [fourth.id] if rival[1] != new else []
        if reason in ("apart", "id"):
            taken, otherwise = otherwise, taken
        self.found.doubts.append(Doubt(tuple(olds), tuple(news), round(sure, 2), taken, otherwise, reason))

    def _ask_about_those_apart(self) -> None:
        free_old, free_new = self._free_old(), self._free_new()
        asked_old: set[int] = set()
        asked_new: set[int] = set()
        for old, new in self.put_off:
            if self._free(old, new):
                self._ask(old, new, 0.0, "id")
                asked_old.add(old)
                asked_new.add(new)
        scored = candidates(self._scale(), free_old, free_new, self.found.back, ASKED)
        for each in sorted(scored, key=lambda each: (-each.score, each.old, each.new)):
            if each.old not in asked_old and each.new not in asked_new:
                asked_old.add(each.old)
                asked_new.add(each.new)
                self._ask(each.old, each.new, each.score, "apart")


def _one_has_functions(one: Profile, other: Profile) -> bool:
    """Whether one unit has functions and the other none, which speaks against their being one elsewhere."""
    return bool(one.functions) != bool(other.functions)


def _by_name(profiles: Iterable[Profile]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for profile in profiles:
        found.setdefault(profile.name, []).append(profile.number)
    return found
