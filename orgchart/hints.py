"""A word as the user typed it, in; how an error message shows it, and which known word was probably meant, out."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

SHOWN_CHARACTERS = 80
# One comparison takes some 10 µs: hints may cost half a second of a failing run, never minutes.
COMPARISONS = 50_000
LONGEST = 300


def shown(text: str) -> str:
    """The text on one line, safe for a terminal: what is invisible becomes ``\\uXXXX``; cut at 80 characters."""
    cut = text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else _escaped(c) for c in cut)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def quoted(text: str) -> str:
    """The text as ``shown``, in straight double quotes."""
    return f'"{shown(text)}"'


def code_point(character: str) -> str:
    """``U+0007`` for a character, with its Unicode name where it has one."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def folded(text: str) -> str:
    """The form in which words that a reader takes for the same are equal: case, spaces, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


class Suggester:
    """Finds the id that was probably meant, among ids and the names that stand for them.

    names: pairs of a name and the id it belongs to. Both are gone through when a word is first asked for: most files
    have no fault. The work is bounded: with the budget spent, nothing is suggested.
    """

    def __init__(self, ids: Iterable[str], names: Iterable[tuple[str, str]] = ()) -> None:
        self._ids = ids
        self._names = names
        self._folded: dict[str, str] = {}
        self._by_length: tuple[dict[int, list[tuple[str, str]]], ...] = ()
        self._comparisons_left = COMPARISONS
        self._found: dict[str, str | None] = {}

    def closest(self, word: str) -> str | None:
        """The id most like ``word``, or None."""
        if not self._by_length:
            pairs, names = [(unit_id, unit_id) for unit_id in self._ids], list(self._names)
            self._by_length = (_by_length(pairs), _by_length(names))
            for known, unit_id in [*pairs, *names]:
                self._folded.setdefault(folded(known), unit_id)
        if word not in self._found:
            self._found[word] = self._folded.get(folded(word)) or self._similar(word)
        return self._found[word]

    def _similar(self, word: str) -> str | None:
        for candidates in self._by_length:
            # Of texts so unlike in length difflib would not reach its own cut-off of 0.6.
            lengths = [n for n in candidates if 3 * len(word) <= 7 * n and 3 * n <= 7 * len(word) and n <= LONGEST]
            work = sum(len(candidates[length]) for length in lengths)
            if work > self._comparisons_left:
                continue
            self._comparisons_left -= work
            near = dict(pair for length in lengths for pair in candidates[length])
            if match := difflib.get_close_matches(word, near):
                return near[match[0]]
        return None

    def hint(self, word: str, otherwise: str = "") -> str:
        """``did you mean "finance"?``, or ``otherwise`` where nothing comes close."""
        closest = self.closest(word)
        return otherwise if closest is None else f"did you mean {quoted(closest)}?"


def _by_length(pairs: Iterable[tuple[str, str]]) -> dict[int, list[tuple[str, str]]]:
    lengths: dict[int, list[tuple[str, str]]] = {}
    for known, unit_id in pairs:
        lengths.setdefault(len(known), []).append((known, unit_id))
    return lengths
