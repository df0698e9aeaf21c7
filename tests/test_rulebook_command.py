"""orgchart read, the review, the merge and the lint, as the user meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from orgchart.rulebook import Reading, read_text
from orgchart.rulebook.lint import warnings
from orgchart.rulebook.merge import merge
from orgchart.rulebook.review import write_review
from orgchart.units import Unit, UnitFile, load_units, parse_units
from tests.conftest import ROOT, Run

TEXT = "У Сектору за рад образују се:\n1) Одељење за план;\n2) Одсек за мир.\n"


def units_of(text: str) -> UnitFile:
    reading = read_text(text)
    assert reading.units is not None
    return reading.units


def test_a_rulebook_becomes_a_units_file_that_can_be_drawn(here: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "rulebook.txt").write_text(TEXT, encoding="utf-8")
    assert here("read", "rulebook.txt", "-o", "units.json", "--review", "review.html").code == 0
    assert [unit.id for unit in load_units(tmp_path / "units.json").units] == [
        "sektor-za-rad",
        "odeljenje-za-plan",
        "odsek-za-mir",
    ]
    assert here("render", "units.json", "-f", "svg").code == 0
    assert (tmp_path / "review.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_exit_code_is_1_where_the_text_breaks_its_promise_and_2_where_it_cannot_be_read(
    here: Callable[..., Run], tmp_path: Path
) -> None:
    (tmp_path / "cut.txt").write_text("У Сектору за рад образују се следеће јединице:\n", encoding="utf-8")
    (tmp_path / "none.txt").write_text("Данас је леп дан.\n", encoding="utf-8")
    assert here("read", "cut.txt", "-o", "units.json").code == 1
    nothing = here("read", "none.txt", "-o", "nothing.json")
    assert (nothing.code, nothing.out) == (1, b"")
    assert not (tmp_path / "nothing.json").exists()
    missing = here("read", "missing.txt")
    assert missing.code == 2
    assert "missing.txt: there is no such file" in missing.err
    assert here("read", "cut.txt", "--review", "review.doc").code == 2


def test_the_seed_read_into_its_reviewed_file_changes_nothing(here: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "rulebooks").mkdir()
    for name in ("units.json", "rulebooks/multilateral-sector.txt"):
        (tmp_path / name).write_bytes((ROOT / "data" / name).read_bytes())
    assert here("read", "rulebooks/multilateral-sector.txt", "--into", "units.json").code == 0
    assert (tmp_path / "units.json").read_bytes() == (ROOT / "data" / "units.json").read_bytes()


def test_a_merge_keeps_what_was_made_by_hand_and_says_what_changed() -> None:
    old = units_of(TEXT)
    reviewed = replace(old, units=tuple(
        replace(
            unit, id=f"u{n}", parent=unit.parent and "u0", names={"en": f"Unit {n}"}, placement="staff" if n else "line"
        )
        for n, unit in enumerate(old.units)
    ))  # fmt: skip
    new = units_of("У Сектору за рад образују се:\n1) Одељење за планове;\n2) Група за ред.\n")
    merged, changes = merge(reviewed, new)
    assert [(change.kind, change.unit) for change in changes] == [
        ("renamed", "u1"), ("added", "grupa-za-red"), ("gone", "u2"),
    ]  # fmt: skip
    found = {unit.id: unit for unit in merged.units}
    assert (found["u1"].name, found["u1"].names, found["u1"].placement) == (
        "Одељење за планове",
        {"en": "Unit 1"},
        "staff",
    )
    assert found["u1"].extra == {"review": "renamed from Одељење за план"}
    assert found["u2"].extra == {"review": "gone"}
    assert found["grupa-za-red"].parent == "u0"


def test_the_same_text_merged_again_changes_nothing() -> None:
    new = units_of("У Сектору за рад образују се:\n1) Одељење за планове;\n2) Група за ред.\n")
    once, _ = merge(units_of(TEXT), new)
    twice, changes = merge(once, new)
    assert twice == once
    assert [change.kind for change in changes] == ["gone"]


def reading_of(text: str) -> Reading:
    return read_text(text)


def test_the_review_page_shows_hostile_text_as_text() -> None:
    reading = reading_of(
        "У Сектору за <script>alert(1)</script> образују се:\n1) Одсек за </script><img src=x onerror=y>;\n"
    )
    page = write_review(reading, "html").decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_the_review_says_the_same_to_people_and_tools() -> None:
    reading = reading_of("У Сектору за рад образују се:\n1) Одсек за план;\n2) Комунална милиција;\n")
    model = json.loads(write_review(reading, "json"))
    assert [unit["sentence"] for unit in model["units"]] == [
        "У Сектору за рад образују се:",
        "Одсек за план;",
        "Комунална милиција;",
    ]
    assert [(question["unit"], question["inside"]) for question in model["questions"]] == [("komunalna-milicija", [])]
    assert "## Questions" in write_review(reading, "md").decode()


def test_a_question_names_the_units_that_rest_on_it() -> None:
    reading = reading_of("Сектор чине:\n1) Одсек за план;\n2) Одсек за рад.\n")
    asked = json.loads(write_review(reading, "json"))["questions"][0]
    assert (asked["unit"], asked["inside"]) == ("sektor", ["odsek-za-plan", "odsek-za-rad"])
    assert "Inside it: odsek-za-plan, odsek-za-rad" in write_review(reading, "md").decode()


def test_the_lint_warns_with_its_source_and_never_fails(here: Callable[..., Run], tmp_path: Path) -> None:
    units = (
        Unit("a", "section", "Одсек за А", functions=("рад на плану",)),
        Unit("b", "department", "Одељење за Б", parent="a"),
        Unit("c", "group", "Група за Ц", parent="b", functions=("чување архиве", "друге послове из делокруга Групе")),
        Unit("d", "group", "Група за Ц", parent="b", functions=("чување архиве", "друге послове из делокруга Групе")),
        Unit("e", "group", "Група за Е", parent="d"),
    )
    said = [str(warning) for warning in warnings(UnitFile(units=units))]
    assert [text.split(":")[0] for text in said] == [
        'unit "a"',
        'unit "a"',
        'unit "b"',
        'unit "d"',
        'unit "d"',
        'unit "e"',
    ]
    assert "which is the smallest unit (Uredba o načelima" in said[-1]
    (tmp_path / "units.json").write_bytes((ROOT / "data" / "units.json").read_bytes())
    assert here("check", "units.json", "--rules").code == 0
    assert parse_units((tmp_path / "units.json").read_bytes(), "x").warnings == ()
