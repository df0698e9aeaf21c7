"""A style file, in; its allowed values by table, the line of each key, and the file's faults, out."""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from orgchart.encodings import NotUtf8Error, decode_utf8
from orgchart.errors import Fault, StyleError
from orgchart.hints import Suggester, quoted
from orgchart.style_keys import BOX_KEYS, FILE_KEYS, MARKS, TABLES, Key

MAX_STYLE_BYTES = 65_536
MAX_LINE_CHARACTERS = 1_000
"""tomllib's memory grows with the square of the parts of one dotted key: 4,000 parts take 60 MB."""
MAX_LEVEL_CHARACTERS = 100

Table = tuple[str, ...]
"""() for the top of the file, ("title",), ("levels", "sector")."""


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

    def place(self, table: Table, key: str = "") -> str:
        """``line 12, [levels.sector] fill``, as near as this file says anything about it."""
        return _place(self.lines, table, key)


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
        return StyleSource(_printable(str(path)), os.path.realpath(path), path, path.parent)
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
    text = _text_of(source)
    lines = _lines(text)
    try:
        content = tomllib.loads(text)
    except RecursionError:
        fault = Fault("file", "values are nested too deeply", "a style file holds only tables of plain values")
        raise StyleError(source.shown, [fault]) from None
    except ValueError as error:  # TOMLDecodeError, and numbers of more digits than Python reads
        raise StyleError(source.shown, [_syntax_fault(str(error))]) from None
    values: dict[Table, dict[str, object]] = {}
    faults: list[Fault] = []
    broken: set[Table] = set()

    def check(table: Table, content: Mapping[str, object], keys: Mapping[str, Key], also: Iterable[str] = ()) -> None:
        values[table] = {}
        for key, value in content.items():
            if key in also:
                continue
            place = _place(lines, table, key)
            if key not in keys:
                faults.append(_unknown_key(place, key, value, tuple(keys), tuple(also)))
                broken.add(table)  # it may have been meant as a colour
            elif not keys[key].accepts(value):
                faults.append(Fault(place, f"{shown(value)} is not allowed", f"allowed is {keys[key].allowed}"))
                broken.add(table)
            else:
                values[table][key] = keys[key].cleaned(value)

    def checked_table(table: Table, value: object, keys: Mapping[str, Key]) -> None:
        if isinstance(value, dict):
            check(table, value, keys)
        else:
            faults.append(_not_a_table(lines, table, value))

    check((), content, FILE_KEYS, (*TABLES, "levels", "marks"))
    for name, keys in TABLES.items():
        if name in content:
            checked_table((name,), content[name], keys)
    levels = content.get("levels", {})
    if not isinstance(levels, dict):
        faults.append(_not_a_table(lines, ("levels",), levels))
        levels = {}
    for level, value in levels.items():
        if level in BOX_KEYS and not isinstance(value, dict):
            rule, remedy = "is a key of one level's table, not of [levels]", "for all levels: [levels.default]"
            faults.append(Fault(_place(lines, ("levels",), level), rule, remedy))
        elif level.strip() != level or not level or len(level) > MAX_LEVEL_CHARACTERS or not level.isprintable():
            rule = f"a level is a printable word of 1 to {MAX_LEVEL_CHARACTERS} characters, without spaces around it"
            faults.append(Fault(_place(lines, ("levels", level)), rule))
        else:
            checked_table(("levels", level), value, BOX_KEYS)
    marks = content.get("marks", {})
    if not isinstance(marks, dict):
        faults.append(_not_a_table(lines, ("marks",), marks))
        marks = {}
    for mark, value in marks.items():
        if mark in MARKS:
            checked_table(("marks", mark), value, MARKS[mark])
        else:
            remedy = f"{did_you_mean(mark, MARKS)}allowed are {', '.join(MARKS)}"
            faults.append(Fault(_place(lines, ("marks", mark)), "is not a mark", remedy))
    return StyleFile(source, values, lines, tuple(faults), frozenset(broken))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean "fill"? `` with a space after it, or an empty string where nothing is near."""
    hint = Suggester(known).hint(word)
    return f"{hint} " if hint else ""


def shown(value: object) -> str:
    """A value as a message shows it: on one line, shortened, without characters that steer a terminal."""
    if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
        return f"[{', '.join(quoted(word) for word in value[:3])}{', …' if len(value) > 3 else ''}]"
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**20:
        return "a number of more than 20 digits"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime.date | datetime.time):
        return f"the date or time {value}"
    return quoted(str(value))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _text_of(source: StyleSource) -> str:
    def refused(rule: str, remedy: str = "") -> StyleError:
        return StyleError(source.shown, [Fault("file", rule, remedy)])

    try:
        # A pipe or a device would be waited on, or read, without end.
        if source.file.is_dir():
            raise refused("is a folder", "give a style file ending in .toml")
        if not source.file.is_file():
            exists = isinstance(source.file, Path) and source.file.exists()
            rule = "is not a regular file" if exists else "does not exist"
            raise refused(rule, f"give a .toml file or one of {', '.join(bundled_styles())}")
        with source.file.open("rb") as stream:
            content = stream.read(MAX_STYLE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refused(f"cannot be read ({reason})") from None
    if len(content) > MAX_STYLE_BYTES:
        raise refused(f"is larger than {MAX_STYLE_BYTES:,} bytes", "a style file is a page of settings")
    try:
        text = decode_utf8(content)
    except NotUtf8Error as error:
        line = content[: error.offset].count(b"\n") + 1
        raise StyleError(source.shown, [Fault(f"line {line}", error.rule, error.remedy)]) from None
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > MAX_LINE_CHARACTERS:
            raise StyleError(
                source.shown,
                [Fault(f"line {number}", f"is longer than {MAX_LINE_CHARACTERS:,} characters", "break it up")],
            )
    return text


def _syntax_fault(message: str) -> Fault:
    found = re.fullmatch(r"(.*) \(at (line \d+, column \d+|end of document)\)", message, re.DOTALL)
    what, place = (found[1], found[2]) if found else (message, "file")
    remedy = 'write tables as [levels.sector] and values as fill = "#1f3a5f"'
    return Fault(place, f"is not TOML: {_printable(what)}", remedy)


def _unknown_key(place: str, key: str, value: object, keys: tuple[str, ...], tables: tuple[str, ...]) -> Fault:
    if isinstance(value, dict) and tables:
        near = did_you_mean(key, tables) or f"for the look of a level write [levels.{_part(key)}]; "
        return Fault(place, "is not a table of a style file", f"{near}allowed are {', '.join(tables)}")
    return Fault(place, "is not a key here", f"{did_you_mean(key, keys)}allowed are {', '.join(keys)}")


def _not_a_table(lines: Mapping[Table, int], table: Table, value: object) -> Fault:
    remedy = f"write [{'.'.join(map(_part, table))}] with its keys below"
    return Fault(_place(lines, table), f"must be a table, not {shown(value)}", remedy)


_WORD = r"""(?:[A-Za-z0-9_-]+|"[^"\\]*"|'[^']*')"""
_KEY_LINE = re.compile(rf"\s*(\[?)\s*({_WORD}(?:\s*\.\s*{_WORD})*)\s*([\]=])")


def _lines(text: str) -> dict[Table, int]:
    """Where each table and key first stands. Only for messages: an odd layout costs a line number, no more."""
    found: dict[Table, int] = {}
    table: Table = ()
    for number, line in enumerate(text.split("\n"), start=1):
        match = _KEY_LINE.match(line)
        if match is None:
            continue
        parts = tuple(part.strip("\"'") for part in re.findall(_WORD, match[2]))
        if match[1] and match[3] == "]":
            table = parts
            found.setdefault(table, number)
        elif not match[1] and match[3] == "=":
            found.setdefault(table + parts, number)
    return found


def _place(lines: Mapping[Table, int], table: Table, key: str = "") -> str:
    path = (*table, key) if key else table
    line = next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), None)
    name = f"[{'.'.join(map(_part, table))}]" if table else ""
    where = " ".join(part for part in (name, _part(key) if key else "") if part)
    return f"line {line}, {where}" if line else where


def _part(word: str) -> str:
    return word if re.fullmatch(r"[A-Za-z0-9_-]{1,60}", word) else shown(word)


def line_of(fault: Fault) -> int:
    """The line a fault names, 0 where it names none: the order of the file."""
    found = re.match(r"line (\d+)", fault.place)
    return int(found[1]) if found else 0
