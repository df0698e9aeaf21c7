"""Reading into a reviewed file: what a person corrected stays, what the text changed is shown and marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orgchart.rulebook import read_text
from orgchart.rulebook.merge import Change, merge
from orgchart.units import Unit, UnitFile, dump_units, load_units, parse_units
from tests.conftest import Run

TEXT = (
    "У Сектору за рад образују се:\n1) Одељење за план;\n2) Одсек за мир.\n\n"
    "Одељење за план обавља послове који се односе на:\n- израду планова;\n- друге послове.\n"
)


def units_of(text: str) -> UnitFile:
    reading = read_text(text)
    assert reading.units is not None
    return reading.units


def by_hand(unit_file: UnitFile, identity: str, **values: Any) -> UnitFile:
    return replace(
        unit_file,
        units=tuple(replace(unit, **values) if unit.id == identity else unit for unit in unit_file.units),
    )


def told(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.kind, change.unit) for change in changes]


def unit_of(unit_file: UnitFile, identity: str) -> Unit:
    return next(unit for unit in unit_file.units if unit.id == identity)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"name": "Одељење за планирање"}, 1),
        ({"name": "Канцеларија за нешто сасвим друго"}, 1),
        ({"level": "office"}, 1),
        ({"parent": "odsek-za-mir"}, 1),
        ({"functions": ("израду планова и програма",)}, 1),
        ({"functions": ()}, 1),
        ({"number": "IV", "abbreviation": "ОП", "staff": 3}, 1),
        ({"placement": "staff", "names": {"en": "Department of Planning"}, "extra": {"note": "x"}}, 0),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else str(value),
)
def test_the_same_text_changes_nothing_that_was_corrected_by_hand(values: dict[str, Any], kept: int) -> None:
    corrected = by_hand(units_of(TEXT), "odeljenje-za-plan", **values)
    merged, changes = merge(corrected, units_of(TEXT))
    assert dump_units(merged) == dump_units(corrected)
    assert set(told(changes)) == {("kept", "odeljenje-za-plan")} if kept else not changes


def test_a_correction_outlives_a_text_that_changed_elsewhere() -> None:
    corrected = by_hand(units_of(TEXT), "odeljenje-za-plan", functions=("израду планова и програма",))
    merged, changes = merge(corrected, units_of("\n\n" + TEXT.replace("Одсек за мир", "Одсек за мирне послове")))
    plan = unit_of(merged, "odeljenje-za-plan")
    assert (plan.functions, plan.extra, plan.source and plan.source.line) == (("израду планова и програма",), {}, 4)
    assert told(changes) == [("kept", "odeljenje-za-plan"), ("renamed", "odsek-za-mir")]


def test_a_text_that_changed_what_was_corrected_is_marked_and_the_correction_stays_until_a_person_decides() -> None:
    corrected = by_hand(units_of(TEXT), "odeljenje-za-plan", functions=("израду планова и програма",))
    changed = units_of(TEXT.replace("израду планова", "израду стратегија"))
    once, changes = merge(corrected, changed)
    plan = unit_of(once, "odeljenje-za-plan")
    assert plan.functions == ("израду планова и програма",)
    assert plan.extra == {
        "review": "corrected by hand, and the text changed: its functions differ from the text's, which are: "
        "“израду стратегија”; “друге послове”"
    }
    assert told(changes) == [("kept", "odeljenje-za-plan")]
    again, _ = merge(once, changed)
    assert dump_units(again) == dump_units(once)


def test_functions_that_nobody_corrected_follow_the_text_and_the_mark_says_which() -> None:
    merged, changes = merge(units_of(TEXT), units_of(TEXT.replace("израду планова", "израду стратегија")))
    plan = unit_of(merged, "odeljenje-za-plan")
    assert plan.functions == ("израду стратегија", "друге послове")
    assert plan.extra == {"review": "functions changed; out: “израду планова”; new: “израду стратегија”"}
    assert told(changes) == [("changed", "odeljenje-za-plan")]


def test_a_unit_that_was_added_by_hand_is_not_called_gone_and_one_taken_out_does_not_come_back() -> None:
    proposed = units_of(TEXT)
    own = Unit("own", "group", "Група за ред", parent="sektor-za-rad")
    corrected = replace(proposed, units=(*proposed.units[:2], own))
    merged, changes = merge(corrected, units_of(TEXT))
    assert dump_units(merged) == dump_units(corrected)
    assert told(changes) == [("kept", "odsek-za-mir"), ("kept", "own")]


def test_the_units_of_one_that_was_taken_out_stand_where_a_person_put_them() -> None:
    text = TEXT + "\nУ Одсеку за мир образује се Група за ред.\n"
    proposed = units_of(text)
    corrected = by_hand(
        replace(proposed, units=tuple(unit for unit in proposed.units if unit.id != "odsek-za-mir")),
        "grupa-za-red", parent="sektor-za-rad",
    )  # fmt: skip
    merged, changes = merge(corrected, units_of(text))
    assert dump_units(merged) == dump_units(corrected)
    assert told(changes) == [("kept", "odsek-za-mir")]


def test_an_id_that_was_changed_by_hand_stays() -> None:
    corrected = by_hand(units_of(TEXT), "odsek-za-mir", id="peace")
    merged, changes = merge(corrected, units_of(TEXT))
    assert [unit.id for unit in merged.units] == ["sektor-za-rad", "odeljenje-za-plan", "peace"]
    assert changes == ()
    again, _ = merge(merged, units_of(TEXT))
    assert dump_units(again) == dump_units(merged)


def test_a_file_of_before_without_prints_keeps_all_that_differs_while_the_text_is_the_same(
    here: Callable[..., Run], tmp_path: Path
) -> None:
    (tmp_path / "rulebook.txt").write_text(TEXT, encoding="utf-8")
    assert here("read", "rulebook.txt", "-o", "units.json").code == 0
    proposed = load_units(tmp_path / "units.json")
    corrected = by_hand(
        replace(proposed, extra={}), "odeljenje-za-plan", name="Одељење за планирање", functions=("планове",)
    )
    (tmp_path / "units.json").write_bytes(dump_units(corrected))
    run = here("read", "rulebook.txt", "--into", "units.json")
    assert (run.code, (tmp_path / "units.json").read_bytes()) == (0, dump_units(corrected))
    assert "kept: Одељење за планирање: name “Одељење за планирање” by hand, “Одељење за план” in the text" in run.err


def test_what_holds_no_prints_is_read_as_if_it_had_none() -> None:
    for broken in (3, {"odsek-za-mir": 4}, {"odsek-za-mir": "a b"}):
        old = parse_units(dump_units(replace(units_of(TEXT), extra={"read": broken})), "x")
        assert told(merge(old, units_of(TEXT))[1]) == []
