"""The name of a wish about a chart, in; what it may hold, its default and its help, out: for options and orgchart.toml.

One table feeds both, so that a word means the same on the command line and in a project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from orgchart.errors import PageError
from orgchart.sheets import ORIENTATIONS, SHEETS_MM, size_mm
from orgchart.style_keys import FILE_KEYS
from orgchart.toml_keys import Choice, Key, Number, Text
from orgchart.unit_checks import Findings
from orgchart.unit_fields import ARRANGEMENTS, MAX_NAME, MAX_WORD
from orgchart.unit_fields import Text as Rule
from orgchart.unit_url import ALLOWED, is_pattern

LEGIBLE_PT = 7.0
DEFAULT_DPI = 200
ATLAS = ("never", "auto", "always")
BRANCHES = ("together", "apart")
SCRIPTS = ("cyrl", "latn")
PAGE_LAYOUT = "page"
# Those of layout.engines, which loads Graphviz.
LAYOUTS = (PAGE_LAYOUT, "dot", "neato", "twopi", "circo", "fdp", "sfdp")
KINDS = ("auto", *ARRANGEMENTS)
SHOWN = ("auto", "on", "off")
# Those of formats.svg_ways.
SVG_WAYS = ("web", "office", "plain")

_RELATIVE = re.compile(r"(?![/\\])(?![A-Za-z]:)[^\\\0\n]*[^\\/\0\n]")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``low``, up to ``high`` unless that is None; the default None is "not limited"."""

    default: int | None
    low: int
    high: int | None = None

    @property
    def allowed(self) -> str:
        return f"a whole number from {self.low}" + (f" to {self.high}" if self.high is not None else "")

    def accepts(self, value: object) -> bool:
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return self.low <= value <= (value if self.high is None else self.high)

    def cleaned(self, value: object) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet's name, a size of one's own, ``auto`` or ``none``."""

    default: str = "A4"
    allowed: str = f'{", ".join(SHEETS_MM)}, auto, none, or a size such as "160x90mm" (sides of 20 to 5000 mm)'

    def accepts(self, value: object) -> bool:
        if not isinstance(value, str):
            return False
        try:
            return value == "auto" or bool(size_mm(value))
        except PageError:
            return False

    def cleaned(self, value: object) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are printed or looked up as they are; None is the default, an empty text is nothing printed."""

    most: int
    lines: bool
    default: None = None

    @property
    def allowed(self) -> str:
        return f"text of at most {self.most:,} characters, without control characters"

    def accepts(self, value: object) -> bool:
        if not isinstance(value, str):
            return False
        findings = Findings({})
        Rule(self.most, self.lines).read(value, "text", (), findings)
        return not value or not findings.faults

    def cleaned(self, value: object) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether something is printed: ``auto``, ``on``, ``off``; true and false are the last two."""

    default: str = "auto"
    allowed: str = 'one of "auto", "on", "off", or true or false'

    def accepts(self, value: object) -> bool:
        return isinstance(value, bool) or (isinstance(value, str) and value in SHOWN)

    def cleaned(self, value: object) -> object:
        return {True: "on", False: "off"}[value] if isinstance(value, bool) else value


@dataclass(frozen=True, slots=True)
class Arrange:
    """One kind of arrangement for all, or kinds by level, as a tuple of pairs sorted by level."""

    default: str = "auto"

    @property
    def allowed(self) -> str:
        return f'one of {", ".join(KINDS)}, or one for each level: {{sector = "row", department = "column"}}'

    def accepts(self, value: object) -> bool:
        kinds = list(value.values()) if isinstance(value, dict) else [value]
        return bool(kinds) and all(isinstance(kind, str) and kind in KINDS for kind in kinds)

    def cleaned(self, value: object) -> object:
        return dict(sorted(value.items())) if isinstance(value, dict) else value


@dataclass(frozen=True, slots=True)
class PathText:
    """A path from the folder of the file that names it, with / between folders: what is written stays true when the
    folder is moved, and on another machine."""

    default: str
    what: str

    @property
    def allowed(self) -> str:
        return f"{self.what} from the folder of this file, with / between folders"

    def accepts(self, value: object) -> bool:
        if not isinstance(value, str) or len(value) > 1000 or not value.isprintable():
            return False
        return _RELATIVE.fullmatch(value) is not None

    def cleaned(self, value: object) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Address:
    """An address with ``{id}`` in it; empty is none."""

    default: str = ""
    allowed: str = ALLOWED

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and (not value or is_pattern(value))

    def cleaned(self, value: object) -> object:
        return value


@dataclass(frozen=True, slots=True)
class ChartKey:
    """One wish. metavar: what stands for its value in the help, "" where its choices do; short: its option of one
    letter."""

    rule: Key
    help: str
    metavar: str = ""
    short: str = ""


# fmt: off
CHART_KEYS: Mapping[str, ChartKey] = {
    "style": ChartKey(PathText("classic", "the name of a bundled style, or the path of a style file"),
        "A style that comes with orgchart (see: orgchart styles), or your own .toml file.", "NAME|FILE", "-s"),
    "page": ChartKey(Page(),
        "A4, A3, A2, A1, A0, letter, a size such as 160x90mm; auto: the smallest of A4 to A0 on which the names can be "
        "read (see --min-text); none: the chart's own size.", "PAGE", "-p"),
    "orientation": ChartKey(Choice("auto", ORIENTATIONS),
        "How the page stands; auto takes the one that suits the chart.", "auto|portrait|landscape"),
    "min_text": ChartKey(Number(LEGIBLE_PT, 1, 72, "pt"),
        "The smallest size of names that can be read: --page auto keeps to it, and a chart with smaller names gets a "
        "warning.", "PT"),
    "atlas": ChartKey(Choice("auto", ATLAS),
        "Several pages in place of one: an overview, a page for each branch that is cut off, with page references both "
        "ways, and an alphabetical index. auto: where the names could not be read on one page; never: one page, with a "
        "warning."),
    "branches": ChartKey(Choice("together", BRANCHES),
        "Whether small branches of an atlas share a page, or each has its own."),
    "root": ChartKey(Phrase(MAX_WORD, lines=False), "Draw only this unit and what is below it.", "ID"),
    "depth": ChartKey(Whole(None, 0), "Draw only N generations below the top; 0 is the top alone.", "N"),
    "layout": ChartKey(Choice(PAGE_LAYOUT, LAYOUTS),
        "page, or a Graphviz engine to place the units: dot, neato, twopi, circo, fdp, sfdp.", "NAME"),
    "arrange": ChartKey(Arrange(),
        "How the units below each unit stand: auto, row, stacks, column, columns or both (sides of a rail); for one "
        "level: --arrange sector=column. May be given several times.", "[LEVEL=]KIND"),
    "script": ChartKey(Choice("", SCRIPTS),
        "Print Serbian names, title and source in Cyrillic or in Latin, whichever the units file has; as they are if "
        "left out."),
    "lang": ChartKey(Text("", 'a language tag such as "sr-Cyrl", "sr-Latn" or "en" (at most 60)', 60,
                           re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")),
        "The language of the chart: sr-Cyrl, sr-Latn, or that of other names which the units file has, such as en. As "
        "the file is if left out.", "TAG"),
    "also": ChartKey(Text("", 'a language tag such as "sr-Cyrl", "sr-Latn" or "en" (at most 60)', 60,
                           re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")),
        "A second language or script for each name, on lines below the first: --also en.", "TAG"),
    "title": ChartKey(Phrase(MAX_NAME, lines=True),
        'Title above the chart; the file\'s own if left out, none if "".', "TEXT"),
    "legend": ChartKey(Shown(),
        "Legend of the levels; auto shows it where there is more than one level."),
    "source": ChartKey(Shown(),
        "The rulebook at the foot of the page; auto shows it where the units file has its title, except with "
        "--page none."),
    "date": ChartKey(Phrase(MAX_NAME, lines=True),
        "Date at the foot of the page, printed as you write it; source: the rulebook's date. None if left out.",
        "TEXT|source"),
    "font": ChartKey(Text("", FILE_KEYS["font"].allowed, 60, re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")),
        "A font installed on this machine, instead of the style's.", "NAME"),
    "font_embed": ChartKey(Choice("subset", ("subset", "none")),
        "Whether the SVG carries its font; none is smaller, and right only where the font is."),
    "svg": ChartKey(Choice("web", SVG_WAYS),
        "What an SVG is for. web: pages, with its font inside, colours for dark screens, and units that a screen "
        "reader reads as lists; office: the same without font and style sheet, for Word and LibreOffice; plain: the "
        "picture alone, in as few bytes as it takes."),
    "unit_url": ChartKey(Address(),
        "Where the units in an SVG lead: https://example.org/units/{id}, or a place beside the chart such as "
        "units/{id}.html.", "ADDRESS"),
    "dpi": ChartKey(Whole(DEFAULT_DPI, 10, 2400), "Dots per inch of the PNG.", "N"),
}
# fmt: on
