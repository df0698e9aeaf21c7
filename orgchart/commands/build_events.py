"""What happens during a build, event by event, in; lines and a bar printed, and whether a chart failed, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from orgchart.build.lock import Waiting
from orgchart.build.run import Begun, Event, Kept, Made, Removed, Unreadable
from orgchart.build.stale import Failure, Fresh
from orgchart.commands.bar import Bar
from orgchart.commands.console import printed, say


def told(events: Iterable[Event]) -> bool:
    """Print what happens as it happens: names of files to standard output, all else to standard error, errors last.
    Whether there was one."""
    telling = _Telling()
    try:
        for event in events:
            telling.bar.hide()
            _WAYS[type(event)](telling, event)
            telling.bar.show()
    finally:
        telling.bar.hide()
    say_failures(telling.failures)
    if telling.begun:
        click.echo(_summary(telling.made, len(telling.begun.fresh), len(telling.failures)), err=True)
    return bool(telling.failures)


def say_failures(failures: Iterable[Failure]) -> None:
    """Each fault once, with all charts that it stops."""
    charts: dict[str, list[str]] = {}
    for failure in failures:
        charts.setdefault(failure.message, []).append(f'"{failure.name}"')
    for message, names in charts.items():
        say(f"error: chart{'s' * (len(names) > 1)} {', '.join(names)}: {message}", "red")


def say_notes(fresh: Iterable[Fresh]) -> None:
    """What is worth knowing of charts that are up to date."""
    for chart in fresh:
        for note in chart.notes:
            click.echo(f"{chart.plan.name}: {note}", err=True)


class _Telling:
    """What was told so far."""

    def __init__(self) -> None:
        self.bar = Bar("drawing")
        self.begun: Begun | None = None
        self.made = 0
        self.failures: list[Failure] = []

    def waiting(self, event: Waiting) -> None:
        say(f'another build works in folder "{event.folder}"; waiting until it ends', "yellow")

    def unreadable(self, event: Unreadable) -> None:
        say(f"warning: {event.message}", "yellow")

    def begin(self, event: Begun) -> None:
        self.begun = event
        say_notes(event.fresh)
        self.bar.begin(len(event.stale))

    def failed(self, event: Failure) -> None:
        self.failures.append(event)
        if self.begun:
            self.bar.advance()

    def chart_made(self, event: Made) -> None:
        self.made += 1
        name = event.task.plan.name
        of = f" ({self.made} of {len(self.begun.stale)})" if self.begun else ""
        click.echo(f"{name}{of}: {'; '.join(event.task.reasons)}", err=True)
        for warning in event.warnings:
            say(f"warning: {name}: {warning}", "yellow")
        for file in event.replaced:
            say(f"warning: {file} stood there already, made by no build; it is replaced", "yellow")
        for file in event.files:
            printed(f"{file}\n")
        self.bar.advance()

    def removed(self, event: Removed) -> None:
        say(f'removed {event.file}, of chart "{event.chart}"', "yellow")

    def kept(self, event: Kept) -> None:
        say(f"{event.file} was changed since it was made and stays; delete it if you do not need it", "yellow")


_WAYS: Mapping[type, Callable[[_Telling, Any], None]] = {
    Waiting: _Telling.waiting,
    Unreadable: _Telling.unreadable,
    Begun: _Telling.begin,
    Failure: _Telling.failed,
    Made: _Telling.chart_made,
    Removed: _Telling.removed,
    Kept: _Telling.kept,
}


def _summary(made: int, fresh: int, failed: int) -> str:
    total = made + fresh + failed
    parts = [f"{count} {what}" for count, what in ((made, "made"), (fresh, "up to date"), (failed, "failed")) if count]
    return f"{total} chart{'s' * (total != 1)}: {', '.join(parts)}"
