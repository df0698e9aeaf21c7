"""The lines of a rulebook, in; its units as they were read, with questions and unmet promises, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orgchart.rulebook import genre
from orgchart.rulebook.blocks import make_blocks
from orgchart.rulebook.casing import Casing
from orgchart.rulebook.clauses import clauses
from orgchart.rulebook.drafts import Draft, Question, Said
from orgchart.rulebook.grammar import read_sentence
from orgchart.rulebook.lexicon import Lexicon, fold, load_lexicon
from orgchart.rulebook.lists import Unmet
from orgchart.rulebook.mentions import find_mentions
from orgchart.rulebook.outline import read_outline
from orgchart.rulebook.places import Block, Line, Repair
from orgchart.rulebook.repairs import mend
from orgchart.rulebook.statements import Statement
from orgchart.rulebook.structure import Structure
from orgchart.rulebook.tokens import items_inside, sentences, words_of

_LETTERS: Final = re.compile(r"[^\W\d_]")
_FURTHER: Final = re.compile(
    # Begins at a word and never gives a letter back: else a word of some thousand letters takes minutes.
    r"(?<![^\W\d_])((?:[^\W\d_]++[ ,]++){1,10}+)\(\s*(?:u|у)\s+(?:dalj(?:nj)?em|даљем|даљњем)\s+(?:tekstu|тексту)"
    r"\s*[:-]?\s*[„\"“]?([^\W\d_]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from one text. lines: as mended; drafts: the units in the order of the tree."""

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...]
    drafts: tuple[Draft, ...]
    questions: tuple[Question, ...]
    unmet: tuple[Unmet, ...]
    remarks: tuple[tuple[int, str], ...]
    genre: genre.Genre
    title: str | None
    statements: int


def read_lines(lines: Sequence[Line], lexicon: Lexicon | None = None) -> Read:
    """Read the lines of one source. Never raises on any text."""
    lexicon = lexicon or load_lexicon()
    mended, repairs = mend(lines, lexicon)
    blocks, joins = make_blocks(mended, lexicon)
    structure = Structure(lexicon)
    kind = genre.recognise(blocks, lexicon)
    structure.body = genre.body_of(blocks, lexicon)
    if structure.body is not None:
        structure.register.note(structure.body)
    statements = 0
    if kind is genre.AMENDMENT:
        return Read(
            tuple(mended), tuple(blocks), (*repairs, *joins), (), (), (), (), kind, genre.title_of(blocks, lexicon), 0
        )
    for number, block in enumerate(blocks):
        structure.block_number = number
        structure.indent = block.indent
        structure.after_article = block.after_article
        structure.gap = block.gap
        statements += _read_block(block, structure, lexicon)
    if not structure.register.drafts or (not structure.introduced and structure.headings and kind.is_rulebook):
        read_outline(structure)
    structure.ask_about_roots()
    unmet = structure.finish()
    _join_placeholders(structure)
    casing = Casing((line.text for line in mended[:200_000]), lexicon)
    for draft in structure.register.drafts:
        _spell(draft, structure, casing)
    drafts = tuple(_in_order(structure.register.drafts))
    if not drafts:
        kind = genre.nothing_found(blocks, lexicon)
    return Read(
        tuple(mended), tuple(blocks), (*repairs, *joins), drafts,
        tuple(structure.questions), tuple(unmet), tuple(structure.remarks), kind,
        genre.title_of(blocks, lexicon), statements,
    )  # fmt: skip


