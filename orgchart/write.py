"""File names and bytes, in; those files whole in their folder, or the folder as it was, out."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from orgchart.errors import WriteError

# The number is that of the process that writes it.
_PART = re.compile(r"\.orgchart-(?:(\d{1,10})-)?\w+\.part")
_SECONDS_OF_A_WRITE = 3600.0
# To ask for the user's mask is to set it: what another thread makes meanwhile would be open to all.
_MASK = threading.Lock()


def write_files(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write every file beside its place and only then move all into place; a file that cannot be written leaves all old
    files as they were. Returns the paths in the order given.

    Raises WriteError naming the file or folder, with the system's reason.
    """
    try:
        with _MASK:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f'folder "{folder}" cannot be made: {_reason(error)}; choose another with -o') from error
    waiting: list[tuple[str, Path]] = []
    try:
        for name, content in contents.items():
            target = folder / name
            if target.is_dir():
                raise WriteError(f'"{target}" is a folder, where a file is to be written; move it or choose another -o')
            waiting.append((_written_beside(target, content), target))
        for temporary, target in waiting:
            _moved(temporary, target)
        _synced(folder)
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108 - gone already where it was moved
    return [target for _, target in waiting]


def remove_dead_parts(folder: Path) -> list[Path]:
    """Remove the unfinished files that killed runs have left beside their places, and return their paths. Those of a
    process that still runs stay; this process must be writing none."""
    dead = [file for file in folder.iterdir() if _is_dead_part(file)] if folder.is_dir() else []
    for file in dead:
        with contextlib.suppress(OSError):
            file.unlink()
    return sorted(dead)


def _is_dead_part(file: Path) -> bool:
    found = _PART.fullmatch(file.name)
    if found is None or file.is_symlink() or not file.is_file():
        return False
    if os.name != "posix":  # there os.kill ends the process that it should only ask after
        with contextlib.suppress(OSError):
            return time.time() - file.stat().st_mtime > _SECONDS_OF_A_WRITE
        return False
    number = int(found[1] or 0)
    if number in (0, os.getpid()):
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _written_beside(target: Path, content: bytes) -> str:
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".orgchart-{os.getpid()}-", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), _mode(target))
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
        raise WriteError(f'"{target}" cannot be written: {_reason(error)}; nothing was changed') from error
    return temporary


def _moved(temporary: str, target: Path) -> None:
    try:
        os.replace(temporary, target)  # noqa: PTH105
    except OSError as error:
        raise WriteError(f'"{target}" cannot be replaced: {_reason(error)}; it is as it was') from error


def _mode(target: Path) -> int:
    """The old file's permissions, or those of any new file of this user."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        with _MASK:
            mask = os.umask(0)
            os.umask(mask)
        return 0o666 & ~mask


def _synced(folder: Path) -> None:
    """Make the new names last through a power cut, where the system can (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
