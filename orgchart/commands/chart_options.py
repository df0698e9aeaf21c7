"""Options of the command line that say how a chart looks, in; the chart they make of units, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from orgchart.chart import Chart
    from orgchart.structure import Structure
    from orgchart.styles import StyleSheet
    from orgchart.units import UnitFile

_Command = TypeVar("_Command", bound=Callable[..., Any])
_SHOWN = {"auto": None, "on": True, "off": False}
# fmt: off
_OPTIONS = (
    click.option("-s", "--style", default="classic", metavar="NAME|FILE", show_default=True,
                  help="A style that comes with orgchart (see: orgchart styles), or your own .toml file."),
    click.option("-p", "--page", default="A4", metavar="PAGE", show_default=True,
                  help="A4, A3, A2, A1, A0, letter, a size such as 160x90mm; auto: the smallest of A4 to A0 on which "
                       "the names can be read (see --min-text); none: the chart's own size."),
    click.option("--orientation", default="auto", metavar="auto|portrait|landscape", show_default=True,
                  help="How the page stands; auto takes the one that suits the chart."),
    click.option("--min-text", default=7.0, type=click.FloatRange(1, 72), metavar="PT", show_default=True,
                  help="The smallest size of names that can be read: --page auto keeps to it, and a chart with "
                       "smaller names gets a warning."),
    click.option("--atlas", default="auto", type=click.Choice(["never", "auto", "always"]), show_default=True,
                  help="Several pages in place of one: an overview, a page for each branch that is cut off, with "
                       "page references both ways, and an alphabetical index. auto: where the names could not be read "
                       "on one page; never: one page, with a warning."),
    click.option("--branches", default="together", type=click.Choice(["together", "apart"]), show_default=True,
                  help="Whether small branches of an atlas share a page, or each has its own."),
    click.option("--root", metavar="ID", help="Draw only this unit and what is below it."),
    click.option("--depth", type=click.IntRange(min=0), metavar="N",
                  help="Draw only N generations below the top; 0 is the top alone."),
    click.option("--layout", default="page", metavar="NAME", show_default=True,
                  help="page, or a Graphviz engine to place the units: dot, neato, twopi, circo, fdp, sfdp."),
    click.option("--arrange", multiple=True, metavar="[LEVEL=]KIND",
                  help="How the units below each unit stand: auto, row, stacks, column, columns or both (sides of a "
                       "rail); for one level: --arrange sector=column. May be given several times."),
    click.option("--title", metavar="TEXT", help='Title above the chart; the file\'s own if left out, none if "".'),
    click.option("--legend", default="auto", type=click.Choice(["auto", "on", "off"]), show_default=True,
                  help="Legend of the levels; auto shows it where there is more than one level."),
    click.option("--source", default="auto", type=click.Choice(["auto", "on", "off"]), show_default=True,
                  help="The rulebook at the foot of the page; auto shows it where the units file has its title, "
                       "except with --page none."),
    click.option("--date", metavar="TEXT|source",
                  help="Date at the foot of the page, printed as you write it; source: the rulebook's date. "
                       "None if left out."),
    click.option("--font", metavar="NAME", help="A font installed on this machine, instead of the style's."),
    click.option("--font-embed", default="subset", type=click.Choice(["subset", "none"]), show_default=True,
                  help="Whether the SVG carries its font; none is smaller, and right only where the font is."),
    click.option("--dpi", default=200, type=click.IntRange(10, 2400), metavar="N", show_default=True,
                  help="Dots per inch of the PNG."),
)
# fmt: on


def chart_options(command: _Command) -> _Command:
    """Give a command all the options of a chart's look, which it hands on to ``chart_of``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chart_of(unit_file: UnitFile, options: Mapping[str, Any]) -> Chart:
    """The chart of these units as the options have it. Raises OrgChartError, and UsageError for options that clash."""
    from orgchart.chart import build_chart

    return build_chart(unit_file, **wishes_of(options))


def wishes_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as ``chart.build_chart`` takes them. Raises OrgChartError, and UsageError for options that clash."""
    wishes = dict(options)
    return {
        "style": _style(wishes.pop("style"), wishes.pop("font")),
        "arrange": _arrange(wishes.pop("arrange")),
        "legend": _SHOWN[wishes.pop("legend")],
        "source_line": _SHOWN[wishes.pop("source")],
        "embed_font": wishes.pop("font_embed") == "subset",
        **wishes,
    }


def structure_of(unit_file: UnitFile, options: Mapping[str, Any]) -> Structure:
    """The units that the options ask for, for formats that need no layout. Raises OrgChartError."""
    from orgchart.structure import build_structure

    return build_structure(
        unit_file, style=options["style"], root=options["root"], depth=options["depth"], title=options["title"]
    )


def _arrange(asked: tuple[str, ...]) -> str | dict[str, str]:
    """The one kind for all, or the kinds by level; of several for all the last counts."""
    by_level = dict(word.split("=", 1) for word in asked if "=" in word)
    for_all = [word for word in asked if "=" not in word]
    if by_level and for_all:
        raise click.UsageError("--arrange takes one kind for all, or kinds by level, not both")
    return by_level or (for_all[-1] if for_all else "auto")


def _style(style: str, font: str | None) -> StyleSheet:
    from dataclasses import replace

    from orgchart.styles import load_style

    loaded = load_style(style)
    if font is None:
        return loaded
    from orgchart.text import load_font

    return replace(loaded, font=load_font(font).family)
