"""A value from a units file, in; the value as it is used and what is wrong with it, out: one rule for each key.

The tables at the end are the format: every key, in the order in which it is written, with its rule.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

from orgchart.hints import code_point, quoted
from orgchart.limits import fixed
from orgchart.strict_json import FAULTY, MAX_DIGITS, MAX_NESTING, Pointer

MAX_NAME: Final = fixed("name_characters")  # Graphviz's 16,384 bytes are 4,096 characters at worst
MAX_FUNCTION: Final = fixed("function_characters")
MAX_WORD: Final = fixed("word_characters")
MAX_STAFF: Final = fixed("staff")
MAX_LINE: Final = fixed("line")
PLACEMENTS: Final = ("line", "staff")
ARRANGEMENTS: Final = ("row", "stacks", "column", "columns", "both")

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_SURROGATE = re.compile("[\ud800-\udfff]")
# Soft hyphen, zero-width space, direction marks and overrides, word joiner, BOM, line and paragraph separators. The
# joiners are ordinary spelling from Hebrew onwards and inside emoji; between Latin or Cyrillic letters they are stray.
_INVISIBLE = "[\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|(?<![\u0590-\U0010ffff])[\u200c\u200d]"
_ONLY_INVISIBLE = ("[\\s\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
                   "\u3164\ufe00-\ufe0f\ufeff\uffa0]*")  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class _Signs:
    """What is looked for in a text that is not plainly printable."""

    not_in_text: re.Pattern[str]
    not_in_words: re.Pattern[str]
    invisible: re.Pattern[str]
    only_invisible: re.Pattern[str]


@functools.cache
def _signs() -> _Signs:
    # Such sets take longer to compile than a small file takes to be read, and good files never ask for them.
    return _Signs(
        re.compile(f"[{_CONTROL}\ud800-\udfff{_NONCHARACTERS}]"),
        re.compile(f"[\t\n\r{_CONTROL}\ud800-\udfff{_NONCHARACTERS}]"),
        re.compile(_INVISIBLE),
        re.compile(_ONLY_INVISIBLE),
    )


class Report(Protocol):
    """Where rules leave what they find; ``rule`` is a sentence about the value at ``pointer``."""

    def fault(self, pointer: Pointer, rule: str, remedy: str = "") -> None: ...

    def warn(self, pointer: Pointer, rule: str, remedy: str = "") -> None: ...


class Rule(Protocol):
    """Reads the value under ``key`` of the object at ``pointer``; the result counts only if nothing was reported."""

    def read(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object: ...


def kind_of(value: object) -> str:
    """What a value of JSON is called in a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    for types, kind in (((int, float), "a number"), ((str,), "text"), ((list,), "a list"), ((dict,), "an object")):
        if isinstance(value, types):
            return kind
    return f"a Python {type(value).__name__}"


