"""Rounded elbows: where they lead, and that a stretch shared by several rails is still drawn once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgchart.drawing import Drawing, RailMark, rail_pieces
from orgchart.formats import render
from orgchart.formats.dot import dot_source
from orgchart.formats.stretches import drawn_once
from orgchart.layout.shapes import Point
from orgchart.styles import load_style
from tests.charts import SECTOR, SVG, chart_of, read_svg, redrawn, unit


def paths(*rails: tuple[Point, ...], radius: float) -> list[str | None]:
    chart = chart_of(unit("top"))
    marks = tuple(RailMark("top", f"child {number}", points, False) for number, points in enumerate(rails))
    drawn = redrawn(chart, rails=marks, rail_radius=radius)
    return [found.get("d") for found in read_svg(render(drawn, "svg")).iter(f"{SVG}path")]


def test_an_elbow_is_a_quarter_circle() -> None:
    assert rail_pieces([(0, 0), (0, 20), (30, 20)], 4) == [
        ((0, 0), (0, 16)),
        ((0, 16), (0, 18.21), (1.79, 20), (4, 20)),
        ((4, 20), (30, 20)),
    ]


def test_an_elbow_takes_at_most_half_of_the_shorter_line_beside_it() -> None:
    assert rail_pieces([(0, 0), (0, 20), (4, 20), (4, 40)], 6) == [
        ((0, 0), (0, 18)),
        ((0, 18), (0, 19.1), (0.9, 20), (2, 20)),
        ((2, 20), (3.1, 20), (4, 20.9), (4, 22)),
        ((4, 22), (4, 40)),
    ]


@pytest.mark.parametrize(
    ("corners", "radius"),
    [([(0, 0), (0, 20), (30, 20)], 0), ([(0, 0), (0, 20), (0, 40)], 4), ([(0, 0), (0, 0), (9, 0)], 4)],
    ids=["square", "straight on", "no way"],
)
def test_without_a_turn_or_a_radius_lines_stay_straight(corners: list[Point], radius: float) -> None:
    assert rail_pieces(corners, radius) == [(corners[0], corners[1]), (corners[1], corners[2])]


def test_the_children_of_a_row_share_stem_bus_and_first_elbow() -> None:
    assert paths(
        ((50, 0), (50, 20), (10, 20), (10, 40)),
        ((50, 0), (50, 20), (30, 20), (30, 40)),
        ((50, 0), (50, 40)),
        ((50, 0), (50, 20), (90, 20), (90, 40)),
        radius=4,
    ) == [
        "M50,0V16C50,18.21 48.21,20 46,20H14C11.79,20 10,21.79 10,24V40"
        "M34,20C31.79,20 30,21.79 30,24V40"
        "M50,16V40"
        "M50,16C50,18.21 51.79,20 54,20H86C88.21,20 90,21.79 90,24V40"
    ]


def test_the_children_of_a_column_share_its_rail() -> None:
    assert paths(((5, 0), (5, 20), (13, 20)), ((5, 0), (5, 50), (13, 50)), radius=4) == [
        "M5,0V16C5,18.21 6.79,20 9,20H13M5,16V46C5,48.21 6.79,50 9,50H13"
    ]


def test_a_stretch_between_two_drawn_ones_is_drawn_alone() -> None:
    rails = [[((0.0, 0.0), (0.0, 4.0))], [((0.0, 6.0), (0.0, 9.0))], [((0.0, 12.0), (0.0, 0.0))]]
    assert list(drawn_once(rails)) == [
        ((0.0, 0.0), (0.0, 4.0)),
        ((0.0, 6.0), (0.0, 9.0)),
        ((0.0, 12.0), (0.0, 9.0)),
        ((0.0, 6.0), (0.0, 4.0)),
    ]


def test_in_dot_the_elbow_is_a_curve_between_straight_ones() -> None:
    chart = chart_of(unit("top"), unit("a", parent="top"))
    rail = RailMark("top", "a", ((0, 0), (0, 20), (30, 20)), False)
    drawing: Drawing = replace(chart.drawing, height=100.0, rails=(rail,), rail_radius=4.0)
    curve = "0,100 0,100 0,84 0,84 0,81.79 1.79,80 4,80 4,80 30,80 30,80"
    assert f'n1 -> n2 [pos="{curve}"]' in dot_source(drawing)


def test_the_radius_shrinks_with_the_chart_and_is_none_where_the_style_wants_square_elbows() -> None:
    classic = load_style("classic")
    rounded = replace(classic, connectors=replace(classic.connectors, corner="round"))
    assert chart_of(*SECTOR).drawing.rail_radius == 0
    assert chart_of(*SECTOR, style=rounded).drawing.rail_radius == 4
    small = chart_of(*SECTOR, style=rounded, page="120x60mm", legend=False)
    assert small.drawing.rail_radius == round(4 * small.layout.scale, 3) < 4
