"""How often to kill a build, in; how many files were torn, and how often the next build left other bytes, out.

    python benchmarks/kills.py --count 200

Each time, the units file has changed, a build draws two charts in all formats by two processes, and is ended by SIGKILL
at a random moment, every second one just when it writes. Every file must then be whole, as it was before or as it will
be, and a build after it must leave the same bytes as one that nobody disturbed. Exits with 1 where that fails.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = '[charts.one]\n[charts.two]\nstyle = "print"\n'
UNITS = '{{"units": [{{"id": "top", "level": "sector", "name": "{name}"}},\n{branches}]}}\n'
BRANCH = '{{"id": "b{number}", "parent": "top", "level": "group", "name": "Group {number}"}}'
NAMES = ("First", "Second")


def begun(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "orgchart", "build", "--jobs", "2"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def made(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "output").glob("[!.]*")}


def seconds_until_it_writes(folder: Path, build: subprocess.Popen[bytes]) -> float:
    """Wait until an unfinished file is there, or the build has ended."""
    start = time.monotonic()
    while build.poll() is None and not any((folder / "output").glob(".*.part")):
        time.sleep(0.0005)
    return time.monotonic() - start


def set_units(folder: Path, name: str) -> None:
    branches = ",\n".join(BRANCH.format(number=number) for number in range(8))
    (folder / "units.json").write_text(UNITS.format(name=name, branches=branches), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill builds at random moments and look at what they leave.")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    moments = random.Random(asked.seed)
    torn = other = disturbed = parts = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "orgchart.toml").write_text(PROJECT, encoding="utf-8")
        whole = []
        for version in NAMES:
            set_units(folder, version)
            start = time.monotonic()
            begun(folder).wait()
            took = time.monotonic() - start
            whole.append(made(folder))
        for kill in range(asked.count):
            version = kill % 2
            set_units(folder, NAMES[version])
            build = begun(folder)
            # Most of a build is loading and drawing: at random moments hardly one would be met while it writes.
            if kill % 4 < 2:
                time.sleep(moments.uniform(0.0, 1.1 * took))
            else:
                took = seconds_until_it_writes(folder, build)
                time.sleep(moments.choice((0.0, moments.uniform(0.0, 0.05))))
            disturbed += build.poll() is None
            build.send_signal(signal.SIGKILL)
            build.wait()
            parts += sum(1 for _ in (folder / "output").glob(".orgchart-*.part"))
            for file, content in made(folder).items():
                if file.endswith(".json"):
                    continue
                if content not in [each[file] for each in whole]:
                    torn += 1
                    print(f"kill {kill}: {file} is torn, {len(content)} bytes")
            begun(folder).wait()
            if made(folder) != whole[version] or list((folder / "output").glob(".orgchart-*.part")):
                other += 1
                print(f"kill {kill}: the next build leaves other bytes")
    print(
        f"{asked.count} builds, {disturbed} of them killed before they ended: {torn} torn files, {parts} unfinished "
        f"ones cleared, {other} times other bytes after the next build"
    )
    return int(torn > 0 or other > 0)


if __name__ == "__main__":
    sys.exit(main())
