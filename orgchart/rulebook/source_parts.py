"""What readers of DOCX, ODT, HTML and PDF share: counts and attributes, in; printed numbers, whole numbers, out."""

from __future__ import annotations

import re
from typing import Final

Row = tuple[str, int | None, int]  # a paragraph, its page where the file has pages, how far it stands in

_ROMANS: Final = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"


def counted(number: int, form: str) -> str:
    """A number in one of the forms of Word: decimal, upperRoman, lowerLetter, russianLower …"""
    if form in ("upperRoman", "lowerRoman") and 0 < number < 400:
        roman = ""
        for value, sign in _ROMANS:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman if form == "upperRoman" else roman.lower()
    letters = _RUSSIAN if form.startswith("russian") else "abcdefghijklmnopqrstuvwxyz"
    if form in ("lowerLetter", "upperLetter", "russianLower", "russianUpper") and 0 < number <= 9 * len(letters):
        letter = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
        return letter if form.endswith("Lower") or form == "lowerLetter" else letter.upper()
    return f"{number:02}" if form == "decimalZero" else str(number)


def number_of(text: str | None, otherwise: int) -> int:
    """A whole number from an attribute, which may hold anything."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else otherwise
