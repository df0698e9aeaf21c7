"""A page of a Chart, in; DOT source, out, its places pinned so that ``neato -n2`` redraws the same page.

Graphviz' y runs up from the bottom and its node sizes are inches; its points are 1/72 inch, as ours.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil, hypot

from graphviz import Digraph, nohtml

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.drawing import (
    Arrow,
    Drawing,
    LegendMark,
    LineKind,
    RailMark,
    Rectangle,
    RelationMark,
    RelationSample,
    UnitMark,
    Words,
    rail_pieces,
)
from orgchart.layout.measure import LINE_SPACING
from orgchart.layout.shapes import Point
from orgchart.marks import Sign

# Attribute names and values ready for the graphviz package, which adds the quotation marks and sorts them by name.
Attributes = dict[str, str]

LABEL_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;", "\r": None, "\n": "\\n"})
# Graphviz draws the second of two peripheries this far outside the size that it is told; no attribute changes it.
PERIPHERY_GAP_PT = 4.0
# How long Graphviz draws an arrowhead of ``arrowsize=1``.
ARROW_LENGTH_PT = 10.0
STROKES: Mapping[LineKind, str] = {"solid": "", "double": "", "dashed": "dashed", "dotted": "dotted"}


def write_dot(chart: Chart, page: ChartPage) -> bytes:
    """The page's drawing as DOT source, UTF-8, ending in a newline; the same drawing gives the same bytes."""
    return dot_source(page.drawing).encode("utf-8")


def dot_source(drawing: Drawing) -> str:
    """The drawing as a ``digraph``, ending in a newline.

    Units are the nodes ``n1``, ``n2``, … in reading order, grouped by level; they carry their names only as labels,
    broken where the drawing breaks them. The title is ``title``, the legend ``legend1``, ``legend1_word``, and so on,
    the lines at the foot ``note1``, ``note2`` …; the word on the first relation's line is ``relation1``, the lines of
    an index are ``index1`` and so on. The headings of fields are ``heading1`` …, the signs on a box ``n1_sign1`` ….
    """
    ids = {mark.unit: f"n{number}" for number, mark in enumerate(drawing.units, start=1)}
    shared = {
        "fixedsize": "true",
        "fontname": escape_label(_families(drawing.font_family)),
        "margin": "0",
        "shape": "box",
    }
    source = Digraph("chart", graph_attr=_page(drawing), node_attr=dict(shared), edge_attr=_line(drawing))
    shared["peripheries"] = "1"  # by itself; were it written, Graphviz would draw a border round shape=none too
    if drawing.title:
        source.node("title", _label(drawing.title), **_beyond(_free_words(drawing.title, drawing), shared))
    for level, marks in _by_level(drawing.units).items():
        source.subgraph(_level(level, marks, ids, drawing, shared))
    signs = {ids[unit]: drawing.marks[unit].signs for unit in ids if unit in drawing.marks}
    if signs:
        source.subgraph(_signs(signs, drawing, shared))
    if drawing.legend or drawing.relation_samples:
        source.subgraph(_legend(drawing.legend, drawing.relation_samples, drawing, shared))
    # A node for each line: of several lines in one label, Graphviz would choose the distance.
    for name, lines in (("heading", drawing.headings), ("index", drawing.index), ("note", drawing.notes)):
        for number, words in enumerate(lines, start=1):
            source.node(f"{name}{number}", _label((words,)), **_beyond(_free_words((words,), drawing), shared))
    for rail in drawing.rails:
        source.edge(ids[rail.parent], ids[rail.child], pos=_spline(rail, drawing))
    of_kind: dict[str, list[tuple[int, RelationMark]]] = {}
    for number, mark in enumerate(drawing.relations, start=1):
        of_kind.setdefault(mark.kind, []).append((number, mark))
    for kind, numbered in of_kind.items():
        source.subgraph(_relations(kind, numbered, ids, drawing, shared))
    return str(source.source)


def _families(family: str, face: str = "") -> str:
    """What Graphviz takes as the family in its weight and slant, and a browser, reading it in Graphviz' SVG,
    as families of which it has at least the second."""
    return f"{family},sans-serif" + (f",{family}{face}" if face else "")


