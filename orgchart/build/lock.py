"""A folder, in; it, held by this process alone, out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from orgchart.errors import WriteError

LOCK = ".orgchart.lock"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another build or batch works in the folder; this one goes on when that one has ended."""

    folder: Path


def locked(folder: Path, stack: contextlib.ExitStack, remedy: str) -> Iterator[Waiting]:
    """Hold the folder's lock until the stack is closed. The system lets go of it when a process is killed. Raises
    WriteError, which ends in the remedy, for a folder in which nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield Waiting(folder)
            lock.acquire()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteError(f'nothing can be written in folder "{folder}": {reason}; {remedy}') from error
    stack.callback(_released, lock)


def _released(lock: FileLock) -> None:
    """What cannot be let go of now the system lets go of when the process ends."""
    with contextlib.suppress(OSError):
        lock.release()
