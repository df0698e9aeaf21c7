"""What a command has to say or was given the name of, in; printed lines, or the bytes and units named, out."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgchart.errors import OrgChartError, WriteError
from orgchart.limits import ExceededError, read_within, value_of

if TYPE_CHECKING:
    from orgchart.units import UnitFile

DEFAULT_UNITS = "data/units.json"


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
    from orgchart.units import load_units, parse_units

    if path != "-":
        return load_units(path)
    if sys.stdin is None:
        raise OrgChartError("standard input is closed; name a units file")
    try:
        content = sys.stdin.buffer.read(value_of("units_bytes") + 1)
    except OSError as error:
        raise OrgChartError(f"standard input cannot be read: {error.strerror}; name a units file") from error
    return parse_units(content, "standard input")


def given_content(name: str, key: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``, within the limit of that key."""
    try:
        if name == "-":
            if sys.stdin is None:
                raise OrgChartError("standard input is closed; name a file")
            return sys.stdin.buffer.read(value_of(key) + 1)
        with Path(name).open("rb") as file:
            return read_within(file, key)
    except ExceededError as error:
        raise OrgChartError(f"{name}: {error}") from None
    except FileNotFoundError:
        raise OrgChartError(f"{name}: there is no such file; name one that there is") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OrgChartError(f"{name}: the file cannot be read ({reason})") from None
