"""The name of a units file, in; the caption of its chart in one or three languages, printed, out."""

from __future__ import annotations

import click

from orgchart.commands.console import DEFAULT_UNITS, given_units, printed


@click.command()
@click.argument("units", default=DEFAULT_UNITS, metavar="[UNITS]")
@click.option("--lang", default="all", type=click.Choice(["all", "sr-Cyrl", "sr-Latn", "en"]), show_default=True,
              help="One language, or a line in each of the three.")  # fmt: skip
@click.option("--number", type=click.IntRange(min=1), metavar="N", help="The figure's number.")
@click.option("--root", metavar="ID", help="Of this unit and what is below it.")
@click.option("--depth", type=click.IntRange(min=0), metavar="N", help="Of N generations below the top.")
def caption(units: str, lang: str, number: int | None, root: str | None, depth: int | None) -> None:
    """Print the caption of a chart: what it shows, how many units, and by which text of the rulebook.

    It says what the units file says and no more: title, rulebook, gazette, date, and the print (SHA-256) of the text.

    \b
    Example:
        orgchart caption data/units.json --number 1
    """
    from orgchart.caption import LANGUAGES
    from orgchart.caption import caption as caption_of

    unit_file = given_units(units)
    for each in LANGUAGES if lang == "all" else (lang,):
        printed(caption_of(unit_file, each, root=root, depth=depth, number=number) + "\n")
