"""What a level is called, or the name of a unit, in; the known level that is meant, out."""

from __future__ import annotations

import re
from typing import Final

from orgchart.rulebook.lexicon import Lexicon, load_lexicon
from orgchart.script import fold

# German kinds of units, also as the last part of a longer word: Bundesamt, Finanzabteilung.
_GERMAN: Final = {
    "ministerium": "ministry", "departement": "ministry", "bundesrat": "government", "regierung": "government",
    "direktion": "directorate", "abteilung": "department", "referat": "section", "sektion": "section",
    "sachgebiet": "group", "gruppe": "group", "dezernat": "department", "fachbereich": "division",
    "bereich": "division", "sekretariat": "secretariat", "kabinett": "cabinet", "dienst": "service", "amt": "office",
    "stelle": "office", "buro": "office", "zentrum": "center", "institut": "institute", "inspektorat": "inspectorate",
    "behorde": "agency", "einheit": "unit", "team": "team",
}  # fmt: skip
_COMPOUND: Final = re.compile(rf"\w*({'|'.join(sorted(_GERMAN, key=len, reverse=True))})")
# After these a name says what the unit is for, not what it is.
_PURPOSE: Final = frozenset({"za", "of", "for", "fur", "of the", "u", "i", "and", "und", "des", "der", "von"})
# By generations below the top, where nothing else tells.
BY_DEPTH: Final = ("ministry", "sector", "department", "section", "group")
BELOW: Final = "unit"


def known_level(word: str) -> str | None:
    """``Одељење``, ``sektori``, ``Abteilung`` → ``department``, ``sector``, ``department``; None for any other word."""
    key = fold(word.strip())
    form = load_lexicon().forms.get(key)
    if form is not None:
        return form.noun.level
    return _GERMAN.get(key)


def level_of_name(name: str) -> str | None:
    """The level by the kind noun in a unit's name: ``Правна служба`` → ``service``, ``Finance Department`` →
    ``department``; None where it has none before it says what the unit is for."""
    lexicon = load_lexicon()
    words = re.findall(r"[^\W\d_]+", fold(name))
    end = next((place for place, word in enumerate(words) if word in _PURPOSE), len(words))
    found = [level for word in words[:end] if (level := _level_of_word(word, lexicon)) is not None]
    if not found:
        return None
    # In English the last noun is the kind: "Office Services Department"; elsewhere it is the first.
    english = any((form := lexicon.forms.get(word)) and not form.noun.gender for word in words[:end])
    return found[-1] if english else found[0]


def _level_of_word(word: str, lexicon: Lexicon) -> str | None:
    form = lexicon.forms.get(word)
    if form is not None and form.nominative:
        return form.noun.level
    compound = _COMPOUND.fullmatch(word)
    return None if compound is None else _GERMAN[compound[1]]
