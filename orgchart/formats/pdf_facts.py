"""A PDF and its Chart, in; the PDF with its title, language, source, maker and date, as PDF tells them, out."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, String

from orgchart.chart import Chart
from orgchart.labels import rulebook_line
from orgchart.version import __version__

# A date that says nothing: a chart's bytes depend on its content only.
_CREATED, _CREATED_XMP = "D:20000101000000Z", "2000-01-01T00:00:00Z"


def state_facts(pdf: pikepdf.Pdf, chart: Chart) -> None:
    """The document's entries, its information and the same as XMP. That it is PDF/UA-1 is not said: no checker of that
    has seen it."""
    lang, maker = chart.drawing.lang, f"orgchart {__version__}"
    pdf.Root.Lang = String(lang)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = String(chart.title)
    pdf.docinfo["/Creator"] = String(maker)
    pdf.docinfo["/CreationDate"] = String(_CREATED)
    source = rulebook_line(chart.structure.unit_file.source, lang)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as facts:
        facts["dc:title"] = chart.title
        facts["dc:language"] = {lang}
        if source:
            facts["dc:source"] = source
        facts["pdf:Producer"] = str(pdf.docinfo["/Producer"])
        facts["xmp:CreatorTool"] = maker
        facts["xmp:CreateDate"] = _CREATED_XMP
