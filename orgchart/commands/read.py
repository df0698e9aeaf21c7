"""The names of a rulebook's files, in; its units proposed, its questions printed, a review page, out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from orgchart.commands.console import given_content, given_units, printed, say


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", metavar="FILE", help="The proposed units.json; standard output if left out.")
@click.option(
    "--into", metavar="FILE", help="Bring this reviewed units.json up to date instead; what was made by hand stays."
)
@click.option("--review", metavar="FILE", help="A page to review the reading by: .html, .md or .json.")
@click.option("--lexicon", metavar="FILE", help="Words of your own, in the form of orgchart/rulebook/lexicon.toml.")
def read(files: tuple[str, ...], output: str | None, into: str | None, review: str | None, lexicon: str | None) -> None:
    """Read a rulebook and propose its units.

    FILE is the rulebook as txt, html, docx, odt or pdf, in Cyrillic or Latin; several files are read as one text; - is
    standard input. A person reviews the result. Exits with 1 where the text promises units that do not follow, or
    names none.

    \b
    Propose, review in a browser, draw:
        orgchart read rulebook.docx -o units.json --review review.html
        orgchart render units.json
    After an amendment:
        orgchart read new-rulebook.docx --into units.json --review review.html
    """
    from orgchart.rulebook.command import read_rulebook
    from orgchart.rulebook.review import check_review, write_review
    from orgchart.units import dump_units
    from orgchart.write import write_paths

    if output is not None and into is not None:
        raise click.UsageError("-o writes a new file and --into changes one; give one of them")
    wanted = None if review is None else check_review(review)
    target = output if into is None else into
    reading = read_rulebook(
        [(name, given_content(name, "rulebook_bytes")) for name in files],
        None if lexicon is None else given_content(lexicon, "toml_bytes").decode("utf-8", "replace"),
        None if into is None else given_units(into),
        str(Path(target or ".").parent),
    )
    for note in reading.notes:
        click.echo(note, err=True)
    for change in reading.changes:
        say(f"{change.kind}: {change.words}", "yellow")
    for question in reading.questions:
        place = reading.said_line(question.line)
        say(f'question, {place}: {question.rule}: "{question.words[:100]}"; taken: {question.taken}', "yellow")
    for fault in reading.faults:
        say(f"fault: {fault}", "red")
    contents = {}
    if review is not None and wanted is not None:
        contents[Path(review)] = write_review(reading, wanted)
    proposed = None if reading.units is None else dump_units(reading.units)
    if proposed is not None and target not in (None, "-"):
        contents[Path(str(target))] = proposed
    write_paths(contents)
    if proposed is not None and target in (None, "-"):
        printed(proposed)
    if reading.faults:
        sys.exit(1)
