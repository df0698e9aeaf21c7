"""The words after a kind noun, in; where the name of the unit ends, and what stands in brackets inside it, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orgchart.rulebook.lexicon import Lexicon, fold
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
_OUTSIDE: Final = frozenset(("izvan", "van", "mimo", "outside"))
_LEAST_RANK_OF_A_PART: Final = 3
_LONGEST: Final = 60  # words of a name; the longest real one has some 30


@dataclass(slots=True)
class Extras:
    """What stands in brackets inside a name."""

    abbreviation: str | None = None
    aliases: tuple[str, ...] = ()
    doubt: str = ""
    staff: int | None = None


def name_end(
    words: Sequence[Word], start: int, lexicon: Lexicon, cases: frozenset[str] = frozenset()
) -> tuple[int, int, Extras]:
    """Where a name that goes on at ``start`` ends: the word after it and its brackets, the end of the name proper.

    cases: those in which its kind noun may stand; what is named beside it stands in the same one.
    """
    extras = Extras()
    place = start
    end = start
    if place < len(words) and words[place].key in _PREPOSITIONS and not _names_a_place(words, place, lexicon):
        return start, start, extras
    while place < len(words) and place - start < _LONGEST:
        word = words[place]
        if word.text == "(":
            close = closing_bracket(words, place)
            if any(each.key in lexicon.relative for each in words[place + 1 : place + 4]):
                break  # Одељење за технику (у коме је Одсек за електротехнику)
            before = extras.aliases
            if _bracket(words, place, close, extras, lexicon):
                place = close + 1
                if extras.aliases != before and _is_kind(extras.aliases[-1], lexicon):
                    break  # Министарство правде (у даљем тексту: Министарство): the whole unit, so the name is complete
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
        if word.text == "," and not _comma_goes_on(words, place, lexicon, cases):
            break
        if word.text == "." and not (place + 1 < len(words) and words[place + 1].text[0].islower() and place > start):
            break
        if word.text in ";:!?[])":
            break
        if word.is_word and _ends_name(words, place, start, lexicon, cases):
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


def _ends_name(words: Sequence[Word], place: int, start: int, lexicon: Lexicon, cases: frozenset[str]) -> bool:
    key = words[place].key
    after = words[place + 1].key if place + 1 < len(words) else ""
    if key in lexicon.outside and place == start:
        return True  # Пореска управа изван Централе; but: Одељење за заштиту архивске грађе ван Архива
    if key in lexicon.stops and not (words[place].capital and not words[place].text.isupper()):
        return not (key == "works" and words[place - 1].key == "public")
    if key in ("za", "for", "radi") and _is_a_purpose(words, place, start, lexicon):
        return True
    if key in ("poslove", "zadatke") and place > start and words[start].key not in ("za", "na"):
        return True  # У Одељењу тужилачке управе послове обављају …
    if (
        key in ("i", "te")
        and after in lexicon.class_adjectives
        and any(word.key in lexicon.class_nouns for word in words[place + 2 : place + 5])
    ):
        return True  # Сектор за односе и посебне организационе јединице:
    if key in ("kao", "as") and (after in lexicon.class_adjectives or lexicon.is_class(after)):
        return True
    if key in lexicon.locative and place > start:
        if after in lexicon.frame and key in ("u", "in", "within", "unutar"):
            return True
        if after in lexicon.relative or after.startswith(("svom", "svoj", "njegov", "njen", "its", "their", "cij")):
            return True
        if _starts_unit(words, place + 1, lexicon, any_case=True):
            return True
    if key in ("i", "te", "and", "ili") and _starts_unit(words, place + 1, lexicon, cases):
        return True
    if key == "the" and after in lexicon.following and place > start:
        return True  # In the Administration of the Municipality of Centar the following sectors are established
    return bool(words[place].capital and place > start and _starts_unit(words, place, lexicon) and _lists(words, place))


def _is_a_purpose(words: Sequence[Word], place: int, start: int, lexicon: Lexicon) -> bool:
    """``Министарство правде за обављање послова``: what the units are for, after a name that is complete; but
    ``Одељење за обављање стручних послова`` is a name, unless ``из делокруга`` shows that it says nothing new."""
    after = [word.key for word in words[place + 1 : place + 8]]
    if not any(key in lexicon.purpose for key in after[:2]):
        return False
    if place > start:
        return words[place - 1].key not in ("i", "and")
    return any(key.startswith(("delokrug", "djelokrug", "nadleznost", "njegov", "svo")) for key in after)


def _is_kind(alias: str, lexicon: Lexicon) -> bool:
    return fold(alias) in lexicon.forms


def _lists(words: Sequence[Word], place: int) -> bool:
    """Whether a kind noun in the middle of a name begins the next name: after a comma or bracket only."""
    return words[place - 1].text in ",;)"


def _starts_unit(
    words: Sequence[Word], place: int, lexicon: Lexicon, cases: frozenset[str] = frozenset(), any_case: bool = False
) -> bool:
    """Whether a capitalised name of a unit begins here, in the nominative or, of a part of a body, in one of the cases:
    ``чине Одељења за А и Одсека за Б``, but not ``за сарадњу Скупштине и Владе``."""
    if place < len(words) and words[place].key == "the":
        place += 1
    if place >= len(words) or not words[place].capital:
        return False
    for look in range(place, min(place + 5, len(words))):
        form = lexicon.forms.get(words[look].key)
        if words[look].text in "'’s" and look > place:
            continue  # Minister's Cabinet
        if words[look].key in ("the", "of", "for"):
            return False  # and Promotion and the Group for Advisory Services
        if form is None and look >= place + 3 and words[look - 1].text != "s":
            return False
        if form is not None:
            if form.noun.gender == "":
                return True
            beside = bool(form.cases & cases) and form.noun.rank >= _LEAST_RANK_OF_A_PART
            return form.singular and (any_case or form.nominative or beside)
        if not words[look].is_word or words[look].key in lexicon.locative:
            return False
    return False


def _comma_goes_on(words: Sequence[Word], place: int, lexicon: Lexicon, cases: frozenset[str]) -> bool:
    """Whether a name goes on after a comma: ``за правне, кадровске и опште послове``."""
    if place + 1 >= len(words):
        return False
    after = words[place + 1]
    next_key = words[place + 2].key if place + 2 < len(words) else ""
    if not after.is_word or after.key in lexicon.stops or after.key in lexicon.outside:
        return False
    if after.key in (
        "kao",
        "te",
        "odnosno",
        "sa",
        "s",
        "as",
        "with",
        "radi",
        "cijim",
        "dok",
        "a",
        "ali",
        "while",
        "seated",
        "located",
        "based",
    ):
        return False
    if after.key == "the" and next_key in lexicon.following:
        return False
    if after.key in lexicon.class_adjectives and lexicon.is_class(next_key):
        return False
    if after.key in lexicon.containing or lexicon.is_class(after.key):
        return False
    if after.key in ("broj", "br", "no", "number"):
        return False
    if after.key == "i" and next_key == "to":
        return False
    if after.key in lexicon.locative and after.key != "iz" and (
        next_key in lexicon.frame or next_key in lexicon.relative or next_key == "skladu"
        or _starts_unit(words, place + 2, lexicon, any_case=True)
    ):  # fmt: skip
        return False
    return not _starts_unit(words, place + 1, lexicon, cases)


def _dash_goes_on(words: Sequence[Word], place: int, start: int, extras: Extras, lexicon: Lexicon) -> bool:
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


def closing_bracket(words: Sequence[Word], place: int) -> int:
    depth = 0
    for look in range(place, min(len(words), place + 80)):
        depth += {"(": 1, ")": -1}.get(words[look].text, 0)
        if depth == 0:
            return look
    return min(len(words) - 1, place + 80)


def _bracket(words: Sequence[Word], place: int, close: int, extras: Extras, lexicon: Lexicon) -> bool:
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
    if inside and inside[0].key in lexicon.outside:
        return True  # (изван сектора): where it stands
    if inside and inside[0].text.isdigit():
        if len(inside) == 1 or any(word.key.startswith(("izvrsi", "zaposlen", "posts", "employ")) for word in inside):
            extras.staff = int(inside[0].text) if len(inside[0].text) < 6 else None
        return True
    if len(inside) == 1 and inside[0].text.isupper() and len(inside[0].text) > 1:
        extras.abbreviation = extras.abbreviation or inside[0].text
        return True
    return False


def is_aside(words: Sequence[Word], place: int, end: int) -> bool:
    """Whether a bracket inside a name is an abbreviation or a number, and is left out of it."""
    close = min(closing_bracket(words, place), end)
    inside = words[place + 1 : close]
    keys = {word.key for word in inside[:4]}
    return bool(
        keys & {"daljem", "daljnjem", "dalje", "daljnem", "hereinafter", "hereafter", "further"}
        or (inside and (inside[0].text.isdigit() or inside[0].key in _OUTSIDE))
        or (len(inside) == 1 and inside[0].text.isupper() and len(inside[0].text) > 1)
    )
