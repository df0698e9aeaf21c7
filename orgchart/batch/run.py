"""A plan and its settings, in; every file of it done that is not done yet, told event by event, and the report, out."""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from orgchart.batch.feed import Feed
from orgchart.batch.journal import FAILED, MADE, Entry, Journal
from orgchart.batch.plan import UNITS, Item, Plan
from orgchart.batch.report import Report, report_files
from orgchart.batch.settings import fingerprint
from orgchart.batch.work import Job, Result, Settings
from orgchart.build.inputs import sha256
from orgchart.build.lock import Waiting, locked
from orgchart.build.manifest import MadeFile
from orgchart.build.stale import is_as_made
from orgchart.errors import OrgChartError, WriteError
from orgchart.given import file_content
from orgchart.units import parse_units
from orgchart.write import remove_dead_parts, write_files, write_paths

# Most of the time of a writer is waiting for the disk.
_WRITERS: Final = 4
_WRITES_WAITING: Final = 16
# So many in a row, and it is not the file but the disk.
_MOST_WRITE_ERRORS: Final = 5

Runner = Callable[[Feed[Entry], Settings], Generator[Result | Entry, None, None]]


@dataclass(frozen=True, slots=True)
class Finished:
    """All is done; the report is written, to these files."""

    report: Report
    files: tuple[Path, ...]


Event = Waiting | Entry | Finished


def batch(
    plan: Plan, settings: Settings, output: Path, runner: Runner, *, workers: int, force: bool = False, where: str = ""
) -> Iterator[Event]:
    """Do every file of the plan; each is an Entry, in the order they are ready.

    runner: what does the jobs, ``pool.run_here`` or ``cluster.run_on_cluster``; workers: how many at once; where: said
    in the report. Another batch into the same folder is waited for. Raises OrgChartError where the output folder cannot
    be written or the cluster is lost; what is done until then is not done again.
    """
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        yield from locked(output, stack, "choose another with -o")
        remove_dead_parts(output)
        run = _Run(plan, settings, output, force)
        stack.callback(run.journal.close)
        entries: dict[str, Entry] = {}
        for entry in run.entries(runner, workers):
            entries[entry.name] = entry
            yield entry
        run.journal.close()
        in_order = tuple(entries[item.name] for item in plan.items)
        report = Report(in_order, plan.left_out, round(time.monotonic() - began, 3), workers, where)
        yield Finished(report, tuple(write_files(output, report_files(report))))


