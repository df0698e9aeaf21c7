"""The beginning of a line, in; the number or bullet with which it numbers an item, out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from orgchart.script import is_roman, to_latin

_BULLETS: Final = "-–—•*·▪►▸○●◦‣■□➢✓\uf0b7\uf0a7\uf02d\u00ad"
_BULLET: Final = re.compile(rf"\s*([{_BULLETS}]+|o(?=\s{{2}}))\s*(?=\S|$)")
_DECIMAL: Final = re.compile(r"\s*(\(?\d{1,3}(?:\.\s?\d{1,3})+\.?\)?)(?=\s|$|[^\W\d_])")
_NUMBER: Final = re.compile(r"\s*(\((\d{1,3})\)|(\d{1,3})(\.\)|\.|\))|(\d{1,3})([a-zа-я])(\.|\)))(?=\s|$|[^\W\d_])")
_ROMAN: Final = re.compile(r"\s*([IVXLІХ]{1,7})(\.|\)|-|\s*[–—-](?=\s*$)|(?=\s|$))")
_LETTER: Final = re.compile(r"\s*(\(?([^\W\d_])\)|([^\W\d_])\.(?=\s))(?=\s|$|[^\W\d_])")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_LATIN_ORDER: Final = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC_ORDER: Final = "абвгдђежзијклљмнњопрстћуфхцчџш"
_SERBIAN_ORDER: Final = "abcčćdđefghijklmnoprsštuvzž"


@dataclass(frozen=True, slots=True)
class Mark:
    """An item's number. text: as printed; style: what is counted and how it is written; value: the count, one number
    for each part of ``1.2.1.``; a bullet has none."""

    text: str
    style: str
    value: tuple[int, ...] = ()

    @property
    def printed(self) -> str | None:
        """The number as a units file shows it; a bullet is no number."""
        return self.text if self.value else None

    @property
    def first(self) -> bool:
        """Whether a list begins with it."""
        return not self.value or self.value[-1] == 1

    def next_to(self, other: Mark) -> bool:
        """Whether it is the very next number after the other one."""
        return self.follows(other) and self.value[-1] == other.value[-1] + 1

    def follows(self, other: Mark) -> bool:
        """Whether it can stand in one list after the other one: same style, counted on; gaps are fine."""
        if self.style != other.style or bool(self.value) != bool(other.value):
            return False
        if not self.value:
            return self.text == other.text
        return self.value[:-1] == other.value[:-1] and self.value[-1] > other.value[-1]


def read_mark(text: str) -> tuple[Mark | None, int]:
    """The mark at the beginning of the text, and where the words after it begin. Of ``- 1)`` the number counts."""
    start = 0
    bullet = None
    if found := _BULLET.match(text):
        bullet = Mark(found[1][:1], "bullet")
        start = found.end()
        if found[1][:1] in "-–—" and text[start : start + 1].isdigit() and not text[found.end(1) :][:1].isspace():
            return None, 0
    numbered = _numbered(text, start)
    if numbered is not None:
        return numbered
    return bullet, start


def _numbered(text: str, start: int) -> tuple[Mark, int] | None:
    if found := _DECIMAL.match(text, start):
        parts = tuple(int(part) for part in re.findall(r"\d+", found[1]))
        # 1.1. is a number; 12.05.2011 and 1.000 are not.
        if all(part < 100 for part in parts) and len(parts) <= 6:
            return Mark(found[1], "number.", parts), _after(text, found.end())
    if found := _NUMBER.match(text, start):
        if found[2]:
            return Mark(found[1], "(number)", (int(found[2]),)), _after(text, found.end())
        if found[3]:
            return Mark(found[1], "number" + found[4][-1], (int(found[3]),)), _after(text, found.end())
        return Mark(found[1], "number" + found[7], (int(found[5]),)), _after(text, found.end())
    if found := _ROMAN.match(text, start):
        numeral = found[1].replace("І", "I").replace("Х", "X")
        if is_roman(numeral):
            mark = Mark(numeral + (found[2] if found[2] in (".", ")") else ""), "roman", (_roman(numeral),))
            return mark, _after(text, found.end())
    if found := _LETTER.match(text, start):
        letter = (found[2] or found[3]).lower()
        for order, style in ((_CYRILLIC_ORDER, "cyrillic)"), (_LATIN_ORDER, "letter)"), (_SERBIAN_ORDER, "letter)")):
            if letter in order:
                return Mark(found[1], style, (order.index(letter) + 1,)), _after(text, found.end())
    return None


def _after(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(
        -value if any(other > value for other in values[place + 1 : place + 2]) else value
        for place, value in enumerate(values)
    )


_ARTICLE: Final = re.compile(
    r"\s*((?:clan(?:ak|u|a)?|čl|cl|article|art)\.?\s*(\d{1,4}\s?[a-zčćđšž]?)\s*(?:\.|$|(?=\s))[.)]?)\s*", re.IGNORECASE
)


def read_article(text: str) -> tuple[str | None, int]:
    """``Члан 12.`` at the beginning of a text: as it is printed, and where what follows begins."""
    latin = to_latin(text[:40]).replace("č", "c").replace("Č", "C").replace("Ĉ", "C").replace("ĉ", "c")
    found = _ARTICLE.match(latin)
    if not found:
        return None, 0
    # Letters with one sign in Cyrillic have one in Latin here: nothing before the number is a digraph.
    return text[found.start(1) : found.end(1)].strip(), found.end()
