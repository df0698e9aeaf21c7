"""Checked units and the user's wishes, in; a Chart, ready for every format, out. The whole pipeline on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from orgchart.chart_keys import ATLAS, BRANCHES, DEFAULT_DPI, LEGIBLE_PT, SVG_WAYS
from orgchart.chart_page import ChartPage, Field, Setting, join, place, relation_warnings
from orgchart.drawing import Drawing, draw
from orgchart.errors import OrgChartError, PageError
from orgchart.furniture import furnish
from orgchart.hierarchy import Hierarchy
from orgchart.labels import label_of
from orgchart.layout import PAGE_LAYOUT, Layout
from orgchart.layout.page import Page, pages
from orgchart.layout.shapes import KINDS, Kind
from orgchart.marks import Mark
from orgchart.structure import Structure, build_structure
from orgchart.styles import StyleSheet
from orgchart.text import Font, load_font
from orgchart.unit_url import check_pattern
from orgchart.units import UnitFile

AUTO_SHEETS = ("A4", "A3", "A2", "A1", "A0")
AUTO_ATLAS_SHEET = "A3"


@dataclass(frozen=True, slots=True)
class Chart:
    """One finished chart of one page, or an atlas of several. ``name``: its file name without ending; ``embed_font``:
    whether an SVG carries its font; ``svg``: the way in which it is written; ``unit_url``: where its units lead;
    ``dpi``: dots per inch of a PNG; ``warnings``: sentences for the user, none of which stops the work; ``structure``:
    the units alone, for formats without pages."""

    name: str
    title: str
    hierarchy: Hierarchy
    styles: StyleSheet
    font: Font
    pages: tuple[ChartPage, ...]
    embed_font: bool
    svg: str
    unit_url: str
    dpi: int
    warnings: tuple[str, ...]
    structure: Structure

    @property
    def layout(self) -> Layout:
        """The layout of the first page, which has one always."""
        first = self.pages[0].layout
        assert first is not None
        return first

    @property
    def drawing(self) -> Drawing:
        """The drawing of the first page."""
        return self.pages[0].drawing

    def _repr_svg_(self) -> str:
        # A notebook asks the chart itself for its picture; only here does a chart know a format.
        from orgchart.formats import render

        return render(self, "svg").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is drawn over the chart of some units, such as how they changed; by unit id. labels: the text of a box in
    place of its own; marks: of those that have any; source, date: at the foot, in place of the rulebook's own; fields:
    where the page shows several structures, in the places of these units."""

    labels: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    source: str = ""
    date: str = ""
    fields: tuple[Field, ...] = ()


