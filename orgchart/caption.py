"""A units file and a language, in; the caption of its chart, ready to be set below the figure, out."""

from __future__ import annotations

from orgchart.labels import rulebook_line
from orgchart.structure import build_structure
from orgchart.unit_language import in_language
from orgchart.units import UnitFile
from orgchart.words import figure_words, source_word, unit_count_words

LANGUAGES = ("sr-Cyrl", "sr-Latn", "en")
_DIGITS = 12  # of the text's SHA-256, enough to tell two texts apart


def caption(
    unit_file: UnitFile, lang: str, *, root: str | None = None, depth: int | None = None, number: int | None = None
) -> str:
    """``Слика 1. Структура Сектора, 9 јединица. Извор: Правилник …, Гласник …, 1. 4. 2011. (SHA-256 9688a09d816f).``

    Only what the units file says; the units counted are those below ``root`` to ``depth`` generations. A title without
    a translation is the file's own. Raises OrgChartError as ``build_structure`` does.
    """
    turned = in_language(unit_file, lang)
    structure = build_structure(turned, root=root, depth=depth)
    roots = structure.hierarchy.roots
    titled = root is None and structure.title
    title = " ".join((structure.title if titled else ", ".join(unit.name for unit in roots[:3])).split())
    said = f"{title}, {unit_count_words(len(structure.hierarchy), lang)}."
    if number is not None:
        said = f"{figure_words(number, lang)} {said}"
    source = turned.source
    if source is None or not (line := rulebook_line(source, lang)):
        return said
    printed = f" (SHA-256 {source.sha256[:_DIGITS]})" if source.sha256 else ""
    return f"{said} {source_word(lang)}: {line.rstrip('.') if not printed else line}{printed}."
