"""orgchart diff as the user meets it: exit codes, provisions of both texts, every kind of report."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html as lxml_html
from pyld import jsonld

from orgchart.changes import compare
from orgchart.changes.report import WRITERS, build_report, write_report
from orgchart.cite import Citations, text_beside
from orgchart.script import is_cyrillic, to_latin
from orgchart.units import UnitFile, dump_units, load_units, parse_units
from tests.conftest import ROOT, Run

Command = Callable[..., Run]
HOSTILE = "<script>alert(1)</script> & \" ' ]]> | `x` [y](z) * \\"
OLD = '{"units": [{"id": "a", "level": "sector", "name": "A"}]}'
NEW = '{"units": [{"id": "a", "level": "sector", "name": "B"}]}'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """data/ in the folder where the commands run."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    (tmp_path / "old.json").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.json").write_text(NEW, encoding="utf-8")
    return tmp_path


def told(run: Run) -> list[str]:
    return [line for line in run.out.decode().splitlines() if re.match(r"\d+\. ", line)]


def test_the_amended_sector_differs_in_exactly_six_ways_each_with_the_lines_of_both_texts(data: Path) -> None:
    old, new = load_units(data / "units.json"), load_units(data / "units-amended.json")
    report = build_report(
        compare(old, new),
        text_beside(old, str(data / "units.json")),
        text_beside(new, str(data / "units-amended.json")),
    )
    assert report.asked == ()
    assert [
        (
            row.change.kind,
            [(each.unit[:30], each.line, each.end_line) for each in row.old],
            [(each.unit[:30], each.line, each.end_line) for each in row.new],
        )
        for row in report.rows
    ] == [
        (
            "function handed over",
            [("odeljenje-za-ujedinjene-nacije", 17, 17)],
            [("odeljenje-za-organizaciju-za-e", 44, 44)],
        ),
        ("abolished", [("grupa-za-politicka-pitanja-un", 25, 25)], []),
        ("moved", [("grupa-za-unesko-socijalna-huma", 34, 36)], [("grupa-za-unesko-socijalna-huma", 50, 50)]),
        ("renamed", [("odsek-za-ekonomsku-multilatera", 64, 64)], [("odsek-za-ekonomsku-multilatera", 64, 64)]),
        (
            "split",
            [("odsek-za-ljudska-prava-i-zasti", 70, 76)],
            [("odsek-za-ljudska-prava", 70, 74), ("odsek-za-zastitu-zivotne-sredi", 76, 80)],
        ),
        ("added", [], [("odeljenje-za-evropske-integrac", 82, 86)]),
    ]
    assert report.rows[3].old[0].quote == "IV Одсек за економску мултилатералу који обавља послове који се односе на:"
    assert report.rows[3].was == "Одсек за економску мултилатералу"
    assert report.rows[3].now == "Одсек за међународне економске и финансијске организације"


def test_two_texts_are_read_and_compared_as_their_units_files_would_be(here: Command, data: Path) -> None:
    run = here(
        "diff",
        "data/rulebooks/multilateral-sector.txt",
        "data/rulebooks/multilateral-sector-amended.txt",
        "--lang",
        "en",
    )
    assert (run.code, run.err) == (1, "")
    assert [line.split(":")[0] for line in told(run)] == [
        "1. function handed over", "2. abolished", "3. moved", "4. renamed", "5. split", "6. added",
    ]  # fmt: skip
    assert "   Old text, line 17: “- активност међународних невладиних организација" in run.out.decode()


def test_nothing_changed_is_exit_0_and_a_text_against_its_own_units_file_has_not_changed(
    here: Command, data: Path
) -> None:
    run = here("diff", "data/rulebooks/multilateral-sector.txt", "data/units.json")
    assert (run.code, run.err) == (0, "")
    assert run.out.decode().splitlines()[-1] == "Нема измена."


def test_exit_2_for_what_cannot_be_read_and_nothing_is_written(here: Command, two: Path) -> None:
    (two / "letter.txt").write_text("Данас је леп дан.\n", encoding="utf-8")
    (two / "broken.json").write_text('{"units": []}', encoding="utf-8")
    for arguments, said in (
        (("missing.json", "new.json"), "missing.json: there is no such file"),
        (("letter.txt", "new.json"), "letter.txt: no unit was read from it"),
        (("broken.json", "new.json"), "broken.json"),
        (("old.json", "new.json", "--report", "x.docx"), 'written as .txt, .md, .html, .json, .jsonld, not as ".docx"'),
        (("-", "-"), "both standard input"),
    ):
        run = here("diff", *arguments, "--report", "report.html")
        assert run.code == 2
        assert said in run.err
    assert not (two / "report.html").exists()


