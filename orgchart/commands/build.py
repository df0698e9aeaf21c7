"""The names of a project and of its charts, in; those that are stale made anew, what was done printed, out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgchart.commands.console import printed, say
from orgchart.errors import OrgChartError

if TYPE_CHECKING:
    from orgchart.build.project import Project
    from orgchart.build.run import Begun, Event
    from orgchart.build.stale import Failure, Fresh

_Advance = Callable[[], None]


@click.command()
@click.argument("words", nargs=-1, metavar="[PROJECT] [NAME]...")
@click.option(
    "--force", is_flag=True, help="Make charts anew that are not stale; with --clean, remove changed files too."
)
@click.option("--check", is_flag=True, help="Make nothing; list what is stale and why, and exit with 1 if anything is.")
@click.option("--clean", is_flag=True, help="Remove the files that were made, and no others.")
@click.option("--watch", is_flag=True, help="Stay, and build again at every change, until Ctrl-C.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), metavar="N",
              help="How many charts are drawn at once; as many as there are processor cores if left out.")  # fmt: skip
def build(words: tuple[str, ...], force: bool, check: bool, clean: bool, watch: bool, jobs: int | None) -> None:
    """Make the charts that a project lists in its orgchart.toml.

    Only what is stale is made: a chart whose units, style, font or settings have changed, or whose files are missing or
    were changed by hand. PROJECT is a folder with an orgchart.toml, or the file itself; this folder if left out. NAME
    is one of its charts; all of them if left out.

    \b
    All charts of this folder:
        orgchart build
    Two of them; is anything stale; after every change, while you work:
        orgchart build overview annex
        orgchart build --check
        orgchart build --watch
    """
    if check + clean + watch > 1:
        raise click.UsageError("--check, --clean and --watch exclude each other; give one of them")
    path, names = _project_and_names(words)
    if clean and names:
        raise click.UsageError("--clean removes the files of all charts; leave the names out")
    if check and force:
        raise click.UsageError("--check makes nothing, so that --force does not go with it")
    if watch:
        _watch(path, names, jobs or _cores(), force)
        return
    from orgchart.build.project import load_project

    project = load_project(path)
    if check:
        sys.exit(_check(project, names))
    if clean:
        from orgchart.build.run import clean as cleaned

        _told(cleaned(project, force=force))
        return
    if _built(project, names, jobs or _cores(), force):
        sys.exit(2)


def _project_and_names(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The first word is the project where it looks like a path, or is a folder that has an orgchart.toml."""
    from orgchart.build.project import PROJECT_FILE

    if words:
        first = words[0]
        is_path = first.endswith(".toml") or "/" in first or os.sep in first or first in (".", "..")
        if is_path or (Path(first) / PROJECT_FILE).is_file():
            return first, words[1:]
    return ".", words


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _built(project: Project, names: tuple[str, ...], jobs: int, force: bool) -> bool:
    """Build, and tell all errors at the end. Whether there was one."""
    from orgchart.build.run import build as built

    return _told(built(project, names, force=force, jobs=jobs))


def _told(events: Iterable[Event]) -> bool:
    """Print what happens as it happens: names of files to standard output, all else to standard error."""
    from orgchart.build.run import Begun, Kept, Made, Removed, Unreadable, Waiting
    from orgchart.build.stale import Failure

    failures: list[Failure] = []
    made = 0
    begun: Begun | None = None
    with _progress() as (start, advance):
        for event in events:
            if isinstance(event, Waiting):
                say(f'another build works in folder "{event.folder}"; waiting until it ends', "yellow")
            elif isinstance(event, Unreadable):
                say(f"warning: {event.message}", "yellow")
            elif isinstance(event, Begun):
                begun = event
                _say_notes(event.fresh)
                start(len(event.stale))
            elif isinstance(event, Failure):
                failures.append(event)
                if begun:
                    advance()
            elif isinstance(event, Removed):
                say(f'removed {event.file}, of chart "{event.chart}"', "yellow")
            elif isinstance(event, Kept):
                say(f"{event.file} was changed since it was made and stays; delete it if you do not need it", "yellow")
            elif isinstance(event, Made):
                made += 1
                of = f"{made} of {len(begun.stale)}" if begun else ""
                click.echo(f"{event.task.plan.name} ({of}): {'; '.join(event.task.reasons)}", err=True)
                for warning in event.warnings:
                    say(f"warning: {event.task.plan.name}: {warning}", "yellow")
                for file in event.replaced:
                    say(f"warning: {file} stood there already, made by no build; it is replaced", "yellow")
                for file in event.files:
                    printed(f"{file}\n")
                advance()
    _say_failures(failures)
    if begun:
        click.echo(_summary(made, len(begun.fresh), len(failures)), err=True)
    return bool(failures)


