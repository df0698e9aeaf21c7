"""Box sizes and a hierarchy's edges, in; their Placement by one of Graphviz' engines, out.

Graphviz runs in a child process with limits, because it may crash, hang or swallow the memory.
"""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from graphviz import Digraph

from orgchart.errors import EngineError
from orgchart.layout.engine_answer import read_answer
from orgchart.layout.engine_process import TooMuchError, run_bounded
from orgchart.layout.overlaps import first_overlap
from orgchart.layout.shapes import BoxSize, Placement
from orgchart.limits import LIMITS, ExceededError, check_within, exceeded, value_of

Edge = tuple[str, str]

# Without patchwork and osage, which draw no hierarchy.
ENGINES = ("dot", "neato", "twopi", "circo", "fdp", "sfdp")

# How Graphviz may part boxes: vpsc moves each as little as it can; scale moves all apart until nothing touches, in a
# chart several times as large. (prism needs a triangulation library that the wheel does not carry.)
OVERLAP_REMEDIES = ("vpsc", "scale")

# What the child may see of the environment: where libraries and temporary files are, nothing that steers Graphviz.
KEPT_ENVIRONMENT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")

# Graphviz' SVG of 100,000 units has a fifth of this.

REMEDY = "use the layout page, which needs no Graphviz, or another engine"


class Gaps(Protocol):
    """The two distances that an engine needs, pt; a style's spacing has them."""

    @property
    def level_gap_pt(self) -> float: ...

    @property
    def sibling_gap_pt(self) -> float: ...


def place_with_engine(
    engine: str,
    sizes: Mapping[str, BoxSize],
    edges: Sequence[Edge],
    gaps: Gaps,
    *,
    seconds: float | None = None,
    memory_mb: int | None = None,
    _command: Sequence[str] | None = None,
) -> Placement:
    """Let Graphviz place the boxes; their sizes stay.

    sizes: by unit id, in reading order. edges: pairs of parent and child. seconds, memory_mb: limits of the child
    process, those of the table where None. ``_command`` stands in for the child's command line in tests.
    Raises EngineError for an unknown engine, for Graphviz missing, crashed, stopped at a limit or answering nonsense,
    and for boxes that it leaves on top of each other.
    """
    if engine not in ENGINES:
        raise EngineError(f'layout engine "{engine}" is not known; use {", ".join(ENGINES)}, or page')
    if not sizes:
        return Placement(0.0, 0.0, (), (), engine)
    try:
        check_within("graphviz_units", len(sizes), "the chart")
    except ExceededError as error:
        raise EngineError(f'layout engine "{engine}": {error}') from None
    seconds = seconds or value_of("graphviz_seconds")
    memory_mb = memory_mb or value_of("graphviz_memory_mb")
    ids = {unit: f"n{number}" for number, unit in enumerate(sizes, start=1)}
    command = list(_command or _child_command(engine, seconds, memory_mb))
    # dot has no overlap attribute, and needs none.
    for remedy in OVERLAP_REMEDIES[:1] if engine == "dot" else OVERLAP_REMEDIES:
        source = _source(engine, sizes, edges, ids, gaps, remedy)
        placement = read_answer(_run(command, source, engine, seconds), engine, sizes, edges, ids)
        overlap = first_overlap(placement.boxes)
        if overlap is None:
            return placement
        above, below = overlap
        fault = f'left the boxes of units "{above.unit}" and "{below.unit}" on top of each other'
    raise EngineError(f'layout engine "{engine}" {fault}; {REMEDY}')


def _child_command(engine: str, seconds: float, memory_mb: int) -> list[str]:
    found = find_spec("pygraphviz")
    if found is None or found.origin is None:
        raise EngineError(
            f'layout engine "{engine}" needs the package pygraphviz, which is not installed; '
            'run pip install "pygraphviz>=2", or use the layout page, which needs no Graphviz'
        )
    child = str(Path(__file__).with_name("engine_child.py"))
    folder = str(Path(found.origin).parent.parent)
    # -I: no PYTHON* variables, no current folder; the one folder it needs is named.
    return [sys.executable, "-I", child, engine, str(memory_mb), str(seconds), folder]


