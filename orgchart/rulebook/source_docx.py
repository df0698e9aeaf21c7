"""The bytes of a DOCX file, in; its paragraphs, with the numbers that Word counts and stores nowhere, out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from orgchart.packages import NotReadableError, opened
from orgchart.rulebook.source_parts import Row, counted, number_of

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE: Final = frozenset([_FALLBACK, _WORD + "moveFrom", _WORD + "del", _WORD + "pPr", _WORD + "rPr"])
_SIGNS: Final = {
    _WORD + "tab": "\t", _WORD + "br": "\n", _WORD + "cr": "\n", _WORD + "noBreakHyphen": "-",
    _WORD + "softHyphen": "\u00ad",
}  # fmt: skip
_TWIPS_IN_LETTER: Final = 120
_LEVEL_TWIPS: Final = 480
_PLACES: Final = 9


def from_docx(content: bytes) -> Iterator[Row]:
    """The paragraphs in their order, tables and text boxes too; what was struck out or moved away is left out."""
    if not {"[Content_Types].xml", "word/document.xml"} <= set(opened(content).namelist()):
        raise NotReadableError("it holds no document of Word")
    from docx import Document

    document = Document(io.BytesIO(content))
    numbering = _Numbering(document)
    for paragraph in _paragraphs(document.element.body):
        mark, indent = numbering.mark(paragraph)
        for number, text in enumerate(_text(paragraph).split("\n")):
            yield (mark + text if number == 0 else text), None, indent


def _paragraphs(body: Any) -> Iterator[Any]:
    """Each paragraph once: Word stores a text box a second time for older versions."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag == _WORD + "p":
            yield element
        if element.tag not in _GONE:
            stack += list(element)[::-1]


def _text(paragraph: Any) -> str:
    parts = []
    stack = list(paragraph)[::-1]
    while stack:
        element = stack.pop()
        if element.tag == _WORD + "t":
            parts.append(element.text or "")
        elif element.tag in _SIGNS:
            parts.append(_SIGNS[element.tag])
        elif element.tag not in _GONE and element.tag != _WORD + "p":
            stack += list(element)[::-1]
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    left: int


class _Numbering:
    """Word counts by abstract lists; a list may start a place anew, once, when it is first used."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._lefts: dict[str, int] = {}
        try:
            element = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            element = None
        if element is not None:
            self._read_lists(element)
        self._read_styles(document.styles.element)

    def _read_lists(self, element: Any) -> None:
        abstract = {each.get(_WORD + "abstractNumId"): each for each in element.findall(_WORD + "abstractNum")}
        for number in element.findall(_WORD + "num"):
            identity = number.get(_WORD + "numId")
            reference = _value(number, "abstractNumId", "")
            self._abstract[identity] = reference
            found = abstract.get(reference)
            levels = [] if found is None else found.findall(_WORD + "lvl")
            for override in number.findall(_WORD + "lvlOverride"):
                place = number_of(override.get(_WORD + "ilvl"), 0)
                start = _value(override, "startOverride", "")
                if start:
                    self._restarts[(identity, place)] = number_of(start, 1)
                levels += override.findall(_WORD + "lvl")
            for level in levels:
                left = _left(level.find(_WORD + "pPr"))
                place = number_of(level.get(_WORD + "ilvl"), 0)
                self._levels[(identity, place)] = _Level(
                    _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""),
                    number_of(_value(level, "start", "1"), 1), _LEVEL_TWIPS * place if left is None else left,
                )  # fmt: skip

    def _read_styles(self, element: Any) -> None:
        styles = {each.get(_WORD + "styleId"): each for each in element.findall(_WORD + "style")}
        for name in styles:
            above, seen = name, set()
            while above in styles and above not in seen:
                seen.add(above)
                properties = styles[above].find(_WORD + "pPr")
                if name not in self._styles and (numbered := _numbered(properties)) is not None:
                    self._styles[name] = numbered
                if name not in self._lefts and (left := _left(properties)) is not None:
                    self._lefts[name] = left
                above = _value(styles[above], "basedOn", "")

    def mark(self, paragraph: Any) -> tuple[str, int]:
        """What stands before a paragraph, and how far it stands in, in letters."""
        properties = paragraph.find(_WORD + "pPr")
        style = "" if properties is None else _value(properties, "pStyle", "")
        found = _numbered(properties) or self._styles.get(style)
        level = None if found is None else self._levels.get(found)
        left = _left(properties)
        if left is None:
            left = self._lefts.get(style, 0) if level is None else level.left
        indent = max(0, left) // _TWIPS_IN_LETTER
        if found is None or level is None:
            return "", indent
        return self._printed(found, level), indent

    def _printed(self, found: tuple[str, int], level: _Level) -> str:
        identity, place = found
        counted_by = self._abstract[identity]
        for each in range(_PLACES):
            start = self._restarts.pop((identity, each), None)
            if start is not None:
                self._counts[(counted_by, each)] = start - (each >= place)
                for deeper in range(each + 1, _PLACES):
                    self._counts.pop((counted_by, deeper), None)
        self._counts[(counted_by, place)] = self._counts.get((counted_by, place), level.start - 1) + 1
        for deeper in range(place + 1, _PLACES):
            self._counts.pop((counted_by, deeper), None)
        if level.form == "bullet":
            return "• "
        text = level.text
        for each in range(place, -1, -1):
            above = self._levels.get((identity, each), _Level("decimal", "", 1, 0))
            number = self._counts.setdefault((counted_by, each), above.start)
            text = text.replace(f"%{each + 1}", "" if above.form == "none" else counted(number, above.form))
        return f"{text} " if text else ""


def _value(element: Any, name: str, otherwise: str) -> str:
    found = element.find(_WORD + name)
    return otherwise if found is None else found.get(_WORD + "val") or otherwise


def _numbered(properties: Any) -> tuple[str, int] | None:
    numbered = None if properties is None else properties.find(_WORD + "numPr")
    if numbered is None:
        return None
    return _value(numbered, "numId", "0"), number_of(_value(numbered, "ilvl", "0"), 0)


def _left(properties: Any) -> int | None:
    """Where the number or the text begins, in twips from the margin."""
    found = None if properties is None else properties.find(_WORD + "ind")
    if found is None:
        return None
    left = found.get(_WORD + "left") or found.get(_WORD + "start")
    return None if left is None else number_of(left, 0) - number_of(found.get(_WORD + "hanging"), 0)
