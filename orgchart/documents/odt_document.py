"""The bytes of an ODT file and the charts that it asks for, in; the same file with the current charts, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from orgchart.documents.charts import Chart, ChartFolder
from orgchart.documents.headings import heading_meant
from orgchart.documents.markers import chart_named
from orgchart.documents.odt_names import DRAW, FO, LOEXT, MANIFEST, MIMETYPES, OFFICE, STYLE, SVG, TEXT, XLINK
from orgchart.documents.odt_pages import WANTED as PAGE_STYLES
from orgchart.documents.odt_pages import Pages
from orgchart.documents.office import Change, Package, Place
from orgchart.documents.sizes import EMU_PER_CM, Room, Size, emu, fitted, unit_of, written_as
from orgchart.documents.xml_splice import Element, Part, escaped
from orgchart.hints import quoted
from orgchart.packages import NotReadableError

_MARKED: Final = ((TEXT, "p"), (TEXT, "tracked-changes"), (OFFICE, "automatic-styles"))
_WANTED: Final = (*PAGE_STYLES, (TEXT, "h"))
_FRAME: Final = (DRAW, "frame")
_IMAGE: Final = (DRAW, "image")
_PARAGRAPH_STYLE: Final = "orgchart-picture"
_DEFAULT_WIDTH: Final = 16 * EMU_PER_CM
_ENCRYPTION: Final = (MANIFEST, "encryption-data")
_ENTRY: Final = (MANIFEST, "file-entry")


@dataclass(frozen=True)
class _Picture:
    part: Part
    frame: Element
    name: str


class OdtDocument:
    """An ODT file taken apart. Raises NotReadableError where it is none or holds a mark that cannot be served."""

    def __init__(self, package: Package) -> None:
        self._package = package
        content, styles, manifest = (
            package.read(name) for name in ("content.xml", "styles.xml", "META-INF/manifest.xml")
        )
        kind = (package.read("mimetype") or b"").decode("ascii", "replace").strip()
        if content is None or manifest is None or kind not in MIMETYPES:
            raise NotReadableError("it holds no text of LibreOffice (ODT)")
        self._manifest = Part("META-INF/manifest.xml", manifest, [_ENTRY])
        if any(element.child(_ENCRYPTION) for element in self._manifest.found):
            raise NotReadableError("it is locked with a password; take the password off, embed, and set it again")
        wanted = (*_WANTED, _FRAME)
        self._content = Part("content.xml", content, wanted, _MARKED)
        self._styles = None if styles is None else Part("styles.xml", styles, wanted, _MARKED)
        self._pages = Pages(self._styles, self._content)
        parts = [part for part in (self._content, self._styles) if part is not None]
        self._pictures = [picture for part in parts for picture in _marked_pictures(part)]
        self._headings = [
            (text, element)
            for element in self._content.found
            if element.name == (TEXT, "h") and (text := _heading_text(element)) and not _is_struck_out(element)
        ]
        self._released: list[str] = []

    @property
    def places(self) -> list[Place]:
        """Where charts are asked for, in their order."""
        return [self._place(picture, number) for number, picture in enumerate(self._pictures, 1)]

    def _place(self, picture: _Picture, number: int) -> Place:
        where = ", in a header or footer" if picture.part is self._styles else ""
        if picture.part is self._content:
            before = [text for text, element in self._headings if element.start < picture.frame.start]
            where = f", under {quoted(before[-1])}" if before else ""
        return Place(picture.name, f"picture {number}{where}")

    def with_charts(self, charts: ChartFolder, insert: tuple[str, str] | None) -> tuple[bytes, list[Change]]:
        """The file with its charts brought up to date, and what changed. insert: a chart's name, and the heading after
        which it is to stand as a new picture, if it does not stand under it already."""
        changes = []
        for picture, place in zip(self._pictures, self.places, strict=True):
            change = self._shown(picture, place, charts.chart(picture.name))
            changes += [change] if change else []
        if insert is not None:
            changes += self._inserted(charts.chart(insert[0]), insert[1])
        self._finish()
        return self._package.written, changes

    def _shown(self, picture: _Picture, place: Place, chart: Chart) -> Change | None:
        part, frame = picture.part, picture.frame
        sheet, column = self._pages.rooms(frame.start if part is self._content else 0)
        width = emu(frame.get(SVG, "width"))
        in_page = frame.get(TEXT, "anchor-type") == "page"
        wished = width if width and width > 0 else _DEFAULT_WIDTH
        size = _written_size(wished, chart.ratio, sheet if in_page else column, unit_of(frame.get(SVG, "width")))
        kind = ""
        if _describe(part, frame, chart):
            kind = "described"
        if _resize(part, frame, size):
            kind = "resized"
        images = [child for child in frame.children if child.name == _IMAGE]
        hrefs = [_href(image) for image in images]
        current = len(images) == 2 and self._package.shows(hrefs[0], chart)
        if not current or hrefs[1] is None or self._package.read(hrefs[1]) is None:
            kind = "redrawn"
            self._released += [href for href in hrefs if href]
            svg, png = self._package.media(chart, "Pictures/")
            part.replace(images[0].start, images[0].end, _image(svg) + _image(png))
            for image in images[1:]:
                part.replace(image.start, image.end, "")
        narrowed = "narrowed, as it would not fit the page" if size.narrowed else ""
        cropped = "it is cropped: take the crop off in LibreOffice" if self._is_cropped(frame) else ""
        return Change(place, kind, size, "; ".join(filter(None, [narrowed, cropped]))) if kind else None

    def _is_cropped(self, frame: Element) -> bool:
        style = frame.get(DRAW, "style-name")
        for part in (self._content, self._styles):
            for element in part.found if part else ():
                if element.name == (STYLE, "style") and element.get(STYLE, "name") == style:
                    properties = element.child((STYLE, "graphic-properties"))
                    clip = properties.get(FO, "clip") if properties is not None else None
                    return bool(clip) and any(sign in "123456789" for sign in clip or "")
        return False

    def _inserted(self, chart: Chart, after: str) -> list[Change]:
        number = heading_meant([text for text, _ in self._headings], after)
        text, heading = self._headings[number]
        part = self._content
        until = self._headings[number + 1][1].start if number + 1 < len(self._headings) else len(part.content)
        for picture in self._pictures:
            here = picture.part is part and heading.start < picture.frame.start < until
            if here and picture.name == chart.name:
                return []
        _, column = self._pages.rooms(heading.end)
        size = _written_size(column.width, chart.ratio, column, "cm")
        svg, png = self._package.media(chart, "Pictures/")
        self._declare_style()
        part.replace(heading.end, heading.end, _paragraph(chart, size, svg, png))
        remark = "narrowed, as it would not fit the page" if size.narrowed else ""
        return [Change(Place(chart.name, f"new picture, under {quoted(text)}"), "inserted", size, remark)]

    def _declare_style(self) -> None:
        """The style of the new paragraph: centred, without the indents of the running text."""
        part = self._content
        known = {element.get(STYLE, "name") for element in part.found if element.name == (STYLE, "style")}
        styles = next((element for element in part.found if element.name == (OFFICE, "automatic-styles")), None)
        if _PARAGRAPH_STYLE in known or styles is None:
            return
        part.into(
            styles,
            f'<style:style xmlns:style="{STYLE}" xmlns:fo="{FO}" style:name="{_PARAGRAPH_STYLE}" '
            'style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties '
            'fo:margin-left="0cm" fo:margin-right="0cm" fo:margin-top="0.2cm" fo:margin-bottom="0.2cm" '
            'fo:line-height="100%" fo:text-align="center" fo:text-indent="0cm"/></style:style>',
        )

    def _finish(self) -> None:
        """Drop pictures of ours that nobody shows any more; list the new ones; put the parts into the package."""
        edited = b""
        for part in (self._content, self._styles):
            if part is not None:
                edited += part.edited if part.edits else part.content
                self._package.put(part)
        entries = {element.get(MANIFEST, "full-path"): element for element in self._manifest.found}
        for name in dict.fromkeys(self._released):
            if self._package.is_ours(name) and escaped(name).encode() not in edited:
                self._package.remove(name)
                if name in entries:
                    self._manifest.replace(entries[name].start, entries[name].end, "")
        root = self._manifest.root
        path, kind = (
            next((raw for element in self._manifest.found if (raw := element.raw_attribute(MANIFEST, local))), local)
            for local in ("full-path", "media-type")
        )
        for name in self._package.added:
            self._manifest.into(
                root,
                f'<{root.prefixed("file-entry")} {path}="{escaped(name)}" {kind}="{_media_type(name)}"/>',
            )
        self._package.put(self._manifest)


def _marked_pictures(part: Part) -> Iterator[_Picture]:
    for frame in (element for element in part.found if element.name == _FRAME):
        described = (frame.child((SVG, local)) for local in ("desc", "title"))
        name = next((name for said in described if said and (name := chart_named(said.text))), None)
        if name is None or _is_struck_out(frame):
            continue
        if frame.child(_IMAGE) is None or any(
            child.name[0] == DRAW and child.name[1] in ("object", "object-ole", "text-box") for child in frame.children
        ):
            raise NotReadableError(
                f"what has the alternative text orgchart:{name} is no picture but a text box, formula or object; put a "
                "picture in its place"
            )
        yield _Picture(part, frame, name)


def _is_struck_out(element: Element) -> bool:
    here = element.parent
    while here is not None:
        if here.name == (TEXT, "tracked-changes"):
            return True
        here = here.parent
    return False


def _heading_text(heading: Element) -> str:
    """The words of a heading; its own and those of spans, links and spaces inside, in their order."""
    return " ".join(heading.whole_text(skipped=frozenset([_FRAME, (TEXT, "note"), (OFFICE, "annotation")])).split())


def _href(image: Element) -> str | None:
    target = image.get(XLINK, "href")
    return unquote(target.removeprefix("./")) if target else None


def _describe(part: Part, frame: Element, chart: Chart) -> bool:
    """The outline goes into the description, and a title that held the marker becomes the chart's."""
    title, desc = (frame.child((SVG, local)) for local in ("title", "desc"))
    before = len(part.edits)
    if title is not None and chart_named(title.text):
        part.replace(title.start, title.end, f"<{title.raw}>{_lines(chart.title)}</{title.raw}>")
    wanted = chart.alternative_text
    if desc is not None:
        if desc.text != wanted:
            part.replace(desc.start, desc.end, f"<{desc.raw}>{_lines(wanted)}</{desc.raw}>")
    elif title is not None:
        raw = title.prefixed("desc")
        part.replace(title.end, title.end, f"<{raw}>{_lines(wanted)}</{raw}>")
    return len(part.edits) > before


