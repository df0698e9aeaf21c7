"""The bytes of an HTML or Markdown file with marked places, in; the same file with the current charts there, out.

A place is ``<!-- orgchart:NAME -->``; what was put there before ends at ``<!-- /orgchart:NAME -->``. Whatever the
file's encoding, only letters that it surely holds are written: in UTF-8 as they are, else as character references.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from orgchart.documents.charts import Chart, ChartFolder
from orgchart.documents.office import Change, Place
from orgchart.documents.pictures import ChartSvg
from orgchart.hints import quoted
from orgchart.limits import check_within
from orgchart.packages import NotReadableError

_MARK: Final = r"<!--[ \t]*(/?)orgchart:[ \t]*(\S+?)[ \t]*-->"
# What only shows or scripts something is passed over, up to its end.
_HTML: Final = re.compile(
    rf"<(script|style|textarea|xmp)\b.*?(?:</\1\s*>|\Z)|{_MARK}|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE
)
_FENCE: Final = r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?^ {0,3}\1[`~]*[ \t]*\r?$|.*\Z)"
_MARKDOWN: Final = re.compile(rf"{_FENCE}|^ {{0,3}}{_MARK}[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_CHARSET: Final = re.compile(r"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_WIDE: Final = ((codecs.BOM_UTF8, ""), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML_HEAD: Final = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_HREF: Final = re.compile(r'<a href="([^"]*)"')


@dataclass(frozen=True, slots=True)
class _Block:
    """A place: its opening comment, and where its block ends, which is the comment's own end where it has none yet."""

    name: str
    line: int
    begin: int
    opened: int
    end: int


