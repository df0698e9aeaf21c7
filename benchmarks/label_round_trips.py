"""How many labels to make at random, in; those that Graphviz does not show letter by letter, out.

    python benchmarks/label_round_trips.py 1000000

Each name goes the way of every chart: escaped into DOT, read and drawn by the Graphviz of the pygraphviz wheel, and
taken from the text of its SVG. Exits with 1 where one is changed.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.reliability import write_section
from orgchart.drawing import Drawing, Rectangle, UnitMark, Words
from orgchart.formats.dot import dot_source

SVG = "{http://www.w3.org/2000/svg}"
BATCH = 5_000
REDRAW = (
    "import sys, pygraphviz\n"
    "graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode())\n"
    "sys.stdout.buffer.write(graph.draw(prog='nop2', format='svg'))\n"
)
# What has a meaning in DOT, in Graphviz' labels, in HTML or in SVG, and letters of all kinds between.
PIECES = (
    '"', "\\", "&", "#", "x41", "amp;", "lt;", "quot;", "nbsp;", "#0;", "#x1;", "#xD800;", "<b>", "</b>", "<br/>", "<",
    ">", "<![CDATA[", "]]>", "<!--", "-->", "->", "--", "/*", "*/", "//", ";", "{", "}", "|", "[", "]", "=", "+", "'",
    "%s", "{0}", "$x", "`", "\\N", "\\G", "\\E", "\\T", "\\H", "\\L", "\\n", "\\l", "\\r", "node", "graph", "strict",
    *"lNGETHLnr:1 ~^_@!?.,", "Ш", "ђ", "Џ", "é", "e\u0301", "ß", "İ", "中", "ש", "ع", "👩\u200d💻", "\u200b", "\u202e",
    "\U0010fffd", "\ue000", "\u0378",
)  # fmt: skip
BOX = Rectangle(10, 10, 100, 40, "#ffffff", "#1f3a5f", 1.0, "solid", "square")


def names(chance: random.Random, count: int) -> list[tuple[str, ...]]:
    """Names of one line, and every third of two or three; none is blank."""
    made = []
    for number in range(count):
        lines = []
        for _ in range(chance.choice((2, 3)) if number % 3 == 0 else 1):
            if chance.random() < 0.3:
                line = "".join(map(_character, chance.choices(range(0x20, 0x2_FFFF), k=chance.randint(1, 20))))
            else:
                line = "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
            lines.append(line if line.strip() else f"x{line}x")
        made.append(tuple(lines))
    return made


def _character(code: int) -> str:
    """What may stand in a name: no control characters, surrogates or noncharacters, and no separators of lines."""
    forbidden = 0x7F <= code <= 0xA0 or 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF
    return "ш" if forbidden or code & 0xFFFE == 0xFFFE or code in (0x2028, 0x2029) else chr(code)


def shown(lines: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """What stands in the boxes of Graphviz' picture, in the order of the names."""
    marks = tuple(
        UnitMark(f"u{number}", "group", BOX, tuple(Words(line, 60, 30, 10, False, False, "#101010") for line in text))
        for number, text in enumerate(lines)
    )
    page = Drawing(300.5, 200.25, "#fefefe", "PT Sans", "sr", (), (), "#555555", 0.75, "solid", marks, ())
    done = subprocess.run(
        [sys.executable, "-c", REDRAW], input=dot_source(page).encode(), capture_output=True, check=True
    )
    drawn = {
        group.findtext(f"{SVG}title"): tuple(
            (line.text or "").replace("\u00a0", " ") for line in group.iter(f"{SVG}text")
        )
        for group in ElementTree.fromstring(done.stdout).iter(f"{SVG}g")
        if group.get("class") == "node"
    }
    return (drawn.get(f"n{number}", ()) for number in range(1, len(lines) + 1))


def main() -> int:
    parser = argparse.ArgumentParser(description="Send names through DOT and Graphviz and look at what it draws.")
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    begun = time.monotonic()
    changed = done = 0
    while done < asked.count:
        wanted = names(chance, min(BATCH, asked.count - done))
        for name, drawn in zip(wanted, shown(wanted), strict=True):
            if name != drawn:
                changed += 1
                if changed <= 20:
                    print(f"{name!r} is shown as {drawn!r}", flush=True)
        done += len(wanted)
    took = time.monotonic() - begun
    line = f"{done:,} labels through DOT, Graphviz and SVG in {took:.0f} s: {changed:,} changed"
    print(line)
    if asked.write:
        write_section("labels", f"{line}.")
    return int(changed > 0)


if __name__ == "__main__":
    sys.exit(main())
