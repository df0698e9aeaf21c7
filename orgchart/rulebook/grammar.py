"""One sentence or list item, in; what it says of units, by named rules, out.

Each rule is one function whose docstring begins with an example. The rules look at one sentence only; what the
sentences say together is the business of ``structure``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from orgchart.rulebook.introductions import (
    classes_among_items,
    classes_in,
    done_through,
    introduction,
    single_unit,
    whole_with_a_colon,
    work_done_in,
)
from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.marks import Mark
from orgchart.rulebook.mentions import Mention, find_mentions, find_short
from orgchart.rulebook.statements import Child, Sentence, Statement
from orgchart.rulebook.tokens import Word
from orgchart.rulebook.wholes import (
    BETWEEN,
    divides,
    in_local_case,
    stated_count,
    stated_levels,
)

_DASHES: Final = "-–—"
_PRONOUNS: Final = frozenset(("njega", "nje", "njemu", "njoj", "njih", "it"))


def read_sentence(
    words: Sequence[Word],
    mark: Mark | None,
    whole_block: bool,
    lexicon: Lexicon,
    short: Mapping[str, Mention] = MappingProxyType({}),
) -> list[Statement]:
    """What the sentence says, by the first rules that fit; nothing where it speaks of no unit. short: the units that
    have an abbreviation, by it."""
    mentions = find_mentions(words, lexicon) if any(word.key in lexicon.forms for word in words) else []
    if short and (abbreviated := find_short(words, short)) is not None:
        mentions = [abbreviated, *mentions]
    sentence = Sentence(words, mentions, mark, whole_block)
    for rule in RULES:
        if said := rule(sentence, lexicon):
            return said
    return []


def item_with_units_inside(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``1. Генерални директорат за билатералне послове, у оквиру кога су:``: a unit, and what stands inside it."""
    lead = sentence.item_lead
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
    opens = opens or (bool(after) and after[0] in lexicon.containing)
    named_after = any(
        m.first == place + 1 or (m.first == place + 2 and after[1:2] == ["the"]) for m in sentence.mentions
    )
    opens = opens or (after[:1] in (["sa"], ["s"], ["with"]) and (named_after or any(map(lexicon.is_class, after))))
    opens = opens or (bool(after) and after[0] in lexicon.relative and any(key in lexicon.whole for key in after[1:4]))
    inside = bool(opens) and not any(key in lexicon.delegate for key in after)
    named = "item" if lead.nominative else "item in another case"
    if not inside and not (sentence.mark and sentence.colon and place == len(words) - 1):
        return []
    if not inside:
        # "1. Sektor za X:": a list follows; whether of units or of functions its items say.
        return [Statement(named, unit=lead, expects=False)]
    children = tuple(Child(m) for m in sentence.mentions if m.first > place and not m.bare and not m.of_post)
    return [
        Statement(named, unit=lead),
        Statement("units inside an item", parent=lead, parent_is_unit=True, children=children,
                  expects=not children, strict=sentence.colon and not children,
                  count=stated_count(sentence, place, lexicon), levels=stated_levels(words, lexicon)),
    ]  # fmt: skip


def delegation(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``Сектор за буџет обавља послове који се односе на:``, ``Одсек који обавља …``, ``II- obavlja …``"""
    lead = sentence.lead
    if lead is None or done_through(sentence, classes_in(sentence, frozenset(), lexicon), lexicon) is not None:
        return []
    verb = _delegate_after(sentence.words, lead.last, lexicon)
    return [] if verb is None else [Statement("delegation", unit=lead, functions_from=verb + 1)]


def _delegate_after(words: Sequence[Word], place: int, lexicon: Lexicon) -> int | None:
    """The verb of delegation that belongs to the name which ends before ``place``; also after what the unit is:
    ``Сектор за А је организациона јединица Министарства која обавља послове``."""
    after = [word.key for word in words[place : place + 40]]
    if after[:1] in (["je"], ["is"]) and any(map(lexicon.is_class, after[1:5])):
        relative = next((n for n, key in enumerate(after) if key in lexicon.relative), len(after))
        return next((place + n for n in range(relative, len(after)) if after[n] in lexicon.delegate), None)
    for look in range(place, min(place + 7, len(words))):
        word = words[look]
        if word.key in lexicon.delegate:
            return look
        between = word.text in (",", *_DASHES) or word.key in lexicon.relative or word.key in BETWEEN
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
    if verb is None or done_through(sentence, classes_in(sentence, frozenset(), lexicon), lexicon) is not None:
        return []
    return [Statement("delegation inside", unit=mention, functions_from=verb + 1)]


def establishment(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``Кабинет Градоначелника формира се као посебна организациона јединица``: the unit first."""
    lead = sentence.lead
    if lead is None or lead.bare:
        return []
    words = sentence.words
    verb = next((n for n in range(lead.last, len(words)) if words[n].key in lexicon.introduce), None)
    if verb is None or divides(words, verb, lexicon) or verb - lead.last > 40 or sentence.colon:
        return []
    between = words[lead.last : verb]
    others = [m for m in sentence.mentions[1:] if m.last <= verb]
    if any(word.key in lexicon.relative or word.text in ";:" for word in between):
        return []
    if len(between) > 4 and not others:
        return []
    tail = words[lead.head + 1 : lead.last]
    if len(tail) == 1 and tail[0].text.islower() and tail[0].key in lexicon.forms:
        return []  # Испостава филијале образује се за подручје општине: any such unit
    parent = next((m for m in sentence.mentions[1:] if in_local_case(words, m, lexicon)), None)
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


def item_written_small(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``1. кривична писарница,`` in a list of units: adjectives and a kind noun, with a small letter."""
    words = sentence.words
    if sentence.mark is None or sentence.mentions or not words or not words[0].text.islower():
        return []
    head = next((n for n, word in enumerate(words[:4]) if word.key in lexicon.forms), None)
    if head is None or (lexicon.is_class(words[head].key) and words[head].key in lexicon.class_nouns):
        return []
    capital = words[0]._replace(text=words[0].text[:1].upper() + words[0].text[1:])
    unit = next(iter(find_mentions([capital, *words[1:]], lexicon, 1)), None)
    if unit is None or unit.first or unit.bare or not unit.nominative or any(w.is_word for w in words[unit.last :]):
        return []
    return [Statement("item written small", unit=unit)]


Rule = Callable[[Sentence, Lexicon], list[Statement]]
RULES: Final[tuple[Rule, ...]] = (
    classes_among_items,
    item_with_units_inside,
    delegation,
    delegation_inside,
    establishment,
    single_unit,
    work_done_in,
    introduction,
    whole_with_a_colon,
    item,
    item_in_another_case,
    item_written_small,
)
