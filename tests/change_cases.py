"""Two lists of units, in; the Changes between them by hand or by their ids, out; and the charts that are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from orgchart.changes.model import Change, Changes
from orgchart.units import RulebookSource, Unit, UnitFile, load_units

SEED = Path(__file__).parent.parent / "data" / "units.json"


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


def six_amendments() -> Changes:
    """The seed before and after: a new department, an abolished group, a renamed section, a group moved, a split, and
    functions handed over."""
    seed = load_units(SEED)
    assert seed.source is not None
    title = seed.source.title
    old = replace(seed, name="old.json", source=RulebookSource(title, "Службени гласник РС 24/11", "2011-04-01"))
    sector = "sektor-za-multilateralnu-saradnju"
    un = "odeljenje-za-ujedinjene-nacije"
    osce = "odeljenje-za-organizaciju-za-evropsku-bezbednost-i-saradnju-i-savet-evrope"
    mission = "grupa-za-saradnju-s-misijom-un-na-kosovu-i-metohiji-i-drugim-misijama-un-u-regionu"
    unesco = "grupa-za-unesko-socijalna-humanitarna-i-ekonomska-pitanja"
    economy = "odsek-za-ekonomsku-multilateralu"
    rights = "odsek-za-ljudska-prava-i-zastitu-zivotne-sredine"
    units: list[Unit] = []
    for unit in old.units:
        if unit.id == unesco:
            continue
        if unit.id == economy:
            unit = replace(unit, name="Одсек за економску и развојну мултилатералу")
        if unit.id == mission:
            unit = replace(unit, parent=osce)
        if unit.id == un:
            unit = replace(unit, functions=unit.functions[2:])
        if unit.id == rights:
            units.append(Unit("odsek-za-ljudska-prava", "section", "Одсек за људска права", sector))
            units.append(Unit("odsek-za-zivotnu-sredinu", "section", "Одсек за заштиту животне средине", sector))
            continue
        units.append(unit)
        if unit.id == osce:
            name = "Одељење за међународне невладине организације"
            units.append(
                Unit("odeljenje-za-organizacije", "department", name, sector, functions=old.units[1].functions[:2])
            )
    new = replace(
        old,
        name="new.json",
        units=tuple(units),
        source=RulebookSource(title, "Службени гласник РС 31/26", "2026-05-01"),
    )
    names = {unit.id: unit.name for unit in (*old.units, *new.units)}
    parts = ("odsek-za-ljudska-prava", "odsek-za-zivotnu-sredinu")
    return Changes(
        old,
        new,
        {unit.id: unit.id for unit in old.units if unit.id not in (unesco, rights)},
        (
            Change("function handed over", (un,), ("odeljenje-za-organizacije",), old.units[1].functions[0]),
            Change("function handed over", (un,), ("odeljenje-za-organizacije",), old.units[1].functions[1]),
            Change("abolished", (unesco,), (), names[unesco], ""),
            Change("moved", (mission,), (mission,), names[un], names[osce]),
            Change("added", (), ("odeljenje-za-organizacije",), "", names["odeljenje-za-organizacije"]),
            Change("renamed", (economy,), (economy,), names[economy], "Одсек за економску и развојну мултилатералу"),
            Change("split", (rights,), parts, names[rights], "; ".join(names[part] for part in parts)),
        ),
    )
