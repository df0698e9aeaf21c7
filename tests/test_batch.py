"""`orgchart batch`: which files are done, what is made of them, what is not done again, and what a bad one stops."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from orgchart.batch.cluster import OtherVersionError, work_there
from orgchart.batch.feed import Bundle, Feed
from orgchart.batch.journal import JOURNAL, Entry
from orgchart.batch.memory_limit import grown_by, memory_limit
from orgchart.batch.plan import plan_folder, plan_list
from orgchart.batch.pool import run_here
from orgchart.batch.run import batch
from orgchart.batch.settings import fingerprint, settings_for
from orgchart.batch.time_limit import TimeUpError, TooMuchError, time_limit
from orgchart.batch.work import Job, Result, Settings, work
from orgchart.chart_keys import CHART_KEYS
from orgchart.errors import OrgChartError
from orgchart.limited import lacks_memory
from orgchart.limits import kept_environment
from tests.charts import unit, units_file
from tests.conftest import ROOT, Run, unmeasured

Command = Callable[..., Run]
linux = pytest.mark.skipif(sys.platform != "linux", reason="what a process has already is told by Linux alone")
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")

RULEBOOK = (
    "У Министарству културе образују се следеће уже унутрашње јединице:\n"
    "1) Сектор за {area};\n2) Сектор за буџет.\n\n"
    "Сектор за буџет обавља послове који се односе на:\n- припрему прописа;\n- праћење стања у области.\n"
)
AREAS = ("туризам", "спорт", "водопривреду", "енергетику")
# As the command line has them.
PLAIN = {key: wish.rule.default or None for key, wish in CHART_KEYS.items() if key != "root"}


def rulebooks(folder: Path, count: int = 3) -> Path:
    """A folder of so many rulebooks: 0.txt, 1.txt …"""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number}.txt").write_text(RULEBOOK.format(area=AREAS[number % 4]), encoding="utf-8")
    return folder


def settings(*made: str, seconds: float = 300.0, **wishes: Any) -> Settings:
    return settings_for(made or ("units",), {**PLAIN, **wishes}, None, seconds)


def at_once(feed: Feed[Entry], how: Settings) -> Generator[Result | Entry, None, None]:
    """Does every job in this process, which is quicker."""
    while (item := feed.next()) is not None:
        if isinstance(item, Bundle):
            yield from work(item.jobs, how)
        else:
            yield item


def done(folder: Path, output: Path, how: Settings, *, force: bool = False) -> dict[str, str]:
    """A batch of a folder: the outcome of each file, with its error."""
    events = batch(plan_folder(folder, output), how, output, at_once, workers=1, force=force)
    return {event.name: event.error or event.outcome for event in events if isinstance(event, Entry)}


def made(output: Path) -> dict[str, bytes]:
    """What stands in the output folder, the report and the lock apart."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith((".", "batch.report"))
    }


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


# Killed, lost, too slow


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "orgchart", "batch", *words], cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def wait_for(running: subprocess.Popen[Any], there: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not there():
        assert running.poll() is None, running.stderr and running.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.002)


@posix
def test_killed_midway_the_next_batch_does_the_rest_and_leaves_the_same_bytes(here: Command, tmp_path: Path) -> None:
    rulebooks(tmp_path / "in", 30)
    output = tmp_path / "out"
    running = started(tmp_path, "in", "-o", "out", "--jobs", "1")
    wait_for(running, lambda: len(list(output.glob("*.svg"))) > 5)
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=20)  # its process has this one's streams: it returns when that has ended too
    whole = {name: content for name, content in made(output).items() if name != JOURNAL}
    assert here("batch", "in", "-o", "out", "--jobs", "1").code == 0
    counts = json.loads((output / "batch.report.json").read_bytes())["counts"]
    assert counts["kept"] >= 1
    assert counts["kept"] + counts["made"] == 30
    done(tmp_path / "in", tmp_path / "once", settings("units", "review", "svg"))
    assert made(output) == made(tmp_path / "once")
    assert whole.items() <= made(output).items()


