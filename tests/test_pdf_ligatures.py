"""Ligatures in a PDF: heard to the end of the name, and told from letters that look like them."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from orgchart.formats import render
from tests.charts import chart_of, unit


def heard(content: bytes, folder: Path) -> list[str]:
    """The texts that poppler finds by the tags."""
    (folder / "chart.pdf").write_bytes(content)
    command = ["pdfinfo", "-struct-text", str(folder / "chart.pdf")]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    return [line.strip().strip('"') for line in lines if line.strip().startswith('"')]


@pytest.mark.parametrize("name", ["Sektor za finansije", "Fluggruppe", "Office flow", "Grafika i mufti"])
def test_a_name_with_ligatures_is_heard_to_its_end(name: str, tmp_path: Path) -> None:
    assert heard(render(chart_of(unit("a", name), legend=False, title=""), "pdf"), tmp_path) == [name]


def test_so_it_is_in_every_face_and_on_every_line(tmp_path: Path) -> None:
    name = "Sektor za finansije, oficijelne publikacije i afirmaciju flote"
    chart = chart_of(unit("a", name, level="sector"), unit("b", name, "a"), legend=False, title="")
    assert heard(render(chart, "pdf"), tmp_path) == [name, name]


def test_no_mark_stands_inside_an_elements_mark() -> None:
    chart = chart_of(unit("a", "Sektor za finansije", level="sector"), unit("b", "Fluggruppe", "a"))
    with pikepdf.open(io.BytesIO(render(chart, "pdf"))) as pdf:
        assert b"ActualText" not in pdf.pages[0].Contents.read_bytes()


def test_a_ligature_written_as_one_letter_stays_that_letter(tmp_path: Path) -> None:
    chart = chart_of(unit("a", "Gra\ufb01ka"), unit("b", "Finansije o\ufb01cira"), legend=False, title="")
    assert heard(render(chart, "pdf"), tmp_path) == ["Gra\ufb01ka", "Finansije o\ufb01cira"]
