"""Files with their content, and what to make of each, in; the bytes made, or why they could not be, out.

It reads and writes no file of the user's: it runs in another process, perhaps on a machine that has none of them.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from orgchart.batch.memory_limit import grown_by, memory_limit
from orgchart.batch.plan import REVIEW, UNITS
from orgchart.batch.time_limit import TimeUpError, TooMuchError, time_limit
from orgchart.build.work import Order, drawn, told
from orgchart.errors import OrgChartError
from orgchart.limited import lacks_memory
from orgchart.limits import how_to_raise, value_of
from orgchart.styles import StyleSheet

if TYPE_CHECKING:
    from orgchart.units import UnitFile

_WARM = ("orgchart.rulebook.command", "orgchart.rulebook.review", "orgchart.chart_wishes", "orgchart.formats.svg")


@dataclass(frozen=True, slots=True)
class Settings:
    """What to make of each file. units, review: of a rulebook, its proposed units file and its review; formats: of the
    chart, none where empty; lexicon: words of the user's own; seconds: the most that one file may take; limits: the
    variables that raise limits where the batch was begun."""

    units: bool
    review: bool
    formats: tuple[str, ...]
    wishes: Mapping[str, Any]
    styles: StyleSheet
    lexicon: str | None = None
    seconds: float = 300.0
    limits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """One file to do. name: what it is called; stem: of the files made of it. seen_as: the path of the rulebook from
    the units file, the one that is made or the one that this is; text: in the latter case its bytes, where a page for a
    browser is to quote it."""

    name: str
    stem: str
    is_units: bool
    content: bytes
    seen_as: str
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: its files by name from the output folder, and what a reader should know; or an error, and
    no file. faults: what a rulebook promises and does not keep."""

    name: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    units: int = 0
    questions: int = 0
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    error: str = ""


def work(jobs: Sequence[Job], settings: Settings) -> tuple[Result, ...]:
    """What became of each job, in their order. Raises nothing that is about a file: that is its error."""
    return tuple(_timed(job, settings) for job in jobs)


def warm() -> None:
    """Load what nearly every file needs, so that the first one is not charged for it."""
    gc.enable()  # unlike a single chart's process, this one lives long
    for module in _WARM:
        import_module(module)


def _timed(job: Job, settings: Settings) -> Result:
    began, is_held, most = time.monotonic(), False, value_of("batch_memory_mb")
    try:
        with memory_limit(most) as is_held, time_limit(settings.seconds, None if is_held else grown_by(most)):
            result = _made(job, settings)
    except TooMuchError:
        result = Result(job.name, error=_too_much(job.name))
    except TimeUpError:
        limit = f"{settings.seconds:g} seconds"
        result = Result(job.name, error=f"{job.name}: it took more than {limit}; raise the limit with --time-limit")
    except Exception as error:
        result = Result(job.name, error=_too_much(job.name) if is_held and lacks_memory(error) else told(error))
    return replace(result, seconds=round(time.monotonic() - began, 3))


def _too_much(name: str) -> str:
    most = value_of("batch_memory_mb")
    return f"{name}: it takes more than {most:,} MB, the limit batch_memory_mb; {how_to_raise('batch_memory_mb')}"


def _made(job: Job, settings: Settings) -> Result:
    result = _checked(job) if job.is_units else _read(job, settings)
    if not settings.formats:
        return _of_what_is_asked(result, settings)
    content, text = (job.content, job.text) if job.is_units else (result.files[job.stem + UNITS], job.content)
    drawn = _drawn(job, content, text, settings)
    files = {**result.files, **{_in_folder(job.stem, name): drawn.files[name] for name in drawn.files}}
    return _of_what_is_asked(replace(result, files=files, warnings=drawn.warnings), settings)


def _checked(job: Job) -> Result:
    from orgchart.units import parse_units

    return Result(job.name, units=len(parse_units(job.content, job.name).units))


def _read(job: Job, settings: Settings) -> Result:
    """The proposed units, always, for what is drawn of them; and the review, where it is asked for."""
    from orgchart.rulebook.command import read_rulebook
    from orgchart.rulebook.review import write_review
    from orgchart.units import dump_units

    reading = read_rulebook([(job.name, job.content)], settings.lexicon)
    if reading.units is None:
        raise OrgChartError(f"{job.name}: {reading.faults[0]}")
    files = {job.stem + UNITS: dump_units(_seen(reading.units, job.seen_as))}
    if settings.review:
        files[job.stem + REVIEW] = write_review(reading, "html")
    return Result(job.name, files, len(reading.units.units), len(reading.questions), reading.faults)


def _seen(units: UnitFile, file: str) -> UnitFile:
    """The units with the path to their text as it is from where they will stand."""
    source = units.source
    return units if source is None else replace(units, source=replace(source, file=file))


def _of_what_is_asked(result: Result, settings: Settings) -> Result:
    kept = {name: content for name, content in result.files.items() if settings.units or not name.endswith(UNITS)}
    return replace(result, files=kept)


def _in_folder(stem: str, file: str) -> str:
    return str(PurePath(stem).with_name(file).as_posix())


@dataclass(frozen=True, slots=True)
class _Chart:
    files: Mapping[str, bytes]
    warnings: tuple[str, ...]


def _drawn(job: Job, content: bytes, text: bytes | None, settings: Settings) -> _Chart:
    """The chart's files. Raises OrgChartError where it cannot be drawn."""
    stem = PurePath(job.stem).name

    def drawn_as(units: str, content: bytes, name: str) -> _Chart:
        try:
            made = drawn(Order(stem, units, content, settings.styles, settings.wishes, settings.formats))
        except Exception as error:
            raise OrgChartError(told(error).replace(units, name)) from error
        return _Chart(made.files, tuple(warning.replace(units, name) for warning in made.warnings))

    if "html" not in settings.formats:
        return drawn_as(job.name, content, job.name)
    # The page quotes the text that it finds from the units file on; so both are laid as they lie there.
    with TemporaryDirectory(prefix="orgchart-") as folder:
        return drawn_as(str(_laid(Path(folder), text, job)), content, job.name)


def _laid(folder: Path, text: bytes | None, job: Job) -> Path:
    """Lay the text into the folder, as deep as its path leads up from the units file, and return the place of that."""
    depth = PurePath(job.seen_as).parts.count("..")
    units = folder.joinpath(*["inside"] * depth, "units.json")
    units.parent.mkdir(parents=True, exist_ok=True)
    if text is not None:
        place = Path(os.path.normpath(units.parent / job.seen_as))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text)
    return units
