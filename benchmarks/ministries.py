"""A size, a shape and a seed, in; the units file of an invented ministry as rulebooks describe them, out.

    python benchmarks/ministries.py 137 --shape sectors --seed 1 > units.json

The same three give the same bytes on every machine and Python. ``trees.py`` makes trees of any size for measuring time;
a ministry here has what makes a page hard to fill: sectors of unequal size, sections and groups beside departments,
staff units, independent units right below the minister, and names of up to 200 letters.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from trees import OPENINGS, TASKS, reading_order

SMALLEST = 30
LONGEST_NAME = 200
_WITH_SECRETARIAT_UNITS = 100  # in smaller ministries nothing stands below the secretary
_UNITS_A_SECTOR = 12.5  # 137 units then have 11 sectors
_SCOPES = (
    " и координацију", " и аналитику", " и заједничке послове", " са државама Западне Европе",
    " са земљама Западног Балкана", " у области безбедности", " у јединицама локалне самоуправе",
    " и управљање ризицима",
)  # fmt: skip
_SEATS = ("Нишу", "Новом Саду", "Крагујевцу", "Суботици", "Зајечару", "Врању")
# Right below the minister, in no sector.
_INDEPENDENT = (
    ("group", "Група за интерну ревизију"),
    ("section", "Одсек за сарадњу са медијима"),
    ("group", "Самостална група за послове безбедности и заштите тајних података"),
    ("department", "Одељење за управљање људским ресурсима"),
)
# What a unit without units below it may be, by its parent; kind is not depth.
_LEAVES: Mapping[str, Sequence[str]] = {
    "ministry": ("department", "section"),
    "secretariat": ("department", "section", "group"),
    "sector": ("department", "department", "section", "group"),
    "department": ("section", "section", "group"),
    "section": ("group",),
}
_BELOW = {"ministry": "sector", "secretariat": "department", "sector": "department", "department": "section"}


@dataclass(slots=True)
class _Ministry:
    """Units in the order in which they were founded; of each its parent's number, its level and its name."""

    random: Random
    units: list[tuple[int, str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, parent: int, level: str, name: str | None = None) -> int:
        self.units.append((parent, level, name or self._name(level)))
        return len(self.units) - 1

    def below(self, parent: int, count: int, branches: int, deepest: str = "group") -> None:
        """Put ``count`` units below a unit: ``branches`` of them right below it, the others below those, down to the
        level ``deepest``; as many stand below each as its luck gives it."""
        waiting = [(parent, count, branches)]
        while waiting:
            above, left, wanted = waiting.pop()
            level = self.units[above][1]
            lower = _BELOW.get(level)
            wanted = left if lower is None or lower == deepest else min(left, max(wanted, 1))
            for share in self.shares(left - wanted, wanted):
                if share and lower:
                    waiting.append((self.add(above, lower), share, round(share**0.5) + self.random.randrange(2)))
                else:
                    leaves = _LEAVES[level]
                    self.add(above, leaves[self.random.randrange(len(leaves))])

    def shares(self, total: int, parts: int) -> list[int]:
        """The total in unequal parts."""
        if not parts:
            return []
        weights = [1 + self.random.randrange(9) for _ in range(parts)]
        ends = [total * sum(weights[: number + 1]) // sum(weights) for number in range(parts)]
        return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]

    def _name(self, level: str) -> str:
        while True:
            name = self._guessed(level)
            if len(name) <= LONGEST_NAME and name not in self.names:
                self.names.add(name)
                return name

    def _guessed(self, level: str) -> str:
        chance = self.random.randrange(100)
        several = 1 if chance < 62 else 2 if chance < 92 else 3 if chance < 97 else 6
        tasks = [TASKS[number] for number in self._some(len(TASKS), several)]
        name = f"{OPENINGS[level]} " + ", ".join(tasks[:-1]) + (" и " if tasks[:-1] else "") + tasks[-1]
        if self.random.randrange(100) < 30:
            name += _SCOPES[self.random.randrange(len(_SCOPES))]
        if self.random.randrange(100) < 6 and level != "ministry":
            name += f" – Ужа унутрашња јединица у {_SEATS[self.random.randrange(len(_SEATS))]}"
        return name

    def _some(self, total: int, count: int) -> list[int]:
        chosen: list[int] = []
        while len(chosen) < count:
            number = self.random.randrange(total)
            if number not in chosen:
                chosen.append(number)
        return chosen


def _offices(made: _Ministry, size: int) -> None:
    """The secretariat and the cabinet beside the trunk."""
    secretariat = made.add(0, "secretariat", "Секретаријат министарства")
    if size >= _WITH_SECRETARIAT_UNITS:
        made.below(secretariat, size // 30, 3)
    made.add(0, "cabinet", "Кабинет министра")


def _sectors(made: _Ministry, size: int) -> None:
    """Sectors of unequal size with departments, sections and groups; independent units after them."""
    _offices(made, size)
    independent = _INDEPENDENT[: max(1, min(4, size // 45))]
    left = size - len(made.units) - len(independent)
    sectors = max(3, min(14, round(size / _UNITS_A_SECTOR)))
    for share in made.shares(left - 3 * sectors, sectors):
        made.below(made.add(0, "sector"), share + 2, max(2, round((share + 2) / 4)))
    for level, name in independent:
        made.add(0, level, name)


def _flat(made: _Ministry, size: int) -> None:
    """No sectors: a long row of departments, with sections and groups below some of them."""
    _offices(made, size)
    left = size - len(made.units)
    departments = round(left / 3)
    for share in made.shares(left - departments, departments):
        department = made.add(0, "department")
        made.below(department, share, share)


def _deep(made: _Ministry, size: int) -> None:
    """Five levels, and few units below each unit."""
    _offices(made, size)
    left = size - len(made.units)
    sectors = max(2, round(left / 30))
    for sector_share in made.shares(left - 13 * sectors, sectors):
        sector = made.add(0, "sector")
        departments = 2 + (sector_share > 12)
        inside = sector_share + 12 - departments
        for share in made.shares(inside - 4 * departments, departments):
            department = made.add(sector, "department")
            sections = 2 + (share > 4)
            for groups in made.shares(share + 4 - sections, sections):
                section = made.add(department, "section")
                made.below(section, groups, groups)


def _uneven(made: _Ministry, size: int) -> None:
    """One sector has half of all units."""
    _offices(made, size)
    left = size - len(made.units)
    half = left // 2
    others = max(2, min(9, round(half / 12)))
    small = made.shares(left - half - 3 * others, others)
    for number, share in enumerate(small):
        if number == len(small) // 2:
            made.below(made.add(0, "sector"), half - 1, max(3, round(half**0.5)))
        made.below(made.add(0, "sector"), share + 2, max(2, round(share / 4)))


def _leaves(made: _Ministry, size: int) -> None:
    """Departments with large fans of groups."""
    _offices(made, size)
    left = size - len(made.units)
    sectors = max(2, round(left / 40))
    for sector_share in made.shares(left - 12 * sectors, sectors):
        sector = made.add(0, "sector")
        fans = max(1, round((sector_share + 11) / 14))
        for share in made.shares(sector_share + 11 - fans, fans):
            department = made.add(sector, "department")
            for _ in range(share):
                made.add(department, "group")


SHAPES: Mapping[str, Callable[[_Ministry, int], None]] = {
    "sectors": _sectors,
    "flat": _flat,
    "deep": _deep,
    "uneven": _uneven,
    "leaves": _leaves,
}


def ministry(size: int, shape: str = "sectors", seed: int = 1) -> dict[str, object]:
    """The content of a units file with ``size`` units, at least 30, in reading order.

    Raises ValueError for an unknown shape or a smaller size.
    """
    if shape not in SHAPES or size < SMALLEST:
        raise ValueError(
            f"no ministry of shape {shape!r} and size {size}; shapes: {', '.join(SHAPES)}; size: {SMALLEST} or more"
        )
    made = _Ministry(Random(f"ministry {shape} {size} {seed}"))
    made.add(-1, "ministry")
    SHAPES[shape](made, size)
    units = [
        {
            "id": f"u{number}",
            "parent": None if parent < 0 else f"u{parent}",
            "level": level,
            "name": name,
        }
        | ({"placement": "staff"} if level in ("secretariat", "cabinet") else {})
        for number in reading_order([parent for parent, _, _ in made.units])
        for parent, level, name in [made.units[number]]
    ]
    return {"title": f"Унутрашње уређење: {len(units)} јединица", "units": units}


def as_bytes(content: Mapping[str, object]) -> bytes:
    """The content as the bytes of a units file."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the units file of an invented ministry.")
    parser.add_argument("size", type=int)
    parser.add_argument("--shape", choices=SHAPES, default="sectors")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.stdout.buffer.write(as_bytes(ministry(asked.size, asked.shape, asked.seed)))


if __name__ == "__main__":
    main()
