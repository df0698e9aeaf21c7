"""One sentence or list item, in; what it says of units, by named rules, out.

Each rule is one function whose docstring begins with an example. The rules look at one sentence only; what the
sentences say together is the business of ``structure``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.marks import Mark
from orgchart.rulebook.mentions import find_mentions
from orgchart.rulebook.statements import Child, Sentence, Statement
from orgchart.rulebook.tokens import Word
from orgchart.rulebook.wholes import (
    THROUGH,
    children_of,
    divides,
    excluded_levels,
    in_a_name,
    in_local_case,
    stated_count,
    stated_levels,
    whole_of,
    words_outside,
)

_DASHES: Final = "-–—"
_NEGATIONS: Final = frozenset(("ne", "nisu", "nije", "not"))
_PRONOUNS: Final = frozenset(("njega", "nje", "njemu", "njoj", "njih", "it"))
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
    if lead is None or _done_through(sentence, _classes(sentence, frozenset(), lexicon), lexicon) is not None:
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
    outside = words_outside(sentence, lexicon)
    verb = next(
        (n for n, word in enumerate(words) if word.key in lexicon.introduce and not in_a_name(n, sentence)), None
    )
    classes = _classes(sentence, outside, lexicon)
    if verb is not None and any(word.key in _NEGATIONS for word in words[max(0, verb - 3) : verb]):
        return []  # У Сектору за омладину не образују се уже јединице
    through = _done_through(sentence, classes, lexicon)
    verb = through if verb is None else verb
    if verb is None and outside and (children := _beside(sentence, outside, lexicon)):
        return [Statement("introduction", children=children, outside=excluded_levels(words, outside, lexicon))]
    if verb is None and not (classes and _says_without_verb(sentence, classes[0], lexicon)):
        return _there_are(sentence, classes, lexicon)
    if verb is not None and verb != through and not classes and not _may_name(sentence, verb, lexicon):
        return []
    parent, said = whole_of(sentence, verb, classes, outside, lexicon)
    children = children_of(sentence, verb, parent, outside, lexicon)
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
            count=stated_count(sentence, 0, lexicon), levels=stated_levels(words, lexicon),
            said_parent=said, outside=excluded_levels(words, outside, lexicon),
        )
    ]  # fmt: skip


def _classes(sentence: Sentence, outside: frozenset[int], lexicon: Lexicon) -> list[int]:
    """Where a class of units stands: ``јединице``, ``одељења``; not inside a name or where a name is in capitals."""
    return [
        n for n, word in enumerate(sentence.words)
        if lexicon.is_class(word.key) and not in_a_name(n, sentence) and n not in outside and not word.text.isupper()
        | (word.capital and n > 0 and not sentence.whole_block)
    ]  # fmt: skip


def _beside(sentence: Sentence, outside: frozenset[int], lexicon: Lexicon) -> tuple[Child, ...]:
    """``Изван састава сектора је Канцеларија за сарадњу, као посебна јединица``: the units after the verb."""
    near = range(max(outside), min(max(outside) + 3, len(sentence.words)))
    verb = next((n for n in near if sentence.words[n].key in lexicon.auxiliary), len(sentence.words))
    after = [m for m in sentence.mentions if m.first > verb]
    return tuple(Child(m) for m in after if m.nominative and m.capital and not m.bare and not m.of_post)


def _done_through(sentence: Sentence, classes: Sequence[int], lexicon: Lexicon) -> int | None:
    """``Послови из делокруга Управе обављају се у следећим јединицама:``: the verb, where classes follow it, or where
    the units themselves must: ``врше се у оквиру:``"""
    words = sentence.words
    if not sentence.colon or len(words) < 3:
        return None
    before = words[-2].key
    open_end = before in lexicon.frame or before in THROUGH
    if not (classes or open_end):
        return None
    for place, word in enumerate(words):
        if word.key in lexicon.delegate and any(other.key in THROUGH for other in words[place + 1 : place + 4]):
            return place if open_end or classes[-1] > place else None
    return None


def _there_are(sentence: Sentence, classes: Sequence[int], lexicon: Lexicon) -> list[Statement]:
    """``У саставу Секретаријата Министарства су:``, with no other verb."""
    words = sentence.words
    if not sentence.mentions or not any(word.key in ("su", "je", "jesu", "are", "is") for word in words):
        return []
    parent = sentence.mentions[0]
    if parent.first > 3 or not in_local_case(words, parent, lexicon):
        return []
    after = words[parent.last :]
    while after and (after[0].text == "," or after[0].key in lexicon.class_adjectives | lexicon.class_nouns):
        after = after[1:]  # У Министарству економије, организационе јединице су:
    if not after or after[0].key not in (*lexicon.auxiliary, "i", "takodje"):
        return []
    children = children_of(sentence, parent.last, parent, frozenset(), lexicon)
    if not children and not sentence.colon:
        return []
    return [
        Statement(
            "introduction", parent=parent, children=children, expects=not children, strict=not children,
            count=stated_count(sentence, 0, lexicon) if classes else None, levels=stated_levels(words, lexicon),
        )
    ]  # fmt: skip


def _says_without_verb(sentence: Sentence, place: int, lexicon: Lexicon) -> bool:
    """``Уже унутрашње јединице у Сектору за ЕУ:``, ``Организационе јединице Министарства су:``"""
    words = sentence.words
    special = place > 0 and words[place - 1].key in lexicon.class_adjectives and sentence.colon
    if not special and not any(word.key in lexicon.class_nouns for word in words):
        return False  # Independent departments (outside the sectors) are:
    if sentence.colon:
        return all(
            word.key in lexicon.class_adjectives or word.key in lexicon.following or not word.is_word
            or word.key in _BETWEEN or word.key in lexicon.locative for word in words[:place]
        )  # fmt: skip
    head = all(not word.is_word or word.key in lexicon.class_adjectives for word in words[:place])
    return head and sentence.whole_block and bool(sentence.mentions) and words[-1].text not in ".;" and len(words) < 40


def _may_name(sentence: Sentence, verb: int, lexicon: Lexicon) -> bool:
    """Without a class of units, the sentence must name units itself or end with a colon after a whole."""
    if sentence.colon and sentence.words[verb].key in lexicon.whole and sentence.lead is not None:
        return True  # Сектор чине:
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
