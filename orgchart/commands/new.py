"""The name of a folder, in; a new project in it, ready for orgchart build, and its files' names, printed, out."""

from __future__ import annotations

from pathlib import Path

import click

from orgchart.commands.console import given_content, printed


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--from", "units", metavar="FILE", help="A units file to start from, in place of a small example.")
def new(folder: str, units: str | None) -> None:
    """Start a project: a folder with units, a style of your own, and a list of charts.

    DIR is a new folder, or an empty one. Its README.md says what to do next.

    \b
    Examples:
        orgchart new charts
        orgchart new charts --from data/units.json
    """
    from orgchart.build.starter import start_project
    from orgchart.units import parse_units

    content = None
    if units is not None:
        content = given_content(units, "units_bytes")
        parse_units(content, units)
    for file in start_project(Path(folder), content):
        printed(f"{file}\n")
    click.echo("next: go to the folder and run orgchart build", err=True)
