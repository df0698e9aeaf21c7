"""draw.io: the file is read back as draw.io reads it, and has the drawing's boxes, lines and links."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from math import dist
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings

from orgchart.changes.chart import build_change_chart
from orgchart.chart import Chart, build_chart
from orgchart.formats import render
from orgchart.units import UnitFile
from tests.atlases import by_hand
from tests.change_cases import by_ids, units
from tests.charts import SECTOR, chart_of, redrawn, relation, unit
from tests.strategies import related_files, unit_files

PAIR = (unit("a", "Сектор", level="sector"), unit("b", "Одсек", "a", "section"))


@dataclass(frozen=True)
class Cell:
    """A cell, with what its UserObject says where it has one."""

    said: dict[str, str]
    cell: Element

    @property
    def style(self) -> dict[str, str]:
        parts = [part.partition("=") for part in self.cell.attrib.get("style", "").split(";")]
        return {key: value for key, _, value in parts}

    @property
    def box(self) -> tuple[float, float, float, float]:
        place = self.cell.find("mxGeometry")
        assert place is not None
        return tuple(float(place.attrib[key]) for key in ("x", "y", "width", "height"))  # type: ignore[return-value]


def diagrams(chart: Chart) -> list[Element]:
    return list(ElementTree.fromstring(render(chart, "drawio")).findall("diagram"))


def cells(diagram: Element) -> dict[str, Cell]:
    root = diagram.find("mxGraphModel/root")
    assert root is not None
    found = {}
    for element in root:
        inner = element if element.tag == "mxCell" else element.find("mxCell")
        assert inner is not None
        assert element.attrib["id"] not in found
        found[element.attrib["id"]] = Cell(dict(element.attrib), inner)
    return found


class Label(HTMLParser):
    """The lines and links of a label."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.lines, self.links = [""], list[str]()
        self.feed(label)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in ("br", "a")
        if tag == "br":
            self.lines.append("")
        else:
            self.links.append(dict(attributes)["href"] or "")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def end_of(line: Cell, end: str, box: tuple[float, float, float, float]) -> tuple[float, float]:
    """Where draw.io puts the end of a line: a share of the box, and so many points from there."""
    x, y, width, height = box
    share = {key: float(line.style[f"{end}{key}"]) for key in ("X", "Y", "Dx", "Dy")}
    assert line.style[f"{end}Perimeter"] == "0"
    return x + share["X"] * width + share["Dx"], y + share["Y"] * height + share["Dy"]


def way_of(line: Cell, found: dict[str, Cell]) -> list[tuple[float, float]]:
    source, target = found[line.cell.attrib["source"]].box, found[line.cell.attrib["target"]].box
    bends = [(float(p.attrib["x"]), float(p.attrib["y"])) for p in line.cell.iterfind("mxGeometry/Array/mxPoint")]
    return [end_of(line, "exit", source), *bends, end_of(line, "entry", target)]


