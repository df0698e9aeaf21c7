"""The name of a units file, in; its faults or its count, printed, and the exit code, out."""

from __future__ import annotations

import sys

import click

from orgchart.commands.console import DEFAULT_UNITS, given_units, printed, say
from orgchart.errors import UnitsError


@click.command()
@click.argument("units", default=DEFAULT_UNITS, metavar="[UNITS]")
@click.option("--rules", is_flag=True, help="Warn too of what the rules of the field would not expect.")
def check(units: str, rules: bool) -> None:
    """Check a units file and list all that is wrong with it.

    Exits with 0 where the file can be drawn, 1 where it has faults.

    \b
    Example:
        orgchart check data/units.json
    """
    try:
        unit_file = given_units(units)
    except UnitsError as error:
        say(str(error), "red")
        count = len(error.faults)
        say(f"{error.file}: {count} fault{'s' if count > 1 else ''}", "red")
        sys.exit(1)
    for warning in unit_file.warnings:
        say(f"warning: {unit_file.name}, {warning}", "yellow")
    if rules:
        from orgchart.rulebook.lint import warnings

        for warning in warnings(unit_file):
            say(f"warning: {unit_file.name}, {warning}", "yellow")
    levels: dict[str, int] = {}
    for unit in unit_file.units:
        levels[unit.level] = levels.get(unit.level, 0) + 1
    counted = ", ".join(f"{count} {level}" for level, count in levels.items())
    total = len(unit_file.units)
    printed(f"{unit_file.name}: {total} unit{'s' if total > 1 else ''} ({counted}), no faults\n")
