"""Matched units and those left over, in; the units that were split and those that were merged, with their parts, out.

Written for splits: one whole on the old side, its parts on the new one. A merger is the same with the sides exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orgchart.changes.folded import Profile, Rarity, shared_functions

_PART: Final = 0.5  # a part has at least this share of its functions from the whole
_COVERED: Final = 0.6  # a whole that keeps no identity is found again in its parts by at least this share
_KEEPS: Final = 2 / 3  # a part with this share of the whole is the whole itself, under whatever name
_MOST_OWNERS: Final = 20
_MOST_HAVING: Final = 2  # a function that more units have tells nothing of where one of them went
_BY_NAME: Final = 0.8


@dataclass(frozen=True, slots=True)
class Parts:
    """whole: a number of its side; parts: numbers of the other side, without the one that keeps the identity; kept:
    that one; certainty: 0 to 1."""

    whole: int
    parts: tuple[int, ...]
    kept: int | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Sides:
    """Both files' units, and the pairs from either side; the pairs may still grow."""

    old: Sequence[Profile]
    new: Sequence[Profile]
    pairs: Mapping[int, int]
    back: Mapping[int, int]
    rare: Rarity

    @property
    def exchanged(self) -> Sides:
        return Sides(self.new, self.old, self.back, self.pairs, self.rare)

    def own(self, profile: Profile) -> tuple[str, ...]:
        """The functions that tell a unit from others: without those that many units have."""
        return tuple(text for text in profile.own if self.rare.functions.get(text, 1) <= _MOST_HAVING)

    def same_place(self, old: int, new: int) -> bool:
        above, below = self.old[old].parent, self.new[new].parent
        return above == below if above < 0 or below < 0 else self.pairs.get(above) == below


def split_whole(sides: Sides, old: Sequence[int], new: Sequence[int]) -> list[Parts]:
    """Units of ``old`` that live on in none but are divided among two or more of ``new``, all without a partner."""
    wholes = set(old)
    found = []
    taken: set[int] = set()
    shares = _shares(sides, new)
    for whole, parts in _by_whole(shares, wholes).items():
        own = len(sides.own(sides.old[whole]))
        counts = [shares[part][1] for part in parts]
        if len(parts) > 1 and sum(counts) >= _COVERED * own and max(counts) < _KEEPS * own:
            found.append(Parts(whole, tuple(parts), None, _certainty(sum(counts), own)))
            taken.update(parts)
    split = {parts.whole for parts in found}
    left = [part for part in new if part not in taken]
    by_name = _by_names(sides, [whole for whole in old if whole not in split], left, None)
    return sorted([*found, *by_name], key=lambda parts: parts.whole)


def split_kept(sides: Sides, new: Sequence[int], by_name: bool = True) -> list[Parts]:
    """Units that live on and gave up functions to units of ``new`` that had no partner; or, where asked, words of their
    name."""
    shares = _shares(sides, new)
    found = []
    taken: set[int] = set()
    for whole, parts in _by_whole(shares, set(sides.pairs)).items():
        kept = sides.pairs[whole]
        apart = [part for part in parts if not _above_or_below(sides.new, kept, part)]
        moved = sum(shares[part][1] for part in apart)
        own = len(sides.own(sides.old[whole]))
        remains = bool(shared_functions(sides.own(sides.new[kept]), sides.own(sides.old[whole])))
        if apart and remains and (moved > 1 or 3 * moved >= own):
            found.append(Parts(whole, tuple(apart), kept, _certainty(own, own)))
            taken.update(apart)
    split = {parts.whole for parts in found}
    left = [part for part in new if part not in taken]
    if by_name:
        found += _by_names(sides, [whole for whole in sides.pairs if whole not in split], left, sides.pairs)
    return sorted(found, key=lambda parts: parts.whole)


def merged_whole(sides: Sides, old: Sequence[int], new: Sequence[int]) -> list[Parts]:
    """The mirror of ``split_whole``: whole is the number of the new unit, parts are those of the old ones."""
    return split_whole(sides.exchanged, new, old)


def merged_kept(sides: Sides, old: Sequence[int], by_name: bool = True) -> list[Parts]:
    """The mirror of ``split_kept``."""
    return split_kept(sides.exchanged, old, by_name)


