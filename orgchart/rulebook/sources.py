"""The bytes of a text, HTML, DOCX, ODT or PDF file, in; its lines with their places and how it was encoded, out."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orgchart.errors import OrgChartError
from orgchart.limited import run_limited
from orgchart.limits import ExceededError, check_within
from orgchart.rulebook.places import Line

_CODE_PAGES: Final = ("cp1251", "cp1250", "iso8859_2", "iso8859_5", "utf_16_le", "utf_16_be")
_NAMES: Final = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32", "utf_16_le": "UTF-16",
    "utf_16_be": "UTF-16",
    "cp1250": "Windows-1250", "cp1251": "Windows-1251", "iso8859_2": "ISO-8859-2", "iso8859_5": "ISO-8859-5",
}  # fmt: skip
# That of UTF-16 is the beginning of that of UTF-32.
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_HTML: Final = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_SERBIAN: Final = {
    "cp1251": "аеиоунртсјљњћђџ",
    "iso8859_5": "аеиоунртсјљњћђџ",
    "cp1250": "čćđšžČĆĐŠŽ",
    "iso8859_2": "čćđšžČĆĐŠŽ",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One source. kind: text, html, docx, odt or pdf; encoding: what its letters are stored in, where that is said."""

    name: str
    kind: str
    encoding: str | None
    sha256: str
    lines: tuple[Line, ...]


def read_source(content: bytes, name: str) -> Source:
    """Take a file apart. Raises OrgChartError, naming the file, where that cannot be done."""
    try:
        check_within("rulebook_bytes", len(content))
    except ExceededError as error:
        raise OrgChartError(f"{name}: {error}") from None
    kind = _kind(content, name)
    digest = hashlib.sha256(content).hexdigest()
    if kind == "text":
        text, encoding = decode(content, name)
        lines = tuple(Line(line, number, name) for number, line in enumerate(_split(text), 1))
        return Source(name, kind, encoding, digest, lines)
    return Source(name, kind, None, digest, _by_child(content, kind, name))


def _kind(content: bytes, name: str) -> str:
    suffix = Path(name).suffix.lower()
    if content.startswith(b"%PDF") or suffix == ".pdf":
        return "pdf"
    if content.startswith(b"PK\x03\x04") or suffix in (".docx", ".odt"):
        return "odt" if suffix == ".odt" or b"opendocument.text" in content[:200] else "docx"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise OrgChartError(f"{name}: this is a file of an older Word (.doc); open it and save it as .docx")
    if suffix in (".html", ".htm", ".xhtml") or _HTML.match(content[:1000]):
        return "html"
    return "text"


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n")


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding: by its byte order mark, as UTF-8, else by what reads as language."""
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return content.decode(codec, "replace"), _NAMES[codec]
    try:
        text = content.decode("utf-8")
        if "\x00" not in text[:2000]:
            return text, "UTF-8"
    except UnicodeDecodeError:
        pass
    codec = _detected(content, name)
    return content.decode(codec, "replace"), _NAMES.get(codec, codec)


def _detected(content: bytes, name: str) -> str:
    zeros = content[:4000].count(0)
    if zeros * 4 > len(content[:4000]):
        return "utf_16_le" if content[1:2] == b"\x00" or content[1:2] == b"\x04" else "utf_16_be"
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        raise OrgChartError(
            f"{name}: the file is not UTF-8, and what tells encodings apart is not installed; "
            "save it as UTF-8, or run: pip install orgchart[read]"
        ) from None
    sample = content[:400_000]
    matches = from_bytes(sample, cp_isolation=list(_CODE_PAGES), explain=False)
    found = [match.encoding for match in matches]
    # Central European code pages differ in three letters; the Serbian ones decide where the library finds several.
    ranked = sorted(found, key=lambda codec: -_serbian_letters(sample, codec))
    if ranked:
        return ranked[0]
    best = max(_SERBIAN, key=lambda codec: _serbian_letters(sample, codec))
    if _serbian_letters(sample, best) < 1:
        raise OrgChartError(f"{name}: this is no text in any encoding known here; save it as UTF-8")
    return best


def _serbian_letters(sample: bytes, codec: str) -> float:
    letters = _SERBIAN.get(codec)
    if letters is None:
        return 0.0
    text = sample.decode(codec, "replace")
    others = sum(1 for letter in text if letter > "\x7f")
    return sum(map(text.count, letters)) / max(1, others) + (1 if "š" in text or "ш" in text else 0) * 0.1


def _by_child(content: bytes, kind: str, name: str) -> tuple[Line, ...]:
    """Take a file apart in a process of its own: a few bytes of DOCX or PDF can hang a parser or fill the memory."""
    answer = run_limited("orgchart.rulebook.source_child", [kind], content, name, kind.upper(), "as plain text")
    rows = json.loads(answer)
    if not any(text.strip() for text, _, _ in rows):
        raise OrgChartError(
            f"{name}: there is no text in it; a scan holds pictures only: run a text recognition (OCR) over it first"
        )
    return tuple(Line(text, number, name, page, indent) for number, (text, page, indent) in enumerate(rows, 1))
