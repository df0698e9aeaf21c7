"""Small hierarchies, in; where Graphviz' engines put them, or what they say when they fail, out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pytest

from orgchart.errors import EngineError
from orgchart.layout.engines import ENGINES, place_with_engine
from orgchart.layout.overlaps import first_overlap
from orgchart.layout.shapes import Box, BoxSize, Placement, Point


@dataclass(frozen=True, slots=True)
class Gaps:
    level_gap_pt: float = 36.0
    sibling_gap_pt: float = 12.0


SIZES = {"s": BoxSize(120.5, 40.25, ("С",)), "a": BoxSize(90, 30, ("А",)), "b": BoxSize(90, 30, ("Б", "б"))}
EDGES = [("s", "a"), ("s", "b")]

# What a right answer for SIZES looks like: the groups' ids, the boxes' corners and the rails' curves.
ANSWER = """<svg xmlns="http://www.w3.org/2000/svg"><g id="graph0" class="graph">
<g id="n1" class="node"><title>n1</title><polygon points="160.5,-140 40,-140 40,-99.75 160.5,-99.75"/></g>
<g id="n2" class="node"><title>n2</title><polygon points="95,-60 5,-60 5,-30 95,-30"/></g>
<g id="n3" class="node"><title>n3</title><polygon points="195,-60 105,-60 105,-30 195,-30"/></g>
<g id="to_n2" class="edge"><title>-</title><path d="M100,-99C100,-80 50,-80 50,-61"/></g>
<g id="to_n3" class="edge"><title>-</title><path d="M100,-99C100,-80 150,-80 150,-61"/></g>
</g></svg>"""


def answering(*changes: tuple[str, str]) -> str:
    """A script that gives the right answer, changed."""
    answer = ANSWER
    for old, new in changes:
        assert old in answer
        answer = answer.replace(old, new)
    return f"print({answer!r})"


def place(command: Sequence[str] | None = None, engine: str = "dot", **limits: float) -> Placement:
    return place_with_engine(engine, SIZES, EDGES, Gaps(), _command=command, **limits)  # type: ignore[arg-type]


def tree(units: int) -> tuple[dict[str, BoxSize], list[tuple[str, str]]]:
    """Unit 1 over 2, 3, 4; unit 2 over 5, 6, 7; and so on; in reading order, boxes of three widths."""
    waiting, order = [1], []
    while waiting:
        number = waiting.pop()
        order.append(number)
        waiting += reversed([child for child in range(3 * number - 1, 3 * number + 2) if child <= units])
    sizes = {f"u{number}": BoxSize(90.0 + 20 * (number % 3), 30.0, (str(number),)) for number in order}
    return sizes, [(f"u{(number + 1) // 3}", f"u{number}") for number in order if number > 1]


def on_border(point: Point, box: Box) -> bool:
    across, down = point[0] - box.x, point[1] - box.y
    inside = -0.02 <= across <= box.width + 0.02 and -0.02 <= down <= box.height + 0.02
    return inside and min(abs(across), abs(down), abs(box.width - across), abs(box.height - down)) <= 0.02


def meet(one: Box, other: Box) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    return across > 0.02 and min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > 0.02


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_places_30_units_whole_and_apart(engine: str) -> None:
    sizes, edges = tree(30)
    placement = place_with_engine(engine, sizes, edges, Gaps())
    boxes = {box.unit: box for box in placement.boxes}
    assert list(boxes) == list(sizes)
    assert {unit: (box.width, box.height, box.lines) for unit, box in boxes.items()} == {
        unit: (size.width, size.height, size.lines) for unit, size in sizes.items()
    }
    assert not [pair for pair in combinations(placement.boxes, 2) if meet(*pair)]
    assert [(rail.parent, rail.child) for rail in placement.rails] == edges
    assert all(rail.curve and len(rail.points) % 3 == 1 for rail in placement.rails)
    assert all(on_border(rail.points[0], boxes[rail.parent]) for rail in placement.rails)
    assert all(on_border(rail.points[-1], boxes[rail.child]) for rail in placement.rails)
    assert placement.arrangement == engine


@pytest.mark.parametrize("engine", ENGINES)
def test_the_placement_starts_at_0_0_and_holds_everything(engine: str) -> None:
    placement = place(engine=engine)
    left = min(box.x for box in placement.boxes)
    top = min(box.y for box in placement.boxes)
    right = max(box.x + box.width for box in placement.boxes)
    bottom = max(box.y + box.height for box in placement.boxes)
    assert (left, top, right, bottom) == pytest.approx((0, 0, placement.width, placement.height), abs=0.02)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_units_get_the_same_places(engine: str) -> None:
    assert place(engine=engine) == place(engine=engine)


def test_dot_keeps_the_order_of_siblings() -> None:
    sizes, edges = tree(30)
    boxes = {box.unit: box for box in place_with_engine("dot", sizes, edges, Gaps()).boxes}
    for parent in {parent for parent, _ in edges}:
        places = [boxes[child].x for above, child in edges if above == parent]
        assert places == sorted(places)


def test_dot_keeps_the_gaps() -> None:
    upper, left, right = place_with_engine("dot", SIZES, EDGES, Gaps(50, 20)).boxes
    assert right.x - (left.x + left.width) == pytest.approx(20, abs=0.5)
    assert left.y - (upper.y + upper.height) == pytest.approx(50, abs=0.5)


def test_dots_rails_leave_below_and_arrive_above() -> None:
    placement = place()
    upper, *lower = placement.boxes
    for rail, box in zip(placement.rails, lower, strict=True):
        assert rail.points[0] == pytest.approx((upper.x + 60.25, upper.y + 40.25), abs=0.02)
        assert rail.points[-1] == pytest.approx((box.x + 45, box.y), abs=0.02)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_forest_is_placed_whole(engine: str) -> None:
    sizes = {name: BoxSize(80, 30, (name,)) for name in "abcdefg"}
    placement = place_with_engine(engine, sizes, [("a", "b"), ("c", "d"), ("c", "e")], Gaps())
    assert [box.unit for box in placement.boxes] == list("abcdefg")
    assert first_overlap(placement.boxes) is None
    assert [(rail.parent, rail.child) for rail in placement.rails] == [("a", "b"), ("c", "d"), ("c", "e")]


def test_dot_keeps_the_order_of_roots() -> None:
    sizes = {name: BoxSize(80, 30, (name,)) for name in "dacb"}
    boxes = place_with_engine("dot", sizes, [], Gaps()).boxes
    assert [(box.x, box.y) for box in boxes] == [(0, 0), (92, 0), (184, 0), (276, 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_single_unit_is_a_chart(engine: str) -> None:
    placement = place_with_engine(engine, {"a": BoxSize(80.33, 30, ("а",))}, [], Gaps())
    assert placement == Placement(80.33, 30, (Box("a", 0, 0, 80.33, 30, ("а",)),), (), engine)


def test_no_units_make_an_empty_placement() -> None:
    assert place_with_engine("dot", {}, [], Gaps()) == Placement(0, 0, (), (), "dot")


def test_hostile_unit_ids_are_placed_like_any_other() -> None:
    sizes = {name: BoxSize(80, 30, ()) for name in ("a:b", 'x"];y', "<b>", "node")}
    placement = place_with_engine("dot", sizes, [("a:b", 'x"];y'), ("a:b", "<b>"), ("<b>", "node")], Gaps())
    assert [box.unit for box in placement.boxes] == ["a:b", 'x"];y', "<b>", "node"]


def test_a_right_answer_becomes_a_placement() -> None:
    placement = place([sys.executable, "-c", answering()])
    assert [(box.unit, box.x, box.y) for box in placement.boxes] == [("s", 35, 0), ("a", 0, 80), ("b", 100, 80)]
    assert [rail.points for rail in placement.rails] == [
        ((95, 40.25), (95, 60), (45, 60), (45, 80)),
        ((95, 40.25), (95, 60), (145, 60), (145, 80)),
    ]
    assert (placement.width, placement.height) == (190, 110)


@pytest.mark.parametrize("name", ["osage", "patchwork", "nop2", "Dot", "dot; rm", ""])
def test_an_unknown_engine_is_named_with_the_known_ones(name: str) -> None:
    with pytest.raises(EngineError) as error:
        place(engine=name)
    assert str(error.value) == (
        f'layout engine "{name}" is not known; use dot, neato, twopi, circo, fdp, sfdp, or page'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "crashed with signal 11, SIGSEGV; use the layout"),
        ("import os; os.abort()", "crashed with signal 6, SIGABRT; use the layout"),
        ("import sys; sys.exit('out of memory')", "failed with exit code 1: out of memory; use the layout"),
        ("pass", "gave an empty answer; try again, or use the layout page"),
        (f"print({ANSWER[:400]!r})", "is no use: it is cut off or not XML"),
        ("print('Segmentation fault')", "is no use: it is cut off or not XML"),
        (answering(("n3", "n2")), 'is no use: "n2" is in it twice'),
        (answering(("to_n3", "e7")), 'the line from unit "s" to unit "b" is missing or broken'),
        (answering(('id="n3"', 'id="n4"')), 'unit "b" has no place in it'),
        (answering(("160.5", "170.5")), 'unit "s" is 130.50 by 40.25 pt in it and not 120.50 by 40.25'),
        (answering(("95,-60", "9e24,-60")), "the chart in it is larger than 10,000,000 pt"),
        (answering(("95,-60", "nan,-60")), "is no use: "),
        (answering(("105", "90"), ("195", "180")), 'left the boxes of units "a" and "b" on top of each other; use'),
    ],
)
def test_a_broken_child_is_a_clear_error(script: str, said: str) -> None:
    with pytest.raises(EngineError) as error:
        place([sys.executable, "-c", script])
    assert said in str(error.value)
    assert 'layout engine "dot"' in str(error.value)


def test_a_child_that_hangs_is_stopped_at_the_time_limit() -> None:
    with pytest.raises(EngineError) as error:
        place([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5)
    assert str(error.value).startswith('layout engine "dot" was stopped after 0.5 seconds, the time limit; use the')


def test_a_child_that_cannot_start_is_a_clear_error() -> None:
    with pytest.raises(EngineError, match="could not be started: No such file or directory; use the layout page"):
        place(["no-such-program-here"])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory limit")
def test_graphviz_without_memory_is_a_clear_error() -> None:
    with pytest.raises(EngineError, match=r'layout engine "dot" (failed with exit code|crashed with signal)'):
        place(memory_mb=25)


def test_a_missing_pygraphviz_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orgchart.layout.engines.find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r'needs the package pygraphviz, .*; run pip install "pygraphviz>=2"'):
        place()


def test_the_child_sees_nothing_that_steers_graphviz_or_python(monkeypatch: pytest.MonkeyPatch) -> None:
    steering = ("FONTCONFIG_FILE", "GVBINDIR", "PYTHONPATH")
    for name in steering:
        monkeypatch.setenv(name, "/nowhere")
    script = f"import os, sys; sys.exit('seen: ' + ' '.join({set(steering)!r} & {{*os.environ}}))"
    with pytest.raises(EngineError, match="exit code 1: seen:; use"):
        place([sys.executable, "-c", script])


def test_two_boxes_that_share_only_an_edge_do_not_overlap() -> None:
    beside = Box("a", 0, 0, 10, 10, ()), Box("b", 10, 0, 10, 10, ()), Box("c", 0, 10, 20, 10, ())
    assert first_overlap(beside) is None


def test_a_box_inside_another_overlaps_it() -> None:
    outer, inner = Box("outer", 0, 0, 100, 100, ()), Box("inner", 40, 40, 10, 10, ())
    assert first_overlap([inner, Box("far", 200, 0, 10, 10, ()), outer]) == (outer, inner)


def test_an_answer_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_GRAPHVIZ_BYTES", "100000")
    with pytest.raises(EngineError) as error:
        place([sys.executable, "-c", "while True: print('x' * 1000)"])
    assert str(error.value) == (
        'layout engine "dot": its answer has more than 100,000 bytes, the limit graphviz_bytes; use the layout page, '
        "or raise it: ORGCHART_LIMIT_GRAPHVIZ_BYTES=200000"
    )


def test_of_much_that_is_said_the_end_is_kept() -> None:
    script = "import sys; sys.stderr.write('x' * 1_000_000 + chr(10) + 'the end'); sys.exit(1)"
    with pytest.raises(EngineError, match="failed with exit code 1: the end; use the layout"):
        place([sys.executable, "-c", script])


def test_a_child_that_reads_nothing_is_asked_in_vain_and_not_for_ever() -> None:
    sizes, edges = tree(3000)
    with pytest.raises(EngineError, match="gave an empty answer"):
        place_with_engine("dot", sizes, edges, Gaps(), _command=[sys.executable, "-c", "pass"])
