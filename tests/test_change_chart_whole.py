"""The chart of changes as a whole: old and new side by side, all formats, any changes at all, the command line."""

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
from orgchart.changes.model import Changes
from orgchart.changes.union import align, unite
from orgchart.commands.chart_files import write_chart_files
from orgchart.commands.diff_chart import change_chart_options, draw_change_chart
from orgchart.documents.pictures import read_chart_svg
from orgchart.errors import OrgChartError
from orgchart.formats import render, render_files
from orgchart.layout.overlaps import first_overlap
from orgchart.units import Relation
from tests.change_cases import (
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
    six_amendments,
    sourced,
    spoken,
    units,
)
from tests.charts import SVG, pdf_text, read_svg
from tests.conftest import Run
from tests.strategies import unit_files

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
