"""A value of a TOML file, in; whether its key may hold it, and its one cleaned form, out: what keys there can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol


class Key(Protocol):
    """What one key may hold. ``allowed`` is the sentence for the user and for the documents."""

    @property
    def default(self) -> object: ...

    @property
    def allowed(self) -> str: ...

    def accepts(self, value: object) -> bool: ...

    def cleaned(self, value: object) -> object:
        """An accepted value in its one form, so that equal looks are equal values."""
        ...


@dataclass(frozen=True, slots=True)
class Number:
    default: float
    low: float
    high: float
    unit: str

    @property
    def allowed(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}" + (f" ({self.unit})" if self.unit else "")

    def accepts(self, value: object) -> bool:
        # bool is a kind of int in Python; NaN is outside every range.
        return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high

    def cleaned(self, value: object) -> object:
        assert isinstance(value, int | float)
        return float(value)


@dataclass(frozen=True, slots=True)
class Choice:
    default: str
    choices: tuple[str, ...]

    @property
    def allowed(self) -> str:
        return "one of " + ", ".join(f'"{choice}"' for choice in self.choices)

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and value in self.choices

    def cleaned(self, value: object) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Switch:
    default: bool
    allowed: str = "true or false"

    def accepts(self, value: object) -> bool:
        return isinstance(value, bool)

    def cleaned(self, value: object) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Choices:
    """Any of a few words, each once and at least ``least`` of them; kept in the order of ``choices``, so that equal
    looks are equal values."""

    default: tuple[str, ...]
    choices: tuple[str, ...]
    least: int = 0

    @property
    def allowed(self) -> str:
        return ("a list of one or more of " if self.least else "a list of any of ") + ", ".join(
            f'"{choice}"' for choice in self.choices
        )

    def accepts(self, value: object) -> bool:
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            return False
        return set(value) <= set(self.choices) and self.least <= len(set(value)) == len(value)

    def cleaned(self, value: object) -> object:
        assert isinstance(value, list | tuple)
        return tuple(choice for choice in self.choices if choice in value)


@dataclass(frozen=True, slots=True)
class Text:
    """Words that match ``pattern``, or any printable words without markup where it is None."""

    default: str
    allowed: str
    most: int
    pattern: re.Pattern[str] | None = None

    def accepts(self, value: object) -> bool:
        if not isinstance(value, str) or len(value) > self.most:
            return False
        if self.pattern is not None:
            return self.pattern.fullmatch(value) is not None
        return value.isprintable() and not set("<>\\") & set(value)

    def cleaned(self, value: object) -> object:
        return value
