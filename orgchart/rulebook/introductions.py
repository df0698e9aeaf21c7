"""One sentence that says which units there are, in; its whole and its units, by named rules, out.

Each rule is one function whose docstring begins with an example.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.statements import Child, Sentence, Statement
from orgchart.rulebook.tokens import Word
from orgchart.rulebook.wholes import (
    BETWEEN,
    THROUGH,
    children_of,
    excluded_levels,
    in_a_name,
    in_local_case,
    stated_count,
    stated_levels,
    whole_of,
    words_outside,
)

_NEGATIONS: Final = frozenset(("ne", "nisu", "nije", "not"))
_FOUNDING: Final = ("obrazuj", "ustrojav", "osniva", "formira", "organizuj", "organiziraj")
_PLURAL_ADJECTIVE: Final = ("ne", "ni", "cne", "cni", "ske", "ski", "cke", "cki", "no")


def introduction(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``У Сектору за буџет образују се следеће уже унутрашње јединице:`` and all its kin: the whole, then its units."""
    words = sentence.words
    outside = words_outside(sentence, lexicon)
    verb = next(
        (n for n, word in enumerate(words)
         if (word.key in lexicon.introduce and not in_a_name(n, sentence)) or _works_there(n, sentence, lexicon)),
        None,
    )  # fmt: skip
    classes = classes_in(sentence, outside, lexicon)
    if verb is not None and any(word.key in _NEGATIONS for word in words[max(0, verb - 3) : verb]):
        return []  # У Сектору за омладину не образују се уже јединице
    through = done_through(sentence, classes, lexicon)
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


def _works_there(place: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """``У оквиру Одељења ради Одсек за израду информативних средстава``: the verb, right before the unit."""
    if sentence.words[place].key not in ("radi", "rade") or not sentence.mentions:
        return False
    whole = sentence.mentions[0]
    return (
        whole.last <= place
        and in_local_case(sentence.words, whole, lexicon)
        and any(m.first == place + 1 and m.nominative and m.capital and not m.bare for m in sentence.mentions)
    )


def classes_in(sentence: Sentence, outside: frozenset[int], lexicon: Lexicon) -> list[int]:
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


def done_through(sentence: Sentence, classes: Sequence[int], lexicon: Lexicon) -> int | None:
    """``Послови из делокруга Управе обављају се у следећим јединицама:``: the verb, where classes follow it, or where
    the units themselves must: ``врше се у оквиру:``"""
    words = sentence.words
    if len(words) < 3:
        return None
    if (does := _done_by(sentence, classes, lexicon)) is not None:
        return does
    if not sentence.colon:
        return None
    before = words[-2].key
    open_end = before in lexicon.frame or before in THROUGH
    if not (classes or open_end):
        return None
    for place, word in enumerate(words):
        if word.key in lexicon.delegate and any(other.key in THROUGH for other in words[place + 1 : place + 4]):
            return place if open_end or classes[-1] > place else None
    return None


def _done_by(sentence: Sentence, classes: Sequence[int], lexicon: Lexicon) -> int | None:
    """``Послове Завода врше следеће службе:``, ``послове обављају две уже јединице – Група А и Група Б``: the verb, of
    which the units are the subject."""
    words = sentence.words
    for place in classes:
        verb = place - 1
        while verb > 0 and (words[verb].key in lexicon.class_adjectives or words[verb].key in lexicon.following
                            or words[verb].key in lexicon.numbers):  # fmt: skip
            verb -= 1
        if verb == place - 1 or words[verb].key not in lexicon.delegate:
            continue
        if sentence.colon or any(m.first > place and m.nominative and m.capital for m in sentence.mentions):
            return verb
    return None


def _there_are(sentence: Sentence, classes: Sequence[int], lexicon: Lexicon) -> list[Statement]:
    """``У саставу Секретаријата Министарства су:``, with no other verb."""
    words = sentence.words
    if not sentence.mentions or not any(word.key in ("su", "je", "jesu", "are", "is") for word in words):
        return []
    parent = sentence.mentions[0]
    opening = words[: parent.first]
    of_classes = all(lexicon.is_class(w.key) or w.key in lexicon.class_adjectives | lexicon.locative for w in opening)
    if (parent.first > 3 and not of_classes) or not in_local_case(words, parent, lexicon):
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
            or word.key in BETWEEN or word.key in lexicon.locative or word.key.endswith(_PLURAL_ADJECTIVE)
            for word in words[:place]
        )  # fmt: skip
    head = all(not word.is_word or word.key in lexicon.class_adjectives for word in words[:place])
    return head and sentence.whole_block and bool(sentence.mentions) and words[-1].text not in ".;" and len(words) < 40


