"""All units and the pages they are at home on, in; the pages of their alphabetical index, drawn, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orgchart.alphabet import opening_letter, sort_key
from orgchart.chart_page import Setting
from orgchart.drawing import Anchor, Drawing, Link, Words
from orgchart.hierarchy import Hierarchy
from orgchart.layout.measure import LINE_SPACING
from orgchart.layout.page import Frame, Page, frame
from orgchart.styles import StyleSheet, TextStyle
from orgchart.text import Face, Font
from orgchart.words import index_word, mark_word
from orgchart.wrapping import wrap

SMALLEST_PT = 7.0
# In font sizes: widths and gaps of columns, further lines of a name, what is kept free before the page's number.
_COLUMN, _COLUMN_GAP, _INDENT, _BEFORE_NUMBER = 27.0, 2.6, 1.2, 2.0
_LINE, _LETTER_GAP, _LETTER, _HEADING = 1.45, 0.7, 1.15, 1.5
_DOT = " ."
# A chain of a thousand units of one name would else have a book of names in brackets.
_MOST_ABOVE = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    """One unit in the index; its name in lines."""

    unit: str
    lines: tuple[str, ...]
    page: int


@dataclass(frozen=True, slots=True)
class _Letter:
    """A capital above the entries that open with it."""

    text: str


_Row = _Entry | _Letter


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns of a page stand, in pt: left edges, width, top of the first line, height; size of the text."""

    lefts: tuple[float, ...]
    width: float
    top: float
    height: float
    size: float


def draw_index(
    hierarchy: Hierarchy,
    homes: Mapping[str, int],
    setting: Setting,
    sheet: Page,
    pages_before: int,
) -> tuple[Drawing, ...]:
    """Every unit in the alphabetical order of the language, with the number of its page; none where there is one page.

    homes: by unit, the page's number. Text is as large as the style's notes, and large enough to be read.
    """
    if pages_before < 2:
        return ()
    styles, font, furniture = setting.styles, setting.font, setting.furniture
    size = max(styles.notes.font_size_pt, setting.min_text, SMALLEST_PT)
    # The foot is never higher than with the widest number that it may have.
    most = int("8" * len(str(pages_before + len(hierarchy))))
    widest = frame(sheet, furniture.title, (), styles, font, furniture.notes(most, most))
    grid = _grid(widest, size)
    face = font.face(styles.notes.bold, styles.notes.italic)
    remarks = {
        unit: ", ".join(mark_word(name, furniture.lang) for name in mark.names) for unit, mark in setting.marks.items()
    }
    pages = _filled(list(_rows(hierarchy, homes, furniture.lang, face, grid, remarks)), grid)
    count = pages_before + len(pages)
    return tuple(
        _page(
            columns,
            grid,
            frame(sheet, furniture.title, (), styles, font, furniture.notes(number, count)),
            styles,
            font,
            furniture.lang,
        )
        for number, columns in enumerate(pages, pages_before + 1)
    )


def _grid(frame: Frame, size: float) -> _Grid:
    left, top, width, height = frame.area
    gap = _COLUMN_GAP * size
    columns = max(1, int((width + gap) / (_COLUMN * size + gap)))
    each = (width - gap * (columns - 1)) / columns
    heading = _HEADING * size * 1.6
    return _Grid(
        tuple(left + number * (each + gap) for number in range(columns)), each, top + heading, height - heading, size
    )


def _rows(
    hierarchy: Hierarchy,
    homes: Mapping[str, int],
    lang: str,
    face: Face,
    grid: _Grid,
    remarks: Mapping[str, str],
) -> Iterator[_Row]:
    """remarks: by unit, what stands behind its name after a dash."""
    names = _told_apart(hierarchy)
    names |= {unit: f"{names[unit]} – {remark}" for unit, remark in remarks.items()}
    before = ""
    for unit in sorted(hierarchy.units, key=lambda unit: (sort_key(names[unit.id], lang), homes[unit.id], unit.id)):
        letter = opening_letter(names[unit.id], lang)
        if letter != before:
            before = letter
            yield _Letter(letter)
        number = face.advance(str(homes[unit.id]))
        yield _Entry(unit.id, _lines(names[unit.id], grid.width / grid.size - number, face), homes[unit.id])


def _lines(name: str, width: float, face: Face) -> tuple[str, ...]:
    """The name in lines that all end before the leaders and the number, each as full as it can be; those after the
    first are indented."""
    room = width - _BEFORE_NUMBER
    lines = [""]
    for word in name.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if face.advance(longer) <= room - (_INDENT if len(lines) > 1 else 0.0):
            lines[-1] = longer
        elif face.advance(word) <= room - _INDENT:
            lines.append(word)
        else:  # a word too long for any line has to be broken
            return wrap(name, face, room - _INDENT)
    return tuple(lines)


