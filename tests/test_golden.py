"""Golden charts: each folder of tests/golden/ holds a units file, its wishes, and the layout, DOT and SVG it must give;
for a chart of changes it holds the old and the new file, and what changed between them.

`pytest tests/test_golden.py --update-golden` writes them anew; look at the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgchart.changes.chart import build_change_chart
from orgchart.chart import Chart, build_chart
from orgchart.formats import render
from orgchart.unit_language import in_language, second_names
from orgchart.units import load_units
from tests.change_cases import read_changes

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def layout_text(chart: Chart) -> str:
    layout = chart.layout
    numbers = {
        "page": [layout.page.name, round(layout.page.width, 2), round(layout.page.height, 2)],
        "scale": round(layout.scale, 6),
        "arrangement": layout.arrangement,
        "boxes": [[box.unit, box.x, box.y, box.width, box.height, list(box.lines)] for box in layout.boxes],
        "rails": [[rail.parent, rail.child, rail.points] for rail in layout.rails],
    }
    ties = {
        "relations": [[tie.source, tie.target, tie.kind, *tie.arrow.points] for tie in chart.drawing.relations],
    }
    numbers |= ties if chart.drawing.relations else {}
    lines = json.dumps(numbers, ensure_ascii=False, indent=1)
    return lines + "\n"


@pytest.mark.parametrize("case", CASES)
def test_the_chart_is_what_was_looked_at_and_kept(case: str, request: pytest.FixtureRequest) -> None:
    folder = GOLDEN / case
    wishes = json.loads((folder / "wishes.json").read_text(encoding="utf-8"))
    if (folder / "changes.json").exists():
        chart = build_change_chart(read_changes(folder), **wishes)
    else:
        units, also = load_units(folder / "units.json"), wishes.pop("also", None)
        units = in_language(units, wishes.pop("lang")) if "lang" in wishes else units
        chart = build_chart(units, second_names=second_names(units, also) if also else None, **wishes)
    made = {
        "layout.json": layout_text(chart).encode("utf-8"),
        "chart.dot": render(chart, "dot"),
        "chart.svg": render(chart, "svg"),
    }
    for name, content in made.items():
        if request.config.getoption("--update-golden"):
            (folder / name).write_bytes(content)
        assert content.decode("utf-8") == (folder / name).read_text(encoding="utf-8"), f"{case}/{name}"
