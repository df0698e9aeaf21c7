"""A page's name and what is printed around the chart, in; the sheet with margins, title, legend and foot, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from orgchart.errors import PageError
from orgchart.layout.measure import LINE_SPACING
from orgchart.sheets import ORIENTATIONS, OWN_SIZE, size_mm
from orgchart.styles import StyleSheet
from orgchart.text import Font
from orgchart.wrapping import wrap

Orientation = Literal["auto", "portrait", "landscape"]

PT_PER_MM = 72 / 25.4
_LEAST_SPACE_PT = 20.0
_OWN_SIZE_MARGIN_PT = 6.0
_NOTES_GAP = 2.0  # between source and page number, in font sizes
# The heading of a field of the page: its size as a share of the title's, and what is free below it and between fields.
HEADING_SHARE = 0.8
_UNDER_HEADING_PT, _FIELD_GAP_PT = 8.0, 26.0
_SAMPLE_WIDTH_PT, _SAMPLE_HEIGHT_PT, _SAMPLE_GAP_PT = 24.0, 12.0, 6.0


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet upright or across, in pt; ``none`` is the chart's own size, arranged as for A4."""

    name: str
    width: float
    height: float

    @property
    def is_own_size(self) -> bool:
        """Whether the sheet is cut to the chart instead of the chart fitted to the sheet."""
        return self.name == "none"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the title: its text, its middle and its baseline in pt."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Notes:
    """What is printed at the page's foot: ``left`` the source, ``right`` the date and the page's number; "" is none."""

    left: str = ""
    right: str = ""


