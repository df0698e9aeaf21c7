"""A picture in a Word part and its chart, in; the edits that make it show the chart, and what changed, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orgchart.documents.charts import Chart
from orgchart.documents.markers import chart_named
from orgchart.documents.office import Package
from orgchart.documents.sizes import EMU_PER_CM, Room, Size, emu, fitted
from orgchart.documents.word_names import ASVG, MC, PIC, STRICT_BY_USUAL, SVG_EXTENSION, WP, WP14, A, R, V, W
from orgchart.documents.word_relations import Relations
from orgchart.documents.xml_splice import Element, Part, escaped
from orgchart.packages import NotReadableError

IMAGE: Final = "/image"
_GONE: Final = frozenset([(W, "del"), (W, "moveFrom")])
_QUARTER: Final = 90 * 60_000  # DrawingML turns by sixtieths of a thousandth of a degree
_DEFAULT_WIDTH: Final = 16 * EMU_PER_CM
_STYLE_LENGTH: Final = re.compile(r"(^|;)(\s*)(width|height)(\s*:\s*)([^;]*)")


@dataclass(frozen=True)
class WordPicture:
    """A marked picture. frame: its ``w:drawing`` or, in older files, the shape in its ``w:pict``; name: the chart's."""

    part: Part
    frame: Element
    name: str

    @property
    def is_copy(self) -> bool:
        """Whether it stands there a second time for programs that do not know the first."""
        return any(element.name == (MC, "Fallback") for element in above(self.frame))

    @property
    def is_floating(self) -> bool:
        return any(child.name == (WP, "anchor") for child in self.frame.children) or (
            self.frame.name[0] == V and "position:absolute" in self.frame.attributes.get("style", "").replace(" ", "")
        )


def above(element: Element) -> Iterator[Element]:
    """The elements around it that are kept, from the inside."""
    here = element.parent
    while here is not None:
        yield here
        here = here.parent


def marked_pictures(part: Part) -> list[WordPicture]:
    """The pictures of a part that ask for a chart, in their order; struck-out ones are left alone.

    Raises NotReadableError for a marker on what is no single picture.
    """
    found = []
    for element in part.found:
        if any(outer.name in _GONE for outer in above(element)):
            continue
        if element.name == (W, "drawing"):
            name = _drawing_name(element)
            if name is not None:
                found.append(WordPicture(part, element, name))
        elif element.name == (W, "pict"):
            for shape in element.children:
                name = chart_named(shape.get("", "alt"))
                if shape.name[0] == V and name is not None:
                    if shape.first((V, "imagedata")) is None:
                        raise NotReadableError(_no_picture(name))
                    found.append(WordPicture(part, shape, name))
    return found


def _no_picture(name: str) -> str:
    return (
        f"what has the alternative text orgchart:{name} is no single picture but a shape, diagram or group; put a "
        "picture in its place, or ungroup it"
    )


def _drawing_name(drawing: Element) -> str | None:
    box = next((child for child in drawing.children if child.name in ((WP, "inline"), (WP, "anchor"))), None)
    if box is None:
        return None
    properties = box.child((WP, "docPr"))
    picture = _picture_of(box)
    named = None
    if properties is not None:
        named = chart_named(properties.get("", "descr")) or chart_named(properties.get("", "title"))
    if picture is not None:
        inner = picture.first((PIC, "cNvPr"))
        return named or (chart_named(inner.get("", "descr")) if inner is not None else None)
    if named is None:
        # In a group, the mark stands on one of its pictures.
        inside = (element for element in _shallow(box) if element.name == (PIC, "cNvPr"))
        named = next((name for element in inside if (name := chart_named(element.get("", "descr")))), None)
    if named is not None:
        raise NotReadableError(_no_picture(named))
    return None


def _shallow(element: Element) -> Iterator[Element]:
    """All below, but not what stands in the drawings of a text box inside, which are looked at by themselves."""
    stack = list(element.children)
    while stack:
        inner = stack.pop()
        if inner.name != (W, "drawing"):
            yield inner
            stack += inner.children


def _picture_of(box: Element) -> Element | None:
    graphic = box.child((A, "graphic"))
    content = graphic.child((A, "graphicData")) if graphic else None
    return content.child((PIC, "pic")) if content else None


@dataclass(frozen=True)
class Shown:
    """What was done to a picture: its size, and what changed: ``picture``, ``size``, ``text``; empty where nothing did.
    released: the ids of relationships that it had."""

    size: Size
    changed: frozenset[str]
    was_cropped: bool = False
    released: tuple[str, ...] = ()


