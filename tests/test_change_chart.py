"""The chart of changes: each mark on the smallest tree, what stands where, old and new side by side, all formats."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.changes.chart import build_change_chart
from orgchart.changes.model import Change, Changes
from orgchart.changes.union import align, unite
from orgchart.chart import Chart
from orgchart.commands.chart_files import write_chart_files
from orgchart.commands.diff_chart import change_chart_options, draw_change_chart
from orgchart.documents.pictures import read_chart_svg
from orgchart.drawing import UnitMark
from orgchart.errors import OrgChartError
from orgchart.formats import render, render_files
from orgchart.layout.overlaps import first_overlap
from orgchart.spoken import name_of
from orgchart.units import Relation, RulebookSource, UnitFile
from tests.change_cases import by_ids, six_amendments, units
from tests.charts import SVG, pdf_text, read_svg
from tests.conftest import Run
from tests.strategies import unit_files

TOP = "top: sector Сектор"
A = "a < top: department Одељење А"
B = "b < top: department Одељење Б"
C = "c < top: department Одељење В"
GROUP = "g < a: group Група"


def changed(old: UnitFile, new: UnitFile, *changes: Change, unpaired: tuple[str, ...] = (), **wishes: Any) -> Chart:
    """The chart of these changes alone; one id is one unit but for those unpaired."""
    kept = {unit.id for unit in new.units}
    pairs = {unit.id: unit.id for unit in old.units if unit.id in kept and unit.id not in unpaired}
    return build_change_chart(Changes(old, new, pairs, changes), **wishes)


def box_of(chart: Chart, unit: str) -> UnitMark:
    return next(mark for mark in chart.drawing.units if mark.unit == unit)


def lines_of(chart: Chart, unit: str) -> list[str]:
    return [words.text for words in box_of(chart, unit).words]


def struck_of(chart: Chart, unit: str) -> list[str]:
    marks = chart.drawing.marks.get(unit)
    return [] if marks is None else lines_of(chart, unit)[: marks.struck]


def signs_of(chart: Chart, unit: str) -> list[str]:
    return [sign.name for sign in chart.drawing.marks[unit].signs] if unit in chart.drawing.marks else []


def border_of(chart: Chart, unit: str) -> tuple[str, str, float]:
    box = box_of(chart, unit).box
    return box.border, box.border_line, box.border_width


def spoken(chart: Chart, unit: str) -> str:
    svg = read_svg(render(chart, "svg"))
    found = next(group for group in svg.iter(f"{SVG}g") if group.get("data-unit") == unit)
    return name_of(found.findtext(f"{SVG}title") or "", found.attrib["data-level"], svg.attrib["lang"])


def order(chart: Chart) -> list[str]:
    return [mark.unit for mark in chart.drawing.units]


def legend_of(chart: Chart) -> list[str]:
    return [entry.words.text for entry in chart.drawing.legend]


# Each mark once


def test_a_new_unit_has_a_plus_a_thick_border_and_the_word_new() -> None:
    chart = changed(units(TOP, A), units(TOP, A, B), Change("added", (), ("b",)))
    assert signs_of(chart, "b") == ["added"]
    assert border_of(chart, "b") == ("#1b6b3c", "solid", 2.25)
    assert struck_of(chart, "b") == []
    assert spoken(chart, "b") == "Одељење Б (ново)"


def test_an_abolished_unit_is_struck_out_and_dashed_with_a_minus_and_nothing_behind_its_name() -> None:
    chart = changed(units(TOP, A, B), units(TOP, A), Change("abolished", ("b",), ()))
    assert signs_of(chart, "b") == ["abolished"]
    assert border_of(chart, "b") == ("#5b6472", "dashed", 1.0)
    assert struck_of(chart, "b") == ["Одељење Б"]
    assert box_of(chart, "b").box.fill == "#ffffff"
    assert box_of(chart, "b").words[0].colour == "#5b6472"
    assert spoken(chart, "b") == "Одељење Б (укинуто)"


MOVED = Change("moved", ("g",), ("g",), "Одељење А", "Одељење Б")
TWO = units(TOP, A, B, GROUP)
TWO_AFTER = units(TOP, A, B, "g < b: group Група")


def test_a_moved_unit_stands_in_its_new_place_and_struck_out_in_the_old_one() -> None:
    chart = changed(TWO, TWO_AFTER, MOVED)
    assert (signs_of(chart, "g"), border_of(chart, "g")) == (["moved"], ("#963a11", "double", 1.0))
    assert (signs_of(chart, "g-moved"), border_of(chart, "g-moved")) == (["moved-away"], ("#963a11", "dotted", 1.5))
    assert (struck_of(chart, "g"), struck_of(chart, "g-moved")) == ([], ["Група"])
    assert [(rail.parent, rail.child) for rail in chart.drawing.rails if rail.child.startswith("g")] == [
        ("a", "g-moved"),
        ("b", "g"),
    ]
    assert spoken(chart, "g") == "Група (премештено из: Одељење А)"
    assert spoken(chart, "g-moved") == "Група (раније место; премештено у: Одељење Б)"


def test_a_dashed_line_leads_from_the_old_place_to_the_new_one() -> None:
    (line,) = changed(TWO, TWO_AFTER, MOVED).drawing.relations
    assert (line.source, line.target, line.arrow.line) == ("g-moved", "g", "dashed")
    assert line.words is not None
    assert line.words.text == "премештено"


def test_where_the_line_would_cross_half_the_page_each_box_names_the_other_place_instead() -> None:
    many = [f"d{number} < top: department Одељење {number}" for number in range(8)]
    old = units(TOP, *many, "g < d0: group Група")
    new = units(TOP, *many, "g < d7: group Група")
    chart = changed(old, new, MOVED, arrange="row", page="A4", orientation="landscape")
    assert chart.drawing.relations == ()
    assert lines_of(chart, "g-moved") == ["Група", "→\u00a0Одељење 7"]
    assert struck_of(chart, "g-moved") == ["Група"]
    assert lines_of(chart, "g") == ["Група", "←\u00a0Одељење 0"]


def test_of_a_place_with_a_long_name_the_abbreviation_is_given() -> None:
    long = "Одељење за Организацију за европску безбедност и сарадњу"
    old = units(TOP, A, f"b < top: department {long}", GROUP)
    old = replace(old, units=tuple(replace(u, abbreviation="ОЕБС") if u.id == "b" else u for u in old.units))
    new = replace(old, units=tuple(replace(u, parent="b") if u.id == "g" else u for u in old.units))
    chart = changed(old, new, MOVED, side_by_side=True)
    assert lines_of(chart, "g-old") == ["Група", "→\u00a0Одељење ОЕБС"]


def test_a_unit_that_moved_to_the_top_says_so() -> None:
    old, new = units(TOP, A), units(TOP, "a: department Одељење А")
    chart = changed(old, new, Change("moved", ("a",), ("a",)))
    assert spoken(chart, "a-moved") == "Одељење А (премештено на врх)"
    assert spoken(chart, "a") == "Одељење А (премештено из: Сектор)"


def test_a_renamed_unit_has_its_old_name_struck_out_above_the_new_one_and_not_bold() -> None:
    new = units(TOP, "a < top: department Одељење за послове")
    chart = changed(units(TOP, A), new, Change("renamed", ("a",), ("a",), "Одељење А", "Одељење за послове"))
    assert signs_of(chart, "a") == ["renamed"]
    assert lines_of(chart, "a") == ["Одељење А", "Одељење за послове"]
    assert struck_of(chart, "a") == ["Одељење А"]
    assert [words.bold for words in box_of(chart, "a").words] == [False, True]
    assert border_of(chart, "a") == ("#34527f", "solid", 1.0)
    assert spoken(chart, "a") == "Одељење за послове (ранији назив: Одељење А)"


def test_a_change_of_kind_says_the_kinds_or_strikes_the_old_name_where_that_says_it() -> None:
    same = changed(units(TOP, A), units(TOP, "a < top: section Одељење А"), Change("level", ("a",), ("a",)))
    assert signs_of(same, "a") == ["level"]
    assert lines_of(same, "a") == ["Одељење А", "Одељење →\u00a0Одсек"]
    assert spoken(same, "a") == "Одељење А (промењена врста: Одељење → Одсек)"
    other = changed(units(TOP, A), units(TOP, "a < top: section Одсек А"), Change("level", ("a",), ("a",)))
    assert lines_of(other, "a") == ["Одељење А", "Одсек А"]
    assert struck_of(other, "a") == ["Одељење А"]


def test_a_name_that_differs_without_a_change_is_not_struck_out() -> None:
    chart = changed(units(TOP, A), units(TOP, "a < top: department Odeljenje A"))
    assert (lines_of(chart, "a"), signs_of(chart, "a")) == (["Odeljenje A"], [])


def test_another_number_of_staff_shows_both_in_place_of_the_one() -> None:
    old, new = (replace(units(TOP), units=(replace(units(TOP).units[0], staff=count),)) for count in (12, 9))
    chart = changed(old, new, Change("staff", ("top",), ("top",)))
    assert signs_of(chart, "top") == ["staff"]
    assert lines_of(chart, "top") == ["Сектор", "запослених: 12\u00a0→\u00a09"]
    assert [words.bold for words in box_of(chart, "top").words] == [True, False]


def test_a_number_of_staff_that_one_side_does_not_say_is_a_dash() -> None:
    new = replace(units(TOP), units=(replace(units(TOP).units[0], staff=9),))
    chart = changed(units(TOP), new, Change("staff", ("top",), ("top",)))
    assert lines_of(chart, "top") == ["Сектор", "запослених: –\u00a0→\u00a09"]


def test_functions_gained_and_lost_are_counted() -> None:
    gained, lost = Change("function gained", ("a",), ("a",)), Change("function lost", ("a",), ("a",))
    chart = changed(units(TOP, A), units(TOP, A), gained, gained, lost)
    assert signs_of(chart, "a") == ["functions"]
    assert lines_of(chart, "a") == ["Одељење А", "надлежности: +2\u00a0–1"]
    assert spoken(chart, "a") == "Одељење А (надлежности: +2\u00a0–1)"


def test_functions_in_other_words_are_counted_by_themselves() -> None:
    chart = changed(units(TOP, A), units(TOP, A), Change("function reworded", ("a",), ("a",), "план", "планови"))
    assert (signs_of(chart, "a"), lines_of(chart, "a")[1:]) == (["functions"], ["измењен текст надлежности: 1"])


def test_functions_handed_over_are_less_in_one_unit_and_more_in_the_other() -> None:
    chart = changed(units(TOP, A, B), units(TOP, A, B), Change("function handed over", ("a",), ("b",)))
    assert [lines_of(chart, unit)[1] for unit in "ab"] == ["надлежности: –1", "надлежности: +1"]


def test_a_split_unit_is_gone_and_its_parts_are_new_and_all_have_the_sign() -> None:
    chart = changed(units(TOP, A), units(TOP, B, C), Change("split", ("a",), ("b", "c")))
    assert [signs_of(chart, unit) for unit in "abc"] == [["abolished", "split"], ["added", "split"], ["added", "split"]]
    assert order(chart) == ["top", "a", "b", "c"]
    assert spoken(chart, "a") == "Одељење А (укинуто; подељено на: Одељење Б, Одељење В)"
    assert spoken(chart, "b") == "Одељење Б (ново; настало поделом: Одељење А)"


def test_a_unit_that_lives_on_as_one_of_its_parts_is_marked_and_neither_new_nor_gone() -> None:
    chart = changed(units(TOP, A), units(TOP, A, C), Change("split", ("a",), ("a", "c")))
    assert (signs_of(chart, "a"), signs_of(chart, "c")) == (["split"], ["added", "split"])


def test_merged_units_are_gone_and_what_came_of_them_is_marked() -> None:
    chart = changed(units(TOP, A, B), units(TOP, C), Change("merged", ("a", "b"), ("c",)))
    assert [signs_of(chart, unit) for unit in "abc"] == [
        ["abolished", "merged"], ["abolished", "merged"], ["added", "merged"]
    ]  # fmt: skip
    assert spoken(chart, "c") == "Одељење В (ново; настало спајањем: Одељење А, Одељење Б)"
    assert spoken(chart, "a") == "Одељење А (укинуто; спојено у: Одељење В)"


def test_another_place_beside_the_line_and_among_neighbours_have_their_signs() -> None:
    new = units(TOP, B, A)
    staff = replace(new, units=tuple(replace(u, placement="staff") if u.id == "a" else u for u in new.units))
    chart = changed(units(TOP, A, B), staff, Change("placement", ("a",), ("a",)), Change("order", ("b",), ("b",)))
    assert (signs_of(chart, "a"), signs_of(chart, "b")) == (["placement"], ["order"])
    assert spoken(chart, "a") == "Одељење А (промењен положај: поред линије руковођења)"
    assert spoken(chart, "b") == "Одељење Б (промењен редослед)"


def test_a_unit_with_several_changes_has_their_signs_in_one_row_over_its_corner() -> None:
    changes = (Change("order", ("a",), ("a",)), Change("moved", ("a",), ("a",)), Change("level", ("a",), ("a",)))
    chart = changed(units(TOP, A), units(TOP, B, "a < b: section Одељење А"), *changes)
    signs = chart.drawing.marks["a"].signs
    assert [sign.name for sign in signs] == ["moved", "level", "order"]
    box = box_of(chart, "a").box
    assert [round(sign.x - box.x - box.width, 2) for sign in signs] == [-28.0, -17.5, -7.0]
    assert {round(sign.y - box.y, 2) for sign in signs} == {-3.5}


def test_a_double_border_without_room_beside_the_text_is_drawn_solid(tmp_path: Path) -> None:
    style = tmp_path / "tight.toml"
    style.write_text('extends = "classic"\n[levels.group]\npadding_y_pt = 2\n', encoding="utf-8")
    assert border_of(changed(TWO, TWO_AFTER, MOVED, style=str(style)), "g")[1] == "solid"


def test_a_style_that_says_nothing_of_marks_has_them_all(tmp_path: Path) -> None:
    style = tmp_path / "plain.toml"
    style.write_text("[title]\nbold = false\n", encoding="utf-8")
    chart = changed(TWO, units(TOP, A, "g < a: group Група", C), Change("added", (), ("c",)), style=str(style))
    assert border_of(chart, "c") == ("#000000", "solid", 2.25)
    assert border_of(chart, "b") == ("#000000", "dashed", 1.0)


@pytest.mark.parametrize("style", ["classic", "print", "contrast"])
def test_no_two_of_new_gone_moved_left_and_unchanged_look_alike_without_colour(style: str) -> None:
    old = units(TOP, "a < top: group А", "b < top: group Б", "c < top: group В", "g < a: group Г")
    new = units(TOP, "a < top: group А", "b < top: group Б", "d < top: group Д", "g < b: group Г")
    chart = build_change_chart(by_ids(old, new), style=style)
    shapes = {unit: border_of(chart, unit)[1:] for unit in ("a", "c", "d", "g", "g-moved")}
    assert len(set(shapes.values())) == 5
    assert len({tuple(signs_of(chart, unit)) for unit in shapes}) == 5


# Where units stand


def test_what_is_gone_stands_between_the_neighbours_it_had() -> None:
    old = units(TOP, A, B, C)
    new = units(TOP, A, "n < top: department Ново", C)
    assert order(build_change_chart(by_ids(old, new))) == ["top", "a", "b", "n", "c"]


def test_what_stood_first_stands_first_and_neighbours_keep_the_new_order() -> None:
    old = units(TOP, A, B, C)
    assert order(build_change_chart(by_ids(old, units(TOP, C, B)))) == ["top", "a", "c", "b"]


def test_what_is_gone_with_all_below_it_stands_with_all_below_it() -> None:
    chart = build_change_chart(by_ids(units(TOP, A, GROUP), units(TOP)))
    assert [(rail.parent, rail.child) for rail in chart.drawing.rails] == [("top", "a"), ("a", "g")]


def test_a_unit_that_left_an_abolished_one_has_its_old_place_below_that() -> None:
    chart = build_change_chart(by_ids(TWO, units(TOP, B, "g < b: group Група")))
    assert ("a", "g-moved") in [(rail.parent, rail.child) for rail in chart.drawing.rails]


def test_what_moved_along_with_a_unit_stands_once() -> None:
    old = units(TOP, A, B, "s < a: section Одсек", "g < s: group Група")
    new = units(TOP, A, B, "s < b: section Одсек", "g < s: group Група")
    assert sorted(order(build_change_chart(by_ids(old, new)))) == ["a", "b", "g", "s", "s-moved", "top"]


def test_an_id_that_another_unit_took_over_names_two_boxes() -> None:
    chart = changed(units(TOP, A), units(TOP, "a < top: department Сасвим друго"), unpaired=("a",))
    assert {unit: (lines_of(chart, unit), signs_of(chart, unit)) for unit in ("a", "a-2")} == {
        "a": (["Сасвим друго"], ["added"]),
        "a-2": (["Одељење А"], ["abolished"]),
    }


def test_pairs_and_changes_of_units_that_no_file_has_are_passed_over() -> None:
    changes = (Change("renamed", ("x",), ("y",)), Change("split", ("x",), ("y", "z")), Change("moved", ("x",), ("y",)))
    chart = build_change_chart(Changes(units(TOP), units(TOP), {"top": "top", "x": "y", "z": "top"}, changes))
    assert (order(chart), chart.drawing.marks) == (["top"], {})


def test_a_chart_without_changes_is_the_new_one_with_nothing_marked() -> None:
    chart = build_change_chart(by_ids(TWO, TWO))
    assert (order(chart), chart.drawing.marks, chart.drawing.relations) == (["top", "a", "g", "b"], {}, ())


def test_a_branch_whose_unit_came_from_outside_says_from_where() -> None:
    chart = changed(TWO, TWO_AFTER, MOVED, root="b")
    assert (order(chart), lines_of(chart, "g")) == (["b", "g"], ["Група", "←\u00a0Одељење А"])
    assert [name for name in legend_of(chart) if "место" in name] == []


# What is printed round it


SOURCES = (
    RulebookSource("Правилник", "Гласник 1/11", "2011-04-01"),
    RulebookSource("Правилник", "Гласник 5/26", "2026-05-01"),
)


def sourced(**wishes: Any) -> Chart:
    old, new = (replace(TWO, title="Наслов", source=source) for source in SOURCES)
    return build_change_chart(by_ids(old, replace(new, units=TWO_AFTER.units)), **wishes)


def notes_of(chart: Chart) -> list[str]:
    return [words.text for words in chart.drawing.notes]


def test_the_legend_explains_the_marks_that_are_there_and_no_others() -> None:
    chart = sourced()
    assert legend_of(chart) == ["Сектор", "Одељење", "Група", "Премештено", "Раније место"]
    assert [sample.words.text for sample in chart.drawing.relation_samples] == ["Премештено"]
    signs = [marks.signs[0].name for key, marks in chart.drawing.marks.items() if key.startswith("\t")]
    assert signs == ["moved", "moved-away"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("sr-Latn", ["Premešteno", "Ranije mesto"]), ("en", ["Moved here", "Former place"])],
)
def test_the_legend_is_in_the_language_of_the_names(lang: str, words: list[str]) -> None:
    chart = changed(TWO, replace(TWO_AFTER, lang=lang), MOVED)
    assert legend_of(chart)[3:] == words


def test_the_foot_cites_both_rulebooks_and_gives_both_dates() -> None:
    assert notes_of(sourced()) == [
        "старо: Правилник, Гласник 1/11", "ново: Правилник, Гласник 5/26", "старо: 1. 4. 2011. · ново: 1. 5. 2026."
    ]  # fmt: skip


def test_a_rulebook_called_the_same_is_cited_once_and_a_date_of_ones_own_stands_in_place_of_both() -> None:
    old = replace(TWO, source=RulebookSource("Правилник"))
    chart = build_change_chart(by_ids(old, replace(old, units=TWO_AFTER.units)), date="1. 6. 2026.")
    assert notes_of(chart) == ["Правилник", "1. 6. 2026."]


def test_without_a_source_line_the_dates_remain() -> None:
    assert notes_of(sourced(source_line=False)) == ["старо: 1. 4. 2011. · ново: 1. 5. 2026."]


def test_a_source_line_that_no_file_has_is_refused() -> None:
    with pytest.raises(OrgChartError, match=r"source: units\.json does not name its rulebook"):
        build_change_chart(by_ids(TWO, TWO_AFTER), source_line=True)


def test_the_title_is_the_new_ones_and_says_that_these_are_changes() -> None:
    assert [words.text for words in sourced().drawing.title] == ["Наслов – измене"]
    assert [words.text for words in sourced(title="Свој").drawing.title] == ["Свој"]
    assert sourced().name == "top-changes"


# Old and new side by side


def test_both_structures_stand_on_one_page_under_their_dates() -> None:
    chart = sourced(side_by_side=True)
    assert [words.text for words in chart.drawing.headings] == ["Старо (1. 4. 2011.)", "Ново (1. 5. 2026.)"]
    assert order(chart) == ["top-old", "a-old", "g-old", "b-old", "top", "a", "b", "g"]
    assert notes_of(chart) == ["старо: Правилник, Гласник 1/11", "ново: Правилник, Гласник 5/26"]


def test_what_stayed_stands_in_the_same_place_of_both() -> None:
    chart = sourced(side_by_side=True)
    places = {mark.unit: (mark.box.x, mark.box.y) for mark in chart.drawing.units}
    apart = {
        (round(places[unit][0] - places[f"{unit}-old"][0], 1), round(places[unit][1] - places[f"{unit}-old"][1], 1))
        for unit in ("top", "a", "b")
    }
    assert len(apart) == 1
    assert min(apart)[0] > 300


def test_what_moved_is_marked_in_both_and_says_where_it_is_in_the_other() -> None:
    chart = sourced(side_by_side=True)
    assert (signs_of(chart, "g-old"), signs_of(chart, "g")) == (["moved-away"], ["moved"])
    assert lines_of(chart, "g-old") == ["Група", "→\u00a0Одељење Б"]
    assert lines_of(chart, "g") == ["Група", "←\u00a0Одељење А"]
    assert chart.drawing.relations == ()


def test_what_is_gone_and_what_is_new_leave_their_places_free_in_the_other() -> None:
    chart = build_change_chart(by_ids(units(TOP, A, B), units(TOP, A, C)), side_by_side=True)
    assert order(chart) == ["top-old", "a-old", "b", "top", "a", "c"]
    assert {unit: signs_of(chart, unit) for unit in order(chart) if signs_of(chart, unit)} == {
        "b": ["abolished"], "c": ["added"]
    }  # fmt: skip


def test_what_is_below_a_moved_unit_stands_below_it_in_both() -> None:
    old = units(TOP, A, B, "s < a: section Одсек", "g < s: group Група")
    new = units(TOP, A, B, "s < b: section Одсек", "g < s: group Група")
    chart = build_change_chart(by_ids(old, new), side_by_side=True)
    assert [(rail.parent, rail.child) for rail in chart.drawing.rails if rail.child.startswith("g")] == [
        ("s-old", "g-old"), ("s", "g")
    ]  # fmt: skip


def test_the_old_half_has_the_old_names_and_levels_and_each_box_holds_both_texts() -> None:
    long = "Одсек за веома дугачак назив који се не може исписати у једном реду"
    old, new = units(TOP, A), units(TOP, f"a < top: section {long}")
    chart = build_change_chart(by_ids(old, new), side_by_side=True)
    assert lines_of(chart, "a-old") == ["Одељење А"]
    assert " ".join(lines_of(chart, "a")) == long
    was, now = box_of(chart, "a-old"), box_of(chart, "a")
    assert (was.level, now.level) == ("department", "section")
    assert (was.box.width, was.box.height) == (now.box.width, now.box.height)
    for mark in (was, now):
        assert mark.box.y < mark.words[0].y - mark.words[0].size / 2
        assert mark.words[-1].y < mark.box.y + mark.box.height


def test_on_a_page_upright_the_old_stands_above_the_new() -> None:
    chart = sourced(side_by_side=True, orientation="portrait")
    assert chart.layout.offsets[1][0] == 0
    assert box_of(chart, "top").box.y - box_of(chart, "top-old").box.y > 300


def test_cut_to_its_own_size_the_page_holds_both() -> None:
    chart = sourced(side_by_side=True, page="none")
    edges = [(mark.box.x + mark.box.width, mark.box.y + mark.box.height) for mark in chart.drawing.units]
    assert max(x for x, _ in edges) <= chart.drawing.width
    assert max(y for _, y in edges) <= chart.drawing.height


def test_side_by_side_is_one_page_and_says_so_where_an_atlas_is_asked_for() -> None:
    chart = sourced(side_by_side=True, atlas="always")
    assert len(chart.pages) == 1
    assert chart.warnings == ("old and new side by side take one page and no atlas; leave one of the two out",)


def test_relations_of_both_files_stand_in_their_halves() -> None:
    old = replace(TWO, relations=(Relation("a", "b", "supports"),))
    new = replace(TWO_AFTER, relations=(Relation("b", "a", "advises"),))
    chart = build_change_chart(by_ids(old, new), side_by_side=True)
    assert [(tie.source, tie.target) for tie in chart.drawing.relations] == [("a-old", "b-old"), ("b", "a")]
    assert [sample.words.text for sample in chart.drawing.relation_samples] == ["Саветује", "Подржава"]


# Formats


HOSTILE = 'Одсек <S> & "x" \\N \\l'


def test_dot_strikes_names_out_and_carries_signs_and_borders() -> None:
    source = render(changed(TWO, units(TOP, A, C, "g < c: group Група"), MOVED), "dot").decode()
    assert "<S>Група</S>" in source
    assert re.search(r'n4_sign1 \[label="−"', source)
    assert 'style="filled,dashed"' in source
    assert "penwidth=2.25" in source
    assert "peripheries=2" in source


def test_graphviz_reads_struck_hostile_names_letter_by_letter() -> None:
    chart = changed(units(TOP, f"a < top: department {HOSTILE}"), units(TOP))
    redraw = (
        "import sys, pygraphviz\n"
        "graph = pygraphviz.AGraph(string=sys.stdin.read())\n"
        "sys.stdout.buffer.write(graph.draw(prog='nop2', format='svg'))\n"
    )
    ran = subprocess.run([sys.executable, "-c", redraw], input=render(chart, "dot"), capture_output=True, check=True)
    assert HOSTILE in [text.text for text in read_svg(ran.stdout).iter(f"{SVG}text")]


def test_svg_escapes_what_it_says_of_changes_and_draws_a_strike_as_long_as_the_line() -> None:
    chart = changed(units(TOP, f"a < top: department {HOSTILE}"), units(TOP))
    assert spoken(chart, "a") == f"{HOSTILE} (укинуто)"
    group = next(g for g in read_svg(render(chart, "svg")).iter(f"{SVG}g") if g.get("data-unit") == "a")
    (line,) = group.iter(f"{SVG}text")
    strike = next(path for path in group.iter(f"{SVG}path")).attrib["d"]
    left, right = re.fullmatch(r"M([\d.]+),[\d.]+H([\d.]+)", strike).groups()  # type: ignore[union-attr]
    assert round(float(right) - float(left), 2) == round(float(line.attrib["textLength"]), 2)


@pytest.mark.parametrize("way", ["web", "office", "plain"])
def test_who_hears_the_picture_hears_every_change(way: str) -> None:
    assert read_chart_svg(render(sourced(svg=way), "svg"), "chart.svg").outline == (
        "Сектор",
        "– Одељење А",
        "– – Група (раније место; премештено у: Одељење Б)",
        "– Одељење Б",
        "– – Група (премештено из: Одељење А)",
    )


def test_pdf_and_png_are_drawn() -> None:
    chart = sourced(dpi=30)
    assert "премештено" in pdf_text(render(chart, "pdf"))
    assert render(chart, "png").startswith(b"\x89PNG")


def test_in_an_atlas_every_page_has_the_legend_and_a_moved_unit_the_page_of_its_other_place() -> None:
    sectors = [f"s{number} < top: sector Сектор {number}" for number in range(6)]
    below = [f"g{n}x{m} < s{n}: group Група за послове број {n} {m}" for n in range(6) for m in range(12)]
    old = units("top: ministry Министарство", *sectors, *below)
    moved = [line.replace("g0x3 < s0", "g0x3 < s5") for line in below]
    new = units("top: ministry Министарство", *sectors, *moved)
    chart = build_change_chart(by_ids(old, new), page="160x110mm", atlas="always", branches="apart")
    homes = {unit: page.number for page in chart.pages for unit in page.home}
    texts = {mark.unit: [w.text for w in mark.words] for page in chart.pages for mark in page.drawing.units}
    assert homes["g0x3"] != homes["g0x3-moved"]
    assert f"премештено ←\u00a0стр.\u00a0{homes['g0x3-moved']}" in " ".join(texts["g0x3"])
    assert f"премештено →\u00a0стр.\u00a0{homes['g0x3']}" in " ".join(texts["g0x3-moved"])
    for page in chart.pages:
        if page.layout is not None:
            assert {"Премештено", "Раније место"} <= {entry.words.text for entry in page.drawing.legend}
    index = " ".join(words.text for page in chart.pages for words in page.drawing.index)
    assert index.count("– премештено") == index.count("– раније место") == 1
    document = pypdfium2.PdfDocument(render(chart, "pdf"))
    titles = [entry.get_title() for entry in document.get_toc()]
    assert "Група за послове број 0 3 (премештено из: Сектор 0)" in titles


def test_the_files_are_called_after_the_chart() -> None:
    assert list(render_files(sourced(), ["svg", "dot"])) == ["top-changes.svg", "top-changes.dot"]


# Always


def random_changes(data: st.DataObject) -> Changes:
    """Two forests of which some ids are the same unit, some not."""
    old, new = data.draw(unit_files(8)), data.draw(unit_files(8))
    changes = by_ids(old, new)
    apart = data.draw(st.sets(st.sampled_from(sorted(changes.pairs)), max_size=3)) if changes.pairs else set()
    pairs = {one: other for one, other in changes.pairs.items() if one not in apart}
    told = (change for change in changes.changes if not {*change.old, *change.new} & apart)
    return replace(changes, pairs=pairs, changes=tuple(told))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_unit_is_on_the_chart_once_and_a_moved_one_also_where_it_was(data: st.DataObject) -> None:
    changes = random_changes(data)
    chart = build_change_chart(changes)
    moved = {change.new[0] for change in changes.of("moved")}
    gone = [unit.id for unit in changes.old.units if unit.id not in changes.pairs]
    drawn = Counter(tuple(signs_of(chart, unit))[:1] for unit in order(chart))
    assert len(order(chart)) == len(set(order(chart))) == len(changes.new.units) + len(gone) + len(moved)
    assert {unit.id for unit in changes.new.units} <= set(order(chart))
    assert drawn[("abolished",)] == len(gone)
    assert drawn[("moved-away",)] == drawn[("moved",)] == len(moved)
    assert drawn[("added",)] == len(changes.new.units) - len(changes.pairs)
    assert first_overlap(chart.layout.boxes) is None


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_side_by_side_every_unit_of_both_is_drawn_once_and_no_two_overlap(data: st.DataObject) -> None:
    changes = random_changes(data)
    chart = build_change_chart(changes, side_by_side=True)
    assert len(set(order(chart))) == len(changes.old.units) + len(changes.new.units)
    assert first_overlap(chart.layout.boxes) is None
    parents = {rail.child: rail.parent for rail in chart.drawing.rails}
    assert {unit.id: parents.get(unit.id) for unit in changes.new.units} == {u.id: u.parent for u in changes.new.units}


@settings(max_examples=10, deadline=None)
@given(st.data(), st.booleans())
def test_the_same_changes_give_the_same_bytes(data: st.DataObject, side_by_side: bool) -> None:
    changes = random_changes(data)
    one, other = (build_change_chart(changes, side_by_side=side_by_side) for _ in range(2))
    assert render(one, "svg") == render(other, "svg")
    assert render(one, "dot") == render(other, "dot")


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_both_unions_are_forests_that_hold_every_unit(data: st.DataObject) -> None:
    changes = random_changes(data)
    for union in (unite(changes), align(changes)):
        ids = [unit.id for unit in union.units]
        assert len(ids) == len(set(ids))
        assert {unit.id for unit in changes.new.units} | set(union.homes.values()) | set(union.places.values()) == set(
            ids
        )
        seen: set[str | None] = {None}
        for unit in union.units:
            assert unit.parent in seen
            seen.add(unit.id)


def test_a_chain_of_a_thousand_units_that_all_moved_is_united() -> None:
    chain = [f"u{n} < u{n - 1}: group Група" if n else "u0: group Група" for n in range(1000)]
    turned = ["u0: group Група", *(f"u{n} < u{n + 1 if n < 999 else 0}: group Група" for n in range(999, 0, -1))]
    changes = by_ids(units(*chain), units(*turned))
    assert len(unite(changes).units) == 1000 + len(changes.of("moved"))
    assert len(align(changes).units) == 1999


# On the command line


@click.command()
@change_chart_options
def draw(formats: str, output: str, side_by_side: bool, name: str | None, **options: Any) -> None:
    write_chart_files(draw_change_chart(six_amendments(), formats, output, side_by_side, name, options), output)


def drawn_by(*arguments: str) -> Run:
    result = CliRunner().invoke(draw, arguments)
    return Run(result.exit_code, result.stdout_bytes, result.stderr)


def test_the_command_writes_the_files_and_prints_their_names(tmp_path: Path) -> None:
    ran = drawn_by("-f", "svg,dot", "-o", str(tmp_path), "--name", "izmene", "--style", "print")
    assert (ran.code, sorted(path.name for path in tmp_path.iterdir())) == (0, ["izmene.dot", "izmene.svg"])
    assert ran.out.decode().splitlines() == [str(tmp_path / "izmene.svg"), str(tmp_path / "izmene.dot")]


def test_the_command_writes_one_format_to_standard_output() -> None:
    ran = drawn_by("-f", "svg", "-o", "-", "--side-by-side")
    assert (ran.code, ran.out[:5]) == (0, b"<?xml")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("-f", ",", "-o", "x"), "--format names no format"), (("-f", "svg,pdf", "-o", "-"), "name one format")],
)
def test_the_command_refuses_formats_that_cannot_be_written(arguments: tuple[str, ...], said: str) -> None:
    ran = drawn_by(*arguments)
    assert ran.code == 2
    assert said in ran.err


def test_an_unknown_wish_is_refused_as_for_any_chart() -> None:
    with pytest.raises(OrgChartError, match='atlas "soon" is not known'):
        sourced(atlas="soon")