def build_chart(
    unit_file: UnitFile,
    *,
    style: str | StyleSheet = "classic",
    page: str = "A4",
    orientation: str = "auto",
    min_text: float = LEGIBLE_PT,
    atlas: Literal["never", "auto", "always"] | str = "never",
    branches: Literal["together", "apart"] | str = "together",
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
    svg: Literal["web", "office", "plain"] | str = "web",
    unit_url: str = "",
    dpi: int = DEFAULT_DPI,
    overlay: Overlay | None = None,
    second_names: Mapping[str, str] | None = None,
) -> Chart:
    """Draw the units of a file, or the branch below ``root`` to ``depth`` generations.

    style: a bundled style's name, the path of a TOML file, or a StyleSheet. page, orientation: see
    ``layout.page.pages``; ``auto`` is the smallest sheet from A4 to A0 on which no name prints under ``min_text`` pt.
    atlas: ``never`` draws one page, with a warning where the names print smaller; ``auto`` cuts such a chart into
    several pages and an index, of A3 where page is ``auto`` and not even A0 is enough; ``always`` cuts every chart that
    can be cut. branches: whether cut branches share pages, or each has one ``apart``.
    layout: ``page``, or a Graphviz engine (``dot``, ``neato``, …). title: the file's own where None, none where empty.
    arrange: how the units below each other unit stand: row, column, columns, both or auto; or this by level. A
    unit's own wish in the file goes before it, and it before the style's.
    legend: shown where None and there is more than one level, or a relation, or an atlas.
    At the page's foot: source_line, the rulebook, shown where None and the file has its title, except on page ``none``;
    date, printed as it is, or the rulebook's where it is ``source``; page_number, this page's and how many there are,
    shown where there are several. An atlas numbers its pages itself.
    svg: ``web``, ``office`` or ``plain``; see ``formats.svg_ways``. unit_url: an address with ``{id}`` in it, to which
    the units in an SVG lead.
    overlay: what is drawn over these units; see ``changes.chart``. second_names: by unit id, the name in another
    language or script, which stands below the first.
    Raises an OrgChartError that says what is wrong and what to do.
    """
    for word, known, asked in (("atlas", ATLAS, atlas), ("branches", BRANCHES, branches), ("svg", SVG_WAYS, svg)):
        if asked not in known:
            raise OrgChartError(f'{word} "{asked}" is not known; use {", ".join(known)}')
    if unit_url:
        check_pattern(unit_url)
    structure = build_structure(unit_file, style=style, root=root, depth=depth, title=title)
    styles, hierarchy, lang = structure.styles, structure.hierarchy, structure.lang
    font = load_font(styles.font)
    sheets = [pages(sheet, orientation) for sheet in (AUTO_SHEETS if page == "auto" else (page,))]
    if overlay is not None and overlay.fields:
        sheets = [allowed for sheet in sheets for allowed in (_across(sheet), sheet)]
    over = overlay or Overlay()
    if source_line is None:
        named = unit_file.source and unit_file.source.title if overlay is None else over.source
        source_line = bool(named) and page != "none"
    labels = {unit.id: label_of(unit, styles.box(unit.level), lang) for unit in hierarchy.units}
    second = {unit: name for unit, name in (second_names or {}).items() if unit in labels}
    labels |= {unit: f"{labels[unit]}\n{name}" for unit, name in second.items()}
    fields = tuple(_shown(part, hierarchy) for part in over.fields)
    marks = {unit: Mark((), name, labels[unit], remarks=name) for unit, name in second.items()}
    marks |= {unit: mark for unit, mark in over.marks.items() if _is_shown(unit, hierarchy, fields)}

    furniture = furnish(
        hierarchy, unit_file, lang,
        title=title, legend=legend, source_line=source_line, date=date,
        marks=[name for mark in marks.values() for name in mark.names],
        foot=None if overlay is None else (over.source, over.date),
    )  # fmt: skip
    setting = Setting(
        styles,
        font,
        furniture,
        labels=labels | {unit: label for unit, label in over.labels.items() if unit in labels},
        arrange=_arrangements(hierarchy, arrange, styles),
        engine=layout,
        min_text=min_text,
        marks=marks,
        fields=fields,
    )
    made, remarks = _pages(hierarchy, setting, sheets, atlas, branches == "apart", page_number or (1, 1))
    heading = setting.furniture.title
    return Chart(
        name=structure.name,
        title=heading or ", ".join(unit.name for unit in hierarchy.roots[:3]),
        hierarchy=made[0].hierarchy if fields else hierarchy,
        styles=styles,
        font=font,
        pages=made,
        embed_font=embed_font,
        svg=svg,
        unit_url=unit_url,
        dpi=dpi,
        structure=structure,
        warnings=(
            *structure.warnings,
            *_lacking(setting),
            *remarks,
            *(warning for each in made for warning in each.warnings),
        ),
    )


def _pages(
    hierarchy: Hierarchy,
    setting: Setting,
    sheets: Sequence[tuple[Page, ...]],
    atlas: str,
    apart: bool,
    page_number: tuple[int, int],
) -> tuple[tuple[ChartPage, ...], list[str]]:
    """The single page that is asked for or that can be read, else the pages of an atlas; and what to say about it."""
    min_text = setting.min_text
    whole = sheets[0][0].is_own_size or setting.engine != PAGE_LAYOUT or bool(setting.fields)
    placed = None
    if atlas != "always" or whole:
        placed = _on_the_smallest(hierarchy, setting, sheets, page_number)
        if atlas == "never" or whole or placed.smallest_text >= min_text:
            remarks = list(_too_small(placed, min_text))
            if atlas == "always":
                remarks.append(_no_atlas(setting, sheets[0][0]))
            return (_single(hierarchy, setting, placed),), remarks
    from orgchart.atlas import cut, draw_atlas

    # By itself, an atlas takes A3: what A0 cannot hold would be a thick book of A4.
    auto = len(sheets) > 1
    chosen = sheets[AUTO_SHEETS.index(AUTO_ATLAS_SHEET)] if auto and atlas == "auto" else sheets[0]
    try:
        parts = cut(hierarchy, setting, chosen, spread=atlas == "always", apart=apart)
    except PageError:  # legend and foot of an atlas may be too much for a page that holds a chart without them
        if placed is None:
            raise
        parts = ()
    if len(parts) < 2:
        placed = placed or _on_the_smallest(hierarchy, setting, sheets, page_number)
        return (_single(hierarchy, setting, placed),), list(_too_small(placed, min_text))
    made = draw_atlas(parts, hierarchy, setting)
    remarks = []
    if placed is not None:
        remarks.append(
            f"on one page of {placed.page.name} the smallest text would print at {placed.smallest_text:g} pt, under "
            f"{min_text:g} pt; it is an atlas of {len(made)} pages of {chosen[0].name}; for one page all the same use "
            f"--atlas never{'' if auto else ', or a larger --page'}"
        )
    small = {each.number: each.layout for each in made if each.layout and each.layout.smallest_text < min_text}
    if small:
        least = min(layout.smallest_text for layout in small.values())
        remarks.append(
            f"the smallest text prints at {least:g} pt on page{'s' * (len(small) > 1)} "
            f"{', '.join(map(str, small))} of the atlas, under {min_text:g} pt; use a larger --page"
        )
    return made, remarks


