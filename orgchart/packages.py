"""The bytes of a DOCX or ODT file, in; its zip package, once unpacking and parsing it is known to be harmless, out."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

MAX_UNPACKED: Final = 200_000_000
MAX_PARTS: Final = 5000
MAX_TAGS: Final = 8_000_000  # a tree of so many takes 700 MB
_CHUNK: Final = 1 << 20


class NotReadableError(Exception):
    """Why the file cannot be read, for the user."""


def opened(content: bytes, max_tags: int = MAX_TAGS) -> zipfile.ZipFile:
    """The package, if unpacking it and parsing its parts is harmless. Raises NotReadableError if not."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotReadableError("it is no zip file, as Word and LibreOffice write them, or it was cut off") from None
    if len(parts) > MAX_PARTS:
        raise NotReadableError(f"it has more than {MAX_PARTS:,} parts")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise NotReadableError(f"unpacked it has more than {MAX_UNPACKED:,} bytes")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_part(package, part, max_tags)
    return package


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, max_tags: int) -> None:
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
                if tags > max_tags:
                    raise NotReadableError(f"a part of it has more than {max_tags:,} tags")
                end = piece[-16:]
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        raise NotReadableError(f"its part {part.filename} is broken or locked with a password") from None
