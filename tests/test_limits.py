"""The limits: one table, its page, what each refuses, how it is raised, and the processes that are held to them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from orgchart.chart import build_chart
from orgchart.errors import EngineError, OrgChartError
from orgchart.formats import render
from orgchart.limited import run_limited
from orgchart.limits import (
    LIMITS,
    ExceededError,
    check_environment,
    check_within,
    exceeded,
    fixed,
    kept_environment,
    read_within,
    value_of,
)
from orgchart.units import parse_units
from tests.charts import unit, units_file
from tests.conftest import Run, unmeasured
from tests.documents import odt_file, word_file
from tests.test_import_files import workbook
from tools.limits_page import PAGE, with_table

Command = Callable[..., Run]
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits on memory are those of POSIX")
RAISABLE = [limit for limit in LIMITS.values() if not limit.fixed]


def test_the_page_of_limits_is_the_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page)


def test_a_row_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        LIMITS["units"].value = 1  # type: ignore[misc]


def test_every_limit_has_a_key_of_its_own_a_measure_and_words() -> None:
    assert all(key == limit.key and limit.measure and limit.bounds and limit.value > 0 for key, limit in LIMITS.items())


def test_what_is_within_is_accepted_and_one_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS", "3")
    check_within("units", 3)
    with pytest.raises(ExceededError) as refused:
        check_within("units", 4)
    assert str(refused.value).startswith("it has 4 units, more than 3, the limit units; ")


def test_where_counting_stopped_at_the_limit_no_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS", "3")
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS_BYTES", "3")
    with pytest.raises(ExceededError, match="the file has more than 3 units, the limit units; "):
        check_within("units", 4, "the file", exact=False)
    with pytest.raises(ExceededError, match="it has more than 3 bytes, the limit units_bytes; "):
        check_within("units_bytes", 4)
    with pytest.raises(ExceededError, match="it has 5 bytes, more than 3, the limit units_bytes; "):
        check_within("units_bytes", 5)


def test_a_refusal_names_what_was_found_the_limit_and_the_way_to_raise_it() -> None:
    assert str(exceeded("units", 250_000, "the file")) == (
        "the file has 250,000 units, more than 200,000, the limit units; split it by branches, or raise it: "
        "ORGCHART_LIMIT_UNITS=250000"
    )
    assert str(exceeded("units")) == (
        "it has more than 200,000 units, the limit units; split it by branches, or raise it: "
        "ORGCHART_LIMIT_UNITS=400000"
    )
    assert str(exceeded("package_parts", 9_000)) == (
        "it has 9,000 parts, more than 5,000, the limit package_parts; raise it: ORGCHART_LIMIT_PACKAGE_PARTS=9000"
    )
    assert str(exceeded("name_characters", 3_000)) == (
        "it has 3,000 characters, more than 2,000, the limit name_characters; shorten it"
    )
    assert str(exceeded("json_digits", 3_000)).endswith("the limit json_digits; make it smaller")


@pytest.mark.parametrize("limit", RAISABLE, ids=lambda limit: limit.key)
def test_a_limit_is_raised_by_its_variable(limit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert value_of(limit.key) == limit.value
    monkeypatch.setenv(limit.variable, str(limit.value + 1))
    assert value_of(limit.key) == limit.value + 1
    check_environment()


def test_a_fixed_limit_stays_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_NAME_CHARACTERS", "9000")
    assert value_of("name_characters") == fixed("name_characters") == 2_000


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ORGCHART_LIMIT_UNIT", "5", "names no limit; did you mean ORGCHART_LIMIT_UNITS?"),
        ("ORGCHART_LIMIT_ЧЛАН\x1b", "5", "the environment variable ORGCHART_LIMIT_ЧЛАН? names no limit; "),
        ("ORGCHART_LIMIT_", "5", "ORGCHART_LIMIT_ names no limit; "),
        (
            "ORGCHART_LIMIT_PNG_SIDE_PX",
            "5",
            "the limit png_side_px is fixed at 32,767 px: cairo draws no more; unset",
        ),
        (
            "ORGCHART_LIMIT_UNITS",
            "",
            'ORGCHART_LIMIT_UNITS is ""; write a whole number of units from 1 to 1000',
        ),
        ("ORGCHART_LIMIT_UNITS", "0", 'is "0"; write a whole number'),
        ("ORGCHART_LIMIT_UNITS", "-1", 'is "-1"; write'),
        ("ORGCHART_LIMIT_UNITS", "1e9", 'is "1e9"; write'),
        ("ORGCHART_LIMIT_UNITS", "٣", 'is "٣"; write'),
        ("ORGCHART_LIMIT_UNITS", "1000000000001", 'is "1000000000001"; write'),
        ("ORGCHART_LIMIT_UNITS", "9" * 5_000, f'is "{"9" * 40}"; write'),
    ],
)
def test_a_variable_that_would_raise_nothing_is_an_error(
    here: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    run = here("styles")
    assert (run.code, run.out) == (2, b"")
    assert run.err.startswith("error: the environment variable ")
    assert said in run.err


@pytest.mark.parametrize(("said", "value"), [("1", 1), ("1000000000000", 1_000_000_000_000)])
def test_the_least_and_the_most_that_a_variable_may_say_are_accepted(
    monkeypatch: pytest.MonkeyPatch, said: str, value: int
) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS", said)
    assert value_of("units") == value


def test_a_process_of_ours_gets_the_variables_of_limits_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS", "5")
    monkeypatch.setenv("ORGCHART_SECRET", "1")
    assert kept_environment() == {"ORGCHART_LIMIT_UNITS": "5"}


def test_a_variable_that_is_like_none_is_told_all_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_" + "Q" * 60, "5")
    with pytest.raises(OrgChartError) as refused:
        check_environment()
    assert str(refused.value).startswith(
        f"the environment variable ORGCHART_LIMIT_{'Q' * 60} names no limit; "
        "there are ORGCHART_LIMIT_UNITS_BYTES, ORGCHART_LIMIT_UNITS, ORGCHART_LIMIT_NAME_CHARACTERS, "
    )


def test_a_number_that_is_none_is_an_error_in_python_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS", "many")
    with pytest.raises(OrgChartError, match="write a whole number of units"):
        value_of("units")


def test_a_large_file_is_refused_by_the_size_that_the_system_tells(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    with file.open("wb") as made:
        made.truncate(5_000_000_000)
    with file.open("rb") as opened, pytest.raises(Exception, match=r"it has 5,000,000,000 bytes, more than 65,536"):
        read_within(opened, "toml_bytes")


def test_as_many_bytes_as_the_limit_are_read_whether_their_number_is_known_or_not(tmp_path: Path) -> None:
    content = b"a" * 65_536
    (tmp_path / "full.toml").write_bytes(content)
    with (tmp_path / "full.toml").open("rb") as opened:
        assert read_within(opened, "toml_bytes") == content
    assert read_within(io.BytesIO(content), "toml_bytes") == content


def test_of_what_has_no_size_one_byte_too_many_is_read() -> None:
    stream = io.BytesIO(b"a" * 200_000)
    with pytest.raises(Exception, match="it has more than 65,536 bytes, the limit toml_bytes"):
        read_within(stream, "toml_bytes")
    assert stream.tell() == 65_537


def pages(count: int) -> bytes:
    from tests.test_rulebook_hostile import packed, page_with, stream

    one = page_with(stream(packed(b"BT/F 9 Tf 9 9 Td(a)Tj ET")))
    return one.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[%b]/Count %d" % (b"3 0 R " * count, count))


UNITS = units_file(unit("a"), unit("b", "B", "a"), unit("c", "C", "a"))
TREE = b'{"name": "A", "children": [{"name": "B"}, {"name": "C"}]}'
CSV = b"id,parent,name\na,,A\nb,a,B\n"
SHEET = workbook(["id", "parent", "name"], ["a", "", "A"], ["b", "a", "B"])
WORD = word_file("orgchart:a")
ODT = odt_file("orgchart:a")
CHART = render(build_chart(parse_units(UNITS, "u.json")), "svg")
# Of each limit that can be raised: what is set, a file and the words that read it.
REACHED = {
    "units_bytes": (100, "u.json", UNITS, "check u.json"),
    "units": (2, "u.json", UNITS, "check u.json"),
    "toml_bytes": (4, "s.toml", b'font = "PT Sans"\n', "render u.json -f svg --style s.toml"),
    "rulebook_bytes": (4, "r.txt", "Члан 1.\n".encode(), "read r.txt"),
    "list_bytes": (3, "list.txt", b"u.json\n", "batch list.txt"),
    "paragraphs": (1, "r.docx", WORD, "read r.docx"),
    "letters": (5, "r.odt", ODT, "read r.odt"),
    "pdf_pages": (2, "r.pdf", pages(3), "read r.pdf"),
    "unpacked_bytes": (1_000, "r.docx", WORD, "read r.docx"),
    "package_parts": (3, "r.docx", WORD, "read r.docx"),
    "package_tags": (3, "r.docx", WORD, "read r.docx"),
    "document_bytes": (1_000, "r.docx", WORD, "embed r.docx"),
    "document_tags": (3, "r.docx", WORD, "embed r.docx"),
    "document_depth": (3, "r.odt", ODT, "embed r.odt"),
    "markup_bytes": (10, "r.md", b"<!-- orgchart:a -->\n", "embed r.md"),
    "chart_bytes": (1_000, "output/a.svg", CHART, "embed d.md"),
    "chart_tags": (9, "output/a.svg", CHART, "embed d.md"),
    "cells": (3, "t.xlsx", SHEET, "import t.xlsx"),
    "cell_letters": (5, "t.xlsx", SHEET, "import t.xlsx"),
    "csv_cell_characters": (5, "t.csv", CSV, "import t.csv"),
    "objects": (2, "t.json", TREE, "import t.json"),
    "png_area_px": (9_000, "u.json", UNITS, "render u.json -f png"),
    "graphviz_units": (2, "u.json", UNITS, "render u.json -f svg --layout dot"),
    "graphviz_bytes": (100, "u.json", UNITS, "render u.json -f svg --layout dot"),
    "graphviz_memory_mb": (25, "u.json", UNITS, "render u.json -f svg --layout dot"),
    "reader_memory_mb": (20, "r.docx", WORD, "read r.docx"),
}
# Those of seconds are held by the tests of each process: a second is too long to wait for here, and none is no limit.
BY_THE_CLOCK = {"graphviz_seconds", "reader_seconds"}
# Of a batch the other files are made, as the tests of the batch show.
BY_A_BATCH = {"batch_memory_mb"}
# A manifest that is none is made anew, with a warning.
MADE_ANEW = {"manifest_bytes"}


def test_every_limit_that_can_be_raised_is_reached_here() -> None:
    assert {limit.key for limit in RAISABLE} == REACHED.keys() | BY_THE_CLOCK | BY_A_BATCH | MADE_ANEW


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "output").mkdir()
    (tmp_path / "orgchart.toml").write_text('[charts.one]\nunits = "u.json"\nformats = ["svg"]\n')
    (tmp_path / "u.json").write_bytes(UNITS)
    (tmp_path / "output" / "a.svg").write_bytes(CHART)
    (tmp_path / "d.md").write_text("<!-- orgchart:a -->\n")
    return tmp_path


@posix
@pytest.mark.parametrize(
    "key", [pytest.param(key, marks=unmeasured if key == "reader_memory_mb" else ()) for key in REACHED]
)
def test_at_the_limit_one_sentence_names_file_and_variable_and_without_it_all_is_well(
    key: str, here: Command, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value, name, content, words = REACHED[key]
    (files / name).write_bytes(content)
    before = {file: file.read_bytes() for file in files.rglob("*") if file.is_file()}
    monkeypatch.setenv(LIMITS[key].variable, str(value))
    run = here(*words.split())
    assert run.code == (1 if words.startswith("check") else 2), run.err
    said = run.err + run.out.decode()
    if key != "graphviz_memory_mb":
        assert LIMITS[key].variable in said, said
    if name != "u.json" or "check" in words:
        assert name in said
    assert said.count("\n") <= 2
    assert {file: file.read_bytes() for file in files.rglob("*") if file.is_file()} == before
    monkeypatch.delenv(LIMITS[key].variable)
    assert LIMITS[key].variable not in here(*words.split()).err


def test_a_manifest_over_its_limit_is_made_anew_with_a_warning(
    here: Command, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "output" / "orgchart.manifest.json").write_bytes(b'{"manifest": 1, "charts": {}}')
    monkeypatch.setenv("ORGCHART_LIMIT_MANIFEST_BYTES", "4")
    run = here("build")
    assert run.code == 0
    assert "orgchart.manifest.json: it has 29 bytes, more than 4, the limit manifest_bytes; delete it" in run.err


def surroundings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Any:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return json.loads(run_limited("tests.shows_surroundings", [], b"x", "a.docx", "DOCX", "as text"))


@unmeasured
@posix
def test_a_reader_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = surroundings(
        monkeypatch, AWS_SECRET_ACCESS_KEY="secret", HOME="/secret", LD_PRELOAD="", PYTHONSTARTUP="/secret",
        XDG_CONFIG_HOME="/secret", ORGCHART_LIMIT_UNITS="7",
    )["environment"]  # fmt: skip
    assert "secret" not in json.dumps(seen)
    assert {name for name in seen if not name.startswith("LC_")} <= {
        "PATH", "SYSTEMROOT", "PYTHONPATH", "LANG", "PYTHONIOENCODING", "ORGCHART_LIMIT_UNITS",
    }  # fmt: skip
    assert seen["ORGCHART_LIMIT_UNITS"] == "7"


@posix
def test_a_reader_is_held_to_memory_and_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert surroundings(monkeypatch)["limits"] == {"RLIMIT_AS": 10**9, "RLIMIT_CPU": 25, "RLIMIT_CORE": 0}
    raised = surroundings(
        monkeypatch, ORGCHART_LIMIT_READER_SECONDS="50", ORGCHART_LIMIT_READER_MEMORY_MB="3000"
    )["limits"]  # fmt: skip
    assert (raised["RLIMIT_AS"], raised["RLIMIT_CPU"]) == (3 * 10**9, 50)


@posix
def test_a_reader_imports_nothing_from_the_folder_of_foreign_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("json.py", "lxml.py", "docx.py", "orgchart.py"):
        (tmp_path / name).write_text("raise SystemExit('run')\n")
    assert str(tmp_path) not in surroundings(monkeypatch)["folders"]
    assert "" not in surroundings(monkeypatch)["folders"]


@posix
def test_a_reader_that_works_too_long_is_stopped_at_its_seconds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "busy.py").write_text("from orgchart.limited import limit\nlimit()\nwhile True: pass\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("ORGCHART_LIMIT_READER_SECONDS", "1")
    with pytest.raises(OrgChartError) as refused:
        run_limited("busy", [], b"", "a.pdf", "PDF", "as plain text")
    # On a machine that is busy itself, the clock is there first.
    assert str(refused.value).startswith("a.pdf: ")
    assert "ORGCHART_LIMIT_READER_SECONDS" in str(refused.value)


@posix
def test_a_reader_that_sleeps_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "idle.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("ORGCHART_LIMIT_READER_SECONDS", "1")
    with pytest.raises(OrgChartError, match=r"reading it took more than 3 seconds; .*ORGCHART_LIMIT_READER_SECONDS=6"):
        run_limited("idle", [], b"", "a.pdf", "PDF", "as plain text")


@unmeasured
def test_graphviz_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from orgchart.layout.engines import place_with_engine
    from tests.test_engines import EDGES, SIZES, Gaps

    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("HOME", "/secret")
    script = "import os, sys; sys.exit('seen: ' + ' '.join(sorted(os.environ)))"
    with pytest.raises(EngineError) as refused:
        place_with_engine("dot", SIZES, EDGES, Gaps(), _command=[sys.executable, "-c", script])
    seen = set(str(refused.value).partition("seen: ")[2].partition(";")[0].split())
    assert {name for name in seen if not name.startswith("LC_")} <= {"LD_LIBRARY_PATH", "TEMP", "TMP", "TMPDIR"}


def test_graphviz_is_stopped_at_the_seconds_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from orgchart.layout.engines import place_with_engine
    from tests.test_engines import EDGES, SIZES, Gaps

    monkeypatch.setenv("ORGCHART_LIMIT_GRAPHVIZ_SECONDS", "1")
    with pytest.raises(EngineError, match=r"after 1 seconds, the time limit; .*ORGCHART_LIMIT_GRAPHVIZ_SECONDS=2"):
        place_with_engine(
            "dot", SIZES, EDGES, Gaps(), _command=[sys.executable, "-c", "import time; time.sleep(60)"]
        )  # fmt: skip


@unmeasured
@posix
def test_a_chart_that_embed_draws_anew_is_drawn_within_limits(
    here: Command, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "r.docx").write_bytes(WORD)
    monkeypatch.setenv("ORGCHART_LIMIT_READER_MEMORY_MB", "20")
    run = here("embed", "r.docx")
    assert run.code == 2
    assert "a.svg: this SVG cannot be read: its reader has more than 20 MB, the limit reader_memory_mb; " in run.err
    assert (files / "r.docx").read_bytes() == WORD
