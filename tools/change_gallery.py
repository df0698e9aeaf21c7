"""The six amendments of tests/golden/changes, in; their charts for docs/gallery as PNG, out.

Run from the folder of the project.
"""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

from orgchart.changes.chart import build_change_chart  # noqa: E402
from orgchart.formats import render  # noqa: E402
from orgchart.write import write_files  # noqa: E402
from tests.change_cases import six_amendments  # noqa: E402

_DPI = 110


def main() -> None:
    changes = six_amendments()
    charts = {f"changes-{style}": {"style": style} for style in ("classic", "print", "contrast")}
    pictures = {
        f"{name}.png": render(build_change_chart(changes, dpi=_DPI, **wishes), "png") for name, wishes in charts.items()
    }
    beside = build_change_chart(changes, side_by_side=True, orientation="landscape", dpi=_DPI)
    pictures["changes-side-by-side.png"] = render(beside, "png")
    for path in write_files(_ROOT / "docs" / "gallery", pictures):
        print(path.relative_to(_ROOT))


if __name__ == "__main__":
    main()
