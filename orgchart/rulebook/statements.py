"""A sentence with its words and units, in; what it can say of them, out: the values that the rules take and give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orgchart.rulebook.marks import Mark
from orgchart.rulebook.mentions import Mention
from orgchart.rulebook.tokens import Word


@dataclass(frozen=True, slots=True)
class Child:
    """A unit named in the introducing sentence itself. inside: the unit in which the sentence puts it, or None."""

    mention: Mention
    mark: Mark | None = None
    inside: Mention | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says. rule: by which rule; unit: of which unit; parent: the whole, for an introduction.

    expects: whether the units must follow, ``strict`` whether their absence is a fault; count: how many are said to
    follow; levels: the kinds that are said to follow; functions_from: the word at which the unit's functions
    begin; outside: kinds of which the whole is none.
    """

    rule: str
    unit: Mention | None = None
    parent: Mention | None = None
    children: tuple[Child, ...] = ()
    expects: bool = False
    strict: bool = False
    count: int | None = None
    levels: frozenset[str] = frozenset()
    functions_from: int | None = None
    parent_is_unit: bool = False
    said_parent: bool = True
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence or item. colon: whether it ends with one; mentions: the units that it names."""

    words: Sequence[Word]
    mentions: Sequence[Mention]
    mark: Mark | None
    whole_block: bool

    @property
    def colon(self) -> bool:
        return bool(self.words) and self.words[-1].text == ":"

    @property
    def lead(self) -> Mention | None:
        """The unit with whose name, in the nominative, the sentence begins."""
        if not self.mentions:
            return None
        first = self.mentions[0]
        before = self.words[: first.first]
        if any(word.is_word and word.key != "the" for word in before) or len(before) > 2:
            return None
        return first if first.nominative and first.capital else None

    @property
    def item_lead(self) -> Mention | None:
        """The unit with whose name an item begins, which may stand in the case of its list: ``2. Управу полиције``."""
        if self.lead is not None or self.mark is None or not self.mentions:
            return self.lead
        first = self.mentions[0]
        return first if first.first == 0 and first.capital and not first.bare and not first.nominative else None
