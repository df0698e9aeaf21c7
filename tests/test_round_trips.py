"""Every rulebook and every name of the tests, in the other script and back: nothing changes but what is listed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgchart.look_alikes import one_script
from orgchart.rulebook import read_text
from orgchart.script import is_cyrillic, to_cyrillic, to_latin
from orgchart.unit_script import WORDS
from tests.rulebook_cases import CASES, rows, text_of

HOME = Path(__file__).parent.parent
TEXTS = sorted([*(HOME / "tests" / "rulebooks").rglob("*.txt"), *(HOME / "data" / "rulebooks").glob("*.txt")])
UNITS = sorted(
    [*(HOME / "tests").rglob("*.expected.json"), *(HOME / "tests" / "golden").rglob("units.json"),
     *(HOME / "data").glob("*.json"), *(HOME / "benchmarks" / "data").glob("*.units.json")]
)  # fmt: skip
# Where each text comes from stands above it in English, which is in Latin among Cyrillic too.
NOTE = re.compile(r"\A# source:.*\n")

# By text, the words that come back otherwise: how they stand there, how they come back.
CAPITALS = "Two letters for Љ, Њ and Џ are both capital among capitals; some type only the first as one."
CUSTOM = "The Latin GIS is the name of a technique in Serbian too, so that what was ГИС stays Latin."
LABEL = "A label V) is Roman five; only the list before it could tell that it is the third letter."
BUTTONS = "Buttons of a web page, in Latin among Cyrillic: one letter without a word round it."
CHANGED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "30_izmena_uredbe_dopuna_lat": (CAPITALS, {"UNUTRAŠNjU": "UNUTRAŠNJU"}),
    "b09_zavod_cyr": (CUSTOM, {"ГИС.": "GIS."}),
    "k05_jp_vodovod_sektori_rj_cyr": (LABEL, {"В)": "V)"}),
    "k11_rs_ministarstvo_resori_lat": (CAPITALS, {"UNUTRAŠNjOJ": "UNUTRAŠNJOJ"}),
    "k22_vrhovno_tuzilastvo_lat": (CAPITALS, {"UNUTRAŠNjEM": "UNUTRAŠNJEM", "UREĐENjU": "UREĐENJU"}),
    "l01_odeljenje_savet_evrope_lat": (CAPITALS, {"SARADNjU": "SARADNJU"}),
    "l04_kultura_ministarstvo_cyr": (BUTTONS, {"A+": "А+", "A": "А", "A-": "А-"}),
    "l20_izmena_uredbe_lat": (CAPITALS, {"UNUTRAŠNjEM": "UNUTRAŠNJEM", "UREĐENjU": "UREĐENJU"}),
}
# Letters of the other script that look alike: these three texts have them, and they come back as what they look like.
WITH_LOOK_ALIKES = {
    "15_ekologija_homoglifi_lat",
    "k38_geodetski_zavod_homoglifi_cyr",
    "l03_zivotna_sredina_sektor_homoglifi_lat",
}


def there_and_back(text: str) -> str:
    return to_cyrillic(to_latin(text)) if is_cyrillic(text) else to_latin(to_cyrillic(text))


def meant(text: str) -> str:
    return "\n".join(map(one_script, text.split("\n")))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_rulebook_comes_back_from_the_other_script(path: Path) -> None:
    text = meant(NOTE.sub("", path.read_text(encoding="utf-8")))
    words, back = text.split(), there_and_back(text).split()
    changed = {word: other for word, other in zip(words, back, strict=True) if word != other}
    assert changed == CHANGED.get(path.stem, ("", {}))[1]


def test_these_rulebooks_have_letters_that_look_alike() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in TEXTS}
    assert {name for name, text in texts.items() if meant(text) != text} == WITH_LOOK_ALIKES


def test_every_exception_is_of_a_text_that_is_there() -> None:
    assert set(CHANGED) <= {path.stem for path in TEXTS}


# Texts that are read otherwise in the other script.
OLD_CODE_PAGE = "Letters of an old code page or a broken font, which are mended in Latin only."
LABELS = "Labels a), b), c), d) are no order in Cyrillic, which counts а), б), в), г)."
READ_OTHERWISE: Mapping[str, str] = {
    "b02_yuscii_lat": OLD_CODE_PAGE,
    "k10_cg_direktorati_ostecena_slova_lat": OLD_CODE_PAGE,
    "k20_agencija_yuscii_lat": OLD_CODE_PAGE,
    "k22_vrhovno_tuzilastvo_lat": LABELS,
}


def units_in(text: str) -> set[tuple[str, str, str | None]]:
    return {
        (to_latin(name), level, None if parent is None else to_latin(parent))
        for name, level, parent in rows(read_text(text))
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_same_units_are_read_in_the_other_script(case: Path) -> None:
    text = meant(text_of(case))
    other = to_latin(text) if is_cyrillic(text) else to_cyrillic(text)
    if "_en" in case.stem:  # English, which has no other script
        return
    assert (units_in(text) == units_in(other)) == (case.stem not in READ_OTHERWISE)


def names_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from (inside,) if key in ("name", "title", "abbreviation") and inside else names_in(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from names_in(inside)


def test_every_name_comes_back_from_the_other_script() -> None:
    names = {one_script(name) for path in UNITS for name in names_in(json.loads(path.read_text(encoding="utf-8")))}
    assert len(names) > 1000
    assert {name: there_and_back(name) for name in names if there_and_back(name) != name} == {
        "Одсек за ГИС": "Одсек за GIS"
    }


# Words of which no table knows anything

LETTERS = "абвгдђежзијклљмнњопрстћуфхцчџш"
LATIN_LETTERS = "abcčćdđefghijklmnoprsštuvzž"


@given(st.text(LATIN_LETTERS, min_size=2, max_size=14))
def test_every_word_of_serbian_letters_comes_back_to_latin(word: str) -> None:
    assert to_latin(to_cyrillic(word)) == word
    assert to_latin(to_cyrillic(word.capitalize())) == word.capitalize()


@given(st.text(LETTERS, min_size=2, max_size=14))
def test_what_comes_back_to_cyrillic_is_the_same_in_latin(word: str) -> None:
    back = to_cyrillic(to_latin(word))
    assert to_latin(back) == to_latin(word)
    if not re.search("нј|лј|дж", word):
        assert back == word


@pytest.mark.parametrize(
    "word",
    [
        "инјекција", "инјектирање", "инјицирати", "инјурија", "конјугација", "конјунктура", "конјектура", "анјон",
        "Танјуг", "ванјезички", "ванјадрански", "панјугословенски", "надживети", "наджупан", "наджњевати", "оджалити",
        "одживети", "поджупан", "поджанр", "поджарити", "преджетвени", "предженидбени",
    ],
)  # fmt: skip
@pytest.mark.parametrize("write", [str, str.capitalize, str.upper], ids=["small", "capital", "capitals"])
def test_a_prefix_and_its_word_are_no_digraph(word: str, write: type[str]) -> None:
    assert there_and_back(write(word)) == write(word)


@pytest.mark.parametrize(
    "word",
    ["коњица", "кањон", "Бањалука", "вањски", "оџак", "буџет", "наџак", "поџеп", "сињи", "пањеви", "тањир"],
)
def test_a_digraph_after_the_same_letters_is_one(word: str) -> None:
    assert there_and_back(word) == word


def test_letters_that_are_spaced_out_are_a_word_and_no_numerals() -> None:
    assert to_cyrillic("P R A V I L N I K") == "П Р А В И Л Н И К"
    assert to_cyrillic("I V X") == "I V X"


def test_a_letter_of_the_other_script_is_read_as_what_it_looks_like() -> None:
    assert WORDS["latn"]("Одcек за eтику") == "Odsek za etiku"
    assert WORDS["cyrl"]("Sеktor za етiku".replace("т", "t")) == "Сектор за етику"
