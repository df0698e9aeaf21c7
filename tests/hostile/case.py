"""What one hostile file is: its bytes, the command that is given it, and how that must end."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# How a command may end that was given a hostile file.
FINE, FOUND, REFUSED = 0, 1, 2


@dataclass(frozen=True)
class Case:
    """kind: of the file, for the table; words: the command line, in which {file} is the file; code, said: the exit code
    and a part of what is printed, where they are known beforehand, else they stand in the manifest alone; names: of all
    units, letter by letter, where the chart is drawn; beside: other files of the folder; slow: made and tried at night
    only.
    """

    name: str
    kind: str
    file: str
    words: str
    content: bytes | Callable[[], bytes]
    code: int | None = None
    said: str | None = None
    names: tuple[str, ...] | None = None
    beside: Mapping[str, bytes] = field(default_factory=dict)
    slow: bool = False

    def made(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content()


def digest(content: bytes) -> str:
    """SHA-256 of the file; of a packed one, of what its directory says, as libraries pack in different ways."""
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                listed = [(part.filename, part.CRC, part.file_size) for part in package.infolist()]
            return hashlib.sha256(repr(listed).encode()).hexdigest()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            pass
    return hashlib.sha256(content).hexdigest()


def package(parts: Mapping[str, bytes], *, packed: bool = False) -> bytes:
    """A zip of the parts, the same bytes each time; the first part is stored, as ODF wants its mimetype."""
    written = io.BytesIO()
    way = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(written, "w") as zipped:
        for number, (name, content) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            zipped.writestr(info, content, way if number else zipfile.ZIP_STORED, 9)
    return written.getvalue()
