"""The bytes of a DOCX or ODT file, in; its zip package, once unpacking and parsing it is known to be harmless, out."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from orgchart.errors import NotReadableError
from orgchart.limits import check_within, exceeded, value_of

__all__ = ["NotReadableError", "opened"]

_CHUNK: Final = 1 << 20


def opened(content: bytes, tags: str = "package_tags") -> zipfile.ZipFile:
    """The package, if unpacking it and parsing its parts is harmless. tags: the key of the limit for one part.

    Raises NotReadableError if it is none, ExceededError where it is too large.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotReadableError("it is no zip file, as Word and LibreOffice write them, or it was cut off") from None
    check_within("package_parts", len(parts))
    check_within("unpacked_bytes", sum(part.file_size for part in parts), "unpacked it")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_part(package, part, tags)
    return package


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, key: str) -> None:
    """Look at a part piece by piece, before anything builds a tree of it."""
    tags, end, most = 0, b"", value_of(key)
    try:
        with package.open(part) as stream:
            while piece := stream.read(_CHUNK):
                tags += piece.count(b"<")
                piece = end + piece.replace(b"\0", b"")  # UTF-16 hides nothing
                if b"<!DOCTYPE" in piece:
                    raise NotReadableError(
                        "a part of it declares a document type, which Word and LibreOffice do not do"
                    )
                if tags > most:
                    raise exceeded(key, subject="a part of it")
                end = piece[-16:]
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        raise NotReadableError(f"its part {part.filename} is broken or locked with a password") from None
