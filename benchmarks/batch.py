"""How many rulebooks, in; how long ``orgchart batch`` takes for them on one core, on two, and on a Dask cluster, out.

    python benchmarks/batch.py --count 1000 --write

The rulebooks are made at random. Each way starts with an empty output folder, all ways take turns, and each must leave
the same bytes. The cluster is a scheduler and two workers of one thread on this machine; once more, one of the workers
is killed by SIGKILL when half of the charts are there, and its nanny starts another. What a file costs beside the work
on it is measured on units files of one unit that are checked and not drawn. Exits with 1 where bytes differ.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measure import ROOT, Cell, compile_package, measured
from report import replaced, table

sys.path.insert(0, str(ROOT))

from tests.rulebook_writer import make

MARKERS = ("<!-- batch -->", "<!-- /batch -->")
ONE, TWO, DASK, KILLED = "one core", "two cores", "Dask, two workers", "Dask, a worker killed midway"
_LIMIT_SECONDS = 3_600
_TINY = 2_000
# For the command and the processes that it starts.
_ON_ONE_CORE = (
    "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); os.execv(sys.argv[1], sys.argv[1:])"
)
_UNIT = '{{"units": [{{"id": "top", "level": "sector", "name": "Unit {number}"}}]}}\n'


@dataclass(slots=True)
class Measured:
    """cells: by way; digests: of all that each run left; tiny: seconds for a file that takes no work, by way."""

    cells: dict[str, Cell] = field(default_factory=dict)
    digests: set[str] = field(default_factory=set)
    tiny: dict[str, float] = field(default_factory=dict)
    killed: int = 0
    read_bytes: int = 0
    made_bytes: int = 0
    work_seconds: float = 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how long a batch takes.")
    parser.add_argument("--count", type=int, default=1_000, help="rulebooks, default 1000")
    parser.add_argument("--tiny", type=int, default=_TINY, help="units files of one unit, default 2000")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, default 3")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/batch.md")
    asked = parser.parse_args()
    compile_package()
    with tempfile.TemporaryDirectory() as name, cluster(Path(name)) as (address, nannies):
        folder = Path(name)
        (folder / "rulebooks").mkdir()
        for number in range(asked.count):
            text, _ = make(random.Random(number))
            (folder / "rulebooks" / f"rulebook-{number:06}.txt").write_text(text, encoding="utf-8")
        (folder / "tiny").mkdir()
        for number in range(asked.tiny):
            (folder / "tiny" / f"{number:06}.json").write_text(_UNIT.format(number=number), encoding="utf-8")
        found = measure(folder, address, nannies, asked.count, asked.tiny, asked.repeat)
    text = report(found, asked.count, asked.tiny, asked.repeat)
    print(text)
    faults = [cell.fault for cell in found.cells.values() if cell.fault]
    if faults or len(found.digests) != 1:
        print(f"failed: {faults or 'other bytes'}", file=sys.stderr)
        return 1
    if asked.write:
        path = ROOT / "docs" / "batch.md"
        path.write_text(replaced(path.read_text(encoding="utf-8"), text, MARKERS), encoding="utf-8")
    return 0


def measure(
    folder: Path, address: str, nannies: Sequence[subprocess.Popen[bytes]], count: int, tiny: int, repeat: int
) -> Measured:
    found = Measured()
    out = folder / "out"
    there = ["--scheduler", address]
    ways = {ONE: ["--jobs", "1"], TWO: ["--jobs", "2"], DASK: there, KILLED: there}
    for _ in range(repeat):
        for way, words in ways.items():
            shutil.rmtree(out, ignore_errors=True)
            with contextlib.ExitStack() as stack:
                if way == KILLED:
                    stack.enter_context(killing(out, count // 2, nannies[0], found))
                run = measured(batch(way, folder / "rulebooks", out, *words), _LIMIT_SECONDS, out / "batch.report.json")
            found.cells.setdefault(way, Cell()).runs.append(run)
            print(f"{way}: {run.seconds:.1f} s {run.fault}", file=sys.stderr)
            found.digests.add(digest(out))
            if way == ONE:
                files = json.loads((out / "batch.report.json").read_bytes())["files"]
                found.work_seconds = sum(file["seconds"] for file in files) / count
    found.read_bytes = sum(path.stat().st_size for path in (folder / "rulebooks").iterdir()) // count
    found.made_bytes = sum(path.stat().st_size for path in out.glob("rulebook*")) // count
    for way in (ONE, TWO, DASK):
        seconds = []
        for _ in range(repeat):
            times = []
            for files in (tiny, 1):
                shutil.rmtree(out, ignore_errors=True)
                names = folder / "list"
                names.write_text("".join(f"{folder}/tiny/{number:06}.json\n" for number in range(files)))
                command = batch(way, names, out, *ways[way], "--format", "units")
                times.append(measured(command, _LIMIT_SECONDS).seconds)
            seconds.append((times[0] - times[1]) / (tiny - 1))
        found.tiny[way] = statistics.median(seconds)
    return found


def batch(way: str, inputs: Path, out: Path, *words: str) -> list[str]:
    command = [sys.executable, "-m", "orgchart", "batch", str(inputs), "-o", str(out), *words]
    return [sys.executable, "-c", _ON_ONE_CORE, *command] if way == ONE else command


def digest(out: Path) -> str:
    """Of the names and bytes of all that was made, and of the journal."""
    whole = hashlib.sha256()
    for path in sorted(out.glob("[!.]*")):
        if not path.name.startswith("batch.report"):
            whole.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and the nannies of its two workers."""
    file = folder / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def begun(program: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(file)]
        return subprocess.Popen(
            [*command, *words, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    started = [begun("dask_scheduler", "--port", "0")]
    try:
        while not file.exists():
            time.sleep(0.1)
        nannies = [begun("dask_worker", "--nthreads", "1") for _ in range(2)]
        started += nannies
        yield json.loads(file.read_text())["address"], nannies
    finally:
        import psutil

        # A nanny whose worker was killed may not end when it is asked to.
        ending = [each for process in started for each in psutil.Process(process.pid).children(recursive=True)]
        for process in (*started, *ending):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        for process in started:
            process.wait()


@contextlib.contextmanager
def killing(out: Path, charts: int, nanny: subprocess.Popen[bytes], found: Measured) -> Iterator[None]:
    """Kill the nanny's worker as soon as there are so many charts."""
    import psutil

    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            if out.is_dir() and sum(1 for _ in out.glob("*.svg")) >= charts:
                children = psutil.Process(nanny.pid).children(recursive=True)
                workers = [each for each in children if "resource_tracker" not in str(each.cmdline())]
                for worker in workers:
                    worker.kill()
                found.killed += bool(workers)
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def report(found: Measured, count: int, tiny: int, repeat: int) -> str:
    one = found.cells[ONE].seconds
    rows = []
    for way, cell in found.cells.items():
        rate, faster = count / cell.seconds, one / cell.seconds
        rows.append([way, f"{cell.seconds:.1f} s", f"{faster:.2f} ×", f"{rate:.1f}", f"{cell.memory_mb:.0f} MB"])
    runs = f"the median of {repeat} runs" if repeat > 1 else "a single run"
    all_runs = len(found.cells) * repeat
    said = (
        f"{count:,} rulebooks made at random, {found.read_bytes:,} bytes each; of each its units, review and SVG,\n"
        f"{found.made_bytes:,} bytes. Python {platform.python_version()}, {os.cpu_count()} shared cores; {runs}, the\n"
        "whole command; memory is that of its largest process here."
    )
    same = (
        f"All {all_runs} batches left the same bytes, and a worker was killed in {found.killed} of {repeat}.\n"
        f"The work on one rulebook took {found.work_seconds * 1000:.0f} ms."
    )
    costs = [[way, f"{seconds * 1000:.2f} ms"] for way, seconds in found.tiny.items()]
    tail = f"A file that takes no work: of {tiny:,} units files with one unit, only checked, each took"
    blocks = [said, table(["Way", "Time", "Times as fast", "Rulebooks a second", "Memory"], rows), same]
    return "\n\n".join([*blocks, tail, table(["Way", "Each"], costs)])


if __name__ == "__main__":
    sys.exit(main())
