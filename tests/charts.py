"""A few words about units, in; a units file's bytes, a Chart, or what a reader finds in its files, out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pypdfium2
from defusedxml import ElementTree

from orgchart.chart import Chart, build_chart
from orgchart.units import parse_units

SVG = "{http://www.w3.org/2000/svg}"
LETTERS = ("font-size", "font-weight", "font-style", "text-anchor", "fill")


def unit(unit_id: str, name: str = "Unit", parent: str | None = None, level: str = "group") -> dict[str, Any]:
    return {"id": unit_id, "level": level, "name": name} | ({} if parent is None else {"parent": parent})


def relation(source: str, target: str, kind: str = "coordinates") -> dict[str, Any]:
    return {"from": source, "to": target, "kind": kind}


def units_file(*units: dict[str, Any], **keys: Any) -> bytes:
    return json.dumps({**keys, "units": list(units)}, ensure_ascii=False).encode("utf-8")


def chart_of(*units: dict[str, Any], relations: Sequence[dict[str, Any]] = (), **wishes: Any) -> Chart:
    return build_chart(parse_units(units_file(*units, relations=list(relations)), "units.json"), **wishes)


# Levels of every kind of border, a name of several lines, both alphabets, a column and a row.
SECTOR = (
    unit("sector", "Сектор за мултилатералну сарадњу", level="sector"),
    unit("un", "Одељење за Уједињене нације", "sector", "department"),
    unit("politics", "Група за политичка питања", "un"),
    unit("economy", "Група за економска и социјална питања", "un"),
    unit("osce", "Одељење за Организацију за европску безбедност и сарадњу и Савет Европе", "sector", "department"),
    unit("law", "Section for Human Rights and the Environment", "sector", "section"),
)


def redrawn(chart: Chart, **changes: Any) -> Chart:
    """The chart with something else on its first page."""
    first = replace(chart.pages[0], drawing=replace(chart.drawing, **changes))
    return replace(chart, pages=(first, *chart.pages[1:]))


def read_svg(content: bytes) -> Element:
    return ElementTree.fromstring(content)


def svg_names(content: bytes) -> dict[str, list[str]]:
    """Unit id to the lines of text in its group."""
    groups = (group for group in read_svg(content).iter(f"{SVG}g") if group.get("data-unit") is not None)
    return {group.attrib["data-unit"]: [line.text or "" for line in group.iter(f"{SVG}text")] for group in groups}


def text_lines(svg: Element) -> list[Element]:
    """Every line of text, with what the groups round it say of letters, colour and place."""
    found: list[Element] = []

    def walk(part: Element, above: dict[str, str]) -> None:
        said = {
            key: value for key, value in {**above, **part.attrib}.items() if key in LETTERS or part.tag == f"{SVG}text"
        }
        if part.tag == f"{SVG}text":
            line = Element(part.tag, said)
            line.text = part.text
            found.append(line)
        for child in part:
            walk(child, said)

    walk(svg, {})
    return found


def pdf_text(content: bytes) -> str:
    """The text of all pages as a reader copies it, its lines joined by single spaces."""
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
