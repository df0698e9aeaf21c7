"""The bytes of an HTML, DOCX, ODT or PDF file on standard input, in; its paragraphs as JSON on standard output, out.

Runs as a process of its own with limits; exits with 3 and one sentence where the file is not what it should be.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, Final

Row = tuple[str, int | None, int]

_MEMORY: Final = 1_500_000_000
_UNPACKED: Final = 200_000_000
_ROWS: Final = 2_000_000
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "td",
        "th",
        "table",
        "ul",
        "ol",
        "section",
        "article",
        "header",
        "footer",
        "br",
        "pre",
        "blockquote",
        "dt",
        "dd",
        "title",
    ]
)
_SKIPPED: Final = frozenset(["script", "style", "noscript", "template", "svg", "nav", "head"])
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ROMANS: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class NotReadableError(Exception):
    """Why the file cannot be read, for the user."""


def limit() -> None:
    """Bound this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def from_html(content: bytes) -> Iterator[Row]:
    from lxml import html

    encoding = _html_encoding(content)
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    root = html.fromstring(content or b"<html/>", parser=parser)
    collected: list[str] = []
    depth = 0
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            if tag in _BLOCKS:
                yield from _flush(collected, depth)
            depth -= tag in ("ul", "ol")
            collected.append(element.tail or "")
            continue
        if tag in _SKIPPED or not tag:
            collected.append(element.tail or "")
            continue
        if tag in _BLOCKS:
            yield from _flush(collected, depth)
        depth += tag in ("ul", "ol")
        if tag == "li":
            collected.append(_html_mark(element))
        collected.append(element.text or "")
        stack.append((element, True))
        stack += [(child, False) for child in reversed(element)]
    yield from _flush(collected, depth)


def _html_encoding(content: bytes) -> str:
    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:4000])
    for codec in ((declared[1].decode("ascii", "replace") if declared else "utf-8"), "utf-8", "cp1251"):
        try:
            content.decode(codec)
        except (LookupError, UnicodeDecodeError):
            continue
        return codec
    return "utf-8"


def _html_mark(item: Any) -> str:
    """The number that a browser would show before an item."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "• "
    start = parent.get("start") or "1"
    number = (int(start) if start.isdigit() else 1) + sum(1 for other in item.itersiblings("li", preceding=True))
    return (
        _counted(
            number, {"I": "upperRoman", "a": "lowerLetter", "A": "upperLetter"}.get(parent.get("type") or "", "decimal")
        )
        + ". "
    )


def _flush(collected: list[str], depth: int) -> Iterator[Row]:
    text = re.sub(r"[ \t\r\n\f]+", " ", "".join(collected)).strip()
    collected.clear()
    if text:
        yield text, None, max(0, depth - 1) * 4


def opened(content: bytes) -> zipfile.ZipFile:
    """The package, if unpacking it is harmless."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotReadableError("it is no zip file, as Word and LibreOffice write them, or it was cut off") from None
    if sum(part.file_size for part in parts) > _UNPACKED or len(parts) > 5000:
        raise NotReadableError(f"unpacked it has more than {_UNPACKED:,} bytes")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(part)[:4000]:
            raise NotReadableError("a part of it declares a document type, which Word and LibreOffice do not do")
    return package


