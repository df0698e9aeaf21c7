"""Numbers of units, in; what the whole road from units.json to SVG takes beside its peers, and how it grows, out.

    python benchmarks/scale.py --write

Programs that are compared run in turn, in rounds. Given are the wall time and the CPU time of each whole process: the
latter changes little when the machine is busy, so ratios are of CPU time. A peer does the same job: it reads the same
JSON, lays out and writes SVG; only Graphviz gets DOT, made beforehand. The slow ones run once, up to a quarter of the
limit. ``--before`` is what ``--json`` wrote earlier.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure import LIMIT, ROOT, Cell, compile_package, measured, measured_in_turn
from peer_layouts.install import install_peers
from peer_layouts.node_layouts import NODE_FOLDER
from report import replaced, table
from trees import tree

MARKERS = ("<!-- scale -->", "<!-- /scale -->")
SIZES = (1_000, 10_000, 100_000)
MEMORY_SIZES = (10_000, 50_000, 100_000)
FORMAT_SIZES = (10_000, 100_000)
FORMATS = ("svg", "dot", "html", "pdf")
SHAPES = {"chain": (2_500, 5_000, 10_000), "flat": (5_000, 10_000, 20_000), "random": (5_000, 10_000, 20_000)}
SHAPES_SAID = {"chain": "a chain", "flat": "a star, all below one", "random": "uneven, at random"}
OWN, FLEXTREE, TIDY, PINNED = "orgchart", "d3-flextree", "bare tidy tree in Python", "`neato -n2` on our DOT"
DOT, NEWER_DOT, MRTREE, LAYERED = "`dot`", "`dot` in pygraphviz", "ELK mrtree", "ELK layered"
SLOW = (DOT, NEWER_DOT, MRTREE, LAYERED)
_BEFORE = ROOT / "benchmarks" / "data" / "scale_before.json"
_PDF_SIZE = 1_000
_START_UP_ROUNDS = 3  # times --repeat: these runs are short, and noise is a larger part of them
_REFERENCE, _SEED = 'python -c "import networkx"', "orgchart render data/units.json -f svg"

Command = tuple[Sequence[str], Path | None]
Cells = Mapping[str, Cell]


def main() -> int:
    asked = _arguments()
    compile_package()
    install_peers(_tell)
    before = json.loads(asked.before.read_text(encoding="utf-8")) if asked.before.exists() else {}
    with tempfile.TemporaryDirectory() as name:
        folder, late = Path(name), set[str]()
        start_up = _told("start-up", measured_in_turn(_start_up(folder), asked.repeat * _START_UP_ROUNDS, 60))
        roads = {}
        for size in asked.sizes:
            commands = {name: job for name, job in _commands(folder, size).items() if name not in late}
            quick = {name: job for name, job in commands.items() if name not in SLOW}
            slow = {name: job for name, job in commands.items() if name in SLOW}
            cells = measured_in_turn(quick, asked.repeat, asked.limit) | measured_in_turn(slow, 1, asked.limit / 4)
            roads[size] = _told(f"{size:,} units", cells)
            late |= {name for name, cell in roads[size].items() if cell.fault == LIMIT}
        pdf = _told("PDF", measured_in_turn(_to_pdf(folder), asked.repeat, asked.limit))
        formats = {size: _told(f"{size:,}", _to_formats(folder, size, asked.limit)) for size in FORMAT_SIZES}
        memory = _grown(folder, "ministry", MEMORY_SIZES, 1, asked.limit)
        shapes = {shape: _grown(folder, shape, sizes, asked.repeat, asked.limit) for shape, sizes in SHAPES.items()}
    own = _own_figures(start_up, roads, pdf)
    text = "\n\n".join(
        [
            f"{_machine()}. Median of up to {asked.repeat} runs; fewer where they took {asked.limit:g} s together.",
            _before_and_after(own, before),
            "**Beside the others.** ÷ is orgchart's CPU time divided by the other's.",
            _roads(roads),
            "**All formats**: orgchart alone, once each.",
            _formats(formats),
            "**Growth**: the exponent *e* of CPU time ~ units^*e* and of peak memory, from the line above.",
            _growth({"a government": memory} | {SHAPES_SAID[shape]: cells for shape, cells in shapes.items()}),
        ]
    )
    print(text)
    if asked.json:
        asked.json.write_text(json.dumps(own, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if asked.write:
        path = ROOT / "docs" / "performance.md"
        path.write_text(replaced(path.read_text(encoding="utf-8"), text, MARKERS), encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the road from units.json to SVG for many units.")
    parser.add_argument("--sizes", type=lambda text: tuple(map(int, text.replace("_", "").split(","))), default=SIZES)
    parser.add_argument("--repeat", type=int, default=5, help="runs of each, default 5")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which a run is stopped, default 60")
    parser.add_argument("--before", type=Path, default=_BEFORE, help="figures of an earlier version to show beside")
    parser.add_argument("--json", type=Path, help="file for orgchart's own figures, for a later --before")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    return parser.parse_args()


def _render(units: Path, out: Path, form: str) -> Command:
    words = ["render", str(units), "-o", str(out.parent), "-f", form, "--name", out.stem, "--atlas", "never"]
    return [sys.executable, "-m", "orgchart", *words], out


def _units(folder: Path, size: int, shape: str = "ministry") -> Path:
    path = folder / f"{shape}-{size}.json"
    if not path.exists():
        path.write_text(json.dumps(tree(size, shape), ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _start_up(folder: Path) -> dict[str, Command]:
    return {
        _REFERENCE: ([sys.executable, "-c", "import networkx"], None),
        _SEED: _render(ROOT / "data" / "units.json", folder / "seed.svg", "svg"),
    }


def _commands(folder: Path, size: int) -> dict[str, Command]:
    """Each program's command and the file it writes, for as many as are on this machine."""
    units, plain, pinned = _units(folder, size), folder / f"{size}.plain.dot", folder / f"{size}.dot"
    commands = {
        OWN: _render(units, folder / "own.svg", "svg"),
        TIDY: ([sys.executable, str(ROOT / "benchmarks" / "tidy_tree.py"), str(units), str(folder / "tidy.svg")], None),
    }
    if shutil.which("node") and (NODE_FOLDER / "node_modules").exists():
        for name, layout in ((FLEXTREE, "flextree"), (MRTREE, "mrtree"), (LAYERED, "layered")):
            out = folder / f"{layout}.svg"
            commands[name] = ["node", str(NODE_FOLDER / "draw.mjs"), layout, str(units), str(out)], out
    peers = str(ROOT / "benchmarks" / "peers.py")
    subprocess.run([sys.executable, peers, "source", str(units), str(plain)], check=True)
    measured(_render(units, pinned, "dot")[0], 600)
    if shutil.which("dot"):
        commands[PINNED] = ["neato", "-n2", "-Tsvg", str(pinned), "-o", str(folder / "pinned.svg")], None
        commands[DOT] = ["dot", "-Tsvg", str(plain), "-o", str(folder / "dot.svg")], None
    newer = [sys.executable, peers, "graphviz", str(plain), "svg", str(folder / "newer.svg")]
    if subprocess.run([sys.executable, "-c", "import pygraphviz"], capture_output=True, check=False).returncode == 0:
        commands[NEWER_DOT] = newer, None
    return commands


