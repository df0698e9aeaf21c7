"""Lines of a source and the words made of them, in; for every character its file, page, line, article and item, out."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from orgchart.rulebook.marks import Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source. number: counted from 1 through all files of the rulebook; page: where the source has pages;
    in_file: its number in its own file, where the rulebook has several."""

    text: str
    number: int
    file: str = ""
    page: int | None = None
    indent: int = 0
    in_file: int | None = None

    @property
    def printed(self) -> int:
        """The number by which a person finds the line in its file."""
        return self.number if self.in_file is None else self.in_file


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was mended before reading: what it is called, where, and the words before and after."""

    kind: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a character stands. paragraph: counted from 1 in its article; item: its printed number."""

    file: str
    page: int | None
    line: int
    article: str | None
    paragraph: int | None
    item: str | None
    one_of_several: bool = False

    def __str__(self) -> str:
        parts = [f"line {self.line}"]
        if self.page is not None:
            parts.insert(0, f"page {self.page}")
        if self.one_of_several:
            parts.insert(0, self.file)
        if self.article:
            parts.append(self.article)
        if self.item:
            parts.append(f"item {self.item}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or list item, its lines joined. starts: where in the text each of its lines begins.

    mark_line: the line of an item's number, which may stand alone above its text. gap: whether the item stands apart
    from what is before it. small: whether it was joined or stands as a line of its own, for headings.
    """

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    mark: Mark | None = None
    mark_line: int | None = None
    article: str | None = None
    paragraph: int | None = None
    after_article: bool = False
    gap: bool = False

    @property
    def indent(self) -> int:
        return self.lines[0].indent

    @property
    def first_line(self) -> int:
        return self.lines[0].number if self.mark_line is None else self.mark_line

    @property
    def last_line(self) -> int:
        return self.lines[-1].number

    def place(self, offset: int) -> Place:
        """The place of the character at an offset of the text."""
        line = self.lines[max(0, bisect_right(self.starts, offset) - 1)]
        item = None if self.mark is None else self.mark.text
        several = line.in_file is not None
        return Place(line.file, line.page, line.printed, self.article, self.paragraph, item, several)

    def line_at(self, offset: int) -> int:
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)].number
