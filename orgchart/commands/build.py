"""The names of a project and of its charts, in; those that are stale made anew, what was done printed, out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgchart.commands.console import printed, say
from orgchart.errors import OrgChartError

if TYPE_CHECKING:
    from orgchart.build.project import Project


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
        _watch(path, names, jobs or cores(), force)
        return
    from orgchart.build.project import load_project

    project = load_project(path)
    if check:
        sys.exit(_check(project, names))
    if clean:
        from orgchart.build.run import clean as cleaned
        from orgchart.commands.build_events import told

        told(cleaned(project, force=force))
        return
    if _built(project, names, jobs or cores(), force):
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


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _built(project: Project, names: tuple[str, ...], jobs: int, force: bool) -> bool:
    """Build, and tell all errors at the end. Whether there was one."""
    from orgchart.build.run import build as built
    from orgchart.commands.build_events import told

    return told(built(project, names, force=force, jobs=jobs))


def _check(project: Project, names: tuple[str, ...]) -> int:
    """Print what a build would do. Returns the exit code."""
    from orgchart.build.manifest import read_manifest
    from orgchart.build.stale import survey
    from orgchart.commands.build_events import say_failures, say_notes

    project.chosen(names)
    try:
        manifest = read_manifest(project.output_folder)
    except OrgChartError as error:
        say(str(error), "red")
        return 1
    found = survey(project, manifest, names)
    for task in found.stale:
        printed(f"{task.plan.name}: {'; '.join(task.reasons)}\n")
    for chart in found.fresh:
        if chart.said:
            printed(f"{chart.plan.name}: {chart.said}; the manifest is to be brought up to date\n")
    for file, name in sorted(found.leftover.items()):
        printed(f"{name}: {project.output_folder / file} is not asked for any more\n")
    say_notes(found.fresh)
    say_failures(found.failures)
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
