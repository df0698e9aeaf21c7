"""A PDF and its Chart, in; the PDF with its title, language, source, maker and date, told twice as PDF has them, out."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, String

from orgchart.chart import Chart
from orgchart.labels import rulebook_line
from orgchart.version import __version__

# A date that says nothing: a chart's bytes depend on its content only.
_CREATED, _CREATED_XMP = "D:20000101000000Z", "2000-01-01T00:00:00Z"
_UA = "http://www.aiim.org/pdfua/ns/id/"


def state_facts(pdf: pikepdf.Pdf, chart: Chart, *, tagged: bool) -> None:
    """The document's entries, its information and the same as XMP. That it is PDF/UA-1 is said only of a tagged file
    with a title, of which every font is inside and can be read as text."""
    lang, maker = chart.drawing.lang, f"orgchart {__version__}"
    pdf.Root.Lang = String(lang)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = String(chart.title)
    pdf.docinfo["/Creator"] = String(maker)
    pdf.docinfo["/CreationDate"] = String(_CREATED)
    source = rulebook_line(chart.structure.unit_file.source, lang)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as facts:
        facts.register_xml_namespace(_UA, "pdfuaid")
        facts["dc:title"] = chart.title
        facts["dc:language"] = {lang}
        if source:
            facts["dc:source"] = source
        facts["pdf:Producer"] = str(pdf.docinfo["/Producer"])
        facts["xmp:CreatorTool"] = maker
        facts["xmp:CreateDate"] = _CREATED_XMP
        if tagged and chart.title and _fonts_are_whole(pdf):
            facts["pdfuaid:part"] = "1"


def _fonts_are_whole(pdf: pikepdf.Pdf) -> bool:
    """Whether each font of the pages is embedded and says which characters its glyphs are."""
    fonts: list[Any] = []
    for page in pdf.pages:
        fonts += [font for _, font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).items()]
    for font in fonts:
        inner = font.DescendantFonts[0] if font.Subtype == Name.Type0 else font
        descriptor = inner.get("/FontDescriptor", Dictionary())
        if "/ToUnicode" not in font or not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            return False
    return True
