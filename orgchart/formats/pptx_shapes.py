"""A place, a look and a text, in; one native shape or connector of a slide as DrawingML, out."""

from __future__ import annotations

from collections.abc import Sequence

from orgchart.drawing import LineKind, Rectangle
from orgchart.formats.pptx_connectors import Area, Connector, Site, emu
from orgchart.formats.pptx_text import colour, said

# As the SVG draws them, in pt: dash and gap.
_DASHES: dict[LineKind, tuple[float, float]] = {"dashed": (5, 2), "dotted": (1, 5)}
_ROUND_PT = 12.0
_ANGLES = {"top": "3cd4", "left": "cd2", "bottom": "cd4", "right": "0"}
_FOUR_SITES = (("top", "hc", "t"), ("left", "l", "vc"), ("bottom", "hc", "b"), ("right", "r", "vc"))
# What a screen reader passes over.
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def shape(
    number: int,
    name: str,
    area: Area,
    look: str,
    text: str,
    *,
    description: str = "",
    click: str = "",
    decorative: bool = False,
    placeholder: str = "",
    text_box: bool = False,
) -> str:
    """``p:sp``. look: geometry, fill and line; text: the ``p:txBody``; description: what is said to those who cannot
    see it."""
    locks = '<a:spLocks noGrp="1"/>' if placeholder else ""
    box = ' txBox="1"' if text_box else ""
    return (
        f"<p:sp><p:nvSpPr>{_named(number, name, description, click, decorative)}"
        f"<p:cNvSpPr{box}>{locks}</p:cNvSpPr>"
        f"<p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr>{frame(area)}{look}</p:spPr>{text}</p:sp>"
    )


def line_shape(
    number: int,
    name: str,
    drawn: Connector,
    look: str,
    ends: tuple[tuple[int, int], tuple[int, int]] | None,
    *,
    description: str = "",
) -> str:
    """``p:cxnSp``. ends: of the shapes at its ends, their number and that of the site."""
    glue = ""
    if ends is not None:
        (start, start_site), (end, end_site) = ends
        glue = f'<a:stCxn id="{start}" idx="{start_site}"/><a:endCxn id="{end}" idx="{end_site}"/>'
    turn = f' rot="{drawn.rotation}"' if drawn.rotation else ""
    turn += ' flipH="1"' * drawn.flip_h + ' flipV="1"' * drawn.flip_v
    values = "".join(
        f'<a:gd name="adj{place}" fmla="val {value}"/>' for place, value in enumerate(drawn.adjustments, 1)
    )
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{_named(number, name, description, '', not description)}"
        f"<p:cNvCxnSpPr>{glue}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>{frame(drawn.frame, turn)}"
        f'<a:prstGeom prst="{drawn.preset}"><a:avLst>{values}</a:avLst></a:prstGeom>{look}</p:spPr></p:cxnSp>'
    )


def group(number: int, name: str, area: Area, description: str, inside: str) -> str:
    """``p:grpSp`` of shapes that keep their places on the slide."""
    place = f'<a:off x="{area.x}" y="{area.y}"/><a:ext cx="{area.width}" cy="{area.height}"/>'
    inner = f'<a:chOff x="{area.x}" y="{area.y}"/><a:chExt cx="{area.width}" cy="{area.height}"/>'
    return (
        f"<p:grpSp><p:nvGrpSpPr>{_named(number, name, description, '', False)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm>{place}{inner}</a:xfrm></p:grpSpPr>{inside}</p:grpSp>"
    )


def _named(number: int, name: str, description: str, click: str, decorative: bool) -> str:
    told = f' descr="{said(description)}"' if description else ""
    inside = click + (_DECORATIVE if decorative else "")
    return f'<p:cNvPr id="{number}" name="{said(name)}"{told}>{inside}</p:cNvPr>'


def frame(area: Area, turn: str = "") -> str:
    """``a:xfrm``."""
    return (
        f'<a:xfrm{turn}><a:off x="{area.x}" y="{area.y}"/><a:ext cx="{max(0, area.width)}" cy="{max(0, area.height)}"/>'
        "</a:xfrm>"
    )


