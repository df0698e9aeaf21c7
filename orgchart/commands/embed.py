"""The names of documents and of a folder with charts, in; the documents with the current charts, written, out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from orgchart.commands.console import printed, say


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="REPORT...")
@click.option("--charts", default="output", metavar="DIR", show_default=True,
              help="Folder with the drawn charts, NAME.svg.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write there, and leave REPORT as it is.")
@click.option("--check", is_flag=True, help="Only say which charts are stale, and exit with 1 if any is.")
@click.option("--insert", metavar="NAME", help="Put this chart in as a new picture; with --after.")
@click.option("--after", metavar="HEADING", help="The heading that the new picture is to follow.")
@click.option("--as", "form", type=click.Choice(["svg", "img"]), default="svg", show_default=True,
              help="In HTML: the SVG itself, or a link to it.")  # fmt: skip
@click.option("--letters", type=click.Choice(["outlines", "text"]), default="outlines", show_default=True,
              help="In DOCX and ODT: letters that look the same everywhere, or text.")  # fmt: skip
@click.option("--no-backup", is_flag=True, help="Keep no copy of REPORT as REPORT.bak.")
def embed(
    documents: tuple[str, ...],
    charts: str,
    output: str | None,
    check: bool,
    insert: str | None,
    after: str | None,
    form: str,
    letters: str,
    no_backup: bool,
) -> None:
    """Bring the charts in a report up to date.

    REPORT is a DOCX, ODT, HTML or Markdown file. In DOCX and ODT, a picture with the alternative text orgchart:NAME
    becomes the chart NAME at its own width; in HTML and Markdown, the chart comes after <!-- orgchart:NAME -->. All
    else stays as it is, byte for byte.

    \b
    Draw the charts, and put them into the report:
        orgchart render --page none --title "" --name sector
        orgchart embed report.docx
    Is the report up to date?
        orgchart embed report.docx --check
    Put a chart in for the first time:
        orgchart embed report.docx --insert sector --after "Организациона структура"
    """
    if (insert is None) != (after is None):
        raise click.UsageError('--insert NAME and --after "HEADING" go together')
    if output is not None and (len(documents) > 1 or check):
        raise click.UsageError("-o FILE is for one document, and not for --check")
    from orgchart.documents.charts import ChartFolder
    from orgchart.documents.embed import Wish
    from orgchart.documents.embed import embed as embedded
    from orgchart.documents.saving import check_writable, save

    folder = ChartFolder(Path(charts), outlines=letters == "outlines")
    files = [(Path(name), Path(output or name)) for name in dict.fromkeys(documents)]
    done = embedded(files, folder, Wish(insert, after, form == "img"))
    for chart in folder.used():
        for remark in chart.remarks:
            say(f"warning: {remark}", "yellow")
    if check:
        for each in done:
            for change in each.changes:
                say(f"stale: {each.file}, {change}", "yellow")
            if not each.changes:
                printed(f"{each.file}: {_count(len(each.places))}, up to date\n")
        sys.exit(any(each.changes for each in done))
    writing = [(each, target) for each, (_, target) in zip(done, files, strict=True) if each.changes or output]
    for _, target in writing:
        check_writable(target)
    backed_up = [] if no_backup else [target for each, target in writing if each.changes and target.exists()]
    for copy in save({target: each.content for each, target in writing}, backed_up):
        say(f"kept: {copy}", "")
    for each, target in writing:
        for change in each.changes:
            say(f"{each.file}, {change}", "yellow" if change.remark else "")
        printed(f"{target}\n")
    for each in done:
        if not each.changes:
            say(f"{each.file}: {_count(len(each.places))}, up to date", "")


def _count(places: int) -> str:
    return f"{places} chart{'s' * (places != 1)}"