def _run(command: Sequence[str], source: str, engine: str, seconds: float) -> bytes:
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    try:
        done = run_bounded(command, source.encode("utf-8"), environment, seconds, value_of("graphviz_bytes"))
    except subprocess.TimeoutExpired as error:
        raise EngineError(
            f'layout engine "{engine}" was stopped after {seconds:g} seconds, the time limit; {REMEDY}, '
            f"draw a branch of the units, or raise it: {LIMITS['graphviz_seconds'].variable}={2 * math.ceil(seconds)}"
        ) from error
    except TooMuchError:
        raise EngineError(f'layout engine "{engine}": {exceeded("graphviz_bytes", subject="its answer")}') from None
    except OSError as error:
        raise EngineError(f'layout engine "{engine}" could not be started: {error.strerror}; {REMEDY}') from error
    if done.code < 0:
        raise EngineError(f'layout engine "{engine}" crashed with {_signal(-done.code)}; {REMEDY}')
    if done.code:
        said = _last_words(done.said)
        raise EngineError(f'layout engine "{engine}" failed with exit code {done.code}{said}; {REMEDY}')
    return done.written


def _signal(number: int) -> str:
    try:
        return f"signal {number}, {signal.Signals(number).name}"
    except ValueError:
        return f"signal {number}"


def _last_words(stderr: bytes) -> str:
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return f": {lines[-1][:200]}" if lines else ""


def _source(
    engine: str, sizes: Mapping[str, BoxSize], edges: Sequence[Edge], ids: Mapping[str, str], gaps: Gaps, remedy: str
) -> str:
    children = {child for _, child in edges}
    roots = [unit for unit in sizes if unit not in children]
    chart = Digraph("chart", graph_attr=_page(engine, sizes, gaps, remedy))
    chart.node_attr.update(fixedsize="true", label="", margin="0", penwidth="0", shape="box")
    chart.edge_attr.update(dir="none")
    for unit, size in sizes.items():
        root = {} if unit in children else {"root": "true"}
        node = ids[unit]
        chart.node(node, id=node, width=_inches(size.width), height=_inches(size.height), **root)
    if engine == "dot":
        chart.edge_attr.update(tailport="s", headport="n")
        if len(roots) > 1:
            # Only one unseen root above them keeps several roots in their order.
            chart.node("above", style="invis", width="0", height="0")
            for top in roots:
                chart.edge("above", ids[top], style="invis")
    for parent, child in edges:
        length = _reach(sizes[parent]) + _reach(sizes[child]) + gaps.level_gap_pt
        chart.edge(ids[parent], ids[child], id=f"to_{ids[child]}", len=_inches(length))
    return str(chart.source)


def _page(engine: str, sizes: Mapping[str, BoxSize], gaps: Gaps, remedy: str) -> dict[str, str]:
    if engine == "dot":
        return {
            "nodesep": _inches(gaps.sibling_gap_pt),
            "ordering": "out",
            "rankdir": "TB",
            "ranksep": _inches(gaps.level_gap_pt),
            "splines": "polyline",  # its curves swing past a box where the levels stand close
        }
    ring = 2 * max(_reach(size) for size in sizes.values()) + gaps.level_gap_pt
    page = {
        "mindist": _inches(gaps.sibling_gap_pt),
        "overlap": remedy,
        "pack": str(math.ceil(gaps.sibling_gap_pt)),
        "ranksep": _inches(ring),
        "sep": f"+{gaps.sibling_gap_pt / 2:.2f}",
        "splines": "line",  # curves round the boxes take minutes from 500 units on
        "start": "1",
    }
    return page | ({"K": _inches(ring)} if engine in ("fdp", "sfdp") else {})


def _reach(size: BoxSize) -> float:
    return math.hypot(size.width, size.height) / 2


def _inches(pt: float) -> str:
    return f"{pt / 72:.5f}"
