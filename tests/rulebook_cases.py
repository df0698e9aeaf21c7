"""The rulebooks under tests/rulebooks with the units that a person read in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from orgchart.rulebook import Reading, read_text

FOLDER = Path(__file__).parent / "rulebooks"
CASES = sorted([*FOLDER.glob("*.txt"), *(FOLDER / "made").glob("*.txt")])

Row = tuple[str, str, str | None]


@dataclass(frozen=True)
class Score:
    right: int
    extra: int
    missing: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.extra + self.missing) if self.right else 0.0


def text_of(case: Path) -> str:
    """The text of a case; its first line may say where it is from and is no part of it, but keeps its number."""
    text = case.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    return "\n" + rest if first.startswith("# source:") else text


def expected(case: Path) -> set[Row]:
    wanted = case.with_suffix("").with_suffix(".expected.json")
    if not wanted.exists():
        return set()
    return {(unit["name"], unit["level"], unit["parent"]) for unit in json.loads(wanted.read_text(encoding="utf-8"))}


def rows(reading: Reading) -> set[Row]:
    if reading.units is None:
        return set()
    names = {unit.id: unit.name for unit in reading.units.units}
    return {(unit.name, unit.level, names.get(unit.parent or "")) for unit in reading.units.units}


def score(case: Path) -> Score:
    wanted, got = expected(case), rows(read_text(text_of(case)))
    return Score(len(wanted & got), len(got - wanted), len(wanted - got))
