"""The benchmark of legibility: its figures on charts small enough to work out by hand, and ministries that stay."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from orgchart.units import Unit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from legibility_figures import (  # noqa: E402
    Sheet,
    best_sheet,
    poster_sheets,
    scale_on,
    share_covered,
    sheets,
    text_on,
    unlike,
    way_of,
)
from legibility_tables import Figures, Measured, full, summary  # noqa: E402
from ministries import SHAPES, as_bytes, ministry  # noqa: E402
from peer_layouts.placed import Body, Placed, Rect  # noqa: E402
from report import replaced  # noqa: E402

A4_UPRIGHT, A4_ACROSS = sheets("A4")


def drawing(width: float, height: float, text_pt: float = 10.0) -> Placed:
    return Placed({"unit": Rect(0, 0, width, height)}, {"unit": ("Unit",)}, text_pt, "")


def body(*units: Unit) -> Body:
    return Body("a body", Path("units.json"), units)


def row(count: int, left: float = 0, top: float = 0) -> list[Rect]:
    return [Rect(left + 30 * number, top, 20, 10) for number in range(count)]


def column(count: int, left: float = 0, top: float = 0) -> list[Rect]:
    return [Rect(left, top + 15 * number, 20, 10) for number in range(count)]


def test_boxes_side_by_side_are_a_row_whatever_their_heights() -> None:
    assert way_of(row(3)) == "row"
    assert way_of([Rect(0, 0, 20, 10), Rect(30, -5, 20, 20)]) == "row"


def test_boxes_below_each_other_are_a_column_whatever_their_widths() -> None:
    assert way_of(column(3)) == "column"
    assert way_of([Rect(0, 0, 20, 10), Rect(5, 15, 40, 10)]) == "column"


def test_two_columns_and_both_sides_of_a_rail_are_columns() -> None:
    assert way_of(column(2) + column(1, left=40)) == "columns"
    assert way_of([Rect(0, 0, 30, 10), Rect(10, 15, 20, 10), Rect(60, 0, 20, 10), Rect(60, 15, 50, 10)]) == "columns"


def test_steps_and_boxes_that_overlap_are_neither() -> None:
    assert way_of([Rect(0, 0, 20, 10), Rect(30, 20, 20, 10), Rect(60, 0, 20, 10)]) == "other"
    assert way_of([Rect(0, 0, 20, 10), Rect(15, 20, 20, 10), Rect(30, 40, 20, 10)]) == "other"


def test_a_set_that_stands_unlike_the_others_of_its_level_counts_once() -> None:
    departments = [Unit(name, "department", name) for name in "abc"]
    groups = [Unit(f"{above}{number}", "group", "Group", above) for above in "abc" for number in (1, 2)]
    boxes = {unit.id: Rect(1000 * number, -50, 20, 10) for number, unit in enumerate(departments)}
    placed = row(2) + row(2, left=1000) + column(2, left=2000)
    boxes |= {unit.id: box for unit, box in zip(groups, placed, strict=True)}
    assert unlike(body(*departments, *groups), boxes) == (1, 3)


def test_single_children_and_staff_units_make_no_set() -> None:
    units = body(
        Unit("m", "ministry", "Ministry"),
        Unit("s", "secretariat", "Secretariat", "m", placement="staff"),
        Unit("c", "cabinet", "Cabinet", "m", placement="staff"),
        Unit("d", "department", "Department", "m"),
    )
    assert unlike(units, {unit.id: Rect(0, 0, 1, 1) for unit in units.units}) == (0, 0)


def test_a_drawing_is_shrunk_into_the_margins_and_never_enlarged() -> None:
    sheet = Sheet(1000 + 2 * 34.015748, 500 + 2 * 34.015748)  # 12 mm are 34.015748 pt
    assert scale_on(sheet, (2000, 500)) == pytest.approx(0.5, abs=1e-6)
    assert scale_on(sheet, (500, 1000)) == pytest.approx(0.5, abs=1e-6)
    assert scale_on(sheet, (10, 10)) == 1


def test_the_better_way_round_is_taken() -> None:
    assert best_sheet("A4", (3000, 1000)) == A4_ACROSS
    assert best_sheet("A4", (1000, 3000)) == A4_UPRIGHT
    # A4 across is 841.89 pt wide, 773.86 between its margins.
    assert text_on("A4", drawing(2 * 773.858, 10)) == pytest.approx(5, abs=1e-4)


def test_a_poster_has_as_many_sheets_as_its_drawing_at_7_pt_covers() -> None:
    assert poster_sheets("A4", drawing(1000, 100)) == 1  # prints at 7.7 pt
    # At 7 pt it is 1400 × 70 pt; a sheet across takes 773.86 × 527.24.
    assert poster_sheets("A4", drawing(2000, 100)) == 2
    assert poster_sheets("A4", drawing(2000, 800)) == 3  # upright: three beside each other are as high as 773.86
    assert poster_sheets("A4", drawing(2000, 1200)) == 4


def test_the_share_covered_is_of_the_whole_sheet() -> None:
    boxes = [Rect(0, 0, 100, 50), Rect(500, 0, 100, 50)]
    assert share_covered(boxes, 1.0, Sheet(200, 100)) == 0.5
    assert share_covered(boxes, 0.5, Sheet(200, 100)) == 0.125


HASHES = {
    "sectors": "fff6018f88939734",
    "flat": "b722975310ce254c",
    "deep": "5c6e62f5d1cb348d",
    "uneven": "4d701a00233de4c2",
    "leaves": "5bd427d403a476a6",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_ministry_stays_the_same_byte_for_byte(shape: str) -> None:
    assert hashlib.sha256(as_bytes(ministry(137, shape))).hexdigest()[:16] == HASHES[shape]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [30, 31, 77, 600])
def test_a_ministry_has_the_size_asked_for_and_every_parent_before_its_units(shape: str, size: int) -> None:
    units = ministry(size, shape, seed=7)["units"]
    assert isinstance(units, list)
    assert len(units) == size
    seen: set[str | None] = {None}
    for unit in units:
        assert unit["parent"] in seen
        assert 1 <= len(unit["name"]) <= 200
        seen.add(unit["id"])
    assert len(seen) == size + 1


def test_the_ministry_of_137_units_has_11_sectors_two_staff_units_and_independent_units() -> None:
    units = ministry(137)["units"]
    assert isinstance(units, list)
    parents = {unit["parent"] for unit in units}
    top = [unit for unit in units if unit["parent"] == units[0]["id"]]
    assert sum(unit["level"] == "sector" for unit in top) == 11
    assert [unit["level"] for unit in top if unit.get("placement") == "staff"] == ["secretariat", "cabinet"]
    assert [unit["level"] for unit in top if unit["level"] != "sector" and unit["id"] not in parents][1:] == [
        "group", "section", "group",
    ]  # fmt: skip


def test_the_tables_mark_the_best_and_say_what_is_missing() -> None:
    measured = Measured(with_atlas=True, missing=("PlantUML: no plantuml on the path",))
    sectors = body(Unit("s", "sector", "Sector"))
    texts = {"A4": 5.0, "A3": 7.25}
    counts = {"A4": 3, "A3": 1}
    measured.add("seed", sectors, "orgchart", Figures(texts, counts, {"A4": 1}, {"A4": 6.9}, 0.3, 1, 9, "rows"))
    measured.add("seed", sectors, "ELK layered", Figures(fault="stopped after 60 s"))
    measured.add("seed", sectors, "dot LR", Figures({"A4": 4.0, "A3": 5.0}, counts, {}, {}, 0.2, 2, 9, "LR"))
    assert summary(measured).splitlines()[-1] == "| A body, 1 units | **7.2** | – | 5.0 | 4 |"
    assert "| A body | 1 | 4 | – | 3 |" in full(measured)
    assert "| A body | 1 | 1 | – | 2 | 9 |" in full(measured)
    assert "Not measured: PlantUML: no plantuml on the path." in full(measured)
    assert "orgchart, a body: a page of the A4 atlas prints at 6.9 pt." in full(measured)
    assert "ELK layered, a body: stopped after 60 s." in full(measured)


@pytest.mark.parametrize(
    ("document", "name"),
    [("README.md", "legibility"), ("docs/legibility.md", "legibility"), ("docs/benchmarks.md", "layout-speed")],
)
def test_the_tables_have_their_place_in_the_documents(document: str, name: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert "TABLE" in replaced(text, "TABLE", (f"<!-- {name} -->", f"<!-- /{name} -->"))
