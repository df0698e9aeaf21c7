"""The words of a sentence, in; the units that it names, each with its name in the nominative, out.

A name is adjectives + a kind noun + a tail: ``Генералном секретаријату``, ``Одељење за буџет``, ``Кабинет министра``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orgchart.rulebook.inflection import agrees, nominative_adjective, nominative_noun
from orgchart.rulebook.lexicon import Form, Lexicon, Noun, fold
from orgchart.rulebook.names import Extras, closing_bracket, is_aside, name_end
from orgchart.rulebook.tokens import Word

_DASHES: Final = "-–—"
_DEMONSTRATIVES: Final = frozenset(
    f"{stem}{ending}"
    for stem in ("ov", "t", "naveden", "ist", "potonj")
    for ending in ("o", "aj", "a", "og", "oga", "om", "ome", "oj", "e", "eg", "em", "i", "u")
) - {"ti", "to"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in a sentence: words ``first`` to ``last`` (excluded), of which ``head`` is the kind noun.

    name: in the nominative; key: by which names are compared; bare: without adjective and tail, so that it means the
    nearest unit of its kind; points: whether a demonstrative says that the last one named is meant.
    """

    first: int
    head: int
    last: int
    form: Form
    noun: Noun
    name: str
    key: tuple[str, ...]
    bare: bool
    capital: bool
    nominative: bool
    abbreviation: str | None = None
    aliases: tuple[str, ...] = ()
    of_post: bool = False
    doubt: str = ""
    staff: int | None = None
    points: bool = False

    def short_of(self, other: Mention) -> bool:
        """Whether this is the other name without its tail: ``Градска управа`` for ``Градска управа Града Бијељина``."""
        size = len(self.key)
        tailless = fold(self.noun.nominative) == self.key[-1]
        return not self.bare and tailless and size < len(other.key) and other.key[:size] == self.key

    @property
    def level(self) -> str:
        return self.noun.level


def find_mentions(words: Sequence[Word], lexicon: Lexicon, limit: int | None = None) -> list[Mention]:
    """All units named in the sentence, from left to right, without classes (``одељења``, ``уже јединице``)."""
    found: list[Mention] = []
    place = 0
    while place < len(words):
        form = lexicon.forms.get(words[place].key)
        if form is None or not words[place].is_word:
            place += 1
            continue
        mention = read_mention(words, place, found[-1].last if found else 0, lexicon)
        if mention is None:
            place += 1
            continue
        found.append(mention)
        if limit is not None and len(found) >= limit:
            break
        place = max(mention.last, place + 1)
    return found


def find_short(words: Sequence[Word], short: Mapping[str, Mention]) -> Mention | None:
    """``У СРЗ образују се:``, ``СРЗ обавља``: a unit by the abbreviation that the text has given it, as the whole or
    the subject of a sentence."""
    for place in (0, 1):
        if place < len(words) and (full := short.get(words[place].text)) is not None:
            form = Form(full.noun, frozenset(("nominative", "locative")), False)
            return replace(full, first=place, head=place, last=place + 1, form=form, nominative=place == 0)
    return None


def read_mention(words: Sequence[Word], head: int, floor: int, lexicon: Lexicon) -> Mention | None:
    """The mention whose kind noun stands at ``head``, or None where that is a class of units or a common word."""
    form = lexicon.forms[words[head].key]
    if form.noun.gender == "":
        return _english(words, head, floor, lexicon)
    if not form.singular or (head > 0 and words[head - 1].key == "of"):
        return None  # the Municipality of Centar: a place, in an English sentence
    first = _adjectives(words, head, floor, form, lexicon)
    points = _points_back(words, head, floor)
    capital = words[first].capital or points
    if form.noun.level == "unit" and first == head and _is_class_phrase(words, head, floor, lexicon):
        return None
    if points:
        name = nominative_noun(words[head].text, form.noun)
        spelled = name[:1].upper() + name[1:]
        return Mention(
            head - 1, head, head + 1, form, form.noun, spelled, (fold(name),), True, True, form.nominative,
            points=True,
        )  # fmt: skip
    last, tail_end, extras = name_end(words, head + 1, lexicon, form.cases)
    has_tail = tail_end > head + 1
    if form.plural and not words[head].capital and first == head:
        return None
    if not capital and not (has_tail and words[head + 1].key == "za"):
        return None
    if not capital and form.plural and not form.nominative:
        return None
    noun = _directorate(words, first, head, form.noun, lexicon)
    nominative = form.nominative and all(
        agrees(word.key, noun.gender, ("nominative",)) or word.key.endswith("o")
        for word in words[first:head]
        if word.is_word
    )
    name, key = _name(words, first, head, tail_end, noun, nominative)
    bare = first == head and not has_tail and not noun.alone
    return Mention(
        first, head, last, form, noun, name, key, bare, capital, nominative,
        extras.abbreviation, (*extras.aliases, *_without_bracket(name)),
        _after_post(words, first, lexicon), extras.doubt, extras.staff,
    )  # fmt: skip


def _points_back(words: Sequence[Word], head: int, floor: int) -> bool:
    """``Ово одељење има два одсека``, ``у саставу тог одељења``: the unit just spoken of."""
    return head > floor and words[head].text.islower() and words[head - 1].key in _DEMONSTRATIVES


def _without_bracket(name: str) -> tuple[str, ...]:
    """``Одељење за визе (Визни центар)`` is called ``Одељење за визе`` too."""
    short, bracket, _ = name.partition(" (")
    return (short,) if bracket and " " in short else ()


