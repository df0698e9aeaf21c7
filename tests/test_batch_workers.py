"""Who does the files of a batch, processes of this machine or a cluster: killed, lost, too slow, too large."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from orgchart.batch import cluster as cluster_of_dask
from orgchart.batch.cluster import OtherVersionError, connected, run_on_cluster, work_there
from orgchart.batch.feed import Feed
from orgchart.batch.journal import JOURNAL, Entry
from orgchart.batch.memory_limit import grown_by, memory_limit
from orgchart.batch.pool import run_here
from orgchart.batch.time_limit import TimeUpError, TooMuchError, time_limit
from orgchart.batch.work import Job, Result, Settings, work
from orgchart.errors import OrgChartError
from orgchart.limited import lacks_memory
from orgchart.limits import kept_environment
from tests.batches import Command, done, job, linux, made, posix, rulebooks, settings, star, started, wait_for
from tests.charts import unit, units_file
from tests.conftest import ROOT, Run, unmeasured

# Killed, lost, too slow, too large


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


def test_a_cluster_whose_last_worker_is_lost_ends_the_batch_in_a_sentence(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, workers = cluster  # of which none is left for tests after this one
    monkeypatch.setattr(cluster_of_dask, "SECONDS_FOR_A_WORKER", 1)
    feed: Feed[Result] = Feed((job(f"{number}.json") for number in range(200)), 200, 1)
    client = connected(address)
    try:
        results = run_on_cluster(feed, settings("units", "svg"), client)
        assert next(results).error == ""
        for worker in workers:
            worker.kill()
        with pytest.raises(OrgChartError, match=r"^the cluster has had no worker for 1 seconds; start one with: dask "):
            list(results)
    finally:
        client.close()


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
