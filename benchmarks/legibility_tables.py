"""Measured figures, in; Markdown tables of them for docs/legibility.md and README.md, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field

from legibility_figures import LEGIBLE_PT
from peer_layouts.placed import Body
from report import table

SHEET_NAMES = ("A4", "A3")
ORGCHART = "orgchart"
_IN_README = ("seed", "berlin", "swiss", "sectors-137")
_SETTINGS_SHOWN = ("sectors-137", "berlin")


@dataclass(frozen=True, slots=True)
class Figures:
    """One layouter's chart of one body. text, sheets: by the sheet's name; the smallest text with all on one sheet, and
    how many sheets there are where it is at least 7 pt; atlas_text: the smallest on those pages. covered, unlike,
    families, settings: of the chart on A3."""

    text: Mapping[str, float] = field(default_factory=dict)
    sheets: Mapping[str, int] = field(default_factory=dict)
    index_pages: Mapping[str, int] = field(default_factory=dict)
    atlas_text: Mapping[str, float] = field(default_factory=dict)
    covered: float = 0.0
    unlike: int = 0
    families: int = 0
    settings: str = ""
    fault: str = ""


@dataclass(slots=True)
class Measured:
    """Everything one run measured: figures by body and layouter, and the bodies' names with their numbers of units."""

    with_atlas: bool
    missing: tuple[str, ...]
    bodies: dict[str, tuple[str, int]] = field(default_factory=dict)
    cells: dict[tuple[str, str], Figures] = field(default_factory=dict)

    def add(self, key: str, body: Body, layouter: str, figures: Figures) -> None:
        self.bodies[key] = (body.name, len(body.units))
        self.cells[key, layouter] = figures

    @property
    def layouters(self) -> list[str]:
        return list(dict.fromkeys(layouter for _, layouter in self.cells))

    def raw(self) -> list[dict[str, object]]:
        return [{"body": key, "layouter": name} | asdict(figures) for (key, name), figures in self.cells.items()]


def full(measured: Measured) -> str:
    """All figures, one table for each kind of figure; in bold the best of each line."""
    blocks = []
    for sheet in SHEET_NAMES[::-1]:
        blocks.append(f"### Smallest printed text, all on one {sheet} sheet")
        blocks.append(_figures(measured, lambda found, sheet=sheet: found.text[sheet], _points, best=max))
    blocks.append("### orgchart’s text on A3 divided by that of each other program")
    blocks.append(_ratios(measured, "A3"))
    for sheet in SHEET_NAMES:
        blocks.append(f"### {sheet} sheets with no text under {LEGIBLE_PT:g} pt")
        blocks.append(_figures(measured, lambda found, sheet=sheet: _sheets(found, sheet), _whole, best=None))
    if not measured.with_atlas:
        blocks.append("This version of orgchart draws on one sheet only; – is where one sheet is not enough.")
    blocks.append("### Share of the A3 sheet that lies under boxes")
    blocks.append(_figures(measured, lambda found: found.covered, lambda share: f"{share:.0%}", best=max))
    blocks.append("### Sibling sets that stand another way than most of their level, on A3")
    blocks.append(_figures(measured, lambda found: found.unlike, str, best=None, of=lambda found: found.families))
    blocks.append("### Best settings on A3")
    blocks.append(_settings(measured))
    faults = [
        f"{name}, {measured.bodies[key][0]}: {found.fault}"
        for (key, name), found in measured.cells.items()
        if found.fault
    ]
    faults += [
        f"{name}, {measured.bodies[key][0]}: a page of the {sheet} atlas prints at {_points(text)} pt"
        for (key, name), found in measured.cells.items()
        for sheet, text in found.atlas_text.items()
        if text < LEGIBLE_PT
    ]
    notes = [*(f"Not measured: {sentence}." for sentence in measured.missing), *(f"{fault}." for fault in faults)]
    return "\n\n".join(filter(None, [*blocks, "  \n".join(notes)]))


def summary(measured: Measured) -> str:
    """Text on A3 for a few bodies, and the pages that orgchart's atlas takes on A4."""
    layouters = measured.layouters
    header = ["Smallest text on A3, pt", *layouters, "orgchart: A4 pages at 7 pt"]
    rows = []
    for key in filter(measured.bodies.__contains__, _IN_README):
        cells = [measured.cells[key, name] for name in layouters]
        own = _sheets(measured.cells[key, ORGCHART], "A4")
        texts = _emphasised([None if found.fault else found.text["A3"] for found in cells], _points, max)
        rows.append([_label(measured, key), *texts, "–" if own is None else _whole(own)])
    return table(header, rows)


def _figures(
    measured: Measured,
    value: Callable[[Figures], float | None],
    shown: Callable[[float], str],
    best: Callable[[Iterable[float]], float] | None,
    of: Callable[[Figures], int] | None = None,
) -> str:
    layouters = measured.layouters
    header = ["Body", "Units", *layouters]
    if of:
        header.append("of")
    rows = []
    for key, (_, units) in measured.bodies.items():
        cells = [measured.cells[key, name] for name in layouters]
        figures = [None if found.fault else value(found) for found in cells]
        row = [_label(measured, key, units=False), f"{units:,}", *_emphasised(figures, shown, best)]
        rows.append([*row, str(of(cells[0]))] if of else row)
    return table(header, rows)


def _ratios(measured: Measured, sheet: str) -> str:
    """How many times as large orgchart prints as each other."""
    others = [name for name in measured.layouters if name != ORGCHART]
    rows = []
    for key in measured.bodies:
        own = measured.cells[key, ORGCHART].text[sheet]
        cells = [measured.cells[key, name] for name in others]
        rows.append(
            [_label(measured, key), *("–" if found.fault else f"{own / found.text[sheet]:.1f}" for found in cells)]
        )
    return table(["Body", *others], rows)


def _emphasised(
    figures: list[float | None], shown: Callable[[float], str], best: Callable[[Iterable[float]], float] | None
) -> list[str]:
    """The figures as words; in bold those that read the same as the best."""
    words = ["–" if figure is None else shown(figure) for figure in figures]
    there = [figure for figure in figures if figure is not None]
    if best is None or not there or len(set(words)) == 1:
        return words
    winner = shown(best(there))
    return [f"**{word}**" if word == winner else word for word in words]


def _sheets(found: Figures, sheet: str) -> float | None:
    count = found.sheets.get(sheet)
    return None if count is None else count + found.index_pages.get(sheet, 0)


def _settings(measured: Measured) -> str:
    keys = [key for key in _SETTINGS_SHOWN if key in measured.bodies]
    rows = []
    for name in measured.layouters:
        rows.append([name, *(measured.cells[key, name].settings or "–" for key in keys)])
    return table(["Layout", *(_label(measured, key) for key in keys)], rows)


def _label(measured: Measured, key: str, *, units: bool = True) -> str:
    name, count = measured.bodies[key]
    name = name[:1].upper() + name[1:]
    return f"{name}, {count:,} units" if units else name


def _points(text_pt: float) -> str:
    return f"{text_pt:.2f}" if text_pt < 1 else f"{text_pt:.1f}"


def _whole(count: float) -> str:
    return f"{count:,.0f}"
