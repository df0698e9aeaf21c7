"""Checked units and wishes by their keys, in; the Chart that they make together, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from orgchart.chart import Chart, build_chart
from orgchart.styles import StyleSheet, load_style
from orgchart.unit_script import WORDS, in_script
from orgchart.units import UnitFile

_SHOWN = {"auto": None, "on": True, "off": False}


def wished_chart(unit_file: UnitFile, wishes: Mapping[str, Any], styles: StyleSheet | None = None) -> Chart:
    """The chart of these units. wishes: a value for every key of CHART_KEYS; styles: the style, where it is loaded
    already. Raises OrgChartError as ``build_chart`` does."""
    wanted = dict(wishes)
    style, font = wanted.pop("style"), wanted.pop("font")
    loaded = styles or wished_style(style, font)
    script = wanted.pop("script")
    if script:
        unit_file = in_script(unit_file, script)
        for key in ("title", "date"):
            if wanted[key] and wanted[key] != "source":
                wanted[key] = WORDS[script](wanted[key])
    return build_chart(
        unit_file,
        style=loaded,
        legend=_SHOWN[wanted.pop("legend")],
        source_line=_SHOWN[wanted.pop("source")],
        embed_font=wanted.pop("font_embed") == "subset",
        **wanted,
    )


def wished_style(style: str, font: str | None, folder: Path | None = None) -> StyleSheet:
    """The style of that name or path (from ``folder``, where it is relative), with the font in place of its own."""
    loaded = load_style(style, folder)
    if not font:
        return loaded
    from orgchart.text import load_font

    return replace(loaded, font=load_font(font).family)
