"""Sources: encodings, repairs, and the same rulebook as text, HTML, DOCX, ODT and PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgchart.rulebook import read_rulebook
from orgchart.rulebook.lexicon import load_lexicon
from orgchart.rulebook.places import Line
from orgchart.rulebook.repairs import mend
from orgchart.rulebook.sources import decode
from tests.rulebook_cases import FOLDER, expected, rows, text_of

CYRILLIC = FOLDER / "made" / "a01_ministarstvo_ceo_cyr.txt"
LATIN = FOLDER / "17_vojvodina_sest_sektora_lat.txt"


def mended(*texts: str) -> tuple[list[str], list[str]]:
    lines, repairs = mend([Line(text, number) for number, text in enumerate(texts, 1)], load_lexicon())
    return [line.text for line in lines], [repair.kind for repair in repairs]


@pytest.mark.parametrize(
    ("case", "codec", "said"),
    [
        (CYRILLIC, "utf-8", "UTF-8"), (CYRILLIC, "utf-8-sig", "UTF-8"), (CYRILLIC, "utf-16", "UTF-16"),
        (CYRILLIC, "cp1251", "Windows-1251"), (LATIN, "cp1250", "Windows-1250"), (LATIN, "utf-16-le", "UTF-16"),
        (LATIN, "iso8859_2", "ISO-8859-2"),
    ],
)  # fmt: skip
def test_an_encoding_is_found_and_said(case: Path, codec: str, said: str) -> None:
    text = text_of(case)
    assert decode(text.encode(codec, "replace"), "x.txt")[1] == said
    assert rows(read_rulebook([("x.txt", text.encode(codec, "replace"))])) == expected(case)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("P R A V I L N I K", "PRAVILNIK", "letter-spaced words"),
        ("Sеktor za životnu srеdinu", "Sektor za životnu sredinu", "letters of the other script"),
        ("Oдсек за рад, које ce и y вези", "Одсек за рад, које се и у вези", "letters of the other script"),
        ("Zavod za nekretnine i zemlјište", "Zavod za nekretnine i zemljište", "letters of the other script"),
        ("Sek\u00adtor za\u200b rad č", "Sektor za rad č", "invisible characters"),
        ("+ larger fontnormal font- Smaller font", "", "page furniture left out"),
        ("- 12 -", "", "page furniture left out"),
    ],
)
def test_a_line_is_mended_and_the_repair_listed(before: str, after: str, kind: str) -> None:
    assert mended(before) == ([after], [kind])


def test_letters_of_another_code_page_are_mended_where_they_are_a_habit() -> None:
    assert mended("Ĉlan 1", "UreĎuje se sluţba koja je na snazi i koje su za ţivot")[0] == [
        "Član 1", "Uređuje se služba koja je na snazi i koje su za život"
    ]  # fmt: skip
    assert mended("Ĉapek je u Pragu i koje su to knjige na stolu")[1] == []


def test_numerals_and_abbreviations_stay_latin_in_a_cyrillic_line() -> None:
    assert mended("Група за послове II и ЕУ у оквиру CEFTA и XII")[1] == []


def test_numbers_that_a_browser_counts_are_read_too() -> None:
    items = "<ol type='I'><li>Одељење за план</li><li>Одсек за мир</li></ol>"
    page = f"<html><body><p>У Сектору за рад образују се:</p>{items}</body></html>"
    reading = read_rulebook([("x.html", page.encode())])
    assert reading.units is not None
    assert [(unit.number, unit.name) for unit in reading.units.units] == [
        (None, "Сектор за рад"), ("I.", "Одељење за план"), ("II.", "Одсек за мир"),
    ]  # fmt: skip


def test_every_unit_knows_its_page_line_and_article() -> None:
    text = "Члан 7.\nУ Сектору за рад образују се:\n1) Одсек за план;\n2) Одсек за\nмирне послове.\n"
    (_, first, second) = read_rulebook([("x.txt", text.encode())]).read.drafts
    assert first.home is not None
    assert str(first.home.block.place(0)) == "line 3, Члан 7., item 1)"
    assert second.home is not None
    assert second.home.block.place(len("Одсек за ")).line == 5
