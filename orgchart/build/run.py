"""A project, in; its charts made where they are stale, with what happened told event by event, out.

Whatever moment a build is killed at, every file is whole, and the next build brings folder and manifest to what an
undisturbed one would have left: a chart's files go into place one by one, each whole, and the manifest after them, so
that a file which the manifest does not know is made anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from orgchart.build.inputs import sha256, uses_cairo
from orgchart.build.lock import Waiting, locked
from orgchart.build.manifest import (
    MANIFEST,
    BrokenManifestError,
    MadeChart,
    MadeFile,
    Manifest,
    dump_manifest,
    read_manifest,
)
from orgchart.build.project import Project
from orgchart.build.stale import Failure, Fresh, Task, is_as_made, survey
from orgchart.build.work import Drawn, Order, draw_all
from orgchart.errors import WriteError
from orgchart.write import remove_dead_parts, write_files


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The manifest is not what a build has written; all charts are made anew."""

    message: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What is going to be drawn, and what is up to date."""

    stale: tuple[Task, ...]
    fresh: tuple[Fresh, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A chart whose files are in their places. replaced: those of them that stood there before, made by no build."""

    task: Task
    files: tuple[Path, ...]
    warnings: tuple[str, ...]
    replaced: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A file that a build made and that no chart has any more."""

    file: Path
    chart: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that would be removed, but was changed since a build made it."""

    file: Path
    chart: str


Event = Waiting | Unreadable | Begun | Made | Failure | Removed | Kept


def build(project: Project, names: tuple[str, ...], *, force: bool, jobs: int) -> Iterator[Event]:
    """Make the charts of these names, or all where there is none, as far as they are stale.

    Another build of the same folder is waited for. Raises OrgChartError for an unknown name or a folder in which
    nothing can be written; what is wrong with one chart is its Failure, and the others are made.
    """
    project.chosen(names)
    folder = project.output_folder
    with contextlib.ExitStack() as stack:
        yield from locked(folder, stack, "set output in orgchart.toml")
        remove_dead_parts(folder)
        try:
            manifest = read_manifest(folder)
        except BrokenManifestError as error:
            yield Unreadable(str(error))
            manifest = Manifest()
        found = survey(project, manifest, names, force=force)
        yield from found.failures
        yield Begun(found.stale, found.fresh)
        charts = dict(manifest.charts)
        charts.update((fresh.plan.name, replace(charts[fresh.plan.name], inputs=fresh.inputs)) for fresh in found.fresh)
        for task, drawn in zip(
            found.stale, draw_all([_order(project, task) for task in found.stale], jobs), strict=True
        ):
            if drawn.error:
                yield Failure(task.plan.name, drawn.error)
                continue
            try:
                yield from _put(project, task, drawn, charts)
            except WriteError as error:
                yield Failure(task.plan.name, str(error))
        yield from _cleared(project, found.leftover, charts)
        _write_manifest(folder, charts)


def clean(project: Project, *, force: bool) -> Iterator[Event]:
    """Remove the files that the manifest lists, and the manifest when it lists none any more. A file that was changed
    since stays, unless ``force``; files that no build made always do. Raises OrgChartError where the manifest cannot
    be read."""
    folder = project.output_folder
    if not folder.is_dir():
        return
    with contextlib.ExitStack() as stack:
        yield from locked(folder, stack, "set output in orgchart.toml")
        remove_dead_parts(folder)
        charts = dict(read_manifest(folder).charts)
        for name, chart in sorted(charts.items()):
            kept = {}
            for file, made in sorted(chart.files.items()):
                as_made = _as_made(folder / file, made)
                if as_made or (force and as_made is not None):
                    _remove(folder / file)
                    yield Removed(folder / file, name)
                elif as_made is False:
                    kept[file] = made
                    yield Kept(folder / file, name)
            charts[name] = replace(chart, files=kept)
        _write_manifest(folder, {name: chart for name, chart in charts.items() if chart.files})


def _order(project: Project, task: Task) -> Order:
    plan, materials = task.plan, task.materials
    units = str(project.folder / plan.units)
    return Order(plan.name, units, materials.content, materials.styles, plan.wishes, plan.formats)


def _put(project: Project, task: Task, drawn: Drawn, charts: dict[str, MadeChart]) -> Iterator[Event]:
    """Files and the manifest, which still names what the chart has no more; then that is removed: nothing is forgotten
    wherever it breaks off."""
    folder, name = project.output_folder, task.plan.name
    others = {file: other for other, chart in charts.items() if other != name for file in chart.files}
    listed = {plan.name for plan in project.charts}
    for file in drawn.files:
        if others.get(file) in listed:
            raise WriteError(
                f'its file {file} is one of chart "{others[file]}" too; give one of the two another name in '
                f"{project.file}"
            )
    before = charts[name].files if name in charts else {}
    replaced = tuple(
        folder / file
        for file, content in drawn.files.items()
        if file not in before and file not in others and _as_made(folder / file, MadeFile(sha256(content))) is False
    )
    files = {
        file: MadeFile(sha256(content), drawn.cairo if uses_cairo(file.rpartition(".")[2]) else None)
        for file, content in drawn.files.items()
    }
    gone = {file: made for file, made in before.items() if file not in files}
    with_gone = {**charts, name: MadeChart(task.materials.inputs, files | gone)}
    paths = write_files(folder, {**drawn.files, **_manifest_to_write(folder, with_gone)})
    charts[name] = with_gone[name]
    if gone:
        yield from _cleared(project, dict.fromkeys(gone, name), charts)
        _write_manifest(folder, charts)
    paths = [path for path in paths if path.name != MANIFEST]
    yield Made(task, tuple(paths), drawn.warnings, replaced)


def _cleared(project: Project, leftover: Mapping[str, str], charts: dict[str, MadeChart]) -> Iterator[Event]:
    """Remove what was made for a chart and is its no more, and take it off the charts; what was changed since stays."""
    folder = project.output_folder
    listed = {plan.name for plan in project.charts}
    for file, name in sorted(leftover.items()):
        chart = charts.get(name)
        if chart is None or file not in chart.files:
            continue
        shared = any(file in other.files for other_name, other in charts.items() if other_name != name)
        as_made = None if shared else _as_made(folder / file, chart.files[file])
        if as_made:
            _remove(folder / file)
            yield Removed(folder / file, name)
        elif as_made is False:
            yield Kept(folder / file, name)
        charts[name] = replace(chart, files={other: made for other, made in chart.files.items() if other != file})
        if name not in listed and not charts[name].files:
            del charts[name]


def _as_made(file: Path, made: MadeFile) -> bool | None:
    """As ``is_as_made``. Raises WriteError for a file of which nobody can say whose it is: it must not be removed."""
    try:
        return is_as_made(file, made)
    except OSError as error:
        raise WriteError(f'"{file}" cannot be read: {error.strerror}; see to the file or the disk') from error


def _remove(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        raise WriteError(f'"{file}" cannot be removed: {error.strerror}') from error


def _write_manifest(folder: Path, charts: Mapping[str, MadeChart]) -> None:
    """Only where it differs; none where no chart was made."""
    file = folder / MANIFEST
    if not charts:
        if file.exists():
            _remove(file)
        return
    write_files(folder, _manifest_to_write(folder, charts))


def _manifest_to_write(folder: Path, charts: Mapping[str, MadeChart]) -> dict[str, bytes]:
    """The manifest by its name, or nothing where it stands there already."""
    content = dump_manifest(Manifest(charts))
    try:
        same = (folder / MANIFEST).read_bytes() == content
    except OSError:
        same = False
    return {} if same else {MANIFEST: content}
