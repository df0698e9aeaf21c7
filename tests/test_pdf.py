"""The PDF: exactly the page, its text as it was written, every font inside."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from orgchart.chart import build_chart
from orgchart.errors import FormatError
from orgchart.formats import render
from orgchart.hierarchy import Hierarchy
from orgchart.layout.pages import Part
from orgchart.text import Face, Font
from orgchart.units import load_units, parse_units
from tests.atlases import A4, by_hand, drawn
from tests.charts import SECTOR, chart_of, pdf_text, redrawn, unit, units_file
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


# An atlas


@pytest.fixture(scope="module")
def atlas() -> bytes:
    return render(by_hand(), "pdf")


def test_an_atlas_is_one_file_with_fonts_that_its_pages_share(atlas: bytes) -> None:
    with pikepdf.open(io.BytesIO(atlas)) as pdf:
        assert len(pdf.pages) == 5
        fonts = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/FontName" in found]
        names = Counter(str(font.FontName).partition("+")[2] for font in fonts)
        # cairo parts the letters that Windows has in Western Europe from all others.
        assert names == {"PTSans-Regular": 2, "PTSans-Bold": 2, "PTSans-Italic": 1}
        assert [page.label for page in pdf.pages] == ["1", "2", "3", "4", "5"]


def test_bookmarks_stand_in_the_order_of_the_body_each_at_the_units_own_page(atlas: bytes) -> None:
    document = pypdfium2.PdfDocument(atlas)
    marks = [(mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc()]
    assert marks == [
        (0, "Министарство финансија", 1),
        (1, "Сектор за буџет", 2),
        (2, "Одсек за планирање", 2),
        (2, "Одсек за извршење", 2),
        (2, "Одсек за контролу", 3),
        (1, "Сектор за порезе", 4),
        (2, "Одсек за ПДВ", 4),
        (1, "Група за штампу", 1),
        (0, "Азбучни регистар", 5),
    ]
    with pikepdf.open(io.BytesIO(atlas)) as pdf:
        outlines = pdf.Root.Outlines
        assert pdf.Root.PageMode == "/UseOutlines"
        assert (int(outlines.Count), int(outlines.First.Count), int(outlines.First.First.Count)) == (5, 3, -3)


def test_bookmarks_and_links_land_on_the_box(atlas: bytes) -> None:
    chart = by_hand()
    corners = {
        (page.number, mark.unit): (mark.box.x, page.drawing.height - mark.box.y)
        for page in chart.pages
        for mark in page.drawing.units
    }

    def lands(dest: pikepdf.Array, pages: list[pikepdf.Page], unit_id: str) -> bool:
        number = next(place for place, page in enumerate(pages, 1) if page.obj.objgen == dest[0].objgen)
        left, top = corners[number, unit_id]
        return 0 <= left - float(dest[2]) <= 12.01 and 0 <= float(dest[3]) - top <= 12.01

    with pikepdf.open(io.BytesIO(atlas)) as pdf:
        pages = list(pdf.pages)
        links = 0
        for page, drawn in zip(chart.pages, pages, strict=True):
            for link, annotation in zip(page.drawing.links, drawn.obj.get("/Annots", []), strict=True):
                assert annotation.Subtype == "/Link"
                rectangle = [float(side) for side in annotation.Rect]
                bottom = page.drawing.height - link.top - link.height
                assert rectangle == pytest.approx(
                    [link.left, bottom, link.left + link.width, bottom + link.height], abs=0.02
                )
                assert lands(annotation.Dest, pages, link.unit)
                links += 1
        assert links == 18
        assert lands(pdf.Root.Outlines.First.First.Dest, pages, "budget")


def test_the_index_can_be_read_as_text_and_the_arrows_are_there_to_see(atlas: bytes) -> None:
    document = pypdfium2.PdfDocument(atlas)
    index = " ".join(document[4].get_textpage().get_text_range().split())
    assert "Азбучни регистар" in index
    assert re.search(r"Одсек за контролу [ .]+ 3 Одсек за ПДВ [ .]+ 4", index)
    overview = " ".join(document[0].get_textpage().get_text_range().replace("\u00a0", " ").split())
    assert "Сектор за буџет стр. 2" in overview


def test_a_chain_longer_than_pythons_stack_has_its_bookmarks() -> None:
    units = [unit("u0"), *(unit(f"u{number}", parent=f"u{number - 1}") for number in range(1, 1_200))]

    def cut(whole: Hierarchy) -> Sequence[Part]:
        overview = Part(whole.part({"u0", "u1"}), {"u1": (2,)}, {}, frozenset(["u1"]), A4)
        return overview, Part(whole.part({unit["id"] for unit in units[1:]}), {}, {"u1": 1}, frozenset(), A4)

    content = render(drawn(parse_units(units_file(*units), "units.json"), cut), "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        depth, mark = 1, pdf.Root.Outlines.First
        while "/First" in mark:
            depth, mark = depth + 1, mark.First
    assert depth == 1_200


def test_a_chart_of_one_page_has_no_links_or_labels_and_does_not_open_its_bookmarks(sector: bytes) -> None:
    with pikepdf.open(io.BytesIO(sector)) as pdf:
        assert {"/PageLabels", "/PageMode"} & set(pdf.Root.keys()) == set()
        assert "/Annots" not in pdf.pages[0]
