"""Small drawings, in; what Graphviz makes of their DOT source, out."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from orgchart.drawing import Drawing, LegendMark, RailMark, Rectangle, UnitMark, Words
from orgchart.formats.dot import baseline_below_middle_pt, dot_source, escape_label, line_pitch_pt

SVG = "{http://www.w3.org/2000/svg}"
REDRAW = (
    "import sys, pygraphviz\n"
    "graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode())\n"
    "sys.stdout.buffer.write(graph.draw(prog='nop2', format=sys.argv[1]))\n"
)
PYGRAPHVIZ = (sys.executable, "-c", REDRAW, "svg")
NEATO = ("neato", "-n2", "-Tsvg")

# Cases 1 to 6 and 17 of the known hazards: every one is shown as it is written.
LITERAL_LABELS = (
    'He said "hi"', "a\\b", "a\\", "\\N \\G \\l", "<b>", "<b>x</b>", "<>", "&", "&lt;", "&#0;", "&#x1;", "&#xD800;",
    "a:b", "graph", "001", "1", "\\\\", '\\"', "n1 -> n2", "]; x", "Његова\\nпотпис", "{a|b}", "%s", "-- // /* #",
)  # fmt: skip

Redraw = partial[ElementTree.Element]


def words(text: str, x: float, y: float, **look: object) -> Words:
    return Words(text, x, y, 10.0, False, False, "#101010")._replace(**look)  # type: ignore[arg-type]


def unit(name: str, box: Rectangle, *lines: str, level: str = "section", **look: object) -> UnitMark:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return UnitMark(name, level, box, tuple(words(line, x, y + 12 * n, **look) for n, line in enumerate(lines)))


def box(x: float, y: float, width: float = 100.0, height: float = 40.0, **look: object) -> Rectangle:
    plain = Rectangle(x, y, width, height, "#ffffff", "#1f3a5f", 1.0, "solid", "square")
    return plain._replace(**look)  # type: ignore[arg-type]


def drawing(*units: UnitMark, **parts: object) -> Drawing:
    page = Drawing(300.5, 200.25, "#fefefe", "PT Sans", "sr", (), (), "#555555", 0.75, "solid", units, ())
    return replace(page, **parts)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fontconfig file that knows PT Sans and nothing else."""
    from fontpkg_pt_sans import ROOT

    folder = tmp_path_factory.mktemp("fonts")
    file = folder / "fonts.conf"
    file.write_text(f"<fontconfig><dir>{ROOT}</dir><cachedir>{folder}</cachedir></fontconfig>", encoding="utf-8")
    return file


def run_graphviz(command: Sequence[str], source: str, fonts: Path) -> ElementTree.Element:
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    done = subprocess.run(
        command, input=source.encode(), capture_output=True, timeout=120, check=True, env=environment
    )  # fmt: skip
    return ElementTree.fromstring(done.stdout)


@pytest.fixture
def wheel(fonts: Path) -> Redraw:
    """The SVG that Graphviz in pygraphviz' wheel makes of DOT source."""
    return partial(run_graphviz, PYGRAPHVIZ, fonts=fonts)


@pytest.fixture(params=[PYGRAPHVIZ, NEATO], ids=["wheel", "system"])
def redraw(request: pytest.FixtureRequest, fonts: Path) -> Redraw:
    """The same, and then by the system's Graphviz where there is one."""
    if shutil.which(request.param[0]) is None:
        pytest.skip("no Graphviz on this system")
    return partial(run_graphviz, request.param, fonts=fonts)


def groups(svg: ElementTree.Element, kind: str) -> dict[str, ElementTree.Element]:
    found = [group for group in svg.iter(f"{SVG}g") if group.get("class") == kind]
    return {group.findtext(f"{SVG}title", ""): group for group in found}


def shown_text(group: ElementTree.Element) -> str:
    return "\n".join(line.text or "" for line in group.iter(f"{SVG}text")).replace("\u00a0", " ")


