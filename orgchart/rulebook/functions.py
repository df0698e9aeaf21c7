"""The words after ``obavlja`` and the items below them, in; a unit's functions, one text for each, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from orgchart.rulebook.lexicon import Lexicon, fold
from orgchart.rulebook.tokens import Word

_REFERENCE: Final = re.compile(
    r"\b(?:članu|članom|člana|čl\.|clanu|члану|чланом|члана|чл\.|Article)\s+(\d+[a-zа-ш]?)", re.IGNORECASE
)
_ITEM: Final = re.compile(r"(?:^|(?<=[\s;:,.]))(?:\(?\d{1,2}[.)]|\(?[a-zа-шђјљњћџ]\)|[-–—•](?=\s))\s*(?=[^\W\d_])")
_RELATE: Final = frozenset(["odnose", "odnosi", "relate", "relating", "related"])
_TASKS: Final = ("poslov", "zadat", "zadac", "task", "dut", "activit", "work", "function", "affair")


def opening(text: str, words: Sequence[Word], start: int) -> tuple[str, bool]:
    """The functions that stand in the delegating sentence itself, as one text, and whether items follow below.

    ``… obavlja poslove koji se odnose na: …``: what stands after ``na``; otherwise all after the verb.
    """
    after = words[start:]
    if not after:
        return "", False
    colon = next((word for word in after[:14] if word.text == ":"), None)
    place = after[0].start
    for number, word in enumerate(after[:14]):
        if word.key in _RELATE and number + 1 < len(after):
            place = after[number + 1].end
            break
    else:
        if colon is not None and any(word.key.startswith(_TASKS) for word in after[:14]):
            place = colon.end
        elif after[0].key == "out":
            place = after[0].end
    if colon is not None and colon.end > place and not text[place : colon.start].strip():
        place = colon.end
    rest = text[place : words[-1].end].strip()
    open_list = text[: words[-1].end].rstrip().endswith(":")
    return ("" if rest in (":", "") else rest.removesuffix(":").strip() if open_list else rest), open_list


def split(text: str, lexicon: Lexicon) -> list[str]:
    """The functions of one sentence: cut at ``;``, before item numbers, and at ``као и``."""
    pieces: list[str] = []
    for part in re.split(r";\s*", text):
        starts = [found.start() for found in _ITEM.finditer(part)]
        if len(starts) > 1:
            edges = [*starts, len(part)]
            pieces += [_ITEM.sub("", part[a:b], count=1) for a, b in pairwise(edges)]
        else:
            pieces.append(part)
    found = [piece for part in pieces for piece in _both_sides(part, lexicon)]
    return [clean for piece in found if (clean := tidy(piece))]


def _both_sides(part: str, lexicon: Lexicon) -> list[str]:
    """``X, као и друге послове``: two functions."""
    words = re.finditer(r",\s+((?:[^\W\d_]+\s+){2,3})", part)
    for found in words:
        said = " ".join(map(fold, found[1].split()))
        for also in lexicon.also:
            if said == also or said.startswith(also + " "):
                size = len(also.split())
                after = re.compile(r",\s+" + r"\s+".join(re.escape(word) for word in found[1].split()[:size]) + r"\s+")
                cut = after.search(part, found.start())
                if cut:
                    return [part[: cut.start()], *_both_sides(part[cut.end() :], lexicon)]
    return [part]


def tidy(text: str) -> str:
    """A function without its closing sign."""
    text = " ".join(text.split())
    text = re.sub(r"[;,:.\s]+$", "", text)
    text = re.sub(r"[;,]\s+(?:i|и|and|te|те)$", "", text)
    return text[:20_000].strip()


def reference(text: str) -> str | None:
    """The article to which a delegation refers: ``poslove opisane u članu 43. ovog pravilnika``."""
    found = _REFERENCE.search(text)
    return found[1] if found else None


def is_closing(text: str, lexicon: Lexicon) -> bool:
    """Whether a function is the closing one: ``друге послове из делокруга Групе``."""
    said = " ".join(fold(word) for word in re.findall(r"[^\W\d_]+", text)[:4])
    return any(words in said for words in lexicon.closing)
