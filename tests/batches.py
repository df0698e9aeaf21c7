"""A folder of rulebooks and what to make of them, in; what a batch makes, in this process or in its own, out."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from orgchart.batch.feed import Bundle, Feed
from orgchart.batch.journal import Entry
from orgchart.batch.plan import plan_folder
from orgchart.batch.run import batch
from orgchart.batch.settings import settings_for
from orgchart.batch.work import Job, Result, Settings, work
from orgchart.chart_keys import CHART_KEYS
from tests.charts import unit, units_file
from tests.conftest import ROOT, Run

Command = Callable[..., Run]
linux = pytest.mark.skipif(sys.platform != "linux", reason="what a process has already is told by Linux alone")
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")

RULEBOOK = (
    "У Министарству културе образују се следеће уже унутрашње јединице:\n"
    "1) Сектор за {area};\n2) Сектор за буџет.\n\n"
    "Сектор за буџет обавља послове који се односе на:\n- припрему прописа;\n- праћење стања у области.\n"
)
AREAS = ("туризам", "спорт", "водопривреду", "енергетику")
# As the command line has them.
PLAIN = {key: wish.rule.default or None for key, wish in CHART_KEYS.items() if key != "root"}


def rulebooks(folder: Path, count: int = 3) -> Path:
    """A folder of so many rulebooks: 0.txt, 1.txt …"""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number}.txt").write_text(RULEBOOK.format(area=AREAS[number % 4]), encoding="utf-8")
    return folder


def settings(*made: str, seconds: float = 300.0, **wishes: Any) -> Settings:
    return settings_for(made or ("units",), {**PLAIN, **wishes}, None, seconds)


def at_once(feed: Feed[Entry], how: Settings) -> Generator[Result | Entry, None, None]:
    """Does every job in this process, which is quicker."""
    while (item := feed.next()) is not None:
        if isinstance(item, Bundle):
            yield from work(item.jobs, how)
        else:
            yield item


def done(folder: Path, output: Path, how: Settings, *, force: bool = False) -> dict[str, str]:
    """A batch of a folder: the outcome of each file, with its error."""
    events = batch(plan_folder(folder, output), how, output, at_once, workers=1, force=force)
    return {event.name: event.error or event.outcome for event in events if isinstance(event, Entry)}


def made(output: Path) -> dict[str, bytes]:
    """What stands in the output folder, the report and the lock apart."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith((".", "batch.report"))
    }


def star(count: int) -> bytes:
    """A units file of one unit and so many below it."""
    return units_file(unit("top"), *(unit(f"u{number}", "A unit", "top") for number in range(count)))


def job(name: str) -> Job:
    return Job(name, name, True, units_file(unit("top", "Top")), "")


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "orgchart", "batch", *words], cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def wait_for(running: subprocess.Popen[Any], there: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not there():
        assert running.poll() is None, running.stderr and running.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.002)
