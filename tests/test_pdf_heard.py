"""What a PDF says to those who hear it, read back from the file: each unit once, in the order of the hierarchy."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from defusedxml import ElementTree

from orgchart.changes.chart import build_change_chart
from orgchart.chart import Chart, build_chart
from orgchart.formats import pdf_tags, render
from orgchart.formats.told import Teller
from orgchart.unit_language import in_language
from orgchart.units import load_units, parse_units
from tests.atlases import by_hand
from tests.change_cases import six_amendments
from tests.charts import chart_of, relation, unit, units_file
from tests.conftest import ROOT, Run

SEED = ROOT / "data" / "units.json"
CHAIN = 400


def chain() -> Chart:
    units = [unit(f"u{number}", f"Група {number}", f"u{number - 1}" if number else None) for number in range(CHAIN)]
    return chart_of(*units, page="none", legend=False)


def forest() -> Chart:
    return chart_of(unit("a", "Сектор", level="sector"), unit("b", "Група", "a"), unit("c", "Сектор", level="sector"))


def related() -> Chart:
    return chart_of(unit("a", "Сектор"), unit("b", "Група", "a"), unit("c", "Тим", "a"), relations=[relation("b", "c")])


CHARTS: dict[str, Callable[[], Chart]] = {
    "seed": lambda: build_chart(load_units(SEED)),
    "seed in English": lambda: build_chart(in_language(load_units(SEED), "en")),
    "forest": forest,
    "chain": chain,
    "changes": lambda: build_change_chart(six_amendments()),
    "changes side by side": lambda: build_change_chart(six_amendments(), side_by_side=True),
    "atlas": by_hand,
    "relations": related,
}


@pytest.fixture(scope="module", params=CHARTS, ids=[name.replace(" ", "-") for name in CHARTS])
def made(request: pytest.FixtureRequest) -> tuple[Chart, bytes]:
    chart = CHARTS[request.param]()
    return chart, render(chart, "pdf")


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, str]]:
    """Every element and the role of the one above it, in reading order, without recursion."""
    waiting = [(pdf.Root.StructTreeRoot.K, "")]
    while waiting:
        element, above = waiting.pop()
        yield element, above
        kids = element.get("/K", [])
        inside = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [
            (kid, str(element.S)) for kid in reversed(inside) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        ]


def heard(content: bytes) -> list[tuple[int, str]]:
    """What is said of each unit's box, with the number of its page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        found, before = [], None
        for element, above in elements(pdf):
            if above == "/LBody" and before == "/LBody" and "/Alt" in element:
                found.append((numbers[element.Pg.objgen], str(element.Alt)))
            before = str(element.S)
        return found


def said_of(chart: Chart) -> list[tuple[int, str]]:
    """By page with boxes, each unit on it in the order of the hierarchy."""
    teller = Teller(chart)
    return [
        (page.number, teller.name(each, page))
        for page in chart.pages
        if page.layout is not None
        for each in page.hierarchy.units
    ]


def test_each_unit_is_said_once_on_its_page_in_the_order_of_the_hierarchy(made: tuple[Chart, bytes]) -> None:
    chart, content = made
    found = [(page, said) for page, said in heard(content) if len(chart.pages) == 1 or page < len(chart.pages)]
    assert [(page, re.sub(r", стр\.\s[\d–]+$", "", said)) for page, said in found] == said_of(chart)


def test_beside_each_other_only_the_units_of_the_newer_text_are_said_with_their_lines_in_it() -> None:
    content = render(build_change_chart(six_amendments(), side_by_side=True), "pdf")
    said = [words for _, words in heard(content) if words.startswith("Група за политичка питања УН")]
    assert said == ["Група за политичка питања УН, група", "Група за политичка питања УН, група, ред 25"]


def test_a_unit_is_said_with_level_units_below_and_place() -> None:
    said = [words for _, words in heard(render(build_chart(load_units(SEED)), "pdf"))]
    assert said[:3] == [
        "Сектор за мултилатералну сарадњу, сектор, 5 ужих јединица, редови 3–11",
        "Одељење за Уједињене нације, одељење, 3 уже јединице, редови 13–21",
        "Група за политичка питања УН, група, ред 25",
    ]


