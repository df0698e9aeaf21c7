"""A command and a time limit, in; the wall time and peak memory of the whole process, out. Linux and macOS."""

from __future__ import annotations

import compileall
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, kilobytes elsewhere

LIMIT, NOT_RUN = "limit", "not run"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall time in seconds, peak resident memory in MB (10⁶ bytes) of the largest process in it.

    fault: empty, LIMIT where it was stopped at the time limit, NOT_RUN, or why it failed. cpu_seconds: of the process
    itself, in user and system mode together, which other work on the machine changes least.
    """

    seconds: float
    memory_mb: float
    fault: str = ""
    cpu_seconds: float = 0.0


@dataclass(slots=True)
class Cell:
    """All runs of one command in one table cell."""

    runs: list[Run] = field(default_factory=list)

    @property
    def fault(self) -> str:
        return next((run.fault for run in self.runs if run.fault), "")

    @property
    def seconds(self) -> float:
        return statistics.median(run.seconds for run in self.runs)

    @property
    def cpu_seconds(self) -> float:
        return statistics.median(run.cpu_seconds for run in self.runs)

    @property
    def memory_mb(self) -> float:
        return statistics.median(run.memory_mb for run in self.runs)

    @property
    def total_seconds(self) -> float:
        return sum(run.seconds for run in self.runs)


def compile_package() -> None:
    """Compile orgchart's modules as pip does when it installs, so that no run is charged for it."""
    compileall.compile_dir(ROOT / "orgchart", quiet=1)


def measured(command: Sequence[str], limit: float, out: Path | None = None) -> Run:
    """Run the command once, its output thrown away. Where ``out`` is named, the file must then be there, not empty."""
    if out is not None:
        out.unlink(missing_ok=True)
    launch = [sys.executable, "-I", "-S", str(ROOT / "benchmarks" / "launch.py"), str(limit), *command]
    done = subprocess.run(launch, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} could not be started: {done.stderr.strip().splitlines()[-1]}")
    took, worked, most, status = done.stdout.split()
    seconds, code = float(took), os.waitstatus_to_exitcode(int(status))
    fault = ""
    if seconds >= limit:
        fault = LIMIT
    elif code < 0:
        fault = signal.Signals(-code).name
    elif code:
        fault = f"exit {code}: {(done.stderr.strip().splitlines() or [''])[-1]}"
    elif out is not None and not (out.exists() and out.stat().st_size):
        fault = "no output"
    return Run(seconds, int(most) * _RSS_UNIT / 1e6, fault, float(worked))


def measured_in_turn(
    commands: Mapping[str, tuple[Sequence[str], Path | None]], repeat: int, limit: float
) -> dict[str, Cell]:
    """Every command ``repeat`` times, one after the other in rounds, so that a slow moment of the machine hits all.

    A command is not run again once it has failed or its runs have taken ``limit`` seconds together.
    """
    cells = {name: Cell() for name in commands}
    for _ in range(repeat):
        for name, (command, out) in commands.items():
            cell = cells[name]
            if not cell.fault and cell.total_seconds < limit:
                cell.runs.append(measured(command, limit, out))
    return cells
