"""An introducing sentence, in; the whole of which it speaks, the units that it names, and how many it promises, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.mentions import Mention
from orgchart.rulebook.statements import Child, Sentence
from orgchart.rulebook.tokens import Word

# What may stand between a name and the verb that belongs to it.
BETWEEN: Final = frozenset(
    [
        "se",
        "je",
        "su",
        "neposredno",
        "takodje",
        "kao",
        "i",
        "te",
        "sve",
        "is",
        "are",
        "shall",
        "for",
        "also",
    ]
)
THROUGH: Final = frozenset(("u", "na", "kroz", "putem", "preko", "in", "through", "into"))


def divides(words: Sequence[Word], verb: int | None, lexicon: Lexicon) -> bool:
    """Whether the verb's subject is the whole: ``Сектор чине``, ``Служба организована је у два одељења``."""
    if verb is None:
        return False
    if words[verb].key in lexicon.whole:
        return True
    after = [word.key for word in words[verb + 1 : verb + 9]]
    while after and after[0] in lexicon.auxiliary:
        after = after[1:]
    if not after or after[0] not in THROUGH or any(m.text in ",:;" for m in words[verb + 1 : verb + 3]):
        return False
    for key in after[1:6]:
        if lexicon.is_class(key):
            return True
        if key not in lexicon.class_adjectives and key not in lexicon.following and key not in lexicon.numbers:
            return False
    return False


def words_outside(sentence: Sentence, lexicon: Lexicon) -> frozenset[int]:
    """The words of ``изван састава сектора и Секретаријата Министарства``, which names no part of this whole."""
    words = sentence.words
    found: set[int] = set()
    for place, word in enumerate(words):
        if word.key not in lexicon.outside:
            continue
        for look in range(place, len(words)):
            if (
                (words[look].text in ",:;" and not _goes_on_outside(words, look, lexicon))
                or words[look].key in lexicon.introduce
                or words[look].key in lexicon.auxiliary
            ):
                break
            found.add(look)
    return frozenset(found)


def _goes_on_outside(words: Sequence[Word], comma: int, lexicon: Lexicon) -> bool:
    """``изван састава сектора, Секретаријата и Кабинета``: after the comma stands one more of what is left out."""
    after = lexicon.forms.get(words[comma + 1].key) if words[comma].text == "," and comma + 1 < len(words) else None
    return after is not None and after.oblique and not after.nominative


def excluded_levels(words: Sequence[Word], outside: frozenset[int], lexicon: Lexicon) -> frozenset[str]:
    """``изван састава сектора``: whatever the whole is, it is no sector."""
    return frozenset(
        form.noun.level for place in outside if (form := lexicon.forms.get(words[place].key)) is not None
    ) or (frozenset({""}) if outside else frozenset())


def in_a_name(place: int, sentence: Sentence) -> bool:
    return any(m.first <= place < m.last for m in sentence.mentions)


def whole_of(
    sentence: Sentence, verb: int | None, classes: Sequence[int], outside: frozenset[int], lexicon: Lexicon
) -> tuple[Mention | None, bool]:
    """The unit of which the sentence names parts: ``У X``, ``у оквиру X``, ``јединице X``, ``X чине``, ``in X``."""
    words = sentence.words
    usable = [m for m in sentence.mentions if m.first not in outside and not m.of_post]
    whole_verb = divides(words, verb, lexicon)
    if whole_verb and verb is not None:
        before = [m for m in usable if m.last <= verb]
        if before and not _is_a_clause(words, before[-1].last, verb, lexicon):
            return before[0], True
    for mention in usable:
        if in_local_case(words, mention, lexicon) and not _after_a_part(usable, verb, mention, words):
            return mention, True
    for mention in usable:
        if mention.first - 1 in classes and not (mention.nominative and not mention.form.oblique):
            return mention, True
        if (
            mention.first > 1
            and words[mention.first - 1].key in ("of", "the")
            and any(n in classes for n in range(max(0, mention.first - 3), mention.first))
        ):
            return mention, True
    if whole_verb:
        return None, False
    if sentence.colon and verb is not None and usable and usable[0].last <= verb:
        return usable[0], True  # Preduzeće je organizovano kroz …, Poslovi Uprave obavljaju se u …
    return None, not _names_a_whole(sentence, verb, lexicon)


def _after_a_part(usable: Sequence[Mention], verb: int | None, mention: Mention, words: Sequence[Word]) -> bool:
    """``образују се Група за план, у саставу Одељења за буџет``: the whole of one part only, set off by a comma."""
    if verb is None:
        return False
    parts = [other for other in usable if verb < other.first < mention.first and other.nominative and other.capital]
    return bool(parts) and any(word.text == "," for word in words[parts[-1].last : mention.first])


