"""What a batch has made of which file, line by line as it is made, in; what need not be made again, out.

A line is written when the files it names are in their places, so that a batch may be killed at any moment: what has no
line is made again, and a last line that was cut off is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from orgchart.errors import WriteError
from orgchart.write import write_files

JOURNAL: Final = "batch.journal.jsonl"
MADE, KEPT, FAILED = "made", "kept", "failed"

_SHA256 = re.compile(r"[0-9a-f]{64}")
# Only such files are removed when they are made no more.
_FILE = re.compile(r"(?:[a-z0-9_]+/){0,50}[a-z0-9_][A-Za-z0-9_-]{0,250}(?:\.[a-z0-9]{1,12}){1,2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one file. outcome: MADE, KEPT (it was made before) or FAILED, with an error; sha256: of what it
    was made from; settings: the fingerprint of what it was made with; files: SHA-256 by name from the output folder.
    seconds: how long it took, 0 where it was not made now; this and the outcome are not written into the journal."""

    name: str
    outcome: str
    sha256: str = ""
    settings: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    units: int = 0
    questions: int = 0
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    error: str = ""


class Journal:
    """The journal of an output folder, open for adding. Only one process may have it open."""

    def __init__(self, folder: Path) -> None:
        """Raises WriteError where it cannot be written."""
        self._folder = folder
        self.entries: dict[str, Entry] = _read(folder / JOURNAL)
        self._file: IO[bytes] | None = None

    def add(self, entry: Entry) -> None:
        """Only now, when its files are in place. Raises WriteError."""
        self.entries[entry.name] = entry
        try:
            if self._file is None:
                self._write_all()
                self._file = (self._folder / JOURNAL).open("ab")
            self._file.write(_line(entry))
            self._file.flush()
        except OSError as error:
            raise WriteError(f'"{self._folder / JOURNAL}" cannot be written: {error.strerror}') from error

    def close(self) -> None:
        """In the order of names, so that the same files leave the same journal, whoever was first."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._write_all()

    def _write_all(self) -> None:
        lines = (_line(entry) for _, entry in sorted(self.entries.items()))
        write_files(self._folder, {JOURNAL: b"".join(lines)})


def _line(entry: Entry) -> bytes:
    document = {
        "name": entry.name,
        "sha256": entry.sha256,
        "settings": entry.settings,
        "units": entry.units,
        "questions": entry.questions,
        "faults": list(entry.faults),
        "warnings": list(entry.warnings),
        "files": dict(entry.files),
    }
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _read(file: Path) -> dict[str, Entry]:
    """The last line of each file; a line that is none of ours is as if it were not there."""
    entries: dict[str, Entry] = {}
    try:
        with file.open("rb") as stream:
            for line in stream:
                try:
                    entry = _entry(json.loads(line))
                except (ValueError, KeyError, TypeError, RecursionError):
                    continue
                entries[entry.name] = entry
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise WriteError(f'"{file}" cannot be read: {error.strerror}; move it away, and all is made anew') from None
    return entries


def _entry(document: Any) -> Entry:
    texts = [document[key] for key in ("name", "sha256", "settings")]
    lists = [document[key] for key in ("faults", "warnings")]
    counts = [document[key] for key in ("units", "questions")]
    files: dict[str, str] = document["files"]
    sums = [texts[1], texts[2], *files.values()]
    if not (
        isinstance(texts[0], str)
        and all(isinstance(each, str) and _SHA256.fullmatch(each) for each in sums)
        and all(_FILE.fullmatch(name) for name in files)
        and all(isinstance(each, int) for each in counts)
        and all(isinstance(each, list) and all(isinstance(text, str) for text in each) for each in lists)
    ):
        raise ValueError("not a line of a batch")
    name, sha256, settings = texts
    faults, warnings = (tuple(each) for each in lists)
    return Entry(name, KEPT, sha256, settings, files, counts[0], counts[1], faults, warnings)