def from_docx(content: bytes) -> Iterator[Row]:
    opened(content)
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(content))
    numbering = _Numbering(document, qn)
    for paragraph in document.element.body.iter(qn("w:p")):
        parts = []
        for run in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
            name = run.tag.rpartition("}")[2]
            parts.append({"t": run.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(name, "\n"))
        mark, indent = numbering.mark(paragraph)
        for number, text in enumerate("".join(parts).split("\n")):
            yield (mark + text if number == 0 else text), None, indent


class _Numbering:
    """The numbers that Word counts and that stand nowhere in the text."""

    def __init__(self, document: Any, qn: Any) -> None:
        self._qn = qn
        self._counts: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        try:
            element = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {each.get(qn("w:abstractNumId")): each for each in element.findall(qn("w:abstractNum"))}
        for number in element.findall(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            found = None if reference is None else abstract.get(reference.get(qn("w:val")))
            for level in () if found is None else found.findall(qn("w:lvl")):
                self._levels[(number.get(qn("w:numId")), int(level.get(qn("w:ilvl")) or 0))] = (
                    self._value(level, "w:numFmt", "decimal"), self._value(level, "w:lvlText", ""),
                    int(self._value(level, "w:start", "1") or 1),
                )  # fmt: skip
        for style in document.styles.element.findall(qn("w:style")):
            found_style = self._of(style.find(qn("w:pPr")))
            if found_style is not None:
                self._styles[style.get(qn("w:styleId"))] = found_style

    def _value(self, element: Any, name: str, otherwise: str) -> str:
        found = element.find(self._qn(name))
        return otherwise if found is None else found.get(self._qn("w:val")) or otherwise

    def _of(self, properties: Any) -> tuple[str, int] | None:
        numbered = None if properties is None else properties.find(self._qn("w:numPr"))
        if numbered is None:
            return None
        identity = self._value(numbered, "w:numId", "0")
        return None if identity == "0" else (identity, int(self._value(numbered, "w:ilvl", "0")))

    def mark(self, paragraph: Any) -> tuple[str, int]:
        properties = paragraph.find(self._qn("w:pPr"))
        found = self._of(properties)
        if found is None and properties is not None:
            style = properties.find(self._qn("w:pStyle"))
            found = None if style is None else self._styles.get(style.get(self._qn("w:val")))
        if found is None or found not in self._levels:
            return "", 0
        identity, level = found
        form, text, start = self._levels[found]
        self._counts[found] = self._counts.get(found, start - 1) + 1
        for deeper in range(level + 1, 10):
            self._counts.pop((identity, deeper), None)
        if form == "bullet":
            return "• ", level * 4
        for place in range(level, -1, -1):
            other_form, _, other_start = self._levels.get((identity, place), ("decimal", "", 1))
            count = self._counts.get((identity, place), other_start)
            text = text.replace(f"%{place + 1}", _counted(count, other_form))
        return f"{text} ", level * 4


def _counted(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman") and 0 < number < 40:
        roman = ""
        for value, sign in _ROMANS:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman if form == "upperRoman" else roman.lower()
    if form in ("lowerLetter", "upperLetter") and 0 < number < 27:
        return chr((96 if form == "lowerLetter" else 64) + number)
    return str(number)


def from_odt(content: bytes) -> Iterator[Row]:
    package = opened(content)
    from lxml import etree

    try:
        document = package.read("content.xml")
    except KeyError:
        raise NotReadableError("it holds no content.xml") from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(document, parser)
    for paragraph in root.iter(_TEXT + "p", _TEXT + "h"):
        text = "".join(paragraph.itertext())
        above = [each.tag for each in paragraph.iterancestors()]
        depth = above.count(_TEXT + "list")
        yield (
            (f"• {text}" if depth and text.strip() and not text.lstrip()[:1].isdigit() else text),
            None,
            max(0, depth - 1) * 4,
        )


def from_pdf(content: bytes) -> Iterator[Row]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise NotReadableError(f"it is broken or locked with a password ({error})") from None
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage().get_text_bounded().replace("\ufffe", "-").replace("\x02", "-")
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            yield line, number + 1, 0


READERS: Final = {"html": from_html, "docx": from_docx, "odt": from_odt, "pdf": from_pdf}


def main() -> int:
    limit()
    content = sys.stdin.buffer.read()
    rows: list[Row] = []
    try:
        for row in READERS[sys.argv[1]](content):
            rows.append(row)
            if len(rows) > _ROWS:
                raise NotReadableError(f"it has more than {_ROWS:,} paragraphs")
    except NotReadableError as error:
        print(error, file=sys.stderr)
        return 3
    except ImportError as error:
        print(f"{error.name} is not installed; run: pip install orgchart[read]", file=sys.stderr)
        return 3
    except MemoryError:
        print("it takes more memory than is allowed", file=sys.stderr)
        return 3
    except Exception as error:  # a parser's own fault is the file's fault, as far as the user can tell
        print(f"{type(error).__name__}: {error}".splitlines()[0], file=sys.stderr)
        return 3
    sys.stdout.buffer.write(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