class _Run:
    """One batch into a folder that this process holds."""

    def __init__(self, plan: Plan, settings: Settings, output: Path, force: bool) -> None:
        self._plan = plan
        self._settings = settings
        self._fingerprint = fingerprint(settings)
        self._output = output
        self._force = force
        self.journal = Journal(output)
        self._sha256: dict[str, str] = {}
        self._inputs = {os.path.abspath(item.path) for item in plan.items}  # noqa: PTH100 - links stay
        self._write_errors = 0

    def entries(self, runner: Runner, workers: int) -> Iterator[Entry]:
        """What becomes of each file. Files are written by other threads while more are made."""
        feed = Feed(self._jobs(), len(self._plan.items), workers)
        writes: deque[tuple[Result, Future[None]]] = deque()
        with (
            ThreadPoolExecutor(_WRITERS) as writers,
            contextlib.closing(runner(feed, self._settings)) as made,
        ):
            for done in made:
                if isinstance(done, Entry):
                    yield done
                elif done.error:
                    yield Entry(done.name, FAILED, seconds=done.seconds, error=done.error)
                else:
                    writes.append((done, writers.submit(self._put, done)))
                while writes and (len(writes) > _WRITES_WAITING or writes[0][1].done()):
                    yield self._written(*writes.popleft())
            while writes:
                yield self._written(*writes.popleft())

    def _jobs(self) -> Iterator[Job | Entry]:
        for item in self._plan.items:
            try:
                yield self._job(item)
            except OrgChartError as error:
                yield Entry(item.name, FAILED, error=str(error))

    def _job(self, item: Item) -> Job | Entry:
        """What is to be done of a file, or its entry where it is done already. Raises OrgChartError where it cannot be
        read, or what was made of it must not be replaced."""
        content = _content(Path(item.path), item.name)
        place = self._output / item.stem
        seen_as, text = _seen_from(item.path, place), None
        if item.is_units:
            seen_as, text = "", None
            if "html" in self._settings.formats:
                seen_as, text = _text_beside(Path(item.path), content)
        made_from = sha256(content + (text or b"") + seen_as.encode("utf-8", "surrogateescape"))
        self._sha256[item.name] = made_from
        known = self.journal.entries.get(item.name)
        same = known is not None and (known.sha256, known.settings) == (made_from, self._fingerprint)
        if known is not None and same and not self._force and self._is_there(known, item):
            return known
        return Job(item.name, item.stem, item.is_units, content, seen_as, text)

    def _is_there(self, known: Entry, item: Item) -> bool:
        """Whether all files are as they were made. Units that a person has corrected since are what they should be."""
        states = {name: is_as_made(self._output / name, MadeFile(digest)) for name, digest in known.files.items()}
        corrected = item.stem + UNITS
        named = all(name.startswith((f"{item.stem}.", f"{item.stem}-")) for name in states)
        return named and all(state or (state is False and name == corrected) for name, state in states.items())

    def _check_unchanged(self, done: Result, known: Entry | None) -> None:
        """Raise OrgChartError where a person has corrected the units that are proposed anew. Those that a batch has put
        there before it was killed are in no journal, but the same."""
        for name in done.files:
            allowed = {sha256(done.files[name]), "" if known is None else known.files.get(name, "")}
            states = {is_as_made(self._output / name, MadeFile(digest)) for digest in allowed}
            if name.endswith(UNITS) and states == {False}:
                raise OrgChartError(
                    f"{done.name}: {self._output / name} was not made by a batch, or changed since, and would be "
                    "replaced; move it away, or use --force"
                )

    def _put(self, done: Result) -> None:
        """Files into place; what was made of the file before, and is no more, is removed."""
        known = self.journal.entries.get(done.name)
        if not self._force:
            self._check_unchanged(done, known)
        for name in done.files:
            if os.path.abspath(self._output / name) in self._inputs:  # noqa: PTH100
                raise OrgChartError(
                    f"{done.name}: {self._output / name} is one of the files to read; choose another -o"
                )
        write_paths({self._output / name: content for name, content in done.files.items()})
        for name, digest in {} if known is None else known.files.items():
            if name not in done.files and is_as_made(self._output / name, MadeFile(digest)):
                with contextlib.suppress(OSError):
                    (self._output / name).unlink()

    def _written(self, done: Result, writing: Future[None]) -> Entry:
        """Its entry, in the journal when its files are in place. Raises WriteError where nothing can be written."""
        try:
            writing.result()
        except OrgChartError as error:
            self._write_errors += isinstance(error, WriteError)
            if self._write_errors >= _MOST_WRITE_ERRORS:
                raise
            return Entry(done.name, FAILED, seconds=done.seconds, error=str(error))
        self._write_errors = 0
        files = {name: sha256(content) for name, content in done.files.items()}
        entry = Entry(
            done.name, MADE, self._sha256[done.name], self._fingerprint, files, done.units, done.questions, done.faults,
            done.warnings, done.seconds,
        )  # fmt: skip
        self.journal.add(entry)
        return entry


def _content(path: Path, name: str) -> bytes:
    return file_content(path, "rulebook_bytes", "name a rulebook or a units file", name=name, regular=True)


def _seen_from(path: str, place: Path) -> str:
    """The path of a file from the folder in which a place is, with / between folders."""
    try:
        return PurePath(os.path.relpath(path, place.parent)).as_posix()
    except ValueError:  # another drive
        return PurePath(path).as_posix()


def _text_beside(path: Path, content: bytes) -> tuple[str, bytes | None]:
    """The path of the rulebook that a units file names, and its bytes where it is there as it was read."""
    try:
        source = parse_units(content, str(path)).source
        if source is None or not source.file or not source.sha256 or PurePath(source.file).is_absolute():
            return "", None
        text = _content(path.parent / source.file, source.file)
        return source.file, text if sha256(text) == source.sha256.lower() else None
    except OrgChartError:
        return "", None
