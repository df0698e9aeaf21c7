"""Two lists of units, in; the Changes between them by hand or by their ids, their charts and what is on them, out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from orgchart.changes.chart import build_change_chart
from orgchart.changes.model import Change, Changes
from orgchart.chart import Chart
from orgchart.drawing import UnitMark
from orgchart.formats import render
from orgchart.spoken import name_of
from orgchart.units import RulebookSource, Unit, UnitFile, load_units
from tests.charts import SVG, read_svg

SIX_AMENDMENTS = Path(__file__).parent / "golden" / "changes"


def by_ids(old: UnitFile, new: UnitFile) -> Changes:
    """What changed between files in which one id is one unit: enough to draw, and less than ``compare`` finds."""
    before, after = ({unit.id: unit for unit in file.units} for file in (old, new))
    pairs = {unit: unit for unit in before if unit in after}
    return Changes(old, new, pairs, tuple(_differences(before, after)))


def _differences(before: dict[str, Unit], after: dict[str, Unit]) -> Iterator[Change]:
    for unit in after.values():
        was = before.get(unit.id)
        if was is None:
            yield Change("added", (), (unit.id,), "", unit.name)
            continue
        if was.name != unit.name:
            yield Change("renamed", (was.id,), (unit.id,), was.name, unit.name)
        if was.parent != unit.parent:
            yield Change("moved", (was.id,), (unit.id,))
        if was.level != unit.level:
            yield Change("level", (was.id,), (unit.id,), was.level, unit.level)
        if was.staff != unit.staff:
            yield Change("staff", (was.id,), (unit.id,))
        if was.placement != unit.placement:
            yield Change("placement", (was.id,), (unit.id,), was.placement, unit.placement)
        yield from (
            Change("function gained", (was.id,), (unit.id,), "", f) for f in unit.functions if f not in was.functions
        )
        yield from (
            Change("function lost", (was.id,), (unit.id,), f, "") for f in was.functions if f not in unit.functions
        )
    yield from (Change("abolished", (unit.id,), (), unit.name, "") for unit in before.values() if unit.id not in after)


def read_changes(folder: Path) -> Changes:
    """What changed between the old and the new units file of a folder, as its changes.json has it by hand."""
    told = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    changes = (
        Change(each["kind"], tuple(each["old"]), tuple(each["new"]), each["before"], each["after"])
        for each in told["changes"]
    )
    return Changes(load_units(folder / "old.json"), load_units(folder / "new.json"), told["pairs"], tuple(changes))


def six_amendments() -> Changes:
    """The seed before and after: a new department, an abolished group, a renamed section, a group moved, a split, and
    functions handed over."""
    return read_changes(SIX_AMENDMENTS)


def units(*lines: str, **keys: Any) -> UnitFile:
    """A units file from lines such as ``a < b: group Name``: the id, its parent, level and name. keys: of the file."""
    made = []
    for line in lines:
        place, words = line.split(": ")
        unit, _, parent = place.partition(" < ")
        level, name = words.split(" ", 1)
        made.append(Unit(unit, level, name, parent or None))
    return UnitFile(units=tuple(made), **keys)


TOP = "top: sector Сектор"
A = "a < top: department Одељење А"
B = "b < top: department Одељење Б"
C = "c < top: department Одељење В"
GROUP = "g < a: group Група"
MOVED = Change("moved", ("g",), ("g",), "Одељење А", "Одељење Б")
TWO = units(TOP, A, B, GROUP)
TWO_AFTER = units(TOP, A, B, "g < b: group Група")
SOURCES = (
    RulebookSource("Правилник", "Гласник 1/11", "2011-04-01"),
    RulebookSource("Правилник", "Гласник 5/26", "2026-05-01"),
)


def changed(old: UnitFile, new: UnitFile, *changes: Change, unpaired: tuple[str, ...] = (), **wishes: Any) -> Chart:
    """The chart of these changes alone; one id is one unit but for those unpaired."""
    kept = {unit.id for unit in new.units}
    pairs = {unit.id: unit.id for unit in old.units if unit.id in kept and unit.id not in unpaired}
    return build_change_chart(Changes(old, new, pairs, changes), **wishes)


def box_of(chart: Chart, unit: str) -> UnitMark:
    return next(mark for mark in chart.drawing.units if mark.unit == unit)


def lines_of(chart: Chart, unit: str) -> list[str]:
    return [words.text for words in box_of(chart, unit).words]


def signs_of(chart: Chart, unit: str) -> list[str]:
    return [sign.name for sign in chart.drawing.marks[unit].signs] if unit in chart.drawing.marks else []


def spoken(chart: Chart, unit: str) -> str:
    svg = read_svg(render(chart, "svg"))
    found = next(group for group in svg.iter(f"{SVG}g") if group.get("data-unit") == unit)
    return name_of(found.findtext(f"{SVG}title") or "", found.attrib["data-level"], svg.attrib["lang"])


def order(chart: Chart) -> list[str]:
    return [mark.unit for mark in chart.drawing.units]


def sourced(**wishes: Any) -> Chart:
    old, new = (replace(TWO, title="Наслов", source=source) for source in SOURCES)
    return build_change_chart(by_ids(old, replace(new, units=TWO_AFTER.units)), **wishes)


def notes_of(chart: Chart) -> list[str]:
    return [words.text for words in chart.drawing.notes]
