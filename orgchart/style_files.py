"""A style file, in; its allowed values by table, the line of each key, and the file's faults, out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from orgchart.errors import Fault, StyleError
from orgchart.limits import fixed
from orgchart.style_keys import BOX_KEYS, FILE_KEYS, MARKS, TABLES
from orgchart.toml_files import (
    FileKind,
    Table,
    TableCheck,
    did_you_mean,
    line_of,
    part,
    place,
    printable,
    read_toml,
    shown,
)

__all__ = ["StyleFile", "StyleSource", "Table", "bundled_styles", "find_style", "line_of", "read_style"]

MAX_LEVEL_CHARACTERS = fixed("level_characters")


@dataclass(frozen=True, slots=True)
class StyleSource:
    """Where a style file is. shown: its name in messages; identity: the same for the same file, however named;
    folder: where ``extends`` starts from."""

    shown: str
    identity: str
    file: Path | Traversable
    folder: Path | None


@dataclass(frozen=True, slots=True)
class StyleFile:
    """One file as written, before what it extends. values holds only what is allowed; faults names the rest,
    and broken the tables that hold it."""

    source: StyleSource
    values: Mapping[Table, Mapping[str, object]]
    lines: Mapping[Table, int]
    faults: tuple[Fault, ...]
    broken: frozenset[Table]

    def place(self, table: Table, key: str) -> str:
        """``line 12, [levels.sector] fill``, as near as this file says anything about it."""
        return place(self.lines, table, key)


def _bundled_folder() -> Traversable | Path:
    installed = resources.files("orgchart") / "styles_bundled"
    # In a source checkout the styles stand beside the package; building the wheel puts them inside.
    return installed if installed.is_dir() else Path(__file__).resolve().parent.parent / "styles"


def bundled_styles() -> tuple[str, ...]:
    """The names of the styles that come with orgchart, in alphabetical order."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in _bundled_folder().iterdir() if file.name.endswith(".toml"))
    )


def find_style(name_or_path: str, folder: Path | None) -> StyleSource | Fault:
    """A bundled style's name, or a path ending in ``.toml`` (from ``folder``, where it is relative) → the file.

    The file itself need not exist; an unknown name is a Fault whose place is that name.
    """
    if name_or_path.lower().endswith(".toml") and "\0" not in name_or_path:
        path = (folder or Path()) / name_or_path
        return StyleSource(printable(str(path)), os.path.realpath(path), path, path.parent)
    known = bundled_styles()
    if name_or_path in known:
        file = _bundled_folder() / f"{name_or_path}.toml"
        identity = os.path.realpath(file) if isinstance(file, Path) else name_or_path
        return StyleSource(f"{name_or_path}.toml", identity, file, None)
    return Fault(
        shown(name_or_path),
        "is not a bundled style",
        f"{did_you_mean(name_or_path, known)}the bundled styles are {', '.join(known)}; "
        'a file of your own is given by its path, ending in ".toml"',
    )


def read_style(source: StyleSource) -> StyleFile:
    """Read and check one file. Raises StyleError if it cannot be read as TOML at all."""
    kind = FileKind(
        error=StyleError,
        what="style file",
        missing=f"give a .toml file or one of {', '.join(bundled_styles())}",
        form='write tables as [levels.sector] and values as fill = "#1f3a5f"',
        stranger=lambda table: f"for the look of a level write [levels.{part(table)}]",
    )
    content, lines = read_toml(source.file, source.shown, kind)
    check = TableCheck(kind, lines)
    check.keys((), content, FILE_KEYS, (*TABLES, "levels", "marks"))
    for name, keys in TABLES.items():
        if name in content:
            check.table((name,), content[name], keys)
    levels = content.get("levels", {})
    if not isinstance(levels, dict):
        check.not_a_table(("levels",), levels)
        levels = {}
    for level, value in levels.items():
        if level in BOX_KEYS and not isinstance(value, dict):
            rule, remedy = "is a key of one level's table, not of [levels]", "for all levels: [levels.default]"
            check.faults.append(Fault(place(lines, ("levels",), level), rule, remedy))
        elif level.strip() != level or not level or len(level) > MAX_LEVEL_CHARACTERS or not level.isprintable():
            rule = f"a level is a printable word of 1 to {MAX_LEVEL_CHARACTERS} characters, without spaces around it"
            check.faults.append(Fault(place(lines, ("levels", level)), rule))
        else:
            check.table(("levels", level), value, BOX_KEYS)
    marks = content.get("marks", {})
    if not isinstance(marks, dict):
        check.not_a_table(("marks",), marks)
        marks = {}
    for mark, value in marks.items():
        if mark in MARKS:
            check.table(("marks", mark), value, MARKS[mark])
        else:
            remedy = f"{did_you_mean(mark, MARKS)}allowed are {', '.join(MARKS)}"
            check.faults.append(Fault(place(lines, ("marks", mark)), "is not a mark", remedy))
    return StyleFile(source, check.values, lines, tuple(check.faults), frozenset(check.broken))
