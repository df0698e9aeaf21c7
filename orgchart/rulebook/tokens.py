"""The text of a paragraph, in; its words and signs with their places, and its sentences, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from orgchart.rulebook.lexicon import Lexicon, fold
from orgchart.rulebook.marks import Mark, read_mark
from orgchart.script import is_roman

_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_+")
_SENTENCE: Final = re.compile(r"[.!?][\"”“»')]*\s+(?=[\"„“«(]?[^\W\d_a-zа-шђјљњћџčćđšž])")
_ABBREVIATED: Final = frozenset(
    [
        "br",
        "čl",
        "st",
        "tač",
        "tac",
        "sl",
        "mr",
        "dr",
        "prof",
        "ing",
        "dipl",
        "str",
        "npr",
        "tzv",
        "itd",
        "i",
        "no",
        "art",
        "par",
        "item",
        "čl",
        "gl",
        "ul",
        "odn",
        "sv",
        "god",
        "red",
    ]
)
_INLINE: Final = re.compile(
    r"(?<=[\s:;,.])(\(?\d{1,2}(?:\.\d{1,2}){0,6}[.)]\)?|[IVX]{1,5}[.)]?|\(?[a-zа-шђјљњћџ]\)|[-–—•])\s*(?=[^\W\d_])"
)


class Word(NamedTuple):
    """A word or sign: as written, folded, and its place in the text."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and signs of a part of the text."""
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        token = match[0]
        found.append(Word(token, fold(token) if token[0].isalpha() else token, match.start(), match.end()))
    return found


class Span(NamedTuple):
    """A part of a paragraph's text: a sentence, or an item inside one, with its own number."""

    start: int
    end: int
    mark: Mark | None
    inline: bool


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end. ``br. 5`` and ``člana 43. ovog`` do not end one."""
    found = []
    start = 0
    for match in _SENTENCE.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        word = re.search(r"[^\W_]+$", before)
        if word and (fold(word[0]) in _ABBREVIATED or len(word[0]) == 1 or _is_number(word[0])):
            continue
        found.append((start, match.end()))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return found


def _is_number(word: str) -> bool:
    return word.isdigit() and len(word) < 4


def items_inside(text: str, start: int, end: int, lexicon: Lexicon) -> list[Span]:
    """A sentence cut before the numbers that stand before the name of a unit: ``…: 1) Одсек за А; 2) Одсек за Б.``"""
    cuts: list[tuple[int, int, Mark]] = []
    for match in _INLINE.finditer(text, start + 1, end):
        mark, after = read_mark(text[match.start() : match.start() + 20] + " ")
        if mark is None or not _unit_follows(text, match.start() + after, end, lexicon):
            continue
        if not mark.value and not cuts and ":" not in text[start : match.start()]:
            continue
        cuts.append((match.start(), match.start() + after, mark))
    cuts = [cut for place, cut in enumerate(cuts) if not _is_and(text, cut, cuts[place + 1 :])]
    if not cuts:
        return [Span(start, end, None, False)]
    spans = [Span(start, cuts[0][0], None, False)]
    for place, (_, body, mark) in enumerate(cuts):
        spans.append(Span(body, cuts[place + 1][0] if place + 1 < len(cuts) else end, mark, True))
    return spans


def _is_and(text: str, cut: tuple[int, int, Mark], later: Sequence[tuple[int, int, Mark]]) -> bool:
    """Whether an ``I`` is the word: between words in capitals, with no sign before it, and with no II behind."""
    start, _, mark = cut
    if mark.text != "I" or not text[:start].rstrip()[-1:].isalpha() or is_roman("I", text, start):
        return False
    return not any(other.next_to(mark) for _, _, other in later)


def _unit_follows(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    words = words_of(text, start, min(end, start + 80))[:4]
    if not words or not words[0].capital:
        return False
    for word in words[:3]:
        form = lexicon.forms.get(word.key)
        if form is not None:
            return form.nominative
        if not word.is_word:
            return False
    return False
