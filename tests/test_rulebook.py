"""Reading rulebooks: every case exact, and texts made at random come back as the hierarchy that they were made of."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.rulebook import read_rulebook, read_text
from orgchart.units import load_units
from tests.rulebook_cases import CASES, FOLDER, Score, expected, rows, score
from tests.rulebook_writer import damage, make

SEED = FOLDER.parent.parent / "data" / "rulebooks" / "multilateral-sector.txt"
UNITS = FOLDER.parent.parent / "data" / "units.json"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_rulebook_is_read_as_a_person_read_it(case: Path) -> None:
    assert score(case) == Score(len(expected(case)), 0, 0)


def test_the_seed_is_read_as_it_was_reviewed_by_hand_but_for_what_is_in_english() -> None:
    reading = read_rulebook([(str(SEED), SEED.read_bytes())], folder=str(UNITS.parent))
    reviewed = load_units(UNITS)
    assert reading.units is not None
    assert reviewed.source is not None
    assert reading.units == replace(
        reviewed,
        titles={},
        units=tuple(replace(unit, names={}) for unit in reviewed.units),
        source=replace(reviewed.source, title=None, titles={}),
    )
    assert reading.faults == ()
    assert reading.questions == ()


@pytest.mark.parametrize("number", range(300))
def test_a_made_rulebook_comes_back_as_its_hierarchy(number: int) -> None:
    text, wanted = make(random.Random(number))
    reading = read_text(text)
    assert rows(reading) == wanted
    assert reading.faults == ()


@pytest.mark.parametrize("number", range(150))
def test_a_unit_that_is_wrong_in_a_damaged_rulebook_has_a_question_of_its_own(number: int) -> None:
    chance = random.Random(number)
    text, wanted = make(chance)
    read = read_text(damage(text, chance)).read
    asked = {question.unit for question in read.questions}
    silent = [draft for draft in read.drafts if draft.number not in asked]
    assert {(draft.name, draft.level, draft.parent and draft.parent.name) for draft in silent} <= wanted


def test_an_abbreviation_stands_for_its_unit_as_the_whole_of_a_sentence() -> None:
    text = (
        "Сектор чине:\n1) Одељење за рад (у даљем тексту: ОР);\n2) Група за план.\nУ ОР образује се Одсек за струку.\n"
    )
    assert ("Одсек за струку", "section", "Одељење за рад") in rows(read_text(text))


def test_each_part_of_a_sentence_has_its_own_whole() -> None:
    text = "Сектор за А чине Одсек за Б и Одсек за В; Сектор за Г има Групу за Д, док Одељење за Ђ није у њему.\n"
    assert rows(read_text(text)) == {
        ("Сектор за А", "sector", None), ("Одсек за Б", "section", "Сектор за А"),
        ("Одсек за В", "section", "Сектор за А"),
        ("Сектор за Г", "sector", None), ("Група за Д", "group", "Сектор за Г"),
    }  # fmt: skip


def test_a_class_among_items_is_no_unit_and_what_follows_goes_on_with_the_list() -> None:
    text = "У Општинској управи образују се:\n1. секретаријати:\n- Секретаријат за А;\n2. службе:\n- Служба за Б.\n"
    assert rows(read_text(text)) == {
        ("Општинска управа", "administration", None), ("Секретаријат за А", "secretariat", "Општинска управа"),
        ("Служба за Б", "service", "Општинска управа"),
    }  # fmt: skip


def test_outside_the_sectors_stands_in_the_body_itself() -> None:
    text = "У Заводу за мере чине:\n1. Сектор за А;\n\nЧлан 3.\nИзван састава сектора образују се:\n1) Група за Б.\n"
    assert ("Група за Б", "group", "Завод за мере") in rows(read_text(text))


def test_a_demonstrative_means_the_unit_last_named() -> None:
    text = "Сектор за воде има Одсек за план и Одсек за рад. Тај одсек у свом саставу има Групу за Г.\n"
    assert ("Група за Г", "group", "Одсек за рад") in rows(read_text(text))


def test_a_row_of_a_table_of_posts_is_no_new_unit() -> None:
    text = "Сектор за А чине:\n1. Одсек за Б\n2. Одсек за В\n\nСистематизација\n1. Одсек за Б 4\n2. Одсек за В 12\n"
    assert [name for name, _, _ in sorted(rows(read_text(text)), key=str)] == [
        "Одсек за Б",
        "Одсек за В",
        "Сектор за А",
    ]


def test_the_body_above_the_title_is_the_whole_of_what_has_none() -> None:
    text = (
        "УПРАВА ЗА ТРЕЗОР\nПравилник о раду\nЧлан 1.\nОбразују се следећи сектори:\n1. Сектор за А;\n2. Сектор за Б.\n"
    )
    assert ("Сектор за А", "sector", "Управа за трезор") in rows(read_text(text))


@pytest.mark.parametrize("number", [2945, 9410])
def test_an_article_further_on_a_list_takes_kinds_that_an_outer_list_has_too(number: int) -> None:
    """Of the 10,000 of benchmarks/round_trips.py these two once came back otherwise."""
    text, wanted = make(random.Random(number))
    assert rows(read_text(text)) == wanted


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    read_text(text)


PIECES = ["Сектор за ",
           "У Сектору за ", "образују се", " следеће јединице:", "\n", "1) ", "I ", "- ", "Odsek za x", "Члан 3.",
          "(у даљем тексту: ", "Група", ";", ", ", " које обавља послове", "Department of ",
          "пет одељења", " и "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_words_of_a_rulebook_in_any_order_break_it(pieces: list[str]) -> None:
    read_text("".join(pieces))


def test_time_grows_with_the_text_and_no_faster() -> None:
    """Measured on four times the text, with room for a busy machine; benchmarks/score.py is for figures."""
    part = "".join(
        f"Члан {n}.\nУ Сектору за послове{n} образују се следеће уже унутрашње јединице:\n"
        f"1) Одељење за рад{n};\n2) Одсек за мир{n}.\n"
        for n in range(400)
    )
    start = time.perf_counter()
    read_text(part)
    once = time.perf_counter() - start
    start = time.perf_counter()
    read_text("".join(part.replace("послове", f"послове{k}_") for k in "абвг"))
    assert time.perf_counter() - start < 12 * once + 2


def test_an_introduction_without_its_units_is_a_fault_with_its_place() -> None:
    reading = read_text("У Сектору за буџет образују се следеће уже унутрашње јединице:\n")
    assert reading.faults == (
        'line 1: "У Сектору за буџет образују се следеће уже унутрашње јединице:" introduces units in Сектор за буџет, '
        "and none follows; see whether the text was cut off, or add them by hand",
    )


def test_a_stated_count_that_differs_is_a_fault() -> None:
    reading = read_text("Министарство просвете дели се на пет одељења:\nI Опште одељење\nII Одељење за наставу\n")
    assert len(reading.faults) == 1
    assert "says 5 units in Министарство просвете, and 2 were read" in reading.faults[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ПРАВИЛНИК О ИЗМЕНАМА И ДОПУНАМА ПРАВИЛНИКА О УНУТРАШЊЕМ УРЕЂЕЊУ\nЧлан 1.\nУ члану 6. додаје се став 3, "
         "који гласи: „У Сектору за буџет образују се Одсек за А и Одсек за Б.“", "amendment"),
        ("1. Начелник, радно место, 1 извршилац, стручна спрема VII\n"
         "2. Референт, радно место, 2 извршилаца, стручна спрема IV\n"
         "3. Возач, радно место, 1 извршилац, стручна спрема III\n", "table of posts"),
        ("Основне организационе јединице су одељења.\nУ оквиру основних јединица могу се образовати одсеци и групе.\n"
         "Уже јединице су одсеци.\n", "rules on kinds of units"),
        ("Данас је леп дан.\n", "other"),
        ("", "other"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_rulebook_is_recognised_and_gives_no_units(text: str, kind: str) -> None:
    reading = read_text(text)
    assert reading.units is None
    assert reading.read.genre.kind == kind
    assert len(reading.faults) == 1


def test_an_unsure_step_is_a_question_and_no_silent_guess() -> None:
    reading = read_text("У Сектору за буџет образују се:\n1) Одсек за рад;\n2) Комунална милиција;\n")
    assert [(question.rule, question.line) for question in reading.questions] == [("an item of no known kind", 3)]
    assert rows(reading) == {
        ("Сектор за буџет", "sector", None),
        ("Одсек за рад", "section", "Сектор за буџет"),
        ("Комунална милиција", "unit", "Сектор за буџет"),
    }


def test_a_post_in_a_list_of_units_is_no_unit() -> None:
    reading = read_text("У Сектору за буџет образују се:\n1) Одсек за рад;\n2) Помоћник министра;\n3) Група за план.\n")
    assert {name for name, _, _ in rows(reading)} == {"Сектор за буџет", "Одсек за рад", "Група за план"}


def test_a_plural_among_units_is_asked_about_and_is_no_unit() -> None:
    reading = read_text("Дирекција полиције у свом саставу има:\n1) Управу полиције;\n2) Подручне полицијске управе.\n")
    assert {name for name, _, _ in rows(reading)} == {"Дирекција полиције", "Управа полиције"}
    assert [(question.rule, question.words) for question in reading.questions] == [
        ("a plural among units", "Подручне полицијске управе.")
    ]
    assert reading.faults == ()


@pytest.mark.parametrize(
    ("rule", "text", "asked"),
    [
        ("a list inside an item, by its numbering alone",
         "У Сектору за рад образују се:\n1. Одељење за план;\n2. Одељење за мир.\n\n- Одсек за А.\n", ["Одсек за А"]),
        ("an item that goes on with a list after a break",
         "У Сектору за рад образују се:\n- Одсек за план;\n- Одсек за мир.\n\nЧлан 3.\n\n- Одсек за А;\n"
         "- Одсек за Б.\n", ["Одсек за А", "Одсек за Б"]),
        ("an item that goes on past an introduction",
         "У Сектору за рад образују се:\n1) Одељење за план;\n2) Одељење за мир.\n\nУ Одељењу за план образују се:\n"
         "3) Група за А.\n", ["Група за А"]),
        ("an item away from its introduction",
         "У Сектору за рад образују се:\n\nЧлан 4.\nОдељење за план обавља послове који се односе на:\n- план;\n",
         ["Одељење за план"]),
        ("a numbered name that no sentence introduces",
         "Сектор за рад обавља послове плана.\n1) Одсек за А\n2) Одсек за Б\n", ["Одсек за А", "Одсек за Б"]),
        ("a number that is left out",
         "У Сектору за рад образују се:\n1. Одељење за план\n- Одсек за А\n3. Одељење за мир\n", ["Одсек за А"]),
        ("a number without the one above it",
         "У Министарству рада образују се:\n1.1. Дирекција за план\n1.2. Дирекција за мир\n",
         ["Дирекција за план", "Дирекција за мир"]),
        ("an introduction without its whole",
         "Образују се следеће унутрашње јединице:\n1) Сектор за рад;\n2) Сектор за мир.\n",
         ["Сектор за рад", "Сектор за мир"]),
        ("one of several units at the top",
         "У Сектору за рад образује се Одсек за А.\nУ Сектору за мир образује се Одсек за Б.\n", ["Сектор за рад"]),
        ("a unit that no list names",
         "У Сектору за рад образује се Одсек за А.\nУ Сектору за мир образује се Одсек за Б.\n", ["Сектор за мир"]),
        ("a whole named shortly",
         "ПРАВИЛНИК\nо организацији Градске управе Града Чачка\n\nУ Градској управи образују се:\n- Одсек за А;\n"
         "- Одсек за Б.\n", ["Градска управа Града Чачка"]),
        ("a whole named at more length than before",
         "Сектор за рад обавља послове плана.\nУ Сектору за рад Министарства образује се Одсек за А.\n",
         ["Сектор за рад"]),
        ("a whole named by an abbreviation",
         "Прати рад Уније (у даљем тексту: ЕУ).\nУ Сектору за ЕУ образује се Одсек за А.\n", ["Сектор за ЕУ"]),
        ("an item of no known kind",
         "Сектор за рад чине:\n- Одсек за А;\n- Национални тренинг центар.\n", ["Национални тренинг центар"]),
    ],
)  # fmt: skip
def test_a_guess_is_a_question_that_names_each_unit_concerned(rule: str, text: str, asked: list[str]) -> None:
    read = read_text(text).read
    names = {draft.number: draft.name for draft in read.drafts}
    assert [names[q.unit] for q in read.questions if q.rule == rule and q.unit is not None] == asked


def test_a_sentence_that_denies_units_introduces_none() -> None:
    reading = read_text("У Сектору за рад не образују се уже унутрашње јединице.\n1) Група за А.\n")
    assert ("Група за А", "group", "Сектор за рад") not in rows(reading)


def test_an_enterprise_takes_its_name_from_the_title() -> None:
    reading = read_text('PRAVILNIK\nO UNUTRAŠNJOJ ORGANIZACIJI U JP "PUTEVI"\n\nPreduzeće čine:\n1) Sektor za A;\n')
    assert ('JP "PUTEVI"', "enterprise", None) in rows(reading)
