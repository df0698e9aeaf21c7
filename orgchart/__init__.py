"""orgchart: units.json, in; organisation charts of public bodies as DOT, SVG, PDF and PNG, out. The public API.

import orgchart

units = orgchart.load_units("data/units.json")
chart = orgchart.build_chart(units, style="print", page="A3")
svg = orgchart.render(chart, "svg")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgchart.version import __version__

if TYPE_CHECKING:
    from orgchart.changes import compare
    from orgchart.chart import Chart, build_chart
    from orgchart.chart_page import ChartPage
    from orgchart.errors import OrgChartError
    from orgchart.exchange import import_units
    from orgchart.formats import export, render, render_files
    from orgchart.rulebook import read_rulebook
    from orgchart.structure import build_structure
    from orgchart.units import Unit, UnitFile, load_units

__all__ = [
    "Chart",
    "ChartPage",
    "OrgChartError",
    "Unit",
    "UnitFile",
    "__version__",
    "build_chart",
    "build_structure",
    "compare",
    "export",
    "import_units",
    "load_units",
    "read_rulebook",
    "render",
    "render_files",
]

_HOMES = {
    "Chart": "orgchart.chart",
    "ChartPage": "orgchart.chart_page",
    "OrgChartError": "orgchart.errors",
    "Unit": "orgchart.units",
    "UnitFile": "orgchart.units",
    "build_chart": "orgchart.chart",
    "build_structure": "orgchart.structure",
    "compare": "orgchart.changes",
    "export": "orgchart.formats",
    "import_units": "orgchart.exchange",
    "load_units": "orgchart.units",
    "read_rulebook": "orgchart.rulebook",
    "render": "orgchart.formats",
    "render_files": "orgchart.formats",
}


def __getattr__(name: str) -> object:
    # Loaded on first use, so that `orgchart --help` does not wait for what draws.
    if name not in _HOMES:
        raise AttributeError(f"module 'orgchart' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