def line(shade: str, width: float, kind: LineKind = "solid", ends: str = "") -> str:
    """``a:ln``; width in pt, ends its arrowheads."""
    if width == 0:
        return "<a:ln><a:noFill/></a:ln>"
    dash = ""
    if kind in _DASHES:
        long, gap = (round(100_000 * part / width) for part in _DASHES[kind])
        dash = f'<a:custDash><a:ds d="{long}" sp="{gap}"/></a:custDash>'
    return f'<a:ln w="{max(1, emu(width))}" cap="flat">{colour(shade)}{dash}<a:miter lim="800000"/>{ends}</a:ln>'


def box_look(box: Rectangle, sites: Sequence[Site]) -> str:
    """Geometry, fill and border of a box. A border of two lines and connection sites beside the four take a geometry of
    its own."""
    border = line(box.border, box.border_width, box.border_line)
    gap = emu(box.double_gap) if box.border_line == "double" and box.border_width else 0
    # Of a double border each line has corners of its own, as in the SVG.
    outer = _radius(box, 0.0)
    if not gap and not sites:
        if not outer:
            return f"{RECTANGLE}{colour(box.fill)}{border}"
        share = min(50_000, round(100_000 * outer / max(1, emu(min(box.width, box.height)))))
        adjust = f'<a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst>'
        return f'<a:prstGeom prst="roundRect">{adjust}</a:prstGeom>{colour(box.fill)}{border}'
    width, height = max(1, emu(box.width)), max(1, emu(box.height))
    paths = _path(width, height, 0, outer, ' fill="none"') if gap else ""
    paths += _path(width, height, gap, _radius(box, box.double_gap if gap else 0.0), "")
    connections, guides = "".join(_connection(*site) for site in _FOUR_SITES), ""
    for number, site in enumerate(sites):
        across, down = f"connsiteX{number}", f"connsiteY{number}"
        guides += f'<a:gd name="{across}" fmla="*/ {site.along} w {width}"/>'
        guides += f'<a:gd name="{down}" fmla="*/ {site.down} h {height}"/>'
        connections += _connection(site.side, across, down)
    return (
        f"<a:custGeom><a:avLst/><a:gdLst>{guides}</a:gdLst><a:ahLst/><a:cxnLst>{connections}</a:cxnLst>"
        f'<a:rect l="l" t="t" r="r" b="b"/><a:pathLst>{paths}</a:pathLst></a:custGeom>{colour(box.fill)}{border}'
    )


def _radius(box: Rectangle, inset: float) -> int:
    if box.corner != "round":
        return 0
    return emu(max(0.0, min(_ROUND_PT, (box.width - 2 * inset) / 3, (box.height - 2 * inset) / 3)))


def _connection(side: str, x: str, y: str) -> str:
    return f'<a:cxn ang="{_ANGLES[side]}"><a:pos x="{x}" y="{y}"/></a:cxn>'


def _path(width: int, height: int, inset: int, radius: int, fill: str) -> str:
    """A rectangle that far inside the box, from its upper left corner clockwise."""
    left, top, right, bottom = inset, inset, width - inset, height - inset
    steps = f"<a:moveTo>{_point(left, top + radius)}</a:moveTo>"
    for angle, corner, onward in (
        ("cd2", (left, top), (right - radius, top)),
        ("3cd4", (right, top), (right, bottom - radius)),
        ("0", (right, bottom), (left + radius, bottom)),
        ("cd4", (left, bottom), None),
    ):
        if radius:
            steps += f'<a:arcTo wR="{radius}" hR="{radius}" stAng="{angle}" swAng="cd4"/>'
        elif corner != (left, top):
            steps += f"<a:lnTo>{_point(*corner)}</a:lnTo>"
        if radius and onward:
            steps += f"<a:lnTo>{_point(*onward)}</a:lnTo>"
    return f'<a:path w="{width}" h="{height}"{fill}>{steps}<a:close/></a:path>'


def _point(x: int, y: int) -> str:
    return f'<a:pt x="{x}" y="{y}"/>'
