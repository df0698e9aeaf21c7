"""The words of a sentence, in; the units that it names, each with its name in the nominative, out.

A name is adjectives + a kind noun + a tail: ``Генералном секретаријату``, ``Одељење за буџет``, ``Кабинет министра``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orgchart.rulebook.inflection import agrees, nominative_adjective, nominative_noun
from orgchart.rulebook.lexicon import Form, Lexicon, Noun, fold
from orgchart.rulebook.tokens import Word

_DASHES: Final = "-–—"
_PREPOSITIONS: Final = frozenset(
    [
        "u",
        "na",
        "od",
        "iz",
        "sa",
        "s",
        "kod",
        "pri",
        "po",
        "radi",
        "prema",
        "do",
        "o",
        "in",
        "at",
        "from",
        "with",
        "by",
        "under",
    ]
)
_JOINING: Final = frozenset(["i", "te", "and", "ili", "or", "и", "те", "или"])
_QUOTES: Final = '„“”"»«'
_LONGEST: Final = 60  # words of a name; the longest real one has some 30


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in a sentence: words ``first`` to ``last`` (excluded), of which ``head`` is the kind noun.

    name: in the nominative; key: by which names are compared; bare: without adjective and tail, so that it means the
    nearest unit of its kind; ended_by: the word that ended the name, or "" at the end of the sentence.
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


def read_mention(words: Sequence[Word], head: int, floor: int, lexicon: Lexicon) -> Mention | None:
    """The mention whose kind noun stands at ``head``, or None where that is a class of units or a common word."""
    form = lexicon.forms[words[head].key]
    if form.noun.gender == "":
        return _english(words, head, floor, lexicon)
    if not form.singular:
        return None
    first = _adjectives(words, head, floor, form, lexicon)
    capital = words[first].capital
    if form.noun.level == "unit" and first == head and _is_class_phrase(words, head, floor, lexicon):
        return None
    last, tail_end, extras = _tail(words, head + 1, lexicon)
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
    return Mention(
        first, head, last, form, noun, name, key, first == head and not has_tail, capital, nominative,
        extras.abbreviation, extras.aliases, _after_post(words, first, lexicon), extras.doubt, extras.staff,
    )  # fmt: skip


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


@dataclass(slots=True)
class _Extras:
    """What stands in brackets inside a name."""

    abbreviation: str | None = None
    aliases: tuple[str, ...] = ()
    doubt: str = ""
    staff: int | None = None


def _tail(words: Sequence[Word], start: int, lexicon: Lexicon) -> tuple[int, int, _Extras]:
    """Where a name that goes on at ``start`` ends: the word after it and its brackets, the end of the name proper."""
    extras = _Extras()
    place = start
    end = start
    if place < len(words) and words[place].key in _PREPOSITIONS and not _names_a_place(words, place, lexicon):
        return start, start, extras
    while place < len(words) and place - start < _LONGEST:
        word = words[place]
        if word.text == "(":
            close = _closing(words, place)
            if _bracket(words, place, close, extras, lexicon):
                place = close + 1
                continue
            place = close + 1
            end = place
            continue
        if word.text == "/" or word.text in _QUOTES:
            place += 1
            end = place if word.text in _QUOTES else end
            continue
        if word.text in _DASHES:
            if not _dash_goes_on(words, place, start, extras, lexicon):
                break
            place += 1
            continue
        if word.text == "," and not _comma_goes_on(words, place, lexicon):
            break
        if word.text == "." and not (place + 1 < len(words) and words[place + 1].text[0].islower() and place > start):
            break
        if word.text in ";:!?[])":
            break
        if word.is_word and _ends_name(words, place, start, lexicon):
            break
        place += 1
        if word.text != ",":
            end = place
    while end > start and (words[end - 1].text in (".", ",", *_DASHES) or words[end - 1].text in _JOINING):
        end -= 1
    return max(place, start), end, extras


def _names_a_place(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """``Филијала у Нишу``: a preposition goes on with the name only before a place, not before another unit."""
    after = words[place + 1] if place + 1 < len(words) else None
    if after is None or not after.capital or words[place].key not in ("u", "na", "in"):
        return False
    return not any(word.key in lexicon.forms for word in words[place + 1 : place + 3])


def _ends_name(words: Sequence[Word], place: int, start: int, lexicon: Lexicon) -> bool:
    key = words[place].key
    after = words[place + 1].key if place + 1 < len(words) else ""
    if key in lexicon.stops and not (words[place].capital and not words[place].text.isupper()):
        return True
    if key in ("kao", "as") and (after in lexicon.class_adjectives or lexicon.is_class(after)):
        return True
    if key in lexicon.locative and place > start:
        if after in lexicon.frame and key in ("u", "in", "within", "unutar"):
            return True
        if after in lexicon.relative or after.startswith(("svom", "svoj", "njegov", "njen", "its", "their", "cij")):
            return True
        if _starts_unit(words, place + 1, lexicon, any_case=True):
            return True
    if key in ("i", "te", "and", "ili") and _starts_unit(words, place + 1, lexicon):
        return True
    return bool(words[place].capital and place > start and _starts_unit(words, place, lexicon) and _lists(words, place))


def _lists(words: Sequence[Word], place: int) -> bool:
    """Whether a kind noun in the middle of a name begins the next name: after a comma or bracket only."""
    return words[place - 1].text in ",;)"


def _starts_unit(words: Sequence[Word], place: int, lexicon: Lexicon, any_case: bool = False) -> bool:
    """Whether a capitalised name of a unit begins here."""
    if place < len(words) and words[place].key == "the":
        place += 1
    if place >= len(words) or not words[place].capital:
        return False
    for look in range(place, min(place + 3, len(words))):
        form = lexicon.forms.get(words[look].key)
        if form is not None:
            if form.noun.gender == "":
                return True
            return form.singular and (any_case or form.nominative)
        if not words[look].is_word or words[look].key in lexicon.locative:
            return False
    return False


def _comma_goes_on(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """Whether a name goes on after a comma: ``за правне, кадровске и опште послове``."""
    if place + 1 >= len(words):
        return False
    after = words[place + 1]
    next_key = words[place + 2].key if place + 2 < len(words) else ""
    if not after.is_word or after.key in lexicon.stops or after.key in lexicon.outside:
        return False
    if after.key in ("kao", "te", "odnosno", "sa", "s", "as", "with", "radi", "cijim"):
        return False
    if after.key == "i" and next_key == "to":
        return False
    if after.key in lexicon.locative and after.key != "iz" and (
        next_key in lexicon.frame or next_key in lexicon.relative or next_key == "skladu"
        or _starts_unit(words, place + 2, lexicon, any_case=True)
    ):  # fmt: skip
        return False
    return not _starts_unit(words, place + 1, lexicon)


def _dash_goes_on(words: Sequence[Word], place: int, start: int, extras: _Extras, lexicon: Lexicon) -> bool:
    """Whether a dash joins two words of a name (``материјално – финансијске``) and does not open its description."""
    if place + 1 >= len(words) or place == start:
        return False
    before, after = words[place - 1], words[place + 1]
    tight = before.end == words[place].start and words[place].end == after.start
    if not after.is_word or after.key in lexicon.stops or _starts_unit(words, place + 1, lexicon):
        return False
    if tight:
        return True
    if after.text.islower() and after.key.endswith(("ava", "uje", "ira", "ija", "edi")):
        return False  # a verb in the third person: održava, izrađuje, kontroliše
    if before.key.endswith("o") and after.text.islower():
        return True
    if before.end == words[place].start or words[place].end == after.start:
        return before.key.endswith("o")
    rest = 0
    for word in words[place + 1 :]:
        if word.text in ",;:." or word.key in lexicon.stops:
            break
        rest += 1
    if rest > 3:
        return False
    extras.doubt = "dash"
    return True


def _closing(words: Sequence[Word], place: int) -> int:
    depth = 0
    for look in range(place, min(len(words), place + 80)):
        depth += {"(": 1, ")": -1}.get(words[look].text, 0)
        if depth == 0:
            return look
    return min(len(words) - 1, place + 80)


def _bracket(words: Sequence[Word], place: int, close: int, extras: _Extras, lexicon: Lexicon) -> bool:
    """Read a bracket that is no part of the name: an abbreviation, a number of posts. False for one that is."""
    inside = words[place + 1 : close]
    if any(word.key in lexicon.further for word in inside[:4]):
        after = [word for word in inside if word.text not in _QUOTES]
        colon = next((n for n, word in enumerate(after) if word.text in (":", *_DASHES)), None)
        if colon is None:
            colon = next(
                (n for n, word in enumerate(after) if word.key in ("tekstu", "text", "hereinafter", "dalje")), 0
            )
        said = [word.text for word in after[colon + 1 :]]
        spoken = " ".join(said)
        if len(said) == 1 and (said[0].isupper() or sum(map(str.isupper, said[0])) > 1):
            extras.abbreviation = extras.abbreviation or said[0]
        elif spoken:
            extras.aliases = (*extras.aliases, spoken)
        return True
    if inside and inside[0].text.isdigit():
        if len(inside) == 1 or any(word.key.startswith(("izvrsi", "zaposlen", "posts", "employ")) for word in inside):
            extras.staff = int(inside[0].text) if len(inside[0].text) < 6 else None
        return True
    if len(inside) == 1 and inside[0].text.isupper() and len(inside[0].text) > 1:
        extras.abbreviation = extras.abbreviation or inside[0].text
        return True
    return False


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
        if word.text == "(" and _is_aside(words, place, end):
            skip = _closing(words, place) + 1
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


def _is_aside(words: Sequence[Word], place: int, end: int) -> bool:
    """Whether a bracket inside a name is an abbreviation or a number, and is left out of it."""
    close = min(_closing(words, place), end)
    inside = words[place + 1 : close]
    keys = {word.key for word in inside[:4]}
    return bool(
        keys & {"daljem", "daljnjem", "dalje", "daljnem", "hereinafter", "hereafter", "further"}
        or (inside and inside[0].text.isdigit())
        or (len(inside) == 1 and inside[0].text.isupper() and len(inside[0].text) > 1)
    )


def _english(words: Sequence[Word], head: int, floor: int, lexicon: Lexicon) -> Mention | None:
    """``Department for X``, ``Internal Audit Group``, ``Secretariat of the Ministry``; the article is left out."""
    form = lexicon.forms[words[head].key]
    if not form.singular:
        return None
    first = head
    while first - 1 >= floor and _english_modifier(words[first - 1], lexicon):
        first -= 1
    while first < head and (words[first].key in ("the", "a", "an", "and", "of") or words[first].text in ",&'’"):
        first += 1
    # A kind noun that goes before another one belongs to it: "Department Section", "Service Group".
    if not words[first].capital:
        return None
    opens = head + 1 < len(words) and words[head + 1].key in ("for", "of", "on", "to")
    last, end, extras = _tail(words, head + 1, lexicon) if opens else (head + 1, head + 1, _Extras())
    if not opens and head + 1 < len(words):
        if words[head + 1].text == "(":
            last, end, extras = _tail(words, head + 1, lexicon)
            end = max(end, head + 1)
        elif words[head + 1].capital and words[head + 1].key not in lexicon.stops:
            if words[head + 1].key in lexicon.forms:
                return None
            last, end, extras = _tail(words, head + 1, lexicon)
        elif words[head + 1].is_word and first == head and words[head + 1].key not in lexicon.stops:
            return None
    name, key = _name(words, first, head, end, form.noun, True)
    return Mention(
        first, head, last, form, form.noun, name, key, first == head and end == head + 1, True, True,
        extras.abbreviation, extras.aliases, _after_post(words, first, lexicon), extras.doubt, extras.staff,
    )  # fmt: skip


def _english_modifier(word: Word, lexicon: Lexicon) -> bool:
    if word.text in "&'’-" or word.key == "and":
        return True
    if not word.is_word or word.key in lexicon.stops or word.key in lexicon.following:
        return False
    return word.capital and word.key not in lexicon.locative
