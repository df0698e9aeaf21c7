"""A rulebook in several files: every unit, question and anchor names its own file, and counts the lines of that."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from orgchart.rulebook import Reading, read_rulebook
from orgchart.rulebook.review import write_review
from tests.conftest import Run

FIRST = "Члан 1.\nУ Сектору за рад образују се:\n1) Одељење за план;\n2) Комунална милиција.\n"
SECOND = "Анекс\n\nУ Одељењу за план образују се:\n1) Одсек за мир;\n2) Ватрогасна чета.\n"


def reading() -> Reading:
    return read_rulebook([("a/first.txt", FIRST.encode()), ("second.txt", SECOND.encode())], folder="a")


def test_a_unit_names_its_file_and_the_lines_in_it() -> None:
    units = reading().units
    assert units is not None
    assert [
        (unit.id, unit.source.line, unit.source.extra) for unit in units.units if unit.source is not None
    ] == [
        ("sektor-za-rad", 2, {"file": "first.txt"}),
        ("odeljenje-za-plan", 3, {"file": "first.txt"}),
        ("odsek-za-mir", 4, {"file": "../second.txt"}),
        ("vatrogasna-ceta", 5, {"file": "../second.txt"}),
        ("komunalna-milicija", 4, {"file": "first.txt"}),
    ]  # fmt: skip


def test_a_single_file_is_named_once_for_all() -> None:
    units = read_rulebook([("a/first.txt", FIRST.encode())], folder="a").units
    assert units is not None
    assert all(unit.source is not None and unit.source.extra == {} for unit in units.units)


def test_every_anchor_of_the_review_is_unique_and_every_link_has_one() -> None:
    page = write_review(reading(), "html").decode()
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    links = re.findall(r'href="#([^"]+)"[^>]*>([^<]+)<', page)
    assert links == [("file-1-line-4", "a/first.txt, line 4"), ("file-2-line-5", "second.txt, line 5")]
    assert {anchor for anchor, _ in links} < set(anchors)
    assert re.findall(r'class="file">([^<]+)<', page) == ["a/first.txt", "second.txt"]


def test_tools_and_people_are_told_the_same_file(here: Callable[..., Run], tmp_path: Path) -> None:
    model = json.loads(write_review(reading(), "json"))
    assert [(each["file"], each["line"]) for each in model["questions"]] == [("a/first.txt", 4), ("second.txt", 5)]
    assert model["units"][0]["place"] == "a/first.txt, line 2, Члан 1."
    (tmp_path / "first.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "second.txt").write_text(SECOND, encoding="utf-8")
    assert "question, second.txt, line 5:" in here("read", "first.txt", "second.txt", "-o", "units.json").err
    before = (tmp_path / "units.json").read_bytes()
    here("read", "first.txt", "second.txt", "--into", "units.json")
    assert (tmp_path / "units.json").read_bytes() == before
