"""Headings of a text without any introducing sentence, in; the units that they may be, each with a question, out."""

from __future__ import annotations

from orgchart.rulebook.drafts import Draft
from orgchart.rulebook.structure import Structure


def read_outline(structure: Structure) -> None:
    """Take the headings for units and their kinds for depth. Kind is not depth: so each one is asked about."""
    if len(structure.headings) < 2 and not structure.register.drafts:
        return
    path: list[Draft] = []
    for mention, said, mark, _ in structure.headings:
        if structure.register.known(mention.key):
            continue
        while path and path[-1].rank >= mention.noun.rank:
            path.pop()
        draft = structure.register.add(mention)
        draft.home = said
        draft.said.append(said)
        draft.last_line = said.end_line
        draft.mark = mark
        draft.parent = path[-1] if path else None
        structure.ask(
            "a heading that no sentence confirms", said, draft, ("a unit", "a heading only"),
            "a unit" if draft.parent is None else f"a unit below {draft.parent.name}, by its kind",
        )  # fmt: skip
        path.append(draft)
