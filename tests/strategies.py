"""Hypothesis strategies: units files of any shape."""

from __future__ import annotations

from typing import Literal

from hypothesis import strategies as st

from orgchart.units import Unit, UnitFile

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
NAMES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)


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
