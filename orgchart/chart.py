"""Checked units and the user's wishes, in; a Chart, ready for every format, out. The whole pipeline on one screen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from orgchart.drawing import Drawing, draw
from orgchart.errors import OrgChartError, PageError
from orgchart.hierarchy import Hierarchy, build_hierarchy
from orgchart.labels import label_of, rulebook_line
from orgchart.layout import PAGE_LAYOUT, Layout, lay_out
from orgchart.layout.page import Notes, Page, pages
from orgchart.layout.relate import Relations, relate
from orgchart.layout.shapes import KINDS, Kind
from orgchart.styles import StyleSheet, load_style
from orgchart.text import Font, load_font
from orgchart.unit_checks import Findings
from orgchart.unit_fields import MAX_NAME, Text
from orgchart.units import UnitFile
from orgchart.words import date_words, kind_word, language_of, level_word, page_words

LEGIBLE_PT = 7.0
AUTO_SHEETS = ("A4", "A3", "A2", "A1", "A0")
SOURCE_DATE = "source"
DEFAULT_DPI = 200
_SAFE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,78}[a-z0-9])?")
_DEVICE_NAMES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # files that Windows cannot have


@dataclass(frozen=True, slots=True)
class Chart:
    """One finished chart. ``name``: its file name without ending; ``embed_font``: whether an SVG carries its font;
    ``dpi``: dots per inch of a PNG; ``warnings``: sentences for the user, none of which stops the work."""

    name: str
    title: str
    hierarchy: Hierarchy
    styles: StyleSheet
    font: Font
    layout: Layout
    drawing: Drawing
    embed_font: bool
    dpi: int
    warnings: tuple[str, ...]

    def _repr_svg_(self) -> str:
        # A notebook asks the chart itself for its picture; only here does a chart know a format.
        from orgchart.formats import render

        return render(self, "svg").decode("utf-8")


def build_chart(
    unit_file: UnitFile,
    *,
    style: str | StyleSheet = "classic",
    page: str = "A4",
    orientation: str = "auto",
    min_text: float = LEGIBLE_PT,
    root: str | None = None,
    depth: int | None = None,
    layout: str = PAGE_LAYOUT,
    arrange: str | Mapping[str, str] = "auto",
    title: str | None = None,
    legend: bool | None = None,
    source_line: bool | None = None,
    date: str | None = None,
    page_number: tuple[int, int] | None = None,
    embed_font: bool = True,
    dpi: int = DEFAULT_DPI,
) -> Chart:
    """Draw the units of a file, or the branch below ``root`` to ``depth`` generations.

    style: a bundled style's name, the path of a TOML file, or a StyleSheet. page, orientation: see
    ``layout.page.pages``; ``auto`` is the smallest sheet from A4 to A0 on which no name prints under ``min_text`` pt,
    or A0. A chart with smaller names gets a warning.
    layout: ``page``, or a Graphviz engine (``dot``, ``neato``, …). title: the file's own where None, none where empty.
    arrange: how the units below each other unit stand: row, column, columns, both or auto; or this by level. A
    unit's own wish in the file goes before it, and it before the style's.
    legend: shown where None and there is more than one level, or a relation.
    At the page's foot: source_line, the rulebook, shown where None and the file has its title, except on page ``none``;
    date, printed as it is, or the rulebook's where it is ``source``; page_number, this page's and how many there are,
    shown where there are several.
    Raises an OrgChartError that says what is wrong and what to do.
    """
    styles = style if isinstance(style, StyleSheet) else load_style(style)
    font = load_font(styles.font)
    sheets = [pages(sheet, orientation) for sheet in (AUTO_SHEETS if page == "auto" else (page,))]
    hierarchy = build_hierarchy(unit_file).branch(root, depth)
    heading = (unit_file.title or "") if title is None else _checked(title, "title")
    lang = unit_file.lang or language_of(unit.name for unit in hierarchy.units)
    labels = {unit.id: label_of(unit, styles.box(unit.level), lang) for unit in hierarchy.units}
    if source_line is None:
        source_line = bool(unit_file.source and unit_file.source.title) and page != "none"
    notes = _notes(unit_file, lang, source_line, date, page_number)
    place = partial(
        lay_out,
        hierarchy,
        styles,
        font=font,
        title=heading,
        legend=_legend(hierarchy, lang, legend),
        engine=layout,
        arrange=_arrangements(hierarchy, arrange, styles),
        labels=labels,
        notes=notes,
    )
    placed = _on_the_smallest(sheets, place, min_text)
    words = {relation.kind: kind_word(relation.kind, lang) for relation in hierarchy.relations}
    related = relate(placed, hierarchy.relations, words, styles, font)
    return Chart(
        name=_chart_name(hierarchy, unit_file.name),
        title=heading or ", ".join(unit.name for unit in hierarchy.roots[:3]),
        hierarchy=hierarchy,
        styles=styles,
        font=font,
        layout=placed,
        drawing=draw(placed, hierarchy, styles, lang, related),
        embed_font=embed_font,
        dpi=dpi,
        warnings=(
            *(f"{unit_file.name}, {fault}" for fault in unit_file.warnings),
            *_lacking(labels, heading, notes, font),
            *_too_small(placed, min_text),
            *_relation_warnings(related),
        ),
    )


def _arrangements(hierarchy: Hierarchy, asked: str | Mapping[str, str], styles: StyleSheet) -> dict[str, Kind]:
    """The kind that each unit insists on: its own, else the one asked for its level, else its level's in the style."""
    by_level = {} if isinstance(asked, str) else asked
    for kind in (asked,) if isinstance(asked, str) else asked.values():
        if kind not in ("auto", *KINDS):
            raise OrgChartError(f'arrangement "{kind}" is not known; use auto, {", ".join(KINDS)}')
    for_all = asked if isinstance(asked, str) else "auto"
    found: dict[str, Kind] = {}
    for unit in hierarchy.units:
        wishes = (unit.arrange, by_level.get(unit.level, for_all), styles.box(unit.level).arrange)
        found.update(
            (unit.id, kind) for kind in KINDS if kind == next((w for w in wishes if w not in (None, "auto")), "")
        )
    return found


