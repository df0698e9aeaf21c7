"""A units file and a language, in; the same units with the names and titles they have in that language, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from orgchart.errors import Fault, OrgChartError
from orgchart.hints import quoted
from orgchart.unit_script import SERBIAN, in_script
from orgchart.units import RulebookSource, Unit, UnitFile
from orgchart.words import gazette_words, language_of

_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SCRIPTS: Final[Mapping[str, str]] = {"sr-cyrl": "cyrl", "sr-latn": "latn"}
_MOST_NAMED = 3


def script_of(lang: str) -> str | None:
    """``cyrl`` or ``latn`` for ``sr-Cyrl`` and ``sr-Latn``; None for every other language."""
    return _SCRIPTS.get(lang.casefold())


def in_language(unit_file: UnitFile, lang: str) -> UnitFile:
    """The units in the language, a tag such as ``sr-Latn`` or ``en``.

    Serbian units turn into the other script. Any other language takes the ``names`` of each unit and the ``titles`` of
    the file and of its rulebook; a unit that has none keeps its own name, and one warning counts such units. A
    translated unit loses its abbreviation, which is one of its own name; functions stay as they are. Raises
    OrgChartError for what is no tag.
    """
    lang = _canonical(lang)
    own = unit_file.lang or language_of(unit.name for unit in unit_file.units)
    script = script_of(lang)
    if script is not None and _is_serbian(own):
        return in_script(unit_file, script)
    if own.casefold() == lang.casefold():
        return replace(unit_file, lang=own)
    lacking: list[Unit] = []
    units = []
    for unit in unit_file.units:
        name = translation(unit.names, lang)
        if name is None:
            lacking.append(unit)
        units.append(unit if name is None else replace(unit, name=name, abbreviation=None))
    title = translation(unit_file.titles, lang)
    warnings = [*unit_file.warnings]
    if lacking:
        warnings.append(_lacking_names(lacking, len(units), lang))
    if unit_file.title and title is None:
        warnings.append(
            Fault(
                "the title",
                f"it has no translation into {quoted(lang)} and stays as it is",
                f'add "titles": {{"{lang}": "…"}} to the file, or give --title',
            )
        )
    turned = replace(
        unit_file,
        title=title or unit_file.title,
        lang=lang,
        source=None if unit_file.source is None else _source(unit_file.source, lang),
        units=tuple(units),
        warnings=tuple(warnings),
    )
    return turned if script is None else in_script(turned, script)


def second_names(unit_file: UnitFile, lang: str) -> dict[str, str]:
    """The name of each unit in another language or script, by its id; of those alone that have another there than here.
    Raises OrgChartError for what is no tag."""
    own = {unit.id: unit.name for unit in unit_file.units}
    other = in_language(unit_file, lang)
    return {unit.id: unit.name for unit in other.units if unit.name != own[unit.id]}


def translation(texts: Mapping[str, str], lang: str) -> str | None:
    """The text of that tag, else that of the nearest wider one (``en`` for ``en-GB``), else the first narrower one."""
    by_tag: dict[str, str] = {}
    for tag, text in texts.items():
        by_tag.setdefault(tag.casefold(), text)
    wanted = lang.casefold()
    while wanted:
        if wanted in by_tag:
            return by_tag[wanted]
        wanted = wanted.rpartition("-")[0]
    narrower = f"{lang.casefold().split('-')[0]}-"
    return next((text for tag, text in by_tag.items() if tag.startswith(narrower)), None)


def _canonical(lang: str) -> str:
    """``sr-Latn``, ``en-GB``: as the words and file readers know a tag, however it is typed."""
    if not _TAG.fullmatch(lang):
        raise OrgChartError(f"lang {quoted(lang)} is no language; use a tag such as sr-Cyrl, sr-Latn or en")
    first, *rest = lang.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def _source(source: RulebookSource, lang: str) -> RulebookSource:
    return replace(
        source,
        title=translation(source.titles, lang) or source.title,
        gazette=source.gazette and gazette_words(source.gazette, lang),
    )


def _is_serbian(lang: str) -> bool:
    return lang.split("-")[0].casefold() in SERBIAN


def _lacking_names(lacking: list[Unit], count: int, lang: str) -> Fault:
    first = ", ".join(quoted(unit.id) for unit in lacking[:_MOST_NAMED])
    more = " …" if len(lacking) > _MOST_NAMED else ""
    keep = "keeps its own name" if len(lacking) == 1 else "keep their own names"
    return Fault(
        f"{len(lacking)} of {count} unit{'s' * (count != 1)}",
        f"no name in {quoted(lang)}, so that {first}{more} {keep}",
        f'add "names": {{"{lang}": "…"}}',
    )
