"""Formats without pages: what they hold, that they come back, and that nothing in a name can break them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.cells import cell_of, cell_of_list, list_of, text_of
from orgchart.chart import build_chart
from orgchart.errors import FormatError, OrgChartError
from orgchart.exchange import Imported
from orgchart.exchange import import_units as read_units
from orgchart.exchange.columns import Columns, match
from orgchart.exchange.expanded import expanded
from orgchart.exchange.gather import gather
from orgchart.exchange.linked_table import from_linked
from orgchart.exchange.units import make_units
from orgchart.formats import export, export_files, render, render_files
from orgchart.structure import build_structure
from orgchart.units import Relation, RulebookSource, Source, Unit, UnitFile, parse_units
from tests.charts import chart_of, relation, unit, units_file
from tests.conftest import ROOT, Run
from tests.strategies import related_files, unit_files

Command = Callable[..., Run]
NASTY = '=A "end" & <b> #1; %%{init}%% `x` | \\ [y] 1.'
FULL = UnitFile(
    title="Наслов",
    source=RulebookSource("Правилник", "Гласник", "2011-04-01", extra={"note": 1}),
    units=(
        Unit("b", "vlada", "Подређена", "a b/č#?", "1)", "ПО", ("рад", "a|b", " c ", "=x"), "staff", 3,
             {"en": "Below", "SR-latn": "Podređena"}, Source("члан 3.", 5, 8, {"page": 2}), "row",
             {"x": {"y": [1, None]}, "nothing": None}),
        Unit("a b/č#?", "sector", NASTY, extra={"номер": "=1", "prazno": ""}),
        Unit("c", "ново", " с размаком\nу два реда", "b", names={"sr-Cyrl": "исто"}),
    ),
    relations=(Relation("b", "c", "coordinates"), Relation("c", "b", "сарађује → са", {"since": 2010})),
    lang="sr-Cyrl",
    extra={"made by": "hand"},
)  # fmt: skip


def written(file: UnitFile, format_name: str) -> bytes:
    return export(build_structure(file), format_name)


def linked(content: bytes) -> Imported:
    """As import_units reads it, without a process of its own."""
    table, about = from_linked(expanded(content), "units.jsonld", None)
    columns = Columns({field: place for place, field in enumerate(table.header)})
    return make_units(table, columns, gather(table, columns), about, "units.jsonld", exact=True)


# CSV


def test_csv_brings_every_unit_back() -> None:
    made = read_units(written(FULL, "csv"), "units.csv").units
    without_extra = tuple(replace(tie, extra={}) for tie in FULL.relations)
    assert (made.units, made.relations) == (FULL.units, without_extra)


def test_csv_has_a_row_for_each_unit_and_only_columns_that_say_something() -> None:
    content = written(parse_units(units_file(unit("a", "А"), unit("b", "Б, В", "a")), "u.json"), "csv")
    assert content.decode() == '\ufeffid,parent,level,name\r\na,,group,А\r\nb,a,group,"Б, В"\r\n'


@pytest.mark.parametrize("sign", list("=+-@＝＋－＠"))
def test_no_cell_of_a_csv_is_a_formula(sign: str) -> None:
    file = UnitFile(units=(Unit(f"{sign}i", f"{sign}l", f"{sign}n", number=f"{sign}1", functions=(f"{sign}f", "g")),))
    content = written(file, "csv")
    (_, row) = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert [cell[:2] for cell in row if cell] == [f"'{sign}"] * 5
    assert read_units(content, "units.csv").units.units == file.units


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")) | st.sampled_from(
    ["'=x", "''+", '\'"a"', '\'["a"]', "- a", "a\r\nb", " a", "a|b", "'", "\n"]
)


@given(TEXTS)
def test_every_text_comes_back_from_its_cell(text: str) -> None:
    assert text_of(cell_of(text)) == text
    assert not cell_of(text).startswith(("=", "+", "-", "@"))


@given(st.lists(TEXTS, max_size=4))
def test_every_list_comes_back_from_its_cell(items: list[str]) -> None:
    assert list_of(cell_of_list(items)) == items


@settings(max_examples=40, deadline=None)
@given(related_files())
def test_units_of_any_shape_come_back_from_csv_and_linked_data(file: UnitFile) -> None:
    order = [unit.id for unit in file.units]
    by_source = tuple(sorted(file.relations, key=lambda tie: order.index(tie.source)))
    made = read_units(written(file, "csv"), "units.csv").units
    assert (made.units, made.relations) == (file.units, by_source)
    made = linked(written(file, "jsonld")).units
    assert (made.units, made.relations) == (file.units, by_source)


# JSON-LD


def test_linked_data_brings_everything_back() -> None:
    made = read_units(written(FULL, "jsonld"), "units.jsonld").units
    assert made == FULL


def test_linked_data_says_it_in_the_words_of_the_w3c() -> None:
    document = json.loads(written(FULL, "jsonld"))
    assert document["@context"]["org"] == "http://www.w3.org/ns/org#"
    (file, below, top) = document["@graph"][:3]
    assert file["units"] == ["#b", "#a%20b%2F%C4%8D%23%3F", "#c"]
    assert (top["@type"], top["hasSubOrganization"]) == ("org:FormalOrganization", ["#b"])
    assert {key: below[key] for key in ("@id", "@type", "identifier", "subOrganizationOf", "altLabel", "source")} == {
        "@id": "#b",
        "@type": "org:OrganizationalUnit",
        "identifier": "b",
        "subOrganizationOf": "#a%20b%2F%C4%8D%23%3F",
        "altLabel": "ПО",
        "source": "Правилник, члан 3., 5–8",
    }
    assert below["prefLabel"][:2] == [
        {"@value": "Подређена", "@language": "sr-Cyrl"},
        {"@value": "Below", "@language": "en"},
    ]


def test_linked_data_names_addresses_a_reader_of_rdf_knows() -> None:
    things = {thing["@id"]: thing for thing in expanded(written(FULL, "jsonld")) if "@id" in thing}
    assert things["http://file.invalid/#b"]["http://www.w3.org/ns/org#subOrganizationOf"] == [
        {"@id": "http://file.invalid/#a%20b%2F%C4%8D%23%3F"}
    ]


# Mermaid: a grammar of what is written and no more. A label holds no sign that Mermaid gives a meaning to.

_LABEL = r'"(?:[^"#<>&`%:;*_~$@|\\\[\]{}\n]|#\d+;|<br/>)+"'
_GRAMMAR = [
    re.compile(rf"  n\d+(?:\[{_LABEL}\]|\({_LABEL}\))"),
    re.compile(r"  n\d+ --- n\d+"),
    re.compile(rf"  n\d+ -\.->\|{_LABEL}\| n\d+"),
    re.compile(r"  %% level\d+ is (?:[^%{}\n]|#\d+;)+"),
    re.compile(r"  classDef level\d+ [a-z-]+:[^;\n]+(?:,[a-z-]+:[^;,\n]+)*"),
    re.compile(r"  class n\d+(?:,n\d+)* level\d+"),
]


def shown(label: str) -> str:
    """The label as a reader sees it."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label.replace("<br/>", "\n"))


