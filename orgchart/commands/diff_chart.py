"""What changed and the user's wishes for its chart, in; the files of the chart of changes, written, out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from orgchart.commands.chart_options import chart_options, wishes_of
from orgchart.commands.console import printed, say
from orgchart.errors import WriteError

if TYPE_CHECKING:
    from orgchart.changes.model import Changes

_Command = TypeVar("_Command", bound=Callable[..., Any])
# fmt: off
_OPTIONS = (
    click.option("-f", "--format", "formats", metavar="LIST",
                 help="Draw a chart of the changes too, in these formats, separated by commas: dot, svg, pdf, png."),
    click.option("-o", "--output", default="output", metavar="DIR", show_default=True,
                 help="Folder for the chart's files; - writes one format to standard output."),
    click.option("--side-by-side", is_flag=True,
                 help="Draw the old and the new structure on one page, each unit in the same place of both where it "
                      "stayed; without it, the new structure with all changes marked on it."),
    click.option("--name", metavar="NAME",
                 help="File name of the chart without ending; the top unit's id and -changes if left out."),
)
# fmt: on


def change_chart_options(command: _Command) -> _Command:
    """Give a command all that the chart of changes takes: ``formats``, ``output``, ``side_by_side``, ``name``, and the
    options of a chart's look, which ``write_change_chart`` takes as ``options``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return chart_options(command)


def write_change_chart(
    changes: Changes,
    formats: str,
    output: str,
    side_by_side: bool,
    name: str | None,
    options: Mapping[str, Any],
) -> None:
    """Draw the chart of changes in the formats, separated by commas, and print the names of its files, or the one file
    where the output is ``-``.

    options: of a chart's look, as ``chart_options`` gives them. Raises OrgChartError, and UsageError for options that
    clash; then nothing is written.
    """
    from orgchart.changes.chart import build_change_chart
    from orgchart.formats import check_format, one_file, render_files
    from orgchart.names import safe_name
    from orgchart.write import write_files

    wanted = list(dict.fromkeys(part.strip().lower() for part in formats.split(",") if part.strip()))
    if not wanted:
        raise click.UsageError("--format names no format; give one or more, e.g. --format svg,pdf")
    for format_name in wanted:
        check_format(format_name)
    if output == "-" and len(wanted) != 1:
        raise click.UsageError("-o - writes one file to standard output; name one format, e.g. --format svg")
    chart = build_change_chart(changes, side_by_side=side_by_side, **wishes_of(options))
    for warning in chart.warnings:
        say(f"warning: {warning}", "yellow")
    if output == "-":
        if sys.stdout is None:
            raise WriteError("standard output is closed; name a folder with -o")
        printed(one_file(chart, wanted[0]))
        return
    contents = render_files(chart, wanted, None if name is None else safe_name(name))
    for path in write_files(Path(output), contents):
        printed(f"{path}\n")
