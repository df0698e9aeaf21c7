"""A name and a width, in; the lines it is broken into, balanced and with no letter lost, out."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

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
class _Line:
    """A text between two of its own line breaks. widest: of its pieces; whole: the width when all stand on one line;
    steps: of each piece after the first, by how much it makes a line longer, and how long a line of its own is."""

    pieces: tuple[_Piece, ...]
    widest: float
    whole: float
    steps: tuple[tuple[float, float], ...]

    def count(self, width: float) -> int:
        """How many lines it takes where no piece is wider than the width and every line takes all it can."""
        if self.whole <= width:
            return 1
        lines, filled = 1, self.pieces[0].width
        for step, alone in self.steps:
            filled += step
            if filled > width:
                lines += 1
                filled = alone
        return lines


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text cut at every place where a line may end, ready to be broken at any width; ``own_lines``: between
    the line breaks that the text itself has. What was broken once is kept."""

    face: Face
    own_lines: tuple[_Line, ...]
    _broken: dict[float, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def widest(self) -> float:
        """The width in em of the longest part that is not to be broken."""
        return max(line.widest for line in self.own_lines)

    def count(self, width: float) -> int:
        """How many lines the text takes at a width in em; ``lines`` gives as many."""
        lines = 0
        for line in self.own_lines:
            lines += _fitted(line, self.face, width).count(width)
        return lines

    def lines(self, width: float) -> tuple[str, ...]:
        """The text in as few lines as the width in em allows, those lines as even as they can be.

        Line breaks of the text stay. A line does not end in a short leaning word, such as «за», where another break
        costs no further line. A word is broken only where it alone is wider than the width.
        """
        known = self._broken.get(width)
        if known is None:
            known = self._broken[width] = tuple(self._lines(width))
        return known

    def _lines(self, width: float) -> Iterator[str]:
        for own_line in self.own_lines:
            line = _fitted(own_line, self.face, width)
            starts, pieces = [0], line.pieces
            if (count := line.count(width)) > 1:
                starts = _balanced(line, width, count)
            ends = [*starts[1:], len(pieces)]
            for start, end in zip(starts, ends, strict=True):
                yield _joined(pieces[start:end])


def phrase(text: str, face: Face) -> Phrase:
    """Cut the text once, at its spaces and after its hyphens and dashes."""
    return Phrase(face, tuple(_line(_pieces(line, face), face) for line in text.split("\n")))


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


def _line(pieces: tuple[_Piece, ...], face: Face) -> _Line:
    """Widths are added up in one order everywhere, for a line may fit to the last bit."""
    space, whole = face.advance(" "), pieces[0].width
    steps = []
    for piece in pieces[1:]:
        step = (space if piece.joint else 0.0) + piece.width
        steps.append((step, piece.width))
        whole += step
    return _Line(pieces, max([piece.width for piece in pieces]), whole, tuple(steps))


def _fitted(line: _Line, face: Face, width: float) -> _Line:
    """The line with every piece that is wider than the width cut into parts that fit, between whole characters."""
    if line.widest <= width:
        return line
    fitted: list[_Piece] = []
    for piece in line.pieces:
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
    return _line(tuple(fitted), face)


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


def _balanced(line: _Line, width: float, lines: int) -> list[int]:
    """Where each of the given number of lines starts when the squares of their free space, as a share of the width,
    and the costs of their ends are least in sum."""
    total = len(line.pieces)
    costs = [piece.cost for piece in line.pieces[:-1]] + [0.0]  # the end of the last line costs nothing
    alone = [piece.width for piece in line.pieces]
    steps = [0.0, *(step for step, _ in line.steps)]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for done in range(lines):
        reached: dict[int, tuple[float, int]] = {}
        after = lines - done - 1
        last = total - after  # every line after this one needs a piece
        for start, (cost, _) in best[done].items():
            filled = alone[start]
            for end in range(start + 1, last + 1):
                if end > start + 1:
                    filled += steps[end - 1]
                    if filled > width:
                        break
                if not after and end < total:  # the last line takes all there is
                    continue
                free = max(0.0, 1 - filled / width)
                ended = cost + free * free + costs[end - 1]
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
