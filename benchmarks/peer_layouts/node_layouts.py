"""Sized boxes, in; where ELK and d3 place them, out. They run in Node, by ``node/place.mjs``.

Settings: gaps as in orgchart's style, downwards and to the right, the file's order kept, and what each offers against
wide charts: ELK mrtree with and without compaction; ELK layered plain, wrapped to the sheet's proportions in two ways,
and with its layers unzipped; d3 has no such setting.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orgchart.styles import SpacingStyle
from peer_layouts.placed import Body, MissingError, Placed, Rect, Route, StoppedError
from peer_layouts.sizes import BoxSet

NODE_FOLDER = Path(__file__).resolve().parent / "node"
_ASPECT = 2**0.5

Options = Mapping[str, str]


def _mrtree(down: bool, spacing: SpacingStyle) -> dict[str, Options]:
    # One distance parts siblings and levels alike; to the right, boxes stand above each other as in a column.
    gap = spacing.sibling_gap_pt if down else spacing.column_gap_pt
    plain = {
        "elk.algorithm": "mrtree",
        "elk.spacing.nodeNode": str(gap),
        "elk.mrtree.weighting": "MODEL_ORDER",
        "elk.padding": "[top=0,left=0,bottom=0,right=0]",
    }
    return {"": plain, "compaction": plain | {"elk.mrtree.compaction": "true"}}


def _layered(down: bool, spacing: SpacingStyle) -> dict[str, Options]:
    gap = spacing.sibling_gap_pt if down else spacing.column_gap_pt
    plain = {
        "elk.algorithm": "layered",
        "elk.spacing.nodeNode": str(gap),
        "elk.layered.spacing.nodeNodeBetweenLayers": str(spacing.level_gap_pt),
        "elk.layered.spacing.edgeNodeBetweenLayers": "8",
        "elk.layered.spacing.edgeEdgeBetweenLayers": "4",
        "elk.spacing.edgeNode": "6",
        "elk.spacing.edgeEdge": "4",
        "elk.edgeRouting": "ORTHOGONAL",
        "elk.layered.mergeEdges": "true",
        "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
        "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
        "elk.padding": "[top=0,left=0,bottom=0,right=0]",
    }
    aspect = {"elk.aspectRatio": str(_ASPECT)}
    return {
        "": plain,
        "layers unzipped": plain | {"elk.layered.layerUnzipping.strategy": "ALTERNATING"},
        "wrapping MULTI_EDGE": plain | aspect | {"elk.layered.wrapping.strategy": "MULTI_EDGE"},
        "wrapping SINGLE_EDGE": plain | aspect | {"elk.layered.wrapping.strategy": "SINGLE_EDGE"},
    }


def _none(down: bool, spacing: SpacingStyle) -> dict[str, Options]:
    return {"": {}}


@dataclass(frozen=True, slots=True)
class NodeLayout:
    """One layout of a JavaScript library."""

    name: str
    layout: str

    def variants(self, body: Body, sets: list[BoxSet], spacing: SpacingStyle, seconds: float) -> Iterator[Placed]:
        """Every setting with every set of boxes, as many as are done in time; StoppedError where that is none."""
        jobs = self._jobs(body, sets, spacing)
        answers, fault = _run([job for _, _, job in jobs], seconds)
        found = [
            _read(body, boxes, settings, answer)
            for (boxes, settings, _), answer in zip(jobs, answers, strict=False)
            if "corners" in answer
        ]
        if not found:
            raise StoppedError(fault or "; ".join({answer["fault"] for answer in answers}))
        yield from found

    def drawn(self, body: Body, sets: list[BoxSet], spacing: SpacingStyle, chosen: Placed, seconds: float) -> Placed:
        """A variant once more, with its edges."""
        boxes, settings, job = next(
            wanted for wanted in self._jobs(body, sets, spacing) if wanted[1] == chosen.settings
        )
        answers, fault = _run([job | {"routes": True}], seconds)
        if not answers:
            raise StoppedError(fault)
        return _read(body, boxes, settings, answers[0])

    def _jobs(self, body: Body, sets: list[BoxSet], spacing: SpacingStyle) -> list[tuple[BoxSet, str, dict[str, Any]]]:
        number_of = {unit.id: number for number, unit in enumerate(body.units)}
        parents = [-1 if unit.parent is None else number_of[unit.parent] for unit in body.units]
        jobs = []
        settings = {down: _SETTINGS[self.name](down, spacing) for down in (True, False)}
        for setting in settings[True]:  # the quick ones first, so that they are done before the time is up
            for down in (True, False):
                for boxes in sets:
                    job = {
                        "layout": self.layout,
                        "down": down,
                        "options": settings[down][setting],
                        "sibling_gap": spacing.sibling_gap_pt if down else spacing.column_gap_pt,
                        "level_gap": spacing.level_gap_pt,
                        "parents": parents,
                        "sizes": [[boxes.boxes[unit.id].width, boxes.boxes[unit.id].height] for unit in body.units],
                        "routes": False,
                    }
                    way = "downwards" if down else "to the right"
                    jobs.append((boxes, ", ".join(filter(None, (way, setting, boxes.name))), job))
        return jobs


_SETTINGS = {
    "ELK mrtree": _mrtree,
    "ELK layered": _layered,
    "d3-hierarchy tree": _none,
    "d3-flextree": _none,
}
_LAYOUTS = {
    "ELK mrtree": "elk",
    "ELK layered": "elk",
    "d3-hierarchy tree": "tree",
    "d3-flextree": "flextree",
}


def installed_node_layouts() -> list[NodeLayout]:
    if not shutil.which("node"):
        raise MissingError("ELK and d3: no node on the path")
    if not (NODE_FOLDER / "node_modules" / "elkjs").is_dir():
        raise MissingError(f"ELK and d3: not installed; run npm ci in {NODE_FOLDER.name}")
    return [NodeLayout(name, layout) for name, layout in _LAYOUTS.items()]


def _run(jobs: list[dict[str, Any]], seconds: float) -> tuple[list[dict[str, Any]], str]:
    """The answers that came in time, and why the others did not."""
    command = ["node", "--stack-size=16000", "--max-old-space-size=4096", str(NODE_FOLDER / "place.mjs")]
    fault = ""
    try:
        done = subprocess.run(
            command, input=json.dumps(jobs).encode(), capture_output=True, timeout=seconds, check=False
        )
        out = done.stdout
        if done.returncode:
            fault = f"failed with exit code {done.returncode}"
    except subprocess.TimeoutExpired as error:
        out, fault = error.stdout or b"", f"stopped after {seconds:g} s"
    complete = out.decode("utf-8").rpartition("\n")[0].splitlines()
    return [json.loads(line) for line in complete], fault


def _read(body: Body, boxes: BoxSet, settings: str, answer: Mapping[str, Any]) -> Placed:
    found = {
        unit.id: Rect(left, top, boxes.boxes[unit.id].width, boxes.boxes[unit.id].height)
        for unit, (left, top) in zip(body.units, answer["corners"], strict=True)
    }
    routes = tuple(Route(tuple((x, y) for x, y in points)) for points in answer["routes"])
    lines = {unit: size.lines for unit, size in boxes.boxes.items()}
    return Placed(found, lines, boxes.text_pt, settings, routes)
