"""What readers of DOCX, ODT, HTML and PDF share: bytes and counts, in; a harmless package, printed numbers, out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

Row = tuple[str, int | None, int]  # a paragraph, its page where the file has pages, how far it stands in

MAX_UNPACKED: Final = 200_000_000
MAX_TAGS: Final = 8_000_000  # a tree of so many takes 700 MB
_CHUNK: Final = 1 << 20
_ROMANS: Final = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"


class NotReadableError(Exception):
    """Why the file cannot be read, for the user."""


def opened(content: bytes) -> zipfile.ZipFile:
    """The package, if unpacking it and building its trees is harmless."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotReadableError("it is no zip file, as Word and LibreOffice write them, or it was cut off") from None
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 5000:
        raise NotReadableError(f"unpacked it has more than {MAX_UNPACKED:,} bytes")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_part(package, part)
    return package


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Look at a part piece by piece, before anything builds a tree of it."""
    tags, end = 0, b""
    try:
        with package.open(part) as stream:
            while piece := stream.read(_CHUNK):
                tags += piece.count(b"<")
                piece = end + piece.replace(b"\0", b"")  # UTF-16 hides nothing
                if b"<!DOCTYPE" in piece:
                    raise NotReadableError(
                        "a part of it declares a document type, which Word and LibreOffice do not do"
                    )
                if tags > MAX_TAGS:
                    raise NotReadableError(f"a part of it has more than {MAX_TAGS:,} tags")
                end = piece[-16:]
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise NotReadableError(f"its part {part.filename} is broken or locked with a password") from None


def counted(number: int, form: str) -> str:
    """A number in one of the forms of Word: decimal, upperRoman, lowerLetter, russianLower …"""
    if form in ("upperRoman", "lowerRoman") and 0 < number < 400:
        roman = ""
        for value, sign in _ROMANS:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman if form == "upperRoman" else roman.lower()
    letters = _RUSSIAN if form.startswith("russian") else "abcdefghijklmnopqrstuvwxyz"
    if form in ("lowerLetter", "upperLetter", "russianLower", "russianUpper") and 0 < number <= 9 * len(letters):
        letter = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
        return letter if form.endswith("Lower") or form == "lowerLetter" else letter.upper()
    return f"{number:02}" if form == "decimalZero" else str(number)


def number_of(text: str | None, otherwise: int) -> int:
    """A whole number from an attribute, which may hold anything."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else otherwise
