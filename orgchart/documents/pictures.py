"""A chart's SVG as orgchart writes it, in; the SVG and the PNG that stand in a document, out.

Word and LibreOffice look at no font inside an SVG: without PT Sans on the reader's computer they take another and press
it into the width, so that letters touch. Hence letters become outlines, which look the same everywhere; the names stand
in the alternative text. Links lead to files that are not in the document, and go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orgchart.documents.harmless import check_harmless
from orgchart.documents.xml_splice import Element, Part
from orgchart.errors import OrgChartError
from orgchart.limits import ExceededError, check_within
from orgchart.packages import NotReadableError
from orgchart.spoken import name_of
from orgchart.text import BEFORE_ANCHOR, Face, Font, load_font

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
_SIGNED: Final = re.compile(r'aria-labelledby="(oc[0-9a-f]{8})-title(?: \1-desc)?"')
_MM: Final = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)mm")
_DEEPEST_DASHES: Final = 20
_DPI: Final = 200
_LARGEST_SIDE_PX: Final = 5000  # of the picture for old programs: more makes the document heavy and prints no better


@dataclass(frozen=True, slots=True)
class ChartSvg:
    """A chart's SVG taken apart. prefix: what its ids begin with; width, height: in mm; outline: its units, line by
    line, behind dashes for their depth; family: the font that its words are set in."""

    content: bytes
    prefix: str
    width: float
    height: float
    title: str
    outline: tuple[str, ...]
    family: str
    background: str

    @property
    def ratio(self) -> float:
        """Its height by its width."""
        return self.height / self.width


def is_ours(content: bytes) -> bool:
    """Whether these are the bytes of an SVG that orgchart wrote."""
    return b"<svg" in content[:400] and _SIGNED.search(content[:2000].decode("utf-8", "replace")) is not None


def read_chart_svg(content: bytes, name: str) -> ChartSvg:
    """Take apart a chart's SVG. Raises OrgChartError for one that orgchart did not write, or that loads or runs
    things."""
    try:
        check_within("chart_bytes", len(content), "the chart")
        check_within("chart_tags", content.count(b"<"), "the chart")
    except ExceededError as error:
        raise OrgChartError(f"{name}: {error}") from None
    try:
        root = _parsed(content, name).root
    except NotReadableError as error:
        raise OrgChartError(f"{name}: {error}; draw it anew with orgchart render or orgchart build") from None
    signed = _SIGNED.fullmatch(f'aria-labelledby="{root.attributes.get("aria-labelledby", "")}"')
    sides = [_MM.fullmatch(root.attributes.get(side, "")) for side in ("width", "height")]
    title, desc = (root.child((SVG, name)) for name in ("title", "desc"))
    if root.name != (SVG, "svg") or not signed or not all(sides) or title is None or desc is None:
        raise OrgChartError(
            f"{name}: it is no chart that orgchart drew; draw it with orgchart render or orgchart build"
        )
    width, height = (float(side[1]) if side else 0.0 for side in sides)
    if not 1 <= width <= 100_000 or not 1 <= height <= 100_000:
        raise OrgChartError(f"{name}: the chart is {width:g} × {height:g} mm, which fits no page; draw it anew")
    check_harmless(root, name)
    sheet = root.child((SVG, "rect"))
    return ChartSvg(
        content=content,
        prefix=signed[1],
        width=width,
        height=height,
        title=" ".join(title.text.split()),
        outline=tuple(_outline(root, desc)),
        family=root.attributes.get("font-family", "").split(",")[0].strip("' "),
        background=sheet.attributes.get("fill", "#ffffff") if sheet else "#ffffff",
    )


def _outline(root: Element, desc: Element) -> Iterator[str]:
    """What the units are called, behind dashes for their depth: as the chart's description says it, or as the lists do
    that a screen reader walks, in which a unit's name ends where its level is told."""
    items = [element for element in root.below() if element.attributes.get("role") == "listitem"]
    if not items:
        yield from (line for line in desc.text.split("\n") if line.strip())
    lang = root.attributes.get("lang", "")
    for item in items:
        box = next((each for each in item.below() if "data-unit" in each.attributes), None)
        title = box.child((SVG, "title")) if box else None
        if box is not None and title is not None:
            name = name_of(title.text, box.attributes.get("data-level", ""), lang)
            yield "– " * min(_depth(item) - 1, _DEEPEST_DASHES) + name