def _to_pdf(folder: Path) -> dict[str, Command]:
    units, svg = _units(folder, _PDF_SIZE), folder / "same.svg"
    measured(_render(units, svg, "svg")[0], 60)
    commands = {"orgchart, units.json to PDF": _render(units, folder / "own.pdf", "pdf")}
    commands["orgchart, units.json to SVG"] = _render(units, folder / "own.svg", "svg")
    if shutil.which("rsvg-convert"):
        commands["rsvg-convert, SVG to PDF"] = (
            ["rsvg-convert", "-f", "pdf", "-o", str(folder / "r.pdf"), str(svg)],
            None,
        )
    return commands


def _to_formats(folder: Path, size: int, limit: float) -> dict[str, Cell]:
    commands = {form: _render(_units(folder, size), folder / f"format.{form}", form) for form in FORMATS}
    return measured_in_turn(commands, 1, 4 * limit)


def _formats(formats: Mapping[int, Cells]) -> str:
    header = ["Format", *(f"{size:,}: {what}" for size in formats for what in ("CPU", "memory"))]
    rows = [
        [form.upper(), *(said for cells in formats.values() for said in _cpu_and_memory(cells[form]))]
        for form in FORMATS
    ]
    return table(header, rows)


def _cpu_and_memory(cell: Cell) -> tuple[str, str]:
    return ("stopped", "") if cell.fault else (_seconds(cell.cpu_seconds), f"{cell.memory_mb:.0f} MB")


def _grown(folder: Path, shape: str, sizes: Sequence[int], repeat: int, limit: float) -> dict[int, Cell]:
    """orgchart alone at several sizes of a shape, in turn."""
    commands = {str(size): _render(_units(folder, size, shape), folder / "own.svg", "svg") for size in sizes}
    cells = _told(shape, measured_in_turn(commands, repeat, limit))
    return {int(size): cell for size, cell in cells.items()}


