"""A units file in the other script: what turns, and what stays as it is."""

from __future__ import annotations

from orgchart.chart_keys import CHART_KEYS
from orgchart.chart_wishes import wished_chart
from orgchart.unit_script import in_script
from orgchart.units import UnitFile, parse_units
from orgchart.words import level_word
from tests.charts import relation, unit, units_file

WISHES = {name: key.rule.cleaned(key.rule.default) for name, key in CHART_KEYS.items()}


def names(unit_file: UnitFile, script: str) -> list[str]:
    return [each.name for each in in_script(unit_file, script).units]


def given(*units: dict[str, object], **keys: object) -> UnitFile:
    return parse_units(units_file(*units, **keys), "units.json")


def test_all_that_is_printed_turns_to_latin() -> None:
    one = {**unit("a", "Одељење за Њујорк"), "abbreviation": "УН", "number": "а)", "functions": ["љубав"]}
    source = {"title": "Правилник", "gazette": "Службени гласник", "date": "2011"}
    turned = in_script(given(one, title="Структура", lang="sr-Cyrl", source=source), "latn")
    (first,) = turned.units
    assert (first.name, first.abbreviation, first.number, first.functions) == (
        "Odeljenje za Njujork", "UN", "a)", ("ljubav",),
    )  # fmt: skip
    assert turned.source is not None
    assert (turned.title, turned.lang, turned.source.title, turned.source.gazette) == (
        "Struktura", "sr-Latn", "Pravilnik", "Službeni glasnik",
    )  # fmt: skip


def test_numerals_and_foreign_words_stay_latin_in_cyrillic() -> None:
    units = given(unit("a", "Odsek II za IT i ISO"), unit("b", "Њива NATO"))
    assert names(units, "cyrl") == ["Одсек II за IT и ISO", "Њива NATO"]


def test_what_is_in_the_script_already_stays() -> None:
    assert names(given(unit("a", "Odsek za NATO")), "latn") == ["Odsek za NATO"]
    assert names(given(unit("a", "Одсек за NATO")), "cyrl") == ["Одсек за NATO"]


def test_ids_and_levels_stay() -> None:
    (first,) = in_script(given(unit("а-1", "Х", level="комесаријат")), "latn").units
    assert (first.id, first.level) == ("а-1", "комесаријат")


def test_a_level_that_orgchart_has_no_word_for_is_printed_in_latin_in_a_latin_chart() -> None:
    assert level_word("штаб", "sr-Latn") == "Štab"
    assert level_word("штаб", "sr-Cyrl") == "Штаб"


def test_kinds_of_relations_turn_unless_they_are_words_of_orgchart() -> None:
    ties = [relation("a", "b", "надгледа"), relation("a", "b", "coordinates")]
    units = given(unit("a"), unit("b"), relations=ties)
    assert [tie.kind for tie in in_script(units, "latn").relations] == ["nadgleda", "coordinates"]
    back = in_script(in_script(units, "latn"), "cyrl")
    assert [tie.kind for tie in back.relations] == ["надгледа", "coordinates"]


def test_another_language_keeps_its_words_for_levels() -> None:
    assert in_script(given(unit("a", "Сектор"), lang="mk"), "latn").lang == "mk"
    assert in_script(given(unit("a", "Сектор")), "latn").lang == "sr-Latn"


def test_a_chart_is_drawn_in_the_script_with_its_own_title_too() -> None:
    chart = wished_chart(given(unit("a", "Љубав")), {**WISHES, "script": "latn", "title": "Наслов"})
    assert (chart.title, chart.hierarchy.units[0].name) == ("Naslov", "Ljubav")
