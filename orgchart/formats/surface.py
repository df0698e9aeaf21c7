"""An SVG of ours and its font, in; the same picture on a cairo surface, its text set as it was measured, out.

CairoSVG draws the boxes and rails. Its own way with text, a call for each letter, is slow and loses kerning and words;
here each line is one call with the glyphs that the layout measured, from the very font file it measured.
"""

from __future__ import annotations

from typing import Any, ClassVar

from orgchart.formats.cairo_text import cairo_face, show_line
from orgchart.text import BEFORE_ANCHOR, Font

# Only now: where there is no cairo, the import above says so in a sentence.
from cairosvg import surface as cairosvg_surface  # isort: skip


class _TextAsLines:
    """Mixed into a CairoSVG surface: draws ``<text>`` nodes by their glyphs and leaves all else to CairoSVG."""

    font: ClassVar[Font]
    context: Any

    def draw(self, node: Any) -> None:
        if node.tag == "text":
            self._draw_line(node)
        elif node.tag not in ("title", "desc", "style"):
            super().draw(node)  # type: ignore[misc]

    def _draw_line(self, node: Any) -> None:
        text = node.text or ""
        size, x, y = float(node["font-size"]), float(node["x"]), float(node["y"])
        face = self.font.face(node.get("font-weight") == "bold", node.get("font-style") == "italic")
        x -= face.advance(text) * size * BEFORE_ANCHOR[node.get("text-anchor", "start")]
        context = self.context
        context.set_source_rgba(*cairosvg_surface.color(node["fill"]))
        context.set_font_face(cairo_face(face))
        context.set_font_size(size)
        show_line(context, face.glyphs(text), x, y, size)


def surface_class(base: str, font: Font) -> Any:
    """CairoSVG's surface of the name (``PNGSurface``) with our text in the given font."""
    return type(f"Chart{base}", (_TextAsLines, getattr(cairosvg_surface, base)), {"font": font})
