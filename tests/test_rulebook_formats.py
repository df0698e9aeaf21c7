"""One rulebook as text, DOCX with typed and counted numbers, HTML, ODT and PDF; benchmarks/formats.py takes all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orgchart.rulebook import read_rulebook
from orgchart.rulebook.source_child import READERS
from tests.rulebook_cases import FOLDER, expected, rows, text_of
from tests.rulebook_formats import converted, html_of, numbered_docx, odt_of, typed_docx

# Together they have all kinds of numbers, lists that stand further in, broken lines and sentences over several lines.
CASES = [
    FOLDER / "made" / "a01_ministarstvo_ceo_cyr.txt",
    FOLDER / "made" / "a04_hrvatska_uredba_lat.txt",
    FOLDER / "made" / "b08_putevi_sluzbe_genitiv_lat.txt",
    FOLDER / "17_vojvodina_sest_sektora_lat.txt",
    FOLDER / "27_kisela_voda_slova_en.txt",
]
PRINTED = [*CASES, FOLDER / "07_kultura_tri_vrste_lat.txt", FOLDER / "made" / "b13_english_inline.txt",
           FOLDER / "made" / "b06_gradska_uprava_sluzbe_lat.txt"]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
@pytest.mark.parametrize(
    ("suffix", "made"),
    [("docx", typed_docx), ("docx", numbered_docx), ("html", html_of), ("odt", odt_of)],
    ids=["docx", "docx-numbered", "html", "odt"],
)
def test_a_rulebook_reads_the_same_in_every_format(case: Path, suffix: str, made: Callable[[str], bytes]) -> None:
    assert rows(read_rulebook([(f"x.{suffix}", made(text_of(case)))])) == expected(case)


@pytest.mark.parametrize("made", [typed_docx, numbered_docx], ids=["typed", "numbered"])
def test_a_rulebook_reads_the_same_as_printed_by_an_office(
    made: Callable[[str], bytes], program: Callable[[str], str], tmp_path: Path
) -> None:
    soffice = program("soffice")
    program("lowriter")
    printed = converted({case.stem: made(text_of(case)) for case in PRINTED}, "pdf", soffice, tmp_path)
    for case in PRINTED:
        assert rows(read_rulebook([("x.pdf", printed[case.stem])])) == expected(case)


def docx_with(body: str, numbering: str = "") -> bytes:
    """A document with its body and lists as Word would store them."""
    import io

    from docx import Document
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = Document()
    for element in parse_xml(f"<w:body {space}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    lists: Any = document.part.numbering_part.element
    for place, element in enumerate(parse_xml(f"<w:numbering {space}>{numbering}</w:numbering>")):
        lists.insert(place, element) if element.tag.endswith("abstractNum") else lists.append(element)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def item(text: str, identity: int, level: int = 0) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(number: int, form: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def texts_of(content: bytes, kind: str = "docx") -> list[str]:
    return [text for text, _, _ in READERS[kind](content)]


def test_two_lists_of_one_kind_count_on_and_one_that_is_restarted_begins_anew() -> None:
    levels = level(0, "decimal", "%1)") + level(1, "decimal", "%1.%2")
    lists = (
        f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
        '<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
        '<w:num w:numId="92"><w:abstractNumId w:val="90"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("a", 90) + item("b", 90, 1) + item("c", 90, 1) + item("d", 91) + item("e", 91, 1) + item("f", 92)
    assert texts_of(docx_with(body, lists)) == ["1) a", "1.1 b", "1.2 c", "2) d", "2.1 e", "1) f"]


@pytest.mark.parametrize(
    ("form", "pattern", "printed"),
    [
        ("upperRoman", "%1.", "IV. x"), ("lowerLetter", "%1)", "d) x"), ("russianLower", "%1)", "г) x"),
        ("decimalZero", "%1", "04 x"), ("bullet", "-", "• x"), ("none", "", "x"),
    ],
)  # fmt: skip
def test_every_form_of_number_is_printed(form: str, pattern: str, printed: str) -> None:
    lists = (
        f'<w:abstractNum w:abstractNumId="90">{level(0, form, pattern)}</w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
    )
    assert texts_of(docx_with(item("x", 90) * 4, lists))[-1] == printed


def test_what_was_moved_away_and_the_second_copy_of_a_text_box_are_left_out() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = f"<w:txbxContent><w:p>{run.format('box')}</w:p></w:txbxContent>"
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p>{run.format('a')}<w:moveFrom>{run.format('gone')}</w:moveFrom><w:ins>{run.format('b')}</w:ins></w:p>"
        f"<w:p><w:r><mc:AlternateContent {compatible}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts_of(docx_with(body)) == ["ab", "", "box"]


def test_a_page_counts_its_items_also_where_a_paragraph_stands_in_them() -> None:
    page = (
        "<ol style='list-style-type: lower-alpha'><li><p>x</p></li><li value='5'>y<ol><li>z</li></ol></li></ol>"
        "<ul><li><p>u</p></li></ul><pre>v</pre>"
    )
    assert texts_of(page.encode(), "html") == ["a. x", "e. y", "1. z", "• u", "v"]
