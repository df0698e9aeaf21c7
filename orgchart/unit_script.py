"""A units file and a script, in; the same units with all that is printed in that script, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from orgchart.look_alikes import one_script
from orgchart.script import is_cyrillic, to_cyrillic, to_latin
from orgchart.units import Relation, RulebookSource, Unit, UnitFile
from orgchart.words import KNOWN_KINDS

# A single letter in a Latin word is more likely mistyped.
_CYRILLIC_WORD: Final = re.compile("[Ѐ-ӿ]{3}")
SERBIAN: Final = ("sr", "sh", "bs", "hr", "cnr")
_SCRIPT_TAGS: Final = {"cyrl": "Cyrl", "latn": "Latn"}


def in_script(unit_file: UnitFile, script: str) -> UnitFile:
    """The units with names, abbreviations, functions, title, rulebook and kinds of relations in the script, ``cyrl`` or
    ``latn``. Names that are in it already, Roman numerals and foreign words stay as they are; so do ids, levels, and
    the kinds of relations and names in other languages that orgchart has words for."""
    turned = WORDS[script]
    source = unit_file.source
    return replace(
        unit_file,
        title=_maybe(turned, unit_file.title),
        lang=_language(unit_file.lang, script),
        source=None if source is None else _source(source, turned),
        units=tuple(_unit(unit, turned) for unit in unit_file.units),
        relations=tuple(_relation(relation, turned) for relation in unit_file.relations),
    )


def cyrillic(text: str) -> str:
    """The text in Cyrillic; one that has a word in Cyrillic keeps what it has in Latin, which is foreign."""
    meant = one_script(text)
    return meant if is_cyrillic(meant) or _CYRILLIC_WORD.search(meant) else to_cyrillic(meant)


def latin(text: str) -> str:
    """The text in Latin; a letter typed in Latin in a Cyrillic word is read as what it looks like."""
    return to_latin(one_script(text))


WORDS: Final[Mapping[str, Callable[[str], str]]] = {"cyrl": cyrillic, "latn": latin}


def _unit(unit: Unit, turned: Callable[[str], str]) -> Unit:
    return replace(
        unit,
        name=turned(unit.name),
        number=_maybe(turned, unit.number),
        abbreviation=_maybe(turned, unit.abbreviation),
        functions=tuple(turned(function) for function in unit.functions),
    )


def _relation(relation: Relation, turned: Callable[[str], str]) -> Relation:
    return relation if relation.kind in KNOWN_KINDS else replace(relation, kind=turned(relation.kind))


def _source(source: RulebookSource, turned: Callable[[str], str]) -> RulebookSource:
    return replace(source, title=_maybe(turned, source.title), gazette=_maybe(turned, source.gazette))


def _maybe(turned: Callable[[str], str], text: str | None) -> str | None:
    return None if text is None else turned(text)


def _language(lang: str | None, script: str) -> str | None:
    """Serbian in the script, where the file's language is Serbian or left open; any other stays."""
    if lang is not None and lang.split("-")[0].casefold() not in SERBIAN:
        return lang
    return f"sr-{_SCRIPT_TAGS[script]}"
