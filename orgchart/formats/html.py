"""A Chart, in; one page for a browser that needs nothing else, with search, details and an outline, out."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orgchart.chart import Chart
from orgchart.errors import OrgChartError
from orgchart.formats.html_model import languages, page_model
from orgchart.formats.html_scripts import other_script
from orgchart.formats.html_words import page_lang, page_words
from orgchart.formats.svg import drawn_svg
from orgchart.text import Font

if TYPE_CHECKING:
    from jinja2 import Template

_HOME: Final = "orgchart.formats"
# In the order in which they stand in the page, inside one function.
_SCRIPTS: Final = ("chart.js", "panel.js", "start.js")
_MM_PER_PT: Final = 25.4 / 72
# The drawing in the second script is left out of a page that would be larger with it.
MOST_BYTES_WITH_TWO_DRAWINGS: Final = 300_000
# What a reader may type, beside what is printed.
_TYPED: Final = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0x400, 0x460))) + "ČĆŠŽĐčćšžđ–−„“”"
_DECLARATION: Final = re.compile(r"^<\?xml[^>]*\?>\s*")
# Before anything is shown, so that what only the script can work is never seen without it.
_START: Final = 'document.documentElement.classList.add("js");'


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the chart. drawings: its SVG in each script that the page holds; kind: which size of paper."""

    number: int
    kind: int
    name: str
    drawings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the outline. opens: whether a list of its own follows; closes: how many lists end after it."""

    number: int
    id: str
    link: str
    name: str
    level: str
    page: str
    opens: bool
    closes: int


def write_html(chart: Chart) -> bytes:
    """The page: the drawing of every page of the chart, an outline of all units, and a script that lets one search,
    zoom, fold and read what the rulebook says. It loads nothing, and its own policy (CSP) allows nothing else.

    Raises OrgChartError where Jinja2 is not installed.
    """
    template, model = _template(), page_model(chart)
    own = _drawings(chart)
    if len(languages(chart)) == 1:
        return _written(template, chart, model, [own])
    length = _bytes(own)
    if length < MOST_BYTES_WITH_TWO_DRAWINGS:
        other = _drawings(other_script(chart, languages(chart)[1]))
        if length + _bytes(other) < MOST_BYTES_WITH_TWO_DRAWINGS:
            page = _written(template, chart, model, [own, other])
            if len(page) < MOST_BYTES_WITH_TWO_DRAWINGS:
                return page
    return _written(template, chart, model, [own])


def _bytes(drawings: Sequence[str]) -> int:
    return sum(len(drawing.encode("utf-8")) for drawing in drawings)


def _template() -> Template:
    try:
        from jinja2 import Environment
    except ImportError:
        raise OrgChartError(
            "the page for a browser needs Jinja2, which is not installed; run: pip install orgchart[read]"
        ) from None
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_file("chart.html.jinja"))


def _written(template: Template, chart: Chart, model: dict[str, Any], drawings: Sequence[Sequence[str]]) -> bytes:
    from markupsafe import Markup

    sizes = list(dict.fromkeys((page.drawing.width, page.drawing.height) for page in chart.pages))
    sheets = [
        Sheet(
            number=page.number,
            kind=sizes.index((page.drawing.width, page.drawing.height)),
            name=model["pages"][page.number - 1]["names"][0],
            drawings=tuple(Markup(made[page.number - 1]) for made in drawings),
        )
        for page in chart.pages
    ]
    style, script = _style(chart, sizes, model), _script()
    return template.render(
        title=model["titles"][0],
        lang=page_lang(chart.structure.lang),
        names_lang=chart.structure.lang,
        langs=model["langs"],
        word=page_words(page_lang(chart.structure.lang)),
        sheets=sheets,
        rows=list(_rows(chart, model)),
        style=Markup(style),
        script=Markup(script),
        start=Markup(_START),
        style_hashes=[_hash(style)],
        script_hashes=[_hash(text) for text in (_START, script)],
        data=Markup(_json(model | {"drawings": len(drawings)})),
    ).encode("utf-8")


def _drawings(chart: Chart) -> list[str]:
    """The SVG of every page as a part of the web page: with the page's one font, and with links of the page's own in
    place of those between files."""
    return [_DECLARATION.sub("", drawn_svg(chart, page).decode("utf-8")) for page in chart.pages]


def _rows(chart: Chart, model: dict[str, Any]) -> Iterator[Row]:
    """The units in reading order, flat: a chain of thousands of units is no deeper than any other outline."""
    depths: list[int] = []
    for unit in model["units"]:
        depths.append(0 if unit["parent"] < 0 else depths[unit["parent"]] + 1)
    for number, (unit, depth) in enumerate(zip(model["units"], depths, strict=True)):
        after = depths[number + 1] if number + 1 < len(depths) else 0
        yield Row(
            number=number,
            id=f"unit-{unit['id']}",
            link=f"#unit-{quote(unit['id'], safe='')}",
            name=unit["text"][0]["name"],
            level=model["levels"][unit["level"]][0],
            page=model["pages"][unit["page"] - 1]["names"][0] if len(chart.pages) > 1 else "",
            opens=after > depth,
            closes=max(0, depth - after),
        )


def _json(value: object) -> str:
    """JSON inside a page: no sign in it can end the element, begin a comment or a line of script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _file(name: str) -> str:
    return resources.files(_HOME).joinpath("html", name).read_text(encoding="utf-8")


def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(map(_file, _SCRIPTS)) + "})();\n"


def _style(chart: Chart, sizes: Iterable[tuple[float, float]], model: dict[str, Any]) -> str:
    """The page's style sheet: the font, the sizes of paper, and the rest, which is the same on every page."""
    papers = "".join(
        f"@page paper{number}{{size:{width * _MM_PER_PT:.2f}mm {height * _MM_PER_PT:.2f}mm;margin:0}}"
        f".paper{number}{{page:paper{number}}}\n"
        for number, (width, height) in enumerate(sizes)
    )
    family = re.sub(r"[^\w -]", "", chart.font.family)
    fonts = "".join(_font_faces(chart, family, model)) if chart.embed_font else ""
    return f'{fonts}{papers}:root{{--family:"{family}",system-ui,sans-serif}}\n{_file("chart.css")}'


def _font_faces(chart: Chart, family: str, model: dict[str, Any]) -> Iterator[str]:
    """One font for all drawings and the page round them, cut down to what they show."""
    spoken = set(_TYPED + json.dumps([model["words"], model["units"], model["titles"]], ensure_ascii=False))
    used: dict[tuple[bool, bool], set[str]] = {(False, False): set(), (True, False): set()}
    for page in chart.pages:
        for words in page.drawing.all_words():
            used.setdefault((words.bold, words.italic), set()).add(words.text)
    for (bold, italic), texts in sorted(used.items()):
        characters = spoken.union("".join(texts))
        data = base64.b64encode(_woff2(chart.font, bold, italic, characters)).decode("ascii")
        yield (
            f'@font-face{{font-family:"{family}";font-weight:{"bold" if bold else "normal"};'
            f"font-style:{'italic' if italic else 'normal'};src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
        )


def _woff2(font: Font, bold: bool, italic: bool, characters: set[str]) -> bytes:
    from fontTools.ttLib import TTFont

    face = TTFont(io.BytesIO(font.face(bold, italic).subset(map(ord, characters))), recalcTimestamp=False)
    face.flavor = "woff2"
    packed = io.BytesIO()
    face.save(packed)
    return packed.getvalue()
