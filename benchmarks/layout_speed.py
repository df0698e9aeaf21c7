"""Numbers of units, in; how long the layout alone and the whole process take, and how both grow, beside dot, out.

    python benchmarks/layout_speed.py --write

All that is compared is measured in turn in one run. The layout alone is timed inside a process of its own, from the
first call of ``lay_out`` to the return of the last, added up over the calls.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from measure import LIMIT, ROOT, Cell, Run, compile_package, measured
from ministries import as_bytes, ministry
from report import replaced, table
from trees import tree

MARKERS = ("<!-- layout-speed -->", "<!-- /layout-speed -->")
SIZES = (137, 1_000, 10_000, 100_000)
SHEET = "A3"
_MINISTRY = 137  # the one that the documents speak of
_PEERS = str(ROOT / "benchmarks" / "peers.py")
LAYOUT, WHOLE, DOT_LAYOUT, DOT_WHOLE = "lay_out", "units.json to SVG", "dot, layout", "dot, to SVG"
COLUMNS = (LAYOUT, DOT_LAYOUT, WHOLE, DOT_WHOLE)


@dataclass(slots=True)
class Speeds:
    """Everything one run measured, by number of units and column."""

    machine: str
    repeat: int
    limit: float
    cells: dict[tuple[int, str], Cell] = field(default_factory=dict)


def seconds_of_layout(units_path: str) -> float:
    """Seconds spent in ``lay_out`` while the chart is built on one sheet.

    All that this benchmark assumes of orgchart: whoever lays out, imports ``lay_out`` from ``orgchart.layout``.
    """
    import inspect

    import orgchart.layout

    real, spent = orgchart.layout.lay_out, 0.0

    def timed(*positional: object, **named: object) -> object:
        nonlocal spent
        started = time.perf_counter()
        try:
            return real(*positional, **named)  # type: ignore[arg-type]
        finally:
            spent += time.perf_counter() - started

    orgchart.layout.lay_out = timed  # type: ignore[assignment]
    whole = {"atlas": "never"} if "atlas" in inspect.signature(orgchart.build_chart).parameters else {}
    orgchart.build_chart(orgchart.load_units(units_path), page=SHEET, **whole)  # type: ignore[arg-type]
    if not spent:
        raise RuntimeError("orgchart.layout.lay_out was not called; what lays out now?")
    return spent


def main() -> int:
    asked = _arguments()
    if asked.only_layout:
        print(seconds_of_layout(asked.only_layout))
        return 0
    compile_package()
    speeds = Speeds(_machine(), asked.repeat, asked.limit)
    late: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted(asked.sizes):
            _measure(Path(folder), size, speeds, late)
    print(text := report(speeds))
    failed = [f"{where}: {cell.fault}" for where, cell in speeds.cells.items() if cell.fault not in ("", LIMIT)]
    for sentence in failed:
        print(sentence, file=sys.stderr)
    if asked.write and not failed:
        path = ROOT / "docs" / "benchmarks.md"
        path.write_text(replaced(path.read_text(encoding="utf-8"), text, MARKERS), encoding="utf-8")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the layout alone and the whole process, beside dot.")
    parser.add_argument("--sizes", type=lambda text: tuple(map(int, text.replace("_", "").split(","))), default=SIZES)
    parser.add_argument("--repeat", type=int, default=5, help="runs of each, default 5")
    parser.add_argument("--limit", type=float, default=120, help="seconds after which a run is stopped, default 120")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--only-layout", metavar="UNITS", help="print the seconds of one layout")
    return parser.parse_args()


def _measure(folder: Path, size: int, speeds: Speeds, late: set[str]) -> None:
    """Every column of one size in rounds, so that a slow moment of the machine hits all.

    What was stopped at the limit is not tried at larger sizes; what took the limit in sum is not repeated.
    """
    units, source = folder / f"{size}.json", folder / f"{size}.dot"
    units.write_bytes(as_bytes(ministry(size) if size == _MINISTRY else tree(size)))
    subprocess.run([sys.executable, _PEERS, "source", str(units), str(source)], check=True)
    boxes_only = folder / f"{size}.boxes.dot"  # lines that need no way round boxes, so that places are all it works out
    boxes_only.write_text(source.read_text("utf-8").replace("{\n", '{\n\tsplines=""\n', 1), encoding="utf-8")
    commands = {WHOLE: _render(units, folder / "own.svg")}
    if shutil.which("dot"):
        commands[DOT_LAYOUT] = (
            ["dot", "-Tplain", str(boxes_only), "-o", str(folder / "dot.plain")],
            folder / "dot.plain",
        )
        commands[DOT_WHOLE] = (["dot", "-Tsvg", str(source), "-o", str(folder / "dot.svg")], folder / "dot.svg")
    cells = {name: Cell([Run(speeds.limit, 0.0, LIMIT)] if name in late else []) for name in (LAYOUT, *commands)}
    for _ in range(speeds.repeat):
        for name, cell in cells.items():
            if cell.fault or cell.total_seconds >= speeds.limit:
                continue
            if name == LAYOUT:
                run = _layout_run(units, speeds.limit)
            else:
                run = measured(commands[name][0], speeds.limit, commands[name][1])
            cell.runs.append(run)
    late |= {name for name, cell in cells.items() if cell.fault == LIMIT}
    for name, cell in cells.items():
        speeds.cells[size, name] = cell
        print(f"{size:,} units, {name}: {cell.fault or f'{cell.seconds:.3f} s'}", file=sys.stderr, flush=True)


def _layout_run(units: Path, limit: float) -> Run:
    command = [sys.executable, __file__, "--only-layout", str(units)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return Run(limit, 0.0, LIMIT)
    if done.returncode:
        return Run(0.0, 0.0, f"exit {done.returncode}: {done.stderr.strip().splitlines()[-1]}")
    return Run(float(done.stdout), 0.0)


def _render(units: Path, out: Path) -> tuple[list[str], Path]:
    options = ["render", str(units), "-o", str(out.parent), "-f", "svg", "--name", out.stem, "--page", SHEET]
    known = subprocess.run([sys.executable, "-m", "orgchart", "render", "--help"], capture_output=True, text=True)
    if "--atlas" in known.stdout:
        options += ["--atlas", "never"]
    return [sys.executable, "-m", "orgchart", *options], out


def report(speeds: Speeds) -> str:
    """The table, and how it was measured."""
    sizes = sorted({size for size, _ in speeds.cells})
    names = [name for name in COLUMNS if any((size, name) in speeds.cells for size in sizes)]
    header = ["Units"]
    for name in names:
        header += [name, "growth"] if name in (LAYOUT, WHOLE) else [name, "÷"]
    rows = []
    for before, size in zip([None, *sizes], sizes, strict=False):
        row = [f"{size:,}"]
        for name in names:
            cell = speeds.cells[size, name]
            row.append(_time(cell, speeds.limit))
            if name in (LAYOUT, WHOLE):
                row.append(_growth(speeds, before, size, name))
            else:
                row.append(_ratio(speeds.cells[size, LAYOUT if name == DOT_LAYOUT else WHOLE], cell, speeds.limit))
        rows.append(row)
    return (
        f"{speeds.machine}. The chart on one {SHEET} sheet; {_MINISTRY} units are the invented ministry of "
        f"[Legibility](legibility.md), more are governments of several ministries. Each figure is the median of up to "
        f"{speeds.repeat} runs, fewer where they took {speeds.limit:g} s together. growth: the exponent *e* of "
        "time ~ units^*e* from the line above. ÷: orgchart divided by dot.\n\n" + table(header, rows)
    )


def _time(cell: Cell, limit: float) -> str:
    if cell.fault:
        return f">{limit:g} s" if cell.fault == LIMIT else "fails"
    return f"{cell.seconds:.3f} s" if cell.seconds < 1 else f"{cell.seconds:.2f} s"


def _growth(speeds: Speeds, before: int | None, size: int, name: str) -> str:
    if before is None or speeds.cells[before, name].fault or speeds.cells[size, name].fault:
        return "–"
    times = speeds.cells[size, name].seconds / speeds.cells[before, name].seconds
    return f"{math.log(times) / math.log(size / before):.2f}"


def _ratio(own: Cell, dot: Cell, limit: float) -> str:
    if own.fault or dot.fault not in ("", LIMIT):
        return "–"
    ratio = own.seconds / dot.seconds
    shown = f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2g}"
    return f"<{shown}" if dot.fault else shown


def _machine() -> str:
    dot = subprocess.run(["dot", "-V"], capture_output=True, text=True, check=False) if shutil.which("dot") else None
    version = re.search(r"version (\S+)", dot.stderr + dot.stdout) if dot else None
    beside = f"Graphviz {version[1]}" if version else "no Graphviz"
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{system}; Python {platform.python_version()}; {beside}"


if __name__ == "__main__":
    sys.exit(main())
