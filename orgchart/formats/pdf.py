"""A Chart, in; one PDF with all its pages, each exactly of its size, text selectable, fonts embedded, out."""

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
    """CairoSVG's rendering of the SVG of every page; an atlas also has bookmarks, links and page labels.

    Raises FormatError where a page is too large or a glyph is missing.
    """
    for page in chart.pages:
        drawing = page.drawing
        if max(drawing.width, drawing.height) > _LARGEST_PT:
            raise FormatError(
                f"the page is {drawing.width:.0f} × {drawing.height:.0f} pt and a PDF page at most "
                f"{_LARGEST_PT} pt; choose a --page such as A0, or draw a branch with --root or --depth"
            )
        check_glyphs(drawing, chart.font, "pdf")
    import pikepdf

    from orgchart.formats.surface import pdf_pages

    svgs = (svg_text(chart, page, embed_font=False, links=False).encode("utf-8") for page in chart.pages)
    with pikepdf.open(io.BytesIO(pdf_pages(svgs, chart.font))) as pdf:
        pdf.Root.Lang = pikepdf.String(chart.drawing.lang)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.docinfo["/Title"] = pikepdf.String(chart.title)
        pdf.docinfo["/Creator"] = pikepdf.String(f"orgchart {__version__}")
        pdf.docinfo["/CreationDate"] = pikepdf.String(_CREATED)
        if len(chart.pages) > 1:
            from orgchart.formats.pdf_ways import add_ways

            add_ways(pdf, chart)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()