NO_NOTES = Notes()


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line at the page's foot: its text, where it starts or ends, as ``anchor`` says, and its baseline in pt."""

    text: str
    x: float
    y: float
    anchor: Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A level in the legend: its sample box's left and top edge and size, where its word starts, and the baseline."""

    level: str
    word: str
    x: float
    y: float
    width: float
    height: float
    word_x: float
    word_y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A page with its furniture: what is left for the chart is (left, top, width, height) in pt. A page may have
    several fields of one size, each with its heading: then it is the first, and ``offsets`` lead from it to each."""

    page: Page
    area: tuple[float, float, float, float]
    title: tuple[TextLine, ...]
    legend: tuple[LegendEntry, ...]
    notes: tuple[NoteLine, ...] = ()
    headings: tuple[TextLine, ...] = ()
    offsets: tuple[tuple[float, float], ...] = ((0.0, 0.0),)


def pages(name: str, orientation: str) -> tuple[Page, ...]:
    """The sheets that a page's name and orientation allow: upright first where both are.

    name: A4, A3, A2, A1, A0, letter, WIDTHxHEIGHTmm (e.g. ``160x90mm``) or none; orientation: auto, portrait or
    landscape.
    Raises PageError for any other.
    """
    if orientation not in ORIENTATIONS:
        raise PageError(f'orientation "{orientation}" is not known; use auto, portrait or landscape')
    short_mm, long_mm = sorted(size_mm(name))
    upright = Page(name, short_mm * PT_PER_MM, long_mm * PT_PER_MM)
    across = Page(name, long_mm * PT_PER_MM, short_mm * PT_PER_MM)
    own = OWN_SIZE.fullmatch(name)
    if own and orientation == "auto":
        return (across if float(own[1]) > float(own[2]) else upright,)
    if short_mm == long_mm:
        return (upright,)
    return {"auto": (upright, across), "portrait": (upright,), "landscape": (across,)}[orientation]


def frame(
    page: Page,
    title: str,
    legend: Sequence[tuple[str, str]],
    styles: StyleSheet,
    font: Font,
    notes: Notes = NO_NOTES,
    headings: Sequence[str] = (),
    across: bool | None = None,
) -> Frame:
    """Put title, legend (pairs of level and word) and notes on the page.

    headings: of the fields into which what is left is parted; across: whether they stand side by side and not below
    each other, as they do where None and the page is no higher than wide.
    Raises PageError where they leave no space for a chart.
    """
    margin = _margin(page, styles)
    inner = page.width - 2 * margin
    title_lines = _title(title, margin, page.width / 2, inner, styles, font)
    top = margin + _title_height(len(title_lines), styles)
    rows = _legend_rows(legend, inner, styles, font)
    left, right = _note_lines(notes, inner, styles, font)
    foot = page.height - margin - _notes_height(max(len(left), len(right)), styles)
    bottom = foot - _legend_height(len(rows), styles)
    fields = _fields(
        (margin, top, inner, bottom - top), headings, page.width >= page.height if across is None else across, styles
    )
    if min(fields.area[2:]) < _LEAST_SPACE_PT:
        raise PageError(
            f'page "{page.name}" is too small: margins, title, legend and notes leave '
            f"{max(0.0, fields.area[2]):.0f} × {max(0.0, fields.area[3]):.0f} pt for the chart; use a larger page, "
            'an empty title (--title ""), --legend off or --source off'
        )
    return Frame(
        page,
        fields.area,
        title_lines,
        _legend(rows, margin, foot, styles),
        (
            *_notes(left, "start", margin, page.height - margin, styles),
            *_notes(right, "end", page.width - margin, page.height - margin, styles),
        ),
        fields.headings,
        fields.offsets,
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    """The first field, as an area, the headings of all, and the offsets that lead to each."""

    area: tuple[float, float, float, float]
    headings: tuple[TextLine, ...]
    offsets: tuple[tuple[float, float], ...]


def _fields(
    area: tuple[float, float, float, float], headings: Sequence[str], across: bool, styles: StyleSheet
) -> _Fields:
    if not headings:
        return _Fields(area, (), ((0.0, 0.0),))
    left, top, width, height = area
    count, above = len(headings), _heading_height(styles)
    if across:
        width = (width - _FIELD_GAP_PT * (count - 1)) / count
        offsets = [(number * (width + _FIELD_GAP_PT), 0.0) for number in range(count)]
    else:
        height = (height - _FIELD_GAP_PT * (count - 1)) / count
        offsets = [(0.0, number * (height + _FIELD_GAP_PT)) for number in range(count)]
    baseline = 0.95 * HEADING_SHARE * styles.title.font_size_pt
    lines = tuple(
        TextLine(heading, left + width / 2 + right, top + baseline + down)
        for heading, (right, down) in zip(headings, offsets, strict=True)
    )
    return _Fields((left, top + above, width, height - above), lines, tuple(offsets))


def _heading_height(styles: StyleSheet) -> float:
    return styles.title.font_size_pt * HEADING_SHARE * LINE_SPACING + _UNDER_HEADING_PT


def own_frame(
    width: float,
    height: float,
    title: str,
    legend: Sequence[tuple[str, str]],
    styles: StyleSheet,
    font: Font,
    notes: Notes = NO_NOTES,
    headings: Sequence[str] = (),
) -> Frame:
    """The page cut to a chart of the given size, its title, legend and notes, with hardly a margin: the document
    around the picture has its own. headings: as in ``frame``; the fields stand as makes the page less long."""
    side_by_side = True
    if headings:
        count, above = len(headings), _heading_height(styles)
        heading = max(map(font.face(styles.title.bold, styles.title.italic).advance, headings))
        least = max(width, heading * HEADING_SHARE * styles.title.font_size_pt + 1)
        gaps = _FIELD_GAP_PT * (count - 1)
        across = count * least + gaps, height + above
        upright = least, count * (height + above) + gaps
        side_by_side = max(across) <= max(upright)
        width, height = across if side_by_side else upright
    face = font.face(styles.title.bold, styles.title.italic)
    longest_word = max((face.advance(word) * styles.title.font_size_pt for word in title.split()), default=0.0)
    inner = max(
        width,
        longest_word + 1,
        _least_notes_width(notes, styles, font),
        *(sum(widths) for widths in _legend_widths(legend, styles, font)),
    )
    lines = len(_title(title, 0, 0, inner, styles, font))
    rows = len(_legend_rows(legend, inner, styles, font))
    foot = max(map(len, _note_lines(notes, inner, styles, font)))
    full = height + 2 * _OWN_SIZE_MARGIN_PT + _title_height(lines, styles) + _legend_height(rows, styles)
    full += _notes_height(foot, styles)
    page = Page("none", inner + 2 * _OWN_SIZE_MARGIN_PT, full)
    return frame(page, title, legend, styles, font, notes, headings, side_by_side)


def _margin(page: Page, styles: StyleSheet) -> float:
    return _OWN_SIZE_MARGIN_PT if page.is_own_size else styles.spacing.margin_mm * PT_PER_MM


def _title(title: str, top: float, middle: float, width: float, styles: StyleSheet, font: Font) -> tuple[TextLine, ...]:
    if not title.strip():
        return ()
    style = styles.title
    lines = wrap(title, font.face(style.bold, style.italic), width / style.font_size_pt)
    return tuple(
        TextLine(line, middle, top + style.font_size_pt * (0.95 + LINE_SPACING * number))
        for number, line in enumerate(lines)
    )


def _title_height(lines: int, styles: StyleSheet) -> float:
    return lines * styles.title.font_size_pt * LINE_SPACING + styles.spacing.title_gap_pt if lines else 0.0


def _legend_height(rows: int, styles: StyleSheet) -> float:
    return rows * _legend_line(styles) + styles.spacing.title_gap_pt if rows else 0.0


def _legend_line(styles: StyleSheet) -> float:
    return max(_SAMPLE_HEIGHT_PT, styles.legend.font_size_pt * LINE_SPACING) + 4


def _legend_widths(
    legend: Sequence[tuple[str, str]], styles: StyleSheet, font: Font
) -> list[tuple[float, float, float]]:
    """Per entry: sample box, gap and word, the last with the space that parts it from the next entry."""
    style = styles.legend
    face = font.face(style.bold, style.italic)
    return [
        (_SAMPLE_WIDTH_PT, _SAMPLE_GAP_PT, face.advance(word) * style.font_size_pt + 2 * style.font_size_pt)
        for _, word in legend
    ]


def _legend_rows(
    legend: Sequence[tuple[str, str]], width: float, styles: StyleSheet, font: Font
) -> list[list[tuple[str, str, float]]]:
    """The entries in rows no wider than the width; each with its offset from the row's start."""
    rows: list[list[tuple[str, str, float]]] = []
    filled = 0.0
    for (level, word), widths in zip(legend, _legend_widths(legend, styles, font), strict=True):
        if not rows or filled + sum(widths) > width:
            rows.append([])
            filled = 0.0
        rows[-1].append((level, word, filled))
        filled += sum(widths)
    return rows


