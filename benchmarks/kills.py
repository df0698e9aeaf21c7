"""How often to kill a command, in; how many files were torn, and how often the next run left other bytes, out.

    python benchmarks/kills.py --count 1000 --write

Builds, renders and embeds are ended by SIGKILL, in turn, after their input has changed: at a random moment, half of all
just when they write. Every file must then be whole, as it was before or as it will be, and the command after it must
leave the same bytes as one that nobody disturbed. Exits with 1 where that fails.
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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reliability import kept_figures

ROOT = Path(__file__).resolve().parent.parent
PROJECT = '[defaults]\nformats = ["svg", "dot"]\n[charts.one]\n[charts.two]\nstyle = "print"\n'
UNITS = '{{"units": [{{"id": "top", "level": "sector", "name": "{name}"}},\n{branches}]}}\n'
BRANCH = '{{"id": "b{number}", "parent": "top", "level": "group", "name": "Group {number}"}}'
NAMES = ("First", "Second")
SHOWN_AFTER = 50
REPORT = "# Report\n\n<!-- orgchart:one -->\n\nText.\n"


@dataclass
class Scene:
    """A command, the folder that it writes into, and what its inputs are in either version."""

    words: tuple[str, ...]
    into: str
    change: Callable[[Path, str], object]
    whole: list[Mapping[str, bytes]] = field(default_factory=list)
    took: float = 0.0


def set_units(folder: Path, name: str) -> None:
    branches = ",\n".join(BRANCH.format(number=number) for number in range(8))
    (folder / "units.json").write_text(UNITS.format(name=name, branches=branches), encoding="utf-8")


def set_chart(folder: Path, name: str) -> None:
    """The chart that the reports show, drawn once in each version."""
    chart = folder / "charts" / "one.svg"
    drawn = folder / f"{name}.svg"
    if not drawn.exists():
        set_units(folder, name)
        words = ("render", "units.json", "-o", "charts", "--name", "one", "--format", "svg", "--page", "none")
        begun(folder, words).wait()
        drawn.write_bytes(chart.read_bytes())
    chart.write_bytes(drawn.read_bytes())


SCENES: Mapping[str, Callable[[], Scene]] = {
    "build": lambda: Scene(("build", "--jobs", "1"), "output", set_units),
    "render": lambda: Scene(
        ("render", "units.json", "-o", "output", "--name", "c", "--format", "svg,dot,csv"), "output", set_units
    ),
    "embed": lambda: Scene(
        ("embed", "reports/a.md", "reports/b.html", "--charts", "charts", "--no-backup"), "reports", set_chart
    ),
}


def begun(folder: Path, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "orgchart", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def made(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("[!.]*")}


def wait_until_it_writes(folder: Path, run: subprocess.Popen[bytes]) -> None:
    """Until an unfinished file is there, or the command has ended."""
    while run.poll() is None and not any(folder.glob(".*.part")):
        time.sleep(0.0005)


def begin(folder: Path, scene: Scene) -> None:
    folder.mkdir()
    (folder / "orgchart.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "reports").mkdir()
    (folder / "reports" / "a.md").write_text(REPORT, encoding="utf-8")
    (folder / "reports" / "b.html").write_text(f"<html><body>{REPORT}</body></html>\n", encoding="utf-8")
    for version in NAMES:
        scene.change(folder, version)
        start = time.monotonic()
        begun(folder, scene.words).wait()
        scene.took = time.monotonic() - start
        scene.whole.append(made(folder / scene.into))


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill commands at random moments and look at what they leave.")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--commands", default="build,render,embed", help="of build, render and embed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    asked = parser.parse_args()
    moments = random.Random(asked.seed)
    torn = other = disturbed = parts = 0
    names = asked.commands.split(",")
    with tempfile.TemporaryDirectory() as name:
        scenes = {each: SCENES[each]() for each in names}
        for each, scene in scenes.items():
            begin(Path(name) / each, scene)
        for kill in range(asked.count):
            each = names[kill % len(names)]
            folder, scene = Path(name) / each, scenes[each]
            version, into = kill // len(names) % 2, folder / scene.into
            scene.change(folder, NAMES[version])
            run = begun(folder, scene.words)
            # Most of a run is loading and drawing: at random moments hardly one would be met while it writes.
            if kill // len(names) % 4 < 2:
                time.sleep(moments.uniform(0.0, 1.1 * scene.took))
            else:
                wait_until_it_writes(into, run)
                time.sleep(moments.choice((0.0, moments.uniform(0.0, 0.01))))
            disturbed += run.poll() is None
            run.send_signal(signal.SIGKILL)
            run.wait()
            unfinished = list(into.glob(".orgchart-*.part"))
            parts += len(unfinished)
            for file, content in made(into).items():
                if not file.endswith(".json") and content not in [whole[file] for whole in scene.whole]:
                    torn += 1
                    print(f"kill {kill}: {file} is torn, {len(content)} bytes")
            if each != "build":  # which clears them itself
                for file in unfinished:
                    file.unlink(missing_ok=True)
            begun(folder, scene.words).wait()
            if made(into) != scene.whole[version] or list(into.glob(".orgchart-*.part")):
                other += 1
                print(f"kill {kill}: the next {each} leaves other bytes")
            if kill + 1 == asked.count or not (kill + 1) % SHOWN_AFTER:
                done = f"{kill + 1:,} runs of `{'`, `'.join(names)}`, {disturbed} of them killed before they ended"
                found = f"{torn} files torn, {other} reruns with other bytes"
                print(f"{done}: {found}, {parts} unfinished files beside their places", flush=True)
                if asked.write:
                    kept_figures("kills", "Killed at a random moment", done, found)
    return int(torn > 0 or other > 0)


if __name__ == "__main__":
    sys.exit(main())
