"""Megabytes of rulebook text, in; how long ``orgchart read`` takes for them, how much memory, and how both grow, out.

    python benchmarks/reading_speed.py --write

The text is rulebooks made at random, one after the other, each with units of its own. Time and memory are of the whole
process, the writing of units.json included.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import random
import re
import sys
import tempfile
from pathlib import Path

from measure import ROOT, Cell, measured
from report import replaced, table

sys.path.insert(0, str(ROOT))

from orgchart.script import to_latin
from tests.rulebook_writer import AREAS, make

MARKERS = ("<!-- reading-speed -->", "<!-- /reading-speed -->")
SIZES_MB = (1.25, 2.5, 5.0, 10.0)
_LIMIT_SECONDS = 300
_LETTERS = "абвгдежзиклмнопрстћуфхцчш"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how long reading takes.")
    parser.add_argument("--sizes", type=lambda text: tuple(map(float, text.split(","))), default=SIZES_MB)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, default 3")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reading.md")
    asked = parser.parse_args()
    cells: dict[float, Cell] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            source, out = Path(folder, f"{size}.txt"), Path(folder, "units.json")
            source.write_bytes(text_of_size(size))
            command = [sys.executable, "-m", "orgchart", "read", str(source), "-o", str(out)]
            cells[size] = Cell([measured(command, _LIMIT_SECONDS, out) for _ in range(asked.repeat)])
            print(f"{size} MB: {cells[size].seconds:.1f} s, {cells[size].memory_mb:.0f} MB {cells[size].fault}")
    # Exit code 1 is a fault of the text, and a text made at random may have one.
    failed = [cell.fault for cell in cells.values() if cell.fault and not cell.fault.startswith("exit 1: fault")]
    text = report(cells, asked.repeat)
    print(text)
    if asked.write and not failed:
        path = ROOT / "docs" / "reading.md"
        path.write_text(replaced(path.read_text(encoding="utf-8"), text, MARKERS), encoding="utf-8")
    return int(bool(failed))


def text_of_size(megabytes: float) -> bytes:
    """Rulebooks until there are so many bytes; each has a word of its own in the names of its units."""
    parts: list[bytes] = []
    length = 0
    for number, letters in enumerate(itertools.product(_LETTERS, repeat=4)):
        word = "краја" + "".join(letters)
        text, _ = make(random.Random(number))
        latin = "poslove" in text
        word = to_latin(word) if latin else word
        for area in AREAS:
            area = to_latin(area) if latin else area
            text = text.replace(area, f"{area} {word}")
        text = re.sub(r"(?<=[еe]) (послове|poslove)", rf" \1 {word}", text)
        text = re.sub("(културе|kulture)", rf"\1 {word}", text)
        parts.append(text.encode())
        length += len(parts[-1])
        if length >= megabytes * 1e6:
            break
    return b"".join(parts)


def report(cells: dict[float, Cell], repeat: int) -> str:
    """The table; growth is against the line before."""
    rows = []
    before: tuple[float, Cell] | None = None
    for size, cell in cells.items():
        growth = (
            "" if before is None else f"{cell.seconds / before[1].seconds:.2f} × for {size / before[0]:g} × the text"
        )
        rows.append([f"{size:g} MB", f"{cell.seconds:.1f} s", growth, f"{cell.memory_mb:.0f} MB"])
        before = size, cell
    runs = f"the median of {repeat} runs" if repeat > 1 else "a single run"
    said = f"Python {platform.python_version()}, {os.cpu_count()} shared cores; {runs}."
    return said + "\n\n" + table(["Text", "Time", "Growth", "Peak memory"], rows)


if __name__ == "__main__":
    sys.exit(main())
