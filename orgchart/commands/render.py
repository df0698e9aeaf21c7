"""The name of a units file and the user's wishes, in; the files of its chart, written, out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from orgchart.commands.chart_files import formats_asked, write_chart_files
from orgchart.commands.chart_options import chart_of, chart_options, structure_of
from orgchart.commands.console import DEFAULT_UNITS, given_units, say

if TYPE_CHECKING:
    from orgchart.chart import Chart
    from orgchart.units import UnitFile

_MOST_EXPLAINED = 20
# Place, text, scale, size at the style's own size, steps from conventional, name.
_EXPLAINED = "{:>4} {:>9} {:>7} {:>18} {:>6}  {}"
_MOST_EXPLAINED_OF_SEVERAL = 3
_DEFAULT_FORMATS = "dot,svg,pdf,png"


@click.command()
@click.argument("units", default=DEFAULT_UNITS, metavar="[UNITS]")
@click.option("-o", "--output", default="output", metavar="DIR", show_default=True,
              help="Folder for the files; - writes one format to standard output.")  # fmt: skip
@click.option("-f", "--format", "formats", default=_DEFAULT_FORMATS, metavar="LIST", show_default=True,
              help="Formats, separated by commas: svg, pdf, png and dot; html, a page for a browser; "
                   "pptx (PowerPoint) and drawio (draw.io), in which boxes and lines can be moved; csv, jsonld, "
                   "mermaid and graphml, the units and no picture.")  # fmt: skip
@chart_options
@click.option("--explain", is_flag=True, help="Print the ways that were weighed, and how large each would print.")
@click.option("--name", metavar="NAME", help="File name without ending; the top unit's id if left out.")
def render(
    units: str,
    output: str,
    formats: str,
    explain: bool,
    name: str | None,
    **options: Any,
) -> None:
    """Draw the chart of a units file.

    UNITS is a units file (data/units.json if left out), or - for standard input.

    \b
    For a report on A3, in black and white:
        orgchart render data/units.json --style print --page A3 --format pdf
    To embed in a document, cut to the chart's own size:
        orgchart render --page none --title "" --format svg
    One department with the groups inside it:
        orgchart render --root odeljenje-za-ujedinjene-nacije
    On the smallest sheet of paper on which names print at 8 pt or more, with a date:
        orgchart render --page auto --min-text 8 --date "1. 4. 2011."
    For a presentation, on slides of 16 x 9 whose boxes can be moved:
        orgchart render --page 338.7x190.5mm --format pptx
    The same units for a spreadsheet, for the web of data, for a wiki, for a network program:
        orgchart render --format csv,jsonld,mermaid,graphml
    For a website or an intranet, one page with search, details and the rulebook's words:
        orgchart render --format html
    A large body as an atlas on A4, one PDF with an overview, a page for each branch and an index:
        orgchart render --atlas always --branches apart --format pdf
    """
    from orgchart.formats import needs_layout
    from orgchart.names import safe_name

    wanted = formats_asked(formats, output)
    make = _drawn if needs_layout(wanted) else _told
    stem = None if name is None else safe_name(name)
    write_chart_files(make(given_units(units), options, wanted, stem, output == "-", explain), output)


def _drawn(
    unit_file: UnitFile, options: Mapping[str, Any], formats: list[str], stem: str | None, alone: bool, explain: bool
) -> dict[str, bytes]:
    """The files of a chart, by name. alone: where only one may be written."""
    from orgchart.formats import one_file, remarks_on, render_files

    chart = chart_of(unit_file, options)
    for warning in chart.warnings:
        say(f"warning: {warning}", "yellow")
    if "html" in formats:
        from orgchart.cite import text_of

        if note := text_of(unit_file).note:
            say(f"note: {note}", "yellow")
    if explain:
        _explain(chart)
    files = {"": one_file(chart, formats[0])} if alone else render_files(chart, formats, stem)
    for remark in remarks_on(formats):
        say(f"warning: {remark}", "yellow")
    return files


def _told(
    unit_file: UnitFile, options: Mapping[str, Any], formats: list[str], stem: str | None, alone: bool, explain: bool
) -> dict[str, bytes]:
    """The files of formats that are no pictures: nothing is laid out for them."""
    from orgchart.formats import export_files

    structure = structure_of(unit_file, options)
    for warning in structure.warnings:
        say(f"warning: {warning}", "yellow")
    if explain:
        say(f"warning: {', '.join(formats)} needs no layout, so that there is nothing to explain", "yellow")
    return export_files(structure, formats, stem)


def _explain(chart: Chart) -> None:
    """Print to standard error what was weighed, page by page, so that standard output keeps the files' names."""
    several = len(chart.pages) > 1
    most = _MOST_EXPLAINED_OF_SEVERAL if several else _MOST_EXPLAINED
    for page in chart.pages:
        at = f"page {page.number} ({chart.name}{page.suffix}): " if several else ""
        layout = page.layout
        if layout is None:
            click.echo(f"{at}index", err=True)
            continue
        count = f", {len(page.home)} unit{'s' * (len(page.home) != 1)}" if several else ""
        click.echo(f"{at}taken: {layout.arrangement}, text of {layout.smallest_text:g} pt{count}", err=True)
        if layout.candidates:
            click.echo(_EXPLAINED.format("", "text", "scale", "unscaled", "steps", "way"), err=True)
        for number, found in enumerate(layout.candidates[:most], 1):
            size = f"{found.size[0]:.0f} × {found.size[1]:.0f} pt"
            text, scale = f"{found.smallest_text:.2f} pt", f"{found.scale:.1%}"
            click.echo(_EXPLAINED.format(f"{number}.", text, scale, size, found.steps, found.name), err=True)
        if len(layout.candidates) > most:
            click.echo(f"     and {len(layout.candidates) - most} more, smaller", err=True)
