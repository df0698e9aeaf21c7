"""Serbian in Cyrillic and in Latin: one text in two scripts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgchart.script import _APART, FOREIGN_WORDS, is_cyrillic, is_roman, like, to_cyrillic, to_latin

LETTERS = "абвгдђежзијклљмнњопрстћуфхцчџш"
# Without those of which Latin letters are read as two: дж in either script, and оџал, which is read as од-жал.
words = st.text(LETTERS, min_size=2, max_size=12).filter(
    lambda word: not re.search("нј|лј|дж", word) and not _APART.search(to_latin(word))
)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Одељење за Уједињене нације", "Odeljenje za Ujedinjene nacije"),
        ("ЉУБАВ Љубав љубав", "LJUBAV Ljubav ljubav"),
        ("УНУТРАШЊЕ УРЕЂЕЊЕ", "UNUTRAŠNJE UREĐENJE"),
        ("инјекција", "injekcija"),
        ("конјункција и конјунктура", "konjunkcija i konjunktura"),
        ("наджњевати, надживети, оджалити", "nadžnjevati, nadživeti, odžaliti"),
        ("буџет, оџак, џеп", "budžet, odžak, džep"),
        ("ванјезички и Танјуг", "vanjezički i Tanjug"),
        ("Група за конзуларне послове II", "Grupa za konzularne poslove II"),
        ("стандард ISO 9001 и послови IT", "standard ISO 9001 i poslovi IT"),
        ("пишите на pisarnica@mfa.rs", "pišite na pisarnica@mfa.rs"),
        ("КФОР и УНМИК", "KFOR i UNMIK"),
    ],
)
def test_a_text_reads_the_same_in_both_scripts(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin
    assert to_cyrillic(latin) == cyrillic


def test_capitals_of_digraphs_in_latin_may_be_written_either_way() -> None:
    assert to_cyrillic("UNUTRAŠNjE UREĐENjE") == "УНУТРАШЊЕ УРЕЂЕЊЕ"
    assert to_cyrillic("ǈubav ǌiva ǅep") == "Љубав њива Џеп"


def test_a_lone_i_is_a_number_before_a_unit_and_a_word_among_capitals() -> None:
    assert to_cyrillic("I Odeljenje") == "I Одељење"
    assert to_cyrillic("PRAVNE I OPŠTE POSLOVE") == "ПРАВНЕ И ОПШТЕ ПОСЛОВЕ"
    assert to_cyrillic("poslove I - obavlja") == "послове I - обавља"


def test_roman_numerals_are_told_from_words() -> None:
    assert [word for word in ["I", "II", "III", "IV", "V", "IX", "XIV", "XL", "MI", "C", "DIM"] if is_roman(word)] == [
        "I", "II", "III", "IV", "V", "IX", "XIV", "XL", "MI"
    ]  # fmt: skip


def test_what_is_in_neither_script_stays() -> None:
    assert to_latin("łódź 東京 123") == "łódź 東京 123"
    assert to_cyrillic("łódź 東京 123") == "łódź 東京 123".replace("d", "д").replace("ó", "ó")


def test_a_text_takes_the_script_of_its_model() -> None:
    assert is_cyrillic("Сектор УН (ISO)")
    assert like("Sektor", "Одељење") == "Сектор"
    assert like("Сектор", "Odeljenje") == "Sektor"


@given(st.lists(words, min_size=1, max_size=8))
def test_cyrillic_comes_back_from_latin(parts: list[str]) -> None:
    text = " ".join(parts)
    assert to_cyrillic(to_latin(text)) == text
    assert to_cyrillic(to_latin(text.title())) == text.title()


@given(st.lists(words, min_size=2, max_size=8))
def test_capitals_come_back_too(parts: list[str]) -> None:
    text = " ".join(parts).upper()
    latin = to_latin(text)
    assert latin == latin.upper()
    if not any(is_roman(word) or word in FOREIGN_WORDS for word in latin.split()):
        assert to_cyrillic(latin) == text


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert to_latin(to_latin(text)) == to_latin(text)
    assert isinstance(to_cyrillic(text), str)
