"""A line of Serbian with letters of the other script that look like its own, in; the line as it was meant, out."""

from __future__ import annotations

import re
from typing import Final

from orgchart.script import is_roman

# Letters that look alike in both scripts: Latin, then Cyrillic.
_ALIKE: Final = tuple(zip("aeopcyxjKMABEOPCTXHJISsi", "аеорсухјКМАВЕОРСТХНЈІЅѕі", strict=True))
_TO_CYRILLIC: Final = str.maketrans(dict(_ALIKE[:20]))
_TO_LATIN: Final = str.maketrans({cyrillic: latin for latin, cyrillic in _ALIKE})
_LOOKS_LATIN: Final = frozenset(cyrillic for _, cyrillic in _ALIKE)
_LOOKS_CYRILLIC: Final = frozenset(latin for latin, _ in _ALIKE[:20])
_WORD: Final = re.compile(r"[^\W\d_]+")
_CYRILLIC: Final = re.compile("[Ѐ-ӿ]")
_OTHER: Final = re.compile(r"[^\W\d_Ѐ-ӿ]")


def one_script(text: str) -> str:
    """Words with letters of both scripts, and whole words of look-alikes, in the script of their line."""
    if not _CYRILLIC.search(text) or not _OTHER.search(text):
        return text
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in text)
    latin = sum(letter.isalpha() for letter in text) - cyrillic
    if not latin:
        return text
    line_cyrillic = sum("Ѐ" <= letter <= "ӿ" and letter not in _LOOKS_LATIN for letter in text)
    line_latin = sum(letter.isascii() and letter.isalpha() and letter not in _LOOKS_CYRILLIC for letter in text)
    return _WORD.sub(lambda found: _one_script_word(found[0], line_cyrillic >= line_latin), text)


def _one_script_word(word: str, line_is_cyrillic: bool) -> str:
    cyrillic = [letter for letter in word if "Ѐ" <= letter <= "ӿ"]
    latin = [letter for letter in word if not "Ѐ" <= letter <= "ӿ"]
    if cyrillic and latin:
        to_cyrillic = all(letter in _LOOKS_CYRILLIC for letter in latin)
        to_latin = all(letter in _LOOKS_LATIN for letter in cyrillic)
        if to_cyrillic and (line_is_cyrillic or not to_latin):
            return word.translate(_TO_CYRILLIC)
        return word.translate(_TO_LATIN) if to_latin else word
    if latin and line_is_cyrillic and all(letter in _LOOKS_CYRILLIC for letter in word):
        # A whole word of look-alikes in a Cyrillic line is Cyrillic, but for numerals and abbreviations.
        return word if is_roman(word) or (word.isupper() and len(word) > 1) else word.translate(_TO_CYRILLIC)
    if cyrillic and not line_is_cyrillic and all(letter in _LOOKS_LATIN for letter in word):
        return word.translate(_TO_LATIN)
    return word