def _after_post(words: Sequence[Word], first: int, lexicon: Lexicon) -> bool:
    return first > 0 and words[first - 1].key in lexicon.posts


def _directorate(words: Sequence[Word], first: int, head: int, noun: Noun, lexicon: Lexicon) -> Noun:
    """``Генерални директорат`` is a kind of its own."""
    for word in words[first:head]:
        for (adjective, stem), special in lexicon.directorates.items():
            if word.key.startswith(adjective) and fold(noun.stem) == stem:
                return special
    return noun


def _adjectives(words: Sequence[Word], head: int, floor: int, form: Form, lexicon: Lexicon) -> int:
    """Where the adjectives before the kind noun begin. A common word before it (``уже``, ``ово``) is none of them."""
    first = head
    place = head - 1
    gender = form.noun.gender
    while place >= floor and head - place <= 4:
        word = words[place]
        if word.text in _DASHES and place > floor and words[place - 1].is_word:
            place -= 1
            continue
        fits = agrees(word.key, gender, form.cases) or (word.key.endswith("o") and place + 1 < head)
        if not word.is_word or not fits or word.key in lexicon.stops or word.key in lexicon.forms:
            break
        if word.key in lexicon.class_adjectives and not word.key.startswith(
            ("samostaln", "posebn", "zajednick", "upravn")
        ):
            break
        if (
            word.key in lexicon.class_adjectives
            and word.key.startswith("posebn")
            and not words[head].capital
            and not word.capital
        ):
            break
        if word.key in lexicon.locative or word.key in lexicon.open or word.key in lexicon.posts:
            break
        if word.capital:
            first = place
            if place == 0 or not words[place - 1].capital:
                break
        place -= 1
    return first


def _is_class_phrase(words: Sequence[Word], head: int, floor: int, lexicon: Lexicon) -> bool:
    """``унутрашња јединица``, ``организациона јединица``: a class, and no unit of its own."""
    before = words[head - 1].key if head - 1 >= floor and head > 0 else ""
    return words[head].key in lexicon.class_nouns and (
        (before in lexicon.class_adjectives and not before.startswith("posebn"))
        or not (words[head].capital or (head + 1 < len(words) and words[head + 1].key == "za"))
    )


def _name(
    words: Sequence[Word], first: int, head: int, end: int, noun: Noun, nominative: bool
) -> tuple[str, tuple[str, ...]]:
    """The name in the nominative, as it is spelled but for its case, and its key."""
    parts: list[str] = []
    key: list[str] = []
    skip = 0
    previous: Word | None = None
    for place in range(first, end):
        word = words[place]
        if word.text == "(" and is_aside(words, place, end):
            skip = closing_bracket(words, place) + 1
        if place < skip:
            continue
        text = word.text
        if not nominative and place < head and word.is_word and not word.key.endswith("o"):
            text = nominative_adjective(text, noun.gender)
        elif place == head:
            text = nominative_noun(text, noun)
        if previous is not None and previous.end < word.start:
            parts.append(" ")
        parts.append(text)
        if word.is_word or word.text.isdigit():
            key.append(fold(text))
        previous = word
    return "".join(parts).strip(), tuple(key)


def _english(words: Sequence[Word], head: int, floor: int, lexicon: Lexicon) -> Mention | None:
    """``Department for X``, ``Internal Audit Group``, ``Secretariat of the Ministry``; the article is left out."""
    form = lexicon.forms[words[head].key]
    if not form.singular:
        return None
    first = head
    while first - 1 >= floor and (
        _english_modifier(words[first - 1], lexicon) or _is_possessive(words, first - 1, floor)
    ):
        first -= 1
    while first < head and (words[first].key in ("the", "a", "an", "and", "of") or words[first].text in ",&'’"):
        first += 1
    # A kind noun that goes before another one belongs to it: "Department Section", "Service Group".
    if not words[first].capital:
        return None
    opens = head + 1 < len(words) and words[head + 1].key in ("for", "of", "on", "to")
    last, end, extras = name_end(words, head + 1, lexicon) if opens else (head + 1, head + 1, Extras())
    if not opens and head + 1 < len(words):
        if words[head + 1].text == "(":
            last, end, extras = name_end(words, head + 1, lexicon)
            end = max(end, head + 1)
        elif words[head + 1].capital and words[head + 1].key not in lexicon.stops:
            if words[head + 1].key in lexicon.forms:
                return None
            last, end, extras = name_end(words, head + 1, lexicon)
        elif words[head + 1].is_word and first == head and words[head + 1].key not in lexicon.stops:
            return None
    name, key = _name(words, first, head, end, form.noun, True)
    return Mention(
        first, head, last, form, form.noun, name, key, first == head and end == head + 1, True, True,
        extras.abbreviation, extras.aliases, _after_post(words, first, lexicon), extras.doubt, extras.staff,
    )  # fmt: skip


def _is_possessive(words: Sequence[Word], place: int, floor: int) -> bool:
    """The ``s`` of ``Minister's Cabinet``."""
    return words[place].text == "s" and place - 1 > floor and words[place - 1].text in "'’"


def _english_modifier(word: Word, lexicon: Lexicon) -> bool:
    if word.text in "&'’-" or word.key == "and":
        return True
    if not word.is_word or word.key in lexicon.stops or word.key in lexicon.following:
        return False
    return word.capital and word.key not in lexicon.locative and word.key not in lexicon.open
