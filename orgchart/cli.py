"""Command-line words, in; files, printed lines and an exit code, out. The only module that prints or exits.

Exit codes: 0 fine, 1 a check found something, 2 bad input or use.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgchart.errors import OrgChartError, UnitsError, WriteError
from orgchart.version import __version__

if TYPE_CHECKING:
    from orgchart.chart import Chart
    from orgchart.styles import StyleSheet
    from orgchart.units import UnitFile

DEFAULT_UNITS = "data/units.json"
_MOST_EXPLAINED = 20
# Place, text, scale, size at the style's own size, steps from conventional, name.
_EXPLAINED = "{:>4} {:>9} {:>7} {:>18} {:>6}  {}"
_MOST_EXPLAINED_OF_SEVERAL = 3
_DEFAULT_FORMATS = "dot,svg,pdf,png"
_SHOWN = {"auto": None, "on": True, "off": False}
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_HELP)
@click.version_option(__version__, prog_name="orgchart")
def cli() -> None:
    """Draw the organisation chart of a public body from a file of its units.

    \b
    The chart in four formats, in the folder output/:
        orgchart render data/units.json

    Each command explains itself: orgchart render --help
    """


@cli.command()
@click.argument("units", default=DEFAULT_UNITS, metavar="[UNITS]")
@click.option("-o", "--output", default="output", metavar="DIR", show_default=True,
              help="Folder for the files; - writes one format to standard output.")  # fmt: skip
@click.option("-f", "--format", "formats", default=_DEFAULT_FORMATS, metavar="LIST", show_default=True,
              help="Formats, separated by commas.")  # fmt: skip
@click.option("-s", "--style", default="classic", metavar="NAME|FILE", show_default=True,
              help="A style that comes with orgchart (see: orgchart styles), or your own .toml file.")  # fmt: skip
@click.option("-p", "--page", default="A4", metavar="PAGE", show_default=True,
              help="A4, A3, A2, A1, A0, letter, a size such as 160x90mm; auto: the smallest of A4 to A0 on which "
                   "the names can be read (see --min-text); none: the chart's own size.")  # fmt: skip
@click.option("--orientation", default="auto", metavar="auto|portrait|landscape", show_default=True,
              help="How the page stands; auto takes the one that suits the chart.")  # fmt: skip
@click.option("--min-text", default=7.0, type=click.FloatRange(1, 72), metavar="PT", show_default=True,
              help="The smallest size of names that can be read: --page auto keeps to it, and a chart with "
                   "smaller names gets a warning.")  # fmt: skip
@click.option("--atlas", default="auto", type=click.Choice(["never", "auto", "always"]), show_default=True,
              help="Several pages in place of one: an overview, a page for each branch that is cut off, with page "
                   "references both ways, and an alphabetical index. auto: where the names could not be read on one "
                   "page; never: one page, with a warning.")  # fmt: skip
@click.option("--branches", default="together", type=click.Choice(["together", "apart"]), show_default=True,
              help="Whether small branches of an atlas share a page, or each has its own.")  # fmt: skip
@click.option("--root", metavar="ID", help="Draw only this unit and what is below it.")
@click.option("--depth", type=click.IntRange(min=0), metavar="N",
              help="Draw only N generations below the top; 0 is the top alone.")  # fmt: skip
@click.option("--layout", default="page", metavar="NAME", show_default=True,
              help="page, or a Graphviz engine to place the units: dot, neato, twopi, circo, fdp, sfdp.")  # fmt: skip
@click.option("--arrange", multiple=True, metavar="[LEVEL=]KIND",
              help="How the units below each unit stand: auto, row, stacks, column, columns or both (sides of a rail); "
                   "for one level: --arrange sector=column. May be given several times.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Print the ways that were weighed, and how large each would print.")
@click.option("--title", metavar="TEXT", help='Title above the chart; the file\'s own if left out, none if "".')
@click.option("--legend", default="auto", type=click.Choice(["auto", "on", "off"]), show_default=True,
              help="Legend of the levels; auto shows it where there is more than one level.")  # fmt: skip
@click.option("--source", default="auto", type=click.Choice(["auto", "on", "off"]), show_default=True,
              help="The rulebook at the foot of the page; auto shows it where the units file has its title, "
                   "except with --page none.")  # fmt: skip
@click.option("--date", metavar="TEXT|source",
              help="Date at the foot of the page, printed as you write it; source: the rulebook's date. "
                   "None if left out.")  # fmt: skip
@click.option("--font", metavar="NAME", help="A font installed on this machine, instead of the style's.")
@click.option("--font-embed", default="subset", type=click.Choice(["subset", "none"]), show_default=True,
              help="Whether the SVG carries its font; none is smaller, and right only where the font is.")  # fmt: skip
@click.option("--dpi", default=200, type=click.IntRange(10, 2400), metavar="N", show_default=True,
              help="Dots per inch of the PNG.")  # fmt: skip
@click.option("--name", metavar="NAME", help="File name without ending; the top unit's id if left out.")
def render(
    units: str,
    output: str,
    formats: str,
    style: str,
    page: str,
    orientation: str,
    min_text: float,
    atlas: str,
    branches: str,
    root: str | None,
    depth: int | None,
    layout: str,
    arrange: tuple[str, ...],
    explain: bool,
    title: str | None,
    legend: str,
    source: str,
    date: str | None,
    font: str | None,
    font_embed: str,
    dpi: int,
    name: str | None,
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
    A large body as an atlas on A4, one PDF with an overview, a page for each branch and an index:
        orgchart render --atlas always --branches apart --format pdf
    """
    from orgchart.formats import check_format

    wanted = list(dict.fromkeys(part.strip().lower() for part in formats.split(",") if part.strip()))
    if not wanted:
        raise click.UsageError("--format names no format; give one or more, e.g. --format svg,pdf")
    for format_name in wanted:
        check_format(format_name)
    if output == "-" and len(wanted) != 1:
        raise click.UsageError("-o - writes one file to standard output; name one format, e.g. --format svg")
    from orgchart.chart import build_chart
    from orgchart.formats import one_file, render_files
    from orgchart.names import safe_name
    from orgchart.write import write_files

    chart = build_chart(
        _units(units),
        style=_style(style, font),
        page=page,
        orientation=orientation,
        min_text=min_text,
        atlas=atlas,
        branches=branches,
        root=root,
        depth=depth,
        layout=layout,
        arrange=_arrange(arrange),
        title=title,
        legend=_SHOWN[legend],
        source_line=_SHOWN[source],
        date=date,
        embed_font=font_embed == "subset",
        dpi=dpi,
    )
    for warning in chart.warnings:
        _say(f"warning: {warning}", "yellow")
    if explain:
        _explain(chart)
    if output == "-":
        if sys.stdout is None:
            raise WriteError("standard output is closed; name a folder with -o")
        _print(one_file(chart, wanted[0]))
        return
    contents = render_files(chart, wanted, None if name is None else safe_name(name))
    for path in write_files(Path(output), contents):
        _print(f"{path}\n")


