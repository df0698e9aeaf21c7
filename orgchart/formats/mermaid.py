"""A Structure, in; a Mermaid flowchart of its units, for wikis and Markdown, out.

Ids are ``n1``, ``n2`` …, so that no id or name can be a word of Mermaid's; names stand only in quoted labels, through
one escaper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from orgchart.structure import Structure
from orgchart.styles import BoxStyle
from orgchart.words import kind_word

# What Mermaid, its entities, its directives or the Markdown in its labels give a meaning to, wherever it stands.
_SIGNS: Final = re.compile(r"""["#<>&`%:;*_~$@|\\\[\]{}]""")
# "1. Section" and "- Section" would be lists.
_LIST_MARK: Final = re.compile(r"^(\s*)(?:(\d+)([.)])|([-+]))", re.MULTILINE)
_SHAPES: Final = {"square": ("[", "]"), "round": ("(", ")")}
_DASHES: Final = {"dashed": "6 3", "dotted": "2 3"}


def write_mermaid(structure: Structure) -> bytes:
    """``flowchart TB`` with a class for each level in the style's colours; relations are dotted, with their kind."""
    return ("\n".join(_lines(structure)) + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """The text for a label in double quotes, which shows it as it is."""
    quoted = _LIST_MARK.sub(_plain_mark, _SIGNS.sub(_entity, text))
    return quoted.replace("\r\n", "\n").replace("\n", "<br/>").replace("\t", " ")


def _entity(sign: re.Match[str]) -> str:
    return f"#{ord(sign[0])};"


def _plain_mark(mark: re.Match[str]) -> str:
    space, number, stop, dash = mark.groups()
    return f"{space}#{ord(dash)};" if dash else f"{space}{number}#{ord(stop)};"


def _lines(structure: Structure) -> Iterator[str]:
    hierarchy, styles = structure.hierarchy, structure.styles
    if structure.title:
        yield from ("---", f"title: {json.dumps(' '.join(structure.title.split()), ensure_ascii=False)}", "---")
    yield "flowchart TB"
    names = {unit.id: f"n{number}" for number, unit in enumerate(hierarchy.units, 1)}
    levels: dict[str, list[str]] = {}
    for unit in hierarchy.units:
        opened, closed = _SHAPES[styles.box(unit.level).corner]
        yield f'  {names[unit.id]}{opened}"{escaped(unit.name)}"{closed}'
        levels.setdefault(unit.level, []).append(names[unit.id])
    for unit in hierarchy.units:
        parent = hierarchy.parent(unit.id)
        if parent is not None:
            yield f"  {names[parent.id]} --- {names[unit.id]}"
    for tie in hierarchy.relations:
        word = escaped(kind_word(tie.kind, structure.lang))
        yield f'  {names[tie.source]} -.->|"{word}"| {names[tie.target]}'
    for number, (level, members) in enumerate(levels.items(), 1):
        yield f"  %% level{number} is {escaped(level)}"
        yield f"  classDef level{number} {_look(styles.box(level))}"
        yield f"  class {','.join(members)} level{number}"


def _look(box: BoxStyle) -> str:
    """Colours and border in CSS, without a semicolon at the end, which Mermaid would take for its own."""
    look = {
        "fill": box.fill,
        "color": box.text,
        "stroke": box.border,
        "stroke-width": f"{box.border_width_pt:g}pt",
        **({"stroke-dasharray": _DASHES[box.border_line]} if box.border_line in _DASHES else {}),
        **({"font-weight": "bold"} if box.bold else {}),
        **({"font-style": "italic"} if box.italic else {}),
    }
    return ",".join(f"{key}:{value}" for key, value in look.items())
