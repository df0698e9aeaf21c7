"""A body's names, in; PlantUML's work breakdown structure of it, read back from its SVG, out.

PlantUML measures text itself, so its boxes are its own: PT Sans at 10 pt, orgchart's smallest, and about orgchart's gap
and padding. Its second level stands in a row and all below hangs in columns: at the right, or half on either side.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from fontpkg_pt_sans import ROOT as FONT_FOLDER

from orgchart.styles import SpacingStyle
from orgchart.text import load_font
from orgchart.units import Unit
from orgchart.wrapping import wrap
from peer_layouts.placed import Body, MissingError, Placed, Rect, Route, StoppedError
from peer_layouts.sizes import BoxSet

FONT_PT = 10
PADDING_PT = 5
TEXT_WIDTHS_PT = (90, 120, 160)
# From which depth on half of the units hang at the left, and up to which; in words for the reader.
SIDES = {"all at the right": (0, 0), "departments on both sides": (2, 2), "all on both sides": (2, 99)}
_PIECES = re.compile(
    r'<rect [^>]*height="(?P<height>[\d.]+)"[^>]*width="(?P<width>[\d.]+)" x="(?P<x>[-\d.]+)" y="(?P<y>[-\d.]+)"/>'
    r'|<text [^>]*font-size="(?P<size>[\d.]+)"[^>]*>(?P<line>[^<]*)</text>'
    r'|<line [^>]*x1="(?P<x1>[-\d.]+)" x2="(?P<x2>[-\d.]+)" y1="(?P<y1>[-\d.]+)" y2="(?P<y2>[-\d.]+)"/>'
)
# Only PT Sans, wherever Java would look for fonts: each machine has others.
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(slots=True)
class _Diagram:
    """PlantUML's text, and the units in the order in which it draws them: those at the left of a rail first."""

    lines: list[str] = field(default_factory=list)
    drawn: list[Unit] = field(default_factory=list)


class PlantUml:
    """The PlantUML of this machine."""

    name = "PlantUML WBS"

    def variants(self, body: Body, sets: list[BoxSet], spacing: SpacingStyle, seconds: float) -> Iterator[Placed]:
        """Three widths of text, and units hung at the right or on both sides."""
        diagrams = {
            f"text {width} pt wide, {words}": _diagram(body, spacing, width, sides)
            for width in TEXT_WIDTHS_PT
            for words, sides in SIDES.items()
        }
        for (settings, diagram), svg in zip(diagrams.items(), _run(list(diagrams.values()), seconds), strict=True):
            yield _read(diagram, svg, settings)

    def drawn(self, body: Body, sets: list[BoxSet], spacing: SpacingStyle, chosen: Placed, seconds: float) -> Placed:
        return chosen


def installed_plantuml() -> list[PlantUml]:
    if not shutil.which("plantuml"):
        raise MissingError("PlantUML: no plantuml on the path")
    return [PlantUml()]


def _diagram(body: Body, spacing: SpacingStyle, width: float, sides: tuple[int, int]) -> _Diagram:
    roots = [unit for unit in body.units if unit.parent is None]
    if len(roots) != 1:
        raise StoppedError("draws one root only")
    below = body.children()
    face = load_font("PT Sans").face(bold=False, italic=False)
    made = _Diagram()
    style = (
        f"wbsDiagram {{\n node {{\n Margin {spacing.column_gap_pt:g}\n Padding {PADDING_PT}\n"
        f" FontSize {FONT_PT}\n FontName PT Sans\n }}\n}}"
    )
    made.lines = ["@startwbs", "skinparam shadowing false", "<style>", style, "</style>"]
    places: dict[str, tuple[int, str]] = {roots[0].id: (1, "")}
    waiting = [roots[0]]
    while waiting:  # the order of the text
        unit = waiting.pop()
        stars, side = places[unit.id]
        lines = wrap(unit.name, face, width / FONT_PT)
        made.lines.append(f"{'*' * stars}{side} " + "\\n".join(line.replace("~", "~~") for line in lines))
        children = below.get(unit.id, [])
        half = (len(children) + 1) // 2 if sides[0] <= stars <= sides[1] and len(children) > 1 else 0
        for number, child in enumerate(children):
            places[child.id] = (stars + 1, "<" if number < half else "")
        waiting += reversed(children)
    made.lines.append("@endwbs")
    waiting = [roots[0]]
    while waiting:  # the order of the drawing
        unit = waiting.pop()
        made.drawn.append(unit)
        children = sorted(below.get(unit.id, []), key=lambda child: places[child.id][1] != "<")
        waiting += reversed(children)
    return made


def _run(diagrams: Sequence[_Diagram], seconds: float) -> list[str]:
    """The SVG of each; one Java for all, because its start takes longest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fonts = folder / "fonts.conf"
        fonts.write_text(_FONTS.format(folder=Path(FONT_FOLDER) / "files", cache=folder / "cache"), encoding="utf-8")
        sources = []
        for number, diagram in enumerate(diagrams):
            sources.append(folder / f"{number}.puml")
            sources[-1].write_text("\n".join(diagram.lines) + "\n", encoding="utf-8")
        command = ["env", f"FONTCONFIG_FILE={fonts}", "plantuml", "-tsvg", "-charset", "UTF-8", *map(str, sources)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired as error:
            raise StoppedError(f"stopped after {seconds:g} s") from error
        answers = [source.with_suffix(".svg") for source in sources]
        if done.returncode or not all(answer.exists() for answer in answers):
            raise StoppedError(f"failed with exit code {done.returncode}")
        return [answer.read_text(encoding="utf-8") for answer in answers]


def _read(diagram: _Diagram, svg: str, settings: str) -> Placed:
    """Boxes with their lines, in the order of the drawing; StoppedError where they are not the units' names."""
    boxes: list[Rect] = []
    lines: list[list[str]] = []
    routes: list[Route] = []
    for piece in _PIECES.finditer(svg.partition("<!--")[0]):
        if piece["height"]:
            boxes.append(Rect(float(piece["x"]), float(piece["y"]), float(piece["width"]), float(piece["height"])))
            lines.append([])
        elif piece["size"]:
            if float(piece["size"]) != FONT_PT:
                raise StoppedError(f"drew an error: {unescape(piece['line'])}")
            lines[-1].append(unescape(piece["line"]))
        else:
            start, end = ((float(piece[f"x{end}"]), float(piece[f"y{end}"])) for end in "12")
            routes.append(Route((start, end)))
    if [_letters("".join(text)) for text in lines] != [_letters(unit.name) for unit in diagram.drawn]:
        raise StoppedError("drew other names than it was given")
    ids = [unit.id for unit in diagram.drawn]
    by_unit = dict(zip(ids, lines, strict=True))
    return Placed(dict(zip(ids, boxes, strict=True)), by_unit, FONT_PT, settings, tuple(routes), one_size=True)


def _letters(text: str) -> str:
    """Letters and digits only: PlantUML has its own mind about dashes and quotation marks."""
    return "".join(sign for sign in text if sign.isalnum())
