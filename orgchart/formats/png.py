"""A page of a Chart, in; a PNG at the chart's dots per inch, which the file states, out."""

from __future__ import annotations

import struct
import zlib

from orgchart.chart import Chart
from orgchart.chart_page import ChartPage
from orgchart.errors import FormatError
from orgchart.formats.glyphs import check_glyphs
from orgchart.formats.svg import drawn_svg
from orgchart.limits import fixed, how_to_raise, value_of
from orgchart.text import Font

_LARGEST_SIDE_PX = fixed("png_side_px")
_HEADER_END = 33  # the signature and the IHDR chunk of any PNG


def write_png(chart: Chart, page: ChartPage) -> bytes:
    """CairoSVG's rendering of the page's SVG. Raises FormatError where it would be too large, before drawing it."""
    if chart.dpi < 1:
        raise FormatError(f"{chart.dpi} dpi draw nothing; use 1 or more, such as 200")
    width, height = (round(side / 72 * chart.dpi) for side in (page.drawing.width, page.drawing.height))
    largest_area = value_of("png_area_px")
    if max(width, height) > _LARGEST_SIDE_PX or width * height > largest_area:
        fitting = min(
            chart.dpi * _LARGEST_SIDE_PX / max(width, height), chart.dpi * (largest_area / (width * height)) ** 0.5
        )
        more = "" if max(width, height) > _LARGEST_SIDE_PX else f", {how_to_raise('png_area_px', width * height)}"
        raise FormatError(
            f"the PNG would be {width} × {height} px at {chart.dpi} dpi; at most {_LARGEST_SIDE_PX} px a side and "
            f"{largest_area // 1_000_000} million px in all are drawn; use --dpi {int(fitting)} or less{more}, "
            "or SVG or PDF"
        )
    check_glyphs(page.drawing, chart.font, "png")
    svg = drawn_svg(chart, page)
    return png_of_svg(svg, chart.font, (width, height), chart.dpi, page.drawing.background)


def png_of_svg(svg: bytes, font: Font, size_px: tuple[int, int], dpi: int, background: str) -> bytes:
    """The picture of an SVG of ours, whose text is in the font, at a size that cairo can hold."""
    from orgchart.formats.surface import surface_class

    # A page seldom ends at a whole pixel: told the size in pixels, CairoSVG leaves no half-transparent last row.
    drawn: bytes = surface_class("PNGSurface", font).convert(
        bytestring=svg, output_width=size_px[0], output_height=size_px[1], background_color=background
    )
    return drawn[:_HEADER_END] + _density(dpi) + drawn[_HEADER_END:]


def _density(dpi: int) -> bytes:
    """A pHYs chunk, by which Word and LibreOffice know the printed size (PNG specification, 11.3.5.3)."""
    per_metre = round(dpi / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    return struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk))
