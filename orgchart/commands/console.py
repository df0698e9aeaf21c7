"""What a command has to say or was given the name of, in; printed lines, or the bytes and units named, out."""

from __future__ import annotations

import errno
import os
import sys
from typing import IO, TYPE_CHECKING, Final

import click

from orgchart.errors import OrgChartError, WriteError
from orgchart.given import file_content, stream_content

if TYPE_CHECKING:
    from orgchart.units import UnitFile

DEFAULT_UNITS = "data/units.json"
_SAID: Final = "standard input"


def printed(content: str | bytes) -> None:
    """To standard output. Raises WriteError where that is full; a reader that has gone is no error."""
    try:
        click.echo(content, nl=False)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise WriteError(f"standard output cannot be written: {error.strerror}") from error


def say(message: str, colour: str) -> None:
    """Print to standard error, in colour on a terminal."""
    if sys.stderr is not None and sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console
        from rich.text import Text

        Console(stderr=True, highlight=False, soft_wrap=True).print(Text(message, style=colour))
    else:
        click.echo(message, err=True)


def given_units(path: str) -> UnitFile:
    """Load the units file of that name, or standard input for ``-``."""
    from orgchart.units import load_units, parse_units, too_large

    if path != "-":
        return load_units(path)
    remedy = "name a units file"
    content = stream_content(_standard_input(remedy), "units_bytes", remedy, name=_SAID, too_large=too_large)
    return parse_units(content, _SAID)


def given_content(name: str, key: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``, within the limit of that key."""
    remedy = "name a file"
    if name != "-":
        return file_content(name, key, remedy)
    return stream_content(_standard_input(remedy), key, remedy, name=_SAID)


def _standard_input(remedy: str) -> IO[bytes]:
    if sys.stdin is None:
        raise OrgChartError(f"{_SAID} is closed; {remedy}")
    return sys.stdin.buffer