def _written_size(width: int, ratio: float, room: Room, unit: str) -> Size:
    """As fitted, but a new width is one that can be written, so that it reads the same the next time."""
    size = fitted(width, ratio, room)
    if not size.narrowed:
        return size
    across = emu(written_as(size.width, unit)) or size.width
    return Size(across, max(1, round(across * ratio)), narrowed=True)


def _lines(text: str) -> str:
    return escaped(text).replace("&#xA;", "\n")


def _resize(part: Part, frame: Element, size: Size) -> bool:
    """Keep the width as it is written where it stays, and the unit in which lengths are written."""
    width, height = frame.get(SVG, "width"), frame.get(SVG, "height")
    before = len(part.edits)
    if emu(width) != size.width:
        part.set_attribute(frame, SVG, "width", written_as(size.width, unit_of(width)), _in_svg(frame, "width"))
    wanted = written_as(size.height, unit_of(height or width))
    if height != wanted:
        part.set_attribute(frame, SVG, "height", wanted, _in_svg(frame, "height"))
        _resize_box(part, frame, size.height - (emu(height) or size.height))
    if (frame.get(STYLE, "rel-height") or "scale").rstrip("%").isdecimal():
        part.set_attribute(frame, STYLE, "rel-height", "scale")
    return len(part.edits) > before


