"""A name and its language, in; what it is sorted by and the letter it stands under in an index, out.

Serbian has its own order in both scripts, in Latin with letters of two signs: č and ć after c, dž and đ after d, lj
after l, nj after n, š after s, ž after z. Every other language takes accented letters for their base letters, as
German dictionaries do (DIN 5007-1), and looks at accents only between words that are otherwise the same.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

# One order serves all languages of the script, as in the Unicode Collation Algorithm.
_CYRILLIC = "а б в г ґ д ђ ѓ е ё є ж з ѕ и і ї й ј к л љ м н њ о п р с т ћ ќ у ў ф х ц ч џ ш щ ъ ы ь э ю я"
_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_SERBIAN_LATIN = "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž"
# Letters that Unicode does not take apart into a base letter and a mark.
_BASES = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_DIGITS = "0–9"

Key = tuple[tuple[tuple[int, int], ...], tuple[str, ...], str]


def sort_key(name: str, lang: str) -> Key:
    """By letters and words alone, then by accents, then by capitals: names that differ have keys that differ.

    Numbers stand before letters and by their value, Latin letters before Cyrillic ones, others by code point.
    """
    letters = list(_letters(name, lang))
    return tuple(place for place, _ in letters), tuple(letter for _, letter in letters), name


def opening_letter(name: str, lang: str) -> str:
    """The capital under which the name stands: ``Lj`` for Ljubljana in Serbian, ``O`` for Österreich in German, ``0–9``
    for a number; a name of signs only stands under none."""
    for (group, _), letter in _letters(name, lang):
        if group == _NUMBER:
            return _DIGITS
        if group != _SPACE:
            known = letter in _order(lang)
            return (letter if known else _base(letter)[:1]).capitalize()
    return ""


# Groups of places, in their order.
_SPACE, _NUMBER, _KNOWN, _OTHER = range(4)


def _letters(name: str, lang: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Every letter of the language with its place; quotation marks, dashes and other signs only part words."""
    order = _order(lang)
    signs = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    at, parted = 0, True
    while at < len(signs):
        sign, pair = signs[at], signs[at : at + 2]
        if not sign.isalnum():
            if not parted and not unicodedata.combining(sign):
                yield (_SPACE, 0), " "
                parted = True
            at += 1
            continue
        parted = False
        if sign.isdecimal():
            end = at + 1
            while end < len(signs) and signs[end].isdecimal():
                end += 1
            yield (_NUMBER, int(signs[at:end][:30])), signs[at:end]
            at = end
        elif len(pair) == 2 and pair in order:
            yield (_KNOWN, order[pair]), pair
            at += 2
        else:
            for base in (sign,) if sign in order else _base(sign):
                yield ((_KNOWN, order[base]) if base in order else (_OTHER, ord(base))), sign
            at += 1


def _base(letter: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", letter) if not unicodedata.combining(sign))
    return (plain or letter).translate(_BASES)


@functools.lru_cache(maxsize=8)
def _order(lang: str) -> dict[str, int]:
    latin = _SERBIAN_LATIN if lang.startswith("sr-Latn") else _LATIN
    return {letter: place for place, letter in enumerate([*latin.split(), *_CYRILLIC.split()])}