def _may_name(sentence: Sentence, verb: int, lexicon: Lexicon) -> bool:
    """Without a class of units, the sentence must name units itself or end with a colon after a whole."""
    if sentence.colon and sentence.words[verb].key in lexicon.whole and sentence.lead is not None:
        return True  # Сектор чине:
    if (
        sentence.colon
        and (sentence.mentions or words_outside(sentence, lexicon))
        and sentence.words[verb].key.startswith(_FOUNDING)
        and all(word.key in lexicon.auxiliary or not word.is_word for word in sentence.words[verb + 1 :])
    ):
        return True  # За обављање послова из делокруга Министарства образују се: Изван састава сектора образују се:
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


def whole_with_a_colon(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``У Сектору за развој еУправе:``: a whole and nothing else; what its items are, they say themselves."""
    if not sentence.colon or not sentence.whole_block or not sentence.mentions:
        return []
    whole = sentence.mentions[0]
    local = in_local_case(sentence.words, whole, lexicon) and whole.first <= 3 and not whole.bare
    if not local or whole.last != len(sentence.words) - 1:
        return []
    return [Statement("introduction without a verb", parent=whole, expects=True)]


def single_unit(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``Посебна организациона јединица је Кабинет градоначелника``: the only one of its class."""
    words = sentence.words
    verb = next((n for n, word in enumerate(words[:6]) if word.key in ("je", "is")), None)
    if not verb or words[verb - 1].key not in ("jedinica", "unit") or len(sentence.mentions) != 1:
        return []
    classed = all(word.key in lexicon.class_adjectives or word.key in ("a", "the") for word in words[: verb - 1])
    unit = sentence.mentions[0]
    named = unit.first in (verb + 1, verb + 2) and unit.nominative and unit.capital and not unit.bare
    if verb < 2 or not classed or not named:
        return []
    return [Statement("introduction", children=(Child(unit),))]


def work_done_in(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``Послови Управе обављају се у Сектору за А, Сектору за Б и у Одељењу за В``: the units, in the locative."""
    words = sentence.words
    if not words or not words[0].key.startswith("poslov") or len(sentence.mentions) < 2:
        return []
    whole = sentence.mentions[0]
    verb = next((n for n in range(whole.last, len(words)) if words[n].key in lexicon.delegate), None)
    if verb is None or not any(word.key == "se" for word in words[whole.last : verb + 2]):
        return []
    children = tuple(
        Child(m) for m in sentence.mentions[1:] if m.first > verb and m.form.oblique and m.capital and not m.bare
    )
    through = any(word.key in THROUGH for word in words[verb + 1 : verb + 4])
    if not children or not through or children[0].mention.first > verb + 4:
        return []
    return [Statement("introduction", parent=whole, children=children)]


def classes_among_items(sentence: Sentence, lexicon: Lexicon) -> list[Statement]:
    """``2. посебне службе:`` among numbered items: a class, whose units belong to the list's own whole."""
    words = sentence.words
    if (
        sentence.mark is None
        or not sentence.colon
        or not sentence.whole_block
        or any(m.nominative and m.capital and not m.form.plural for m in sentence.mentions)
    ):
        return []
    named = [word for word in words if word.is_word]
    form = lexicon.forms.get(named[-1].key) if named else None
    is_class = bool(named) and (lexicon.is_class(named[-1].key) or (form is not None and form.plural))
    adjectives = all(
        word.key in lexicon.class_adjectives or word.key.endswith((*_PLURAL_ADJECTIVE, "e", "i")) for word in named[:-1]
    )
    return [Statement("classes among items")] if is_class and adjectives and len(named) <= 5 else []