def test_a_units_file_may_come_from_standard_input(orgchart: Command, two: Path) -> None:
    run = orgchart("diff", "-", "new.json", "--lang", "en", stdin=OLD.encode())
    assert (run.code, run.err) == (1, "")
    assert run.out.decode() == (
        "What changed\nOld text: standard input\nNew text: new.json\n\nrenamed: 1\n\n"
        "1. renamed: B\n   Was: A\n   Now: B\n"
        "   Old text, the place in the text is not given\n   New text, the place in the text is not given\n"
    )


def test_questions_and_faults_of_a_reading_are_said_beside_the_report(here: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("У Сектору за рад образују се:\n1) Одељење за план;\n2) Одсек за мир.\n")
    (tmp_path / "b.txt").write_text(
        "У Сектору за рад образују се три јединице:\n1) Одељење за план;\n2) Одсек за мир.\n"
    )
    run = here("diff", "a.txt", "b.txt")
    assert run.code == 0
    assert run.err.startswith("fault: b.txt, line 1")


def test_a_text_that_is_no_longer_the_one_that_was_read_is_not_quoted(here: Command, data: Path) -> None:
    with (data / "rulebooks" / "multilateral-sector.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    run = here("diff", "data/units.json", "data/units-amended.json", "--lang", "en")
    assert run.code == 1
    assert "note: data/units.json: its text rulebooks/multilateral-sector.txt is no longer the one" in run.err
    assert "   Old text, line 25\n" in run.out.decode()
    assert "   New text, line 50: “- 1) Група за УНЕСКО" in run.out.decode()


@pytest.mark.parametrize("file", ["/etc/hostname", "pipe", "folder", "missing.txt"])
def test_only_a_file_beside_the_units_file_is_opened(file: str, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    content = {"source": {"file": file, "sha256": "0" * 64}, "units": [{"id": "a", "level": "sector", "name": "A"}]}
    text = text_beside(parse_units(json.dumps(content).encode(), "units.json"), str(tmp_path / "units.json"))
    assert text.lines == ()
    assert "its sentences are left out" in text.note


def test_every_report_is_written_and_named(here: Command, data: Path) -> None:
    names = [f"out/changes.{ending}" for ending in WRITERS]
    options = [word for name in names for word in ("--report", name)]
    run = here("diff", "data/units.json", "data/units-amended.json", *options)
    assert (run.code, run.out.decode().splitlines(), run.err) == (1, names, "")
    first = {name: Path(name).read_bytes() for name in names}
    here("diff", "data/units.json", "data/units-amended.json", *options)
    assert {name: Path(name).read_bytes() for name in names} == first
    assert str(data.parent).encode() not in b"".join(first.values())


def report_of(old: UnitFile, new: UnitFile, wanted: str, lang: str | None = None) -> str:
    from orgchart.cite import Text

    return write_report(build_report(compare(old, new), Text(), Text(), lang), wanted).decode()


def hostile() -> tuple[UnitFile, UnitFile]:
    unit = {"id": "<b>", "level": "<i>x", "name": "A " + HOSTILE, "functions": [HOSTILE]}
    source = {"title": HOSTILE, "file": "<u>.txt"}
    other = {**unit, "id": "d", "name": "</style><img src=x>", "functions": ["<svg onload=x>"]}
    old = {"source": source, "title": HOSTILE, "units": [unit]}
    return tuple(
        parse_units(json.dumps(content).encode(), "<x>.json")
        for content in (old, {**old, "units": [{**unit, "name": HOSTILE + " B", "functions": ["y"]}, other]})
    )


def test_hostile_names_stay_words_in_the_page_and_the_page_allows_nothing_but_its_own_style() -> None:
    page = report_of(*hostile(), "html", "en")
    tree = lxml_html.document_fromstring(page)
    assert {each.tag for each in tree.iter() if isinstance(each.tag, str)} <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "dl", "dt", "dd", "table", "thead", "tbody",
        "tr", "th", "td", "main", "h2", "h3", "article", "span", "div", "p", "blockquote",
    }  # fmt: skip
    assert any(HOSTILE in " ".join(each.text_content().split()) for each in tree.iter("h3"))
    (style,) = tree.iter("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    (policy,) = (each.get("content") for each in tree.iter("meta") if each.get("http-equiv"))
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_hostile_names_are_no_marks_in_markdown_and_no_commands_in_a_terminal() -> None:
    markdown = report_of(*hostile(), "md", "en")
    assert "<script>" not in markdown.replace("\\<script\\>", "")
    assert "\\[y\\](z)" in markdown
    unit = load_units(ROOT / "data" / "units.json")
    assert "\x1b" not in report_of(unit, hostile()[1], "txt")
    assert Citations(unit, text_beside(unit, "-")).of_unit(unit.units[0].id, True).quote == ""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("sr-Cyrl", ["Преглед измена", "Стари текст", "промењен назив", "Било", "Сада"]),
        ("sr-Latn", ["Pregled izmena", "Stari tekst", "promenjen naziv", "Bilo", "Sada"]),
        ("en", ["What changed", "Old text", "renamed", "Was", "Now"]),
    ],
)
@pytest.mark.parametrize("wanted", ["txt", "md", "html"])
def test_reports_speak_three_languages(lang: str, words: list[str], wanted: str) -> None:
    old, new = (parse_units(content.encode(), "units.json") for content in (OLD, NEW))
    text = report_of(old, new, wanted, lang)
    assert [word for word in words if word not in text] == []


def test_the_language_is_that_of_the_new_file_where_none_is_asked_for() -> None:
    old = load_units(ROOT / "data" / "units.json")
    latin = parse_units(to_latin(dump_units(old).decode()).replace('"sr-Cyrl"', '"sr-Latn"').encode(), "new.json")
    assert is_cyrillic(report_of(latin, old, "txt").splitlines()[0])
    assert report_of(old, latin, "txt").splitlines()[-1] == "Nema izmena."


def test_the_json_is_as_documented(data: Path) -> None:
    old, new = load_units(data / "units.json"), load_units(data / "units-amended.json")
    document = json.loads(report_of(old, new, "json", "en"))
    assert list(document) == ["format", "lang", "old", "new", "same", "changes", "doubts", "pairs"]
    assert document["format"] == "orgchart-changes-1"
    assert document["same"] is False
    assert document["changes"][1] == {
        "number": 2,
        "kind": "abolished",
        "words": "abolished: Група за политичка питања УН",
        "before": "Група за политичка питања УН",
        "after": "",
        "certainty": 1.0,
        "old": [
            {
                "id": "grupa-za-politicka-pitanja-un",
                "name": "Група за политичка питања УН",
                "article": None,
                "line": 25,
                "end_line": 25,
                "file": "multilateral-sector.txt",
                "quote": None,
            }
        ],
        "new": [],
    }
    documented = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
    keys = {*document, *document["changes"][1], *document["changes"][1]["old"][0], *document["new"]}
    assert [key for key in sorted(keys) if f"`{key}`" not in documented] == []


def test_change_events_are_linked_data_without_fetching_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    old = parse_units(OLD.encode(), "old.json")
    new = parse_units(NEW.replace("{", '{"source": {"date": "2026-05"}, ', 1).encode(), "new.json")
    document = json.loads(report_of(old, new, "jsonld", "en"))
    triples = jsonld.to_rdf(document, {"documentLoader": None})["@default"]
    org, terms = "http://www.w3.org/ns/org#", "http://purl.org/dc/terms/"
    said = {
        (each["subject"]["value"], each["predicate"]["value"], each["object"]["value"], each["object"].get("datatype"))
        for each in triples
    }
    events = [s for s, p, o, _ in said if o == f"{org}ChangeEvent"]
    assert len(events) == 1
    assert (events[0], f"{terms}date", "2026-05", "http://www.w3.org/2001/XMLSchema#gYearMonth") in said
    names = {
        end: {
            name
            for s, p, unit, _ in said
            if p == f"{org}{end}Organization"
            for t, q, name, _ in said
            if t == unit and q == "http://www.w3.org/2004/02/skos/core#prefLabel"
        }
        for end in ("original", "resulting")
    }
    assert names == {"original": {"A"}, "resulting": {"B"}}


def test_a_function_names_its_own_lines_wherever_they_break() -> None:
    units = load_units(ROOT / "data" / "units.json")
    sides = Citations(units, text_beside(units, str(ROOT / "data" / "units.json")))
    section = units.units[6]
    assert [
        (found.line, found.end_line) for found in (sides.of_function(section.id, text) for text in section.functions)
    ] == [(54, 54), (56, 56), (58, 58), (60, 62)]


def test_the_report_is_the_same_bytes_whatever_the_order_of_sets(orgchart: Command, tmp_path: Path) -> None:
    from tests.amendments import amend, files

    for name, side in zip(("old.json", "new.json"), files(amend(7, 60, 12), "names")[:2], strict=True):
        (tmp_path / name).write_bytes(dump_units(side))
    runs = {orgchart("diff", "old.json", "new.json", PYTHONHASHSEED=seed).out for seed in ("1", "2")}
    assert len(runs) == 1


def test_the_chart_of_changes_is_drawn_beside_a_report(here: Command, data: Path) -> None:
    run = here("diff", "data/units.json", "data/units-amended.json", "-f", "svg", "-o", "drawn", "--report", "told.txt")
    assert run.code == 1
    assert run.out.decode().splitlines() == ["drawn/sektor-za-multilateralnu-saradnju-changes.svg", "told.txt"]
    drawn = Path("drawn/sektor-za-multilateralnu-saradnju-changes.svg").read_text(encoding="utf-8")
    assert "(ранији назив: Одсек за економску мултилатералу)" in drawn


def test_a_format_without_a_picture_shows_no_changes(here: Command, two: Path) -> None:
    run = here("diff", "old.json", "new.json", "-f", "csv")
    said = "error: csv holds units and no marks; changes as linked data: --report changes.jsonld\n"
    assert (run.code, run.err) == (2, said)
