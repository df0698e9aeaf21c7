"""The names of two units files or rulebooks, in; what changed, printed or written as reports, and an exit code, out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgchart.commands.console import given_content, printed, say
from orgchart.commands.diff_chart import change_chart_options, draw_change_chart
from orgchart.errors import OrgChartError

if TYPE_CHECKING:
    from orgchart.changes.report import Report
    from orgchart.cite import Text
    from orgchart.units import UnitFile


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--report", "reports", multiple=True, metavar="FILE",
              help="Write a report: .html, .md, .txt, .json or .jsonld. May be given several times. Without it the "
                   "text is printed.")  # fmt: skip
@click.option("--lang", default="auto", type=click.Choice(["auto", "sr-Cyrl", "sr-Latn", "en"]), show_default=True,
              help="Language of the reports; auto takes that of the new file.")  # fmt: skip
@change_chart_options
def diff(
    old: str,
    new: str,
    reports: tuple[str, ...],
    lang: str,
    formats: str | None,
    output: str,
    side_by_side: bool,
    name: str | None,
    **options: Any,
) -> None:
    """Say what changed between two units files, or two rulebooks.

    OLD and NEW are units files, or rulebooks as txt, html, docx, odt or pdf, which are read first; one of them may be -
    for standard input. Each change names the article and the lines of both texts, and quotes them where the text stands
    beside its units file. Exits with 0 where nothing changed, 1 where something did.

    With --format it draws the chart of changes: the new structure with all that changed marked on it, or old and new
    side by side.

    \b
    What an amendment changes, on the terminal and as a page:
        orgchart diff data/units.json data/units-amended.json
        orgchart diff old-rulebook.docx new-rulebook.docx --report changes.html
    The same as a chart, in black and white, and side by side on A3:
        orgchart diff data/units.json data/units-amended.json --format pdf --style print
        orgchart diff data/units.json data/units-amended.json --format pdf --side-by-side --page A3
    """
    from orgchart.changes import compare
    from orgchart.changes.report import build_report, check_report

    for report in reports:
        check_report(report)
    if old == new == "-":
        raise click.UsageError("OLD and NEW are both standard input; name a file for one of them")
    (old_units, old_text), (new_units, new_text) = _given(old), _given(new)
    if options["script"]:
        from orgchart.unit_script import in_script

        old_units, new_units = (in_script(units, options["script"]) for units in (old_units, new_units))
    changes = compare(old_units, new_units)
    chart = {} if formats is None else draw_change_chart(changes, formats, output, side_by_side, name, options)
    told = None
    if reports or formats is None:
        told = build_report(changes, old_text, new_text, None if lang == "auto" else lang)
    _write(chart, output, told, reports)
    sys.exit(1 if changes.changes else 0)


def _write(chart: Mapping[str, bytes], output: str, report: Report | None, names: tuple[str, ...]) -> None:
    """Chart and reports: all files or none; then what goes to standard output."""
    from orgchart.changes.report import check_report, write_report
    from orgchart.write import write_paths

    contents = {} if output == "-" else {Path(output) / name: content for name, content in chart.items()}
    if report is not None:
        contents |= {Path(name): write_report(report, check_report(name)) for name in names}
    for path in write_paths(contents):
        printed(f"{path}\n")
    if output == "-":
        for content in chart.values():
            printed(content)
    if report is not None and not names:
        printed(write_report(report, "txt"))


def _given(name: str) -> tuple[UnitFile, Text]:
    """A units file with the text beside it, or a rulebook read on the spot."""
    from orgchart.cite import text_beside
    from orgchart.units import parse_units

    content = given_content(name, "rulebook_bytes")
    said = "standard input" if name == "-" else name
    if not _is_units_file(name, content):
        return _read(name, content)
    unit_file = parse_units(content, said)
    for warning in unit_file.warnings:
        say(f"warning: {said}, {warning}", "yellow")
    text = text_beside(unit_file, name)
    if text.note:
        say(f"note: {text.note}", "yellow")
    return unit_file, text


def _is_units_file(name: str, content: bytes) -> bool:
    return Path(name).suffix.lower() == ".json" or content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _read(name: str, content: bytes) -> tuple[UnitFile, Text]:
    from orgchart.cite import Text
    from orgchart.rulebook.command import read_rulebook

    reading = read_rulebook([(name, content)])
    for question in reading.questions:
        place = reading.said_line(question.line)
        say(f'question, {name}, {place}: {question.rule}: "{question.words[:100]}"; taken: {question.taken}', "yellow")
    for fault in reading.faults:
        say(f"fault: {name}, {fault}", "red")
    if reading.units is None:
        raise OrgChartError(f"{name}: no unit was read from it, so that there is nothing to compare")
    lines = tuple(line.text for line in reading.sources[0].lines)
    return replace(reading.units, name=name), Text(lines)
