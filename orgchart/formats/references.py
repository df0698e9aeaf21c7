"""A page's Drawing, in; which box, line or entry of the index leads to which other page, out: for formats in which a
shape or a stretch of text leads somewhere, and not a place on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orgchart.drawing import Drawing, Link, Rectangle, UnitMark, Words

_NUMBERS = re.compile(r"([0-9]+)")
# A link's place in its box is that of the line that it stands for, half-way up.
_MIDDLE_OF_LINE = 0.29


@dataclass(frozen=True, slots=True)
class BoxLinks:
    """whole: where a click on the box leads; lines: for each line of its text, the parts and where those lead that lead
    elsewhere."""

    whole: Link | None
    lines: tuple[tuple[tuple[str, Link | None], ...], ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A unit of the index: the lines of its name, then the dots and the number of its page; or a capital or heading,
    which has a name only and leads nowhere."""

    name: tuple[Words, ...]
    tail: tuple[Words, ...]
    link: Link | None


def links_by_box(drawing: Drawing) -> dict[str, BoxLinks]:
    """By unit, the links of every box of the page; a box without links has only its text."""
    rest = list(drawing.links)
    found: dict[str, BoxLinks] = {}
    for mark in drawing.units:
        here = []
        while rest and is_inside(rest[0], mark.box):  # they stand in the order of the boxes
            here.append(rest.pop(0))
        found[mark.unit] = _box_links(mark, here)
    return found


def is_inside(link: Link, box: Rectangle) -> bool:
    across, down = link.left + link.width / 2 - box.x, link.top + link.height / 2 - box.y
    return 0 <= across <= box.width and 0 <= down <= box.height


def _box_links(mark: UnitMark, links: Sequence[Link]) -> BoxLinks:
    whole = links[0] if links else None
    lines = []
    for words in mark.words:
        y = words.y - _MIDDLE_OF_LINE * words.size
        here = [link for link in links if link.top <= y < link.top + link.height]
        other = [link for link in here if whole and link.page != whole.page]
        lines.append(_parts(words.text, here) if other else ((words.text, None),))
    return BoxLinks(whole, tuple(lines))


def _parts(text: str, links: Sequence[Link]) -> tuple[tuple[str, Link | None], ...]:
    """``→ стр. 4, 6–8`` of several links: each number leads to its page, the dash to the first page that it leaves
    out."""
    if len(links) == 1:
        return ((text, links[0]),)
    by_page = {link.page: link for link in links}
    parts: list[tuple[str, Link | None]] = []
    before = 0
    for part in filter(None, _NUMBERS.split(text)):
        if part.isdigit() and len(part) < 10:
            before = int(part)
            parts.append((part, by_page.get(before)))
        else:
            parts.append((part, by_page.get(before + 1) if part == "–" else None))
    return tuple(parts)


def index_entries(drawing: Drawing) -> list[IndexEntry]:
    """The lines of a page of the index, put together again to entries, in their order."""
    entries: list[IndexEntry] = []
    links = list(drawing.links)
    name: list[Words] = []
    tail: list[Words] = []
    for words in drawing.index:
        link = links[0] if links else None
        at_home = link is not None and link.top <= words.y <= link.top + link.height and (
            link.left - 0.1 <= words.x <= link.left + link.width + 0.1
        )  # fmt: skip
        if link is None or not at_home:
            entries.append(IndexEntry((words,), (), None))
            continue
        (tail if words.anchor == "end" else name).append(words)
        # The number is the last of an entry, and touches the column's right edge.
        if words.anchor == "end" and words.x > link.left + link.width - 0.1:
            entries.append(IndexEntry(tuple(name), tuple(tail), link))
            links.pop(0)
            name, tail = [], []
    return entries
