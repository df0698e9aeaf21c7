"""Parts cut by hand, in; the atlas that is drawn from them, out: small ones with every kind of page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from orgchart.atlas import draw_atlas
from orgchart.chart import Chart, build_chart
from orgchart.chart_page import Setting
from orgchart.furniture import furnish
from orgchart.hierarchy import Hierarchy
from orgchart.layout.page import pages
from orgchart.layout.pages import Part
from orgchart.units import UnitFile, parse_units
from orgchart.words import language_of
from tests.charts import relation, unit, units_file

MINISTRY = (
    unit("min", "Министарство финансија", level="ministry"),
    unit("budget", "Сектор за буџет", "min", "sector"),
    unit("plan", "Одсек за планирање", "budget", "section"),
    unit("spend", "Одсек за извршење", "budget", "section"),
    unit("audit", "Одсек за контролу", "budget", "section"),
    unit("tax", "Сектор за порезе", "min", "sector"),
    unit("vat", "Одсек за ПДВ", "tax", "section"),
    unit("press", "Група за штампу", "min", "group"),
)
A4 = pages("A4", "portrait")[0]
RELATIONS = (
    relation("plan", "vat"),
    relation("plan", "spend"),
    relation("press", "vat", "supports"),
)


def drawn(file: UnitFile, cut: Callable[[Hierarchy], Sequence[Part]], style: str = "classic") -> Chart:
    """The atlas of A4 pages with the parts that ``cut`` makes of the whole."""
    chart = build_chart(file, style=style)
    whole, lang = chart.hierarchy, file.lang or language_of(unit.name for unit in file.units)
    furniture = furnish(whole, file, lang, title="Уређење", legend=None, source_line=False, date=None)
    labels = {unit.id: unit.name for unit in whole.units}
    setting = Setting(chart.styles, chart.font, furniture, labels, {}, "page", min_text=7)
    return replace(chart, title="Уређење", pages=draw_atlas(cut(whole), whole, setting))


def by_hand(relations: Sequence[dict[str, Any]] = RELATIONS, style: str = "classic") -> Chart:
    """Page 1 the overview, 2 the sector for the budget with two of its sections, 3 the sector goes on, 4 the sector for
    taxes, 5 the index."""

    def cut(whole: Hierarchy) -> Sequence[Part]:
        overview = whole.part({"min", "budget", "tax", "press"})
        return (
            Part(overview, {"budget": (2,), "tax": (4,)}, {}, frozenset(["budget", "tax"]), A4),
            Part(whole.part({"budget", "plan", "spend"}), {"budget": (3,)}, {"budget": 1}, frozenset(), A4),
            Part(whole.part({"budget", "audit"}), {}, {"budget": 2}, frozenset(["budget"]), A4),
            Part(whole.part({"tax", "vat"}), {}, {"tax": 1}, frozenset(), A4),
        )

    return drawn(parse_units(units_file(*MINISTRY, relations=list(relations)), "units.json"), cut, style)


def box_texts(chart: Chart, page: int) -> dict[str, list[str]]:
    """By unit, the lines in its box on the page; spaces that are not broken as plain ones."""
    marks = chart.pages[page - 1].drawing.units
    return {mark.unit: [words.text.replace("\u00a0", " ") for words in mark.words] for mark in marks}
