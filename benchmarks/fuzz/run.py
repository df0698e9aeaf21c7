"""A target and seconds, in; how many inputs atheris tried, and a file for each finding, out.

    python benchmarks/fuzz/run.py units --seconds 300
    python benchmarks/fuzz/run.py units --again finding/crash-…

Needs atheris, which is no dependency of the project: it has no wheels for every platform. Exits with 1 at a finding: an
exception that is no OrgChartError, thirty seconds for one input, or more than 2 GB.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
SECONDS_FOR_ONE = 30
MEMORY_MB = 2048
CHILD = "--child"


def fuzz(target: str, words: list[str]) -> None:
    """In the child: never returns, for libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["orgchart"]):
        from benchmarks.fuzz.targets import one_input

    atheris.Setup([sys.argv[0], *words], lambda content: one_input(target, content))
    atheris.Fuzz()


def again(target: str, file: Path) -> int:
    """One input, without atheris: its traceback, or nothing."""
    from benchmarks.fuzz.targets import one_input

    one_input(target, file.read_bytes())
    print(f"{target}: {file.name} is accepted, or refused in a sentence")
    return 0


def run(target: str, seconds: int, corpus: Path, findings: Path) -> int:
    from benchmarks.fuzz.seeds import write_seeds

    seeds = write_seeds(target, corpus)
    findings.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [
            sys.executable, __file__, target, CHILD, str(corpus), f"-max_total_time={seconds}",
            f"-artifact_prefix={findings}/{target}-", f"-timeout={SECONDS_FOR_ONE}", f"-rss_limit_mb={MEMORY_MB}",
            "-print_final_stats=1", "-max_len=60000", "-verbosity=1",
        ],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    said = done.stdout.decode("utf-8", "replace")
    count = re.findall(r"number_of_executed_units:\s*(\d+)", said)
    edges = re.findall(r"cov: (\d+)", said)
    print(
        f"{target}: {int(count[-1]) if count else 0:,} inputs in {seconds} s from {seeds} seeds, "
        f"{edges[-1] if edges else '?'} branches reached, {'a finding' if done.returncode else 'no finding'}",
        flush=True,
    )
    if done.returncode:
        print(said[-6000:])
    return int(done.returncode != 0)


def main() -> int:
    if CHILD in sys.argv:
        fuzz(sys.argv[1], sys.argv[sys.argv.index(CHILD) + 1 :])
    from benchmarks.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(description="Fuzz one of the readers of foreign files.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what was found to be of interest")
    parser.add_argument("--findings", type=Path, default=Path("findings"))
    parser.add_argument("--again", type=Path, metavar="FILE", help="only try this input")
    asked = parser.parse_args()
    if asked.again:
        return again(asked.target, asked.again)
    with tempfile.TemporaryDirectory() as folder:
        return run(asked.target, asked.seconds, asked.corpus or Path(folder), asked.findings)


if __name__ == "__main__":
    sys.exit(main())
