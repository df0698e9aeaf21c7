"""Workbooks, JSON and linked data: what they become, and that none of them can do harm."""

from __future__ import annotations

import datetime
import io
import json
import zipfile

import pytest

from orgchart.errors import OrgChartError
from orgchart.units import Unit, parse_units
from tests.conftest import ROOT
from tests.imports import faults_of, imported, units_of, workbook

# Excel


def test_a_sheet_gives_numbers_as_ids_and_days_as_text() -> None:
    day = datetime.datetime(2011, 4, 1)
    content = workbook(["Шифра", "Назив", "Надређена", "Дан"], [1.0, "Сектор", None, day], [2, "Одсек", 1.0, 1.5])
    units = units_of(content, "units.xlsx", columns={"extra.day": "Дан"})
    assert [(unit.id, unit.parent, unit.extra["day"]) for unit in units] == [("1", None, "2011-04-01"), ("2", "1", 1.5)]


def test_of_a_formula_the_stored_value_counts() -> None:
    rows = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="str"><v>name</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>UPPER("x")</f><v>Одсек</v></c></row></sheetData></worksheet>'
    )
    content = repacked(workbook(["name"]), SHEET, rows.encode())
    assert units_of(content, "units.xlsx") == (Unit("odsek", "section", "Одсек"),)


def test_a_merged_cell_counts_for_all_its_rows() -> None:
    content = workbook(["Назив", "Надређена"], ["Сектор", None], ["Одсек", "Сектор"], ["Група", None], merge="B3:B4")
    assert [unit.parent for unit in units_of(content, "units.xlsx")] == [None, "sektor", "sektor"]


def test_faults_of_a_sheet_name_the_cell() -> None:
    content = workbook(["id", "name"], ["a", "A"], [], ["a", "B"])
    assert faults_of(content, "units.xlsx") == [
        'cell A4: unit "a": its id stands twice, first in row 2; give one of the two another id'
    ]


def test_a_formula_that_was_never_calculated_and_an_error_are_told() -> None:
    content = workbook(["id", "name"], ["a", "=B1"], ["b", "#REF!"])
    assert faults_of(content, "units.xlsx") == [
        "cell B2: the cell holds a formula whose value was never stored; "
        "open the file in Excel or LibreOffice and save it",
        "cell B3: the cell holds the error #REF!; correct its formula, or write the value",
    ]


def test_a_sheet_is_taken_by_name_and_one_that_is_not_there_is_refused() -> None:
    content = workbook(["id", "name"], ["a", "Одсек"], title="Јединице", second="Друго")
    assert units_of(content, "units.xlsx", sheet="јединице") == (Unit("a", "section", "Одсек"),)
    assert imported(content, "x.xlsx").notes[0] == 'read the sheet "Јединице"; there are also "Друго" (--sheet)'
    with pytest.raises(OrgChartError) as raised:
        imported(content, "units.xlsx", sheet="Треће")
    assert str(raised.value) == 'units.xlsx: there is no sheet "Треће"; there are "Јединице", "Друго"'


