"""A layout and the fields of its page, in; one page that shows each field's units in the same places, drawn, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from orgchart.chart_page import ChartPage, Field, Setting, join, relation_warnings
from orgchart.drawing import draw
from orgchart.hierarchy import Hierarchy
from orgchart.layout import Layout
from orgchart.layout.measure import face_of, inner_width
from orgchart.layout.shapes import Box, Point, Rail
from orgchart.units import Unit
from orgchart.wrapping import wrap


def draw_fields(placed: Layout, setting: Setting) -> ChartPage:
    """Every field's units, those of one place at the same distance from their field's corner."""
    boxes: list[Box] = []
    rails: list[Rail] = []
    for field, offset in zip(setting.fields, placed.offsets, strict=True):
        boxes += _boxes(field, placed, offset, setting)
        rails += _rails(field, placed, offset)
    layout = replace(placed, boxes=tuple(boxes), rails=tuple(rails))
    whole = _together(setting.fields)
    related = join(layout, whole, setting, whole.relations)
    drawing = draw(layout, whole, setting.styles, setting.furniture.lang, related, marks=setting.marks)
    home = tuple(unit.id for unit in whole.units)
    return ChartPage(1, "", layout, drawing, whole, home, tuple(relation_warnings(related)))


def _boxes(field: Field, placed: Layout, offset: Point, setting: Setting) -> Iterator[Box]:
    by_unit = {box.unit: box for box in placed.boxes}
    for unit in field.hierarchy.units:
        box, style = by_unit[field.places[unit.id]], setting.styles.box(unit.level)
        width = inner_width(style, box.width, placed.scale)
        lines = wrap(field.labels[unit.id], face_of(style, setting.font), width)
        yield box._replace(unit=unit.id, x=round(box.x + offset[0], 2), y=round(box.y + offset[1], 2), lines=lines)


def _rails(field: Field, placed: Layout, offset: Point) -> Iterator[Rail]:
    by_child = {rail.child: rail for rail in placed.rails}
    for unit in field.hierarchy.units:
        parent = field.hierarchy.parent(unit.id)
        if parent is not None:
            rail = by_child[field.places[unit.id]]
            points = tuple((round(x + offset[0], 2), round(y + offset[1], 2)) for x, y in rail.points)
            yield Rail(parent.id, unit.id, points, rail.curve)


def _together(fields: tuple[Field, ...]) -> Hierarchy:
    """One forest of all fields' units."""
    units: list[tuple[Unit, str | None, int]] = []
    for field in fields:
        generations: dict[str, int] = {}
        for unit in field.hierarchy.units:
            parent = field.hierarchy.parent(unit.id)
            generations[unit.id] = 1 if parent is None else generations[parent.id] + 1
            units.append((unit, None if parent is None else parent.id, generations[unit.id]))
    roots = (root for field in fields for root in field.hierarchy.roots)
    return Hierarchy(roots, units, (relation for field in fields for relation in field.hierarchy.relations))
