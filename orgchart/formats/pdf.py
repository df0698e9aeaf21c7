"""A Chart, in; one PDF with all its pages, each exactly of its size, text selectable, fonts embedded, out."""

from __future__ import annotations

import io

from orgchart.chart import Chart
from orgchart.errors import FormatError
from orgchart.formats.glyphs import check_glyphs
from orgchart.formats.svg import drawn_svg
from orgchart.limits import fixed

# Readers refuse or cut pages past 200 inches (PDF 32000-1, annex C.2).
_LARGEST_PT = fixed("pdf_side_pt")


def write_pdf(chart: Chart) -> bytes:
    """The drawn SVG of every page, painted by cairo, tagged for screen readers, with a bookmark for each unit; an atlas
    also has links and page labels. Where cairo cannot mark content there are no tags; ``pdf_remark`` says so.

    Raises FormatError where a page is too large, a glyph is missing, or cairo marks this chart's content otherwise than
    it marked that of the trial.
    """
    for page in chart.pages:
        drawing = page.drawing
        if max(drawing.width, drawing.height) > _LARGEST_PT:
            raise FormatError(
                f"the page is {drawing.width:.0f} × {drawing.height:.0f} pt and a PDF page at most "
                f"{_LARGEST_PT} pt; choose a --page such as A0, or draw a branch with --root or --depth"
            )
        check_glyphs(drawing, chart.font, "pdf")
    return _written(chart, tagged=not pdf_remark())


def pdf_remark() -> str:
    """Why PDFs of this machine have no tags, and what to do; "" where they have."""
    import orgchart.formats.cairo_text  # noqa: F401 - raises FormatError where there is no cairo at all
    from orgchart.formats.pdf_tags import tagging_fault

    return tagging_fault()


def _written(chart: Chart, *, tagged: bool) -> bytes:
    import pikepdf

    from orgchart.formats.pdf_facts import state_facts
    from orgchart.formats.pdf_ligatures import tell_ligatures
    from orgchart.formats.pdf_paint import Sheet, pdf_pages
    from orgchart.formats.pdf_tags import add_tags
    from orgchart.formats.pdf_ways import add_ways
    from orgchart.formats.tag_tree import tag_tree

    tree = tag_tree(chart) if tagged else None
    marks = tree.pages if tree else (None,) * len(chart.pages)
    sheets = (
        Sheet(drawn_svg(chart, page), page.drawing.width, page.drawing.height, of_page)
        for page, of_page in zip(chart.pages, marks, strict=True)
    )
    content, drawn = pdf_pages(sheets, chart.font)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        add_ways(pdf, chart)
        if tree:
            tell_ligatures(
                pdf, set("".join({words.text for page in chart.pages for words in page.drawing.all_words()}))
            )
            add_tags(pdf, tree, drawn, [page.drawing.height for page in chart.pages])
        state_facts(pdf, chart)
        written = io.BytesIO()
        pdf.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version="1.7",
        )
    return written.getvalue()