def escape_label(text: str) -> str:
    r"""Any text as a string that Graphviz shows letter by letter, its newlines as line breaks; not yet quoted.

    Graphviz expands ``\N``, ``\G``, ``\l``, decodes ``&lt;`` and ``&#1;``, and takes ``<…>`` for HTML; here all of them
    stay as they are written.
    """
    escaped: str = nohtml(text.translate(LABEL_ESCAPES))
    return escaped


def line_pitch_pt(size: float, ascent: float = 1.018, descent: float = 0.276) -> float:
    """How far apart Graphviz 14 sets the baselines of a label's lines of ``size`` pt, measured.

    ascent, descent: the font's own, as parts of its size; the defaults are PT Sans. Pango rounds each of them up to
    whole pixels of 1/96 inch. Graphviz 2 sets the lines closer: ``int(1.1 * size + 0.5)``, whatever the font.
    """
    return 0.75 * (ceil(round(ascent * size * 4 / 3, 6)) + ceil(round(descent * size * 4 / 3, 6)))


def baseline_below_middle_pt(size: float, ascent: float = 1.018, descent: float = 0.276) -> float:
    """How far below the middle of its box Graphviz 14 sets the one baseline of a label, or the mean of several."""
    return 0.95 * size - line_pitch_pt(size, ascent, descent) / 2


def _page(drawing: Drawing) -> Attributes:
    width, height = _pt(drawing.width), _pt(drawing.height)
    return {
        "bb": f"0,0,{width},{height}",
        "bgcolor": drawing.background,
        "margin": "0",
        "notranslate": "true",  # otherwise the lowest box moves to the origin, away from the viewport
        "outputorder": "edgesfirst",
        "pad": "0",
        "splines": "true",
        "viewport": f"{width},{height},1,{_number(drawing.width / 2, 3)},{_number(drawing.height / 2, 3)}",
    }


def _line(drawing: Drawing) -> Attributes:
    look = {"color": drawing.rail_colour, "dir": "none", "penwidth": _number(drawing.rail_width, 3)}
    return look | ({"style": STROKES[drawing.rail_line]} if STROKES[drawing.rail_line] else {})


def _by_level(marks: Iterable[UnitMark]) -> dict[str, list[UnitMark]]:
    levels: dict[str, list[UnitMark]] = {}
    for mark in marks:
        levels.setdefault(mark.level, []).append(mark)
    return levels


def _level(
    name: str, marks: Sequence[UnitMark], ids: Mapping[str, str], drawing: Drawing, inherited: Attributes
) -> Digraph:
    """One level's units below the look that most of them share, so that a person restyles a level in one line."""
    looks = [_box(mark.box) | (_font(_main(mark, drawing), drawing) if mark.words else {}) for mark in marks]
    shared = {key: Counter(look[key] for look in looks if key in look).most_common(1)[0][0] for key in looks[0]}
    level: Digraph = Digraph(escape_label(f"level_{name}"), node_attr=_beyond(shared, inherited))
    for mark, look in zip(marks, looks, strict=True):
        own = _beyond(look, inherited | shared)
        level.node(ids[mark.unit], _unit_label(mark, drawing), pos=_middle(mark.box, drawing), **own)
    return level


def _main(mark: UnitMark, drawing: Drawing) -> Words:
    """The first line of the name."""
    light = drawing.marks[mark.unit].light if mark.unit in drawing.marks else frozenset[int]()
    return next((words for number, words in enumerate(mark.words) if number not in light), mark.words[0])


def _unit_label(mark: UnitMark, drawing: Drawing) -> str:
    """The lines of a box; where some are struck out or in another weight, as a table of HTML, in which Graphviz can,
    each line as high as in the drawing: the heights are whole points."""
    struck = drawing.marks[mark.unit].struck if mark.unit in drawing.marks else 0
    fonts = [_font(words, drawing)["fontname"] for words in mark.words]
    if not struck and len(set(fonts)) < 2:
        return _label(mark.words)
    main = _font(_main(mark, drawing), drawing)["fontname"]
    pitch = LINE_SPACING * mark.words[0].size
    rows = []
    for number, (words, font) in enumerate(zip(mark.words, fonts, strict=True)):
        # Graphviz expands backslashes in HTML too.
        line = html.escape(words.text.expandtabs(1)).replace("\\", "\\\\") or " "
        line = f"<S>{line}</S>" if number < struck else line
        line = f'<FONT FACE="{font}">{line}</FONT>' if font != main else line
        height = round(pitch * (number + 1)) - round(pitch * number)
        size = f'FIXEDSIZE="TRUE" HEIGHT="{height}" WIDTH="{max(1, int(mark.box.width))}"'
        rows.append(f"<TR><TD {size}>{line}</TD></TR>")
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">{"".join(rows)}</TABLE>>'


