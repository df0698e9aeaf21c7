"""A reading, in; the same with functions named only by their article (``послове из члана 43.``) in full, out."""

from __future__ import annotations

import re
from dataclasses import replace

from orgchart.rulebook import functions
from orgchart.rulebook.drafts import Draft, Question
from orgchart.rulebook.reading import Read

RULE = "functions by reference to an article"


def follow_references(read: Read) -> Read:
    """Each reference becomes the functions of the one unit whose functions stand in that article, and a question.

    Where no unit or several have functions there, the words stay as they are, and the question says so.
    """
    owners: dict[str, list[Draft]] = {}
    for draft in read.drafts:
        for said in draft.function_places:
            number = re.search(r"\d+", said.block.article or "")
            if number is not None and owners.setdefault(number[0], [])[-1:] != [draft]:
                owners[number[0]].append(draft)
    said_of = {draft.number: tuple(draft.functions) for draft in read.drafts}
    questions: list[Question] = []
    for draft in read.drafts:
        # Draft is what grows while reading; the units file is made of it afterwards.
        draft.functions[:] = [
            text for words in said_of[draft.number] for text in _followed(words, draft, owners, said_of, questions)
        ]
    return replace(read, questions=(*read.questions, *questions)) if questions else read


def _followed(
    words: str,
    draft: Draft,
    owners: dict[str, list[Draft]],
    said_of: dict[int, tuple[str, ...]],
    questions: list[Question],
) -> tuple[str, ...]:
    article = functions.reference(words)
    number = None if article is None else re.search(r"\d+", article)
    if number is None:
        return (words,)
    others = [other for other in owners.get(number[0], ()) if other is not draft]
    found: tuple[str, ...] = ()
    if len(others) == 1:
        found = tuple(text for text in said_of[others[0].number] if functions.reference(text) is None)
    as_it_stands = f"“{words}”, as it stands"
    copied = f"the {len(found)} functions of {others[0].name}" if found else as_it_stands
    line = next((said.line for said in draft.function_places if words[:40] in said.text), draft.last_line)
    choices = (copied, as_it_stands) if found else (as_it_stands, f"the functions in article {number[0]}")
    questions.append(Question(RULE, words, choices, copied, line, draft.number))
    return found or (words,)
