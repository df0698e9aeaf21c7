"""The page for a browser, read without one: it holds everything, loads nothing, and says what it was given."""

from __future__ import annotations

import base64
import builtins
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from orgchart.chart import Chart, build_chart
from orgchart.errors import OrgChartError
from orgchart.formats import html as page_writer
from orgchart.formats import render
from orgchart.formats.html_scripts import other_script
from orgchart.formats.html_words import page_words
from orgchart.unit_script import in_script
from orgchart.units import UnitFile, load_units, parse_units
from tests.atlases import by_hand
from tests.charts import SECTOR, chart_of, relation, unit, units_file
from tests.conftest import ROOT, Run
from tests.projects import changed, reasons
from tests.strategies import unit_files

SEED = ROOT / "data" / "units.json"
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!-- <script>",
    "]]> & &lt; &#0;",
    "'; alert(1); '",
    "{{ 7 * 7 }} {% raw %}",
    "\\u003c/script>",
)


def page_of(chart: Chart) -> Any:
    return lxml_html.document_fromstring(render(chart, "html"))


def data_of(page: Any) -> Any:
    (found,) = page.xpath('//script[@type="application/json"]')
    return json.loads(found.text)


def outline_of(page: Any) -> list[tuple[int, str]]:
    """Depth and words of every row."""
    return [
        (len(row.xpath("ancestor::li")), " ".join("".join(row.xpath("./span//text()")).split()))
        for row in page.xpath('//*[@id="outline"]//li')
    ]


@pytest.fixture(scope="module")
def seed() -> Any:
    return page_of(build_chart(load_units(SEED)))


def test_the_seed_is_one_page_of_less_than_300_kilobytes_in_both_scripts() -> None:
    content = render(build_chart(load_units(SEED)), "html")
    assert len(content) < 300_000
    assert data_of(lxml_html.document_fromstring(content))["drawings"] == 2


def test_the_page_loads_nothing() -> None:
    content = render(by_hand(), "html").decode()
    page = lxml_html.document_fromstring(content)
    assert page.xpath("//link | //img | //iframe | //object | //script[@src] | //form | //base") == []
    assert all(address.startswith("#unit-") for address in page.xpath("//@href"))
    addresses = set(re.findall(r"https?://[^\"'\s<)]*", content))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert set(re.findall(r"url\(([a-z:/]*)", content)) <= {"data:font/woff"}


def test_the_policy_names_each_script_and_style_by_its_hash_and_allows_nothing_else(seed: Any) -> None:
    (policy,) = seed.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["font-src"] == "data:"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    for name, path in (("script-src", '//script[not(@type="application/json")]'), ("style-src", "//style")):
        hashes = {
            "'sha256-" + base64.b64encode(hashlib.sha256(each.text.encode()).digest()).decode() + "'"
            for each in seed.xpath(path)
        }
        assert set(rules[name].split()) == hashes
    assert set(rules) == {"default-src", "script-src", "style-src", "font-src", "base-uri", "form-action"}
    assert seed.xpath("//@style") == []
    assert [name for each in seed.iter() for name in each.attrib if name.startswith("on")] == []


def test_hostile_names_are_shown_and_never_obeyed() -> None:
    units = [unit("top", HOSTILE[0], level="sector"), *(unit(f"u{n}", name, "top") for n, name in enumerate(HOSTILE))]
    units[1] |= {
        "functions": list(HOSTILE), "abbreviation": HOSTILE[1], "number": HOSTILE[2], "names": {"en": HOSTILE[0]},
        "source": {"article": HOSTILE[0], "line": 1, "end_line": 1}, "level": HOSTILE[1],
    }  # fmt: skip
    page = page_of(chart_of(*units, title=HOSTILE[0]))
    assert len(page.xpath("//script")) == 3
    assert page.xpath("//img | //body//script[contains(text(), 'alert') and not(@type)]") == []
    spaced = [" ".join(name.split()) for name in HOSTILE]
    assert [said["text"][0]["name"] for said in data_of(page)["units"]] == [spaced[0], *spaced]
    assert page.xpath('//*[@id="outline"]//a/text()') == [spaced[0], *spaced]
    assert [each["text"] for each in data_of(page)["units"][1]["text"][0]["functions"]] == list(HOSTILE)


def test_a_unit_with_any_id_has_its_own_address() -> None:
    ids = ["a b", 'c"d', "e#f", "g/h?i", "ј", "<k>", "100%", "__proto__"]
    page = page_of(chart_of(*(unit(each) for each in ids)))
    rows = page.xpath('//*[@id="outline"]//li')
    assert [row.get("id") for row in rows] == [f"unit-{each}" for each in ids]
    links = [row.xpath(".//a/@href")[0] for row in rows]
    assert [unquote(link.removeprefix("#unit-")) for link in links] == ids
    assert all(re.fullmatch(r"#unit-[A-Za-z0-9_.~%-]+", link) for link in links)


