"""A TOML file of settings, in; its values that the rules of its tables allow, the line of each, and its faults, out."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from orgchart.encodings import NotUtf8Error, decode_utf8
from orgchart.errors import Fault, FaultsError
from orgchart.hints import Suggester, quoted
from orgchart.limits import ExceededError, fixed, read_within
from orgchart.toml_keys import Key

MAX_LINE_CHARACTERS = fixed("toml_line_characters")
"""tomllib's memory grows with the square of the parts of one dotted key: 4,000 parts take 60 MB."""

Table = tuple[str, ...]
"""() for the top of the file, ("title",), ("levels", "sector")."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What messages say about one kind of file. error: what is raised; what: its name, ``style file``; missing: the
    remedy where there is none; form: how its tables and values are written; stranger: the remedy for a table of the
    given name that it does not know."""

    error: type[FaultsError]
    what: str
    missing: str
    form: str
    stranger: Callable[[str], str]


def read_toml(file: Path | Traversable, name: str, kind: FileKind) -> tuple[dict[str, object], dict[Table, int]]:
    """The content of a file, and the line where each table and key first stands. Raises the kind's error, in which
    ``name`` stands for the file, where it cannot be read as TOML at all."""
    text = _text_of(file, name, kind)
    try:
        return tomllib.loads(text), _lines(text)
    except RecursionError:
        fault = Fault("file", "values are nested too deeply", f"a {kind.what} holds only tables of plain values")
        raise kind.error(name, [fault]) from None
    except ValueError as error:  # TOMLDecodeError, and numbers of more digits than Python reads
        raise kind.error(name, [_syntax_fault(str(error), kind.form)]) from None


@dataclass(slots=True)
class TableCheck:
    """Collects, table by table, what is allowed (``values``), the faults of the rest, and the tables that hold those
    (``broken``)."""

    kind: FileKind
    lines: Mapping[Table, int]
    values: dict[Table, dict[str, object]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    broken: set[Table] = field(default_factory=set)

    def keys(
        self, table: Table, content: Mapping[str, object], keys: Mapping[str, Key], tables: Iterable[str] = ()
    ) -> None:
        """Check every key of a table but those that are tables of their own."""
        self.values[table] = {}
        for key, value in content.items():
            if key in tables:
                continue
            where = place(self.lines, table, key)
            if key not in keys:
                self.faults.append(self._unknown_key(where, key, value, tuple(keys), tuple(tables)))
                self.broken.add(table)  # it may have been meant as one of the others
            elif not keys[key].accepts(value):
                self.faults.append(Fault(where, f"{shown(value)} is not allowed", f"allowed is {keys[key].allowed}"))
                self.broken.add(table)
            else:
                self.values[table][key] = keys[key].cleaned(value)

    def table(self, table: Table, value: object, keys: Mapping[str, Key]) -> None:
        """Check the keys of what should be a table."""
        if isinstance(value, dict):
            self.keys(table, value, keys)
        else:
            self.not_a_table(table, value)

    def not_a_table(self, table: Table, value: object) -> None:
        remedy = f"write [{'.'.join(map(part, table))}] with its keys below"
        self.faults.append(Fault(place(self.lines, table), f"must be a table, not {shown(value)}", remedy))

    def _unknown_key(
        self, where: str, key: str, value: object, keys: tuple[str, ...], tables: tuple[str, ...]
    ) -> Fault:
        if isinstance(value, dict) and tables:
            near = did_you_mean(key, tables) or f"{self.kind.stranger(key)}; "
            return Fault(where, f"is not a table of a {self.kind.what}", f"{near}allowed are {', '.join(tables)}")
        return Fault(where, "is not a key here", f"{did_you_mean(key, keys)}allowed are {', '.join(keys)}")


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


def printable(text: str) -> str:
    """The text without characters that steer a terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def place(lines: Mapping[Table, int], table: Table, key: str = "") -> str:
    """``line 12, [levels.sector] fill``, as near as the file says anything about it."""
    path = (*table, key) if key else table
    line = next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), None)
    if line is None:  # a table that only stands as a part of others: [charts.overview]
        line = next((number for below, number in lines.items() if path and below[: len(path)] == path), None)
    name = f"[{'.'.join(map(part, table))}]" if table else ""
    where = " ".join(words for words in (name, part(key) if key else "") if words)
    return f"line {line}, {where}" if line else where


def part(word: str) -> str:
    """One part of a dotted key as a message shows it."""
    return word if re.fullmatch(r"[A-Za-z0-9_-]{1,60}", word) else shown(word)


def line_of(fault: Fault) -> int:
    """The line a fault names, 0 where it names none: the order of the file."""
    found = re.match(r"line (\d+)", fault.place)
    return int(found[1]) if found else 0


def _text_of(file: Path | Traversable, name: str, kind: FileKind) -> str:
    def refused(rule: str, remedy: str = "") -> FaultsError:
        return kind.error(name, [Fault("file", rule, remedy)])

    try:
        # A pipe or a device would be waited on, or read, without end.
        if file.is_dir():
            raise refused("is a folder", f"give a {kind.what} ending in .toml")
        if not file.is_file():
            exists = isinstance(file, Path) and file.exists()
            raise refused("is not a regular file" if exists else "does not exist", kind.missing)
        with file.open("rb") as stream:
            content = read_within(stream, "toml_bytes")
    except ExceededError as error:
        raise refused(error.rule.removeprefix("it "), error.remedy) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refused(f"cannot be read ({reason})") from None
    try:
        text = decode_utf8(content)
    except NotUtf8Error as error:
        line = content[: error.offset].count(b"\n") + 1
        raise kind.error(name, [Fault(f"line {line}", error.rule, error.remedy)]) from None
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > MAX_LINE_CHARACTERS:
            fault = Fault(f"line {number}", f"is longer than {MAX_LINE_CHARACTERS:,} characters", "break it up")
            raise kind.error(name, [fault])
    return text


def _syntax_fault(message: str, form: str) -> Fault:
    found = re.fullmatch(r"(.*) \(at (line \d+, column \d+|end of document)\)", message, re.DOTALL)
    what, where = (found[1], found[2]) if found else (message, "file")
    return Fault(where, f"is not TOML: {printable(what)}", form)


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
        parts = tuple(word.strip("\"'") for word in re.findall(_WORD, match[2]))
        if match[1] and match[3] == "]":
            table = parts
            found.setdefault(table, number)
        elif not match[1] and match[3] == "=":
            found.setdefault(table + parts, number)
    return found
