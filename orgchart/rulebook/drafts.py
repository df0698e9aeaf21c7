"""Units as sentence after sentence names them, in; which of them are one and the same unit, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from orgchart.rulebook.lexicon import fold
from orgchart.rulebook.marks import Mark
from orgchart.rulebook.mentions import Mention
from orgchart.rulebook.places import Block

# Words that are alike share at least so many letters.
_SHAPE_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A step of which the reader was not sure. rule: which; words: the words in doubt; choices: what they may mean;
    taken: the one that was taken; unit: the number of the unit concerned, in the order of the reading."""

    rule: str
    words: str
    choices: tuple[str, ...]
    taken: str
    line: int
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that speaks of a unit: its block and where it stands in the block's text."""

    block: Block
    start: int
    end: int
    rule: str

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end].strip()

    @property
    def line(self) -> int:
        return self.block.first_line if self.start == 0 else self.block.line_at(self.start)

    @property
    def end_line(self) -> int:
        return self.block.line_at(max(self.start, self.end - 1))


@dataclass(slots=True, eq=False)
class Draft:
    """A unit while it is being read; what is known of it grows."""

    number: int
    level: str
    rank: int
    name: str
    key: tuple[str, ...]
    gender: str
    parent: Draft | None = None
    mark: Mark | None = None
    abbreviation: str | None = None
    staff: int | None = None
    functions: list[str] = field(default_factory=list)
    function_places: list[Said] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    home: Said | None = None
    last_line: int = 0
    placeholder: bool = False
    placed: bool = False
    merged: Draft | None = None

    def ancestors(self) -> Iterator[Draft]:
        seen = {id(self)}
        above = self.parent
        while above is not None and id(above) not in seen:
            yield above
            seen.add(id(above))
            above = above.parent


