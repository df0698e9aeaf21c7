"""What was read of a rulebook, in; a units file that proposes it, out."""

from __future__ import annotations

from collections.abc import Sequence

from orgchart.ids import make_ids
from orgchart.rulebook.drafts import Draft
from orgchart.rulebook.inflection import genitive_adjective, genitive_noun
from orgchart.rulebook.lexicon import Lexicon, fold
from orgchart.rulebook.reading import Read
from orgchart.script import is_cyrillic
from orgchart.unit_fields import MAX_NAME, MAX_WORD
from orgchart.units import RulebookSource, Source, Unit, UnitFile
from orgchart.words import language_of


def propose(read: Read, lexicon: Lexicon, file: str | None, sha256: str | None) -> UnitFile:
    """The units as a units file: ids from the names, functions and lines from the text."""
    ids = ids_of(read.drafts)
    units = tuple(
        Unit(
            id=ids[draft.number], level=draft.level, name=draft.name[:MAX_NAME],
            parent=None if draft.parent is None else ids.get(draft.parent.number),
            number=None if draft.mark is None or draft.mark.printed is None else draft.mark.printed[:MAX_WORD],
            abbreviation=None if draft.abbreviation is None else draft.abbreviation[:MAX_WORD],
            functions=tuple(draft.functions), staff=draft.staff, source=_source(draft),
        )
        for draft in read.drafts
    )  # fmt: skip
    names = [unit.name for unit in units]
    rulebook = RulebookSource(title=read.title, file=file, sha256=sha256 if file is not None else None)
    return UnitFile(title=_title(read.drafts, lexicon), lang=language_of(names), source=rulebook, units=units)


def _source(draft: Draft) -> Source | None:
    if draft.home is None:
        return None
    article = draft.home.block.article
    return Source(article and article[:MAX_WORD], draft.home.line, max(draft.last_line, draft.home.line))


def ids_of(drafts: Sequence[Draft]) -> dict[int, str]:
    """An id for each draft's number."""
    return make_ids(
        (draft.number, draft.name, None if draft.parent is None else draft.parent.number) for draft in drafts
    )


def _title(drafts: Sequence[Draft], lexicon: Lexicon) -> str | None:
    """``Организациона структура Сектора за буџет``, where there is one unit at the top."""
    roots = [draft for draft in drafts if draft.parent is None]
    if len(roots) != 1:
        return None
    words = roots[0].name.split()
    for place, word in enumerate(words):
        form = lexicon.forms.get(fold(word))
        if form is None:
            continue
        if not form.noun.gender:
            return f"Organisation of {roots[0].name}"
        before = [genitive_adjective(each, form.noun.gender) for each in words[:place]]
        whole = " ".join([*before, genitive_noun(word, form.noun), *words[place + 1 :]])
        return ("Организациона структура " if is_cyrillic(word) else "Organizaciona struktura ") + whole
    return None