@settings(max_examples=60, deadline=None)
@given(
    unit_files(10), st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(str.strip)
)
def test_every_line_of_mermaid_follows_its_grammar_whatever_a_name_holds(file: UnitFile, name: str) -> None:
    file = replace(file, units=(replace(file.units[0], name=name), *file.units[1:]))
    head, *lines = written(file, "mermaid").decode().removesuffix("\n").split("\n")
    assert head == "flowchart TB"
    assert [line for line in lines if not any(rule.fullmatch(line) for rule in _GRAMMAR)] == []
    first = re.search(rf"  n1[\[(]({_LABEL})", lines[0])
    assert first is not None
    assert shown(first[1][1:-1]) == name.replace("\t", " ")


def test_mermaid_has_classes_by_level_and_dotted_relations() -> None:
    content = export(chart_of(unit("end", "1. end", level="sector"), unit("b", "Б", "end"),
                              relations=[relation("b", "end")]).structure, "mermaid")  # fmt: skip
    assert content.decode() == (
        "flowchart TB\n"
        '  n1["1#46; end"]\n'
        '  n2["Б"]\n'
        "  n1 --- n2\n"
        '  n2 -.->|"координира"| n1\n'
        "  %% level1 is sector\n"
        "  classDef level1 fill:#1f3d6d,color:#ffffff,stroke:#142a4d,stroke-width:1pt,font-weight:bold\n"
        "  class n1 level1\n"
        "  %% level2 is group\n"
        "  classDef level2 fill:#ffffff,color:#1b2433,stroke:#8fa0b8,stroke-width:0.75pt\n"
        "  class n2 level2\n"
    )


