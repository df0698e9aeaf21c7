"""A Chart, in; a PowerPoint presentation with a slide for each page, of native shapes and glued connectors, out."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.errors import FormatError
from orgchart.limits import fixed
from orgchart.version import __version__

if TYPE_CHECKING:
    from orgchart.formats.pptx_text import Relate

# ST_SlideSizeCoordinate: from 1 to 56 inches; and ST_TextFontSize: from 1 pt.
_SMALLEST_PT, _LARGEST_PT = 72.0, fixed("pptx_side_pt")
_SMALLEST_TEXT_PT = 1.0
_LONGEST_PROPERTY = 255
# A date that says nothing: a chart's bytes depend on its content only.
_CREATED = datetime.datetime(2000, 1, 1)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Of the layouts that python-pptx brings, those that a chart's slides and further slides beside them want.
_LAYOUTS = ("Title Only", "Title and Content", "Blank")
_UNWANTED = ("thumbnail", "printerSettings")
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>orgchart {__version__}</Application></Properties>"
)


def write_pptx(chart: Chart) -> bytes:
    """Every page as a slide of the page's size, on which boxes, names and lines can be moved and edited.

    All slides of a presentation have one size: where an atlas has upright pages and pages across, each stands in the
    middle of a slide as wide and as high as the largest. Raises FormatError where a page is larger than PowerPoint's
    largest slide, text is smaller than its smallest, or python-pptx is not installed.
    """
    _check(chart)
    try:
        import pptx
    except ImportError:
        raise FormatError(
            'pptx needs the package python-pptx, which is not installed; run: pip install "orgchart[office]", '
            "or take another format, such as --format svg"
        ) from None
    from orgchart.formats.pptx_slide import slide_shapes, slide_title

    width, height = (max(_SMALLEST_PT, *sides) for sides in _sides(chart))
    deck = pptx.Presentation()
    _fit_template(deck, chart, width, height)
    layout = next(layout for layout in deck.slide_layouts if layout.name == _LAYOUTS[0])
    slides = [deck.slides.add_slide(layout) for _ in chart.pages]
    for page, slide in zip(chart.pages, slides, strict=True):
        left, top = (width - page.drawing.width) / 2, (height - page.drawing.height) / 2
        shapes = slide_shapes(chart, page, left, top, _relate(slide, slides))
        _fill(slide, page, slide_title(chart, page), shapes)
    written = io.BytesIO()
    deck.save(written)
    return _undated(written)


def _check(chart: Chart) -> None:
    for page in chart.pages:
        drawing = page.drawing
        if max(drawing.width, drawing.height) > _LARGEST_PT:
            raise FormatError(
                f"the page is {drawing.width:.0f} × {drawing.height:.0f} pt and a slide of PowerPoint at most "
                f"{_LARGEST_PT} pt (56 inches) wide and high; choose a --page such as A0, or draw a branch with "
                "--root or --depth"
            )
        smallest = min((words.size for words in drawing.all_words()), default=_SMALLEST_TEXT_PT)
        if smallest < _SMALLEST_TEXT_PT:
            raise FormatError(
                f"the smallest text would print at {smallest:g} pt, and PowerPoint has none under "
                f"{_SMALLEST_TEXT_PT:g} pt; use a larger --page, or --atlas auto, or draw a branch with --root or "
                "--depth"
            )


def _sides(chart: Chart) -> tuple[list[float], list[float]]:
    return [page.drawing.width for page in chart.pages], [page.drawing.height for page in chart.pages]


def _relate(slide: Any, slides: Sequence[Any]) -> Relate:
    from pptx.opc.constants import RELATIONSHIP_TYPE

    def relate(page: int) -> str:
        related: str = slide.part.relate_to(slides[page - 1].part, RELATIONSHIP_TYPE.SLIDE)
        return related

    return relate


def _fit_template(deck: Any, chart: Chart, width: float, height: float) -> None:
    """The template in the chart's size, font and language, without what is of no use here."""
    from orgchart.formats.pptx_connectors import emu
    from orgchart.formats.pptx_text import printable, spelling

    across, down = emu(width) / deck.slide_width, emu(height) / deck.slide_height
    deck.slide_width, deck.slide_height = emu(width), emu(height)
    deck.element.sldSz.attrib.pop("type", None)
    for layout in list(deck.slide_layouts):
        if layout.name not in _LAYOUTS:
            deck.slide_layouts.remove(layout)
    for master in (deck.slide_master, *deck.slide_layouts):
        for place in master.element.iter("{*}off", "{*}ext"):
            for key, share in (("x", across), ("cx", across), ("y", down), ("cy", down)):
                if key in place.attrib:
                    place.set(key, str(round(int(place.get(key)) * share)))
    for part in (deck.part, deck.part.package):
        for name, relationship in list(part._rels.items()):
            if relationship.reltype.rsplit("/", 1)[-1] in _UNWANTED:
                part._rels.pop(name)
    _fonts(deck, chart.font.family)
    core = deck.core_properties
    title = printable(" ".join(chart.title.split()))
    core.title = title if len(title) <= _LONGEST_PROPERTY else f"{title[: _LONGEST_PROPERTY - 1]}…"
    core.subject, core.language = "", spelling(chart.drawing.lang)
    core.author = core.last_modified_by = f"orgchart {__version__}"
    core.keywords = core.comments = core.category = ""
    core.created = core.modified = _CREATED
    core.revision = 1


def _fonts(deck: Any, family: str) -> None:
    """What a person types into a new shape is in the chart's font."""
    from lxml import etree

    theme = next(
        relationship.target_part
        for relationship in deck.slide_master.part.rels.values()
        if relationship.reltype.endswith("/theme")
    )
    tree = etree.fromstring(theme.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    for latin in tree.iterfind(".//{*}fontScheme/*/{*}latin"):
        latin.set("typeface", family)
    theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _fill(slide: Any, page: ChartPage, title: str, shapes: str) -> None:
    """Put the shapes onto the empty slide."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    from orgchart.formats.pptx_text import colour, printable

    tree = slide.shapes._spTree
    for placeholder in list(slide.placeholders):
        tree.remove(placeholder.element)
    made = parse_xml(f"<p:spTree {nsdecls('p', 'a', 'r')}>{shapes}</p:spTree>")
    tree.extend(list(made))
    background = f"<p:bg {nsdecls('p', 'a')}><p:bgPr>{colour(page.drawing.background)}<a:effectLst/></p:bgPr></p:bg>"
    content = slide.element.cSld
    content.insert(0, parse_xml(background))
    content.set("name", printable(title))


def _undated(written: io.BytesIO) -> bytes:
    """The same package with the same dates in every run; of the program that wrote it, what is true."""
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 3
            new.writestr(part, _APP if entry.filename == "docProps/app.xml" else old.read(entry))
    return packed.getvalue()