class MarkupDocument:
    """An HTML or Markdown file taken apart. Raises NotReadableError for comments that do not pair."""

    def __init__(self, content: bytes, kind: str, folder: Path, as_image: bool) -> None:
        """kind: ``html`` or ``md``; folder: where the file will stand; as_image: whether HTML gets ``<img>``."""
        check_within("markup_bytes", len(content))
        self._content, self._kind, self._folder = content, kind, folder
        self._as_image = as_image or kind == "md"
        self._wide = next((codec for bom, codec in _WIDE if content.startswith(bom)), "")
        try:
            # Latin-1 gives each byte a letter, and gives it back.
            self._text = content.decode(self._wide or "latin-1")
        except UnicodeDecodeError as error:
            raise NotReadableError(f"it is broken UTF-16 (byte {error.start}); save it as UTF-8") from None
        self._is_utf8 = not self._wide and _is_utf8(content, self._text, kind)
        self._newline = "\r\n" if "\r\n" in self._text else "\n"
        self._blocks = self._found()

    def _name(self, raw: str) -> str:
        return raw if self._wide else raw.encode("latin-1").decode("utf-8", "replace")

    def _found(self) -> list[_Block]:
        html = self._kind == "html"
        pattern = _HTML if html else _MARKDOWN
        marks = [found for found in pattern.finditer(self._text) if found[3]]
        blocks: list[_Block] = []
        line, here = 1, 0
        waiting: tuple[str, int, re.Match[str]] | None = None
        for mark in marks:
            line, here = line + self._text.count("\n", here, mark.start()), mark.start()
            name, end = self._name(mark[3]), _comment(mark)[1]
            if mark[2]:
                if waiting is None or waiting[0] != name:
                    raise NotReadableError(
                        f"line {line}: <!-- /orgchart:{name} --> ends a place that does not begin; delete it, or write "
                        f"<!-- orgchart:{name} --> before it"
                    )
                opening = _comment(waiting[2])
                blocks.append(_Block(name, waiting[1], *opening, end))
                waiting = None
                continue
            if waiting is not None:
                opening = _comment(waiting[2])
                blocks.append(_Block(waiting[0], waiting[1], *opening, opening[1]))
            waiting = (name, line, mark)
        if waiting is not None:
            opening = _comment(waiting[2])
            blocks.append(_Block(waiting[0], waiting[1], *opening, opening[1]))
        return blocks

    @property
    def places(self) -> list[Place]:
        """Where charts are asked for, in their order."""
        return [Place(block.name, f"line {block.line}") for block in self._blocks]

    def with_charts(self, charts: ChartFolder) -> tuple[bytes, list[Change]]:
        """The file with its charts brought up to date, and what changed."""
        pieces, here = [], 0
        changes = []
        used: dict[str, int] = {}
        for block, place in zip(self._blocks, self.places, strict=True):
            chart = charts.chart(block.name)
            picture = self._image(charts, chart) if self._as_image else self._inline(charts, chart, used)
            opening = self._text[block.begin : block.opened]
            closing = re.sub(r"^<!--([ \t]*)", r"<!--\1/", opening)
            new = self._written(f"\n{picture}\n") + closing
            if self._text[block.opened : block.end] != new:
                kind = "redrawn" if block.end > block.opened else "new"
                changes.append(Change(place, kind))
            pieces += [self._text[here : block.opened], new]
            here = block.end
        text = "".join([*pieces, self._text[here:]])
        return (text.encode(self._wide or "latin-1") if changes else self._content), changes

    def _written(self, text: str) -> str:
        """Text of ours as it goes into the file: its line ends, and letters in its encoding."""
        text = text.replace("\n", self._newline)
        if self._wide:
            return text
        return text.encode("utf-8" if self._is_utf8 else "ascii", "xmlcharrefreplace").decode("latin-1")

    def _image(self, charts: ChartFolder, chart: Chart) -> str:
        way = quote(charts.path_from(self._folder, chart.name), safe="/._-~")
        if self._kind == "md":
            words = re.sub(r"([\\\[\]<>&*_`!])", r"\\\1", chart.title)
            return f"![{words}]({way})"
        outline = escape(chart.outline_text).replace("\n", "&#10;")
        return f'<figure class="orgchart"><img src="{way}" alt="{outline}" style="max-width:100%;height:auto"></figure>'

    def _inline(self, charts: ChartFolder, chart: Chart, used: dict[str, int]) -> str:
        """The SVG itself. A chart that stands in the page twice gets other ids the second time."""
        drawn: ChartSvg = chart.drawn
        svg = _XML_HEAD.sub("", drawn.content.decode("utf-8")).strip().replace("\r\n", "\n")
        used[drawn.prefix] = used.get(drawn.prefix, 0) + 1
        if used[drawn.prefix] > 1:
            svg = svg.replace(drawn.prefix, f"{drawn.prefix}-{used[drawn.prefix]}")
        here: Callable[[re.Match[str]], str] = lambda found: self._led(charts, found[1])  # noqa: E731
        svg = _HREF.sub(here, svg)
        svg = svg.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)
        return f'<figure class="orgchart">\n{svg}\n</figure>'

    def _led(self, charts: ChartFolder, target: str) -> str:
        """Links between the pages of an atlas lead to files beside the chart, not beside the page."""
        file, mark, anchor = target.partition("#")
        if not file:
            return f'<a href="{target}"'
        folder = quote(charts.path_from(self._folder, "x").removesuffix("x.svg"), safe="/._-~")
        return f'<a href="{folder}{file}{mark}{anchor}"'


def _comment(mark: re.Match[str]) -> tuple[int, int]:
    """Where the comment itself begins and ends, without the spaces and line end around it."""
    begin = mark.string.index("<!--", mark.start())
    return begin, mark.string.index("-->", begin) + 3


def _is_utf8(content: bytes, text: str, kind: str) -> bool:
    """Whether letters may be written in UTF-8: a page of pure ASCII that does not say so is not trusted."""
    declared = _CHARSET.search(text[:4000]) if kind == "html" else None
    if declared:
        return declared[1].lower() in ("utf-8", "utf8")
    if kind == "html" and content.isascii():
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def kind_of(name: str) -> str | None:
    """``html`` or ``md`` by a file's ending, or None."""
    endings = {".html": "html", ".htm": "html", ".xhtml": "html", ".md": "md", ".markdown": "md"}
    return endings.get(Path(name).suffix.lower())


def no_mark(name: str) -> str:
    """What to do where a file marks no place."""
    return f"write <!-- orgchart:{quoted(name)[1:-1]} --> where the chart belongs"
