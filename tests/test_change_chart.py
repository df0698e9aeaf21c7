"""The chart of changes: each mark on the smallest tree, what stands where, and what is printed round it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from orgchart.changes.chart import build_change_chart
from orgchart.changes.model import Change, Changes
from orgchart.chart import Chart
from orgchart.errors import OrgChartError
from orgchart.units import RulebookSource
from tests.change_cases import (
    GROUP,
    MOVED,
    TOP,
    TWO,
    TWO_AFTER,
    A,
    B,
    C,
    box_of,
    by_ids,
    changed,
    lines_of,
    notes_of,
    order,
    signs_of,
    sourced,
    spoken,
    units,
)


def struck_of(chart: Chart, unit: str) -> list[str]:
    marks = chart.drawing.marks.get(unit)
    return [] if marks is None else lines_of(chart, unit)[: marks.struck]


def border_of(chart: Chart, unit: str) -> tuple[str, str, float]:
    box = box_of(chart, unit).box
    return box.border, box.border_line, box.border_width


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
