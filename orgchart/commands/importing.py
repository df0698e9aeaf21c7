"""The name of a table, tree or graph of units, in; a units.json, written, and what was taken for what, said, out."""

from __future__ import annotations

from pathlib import Path

import click

from orgchart.commands.console import given_content, printed, say


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="FILE", help="The units.json; standard output if left out.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=HEADER",
              help="Which column holds what, where that is not to be guessed: id, parent, name, level, number, "
                   "abbreviation, staff, placement, functions, names.en, extra.note; the column by its header, letter "
                   "or number. May be given several times.")  # fmt: skip
@click.option(
    "--sheet", metavar="NAME", help="The sheet of a workbook, by name or number; the first that is not empty."
)
@click.option("--delimiter", metavar="SIGN", help="Of a CSV: comma, semicolon, tab, or a sign; found if left out.")
@click.option("--encoding", metavar="NAME", help="Of a CSV, such as windows-1250; found if left out.")
@click.option("--title", metavar="TEXT", help="Title of the units file, printed above its charts.")
@click.option("--lang", metavar="TAG", help="Language of the names, such as sr-Cyrl, sr-Latn or en.")
def import_units(
    file: str,
    output: str | None,
    columns: tuple[str, ...],
    sheet: str | None,
    delimiter: str | None,
    encoding: str | None,
    title: str | None,
    lang: str | None,
) -> None:
    """Make a units file of a table or tree from another program.

    FILE is CSV, Excel (.xlsx), JSON or JSON-LD; - is standard input. A row is a unit, with the id or the name of the
    unit that it stands in. What was taken for what is said; ids and levels that are missing are made. Where a row has a
    fault, all faults are listed and nothing is written.

    \b
    From a spreadsheet, then draw:
        orgchart import jedinice.xlsx -o units.json
        orgchart render units.json
    Where the columns have names of their own:
        orgchart import jedinice.csv --column name=Naziv --column parent="Nadređena jedinica" -o units.json
    """
    from orgchart.exchange import import_units as imported
    from orgchart.units import dump_units
    from orgchart.write import write_paths

    wishes = dict(_wish(column) for column in columns)
    name = "standard input" if file == "-" else file
    made = imported(
        given_content(file, "units_bytes"), name, columns=wishes, sheet=sheet, delimiter=delimiter, encoding=encoding,
        title=title, lang=lang,
    )  # fmt: skip
    content = dump_units(made.units)
    for note in made.notes:
        say(note, "yellow")
    if output is None or output == "-":
        printed(content)
        return
    for path in write_paths({Path(output): content}):
        printed(f"{path}\n")


def _wish(column: str) -> tuple[str, str]:
    field, equals, header = column.partition("=")
    if not equals or not field.strip() or not header.strip():
        raise click.UsageError(f'--column {column}: write FIELD=HEADER, such as --column name="Naziv jedinice"')
    return field.strip(), header
