"""Serbian text in Cyrillic or Latin, in; the same text in the other script, out.

Roman numerals, foreign abbreviations and addresses are the same in both scripts and stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_PAIRS: Final = (
    ("а", "a"), ("б", "b"), ("в", "v"), ("г", "g"), ("д", "d"), ("ђ", "đ"), ("е", "e"), ("ж", "ž"), ("з", "z"),
    ("и", "i"), ("ј", "j"), ("к", "k"), ("л", "l"), ("љ", "lj"), ("м", "m"), ("н", "n"), ("њ", "nj"), ("о", "o"),
    ("п", "p"), ("р", "r"), ("с", "s"), ("т", "t"), ("ћ", "ć"), ("у", "u"), ("ф", "f"), ("х", "h"), ("ц", "c"),
    ("ч", "č"), ("џ", "dž"), ("ш", "š"),
)  # fmt: skip
# Montenegrin letters, which have no digraph.
_MONTENEGRIN: Final = (("с́", "ś"), ("з́", "ź"))
_TO_LATIN: Final = dict(_PAIRS) | {c.upper(): latin.capitalize() for c, latin in _PAIRS}
_SIMPLE: Final = str.maketrans({c: latin for c, latin in _TO_LATIN.items() if len(latin) == 1})
_TO_CYRILLIC: Final = {latin: c for c, latin in _PAIRS} | {latin.upper(): c.upper() for c, latin in _PAIRS}
_DIGRAPH: Final = re.compile("[ЉЊЏљњџ]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN_WORD: Final = re.compile(r"\S+")
_LETTERS: Final = re.compile("dž|lj|nj|.", re.IGNORECASE | re.DOTALL)
_ROMAN: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SPACED_BEFORE: Final = re.compile(r"(?:(?<!\S)[^\W\d_] )+$")
_SPACED_AFTER: Final = re.compile(r"(?: [^\W\d_](?!\S))+")
_ADDRESS: Final = re.compile(r"\w@\w|^https?:|^www\.|\w\.(?:rs|com|org|gov|net|me|ba|hr|mk)\b", re.IGNORECASE)
_FOREIGN: Final = re.compile("[qwxyQWXY]")
# Written in Latin in Cyrillic text too, by custom: names of standards, formats and techniques.
FOREIGN_WORDS: Final = frozenset(
    [
        "IT",
        "ISO",
        "IEC",
        "HTML",
        "XML",
        "PDF",
        "CSV",
        "GIS",
        "GPS",
        "SMS",
        "USB",
        "HACCP",
        "TAIEX",
        "IPARD",
        "COVID",
        "SARS",
        "ORACLE",
        "LINUX",
        "ERP",
        "SCADA",
        "CAD",
        "LEADER",
    ]
)
# Stems in which the two letters belong to two parts of a word: ин-јекција, кон-јункција, над-жњевати, ван-језички.
_APART: Final = re.compile(
    r"(?<=in)(?=jek[ct]|jicir|junkt|juri[jd])|(?<=kon)(?=jug[aiou]|junk|jekt|jicir)|(?<=\ban)(?=jon)|(?<=tan)(?=jug)|"
    r"(?<=van)(?=jezi[čck]|jadran|jugosl)|(?<=pan)(?=jelin|jevrej|jugosl)|"
    r"(?<=nad)(?=žnj|živ|žup|ždr|žet|žel|žand|žanr)|(?<=od)(?=žal|živ|žubor|ždr|žet|žmir)|"
    r"(?<=pod)(?=žup|žar[ia]|žiž|žut|žand|žanr|živ|ždr)|(?<=pred)(?=živ|žet|žup|ženid|žand)",
    re.IGNORECASE,
)
_MIDDLE: Final = "\u2060"  # the word joiner: stands between letters that are no digraph, for the length of one call

_FOLDED: Final = str.maketrans(
    {"č": "c", "ć": "c", "š": "s", "ž": "z", "đ": "dj", "ś": "s", "ź": "z", "ĉ": "c", "ċ": "c", "ţ": "z", "ď": "dj"}
)


def to_latin(text: str) -> str:
    """``Љубав и Њива`` → ``Ljubav i Njiva``, ``ЉУБАВ`` → ``LJUBAV``; what is not Serbian Cyrillic stays."""
    for cyrillic, latin in _MONTENEGRIN:
        if cyrillic[1] in text:
            text = text.replace(cyrillic, latin).replace(cyrillic[0].upper() + cyrillic[1], latin.upper())
    if _DIGRAPH.search(text):
        text = _DIGRAPH.sub(lambda found: _digraph(found[0], text, found.start()), text)
    return text.translate(_SIMPLE)


def _digraph(letter: str, text: str, place: int) -> str:
    """``LJ`` among capitals, ``Lj`` otherwise; a capital alone before another is told by the letter before it."""
    latin = _TO_LATIN[letter]
    if letter.islower():
        return latin
    after = text[place + 1 : place + 2]
    before = text[place - 1 : place] if place else ""
    capitals = after.isupper() if after.isalpha() else before.isalpha() and before.isupper()
    return latin.upper() if capitals else latin


def to_cyrillic(text: str) -> str:
    """``Ljubav i Njiva`` → ``Љубав и Њива``; ``II``, ``ISO``, ``x@y.rs`` and words with q, w, x, y stay."""
    text = text.replace("ǆ", "dž").replace("ǉ", "lj").replace("ǌ", "nj").replace("ǅ", "Dž").replace("ǈ", "Lj")
    text = text.replace("ǋ", "Nj").replace("Ǆ", "DŽ").replace("Ǉ", "LJ").replace("Ǌ", "NJ")
    return _LATIN_WORD.sub(lambda found: _run_to_cyrillic(found[0], text, found.start()), text)


def _run_to_cyrillic(run: str, text: str, start: int) -> str:
    if _ADDRESS.search(run):
        return run
    return _WORD.sub(lambda found: _word_to_cyrillic(found[0], text, start + found.start()), run)


def _word_to_cyrillic(word: str, text: str, start: int) -> str:
    if _FOREIGN.search(word) or word in FOREIGN_WORDS or is_roman(word, text, start):
        return word
    apart = _APART.sub(_MIDDLE, word)
    letters = (_cyrillic_letter(letter) for letter in _LETTERS.findall(apart))
    return "".join(letters).replace(_MIDDLE, "") if apart != word else "".join(letters)


def _cyrillic_letter(letter: str) -> str:
    if len(letter) == 1:
        found = _TO_CYRILLIC.get(letter)
        return letter if found is None else found
    found = _TO_CYRILLIC[letter.lower()]
    return found.upper() if letter[0].isupper() else found


def is_roman(word: str, text: str = "", start: int = 0) -> bool:
    """Whether a word of a text is a Roman numeral. A lone ``I`` among words in capitals is the conjunction."""
    if not word or not _ROMAN.fullmatch(word) or (len(word) == 1 and (word in "CDLM" or _is_spaced(text, start))):
        return False
    if word != "I":
        return len(word) < 3 or set(word) <= set("IVXL") or word.startswith(("M", "C", "D"))
    before = re.search(r"([^\W\d_]+)[ ,]*$", text[max(0, start - 60) : start])
    after = re.match(r"I +([^\W\d_]+)", text[start : start + 60])
    return not (before and after and before[1].isupper() and after[1].isupper() and len(before[1]) > 1)


def _is_spaced(text: str, start: int) -> bool:
    """Whether a letter is one of a word that is spaced out: ``P R A V I L N I K``."""
    before = _SPACED_BEFORE.search(text[max(0, start - 60) : start])
    after = _SPACED_AFTER.match(text[start + 1 : start + 60])
    around = (before[0] if before else "") + (after[0] if after else "")
    return len(around) >= 6 and not set(around) <= set(" IVXLCDM")


def is_cyrillic(text: str) -> bool:
    """Whether most letters of the text are Cyrillic."""
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in text)
    return cyrillic * 2 > sum(letter.isalpha() for letter in text)


def like(text: str, model: str) -> str:
    """The text in the script of the model."""
    return to_cyrillic(text) if is_cyrillic(model) else to_latin(text)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The form in which one word is the same in both scripts, in capitals, and without its diacritics."""
    folded = to_latin(word).lower().translate(_FOLDED)
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