def test_what_goes_on_elsewhere_is_said_with_its_page() -> None:
    said = heard(render(by_hand(), "pdf"))
    assert (1, "Сектор за порезе, сектор, 1 ужа јединица, стр.\u00a04") in said


@pytest.fixture
def numbered(tmp_path: Path) -> str:
    """A style that shows numbers and head counts."""
    path = tmp_path / "numbered.toml"
    path.write_text('extends = "classic"\n\n[levels.default]\nshow = ["number", "staff"]\n')
    return str(path)


def test_a_head_count_that_is_shown_is_said(numbered: str) -> None:
    file = parse_units(units_file({**unit("a", "Тим"), "staff": 12}), "units.json")
    assert heard(render(build_chart(file, style=numbered), "pdf")) == [(1, "Тим, група, запослених: 12")]


def test_a_number_is_the_label_of_its_item_and_no_part_of_the_name(numbered: str) -> None:
    sectors = [{**unit("a", "Сектор"), "number": "I"}, {**unit("b", "Тим"), "number": "II"}]
    file = parse_units(units_file(unit("m", "Министарство"), *({**each, "parent": "m"} for each in sectors)), "u.json")
    with pikepdf.open(io.BytesIO(render(build_chart(file, style=numbered), "pdf"))) as pdf:
        roles = [(str(element.S), str(element.get("/Alt", ""))) for element, _ in elements(pdf)]
    assert roles.count(("/Lbl", "")) == 2
    assert ("/Span", "Тим, група") in roles