def _legend(
    rows: list[list[tuple[str, str, float]]], left: float, bottom: float, styles: StyleSheet
) -> tuple[LegendEntry, ...]:
    line, size = _legend_line(styles), styles.legend.font_size_pt
    entries = []
    for number, row in enumerate(rows):
        middle = bottom - line * (len(rows) - number - 0.5)
        for level, word, offset in row:
            x = left + offset
            entries.append(
                LegendEntry(
                    level, word,
                    x, middle - _SAMPLE_HEIGHT_PT / 2, _SAMPLE_WIDTH_PT, _SAMPLE_HEIGHT_PT,
                    x + _SAMPLE_WIDTH_PT + _SAMPLE_GAP_PT, middle + size * 0.35,
                )
            )  # fmt: skip
    return tuple(entries)


def _note_lines(notes: Notes, width: float, styles: StyleSheet, font: Font) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines at the left and at the right, which never touch: the right keeps its width, up to half of the page's,
    and the left wraps beside it."""
    size = styles.notes.font_size_pt
    face = font.face(styles.notes.bold, styles.notes.italic)

    def lines(text: str, room: float) -> tuple[str, ...]:
        if not text:
            return ()
        if "\n" in text:
            return tuple(line for part in text.split("\n") for line in lines(part, room))
        # Whole it may be narrower than the sum of its words: letters are kerned to spaces too.
        return (text,) if face.advance(text) * size <= room else wrap(text, face, room / size)

    right = lines(notes.right, width / 2 if notes.left else width)
    taken = max((face.advance(line) * size for line in right), default=0.0)
    gap = min(_NOTES_GAP * size, width / 10)
    return lines(notes.left, width - gap - taken if right else width), right


def _least_notes_width(notes: Notes, styles: StyleSheet, font: Font) -> float:
    """The width at which no word of the notes is broken and the right stands on one line."""
    size = styles.notes.font_size_pt
    face = font.face(styles.notes.bold, styles.notes.italic)
    right = face.advance(notes.right) * size + 1 if notes.right else 0.0
    longest_word = max((face.advance(word) * size for word in notes.left.split()), default=0.0)
    return max(longest_word + 1 + right + _NOTES_GAP * size, 2 * right) if notes.left else right


def _notes_height(lines: int, styles: StyleSheet) -> float:
    return lines * styles.notes.font_size_pt * LINE_SPACING + styles.spacing.title_gap_pt / 2 if lines else 0.0


def _notes(
    lines: Sequence[str], anchor: Literal["start", "end"], x: float, bottom: float, styles: StyleSheet
) -> tuple[NoteLine, ...]:
    """The lines above each other, the last at the foot."""
    size = styles.notes.font_size_pt
    return tuple(
        NoteLine(line, x, bottom - size * (LINE_SPACING * (len(lines) - number) - 0.95), anchor)
        for number, line in enumerate(lines)
    )
