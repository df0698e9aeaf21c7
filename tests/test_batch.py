"""`orgchart batch`: which files are done, what is made of them, what is not done again, and the report."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from orgchart.batch.journal import JOURNAL
from orgchart.batch.plan import plan_folder, plan_list
from orgchart.batch.settings import fingerprint
from orgchart.errors import OrgChartError
from tests.batches import RULEBOOK, Command, done, made, posix, rulebooks, settings
from tests.charts import unit, units_file


def stems(folder: Path, *names: str) -> list[tuple[str, str]]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    return [(item.name, item.stem) for item in plan_folder(folder, folder / "batch").items]


# Which files


def test_a_folder_is_walked_in_the_order_of_names_and_keeps_its_folders(tmp_path: Path) -> None:
    found = stems(tmp_path, "b/Два.docx", "a.txt", "b/a.units.json", "Култура и спорт/Правилник 2011.pdf")
    assert found == [
        ("a.txt", "a"),
        ("b/a.units.json", "b/a"),
        ("b/Два.docx", "b/dva"),
        ("Култура и спорт/Правилник 2011.pdf", "kultura_i_sport/pravilnik_2011"),
    ]


def test_hidden_files_other_kinds_and_what_a_batch_has_made_are_left_out(tmp_path: Path) -> None:
    names = (
        ".hidden.txt",
        ".git/a.txt",
        "~$a.docx",
        "a.review.html",
        "batch.report.json",
        "batch/b.units.json",
        "a.png",
    )
    stems(tmp_path, "a.txt", *names, "orgchart.manifest.json")
    plan = plan_folder(tmp_path, tmp_path / "batch")
    assert ([item.name for item in plan.items], plan.left_out) == (["a.txt"], 1)


def test_files_whose_names_would_be_one_each_get_a_hash_whichever_comes_first(tmp_path: Path) -> None:
    composed, apart = (unicodedata.normalize(form, "Š.txt") for form in ("NFC", "NFD"))
    found = dict(stems(tmp_path, "a.docx", "A.txt", composed, apart, "c-d.txt", "c d.txt", "e.txt"))
    assert len(set(found.values())) == 7
    assert {name: stem[:-8] for name, stem in found.items() if name != "e.txt"} == {
        "A.txt": "a_", "a.docx": "a_", composed: "s_", apart: "s_", "c-d.txt": "c_d_", "c d.txt": "c_d_",
    }  # fmt: skip
    assert found["e.txt"] == "e"
    (tmp_path / "e.docx").write_text("x")
    again = {item.name: item.stem for item in plan_folder(tmp_path, tmp_path / "batch").items}
    assert {name: again[name] for name in found if name != "e.txt"} == {
        name: stem for name, stem in found.items() if name != "e.txt"
    }


def test_a_name_that_windows_cannot_have_and_one_of_no_letters_get_a_hash(tmp_path: Path) -> None:
    (con, _), (signs, _) = ((stem, name) for name, stem in stems(tmp_path, "con.txt", "⚖.txt"))
    assert con.startswith("con_")
    assert signs.startswith("chart_")


def test_no_name_has_a_hyphen_which_parts_the_pages_of_an_atlas(tmp_path: Path) -> None:
    assert stems(tmp_path, "kultura-sport.txt", f"{'a' * 70}.txt")[1][1] == "kultura_sport"
    assert all("-" not in stem for _, stem in stems(tmp_path, "con.txt"))


def test_a_list_has_a_path_in_each_line_and_takes_each_once(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    stems(tmp_path, "in/a.txt", "b.json")
    plan = plan_list(f"in/a.txt\r\n\n./in/a.txt\n{tmp_path}/b.json\nin/gone.txt".encode(), "list")
    assert [(item.path, item.stem, item.is_units) for item in plan.items] == [
        ("in/a.txt", "in/a", False), (f"{tmp_path}/b.json", "b", True), ("in/gone.txt", "in/gone", False),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe\x00", b"no such file\nnor this\n"])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(OrgChartError, match="a list has the path of one file in each line"):
        plan_list(content, "list")


def test_an_empty_folder_is_refused(here: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    run = here("batch", "in")
    assert (run.code, run.err.startswith('error: "in" holds no rulebook (.docx, ')) == (2, True)
    assert not (tmp_path / "batch").exists()


def test_the_folder_that_is_read_is_not_written_into(here: Command, tmp_path: Path) -> None:
    rulebooks(tmp_path / "in")
    assert here("batch", "in", "-o", "in").err == (
        'error: "in" is the folder to read and the folder to write into; choose another with -o\n'
    )


def test_a_file_to_be_read_is_never_written(tmp_path: Path) -> None:
    rulebooks(tmp_path / "in")
    rulebooks(tmp_path / "in" / "in", 1)
    (tmp_path / "in" / "0.txt").unlink()
    (tmp_path / "in" / "0.units.json").write_bytes(units_file(unit("top")))
    error = done(tmp_path / "in", tmp_path, settings(), force=True)["in/0.txt"]
    assert error == f"in/0.txt: {tmp_path}/in/0.units.json is one of the files to read; choose another -o"


# What is made


def test_it_makes_what_read_and_render_make(here: Command, tmp_path: Path) -> None:
    rulebooks(tmp_path / "in", 1)
    here("batch", "in", "-o", "out", "--jobs", "1", "--format", "units,svg,html", "--style", "print")
    here("read", "in/0.txt", "-o", "one/0.units.json")
    here("render", "one/0.units.json", "-o", "one", "--name", "0", "--format", "svg,html", "--style", "print")
    expected = {name: (tmp_path / "one" / name).read_bytes() for name in ("0.units.json", "0.svg", "0.html")}
    assert {name: content for name, content in made(tmp_path / "out").items() if name != JOURNAL} == expected
    assert "припрему прописа".encode() in expected["0.html"]


def test_a_page_of_a_units_file_quotes_the_rulebook_beside_it(here: Command, tmp_path: Path) -> None:
    rulebooks(tmp_path / "texts", 1)
    here("read", "texts/0.txt", "-o", "in/a.units.json")
    here("render", "in/a.units.json", "-o", "one", "--name", "a", "--format", "html")
    done(tmp_path / "in", tmp_path / "out", settings("html"))
    assert made(tmp_path / "out")["a.html"] == (tmp_path / "one" / "a.html").read_bytes()
    (tmp_path / "texts" / "0.txt").unlink()
    assert done(tmp_path / "in", tmp_path / "out", settings("html")) == {"a.units.json": "made"}


def test_one_process_and_two_leave_the_same_bytes_and_so_does_this_one(here: Command, tmp_path: Path) -> None:
    rulebooks(tmp_path / "in", 4)
    (tmp_path / "in" / "units.json").write_bytes(units_file(unit("top", "Top")))
    assert here("batch", "in", "-o", "one", "--jobs", "1").code == 0
    assert here("batch", "in", "-o", "two", "--jobs", "2").code == 0
    done(tmp_path / "in", tmp_path / "three", settings("units", "review", "svg"))
    assert made(tmp_path / "one") == made(tmp_path / "two") == made(tmp_path / "three")
    assert len(made(tmp_path / "one")) == 4 * 3 + 1 + 1


def test_a_bad_file_does_not_stop_the_others_and_gives_exit_code_1(here: Command, tmp_path: Path) -> None:
    rulebooks(tmp_path / "in", 2)
    (tmp_path / "in" / "bad.json").write_text("{")
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "in" / "letter.txt").write_text("Поштовани,")
    run = here("batch", "in", "-o", "out", "--jobs", "2", "--format", "units")
    assert run.code == 1
    assert sorted(line.partition(":")[2].partition(":")[0].partition(",")[0] for line in run.err.splitlines()
                  if line.startswith("error")) == [" bad.json", " bad.pdf", " letter.txt"]  # fmt: skip
    assert run.err.splitlines()[-1] == "5 files: 2 made, 3 failed; 6 units, 0 questions"
    assert sorted(made(tmp_path / "out")) == ["0.units.json", "1.units.json", JOURNAL]


def test_a_list_comes_through_standard_input_too(orgchart: Command, tmp_path: Path) -> None:
    rulebooks(tmp_path / "in", 1)
    run = orgchart("batch", "-", "-o", "out", "--format", "units", stdin=b"in/0.txt\nin/gone.txt\n")
    assert (run.code, run.out) == (1, b"out/batch.report.json\nout/batch.report.html\n")
    assert "error: in/gone.txt: there is no such file; name a rulebook or a units file\n" in run.err
    assert "in/0.units.json" in made(tmp_path / "out")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "svgg"], 'error: format "svgg" is not known; use dot, svg, '),
        (["--page", "A9"], 'error: --page "A9" is not allowed; use '),
        (["--style", "nosuch"], 'error: style, "nosuch"'),
        (["--scheduler", "nosuch"], "error: --scheduler nosuch: there is no Dask scheduler "),
        (["--scheduler", "tcp://a:1", "--jobs", "2"], "Usage: "),
    ],
)
def test_what_no_file_could_be_made_with_is_told_once(
    here: Command, tmp_path: Path, words: list[str], said: str
) -> None:
    rulebooks(tmp_path / "in")
    run = here("batch", "in", *words)
    assert (run.code, run.err[: len(said)]) == (2, said)
    assert not (tmp_path / "batch").exists()


@posix
def test_a_folder_that_cannot_be_written_is_told(here: Command, tmp_path: Path) -> None:
    rulebooks(tmp_path / "in")
    (tmp_path / "out").write_text("a file")
    run = here("batch", "in", "-o", "out")
    assert run.err == 'error: nothing can be written in folder "out": File exists; choose another with -o\n'
    assert run.code == 2


def test_where_nothing_can_be_written_it_ends_and_not_once_for_each_file(tmp_path: Path) -> None:
    rulebooks(tmp_path / "in", 9)
    for number in range(9):
        (tmp_path / "out" / f"{number}.review.html").mkdir(parents=True)
    with pytest.raises(OrgChartError, match="is a folder, where a file is to be written"):
        done(tmp_path / "in", tmp_path / "out", settings("review"))


def test_the_output_of_one_batch_is_the_input_of_the_next(tmp_path: Path) -> None:
    done(rulebooks(tmp_path / "in", 1), tmp_path / "proposed", settings("units", "review", "svg"))
    assert done(tmp_path / "proposed", tmp_path / "charts", settings("svg")) == {"0.units.json": "made"}
    assert made(tmp_path / "charts")["0.svg"] == made(tmp_path / "proposed")["0.svg"]


# Not done again


def test_what_is_done_is_not_done_again_and_what_has_changed_is(tmp_path: Path) -> None:
    folder, output = rulebooks(tmp_path / "in"), tmp_path / "out"
    assert set(done(folder, output, settings("units", "svg")).values()) == {"made"}
    before = made(output)
    assert set(done(folder, output, settings("units", "svg")).values()) == {"kept"}
    (folder / "1.txt").write_text(RULEBOOK.format(area="културу"), encoding="utf-8")
    (output / "2.svg").unlink()
    assert done(folder, output, settings("units", "svg")) == {"0.txt": "kept", "1.txt": "made", "2.txt": "made"}
    (folder / "1.txt").write_text(RULEBOOK.format(area="спорт"), encoding="utf-8")
    assert done(folder, output, settings("units", "svg")) == {"0.txt": "kept", "1.txt": "made", "2.txt": "kept"}
    assert made(output) == before
    assert set(done(folder, output, settings("units", "svg", style="print")).values()) == {"made"}
    assert set(done(folder, output, settings("units", "svg", style="print"), force=True).values()) == {"made"}


def test_a_failed_file_keeps_what_was_made_of_it_before(tmp_path: Path) -> None:
    folder, output = rulebooks(tmp_path / "in", 1), tmp_path / "out"
    done(folder, output, settings())
    before = made(output)
    (folder / "0.txt").write_text("Поштовани,")
    assert done(folder, output, settings())["0.txt"].startswith("0.txt: other: no sentence here says")
    assert made(output) == before


def test_units_that_a_person_has_corrected_stay_and_are_not_proposed_over(tmp_path: Path) -> None:
    folder, output = rulebooks(tmp_path / "in", 1), tmp_path / "out"
    done(folder, output, settings())
    (output / "0.units.json").write_text("corrected")
    assert done(folder, output, settings()) == {"0.txt": "kept"}
    (folder / "0.txt").write_text(RULEBOOK.format(area="културу"), encoding="utf-8")
    assert done(folder, output, settings())["0.txt"].endswith("would be replaced; move it away, or use --force")
    assert (output / "0.units.json").read_text() == "corrected"
    assert done(folder, output, settings(), force=True) == {"0.txt": "made"}


def test_units_that_stand_there_already_are_not_proposed_over(tmp_path: Path) -> None:
    folder, output = rulebooks(tmp_path / "in", 1), tmp_path / "out"
    output.mkdir()
    (output / "0.units.json").write_text("by hand")
    assert "0.units.json was not made by a batch, or changed since" in done(folder, output, settings())["0.txt"]


def test_pages_that_an_atlas_has_no_more_are_removed(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    units = (unit("top", "Top", level="sector"), unit("a", "A", "top"), unit("b", "B", "top"), unit("c", "C", "a"))
    (folder / "x.json").write_bytes(units_file(*units))
    done(folder, output, settings("dot", atlas="always"))
    assert sorted(made(output)) == [JOURNAL, "x-a.dot", "x-index.dot", "x.dot"]
    done(folder, output, settings("dot", atlas="never"))
    assert sorted(made(output)) == [JOURNAL, "x.dot"]


@pytest.mark.parametrize("tail", [b'{"name": "1.t', b"null\n", b'{"name": 5, "files": {"../../x": "0"}}\n', b"\xff\n"])
def test_a_journal_that_was_cut_off_costs_the_file_that_was_not_in_it(tmp_path: Path, tail: bytes) -> None:
    folder, output = rulebooks(tmp_path / "in", 2), tmp_path / "out"
    done(folder, output, settings())
    before = made(output)
    first, _ = before[JOURNAL].splitlines(keepends=True)
    (output / JOURNAL).write_bytes(first + tail)
    (output / "1.units.json").unlink()
    assert done(folder, output, settings()) == {"0.txt": "kept", "1.txt": "made"}
    assert made(output) == before


def test_the_time_limit_has_no_part_in_what_is_made() -> None:
    assert fingerprint(settings(seconds=1)) == fingerprint(settings(seconds=2))
    assert fingerprint(settings("svg")) != fingerprint(settings("svg", page="A3"))


# The report


def test_the_report_has_each_file_with_its_outcome_and_outputs(tmp_path: Path) -> None:
    folder, output = rulebooks(tmp_path / "in", 1), tmp_path / "out"
    (folder / "<b>.json").write_text("{")
    (folder / "promise.txt").write_text("У Министарству културе образују се три сектора:\n1) Сектор за спорт.\n")
    (folder / "left.png").write_bytes(b"")
    done(folder, output, settings())
    report = json.loads((output / "batch.report.json").read_bytes())
    assert report["counts"] == {"made": 2, "kept": 0, "failed": 1}
    assert (report["left_out"], report["units"], report["where"]) == (1, 5, "this machine")
    first, bad, promise = report["files"]
    assert first["outputs"] == {"0.units.json": hashlib.sha256((output / "0.units.json").read_bytes()).hexdigest()}
    assert (first["name"], first["units"], first["faults"]) == ("0.txt", 3, [])
    assert promise["faults"][0].startswith("line 1")
    assert (bad["name"], bad["outcome"], bad["error"][:16]) == ("<b>.json", "failed", "<b>.json, line 1")
    page = (output / "batch.report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;.json" in page
    assert "<b>.json" not in page
    assert "<script" not in page
    assert promise["faults"][0].split('"')[0] in page


def test_without_jinja2_the_report_is_json_alone(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    done(rulebooks(tmp_path / "in", 1), tmp_path / "out", settings())
    assert [path.name for path in (tmp_path / "out").glob("batch.report.*")] == ["batch.report.json"]
