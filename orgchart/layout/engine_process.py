"""A command line and what it reads, in; how its process ended and what it wrote, within time and size, out."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import IO, Final

_PIECE: Final = 1 << 16
_MOST_SAID: Final = 100_000
_PATIENCE_SECONDS: Final = 5.0


class TooMuchError(Exception):
    """The process wrote more than it may."""


@dataclass(frozen=True, slots=True)
class Answer:
    """code: below zero the number of the signal that ended it; said: the end of its standard error."""

    code: int
    written: bytes
    said: bytes


def run_bounded(
    command: Sequence[str], content: bytes, environment: Mapping[str, str], seconds: float, most: int
) -> Answer:
    """Run the command with the content on its standard input; most: bytes that it may write to standard output.

    Raises TooMuchError, subprocess.TimeoutExpired, and OSError where it cannot be started; then it runs no more.
    """
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    written, said = bytearray(), bytearray()
    threads = [
        Thread(target=_fed, args=(process.stdin, content), daemon=True),
        Thread(target=_taken, args=(process.stdout, written, most, process), daemon=True),
        Thread(target=_heard, args=(process.stderr, said), daemon=True),
    ]
    try:
        for thread in threads:
            thread.start()
        code = process.wait(seconds)
    finally:
        process.kill()
        process.wait()
        for thread in threads:
            thread.join(_PATIENCE_SECONDS)
    if len(written) > most:
        raise TooMuchError
    return Answer(code, bytes(written), bytes(said))


def _fed(stream: IO[bytes], content: bytes) -> None:
    with contextlib.suppress(OSError), stream:  # one that ends early reads no more
        stream.write(content)


def _taken(stream: IO[bytes], into: bytearray, most: int, process: subprocess.Popen[bytes]) -> None:
    with stream:
        while len(into) <= most and (piece := stream.read(_PIECE)):
            into += piece
        if len(into) > most:
            process.kill()


def _heard(stream: IO[bytes], into: bytearray) -> None:
    with stream:
        while piece := stream.read(_PIECE):
            into += piece
            del into[:-_MOST_SAID]
