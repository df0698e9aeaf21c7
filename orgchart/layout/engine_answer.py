"""Graphviz' SVG and the sizes and edges it was asked about, in; a checked Placement, out.

The SVG is read because its numbers have two decimals at any size; those of Graphviz' own formats have five digits in
all, which is 10 pt in a chart of 10,000 units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from orgchart.errors import EngineError
from orgchart.layout.shapes import Box, BoxSize, Placement, Point, Rail

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
SIZE_TOLERANCE_PT = 0.03
# A chart larger than this is one that an engine lost control of; circo does so with some hundreds of units.
LARGEST_PT = 10_000_000.0

Edge = tuple[str, str]


def read_answer(
    svg: bytes, engine: str, sizes: Mapping[str, BoxSize], edges: Sequence[Edge], ids: Mapping[str, str]
) -> Placement:
    """Every box placed once, at its own size, from (0, 0), y down; every rail a Bézier curve from border to border.

    ids: by unit id, the ``id`` of its group in the SVG; a rail's is ``to_`` and that of its child.
    Raises EngineError where the answer is empty, cut off, not SVG, or not about these units.
    """
    shapes = _shapes(svg, engine)
    boxes = [_box(unit, size, shapes.pop(ids[unit], []), engine) for unit, size in sizes.items()]
    placed = {box.unit: box for box in boxes}
    parents = {child: parent for parent, child in edges}
    curves: list[Rail] = []
    for child in (unit for unit in sizes if unit in parents):
        parent = parents[child]
        points = shapes.pop(f"to_{ids[child]}", [])
        if len(points) < 4 or len(points) % 3 != 1:
            raise _nonsense(engine, f'the line from unit "{parent}" to unit "{child}" is missing or broken')
        ends = _on_border(points[0], placed[parent]), _on_border(points[-1], placed[child])
        curves.append(Rail(parent, child, (ends[0], *points[1:-1], ends[1]), curve=True))
    if shapes:
        raise _nonsense(engine, f'it drew "{next(iter(shapes))}", which it was not asked for')
    return _from_origin(boxes, curves, engine)


def _shapes(svg: bytes, engine: str) -> dict[str, list[Point]]:
    """The points of each group's first shape, by the group's id."""
    if not svg.strip():
        raise EngineError(f'layout engine "{engine}" gave an empty answer; try again, or use the layout page')
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise _nonsense(engine, f"it is cut off or not XML ({error})") from error
    shapes: dict[str, list[Point]] = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") not in ("node", "edge"):
            continue
        name = group.get("id", "")
        if name in shapes:
            raise _nonsense(engine, f'"{name}" is in it twice')
        drawn = next((part for part in group.iter() if part.tag in (f"{SVG}polygon", f"{SVG}path")), None)
        outline = "" if drawn is None else drawn.get("points") or drawn.get("d") or ""
        numbers = [float(number) for number in NUMBER.findall(outline)]
        shapes[name] = list(zip(numbers[::2], numbers[1::2], strict=False))
    return shapes


def _box(unit: str, size: BoxSize, corners: Sequence[Point], engine: str) -> Box:
    if not corners:
        raise _nonsense(engine, f'unit "{unit}" has no place in it')
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    if not all(abs(edge) < LARGEST_PT for edge in (left, right, top, bottom)):
        raise _nonsense(engine, f"the chart in it is larger than {LARGEST_PT:,.0f} pt")
    if abs(right - left - size.width) > SIZE_TOLERANCE_PT or abs(bottom - top - size.height) > SIZE_TOLERANCE_PT:
        raise _nonsense(
            engine,
            f'unit "{unit}" is {right - left:.2f} by {bottom - top:.2f} pt in it '
            f"and not {size.width:.2f} by {size.height:.2f}",
        )
    x, y = (left + right - size.width) / 2, (top + bottom - size.height) / 2
    return Box(unit, x, y, size.width, size.height, size.lines)


def _on_border(point: Point, box: Box) -> Point:
    """The point of the box's border nearest to this one: Graphviz stops half a line's width before it."""
    right, bottom = box.x + box.width, box.y + box.height
    x, y = min(max(point[0], box.x), right), min(max(point[1], box.y), bottom)
    sides = [(x - box.x, (box.x, y)), (right - x, (right, y)), (y - box.y, (x, box.y)), (bottom - y, (x, bottom))]
    return min(sides)[1]


def _from_origin(boxes: Sequence[Box], rails: Sequence[Rail], engine: str) -> Placement:
    bends = [point for rail in rails for point in rail.points]
    left = min([box.x for box in boxes] + [x for x, _ in bends])
    top = min([box.y for box in boxes] + [y for _, y in bends])
    width = max([box.x + box.width for box in boxes] + [x for x, _ in bends]) - left
    height = max([box.y + box.height for box in boxes] + [y for _, y in bends]) - top
    return Placement(
        round(width, 2),
        round(height, 2),
        tuple(
            Box(box.unit, round(box.x - left, 2), round(box.y - top, 2), box.width, box.height, box.lines)
            for box in boxes
        ),
        tuple(
            Rail(rail.parent, rail.child, tuple((round(x - left, 2), round(y - top, 2)) for x, y in rail.points), True)
            for rail in rails
        ),
        engine,
    )


def _nonsense(engine: str, fault: str) -> EngineError:
    return EngineError(
        f'the answer of layout engine "{engine}" is no use: {fault}; '
        "use the layout page, which needs no Graphviz, or another engine"
    )