def _say_failures(failures: Iterable[Failure]) -> None:
    """Each fault once, with all charts that it stops."""
    charts: dict[str, list[str]] = {}
    for failure in failures:
        charts.setdefault(failure.message, []).append(f'"{failure.name}"')
    for message, names in charts.items():
        say(f"error: chart{'s' * (len(names) > 1)} {', '.join(names)}: {message}", "red")


def _summary(made: int, fresh: int, failed: int) -> str:
    total = made + fresh + failed
    parts = [f"{count} {what}" for count, what in ((made, "made"), (fresh, "up to date"), (failed, "failed")) if count]
    return f"{total} chart{'s' * (total != 1)}: {', '.join(parts)}"


def _say_notes(fresh: Iterable[Fresh]) -> None:
    for chart in fresh:
        for note in chart.notes:
            click.echo(f"{chart.plan.name}: {note}", err=True)


@contextmanager
def _progress() -> Iterator[tuple[Callable[[int], None], _Advance]]:
    """A bar on a terminal, nothing elsewhere; the first function says how many charts there are, the second that one is
    done."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield (lambda _: None), (lambda: None)
        return
    bars: list[_Advance] = []
    from contextlib import ExitStack

    with ExitStack() as stack:

        def start(total: int) -> None:
            if not total:  # rich takes a tenth of a second to load
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("drawing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            console = Console(stderr=True)
            bar = stack.enter_context(
                Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty())
            )
            task = bar.add_task("drawing", total=total)
            bars.append(lambda: bar.advance(task))

        yield start, lambda: bars[0]() if bars else None


def _check(project: Project, names: tuple[str, ...]) -> int:
    """Print what a build would do. Returns the exit code."""
    from orgchart.build.manifest import read_manifest
    from orgchart.build.stale import survey

    try:
        found = survey(project, read_manifest(project.output_folder), names)
    except OrgChartError as error:
        project.chosen(names)
        say(str(error), "red")
        return 1
    for task in found.stale:
        printed(f"{task.plan.name}: {'; '.join(task.reasons)}\n")
    for chart in found.fresh:
        if chart.said:
            printed(f"{chart.plan.name}: {chart.said}; the manifest is to be brought up to date\n")
    for file, name in sorted(found.leftover.items()):
        printed(f"{name}: {project.output_folder / file} is not asked for any more\n")
    _say_notes(found.fresh)
    _say_failures(found.failures)
    if found.failures:
        return 2
    if found.stale or found.leftover or any(chart.said for chart in found.fresh):
        return 1
    total = len(found.fresh)
    click.echo(f"{total} chart{'s' * (total != 1)}: {'all ' * (total != 1)}up to date", err=True)
    return 0


def _watch(path: str, names: tuple[str, ...], jobs: int, force: bool) -> None:
    """Build at every change. A fault is told and waited out; Ctrl-C ends it as it should end."""
    from orgchart.build.project import load_project
    from orgchart.build.watch import watch_files

    forced = [force]

    def once() -> Project | None:
        project = None
        try:
            project = load_project(path)
            _built(project, names, jobs, bool(forced and forced.pop()))
        except OrgChartError as error:
            say(f"error: {error}", "red")
        click.echo("watching; Ctrl-C ends", err=True)
        return project

    try:
        watch_files(path, once)
    except KeyboardInterrupt:
        click.echo("ended", err=True)
