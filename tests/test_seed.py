"""Claims about data/units.json: the Sector for Multilateral Cooperation, against the text it was typed from.

A sentence that lists its functions with "као и" ("сва општа … рада УН, као и друге послове …") gives one function for
each side of it. Items keep the words of the source, its misprints too ("пава", "живтне").
"""

import hashlib
import json
import re
from pathlib import Path

import jsonschema
import pytest

from orgchart.hierarchy import build_hierarchy
from orgchart.units import dump_units, load_units, units_schema

DATA = Path(__file__).parent.parent / "data"
FILE = DATA / "units.json"
RULEBOOK = DATA / "rulebooks" / "multilateral-sector.txt"
SEED = load_units(FILE)

SECTOR = "sektor-za-multilateralnu-saradnju"
UN = "odeljenje-za-ujedinjene-nacije"
KOSOVO = "grupa-za-saradnju-s-misijom-un-na-kosovu-i-metohiji-i-drugim-misijama-un-u-regionu"
OSCE = "odeljenje-za-organizaciju-za-evropsku-bezbednost-i-saradnju-i-savet-evrope"


def test_the_nine_units_are_these():
    assert [(u.id, u.parent, u.level, u.number, u.abbreviation, u.name, len(u.functions)) for u in SEED.units] == [
        (SECTOR, None, "sector", None, None, "Сектор за мултилатералну сарадњу", 5),
        (UN, SECTOR, "department", "I", "УН", "Одељење за Уједињене нације", 7),
        ("grupa-za-politicka-pitanja-un", UN, "group", "1)", None, "Група за политичка питања УН", 2),
        (
            *(KOSOVO, UN, "group", "2)", None),
            "Група за сарадњу с Мисијом УН на Косову и Метохији и другим мисијама УН у региону",
            3,
        ),
        (
            *("grupa-za-unesko-socijalna-humanitarna-i-ekonomska-pitanja", UN, "group", "3)", None),
            "Група за УНЕСКО, социјална, хуманитарна и економска питања",
            2,
        ),
        (
            *(OSCE, SECTOR, "department", "II", "ОЕБС"),
            "Одељење за Организацију за европску безбедност и сарадњу и Савет Европе",
            6,
        ),
        (
            *("odsek-za-pokret-nesvrstanih-zemalja", SECTOR, "section", "III", None),
            "Одсек за Покрет несврстаних земаља",
            4,
        ),
        ("odsek-za-ekonomsku-multilateralu", SECTOR, "section", "IV", None, "Одсек за економску мултилатералу", 3),
        (
            *("odsek-za-ljudska-prava-i-zastitu-zivotne-sredine", SECTOR, "section", "V", None),
            "Одсек за људска права и заштиту животне средине",
            5,
        ),
    ]


def test_the_sector_has_five_children_and_the_un_department_three():
    tree = build_hierarchy(SEED)
    assert [len(tree.children(unit.id)) for unit in tree.units] == [5, 3, 0, 0, 0, 0, 0, 0, 0]
    assert tree.height == 3


def test_the_text_is_the_one_whose_fingerprint_the_file_gives():
    assert SEED.source.file == "rulebooks/multilateral-sector.txt"
    assert SEED.source.sha256 == "9688a09d816fef1e588792f3de9880a3c6ae8a151013d41da0dc1d3f4818517b"
    assert hashlib.sha256(RULEBOOK.read_bytes()).hexdigest() == SEED.source.sha256


@pytest.mark.parametrize("unit", SEED.units, ids=lambda unit: unit.number or "sector")
def test_every_function_stands_in_the_cited_lines_word_for_word_and_nothing_is_left_over(unit):
    lines = RULEBOOK.read_text(encoding="utf-8").splitlines()[unit.source.line - 1 : unit.source.end_line]
    cited = re.split(r"односе на:?", " ".join(" ".join(lines).split()), maxsplit=1)[1]
    places = [cited.index(function) for function in unit.functions]
    assert places == sorted(places)
    for function in unit.functions:
        cited = cited.replace(function, "", 1)
    # What remains are list marks, closing punctuation and the "као и" of one-sentence lists.
    rest = cited.removesuffix("У Сектору за мултилатералну сарадњу образоване су следеће уже унутрашње јединице:")
    assert re.fullmatch(r"(?: |;|\.|-|\d\)|, као и)*", rest)


@pytest.mark.parametrize("unit", SEED.units[1:], ids=lambda unit: unit.number)
def test_every_name_and_number_stands_at_the_head_of_the_cited_lines(unit):
    lines = RULEBOOK.read_text(encoding="utf-8").splitlines()[unit.source.line - 1 : unit.source.end_line]
    head = " ".join(" ".join(lines).removeprefix("- ").split())
    abbreviation = f" (у даљем тексту: {unit.abbreviation})"
    assert head.replace(abbreviation, "", 1).startswith(f"{unit.number} {unit.name} кој")
    assert (abbreviation in head) == (unit.abbreviation is not None)


def test_misprints_of_the_source_are_kept_and_a_broken_item_is_rejoined():
    assert SEED.units[4].functions[0] == "социјалну и хуманитарну област рада УН и област људских пава"
    assert SEED.units[8].functions[4].endswith("стањем људских права и заштитом живтне средине")
    assert SEED.units[6].functions[3] == (
        "друге послове из области мултилатералне сарадње у вези са Покретом несврстаних земаља"
    )


def test_a_one_sentence_group_has_a_function_for_each_side_of_its_kao_i():
    assert SEED.units[2].functions == ("сва општа политичка питања рада УН", "друге послове из делокруга Групе")


def test_lines_of_units_do_not_overlap_and_stand_in_file_order():
    assert [(u.source.line, u.source.end_line) for u in SEED.units] == [
        (3, 11), (13, 21), (25, 25), (26, 32), (34, 36), (38, 50), (52, 62), (64, 68), (70, 76)
    ]  # fmt: skip


def test_the_english_names_are_these():
    assert [unit.names["en"] for unit in SEED.units] == [
        "Sector for Multilateral Cooperation",
        "Department for the United Nations",
        "Group for UN Political Affairs",
        "Group for Cooperation with the UN Mission in Kosovo and Metohija and Other UN Missions in the Region",
        "Group for UNESCO, Social, Humanitarian and Economic Affairs",
        "Department for the Organization for Security and Co-operation in Europe and the Council of Europe",
        "Section for the Non-Aligned Movement",
        "Section for Multilateral Economic Affairs",
        "Section for Human Rights and Environmental Protection",
    ]


def test_the_seed_has_the_published_form_and_saves_to_the_same_bytes():
    jsonschema.validate(json.loads(FILE.read_text(encoding="utf-8")), units_schema())
    assert SEED.warnings == ()
    assert dump_units(SEED) == FILE.read_bytes()
