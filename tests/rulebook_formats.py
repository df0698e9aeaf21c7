"""The text of a rulebook, in; the same as DOCX, HTML, ODT and PDF, as offices write them, out."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
LETTER = 76_200  # six points, in the unit of python-docx
# How a typed number looks, and what Word calls a list that counts so. Decimal numbers may have several places.
_TYPED = (
    (re.compile(r"\s*(\d{1,2})\) +(?=\S)"), "decimal", "%1)"),
    (re.compile(r"\s*\((\d{1,2})\) +(?=\S)"), "decimal", "(%1)"),
    (re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)\. +(?=[^\W\d])"), "decimal", "."),
    (re.compile(r"\s*([IVX]{1,5})\. +(?=\S)"), "upperRoman", "%1."),
    (re.compile(r"\s*([IVX]{1,5}) +(?=[A-ZČĆĐŠŽЂ-Ш])"), "upperRoman", "%1"),
    (re.compile(r"\s*([a-f])\) +(?=\S)"), "lowerLetter", "%1)"),
    (re.compile(r"\s*[-–•] +(?=\S)"), "bullet", "•"),
)


def typed_docx(text: str) -> bytes:
    """A paragraph for each line; numbers are typed."""
    from docx import Document

    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return _saved(document)


def numbered_docx(text: str) -> bytes:
    """A paragraph for each line; numbers and bullets are left to Word's automatic numbering."""
    from docx import Document

    document = Document()
    lists = _Lists(document)
    for line in text.split("\n"):
        found = _typed_number(line)
        if found is None:
            document.add_paragraph(line)
            continue
        values, form, pattern, rest = found
        paragraph = document.add_paragraph(rest)
        lists.number(paragraph, values, form, pattern, len(line) - len(line.lstrip()))
    return _saved(document)


def _typed_number(line: str) -> tuple[list[int], str, str, str] | None:
    for expression, form, pattern in _TYPED:
        found = expression.match(line)
        if found is None:
            continue
        printed = found[1] if expression.groups else ""
        if form == "upperRoman":
            if printed not in ROMANS:
                continue
            values = [ROMANS.index(printed) + 1]
        elif form == "lowerLetter":
            values = [ord(printed) - 96]
        else:
            values = [int(each) for each in printed.split(".")] if printed else []
        if 0 in values:
            continue
        return values, form, pattern, line[found.end() :]
    return None


class _Lists:
    """The lists of a document, as Word keeps them: one goes on where its next number follows, else a new one starts."""

    def __init__(self, document: Any) -> None:
        self._element = document.part.numbering_part.element
        self._abstract: dict[tuple[str, str], int] = {}
        self._running: dict[tuple[str, str], tuple[int, list[int]]] = {}
        self._next = 500

    def number(self, paragraph: Any, values: list[int], form: str, pattern: str, indent: int) -> None:
        key = (form, pattern)
        identity, last = self._running.get(key, (0, []))
        level = max(0, len(values) - 1)
        follows = not values or (last[:level] == values[:level] and [*last, *[0] * 9][level] + 1 == values[level])
        if not identity or not follows:
            identity = self._started(key, values)
        self._running[key] = (identity, values)
        paragraph.paragraph_format.left_indent = indent * LETTER
        properties = paragraph._p.get_or_add_pPr()
        properties._insert_numPr(_parsed(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'))

    def _started(self, key: tuple[str, str], values: list[int]) -> int:
        """A new list of a kind; it says where each of its places starts."""
        form, pattern = key
        self._next += 1
        if key not in self._abstract:
            self._abstract[key] = self._next
            levels = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{self._pattern(pattern, level)}"/></w:lvl>'
                for level in range(9)
            )
            self._element.insert(0, _parsed(f'<w:abstractNum w:abstractNumId="{self._next}">{levels}</w:abstractNum>'))
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
            for level, value in enumerate(values)
        )
        self._element.append(
            _parsed(f'<w:num w:numId="{self._next}"><w:abstractNumId w:val="{self._abstract[key]}"/>{starts}</w:num>')
        )
        return self._next

    def _pattern(self, pattern: str, level: int) -> str:
        return "".join(f"%{place + 1}." for place in range(level + 1)) if pattern == "." else pattern


def _parsed(xml: str) -> Any:
    from docx.oxml import parse_xml  # type: ignore[attr-defined, unused-ignore]

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return parse_xml(re.sub(r"(?<=[^/])(/?>)", rf" {space}\1", xml, count=1))


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def html_of(text: str) -> bytes:
    lines = [(len(line) - len(line.lstrip()), line.lstrip()) for line in text.split("\n")]
    body = "".join(f"<p>{'&nbsp;' * indent}{escape(line)}</p>\n" for indent, line in lines)
    head = '<head><meta charset="utf-8"><script>x()</script></head>'
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode()


def odt_of(text: str) -> bytes:
    body = "".join(f"<text:p>{escape(line, quote=False)}</text:p>" for line in text.split("\n"))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>{body}</office:body></office:document-content>',
        )
    return target.getvalue()


def converted(documents: Mapping[str, bytes], wanted: str, soffice: str, folder: Path) -> dict[str, bytes]:
    """DOCX files as LibreOffice saves them in another format, all in one run of it."""
    source, target = folder / "docx", folder / wanted
    source.mkdir(parents=True, exist_ok=True)
    for name, content in documents.items():
        (source / f"{name}.docx").write_bytes(content)
    subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", wanted,
         "--outdir", str(target), *(str(source / f"{name}.docx") for name in documents)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {name: (target / f"{name}.{wanted}").read_bytes() for name in documents}
