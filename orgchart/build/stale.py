"""A project and its manifest, in; which charts are stale and why, and which files no chart has any more, out.

Nothing is drawn and nothing is changed.
"""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from orgchart.build.inputs import Materials, Sources, sha256
from orgchart.build.manifest import Inputs, MadeChart, MadeFile, Manifest
from orgchart.build.project import ChartPlan, Project
from orgchart.errors import OrgChartError
from orgchart.toml_files import shown

FORCED = "asked for by --force"
NOT_MADE = "not made yet"
# As formats.surface finds them; loading the whole of cairocffi to ask for a version would take longer than the rest.
_CAIRO = {"win32": "libcairo-2.dll", "darwin": "libcairo.2.dylib"}


@dataclass(frozen=True, slots=True)
class Task:
    """A chart that is stale: what it takes to draw it, and why it is to be drawn."""

    plan: ChartPlan
    materials: Materials
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A chart whose files are what a build would make. inputs: its fingerprints as they are now, which may differ from
    the manifest's in what does not reach the chart; said: what differs, "" for nothing."""

    plan: ChartPlan
    inputs: Inputs
    said: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A chart that cannot be made, and the whole message for the user."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The charts asked for, each in one of three lists, in the order of the project; and the files that were made for
    what the project no longer asks for, by name, with the chart they were made for."""

    stale: tuple[Task, ...]
    fresh: tuple[Fresh, ...]
    failures: tuple[Failure, ...]
    leftover: Mapping[str, str]


def survey(project: Project, manifest: Manifest, names: tuple[str, ...], *, force: bool = False) -> Survey:
    """Compare the charts of these names (all where there is none) with what was made."""
    sources = Sources(project.folder)
    stale: list[Task] = []
    fresh: list[Fresh] = []
    failures: list[Failure] = []
    for plan in project.chosen(names):
        made = manifest.charts.get(plan.name)
        try:
            materials = sources.materials(plan, made.inputs if made and not force else None)
        except OrgChartError as error:
            failures.append(Failure(plan.name, str(error)))
            continue
        reasons = (FORCED,) if force else tuple(_reasons(plan, materials.inputs, made, project.output_folder))
        if reasons or made is None:
            stale.append(Task(plan, materials, reasons))
        else:
            said = _unreached(materials.inputs, made.inputs)
            fresh.append(Fresh(plan, materials.inputs, said, tuple(_cairo_notes(made.files))))
    return Survey(tuple(stale), tuple(fresh), tuple(failures), _leftover(project, manifest, names))


def is_as_made(file: Path, made: MadeFile) -> bool | None:
    """Whether a file's bytes are those that a build wrote; None where there is no file. Raises OSError where it cannot
    be read."""
    return file.is_file() and sha256(file.read_bytes()) == made.sha256 if file.exists() else None


@functools.cache
def cairo_version() -> str | None:
    """Of the system's library; None where it is not found by its usual name."""
    try:
        library = ctypes.CDLL(_CAIRO.get(sys.platform, "libcairo.so.2"))
        library.cairo_version_string.restype = ctypes.c_char_p
        return bytes(library.cairo_version_string()).decode("ascii")
    except (OSError, AttributeError, TypeError, ValueError):
        return None


def _reasons(plan: ChartPlan, now: Inputs, made: MadeChart | None, folder: Path) -> Iterator[str]:
    if made is None:
        yield NOT_MADE
        return
    then = made.inputs
    yield from _setting_reasons(now, then)
    # Of the same file it differs by root or depth, which are told above.
    if now.drawn_sha256 != then.drawn_sha256 and now.units_sha256 != then.units_sha256:
        yield f"{plan.units} has changed"
    if now.style_sha256 != then.style_sha256:
        yield f"style {now.style} has changed" if now.style == then.style else f"style: {now.style}, was {then.style}"
    elif now.font_sha256 != then.font_sha256:
        yield f"font {now.font} has changed"
    for name in sorted({*now.versions, *then.versions}):
        if name in now.versions and now.versions[name] != then.versions.get(name):
            yield f"{name} {now.versions[name]}, was {then.versions.get(name, 'not used')}"
    have = {name.rpartition(".")[2] for name in made.files}
    yield from (f"{format_name} is not made yet" for format_name in plan.formats if format_name not in have)
    for name, file in made.files.items():
        if name.rpartition(".")[2] in plan.formats:
            try:
                as_made = is_as_made(folder / name, file)
            except OSError as error:
                yield f"{folder / name} cannot be read ({error.strerror})"
                continue
            if as_made is None:
                yield f"{folder / name} is missing"
            elif not as_made:
                yield f"{folder / name} was changed by hand, or by a build that was broken off"


def _setting_reasons(now: Inputs, then: Inputs) -> Iterator[str]:
    for key in sorted({*now.settings, *then.settings}):
        if now.settings.get(key) != then.settings.get(key):
            value, was = (_said(settings, key) for settings in (now.settings, then.settings))
            yield f"{key}: {value}, was {was}"


def _said(settings: Mapping[str, object], key: str) -> str:
    return shown(settings[key]) if key in settings else "left out"


def _unreached(now: Inputs, then: Inputs) -> str:
    """What has changed without a change to the chart, so that only the manifest is to say it anew."""
    if now == then:
        return ""
    return (
        f"{now.units} has changed, but not what the chart shows"
        if now.units_sha256 != then.units_sha256
        else ("what it is made of has another name, but is the same")
    )


def _cairo_notes(files: Mapping[str, MadeFile]) -> Iterator[str]:
    here = cairo_version()
    other = sorted({file.cairo for file in files.values() if file.cairo and here and file.cairo != here})
    if other:
        names = ", ".join(name for name, file in files.items() if file.cairo in other)
        yield (
            f"{names} made with another cairo version ({', '.join(other)}; here it is {here}), which is not stale; "
            "--force makes it anew with this one"
        )


def _leftover(project: Project, manifest: Manifest, names: tuple[str, ...]) -> dict[str, str]:
    """Files of formats that a chart no longer has, and, unless only some charts are asked for, of charts that the
    project no longer has."""
    plans = {plan.name: plan for plan in project.charts}
    leftover: dict[str, str] = {}
    for name, chart in manifest.charts.items():
        if names and name not in names:
            continue
        formats = plans[name].formats if name in plans else ()
        leftover.update((file, name) for file in chart.files if file.rpartition(".")[2] not in formats)
    return leftover
