"""Checked units and wishes by their keys, in; the Chart that they make together, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from orgchart.chart import Chart, build_chart
from orgchart.structure import Structure, build_structure
from orgchart.styles import StyleSheet, load_style
from orgchart.unit_language import in_language, script_of, second_names
from orgchart.unit_script import WORDS, in_script
from orgchart.units import UnitFile

_SHOWN = {"auto": None, "on": True, "off": False}


def wished_chart(unit_file: UnitFile, wishes: Mapping[str, Any], styles: StyleSheet | None = None) -> Chart:
    """The chart of these units. wishes: a value for every key of CHART_KEYS; styles: the style, where it is loaded
    already. Raises OrgChartError as ``build_chart`` does."""
    units = wished_units(unit_file, wishes)
    second = second_names(units, wishes["also"]) if wishes.get("also") else None
    return build_chart(units, second_names=second, **arguments(wishes, styles))


def wished_structure(unit_file: UnitFile, wishes: Mapping[str, Any]) -> Structure:
    """The units of the chart, for formats that need no layout. Raises OrgChartError."""
    wanted = arguments(wishes)
    told = {key: wanted[key] for key in ("style", "root", "depth", "title")}
    return build_structure(wished_units(unit_file, wishes), **told)


def wished_units(unit_file: UnitFile, wishes: Mapping[str, Any]) -> UnitFile:
    """The units in the language that is wished, and then in the script."""
    if wishes.get("lang"):
        unit_file = in_language(unit_file, wishes["lang"])
    return in_script(unit_file, wishes["script"]) if wishes["script"] else unit_file


def arguments(wishes: Mapping[str, Any], styles: StyleSheet | None = None) -> dict[str, Any]:
    """What ``build_chart`` takes beside the units."""
    wanted = dict(wishes)
    style, font = wanted.pop("style"), wanted.pop("font")
    lang, script = wanted.pop("lang", None), wanted.pop("script")
    wanted.pop("also", None)
    script = script or (script_of(lang) if lang else None)
    for key in ("title", "date"):
        if script and wanted[key] and wanted[key] != "source":
            wanted[key] = WORDS[script](wanted[key])
    return {
        "style": styles or wished_style(style, font),
        "legend": _SHOWN[wanted.pop("legend")],
        "source_line": _SHOWN[wanted.pop("source")],
        "unit_url": wanted.pop("unit_url", None) or "",
        "embed_font": wanted.pop("font_embed") == "subset",
        **wanted,
    }


def wished_style(style: str, font: str | None, folder: Path | None = None) -> StyleSheet:
    """The style of that name or path (from ``folder``, where it is relative), with the font in place of its own."""
    loaded = load_style(style, folder)
    if not font:
        return loaded
    from orgchart.text import load_font

    return replace(loaded, font=load_font(font).family)
