"""The text of a JSON file, in; its value, and the place of every value and every fault of its grammar, out.

Two readers of the same language: ``read_quickly`` for good files (the C scanner of the standard library, which knows
no places), and ``Scan`` for files with something to report. Both follow RFC 8259 and refuse what Python lets pass:
a key that stands twice, NaN, numbers beyond a float, nesting without end.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orgchart.hints import code_point, quoted, shown
from orgchart.limits import fixed

# A units file needs five levels; what stands in unknown keys may need some more.
MAX_NESTING: Final = fixed("json_nesting")
# Python itself refuses to read numbers of more than 4,300 digits; one this long has no meaning in a chart either.
MAX_DIGITS: Final = fixed("json_digits")
SHOWN_LEVELS: Final = 10

Pointer = tuple[str | int, ...]


class SuspectError(Exception):
    """The quick reader met something that only the scan can name and place."""


class Faulty:
    """Stands for a value that was already reported, so that it is not reported twice."""

    __slots__ = ()


FAULTY: Final = Faulty()


@dataclass(frozen=True, slots=True)
class JsonFault:
    """offset: characters from the start of the text; pointer: the value or the list or object it happened in."""

    offset: int
    pointer: Pointer
    rule: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a list or object begins, and its members do: by index or by key, a plain value's place as an offset."""

    offset: int
    members: Mapping[str | int, Spot | int]


@dataclass(slots=True)
class _Frame:
    """A list or object that is still open; a list's members are keyed by their index until it closes."""

    offset: int
    closer: str
    members: dict[str | int, object]
    spots: dict[str | int, Spot | int]

    def value(self) -> object:
        return self.members if self.closer == "}" else list(self.members.values())


def _offset(spot: Spot | int) -> int:
    return spot if isinstance(spot, int) else spot.offset


def pointer_text(pointer: Pointer) -> str:
    """RFC 6901, with invisible characters made visible: ``/units/3/parent``; the empty string is the whole file.

    Beyond any units file's depth it is cut short with ``/…``.
    """
    parts = ["/" + shown(str(part)).replace("~", "~0").replace("/", "~1") for part in pointer[:SHOWN_LEVELS]]
    return "".join(parts) + ("/…" if len(pointer) > SHOWN_LEVELS else "")


class Lines:
    """Offsets of a text to line numbers, counted from 1; LF, CRLF and CR end a line."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]

    def number(self, offset: int) -> int:
        return bisect_right(self._starts, offset)


def read_quickly(text: str) -> object:
    """The value of a text without faults. Raises SuspectError where there may be one."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise SuspectError from error


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise SuspectError
    return members


def _refuse(_: str) -> object:
    raise SuspectError


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number) or len(digits.lstrip("-")) > MAX_DIGITS:
        raise SuspectError
    return number


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise SuspectError
    return int(digits)


_DECODER = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)

