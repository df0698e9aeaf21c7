"""Some units and what all pages of a chart share, in; one finished page, laid out and drawn, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from orgchart.drawing import Drawing
from orgchart.furniture import Furniture
from orgchart.hierarchy import Hierarchy
from orgchart.layout import Layout, lay_out
from orgchart.layout.measure import Alternative
from orgchart.layout.page import Page
from orgchart.layout.relate import Relations, relate
from orgchart.layout.shapes import Box, Kind
from orgchart.marks import MARK_KEY, Mark, signs_place
from orgchart.styles import StyleSheet
from orgchart.text import Font
from orgchart.units import Relation


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a page that shows several structures of the same units, one beside the other.

    hierarchy: the units of this field, whose ids no other field has; places: by their ids, that of the unit in whose
    place each stands; labels: by their ids, the text of their boxes.
    """

    heading: str
    hierarchy: Hierarchy
    places: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pages of a chart share. labels: the text of each box, by unit id; arrange: the kinds of arrangement that
    some units must have; engine: ``page`` or a Graphviz engine; min_text: the size of text in pt that can be read;
    marks: by unit id, what is marked on it; fields: what the page shows in several, each with its heading."""

    styles: StyleSheet
    font: Font
    furniture: Furniture
    labels: Mapping[str, str]
    arrange: Mapping[str, Kind]
    engine: str
    min_text: float
    marks: Mapping[str, Mark] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartPage:
    """One finished page. number: from 1; suffix: what its files have behind the chart's own name, "" for the first;
    layout: None for a page of the index, which has no units either; home: the ids of the units that are on this page
    and not only repeated here, in reading order."""

    number: int
    suffix: str
    layout: Layout | None
    drawing: Drawing
    hierarchy: Hierarchy
    home: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def place(
    hierarchy: Hierarchy,
    setting: Setting,
    sheets: Sequence[Page],
    *,
    labels: Mapping[str, str] | None = None,
    relations: Sequence[Relation] = (),
    number: int = 1,
    count: int = 1,
    atlas: bool = False,
    known_widths: Mapping[str, float] | None = None,
) -> Layout:
    """The units on the one of the sheets that suits them best, as page ``number`` of ``count``.

    known_widths: by level, box widths with which the units are known to fit.
    """
    furniture = setting.furniture
    return lay_out(
        hierarchy,
        setting.styles,
        sheets,
        setting.font,
        title=furniture.title,
        legend=furniture.legend({relation.kind for relation in relations}, atlas=atlas),
        engine=setting.engine,
        arrange=setting.arrange,
        labels=setting.labels if labels is None else labels,
        notes=furniture.notes(number, count),
        min_text=setting.min_text,
        known_widths=known_widths,
        headings=[field.heading for field in setting.fields],
        alternatives=_alternatives(setting),
    )


def _alternatives(setting: Setting) -> dict[str, Alternative]:
    """By the unit in whose place they stand, the texts of other units."""
    return {
        field.places[unit.id]: Alternative(unit.level, field.labels[unit.id])
        for field in setting.fields
        for unit in field.hierarchy.units
        if field.places[unit.id] != unit.id
    }


def join(layout: Layout, hierarchy: Hierarchy, setting: Setting, relations: Sequence[Relation]) -> Relations:
    """The relations of a page, whose lines and words keep away from the signs on its boxes."""
    obstacles = []
    for box in layout.boxes if relations else ():
        if names := setting.marks[box.unit].names if box.unit in setting.marks else ():
            padding = setting.styles.box(hierarchy.unit(box.unit).level).padding_y_pt
            place = signs_place((box.x, box.y, box.width, box.height), len(names), padding, layout.scale)
            obstacles.append(Box(f"{MARK_KEY}{box.unit}", *place, ()))
    return relate(layout, relations, setting.furniture.kinds, setting.styles, setting.font, obstacles)


def relation_warnings(related: Relations) -> Iterator[str]:
    """Each fault with the relations that have it, the first five by name."""
    straight = [route for route in related.routes if route.straight]
    wordless = [route for route, label in zip(related.routes, related.labels, strict=True) if label is None]
    for routes, fault, remedy in (
        (straight, "found no way between the boxes and is drawn straight, behind them", "use a larger --page"),
        (wordless, "has no room for its word", "the legend has it; use a larger --page to see it on the line"),
    ):
        if routes:
            named = ", ".join(f'"{route.source}" to "{route.target}"' for route in routes[:5])
            more = f" and {len(routes) - 5} more" if len(routes) > 5 else ""
            yield f"relation {named}{more} {fault}; {remedy}"
