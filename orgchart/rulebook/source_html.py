"""The bytes of an HTML page, in; its paragraphs, with the numbers that a browser counts, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from orgchart.rulebook.source_parts import Row, counted, number_of

_BLOCKS: Final = frozenset([
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "table", "ul", "ol", "section", "article",
    "header", "footer", "br", "pre", "blockquote", "dt", "dd", "title",
])  # fmt: skip
_SKIPPED: Final = frozenset(["script", "style", "noscript", "template", "svg", "nav", "head"])
_LISTS: Final = ("ul", "ol")
_FORMS: Final = {"I": "upperRoman", "i": "lowerRoman", "a": "lowerLetter", "A": "upperLetter"}
_STYLES: Final = {
    "upper-roman": "upperRoman", "lower-roman": "lowerRoman", "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
}  # fmt: skip


def from_html(content: bytes) -> Iterator[Row]:
    """The paragraphs in their order."""
    from lxml import html

    parser = html.HTMLParser(encoding=_encoding(content), no_network=True, huge_tree=False)
    page = _Page()
    stack: list[tuple[Any, bool]] = [(html.fromstring(content or b"<html/>", parser=parser), False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            if tag in _BLOCKS:
                yield from page.flush()
            page.leave(tag)
            page.collected.append(element.tail or "")
            continue
        if tag in _SKIPPED or not tag:
            page.collected.append(element.tail or "")
            continue
        if tag in _BLOCKS:
            yield from page.flush()
        page.enter(tag, element)
        page.collected.append(element.text or "")
        stack.append((element, True))
        stack += [(child, False) for child in reversed(element)]
    yield from page.flush()


class _Page:
    """Where in the page the reading is: the lists around it, and an item's number that still waits for its text."""

    def __init__(self) -> None:
        self.collected: list[str] = []
        self._lists: list[tuple[str, int]] = []
        self._waiting = ""

    def enter(self, tag: str, element: Any) -> None:
        if tag in _LISTS:
            style = re.search(r"list-style(?:-type)?\s*:\s*([\w-]+)", element.get("style") or "")
            form = _STYLES.get(style[1] if style else "", _FORMS.get(element.get("type") or "", "decimal"))
            self._lists.append((form if tag == "ol" else "bullet", number_of(element.get("start"), 1)))
        elif tag == "li":
            form, number = self._lists[-1] if self._lists else ("bullet", 1)
            number = number_of(element.get("value"), number)
            self._waiting = "• " if form == "bullet" else f"{counted(number, form)}. "
            if self._lists:
                self._lists[-1] = form, number + 1

    def leave(self, tag: str) -> None:
        if tag in _LISTS and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._waiting = ""

    def flush(self) -> Iterator[Row]:
        text = re.sub(r"[ \t\r\n\f]+", " ", "".join(self.collected)).strip(" ")
        self.collected.clear()
        if text.strip():
            yield self._waiting + text, None, max(0, len(self._lists) - 1) * 4
            self._waiting = ""


def _encoding(content: bytes) -> str:
    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:4000])
    for codec in ((declared[1].decode("ascii", "replace") if declared else "utf-8"), "utf-8", "cp1251"):
        try:
            content.decode(codec)
        except (LookupError, UnicodeDecodeError):
            continue
        return codec
    return "utf-8"