def show(picture: WordPicture, chart: Chart, room: Room, package: Package, relations: Relations) -> Shown:
    """Edit the part so that the picture shows the chart at the width that it has, as far as the room allows."""
    if picture.frame.name[0] == V:
        return _show_old(picture, chart, room, package, relations)
    part = picture.part
    box = next(child for child in picture.frame.children if child.name in ((WP, "inline"), (WP, "anchor")))
    shown = _picture_of(box)
    extent, properties = box.child((WP, "extent")), box.child((WP, "docPr"))
    blip_fill = shown.child((PIC, "blipFill")) if shown else None
    blip = blip_fill.child((A, "blip")) if blip_fill else None
    if shown is None or blip_fill is None or blip is None or extent is None or properties is None:
        raise NotReadableError(_no_picture(picture.name))
    width = _whole(extent.get("", "cx"))
    size = fitted(width if width and width > 0 else _DEFAULT_WIDTH, chart.ratio, room)
    before = len(part.edits)
    _resize(part, box, shown, extent, size)
    crop = blip_fill.child((A, "srcRect"))
    was_cropped = crop is not None and any(value not in ("0", "0%") for value in crop.attributes.values())
    if crop is not None and was_cropped:
        part.replace(crop.start, crop.end, f"<{crop.raw}/>")
    changed = {"size"} if len(part.edits) > before else set()
    before = len(part.edits)
    _describe(part, properties, shown.first((PIC, "cNvPr")), chart)
    changed |= {"text"} if len(part.edits) > before else set()
    vector = blip.first((ASVG, "svgBlip"))
    old_png = blip.get(R, "embed")
    old_svg = vector.get(R, "embed") if vector is not None else None
    released: tuple[str, ...] = ()
    png_part = relations.target(old_png)
    if not package.shows(relations.target(old_svg), chart) or png_part is None or package.read(png_part) is None:
        changed.add("picture")
        released = tuple(identity for identity in (old_png, old_svg) if identity)
        svg, png = package.media(chart, media_folder(part.name))
        kind = image_type(part)
        _set_blip(part, blip, vector, relations.id_for(png, kind), relations.id_for(svg, kind))
    return Shown(size, frozenset(changed), was_cropped, released)


def image_type(part: Part) -> str:
    """The type of a relationship with a picture, in the form, usual or strict, that the part is written in."""
    return (STRICT_BY_USUAL[R] if is_strict(part) else R) + IMAGE


def is_strict(part: Part) -> bool:
    """Whether the part is written in the strict form of the standard."""
    return STRICT_BY_USUAL[W].encode() in part.content[: part.root.opened]


def media_folder(part: str) -> str:
    folder = part.rpartition("/")[0]
    return f"{folder}/media/" if folder else "media/"


def _resize(part: Part, box: Element, shown: Element, extent: Element, size: Size) -> None:
    for element in (extent, _transformed(shown)):
        if element is not None:
            part.set_attribute(element, "", "cx", str(size.width))
            part.set_attribute(element, "", "cy", str(size.height))
    turned = _transform(shown)
    turns = _whole(turned.get("", "rot")) if turned is not None else 0
    effect = box.child((WP, "effectExtent"))
    # Turned upright, a picture reaches beyond its own box by half the difference of its sides.
    if effect is not None and _QUARTER // 2 < (turns or 0) % (2 * _QUARTER) < 3 * _QUARTER // 2:
        beside, over = max(0, size.height - size.width) // 2, max(0, size.width - size.height) // 2
        for side, length in (("l", beside), ("t", over), ("r", beside), ("b", over)):
            part.set_attribute(effect, "", side, str(length))
    # A size in per cent of the page, which Word would take instead of ours.
    for name in ("sizeRelH", "sizeRelV"):
        relative = box.child((WP14, name))
        share = relative.children[0] if relative is not None and relative.children else None
        if share is not None and share.text.strip() not in ("", "0"):
            part.replace(share.opened, share.closing, "0")


def _transform(shown: Element) -> Element | None:
    properties = shown.child((PIC, "spPr"))
    return properties.child((A, "xfrm")) if properties else None


def _transformed(shown: Element) -> Element | None:
    transform = _transform(shown)
    return transform.child((A, "ext")) if transform else None


def _describe(part: Part, properties: Element, inner: Element | None, chart: Chart) -> None:
    part.set_attribute(properties, "", "descr", chart.alternative_text)
    if chart_named(properties.get("", "title")):
        part.set_attribute(properties, "", "title", chart.title)
    if inner is not None and chart_named(inner.get("", "descr")):
        part.set_attribute(inner, "", "descr", chart.alternative_text)


