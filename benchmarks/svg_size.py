"""Units files of several sizes, in; how many bytes an SVG takes for each unit, in orgchart's ways and its peers', out.

    python benchmarks/svg_size.py
    python benchmarks/svg_size.py --write      the table into docs/svg.md

D2 and Mermaid need: npm ci in benchmarks/svg_peers (Mermaid also Chromium); PlantUML and Graphviz: Debian's packages of
these names. D2 and Mermaid take minutes for more than 200 units and are not asked. Each peer is given the same names,
levels and parents, in its own language, and draws by its usual settings. Fonts count as they come: D2 puts its own
inside, Mermaid, PlantUML and Graphviz name a family.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from ministries import as_bytes, ministry
from report import replaced, table

from orgchart import build_chart, render
from orgchart.units import UnitFile, load_units, parse_units

HERE = Path(__file__).parent
DOCUMENT = HERE.parent / "docs" / "svg.md"
MARKERS = ("<!-- sizes:begin -->", "<!-- sizes:end -->")
_WIDTH = 26  # of a line in a peer that breaks none by itself, in letters
# The budget: what the file may take for each unit, at 1,000 units.
BUDGET = {"web": 1100, "office": 1100, "plain": 420}


def main(arguments: list[str]) -> int:
    files = {
        9: load_units(HERE.parent / "data" / "units.json"),
        69: load_units(HERE / "data" / "berlin_finance.units.json"),
        137: parse_units(as_bytes(ministry(137)), "ministry.json"),
        1000: parse_units(as_bytes(ministry(1000)), "ministry.json"),
    }
    sizes = {name: {count: draw(file) for count, file in files.items()} for name, draw in DRAWERS.items()}
    header = ["SVG, bytes for each unit", *(f"{count:,} units" for count in files)]
    rows = [
        [name, *("–" if size is None else f"{size / count:,.0f}" for count, size in found.items())]
        for name, found in sizes.items()
    ]
    shown = table(header, rows)
    print(shown)
    if "--write" in arguments:
        DOCUMENT.write_text(replaced(DOCUMENT.read_text(encoding="utf-8"), shown, MARKERS), encoding="utf-8")
    most = files[1000].units
    over = {way: size for way, budget in BUDGET.items() if (size := own_size(sizes, way)) > budget * len(most)}
    for way, size in over.items():
        print(f"{way}: {size / len(most):,.0f} bytes for each of {len(most)} units, over the budget of {BUDGET[way]}")
    return 1 if over else 0


def own_size(sizes: Mapping[str, Mapping[int, int | None]], way: str) -> int:
    found = next(of_size[1000] for name, of_size in sizes.items() if name.startswith(f"orgchart, {way}"))
    return found or 0


def own(way: str, font: bool) -> Callable[[UnitFile], int | None]:
    def draw(file: UnitFile) -> int:
        # Without functions and places in the text, of which the peers are told nothing.
        units = tuple(replace(unit, functions=(), source=None) for unit in file.units)
        told = file if font else replace(file, units=units)
        chart = build_chart(told, page="none", title="", legend=False, svg=way, embed_font=font)
        return len(render(chart, "svg"))

    return draw


def ran(command: list[str], text: str) -> int | None:
    if shutil.which(command[0]) is None:
        return None
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=300, cwd=HERE / "svg_peers")
    except subprocess.TimeoutExpired:
        return None
    return len(done.stdout) if done.returncode == 0 and b"<svg" in done.stdout else None


def numbers(file: UnitFile) -> dict[str, int]:
    return {unit.id: number for number, unit in enumerate(file.units)}


def by_graphviz(file: UnitFile) -> int | None:
    ids = numbers(file)
    lines = ['digraph { node [shape=box fontname="PT Sans"] edge [dir=none]']
    for unit in file.units:
        label = "\\n".join(json.dumps(line, ensure_ascii=False)[1:-1] for line in textwrap.wrap(unit.name, _WIDTH))
        lines.append(f'n{ids[unit.id]} [label="{label}"]')
        if unit.parent:
            lines.append(f"n{ids[unit.parent]} -> n{ids[unit.id]}")
    return ran(["dot", "-Tsvg"], "\n".join([*lines, "}"]))


def by_plantuml(file: UnitFile) -> int | None:
    depths: dict[str | None, int] = {None: 0}
    below: dict[str | None, list[Any]] = {}
    for unit in file.units:
        below.setdefault(unit.parent, []).append(unit)
    lines, waiting = ["@startwbs"], [*reversed(below[None])]
    while waiting:
        unit = waiting.pop()
        depths[unit.id] = depths[unit.parent] + 1
        lines.append("*" * depths[unit.id] + " " + "\\n".join(textwrap.wrap(unit.name, _WIDTH)))
        waiting += reversed(below.get(unit.id, []))
    return ran(["plantuml", "-DPLANTUML_LIMIT_SIZE=200000", "-tsvg", "-pipe"], "\n".join([*lines, "@endwbs"]))


def by_d2(file: UnitFile) -> int | None:
    ids = numbers(file)
    lines = [f"n{ids[unit.id]}: {json.dumps(unit.name, ensure_ascii=False)}" for unit in file.units]
    lines += [f"n{ids[unit.parent]} -- n{ids[unit.id]}" for unit in file.units if unit.parent]
    return ran(["node", "d2.mjs"], "\n".join(lines)) if len(ids) <= 200 else None


def by_mermaid(file: UnitFile) -> int | None:
    script = HERE / "svg_peers" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
    browser = shutil.which("chromium")
    if not script.exists() or browser is None or len(file.units) > 200:
        return None
    from playwright.sync_api import sync_playwright

    ids = numbers(file)
    lines = ["flowchart TB"]
    lines += [f'n{ids[unit.id]}["{unit.name.replace(chr(34), "#quot;")}"]' for unit in file.units]
    lines += [f"n{ids[unit.parent]} --- n{ids[unit.id]}" for unit in file.units if unit.parent]
    with sync_playwright() as programs:
        started = programs.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_page()
        page.set_content("<!DOCTYPE html><body></body>")
        page.add_script_tag(path=str(script))
        wishes = "{startOnLoad: false, maxEdges: 100000, maxTextSize: 10000000}"
        draw = f"async text => {{ mermaid.initialize({wishes}); return (await mermaid.render('chart', text)).svg; }}"
        svg = page.evaluate(draw, "\n".join(lines))
        started.close()
    return len(svg.encode())


DRAWERS: Mapping[str, Callable[[UnitFile], int | None]] = {
    "orgchart, web, with font, functions and places in the text": own("web", True),
    "orgchart, web, names only": own("web", False),
    "orgchart, office, names only": own("office", False),
    "orgchart, plain": own("plain", False),
    "Graphviz (dot)": by_graphviz,
    "PlantUML (WBS)": by_plantuml,
    "D2": by_d2,
    "Mermaid": by_mermaid,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
