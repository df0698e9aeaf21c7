"""Nothing, in; the JSON Schema of units files, printed, out."""

from __future__ import annotations

import json

import click

from orgchart.commands.console import printed


@click.command()
def schema() -> None:
    """Print the JSON Schema of units files, for editors that check while you type.

    \b
    Example:
        orgchart schema > units.schema.json
    """
    from orgchart.units import units_schema

    printed(json.dumps(units_schema(), ensure_ascii=False, indent=2) + "\n")
