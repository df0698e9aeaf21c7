"""A picture's alternative text, in; which chart it asks for, and the text that tells the chart in words, out.

``orgchart:NAME`` alone asks for the chart NAME. Once the chart is there, its title and outline stand in front, and the
marker in brackets at the end, so that the picture is found again: ``Outline … [orgchart:NAME]``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Word shows no more in its pane, and who hears the text cannot skip in it.
MAX_LETTERS: Final = 2000
_ALONE: Final = re.compile(r"\s*orgchart:\s*([^\s\[\]]+)\s*", re.IGNORECASE)
_AT_END: Final = re.compile(r"\[orgchart:\s*([^\s\[\]]+)\s*\]\s*$", re.IGNORECASE)


def chart_named(alternative: str | None) -> str | None:
    """The name in the marker, or None for a picture that is none of ours."""
    if not alternative:
        return None
    found = _ALONE.fullmatch(alternative) or _AT_END.search(alternative)
    return found[1] if found else None


def outline_text(title: str, outline: Sequence[str], max_letters: int = MAX_LETTERS) -> str:
    """Title and outline, line by line: at most so many letters, with the count of the lines left out."""
    lines = list(outline) if outline and outline[0] == title else [title, *outline]
    taken: list[str] = []
    room = max_letters - len("… (+999999)")
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            taken.append(f"… (+{len(lines) - number})")
            break
        taken.append(line)
    return "\n".join(taken)


def alternative_text(name: str, title: str, outline: Sequence[str]) -> str:
    """Title, outline and marker, within 2,000 letters."""
    marker = f" [orgchart:{name}]"
    return outline_text(title, outline, MAX_LETTERS - len(marker)) + marker
