"""A folder or a list of rulebooks and units files, in; what is made of each, and a report, out."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgchart.commands.bar import Bar
from orgchart.commands.build import cores
from orgchart.commands.chart_files import formats_asked
from orgchart.commands.chart_options import chart_options, wishes_of
from orgchart.commands.console import given_content, printed, say

if TYPE_CHECKING:
    from orgchart.batch.feed import Feed
    from orgchart.batch.journal import Entry
    from orgchart.batch.plan import Plan
    from orgchart.batch.report import Report
    from orgchart.batch.run import Event, Runner
    from orgchart.batch.work import Result, Settings

# So many lines say how far it is, where there is no bar.
_LINES = 10


def _without_root(command: Any) -> Any:
    """An id is that of a unit of one file."""
    return chart_options(command, without=("root",))


@click.command()
@click.argument("inputs", metavar="FOLDER|LIST")
@click.option("-o", "--output", default="batch", metavar="DIR", show_default=True,
              help="Folder for what is made, for the report and for the journal.")  # fmt: skip
@click.option("-f", "--format", "formats", default="units,review,svg", metavar="LIST", show_default=True,
              help="What to make, separated by commas: of a rulebook units (the proposed units.json) and review (its "
                   "page for a browser); of both kinds charts in the formats of orgchart render.")  # fmt: skip
@click.option("--lexicon", metavar="FILE", help="Words of your own for reading, as in orgchart read.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), metavar="N",
              help="How many files are done at once; as many as there are processor cores if left out.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="Do it on the workers of a Dask cluster: tcp://host:port.")
@click.option("--time-limit", "seconds", type=click.FloatRange(0.001, 86400), default=300.0, metavar="SECONDS",
              show_default=True, help="The most that one file may take.")  # fmt: skip
@click.option("--force", is_flag=True, help="Do again what is done, and replace units files that were changed since.")
@_without_root
def batch(
    inputs: str,
    output: str,
    formats: str,
    lexicon: str | None,
    jobs: int | None,
    scheduler: str | None,
    seconds: float,
    force: bool,
    **options: Any,
) -> None:
    """Read or draw many rulebooks and units files.

    FOLDER is walked with the folders in it; LIST is a text file with the path of one file in each line, or - for
    standard input. A file ending in .json is a units file, any other is a rulebook. What was finished by an earlier
    batch is not done again. One bad file does not stop the others: they are told, and stand in the report,
    batch.report.html and batch.report.json. Exits with 1 where a file failed.

    \b
    The proposed units, the review and a chart of every rulebook in a folder:
        orgchart batch rulebooks -o proposed
    Charts for printing of all reviewed units files:
        orgchart batch reviewed -o charts --format pdf --style print --page A3
    Those of a list; on a cluster:
        find . -name "*.docx" | orgchart batch - -o proposed
        orgchart batch rulebooks -o proposed --scheduler tcp://192.0.2.1:8786
    """
    if jobs is not None and scheduler is not None:
        raise click.UsageError("--jobs is about this machine and --scheduler about a cluster; give one of them")
    from orgchart.batch.run import batch as batched
    from orgchart.batch.settings import settings_for

    gc.enable()  # unlike a chart, a batch lasts
    words = None if lexicon is None else given_content(lexicon, "toml_bytes").decode("utf-8", "replace")
    settings = settings_for(formats_asked(formats, output), wishes_of({**options, "root": None}), words, seconds)
    plan = _planned(inputs, output)
    with contextlib.ExitStack() as stack:
        runner, workers = _runner(scheduler, jobs or min(cores(), len(plan.items)), stack)
        events = batched(
            plan, settings, Path(output), runner, workers=workers, force=force,
            where=f"the Dask cluster {scheduler}" if scheduler else "",
        )  # fmt: skip
        if _told(events, len(plan.items)):
            sys.exit(1)


def _planned(inputs: str, output: str) -> Plan:
    from orgchart.batch.plan import plan_folder, plan_list

    if inputs != "-" and Path(inputs).is_dir():
        return plan_folder(Path(inputs), Path(output))
    if output == "-":
        raise click.UsageError("-o - is standard output, and a batch makes many files; name a folder")
    return plan_list(given_content(inputs, "list_bytes"), "standard input" if inputs == "-" else inputs)


def _runner(scheduler: str | None, jobs: int, stack: contextlib.ExitStack) -> tuple[Runner, int]:
    """What does the jobs, and how many it does at once."""
    if scheduler is None:
        from orgchart.batch.pool import run_here

        def here(feed: Feed[Entry], settings: Settings) -> Generator[Result | Entry, None, None]:
            return run_here(feed, settings, jobs)

        return here, jobs
    from orgchart.batch.cluster import connected, run_on_cluster

    client = stack.enter_context(connected(scheduler))

    def there(feed: Feed[Entry], settings: Settings) -> Generator[Result | Entry, None, None]:
        return run_on_cluster(feed, settings, client)

    return there, sum(client.nthreads().values())


def _told(events: Iterable[Event], total: int) -> bool:
    """Print what happens as it happens: names of files to standard output, all else to standard error. Whether a file
    failed."""
    from orgchart.batch.journal import Entry
    from orgchart.batch.run import Finished

    bar, done, failed = Bar("files"), 0, 0
    bar.begin(total)
    bar.show()
    try:
        for event in events:
            if isinstance(event, Entry):
                done += 1
                failed += bool(event.error)
                _say_entry(event, bar)
                if not bar.is_shown and done < total and done * _LINES // total > (done - 1) * _LINES // total:
                    click.echo(f"{done:,} of {total:,}" + (f", {failed:,} failed" if failed else ""), err=True)
            elif isinstance(event, Finished):
                bar.hide()
                for file in event.files:
                    printed(f"{file}\n")
                click.echo(_summary(event.report), err=True)
            else:
                bar.hide()
                say(f'another batch or build works in folder "{event.folder}"; waiting until it ends', "yellow")
                bar.show()
    finally:
        bar.hide()
    return bool(failed)


def _say_entry(entry: Entry, bar: Bar) -> None:
    if entry.error:
        bar.hide()
        say(f"error: {entry.error}", "red")
        bar.show()
    bar.advance()


def _summary(report: Report) -> str:
    said = {"made": "made", "kept": "made before", "failed": "failed"}
    counts = ", ".join(f"{count:,} {said[outcome]}" for outcome, count in report.counts.items())
    total = len(report.entries)
    faults = len(report.with_faults)
    more = f"; {faults:,} with faults, see the report" if faults else ""
    return f"{total:,} file{'s' * (total != 1)}: {counts}; {report.units:,} units, {report.questions:,} questions{more}"
