"""A Chart, in; a one-page PDF of exactly the page's size, text selectable, fonts embedded, out."""

from __future__ import annotations

import io

from orgchart.chart import Chart
from orgchart.errors import FormatError
from orgchart.formats.glyphs import check_glyphs
from orgchart.formats.svg import svg_text
from orgchart.version import __version__

# Readers refuse or cut pages past 200 inches (PDF 32000-1, annex C.2).
_LARGEST_PT = 14_400
# A date that says nothing: a chart's bytes depend on its content only.
_CREATED = "D:20000101000000Z"


def write_pdf(chart: Chart) -> bytes:
    """CairoSVG's rendering of the chart's SVG. Raises FormatError where the page is too large or a glyph is missing."""
    if max(chart.drawing.width, chart.drawing.height) > _LARGEST_PT:
        raise FormatError(
            f"the page is {chart.drawing.width:.0f} × {chart.drawing.height:.0f} pt and a PDF page at most "
            f"{_LARGEST_PT} pt; choose a --page such as A0, or draw a branch with --root or --depth"
        )
    check_glyphs(chart, "pdf")
    import pikepdf

    from orgchart.formats.surface import surface_class

    svg = svg_text(chart, embed_font=False).encode("utf-8")
    drawn = surface_class("PDFSurface", chart.font).convert(bytestring=svg)
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        pdf.Root.Lang = pikepdf.String(chart.drawing.lang)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.docinfo["/Title"] = pikepdf.String(chart.title)
        pdf.docinfo["/Creator"] = pikepdf.String(f"orgchart {__version__}")
        pdf.docinfo["/CreationDate"] = pikepdf.String(_CREATED)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()
