"""The pages of a chart as a PDF and the Chart, in; the PDF with all ways through it: bookmarks, links, labels, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from orgchart.chart import Chart
from orgchart.drawing import Link
from orgchart.units import Unit
from orgchart.words import index_word, page_reference

_Place = Callable[[int, str], Array]
# A box is shown with a little of what is round it.
_AROUND_PT = 12.0


def add_ways(pdf: pikepdf.Pdf, chart: Chart) -> None:
    """Bookmarks of all units, as they stand below each other, and of the index; a link for every reference; where there
    are several pages, the numbers that are printed, and the bookmarks shown."""
    pages = [page.obj for page in pdf.pages]
    corners = {
        (page.number, mark.unit): (mark.box.x, page.drawing.height - mark.box.y)
        for page in chart.pages
        for mark in page.drawing.units
    }

    def place(number: int, unit: str) -> Array:
        left, top = corners[number, unit]
        height = chart.pages[number - 1].drawing.height
        # Nothing for the magnification: the reader's own stays.
        return Array(
            [
                pages[number - 1],
                Name.XYZ,
                round(max(left - _AROUND_PT, 0), 2),
                round(min(top + _AROUND_PT, height), 2),
                None,
            ]
        )

    for page, drawn in zip(chart.pages, pages, strict=True):
        if page.drawing.links:
            drawn.Annots = Array(
                [pdf.make_indirect(_link(chart, page.number, link, place)) for link in page.drawing.links]
            )
    _bookmarks(pdf, chart, pages, place)
    if len(pages) > 1:
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        pdf.Root.PageMode = Name.UseOutlines


def _link(chart: Chart, number: int, link: Link, place: _Place) -> Dictionary:
    height = chart.pages[number - 1].drawing.height
    name = " ".join(chart.hierarchy.unit(link.unit).name.split())
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array(
            [
                link.left,
                round(height - link.top - link.height, 2),
                round(link.left + link.width, 2),
                round(height - link.top, 2),
            ]
        ),
        Border=Array([0, 0, 0]),
        Contents=String(f"{name}, {page_reference((link.page,), chart.drawing.lang)}"),
        Dest=place(link.page, link.unit),
    )


def _bookmarks(pdf: pikepdf.Pdf, chart: Chart, pages: Sequence[Any], place: _Place) -> None:
    """Open down to the units below the topmost. pikepdf's own outlines are written by recursion, and a chain of units
    may be longer than Python's stack."""
    hierarchy = chart.hierarchy
    homes = {unit: page.number for page in chart.pages for unit in page.home}

    def spoken(unit: Unit) -> str:
        return chart.pages[homes[unit.id] - 1].drawing.spoken(unit.id, " ".join(unit.name.split()))

    entries: dict[str, Any] = {
        unit.id: pdf.make_indirect(Dictionary(Title=String(spoken(unit)), Dest=place(homes[unit.id], unit.id)))
        for unit in hierarchy.units
    }
    outline = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    for unit in hierarchy.units:
        below = [entries[child.id] for child in hierarchy.children(unit.id)]
        if below:
            is_open = hierarchy.parent(unit.id) is None
            _hang(entries[unit.id], below, len(below) if is_open else -len(below))
    top = [entries[root.id] for root in hierarchy.roots]
    index = next((page.number for page in chart.pages if page.layout is None), None)
    if index is not None:
        first = Array([pages[index - 1], Name.Fit])
        top.append(pdf.make_indirect(Dictionary(Title=String(index_word(chart.drawing.lang)), Dest=first)))
    shown = len(top) + sum(len(hierarchy.children(root.id)) for root in hierarchy.roots)
    _hang(outline, top, shown)
    pdf.Root.Outlines = outline


def _hang(parent: Any, children: Sequence[Any], count: int) -> None:
    """Link the entries to each other and to the one above. count: how many are seen below it, negative where it is
    closed."""
    parent.First, parent.Last, parent.Count = children[0], children[-1], count
    for number, child in enumerate(children):
        child.Parent = parent
        if number:
            child.Prev = children[number - 1]
        if number + 1 < len(children):
            child.Next = children[number + 1]