def is_on_border(point: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    (x, y), (left, top, width, height) = point, box
    across = min(abs(x - left), abs(x - left - width)) <= 0.02 and top - 0.02 <= y <= top + height + 0.02
    down = min(abs(y - top), abs(y - top - height)) <= 0.02 and left - 0.02 <= x <= left + width + 0.02
    return across or down


def test_a_page_has_its_printed_size_and_the_drawings_points() -> None:
    model = diagrams(chart_of(*PAIR, orientation="portrait"))[0].find("mxGraphModel")
    assert model is not None
    page = {key: model.attrib[key] for key in ("pageWidth", "pageHeight", "pageScale", "page")}
    assert page == {"pageWidth": "827", "pageHeight": "1169", "pageScale": "0.72", "page": "1"}  # draw.io's own A4


def test_a_unit_is_a_box_with_its_look_and_what_the_file_says_of_it() -> None:
    chart = chart_of(PAIR[0], {**PAIR[1], "source": {"article": "члан 12.", "line": 5, "end_line": 8}})
    found = cells(diagrams(chart)[0])["unit/b"]
    box = chart.drawing.units[1].box
    assert found.box == (box.x, box.y, box.width, box.height)
    assert found.said == {
        "id": "unit/b",
        "label": "Одсек",
        "tooltip": "Одсек, одсек, члан 12., редови 5–8",
        "unit": "b",
        "level": "section",
        "article": "члан 12.",
        "lines": "5–8",
    }
    wanted = {
        "html": "1", "fontFamily": "PT Sans", "whiteSpace": "nowrap", "fillColor": box.fill, "rounded": "0",
        "strokeColor": box.border, "align": "center", "verticalAlign": "middle", "fontSize": "10.5",
    }  # fmt: skip
    assert {key: found.style[key] for key in wanted} == wanted


def test_the_tooltip_says_what_is_marked_on_the_unit() -> None:
    top = "top: sector Сектор"
    chart = build_change_chart(by_ids(units(top), units(top, "a < top: department Одељење")))
    assert cells(diagrams(chart)[0])["unit/a"].said["tooltip"] == "Одељење (ново), одељење"


@pytest.mark.parametrize(
    ("level", "wanted"),
    [
        ("ministry", {"shape": "ext", "double": "1", "margin": "1.75"}),
        ("cabinet", {"rounded": "1", "absoluteArcSize": "1", "dashed": "1", "fixDash": "1", "dashPattern": "5 2"}),
        ("unit", {"dashPattern": "1 5"}),
    ],
)
def test_borders_and_corners_are_those_of_the_style(level: str, wanted: dict[str, str]) -> None:
    chart = chart_of(unit("a", level=level), style="print")
    style = cells(diagrams(chart)[0])["unit/a"].style
    assert {key: style.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("chart", [chart_of(*SECTOR), chart_of(*SECTOR, style="print", page="A3")])
def test_a_rail_leaves_turns_and_ends_where_it_does_in_the_drawing(chart: Chart) -> None:
    found = cells(diagrams(chart)[0])
    for rail in chart.drawing.rails:
        line = found[f"rail/{rail.child}"]
        assert line.style["edgeStyle"] == "orthogonalEdgeStyle"
        assert (line.cell.attrib["source"], line.cell.attrib["target"]) == (f"unit/{rail.parent}", f"unit/{rail.child}")
        for drawn, wanted in zip(way_of(line, found), rail.points, strict=True):
            assert drawn == pytest.approx(wanted, abs=0.02)


@settings(max_examples=25, deadline=None)
@given(unit_files(largest=20, staff=True))
def test_every_unit_stands_once_with_its_own_lines_and_every_rail_ends_on_two_borders(file: UnitFile) -> None:
    chart = build_chart(file)
    found = cells(diagrams(chart)[0])
    for mark in chart.drawing.units:
        cell = found.pop(f"unit/{mark.unit}")
        assert Label(cell.said["label"]).lines == [words.text for words in mark.words]
        found[f"unit/{mark.unit}"] = cell
    lines = [cell for name, cell in found.items() if name.startswith("rail/")]
    assert len(lines) == len(chart.drawing.rails)
    for line in lines:
        way = way_of(line, found)
        assert is_on_border(way[0], found[line.cell.attrib["source"]].box)
        assert is_on_border(way[-1], found[line.cell.attrib["target"]].box)


@settings(max_examples=15, deadline=None)
@given(related_files(largest=12, relations=3))
def test_a_relation_is_a_line_between_its_units_with_its_word_on_it(file: UnitFile) -> None:
    chart = build_chart(file, page="A2")
    found = cells(diagrams(chart)[0])
    for number, mark in enumerate(chart.drawing.relations, 1):
        line = found[f"page/relation/{number}"]
        assert (line.cell.attrib["source"], line.cell.attrib["target"]) == (
            f"unit/{mark.source}",
            f"unit/{mark.target}",
        )
        assert line.style["endArrow"] == "blockThin"
        assert way_of(line, found)[-1] == pytest.approx(mark.arrow.head[0], abs=0.02)
        if mark.words:
            word = found[f"page/relation/{number}/word"]
            assert word.said["value"] == mark.words.text
            assert word.cell.attrib["parent"] == f"page/relation/{number}"
            place = word.cell.find("mxGeometry")
            assert place is not None
            assert -1 <= float(place.attrib["x"]) <= 1


@pytest.mark.parametrize("relations", [[relation("a", "b")], [relation("b", "a")]])
def test_a_word_stands_where_the_drawing_has_it(relations: list[dict[str, Any]]) -> None:
    chart = chart_of(*PAIR, relations=relations, page="A3")
    (mark,) = chart.drawing.relations
    found = cells(diagrams(chart)[0])
    place = found["page/relation/1/word"].cell.find("mxGeometry")
    assert place is not None
    aside = place.find("mxPoint")
    assert aside is not None
    way = way_of(found["page/relation/1"], found)
    lengths = [dist(one, other) for one, other in pairwise(way)]
    gone = (float(place.attrib["x"]) + 1) / 2 * sum(lengths)
    part = next(part for part in range(len(lengths)) if gone <= sum(lengths[: part + 1]) + 0.01)
    share = (gone - sum(lengths[:part])) / lengths[part]
    x, y = (start + (end - start) * share for start, end in zip(way[part], way[part + 1], strict=True))
    left, top, width, height = mark.plate or (0, 0, 0, 0)
    middle = (left + width / 2, top + height / 2)
    assert (x + float(aside.attrib["x"]), y + float(aside.attrib["y"])) == pytest.approx(middle, abs=0.05)


def test_the_legend_is_a_group_whose_samples_stand_where_they_are_drawn() -> None:
    chart = chart_of(*PAIR, relations=[relation("a", "b")], page="A3")
    found = cells(diagrams(chart)[0])
    left, top, _, _ = found["page/legend"].box
    for number, entry in enumerate(chart.drawing.legend, 1):
        x, y, width, height = found[f"page/legend/{number}"].box
        drawn = (left + x, top + y, width, height)
        box = entry.box
        assert drawn == pytest.approx((box.x, box.y, box.width, box.height), abs=0.001)
        assert found[f"page/legend/{number}/word"].said["value"] == entry.words.text


def test_the_title_and_the_notes_are_texts_in_their_places() -> None:
    chart = chart_of(*PAIR, title="Уређење", date="1. 5. 2026.")
    found = cells(diagrams(chart)[0])
    for name, words in (("page/title/1", chart.drawing.title[0]), ("page/note/1", chart.drawing.notes[0])):
        x, _, width, _ = found[name].box
        anchor = {"start": x, "middle": x + width / 2, "end": x + width}[words.anchor]
        assert found[name].said["value"] == words.text
        assert anchor == pytest.approx(words.x, abs=0.001)
        assert found[name].style["fontSize"] == f"{words.size:g}"


def test_the_pages_of_an_atlas_lead_to_each_other() -> None:
    made = diagrams(by_hand())
    pages = {diagram.attrib["id"]: cells(diagram) for diagram in made}
    assert [diagram.attrib["name"] for diagram in made] == [
        "1. Министарство финансија", "2. Сектор за буџет", "3. Одсек за контролу", "4. Сектор за порезе",
        "5. Азбучни регистар",
    ]  # fmt: skip
    assert list(pages) == ["page", "page-budget", "page-budget-2", "page-tax", "page-index"]
    assert pages["page"]["page/unit/tax"].said["link"] == "data:page/id,page-tax"
    assert pages["page-tax"]["unit/tax"].said["link"] == "data:page/id,page"
    index = [cell.said for cell in pages["page-index"].values() if cell.said.get("link")]
    assert {"data:page/id,page-tax"} == {said["link"] for said in index if said["label"] == "Сектор за порезе"}


def test_a_box_with_several_references_has_a_link_for_each() -> None:
    box = cells(diagrams(by_hand())[1])["unit/budget"].said
    assert box["link"] == "data:page/id,page"
    assert Label(box["label"]).links == ["data:page/id,page-budget-2"]


def test_no_two_cells_of_a_file_have_the_same_id_but_those_that_every_page_wants() -> None:
    ids = [name for diagram in diagrams(by_hand()) for name in cells(diagram) if name not in ("0", "1")]
    assert len(ids) == len(set(ids))


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert render(by_hand(), "drawio") == render(by_hand(), "drawio")


@pytest.mark.parametrize(
    "name", ["<b>&amp;</b>", '"><script>alert(1)</script>', "a ]]> b", "%unit%", "a;fillColor=red"]
)
def test_any_name_is_shown_letter_by_letter(name: str) -> None:
    found = cells(diagrams(chart_of(unit("a", name), page="A3"))[0])["unit/a"]
    assert " ".join(Label(found.said["label"]).lines).replace(" ", "") == name.replace(" ", "")
    assert "placeholders" not in found.said


def test_what_xml_cannot_hold_is_replaced_where_nobody_has_checked_it() -> None:
    chart = chart_of(*PAIR)
    mark: Any = chart.drawing.units[1]
    words = (type(mark.words[0])("a\x01", 0, 0, 10, False, False, "#000000"),)
    broken = type(mark)(mark.unit, mark.level, mark.box, words)
    found = cells(diagrams(redrawn(chart, units=(chart.drawing.units[0], broken)))[0])
    assert found["unit/b"].said["label"] == "a�"
