"""The command line as its users meet it: what it writes, prints and says, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.charts import SECTOR, svg_names, unit, units_file
from tests.conftest import ROOT, Run

Command = Callable[..., Run]
COMMANDS = (
    "read",
    "import",
    "check",
    "diff",
    "render",
    "build",
    "batch",
    "embed",
    "caption",
    "new",
    "styles",
    "schema",
)
TOP_AND_AUDIT = units_file(unit("top", "Top", level="sector"), unit("audit", "Audit", "top"))


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """data/units.json in the folder where the commands run."""
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "units.json"
    file.write_bytes(TOP_AND_AUDIT)
    return file


def folder_of(path: Path) -> list[str]:
    return sorted(str(found.relative_to(path)) for found in path.rglob("*") if found.is_file())


def test_without_a_word_it_draws_the_units_in_four_formats(orgchart: Command, units: Path, tmp_path: Path) -> None:
    run = orgchart("render")
    assert run == Run(0, b"output/top.dot\noutput/top.svg\noutput/top.pdf\noutput/top.png\n", "")
    assert folder_of(tmp_path) == [
        "data/units.json", "output/top.dot", "output/top.pdf", "output/top.png", "output/top.svg",
    ]  # fmt: skip
    starts = {file.suffix: file.read_bytes()[:8] for file in (tmp_path / "output").iterdir()}
    assert starts == {".dot": b"digraph ", ".svg": b"<?xml ve", ".pdf": b"%PDF-1.7", ".png": b"\x89PNG\r\n\x1a\n"}


def test_units_come_from_standard_input_and_a_chart_goes_to_standard_output(orgchart: Command, tmp_path: Path) -> None:
    run = orgchart("render", "-", "-o", "-", "--format", "svg", stdin=TOP_AND_AUDIT)
    assert (run.code, run.err) == (0, "")
    assert svg_names(run.out) == {"top": ["Top"], "audit": ["Audit"]}
    assert folder_of(tmp_path) == []


@pytest.mark.parametrize("format_name", ["dot", "svg", "pdf", "png"])
def test_standard_output_gets_the_very_bytes_of_the_file(orgchart: Command, units: Path, format_name: str) -> None:
    written = orgchart("render", "-f", format_name)
    assert written.code == 0
    file = units.parent.parent / "output" / f"top.{format_name}"
    assert orgchart("render", "-f", format_name, "-o", "-").out == file.read_bytes()


def test_a_format_is_written_once_however_often_it_is_named(here: Command, units: Path) -> None:
    assert here("render", "-f", "svg, SVG,dot,svg").out == b"output/top.svg\noutput/top.dot\n"


def test_the_files_take_the_name_that_is_asked_for_but_never_leave_the_folder(here: Command, units: Path) -> None:
    assert here("render", "-f", "dot", "--name", "report").out == b"output/report.dot\n"
    assert here("render", "-f", "dot", "--name", "../../report").out == b"output/report-6f36b9f8.dot\n"


def test_a_branch_has_the_name_of_its_top(here: Command, units: Path) -> None:
    assert here("render", "-f", "dot", "--root", "audit").out == b"output/audit.dot\n"


def test_depth_0_draws_the_top_alone(here: Command, units: Path) -> None:
    assert svg_names(here("render", "-f", "svg", "-o", "-", "--depth", "0").out) == {"top": ["Top"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "-f svgg",
            'format "svgg" is not known; use dot, svg, pdf, png, pptx, drawio, html, csv, jsonld, mermaid, graphml; '
            'did you mean "svg"?',
        ),
        ("-f ,", "--format names no format; give one or more, e.g. --format svg,pdf"),
        ("-o - -f svg,pdf", "-o - writes one file to standard output; name one format, e.g. --format svg"),
        ("-s clasic", 'style, "clasic": is not a bundled style; did you mean "classic"?'),
        ("-s mine.toml", "mine.toml, file: does not exist; give a .toml file or one of classic, contrast, print"),
        ("-p A5", 'page "A5" is not known; use A4, A3, A2, A1, A0, letter, auto, a size such as 160x90mm, or none'),
        ("-p 0x90mm", 'page "0x90mm": each side must be 20 to 5000 mm; choose a size in that range'),
        ("--orientation side", 'orientation "side" is not known; use auto, portrait or landscape'),
        ("--root audt", 'unit "audt" does not exist; did you mean "audit"?'),
        ("--layout dott", 'layout engine "dott" is not known; use dot, neato, twopi, circo, fdp, sfdp, or page'),
        ("--font Nosuch", 'font "Nosuch" is not installed on this machine; install it, or did you mean "PT Sans"'),
        ("--depth -1", "-1 is not in the range x>=0"),
        ("--dpi 9", "9 is not in the range 10<=x<=2400"),
        ("--legend maybe", "'maybe' is not one of 'auto', 'on', 'off'"),
        ("--source maybe", "'maybe' is not one of 'auto', 'on', 'off'"),
        ("--source on", "source: data/units.json does not name its rulebook; add it"),
        ("--date source", "date: data/units.json has no date of its rulebook; add it"),
        ("--date \x01", "date: date holds the control character U+0001 as character 1; delete it"),
        ("--min-text 0", "0.0 is not in the range 1<=x<=72"),
        ("--title \x01", "title: title holds the control character U+0001 as character 1; delete it"),
        ("nosuch.json", "nosuch.json: there is no such file; name a units.json"),
        ("data", "data: this is a folder; name a units.json"),
        ("-o data/units.json", 'folder "data/units.json" cannot be made: File exists; choose another with -o'),
    ],
)
def test_a_wrong_word_is_named_with_what_is_right_and_nothing_is_written(
    here: Command, units: Path, tmp_path: Path, words: str, said: str
) -> None:
    run = here("render", *words.split(" "))
    assert (run.code, run.out) == (2, b"")
    assert said in run.err
    assert "Traceback" not in run.err
    assert folder_of(tmp_path) == ["data/units.json"]


def test_an_unknown_command_brings_the_nearest(here: Command) -> None:
    run = here("rendr")
    assert run.code == 2
    assert "No such command 'rendr'" in run.err


def test_a_failure_leaves_the_old_charts_as_they_were(here: Command, units: Path, tmp_path: Path) -> None:
    assert here("render").code == 0
    before = {name: (tmp_path / name).read_bytes() for name in folder_of(tmp_path)}
    times = {name: (tmp_path / name).stat().st_mtime_ns for name in before}
    units.write_bytes(units_file(unit("top", "Top"), unit("arabic", "العربية", "top")))
    run = here("render")  # fit for DOT and SVG, not for PDF
    assert run.code == 2
    assert 'error: "العربية" cannot be drawn as pdf: font "PT Sans" has no glyph for ا (U+0627)' in run.err
    del before["data/units.json"], times["data/units.json"]
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in before} == times


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_holds_an_example_of_it(here: Command, command: str) -> None:
    run = here(command, "--help")
    assert (run.code, run.err) == (0, "")
    assert f"\n    orgchart {command}" in run.out.decode().replace("      orgchart", "    orgchart")


def test_every_command_is_listed(here: Command) -> None:
    listed = here("--help").out.decode().partition("Commands:\n")[2]
    assert tuple(line.split()[0] for line in listed.splitlines()) == COMMANDS


def test_check_counts_the_units_of_a_good_file(here: Command, units: Path) -> None:
    assert here("check") == Run(0, b"data/units.json: 2 units (1 sector, 1 group), no faults\n", "")


def test_check_lists_every_fault_and_exits_with_1(here: Command, units: Path) -> None:
    units.write_bytes(
        b'{"units": [\n{"id": "a", "level": "x", "name": ""},\n{"id": "b", "level": "x", "name": "B", "parent": "c"},\n'
        b'{"id": "b", "name": "B", "parent": "b"}\n]}'
    )
    assert here("check") == Run(
        1,
        b"",
        'data/units.json, line 2, /units/0/name: unit "a": name is empty; write it out, or leave out what has none\n'
        'data/units.json, line 3, /units/1: unit "b": parent "c" does not exist; '
        "write the id of a unit of this file, or leave parent out for a root\n"
        'data/units.json, line 4, /units/2: unit "b": "level" is missing; give it a level, e.g. "level": "department"\n'
        'data/units.json, line 4, /units/2: unit "b": its id stands twice, first in line 3, /units/1; '
        "give one of the two another id\n"
        'data/units.json, line 4, /units/2: unit "b": it is its own parent; '
        "write the id of another unit, or leave parent out for a root\n"
        "data/units.json: 5 faults\n",
    )


def test_check_exits_with_2_where_there_is_no_file(here: Command) -> None:
    assert here("check") == Run(2, b"", "error: data/units.json: there is no such file; name a units.json\n")


def test_schema_prints_json(here: Command) -> None:
    assert json.loads(here("schema").out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_styles_lists_those_that_come_along(here: Command) -> None:
    lines = here("styles").out.decode().splitlines()
    assert [line.split()[0] for line in lines] == ["classic", "contrast", "print"]


def test_the_version_is_printed(here: Command) -> None:
    assert here("--version").out == b"orgchart, version 0.1.0\n"


def test_the_module_and_the_installed_command_are_one(orgchart: Command) -> None:
    assert orgchart("--version").out == b"orgchart, version 0.1.0\n"


def shell(command: str, folder: Path) -> tuple[int, str]:
    """The exit code and what stands on standard error; ``orgchart`` is the command under test."""
    script = f'orgchart() {{ "{sys.executable}" -m orgchart "$@"; }}\n{command}'
    done = subprocess.run(
        ["sh", "-c", script], cwd=folder, capture_output=True, timeout=60, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a POSIX shell, and a file that is always full")
@pytest.mark.parametrize(
    ("command", "ended"),
    [
        ("orgchart schema | head -c 10", (0, "")),
        ("orgchart styles | head -c 10", (0, "")),
        ("orgchart render -f svg -o - | head -c 10", (0, "")),
        ("orgchart styles >&-", (0, "")),
        ("orgchart render nosuch.json 2>&-", (2, "")),
        ("orgchart render -f dot -o - >&-", (2, "error: standard output is closed; name a folder with -o\n")),
        ("orgchart render - <&-", (2, "error: standard input is closed; name a units file\n")),
        ("orgchart styles >/dev/full", (2, "error: standard output cannot be written: No space left on device\n")),
        (
            "orgchart render -f dot -o - >/dev/full",
            (2, "error: standard output cannot be written: No space left on device\n"),
        ),
        (
            "orgchart check - </dev/zero",
            (1, "standard input, the whole file: it has more than 100,000,000 bytes, the limit units_bytes; split it "
             "by branches, or raise it: ORGCHART_LIMIT_UNITS_BYTES=200000000\n"
             "standard input: 1 fault\n"),
        ),
    ],
)  # fmt: skip
def test_streams_that_are_closed_full_or_endless_bring_no_traceback(
    units: Path, tmp_path: Path, command: str, ended: tuple[int, str]
) -> None:
    assert shell(command, tmp_path) == ended


def test_every_run_gives_the_same_bytes(orgchart: Command, tmp_path: Path) -> None:
    (tmp_path / "units.json").write_bytes(units_file(*SECTOR))
    first = orgchart("render", "units.json", "-o", "one", PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC", COLUMNS="40")
    second = orgchart(
        "render", str(tmp_path / "units.json"), "-o", "two",
        PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Asia/Tokyo", SOURCE_DATE_EPOCH="1", PYTHONIOENCODING="ascii",
    )  # fmt: skip
    assert (first.code, first.err, second.code, second.err) == (0, "", 0, "")
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert sorted(one) == ["sector.dot", "sector.pdf", "sector.png", "sector.svg"]
    assert one == two


# An atlas

BODY = units_file(
    unit("top", "Top", level="sector"),
    unit("audit", "Audit", "top"),
    unit("law", "Law", "audit"),
    unit("tax", "Tax", "top"),
)


@pytest.fixture
def body(units: Path) -> Path:
    units.write_bytes(BODY)
    return units


def test_an_atlas_is_written_page_by_page_and_every_file_is_named(here: Command, body: Path) -> None:
    run = here("render", "--atlas", "always", "-f", "svg,pdf", "--name", "report")
    assert (run.code, run.err) == (0, "")
    assert run.out.decode().split() == [
        "output/report.svg",
        "output/report-audit.svg",
        "output/report-index.svg",
        "output/report.pdf",
    ]


def test_to_standard_output_an_atlas_goes_in_formats_of_one_file_only(here: Command, body: Path) -> None:
    assert here("render", "--atlas", "always", "-f", "pdf", "-o", "-").out[:5] == b"%PDF-"
    run = here("render", "--atlas", "always", "-f", "svg", "-o", "-")
    assert (run.code, run.out) == (2, b"")
    assert run.err == (
        "error: the chart is an atlas of 3 pages and svg has a file for each; name a folder with -o, or take "
        "--format pdf, pptx, drawio or html, which hold all pages, or --atlas never for one page\n"
    )


def test_what_cannot_be_read_on_one_page_becomes_an_atlas_unless_it_may_not(here: Command, units: Path) -> None:
    branches = [unit("top"), *(unit(f"b{number}", parent="top") for number in range(6))]
    branches += [unit(f"b{number}.{leaf}", "Office", f"b{number}") for number in range(6) for leaf in range(12)]
    units.write_bytes(units_file(*branches))
    auto = here("render", "-f", "pdf", "--page", "120x90mm")
    assert auto.code == 0
    assert "warning: on one page of 120x90mm the smallest text would print at " in auto.err
    never = here("render", "-f", "svg", "--page", "120x90mm", "--atlas", "never")
    assert never.out == b"output/top.svg\n"
    assert "warning: the smallest text prints at " in never.err


def test_explain_goes_page_by_page(here: Command, body: Path) -> None:
    said = here("render", "--atlas", "always", "-f", "pdf", "--explain").err
    heads = [line for line in said.splitlines() if line.startswith("page ")]
    assert [line.split(":")[0] for line in heads] == ["page 1 (top)", "page 2 (top-audit)", "page 3 (top-index)"]
    assert heads[2] == "page 3 (top-index): index"
    assert heads[1].endswith(" pt, 2 units")


def test_what_is_registered_for_the_end_of_the_process_is_done() -> None:
    said = (
        "import atexit, sys; from orgchart.cli import run; atexit.register(print, 'at the end'); "
        "sys.argv = ['orgchart', '--version']; run()"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "at the end")
