"""Sized boxes, in; where Graphviz' dot places them, out: the dot of this machine, and the newer one in pygraphviz.

Settings: gaps as in orgchart's style, the file's order kept (ordering=out), edges below and above the boxes. Leaves on
one rank, or on two to six in turn, as ``unflatten -l N -f`` does by giving their edges a minlen of 1 to N.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from orgchart.styles import SpacingStyle
from peer_layouts.placed import Body, MissingError, Placed, Rect, Route, StoppedError
from peer_layouts.sizes import BoxSet

STAGGERS = (1, 2, 3, 4, 6)
_PEERS = Path(__file__).resolve().parent.parent / "peers.py"
_INCH = 72
_DOWN, _RIGHT = "TB", "LR"
_GRAPHVIZ_GAPS = {"nodesep": 0.25, "ranksep": 0.5}  # in, where none are given


class Program(NamedTuple):
    """One dot. bundled: it is called as ``peers.py graphviz``, not as dot itself."""

    version: str
    command: tuple[str, ...]
    bundled: bool


class Setting(NamedTuple):
    """One way to call dot; leaves stand on ``stagger`` ranks."""

    program: Program
    direction: str
    stagger: int
    boxes: BoxSet

    def words(self, directions: int) -> str:
        parts = [self.direction] if directions > 1 else []
        parts += [f"Graphviz {self.program.version}", self.boxes.name]
        parts += [f"leaves on {self.stagger} ranks in turn"] if self.stagger > 1 else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Dot:
    """All dots found, in some directions; ``tuned`` with orgchart's gaps and staggers, else with dot's own gaps."""

    name: str
    programs: tuple[Program, ...]
    directions: tuple[str, ...]
    tuned: bool

    def variants(self, body: Body, sets: list[BoxSet], spacing: SpacingStyle, seconds: float) -> Iterator[Placed]:
        """The chart in every setting that is done in time; StoppedError where that is none.

        After a setting that was stopped, the program is not tried with larger staggers, which take longer.
        """
        faults: dict[tuple[Program, str], str] = {}
        found = False
        for setting in self._settings(sets):
            if (setting.program, setting.direction) in faults:
                continue
            try:
                placed = self._placed(body, setting, spacing, seconds, routes=False)
            except StoppedError as error:
                faults[setting.program, setting.direction] = str(error)
                continue
            found = True
            yield placed
        if not found:
            raise StoppedError("; ".join(dict.fromkeys(faults.values())))

    def drawn(self, body: Body, sets: list[BoxSet], spacing: SpacingStyle, chosen: Placed, seconds: float) -> Placed:
        """A variant once more, with its edges as dot itself draws them."""
        settings = {setting.words(len(self.directions)): setting for setting in self._settings(sets)}
        return self._placed(body, settings[chosen.settings], spacing, seconds, routes=True)

    def _settings(self, sets: list[BoxSet]) -> list[Setting]:
        return [
            Setting(program, direction, stagger, boxes)
            for stagger in (STAGGERS if self.tuned else STAGGERS[:1])
            for program in self.programs
            for direction in self.directions
            for boxes in sets
        ]

    def _placed(self, body: Body, setting: Setting, spacing: SpacingStyle, seconds: float, *, routes: bool) -> Placed:
        down, boxes = setting.direction == _DOWN, setting.boxes
        gaps = _GRAPHVIZ_GAPS
        if self.tuned:
            between = spacing.sibling_gap_pt if down else spacing.column_gap_pt
            gaps = {"nodesep": between / _INCH, "ranksep": spacing.level_gap_pt / _INCH}
        middles, edges = _read(_run(setting.program, _source(body, setting, gaps, routes), seconds))
        found = {}
        for number, unit in enumerate(body.units):
            size, (x, y) = boxes.boxes[unit.id], middles[f"n{number}"]
            found[unit.id] = Rect(x - size.width / 2, y - size.height / 2, size.width, size.height)
        lines = {unit: size.lines for unit, size in boxes.boxes.items()}
        return Placed(found, lines, boxes.text_pt, setting.words(len(self.directions)), tuple(edges))


def installed_dots() -> list[Dot]:
    """dot from top to bottom, from left to right, and as it comes."""
    programs = []
    if shutil.which("dot"):
        said = subprocess.run(["dot", "-V"], capture_output=True, text=True, check=False)
        version = re.search(r"version (\S+)", said.stderr + said.stdout)
        programs.append(Program(version[1] if version else "", ("dot",), bundled=False))
    code = "import pygraphviz; print(pygraphviz.__graphviz_version__)"
    wheel = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if wheel.returncode == 0:
        programs.append(Program(wheel.stdout.strip(), (sys.executable, str(_PEERS), "graphviz"), bundled=True))
    if not programs:
        raise MissingError("Graphviz: no dot on the path, and pygraphviz cannot be imported")
    found = tuple(programs)
    return [
        Dot("dot TB", found, (_DOWN,), tuned=True),
        Dot("dot LR", found, (_RIGHT,), tuned=True),
        Dot("dot as it comes", found, (_DOWN, _RIGHT), tuned=False),
    ]


def _source(body: Body, setting: Setting, gaps: dict[str, float], routes: bool) -> str:
    down, boxes = setting.direction == _DOWN, setting.boxes.boxes
    ids = {unit.id: f"n{number}" for number, unit in enumerate(body.units)}
    splines = "polyline" if routes else '""'  # no routes are faster, and the boxes stand the same
    lines = [
        "digraph chart {",
        f'graph [rankdir={setting.direction} ordering=out nodesep="{gaps["nodesep"]:.5f}" '
        f'ranksep="{gaps["ranksep"]:.5f}" splines={splines}]',
        'node [shape=box fixedsize=true label="" margin=0]',
        f"edge [dir=none tailport={'s' if down else 'e'} headport={'n' if down else 'w'}]",
    ]
    for unit in body.units:
        size = boxes[unit.id]
        lines.append(f"{ids[unit.id]} [width={size.width / _INCH:.5f} height={size.height / _INCH:.5f}]")
    below = body.children()
    for parent, children in below.items():
        leaves = 0
        for child in children:
            length = 1
            if child.id not in below:
                length = leaves % setting.stagger + 1
                leaves += 1
            lines.append(f"{ids[parent]} -> {ids[child.id]}" + (f" [minlen={length}]" if length > 1 else ""))
    return "\n".join([*lines, "}\n"])


def _run(program: Program, source: str, seconds: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        tree, out = Path(folder) / "tree.dot", Path(folder) / "tree.plain"
        tree.write_text(source, encoding="utf-8")
        arguments = [str(tree), "plain", str(out)] if program.bundled else ["-Tplain", str(tree), "-o", str(out)]
        try:
            done = subprocess.run([*program.command, *arguments], capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired as error:
            raise StoppedError(f"stopped after {seconds:g} s") from error
        if done.returncode or not out.exists():
            raise StoppedError(f"failed with exit code {done.returncode}")
        return out.read_text(encoding="utf-8")


def _read(plain: str) -> tuple[dict[str, tuple[float, float]], list[Route]]:
    """Middles by name, and edges, from dot's plain format: inches, y up."""
    middles: dict[str, tuple[float, float]] = {}
    edges: list[Route] = []
    for line in plain.splitlines():
        words = line.split(" ")
        if words[0] == "node":
            middles[words[1]] = (float(words[2]) * _INCH, -float(words[3]) * _INCH)
        elif words[0] == "edge":
            numbers = [float(word) * _INCH for word in words[4 : 4 + 2 * int(words[3])]]
            points = tuple((x, -y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))
            edges.append(Route(points, curve=True))
    return middles, edges