def _is_a_clause(words: Sequence[Word], start: int, verb: int, lexicon: Lexicon) -> bool:
    return any(words[n].key in lexicon.relative or words[n].text == ";" for n in range(start, verb))


def _names_a_whole(sentence: Sentence, verb: int | None, lexicon: Lexicon) -> bool:
    """Whether a whole stands there that is no known kind of unit: ``The municipality administration is organized``."""
    words = sentence.words
    return verb is not None and any(
        words[n].key in lexicon.forms and not lexicon.is_class(words[n].key)
        for n in range(verb) if not in_a_name(n, sentence)
    )  # fmt: skip


def in_local_case(words: Sequence[Word], mention: Mention, lexicon: Lexicon) -> bool:
    place = mention.first - 1
    while place >= 0 and (words[place].key in ("the", "okviru", "sastavu", "sklopu") or words[place].text in '„“"'):
        place -= 1
    if place < 0 or words[place].key not in lexicon.locative or words[place].key == "iz":
        return False
    return mention.form.oblique or mention.noun.gender == ""


def children_of(
    sentence: Sentence, verb: int | None, parent: Mention | None, outside: frozenset[int], lexicon: Lexicon
) -> tuple[Child, ...]:
    """The units named in the sentence itself; one may be put into another: ``…, у саставу Одељења за Б``."""
    words = sentence.words
    whole_verb = divides(words, verb, lexicon)
    found: list[Child] = []
    host: Mention | None = None
    for mention in sentence.mentions:
        if found and _opens_a_clause(words, found[-1].mention.last, mention.first, lexicon):
            host = found[-1].mention
        if host is not None and found and any(w.text == ")" for w in words[found[-1].mention.last : mention.first]):
            host = None
        if mention is parent or mention.first in outside or mention.of_post:
            continue
        if mention.bare and found and found[-1].mention.noun is mention.noun and in_local_case(words, mention, lexicon):
            host = found[-1].mention  # Одсек за А и, у оквиру Одсека, Група за Б
            continue
        if mention.bare and not (mention.nominative and words[mention.first - 1].text in (":", ",")):
            continue
        if found and parent is not mention and in_local_case(words, mention, lexicon):
            found[-1] = replace(found[-1], inside=mention)
            continue
        takes_any = whole_verb and verb is not None and mention.first > verb
        if not mention.capital or not (mention.nominative or takes_any):
            continue
        if (
            verb is not None
            and mention.last <= verb
            and parent is not None
            and mention.first < parent.first
            and whole_verb
        ):
            continue
        if verb is None and not any(word.text == ":" for word in words[: mention.first]):
            continue
        if mention.first > 0 and words[mention.first - 1].key in lexicon.locative and not takes_any:
            continue
        found.append(Child(mention, inside=host))
    return tuple(found)


def _opens_a_clause(words: Sequence[Word], start: int, end: int, lexicon: Lexicon) -> bool:
    """``Одељење за А, у којем су образоване Група Б и Група В``: what follows stands inside the unit before it."""
    keys = [word.key for word in words[start:end]]
    relative = any(key in lexicon.relative for key in keys)
    return (
        relative
        and any(key in lexicon.introduce or key in lexicon.auxiliary for key in keys)
        and not any(key in lexicon.delegate for key in keys)
    )


def stated_count(sentence: Sentence, start: int, lexicon: Lexicon) -> int | None:
    """``дели се на пет одељења``, ``12 организационих јединица``: the number that stands before a class of units."""
    words = sentence.words
    for place in range(start, len(words)):
        word = words[place]
        number = lexicon.numbers.get(word.key)
        if number is None and word.text.isdigit() and len(word.text) < 4:
            after = words[place + 1].text if place + 1 < len(words) else ""
            number = int(word.text) if after not in (".", "/") else None
        if number is None or in_a_name(place, sentence):
            continue
        for look in range(place + 1, min(place + 6, len(words))):
            if lexicon.is_class(words[look].key) or words[look].key in lexicon.forms:
                return number
            if (
                words[look].key not in lexicon.class_adjectives
                and words[look].key not in lexicon.following
                and words[look].text not in "()"
            ):
                if lexicon.numbers.get(words[look].key) == number:
                    continue
                break
    return None


def stated_levels(words: Sequence[Word], lexicon: Lexicon) -> frozenset[str]:
    found = (lexicon.forms[word.key] for word in words if word.key in lexicon.forms and not word.capital)
    return frozenset(form.noun.level for form in found if form.plural and form.noun.level != "unit")
