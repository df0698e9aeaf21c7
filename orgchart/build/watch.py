"""The path of a project and a build, in; the build run again at every change of a file it is made from, out.

Only events of the system are waited for; nothing is asked again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from orgchart.build.project import PROJECT_FILE, Project, load_project
from orgchart.errors import OrgChartError
from orgchart.style_files import StyleSource, find_style, read_style

PIP = 'pip install "orgchart[watch]"'
# Editors write a file in several steps; and Ctrl-C is looked for as often.
_STEP_MS, _QUIET_MS, _TICK_MS = 50, 100, 500


def watch_files(path: str | Path, build: Callable[[], Project | None]) -> None:
    """Build, and again at each change, until KeyboardInterrupt. build: returns the project that it made, or None where
    orgchart.toml could not be read, and tells its faults itself. Raises OrgChartError where watchfiles is missing.
    """
    try:
        import watchfiles  # noqa: F401
    except ImportError:
        raise OrgChartError(f"--watch needs the package watchfiles, which is not installed; run: {PIP}") from None
    file = Path(path) / PROJECT_FILE if Path(path).is_dir() else Path(path)
    try:
        wanted = _wanted(file, load_project(file))
    except OrgChartError:  # the build tells it
        wanted = _wanted(file, None)
    while True:
        # The watch begins before the build, so that no change falls between the two.
        changes = _changes(wanted)
        next(changes)
        while True:
            project = build()
            now = wanted if project is None else _wanted(file, project)
            if now != wanted:
                wanted = now
                break
            next(changes)


def _wanted(file: Path, project: Project | None) -> set[str]:
    return {_real(file), *(() if project is None else map(_real, sources_of(project)))}


def sources_of(project: Project) -> Iterator[Path]:
    """The files that the charts are made from: units files, and style files with all that they extend."""
    for plan in project.charts:
        yield project.folder / plan.units
        yield from _style_files(plan.wishes["style"], project.folder)


def _style_files(name: str, folder: Path) -> Iterator[Path]:
    seen: set[str] = set()
    source = find_style(name, folder)
    while isinstance(source, StyleSource) and source.identity not in seen and isinstance(source.file, Path):
        seen.add(source.identity)
        yield source.file
        try:
            extends = str(read_style(source).values[()].get("extends", ""))
        except OrgChartError:
            return
        if not extends:
            return
        source = find_style(extends, source.folder)


def _real(file: Path) -> str:
    # A file that is replaced is another file under the same name: what is watched is its folder.
    return str(file.parent.resolve() / file.name)


def _changes(wanted: set[str]) -> Iterator[None]:
    """Nothing, as soon as the watch has begun; and again for every change of one of the files."""
    from watchfiles import watch

    folders = sorted({str(Path(file).parent) for file in wanted if Path(file).parent.is_dir()})
    begun = False
    for changed in watch(
        *folders,
        watch_filter=lambda _, path: path in wanted,
        debounce=_QUIET_MS,
        step=_STEP_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        recursive=False,
    ):
        if changed or not begun:
            begun = True
            yield
