"""Names and functions in either script, in; the forms in which they are compared, and how alike two are, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, sqrt
from typing import Final

from orgchart.cite import folded as folded
from orgchart.rulebook.lexicon import Lexicon, load_lexicon
from orgchart.units import Unit

_WORD: Final = re.compile(r"[^\W_]+")
# Words that join others, folded; they tell nothing of what a unit is about.
_JOINING: Final = frozenset(
    ["za", "i", "u", "o", "na", "s", "sa", "od", "do", "iz", "po", "pri", "te", "kao", "of", "the", "for", "and", "in"]
)
_STEM: Final = 5
_VOWELS: Final = "aeiou"
# Two functions of one unit are one that was reworded from this likeness on; of two units, from the higher one.
REWORDED: Final = 0.72
SAME_ELSEWHERE: Final = 0.95


def stem(word: str) -> str:
    """The beginning of a folded word, in which most of its cases are equal."""
    return word[:_STEM] if len(word) > _STEM else word.rstrip(_VOWELS) or word


@dataclass(frozen=True)
class Profile:
    """What one unit is compared by. number: its place in reading order; parent: its parent's number, -1 for a root."""

    number: int
    unit: Unit
    parent: int
    lexicon: Lexicon

    @cached_property
    def name(self) -> str:
        return folded(self.unit.name)

    @cached_property
    def subject(self) -> tuple[str, ...]:
        """The words of the name but its kind and joining words; all of them where none is left."""
        words = self.name.split()
        kind = next((place for place, word in enumerate(words) if word in self.lexicon.forms), None)
        left = tuple(word for place, word in enumerate(words) if place != kind and word not in _JOINING)
        return left or tuple(words)

    @cached_property
    def without_kind(self) -> str:
        """The name but its kind, ``za budzet``: a section that becomes a department keeps it."""
        words = self.name.split()
        kind = next((place for place, word in enumerate(words) if word in self.lexicon.forms), None)
        return " ".join(word for place, word in enumerate(words) if place != kind)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.subject))

    @cached_property
    def functions(self) -> tuple[str, ...]:
        return tuple(map(folded, self.unit.functions))

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The functions that say what it does: all but ``друге послове из делокруга``, which closes every list."""
        return tuple(dict.fromkeys(text for text in self.functions if not self.closes(text)))

    def closes(self, function: str) -> bool:
        """Whether a folded function is the one that closes a list."""
        return function.startswith(self.lexicon.closing)


def profiles(units: Sequence[Unit]) -> list[Profile]:
    """Of units in reading order, each parent before its children."""
    lexicon = load_lexicon()
    place = {unit.id: number for number, unit in enumerate(units)}
    return [
        Profile(number, unit, -1 if unit.parent is None else place[unit.parent], lexicon)
        for number, unit in enumerate(units)
    ]


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a shared word or function tells: 1 where one unit alone has it, less the more have it."""

    stems: Mapping[str, int]
    functions: Mapping[str, int]

    def of_stem(self, word: str) -> float:
        return 1.0 / sqrt(max(1, self.stems.get(word, 1)))

    def of_function(self, text: str) -> float:
        return 1.0 / max(1, self.functions.get(text, 1))


def rarity(*sides: Iterable[Profile]) -> Rarity:
    """Counted on each side alone; the larger count holds, so that a word common in one file tells little."""
    stems: dict[str, int] = {}
    functions: dict[str, int] = {}
    for side in sides:
        words: dict[str, int] = {}
        texts: dict[str, int] = {}
        for profile in side:
            for word in profile.stems:
                words[word] = words.get(word, 0) + 1
            for text in profile.own:
                texts[text] = texts.get(text, 0) + 1
        for counted, into in ((words, stems), (texts, functions)):
            for key, count in counted.items():
                into[key] = max(into.get(key, 0), count)
    return Rarity(stems, functions)


def name_likeness(one: Profile, other: Profile, rare: Rarity) -> float:
    """0 to 1: half by letters, half by the words shared, where rare words count more."""
    from rapidfuzz import fuzz

    if one.name == other.name or one.subject == other.subject:
        return 1.0
    letters = fuzz.token_sort_ratio(" ".join(one.subject), " ".join(other.subject)) / 100
    # fsum is exact: a set has no order, and a sum that had one would differ from run to run.
    total = fsum(map(rare.of_stem, (*one.stems, *other.stems)))
    shared = 2 * fsum(map(rare.of_stem, one.stems & other.stems)) / total if total else 0.0
    return float(letters + shared) / 2


def same_matter(one: str, other: str) -> bool:
    """Whether two folded functions speak of the same thing: one may have more words than the other, but neither may
    have words in place of the other's. ``пословима музеја`` and ``пословима пијаца`` are alike by letters only."""
    ones, others = ({stem(word) for word in text.split()} - _JOINING for text in (one, other))
    return ones <= others or others <= ones


def function_likeness(one: Profile, other: Profile, rare: Rarity) -> float | None:
    """0 to 1: the share of functions that both have, word for word or almost; None where one of them has none of its
    own. Functions that many units have prove little, whatever their share."""
    if not one.own or not other.own:
        return None
    pairs = shared_functions(one.own, other.own)
    weight = {text: rare.of_function(text) for text in (*one.own, *other.own)}
    matched = sum(likeness * (weight[left] + weight[right]) for left, right, likeness in pairs)
    total = sum(weight[text] for text in one.own) + sum(weight[text] for text in other.own)
    return float(matched / total * min(1.0, matched))


def common_share(one: Profile, other: Profile) -> float | None:
    """0 to 1: the same share, however common the functions are: none in common speaks against two units being one."""
    if not one.own or not other.own:
        return None
    return 2 * len(shared_functions(one.own, other.own)) / (len(one.own) + len(other.own))


def shared_functions(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str, float]]:
    """Pairs of folded functions, equal ones first, then those alike, the most alike first; each in one pair at most."""
    from rapidfuzz import fuzz

    there = set(other)
    pairs = [(text, text, 1.0) for text in one if text in there]
    equal = {text for text, _, _ in pairs}
    left, right = [t for t in one if t not in equal], [t for t in other if t not in equal]
    if not left or not right or len(left) * len(right) > 10_000:
        return pairs
    near = []
    for i, text in enumerate(left):
        for j, candidate in enumerate(right):
            ratio = fuzz.ratio(text, candidate, score_cutoff=100 * REWORDED)
            if ratio and same_matter(text, candidate):
                near.append((-ratio, i, j))
    used_left: set[int] = set()
    used_right: set[int] = set()
    for ratio, i, j in sorted(near):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((left[i], right[j], -ratio / 100))
    return pairs
