"""A document's path and its new bytes, in; the document written, its old bytes kept beside it, out."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from orgchart.errors import WriteError
from orgchart.write import write_files

_MOST_BACKUPS = 1000


def check_writable(file: Path) -> None:
    """Raise WriteError for a document that is open in Word or LibreOffice, or may not be written."""
    locks = {
        file.with_name(f".~lock.{file.name}#"): "LibreOffice",
        file.with_name(f"~${file.name}"): "Word",
        file.with_name(f"~${file.name[2:]}"): "Word",  # of a long name Word takes two letters away
    }
    for lock, program in locks.items():
        if lock.exists():
            raise WriteError(
                f'"{file}" is open in {program} ("{lock.name}" lies beside it); close it there, or write to another '
                "file with -o"
            )
    if file.exists() and not os.access(file, os.W_OK):
        raise WriteError(f'"{file}" may not be written; change its permissions, or write to another file with -o')


def backup(file: Path) -> Path:
    """Copy the document to NAME.bak, or NAME.bak2 … where that is taken; an older copy is never written over.

    Raises WriteError where it cannot be copied; then nothing is left behind.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".orgchart-", suffix=".part", dir=file.parent)
        os.close(handle)
        shutil.copy2(file, temporary)  # with its permissions and date
        for number in range(1, _MOST_BACKUPS):
            kept = file.with_name(f"{file.name}.bak{number if number > 1 else ''}")
            with contextlib.suppress(FileExistsError):
                with kept.open("xb"):  # takes the name, which no other process can take then
                    pass
                os.replace(temporary, kept)  # noqa: PTH105
                return kept
        raise WriteError(f'"{file}" has {_MOST_BACKUPS - 1} backups; move them away, or use --no-backup')
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteError(f'"{file}" cannot be backed up: {reason}; nothing was changed') from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108


def save(file: Path, content: bytes) -> None:
    """Write the document whole or not at all. Raises WriteError."""
    write_files(file.parent, {file.name: content})
