"""Documents' paths and their new bytes, in; the documents written, their old bytes kept beside them, out."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from orgchart.errors import WriteError
from orgchart.write import write_paths

_MOST_BACKUPS = 1000


def check_writable(file: Path) -> None:
    """Raise WriteError for a document that is open in Word or LibreOffice, or may not be written, and for a folder."""
    if file.is_dir():
        raise WriteError(f'"{file}" is a folder, where a file is to be written; name a file with -o')
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


def save(contents: Mapping[Path, bytes], backed_up: Collection[Path] = ()) -> list[Path]:
    """Write documents, all of them or none, after a copy of those in ``backed_up``. Returns the copies.

    Raises WriteError; then every document is as it was, and no copy is left behind.
    """
    kept: list[Path] = []
    try:
        for file in backed_up:
            kept.append(backup(file))
        write_paths(contents)
    except BaseException:
        for copy in kept:
            with contextlib.suppress(OSError):
                copy.unlink()
        raise
    return kept


def backup(file: Path) -> Path:
    """Copy the document to NAME.bak, or NAME.bak2 … where that is taken; an older copy is never written over.

    Raises WriteError where it cannot be copied; then nothing is left behind.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".orgchart-{os.getpid()}-", suffix=".part", dir=file.parent)
        with os.fdopen(handle, "wb") as copied:
            with file.open("rb") as opened:
                shutil.copyfileobj(opened, copied)
            copied.flush()
            os.fsync(copied.fileno())
        shutil.copystat(file, temporary)  # its permissions and date
        kept = _free_name(file)
        try:
            os.replace(temporary, kept)  # noqa: PTH105
        except OSError:
            kept.unlink()
            raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteError(f'"{file}" cannot be backed up: {reason}; nothing was changed') from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - gone already where it was moved, and never there where it was not made
    return kept


def _free_name(file: Path) -> Path:
    """The first name for a backup that is not taken; an empty file takes it, so that no other process does."""
    for number in range(1, _MOST_BACKUPS):
        kept = file.with_name(f"{file.name}.bak{number if number > 1 else ''}")
        try:
            handle = os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            continue
        with contextlib.suppress(OSError):
            os.close(handle)
        return kept
    raise WriteError(f'"{file}" has {_MOST_BACKUPS - 1} backups; move them away, or use --no-backup')