def _read_block(block: Block, structure: Structure, lexicon: Lexicon) -> int:
    """Read one paragraph or item; how many statements it made."""
    text = block.text
    if not _LETTERS.search(text):
        return 0
    if block.after_article:
        structure.close_functions()
    _note_abbreviations(text, structure)
    made = 0
    found = sentences(text)
    for order, (start, end) in enumerate(found):
        spans = items_inside(text, start, end, lexicon)
        for span in spans:
            mark = span.mark if span.inline else (block.mark if order == 0 else None)
            words = words_of(text, span.start, span.end)
            if not words:
                continue
            whole = len(found) == 1 and len(spans) == 1
            said = Said(block, span.start, span.end, "")
            parts = clauses(words, lexicon) if mark is None else [words]
            for part in parts[:-1]:
                for statement in read_sentence(part, mark, False, lexicon, structure.register.short):
                    structure.take(statement, Said(block, part[0].start, part[-1].end, statement.rule), part, mark)
                    made += 1
            words = list(parts[-1])
            statements = read_sentence(words, mark, whole and len(parts) == 1, lexicon, structure.register.short)
            if statements and _is_function_of_a_list(statements, structure, block):
                statements = []
            for statement in statements:
                structure.take(statement, Said(block, span.start, span.end, statement.rule), words, mark)
                made += 1
            if not statements and mark is None:
                for mention in find_mentions(words, lexicon):
                    structure.register.note(mention)
            if not statements and order == 0 and not span.inline:
                whole_item = Said(block, 0, len(text), "function")
                if structure.function_item(whole_item, block.mark):
                    return made
                structure.unknown_item(said, mark)
    return made


def _is_function_of_a_list(statements: Sequence[Statement], structure: Structure, block: Block) -> bool:
    """An item that begins small is a function, though it names units: ``координацију рада одељења``."""
    return (
        block.mark is not None and block.text[:1].islower() and structure.functions_open
        and all(statement.rule.startswith("introduction") for statement in statements)
    )  # fmt: skip


def _note_abbreviations(text: str, structure: Structure) -> None:
    if "(" not in text:
        return
    for found in _FURTHER.finditer(text):
        short = found[2]
        if short.isupper() and len(short) > 1:
            structure.register.note_abbreviation(short, map(fold, re.findall(r"[^\W\d_]+", found[1])))
        elif short[:1].isupper():
            mentions = find_mentions(words_of(text, 0, found.end()), structure.lexicon)
            if mentions:
                structure.register.note(mentions[-1])


def _join_placeholders(structure: Structure) -> None:
    """A unit known by its kind alone to the end (``Сектор``) is the first of that kind that has a full name."""
    for draft in structure.register.drafts:
        if not draft.placeholder or draft.merged is not None:
            continue
        full = next(
            (other for other in structure.register.drafts
             if other is not draft and not other.placeholder and other.level == draft.level and other.parent is None),
            None,
        )  # fmt: skip
        if full is None:
            continue
        full.functions = [*draft.functions, *full.functions]
        draft.merged = full
        for other in structure.register.drafts:
            if other.parent is draft:
                other.parent = full


def _spell(draft: Draft, structure: Structure, casing: Casing) -> None:
    """A name that stands in capitals takes the spelling that it has elsewhere in the text, or that of its words."""
    letters = [letter for letter in draft.name if letter.isalpha()]
    if letters and sum(map(str.isupper, letters)) * 2 > len(letters):
        known = structure.register.spellings.get(draft.key)
        if known is None and casing.guesses(draft.name) and draft.home is not None:
            branded = draft.key[0] in structure.lexicon.enterprise  # ЈП "ПУТЕВИ": a proper name, as it is printed
            known = draft.name if branded else None
            written = known or casing.sentence_case(draft.name)
            structure.ask(
                "a name in capitals", draft.home, draft, ("which of its words are proper names", written), written
            )
        draft.name = known or casing.sentence_case(draft.name)
    elif not draft.name[:1].isupper():
        draft.name = draft.name[:1].upper() + draft.name[1:]


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """Parents before their children, siblings as they were read; a circle is cut at its first unit."""
    alive = [draft for draft in drafts if draft.merged is None]
    children: dict[int, list[Draft]] = {}
    roots = []
    for draft in alive:
        if (
            draft.parent is None
            or any(above is draft for above in draft.ancestors())
            or draft in set(draft.ancestors())
        ):
            roots.append(draft)
        else:
            children.setdefault(draft.parent.number, []).append(draft)
    ordered = []
    stack = roots[::-1]
    while stack:
        draft = stack.pop()
        ordered.append(draft)
        stack += children.get(draft.number, [])[::-1]
    return ordered