def _on_the_smallest(sheets: Sequence[tuple[Page, ...]], place: Callable[..., Layout], min_text: float) -> Layout:
    """The layout on the first of the sheets that holds it with legible text, or else on the last."""
    for allowed in sheets[:-1]:
        try:
            placed = place(page=allowed)
        except PageError:  # title, legend and notes alone may be too much for a small sheet
            continue
        if placed.smallest_text >= min_text:
            return placed
    return place(page=sheets[-1])


def _notes(
    unit_file: UnitFile, lang: str, with_source: bool, date: str | None, page_number: tuple[int, int] | None
) -> Notes:
    """What is printed at the page's foot. The rulebook's date stands there once."""
    rulebook = unit_file.source
    day = _checked(date, "date") if date else ""
    own_date = day.casefold() == SOURCE_DATE
    if own_date:
        if rulebook is None or rulebook.date is None:
            raise OrgChartError(
                f'date: {unit_file.name} has no date of its rulebook; add it ("source": {{"date": "2011-04-01"}}), '
                "or give the date itself"
            )
        day = date_words(rulebook.date, lang)
    line = rulebook_line(rulebook, lang, dated=not own_date)
    if with_source and not line:
        raise OrgChartError(
            f'source: {unit_file.name} does not name its rulebook; add it ("source": {{"title": "…"}}), '
            "or leave the source line out"
        )
    number, count = page_number or (1, 1)
    shown = [day, page_words(number, count, lang) if count > 1 else ""]
    return Notes(line if with_source else "", " · ".join(part for part in shown if part))


def _checked(text: str, what: str) -> str:
    """A title or a date as the units file's own title is checked; a blank one is none."""
    if not text.strip():
        return ""
    findings = Findings({})
    read = Text(MAX_NAME).read(text, what, (), findings)
    for fault in findings.faults:
        raise OrgChartError(f"{what}: {fault.rule}; {fault.remedy}")
    return str(read)


