"""A name printed in capitals and the words of its text, in; the name as it is written inside a sentence, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from orgchart.rulebook.lexicon import Lexicon, fold
from orgchart.script import is_roman, to_cyrillic, to_latin

_WORD: Final = re.compile(r"[^\W\d_]+")
_INSIDE: Final = re.compile(r"(?<=[^\W\d_,] )[^\W\d_]+")
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
                elif word[1:]:
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

        def written(found: re.Match[str]) -> str:
            nonlocal first
            word = found[0]
            opens, first = first, False
            if not word.isupper() and not _nearly_upper(word):
                return word
            return self._written(word, opens or name[found.start() - 1] in '„“«»"', name, found.start())

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