def test_the_same_chart_makes_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    made = []
    for number in (1, 2):
        subprocess.run(
            [sys.executable, "-m", "orgchart", "render", str(SEED), "-f", "html", "-o", str(tmp_path / f"{number}")],
            check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(number)},
        )  # fmt: skip
        (file,) = (tmp_path / str(number)).iterdir()
        made.append(file.read_bytes())
    assert made[0] == made[1]
    assert str(ROOT).encode() not in made[0]


def test_the_outline_holds_every_unit_with_its_level_and_its_page() -> None:
    assert outline_of(page_of(by_hand())) == [
        (0, "Министарство финансија Министарство стр. 1"),
        (1, "Сектор за буџет Сектор стр. 2"),
        (2, "Одсек за планирање Одсек стр. 2"),
        (2, "Одсек за извршење Одсек стр. 2"),
        (2, "Одсек за контролу Одсек стр. 3"),
        (1, "Сектор за порезе Сектор стр. 4"),
        (2, "Одсек за ПДВ Одсек стр. 4"),
        (1, "Група за штампу Група стр. 1"),
    ]


def test_a_chain_of_a_thousand_units_is_an_outline_like_any_other() -> None:
    chain = [unit("u0"), *(unit(f"u{n}", f"Unit {n}", f"u{n - 1}") for n in range(1, 1000))]
    content = render(chart_of(*chain, page="none"), "html").decode()
    assert content.count("<li id=") == 1000
    assert content.count("<ul>") == 999


@given(unit_files())
@settings(max_examples=25, deadline=None)
def test_every_unit_has_a_row_and_every_list_ends(file: UnitFile) -> None:
    content = render(build_chart(file, embed_font=False), "html").decode()
    outline = content.split('<ul class="units"')[1].split("</section>")[0]
    assert outline.count("<li id=") == outline.count("</li>") == len(file.units)
    assert outline.count("<ul>") == outline.count("</ul>") - 1


def test_the_drawing_tells_the_script_each_units_box_and_each_parents_rails(seed: Any) -> None:
    """What folding rests on; the places of the boxes come from the layout."""
    first = seed.xpath('//*[contains(@class, "script-0")]')[0]
    data = data_of(seed)
    ids = {each["id"] for each in data["units"]}
    assert {*first.xpath(".//@data-unit"), *first.xpath(".//@data-id")} & ids == ids
    parents = {data["units"][each["parent"]]["id"] for each in data["units"] if each["parent"] >= 0}
    assert set(first.xpath(".//@data-parent")) >= parents
    chart = build_chart(load_units(SEED))
    assert [box[1:] for box in data["pages"][0]["boxes"]] == [
        [mark.box.x, mark.box.y, mark.box.width, mark.box.height] for mark in chart.drawing.units
    ]


def test_a_reference_to_another_page_leads_there_and_the_rest_of_its_box_does_not() -> None:
    data = data_of(page_of(by_hand(relations=())))
    overview = data["pages"][0]
    boxes = {box[0]: box[1:] for box in overview["boxes"]}
    budget = next(number for number, each in enumerate(data["units"]) if each["id"] == "budget")
    (link,) = (each for each in overview["links"] if each[4] == budget)
    assert link[5] == 2
    assert link[3] < 0.6 * boxes[budget][3]
    assert link[1] + link[3] == pytest.approx(boxes[budget][1] + boxes[budget][3], abs=0.02)


def test_a_relations_lines_and_word_are_known_by_their_units() -> None:
    data = data_of(page_of(chart_of(*SECTOR, relations=[relation("law", "osce")])))
    ((source, target, *plate),) = data["pages"][0]["ties"]
    assert [data["units"][each]["id"] for each in (source, target)] == ["law", "osce"]
    assert len(plate) == 2


def test_a_function_is_cited_with_its_line_and_the_words_of_the_rulebook(seed: Any) -> None:
    un = data_of(seed)["units"][1]["text"]
    assert un[0]["functions"][0] == {
        "text": "активност УН и њених специјализованих агенција",
        "cite": "ред 15, multilateral-sector.txt",
        "quote": "- активност УН и њених специјализованих агенција;",
    }
    assert un[1]["functions"][0] == {
        "text": "aktivnost UN i njenih specijalizovanih agencija",
        "cite": "red 15, multilateral-sector.txt",
        "quote": "- aktivnost UN i njenih specijalizovanih agencija;",
    }
    assert un[0]["quote"].startswith("I Одељење за Уједињене нације")


def test_a_text_that_is_not_the_one_that_was_read_is_not_quoted(tmp_path: Path, orgchart: Callable[..., Run]) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    text = next((tmp_path / "data" / "rulebooks").glob("multilateral-sector.txt"))
    text.write_bytes(text.read_bytes() + b"\n")
    run = orgchart("render", "--format", "html")
    assert run.code == 0
    assert "no longer the one that was read" in run.err
    (file,) = (tmp_path / "output").iterdir()
    unit_texts = [each["text"][0] for each in data_of(lxml_html.fromstring(file.read_bytes()))["units"]]
    assert [key for each in unit_texts for key in each if key == "quote"] == []
    assert unit_texts[1]["cite"] == "редови 13–21, multilateral-sector.txt"