class Register:
    """All units so far. Finds the unit that a mention means: by its full name, an abbreviation, an alias, or, for a
    bare ``Одељење``, the nearest unit of that kind."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_key: dict[tuple[str, ...], list[Draft]] = {}
        self._by_shape: dict[tuple[str, ...], list[Draft]] = {}
        self._last_of_noun: dict[str, Draft] = {}
        self._last_full: dict[str, Mention] = {}
        self._aliases: dict[tuple[str, ...], Mention] = {}
        self._expansions: dict[str, list[tuple[str, ...]]] = {}
        self.short: dict[str, Mention] = {}
        self.spellings: dict[tuple[str, ...], str] = {}

    def note(self, mention: Mention) -> None:
        """Remember a full name that was seen, without making a unit of it."""
        if mention.bare:
            return
        self._last_full[mention.noun.nominative] = mention
        if mention.abbreviation and mention.abbreviation.isupper():
            self.short.setdefault(mention.abbreviation, mention)
        if not mention.name.isupper():
            self.spellings.setdefault(mention.key, mention.name)
        for alias in mention.aliases:
            self._aliases.setdefault(tuple(map(fold, alias.split())), mention)

    def note_abbreviation(self, short: str, before: Iterable[str]) -> None:
        """``Evropske unije (u daljem tekstu: EU)``: what stands before the bracket, folded, the nearest word last."""
        self._expansions.setdefault(fold(short), []).append(tuple(before))

    def stands_for_more(self, word: str) -> bool:
        """Whether the text has said that the word is an abbreviation."""
        return word in self._expansions

    def is_alias(self, mention: Mention) -> bool:
        """Whether the text has said for which full name these words stand."""
        return mention.key in self._aliases

    def full_of(self, mention: Mention) -> Mention | None:
        """For a bare mention, the last full name of that noun."""
        return self._aliases.get(mention.key) or self._last_full.get(mention.noun.nominative)

    def add(self, mention: Mention) -> Draft:
        draft = Draft(
            len(self.drafts), mention.level, mention.noun.rank, mention.name, mention.key, mention.noun.gender,
            abbreviation=mention.abbreviation, staff=mention.staff,
        )  # fmt: skip
        self.drafts.append(draft)
        self._enter(draft, mention)
        return draft

    def _enter(self, draft: Draft, mention: Mention) -> None:
        self._by_key.setdefault(mention.key, []).append(draft)
        self._by_shape.setdefault(_shape(mention.key), []).append(draft)
        self._last_of_noun[mention.noun.nominative] = draft
        self.note(mention)

    def rename(self, draft: Draft, mention: Mention) -> None:
        """Give the full name to a unit that was so far known by its kind alone."""
        draft.name, draft.key, draft.level = mention.name, mention.key, mention.level
        draft.rank, draft.placeholder = mention.noun.rank, False
        draft.abbreviation = draft.abbreviation or mention.abbreviation
        self._enter(draft, mention)

    def known(self, key: tuple[str, ...]) -> list[Draft]:
        return self._by_key.get(key, [])

    def resolve(self, mention: Mention, focus: Draft | None) -> Draft | None:
        """The unit that the mention means, None where it is a new one."""
        if mention.bare:
            return self._nearest(mention, focus)
        found = self._by_key.get(mention.key)
        if found is None and mention.key in self._aliases:
            return self.resolve(self._aliases[mention.key], focus) if not self._is_own_alias(mention) else None
        if found is None and fold(mention.name.split()[-1]) in self._expansions:
            found = self._by_abbreviation(mention)
        if found is None and any(word in self._expansions for word in mention.key):
            found = self._by_abbreviation(mention)
        if found is None:
            found = self._by_beginning(mention)
        if found is None:
            return None
        return self._nearest_of(found, focus)

    def _nearest(self, mention: Mention, focus: Draft | None) -> Draft | None:
        if mention.points and (focus is None or not _is_head(focus, mention)):
            return self._last_of_noun.get(mention.noun.nominative)
        noun = mention.key[-1] if mention.key else ""
        if focus is not None:
            for draft in (focus, *focus.ancestors()):
                if noun in draft.key[:4] and _is_head(draft, mention):
                    return draft
        alias = self._aliases.get(mention.key)
        if alias is not None:
            return next(iter(self._by_key.get(alias.key, ())), None)
        return self._last_of_noun.get(mention.noun.nominative)

    def _nearest_of(self, found: list[Draft], focus: Draft | None) -> Draft:
        if len(found) > 1 and focus is not None:
            near = {id(draft) for draft in (focus, *focus.ancestors())}
            for draft in reversed(found):
                if id(draft) in near or (draft.parent is not None and id(draft.parent) in near):
                    return draft
        return found[-1] if len(found) > 1 and focus is None else found[0]

    def _by_abbreviation(self, mention: Mention) -> list[Draft] | None:
        """``Сектор за ЕУ`` for ``Сектор за Европску унију``, after ``Европске уније (у даљем тексту: ЕУ)``."""
        for place, word in enumerate(mention.key):
            for words in self._expansions.get(word, ()):
                for size in range(1, min(len(words), 10) + 1):
                    wanted = (*mention.key[:place], *words[-size:], *mention.key[place + 1 :])
                    for draft in self._by_shape.get(_shape(wanted), ()):
                        if all(map(alike, draft.key, wanted)):
                            return [draft]
        return None

    def _by_beginning(self, mention: Mention) -> list[Draft] | None:
        """The longest known name with which the words begin, or one with the same words in other cases."""
        for draft in self._by_shape.get(_shape(mention.key), ()):
            if all(map(alike, draft.key, mention.key)):
                return [draft]
        for size in range(len(mention.key) - 1, 2, -1):
            if mention.key[size] in ("i", "te", "and"):
                continue  # Одељење за визе и путне исправе is another unit than Одељење за визе
            if found := self._by_key.get(mention.key[:size]):
                return found
        return None

    def _is_own_alias(self, mention: Mention) -> bool:
        """Whether following the alias would lead back to the same words."""
        return self._aliases[mention.key].key in self._aliases


def _shape(words: Sequence[str]) -> tuple[str, ...]:
    """What names of like words have in common, so that few have to be compared: the beginning of each word."""
    return tuple(word[:_SHAPE_LETTERS] for word in words)


def alike(one: str, other: str) -> bool:
    """Whether two folded words are one word in two cases: the same but for the ending."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < 4 or abs(len(one) - len(other)) > 3:
        return False
    same = 0
    while same < shorter and one[same] == other[same]:
        same += 1
    return same >= max(_SHAPE_LETTERS, shorter - 2) and same >= len(max(one, other, key=len)) - 4


def _is_head(draft: Draft, mention: Mention) -> bool:
    return draft.level == mention.level or draft.level == "directorate-general"