class Deadly(str):
    """A name that ends the process which unpacks it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def star(count: int) -> bytes:
    """A units file of one unit and so many below it."""
    return units_file(unit("top"), *(unit(f"u{number}", "A unit", "top") for number in range(count)))


def job(name: str) -> Job:
    return Job(name, name, True, units_file(unit("top", "Top")), "")


def results(*jobs: Job, workers: int, how: Settings | None = None) -> Mapping[str, str]:
    feed: Feed[Entry] = Feed(jobs, 100 * len(jobs), workers)
    return {each.name: each.error for each in run_here(feed, how or settings(), workers)}


def test_a_file_that_ends_its_process_fails_alone(tmp_path: Path) -> None:
    jobs = [job(f"a{number}") for number in range(5)]
    deadly = Job(Deadly("deadly"), "x", True, b"", "")
    found = results(*jobs[:2], deadly, *jobs[2:], workers=2)
    assert found.pop("deadly").startswith("deadly: the process that did it was ended 2 times, perhaps by the system ")
    assert found == {f"a{number}": "" for number in range(5)}


def test_a_file_that_takes_too_long_fails_alone() -> None:
    slow = Job("slow", "slow", True, star(2_000), "")
    found = {result.name: result.error for result in work([slow, job("quick")], settings("svg", seconds=0.3))}
    assert found["slow"] == "slow: it took more than 0.3 seconds; raise the limit with --time-limit"


TOO_LARGE = (
    ": it takes more than 30 MB, the limit batch_memory_mb; split it, or draw a branch of it with orgchart render "
    "--root, or raise it: ORGCHART_LIMIT_BATCH_MEMORY_MB=60"
)


@unmeasured
@linux
def test_a_file_that_takes_too_much_memory_fails_alone_and_its_process_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    large = Job("large", "large", True, star(100_000), "")
    monkeypatch.setenv("ORGCHART_LIMIT_BATCH_MEMORY_MB", "30")
    assert results(job("a"), large, job("b"), workers=1) == {"a": "", "large": f"large{TOO_LARGE}", "b": ""}
    monkeypatch.delenv("ORGCHART_LIMIT_BATCH_MEMORY_MB")
    assert results(large, workers=1) == {"large": ""}


@linux
def test_the_limit_on_memory_ends_with_the_work_and_breaks_off_nothing_after() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with memory_limit(100) as is_held, pytest.raises(MemoryError):
        bytearray(200_000_000)
    assert is_held
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(bytearray(200_000_000)) == 200_000_000


@linux
def test_where_tasks_are_threads_memory_is_watched_and_no_other_thread_is_held_to_it() -> None:
    def took_much() -> None:
        with memory_limit(30) as is_held, time_limit(20, grown_by(30)):
            assert not is_held
            much = [b"x" * (1_000_000 + number) for number in range(60)]
            while much:
                pass

    with ThreadPoolExecutor(1) as thread, pytest.raises(TooMuchError):
        thread.submit(took_much).result()


@linux
def test_a_limit_on_memory_does_not_lift_a_lower_one() -> None:
    script = (
        "import resource; from orgchart.batch.memory_limit import memory_limit\n"
        "resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9))\n"
        "with memory_limit(5_000) as is_held: print(is_held, resource.getrlimit(resource.RLIMIT_AS))\n"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said == "False (1000000000, 1000000000)\n"


def test_what_failed_for_lack_of_memory_is_told_whatever_was_raised_of_it() -> None:
    try:
        raise OrgChartError("it cannot be drawn") from MemoryError()
    except OrgChartError as error:
        assert lacks_memory(error)
    assert lacks_memory(OSError(errno.ENOMEM, "no memory"))
    assert not lacks_memory(OrgChartError("it cannot be drawn"))


def test_the_time_limit_breaks_off_a_loop_and_nothing_that_comes_after() -> None:
    with pytest.raises(TimeUpError), time_limit(0.01):
        while True:
            pass
    with time_limit(0.2):
        pass
    time.sleep(0.25)


def test_a_library_that_never_comes_back_ends_its_process() -> None:
    program = (
        "import re, orgchart.batch.time_limit as limits\n"
        "limits.GRACE_SECONDS = 0.2\n"
        "with limits.time_limit(0.1): re.match('(a+)+$', 'a' * 40 + 'b')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)
    assert ended.returncode == 1


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


# On a cluster


Cluster = tuple[str, list[subprocess.Popen[bytes]]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Generator[Cluster, None, None]:
    """A scheduler and two workers on this machine, in folders of their own: its address, and the workers."""
    pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("cluster")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def begun(program: str, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(folder / "address"), *words,
             "--host", "127.0.0.1", "--no-dashboard"],
            cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    scheduler = begun("dask_scheduler", "--port", "0")
    workers: list[subprocess.Popen[bytes]] = []
    try:
        wait_for(scheduler, (folder / "address").exists)
        workers += [begun("dask_worker", "--no-nanny", "--nthreads", "1") for _ in range(2)]
        yield json.loads((folder / "address").read_text())["address"], workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_midway_leaves_the_same_bytes(
    cluster: Cluster, here: Command, tmp_path: Path
) -> None:
    address, (first, _) = cluster
    rulebooks(tmp_path / "in", 24)
    (tmp_path / "in" / "bad.json").write_text("{")
    output = tmp_path / "out"
    running = started(tmp_path, "in", "-o", "out", "--format", "units,svg", "--scheduler", address)
    wait_for(running, lambda: len(list(output.glob("*.svg"))) > 5)
    first.kill()
    _, said = running.communicate(timeout=100)
    assert running.returncode == 1
    assert said.splitlines()[-1] == "25 files: 24 made, 1 failed; 72 units, 0 questions"
    done(tmp_path / "in", tmp_path / "once", settings("units", "svg"))
    assert made(output) == made(tmp_path / "once")


@pytest.mark.parametrize(
    ("variable", "value", "units", "said"),
    [
        (
            "ORGCHART_LIMIT_UNITS", "3", 4,
            "other.json, line 1, /units: the file has 5 units, more than 3, the limit units; split it by branches, or "
            "raise it: ORGCHART_LIMIT_UNITS=5",
        ),
        pytest.param(
            "ORGCHART_LIMIT_BATCH_MEMORY_MB", "30", 100_000, f"other.json{TOO_LARGE}", marks=[linux, unmeasured]
        ),
    ],
)  # fmt: skip
def test_a_limit_of_this_machine_holds_on_the_cluster_and_the_same_file_fails_in_the_same_words(
    cluster: Cluster, here: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    variable: str, value: str, units: int, said: str,
) -> None:  # fmt: skip
    rulebooks(tmp_path / "in", 2)
    (tmp_path / "in" / "other.json").write_bytes(star(units))
    monkeypatch.setenv(variable, value)
    for where, words in (("here", ("--jobs", "1")), ("there", ("--scheduler", cluster[0]))):
        assert here("batch", "in", "-o", where, "--format", "units", *words).code == 1
        report = json.loads((tmp_path / where / "batch.report.json").read_bytes())
        errors = {entry["name"]: entry.get("error", "") for entry in report["files"]}
        assert errors == {"0.txt": "", "1.txt": "", "other.json": said}
    assert made(tmp_path / "here") == made(tmp_path / "there")


def test_a_worker_has_the_limits_of_who_sends_the_task_and_its_own_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = settings()
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS", "9")
    raised = settings()
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS", "1")
    monkeypatch.setenv("ORGCHART_LIMIT_TOML_BYTES", "1")
    two = Job("two", "two", True, units_file(unit("a"), unit("b")), "")
    for how in (plain, raised):
        assert work_there((two,), how, {})[0].error == ""
    assert kept_environment() == {"ORGCHART_LIMIT_UNITS": "1", "ORGCHART_LIMIT_TOML_BYTES": "1"}
    assert "the limit units" in work((two,), plain)[0].error


def test_a_worker_that_would_make_other_bytes_is_refused() -> None:
    with pytest.raises(OtherVersionError, match=r"has orgchart .*, here 0\.0\.0: it would make other bytes"):
        work_there((job("a"),), settings(), {"orgchart": "0.0.0"})


def test_without_distributed_the_sentence_says_what_to_install(here: Command, tmp_path: Path, monkeypatch: Any) -> None:
    rulebooks(tmp_path / "in")
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert here("batch", "in", "--scheduler", "tcp://127.0.0.1:1") == Run(
        2, b"",
        'error: --scheduler needs the package distributed, which is not installed; run: pip install "orgchart[dask]"\n',
    )  # fmt: skip
