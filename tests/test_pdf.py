"""The PDF: exactly the page, its text as it was written, every font inside."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from orgchart.chart import build_chart
from orgchart.errors import FormatError
from orgchart.formats import render
from orgchart.text import Face, Font
from orgchart.units import load_units
from tests.charts import SECTOR, chart_of, pdf_text, redrawn, unit
from tests.conftest import ROOT

PT_PER_MM = 72 / 25.4


@pytest.fixture(scope="module")
def sector() -> bytes:
    return render(chart_of(*SECTOR, title="Сектор"), "pdf")


@pytest.mark.parametrize(
    ("page", "orientation", "width_mm", "height_mm"),
    [
        ("A4", "portrait", 210, 297),
        ("A4", "landscape", 297, 210),
        ("A0", "landscape", 1189, 841),
        ("letter", "portrait", 215.9, 279.4),
        ("160x90mm", "auto", 160, 90),
    ],
)
def test_its_one_page_has_exactly_the_size(page: str, orientation: str, width_mm: float, height_mm: float) -> None:
    content = render(chart_of(unit("a"), page=page, orientation=orientation), "pdf")
    (size,) = (sheet.get_size() for sheet in pypdfium2.PdfDocument(content))
    assert size == pytest.approx((width_mm * PT_PER_MM, height_mm * PT_PER_MM), abs=0.001)


def test_it_states_title_language_maker_and_a_date_that_never_changes(sector: bytes) -> None:
    with pikepdf.open(io.BytesIO(sector)) as pdf:
        assert str(pdf.Root.Lang) == "sr-Cyrl"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        said = {key: str(value) for key, value in pdf.docinfo.items() if key != "/Producer"}
        assert said == {"/Title": "Сектор", "/Creator": "orgchart 0.1.0", "/CreationDate": "D:20000101000000Z"}


def test_every_font_is_inside_and_none_is_a_picture_of_letters(sector: bytes) -> None:
    with pikepdf.open(io.BytesIO(sector)) as pdf:
        objects = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary)]
        fonts = [found for found in objects if found.get("/Type") == "/FontDescriptor"]
        assert {str(font.FontName).partition("+")[2] for font in fonts} == {"PTSans-Bold", "PTSans-Regular"}
        assert [font for font in fonts if "/FontFile2" not in font and "/FontFile3" not in font] == []
        assert [found for found in objects if found.get("/Subtype") == "/Type3"] == []


def test_the_text_holds_every_name_exactly_once(sector: bytes) -> None:
    text = pdf_text(sector)
    assert {unit["name"]: text.count(unit["name"]) for unit in SECTOR} == {unit["name"]: 1 for unit in SECTOR}


def test_the_text_of_a_chart_without_furniture_is_the_names_and_nothing_else() -> None:
    text = pdf_text(render(chart_of(*SECTOR, title="", legend=False), "pdf"))
    assert Counter(text.split()) == Counter(" ".join(unit["name"] for unit in SECTOR).split())


def test_another_reader_finds_the_same_text(sector: bytes, program: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "chart.pdf").write_bytes(sector)
    # -raw: in the order of the file; otherwise pdftotext joins words of one letter, which it takes for spaced-out ones.
    command = [program("pdftotext"), "-raw", "-enc", "UTF-8", "chart.pdf", "-"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=True)
    assert " ".join(done.stdout.decode().split()) == pdf_text(sector)


def test_the_nine_units_of_the_sector_that_comes_along_are_in_its_text() -> None:
    unit_file = load_units(ROOT / "data" / "units.json")
    text = pdf_text(render(build_chart(unit_file, title=""), "pdf"))
    names = [unit.name for unit in unit_file.units]
    assert len(names) == 9
    assert {name: text.count(name) for name in names} == dict.fromkeys(names, 1)


def test_both_alphabets_accents_and_marks_of_writing_come_back() -> None:
    name = "Ђђ Љљ Њњ Ћћ Џџ, Đđ Žž Čč Ćć Šš — „Сава“ (I/2) № 5 & co. 100 %"
    assert pdf_text(render(chart_of(unit("a", name)), "pdf")) == name


def test_kerned_and_ligated_letters_come_back() -> None:
    name = "AVATAR Office Tafel flow ГУАТ"
    assert pdf_text(render(chart_of(unit("a", name)), "pdf")) == name


def test_a_page_beyond_14_400_pt_is_refused() -> None:
    chart = chart_of(unit("a"))
    wide = redrawn(chart, width=14_400.01)
    with pytest.raises(FormatError) as caught:
        render(wide, "pdf")
    assert str(caught.value) == (
        "the page is 14400 × 842 pt and a PDF page at most 14400 pt; choose a --page such as A0, "
        "or draw a branch with --root or --depth"
    )


def test_a_character_without_a_glyph_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        render(chart_of(unit("a", "Одсек 中")), "pdf")
    assert str(caught.value) == (
        '"Одсек 中" cannot be drawn as pdf: font "PT Sans" has no glyph for 中 (U+4E2D); '
        "choose a style with a font that has, or SVG, where the reader's own fonts stand in"
    )


def test_a_title_that_the_font_lacks_is_refused_too() -> None:
    with pytest.raises(FormatError, match='"中" cannot be drawn as pdf'):
        render(chart_of(unit("a"), title="中"), "pdf")


@pytest.fixture
def hebrew_and_arabic() -> Font:
    found = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
    if found is None:
        pytest.skip("DejaVu Sans is not on this machine")
    return Font("DejaVu Sans", dict.fromkeys([(False, False), (False, True), (True, False), (True, True)], Face(found)))


@pytest.mark.parametrize("name", ["שלום עולם", "العربية مرحبا"])
def test_text_from_right_to_left_comes_back_as_it_was_written(name: str, hebrew_and_arabic: Font) -> None:
    chart = replace(chart_of(unit("a", name), title=""), font=hebrew_and_arabic)
    assert pdf_text(render(chart, "pdf")) == name


def test_a_line_in_both_directions_is_refused(hebrew_and_arabic: Font) -> None:
    chart = replace(chart_of(unit("a", "שלום UN")), font=hebrew_and_arabic)
    with pytest.raises(FormatError) as caught:
        render(chart, "pdf")
    assert str(caught.value) == (
        '"שלום UN" cannot be drawn as pdf: one line runs both right to left and left to right; choose SVG'
    )
