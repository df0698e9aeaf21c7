"""A unit's head noun and its adjectives in any case, in; the same words in the nominative or the genitive, out.

Only the head noun and the adjectives before it change: the tail of a name (за финансије, министра) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from orgchart.rulebook.lexicon import Noun, fold
from orgchart.script import is_cyrillic, to_cyrillic, to_latin

# Endings of adjectives in the cases but the nominative, the longest first.
_OBLIQUE: Final = {
    "m": ("oga", "ega", "ome", "omu", "emu", "og", "eg", "om", "em", "im"),
    "n": ("oga", "ega", "ome", "omu", "emu", "og", "eg", "om", "em", "im"),
    "f": ("oj", "om", "e", "u"),
}
# After these letters the neuter ends in -e: opšte, niže; elsewhere in -o: pravno.
_SOFT: Final = ("c", "č", "ć", "đ", "dj", "š", "ž", "j", "lj", "nj", "št")


def nominative_noun(word: str, noun: Noun) -> str:
    """``Одељењу`` → ``Одељење``, ``Centru`` → ``Centar``, in the word's own script, capitals and diacritics."""
    return _turned(word, noun, noun.nominative)


def genitive_noun(word: str, noun: Noun) -> str:
    """``Сектор`` → ``Сектора``."""
    return _turned(word, noun, noun.genitive)


def _turned(word: str, noun: Noun, wanted: str) -> str:
    if fold(word) == fold(wanted):
        return word
    latin = to_latin(word)
    stem = noun.stem
    if wanted.startswith(stem) and fold(latin[: len(stem)]) == fold(stem):
        turned = latin[: len(stem)] + wanted[len(stem) :]
    else:
        turned = wanted
    return _dressed(turned, word)


def nominative_adjective(word: str, gender: str) -> str:
    """``Генералном`` → ``Генерални`` (m), ``Стручној`` → ``Стручна`` (f), ``Општем`` → ``Опште`` (n)."""
    latin = to_latin(word)
    lower = latin.lower()
    for ending in _OBLIQUE.get(gender, ()):
        if lower.endswith(ending) and len(lower) > len(ending) + 1:
            stem = lower[: -len(ending)]
            return _dressed(latin[: len(stem)] + _nominative_ending(stem, ending, gender), word)
    return word


def _nominative_ending(stem: str, ending: str, gender: str) -> str:
    if gender == "m":
        return "i"
    if gender == "f":
        return "a"
    soft = ending.startswith("e") or (ending == "im" and stem.endswith(_SOFT))
    return "e" if soft else "o"


def nominative_words(name: str) -> str:
    """``Дипломатског протокола`` → ``Дипломатски протокол``: of no known kind, in a list of genitives.

    Only the masculine and neuter adjective shows its gender so well; the noun after it is taken for masculine.
    """
    first, _, rest = name.partition(" ")
    noun, space, tail = rest.partition(" ")
    if not to_latin(first).lower().endswith(("og", "oga", "eg", "ega")) or to_latin(noun)[-1:] not in ("a", "A"):
        return name
    return f"{nominative_adjective(first, 'm')} {noun[:-1]}{space}{tail}"


def genitive_adjective(word: str, gender: str) -> str:
    """``Генерални`` → ``Генералног`` (m), ``Стручна`` → ``Стручне`` (f), ``Опште`` → ``Општег`` (n)."""
    latin = to_latin(word)
    stem = latin[:-1]
    if not stem or latin[-1].lower() not in "aeio":
        return word
    ending = "e" if gender == "f" else "eg" if stem.lower().endswith(_SOFT) else "og"
    return _dressed(stem + ending, word)


_MASCULINE: Final = {
    "genitive": ("og", "oga", "eg", "ega"),
    "dative": ("om", "ome", "omu", "em", "emu"),
    "locative": ("om", "ome", "omu", "em", "emu"),
    "instrumental": ("im",),
}
_AGREEING: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "m": {"nominative": ("i",), "accusative": ("i",), **_MASCULINE},
    "n": {"nominative": ("o", "e"), "accusative": ("o", "e"), **_MASCULINE},
    "f": {"nominative": ("a",), "genitive": ("e",), "dative": ("oj",), "locative": ("oj",), "accusative": ("u",),
          "instrumental": ("om",)},
}  # fmt: skip


def agrees(key: str, gender: str, cases: Iterable[str]) -> bool:
    """Whether a folded word can be an adjective before a noun of the gender in one of the cases."""
    if len(key) < 4 or gender == "":
        return False
    endings = _AGREEING[gender]
    return any(key.endswith(endings[case]) for case in cases if case in endings)


def _dressed(latin: str, model: str) -> str:
    """The Latin word with the script and the capitals of the model."""
    if model.isupper() and len(model) > 1:
        latin = latin.upper()
    elif model[:1].isupper():
        latin = latin[:1].upper() + latin[1:]
    return to_cyrillic(latin) if is_cyrillic(model) else latin
