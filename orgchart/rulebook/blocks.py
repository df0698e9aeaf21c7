"""Mended lines, in; paragraphs and list items with their numbers, articles and places, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from orgchart.rulebook.lexicon import Lexicon, fold
from orgchart.rulebook.marks import Mark, read_article, read_mark
from orgchart.rulebook.places import Block, Line, Repair

_FIRST_WORDS: Final = re.compile(r"[^\W\d_]+")
_LAST_WORD: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]++)\W*$")
_ENDED: Final = (".", ";", ":", "!", "?")
_INLINE_ARTICLE: Final = re.compile(
    r"(?<=[.;:)”“\"])\s+(?=(?:Члан|ЧЛАН|Član|ČLAN|Clan|Članak|Article|ARTICLE)\s+\d{1,4}\b)"
)
_LEAST_LINKED: Final = 5  # letters of the second word; контро-/лу is one word
_LINKED: Final = ("o", "о")  # materijalno-finansijski keeps its hyphen at the end of a line
_LONGEST_JOIN: Final = 20_000
_LONG: Final = 400


@dataclass(slots=True)
class _Growing:
    """A block while lines are still added to it."""

    parts: list[str]
    lines: list[Line]
    starts: list[int]
    length: int
    mark: Mark | None
    mark_line: int | None
    article: str | None
    paragraph: int | None
    after_article: bool
    gap: bool
    text: str = field(default="")

    @property
    def tail(self) -> str:
        return self.parts[-1]

    def done(self) -> Block:
        return Block(
            "".join(self.parts), tuple(self.lines), tuple(self.starts), self.mark, self.mark_line, self.article,
            self.paragraph, self.after_article, self.gap,
        )  # fmt: skip


def make_blocks(lines: Sequence[Line], lexicon: Lexicon) -> tuple[list[Block], list[Repair]]:
    """Paragraphs and items. Lines that were broken for the page are joined, and each join is listed."""
    width = _wrap_width(lines)
    blocks: list[Block] = []
    repairs: list[Repair] = []
    growing: _Growing | None = None
    pending: tuple[Mark, int] | None = None
    article: str | None = None
    paragraph = 0
    gap = after_article = mark_stands_apart = False

    def close() -> None:
        nonlocal growing
        if growing is not None:
            blocks.append(growing.done())
            growing = None

    for whole in lines:
        for line in _parts(whole):
            text = line.text
            if not text:
                gap = True
                continue
            heading, rest = read_article(text)
            if heading is not None:
                if _is_reference(text, rest, growing, gap):
                    heading = None
                else:
                    close()
                    article, paragraph, after_article, pending = heading, 0, True, None
                    text = text[rest:]
                    gap = True
                    if not text:
                        continue
            mark, start = (None, 0) if heading is not None and not text[:1].isdigit() else read_mark(text)
            if mark is not None and start >= len(text):
                close()
                pending = (mark, line.number)
                mark_stands_apart, gap = gap, False
                continue
            if (
                mark is None
                and pending is None
                and growing is not None
                and _continues(growing, text, gap, width, lexicon)
            ):
                _join(growing, replace(line, text=text), repairs)
                gap = False
                continue
            close()
            mark_line = None
            if pending is not None:
                gap = gap or mark_stands_apart
            if pending is not None and (mark is None or not mark.value):
                mark, mark_line = pending
            pending = None
            body = text[start:]
            if mark is None or after_article:
                paragraph += 1
            growing = _Growing(
                [body],
                [line],
                [0],
                len(body),
                mark,
                mark_line,
                article,
                paragraph if article else None,
                after_article,
                gap,
            )
            gap = after_article = False
    close()
    return blocks, repairs


def _parts(line: Line) -> list[Line]:
    """A line that holds several articles, as scans of gazettes do, as one line for each."""
    if len(line.text) < 60 or not _INLINE_ARTICLE.search(line.text):
        return [line]
    return [replace(line, text=text.strip()) for text in _INLINE_ARTICLE.split(line.text) if text.strip()]


def _is_reference(text: str, rest: int, growing: _Growing | None, gap: bool) -> bool:
    """Whether ``člana 43. ovog pravilnika`` at the beginning of a line goes on from the line above."""
    word = text[:1]
    after = text[rest : rest + 1]
    if word.islower():
        return True
    return bool(after) and after.islower() and growing is not None and not gap and not growing.tail.endswith(_ENDED)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which lines were broken, or 0 where paragraphs stand on one line each."""
    lengths = sorted(len(line.text) for line in lines[:20_000] if line.text)
    if len(lengths) < 8:
        return 0
    widest = lengths[int(len(lengths) * 0.97)]
    return widest if 40 <= widest <= 130 and lengths[-1] <= 1.3 * widest else 0


def _continues(growing: _Growing, text: str, gap: bool, width: int, lexicon: Lexicon) -> bool:
    """Whether a line without a number goes on where the line before it broke off."""
    before = growing.tail
    if not before or growing.length > _LONGEST_JOIN:
        return False
    if before.endswith("-") and before[-2:-1].isalpha() and text[:1].islower():
        return True
    if before.endswith(_ENDED):
        return False
    if text[:1].islower() or text[:1] in "(,;":
        return True
    if gap:
        return False
    if _opens_a_unit(text, lexicon):
        return False
    last = _LAST_WORD.search(before)
    if last and fold(last[1]) in lexicon.open and not before.endswith(","):
        return True
    if text.isupper() and before.isupper() and len(text) > 3 and growing.mark is None:
        return not before.endswith(",")
    return bool(width) and len(growing.lines[-1].text) >= 0.85 * width


def _opens_a_unit(text: str, lexicon: Lexicon) -> bool:
    words = _FIRST_WORDS.findall(text[:80])[:3]
    return any(fold(word) in lexicon.forms for word in words[:2]) and words[0][:1].isupper()


def _join(growing: _Growing, line: Line, repairs: list[Repair]) -> None:
    before = growing.parts[-1]
    glue = " "
    if before.endswith("-") and before[-2:-1].isalpha():
        glue = ""
        rest = re.match(r"[^\W\d_]*", line.text)
        if not before[:-1].endswith(_LINKED) or (rest is not None and len(rest[0]) < _LEAST_LINKED):
            growing.parts[-1] = before[:-1]
            growing.length -= 1
        repairs.append(Repair("hyphenated words joined", line.number, f"{before[-30:]} / {line.text[:30]}",
                              f"{growing.parts[-1][-30:]}{line.text[:30]}"))  # fmt: skip
    else:
        repairs.append(
            Repair(
                "lines joined", line.number, f"{before[-30:]} / {line.text[:30]}", f"{before[-30:]} {line.text[:30]}"
            )
        )
    growing.parts.append(glue + line.text)
    growing.starts.append(growing.length + len(glue))
    growing.length += len(glue) + len(line.text)
    growing.lines.append(line)