def _certainty(found: int, own: int) -> float:
    return round(min(1.0, 0.6 + 0.4 * found / max(own, 1)), 2)


def _shares(sides: Sides, new: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each unit of ``new`` that has most of its functions from one old unit: that one, and how many."""
    owners: dict[str, list[int]] = {}
    for profile in sides.old:
        for text in sides.own(profile):
            owners.setdefault(text, []).append(profile.number)
    siblings: dict[int, list[int]] = {}
    for profile in sides.old:
        siblings.setdefault(profile.parent, []).append(profile.number)
    found: dict[int, tuple[int, int]] = {}
    for number in new:
        part = sides.new[number]
        givers: dict[int, int] = {}
        mine = sides.own(part)
        for text in mine:
            for owner in owners.get(text, ())[:_MOST_OWNERS]:
                partner = sides.pairs.get(owner)
                if partner is None or text not in sides.new[partner].own:
                    givers[owner] = givers.get(owner, 0) + 1
        for owner in _near(sides, siblings, part):
            givers.setdefault(owner, 0)
        counted = [(len(shared_functions(mine, _given(sides, owner))), -owner) for owner in givers]
        most, owner = max(counted, default=(0, 0))
        if most and most >= _PART * len(mine):
            found[number] = (-owner, most)
    return found


def _given(sides: Sides, owner: int) -> list[str]:
    """The functions of an old unit that it has no longer."""
    partner = sides.pairs.get(owner)
    kept = set() if partner is None else set(sides.new[partner].own)
    return [text for text in sides.own(sides.old[owner]) if text not in kept]


def _near(sides: Sides, siblings: Mapping[int, Sequence[int]], part: Profile) -> Iterator[int]:
    """Old units in the same place with a word of the part's name: they may have given functions in other words."""
    above = -1 if part.parent < 0 else sides.back.get(part.parent)
    if above is None or not part.own:
        return
    for number in siblings.get(above, ())[: 2 * _MOST_OWNERS]:
        if sides.old[number].own and not part.stems.isdisjoint(sides.old[number].stems):
            yield number


def _by_whole(shares: Mapping[int, tuple[int, int]], wholes: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for part, (whole, _) in shares.items():
        if whole in wholes:
            found.setdefault(whole, []).append(part)
    return found


def _above_or_below(profiles: Sequence[Profile], one: int, other: int) -> bool:
    """A unit that takes over functions of the unit it stands in does not split it."""
    for start, wanted in ((one, other), (other, one)):
        place = start
        while place >= 0:
            if place == wanted:
                return True
            place = profiles[place].parent
    return False


def _by_names(sides: Sides, old: Sequence[int], new: Sequence[int], pairs: Mapping[int, int] | None) -> Iterator[Parts]:
    """``Одељење за буџет и рачуноводство`` into ``Одељење за буџет`` and ``Одељење за рачуноводство``, in one place and
    of one kind, where functions say nothing. pairs: of the wholes that keep their identity."""
    by_parent: dict[int, list[int]] = {}
    for number in new:
        by_parent.setdefault(sides.new[number].parent, []).append(number)
    taken: set[int] = set()
    for whole in old:
        profile = sides.old[whole]
        kept = None if pairs is None else pairs[whole]
        if len(profile.stems) < 2 or (kept is not None and sides.new[kept].name == profile.name):
            continue
        above = -1 if profile.parent < 0 else sides.pairs.get(profile.parent)
        if above is None:
            continue
        covered = frozenset() if kept is None else sides.new[kept].stems
        if kept is not None and (not covered < profile.stems or not sides.same_place(whole, kept)):
            continue
        parts = []
        for number in by_parent.get(above, ()):
            part = sides.new[number]
            fits = part.stems < profile.stems and part.stems.isdisjoint(covered) and not (part.own and profile.own)
            if fits and part.unit.level == profile.unit.level and number not in taken:
                parts.append(number)
                covered |= part.stems
        if covered == profile.stems and len(parts) + (kept is not None) > 1:
            taken.update(parts)
            yield Parts(whole, tuple(parts), kept, _BY_NAME)
