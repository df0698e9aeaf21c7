"""Options of the command line that say how a chart looks, in; the chart they make of units, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from orgchart.chart_keys import CHART_KEYS, SHOWN, Arrange, ChartKey, Whole
from orgchart.toml_keys import Choice, Number

if TYPE_CHECKING:
    from orgchart.chart import Chart
    from orgchart.structure import Structure
    from orgchart.units import UnitFile

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _option(name: str, key: ChartKey) -> Callable[[_Command], _Command]:
    rule = key.rule
    kind: click.ParamType[Any] | None = None
    if isinstance(rule, Number):
        kind = click.FloatRange(rule.low, rule.high)
    elif isinstance(rule, Whole):
        kind = click.IntRange(rule.low, rule.high)
    elif not key.metavar:
        kind = click.Choice(rule.choices if isinstance(rule, Choice) else SHOWN)
    several = isinstance(rule, Arrange)
    return click.option(
        *([key.short] if key.short else []),
        f"--{name.replace('_', '-')}",
        default=None if several or rule.default == "" else rule.default,
        type=kind,
        multiple=several,
        metavar=key.metavar or None,
        show_default=not several and rule.default not in (None, ""),
        help=key.help,
    )


def chart_options(command: _Command, without: tuple[str, ...] = ()) -> _Command:
    """Give a command all the options of a chart's look, which it hands on to ``chart_of``; ``without`` some keys."""
    for name, key in reversed(tuple(CHART_KEYS.items())):
        if name not in without:
            command = _option(name, key)(command)
    return command


def chart_of(unit_file: UnitFile, options: Mapping[str, Any]) -> Chart:
    """The chart of these units as the options have it. Raises OrgChartError, and UsageError for options that clash."""
    from orgchart.chart_wishes import wished_chart

    return wished_chart(unit_file, wishes_of(options))


def wishes_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options by the keys of CHART_KEYS. Raises UsageError for options that clash."""
    return {**options, "arrange": _arrange(options["arrange"])}


def structure_of(unit_file: UnitFile, options: Mapping[str, Any]) -> Structure:
    """The units that the options ask for, for formats that need no layout. Raises OrgChartError."""
    from orgchart.chart_wishes import wished_structure

    return wished_structure(unit_file, wishes_of(options))


def _arrange(asked: tuple[str, ...]) -> str | dict[str, str]:
    """The one kind for all, or the kinds by level; of several for all the last counts."""
    by_level = dict(word.split("=", 1) for word in asked if "=" in word)
    for_all = [word for word in asked if "=" not in word]
    if by_level and for_all:
        raise click.UsageError("--arrange takes one kind for all, or kinds by level, not both")
    return by_level or (for_all[-1] if for_all else "auto")
