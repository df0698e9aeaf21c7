"""A hierarchy, its style and a page, in; a Layout with every box, rail and line of furniture in its place, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from orgchart.errors import PageError
from orgchart.hierarchy import Hierarchy
from orgchart.layout.arrange import LEGIBLE_PT, Candidate, Choice, airier, choose, scale_into
from orgchart.layout.fold import extents
from orgchart.layout.measure import Alternative, Measures, Tree, measure, tree_of
from orgchart.layout.page import NO_NOTES, Frame, LegendEntry, NoteLine, Notes, Page, TextLine, frame, own_frame
from orgchart.layout.place import places
from orgchart.layout.shapes import Box, Kind, Placement, Point, Rail
from orgchart.styles import StyleSheet
from orgchart.text import Font

PAGE_LAYOUT = "page"
_MOST_UNDER_TITLE_PT = 40.0

__all__ = ["PAGE_LAYOUT", "Layout", "lay_out"]


@dataclass(frozen=True, slots=True)
class Layout:
    """One page with everything in its place, in pt from the top left corner, rounded once to 0.01.

    scale: what the style's box sizes and font sizes are multiplied by, at most 1. Boxes and rails stand in
    reading order. candidates: the ways to draw the chart that were weighed, the largest printed first. headings and
    offsets: of the page's fields, where it has several; boxes and rails stand in the first.
    """

    page: Page
    scale: float
    smallest_text: float
    arrangement: str
    boxes: tuple[Box, ...]
    rails: tuple[Rail, ...]
    title: tuple[TextLine, ...]
    legend: tuple[LegendEntry, ...]
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    headings: tuple[TextLine, ...] = ()
    offsets: tuple[Point, ...] = ((0.0, 0.0),)


def lay_out(
    hierarchy: Hierarchy,
    styles: StyleSheet,
    page: Sequence[Page],
    font: Font,
    *,
    title: str = "",
    legend: Sequence[tuple[str, str]] = (),
    engine: str = PAGE_LAYOUT,
    arrange: Mapping[str, Kind] | None = None,
    labels: Mapping[str, str] | None = None,
    notes: Notes = NO_NOTES,
    min_text: float = LEGIBLE_PT,
    known_widths: Mapping[str, float] | None = None,
    headings: Sequence[str] = (),
    alternatives: Mapping[str, Alternative] | None = None,
) -> Layout:
    """Place every unit on the page that suits best of those allowed.

    arrange: the kind of arrangement that the children of some units must have, by unit id.
    legend: pairs of level and printed word. engine: ``page`` for the layout of this program, or a Graphviz engine.
    labels: by unit id, the text of each box; the units' names where None. notes: what is printed at the foot.
    min_text: the size of text in pt that counts as legible. known_widths: by level, box widths with which the units are
    known to fit the page. headings: of the fields of the page, of which the units take one; alternatives: by unit id,
    what else its box must hold.
    Raises PageError where the page is too small for its furniture, EngineError where Graphviz fails.
    """
    tree = tree_of(hierarchy)
    if not tree.ids:
        raise PageError("there is no unit to draw; add one to the units file")
    if labels is not None:
        tree = replace(tree, names=tuple(labels[unit] for unit in tree.ids))
    measures = measure(tree, styles, font, alternatives)
    frames = [frame(sheet, title, legend, styles, font, notes, headings) for sheet in page]
    if engine == PAGE_LAYOUT:
        number_of = {unit: number for number, unit in enumerate(tree.ids)} if arrange else {}
        forced = {number_of[unit]: kind for unit, kind in (arrange or {}).items() if unit in number_of}
        choice = choose(measures, frames, styles.spacing, forced, min_text, known_widths)
        placement, chosen, candidates = _placement(tree, measures, choice, styles), choice.frame, choice.candidates
    else:
        placement, candidates = _engine_placement(engine, tree, measures, styles), ()
        size = (placement.width, placement.height)
        chosen = max(frames, key=lambda candidate: scale_into(candidate, size))
    if chosen.page.is_own_size:
        chosen = own_frame(placement.width, placement.height, title, legend, styles, font, notes, headings)
    return _fitted(placement, chosen, measures.smallest_text(), candidates)


def _placement(tree: Tree, measures: Measures, choice: Choice, styles: StyleSheet) -> Placement:
    widths = [choice.widths[level] for level in tree.levels]
    spacing = styles.spacing
    if not choice.frame.page.is_own_size:
        spacing = airier(tree, widths, choice, spacing)
    folded = extents(tree, widths, choice.heights, choice.arrangements, choice.roots, spacing)
    placed = places(tree, widths, choice.arrangements, choice.roots, spacing, folded)
    lines = measures.wrapped(choice.widths)
    boxes = tuple(
        [
            Box(unit, x, y, width, height, text)
            for unit, (x, y), width, height, text in zip(
                tree.ids, placed.corners, widths, folded.box_heights, lines, strict=True
            )
        ]
    )
    ids = tree.ids
    rails = tuple(
        [
            Rail(ids[above], unit, points)
            for unit, above, points in zip(ids, tree.parents, placed.rails, strict=True)
            if above >= 0
        ]
    )
    return Placement(folded.whole[0], folded.whole[1], boxes, rails, choice.name)


def _engine_placement(engine: str, tree: Tree, measures: Measures, styles: StyleSheet) -> Placement:
    from orgchart.layout.engines import place_with_engine

    widths = {level: measures.width(level, 0.5) for level in measures.levels}
    sizes = measures.sizes(widths, measures.heights(widths)[0])
    edges = [(tree.ids[above], tree.ids[number]) for number, above in enumerate(tree.parents) if above >= 0]
    gaps = styles.spacing
    return place_with_engine(engine, sizes, edges, gaps)


def _fitted(placement: Placement, chosen: Frame, smallest: float, candidates: tuple[Candidate, ...]) -> Layout:
    """Scale the placement into the frame's free area: in the middle across, in optical balance from top to bottom."""
    left, top, width, height = chosen.area
    scale = scale_into(chosen, (placement.width, placement.height))
    left += (width - placement.width * scale) / 2
    top += min((height - placement.height * scale) / 3, _MOST_UNDER_TITLE_PT)

    boxes = tuple(
        [
            Box(
                unit,
                round(left + x * scale, 2),
                round(top + y * scale, 2),
                round(across * scale, 2),
                round(down * scale, 2),
                lines,
            )
            for unit, x, y, across, down, lines in placement.boxes
        ]
    )
    rails = tuple(
        [
            Rail(
                parent,
                child,
                tuple([(round(left + x * scale, 2), round(top + y * scale, 2)) for x, y in points]),
                curve,
            )
            for parent, child, points, curve in placement.rails
        ]
    )
    text = round(smallest * scale, 2)
    return Layout(
        chosen.page,
        scale,
        text,
        placement.arrangement,
        boxes,
        rails,
        chosen.title,
        chosen.legend,
        candidates,
        chosen.notes,
        chosen.headings,
        chosen.offsets,
    )
