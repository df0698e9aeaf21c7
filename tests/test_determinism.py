"""Every output has the same bytes whatever the hash seed, the locale and the time zone."""

from __future__ import annotations

import sys
from pathlib import Path

from orgchart.formats import WRITERS
from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
from determinism import environments, prints_in


def test_every_output_is_the_same_in_every_environment(tmp_path: Path) -> None:
    # Of two seeds, two locales and two time zones any two meet; benchmarks/determinism.py tries all, many times.
    all_of_them = environments(tmp_path, ("0", "1"))
    assert len(all_of_them) == 8
    made = [prints_in(all_of_them[number], 1) for number in (0, 3, 5, 6)]
    assert {name.rpartition(".")[2] for name in made[0]} >= set(WRITERS)
    assert made[1:] == made[:1] * 3
