"""A planned chart, in; the fingerprints of all it is made of, and what it takes to draw it, out. Nothing is drawn."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from orgchart.build.manifest import Inputs
from orgchart.build.project import PLAN_KEYS, ChartPlan
from orgchart.chart_keys import CHART_KEYS, PAGE_LAYOUT
from orgchart.errors import OrgChartError
from orgchart.given import file_content
from orgchart.hints import Suggester, quoted
from orgchart.styles import StyleSheet, load_style
from orgchart.text import load_font
from orgchart.units import Unit, UnitFile, dump_units, parse_units
from orgchart.version import __version__

# Which packages decide the bytes of a format; of one that only our own code writes, none.
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "dot": ("graphviz", "uharfbuzz"),
    "svg": ("brotli", "fonttools", "uharfbuzz"),
    "pdf": ("cairocffi", "cairosvg", "pikepdf", "uharfbuzz"),
    "png": ("cairocffi", "cairosvg", "uharfbuzz"),
    "pptx": ("lxml", "python-pptx", "uharfbuzz"),
    "drawio": ("uharfbuzz",),
    "html": ("fonttools", "jinja2", "markupsafe", "uharfbuzz"),
    "csv": (),
    "jsonld": (),
    "mermaid": (),
    "graphml": ("networkx",),
}
_ENGINE_PACKAGES = ("pygraphviz",)


@dataclass(frozen=True, slots=True)
class Materials:
    """inputs: the fingerprints, for the manifest; content: the bytes of the units file, styles: the style with the
    chart's font, as they were when the fingerprints were taken."""

    inputs: Inputs
    content: bytes
    styles: StyleSheet


class Sources:
    """Reads each file of a project once. Every method raises OrgChartError for a file that cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents: dict[str, bytes] = {}
        self._parsed: dict[str, UnitFile] = {}
        self._styles: dict[str, StyleSheet] = {}

    def materials(self, plan: ChartPlan, known: Inputs | None) -> Materials:
        """What the chart is made of now. known: what it was made of last; where the units file and what is drawn of it
        are the same as then, it is not parsed again."""
        content = self._content(plan.units)
        styles, own_font = self._style(plan.wishes["style"]), plan.wishes["font"]
        if own_font:
            styles = replace(styles, font=load_font(own_font).family)
        fingerprint = sha256(content)
        settings = settings_of(plan)
        same = (
            known is not None
            and known.units_sha256 == fingerprint
            and known.versions.get("orgchart") == __version__
            and all(known.settings.get(key) == settings.get(key) for key in ("root", "depth"))
        )
        inputs = Inputs(
            units=plan.units,
            units_sha256=fingerprint,
            drawn_sha256=known.drawn_sha256 if same and known is not None else self._drawn_sha256(plan),
            style=plan.wishes["style"],
            style_sha256=sha256(json.dumps(asdict(styles), sort_keys=True, ensure_ascii=False).encode()),
            font=styles.font,
            font_sha256=font_sha256(styles.font),
            settings=settings,
            versions=versions_of(plan) | self._rulebook_versions(plan),
        )
        return Materials(inputs, content, styles)

    def _content(self, path: str) -> bytes:
        if path not in self._contents:
            self._contents[path] = file_content(
                self._folder / path, "units_bytes", "set units in orgchart.toml", regular=True
            )
        return self._contents[path]

    def _style(self, name: str) -> StyleSheet:
        if name not in self._styles:
            self._styles[name] = load_style(name, self._folder)
        return self._styles[name]

    def _rulebook_versions(self, plan: ChartPlan) -> dict[str, str]:
        """Of the text beside the units file, which a page for a browser quotes: whether it is there as it was read."""
        if "html" not in plan.formats:
            return {}
        from orgchart.cite import text_of

        source = self._units(plan).source
        there = source is not None and text_of(self._units(plan)).lines
        return {"rulebook text": (source.sha256 or "")[:12] if source is not None and there else "left out"}

    def _units(self, plan: ChartPlan) -> UnitFile:
        if plan.units not in self._parsed:
            self._parsed[plan.units] = parse_units(self._content(plan.units), str(self._folder / plan.units))
        return self._parsed[plan.units]

    def _drawn_sha256(self, plan: ChartPlan) -> str:
        drawn = _drawn(self._units(plan), plan.wishes["root"], plan.wishes["depth"])
        return sha256(dump_units(drawn))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def settings_of(plan: ChartPlan) -> dict[str, object]:
    """The wishes that are not the default, by key; style and font have fingerprints of their own."""
    return {
        key: value
        for key, value in plan.wishes.items()
        if key not in ("style", "font") and value != CHART_KEYS[key].rule.cleaned(PLAN_KEYS[key].default)
    }


def _drawn(unit_file: UnitFile, root: str | None, depth: int | None) -> UnitFile:
    """The file without what cannot reach the chart: other branches. What a picture does not show stays, as there may be
    formats that tell it."""
    units = unit_file.units if root is None and depth is None else tuple(_branch(unit_file.units, root, depth))
    shown = {unit.id for unit in units}
    return replace(
        unit_file,
        units=units,
        relations=tuple(tie for tie in unit_file.relations if tie.source in shown and tie.target in shown),
    )


def _branch(units: Sequence[Unit], root: str | None, depth: int | None) -> Iterable[Unit]:
    children: dict[str | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent, []).append(unit)
    generation = [unit for unit in units if (unit.parent is None if root is None else unit.id == root)]
    if not generation and root is not None:
        suggester = Suggester((unit.id for unit in units), ((unit.name, unit.id) for unit in units))
        raise OrgChartError(
            f"unit {quoted(root)}, the root, does not exist; {suggester.hint(root, 'name the id of a unit')}"
        )
    kept: dict[str, Unit] = {unit.id: replace(unit, parent=None) for unit in generation}
    left = -1 if depth is None else depth
    while generation and left:
        generation = [child for unit in generation for child in children.get(unit.id, ())]
        kept.update((unit.id, unit) for unit in generation)
        left -= 1
    return [kept[unit.id] for unit in units if unit.id in kept]


@functools.lru_cache(maxsize=16)
def font_sha256(family: str) -> str:
    """Of the bytes of all its faces, each with its place in its file."""
    whole = hashlib.sha256()
    for style, face in sorted(load_font(family).faces.items()):
        whole.update(f"{style} {face.index} {sha256(face.path.read_bytes())}\n".encode())
    return whole.hexdigest()


def versions_of(plan: ChartPlan) -> dict[str, str]:
    packages = {name for format_name in plan.formats for name in PACKAGES.get(format_name, ())}
    if plan.wishes["layout"] != PAGE_LAYOUT:
        packages.update(_ENGINE_PACKAGES)
    return {"orgchart": __version__} | {name: version_of(name) for name in sorted(packages)}


@functools.cache
def version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def uses_cairo(format_name: str) -> bool:
    """Whether the system's cairo has a part in the bytes of a format."""
    return "cairosvg" in PACKAGES.get(format_name, ())