def test_in_latin_the_page_begins_in_latin_and_switches_to_cyrillic() -> None:
    data = data_of(page_of(build_chart(in_script(load_units(SEED), "latn"))))
    assert data["langs"] == ["sr-Latn", "sr-Cyrl"]
    assert [each["name"] for each in data["units"][1]["text"]] == [
        "Odeljenje za Ujedinjene nacije", "Одељење за Уједињене нације",
    ]  # fmt: skip
    assert data["units"][1]["text"][0]["functions"][0]["quote"].startswith("- aktivnost UN")


def test_only_serbian_has_a_second_script() -> None:
    page = page_of(build_chart(parse_units(units_file(unit("a", "Budget Office"), lang="en"), "units.json")))
    data = data_of(page)
    assert data["langs"] == ["en"]
    assert data["drawings"] == 1
    assert page.xpath("//@data-script") == []


def test_a_page_that_would_grow_too_large_has_one_drawing_and_both_scripts_of_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_writer, "MOST_BYTES_WITH_TWO_DRAWINGS", 1000)
    page = page_of(build_chart(load_units(SEED)))
    assert data_of(page)["drawings"] == 1
    assert len(page.xpath('//*[contains(@class, "drawing")]')) == 1
    assert data_of(page)["units"][0]["text"][1]["name"] == "Sektor za multilateralnu saradnju"


@given(unit_files())
@settings(max_examples=25, deadline=None)
def test_the_second_drawing_has_the_same_boxes_and_no_line_of_it_is_wider_than_before_or_its_box(
    file: UnitFile,
) -> None:
    chart = build_chart(file)
    turned = other_script(chart, "sr-Latn")
    for mark, before in zip(turned.drawing.units, chart.drawing.units, strict=True):
        assert mark.box == before.box
        for words, old in zip(mark.words, before.words, strict=True):
            face = chart.font.face(words.bold, words.italic)
            most = max(mark.box.width, face.advance(old.text) * old.size)
            assert face.advance(words.text) * words.size <= most + 0.05


def test_all_drawings_share_the_one_font_of_the_page() -> None:
    page = page_of(by_hand())
    (style,) = page.xpath("//style")
    assert style.getparent().tag == "head"
    assert style.text.count('@font-face{font-family:"PT Sans";font-weight:normal;font-style:normal') == 1
    assert "@font-face" not in page_of(chart_of(*SECTOR, embed_font=False)).xpath("//style")[0].text


def test_each_sheet_prints_at_its_own_size() -> None:
    (style,) = page_of(chart_of(*SECTOR, page="A3", orientation="landscape")).xpath("//style")
    assert "@page paper0{size:420.00mm 297.00mm;margin:0}.paper0{page:paper0}" in style.text


def test_every_word_of_the_page_is_used_and_none_is_missing() -> None:
    home = Path(page_writer.__file__).parent / "html"
    used = set()
    for file in home.iterdir():
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"word(?:\(|\[|=|-label=)['\"]([a-z-]+)['\"]", text))
        used |= set(re.findall(r"(?:section|item)\(\"([a-z-]+)\"", text))
        used |= set(re.findall(r"\? \"([a-z-]+)\" : \"(?:[a-z-]+)\"\)", text))
        used |= set(re.findall(r"\? \"(?:[a-z-]+)\" : \"([a-z-]+)\"[),]", text))
        used |= set(re.findall(r"data-(?:word|label|hint)=\"([a-z-]+)\"", text))
        used |= {"quote"} if '"quote" : "citation"' in text else set()
    assert used == set(page_words("en"))
    assert page_words("sr-Latn")["search"] == "Pretraga"
    assert page_words("de") == page_words("en")


def test_without_jinja2_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **others: Any) -> Any:
        if name == "jinja2":
            raise ImportError(name)
        return real(name, *rest, **others)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(OrgChartError, match=r"pip install orgchart\[read\]"):
        render(chart_of(*SECTOR), "html")


def test_a_build_makes_the_page_anew_when_the_rulebooks_text_comes_or_goes(
    here: Callable[..., Run], project: Path
) -> None:
    text = b"Sentence of the law.\n"
    source = {"title": "Rulebook", "file": "law.txt", "sha256": hashlib.sha256(text).hexdigest()}
    (project / "units.json").write_bytes(units_file(unit("top", "Top", level="sector"), unit("audit"), source=source))
    changed(project, '["dot"]', '["html"]')
    assert here("build").code == 0
    assert reasons(here) == []
    (project / "law.txt").write_bytes(text)
    assert [f"rulebook text {source['sha256'][:12]}, was left out" in line for line in reasons(here)] == [True, True]
    assert here("build").code == 0
    assert reasons(here) == []


def test_units_through_standard_input_have_no_text_beside_them() -> None:
    file = parse_units(SEED.read_bytes(), "standard input")
    assert "quote" not in data_of(page_of(build_chart(file)))["units"][1]["text"][0]