def _legend(hierarchy: Hierarchy, lang: str, wanted: bool | None) -> list[tuple[str, str]]:
    """Level and word of every level, the one that stands highest first, then the one read first; after them kind and
    word of every kind of relation."""
    levels = [level for level, _ in sorted(_highest(hierarchy).items(), key=lambda found: found[1])]
    kinds = dict.fromkeys(relation.kind for relation in hierarchy.relations)
    if wanted is False or (wanted is None and len(levels) < 2 and not kinds):
        return []
    words = [(kind, kind_word(kind, lang)) for kind in kinds]
    return [
        *((level, level_word(level, lang)) for level in levels),
        *((kind, word[:1].upper() + word[1:]) for kind, word in words),
    ]


def _highest(hierarchy: Hierarchy) -> dict[str, int]:
    """Each level in reading order with the least depth at which it stands."""
    depths: dict[str, int] = {}
    highest: dict[str, int] = {}
    for unit in hierarchy.units:
        parent = hierarchy.parent(unit.id)
        depth = depths[unit.id] = 0 if parent is None else depths[parent.id] + 1
        highest[unit.level] = min(depth, highest.get(unit.level, depth))
    return highest


def _chart_name(hierarchy: Hierarchy, file_name: str) -> str:
    """The single root's id, or the units file's stem, made safe as a file name on every system."""
    roots = hierarchy.roots
    wanted = roots[0].id if len(roots) == 1 else PurePath(file_name).stem
    return safe_name(wanted)


def safe_name(wanted: str) -> str:
    """The text itself where it is a plain lower-case ASCII name, else its plain part and a short hash of the whole, so
    that different texts never share a file, on systems that fold case or accents too."""
    if _SAFE_NAME.fullmatch(wanted) and not _DEVICE_NAMES.fullmatch(wanted):
        return wanted
    plain = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:60].rstrip("-")
    return f"{plain or 'chart'}-{hashlib.sha256(wanted.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _lacking(labels: Mapping[str, str], heading: str, notes: Notes, font: Font) -> list[str]:
    """The warning about letters that the font has not."""
    named = [("the title", heading), *((f'unit "{unit}"', label) for unit, label in labels.items())]
    named += [("the source line", notes.left), ("the date", notes.right)]
    lacking = [(place, missing) for place, text in named if (missing := font.lacks(text))]
    if not lacking:
        return []
    signs = "".join(sorted({sign for _, missing in lacking for sign in missing}))
    shown = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs[:10]) + (" …" if len(signs) > 10 else "")
    where = ", ".join(place for place, _ in lacking[:5]) + (" …" if len(lacking) > 5 else "")
    return [f'font "{font.family}" has no glyph for {shown}, used in {where}; choose another font in the style']


def _too_small(placed: Layout, min_text: float) -> list[str]:
    """The warning about text that nobody can read on paper."""
    if placed.smallest_text >= min_text:
        return []
    return [
        f"the smallest text prints at {placed.smallest_text:g} pt on {placed.page.name}, under {min_text:g} pt; "
        "use a larger --page, or draw a branch with --root or --depth"
    ]


def _relation_warnings(related: Relations) -> Iterator[str]:
    """Each fault with the relations that have it, the first five by name."""
    straight = [route for route in related.routes if route.straight]
    wordless = [route for route, label in zip(related.routes, related.labels, strict=True) if label is None]
    for routes, fault, remedy in (
        (straight, "found no way between the boxes and is drawn straight, behind them", "use a larger --page"),
        (wordless, "has no room for its word", "the legend has it; use a larger --page to see it on the line"),
    ):
        if routes:
            named = ", ".join(f'"{route.source}" to "{route.target}"' for route in routes[:5])
            more = f" and {len(routes) - 5} more" if len(routes) > 5 else ""
            yield f"relation {named}{more} {fault}; {remedy}"
