"""What two units files say, in; the one value that tells what changed, out: changes, pairs and questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from orgchart.units import UnitFile

Kind = Literal[
    "added",
    "abolished",
    "renamed",
    "moved",
    "level",
    "split",
    "merged",
    "function gained",
    "function lost",
    "function reworded",
    "function handed over",
    "staff",
    "placement",
    "order",
]

# From this certainty on a match is taken without a question.
SURE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. old, new: ids of the units concerned, in the old and in the new file; none of the old for what
    was added, none of the new for what was abolished, several of the new for a split, several of the old for a merger.
    before, after: the words on both sides (names, parents' names, levels, functions, head-counts; for an order the name
    of the sibling that stands before it), empty where there are none. certainty: 0 to 1, 1 where the ids say it."""

    kind: Kind
    old: tuple[str, ...]
    new: tuple[str, ...]
    before: str = ""
    after: str = ""
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair that may be one unit or two: what was taken, and what else it could be, in words for a person.

    reason: a short word for why it is asked: ``likeness``, ``apart`` (taken as two), ``rival`` (another is almost as
    alike) or ``id`` (one id, wholly unlike, taken as two)."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    certainty: float
    taken: str
    otherwise: str
    reason: str = "likeness"


@dataclass(frozen=True, slots=True)
class Changes:
    """pairs: the unit of the new file that each unit of the old one lives on in, by ids; those missing were abolished,
    or split or merged into others. changes: in the reading order of the new file, what is gone at the place it had."""

    old: UnitFile
    new: UnitFile
    pairs: Mapping[str, str]
    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """The changes of these kinds, in order."""
        return tuple(change for change in self.changes if change.kind in kinds)

    def sure(self, change: Change) -> bool:
        """Whether a change touches no unit that a doubt asks about."""
        old = {unit for doubt in self.doubts for unit in doubt.old}
        new = {unit for doubt in self.doubts for unit in doubt.new}
        return change.certainty >= SURE and old.isdisjoint(change.old) and new.isdisjoint(change.new)
