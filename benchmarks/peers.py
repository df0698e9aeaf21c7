"""The programs that orgchart is measured beside, each a process of its own; imports are part of what is measured.

    python benchmarks/peers.py source units.json tree.dot            the same tree as plain DOT, no places
    python benchmarks/peers.py floor units.json chart.svg out.svg    read the JSON, write the same bytes
    python benchmarks/peers.py graphviz tree.dot svg out.svg         the dot of the Graphviz inside pygraphviz

A file is written by each; nothing is printed.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # even the import of typing would count
    from collections.abc import Callable, Mapping

_LABEL_WIDTH = 26
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})


def source(units_path: str, dot_path: str) -> None:
    """Boxes with names broken into lines of about the width that orgchart's boxes have."""
    import json
    import textwrap

    with open(units_path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib's import would count
        units = json.load(file)["units"]
    ids = {unit["id"]: f"n{number}" for number, unit in enumerate(units, start=1)}
    lines = ['digraph chart {\n\tnode [shape=box fontname="PT Sans"]\n\tedge [dir=none]\n']
    for unit in units:
        label = "\\n".join(line.translate(_ESCAPES) for line in textwrap.wrap(unit["name"], _LABEL_WIDTH))
        lines.append(f'\t{ids[unit["id"]]} [label="{label}"]\n')
    lines += [f"\t{ids[unit['parent']]} -> {ids[unit['id']]}\n" for unit in units if unit.get("parent")]
    with open(dot_path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("".join(lines) + "}\n")


def floor(units_path: str, finished_path: str, out_path: str) -> None:
    """The least that any Python program must do between the same two files."""
    import json

    with open(units_path, encoding="utf-8") as units:  # noqa: PTH123
        json.load(units)
    with open(finished_path, "rb") as finished, open(out_path, "wb") as out:  # noqa: PTH123
        out.write(finished.read())


def graphviz(dot_path: str, format_name: str, out_path: str) -> None:
    """Lay out and draw in this process, as pygraphviz 2 does."""
    import pygraphviz

    with pygraphviz.AGraph(dot_path) as graph:  # type: ignore[no-untyped-call]
        graph.draw(out_path, format=format_name, prog="dot")


if __name__ == "__main__":
    programs: Mapping[str, Callable[..., None]] = {"source": source, "floor": floor, "graphviz": graphviz}
    programs[sys.argv[1]](*sys.argv[2:])