@dataclass(frozen=True, slots=True)
class Text:
    """Text that says something, of at most ``limit`` characters; CRLF and CR become newlines.

    Without ``lines`` it stays on one line and holds no control character at all.
    """

    limit: int
    lines: bool = True

    def read(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object:
        # isprintable is False for everything that is looked for below, and much else: a fast way past good names.
        if type(value) is str and value.isprintable() and 0 < len(value) <= self.limit and not value.isspace():
            return value
        return self._read_closely(value, key, (*pointer, key), report)

    def _read_closely(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object:
        named = f"{key}" if isinstance(key, str) else f"item {key + 1}"
        if value is FAULTY:
            return value
        if not isinstance(value, str):
            remedy = f'write it in double quotes: "{value}"' if type(value) is int and value < 10**9 else ""
            report.fault(pointer, f"{named} must be text, not {kind_of(value)}", remedy)
            return FAULTY
        if self.lines:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        signs = _signs()
        forbidden = signs.not_in_text if self.lines else signs.not_in_words
        for character in dict.fromkeys(forbidden.findall(value)):
            report.fault(pointer, *_about_character(named, character, value.index(character) + 1))
        if signs.only_invisible.fullmatch(value):
            report.fault(
                pointer, f"{named} is {'blank' if value else 'empty'}", "write it out, or leave out what has none"
            )
        if len(value) > self.limit:
            report.fault(pointer, f"{named} has {len(value):,} characters", f"at most {self.limit:,} are allowed")
        for character in dict.fromkeys(signs.invisible.findall(value)):
            place = value.index(character) + 1
            rule = f"{named} holds the invisible character {code_point(character)} as character {place:,}"
            report.warn(pointer, rule, "it is kept as it is; delete it unless it is meant")
        return value


def _about_character(named: str, character: str, place: int) -> tuple[str, str]:
    if "\ud800" <= character <= "\udfff":
        kind, remedy = "the lone surrogate", "it is half a character: write the whole one"
    elif _signs().not_in_text.match(character) and ord(character) > 0x9F:
        kind, remedy = "the noncharacter", "delete it"
    elif character in "\t\n\r":
        kind, remedy = "the control character", "write it on one line, with spaces"
    else:
        kind, remedy = "the control character", "delete it"
    return f"{named} holds {kind} {code_point(character)} as character {place:,}", remedy


@dataclass(frozen=True, slots=True)
class Shape:
    """Text in a fixed form."""

    form: re.Pattern[str]
    example: str

    def read(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object:
        if isinstance(value, str) and self.form.fullmatch(value) and (self.form is not _DATE or _is_date(value)):
            return value
        if value is not FAULTY:
            what = quoted(value) if isinstance(value, str) else kind_of(value)
            report.fault((*pointer, key), f"{key} must be {self.example}, not {what}")
        return FAULTY


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both included."""

    least: int
    most: int

    def read(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object:
        if type(value) is int and self.least <= value <= self.most:
            return value
        if value is not FAULTY:
            wanted = f"a whole number from {self.least:,} to {self.most:,}"
            number = isinstance(value, (int, float)) and not isinstance(value, bool) and -1e15 < value < 1e15
            report.fault((*pointer, key), f"{key} must be {wanted}, not {value if number else kind_of(value)}")
        return FAULTY


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    allowed: tuple[str, ...]

    def read(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object:
        if isinstance(value, str) and value in self.allowed:
            return value
        if value is not FAULTY:
            what = quoted(value) if isinstance(value, str) else kind_of(value)
            allowed = " or ".join(map(quoted, self.allowed))
            report.fault((*pointer, key), f"{key} {what} is not allowed", f"write {allowed}")
        return FAULTY


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose every item follows one rule."""

    item: Rule

    def read(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object:
        inner = (*pointer, key)
        if isinstance(value, list):
            read = self.item.read
            return tuple([read(item, index, inner, report) for index, item in enumerate(value)])
        if value is not FAULTY:
            report.fault(inner, f"{key} must be a list, not {kind_of(value)}", "put it in square brackets: [ ]")
        return FAULTY


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """An object of texts under language tags."""

    text: Rule

    def read(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object:
        inner = (*pointer, key)
        if not isinstance(value, dict):
            if value is not FAULTY:
                report.fault(inner, f"{key} must be an object, not {kind_of(value)}", 'write {"en": "…"}')
            return FAULTY
        for language in value:
            if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
                remedy = 'use a tag such as "en" or "sr-Latn"'
                report.fault((*inner, language), f"{key} has {quoted(str(language))}, which is no language", remedy)
        return {language: self.text.read(text, language, inner, report) for language, text in value.items()}


class Entry(NamedTuple):
    """What an object in the file became: its known keys, cleaned, and the others as they were."""

    known: dict[str, Any]
    extra: dict[str, object]


@dataclass(frozen=True, slots=True)
class Object:
    """An object with known keys, of which some are required; other keys are kept. A null counts as left out."""

    rules: Mapping[str, Rule]
    required: tuple[str, ...] = ()

    def read(self, value: object, key: str | int, pointer: Pointer, report: Report) -> object:
        inner = pointer if key == "" else (*pointer, key)
        if not isinstance(value, dict):
            if value is not FAULTY:
                what = "the file" if key == "" else f"{key}" if isinstance(key, str) else f"item {key + 1}"
                remedy = "write an object with its keys in braces: { }"
                report.fault(inner, f"{what} must be an object, not {kind_of(value)}", remedy)
            return FAULTY
        known: dict[str, Any] = {}
        extra: dict[str, object] = {}
        rules = self.rules
        for name, member in value.items():
            rule = rules.get(name)
            if rule is None:
                extra[name] = member
            elif member is not None:
                known[name] = rule.read(member, name, inner, report)
        for name in self.required:
            if name not in known:
                rule_text = f'"{name}" is null' if name in value else f'"{name}" is missing'
                report.fault((*inner, name) if name in value else inner, rule_text, EXAMPLES.get(name, ""))
        if extra:
            check_extra(extra, inner, report)
        return Entry(known, extra)


def check_extra(extra: Mapping[str, object], pointer: Pointer, report: Report) -> None:
    """Unknown keys may hold anything that can be written again as JSON in UTF-8, not nested beyond the limit."""
    waiting: list[tuple[Pointer, object]] = [(pointer, dict(extra))]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str):
            if found := _SURROGATE.search(value):
                report.fault(place, *_about_character(str(place[-1]), found[0], found.start() + 1))
        elif isinstance(value, (dict, list)):
            if len(place) >= MAX_NESTING and place is not pointer:
                report.fault(place, f"brackets are nested more than {MAX_NESTING} deep")
                continue
            members = value.items() if isinstance(value, dict) else enumerate(value)
            for name, member in members:
                if not isinstance(name, (str, int)) or (isinstance(value, dict) and not isinstance(name, str)):
                    report.fault(place, f"a key must be text, not {kind_of(name)}")
                    continue
                if isinstance(name, str) and _SURROGATE.search(name):
                    report.fault((*place, name), "the key holds a lone surrogate", "write the whole character")
                waiting.append(((*place, name), member))
        elif isinstance(value, float):
            if value != value or value in (float("inf"), float("-inf")):
                report.fault(place, f"{value} is not a number that JSON knows", "write a number or null")
        elif isinstance(value, int):
            if abs(value) >= 10**MAX_DIGITS:
                report.fault(place, f"a number has more than {MAX_DIGITS:,} digits")
        elif value is not None and value is not FAULTY:
            report.fault(place, f"{kind_of(value)} cannot be written as JSON")


EXAMPLES: Final = {
    "units": 'add "units": [ … ] with at least one unit',
    "id": 'give it an id, e.g. "id": "finance"',
    "level": 'give it a level, e.g. "level": "department"',
    "name": 'give it a name, e.g. "name": "Finance Department"',
    "from": "give the id of the unit from which the relation goes out",
    "to": "give the id of the unit to which the relation goes",
    "kind": 'say what relates them, e.g. "kind": "coordinates"',
}

_NAME = Text(MAX_NAME)
_WORD = Text(MAX_WORD, lines=False)

SOURCE = Object(
    {"article": Text(MAX_WORD), "line": Whole(1, MAX_LINE), "end_line": Whole(1, MAX_LINE)},
)
UNIT = Object(
    {
        "id": _WORD,
        "parent": Text(MAX_WORD, lines=False),
        "level": _WORD,
        "name": _NAME,
        "number": _WORD,
        "abbreviation": _WORD,
        "functions": ListOf(Text(MAX_FUNCTION)),
        "placement": Choice(PLACEMENTS),
        "arrange": Choice(ARRANGEMENTS),
        "staff": Whole(0, MAX_STAFF),
        "names": ByLanguage(_NAME),
        "source": SOURCE,
    },
    required=("id", "level", "name"),
)
RELATION = Object({"from": _WORD, "to": _WORD, "kind": _WORD}, required=("from", "to", "kind"))
RULEBOOK = Object(
    {
        "title": _NAME,
        "titles": ByLanguage(_NAME),
        "gazette": _NAME,
        "date": Shape(_DATE, 'a date such as "2011-04-01"'),
        "file": _NAME,
        "sha256": Shape(_SHA256, "64 hexadecimal digits"),
    }
)
FILE = Object(
    {
        "title": _NAME,
        "titles": ByLanguage(_NAME),
        "lang": Shape(_LANGUAGE, 'a language tag such as "sr-Cyrl" or "en"'),
        "source": RULEBOOK,
        "units": ListOf(UNIT),
        "relations": ListOf(RELATION),
    },
    required=("units",),
)
