"""Importing: what a table, a tree or linked data becomes, and every fault of it told in one go."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from orgchart.errors import OrgChartError
from orgchart.formats import export
from orgchart.structure import build_structure
from orgchart.units import Relation, Source, Unit, parse_units
from tests.conftest import ROOT, Run
from tests.imports import faults_of, imported, units_of, workbook

Command = Callable[..., Run]


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
