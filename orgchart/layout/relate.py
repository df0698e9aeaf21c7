"""A finished layout and the relations between its units, in; their lines, words and legend entries on it, out."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgchart.layout import Layout
from orgchart.layout.page import PT_PER_MM, LegendEntry
from orgchart.layout.shapes import Box
from orgchart.styles import StyleSheet
from orgchart.text import Font
from orgchart.units import Relation

if TYPE_CHECKING:
    from orgchart.layout.relation_labels import RelationLabel
    from orgchart.layout.relations import Route

# Lines may run this far outside what the chart itself may fill: round a chart that is as wide as its page.
_INTO_MARGIN_PT = 5.0
_FROM_PAGE_EDGE_PT = 1.0
_FROM_WORDS_PT = 3.0


@dataclass(frozen=True, slots=True)
class Relations:
    """Routes in the file's order, each with its label or None; ``kinds`` in the order in which they first stand there;
    ``legend``: an entry for each kind, whose ``level`` is the kind, or nothing."""

    routes: tuple[Route, ...] = ()
    labels: tuple[RelationLabel | None, ...] = ()
    kinds: tuple[str, ...] = ()
    legend: tuple[LegendEntry, ...] = ()


def relate(
    layout: Layout,
    relations: Sequence[Relation],
    words: Mapping[str, str],
    styles: StyleSheet,
    font: Font,
    obstacles: Sequence[Box] = (),
) -> Relations:
    """Route and label the relations on the page of the layout, all of whose units they join.

    words: by kind, of all pages of the chart, so that a kind has one look on all of them. The kinds that are drawn here
    have the last entries of the page's legend, if it has any. obstacles: what lines and words keep away from besides.
    """
    if not relations:
        return Relations()
    # Most charts have none, and do not wait for what finds them their way.
    from orgchart.layout.relation_labels import place_labels
    from orgchart.layout.relations import MOST_ROUTED_TWICE, route_relations

    style = styles.relations
    face = font.face(style.bold, style.italic)
    bounds = _bounds(layout, styles)
    boxes = (*layout.boxes, *obstacles)

    def width_of(word: str) -> float:
        return face.advance(word) * style.font_size_pt

    def drawn(roomy: Container[int]) -> tuple[tuple[Route, ...], tuple[RelationLabel | None, ...]]:
        routes = route_relations(boxes, layout.rails, relations, bounds, roomy)
        return routes, place_labels(
            routes, words, width_of, style.font_size_pt, boxes, layout.rails, bounds
        )  # fmt: skip

    routes, labels = drawn(())
    wordless = {number for number, label in enumerate(labels) if label is None}
    if wordless and len(relations) <= MOST_ROUTED_TWICE:
        others = drawn(wordless)
        if others[1].count(None) < len(wordless) and not any(route.straight for route in others[0]):
            routes, labels = others
    return Relations(routes, labels, tuple(words), layout.legend[-len({relation.kind for relation in relations}) :])


def _bounds(layout: Layout, styles: StyleSheet) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of where lines may run: below the title, above the legend, inside the margins or a
    little into them."""
    page = layout.page
    margin = min(
        styles.spacing.margin_mm * PT_PER_MM, min(box.x for box in layout.boxes), min(box.y for box in layout.boxes)
    )
    edge = max(margin - _INTO_MARGIN_PT, _FROM_PAGE_EDGE_PT)
    top, bottom = edge, page.height - edge
    if layout.title:
        top = max(line.y for line in layout.title) + 0.3 * styles.title.font_size_pt + _FROM_WORDS_PT
    if layout.headings:
        top = max(top, min(line.y for line in layout.headings) + 0.3 * styles.title.font_size_pt + _FROM_WORDS_PT)
    if layout.legend:
        bottom = min(min(entry.y, entry.word_y - styles.legend.font_size_pt) for entry in layout.legend)
        bottom -= _FROM_WORDS_PT
    return edge, top, page.width - edge, bottom
