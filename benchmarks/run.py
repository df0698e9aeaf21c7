"""Sizes and formats, in; tables of time and peak memory from units.json to finished file, beside others, out.

    python benchmarks/run.py --sizes 9,100 --formats svg --repeat 3

Every number is the median of whole processes started in this one run. orgchart stands beside a floor (a Python process
that reads the JSON and writes the same bytes), beside the ``dot`` found on the path, and beside the ``dot`` inside
pygraphviz, both drawing the same tree.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from measure import LIMIT, NOT_RUN, ROOT, Cell, Run, compile_package, measured, measured_in_turn
from report import DOT, FLOOR, ORGCHART, PYGRAPHVIZ, Machine, Results, full, replaced, summary
from trees import SHAPES

FORMATS = ("dot", "svg", "pdf", "png")
SIZES = (9, 100, 1_000, 10_000)
SEED_FILE = ROOT / "data" / "units.json"
SEED_SIZE = 9
_PEERS = str(ROOT / "benchmarks" / "peers.py")
_TREES = str(ROOT / "benchmarks" / "trees.py")
_START_UP_ROUNDS = 3  # times --repeat: these runs are short, and noise is a larger part of them


def main() -> int:
    asked = _arguments()
    compile_package()
    with tempfile.TemporaryDirectory() as folder:
        results = Results(
            machine=_machine(),
            shape=asked.shape,
            repeat=asked.repeat,
            limit=asked.limit,
            start_up=_start_up(Path(folder), asked.repeat * _START_UP_ROUNDS, asked.limit),
        )
        given_up: set[str] = set()
        for size in sorted(asked.sizes):
            for format_name, cells in _sized(Path(folder), size, asked, results, given_up):
                results.cells[size, format_name] = cells
                _tell(f"{size} units to {format_name}: " + ", ".join(f"{name} {_short(cells[name])}" for name in cells))
    print(full(results))
    if asked.json:
        asked.json.write_text(json.dumps(_raw(results), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    failed = [(where, cells[ORGCHART].fault) for where, cells in results.cells.items() if cells[ORGCHART].fault]
    for (size, format_name), fault in failed:
        _tell(f"orgchart failed, {size} units to {format_name}: {fault}")
    if asked.write and not failed:
        for path, block in ((ROOT / "README.md", summary(results)), (ROOT / "docs" / "benchmarks.md", full(results))):
            path.write_text(replaced(path.read_text(encoding="utf-8"), block), encoding="utf-8")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure orgchart from units.json to each format, beside others.")
    parser.add_argument(
        "--sizes", type=_whole_numbers, default=SIZES, help="numbers of units, 9,100,1000,10000 if left out"
    )
    parser.add_argument("--formats", type=_formats, default=FORMATS, help="default dot,svg,pdf,png")
    parser.add_argument("--shape", choices=SHAPES, default="ministry", help="shape of the invented trees")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each command, default 5")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which a run is stopped, default 60")
    parser.add_argument("--json", type=Path, help="file for every single run")
    parser.add_argument(
        "--write",
        action="store_true",
        help="put the tables into README.md and docs/benchmarks.md, unless orgchart failed",
    )
    asked = parser.parse_args()
    if asked.repeat < 1 or asked.limit <= 0:
        parser.error("--repeat must be 1 or more, and --limit more than 0")
    return asked


def _whole_numbers(text: str) -> tuple[int, ...]:
    sizes = tuple(int(part) for part in text.replace("_", "").split(","))
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError("sizes are 1 or more")
    return sizes


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(text.split(","))
    if unknown := set(wanted) - set(FORMATS):
        raise argparse.ArgumentTypeError(f"no format {', '.join(sorted(unknown))}; there are {', '.join(FORMATS)}")
    return wanted


def _orgchart(units: Path, format_name: str, out: Path) -> list[str]:
    # One page, as the peers draw: an atlas would be measured by its number of pages.
    wanted = ["render", str(units), "-o", str(out.parent), "-f", format_name, "--name", out.stem, "--atlas", "never"]
    return [sys.executable, "-m", "orgchart", *wanted]


def _start_up(folder: Path, rounds: int, limit: float) -> dict[str, Cell]:
    out = folder / "start.svg"
    render = _orgchart(SEED_FILE, "svg", out)
    measured(render, limit)  # compiles the .pyc files and fills the disk cache
    version = [sys.executable, "-m", "orgchart", "--version"]
    return measured_in_turn(
        {
            'python -c "pass"': ([sys.executable, "-c", "pass"], None),
            'python -c "import networkx"': ([sys.executable, "-c", "import networkx"], None),
            "orgchart --version": (version, None),
            "orgchart render data/units.json -f svg": (render, out),
        },
        rounds,
        limit * rounds,
    )


def _sized(
    folder: Path, size: int, asked: argparse.Namespace, results: Results, given_up: set[str]
) -> Iterator[tuple[str, dict[str, Cell]]]:
    """The cells of every format at one size. A program that was stopped at the limit is not tried at larger sizes."""
    units, tree = folder / f"{size}.json", folder / f"{size}.dot"
    if size == SEED_SIZE:
        shutil.copyfile(SEED_FILE, units)
    else:
        _made([_TREES, str(size), "--shape", asked.shape], units)
    _made([_PEERS, "source", str(units), str(tree)])
    late: set[str] = set()
    for format_name in asked.formats:
        finished = folder / f"finished.{format_name}"
        commands = _commands(folder, units, tree, format_name, finished, results.machine)
        cells = {name: Cell([Run(asked.limit, 0.0, LIMIT)]) for name in given_up}
        if ORGCHART not in given_up:
            # Once beforehand: the floor needs the bytes, and all that is read is then in the disk cache.
            first = measured(_orgchart(units, format_name, finished), asked.limit, finished)
            if first.fault:
                cells[ORGCHART] = Cell([first])
        if ORGCHART in cells:
            cells[FLOOR] = Cell([Run(0.0, 0.0, NOT_RUN)])
        running = {name: command for name, command in commands.items() if name not in cells}
        cells |= measured_in_turn(running, asked.repeat, asked.limit)
        late |= {name for name, cell in cells.items() if cell.fault == LIMIT}
        yield format_name, {name: cells[name] for name in commands}
    given_up |= late


def _commands(
    folder: Path, units: Path, tree: Path, format_name: str, finished: Path, machine: Machine
) -> dict[str, tuple[Sequence[str], Path]]:
    """Each program's command and the file it writes."""
    outs = {name: folder / f"{name}.{format_name}" for name in (ORGCHART, FLOOR, DOT, PYGRAPHVIZ)}
    commands: dict[str, Sequence[str]] = {
        ORGCHART: _orgchart(units, format_name, outs[ORGCHART]),
        FLOOR: [sys.executable, _PEERS, "floor", str(units), str(finished), str(outs[FLOOR])],
    }
    if machine.dot:
        commands[DOT] = ["dot", f"-T{format_name}", str(tree), "-o", str(outs[DOT])]
    if machine.pygraphviz:
        commands[PYGRAPHVIZ] = [sys.executable, _PEERS, "graphviz", str(tree), format_name, str(outs[PYGRAPHVIZ])]
    return {name: (command, outs[name]) for name, command in commands.items()}


def _made(arguments: Sequence[str], out: Path | None = None) -> None:
    done = subprocess.run([sys.executable, *arguments], capture_output=out is not None, check=True)
    if out is not None:
        out.write_bytes(done.stdout)


def _machine() -> Machine:
    wheel = _said([sys.executable, "-c", "import pygraphviz; print(pygraphviz.__graphviz_version__)"]).strip()
    dot = re.search(r"version (\S+)", _said(["dot", "-V"])) if shutil.which("dot") else None
    return Machine(
        system=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        python=platform.python_version(),
        dot=dot[1] if dot else "",
        pygraphviz=wheel,
    )


def _said(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr) if done.returncode == 0 else ""


def _raw(results: Results) -> dict[str, object]:
    return {
        "machine": asdict(results.machine),
        "shape": results.shape,
        "limit": results.limit,
        "start_up": {name: [asdict(run) for run in cell.runs] for name, cell in results.start_up.items()},
        "runs": [
            {"units": size, "format": format_name, "program": name, "runs": [asdict(run) for run in cell.runs]}
            for (size, format_name), cells in results.cells.items()
            for name, cell in cells.items()
        ],
    }


def _short(cell: Cell) -> str:
    return cell.fault or f"{cell.seconds:.2f} s"


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
