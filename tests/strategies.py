"""Hypothesis strategies: units files of any shape."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from hypothesis import strategies as st

from orgchart.units import Relation, Unit, UnitFile

LEVELS = ("ministry", "sector", "department", "section", "group", "desk")
WORDS = st.sampled_from(
    [
        "Одсек",
        "за",
        "европску",
        "безбедност",
        "и",
        "сарадњу",
        "с",
        "правна",
        "питања",
        "спољно-политичке",
        "УН",
        "у",
        "region",
    ]
)
# From one letter to 300.
NAMES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join) | st.lists(WORDS, min_size=1, max_size=40).map(
    lambda words: " ".join(words)[:300].strip()
)


@st.composite
def unit_files(
    draw: st.DrawFn, largest: int = 25, roots: int = 3, levels: tuple[str, ...] = LEVELS, staff: bool = False
) -> UnitFile:
    """A forest: each unit hangs under an earlier one, or is one of a few roots."""
    count = draw(st.integers(1, largest))
    allowed_roots = draw(st.integers(1, roots))
    units: list[Unit] = []
    for number in range(count):
        parent = None
        if number >= allowed_roots:
            parent = f"u{draw(st.integers(0, number - 1))}"
        level, name = draw(st.sampled_from(levels)), draw(NAMES)
        placement: Literal["line", "staff"] = "staff" if staff and draw(st.booleans()) else "line"
        units.append(Unit(id=f"u{number}", level=level, name=name, parent=parent, placement=placement))
    return UnitFile(title="", source=None, units=tuple(units), relations=(), lang=None, extra={}, name="random.json")


@st.composite
def related_files(draw: st.DrawFn, largest: int = 20, relations: int = 6) -> UnitFile:
    """Two units at least, and some relations between any two of them."""
    file = draw(unit_files(largest).filter(lambda made: len(made.units) > 1))
    ids = [unit.id for unit in file.units]
    ends = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
    pairs = draw(st.lists(ends, min_size=1, max_size=relations))
    kinds = st.sampled_from(["coordinates", "supports", "сарађује са"])
    return replace(file, relations=tuple(Relation(source, target, draw(kinds)) for source, target in pairs))
