"""What a box is to those who cannot see it: name, level, units below, place in the rulebook; functions in brief."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgchart.cite import Provision
from orgchart.hierarchy import build_hierarchy
from orgchart.spoken import spoken_brief, spoken_name
from orgchart.units import Source, Unit, UnitFile

UN = Unit("un", "department", "Одељење за  Уједињене\nнације", source=Source("Члан 12.", 5, 8))


def name_of(unit: Unit, below: int, lang: str = "sr-Cyrl", **more: Any) -> str:
    children = (Unit(f"c{number}", "group", "Група", parent=unit.id) for number in range(below))
    return spoken_name(unit, build_hierarchy(UnitFile(units=(unit, *children))), lang, **more)


def test_a_unit_is_told_by_name_level_units_below_and_place() -> None:
    assert name_of(UN, 3) == "Одељење за Уједињене нације, одељење, 3 уже јединице, члан 12., редови 5–8"


def test_in_latin_all_but_the_name_is_in_latin() -> None:
    unit = replace(UN, name="Odeljenje za Ujedinjene nacije")
    assert name_of(unit, 5, "sr-Latn") == (
        "Odeljenje za Ujedinjene nacije, odeljenje, 5 užih jedinica, član 12., redovi 5–8"
    )


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_language_without_words_of_its_own_is_told_in_english(lang: str) -> None:
    unit = replace(UN, name="Department for the United Nations")
    assert (
        name_of(unit, 1, lang) == "Department for the United Nations, department, 1 unit below, article 12, lines 5–8"
    )


@pytest.mark.parametrize(
    ("below", "words"),
    [
        (1, "1 ужа јединица"), (2, "2 уже јединице"), (4, "4 уже јединице"), (5, "5 ужих јединица"),
        (11, "11 ужих јединица"), (12, "12 ужих јединица"), (21, "21 ужа јединица"), (22, "22 уже јединице"),
        (112, "112 ужих јединица"),
    ],
)  # fmt: skip
def test_serbian_counts_in_three_forms(below: int, words: str) -> None:
    assert name_of(Unit("a", "sector", "Сектор"), below) == f"Сектор, сектор, {words}"


def test_a_unit_without_units_below_or_place_is_name_and_level() -> None:
    assert name_of(Unit("a", "directorate-general", "Directorate"), 0, "en") == "Directorate, directorate-general"


def test_a_level_that_is_an_abbreviation_keeps_its_capitals() -> None:
    assert name_of(Unit("a", "IT", "Support"), 0, "en") == "Support, IT"


def test_the_provision_goes_before_the_units_file() -> None:
    provision = Provision("un", UN.name, "члан 13а", 9, 9)
    assert name_of(UN, 0, provision=provision).endswith("одељење, члан 13а., ред 9")


def test_what_is_marked_stands_in_brackets_after_the_name() -> None:
    assert name_of(Unit("a", "group", "Група"), 0, marked="ново") == "Група (ново), група"


@pytest.mark.parametrize(
    ("article", "cyrillic", "latin", "english"),
    [
        ("12", "члан 12.", "član 12.", "article 12"),
        ("чл. 12а", "члан 12а.", "član 12a.", "article 12a"),
        ("Article 3", "члан 3.", "član 3.", "article 3"),
        ("чланови 3–5.", "чланови 3–5.", "članovi 3–5.", "чланови 3–5."),
        ("", "", "", ""),
    ],
)
def test_an_article_of_one_number_is_said_in_the_language(
    article: str, cyrillic: str, latin: str, english: str
) -> None:
    unit = Unit("a", "group", "X", source=Source(article))
    said = [name_of(unit, 0, lang).partition(", ")[2].partition(", ")[2] for lang in ("sr-Cyrl", "sr-Latn", "en")]
    assert said == [cyrillic, latin, english]


def test_functions_in_brief_stand_one_after_the_other() -> None:
    unit = Unit("a", "group", "Група", functions=("активност УН;", "сарадњу са\nКФОР."))
    assert spoken_brief(unit, "sr-Cyrl") == "активност УН; сарадњу са КФОР"
    assert spoken_brief(unit, "sr-Latn") == "aktivnost UN; saradnju sa KFOR"
    assert spoken_brief(Unit("a", "group", "Група"), "sr-Cyrl") == ""


def test_functions_in_cyrillic_are_not_said_in_english() -> None:
    assert spoken_brief(Unit("a", "group", "Group", functions=("сарадњу са УН",)), "en") == ""
    assert spoken_brief(Unit("a", "group", "Group", functions=("liaison with the UN",)), "en") == "liaison with the UN"


def test_a_word_longer_than_all_that_is_said_is_cut() -> None:
    assert spoken_brief(Unit("a", "group", "X", functions=("a" * 400,)), "en") == "a" * 299 + "…"


@given(st.lists(st.text("абв, ;", max_size=90), max_size=9))
def test_functions_in_brief_are_short_and_end_at_a_word(functions: list[str]) -> None:
    unit = Unit("a", "group", "X", functions=tuple(functions))
    said = spoken_brief(unit, "sr-Cyrl")
    whole = "; ".join(filter(None, (" ".join(f.split()).rstrip(".;, ") for f in functions)))
    assert len(said) <= 300
    if said.endswith("…"):
        assert whole.startswith(said[:-1])
        assert not whole[len(said) - 1].isalpha()
    else:
        assert said == whole
