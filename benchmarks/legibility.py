"""Real and invented public bodies, in; how well they can be read on paper by orgchart and its peers, out.

    python benchmarks/legibility.py --write

Every layouter gets the same boxes, gaps and margins, and every setting of its that helps; for each figure its best one
counts. --write puts the tables into docs/legibility.md and README.md, and the pictures into docs/legibility/.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from legibility_figures import LEGIBLE_PT, Sheet, best_sheet, poster_sheets, scale_on, share_covered, text_on, unlike
from legibility_pictures import Panel, write_pictures
from legibility_tables import SHEET_NAMES, Figures, Measured, full, summary
from measure import ROOT
from ministries import as_bytes, ministry
from peer_layouts import own
from peer_layouts.graphviz_dot import installed_dots
from peer_layouts.install import install_peers
from peer_layouts.node_layouts import installed_node_layouts
from peer_layouts.placed import Body, MissingError, Placed, StoppedError, body_of
from peer_layouts.plantuml_wbs import installed_plantuml
from peer_layouts.sizes import BoxSet, box_sets
from report import replaced

from orgchart.styles import SpacingStyle, StyleSheet, load_style
from orgchart.text import Font, load_font

MARKERS = ("<!-- legibility -->", "<!-- /legibility -->")
DATA = ROOT / "benchmarks" / "data"
REAL = {
    "seed": ("the sector of `data/units.json`", ROOT / "data" / "units.json"),
    "berlin": ("Berlin’s finance administration", DATA / "berlin_finance.units.json"),
    "swiss": ("Swiss federal administration", DATA / "swiss_federal.units.json"),
}
MINISTRIES = (("sectors", 30), ("sectors", 137), ("sectors", 600), ("flat", 80), ("deep", 150), ("uneven", 200),
              ("leaves", 250))  # fmt: skip
SEED = 1
PICTURED = ("sectors-137", "berlin")


class Peer(Protocol):
    """A layouter that is not orgchart."""

    @property
    def name(self) -> str: ...

    def variants(self, body: Body, sets: list[BoxSet], spacing: SpacingStyle, seconds: float) -> Sequence[Placed]: ...

    def drawn(
        self, body: Body, sets: list[BoxSet], spacing: SpacingStyle, chosen: Placed, seconds: float
    ) -> Placed: ...


def main() -> int:
    asked = _arguments()
    if asked.install:
        install_peers(_tell)
    styles = load_style(own.STYLE)
    font = load_font(styles.font)
    peers, missing = _installed()
    for sentence in missing:
        _tell(f"missing: {sentence}")
    measured = Measured(own.has_atlas(), tuple(missing))
    with tempfile.TemporaryDirectory() as folder:
        for key, body in _bodies(Path(folder), asked.bodies).items():
            panels = _measure(key, body, peers, styles, font, asked.limit, measured)
            if asked.write and key in PICTURED:
                write_pictures(key, body, panels, styles, ROOT / "docs" / "legibility")
    print(full(measured))
    if asked.json:
        asked.json.write_text(json.dumps(measured.raw(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if asked.write:
        for path, block in ((ROOT / "README.md", summary), (ROOT / "docs" / "legibility.md", full)):
            text = replaced(path.read_text(encoding="utf-8"), block(measured), MARKERS)
            path.write_text(text, encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    keys = [*REAL, *(f"{shape}-{size}" for shape, size in MINISTRIES)]
    parser = argparse.ArgumentParser(description="Measure how well charts can be read on paper, beside other layouts.")
    parser.add_argument("--bodies", default=",".join(keys), help=f"which to draw, default {','.join(keys)}")
    parser.add_argument("--limit", type=float, default=120, help="seconds that a peer has for one chart, default 120")
    parser.add_argument("--no-install", dest="install", action="store_false", help="measure with what is there")
    parser.add_argument("--json", type=Path, help="file for all figures")
    parser.add_argument("--write", action="store_true", help="write tables and pictures into the documents")
    asked = parser.parse_args()
    asked.bodies = asked.bodies.split(",")
    if unknown := set(asked.bodies) - set(keys):
        parser.error(f"no body {', '.join(sorted(unknown))}; there are {', '.join(keys)}")
    if asked.write and asked.bodies != keys:
        parser.error("--write needs all bodies, for a table never mixes runs")
    return asked


def _installed() -> tuple[list[Peer], list[str]]:
    """The peers of this machine, and what is not there."""
    peers: list[Peer] = []
    missing = []
    finders: Sequence[Callable[[], Sequence[Peer]]] = (installed_dots, installed_node_layouts, installed_plantuml)
    for find in finders:
        try:
            peers += find()
        except MissingError as error:
            missing.append(str(error))
    return peers, missing


def _bodies(folder: Path, wanted: Sequence[str]) -> dict[str, Body]:
    bodies = {key: body_of(path, name) for key, (name, path) in REAL.items() if key in wanted}
    for shape, size in MINISTRIES:
        if (key := f"{shape}-{size}") in wanted:
            path = folder / f"{key}.units.json"
            path.write_bytes(as_bytes(ministry(size, shape, SEED)))
            bodies[key] = body_of(path, f"invented ministry, {shape}")
    return bodies


def _measure(
    key: str, body: Body, peers: Sequence[Peer], styles: StyleSheet, font: Font, limit: float, measured: Measured
) -> list[Panel]:
    """Add the figures of one body; the charts on A3, ready for pictures, come back."""
    started = time.perf_counter()
    mine = {name: own.one_sheet(body, name) for name in SHEET_NAMES}
    _tell(f"{key}, orgchart: {mine['A3'].placed.text_pt:.2f} pt on A3, {time.perf_counter() - started:.1f} s")
    measured.add(key, body, "orgchart", _own_figures(body, mine))
    sets = box_sets(body, styles, font, own.own_widths(mine["A3"]))
    panels = [Panel("orgchart", mine["A3"].placed, mine["A3"].sheet, 1.0, mine["A3"].svg)]
    for peer in peers:
        started = time.perf_counter()
        try:
            found = list(peer.variants(body, sets, styles.spacing, limit))
        except StoppedError as error:
            _tell(f"{key}, {peer.name}: {error}")
            measured.add(key, body, peer.name, Figures(fault=str(error)))
            continue
        best = max(found, key=lambda placed: text_on("A3", placed))
        sheet = best_sheet("A3", best.size)
        scale = scale_on(sheet, best.size)
        measured.add(key, body, peer.name, _figures(body, found, best, sheet))
        _tell(f"{key}, {peer.name}: {text_on('A3', best):.2f} pt on A3, {time.perf_counter() - started:.1f} s")
        if key in PICTURED:
            drawn = peer.drawn(body, sets, styles.spacing, best, limit)
            panels.append(Panel(peer.name, drawn, sheet, scale, None))
    return panels


def _own_figures(body: Body, charts: dict[str, own.OwnChart]) -> Figures:
    a3 = charts["A3"]
    atlases = {name: own.atlas(body, name, chart, LEGIBLE_PT) for name, chart in charts.items()}
    odd, families = unlike(body, a3.placed.boxes)
    return Figures(
        text={name: chart.placed.text_pt for name, chart in charts.items()},
        sheets={name: found.pages for name, found in atlases.items() if found},
        index_pages={name: found.index_pages for name, found in atlases.items() if found},
        atlas_text={name: found.text_pt for name, found in atlases.items() if found},
        covered=share_covered(list(a3.placed.boxes.values()), 1.0, a3.sheet),
        unlike=odd,
        families=families,
        settings=a3.placed.settings,
    )


def _figures(body: Body, found: Sequence[Placed], best: Placed, sheet: Sheet) -> Figures:
    odd, families = unlike(body, best.boxes)
    return Figures(
        text={name: max(text_on(name, placed) for placed in found) for name in SHEET_NAMES},
        sheets={name: min(poster_sheets(name, placed) for placed in found) for name in SHEET_NAMES},
        covered=share_covered(list(best.boxes.values()), scale_on(sheet, best.size), sheet),
        unlike=odd,
        families=families,
        settings=best.settings,
    )


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