def _set_blip(part: Part, blip: Element, vector: Element | None, png: str, svg: str) -> None:
    """As Word writes it: the PNG for all, and the SVG in an extension for those who know it."""
    prefix = next((prefix for prefix, space in blip.prefixes.items() if space == R and prefix), "")
    declared = "" if prefix else f' xmlns:r="{R}"'
    prefix = prefix or "r"
    part.set_attribute(blip, R, "embed", png, f"{prefix}:embed")
    part.set_attribute(blip, R, "link", None)
    if declared:
        at = blip.start + 1 + len(blip.raw.encode())
        part.replace(at, at, declared)
    if vector is not None:
        part.set_attribute(vector, R, "embed", svg, f"{prefix}:embed")
        return
    extension = (
        f'<{blip.prefixed("ext")} uri="{SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{ASVG}" {prefix}:embed="{svg}"/>'
        f"</{blip.prefixed('ext')}>"
    )
    known = blip.child((A, "extLst"))
    if known is not None:
        part.into(known, extension)
    else:
        part.into(blip, f"<{blip.prefixed('extLst')}>{extension}</{blip.prefixed('extLst')}>")


def _show_old(picture: WordPicture, chart: Chart, room: Room, package: Package, relations: Relations) -> Shown:
    """A picture in VML, as Word 2007 and older wrote it: it can hold a PNG alone."""
    part, shape = picture.part, picture.frame
    style = shape.get("", "style") or ""
    lengths = {found[3]: found[5] for found in _STYLE_LENGTH.finditer(style)}
    width = emu(lengths.get("width"))
    size = fitted(width if width and width > 0 else _DEFAULT_WIDTH, chart.ratio, room)
    wanted = {"width": f"{size.width / 12_700:.2f}pt", "height": f"{size.height / 12_700:.2f}pt"}
    resized = _STYLE_LENGTH.sub(lambda found: "".join(found.group(1, 2, 3, 4)) + wanted[found[3]], style)
    for side in ("width", "height"):
        if side not in lengths:
            resized = f"{resized.rstrip(';')};{side}:{wanted[side]}".lstrip(";")
    changed = set()
    same = all(abs((emu(lengths.get(side)) or 0) - (emu(wanted[side]) or 0)) <= 12_700 // 50 for side in wanted)
    if not same:
        part.set_attribute(shape, "", "style", resized, "style")
        changed.add("size")
    if shape.get("", "alt") != chart.alternative_text:
        part.set_attribute(shape, "", "alt", chart.alternative_text)
        changed.add("text")
    image = shape.first((V, "imagedata"))
    assert image is not None
    old = image.get(R, "id")
    released: tuple[str, ...] = ()
    shown_part = relations.target(old)
    if shown_part is None or package.read(shown_part) != chart.png:
        changed.add("picture")
        released = (old,) if old else ()
        _, png = package.media(chart, media_folder(part.name), vector=False)
        prefix = next((prefix for prefix, space in image.prefixes.items() if space == R and prefix), "r")
        part.set_attribute(image, R, "id", relations.id_for(png, image_type(part)), f"{prefix}:id")
    return Shown(size, frozenset(changed), False, released)


def new_paragraph(chart: Chart, size: Size, identity: int, png: str, svg: str, strict: bool) -> str:
    """A paragraph of its own with the chart, centred, without the indents and line heights of the running text."""
    written = _paragraph(chart, size, identity, png, svg)
    for usual, other in STRICT_BY_USUAL.items() if strict else ():
        written = written.replace(f'"{usual}"', f'"{other}"')
    return written


def _paragraph(chart: Chart, size: Size, identity: int, png: str, svg: str) -> str:
    w, r = f'xmlns:w="{W}"', f'xmlns:r="{R}"'
    extent = f'cx="{size.width}" cy="{size.height}"'
    name = escaped(f"orgchart {chart.name}")
    return (
        f'<w:p {w}><w:pPr><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{identity}" name="{name}" '
        f'descr="{escaped(chart.alternative_text)}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{A}" '
        f'noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}">'
        f'<pic:pic xmlns:pic="{PIC}"><pic:nvPicPr><pic:cNvPr id="{identity}" name="{name}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip {r} r:embed="{png}"><a:extLst><a:ext uri="{SVG_EXTENSION}"><asvg:svgBlip '
        f'xmlns:asvg="{ASVG}" r:embed="{svg}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _whole(text: str | None) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,12}", text) else 0
