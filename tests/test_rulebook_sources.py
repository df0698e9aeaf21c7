"""Sources: encodings, repairs, and the same rulebook as text, HTML, DOCX, ODT and PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from orgchart.errors import OrgChartError
from orgchart.rulebook import read_rulebook
from orgchart.rulebook.lexicon import load_lexicon
from orgchart.rulebook.places import Line
from orgchart.rulebook.repairs import mend
from orgchart.rulebook.sources import decode, read_source
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


def docx_of(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def html_of(text: str) -> bytes:
    from html import escape

    body = "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n"))
    head = '<head><meta charset="utf-8"><script>x()</script></head>'
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode()


def odt_of(text: str) -> bytes:
    from xml.sax.saxutils import escape

    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>{body}</office:body></office:document-content>',
        )
    return target.getvalue()


@pytest.mark.parametrize("case", [CYRILLIC, LATIN], ids=lambda case: case.stem)
@pytest.mark.parametrize(("suffix", "made"), [("docx", docx_of), ("html", html_of), ("odt", odt_of)])
def test_a_rulebook_reads_the_same_in_every_format(case: Path, suffix: str, made: Callable[[str], bytes]) -> None:
    assert rows(read_rulebook([(f"x.{suffix}", made(text_of(case)))])) == expected(case)


def test_a_rulebook_reads_the_same_from_a_pdf() -> None:
    cairocffi = pytest.importorskip("cairocffi")
    target = io.BytesIO()
    surface = cairocffi.PDFSurface(target, 595, 842)
    context = cairocffi.Context(surface)
    context.select_font_face("PT Sans")
    context.set_font_size(9)
    for number, line in enumerate(text_of(LATIN).split("\n")):
        context.move_to(40, 40 + 14 * number)
        context.show_text(line)
    surface.finish()
    assert rows(read_rulebook([("x.pdf", target.getvalue())])) == expected(LATIN)


def test_numbers_that_a_browser_counts_are_read_too() -> None:
    items = "<ol type='I'><li>Одељење за план</li><li>Одсек за мир</li></ol>"
    page = f"<html><body><p>У Сектору за рад образују се:</p>{items}</body></html>"
    reading = read_rulebook([("x.html", page.encode())])
    assert reading.units is not None
    assert [(unit.number, unit.name) for unit in reading.units.units] == [
        (None, "Сектор за рад"), ("I.", "Одељење за план"), ("II.", "Одсек за мир"),
    ]  # fmt: skip


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 300_000_000)
    return target.getvalue()


def with_doctype() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK\x03\x04broken", "it is no zip file"),
        ("a.docx", bomb(), "unpacked it has more than"),
        ("a.docx", with_doctype(), "declares a document type"),
        ("a.pdf", b"%PDF-1.7 broken", "it is broken or locked"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Word"),
        ("a.html", b"<html><body></body></html>", "there is no text in it"),
    ],
)
def test_a_file_that_cannot_be_taken_apart_is_one_clear_error(name: str, content: bytes, words: str) -> None:
    with pytest.raises(OrgChartError, match=words):
        read_source(content, name)


def test_every_unit_knows_its_page_line_and_article() -> None:
    text = "Члан 7.\nУ Сектору за рад образују се:\n1) Одсек за план;\n2) Одсек за\nмирне послове.\n"
    (_, first, second) = read_rulebook([("x.txt", text.encode())]).read.drafts
    assert first.home is not None
    assert str(first.home.block.place(0)) == "line 3, Члан 7., item 1)"
    assert second.home is not None
    assert second.home.block.place(len("Одсек за ")).line == 5
