"""The formats and the folder that the command line names, in; the list of formats, and the files of a chart, out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from orgchart.commands.console import printed
from orgchart.errors import WriteError


def formats_asked(formats: str, output: str) -> list[str]:
    """The formats, each once, of a list separated by commas. Raises UsageError where it is empty, or where several are
    to go to standard output, and WriteError where that is closed."""
    wanted = list(dict.fromkeys(part.strip().lower() for part in formats.split(",") if part.strip()))
    if not wanted:
        raise click.UsageError("--format names no format; give one or more, e.g. --format svg,pdf")
    if output == "-" and len(wanted) != 1:
        raise click.UsageError("-o - writes one file to standard output; name one format, e.g. --format svg")
    if output == "-" and sys.stdout is None:
        raise WriteError("standard output is closed; name a folder with -o")
    return wanted


def write_chart_files(contents: Mapping[str, bytes], output: str) -> None:
    """Write the files into the folder and print their names; the only one to standard output where output is ``-``."""
    from orgchart.write import write_files

    if output == "-":
        printed(next(iter(contents.values())))
        return
    for path in write_files(Path(output), contents):
        printed(f"{path}\n")
