"""A folder's name and maybe a units file, in; a new project in that folder, whole, or the folder as it was, out."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from orgchart.errors import OrgChartError, WriteError
from orgchart.hints import shown
from orgchart.write import make_folder, remove_folders, sync_folder, write_paths

UNITS = "units.json"
# Where each file goes that comes along; two have no dot in the package, so that git takes no heed of them there.
STARTER: Mapping[str, str] = {
    "orgchart.toml": "orgchart.toml",
    UNITS: UNITS,
    "styles/house.toml": "house.toml",
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
}
_MOST_NAMED = 5


def start_project(folder: Path, units: bytes | None = None) -> list[Path]:
    """Write a new project, with these bytes as its units file or else a small example, into a folder that is not there
    or is empty. Returns the paths of its files.

    Raises OrgChartError for a folder that holds something, naming it, and WriteError where it cannot be written; the
    folder is then as it was.
    """
    _refuse_unless_empty(folder)
    contents = {name: _starter(file) for name, file in STARTER.items()}
    if units is not None:
        contents[UNITS] = units
    there = folder.is_dir()
    place = folder if there else folder.parent
    above: list[Path] = []
    try:
        make_folder(place, above)
        aside = Path(tempfile.mkdtemp(prefix=".orgchart-new-", dir=place))
    except OSError as error:
        remove_folders(above)
        raise WriteError(f'folder "{folder}" cannot be made: {error.strerror}; choose another') from error
    try:
        whole = aside / "project"
        _written(whole, folder, contents)
        _into_place(whole, folder, there=there)
    except BaseException as error:
        _removed(aside)
        remove_folders(above)
        if isinstance(error, OSError):
            raise WriteError(f'folder "{folder}" cannot be written: {error.strerror}; it is as it was') from error
        raise
    _removed(aside)
    return [folder / name for name in contents]


def _refuse_unless_empty(folder: Path) -> None:
    if not folder.is_dir():
        if folder.exists() or folder.is_symlink():
            raise OrgChartError(f'"{folder}" is a file; give a folder that is not there yet, or an empty one')
        return
    try:
        found = sorted(os.listdir(folder))  # noqa: PTH208 - names only
    except OSError as error:
        raise OrgChartError(f'folder "{folder}" cannot be read: {error.strerror}; choose another') from None
    if found:
        named = ", ".join(shown(name) for name in found[:_MOST_NAMED])
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        raise OrgChartError(f'folder "{folder}" is not empty: it has {named}{more}; give a new folder, or an empty one')


def _written(whole: Path, folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files aside; an error names the place that they are meant for."""
    try:
        write_paths({whole / name: content for name, content in contents.items()})
    except WriteError as error:
        raise WriteError(str(error).replace(str(whole), str(folder)).replace(str(whole.parent), str(folder))) from error


def _into_place(whole: Path, folder: Path, *, there: bool) -> None:
    """All at once where the folder is new; one after the other into one that is there, and back if one fails."""
    entries = sorted(whole.iterdir()) if there else [whole]
    moved: list[tuple[Path, Path]] = []
    try:
        for entry in entries:
            moved.append((entry.rename(folder / entry.name if there else folder), entry))
        sync_folder(folder if there else folder.parent, folder)
    except (OSError, WriteError):
        for entry, back in moved:
            with contextlib.suppress(OSError):
                entry.rename(back)
        raise


def _removed(aside: Path) -> None:
    """As far as the system lets us; first without looking into it, for it is mostly empty."""
    with contextlib.suppress(OSError):
        remove_folders([aside, aside / "project"])
        if aside.exists():
            shutil.rmtree(aside, ignore_errors=True)


def _starter(file: str) -> bytes:
    return resources.files("orgchart.build").joinpath("starter", file).read_bytes()