def _own_figures(start_up: Cells, roads: Mapping[int, Cells], pdf: Cells) -> dict[str, dict[str, float]]:
    """What is told of orgchart, by its name in the table."""
    figures = {}
    reference = start_up[_REFERENCE]
    for name, cells in {_SEED: start_up, **{f"{size:,} units to SVG": cells for size, cells in roads.items()}}.items():
        own = cells.get(OWN) or cells[_SEED]
        peer = reference if name == _SEED else cells.get(FLEXTREE)
        figures[name] = _figures(own) | ({} if peer is None or peer.fault else {"ratio": _ratio(own, peer)})
    peer = pdf.get("rsvg-convert, SVG to PDF")
    whole = pdf["orgchart, units.json to PDF"]
    figures[f"{_PDF_SIZE:,} units to PDF"] = _figures(whole) | ({} if peer is None else {"ratio": _ratio(whole, peer)})
    # What rsvg-convert does: it is given the SVG.
    picture = pdf["orgchart, units.json to SVG"]
    cpu = round(whole.cpu_seconds - picture.cpu_seconds, 3)
    figures[f"{_PDF_SIZE:,} units to PDF, less those to SVG"] = {
        "wall": round(whole.seconds - picture.seconds, 3), "cpu": cpu, "memory": round(whole.memory_mb),
    } | ({} if peer is None else {"ratio": round(cpu / peer.cpu_seconds, 2)})  # fmt: skip
    return figures


def _figures(cell: Cell) -> dict[str, float]:
    return {"wall": round(cell.seconds, 3), "cpu": round(cell.cpu_seconds, 3), "memory": round(cell.memory_mb)}


def _ratio(own: Cell, peer: Cell) -> float:
    return round(own.cpu_seconds / peer.cpu_seconds, 2)


def _before_and_after(own: Mapping[str, Mapping[str, float]], before: Mapping[str, Mapping[str, float]]) -> str:
    peers = {_SEED: "`import networkx`"} | {name: "d3-flextree" for name in own if name.endswith(" units to SVG")}
    rows = []
    for name, now in own.items():
        was = before.get(name, {})
        row = [f"`{name}`" if name == _SEED else name]
        for figures in (was, now):
            row += [_seconds(figures["wall"]), _seconds(figures["cpu"])] if figures else ["–", "–"]
            row.append(f"{figures['ratio']:.2f}" if "ratio" in figures else "–")
            row.append(f"{figures['memory']:.0f} MB" if figures else "–")
        rows.append([*row, peers.get(name, "rsvg-convert, same SVG")])
    after = ["wall", "CPU", "÷", "memory"]
    return table(
        ["Whole process", *(f"before: {after[0]}", *after[1:]), *(f"now: {after[0]}", *after[1:]), "÷ is by"], rows
    )


def _roads(roads: Mapping[int, Cells]) -> str:
    names = list(dict.fromkeys(name for cells in roads.values() for name in cells))
    header = ["Program"]
    for size in roads:
        header += [f"{size:,}: wall", "CPU", "memory", "÷"]
    rows = []
    for name in names:
        row = [name]
        for cells in roads.values():
            cell = cells.get(name)
            if cell is None or cell.fault:
                row += ["–" if cell is None else "stopped" if cell.fault == LIMIT else "fails", "", "", ""]
                continue
            ratio = "" if name == OWN else f"{_ratio(cells[OWN], cell):.2f}"
            row += [_seconds(cell.seconds), _seconds(cell.cpu_seconds), f"{cell.memory_mb:.0f} MB", ratio]
        rows.append(row)
    return table(header, rows)


def _growth(grown: Mapping[str, Mapping[int, Cell]]) -> str:
    rows = []
    for said, cells in grown.items():
        smaller: tuple[int, Cell] | None = None
        for size, cell in cells.items():
            exponents = ["–", "–"]
            if smaller is not None:
                steps = math.log(size / smaller[0])
                exponents = [
                    f"{math.log(now / was) / steps:.2f}"
                    for now, was in (
                        (cell.cpu_seconds, smaller[1].cpu_seconds),
                        (cell.memory_mb, smaller[1].memory_mb),
                    )
                ]
            time, memory = _seconds(cell.cpu_seconds), f"{cell.memory_mb:.0f} MB"
            rows.append([said, f"{size:,}", time, exponents[0], memory, exponents[1]])
            smaller = (size, cell)
    return table(["Units", "how many", "CPU", "*e*", "memory", "*e*"], rows)


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"


def _told(what: str, cells: Cells) -> Cells:
    for name, cell in cells.items():
        shown = cell.fault or f"{cell.seconds:.2f} s, CPU {cell.cpu_seconds:.2f} s, {cell.memory_mb:.0f} MB"
        _tell(f"{what}, {name}: {shown}")
    return cells


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
