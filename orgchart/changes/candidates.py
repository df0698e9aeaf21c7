"""Units of two files that have no partner yet, in; the pairs of them that may be one unit, with their likeness, out.

Candidates are found by rare words, equal functions, place and children, a few for each unit, so that the time grows
with the number of units and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orgchart.changes.folded import Profile, Rarity, common_share, function_likeness, name_likeness

_MOST_LOOKED_AT: Final = 12
_MOST_KEPT: Final = 5
_MOST_SHARING: Final = 60  # a word or function that more units share leads to none of them
# What each likeness alone proves. Together they prove what one minus the product of what they leave open does.
_NAME: Final = 0.9
_COMMON_NAME: Final = 0.5
_FUNCTIONS: Final = 0.9
_CHILDREN: Final = 0.8
_PLACE: Final = 0.25
_PLACE_OPEN: Final = 0.1
_LEVEL: Final = 0.05
_NAME_FROM: Final = 0.4  # names of two unlike units are that much alike by chance
_LONGER_NAME: Final = 0.62  # a sibling whose name has all words of another and more is asked about at least
_BY_NAME_ALONE: Final = 0.55
_NO_COMMON_FUNCTION: Final = 0.6
_SOME_COMMON_FUNCTIONS: Final = 0.3  # from this likeness on functions do not speak against two units being one


@dataclass(frozen=True, slots=True)
class Candidate:
    """score: 0 to 1; nearness: 0 to 7, how near their ranks among their siblings are, which decides between equals."""

    old: int
    new: int
    score: float
    nearness: int


@dataclass(frozen=True, slots=True)
class Scale:
    """All that likeness is measured by. named: how many units have a folded name, on the side where more have it."""

    old: Sequence[Profile]
    new: Sequence[Profile]
    pairs: Mapping[int, int]
    rare: Rarity
    old_children: Mapping[int, Sequence[int]]
    new_children: Mapping[int, Sequence[int]]
    named: Mapping[str, int]

    def score(self, old: int, new: int) -> float:
        one, other = self.old[old], self.new[new]
        name = name_likeness(one, other, self.rare)
        worth = _COMMON_NAME if one.name == other.name and self.named.get(one.name, 1) > 1 else _NAME
        place = self._place(one, other)
        if place == _PLACE and (one.stems < other.stems or other.stems < one.stems):
            name = max(name, _LONGER_NAME)
        functions = function_likeness(one, other, self.rare)
        left_open = 1 - worth * max(0.0, name - _NAME_FROM) / (1 - _NAME_FROM)
        left_open *= 1 - _FUNCTIONS * (functions or 0.0)
        left_open *= 1 - _CHILDREN * self._children(old, new)
        score = 1 - left_open
        if score > 0:
            left_open *= 1 - place
            left_open *= 1 - (_LEVEL if one.unit.level == other.unit.level else 0.0)
            score = 1 - left_open
        share = common_share(one, other)
        common = 1.0 if share is None else min(1.0, share / _SOME_COMMON_FUNCTIONS)
        if share is None and place < _PLACE and name < 1 and not self._children(old, new):
            score = min(score, _BY_NAME_ALONE)  # another name in another place, and nothing else to go by
        return score * (_NO_COMMON_FUNCTION + (1 - _NO_COMMON_FUNCTION) * common)

    def _place(self, one: Profile, other: Profile) -> float:
        if one.parent < 0 or other.parent < 0:
            return _PLACE if one.parent == other.parent else 0.0
        above = self.pairs.get(one.parent)
        return _PLACE_OPEN if above is None else _PLACE if above == other.parent else 0.0

    def _children(self, old: int, new: int) -> float:
        mine, theirs = self.old_children.get(old, ()), self.new_children.get(new, ())
        if not mine or not theirs:
            return 0.0
        below = set(theirs)
        return 2 * sum(self.pairs.get(child) in below for child in mine) / (len(mine) + len(theirs))

    def nearness(self, old: int, new: int) -> int:
        here = self.old_children[self.old[old].parent].index(old)
        there = self.new_children[self.new[new].parent].index(new)
        return max(0, 7 - abs(here - there))


def children_of(profiles: Sequence[Profile]) -> dict[int, list[int]]:
    """The numbers of the units below each, in order; below -1 the roots."""
    found: dict[int, list[int]] = {}
    for profile in profiles:
        found.setdefault(profile.parent, []).append(profile.number)
    return found


def candidates(
    scale: Scale, old: Sequence[int], new: Sequence[int], back: Mapping[int, int], least: float
) -> list[Candidate]:
    """Pairs of an old and a new number that score at least ``least``; the five best of each old one. back: partners of
    the new units that have one."""
    by_key: dict[tuple[str, object], list[int]] = {}
    themselves = {number: number for number in back}
    for number in new:
        for key in _keys(scale.new[number], scale.new_children, themselves):
            by_key.setdefault(key, []).append(number)
    found = []
    for number in old:
        votes: dict[int, float] = {}
        for key in _keys(scale.old[number], scale.old_children, scale.pairs):
            sharing = by_key.get(key, ())
            if len(sharing) <= _MOST_SHARING:
                for other in sharing:
                    votes[other] = votes.get(other, 0.0) + 1 / len(sharing)
        looked_at = sorted(votes, key=lambda other: (-votes[other], other))[:_MOST_LOOKED_AT]
        scored = [(scale.score(number, other), other) for other in looked_at]
        best = sorted(
            ((score, other) for score, other in scored if score >= least), key=lambda pair: (-pair[0], pair[1])
        )
        found += [Candidate(number, other, score, scale.nearness(number, other)) for score, other in best[:_MOST_KEPT]]
    return found


def _keys(
    profile: Profile, children: Mapping[int, Iterable[int]], pairs: Mapping[int, int]
) -> Iterator[tuple[str, object]]:
    """What an old and a new unit may share, in the numbers of the new file."""
    for word in sorted(profile.stems):
        yield "stem", word
    for text in profile.own:
        yield "function", text
    if profile.parent < 0:
        yield "below", -1
    elif profile.parent in pairs:
        yield "below", pairs[profile.parent]
    for child in children.get(profile.number, ()):
        if child in pairs:
            yield "above", pairs[child]
