"""What changed and the user's wishes for its chart, in; the files of the chart of changes, written, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from orgchart.commands.chart_files import formats_asked
from orgchart.commands.chart_options import chart_options, wishes_of
from orgchart.commands.console import say
from orgchart.errors import FormatError

if TYPE_CHECKING:
    from orgchart.changes.model import Changes

_Command = TypeVar("_Command", bound=Callable[..., Any])
# fmt: off
_OPTIONS = (
    click.option("-f", "--format", "formats", metavar="LIST",
                 help="Draw a chart of the changes too, in these formats, separated by commas: svg, pdf, png, dot, "
                      "pptx, drawio."),
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
    options of a chart's look, which ``draw_change_chart`` takes as ``options``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return chart_options(command, without=("lang", "also"))  # diff has a --lang of its own


def draw_change_chart(
    changes: Changes,
    formats: str,
    output: str,
    side_by_side: bool,
    name: str | None,
    options: Mapping[str, Any],
) -> dict[str, bytes]:
    """The files of the chart of changes in the formats, separated by commas, by name; one without a name where the
    output is ``-``.

    options: of a chart's look, as ``chart_options`` gives them. Raises OrgChartError, and UsageError for options that
    clash.
    """
    from orgchart.changes.chart import build_change_chart
    from orgchart.chart_wishes import arguments
    from orgchart.formats import WRITERS, check_format, one_file, remarks_on, render_files
    from orgchart.names import safe_name

    wanted = formats_asked(formats, output)
    for format_name in wanted:
        check_format(format_name)
        if not WRITERS[format_name].laid_out:
            raise FormatError(
                f"{format_name} holds units and no marks; changes as linked data: --report changes.jsonld"
            )
    chart = build_change_chart(changes, side_by_side=side_by_side, **arguments(wishes_of(options)))
    for warning in chart.warnings:
        say(f"warning: {warning}", "yellow")
    stem = None if name is None else safe_name(name)
    contents = {"": one_file(chart, wanted[0])} if output == "-" else render_files(chart, wanted, stem)
    for remark in remarks_on(wanted):
        say(f"warning: {remark}", "yellow")
    return contents