def _depth(item: Element) -> int:
    told = item.attributes.get("aria-level", "")
    if told.isdecimal():
        return int(told[:9])
    depth, above = 0, item.parent
    while above is not None:
        depth += above.attributes.get("role") == "list"
        above = above.parent
    return depth


def _parsed(content: bytes, name: str) -> Part:
    return Part(name, content, wanted=[(SVG, "svg")])


def picture_svg(chart: ChartSvg, outlines: bool) -> bytes:
    """The SVG for a document: without font and links, and with letters as outlines where that is asked for and the font
    is on this machine."""
    part = _parsed(chart.content, "chart")
    font = _font_of(chart) if outlines else None
    for element in part.root.below():
        in_links = element.attributes.get("id") == f"{chart.prefix}-links"
        if element.name == (SVG, "style") or in_links:
            after = element.end + (chart.content[element.end : element.end + 1] == b"\n")
            part.replace(element.start, after, "")
        elif font is not None and element.name == (SVG, "text"):
            path = _outlined(element, font)
            if path is not None:
                part.replace(element.start, element.end, path)
    return part.edited


def _font_of(chart: ChartSvg) -> Font | None:
    try:
        return load_font(chart.family)
    except OrgChartError:
        return None


def can_be_outlined(chart: ChartSvg) -> bool:
    """Whether the chart's font is on this machine."""
    return _font_of(chart) is not None


def _outlined(element: Element, font: Font) -> str | None:
    """A line of text as one path; None for letters that the font lacks, which another font will show."""
    words, said = element.text, element.attributes
    face = font.face(_said(element, "font-weight", "") == "bold", _said(element, "font-style", "") == "italic")
    if not face.characters.issuperset(map(ord, words)):
        return None
    size, x, y = float(_said(element, "font-size", "16")), float(said["x"]), float(said["y"])
    x -= face.advance(words) * size * BEFORE_ANCHOR[_said(element, "text-anchor", "start")]
    path = "".join(
        _glyph_path(face, glyph.number, x + glyph.x * size, y - glyph.y * size, size) for glyph in face.glyphs(words)
    )
    own = f' fill="{said["fill"]}"' if "fill" in said else ""
    return f'<path transform="scale(.01)" d="{path}"{own}/>' if path else ""


def _said(element: Element | None, key: str, otherwise: str) -> str:
    """An attribute of a line of text, or that of the nearest group round it which has it."""
    while element is not None:
        if key in element.attributes:
            return element.attributes[key]
        element = element.parent
    return otherwise


def _glyph_path(face: Face, number: int, x: float, y: float, size: float) -> str:
    """In whole hundredths of a point, each step from where the last one ended: half as long as in points."""
    written = []
    here = begun = (0, 0)
    for command, points in face.outline(number):
        places = [(round(100 * (x + across * size)), round(100 * (y - up * size))) for across, up in points]
        if command == "M":
            here = begun = places[0]
            written.append(f"M{here[0]} {here[1]}")
        elif command == "Z":
            here = begun
            written.append("z")
        else:
            steps = " ".join(f"{left - here[0]} {down - here[1]}" for left, down in places)
            written.append(command.lower() + steps.replace(" -", "-"))
            here = places[-1]
    return "".join(written)


def picture_png(chart: ChartSvg) -> bytes:
    """The same picture for programs that show no SVG, at 200 dots per inch. Raises OrgChartError where the chart's font
    or cairo is not on this machine."""
    from orgchart.formats.png import png_of_svg

    longest = max(chart.width, chart.height) / 25.4
    dpi = max(1, min(_DPI, int(_LARGEST_SIDE_PX / longest)))
    width, height = (max(1, round(side / 25.4 * dpi)) for side in (chart.width, chart.height))
    return png_of_svg(picture_svg(chart, False), load_font(chart.family), (width, height), dpi, chart.background)
