"""The words of a sentence, in; the same words in parts, each of which has its own whole and verb, out."""

from __future__ import annotations

from collections.abc import Sequence

from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.mentions import find_mentions
from orgchart.rulebook.tokens import Word

_MOST_WORDS = 400
_BEFORE_A_SUBJECT = ("dok", "a", "while")


def clauses(words: Sequence[Word], lexicon: Lexicon) -> list[Sequence[Word]]:
    """``Сектор за А чине Одсек 1 и Одсек 2; Сектор за Б чине …``: cut before the second sector."""
    starts = [0]
    if len(words) <= _MOST_WORDS:
        starts += [
            place + 1 for place, word in enumerate(words[:-3])
            if word.text in (";", ",") and _has_its_own_verb(words, place, lexicon)
        ]  # fmt: skip
    return [words[start:end] for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]


def _has_its_own_verb(words: Sequence[Word], sign: int, lexicon: Lexicon) -> bool:
    """Whether a unit, and then what it has or does, follows the sign: ``; Сектор има``, ``, док Одељење није``."""
    first = sign + 1
    if words[first].key in _BEFORE_A_SUBJECT:
        first += 1
    elif words[sign].text == ",":
        return False
    if not words[first].capital:
        return False
    subject = next(iter(find_mentions(words[first:], lexicon, 1)), None)
    if subject is None or subject.first > 0 or not subject.nominative or first + subject.last >= len(words):
        return False
    verb = words[first + subject.last].key
    return verb in lexicon.whole or verb in lexicon.delegate or verb in ("nije", "nema", "is", "has")
