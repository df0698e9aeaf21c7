"""The bytes of an ODT file, in; its paragraphs, with the numbers that LibreOffice counts, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from orgchart.packages import NotReadableError, opened
from orgchart.rulebook.source_parts import Row, counted, number_of

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_FORMS: Final = {"I": "upperRoman", "i": "lowerRoman", "a": "lowerLetter", "A": "upperLetter", "1": "decimal"}
_GONE: Final = frozenset(_TEXT + name for name in ("tracked-changes", "note", "annotation"))
_PARAGRAPHS: Final = (_TEXT + "p", _TEXT + "h")
_POINTS: Final = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0}
_POINTS_IN_LETTER: Final = 6

_Form = tuple[str, str, str, int, int]  # form, what stands before, what stands after, start, numbers shown


def from_odt(content: bytes) -> Iterator[Row]:
    """The paragraphs in their order; what was struck out is left out."""
    package = opened(content)
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(package.read("content.xml"), parser)
    except KeyError:
        raise NotReadableError("it holds no content.xml") from None
    trees = [root]
    if "styles.xml" in package.namelist():
        trees.append(etree.fromstring(package.read("styles.xml"), parser))
    lists = _Lists(trees)
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        if leaving:
            lists.leave(element)
        elif element.tag not in _GONE:
            if element.tag in _PARAGRAPHS:
                text = _text(element)
                mark = lists.mark() if text.strip() else ""
                yield mark + text, None, lists.indent(element)
            else:
                lists.enter(element)
                stack.append((element, True))
            stack += [(child, False) for child in reversed(element)]


def _text(paragraph: Any) -> str:
    """The words of a paragraph, its spaces and tabs, without those of a frame in it."""
    parts = [paragraph.text or ""]
    stack = list(paragraph)[::-1]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            parts.append(element)
            continue
        stack.append(element.tail or "")
        if element.tag == _TEXT + "s":
            parts.append(" " * min(200, number_of(element.get(_TEXT + "c"), 1)))
        elif element.tag == _TEXT + "tab":
            parts.append("\t")
        elif element.tag == _TEXT + "line-break":
            parts.append(" ")
        elif isinstance(element.tag, str) and element.tag not in _GONE and element.tag not in _PARAGRAPHS:
            parts.append(element.text or "")
            stack += list(element)[::-1]
    return "".join(parts)


class _Lists:
    """The lists around a paragraph. A list without a style has that of the list around it."""

    def __init__(self, trees: list[Any]) -> None:
        self._forms: dict[tuple[str, int], _Form] = {}
        self._margins: dict[str, float] = {}
        self._above: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self._counts: dict[tuple[str, int], int] = {}
        self._last: dict[str, str] = {}
        self._waiting = False
        for tree in trees:
            self._read_forms(tree)
            self._read_margins(tree)

    def _read_forms(self, tree: Any) -> None:
        for style in tree.iter(_TEXT + "list-style"):
            for level in style:
                place = number_of(level.get(_TEXT + "level"), 1)
                bullet = level.tag == _TEXT + "list-level-style-bullet"
                self._forms[(style.get(_STYLE + "name") or "", place)] = (
                    "bullet" if bullet else _FORMS.get(level.get(_STYLE + "num-format") or "", "none"),
                    level.get(_STYLE + "num-prefix") or "", level.get(_STYLE + "num-suffix") or "",
                    number_of(level.get(_TEXT + "start-value"), 1), number_of(level.get(_TEXT + "display-levels"), 1),
                )  # fmt: skip

    def _read_margins(self, tree: Any) -> None:
        for style in tree.iter(_STYLE + "style"):
            name = style.get(_STYLE + "name") or ""
            self._above[name] = style.get(_STYLE + "parent-style-name") or ""
            properties = style.find(_STYLE + "paragraph-properties")
            margin = None if properties is None else properties.get(_FO + "margin-left")
            if margin is not None and (points := _points(margin)) is not None:
                self._margins[name] = points

    def enter(self, element: Any) -> None:
        if element.tag == _TEXT + "list":
            style = element.get(_TEXT + "style-name") or (self._open[-1][0] if self._open else "")
            identity = style
            self._open.append((style, identity))
            goes_on = element.get(_TEXT + "continue-numbering") == "true" or element.get(_TEXT + "continue-list")
            if len(self._open) == 1 and not goes_on:
                for place in range(1, 11):
                    self._counts.pop((identity, place), None)
        elif element.tag == _TEXT + "list-item" and self._open:
            _, identity = self._open[-1]
            place = len(self._open)
            form = self._forms.get((self._open[-1][0], place))
            start = number_of(element.get(_TEXT + "start-value"), 0)
            before = self._counts.get((identity, place), (form[3] if form else 1) - 1)
            # An item that holds only a deeper list has no number of its own.
            if any(child.tag in _PARAGRAPHS for child in element):
                self._counts[(identity, place)] = start or before + 1
                for deeper in range(place + 1, 11):
                    self._counts.pop((identity, deeper), None)
                self._waiting = True

    def leave(self, element: Any) -> None:
        if element.tag == _TEXT + "list" and self._open:
            self._open.pop()
        elif element.tag == _TEXT + "list-item":
            self._waiting = False

    def mark(self) -> str:
        """What stands before the first paragraph of an item."""
        if not self._waiting or not self._open:
            return ""
        self._waiting = False
        style, identity = self._open[-1]
        place = len(self._open)
        form = self._forms.get((style, place))
        if form is None or form[0] == "bullet":
            return "• "
        if form[0] == "none":
            return ""
        numbers = []
        for each in range(max(1, place - form[4] + 1), place + 1):
            above = self._forms.get((style, each), form)
            numbers.append(counted(self._counts.setdefault((identity, each), above[3]), above[0]))
        return f"{form[1]}{'.'.join(numbers)}{form[2]} "

    def indent(self, paragraph: Any) -> int:
        name, seen = paragraph.get(_TEXT + "style-name") or "", set()
        while name and name not in self._margins and name not in seen:
            seen.add(name)
            name = self._above.get(name, "")
        if name in self._margins:
            return max(0, int(self._margins[name] / _POINTS_IN_LETTER))
        return max(0, len(self._open) - 1) * 4


def _points(length: str) -> float | None:
    try:
        return float(length[:-2]) * _POINTS.get(length[-2:], 1.0)
    except ValueError:
        return None
