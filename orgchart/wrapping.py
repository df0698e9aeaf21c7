"""A name and a width, in; the lines it is broken into, balanced and with no letter lost, out."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from orgchart.text import Face

# A line that ends in one of these reads badly: prepositions, conjunctions and articles lean on the next word.
_LEANING = re.compile(
    r"^(?:\w{1,2}|за|над|под|код|без|при|или|кроз|међу|према|ради|због|"
    r"za|nad|pod|kod|bez|pri|ili|kroz|među|prema|radi|zbog|and|for|the|with|from)$",
    re.IGNORECASE,
)
_HYPHENS = re.compile(r"(?<=[^\W\d_][-‐–—/])(?=\w)")
_SPACES = re.compile(r"[ \t\u2000-\u200a\u205f\u3000]+")  # a no-break space is no place to break

_SPLIT_WORD_COST = 9.0
_HYPHEN_COST = 0.04
_LEANING_COST = 2.0  # outweighs any unevenness of a few lines, never a line


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never broken: its text, its width in em, what joins it to the piece before, the cost of ending a line
    with it."""

    text: str
    width: float
    joint: str
    cost: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text cut at every place where a line may end, ready to be broken at any width; ``own_lines``: between
    the line breaks that the text itself has."""

    face: Face
    own_lines: tuple[tuple[_Piece, ...], ...]

    def widest(self) -> float:
        """The width in em of the longest part that is not to be broken."""
        return max(piece.width for line in self.own_lines for piece in line)

    def count(self, width: float) -> int:
        """How many lines the text takes at a width in em; ``lines`` gives as many."""
        space = self.face.advance(" ")
        return sum(len(_greedy(_fitted(line, self.face, width), space, width)) for line in self.own_lines)

    def lines(self, width: float) -> tuple[str, ...]:
        """The text in as few lines as the width in em allows, those lines as even as they can be.

        Line breaks of the text stay. A line does not end in a short leaning word, such as «за», where another break
        costs no further line. A word is broken only where it alone is wider than the width.
        """
        space = self.face.advance(" ")
        broken: list[str] = []
        for line in self.own_lines:
            pieces = _fitted(line, self.face, width)
            starts = _greedy(pieces, space, width)
            if len(starts) > 1:
                starts = _balanced(pieces, space, width, len(starts))
            ends = [*starts[1:], len(pieces)]
            broken.extend(_joined(pieces[start:end]) for start, end in zip(starts, ends, strict=True))
        return tuple(broken)


def phrase(text: str, face: Face) -> Phrase:
    """Cut the text once, at its spaces and after its hyphens and dashes."""
    return Phrase(face, tuple(_pieces(line, face) for line in text.split("\n")))


def wrap(text: str, face: Face, width: float) -> tuple[str, ...]:
    """The text broken at a width in em, as ``Phrase.lines`` does."""
    return phrase(text, face).lines(width)


def _pieces(line: str, face: Face) -> tuple[_Piece, ...]:
    return tuple(piece for word in _SPACES.split(line.strip()) for piece in _pieces_of_word(word, face))


@functools.lru_cache(maxsize=100_000)
def _pieces_of_word(word: str, face: Face) -> tuple[_Piece, ...]:
    parts = _HYPHENS.split(word) if len(word) > 1 else [word]
    last = len(parts) - 1
    leaning = _LEANING_COST if _LEANING.match(parts[last]) else 0.0
    return tuple(
        _Piece(part, face.advance(part), "" if number else " ", leaning if number == last else _HYPHEN_COST)
        for number, part in enumerate(parts)
    )


def _fitted(pieces: tuple[_Piece, ...], face: Face, width: float) -> tuple[_Piece, ...]:
    """The pieces with every one that is wider than the line cut into parts that fit, between whole characters."""
    if all(piece.width <= width for piece in pieces):
        return pieces
    fitted: list[_Piece] = []
    for piece in pieces:
        if piece.width <= width:
            fitted.append(piece)
            continue
        part, joint = "", piece.joint
        for sign in _characters(piece.text):
            if part and face.advance(part + sign) > width:
                fitted.append(_Piece(part, face.advance(part), joint, _SPLIT_WORD_COST))
                part, joint = "", ""
            part += sign
        fitted.append(_Piece(part, face.advance(part), joint, piece.cost))
    return tuple(fitted)


def _characters(text: str) -> list[str]:
    """The text's characters as a reader counts them: marks and joined emoji stay with what they modify."""
    signs: list[str] = []
    for sign in text:
        leans = unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Mc", "Cf", "Sk")
        if signs and (leans or signs[-1].endswith("\u200d")):
            signs[-1] += sign
        else:
            signs.append(sign)
    return signs


def _greedy(pieces: tuple[_Piece, ...], space: float, width: float) -> list[int]:
    """Where each line starts when every line takes all it can."""
    starts, filled = [0], pieces[0].width
    for number, piece in enumerate(pieces[1:], start=1):
        longer = _longer(filled, piece, space)
        if longer > width:
            starts.append(number)
            filled = piece.width
        else:
            filled = longer
    return starts


def _longer(filled: float, piece: _Piece, space: float) -> float:
    """The width of a line with one piece more; added up in one order everywhere, for a line may fit to the last bit."""
    return filled + ((space if piece.joint else 0.0) + piece.width)


def _balanced(pieces: tuple[_Piece, ...], space: float, width: float, lines: int) -> list[int]:
    """Where each of the given number of lines starts when the squares of their free space, as a share of the width,
    and the costs of their ends are least in sum."""
    total = len(pieces)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for done in range(lines):
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[done].items():
            filled = pieces[start].width
            for end in range(start + 1, total + 1):
                piece = pieces[end - 1]
                if end > start + 1:
                    filled = _longer(filled, piece, space)
                if filled > width and end > start + 1:
                    break
                if total - end < lines - done - 1:
                    break
                free = max(0.0, 1 - filled / width)
                ended = cost + free * free + (piece.cost if end < total else 0.0)
                if end not in reached or ended < reached[end][0]:
                    reached[end] = (ended, start)
        best.append(reached)
    starts, end = [], total
    for done in range(lines, 0, -1):
        end = best[done][end][1]
        starts.append(end)
    return starts[::-1]


def _joined(pieces: tuple[_Piece, ...]) -> str:
    return pieces[0].text + "".join(piece.joint + piece.text for piece in pieces[1:])
