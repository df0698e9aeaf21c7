"""A unit, its hierarchy and a language, in; what those are told of its box who cannot see it, out."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from orgchart.hierarchy import Hierarchy
from orgchart.labels import place_words
from orgchart.script import is_cyrillic, to_latin
from orgchart.units import Unit
from orgchart.words import below_words, level_word

if TYPE_CHECKING:  # it reads rulebooks, which a chart need not load
    from orgchart.cite import Provision

_MOST_BRIEF: Final = 300  # in characters: about twenty seconds of speech
_CUT: Final = "…"
# In any other language a reader would spell Cyrillic out letter by letter.
_CYRILLIC: Final = ("sr", "cnr", "bs", "mk", "bg", "ru", "uk", "be")
_BEFORE_CUT: Final = " ,;:.–-(„"


def spoken_name(
    unit: Unit, hierarchy: Hierarchy, lang: str, provision: Provision | None = None, marked: str = ""
) -> str:
    """``Одељење за Уједињене нације, одељење, 3 уже јединице, члан 12., редови 5–8``.

    hierarchy: the whole chart's, as a page may show a unit without those below it. provision: where the rulebook speaks
    of the unit; None takes what its units file says. marked: what is marked on the box.
    """
    name = " ".join(unit.name.split())
    if provision is not None:
        place = place_words(provision.article, provision.line, provision.end_line, lang)
    elif unit.source is not None:
        place = place_words(unit.source.article, unit.source.line, unit.source.end_line, lang)
    else:
        place = ""
    if marked:
        name = f"{name} ({marked})"
    kind = _kind_words(unit.level, len(hierarchy.children(unit.id)), lang)
    return f"{name}, {kind}, {place}" if place else f"{name}, {kind}"


@functools.lru_cache(maxsize=1 << 10)
def _kind_words(level: str, below: int, lang: str) -> str:
    """``сектор, 3 уже јединице``"""
    word = _inside(level_word(level, lang))
    return f"{word}, {below_words(below, lang)}" if below else word


def name_of(said: str, level: str, lang: str) -> str:
    """The name, with what is marked, that ``spoken_name`` said of a unit of that level."""
    told = re.escape(_inside(level_word(level, lang)))
    ends = [found.start() for found in re.finditer(f", {told}(?=, |$)", said)]
    return said[: ends[-1]] if ends else said


def spoken_brief(unit: Unit, lang: str) -> str:
    """Its functions, at most 300 characters of them and whole words: ``активност УН; сарадњу са …``; "" without any,
    and in a chart of a language that cannot read them, as functions have no translations."""
    if not unit.functions:
        return ""
    functions = [" ".join(function.split()).rstrip(".;, ") for function in unit.functions]
    said = "; ".join([function for function in functions if function])
    if lang == "sr-Latn":
        said = to_latin(said)
    elif lang.split("-")[0] not in _CYRILLIC and is_cyrillic(said):
        return ""
    if len(said) <= _MOST_BRIEF:
        return said
    most = _MOST_BRIEF - len(_CUT)
    end = said.rfind(" ", 0, most + 1)
    return said[: end if end > 0 else most].rstrip(_BEFORE_CUT) + _CUT


def _inside(word: str) -> str:
    """As it is written inside a sentence; an abbreviation keeps its capitals."""
    return word if len(word) > 1 and word.isupper() else word.lower()
