"""A Drawing and its Font, in; the style sheet of its SVG for the web: own font, colours for a page to set, dark, out.

All its rules hold below the chart's own id, so that no chart and no page round it changes another. What a program does
not understand of them it leaves out, and shows the colours that stand on the shapes themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from orgchart.drawing import MARKER, Drawing, Rectangle
from orgchart.formats.svg_dark import dark
from orgchart.formats.svg_font import font_rules
from orgchart.text import Font

# Of a level, as the name of its custom properties has it.
_PLAIN: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def style_element(drawing: Drawing, font: Font, prefix: str, family: str) -> str:
    """``<style>`` with all rules. family: of the font inside, empty for none."""
    faces = font_rules(drawing, font, family) + "\n" if family else ""
    painted = dict.fromkeys(_painted(drawing))
    colours = dict.fromkeys(colour for _, colour in painted)
    names = {colour: f"--c{place}" for place, colour in enumerate(colours)}
    light = "".join(f"{name}:{colour};" for colour, name in names.items())
    night = "".join(f"{name}:{dark(colour)};" for colour, name in names.items())
    # The signs of a chart of changes keep their colours, by which they are known.
    those = f"#{prefix} :not([data-signs]>*)" if drawing.marks else f"#{prefix} "
    rules = "".join(f'{those}[{what}="{colour}"]{{{what}:var({names[colour]})}}\n' for what, colour in painted)
    rules += "".join(_by_level(drawing, names, prefix))
    return (
        f"<style>{faces}@supports (fill:var(--c0)){{\n#{prefix}{{{light}}}\n{rules}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{#{prefix}{{{night}}}}}</style>\n"
    )


def _painted(drawing: Drawing) -> Iterator[tuple[str, str]]:
    """What is painted, ``fill`` or ``stroke``, in which colour, but for the signs."""
    yield "fill", drawing.background
    looks = dict.fromkeys([(box.fill, box.border, box.border_width > 0) for box in _boxes(drawing)])
    for fill, border, is_drawn in looks:
        yield "fill", fill
        if is_drawn:
            yield "stroke", border
    for colour in dict.fromkeys([words.colour for words in drawing.all_words()]):
        yield "fill", colour
    if drawing.rails:
        yield "stroke", drawing.rail_colour
    if drawing.relations or drawing.relation_samples:
        yield "fill", drawing.relation_colour
        yield "stroke", drawing.relation_colour
    for mark in drawing.units if drawing.marks else ():
        if mark.unit in drawing.marks:  # a line of its letters' colour strikes them out
            yield from (("stroke", words.colour) for words in mark.words[: drawing.marks[mark.unit].struck])
    # Where a font lacks arrows, they are drawn in the colour of their letters.
    with_arrows = [words for words in drawing.all_words() if "→" in words.text or "←" in words.text]
    yield from (("stroke", words.colour) for words in with_arrows)


def _boxes(drawing: Drawing) -> list[Rectangle]:
    return [*[mark.box for mark in drawing.units], *[entry.box for entry in drawing.legend]]


def _by_level(drawing: Drawing, names: dict[str, str], prefix: str) -> Iterator[str]:
    """``--orgchart-sector-fill``, ``-border`` and ``-text``, which a page may set, for the levels' own looks."""
    looks: dict[str, tuple[Rectangle, str]] = {}
    for entry in drawing.legend:
        if entry.level != MARKER and entry.level not in drawing.marks:
            looks[entry.level] = (entry.box, "")
    for mark in drawing.units:
        box, text = looks.get(mark.level, (mark.box, ""))
        if not text and mark.words and (box.fill, box.border) == (mark.box.fill, mark.box.border):
            looks[mark.level] = (box, mark.words[0].colour)
    for level, (box, text) in sorted(looks.items()):
        if not _PLAIN.fullmatch(level):
            continue
        unit = f'#{prefix} [data-level="{level}"]'
        own = f"--orgchart-{level}"
        yield f'{unit}>rect[fill="{box.fill}"]{{fill:var({own}-fill,var({names[box.fill]}))}}\n'
        if box.border_width:
            yield f'{unit}>rect[stroke="{box.border}"]{{stroke:var({own}-border,var({names[box.border]}))}}\n'
        if text:
            yield f'{unit}[fill="{text}"]{{fill:var({own}-text,var({names[text]}))}}\n'
