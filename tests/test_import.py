"""Importing: what a table, a tree or linked data becomes, and every fault of it told in one go."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from orgchart.errors import ImportFaultsError, OrgChartError
from orgchart.exchange import Imported, import_units
from orgchart.formats import export
from orgchart.structure import build_structure
from orgchart.units import Relation, Source, Unit, parse_units
from tests.conftest import ROOT, Run

Command = Callable[..., Run]


def imported(text: str | bytes, name: str = "units.csv", **wishes: Any) -> Imported:
    return import_units(text.encode() if isinstance(text, str) else text, name, **wishes)


def units_of(text: str | bytes, name: str = "units.csv", **wishes: Any) -> tuple[Unit, ...]:
    return imported(text, name, **wishes).units.units


def workbook(*rows: list[Any], merge: str | None = None, title: str = "Sheet", second: str | None = None) -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    if merge is not None:
        book.active.merge_cells(merge)
    if second is not None:
        book.create_sheet(second).append(["id"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def faults_of(text: str | bytes, name: str = "units.csv", **wishes: Any) -> list[str]:
    with pytest.raises(ImportFaultsError) as raised:
        imported(text, name, **wishes)
    return [str(fault) for fault in raised.value.faults]


# Columns


@pytest.mark.parametrize(
    "header",
    [
        "id,parent,name,level",
        "Шифра,Надређена јединица,Назив,Врста",
        "šifra,NADREĐENA JEDINICA,Naziv jedinice,Vrsta jedinice",
        "Sifra,Nadredjena jedinica,naziv,tip",
        "Šifra,Nadređena ustrojstvena jedinica,Naziv ustrojstvene jedinice,Razina",
        "Kennung,Übergeordnete Einheit,Bezeichnung,Art der Einheit",
        "Code,Reports to,Unit name,Unit type",
        "unitId,parentId,unit_name,type",
        "Sifra,Nadredena jedinca,Nazivv,vrsta",
    ],
)
def test_columns_are_told_by_their_headers_in_four_languages(header: str) -> None:
    assert units_of(f"{header}\nm,,Министарство,ministry\na,m,Кабинет,cabinet\n") == (
        Unit("m", "ministry", "Министарство"),
        Unit("a", "cabinet", "Кабинет", "m"),
    )


def test_what_was_taken_for_what_is_said() -> None:
    assert imported("id;Nazvi;Tip;Telefon\na;Кабинет;cabinet;011\n").notes == (
        "read as CSV in UTF-8, its cells parted by semicolon",
        'taken: id from "id", name from "Nazvi" (nearly "naziv"), level from "Tip"; not taken: "Telefon"',
    )


def test_a_column_may_be_named_by_header_letter_or_number() -> None:
    text = "A1,Што,Где\na,Кабинет,\nb,Одсек,a\n"
    wanted = (Unit("a", "cabinet", "Кабинет"), Unit("b", "section", "Одсек", "a"))
    assert units_of(text, columns={"id": "A1", "name": "што", "parent": "где"}) == wanted
    assert units_of(text, columns={"id": "A", "name": "B", "parent": "3"}) == wanted


def test_a_column_that_is_not_there_is_refused_with_those_there_are() -> None:
    with pytest.raises(OrgChartError) as raised:
        imported("id,Naziv\na,A\n", columns={"name": "Nazvi"})
    assert str(raised.value) == (
        '--column name: there is no column "Nazvi"; there are "id", "Naziv"; did you mean "Naziv"?'
    )


def test_names_in_other_languages_and_own_keys_have_their_columns() -> None:
    (unit,) = units_of(
        "id,name,Naziv (engleski),names.hu,Напомена\na,Кабинет,Cabinet,Kabinet,ново\n",
        columns={"extra.note": "Напомена"},
    )
    assert (dict(unit.names), dict(unit.extra)) == ({"en": "Cabinet", "hu": "Kabinet"}, {"note": "ново"})


def test_titles_may_stand_above_the_header() -> None:
    assert units_of("Списак јединица,,\n,,\nШифра,Назив,Надређена\na,Кабинет,\n") == (Unit("a", "cabinet", "Кабинет"),)


# Ids, parents, levels, functions


def test_ids_are_made_from_names_and_a_parent_may_be_a_name_in_the_other_script() -> None:
    assert units_of(
        "Назив,Надређена\nСектор за буџет,\nОдсек за план,Sektor za budzet\nОдсек за план,Одсек за план\n"
    ) == (
        Unit("sektor-za-budzet", "sector", "Сектор за буџет"),
        Unit("odsek-za-plan", "section", "Одсек за план", "sektor-za-budzet"),
        Unit("odsek-za-plan-odsek-za-plan", "section", "Одсек за план", "odsek-za-plan"),
    )


def test_ids_too_long_for_a_units_file_are_made_anew_and_parents_follow() -> None:
    text = f"id,parent,name\n{'x' * 201},,Сектор\nb,{'x' * 201},Одсек\n"
    assert [(unit.id, unit.parent) for unit in units_of(text)] == [("sektor", None), ("b", "sektor")]


def test_levels_come_from_words_then_names_then_depth() -> None:
    made = imported(
        "id,parent,name,vrsta\na,,Дом,\nb,a,Правна служба,\nc,b,План,\nd,b,Рад,Одељење\ne,b,Finanzabteilung,\n"
    )
    assert [unit.level for unit in made.units.units] == [
        "ministry",
        "service",
        "department",
        "department",
        "department",
    ]
    assert made.notes[2:] == (
        'levels were taken so: "Одељење" → department',
        "levels were guessed by the word for it in the name, for 2 units: line 3 service, line 6 department",
        "levels were guessed by how deep the unit stands, for 2 units: line 2 ministry, line 4 department",
    )


def test_functions_stand_in_lines_between_bars_or_in_several_rows() -> None:
    (unit, _) = units_of('id,name,functions\na,Одсек,"- план\n• рад|надзор"\n,,извештаји\na,Одсек,архива\nb,Кабинет,\n')
    assert unit.functions == ("план", "рад", "надзор", "извештаји", "архива")


def test_what_stands_for_no_parent_is_none() -> None:
    made = imported("id,parent,name\na,-1,Сектор\nb,a,Одсек\n")
    assert made.units.units[0].parent is None
    assert 'parent "-1" was taken for none, for 1 unit' in made.notes


def test_every_other_field_has_its_place() -> None:
    (unit, _) = units_of(
        "id,name,level,br,skraćenica,zaposlenih,placement,arrange,član,line,end_line\n"
        "a,Одсек,section,1),ОП,1 200,štab,row,члан 3.,4,5\nb,Група,group,,,,linija,,,,\n"
    )
    assert unit == Unit(
        "a", "section", "Одсек", number="1)", abbreviation="ОП", staff=1200, placement="staff", arrange="row",
        source=Source("члан 3.", 4, 5),
    )  # fmt: skip


def test_the_parents_name_before_a_units_own_does_not_give_the_level() -> None:
    made = units_of("id,parent,name\na,,Сектор\nb,a,Сектор - Одсек\nc,,Одсек 1\nd,c,Одсек 10\n")
    assert [unit.level for unit in made] == ["sector", "section", "section", "section"]


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_and_encoding_are_found(encoding: str, delimiter: str) -> None:
    rows = [["Шифра", "Назив", "Надређена"], ["м", "Министарство финансија, рачун", ""], ["о", "Одељење за буџет", "м"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert units_of(text.encode(encoding)) == (
        Unit("м", "ministry", "Министарство финансија, рачун"),
        Unit("о", "department", "Одељење за буџет", "м"),
    )


def test_windows_1250_is_found_or_taken_as_said() -> None:
    text = "Šifra;Naziv;Nadređena\nm;Ministarstvo životne sredine i čistoće;\no;Odeljenje za šume;m\n".encode("cp1250")
    assert [unit.name for unit in units_of(text)] == ["Ministarstvo životne sredine i čistoće", "Odeljenje za šume"]
    assert units_of(text, encoding="windows-1250", delimiter="semicolon") == units_of(text)


def test_a_formula_is_plain_text_and_its_guard_goes() -> None:
    (one, other) = units_of("id,name\na,=1+1\nb,'=1+1\n")
    assert (one.name, other.name) == ("=1+1", "=1+1")


DIRTY = {
    "twice": (
        "id,name\na,A\na,B\n",
        ['line 3, column "id": unit "a": its id stands twice, first in line 2; give one of the two another id'],
    ),
    "dangling": (
        "id,parent,name\nfinance,,F\nb,finanse,B\n",
        ['line 3, column "parent": unit "b": parent "finanse" does not exist; did you mean "finance"?'],
    ),
    "itself": (
        "id,parent,name\na,a,A\n",
        [
            'line 2, column "parent": unit "a": it is its own parent; '
            "write the id of another unit, or leave parent out for a root"
        ],
    ),
    "circle": (
        "id,parent,name\na,b,A\nb,a,B\n",
        [
            'line 2, column "parent": unit "a": the parents go round in a circle: a → b → a '
            "(each → leads to the parent); give one of them a parent outside the circle, or none"
        ],
    ),
    "nameless": (
        "id,name\na,\nb,B\n",
        ['line 2, column "name": unit "a": the name is empty; write it out, or delete the row'],
    ),
    "two columns": (
        "id,naziv,name\na,A,B\n",
        ['line 1: the columns "naziv" and "name" both fit "name"; say which it is: --column name=naziv'],
    ),
    "ragged": (
        "id,parent,name\na,,A\nb,a,B,c,d\nc,a\n",
        [
            "line 3: the row has 5 cells and the header 3; put a text that holds the delimiter in quotation marks",
            "line 4: the row has 2 cells and the header 3; "
            "add what is missing, and put a text of several lines in quotation marks",
        ],
    ),
    "placement": (
        "id,name,placement\na,A,left\n",
        ['line 2, column "placement": placement "left" is not known; write "line" or "staff"'],
    ),
    "staff": (
        "id,name,staff\na,A,-3\nb,B,dva\n",
        [
            'line 2, column "staff": unit "a": staff must be a whole number from 0 to 10,000,000, not -3',
            'line 3, column "staff": staff "dva" is no whole number; write digits only, or leave the cell empty',
        ],
    ),
    "name of two": (
        "id,parent,name\na,,Х\nb,,Х\nc,Х,У\n",
        [
            'line 4, column "parent": unit "c": parent "Х" is the name of several units (line 2, line 3); '
            "write the id of the one that is meant"
        ],
    ),
    "open quotation mark": (
        'id,name\na,"A\nb,B\n',
        [
            "line 2: a quotation mark opens a cell here and none closes it; "
            'close it, or write each " inside a cell twice'
        ],
    ),
    "relation": (
        "id,name,relations\na,A,coordinates → b\n",
        [
            'line 2, column "relations": to "b" does not exist; write the id of a unit of this file',
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DIRTY)
def test_a_dirty_table_is_told_cell_by_cell(case: str) -> None:
    text, report = DIRTY[case]
    assert faults_of(text) == report


def test_all_faults_come_together_in_the_order_of_the_rows(here: Command, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("id,parent,name,staff\na,x,A,many\na,a,,-1\n")
    run = here("import", "units.csv", "-o", "units.json")
    assert (run.code, run.out) == (2, b"")
    assert [line.partition(": ")[0] for line in run.err.removeprefix("error: ").splitlines()] == [
        'units.csv, line 2, column "parent"',
        'units.csv, line 2, column "staff"',
        'units.csv, line 3, column "id"',
        'units.csv, line 3, column "parent"',
        'units.csv, line 3, column "name"',
        'units.csv, line 3, column "staff"',
    ]
    assert not (tmp_path / "units.json").exists()


# Excel


def test_a_sheet_gives_numbers_as_ids_days_as_text_and_formulas_as_their_values() -> None:
    content = workbook(["Шифра", "Назив", "Надређена", "Напомена"], [1.0, "Сектор", None, True], [2, "Одсек", 1.0, 1.5])
    units = units_of(content, "units.xlsx", columns={"extra.note": "Напомена"})
    assert [(unit.id, unit.parent, unit.extra["note"]) for unit in units] == [("1", None, True), ("2", "1", 1.5)]


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
        (SHEET, b"\0" * 200_000_001, "unpacked it has more than 200,000,000 bytes"),
        (SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "a part of it declares a document type"),
        (SHEET, b"<worksheet", "this Excel file cannot be read"),
        (
            SHEET,
            b'<worksheet><mergeCell ref="A1:XFD1048576"/></worksheet>',
            "its merged cells cover more than 2,000,000",
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


# The command


def test_the_command_writes_a_file_that_check_finds_good(here: Command, tmp_path: Path) -> None:
    (tmp_path / "jedinice.csv").write_text("Назив;Надређена\nСектор;\nОдсек;Сектор\n")
    run = here("import", "jedinice.csv", "-o", "out/units.json", "--title", "Наслов", "--lang", "sr-Cyrl")
    assert (run.code, run.out) == (0, b"out/units.json\n")
    assert here("check", "out/units.json").out == b"out/units.json: 2 units (1 sector, 1 section), no faults\n"
    file = parse_units((tmp_path / "out" / "units.json").read_bytes(), "units.json")
    assert (file.title, file.lang) == ("Наслов", "sr-Cyrl")


def test_relations_come_in_by_kind_and_id() -> None:
    file = imported("id,name,relations\na,Сектор,\nb,Одсек,coordinates → a\n").units
    assert file.relations == (Relation("b", "a", "coordinates"),)


def test_a_real_administration_comes_in_whole() -> None:
    content = (ROOT / "benchmarks" / "data" / "berlin_finance.units.json").read_bytes()
    file = parse_units(content, "berlin.json")
    written = io.StringIO()
    rows = ((unit.id, unit.parent, unit.name, unit.level) for unit in file.units)
    csv.writer(written, delimiter=";").writerows([("Kennung", "Gehört zu", "Bezeichnung", "Ebene"), *rows])
    made = units_of(written.getvalue())
    assert [(u.id, u.parent, u.name, u.level) for u in made] == [(u.id, u.parent, u.name, u.level) for u in file.units]


def test_a_table_from_the_web_gives_the_tree_that_its_units_file_has() -> None:
    made = units_of((ROOT / "tests" / "exchange" / "swiss_finance.csv").read_bytes(), "swiss_finance.csv")
    names = {unit.id: unit.name for unit in made}
    known = parse_units((ROOT / "benchmarks" / "data" / "swiss_federal.units.json").read_bytes(), "units.json").units
    by_id = {unit.id: unit for unit in known}

    def path(unit: Unit) -> str:
        return f"{path(by_id[unit.parent])} - {unit.name}" if unit.parent else unit.name

    paths = {path(unit): path(by_id[unit.parent]) if unit.parent else None for unit in known}
    assert len(made) == 90
    assert {unit.name: unit.parent and names[unit.parent] for unit in made} == {
        name: paths[name] for name in names.values()
    }


def test_our_table_comes_back_through_a_workbook() -> None:
    file = parse_units((ROOT / "data" / "units.json").read_bytes(), "units.json")
    rows = csv.reader(io.StringIO(export(build_structure(file), "csv").decode("utf-8-sig"), newline=""))
    numbered = [[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in rows]
    assert units_of(workbook(*numbered), "units.xlsx") == file.units
