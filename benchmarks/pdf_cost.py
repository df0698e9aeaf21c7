"""Sizes of invented bodies, in; what their PDF costs in time, memory and bytes, with and without tags, as a table, out.

    python benchmarks/pdf_cost.py 1000 10000

Each figure is the median of several runs, each a process of its own, from the units file to the written file on one
page of its own size (of A0 where a PDF page cannot be that large). The last row is librsvg's PDF of the same SVG, which
has no tags, no bookmarks and whatever font it finds; it is left out where rsvg-convert is not installed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure import ROOT, Cell, compile_package, measured
from trees import tree

_RUNS = 3
_LIMIT_S = 600.0
# What is run inside: the same chart for all; only what is written differs.
_PROGRAM = """
import sys
sys.path.insert(0, {root!r})
from orgchart.chart import build_chart
from orgchart.formats import svg, pdf
from orgchart.units import load_units
chart = build_chart(load_units({units!r}), page={page!r}, embed_font=False)
{write}
open({out!r}, "wb").write(content)
"""
_WAYS: Mapping[str, str] = {
    "SVG": "content = svg.write_svg(chart, chart.pages[0])",
    "PDF, tagged": "content = pdf.write_pdf(chart)",
    "PDF without tags": "content = pdf._written(chart, tagged=False)",
}


def main(sizes: Sequence[int]) -> None:
    compile_package()
    print("| Units | File | Bytes | Seconds | Memory, MB |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            _one_size(size, Path(folder))


def _one_size(size: int, folder: Path) -> None:
    units = folder / f"{size}.json"
    units.write_text(json.dumps(tree(size), ensure_ascii=False), encoding="utf-8")
    page = "none" if size <= 1000 else "A0"
    commands: dict[str, tuple[Sequence[str], Path]] = {}
    for way, write in _WAYS.items():
        out = folder / way.replace(" ", "-").replace(",", "")
        program = _PROGRAM.format(root=str(ROOT), units=str(units), page=page, write=write, out=str(out))
        commands[way] = [sys.executable, "-c", program], out
    if rsvg := shutil.which("rsvg-convert"):
        out = folder / "rsvg.pdf"
        commands["PDF by librsvg, from the SVG"] = [
            rsvg, "--unlimited", "-f", "pdf", "-o", str(out), str(folder / "SVG")
        ], out  # fmt: skip
    cells = {way: Cell() for way in commands}
    for _ in range(_RUNS):  # one of each in turn, so that what else the machine does is shared by all
        for way, (command, out) in commands.items():
            cells[way].runs.append(measured(command, _LIMIT_S, out))
    for way, (_, out) in commands.items():
        _print_row(size, way, cells[way], out)


def _print_row(size: int, way: str, cell: Cell, out: Path) -> None:
    if cell.fault:
        print(f"| {size:,} | {way} | {cell.fault} | | |")
        return
    print(f"| {size:,} | {way} | {out.stat().st_size:,} | {cell.seconds:.1f} | {cell.memory_mb:.0f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10000])
    main(parser.parse_args().sizes)
