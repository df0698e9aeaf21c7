"""One sentence or list item, in; what it says of units, by named rules, out.

Each rule is one function whose docstring begins with an example. The rules look at one sentence only; what the
sentences say together is the business of ``structure``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.marks import Mark
from orgchart.rulebook.mentions import Mention, find_mentions
from orgchart.rulebook.tokens import Word

_DASHES: Final = "-–—"
_PRONOUNS: Final = frozenset(("njega", "nje", "njemu", "njoj", "njih", "it"))
_THROUGH: Final = frozenset(("u", "kroz", "putem", "preko", "in", "through", "into"))
_BETWEEN: Final = frozenset(
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
    follow; levels: the kinds that are said to follow; functions_from: the word at which the unit's functions begin.
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
    outside: bool = False


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


def read_sentence(words: Sequence[Word], mark: Mark | None, whole_block: bool, lexicon: Lexicon) -> list[Statement]:
    """What the sentence says, by the first rules that fit; nothing where it speaks of no unit."""
    mentions = find_mentions(words, lexicon) if any(word.key in lexicon.forms for word in words) else []
    sentence = Sentence(words, mentions, mark, whole_block)
    for rule in RULES:
        if said := rule(sentence, lexicon):
            return said
    return []


def item_with_units_inside(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``1. Генерални директорат за билатералне послове, у оквиру кога су:``: a unit, and what stands inside it."""
    lead = sentence.lead
    if lead is None or lead.bare:
        return []
    place = lead.last
    words = sentence.words
    while place < len(words) and words[place].text in (",", *_DASHES):
        place += 1
    after = [word.key for word in words[place : place + 6]]
    points_back = any(key in lexicon.relative or key in _PRONOUNS for key in after[:4])
    opens = points_back and any(key in lexicon.frame for key in after[:3])
    opens = opens or (
        bool(after) and after[0] in lexicon.locative and any(key in lexicon.relative for key in after[1:3])
    )
    opens = opens or (after[:1] in (["sa"], ["s"], ["with"]) and any(map(lexicon.is_class, after)))
    opens = opens or (bool(after) and after[0] in lexicon.relative and any(key in lexicon.whole for key in after[1:4]))
    inside = bool(opens) and not any(key in lexicon.delegate for key in after)
    if not inside and not (sentence.mark and sentence.colon and place == len(words) - 1):
        return []
    if not inside:
        # "1. Sektor za X:": a list follows; whether of units or of functions its items say.
        return [Statement("item", unit=lead, expects=False)]
    children = tuple(Child(m) for m in sentence.mentions if m.first > place and not m.bare and not m.of_post)
    return [
        Statement("item", unit=lead),
        Statement("units inside an item", parent=lead, parent_is_unit=True, children=children,
                  expects=not children, strict=sentence.colon and not children,
                  count=_count(sentence, place, lexicon), levels=_levels(words, lexicon)),
    ]  # fmt: skip