def test_the_lists_of_an_atlas_are_numbered_on_every_page(numbered: str) -> None:
    sectors = [{**unit(f"s{number}", "Сектор", "m", "sector"), "number": "I" * number} for number in (1, 2, 3)]
    groups = [
        {**unit(f"g{sector}{number}", "Група за послове", f"s{sector}"), "number": f"{number})"}
        for sector in (1, 2, 3) for number in range(1, 8)
    ]  # fmt: skip
    file = parse_units(units_file(unit("m", "Министарство", level="ministry"), *sectors, *groups), "units.json")
    chart = build_chart(file, style=numbered, atlas="always", branches="apart", page="A4")
    content = render(chart, "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [(str(element.S), str(element.get("/A", {}).get("/ListNumbering", ""))) for element, _ in elements(pdf)]
    on_pages = sum(len(page.hierarchy) - ("m" in page.hierarchy) for page in chart.pages if page.layout)
    assert len(chart.pages) == 5
    assert found.count(("/Lbl", "")) == on_pages
    assert found.count(("/L", "/UpperRoman")) == 4
    assert found.count(("/L", "/Decimal")) == 3
    assert [said for page, said in heard(content) if page == 2][:2] == [
        "Сектор, сектор, 7 ужих јединица, стр.\u00a01", "Група за послове, група",
    ]  # fmt: skip


# What other programs make of it


def test_poppler_reads_each_name_as_the_text_of_its_item(
    made: tuple[Chart, bytes], program: Callable[[str], str], tmp_path: Path
) -> None:
    chart, content = made
    (tmp_path / "chart.pdf").write_bytes(content)
    done = subprocess.run(
        [program("pdfinfo"), "-struct-text", str(tmp_path / "chart.pdf")], capture_output=True, check=True
    )
    read = [line.strip()[1:-1] for line in done.stdout.decode().splitlines() if line.strip().startswith('"')]
    names = [" ".join(each.name.split()) for page in chart.pages if page.layout for each in page.hierarchy.units]
    places = iter(read)
    for name in names:
        assert any(name in text for text in places), name


def test_the_text_taken_out_of_the_seed_is_its_names(program: Callable[[str], str], tmp_path: Path) -> None:
    chart = build_chart(load_units(SEED))
    (tmp_path / "chart.pdf").write_bytes(render(chart, "pdf"))
    done = subprocess.run([program("pdftotext"), "-raw", str(tmp_path / "chart.pdf"), "-"], capture_output=True)
    text = " ".join(done.stdout.decode().split())
    assert [each.name for each in chart.hierarchy.units if text.count(each.name) != 1] == []
    assert chart.title in text


def bookmarks_of(content: bytes) -> list[tuple[int, str]]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [(mark.level, mark.get_title()) for mark in pdf.get_toc(max_depth=CHAIN + 1)]


def test_each_unit_has_a_bookmark_below_that_of_its_parent() -> None:
    assert bookmarks_of(render(forest(), "pdf")) == [(0, "Сектор"), (1, "Група"), (0, "Сектор")]


def test_bookmarks_go_as_deep_as_the_units() -> None:
    assert bookmarks_of(render(chain(), "pdf"))[-1] == (CHAIN - 1, f"Група {CHAIN - 1}")


def test_poppler_follows_bookmarks_and_links_to_the_page_they_name(
    program: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "atlas.pdf").write_bytes(render(by_hand(), "pdf"))
    done = subprocess.run(
        [program("pdftohtml"), "-xml", "-i", "-stdout", "atlas.pdf"], cwd=tmp_path, capture_output=True, check=True
    )
    read = ElementTree.fromstring(done.stdout)
    marks = {item.text: item.get("page") for item in read.iter("item")}
    assert marks == {
        "Министарство финансија": "1", "Сектор за буџет": "2", "Одсек за планирање": "2", "Одсек за извршење": "2",
        "Одсек за контролу": "3", "Сектор за порезе": "4", "Одсек за ПДВ": "4", "Група за штампу": "1",
        "Азбучни регистар": "5",
    }  # fmt: skip
    targets = {(page.get("number"), link.get("href")) for page in read.iter("page") for link in page.iter("a")}
    assert {("1", "atlas.html#2"), ("1", "atlas.html#4"), ("2", "atlas.html#1"), ("5", "atlas.html#4")} <= targets


def test_title_source_and_language_stand_in_the_file_and_as_xmp() -> None:
    with pikepdf.open(io.BytesIO(render(build_chart(in_language(load_units(SEED), "en")), "pdf"))) as pdf:
        facts = pdf.open_metadata()
        assert (str(pdf.docinfo["/Title"]), str(pdf.Root.Lang)) == (facts["dc:title"], "en")
        assert facts["dc:title"] == "Organisational Structure of the Sector for Multilateral Cooperation"
        assert facts["dc:source"] == (
            "Rulebook on Internal Organisation and Systematisation of Posts in the Ministry of Foreign Affairs"
        )
        assert list(facts["dc:language"]) == ["en"]
        assert "pdfuaid:part" not in facts


@pytest.mark.parametrize("call", ["build_change_chart(six_amendments())", "by_hand()"], ids=["changes", "atlas"])
def test_the_bytes_do_not_hang_on_the_order_of_sets(call: str) -> None:
    program = f"""
import hashlib
from orgchart.changes.chart import build_change_chart
from orgchart.formats import render
from tests.atlases import by_hand
from tests.change_cases import six_amendments
print(hashlib.sha256(render({call}, "pdf")).hexdigest())"""
    digests = set()
    for seed in ("0", "1", "2"):
        known = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=known, cwd=ROOT)
        digests.add(done.stdout)
    assert len(digests) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("render", "units.json", "--format", "pdf", "--page", "none"),
        ("diff", "units.json", "units.json", "--format", "pdf"),
        ("build",),
    ],
    ids=lambda words: str(words[0]),
)
def test_every_command_that_writes_a_pdf_says_when_it_has_no_tags(
    words: tuple[str, ...], here: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "units.json").write_bytes(units_file(unit("a", "Тим")))
    (tmp_path / "orgchart.toml").write_text('[charts.a]\nunits = "units.json"\nformats = ["pdf"]\n')
    assert "tag" not in here(*words).err
    monkeypatch.setattr(pdf_tags, "LEAST_CAIRO", (99, 0, 0))
    again = here(*words, *(["--force"] if words == ("build",) else []))
    assert again.err.count("cannot tag a PDF, which is written without tags for screen readers") == 1
    assert again.code == 0
