"""A units file, in; the same units as a bare tidy tree in SVG, out: about the least a Python program can do.

    python benchmarks/tidy_tree.py units.json out.svg

No checks, no fonts, no page, no choice of arrangements: a row below each unit, subtrees pushed together by their
outlines (Reingold and Tilford, Tidier Drawings of Trees, 1981).
"""

from __future__ import annotations

import json
import sys
import textwrap
from html import escape

_LINE, _SIZE, _LETTER = 26, 10.0, 5.6
_SIBLING_GAP, _LEVEL_GAP = 10.0, 24.0


def main(units_path: str, out_path: str) -> None:
    with open(units_path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib's import would count
        units = json.load(file)["units"]
    number_of = {unit["id"]: number for number, unit in enumerate(units)}
    parents = [number_of.get(unit.get("parent"), -1) for unit in units]
    lines = [textwrap.wrap(unit["name"], _LINE) for unit in units]
    widths = [max(map(len, wrapped)) * _LETTER + 12 for wrapped in lines]
    depths = [0] * len(units)
    below: list[list[int]] = [[] for _ in units]
    for number, above in enumerate(parents):
        if above >= 0:
            depths[number] = depths[above] + 1
            below[above].append(number)
    tallest = [0.0] * (max(depths) + 1)
    for number, depth in enumerate(depths):
        tallest[depth] = max(tallest[depth], len(lines[number]) * _SIZE * 1.2 + 8)
    tops = [0.0]
    for height in tallest:
        tops.append(tops[-1] + height + _LEVEL_GAP)
    middles = _middles(parents, below, widths)
    svg = ['<svg xmlns="http://www.w3.org/2000/svg" font-size="10" text-anchor="middle">\n']
    for number, unit in enumerate(units):
        x, y, above = middles[number], tops[depths[number]], parents[number]
        height = len(lines[number]) * _SIZE * 1.2 + 8
        if above >= 0:
            start = tops[depths[above]] + len(lines[above]) * _SIZE * 1.2 + 8
            way = f"M{middles[above]:.2f},{start:.2f}V{y - 12:.2f}H{x:.2f}V{y:.2f}"
            svg.append(f'<path d="{way}" fill="none" stroke="#555"/>\n')
        svg.append(
            f'<g data-unit="{escape(unit["id"])}"><title>{escape(unit["name"])}</title><rect '
            f'x="{x - widths[number] / 2:.2f}" y="{y:.2f}" width="{widths[number]:.2f}" height="{height:.2f}" '
            'fill="#eef" stroke="#335"/>\n'
        )
        for line_number, line in enumerate(lines[number]):
            svg.append(f'<text x="{x:.2f}" y="{y + 4 + _SIZE * (0.9 + 1.2 * line_number):.2f}">{escape(line)}</text>\n')
        svg.append("</g>\n")
    svg.append("</svg>\n")
    with open(out_path, "w", encoding="utf-8") as out:  # noqa: PTH123
        out.write("".join(svg))


def _middles(parents: list[int], below: list[list[int]], widths: list[float]) -> list[float]:
    """The middle of every box; parents stand before their children."""
    shifts = [0.0] * len(parents)
    outlines: list[tuple[list[float], list[float]]] = [([], [])] * len(parents)
    for number in range(len(parents) - 1, -1, -1):
        left: list[float] = []
        right: list[float] = []
        places = []
        for child in below[number]:
            child_left, child_right = outlines[child]
            outlines[child] = ([], [])
            shift = (
                max((one - other for one, other in zip(right, child_left, strict=False)), default=-_SIBLING_GAP)
                + _SIBLING_GAP
            )
            places.append(shift)
            left += [place + shift for place in child_left[len(left) :]]
            right = [place + shift for place in child_right] + right[len(child_right) :]
        middle = (places[0] + places[-1]) / 2 if places else 0.0
        for child, place in zip(below[number], places, strict=True):
            shifts[child] = place - middle
        half = widths[number] / 2
        outlines[number] = [-half, *(x - middle for x in left)], [half, *(x - middle for x in right)]
    middles = [0.0] * len(parents)
    for number, above in enumerate(parents):
        middles[number] = shifts[number] + (middles[above] if above >= 0 else 0.0)
    return middles


if __name__ == "__main__":
    main(*sys.argv[1:])