def corners(part: ElementTree.Element | None, svg: ElementTree.Element) -> list[tuple[float, float]]:
    """Points as they lie on the page: through the transform of the whole picture."""
    assert part is not None
    transform = svg.find(f"{SVG}g").get("transform", "")  # type: ignore[union-attr]
    right, down = (float(n) for n in re.findall(r"translate\(([-\d.]+) ([-\d.]+)\)", transform)[0])
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", part.get("points") or part.get("d") or "")]
    return [(round(x + right, 2), round(y + down, 2)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def extent(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), round(max(xs) - min(xs), 2), round(max(ys) - min(ys), 2)


@pytest.mark.parametrize("text", LITERAL_LABELS)
def test_a_name_is_shown_letter_by_letter(text: str, wheel: Redraw) -> None:
    nodes = groups(wheel(dot_source(drawing(unit("a", box(10, 10), text)))), "node")
    assert {name: shown_text(group) for name, group in nodes.items()} == {"n1": text}


def test_thousands_of_hostile_names_come_back_as_they_were(redraw: Redraw) -> None:
    pieces = ['"', "\\", "&", "#", "x41", "amp;", "lt;", *"lNGETHLnr<>;ш Ђ{}|[]=+'%1:", "->", "/*", "*/", "//", "<b>"]
    chance = random.Random(20260401)
    names = ["".join(chance.choices(pieces, k=chance.randint(1, 12))) for _ in range(4000)]
    lines = [(name, chance.choice(names)) if number % 3 == 0 else (name,) for number, name in enumerate(names)]
    svg = redraw(dot_source(drawing(*(unit(f"u{n}", box(10, 10), *pair) for n, pair in enumerate(lines)))))
    nodes = groups(svg, "node")
    assert [shown_text(nodes[f"n{n}"]) for n in range(1, 4001)] == ["\n".join(pair) for pair in lines]


def test_a_name_of_2000_ampersands_is_shown_whole(redraw: Redraw) -> None:
    nodes = groups(redraw(dot_source(drawing(unit("a", box(10, 10), "&" * 2000)))), "node")
    assert shown_text(nodes["n1"]) == "&" * 2000


def test_a_name_is_escaped_once_and_in_one_place() -> None:
    assert escape_label('<b>"\\N"\n&lt;') == '<b>\\"\\\\N\\"\\n&amp;lt;'


def test_hostile_unit_ids_and_levels_stay_out_of_the_structure(redraw: Redraw) -> None:
    ids = ("a:b", "graph", "001", "1", 'x"];y', "a\\", "<b>")
    marks = [unit(name, box(10, 10), name, level=f"{name}\\") for name in ids]
    rails = tuple(RailMark("a:b", name, ((60, 50), (60, 60)), False) for name in ids[1:])
    svg = redraw(dot_source(drawing(*marks, rails=rails)))
    assert {name: shown_text(group) for name, group in groups(svg, "node").items()} == {
        "n1": "a:b", "n2": "graph", "n3": "001", "n4": "1", "n5": 'x"];y', "n6": "a\\", "n7": "<b>",
    }  # fmt: skip
    assert list(groups(svg, "edge")) == ["n1->n2", "n1->n3", "n1->n4", "n1->n5", "n1->n6", "n1->n7"]


def test_a_hostile_font_name_stays_inside_its_quotation_marks() -> None:
    source = dot_source(drawing(unit("a", box(10, 10), "A"), font_family='x"]; evil ["'))
    assert r' fontname="x\"]; evil [\",sans-serif" ' in source


def test_the_page_has_the_drawings_size_and_background(redraw: Redraw) -> None:
    svg = redraw(dot_source(drawing(unit("a", box(120.25, 33.5), "A"))))
    page = svg.find(f"{SVG}g/{SVG}polygon")
    assert extent(corners(page, svg)) == (0.0, 0.0, 300.5, 200.25)
    assert page is not None and page.get("fill") == "#fefefe"
    whole = [float(svg.get(side, "").removesuffix("pt")) for side in ("width", "height")]
    assert whole == pytest.approx([300.5, 200.25], abs=0.5)  # Graphviz writes the outer size in whole points


def test_a_box_is_redrawn_in_its_place(redraw: Redraw) -> None:
    svg = redraw(dot_source(drawing(unit("a", box(120.25, 33.51, 77.77, 31.13), "A"))))
    x, y, width, height = extent(corners(groups(svg, "node")["n1"].find(f"{SVG}polygon"), svg))
    assert (x + width / 2, y + height / 2) == pytest.approx((159.135, 49.075), abs=0.02)
    rounding = 0.5 if NEATO in redraw.args else 0.02  # Graphviz 2 rounds a box's size to whole points
    assert (width, height) == pytest.approx((77.77, 31.13), abs=rounding)


def test_a_double_border_lies_on_the_boxs_edge_and_4_pt_inside(redraw: Redraw) -> None:
    svg = redraw(dot_source(drawing(unit("a", box(50, 60, border_line="double"), "A"))))
    inner, outer = groups(svg, "node")["n1"].findall(f"{SVG}polygon")
    assert extent(corners(outer, svg)) == pytest.approx((50, 60, 100, 40), abs=0.02)
    assert extent(corners(inner, svg)) == pytest.approx((54, 64, 92, 32), abs=0.02)


@pytest.mark.parametrize(("line", "dashes"), [("solid", None), ("dashed", "5,2"), ("dotted", "1,5")])
def test_a_border_is_solid_dashed_or_dotted(redraw: Redraw, line: str, dashes: str | None) -> None:
    look = box(50, 60, border_line=line, border="#112233", border_width=1.5, fill="#ddeeff")
    drawn = groups(redraw(dot_source(drawing(unit("a", look, "A")))), "node")["n1"].find(f"{SVG}polygon")
    assert drawn is not None
    assert [drawn.get(name) for name in ("stroke", "stroke-width", "fill", "stroke-dasharray")] == [
        "#112233", "1.5", "#ddeeff", dashes,
    ]  # fmt: skip


@pytest.mark.parametrize(("height", "radius"), [(60.0, 12.0), (30.0, 10.0)])
def test_round_corners_have_12_pt_or_a_third_of_the_shorter_side(redraw: Redraw, height: float, radius: float) -> None:
    svg = redraw(dot_source(drawing(unit("a", box(50, 60, 100, height, corner="round"), "A"))))
    points = corners(groups(svg, "node")["n1"].find(f"{SVG}path"), svg)
    assert extent(points) == pytest.approx((50, 60, 100, height), abs=0.02)
    assert points[0] == pytest.approx((150 - radius, 60), abs=0.02)


def test_a_polyline_keeps_its_corners(redraw: Redraw) -> None:
    marks = unit("a", box(50, 10), "A"), unit("b", box(150, 100), "B")
    rail = RailMark("a", "b", ((100, 50), (100, 75.25), (200, 75.25), (200, 100)), False)
    svg = redraw(dot_source(drawing(*marks, rails=(rail,))))
    edge = groups(svg, "edge")["n1->n2"]
    assert corners(edge.find(f"{SVG}path"), svg)[::3] == [(100, 50), (100, 75.25), (200, 75.25), (200, 100)]
    assert edge.find(f"{SVG}polygon") is None, "an arrowhead"


def test_a_curve_keeps_its_control_points(redraw: Redraw) -> None:
    marks = unit("a", box(50, 10), "A"), unit("b", box(150, 100), "B")
    points = ((100.0, 50.0), (100.0, 80.5), (200.0, 70.25), (200.0, 100.0))
    svg = redraw(dot_source(drawing(*marks, rails=(RailMark("a", "b", points, True),), rail_line="dashed")))
    path = groups(svg, "edge")["n1->n2"].find(f"{SVG}path")
    assert corners(path, svg) == list(points)
    assert path is not None
    assert [path.get(name) for name in ("stroke", "stroke-width", "stroke-dasharray")] == ["#555555", "0.75", "5,2"]


def test_title_and_legend_are_redrawn_in_their_places_without_a_border(redraw: Redraw) -> None:
    title = (words("Мапа", 150.25, 20.0, size=14.0, bold=True),)
    legend = (LegendMark("section", box(20, 180, 24, 12), words("одсек", 50.0, 189.0, anchor="start")),)
    svg = redraw(dot_source(drawing(unit("a", box(50, 60), "A"), title=title, legend=legend)))
    nodes = groups(svg, "node")
    assert list(nodes) == ["title", "n1", "legend1", "legend1_word"]
    assert extent(corners(nodes["legend1"].find(f"{SVG}polygon"), svg)) == pytest.approx((20, 180, 24, 12), abs=0.02)
    for name, text, x, y in (("title", "Мапа", 150.25, 20.0), ("legend1_word", "одсек", 50.0, 189.0)):
        assert shown_text(nodes[name]) == text
        assert nodes[name].find(f"{SVG}polygon") is None, "a border round bare words"
        line = nodes[name].find(f"{SVG}text")
        assert line is not None
        assert float(line.get("x", "")) == pytest.approx(x, abs=0.02)
        off = 0.4 if NEATO in redraw.args else 0.02  # Graphviz 2 has its own formula for baselines
        assert float(line.get("y", "")) + 200.25 == pytest.approx(y, abs=off)


@pytest.mark.parametrize(("size", "pitch", "below"), [(8, 10.5, 2.35), (9, 12.75, 2.175), (10, 13.5, 2.75),
                                                      (12, 16.5, 3.15), (16, 21.0, 4.7), (24, 31.5, 7.05)])  # fmt: skip
def test_label_lines_lie_where_the_wheels_graphviz_sets_them(
    size: float, pitch: float, below: float, wheel: Redraw
) -> None:
    svg = wheel(dot_source(drawing(unit("a", box(100, 50, 100, 100), "Ар", "Ђу", "је", size=size))))
    lines = [float(line.get("y", "")) + 200.25 for line in svg.iter(f"{SVG}text")]
    assert lines == pytest.approx([100 + below - pitch, 100 + below, 100 + below + pitch], abs=0.02)
    assert (line_pitch_pt(size), baseline_below_middle_pt(size)) == pytest.approx((pitch, below))


def test_the_source_reads_like_a_person_wrote_it() -> None:
    marks = (
        unit("s", box(100, 10), "Сектор", level="sector", bold=True),
        unit("a", box(30, 100), "Одсек за", "УН", level="section"),
        unit("b", box(170, 100, 90), "Одсек", level="section"),
    )
    rails = (RailMark("s", "a", ((150, 50), (150, 75), (80, 75), (80, 100)), False),)
    source = """\
digraph chart {
	graph [bb="0,0,300.5,200.25" bgcolor="#fefefe" margin=0 notranslate=true outputorder=edgesfirst pad=0 splines=true \
viewport="300.5,200.25,1,150.25,100.125"]
	node [fixedsize=true fontname="PT Sans,sans-serif" margin=0 shape=box]
	edge [color="#555555" dir=none penwidth=0.75]
	subgraph level_sector {
		node [color="#1f3a5f" fillcolor="#ffffff" fontcolor="#101010" fontname="PT Sans,sans-serif,PT Sans Bold" \
fontsize=10 height=0.55556 penwidth=1 style=filled width=1.38889]
		n1 [label="Сектор" pos="150,170.25!"]
	}
	subgraph level_section {
		node [color="#1f3a5f" fillcolor="#ffffff" fontcolor="#101010" fontsize=10 height=0.55556 penwidth=1 \
style=filled width=1.38889]
		n2 [label="Одсек за\\nУН" pos="80,80.25!"]
		n3 [label="Одсек" pos="215,80.25!" width=1.25]
	}
	n1 -> n2 [pos="150,150.25 150,150.25 150,125.25 150,125.25 150,125.25 80,125.25 80,125.25 80,125.25 80,100.25 \
80,100.25"]
}
"""
    assert dot_source(drawing(*marks, rails=rails)) == source


def test_one_level_may_hold_boxes_of_two_looks(redraw: Redraw) -> None:
    double = [unit(name, box(10, 60 * n, border_line="double"), name) for n, name in enumerate("ab")]
    source = dot_source(drawing(*double, unit("c", box(150, 10, border_line="dashed"), "c")))
    assert [len(group.findall(f"{SVG}polygon")) for group in groups(redraw(source), "node").values()] == [2, 2, 1]


def test_no_attribute_that_reads_files_or_links_is_written() -> None:
    source = dot_source(drawing(unit("a", box(10, 10), "A"), title=(words("T", 50, 20),)))
    assert set(re.findall(r"(\w+)=", source)) == {
        "bb", "bgcolor", "color", "dir", "fillcolor", "fixedsize", "fontcolor", "fontname", "fontsize", "height",
        "label", "margin", "notranslate", "outputorder", "pad", "penwidth", "pos", "shape", "splines", "style",
        "viewport", "width",
    }  # fmt: skip
