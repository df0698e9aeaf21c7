"""A Chart, in; what those are told of a unit's box who cannot see it, or who point at it, out."""

from __future__ import annotations

from dataclasses import replace

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.spoken import spoken_name
from orgchart.units import Unit


class Teller:
    """Says of each unit what stands in the whole chart, so that a page of an atlas says the same."""

    def __init__(self, chart: Chart) -> None:
        self._whole = chart.hierarchy
        self._units = {unit.id: unit for unit in chart.structure.unit_file.units}

    def own(self, unit: Unit) -> Unit:
        """Without its lines if they are those of another text: a chart of changes has units of an older file too."""
        known = self._units.get(unit.id)
        return unit if known is unit or known == unit else replace(unit, source=None)

    def name(self, unit: Unit, page: ChartPage) -> str:
        """``Одсек за буџет (ново), одсек, 2 уже јединице, члан 12., редови 5–8``."""
        marks = page.drawing.marks
        marked = marks[unit.id].words if unit.id in marks else ""
        hierarchy = self._whole if unit.id in self._whole else page.hierarchy
        return spoken_name(self.own(unit), hierarchy, page.drawing.lang, marked=marked)
