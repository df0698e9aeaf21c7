"""Hypothesis strategies: units files of any shape."""

from __future__ import annotations

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
def unit_files(draw: st.DrawFn, largest: int = 25, roots: int = 3) -> UnitFile:
    """A forest: each unit hangs under an earlier one, or is one of a few roots."""
    count = draw(st.integers(1, largest))
    allowed_roots = draw(st.integers(1, roots))
    units: list[Unit] = []
    for number in range(count):
        parent = None
        if number >= allowed_roots:
            parent = f"u{draw(st.integers(0, number - 1))}"
        units.append(Unit(id=f"u{number}", level=draw(st.sampled_from(LEVELS)), name=draw(NAMES), parent=parent))
    return UnitFile(title="", source=None, units=tuple(units), relations=(), lang=None, extra={}, name="random.json")