# GraphML


def test_graphml_gives_networkx_the_same_edges_and_attributes() -> None:
    graph = networkx.read_graphml(io.BytesIO(written(FULL, "graphml")))
    edges = [(source, target, about["type"], about["kind"]) for source, target, about in graph.edges(data=True)]
    assert sorted(edges) == [
        ("a b/č#?", "b", "parent", "contains"),
        ("b", "c", "parent", "contains"),
        ("b", "c", "relation", "coordinates"),
        ("c", "b", "relation", "сарађује → са"),
    ]
    assert graph.nodes["a b/č#?"] == {
        "name": NASTY, "level": "sector", "placement": "line", "extra.номер": '"=1"', "extra.prazno": '""',
    }  # fmt: skip
    assert (graph.nodes["b"]["staff"], graph.nodes["b"]["functions"]) == (3, "рад\na|b\n c \n=x")
    assert graph.graph["title"] == "Наслов"


@settings(max_examples=30, deadline=None)
@given(unit_files())
def test_graphml_has_an_edge_from_each_parent_to_each_child(file: UnitFile) -> None:
    graph = networkx.read_graphml(io.BytesIO(written(file, "graphml")))
    assert set(graph.edges) == {(unit.parent, unit.id) for unit in file.units if unit.parent is not None}
    assert list(graph) == [unit.id for unit in build_structure(file).hierarchy.units]


# The table of formats and the command


@pytest.mark.parametrize("format_name", ["csv", "jsonld", "mermaid", "graphml"])
def test_a_part_is_written_as_a_whole_of_its_own(format_name: str) -> None:
    structure = build_structure(FULL, root="b", depth=0)
    content = export(structure, format_name).decode()
    assert "Подређена" in content
    assert "Сектор" not in content
    assert export_files(structure, [format_name]) == {f"b.{format_name}": content.encode()}


def test_the_root_of_a_part_has_no_parent() -> None:
    made = read_units(export(build_structure(FULL, root="b"), "csv"), "b.csv").units
    assert [(unit.id, unit.parent) for unit in made.units] == [("b", None), ("c", "b")]


def test_a_chart_gives_the_same_bytes_as_its_units_alone() -> None:
    file = parse_units((ROOT / "data" / "units.json").read_bytes(), "units.json")
    chart = build_chart(file)
    for format_name in ("csv", "jsonld", "mermaid", "graphml"):
        assert render(chart, format_name) == export(chart.structure, format_name) == written(file, format_name)


def test_an_atlas_has_one_table_of_its_units() -> None:
    body = (unit("top"), unit("a", parent="top"), unit("b", parent="a"), unit("c", parent="top"))
    chart = chart_of(*body, atlas="always")
    assert [name for name in render_files(chart, ["svg", "csv"]) if name.endswith("csv")] == ["top.csv"]


def test_a_picture_needs_a_chart() -> None:
    with pytest.raises(FormatError, match="svg is a picture and needs a chart"):
        export(build_structure(FULL), "svg")


def test_the_command_lays_nothing_out_for_tables(
    here: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a layout was made")

    (tmp_path / "units.json").write_bytes(units_file(unit("a", "А"), unit("b", "Б", "a")))
    monkeypatch.setattr("orgchart.chart_wishes.build_chart", never)
    run = here("render", "units.json", "-f", "csv,graphml", "--name", "x")
    assert (run.code, run.out, run.err) == (0, b"output/x.csv\noutput/x.graphml\n", "")
    assert here("render", "units.json", "-f", "mermaid", "-o", "-").out.startswith(b"flowchart TB\n")


def test_pictures_and_tables_come_in_one_go(here: Command, tmp_path: Path) -> None:
    (tmp_path / "units.json").write_bytes(units_file(unit("a", "А"), unit("b", "Б", "a")))
    run = here("render", "units.json", "-f", "svg,csv", "--root", "b")
    assert (run.code, run.out) == (0, b"output/b.svg\noutput/b.csv\n")


def test_a_title_that_cannot_be_printed_is_refused_without_a_layout_too() -> None:
    with pytest.raises(OrgChartError, match="title: title holds the control character"):
        build_structure(FULL, title="\x01")


def test_our_own_columns_are_taken_for_what_they_are() -> None:
    header = written(FULL, "csv").decode("utf-8-sig").splitlines()[0].split(",")
    assert match(header, {}, "").of == {name: place for place, name in enumerate(header)}
