"""A chart in another language: which names it takes, what it says of those that lack, and what follows the language."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest

from orgchart.caption import caption
from orgchart.chart import Chart
from orgchart.chart_keys import CHART_KEYS
from orgchart.chart_wishes import wished_chart
from orgchart.errors import OrgChartError
from orgchart.formats import render
from orgchart.unit_language import in_language, translation
from orgchart.units import UnitFile, dump_units, load_units, parse_units
from orgchart.words import gazette_words, unit_count_words
from tests.charts import pdf_text, unit, units_file

WISHES = {name: key.rule.cleaned(key.rule.default) for name, key in CHART_KEYS.items()}
SEED = Path(__file__).parent.parent / "data" / "units.json"


def given(*units: dict[str, object], **keys: object) -> UnitFile:
    return parse_units(units_file(*units, **keys), "units.json")


def drawn(unit_file: UnitFile, lang: str, **wishes: object) -> Chart:
    return wished_chart(unit_file, {**WISHES, "lang": lang, **wishes})


BUDGET = {**unit("a", "Одељење за буџет"), "abbreviation": "ОБ", "names": {"en": "Budget Department"}}


def test_a_unit_takes_its_name_in_the_language_and_no_abbreviation_of_its_own_name() -> None:
    (first,) = in_language(given(BUDGET), "en").units
    assert (first.name, first.abbreviation) == ("Budget Department", None)


def test_units_without_such_a_name_keep_theirs_and_one_warning_counts_them() -> None:
    turned = in_language(given(BUDGET, *(unit(name, "Одсек") for name in "bcde")), "en")
    assert [each.name for each in turned.units] == ["Budget Department", *["Одсек"] * 4]
    assert [str(warning) for warning in turned.warnings] == [
        '4 of 5 units: no name in "en", so that "b", "c", "d" … keep their own names; add "names": {"en": "…"}'
    ]


def test_the_file_and_its_rulebook_have_titles_in_other_languages() -> None:
    source = {"title": "Правилник", "titles": {"en": "Rulebook"}}
    turned = in_language(given(BUDGET, title="Структура", titles={"en": "Structure"}, source=source), "en")
    assert turned.source is not None
    assert (turned.title, turned.source.title, turned.warnings) == ("Structure", "Rulebook", ())


@pytest.mark.parametrize(
    ("gazette", "said"),
    [
        ("Службени гласник РС 12/11", "Official Gazette RS, No. 12/11"),
        ("„Службени гласник Републике Србије“, бр. 12/11, 5/12 и 7/13",
         "Official Gazette of the Republic of Serbia, Nos. 12/11, 5/12 and 7/13"),
        ("Sl. glasnik RS, broj 24/2011.", "Official Gazette RS, No. 24/2011"),
        ("Службени гласник", "Службени гласник"),
        ("Просветни гласник, 3/37", "Просветни гласник, 3/37"),
    ],
)  # fmt: skip
def test_a_gazette_and_its_number_are_named_in_english(gazette: str, said: str) -> None:
    assert gazette_words(gazette, "en") == said
    assert gazette_words(gazette, "sr-Cyrl") == gazette
    turned = in_language(given(BUDGET, source={"gazette": gazette}), "en")
    assert turned.source is not None
    assert turned.source.gazette == said


def test_the_seed_in_english_has_no_word_in_cyrillic() -> None:
    chart = drawn(load_units(SEED), "en", page="A4", source="on")
    text = " ".join(pdf_text(render(chart, "pdf")).split())
    assert chart.warnings == ()
    for told in (text, render(chart, "svg").decode(), render(chart, "dot").decode(), render(chart, "drawio").decode()):
        assert not re.search("[Ѐ-ӿ]", told)
    assert "Organisational Structure of the Sector for Multilateral Cooperation" in text
    assert "Rulebook on Internal Organisation and Systematisation of Posts in the Ministry of Foreign Affairs" in text


def test_a_title_without_a_translation_stays_with_a_warning() -> None:
    turned = in_language(given(BUDGET, title="Структура"), "en")
    assert turned.title == "Структура"
    assert [warning.place for warning in turned.warnings] == ["the title"]


def test_titles_survive_a_load_and_a_save() -> None:
    units = given(BUDGET, title="С", titles={"en": "S"}, source={"title": "П", "titles": {"en": "R"}})
    assert parse_units(dump_units(units), "units.json") == units


def test_serbian_is_turned_into_its_other_script() -> None:
    turned = in_language(given(BUDGET, lang="sr-Cyrl"), "sr-Latn")
    assert (turned.units[0].name, turned.units[0].abbreviation, turned.lang, turned.warnings) == (
        "Odeljenje za budžet", "OB", "sr-Latn", (),
    )  # fmt: skip


def test_an_english_file_takes_its_serbian_names_in_the_script_asked_for() -> None:
    one = {**unit("a", "Budget"), "names": {"sr-Cyrl": "Буџет"}}
    turned = in_language(given(one, lang="en"), "sr-Latn")
    assert (turned.units[0].name, turned.lang) == ("Budžet", "sr-Latn")


@pytest.mark.parametrize(
    ("lang", "found"), [("en", "E"), ("en-GB", "E"), ("EN", "E"), ("de", "A"), ("de-AT", "A"), ("fr", None)]
)
def test_the_nearest_tag_counts(lang: str, found: str | None) -> None:
    assert translation({"en": "E", "de-AT": "A"}, lang) == found


def test_what_is_no_tag_is_refused() -> None:
    with pytest.raises(OrgChartError, match='lang "en us" is no language; use a tag such as sr-Cyrl, sr-Latn or en'):
        in_language(given(BUDGET), "en us")


@pytest.mark.parametrize(
    ("lang", "sector", "department"),
    [("sr-Cyrl", "Сектор", "Одељење"), ("sr-Latn", "Sektor", "Odeljenje"), ("en", "Sector", "Department")],
)
def test_legend_and_every_file_follow_the_language(lang: str, sector: str, department: str) -> None:
    chart = drawn(load_units(SEED), lang)
    assert (chart.structure.lang, chart.drawing.lang) == (lang, lang)
    assert f'lang="{lang}" xml:lang="{lang}"' in render(chart, "svg").decode()
    pdf = render(chart, "pdf")
    text = pdf_text(pdf)
    assert sector in text
    assert department in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == lang


def test_a_date_at_the_foot_is_written_in_the_language() -> None:
    units = given(BUDGET, source={"title": "П", "date": "2011-04-01"})
    assert "1 April 2011" in pdf_text(render(drawn(units, "en", date="source"), "pdf"))
    assert "1. 4. 2011." in pdf_text(render(drawn(units, "sr-Latn", date="source"), "pdf"))


def test_a_title_of_ones_own_follows_the_script_only() -> None:
    assert drawn(given(BUDGET), "sr-Latn", title="Наслов").title == "Naslov"
    assert drawn(given(BUDGET), "en", title="Наслов").title == "Наслов"


def test_a_second_language_stands_below_the_name_and_is_not_bold() -> None:
    top = {**unit("top", "Сектор", level="sector"), "names": {"en": "Sector"}}
    first, second = drawn(given(top, unit("b", "Одсек", "top")), "", also="en").drawing.units
    assert [(words.text, words.bold) for words in first.words] == [("Сектор", True), ("Sector", False)]
    assert [words.text for words in second.words] == ["Одсек"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("sr-Cyrl", "Слика 1. Организациона структура Сектора за мултилатералну сарадњу, 9 јединица. Извор: Правилник "
         "о унутрашњем уређењу и систематизацији радних места у Министарству спољних послова (SHA-256 9688a09d816f)."),
        ("sr-Latn", "Slika 1. Organizaciona struktura Sektora za multilateralnu saradnju, 9 jedinica. "
         "Izvor: Pravilnik o "
         "unutrašnjem uređenju i sistematizaciji radnih mesta u Ministarstvu spoljnih poslova (SHA-256 9688a09d816f)."),
    ],
)  # fmt: skip
def test_the_caption_says_what_the_units_file_says(lang: str, said: str) -> None:
    assert caption(load_units(SEED), lang, number=1) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 јединица"),
        (2, "2 јединице"),
        (5, "5 јединица"),
        (11, "11 јединица"),
        (21, "21 јединица"),
        (102, "102 јединице"),
    ],
)
def test_units_are_counted_in_the_right_form(count: int, said: str) -> None:
    assert unit_count_words(count, "sr-Cyrl") == said


def test_the_caption_of_a_branch_is_named_by_its_unit() -> None:
    said = caption(load_units(SEED), "en", root="odeljenje-za-ujedinjene-nacije")
    assert said.startswith("Department for the United Nations, 4 units. Source: ")