def repacked(content: bytes, part: str, text: bytes) -> bytes:
    """The workbook with another text for one of its parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as other:
        for each in package.namelist():
            other.writestr(each, text if each == part else package.read(each))
    return written.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        (SHEET, b"\0" * 200_000_001, "more than 200,000,000, the limit unpacked_bytes"),
        (SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "a part of it declares a document type"),
        (SHEET, b"<worksheet", "this Excel file cannot be read"),
        (
            SHEET,
            b'<worksheet><mergeCell ref="A1:XFD1048576"/></worksheet>',
            "what is merged in it has 17,179,869,184 cells, more than 2,000,000, the limit cells",
        ),
        (SHEET, b"<a>" * 8_000_001, "a part of it has more than 8,000,000 tags"),
    ],
    ids=["bomb", "entities", "torn", "merged", "tags"],
)
def test_a_hostile_workbook_is_refused_in_a_sentence(part: str, text: bytes, said: str) -> None:
    content = repacked(workbook(["id", "name"], ["a", "A"]), part, text)
    with pytest.raises(OrgChartError) as raised:
        imported(content, "units.xlsx")
    assert said in str(raised.value)


# Other files


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "a.csv: the file is empty; it needs a header and a row for each unit"),
        ("a.csv", b"\xef\xbb\xbf\r\n", "a.csv: the file is empty; it needs a header and a row for each unit"),
        ("a.csv", b"id,name\n", "a.csv: it has a header and no rows; a row for each unit must follow"),
        ("a.csv", b"%PDF-1.7", "a.csv: this is a PDF"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "a.xls: this is a file of an older Excel (.xls), or one with a password"),
        ("a.xlsx", b"id,name\n", "a.xlsx: this is no Excel file, though its name says so"),
        ("a.xls", b"<html><table>", "a.xls: this is HTML or XML"),
        ("a.csv", b'[{"id": 1}]', "a.csv: this is JSON, though its name says .csv; name it .json"),
        ("a.ods", b"PK\x03\x04" + b"-" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
         "a.ods: this is a file of LibreOffice (.ods); save it as .xlsx or .csv"),
        ("a.csv", b"foo,bar\n1,2\n", 'a.csv, line 1: no column was found that holds the names of units, among "foo"'),
        ("a.csv", b"name,note\n,x\n", "a.csv: no row has anything in the columns that were taken; say others"),
        ("a.json", b"[]", "a.json: there are no units in it"),
        ("a.json", b"12", "a.json: there are no units in it"),
        ("a.json", b'{"a": 1,}', "a comma stands before a closing bracket"),
        ("a.json", b"[" * 100_000, "of a tree so deep give a list"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_named(name: str, content: bytes, said: str) -> None:
    with pytest.raises(OrgChartError) as raised:
        imported(content, name)
    assert said in str(raised.value)


TREE = (Unit("1", "sector", "Сектор"), Unit("2", "section", "Одсек", "1"), Unit("3", "group", "Група", "2"))


@pytest.mark.parametrize(
    "value",
    [
        {"id": 1, "name": "Сектор", "children": [{"id": 2, "name": "Одсек", "children": [{"id": 3, "name": "Група"}]}]},
        [{"id": 1, "name": "Сектор"}, {"id": 2, "pid": 1, "name": "Одсек"}, {"id": 3, "pid": 2, "name": "Група"}],
        {"nodes": [{"id": "1", "title": "Сектор", "parentId": None}, {"id": "2", "parentId": "1", "title": "Одсек"},
                   {"id": "3", "parentId": "2", "title": "Група"}]},
        [["id", "parent", "label"], [1, None, "Сектор"], [2, 1, "Одсек"], [3, 2, "Група"]],
    ],
    ids=["children", "pid", "parentId", "lists"],
)  # fmt: skip
def test_json_of_the_usual_shapes_becomes_units(value: object) -> None:
    assert units_of(json.dumps(value), "tree.json") == TREE


def test_faults_of_json_name_the_place() -> None:
    value = [{"id": "a", "name": "A", "children": [{"id": "b", "name": "B"}, {"id": "b", "name": ""}]}]
    assert faults_of(json.dumps(value), "tree.json") == [
        '/0/children/1/id: unit "b": its id stands twice, first in /0/children/0; give one of the two another id',
        '/0/children/1/name: unit "b": the name is empty; write it out, or delete the row',
    ]


def test_a_units_file_stays_what_it_is() -> None:
    content = (ROOT / "data" / "units.json").read_bytes()
    assert imported(content, "units.json").units == parse_units(content, "units.json")


ORG_CONTEXT = {"org": "http://www.w3.org/ns/org#", "skos": "http://www.w3.org/2004/02/skos/core#"}


def test_linked_data_in_the_words_of_the_w3c_becomes_units() -> None:
    graph = {
        "@context": ORG_CONTEXT,
        "@graph": [
            {"@id": "http://x.rs/org/sektor", "@type": "org:Organization",
             "skos:prefLabel": [{"@value": "Sector", "@language": "en"}, {"@value": "Сектор", "@language": "sr"}],
             "org:hasUnit": [{"@id": "http://x.rs/org/b"}]},
            {"@id": "http://x.rs/org/b", "@type": "org:OrganizationalUnit", "org:identifier": "B-1",
             "skos:prefLabel": "Одсек", "org:classification": {"@id": "http://x.rs/kinds/section"}},
            {"@id": "http://x.rs/org/c", "org:unitOf": {"@id": "http://x.rs/org/b"}, "skos:prefLabel": "Група"},
            {"@id": "http://x.rs/person/1", "@type": "http://xmlns.com/foaf/0.1/Person"},
        ],
    }  # fmt: skip
    made = imported(json.dumps(graph), "org.jsonld", lang="sr")
    assert made.units.units == (
        Unit("sektor", "sector", "Сектор", names={"en": "Sector"}),
        Unit("B-1", "section", "Одсек", "sektor"),
        Unit("c", "group", "Група", "B-1"),
    )
    assert made.notes[0] == "1 things that are no organisations were left out"


def test_schema_org_needs_no_network() -> None:
    value = {"@context": "https://schema.org", "@type": "Organization", "name": "Сектор", "@id": "#s",
             "subOrganization": [{"@type": "Organization", "name": "Одсек", "@id": "#o"}]}  # fmt: skip
    assert units_of(json.dumps(value), "org.jsonld") == (
        Unit("s", "sector", "Сектор"),
        Unit("o", "section", "Одсек", "s"),
    )


def test_a_context_that_would_be_fetched_is_refused() -> None:
    with pytest.raises(
        OrgChartError, match=r'its context "https://evil.example/c.jsonld" is not known here, and nothing'
    ):
        imported(json.dumps({"@context": "https://evil.example/c.jsonld", "@id": "#a"}), "org.jsonld")


def test_two_parents_are_told() -> None:
    value = {
        "@context": ORG_CONTEXT,
        "@graph": [
            {"@id": "#c", "org:unitOf": [{"@id": "#a"}, {"@id": "#b"}]},
            {"@id": "#a", "@type": "org:Organization"},
        ],
    }
    assert faults_of(json.dumps(value), "org.jsonld") == [
        "<#c>: it stands in two units, <#a> and <#b>; leave one of the two, or make it a relation"
    ]


def test_a_child_that_is_no_object_is_told_and_not_lost() -> None:
    with pytest.raises(OrgChartError) as raised:
        imported('[{"name": "A", "children": [{"name": "B"}, 3]}]', "tree.json")
    assert str(raised.value) == "tree.json, /0/children/1: a unit must be an object, not a number"
