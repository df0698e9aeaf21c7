"""Measured cells, in; Markdown tables, and documents with those tables in their place, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from measure import LIMIT, NOT_RUN, Cell

ORGCHART, FLOOR, DOT, PYGRAPHVIZ = "orgchart", "floor", "dot", "pygraphviz"
START, END = "<!-- benchmarks -->", "<!-- /benchmarks -->"
_REFERENCE = 'python -c "import networkx"'


@dataclass(frozen=True, slots=True)
class Machine:
    """What it was measured on; ``dot`` and ``pygraphviz`` are versions of Graphviz, empty where there is none."""

    system: str
    python: str
    dot: str
    pygraphviz: str


@dataclass(slots=True)
class Results:
    """Everything one run measured. cells: by number of units and format, then by program."""

    machine: Machine
    shape: str
    repeat: int
    limit: float
    start_up: Mapping[str, Cell]
    cells: dict[tuple[int, str], Mapping[str, Cell]] = field(default_factory=dict)


def full(results: Results) -> str:
    """Start-up, time and memory, and how they were measured."""
    return "\n\n".join(
        [
            _setting(results),
            "### Start-up",
            _start_up(results),
            "### Time",
            _times(results),
            "### Peak memory",
            _memory(results),
        ]
    )


def summary(results: Results) -> str:
    """One line for each size: orgchart's formats, and beside them the dot of both Graphviz to SVG."""
    formats = list(dict.fromkeys(format_name for _, format_name in results.cells))
    peers = [peer for peer in (DOT, PYGRAPHVIZ) if getattr(results.machine, peer)] if "svg" in formats else []
    header = ["Units", *(name.upper() for name in formats)]
    header += ["memory, most", *(f"{_heading(peer, results)}, SVG" for peer in peers)]
    rows = []
    for size in dict.fromkeys(size for size, _ in results.cells):
        own = [results.cells[size, name][ORGCHART] for name in formats]
        most = max((cell.memory_mb for cell in own if not cell.fault), default=0.0)
        others = [_time(results.cells[size, "svg"].get(peer), results.limit) for peer in peers]
        rows.append([f"{size:,}", *(_time(cell, results.limit) for cell in own), f"{most:.0f} MB", *others])
    return table(header, rows)


def replaced(document: str, block: str, markers: tuple[str, str] = (START, END)) -> str:
    """The document with what stands between its two markers replaced. Raises ValueError where there are no markers."""
    before, start, rest = document.partition(markers[0])
    _, end, after = rest.partition(markers[1])
    if not start or not end:
        raise ValueError(f"the document has no {markers[0]} … {markers[1]} to put the tables between")
    return f"{before}{start}\n{block}\n{end}{after}"


def _setting(results: Results) -> str:
    runs = f"the median of {results.repeat} runs" if results.repeat > 1 else "a single run"
    others = [f"Graphviz {results.machine.dot}" * bool(results.machine.dot)]
    others += [f"Graphviz {results.machine.pygraphviz} in pygraphviz" * bool(results.machine.pygraphviz)]
    beside = " and ".join(filter(None, others)) or "no Graphviz"
    return (
        f"{results.machine.system}; Python {results.machine.python}; {beside}. "
        f"Invented trees of the shape “{results.shape}”; 9 units are `data/units.json`. Each figure is {runs}, "
        f"fewer for a program whose runs took {results.limit:g} s together. ÷ is orgchart divided by the column before."
    )


def _start_up(results: Results) -> str:
    reference = results.start_up[_REFERENCE].seconds
    rows = [
        [f"`{name}`", _time(cell, results.limit), f"{cell.memory_mb:.0f} MB", f"{cell.seconds / reference:.2f}"]
        for name, cell in results.start_up.items()
    ]
    return table(["Whole process", "Time", "Memory", f"÷ `{_REFERENCE}`"], rows)


def _times(results: Results) -> str:
    return _compared(results, lambda cell: cell.seconds, lambda cell: _time(cell, results.limit))


def _memory(results: Results) -> str:
    return _compared(results, lambda cell: cell.memory_mb, lambda cell: _shown(cell, f"{cell.memory_mb:.0f} MB", "–"))


def _compared(results: Results, value: Callable[[Cell], float], shown: Callable[[Cell], str]) -> str:
    peers = list(dict.fromkeys(name for cells in results.cells.values() for name in cells if name != ORGCHART))
    header = ["Units", "Format", ORGCHART]
    for peer in peers:
        header += [_heading(peer, results), "÷"]
    rows = []
    for (size, format_name), cells in results.cells.items():
        own = cells[ORGCHART]
        row = [f"{size:,}", format_name, shown(own)]
        for peer in peers:
            row += [shown(cells[peer]), _ratio(own, cells[peer], value)]
        rows.append(row)
    return table(header, rows)


def _heading(peer: str, results: Results) -> str:
    version = {DOT: results.machine.dot, PYGRAPHVIZ: results.machine.pygraphviz}.get(peer)
    return f"dot {version}" if version else peer


def _ratio(own: Cell, peer: Cell, value: Callable[[Cell], float]) -> str:
    if own.fault or peer.fault or not value(peer):
        return "–"
    ratio = value(own) / value(peer)
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def _time(cell: Cell | None, limit: float) -> str:
    return "–" if cell is None else _shown(cell, f"{cell.seconds:.2f} s", f">{limit:g} s")


def _shown(cell: Cell, figure: str, beyond_limit: str) -> str:
    if cell.fault in (LIMIT, NOT_RUN):
        return beyond_limit if cell.fault == LIMIT else "–"
    return f"fails ({cell.fault.split(':')[0]})" if cell.fault else figure


def table(header: list[str], rows: Iterable[list[str]]) -> str:
    """Markdown; the first column left, all others right."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