def _signs(signs: Mapping[str, Sequence[Sign]], drawing: Drawing, inherited: Attributes) -> Digraph:
    """The signs by the node that they stand on, each a node with the nearest character there is."""
    drawn: Digraph = Digraph("signs")
    for node, row in signs.items():
        for number, sign in enumerate(row, start=1):
            drawn.node(f"{node}_sign{number}", _sign_label(sign), **_beyond(_sign(sign, drawing), inherited))
    return drawn


def _sign_label(sign: Sign) -> str:
    return escape_label(sign.text)


def _sign(sign: Sign, drawing: Drawing) -> Attributes:
    return {
        "color": sign.ink if sign.ring else sign.plate,
        "fillcolor": sign.plate,
        "fontcolor": sign.ink,
        "fontname": escape_label(_families(drawing.font_family, " Bold")),
        "fontsize": _number(1.05 * sign.side, 3),
        "height": _inches(sign.side),
        "penwidth": _number(sign.ring, 3),
        "pos": _pinned(sign.x + sign.side / 2, sign.y + sign.side / 2, drawing),
        "style": "filled,rounded",
        "width": _inches(sign.side),
    }


def _relations(
    kind: str,
    numbered: Sequence[tuple[int, RelationMark]],
    ids: Mapping[str, str],
    drawing: Drawing,
    inherited: Attributes,
) -> Digraph:
    """One kind's lines below the look that they share. The word is a node and no label, which has nothing behind it."""
    shared = _arrow_look(numbered[0][1].arrow, drawing)
    relations: Digraph = Digraph(escape_label(f"relations_{kind}"), edge_attr=shared)
    for number, mark in numbered:
        arrow = mark.arrow
        own = _beyond(_arrow_look(arrow, drawing), shared)
        relations.edge(ids[mark.source], ids[mark.target], pos=_arrow_spline(arrow, drawing), **own)
        if mark.words and mark.plate:
            words, (_, _, width, height) = mark.words, mark.plate
            y = words.y - baseline_below_middle_pt(words.size)
            look = {
                "fillcolor": drawing.background,
                "height": _inches(height),
                "peripheries": "0",
                "pos": _pinned(words.x, y, drawing),
                "style": "filled",
                "width": _inches(width),
            }
            look |= _font(words, drawing)
            relations.node(f"relation{number}", _label((words,)), **_beyond(look, inherited))
    return relations


def _arrow_look(arrow: Arrow, drawing: Drawing) -> Attributes:
    (tip_x, tip_y), (x, y), (other_x, other_y) = arrow.head
    long = hypot(tip_x - (x + other_x) / 2, tip_y - (y + other_y) / 2)
    return {
        "arrowhead": "normal" if arrow.filled else "empty",
        "arrowsize": _number(long / ARROW_LENGTH_PT, 3),
        "color": drawing.relation_colour,
        "constraint": "false",
        "dir": "forward",
        "penwidth": _number(drawing.relation_width, 3),
        "style": STROKES[arrow.line] or "solid",
    }


def _arrow_spline(arrow: Arrow, drawing: Drawing) -> str:
    tip = arrow.head[0]
    return f"e,{_pt(tip[0])},{_pt(drawing.height - tip[1])} {_curve(_straight(arrow.points), drawing)}"


