"""A name printed in capitals and the words of its text, in; the name as it is written inside a sentence, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from orgchart.rulebook.lexicon import Lexicon, fold
from orgchart.script import is_roman, to_cyrillic, to_latin

_WORD: Final = re.compile(r"[^\W\d_]+")
_INSIDE: Final = re.compile(r"(?<=[^\W\d_,] )[^\W\d_]+")
# evropske poslove, but Evropsku uniju: an adjective of a proper name is written small.
_ADJECTIVE: Final = re.compile(r"[sc]k(?:i|a|o|e|u|og|oga|om|ome|oj|ih|im|ima)$")
_VOWELS: Final = frozenset("aeiou")


class Casing:
    """How the words of one text are written in the middle of its sentences."""

    def __init__(self, lines: Iterable[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._small: set[str] = set()
        self._capital: dict[str, str] = {}
        for line in lines:
            if line.isupper():
                continue
            for word in _INSIDE.findall(line):
                if word.islower():
                    self._small.add(fold(word))
                elif word[1:] and not (word.isupper() and len(word) > 5):  # no abbreviation: a word in capitals
                    self._capital.setdefault(fold(word), word)

    def guesses(self, name: str) -> bool:
        """Whether the capitals of the name hide words of which the text does not show how they are written."""
        words = [fold(word) for word in _WORD.findall(name)[1:]]
        return any(word not in self._small and word not in self._capital and len(word) > 3 for word in words)

    def sentence_case(self, name: str) -> str:
        """``ОДЕЉЕЊЕ ЗА УЈЕДИЊЕНЕ НАЦИЈЕ`` → ``Одељење за Уједињене нације``; abbreviations stay."""
        words = _WORD.findall(name)
        if not words or sum(word.isupper() and len(word) > 1 for word in words) * 2 <= len(words):
            return name
        first = True
        english = any(form.noun.gender == "" for word in words if (form := self._lexicon.forms.get(fold(word))))

        def written(found: re.Match[str]) -> str:
            nonlocal first
            word = found[0]
            opens, first = first, False
            if not word.isupper() and not _nearly_upper(word):
                return word
            opens = opens or name[found.start() - 1] in '„“«»"'
            if english and fold(word) not in self._lexicon.open:
                opens = True  # English names that are printed in capitals are written so: Ministry of Culture
            return self._written(word, opens, name, found.start())

        return _WORD.sub(written, name)

    def _written(self, word: str, opens: bool, name: str, start: int) -> str:
        key = fold(word)
        lower = _lower(word)
        if opens:
            return lower[:1].upper() + lower[1:]
        if is_roman(word, name, start):
            return word
        if key in self._small:
            return lower
        if key in self._capital:
            known = self._capital[key]
            return word if known.isupper() else lower[:1].upper() + lower[1:]
        after = _WORD.search(name, start + len(word))
        if _ADJECTIVE.search(key) and not (after and fold(after[0]).startswith(self._lexicon.proper_nouns)):
            return lower
        if any(key.startswith(stem) for stem in self._lexicon.proper if len(stem) > 3 or key == stem):
            return lower[:1].upper() + lower[1:]
        if len(word) > 1 and not _VOWELS & set(key) and len(word) < 6:
            return word
        return lower


def _nearly_upper(word: str) -> bool:
    """``UNUTRAŠNjE``: capitals with a digraph half small."""
    return to_cyrillic(to_latin(word)).isupper() and len(word) > 2


def _lower(word: str) -> str:
    return word.lower()