def delegation(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``Сектор за буџет обавља послове који се односе на:``, ``Одсек који обавља …``, ``II- obavlja …``"""
    lead = sentence.lead
    if lead is None:
        return []
    verb = _delegate_after(sentence.words, lead.last, lexicon)
    return [] if verb is None else [Statement("delegation", unit=lead, functions_from=verb + 1)]


def _delegate_after(words: Sequence[Word], place: int, lexicon: Lexicon) -> int | None:
    """The verb of delegation that belongs to the name which ends before ``place``."""
    for look in range(place, min(place + 7, len(words))):
        word = words[look]
        if word.key in lexicon.delegate:
            return look
        between = word.text in (",", *_DASHES) or word.key in lexicon.relative or word.key in _BETWEEN
        if not between and not (word.key in lexicon.locative or word.text.islower()):
            return None
        if word.key in lexicon.introduce or word.key in lexicon.other:
            return None
    return None


def delegation_inside(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``У Секретаријату Министарства обављају се послови који …``: the unit stands in the locative."""
    if not sentence.mentions:
        return []
    mention = sentence.mentions[0]
    words = sentence.words
    opens = mention.first == 1 and words[0].key in lexicon.locative
    opens = opens or (mention.first == 2 and words[1].key in lexicon.frame)
    if not opens:
        return []
    verb = None
    for look in range(mention.last, len(words)):
        key = words[look].key
        if key in lexicon.introduce:
            return []
        if key in lexicon.delegate:
            verb = look
            break
    if verb is None:
        return []
    return [Statement("delegation inside", unit=mention, functions_from=verb + 1)]


def introduction(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``У Сектору за буџет образују се следеће уже унутрашње јединице:`` and all its kin: the whole, then its units."""
    words = sentence.words
    outside = _outside(sentence, lexicon)
    verb = next(
        (n for n, word in enumerate(words) if word.key in lexicon.introduce and not _in_name(n, sentence)), None
    )
    classes = [
        n for n, word in enumerate(words)
        if lexicon.is_class(word.key) and not _in_name(n, sentence) and n not in outside and not word.text.isupper()
        | (word.capital and n > 0 and not sentence.whole_block)
    ]  # fmt: skip
    if verb is None:
        verb = _done_through(sentence, classes, lexicon)
    if verb is None and not (classes and _says_without_verb(sentence, classes[0], lexicon)):
        return _there_are(sentence, classes, lexicon)
    if verb is not None and not classes and not _may_name(sentence, verb, lexicon):
        return []
    parent, said = _whole(sentence, verb, classes, outside, lexicon)
    children = _children(sentence, verb, parent, outside, lexicon)
    follows = any(word.key in lexicon.following for word in words)
    strict = not children and (sentence.colon or (follows and bool(classes)))
    if not children and not classes and not sentence.colon:
        return []
    if not children and _speaks_of_posts_or_tasks(words, verb, lexicon) and not classes:
        return []
    if verb is not None and any(word.key in lexicon.delegate for word in words[:verb]) and not children and not classes:
        return []
    if parent is None and not children and not strict and verb is None:
        return []
    return [
        Statement(
            "introduction" if verb is not None else "introduction without a verb",
            parent=parent, children=children, expects=not children, strict=strict,
            count=_count(sentence, 0, lexicon), levels=_levels(words, lexicon), said_parent=said, outside=bool(outside),
        )
    ]  # fmt: skip


def _done_through(sentence: Sentence, classes: Sequence[int], lexicon: Lexicon) -> int | None:
    """``Послови из делокруга Управе обављају се у следећим јединицама:``: the verb, where classes follow it."""
    if not (classes and sentence.colon):
        return None
    words = sentence.words
    for place, word in enumerate(words):
        if word.key in lexicon.delegate and any(other.key in _THROUGH for other in words[place + 1 : place + 4]):
            return place if classes[-1] > place else None
    return None


def _there_are(sentence: Sentence, classes: Sequence[int], lexicon: Lexicon) -> list[Statement]:
    """``У саставу Секретаријата Министарства су:``, with no other verb."""
    words = sentence.words
    if not sentence.mentions or not any(word.key in ("su", "je", "jesu", "are", "is") for word in words):
        return []
    parent = sentence.mentions[0]
    if parent.first > 3 or not _in_local_case(words, parent, lexicon):
        return []
    after = words[parent.last :]
    after = [word for word in after if word.text != ","]
    if not after or after[0].key not in (*lexicon.auxiliary, "i", "takodje"):
        return []
    children = _children(sentence, parent.last, parent, frozenset(), lexicon)
    if not children and not sentence.colon:
        return []
    return [
        Statement(
            "introduction", parent=parent, children=children, expects=not children, strict=not children,
            count=_count(sentence, 0, lexicon) if classes else None, levels=_levels(words, lexicon),
        )
    ]  # fmt: skip


def _says_without_verb(sentence: Sentence, place: int, lexicon: Lexicon) -> bool:
    """``Уже унутрашње јединице у Сектору за ЕУ:``, ``Организационе јединице Министарства су:``"""
    words = sentence.words
    if not any(word.key in lexicon.class_nouns for word in words):
        return False
    if sentence.colon:
        return all(
            word.key in lexicon.class_adjectives or word.key in lexicon.following or not word.is_word
            or word.key in _BETWEEN or word.key in lexicon.locative for word in words[:place]
        )  # fmt: skip
    head = all(not word.is_word or word.key in lexicon.class_adjectives for word in words[:place])
    return head and sentence.whole_block and bool(sentence.mentions) and words[-1].text not in ".;" and len(words) < 40


def _may_name(sentence: Sentence, verb: int, lexicon: Lexicon) -> bool:
    """Without a class of units, the sentence must name units itself or end with a colon after a whole."""
    named = [m for m in sentence.mentions if not m.bare and m.capital and not m.of_post]
    if not named:
        return False
    if sentence.colon:
        return True
    if sentence.words[verb].key in lexicon.whole:
        return len(named) > 1 or (bool(sentence.mentions) and sentence.mentions[0].bare and len(sentence.mentions) > 1)
    return any(m.nominative for m in named)


def _speaks_of_posts_or_tasks(words: Sequence[Word], verb: int | None, lexicon: Lexicon) -> bool:
    rest = words[(verb or 0) + 1 :]
    return any(word.key in lexicon.posts or word.key.startswith(("poslov", "zadat", "task", "dut")) for word in rest)


def _outside(sentence: Sentence, lexicon: Lexicon) -> frozenset[int]:
    """The words of ``изван састава сектора и Секретаријата Министарства``, which names no part of this whole."""
    words = sentence.words
    found: set[int] = set()
    for place, word in enumerate(words):
        if word.key not in lexicon.outside:
            continue
        for look in range(place, len(words)):
            if words[look].text in ",:;" or words[look].key in lexicon.introduce or words[look].key in ("se", "su"):
                break
            found.add(look)
    return frozenset(found)


def _in_name(place: int, sentence: Sentence) -> bool:
    return any(m.first <= place < m.last for m in sentence.mentions)


def _whole(
    sentence: Sentence, verb: int | None, classes: Sequence[int], outside: frozenset[int], lexicon: Lexicon
) -> tuple[Mention | None, bool]:
    """The unit of which the sentence names parts: ``У X``, ``у оквиру X``, ``јединице X``, ``X чине``, ``in X``."""
    words = sentence.words
    usable = [m for m in sentence.mentions if m.first not in outside and not m.of_post]
    whole_verb = verb is not None and words[verb].key in lexicon.whole
    if whole_verb and verb is not None:
        before = [m for m in usable if m.last <= verb]
        if before and not _is_a_clause(words, before[-1].last, verb, lexicon):
            return before[0], True
    for mention in usable:
        if _in_local_case(words, mention, lexicon) and not _after_a_part(usable, verb, mention, words):
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
        for n in range(verb) if not _in_name(n, sentence)
    )  # fmt: skip


def _in_local_case(words: Sequence[Word], mention: Mention, lexicon: Lexicon) -> bool:
    place = mention.first - 1
    while place >= 0 and (words[place].key in ("the", "okviru", "sastavu", "sklopu") or words[place].text in '„“"'):
        place -= 1
    if place < 0 or words[place].key not in lexicon.locative or words[place].key == "iz":
        return False
    return mention.form.oblique or mention.noun.gender == ""


def _children(
    sentence: Sentence, verb: int | None, parent: Mention | None, outside: frozenset[int], lexicon: Lexicon
) -> tuple[Child, ...]:
    """The units named in the sentence itself; one may be put into another: ``…, у саставу Одељења за Б``."""
    words = sentence.words
    whole_verb = verb is not None and words[verb].key in lexicon.whole
    found: list[Child] = []
    host: Mention | None = None
    for mention in sentence.mentions:
        if found and _opens_a_clause(words, found[-1].mention.last, mention.first, lexicon):
            host = found[-1].mention
        if mention is parent or mention.first in outside or mention.of_post:
            continue
        if mention.bare and not (mention.nominative and words[mention.first - 1].text in (":", ",")):
            continue
        if found and parent is not mention and _in_local_case(words, mention, lexicon):
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


def _count(sentence: Sentence, start: int, lexicon: Lexicon) -> int | None:
    """``дели се на пет одељења``, ``12 организационих јединица``: the number that stands before a class of units."""
    words = sentence.words
    for place in range(start, len(words)):
        word = words[place]
        number = lexicon.numbers.get(word.key)
        if number is None and word.text.isdigit() and len(word.text) < 4:
            after = words[place + 1].text if place + 1 < len(words) else ""
            number = int(word.text) if after not in (".", "/") else None
        if number is None or _in_name(place, sentence):
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


def _levels(words: Sequence[Word], lexicon: Lexicon) -> frozenset[str]:
    found = (lexicon.forms[word.key] for word in words if word.key in lexicon.forms and not word.capital)
    return frozenset(form.noun.level for form in found if form.plural and form.noun.level != "unit")


def establishment(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``Кабинет Градоначелника формира се као посебна организациона јединица``: the unit first."""
    lead = sentence.lead
    if lead is None or lead.bare:
        return []
    words = sentence.words
    verb = next((n for n in range(lead.last, len(words)) if words[n].key in lexicon.introduce), None)
    if verb is None or words[verb].key in lexicon.whole or verb - lead.last > 40 or sentence.colon:
        return []
    between = words[lead.last : verb]
    others = [m for m in sentence.mentions[1:] if m.last <= verb]
    if any(word.key in lexicon.relative or word.text in ";:" for word in between):
        return []
    if len(between) > 4 and not others:
        return []
    parent = next((m for m in sentence.mentions[1:] if _in_local_case(words, m, lexicon)), None)
    children = tuple(
        Child(m) for m in sentence.mentions
        if m is lead or (m is not parent and m.nominative and m.capital and not m.bare and m.last <= verb)
    )  # fmt: skip
    return [Statement("establishment", parent=parent, children=children, said_parent=parent is not None)]


def item(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``2) Одсек за путне исправе;``: the name of a unit and nothing else, as an item or as a heading."""
    lead = sentence.lead
    if lead is None or lead.of_post:
        return []
    rest = sentence.words[lead.last :]
    if all(not word.is_word for word in rest):
        return [Statement("item", unit=lead)]
    first = rest[0]
    if first.is_word and first.key in lexicon.stops and first.key not in lexicon.relative:
        return []
    if sentence.mark is None and not sentence.whole_block:
        return []
    if first.text in (",", ";", *_DASHES, ":", "(", ".") or first.key in lexicon.relative or sentence.mark is not None:
        others = [m for m in sentence.mentions[1:] if m.nominative and m.capital and not m.bare and not m.of_post]
        if (others and first.text in (",", ";", *_DASHES)) or (others and first.key in ("i", "te", "and")):
            return [Statement("item", unit=lead), *(Statement("further item", unit=m) for m in others)]
        return [Statement("item", unit=lead)]
    if first.key in ("i", "te", "and"):
        others = [m for m in sentence.mentions[1:] if m.nominative and m.capital and not m.bare]
        if others:
            return [Statement("item", unit=lead), *(Statement("further item", unit=m) for m in others)]
    return []


def item_in_another_case(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``1. Сектора за јавни превоз``, below ``организовани су у оквиру:``: an item in the case of its sentence."""
    if sentence.mark is None or not sentence.mentions or not sentence.whole_block:
        return []
    first = sentence.mentions[0]
    rest = sentence.words[first.last :]
    if first.first or first.bare or not first.capital or first.nominative or any(word.is_word for word in rest):
        return []
    return [Statement("item in another case", unit=first)]


Rule = Callable[[Sentence, Lexicon], list[Statement]]
RULES: Final[tuple[Rule, ...]] = (
    item_with_units_inside,
    delegation,
    delegation_inside,
    establishment,
    introduction,
    item,
    item_in_another_case,
)
