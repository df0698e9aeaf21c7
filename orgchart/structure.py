"""Checked units and the user's wishes, in; a Structure, what formats without pages are written from, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from orgchart.hierarchy import Hierarchy, build_hierarchy
from orgchart.labels import printable
from orgchart.names import safe_name
from orgchart.styles import StyleSheet, load_style
from orgchart.units import Unit, UnitFile
from orgchart.words import language_of


@dataclass(frozen=True, slots=True)
class Structure:
    """The units of a chart, before anything is measured or placed. name: its file name without ending; title: "" for
    none; lang: of the printed words, the file's own or what the names are in; warnings: sentences for the user."""

    name: str
    title: str
    lang: str
    hierarchy: Hierarchy
    unit_file: UnitFile
    styles: StyleSheet
    warnings: tuple[str, ...] = ()

    def units(self) -> Iterator[tuple[Unit, str | None]]:
        """The units of the hierarchy in the file's order, each with the id of its parent, None for what is a root
        here."""
        for unit in self.unit_file.units:
            if unit.id in self.hierarchy:
                parent = self.hierarchy.parent(unit.id)
                yield unit, None if parent is None else parent.id


def build_structure(
    unit_file: UnitFile,
    *,
    style: str | StyleSheet = "classic",
    root: str | None = None,
    depth: int | None = None,
    title: str | None = None,
) -> Structure:
    """The units of a file, or of the branch below ``root`` to ``depth`` generations; for formats that have no page.

    style: a bundled style's name, the path of a TOML file, or a StyleSheet. title: the file's own where None. Raises an
    OrgChartError that says what is wrong and what to do.
    """
    styles = style if isinstance(style, StyleSheet) else load_style(style)
    hierarchy = build_hierarchy(unit_file).branch(root, depth)
    return Structure(
        name=chart_name(hierarchy, unit_file.name),
        title=(unit_file.title or "") if title is None else printable(title, "title"),
        lang=unit_file.lang or language_of(unit.name for unit in hierarchy.units),
        hierarchy=hierarchy,
        unit_file=unit_file,
        styles=styles,
        warnings=tuple(f"{unit_file.name}, {fault}" for fault in unit_file.warnings),
    )


def chart_name(hierarchy: Hierarchy, file_name: str) -> str:
    """The single root's id, or the units file's stem, made safe as a file name on every system."""
    roots = hierarchy.roots
    return safe_name(roots[0].id if len(roots) == 1 else PurePath(file_name).stem)
