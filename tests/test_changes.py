"""What changed between two units files: each kind alone on the smallest tree, and random amendments."""

from __future__ import annotations

from dataclasses import replace

import pytest

import orgchart
from orgchart.changes import Change, Changes, compare
from orgchart.hierarchy import best_pairs
from orgchart.script import to_cyrillic, to_latin
from orgchart.units import Unit, UnitFile
from tests.amendments import Ids, amend, files, judge
from tests.conftest import ROOT

SEED = orgchart.load_units(ROOT / "data" / "units.json")
TOP = Unit("top", "sector", "Сектор за рад")
PLAN = Unit(
    "plan", "department", "Одељење за план", "top", functions=("израду плана", "праћење плана", "друге послове")
)
PEACE = Unit("peace", "section", "Одсек за мир", "top", functions=("чување мира", "посредовање у спору"))
CLERKS = Unit("clerks", "group", "Група за писарницу", "top")
BODY = (TOP, PLAN, PEACE, CLERKS)


def file_of(*units: Unit) -> UnitFile:
    return UnitFile(units=units)


def told(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str, str]]:
    changes = compare(file_of(*old), file_of(*new))
    assert changes.doubts == ()
    return [(each.kind, each.old, each.new, each.before, each.after) for each in changes.changes]


def with_unit(changed: Unit) -> tuple[Unit, ...]:
    return tuple(changed if unit.id == changed.id else unit for unit in BODY)


