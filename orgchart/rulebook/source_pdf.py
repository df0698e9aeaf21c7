"""The bytes of a PDF file, in; its lines with their pages, those broken for want of room joined again, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from orgchart.limits import check_within
from orgchart.packages import NotReadableError
from orgchart.rulebook.source_parts import Row

_POINTS_IN_LETTER: Final = 5
_ENDED: Final = re.compile(r"[.;:!?]\s*$")
_HYPHEN: Final = re.compile(r"[-‐\u00ad]\s*$")
_ITEM: Final = re.compile(r"\s*(?:[-–—•*]|\(?\w{1,4}(?:\.\w{1,3})*[.)]|[IVXLC]+\b|(?:Члан|Član|Članak|Article)\b)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as printed. first_word: how wide its first word is; all in points."""

    text: str
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    first_word: float = 0.0


def from_pdf(content: bytes) -> Iterator[Row]:
    """The lines in the order of the file. Raises NotReadableError for a broken or locked file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise NotReadableError(f"it is broken or locked with a password ({error})") from None
    check_within("pdf_pages", pages)
    for number in range(pages):
        try:
            page = document[number]
            lines = _lines(page.get_textpage())
            width = page.get_width()
            page.close()
        except pypdfium2.PdfiumError:
            raise NotReadableError(f"its page {number + 1} is broken") from None
        for text, indent in _paragraphs(lines, width):
            yield text, number + 1, indent


def _lines(textpage: Any) -> list[_Line]:
    whole = textpage.get_text_range()
    known = len(whole) == textpage.count_chars()  # else its characters cannot be told apart by their number
    lines = []
    place = 0
    for piece in re.split("(\r\n|\r|\n)", whole):
        start, place = place, place + len(piece)
        if piece in ("\r\n", "\r", "\n"):
            continue
        text = piece.replace("\ufffe", "-").replace("\x02", "-")
        words = text.split()
        if not known or not words:
            lines.append(_Line(text))
            continue
        first = start + len(text) - len(text.lstrip())
        left, base, _, _ = textpage.get_charbox(first)
        _, _, word_end, _ = textpage.get_charbox(first + len(words[0]) - 1)
        _, _, right, _ = textpage.get_charbox(start + len(text.rstrip()) - 1)
        lines.append(_Line(text, left, right, base, word_end - left))
    return lines


def _paragraphs(lines: list[_Line], page_width: float) -> Iterator[tuple[str, int]]:
    """A break is the page's own where the next word had no room left on the line; such lines are one again.

    The right margin is as wide as the left one, or less where lines are longer.
    """
    placed = [line for line in lines if line.right > line.left]
    edge = min((line.left for line in placed), default=0.0)
    margin = max([page_width - edge - 2, *(line.right for line in placed)])
    indent = 0
    joined: str | None = None
    before: _Line | None = None
    for line in lines:
        if joined is not None and before is not None and _is_broken(before, line, margin):
            joined = f"{joined.rstrip()} {line.text.lstrip()}"
        else:
            if joined is not None:
                yield joined, indent
            joined = line.text
            indent = int(max(0.0, line.left - edge) / _POINTS_IN_LETTER) if line.right > line.left else 0
        before = line
    if joined is not None:
        yield joined, indent


def _is_broken(before: _Line, line: _Line, margin: float) -> bool:
    if not before.right > before.left or not line.right > line.left or line.base >= before.base:
        return False
    if _HYPHEN.search(before.text):
        return False
    # Offices leave the space at the end of a line that they broke.
    if before.text[-1:] != " " and (_ENDED.search(before.text) or _ITEM.match(line.text)):
        return False
    space = 0.25 * (before.right - before.left) / max(1, len(before.text)) * 2
    return before.right + space + line.first_word > margin + 1