def _legend(
    marks: Sequence[LegendMark], samples: Sequence[RelationSample], drawing: Drawing, inherited: Attributes
) -> Digraph:
    legend: Digraph = Digraph("legend")
    for number, mark in enumerate(marks, start=1):
        legend.node(f"legend{number}", "", pos=_middle(mark.box, drawing), **_beyond(_box(mark.box), inherited))
        for sign in drawing.marks[mark.level].signs if mark.level in drawing.marks else ():
            legend.node(f"legend{number}_sign", _sign_label(sign), **_beyond(_sign(sign, drawing), inherited))
        words = (mark.words,)
        legend.node(f"legend{number}_word", _label(words), **_beyond(_free_words(words, drawing), inherited))
    for number, sample in enumerate(samples, start=len(marks) + 1):
        name, word, words = f"legend{number}", f"legend{number}_word", (sample.words,)
        (x, y), tip = sample.arrow.points[0], sample.arrow.head[0]
        place = _pinned((x + tip[0]) / 2, y, drawing)
        legend.node(name, "", height="0", pos=place, shape="none", width=_inches(tip[0] - x))
        legend.node(word, _label(words), **_beyond(_free_words(words, drawing), inherited))
        look = _arrow_look(sample.arrow, drawing)
        legend.edge(name, word, pos=_arrow_spline(sample.arrow, drawing), **look)
    return legend


def _box(box: Rectangle) -> Attributes:
    outside = 2 * PERIPHERY_GAP_PT if box.border_line == "double" else 0.0
    style = ["filled", "rounded" if box.corner == "round" else "", STROKES[box.border_line]]
    return {
        "color": box.border,
        "fillcolor": box.fill,
        "height": _inches(box.height - outside),
        "penwidth": _number(box.border_width, 3),
        "peripheries": "2" if box.border_line == "double" else "1",
        "style": ",".join(filter(None, style)),
        "width": _inches(box.width - outside),
    }


def _font(words: Words, drawing: Drawing) -> Attributes:
    return {
        "fontcolor": words.colour,
        "fontname": escape_label(_families(drawing.font_family, " Bold" * words.bold + " Italic" * words.italic)),
        "fontsize": _number(words.size, 3),
    }


def _free_words(lines: Sequence[Words], drawing: Drawing) -> Attributes:
    """Lines without a box as a node without a shape, whose label lies on their baselines."""
    first = lines[0]
    x = first.x
    y = sum(line.y for line in lines) / len(lines) - baseline_below_middle_pt(first.size)
    size = {"fixedsize": "false", "height": "0", "width": "0"}
    if first.anchor != "middle":
        # Flush left means at the left edge of a box of fixed size; an em for each letter holds any text.
        width = first.size * max(len(line.text) for line in lines)
        size = {"height": _inches(line_pitch_pt(first.size) * len(lines)), "width": _inches(width)}
        x += width / 2 if first.anchor == "start" else -width / 2
    return {"pos": _pinned(x, y, drawing), "shape": "none"} | size | _font(first, drawing)


def _label(lines: Sequence[Words]) -> str:
    if lines and lines[0].anchor != "middle":
        end = {"start": "\\l", "end": "\\r"}[lines[0].anchor]
        flush: str = nohtml("".join(escape_label(line.text) + end for line in lines))
        return flush
    return escape_label("\n".join(line.text for line in lines))


def _middle(box: Rectangle, drawing: Drawing) -> str:
    return _pinned(box.x + box.width / 2, box.y + box.height / 2, drawing)


def _pinned(x: float, y: float, drawing: Drawing) -> str:
    # The middle between edges of two decimals has three.
    return f"{_number(x, 3)},{_number(drawing.height - y, 3)}!"


def _spline(rail: RailMark, drawing: Drawing) -> str:
    return _curve(rail.points if rail.curve else _curves(rail_pieces(rail.points, drawing.rail_radius)), drawing)


def _curve(points: Sequence[Point], drawing: Drawing) -> str:
    return " ".join(f"{_pt(x)},{_pt(drawing.height - y)}" for x, y in points)


def _straight(points: Sequence[Point]) -> list[Point]:
    """A polyline as the control points of joined cubic Bézier curves."""
    return _curves(list(pairwise(points)))


def _curves(pieces: Sequence[Sequence[Point]]) -> list[Point]:
    """Joined pieces as joined cubic Bézier curves, 3n+1 points; the inner control points of a straight one lie on its
    ends."""
    points = [pieces[0][0]]
    for piece in pieces:
        points += piece[1:] if len(piece) > 2 else [piece[0], piece[1], piece[1]]
    return points


def _beyond(attributes: Mapping[str, str], inherited: Mapping[str, str]) -> Attributes:
    return {key: value for key, value in attributes.items() if inherited.get(key) != value}


def _number(value: float, places: int) -> str:
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _pt(value: float) -> str:
    return _number(value, 2)


def _inches(pt: float) -> str:
    return _number(max(pt, 0.0) / 72, 5)