def _resize_box(part: Part, frame: Element, taller: int) -> None:
    """LibreOffice puts a picture with a caption into a text box, which would keep the old height."""
    box = frame.parent
    while box is not None and box.name not in (_FRAME, (DRAW, "text-box")):
        box = box.parent
    least = box.get(FO, "min-height") if box is not None and box.name == (DRAW, "text-box") else None
    if box is not None and least is not None and (old := emu(least)) is not None:
        part.set_attribute(box, FO, "min-height", written_as(max(0, old + taller), unit_of(least)))


def _in_svg(frame: Element, local: str) -> str:
    """How an attribute of the namespace svg is to be written on a frame that lacks it."""
    prefix = next((prefix for prefix, space in frame.prefixes.items() if space == SVG and prefix), "svg")
    return f"{prefix}:{local}"


def _media_type(name: str) -> str:
    return "image/svg+xml" if name.endswith(".svg") else "image/png"


def _image(name: str) -> str:
    """As LibreOffice writes it: the kind of the picture in ODF's words, and in its own for versions before 7.2."""
    return (
        f'<draw:image xmlns:draw="{DRAW}" xmlns:xlink="{XLINK}" xmlns:loext="{LOEXT}" xlink:href="{escaped(name)}" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad" '
        f'draw:mime-type="{_media_type(name)}" loext:mime-type="{_media_type(name)}"/>'
    )


def _paragraph(chart: Chart, size: Size, svg: str, png: str) -> str:
    width, height = (written_as(side, "cm") for side in (size.width, size.height))
    return (
        f'<text:p xmlns:text="{TEXT}" text:style-name="{_PARAGRAPH_STYLE}"><draw:frame xmlns:draw="{DRAW}" '
        f'xmlns:svg="{SVG}" draw:style-name="Graphics" draw:name="{escaped(f"orgchart {chart.name}")}" '
        f'text:anchor-type="as-char" svg:width="{width}" svg:height="{height}">{_image(svg)}{_image(png)}'
        f"<svg:title>{_lines(chart.title)}</svg:title><svg:desc>{_lines(chart.alternative_text)}</svg:desc></draw:frame>"
        "</text:p>"
    )