@cli.command()
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
    from orgchart.write import write_files

    if output is not None and into is not None:
        raise click.UsageError("-o writes a new file and --into changes one; give one of them")
    wanted = None if review is None else check_review(review)
    target = output if into is None else into
    reading = read_rulebook(
        [(name, _content(name)) for name in files],
        None if lexicon is None else _content(lexicon).decode("utf-8", "replace"),
        None if into is None else _units(into),
        str(Path(target or ".").parent),
    )
    for note in reading.notes:
        click.echo(note, err=True)
    for change in reading.changes:
        _say(f"{change.kind}: {change.words}", "yellow")
    for question in reading.questions:
        place = reading.said_line(question.line)
        _say(f'question, {place}: {question.rule}: "{question.words[:100]}"; taken: {question.taken}', "yellow")
    for fault in reading.faults:
        _say(f"fault: {fault}", "red")
    if review is not None and wanted is not None:
        path = Path(review)
        write_files(path.parent, {path.name: write_review(reading, wanted)})
    if reading.units is not None:
        content = dump_units(reading.units)
        if target is None or target == "-":
            _print(content)
        else:
            write_files(Path(target).parent, {Path(target).name: content})
    if reading.faults:
        sys.exit(1)


def _content(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``."""
    from orgchart.rulebook.sources import MAX_BYTES

    try:
        if name == "-":
            if sys.stdin is None:
                raise OrgChartError("standard input is closed; name a file")
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise OrgChartError(f"{name}: there is no such file; name the rulebook's text") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OrgChartError(f"{name}: the file cannot be read ({reason})") from None


@cli.command()
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
        unit_file = _units(units)
    except UnitsError as error:
        _say(str(error), "red")
        count = len(error.faults)
        _say(f"{error.file}: {count} fault{'s' if count > 1 else ''}", "red")
        sys.exit(1)
    for warning in unit_file.warnings:
        _say(f"warning: {unit_file.name}, {warning}", "yellow")
    if rules:
        from orgchart.rulebook.lint import warnings

        for warning in warnings(unit_file):
            _say(f"warning: {unit_file.name}, {warning}", "yellow")
    levels: dict[str, int] = {}
    for unit in unit_file.units:
        levels[unit.level] = levels.get(unit.level, 0) + 1
    counted = ", ".join(f"{count} {level}" for level, count in levels.items())
    total = len(unit_file.units)
    _print(f"{unit_file.name}: {total} unit{'s' if total > 1 else ''} ({counted}), no faults\n")


@cli.command()
def schema() -> None:
    """Print the JSON Schema of units files, for editors that check while you type.

    \b
    Example:
        orgchart schema > units.schema.json
    """
    from orgchart.units import units_schema

    _print(json.dumps(units_schema(), ensure_ascii=False, indent=2) + "\n")


@cli.command()
def styles() -> None:
    """List the styles that come with orgchart.

    \b
    Example:
        orgchart styles
        orgchart render --style print
    """
    from orgchart.styles import bundled_styles, load_style

    for name in bundled_styles():
        style = load_style(name)
        _print(f"{name:<10} {style.description}\n")


def _units(path: str) -> UnitFile:
    from orgchart.units import MAX_BYTES, load_units, parse_units

    if path != "-":
        return load_units(path)
    if sys.stdin is None:
        raise OrgChartError("standard input is closed; name a units file")
    try:
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise OrgChartError(f"standard input cannot be read: {error.strerror}; name a units file") from error
    return parse_units(content, "standard input")


def _arrange(asked: tuple[str, ...]) -> str | dict[str, str]:
    """The one kind for all, or the kinds by level; of several for all the last counts."""
    by_level = dict(word.split("=", 1) for word in asked if "=" in word)
    for_all = [word for word in asked if "=" not in word]
    if by_level and for_all:
        raise click.UsageError("--arrange takes one kind for all, or kinds by level, not both")
    return by_level or (for_all[-1] if for_all else "auto")


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


def _style(style: str, font: str | None) -> StyleSheet:
    from dataclasses import replace

    from orgchart.styles import load_style

    loaded = load_style(style)
    if font is None:
        return loaded
    from orgchart.text import load_font

    return replace(loaded, font=load_font(font).family)


def _print(content: str | bytes) -> None:
    """To standard output. Raises WriteError where that is full; a reader that has gone is no error."""
    try:
        click.echo(content, nl=False)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise WriteError(f"standard output cannot be written: {error.strerror}") from error


def _say(message: str, colour: str) -> None:
    """Print to standard error, in colour on a terminal."""
    if sys.stderr is not None and sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console
        from rich.text import Text

        Console(stderr=True, highlight=False, soft_wrap=True).print(Text(message, style=colour))
    else:
        click.echo(message, err=True)


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line and exit; whatever happens, the user reads a sentence and not a traceback."""
    gc.disable()  # nothing here makes cycles worth finding before the process ends
    try:
        return cli.main(args=arguments, prog_name="orgchart", standalone_mode=True)
    except OrgChartError as error:
        _say(f"error: {error}", "red")
    except (MemoryError, RecursionError) as error:
        kind = type(error).__name__
        _say(f"error: this input is too large for this machine ({kind}); draw a branch with --root", "red")
    except Exception as error:
        if os.environ.get("ORGCHART_DEBUG"):
            raise
        _say(
            f"error: orgchart failed in a way it should not: {type(error).__name__}: {error}; nothing was written; "
            "please report it with what ORGCHART_DEBUG=1 prints",
            "red",
        )
    sys.exit(2)