def _no_atlas(setting: Setting, sheet: Page) -> str:
    """The warning that what was asked for takes one page."""
    if setting.fields:
        return "old and new side by side take one page and no atlas; leave one of the two out"
    what = "--page none" if sheet.is_own_size else f"--layout {setting.engine}"
    return f"{what} draws one page and no atlas; choose a --page such as A4 and --layout page"


def _across(sheets: tuple[Page, ...]) -> tuple[Page, ...]:
    """The sheets on which fields stand side by side; below each other they stand where they could not be read so."""
    return tuple(sheet for sheet in sheets if sheet.width >= sheet.height) or sheets


def _shown(field: Field, hierarchy: Hierarchy) -> Field:
    """The field with the units whose places are in the hierarchy."""
    wanted = {unit.id for unit in field.hierarchy.units if field.places[unit.id] in hierarchy}
    return replace(field, hierarchy=field.hierarchy.part(wanted))


def _is_shown(unit: str, hierarchy: Hierarchy, fields: Sequence[Field]) -> bool:
    return any(unit in field.hierarchy for field in fields) if fields else unit in hierarchy


def _single(hierarchy: Hierarchy, setting: Setting, placed: Layout) -> ChartPage:
    if setting.fields:
        from orgchart.fields import draw_fields

        return draw_fields(placed, setting)
    related = join(placed, hierarchy, setting, hierarchy.relations)
    drawing = draw(placed, hierarchy, setting.styles, setting.furniture.lang, related, marks=setting.marks)
    home = tuple(unit.id for unit in hierarchy.units)
    return ChartPage(1, "", placed, drawing, hierarchy, home, tuple(relation_warnings(related)))


def _on_the_smallest(
    hierarchy: Hierarchy,
    setting: Setting,
    sheets: Sequence[tuple[Page, ...]],
    page_number: tuple[int, int],
) -> Layout:
    """The layout on the first of the sheets that holds it with legible text, or else on the last."""
    number, count = page_number
    for allowed in sheets[:-1]:
        try:
            placed = place(hierarchy, setting, allowed, relations=hierarchy.relations, number=number, count=count)
        except PageError:  # title, legend and notes alone may be too much for a small sheet
            continue
        if placed.smallest_text >= setting.min_text:
            return placed
    return place(hierarchy, setting, sheets[-1], relations=hierarchy.relations, number=number, count=count)


def _arrangements(hierarchy: Hierarchy, asked: str | Mapping[str, str], styles: StyleSheet) -> dict[str, Kind]:
    """The kind that each unit insists on: its own, else the one asked for its level, else its level's in the style."""
    by_level = {} if isinstance(asked, str) else asked
    for kind in (asked,) if isinstance(asked, str) else asked.values():
        if kind not in ("auto", *KINDS):
            raise OrgChartError(f'arrangement "{kind}" is not known; use auto, {", ".join(KINDS)}')
    for_all = asked if isinstance(asked, str) else "auto"
    of_level: dict[str, str] = {}
    for level in {unit.level for unit in hierarchy.units}:
        wish = by_level.get(level, for_all)
        of_level[level] = styles.box(level).arrange if wish == "auto" else wish
    wishes = [(unit.id, unit.arrange or of_level[unit.level]) for unit in hierarchy.units]
    known: Mapping[str, Kind] = {kind: kind for kind in KINDS}
    return {unit: known[wish] for unit, wish in wishes if wish in known}


def _lacking(setting: Setting) -> Iterator[str]:
    """The warning about letters that the font has not."""
    font, furniture = setting.font, setting.furniture
    named = [("the title", furniture.title), *((f'unit "{unit}"', label) for unit, label in _printed(setting).items())]
    named += [("the source line", furniture.source), ("the date", furniture.date)]
    if not font.lacks("\n".join({text for _, text in named})):
        return
    lacking = [(where, missing) for where, text in named if (missing := font.lacks(text))]
    if lacking:
        signs = "".join(sorted({sign for _, missing in lacking for sign in missing}))
        shown = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs[:10]) + (" …" if len(signs) > 10 else "")
        places = ", ".join(where for where, _ in lacking[:5]) + (" …" if len(lacking) > 5 else "")
        yield f'font "{font.family}" has no glyph for {shown}, used in {places}; choose another font in the style'


def _printed(setting: Setting) -> Mapping[str, str]:
    """The text of every box."""
    if not setting.fields:
        return setting.labels
    return {unit.id: field.labels[unit.id] for field in setting.fields for unit in field.hierarchy.units}


def _too_small(placed: Layout, min_text: float) -> Iterator[str]:
    """The warning about text that nobody can read on paper."""
    if placed.smallest_text < min_text:
        yield (
            f"the smallest text prints at {placed.smallest_text:g} pt on {placed.page.name}, under {min_text:g} pt; "
            "use a larger --page, or draw a branch with --root or --depth"
        )
