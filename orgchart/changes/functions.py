"""Matched units, in; the functions that they gained, lost, reworded or handed over to another unit, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orgchart.changes.folded import REWORDED, SAME_ELSEWHERE, Profile, same_matter
from orgchart.changes.match import Match
from orgchart.changes.model import Change
from orgchart.hierarchy import best_pairs

_MOST_SHARING: Final = 40
_RAREST: Final = 4
_MOST_COMPARED: Final = 40_000  # pairs of functions within one unit


@dataclass(frozen=True, slots=True)
class _Item:
    """One function of one unit: the unit's number, its place in the list, and its folded words."""

    unit: int
    place: int
    text: str
    closes: bool


def function_changes(old: Sequence[Profile], new: Sequence[Profile], match: Match) -> list[Change]:
    """In the order in which they were found; of units that are new or gone only what came from or went to others."""
    return _Functions(old, new, match).found


class _Functions:
    def __init__(self, old: Sequence[Profile], new: Sequence[Profile], match: Match) -> None:
        self.old, self.new, self.match = old, new, match
        self.found: list[Change] = []
        self.related = _related(match)
        self.lost: list[_Item] = []
        self.gained: list[_Item] = []
        self._compare_pairs()
        self._collect_parts_and_others()
        self._hand_over(self._equal())
        self._reword()
        self._hand_over(self._alike())
        self._tell_the_rest()

    def _compare_pairs(self) -> None:
        for number, other in self.match.pairs.items():
            one, two = self.old[number], self.new[other]
            if one.unit.functions == two.unit.functions or one.functions == two.functions:
                continue
            left: dict[str, list[int]] = {}
            for place, text in enumerate(one.functions):
                left.setdefault(text, []).append(place)
            for place, text in enumerate(two.functions):
                if left.get(text):
                    left[text].pop(0)
                else:
                    self.gained.append(_Item(other, place, text, two.closes(text)))
            places = sorted(place for places in left.values() for place in places)
            self.lost += [
                _Item(number, place, one.functions[place], one.closes(one.functions[place])) for place in places
            ]

    def _collect_parts_and_others(self) -> None:
        """Functions of units without a partner; the one that closes a list goes and comes with its unit."""
        for profiles, paired, into in (
            (self.old, self.match.pairs, self.lost),
            (self.new, self.match.back, self.gained),
        ):
            for profile in profiles:
                if profile.number not in paired:
                    into += [
                        _Item(profile.number, place, text, False)
                        for place, text in enumerate(profile.functions)
                        if not profile.closes(text)
                    ]
        self.lost.sort(key=lambda item: (item.unit, item.place))
        self.gained.sort(key=lambda item: (item.unit, item.place))

    def _equal(self) -> Iterator[tuple[_Item, _Item, float]]:
        """Word for word at another unit, first at one into which the old one was parted or merged."""
        by_text: dict[str, list[_Item]] = {}
        for item in self.gained:
            if not item.closes:
                by_text.setdefault(item.text, []).append(item)
        for related in (True, False):
            for item in self.lost:
                if item.closes:
                    continue
                there = by_text.get(item.text, ())
                chosen = next((each for each in there if self._related(item, each) is related), None)
                if chosen is not None and item.text in by_text:
                    by_text[item.text].remove(chosen)
                    yield item, chosen, 1.0

    def _alike(self) -> Iterator[tuple[_Item, _Item, float]]:
        """Almost word for word, among functions that share one of their rarest words."""
        from rapidfuzz import fuzz

        by_word: dict[str, list[int]] = {}
        for number, item in enumerate(self.gained):
            if not item.closes:
                for word in dict.fromkeys(item.text.split()):
                    by_word.setdefault(word, []).append(number)
        scored: list[tuple[int, int, int]] = []
        for number, item in enumerate(self.lost):
            if item.closes:
                continue
            words = sorted(dict.fromkeys(item.text.split()), key=lambda word: (len(by_word.get(word, ())), word))
            near = [word for word in words if 0 < len(by_word.get(word, ())) <= _MOST_SHARING][:_RAREST]
            for other in dict.fromkeys(other for word in near for other in by_word[word]):
                candidate = self.gained[other].text
                ratio = fuzz.ratio(item.text, candidate, score_cutoff=100 * SAME_ELSEWHERE)
                if ratio and same_matter(item.text, candidate):
                    scored.append((number, other, round(1000 * ratio) - 80_000))
        lost, gained = list(self.lost), list(self.gained)
        weight = {(left, right): weight for left, right, weight in scored}
        for left, right in best_pairs(scored):
            yield lost[left], gained[right], (weight[left, right] + 80_000) / 100_000

    def _related(self, item: _Item, other: _Item) -> bool:
        return other.unit in self.related.get(item.unit, ())

    def _hand_over(self, pairs: Iterable[tuple[_Item, _Item, float]]) -> None:
        gone: set[_Item] = set()
        come: set[_Item] = set()
        for item, other, likeness in pairs:
            gone.add(item)
            come.add(other)
            if not self._related(item, other):
                self._tell("function handed over", item, other, likeness)
            elif likeness < 1:
                self._tell("function reworded", item, other, 1.0)
        self._strike(gone, come)

    def _reword(self) -> None:
        """Within a unit, or between a unit and what it was parted or merged into."""
        from rapidfuzz import fuzz

        by_unit: dict[int, list[tuple[int, _Item]]] = {}
        for number, item in enumerate(self.gained):
            by_unit.setdefault(item.unit, []).append((number, item))
        lost_of: dict[int, int] = {}
        for item in self.lost:
            lost_of[item.unit] = lost_of.get(item.unit, 0) + 1
        scored: list[tuple[int, int, int]] = []
        for number, item in enumerate(self.lost):
            theirs = [each for unit in self.related.get(item.unit, ()) for each in by_unit.get(unit, ())]
            for other, candidate in theirs[: max(1, _MOST_COMPARED // lost_of[item.unit])]:
                ratio = fuzz.ratio(item.text, candidate.text) / 100
                if item.closes and candidate.closes:
                    ratio = 1.0
                if ratio >= REWORDED and item.closes == candidate.closes:
                    scored.append((number, other, max(1, round(1000 * (ratio - REWORDED)))))
        gone: set[_Item] = set()
        come: set[_Item] = set()
        for left, right in best_pairs(scored):
            gone.add(self.lost[left])
            come.add(self.gained[right])
            self._tell("function reworded", self.lost[left], self.gained[right], 1.0)
        self._strike(gone, come)

    def _strike(self, gone: set[_Item], come: set[_Item]) -> None:
        self.lost = [item for item in self.lost if item not in gone]
        self.gained = [item for item in self.gained if item not in come]

    def _tell_the_rest(self) -> None:
        """What a unit that lives on, or was parted or merged, has lost or gained for good."""
        parted = {parts.whole: parts.kept for parts in self.match.splits}
        parts_of_splits = {part for parts in self.match.splits for part in parts.parts}
        merged = {part for parts in self.match.mergers for part in parts.parts}
        wholes = {parts.whole for parts in self.match.mergers}
        came_from: dict[int, list[int]] = {}
        for unit, others in self.related.items():
            for other in others:
                came_from.setdefault(other, []).append(unit)
        for item in self.lost:
            lives_on = item.unit in self.match.pairs or item.unit in parted or item.unit in merged
            if lives_on and not _shared(item, self.new, self.related, came_from):
                self._tell("function lost", item, None, 1.0)
        for item in self.gained:
            lived = item.unit in self.match.back or item.unit in parts_of_splits or item.unit in wholes
            if lived and not _shared(item, self.old, came_from, self.related):
                self._tell("function gained", None, item, 1.0)

    def _tell(self, kind: str, lost: _Item | None, gained: _Item | None, likeness: float) -> None:
        old: tuple[str, ...] = ()
        new: tuple[str, ...] = ()
        before = after = ""
        sure = likeness
        if lost is not None:
            old, before = (self.old[lost.unit].unit.id,), self.old[lost.unit].unit.functions[lost.place]
            sure *= self.match.certainty.get(lost.unit, 1.0)
            if gained is None and lost.unit in self.match.pairs:
                new = (self.new[self.match.pairs[lost.unit]].unit.id,)
        if gained is not None:
            new, after = (self.new[gained.unit].unit.id,), self.new[gained.unit].unit.functions[gained.place]
            partner = self.match.back.get(gained.unit)
            if partner is not None and (lost is None or lost.unit != partner):
                sure *= self.match.certainty[partner]
            if lost is None and partner is not None:
                old = (self.old[partner].unit.id,)
        self.found.append(Change(kind, old, new, before, after, round(sure, 2)))  # type: ignore[arg-type]


def _shared(
    item: _Item, there: Sequence[Profile], over: Mapping[int, Sequence[int]], back: Mapping[int, Sequence[int]]
) -> bool:
    """Whether a function that both of two merged units had, or both parts of one, is on the other side once all the
    same. over: the units of the other side that each of this side became or came from; back: the same from there."""
    others = over[item.unit]
    return any(item.text in there[other].functions and (len(others) > 1 or len(back[other]) > 1) for other in others)


def _related(match: Match) -> dict[int, list[int]]:
    """In which new units an old one lives on: itself, its parts, or what it was merged into."""
    found = {old: [new] for old, new in match.pairs.items()}
    for parts in match.splits:
        found.setdefault(parts.whole, []).extend(parts.parts)
    for parts in match.mergers:
        for part in parts.parts:
            found.setdefault(part, []).append(parts.whole)
    return found