_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN_STRING = re.compile(r'"([^"\\\x00-\x1f]*)"')
_STRING = re.compile(r'"((?:[^"\\\n\r]|\\[^\n\r])*)"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?(?![0-9.\w])")
_WORD = re.compile(r"-?[^\W\d]\w*")
_ESCAPE = re.compile(r"\\(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_RAW_CONTROL = re.compile(r"[\x00-\x1f]")
_WORDS: Final[dict[str, object]] = {"true": True, "false": False, "null": None}
_NOT_NUMBERS: Final = ("NaN", "Infinity", "-Infinity")
_SHORT_ESCAPES: Final = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_QUOTES: Final = "'‘’‚“”„«»`"


_OPENERS: Final = {"{": "}", "[": "]"}


class _FatalError(Exception):
    """The grammar failed: nothing after this place can be read."""


class Scan:
    """Everything that can be read of a text, without recursion.

    value: the value, with FAULTY for each value that has a fault; faults: in the order of the text; broken: True
    where the grammar failed, so that nothing is known beyond the last fault and the value means nothing.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._pointer: list[str | int] = []
        self._frames: list[_Frame] = []
        self._root: Spot | int = 0
        self.value: object = FAULTY
        self.faults: list[JsonFault] = []
        self.lines = Lines(text)
        self.broken = False
        try:
            self.value, self._root = self._read_file()
        except _FatalError:
            self.broken = True

    def line(self, pointer: Pointer) -> tuple[int, int]:
        """Line and offset at which the value begins; of a missing value, those of the list or object around it."""
        spot = self._root
        for part in pointer:
            if isinstance(spot, int) or part not in spot.members:
                break
            spot = spot.members[part]
        offset = _offset(spot)
        return self.lines.number(offset), offset

    def _fault(self, offset: int, rule: str, remedy: str) -> object:
        self.faults.append(JsonFault(offset, tuple(self._pointer), rule, remedy))
        return FAULTY

    def _fatal(self, offset: int, rule: str, remedy: str) -> _FatalError:
        self._fault(offset, rule, remedy)
        return _FatalError()

    def _skip(self) -> str:
        """The next character that is not space, or the empty string at the end."""
        match = _SPACE.match(self._text, self._at)
        if match is not None:  # pragma: no branch - no space is a match too
            self._at = match.end()
        return self._text[self._at : self._at + 1]

    def _read_file(self) -> tuple[object, Spot | int]:
        if not self._skip():
            raise self._fatal(0, "the file is empty", 'write at least {"units": [...]}')
        value, spot = self._read_nested()
        if self._skip():
            raise self._fatal(
                self._at,
                f"more text follows after the end: {self._next_word()}",
                "delete it, or the closing bracket that stands too early",
            )
        return value, spot

    def _read_nested(self) -> tuple[object, Spot | int]:
        """One value; lists and objects wait in frames while their members are read."""
        frames = self._frames
        while True:
            character, start = self._skip(), self._at
            if character in _OPENERS:
                self._open(character, start)
                if self._skip() != frames[-1].closer:
                    self._begin_member(frames[-1])
                    continue
            else:
                value = self._read_plain(character)
                if not frames:
                    return value, start
                self._attach(value, start)
            while not self._another_member():
                frame = frames.pop()
                value, spot = frame.value(), Spot(frame.offset, frame.spots)
                if not frames:
                    return value, spot
                self._attach(value, spot)
            self._begin_member(frames[-1])

    def _open(self, character: str, start: int) -> None:
        if len(self._frames) >= MAX_NESTING:
            raise self._fatal(
                start,
                f"brackets are nested more than {MAX_NESTING} deep",
                "a units file needs no more than five levels",
            )
        self._frames.append(_Frame(start, _OPENERS[character], {}, {}))
        self._at += 1

    def _begin_member(self, frame: _Frame) -> None:
        """Read a key and its colon, or count the next place of a list."""
        if frame.closer == "]":
            self._pointer.append(len(frame.members))
            return
        if self._skip() != '"':
            raise self._unexpected("a key in double quotes")
        key = self._read_key()
        if self._skip() != ":":
            raise self._unexpected(f"a colon after the key {quoted(key)}")
        self._at += 1
        self._pointer.append(key)

    def _attach(self, value: object, spot: Spot | int) -> None:
        frame, key = self._frames[-1], self._pointer[-1]
        if key in frame.members:
            first = self.lines.number(_offset(frame.spots[key]))
            rule = f"key {quoted(str(key))} stands twice in one object, first in line {first}"
            self._fault(_offset(spot), rule, "keep one of them")
        else:
            frame.members[key] = value
            frame.spots[key] = spot
        self._pointer.pop()

    def _another_member(self) -> bool:
        """Pass a comma (True) or the bracket that closes the innermost list or object (False)."""
        end, closer = max(self._at - 1, 0), self._frames[-1].closer
        character = self._skip()
        if character == closer:
            self._at += 1
            return False
        if character == ",":
            comma = self._at
            self._at += 1
            if self._skip() in ("}", "]"):
                raise self._fatal(comma, "a comma stands before a closing bracket", "delete that comma")
            return True
        if character in ("}", "]"):
            opener = "[" if closer == "]" else "{"
            line = self.lines.number(self._frames[-1].offset)
            rule = f'"{character}" stands where "{closer}" should close the "{opener}" of line {line}'
            raise self._fatal(self._at, rule, f'write "{closer}" here, or complete what is inside')
        if not character or character in ("/", "#"):
            raise self._unexpected(f'a comma or "{closer}"')
        raise self._fatal(end, f"after this value stands {self._next_word()}", "put a comma between them")

    def _read_plain(self, character: str) -> object:
        """A string, a number, true, false or null; FAULTY where it is readable but not allowed."""
        start = self._at
        if character == '"':
            return self._read_string()
        if number := _NUMBER.match(self._text, start):
            self._at = number.end()
            return self._number(number, start)
        if (word := _WORD.match(self._text, start)) is not None:
            if word[0] in _WORDS:
                self._at = word.end()
                return _WORDS[word[0]]
            if word[0] in _NOT_NUMBERS:
                self._at = word.end()
                return self._fault(start, f"{word[0]} is not a number that JSON knows", "write a number or null")
            if word[0].casefold() in _WORDS or word[0] in ("None", "undefined"):
                raise self._fatal(start, f"{word[0]} is not JSON", "write true, false or null, in small letters")
        raise self._unexpected("a value")

    def _number(self, match: re.Match[str], start: int) -> object:
        digits = match[0]
        if (count := len(digits.lstrip("-"))) > MAX_DIGITS:
            return self._fault(start, f"a number of {count:,} digits; at most {MAX_DIGITS:,} are allowed", "")
        if match[1] is None and match[2] is None:
            return int(digits)
        if math.isinf(float(digits)):
            return self._fault(start, f"the number {shown(digits)} is too large", "write a smaller number")
        return float(digits)

    def _string_token(self) -> str:
        start = self._at
        match = _STRING.match(self._text, start)
        if match is None:
            raise self._fatal(
                start,
                f"the text {self._next_word()} is not closed in its line",
                'close it with " or, if it goes on in the next line, write the line break as \\n',
            )
        self._at = match.end()
        return match[1]

    def _read_key(self) -> str:
        start = self._at
        if plain := _PLAIN_STRING.match(self._text, start):
            self._at = plain.end()
            return plain[1]
        return self._unescaped(self._string_token(), start)[0]

    def _read_string(self) -> object:
        start = self._at
        if plain := _PLAIN_STRING.match(self._text, start):
            self._at = plain.end()
            return plain[1]
        text, sound = self._unescaped(self._string_token(), start)
        return text if sound else FAULTY

    def _unescaped(self, raw: str, start: int) -> tuple[str, bool]:
        """The characters that a string stands for, and whether JSON allows it."""
        faults_before = len(self.faults)
        if control := _RAW_CONTROL.search(raw):
            remedy = "write a tab as \\t" if control[0] == "\t" else "delete it"
            self._fault(start, f"the text holds the control character {code_point(control[0])}", remedy)
        if "\\" not in raw:
            return raw, len(self.faults) == faults_before

        def character(escape: re.Match[str]) -> str:
            letters = escape[1]
            if letters[0] == "u" and len(letters) == 11:
                high, low = int(letters[1:5], 16), int(letters[7:], 16)
                return chr(0x10000 + (high - 0xD800 << 10) + (low - 0xDC00))
            if letters[0] == "u" and len(letters) == 5:
                return chr(int(letters[1:], 16))
            if letters not in _SHORT_ESCAPES:
                self._fault(start, f"JSON does not know the escape \\{shown(letters)}", "write a backslash as \\\\")
            return _SHORT_ESCAPES.get(letters, "")

        return _ESCAPE.sub(character, raw), len(self.faults) == faults_before

    def _unexpected(self, wanted: str) -> _FatalError:
        character = self._skip()
        if not character:
            closers = "".join(frame.closer for frame in reversed(self._frames))
            return self._fatal(
                max(len(self._text) - 1, 0),
                f"the file ends where {wanted} should follow",
                f"it was cut off, or {quoted(closers)} is missing at its end",
            )
        remedy = ""
        if character in _QUOTES:
            remedy = 'write straight double quotes: "'
        elif character in ("/", "#"):
            remedy = "JSON has no comments: delete it, or keep the remark under a key of its own"
        return self._fatal(self._at, f"{self._next_word()} stands where {wanted} should", remedy)

    def _next_word(self) -> str:
        """What stands here, as much as a reader needs to find it."""
        rest = self._text[self._at : self._at + 40]
        word = re.match(r'"[^"\n\r]*"?|[\w.+-]+|.', rest, re.DOTALL)
        assert word is not None  # nobody asks at the end of the text
        return quoted(word[0].strip('"') or '"')