def _told_apart(hierarchy: Hierarchy) -> dict[str, str]:
    """The name of every unit; of several of one name, each with its parent in brackets, or as many of those above it
    as it takes, up to three."""
    names = {unit.id: " ".join(unit.name.split()) for unit in hierarchy.units}
    brackets: dict[str, list[str]] = {unit: [] for unit in names}

    def id_above(unit: str) -> str | None:
        parent = hierarchy.parent(unit)
        return None if parent is None else parent.id

    def shown(unit: str) -> str:
        return f"{names[unit]} ({', '.join(brackets[unit])})" if brackets[unit] else names[unit]

    above = {unit: id_above(unit) for unit in names}
    alike = set(names)
    for _ in range(_MOST_ABOVE):
        groups: dict[str, list[str]] = {}
        for unit in names:
            if unit in alike:
                groups.setdefault(shown(unit), []).append(unit)
        # What stands in one unit cannot be told apart by the units above it.
        alike = {unit for group in groups.values() if len({above[unit] for unit in group}) > 1 for unit in group}
        for unit in alike:
            parent = above[unit]
            if parent is not None:
                brackets[unit].append(names[parent])
                above[unit] = id_above(parent)
    return {unit: shown(unit) for unit in names}


def _filled(rows: Sequence[_Row], grid: _Grid) -> list[list[list[_Row]]]:
    """Pages of columns of rows. A letter stands above its first entry, never alone at the foot of a column; on the last
    page the columns end at about one height."""
    pages: list[list[list[_Row]]] = []
    rest = list(rows)
    while rest:
        columns, taken = _columns(rest, grid, grid.height)
        if taken == len(rest):
            height = grid.height
            while (lower := height - _LINE * grid.size) > 0:
                tried, reached = _columns(rest, grid, lower)
                if reached < len(rest):
                    break
                columns, height = tried, lower
        pages.append(columns)
        rest = rest[taken:]
    return pages


def _columns(rows: Sequence[_Row], grid: _Grid, height: float) -> tuple[list[list[_Row]], int]:
    columns: list[list[_Row]] = []
    taken = 0
    for _ in grid.lefts:
        column: list[_Row] = []
        filled = 0.0
        while taken < len(rows):
            row = rows[taken]
            block = [row, rows[taken + 1]] if isinstance(row, _Letter) else [row]
            needed = sum(_height(part, grid.size, first=not column) for part in block)
            if filled + needed > height and column:
                break
            filled += needed
            column += block
            taken += len(block)
        columns.append(column)
    return columns, taken


def _height(row: _Row, size: float, *, first: bool) -> float:
    if isinstance(row, _Letter):
        return (_LINE * _LETTER + (0.0 if first else _LETTER_GAP)) * size
    return (_LINE + LINE_SPACING * (len(row.lines) - 1)) * size


def _page(
    columns: Sequence[Sequence[_Row]], grid: _Grid, frame: Frame, styles: StyleSheet, font: Font, lang: str
) -> Drawing:
    words: list[Words] = []
    links: list[Link] = []
    size, look = grid.size, styles.notes
    bold = replace(look, colour=styles.title.colour, bold=True, italic=False)
    heading = replace(bold, font_size_pt=round(_HEADING * size, 2))
    words.append(_words(index_word(lang), frame.area[0], frame.area[1] + _HEADING * size, heading))
    for left, column in zip(grid.lefts, columns, strict=True):
        y = grid.top
        for number, row in enumerate(column):
            top, y = y, y + _height(row, size, first=number == 0)
            if isinstance(row, _Letter):
                capital = replace(bold, font_size_pt=round(_LETTER * size, 2))
                words.append(_words(row.text, left, y - 0.4 * size, capital))
            else:
                text = replace(look, font_size_pt=round(size, 2))
                words += _entry(row, left, left + grid.width, y - 0.4 * size, text, font)
                links.append(
                    Link(round(left, 2), round(top, 2), round(grid.width, 2), round(y - top, 2), row.page, row.unit)
                )
    return Drawing(
        width=round(frame.page.width, 2),
        height=round(frame.page.height, 2),
        background=styles.background,
        font_family=styles.font,
        lang=lang,
        title=tuple(_words(line.text, line.x, line.y, styles.title, "middle") for line in frame.title),
        rails=(),
        rail_colour=styles.connectors.colour,
        rail_width=styles.connectors.width_pt,
        rail_line=styles.connectors.line,
        units=(),
        legend=(),
        notes=tuple(_words(line.text, line.x, line.y, styles.notes, line.anchor) for line in frame.notes),
        index=tuple(words),
        links=tuple(links),
    )


def _entry(entry: _Entry, left: float, right: float, last_y: float, style: TextStyle, font: Font) -> Iterator[Words]:
    """The name, dots that stand below each other in all entries, and the page's number at the column's right edge."""
    size, face = style.font_size_pt, font.face(style.bold, style.italic)
    for number, line in enumerate(entry.lines):
        y = last_y - LINE_SPACING * size * (len(entry.lines) - 1 - number)
        start = left + (_INDENT * size if number else 0.0)
        yield _words(line, start, y, style)
    end = start + face.advance(line) * size
    page = str(entry.page)
    # The dots end where the widest number of this many digits would begin.
    dots_end = right - face.advance("8" * len(page)) * size - 0.3 * size
    dots = int((dots_end - end - 0.3 * size) / (face.advance(_DOT * 20) / 20 * size))
    if dots > 0:
        yield _words((_DOT * dots).strip(), dots_end, last_y, style, "end")
    yield _words(page, right, last_y, style, "end")


def _words(text: str, x: float, y: float, style: TextStyle, anchor: Anchor = "start") -> Words:
    return Words(
        text, round(x, 2), round(y, 2), style.font_size_pt, style.bold, style.italic, style.colour, anchor
    )  # fmt: skip