def fresh(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The same units under ids that the old file does not have."""
    return tuple(
        replace(unit, id=f"new-{unit.id}", parent=None if unit.parent is None else f"new-{unit.parent}")
        for unit in units
    )


def test_a_file_and_itself_are_the_same() -> None:
    changes = orgchart.compare(SEED, SEED)
    assert (changes.changes, changes.doubts) == ((), ())
    assert dict(changes.pairs) == {unit.id: unit.id for unit in SEED.units}


@pytest.mark.parametrize("write", [to_latin, lambda text: to_cyrillic(to_latin(text))], ids=["latin", "cyrillic"])
def test_another_script_is_no_change(write) -> None:
    units = tuple(
        replace(unit, name=write(unit.name), functions=tuple(map(write, unit.functions))) for unit in fresh(SEED.units)
    )
    changes = compare(SEED, file_of(*units))
    assert (changes.changes, changes.doubts, len(changes.pairs)) == ((), (), 9)


def test_spaces_quotation_marks_dashes_and_a_capital_are_no_change() -> None:
    old = (replace(TOP, name="Сектор „Рад“ – опште"), replace(CLERKS, functions=("вођење  књига",)))
    new = (replace(TOP, name='сектор "рад" - опште'), replace(CLERKS, functions=("Вођење књига;",)))
    assert told(old, new) == []


def test_a_new_unit_is_added() -> None:
    new = Unit("new", "group", "Група за набавке", "plan", functions=("спровођење набавки",))
    assert told(BODY, (*BODY, new)) == [("added", (), ("new",), "", "Група за набавке")]


def test_a_unit_that_is_gone_is_abolished_at_the_place_it_had() -> None:
    kept = (TOP, PLAN, replace(CLERKS, staff=2))
    assert told(BODY, kept) == [
        ("abolished", ("peace",), (), "Одсек за мир", ""),
        ("staff", ("clerks",), ("clerks",), "", "2"),
    ]


def test_another_name_is_a_renaming_by_id_whatever_the_name() -> None:
    new = with_unit(replace(CLERKS, name="Група за пријем странака"))
    assert told(BODY, new) == [
        ("renamed", ("clerks",), ("clerks",), "Група за писарницу", "Група за пријем странака"),
    ]


def test_without_ids_a_unit_of_the_same_functions_is_renamed() -> None:
    changes = compare(file_of(*BODY), file_of(*fresh(with_unit(replace(PEACE, name="Одсек за споразуме")))))
    assert changes.changes == (
        Change("renamed", ("peace",), ("new-peace",), "Одсек за мир", "Одсек за споразуме", 0.93),
    )
    assert changes.doubts == ()


def test_another_parent_is_a_move() -> None:
    new = with_unit(replace(CLERKS, parent="peace"))
    expected = [("moved", ("clerks",), ("clerks",), "Сектор за рад", "Одсек за мир")]
    assert told(BODY, new) == expected
    assert [each[0] for each in told(BODY, fresh(new))] == ["moved"]


def test_another_kind_takes_the_first_word_of_the_name_with_it_and_is_one_change() -> None:
    new = with_unit(replace(PEACE, level="department", name="Одељење за мир"))
    assert told(BODY, new) == [("level", ("peace",), ("peace",), "section", "department")]
    assert [each[0] for each in told(BODY, fresh(new))] == ["level"]


@pytest.mark.parametrize(
    ("changed", "kind", "before", "after"),
    [
        (replace(PLAN, staff=7), "staff", "", "7"),
        (replace(PLAN, placement="staff"), "placement", "line", "staff"),
    ],
)
def test_head_count_and_placement(changed: Unit, kind: str, before: str, after: str) -> None:
    assert told(BODY, with_unit(changed)) == [(kind, ("plan",), ("plan",), before, after)]


def test_one_sibling_that_moved_is_one_change_of_order_not_ten() -> None:
    units = [Unit(f"u{number}", "group", f"Група {number}", "top") for number in range(10)]
    moved = [*units[1:7], units[0], *units[7:]]
    assert told((TOP, *units), (TOP, *moved)) == [("order", ("u0",), ("u0",), "", "Група 6")]


def test_functions_gained_lost_and_reworded() -> None:
    functions = ("израду плана рада", "вођење архиве", "друге послове")
    assert told(BODY, with_unit(replace(PLAN, functions=functions))) == [
        ("function gained", ("plan",), ("plan",), "", "вођење архиве"),
        ("function lost", ("plan",), ("plan",), "праћење плана", ""),
        ("function reworded", ("plan",), ("plan",), "израду плана", "израду плана рада"),
    ]


def test_a_function_of_another_unit_is_handed_over() -> None:
    new = (
        TOP,
        replace(PLAN, functions=("израду плана", "друге послове")),
        replace(PEACE, functions=("чување мира", "посредовање у спору", "праћење плана")),
        CLERKS,
    )
    expected = [("function handed over", ("plan",), ("peace",), "праћење плана", "праћење плана")]
    assert told(BODY, new) == expected
    assert [each[0] for each in told(BODY, fresh(new))] == ["function handed over"]


def test_a_function_alike_by_letters_alone_is_not_handed_over() -> None:
    old = (TOP, replace(PLAN, functions=("сарадњу са организацијама у пословима музеја", "израду плана")), PEACE)
    other = replace(PEACE, functions=(*PEACE.functions, "сарадњу са организацијама у пословима пијаца"))
    new = (TOP, replace(PLAN, functions=("израду плана",)), other)
    assert [each[0] for each in told(old, new)] == ["function lost", "function gained"]


WIDE = Unit(
    "wide", "section", "Одсек за воде и шуме", "top",
    functions=("надзор над бродовима", "уређење обала", "сечу шума", "гајење садница", "друге послове"),
)  # fmt: skip
WATER = Unit("water", "section", "Одсек за реке", "top", functions=("надзор над бродовима", "уређење обала"))
WOOD = Unit("wood", "section", "Одсек за лов", "top", functions=("сечу шума", "гајење садница"))


def test_a_unit_whose_functions_are_in_two_new_ones_is_split() -> None:
    assert told((TOP, WIDE), (TOP, WATER, WOOD)) == [
        ("split", ("wide",), ("water", "wood"), "Одсек за воде и шуме", "Одсек за реке; Одсек за лов"),
    ]


def test_a_split_unit_may_keep_its_identity() -> None:
    kept = replace(WIDE, functions=("надзор над бродовима", "уређење обала", "друге послове"))
    changes = compare(file_of(TOP, WIDE), file_of(TOP, kept, WOOD))
    assert [(each.kind, each.old, each.new) for each in changes.changes] == [("split", ("wide",), ("wide", "wood"))]
    assert changes.pairs["wide"] == "wide"


def test_two_units_whose_functions_are_in_one_are_merged() -> None:
    assert told((TOP, WATER, WOOD), (TOP, WIDE)) == [
        ("merged", ("water", "wood"), ("wide",), "Одсек за реке; Одсек за лов", "Одсек за воде и шуме"),
    ]


def test_without_functions_a_split_is_told_by_the_parts_of_the_name() -> None:
    old = (TOP, Unit("both", "section", "Одсек за буџет и рачуноводство", "top"))
    new = (
        TOP,
        Unit("budget", "section", "Одсек за буџет", "top"),
        Unit("accounts", "section", "Одсек за рачуноводство", "top"),
    )
    assert [(each[0], each[1], each[2]) for each in told(old, new)] == [("split", ("both",), ("budget", "accounts"))]


def test_work_that_falls_to_the_unit_above_is_handed_over_and_no_merger() -> None:
    group = Unit("group", "group", "Група за план", "plan", functions=("анкетирање установа", "друге послове"))
    new = with_unit(replace(PLAN, functions=(*PLAN.functions, "анкетирање установа")))
    assert [(each[0], each[1], each[2]) for each in told((*BODY, group), new)] == [
        ("abolished", ("group",), ()),
        ("function handed over", ("group",), ("plan",)),
    ]


def test_one_id_on_two_wholly_unlike_units_is_a_question() -> None:
    old = (TOP, PLAN, Unit("x", "group", "Група за пчеле", "plan", functions=("гајење пчела",)))
    new = (TOP, PLAN, PEACE, Unit("x", "section", "Одсек за струју", "peace", functions=("мерење напона",)))
    changes = compare(file_of(*old), file_of(*new))
    assert [(each.old, each.new, each.reason) for each in changes.doubts] == [(("x",), ("x",), "id")]
    assert changes.doubts[0].taken == "“Група за пчеле” was abolished and “Одсек за струју” is new"
    assert [each.kind for each in changes.changes if not changes.sure(each)] == ["abolished", "added"]


def test_a_likeness_that_is_not_enough_is_a_question() -> None:
    old = (TOP, Unit("a", "group", "Група за пријем и заштиту странаца", "top"))
    new = (TOP, Unit("b", "group", "Група за заштиту сведока и странаца", "top"))
    changes = compare(file_of(*old), file_of(*new))
    assert [(each.old, each.new, each.reason) for each in changes.doubts] == [(("a",), ("b",), "likeness")]
    assert not any(map(changes.sure, changes.changes))


def test_a_namesake_in_the_old_place_outranks_an_id_made_from_the_name() -> None:
    first = Unit("opsti", "group", "Група за опште послове", "plan")
    second = Unit("opsti-peace", "group", "Група за опште послове", "peace")
    assert told((TOP, PLAN, first, PEACE, second), (TOP, PLAN, PEACE, replace(second, id="opsti"))) == [
        ("abolished", ("opsti",), (), "Група за опште послове", ""),
    ]


def test_of_equal_namesakes_one_that_is_gone_is_a_question_and_the_others_are_in_order() -> None:
    desks = [Unit(f"d{number}", "group", "Шалтер", "top") for number in range(40)]
    changes = compare(file_of(TOP, *desks), file_of(*fresh((TOP, *desks[:39]))))
    assert [(each.kind, each.old) for each in changes.changes] == [("abolished", ("d39",))]
    assert [(each.old, each.new) for each in changes.doubts] == [(("d38", "d39"), ("new-d38",))]


def test_the_best_pairs_are_best_together_and_not_one_by_one() -> None:
    assert best_pairs([(0, 0, 9), (0, 1, 8), (1, 0, 8), (2, 2, 1)]) == [(0, 1), (1, 0), (2, 2)]
    tangled = [(left, right, 1000 + (left * 31 + right * 17) % 97) for left in range(120) for right in range(30)]
    assert len(best_pairs(tangled)) >= 25


def test_the_same_files_give_the_same_changes() -> None:
    old, new, _, _ = files(amend(3), "names")
    assert compare(old, new) == compare(old, new)


WAYS: list[tuple[Ids, bool]] = [("kept", False), ("names", False), ("names", True)]


@pytest.mark.parametrize(("ids", "latin"), WAYS, ids=["kept", "from names", "other script"])
@pytest.mark.parametrize("seed", range(20))
def test_random_amendments_are_told_exactly(seed: int, ids: Ids, latin: bool) -> None:
    amended = amend(seed)
    old, new, old_keys, new_keys = files(amended, ids, latin)
    verdict = judge(amended, compare(old, new), old_keys, new_keys, latin)
    assert (verdict.missed, verdict.invented) == ((), ())
    assert verdict.asked <= 1


def test_ten_thousand_units_with_one_change_and_two_thousand_unlike_ones_take_seconds() -> None:
    from time import process_time

    many = tuple(
        Unit(f"u{n}", "group", f"Група {n}", None if n == 0 else f"u{(n - 1) // 9}", functions=(f"посао {n}",))
        for n in range(10_000)
    )
    start = process_time()
    assert len(compare(file_of(*many), file_of(*many[:-1], replace(many[-1], name="Служба"))).changes) == 1
    unlike = tuple(replace(u, id=f"v{u.id}", parent=u.parent and f"v{u.parent}", name=f"Биро {u.name}", functions=())
                   for u in many[:2000])  # fmt: skip
    found: Changes = compare(file_of(*many[:2000]), file_of(*unlike))
    assert found.changes
    assert process_time() - start < 20
