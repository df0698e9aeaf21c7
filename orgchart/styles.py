"""A style's name or path, in; its StyleSheet, every value resolved and every colour readable, out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Literal

from orgchart.errors import Fault, StyleError
from orgchart.limits import fixed
from orgchart.style_files import (
    StyleFile,
    StyleSource,
    Table,
    bundled_styles,
    find_style,
    line_of,
    read_style,
)
from orgchart.style_keys import BOX_KEYS, FILE_KEYS, MARKS, TABLES, contrast_ratio, contrast_shown
from orgchart.toml_keys import Key

__all__ = [
    "BoxStyle",
    "ConnectorStyle",
    "MarkStyle",
    "RelationStyle",
    "SpacingStyle",
    "StyleSheet",
    "TextStyle",
    "bundled_styles",
    "load_style",
]

MAX_EXTENDS = fixed("style_extends")
DOUBLE_GAP_PT = 4.0
"""A double border's inner line runs this far inside the outer one, which lies on the box's edge (middle to middle)."""


@dataclass(frozen=True, slots=True)
class BoxStyle:
    """How the box of one level looks: colours ``#rrggbb``, sizes in pt, as they print at the style's own size.

    With ``double`` the outer line lies on the box's edge and the inner one 4 pt inside it. Text keeps
    ``padding_x_pt`` and ``padding_y_pt`` from the edge. The layout chooses one width per level, between
    ``min_width_pt`` and ``max_width_pt``. ``show`` is what stands in the box beside the name.
    """

    fill: str
    text: str
    border: str
    border_width_pt: float
    border_line: Literal["solid", "dashed", "dotted", "double"]
    corner: Literal["square", "round"]
    font_size_pt: float
    bold: bool
    italic: bool
    padding_x_pt: float
    padding_y_pt: float
    min_width_pt: float
    max_width_pt: float
    arrange: Literal["auto", "row", "stacks", "column", "columns", "both"] = "auto"
    show: tuple[Literal["number", "abbreviation", "staff"], ...] = ()


@dataclass(frozen=True, slots=True)
class ConnectorStyle:
    """How the lines from parents to children look: ``#rrggbb``, pt."""

    colour: str
    width_pt: float
    line: Literal["solid", "dashed", "dotted"]
    corner: Literal["square", "round"] = "square"


@dataclass(frozen=True, slots=True)
class RelationStyle:
    """How the lines of relations beside the tree look, and the words on them: ``#rrggbb`` for both, pt.

    Of several kinds in one chart, the first has this line; the others differ from it in line or arrow.
    """

    colour: str
    width_pt: float
    line: Literal["solid", "dashed", "dotted"]
    font_size_pt: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How the title, the legend's words or the notes at the foot look: ``#rrggbb``, pt."""

    colour: str
    font_size_pt: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class SpacingStyle:
    """How far things stand apart: the page's margin in mm, the rest in pt."""

    margin_mm: float
    level_gap_pt: float
    sibling_gap_pt: float
    column_gap_pt: float
    indent_pt: float
    title_gap_pt: float


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a change is marked: ``#rrggbb`` of its sign's plate and, unless ``border_line`` is ``own``, of the box's
    border, which is ``border_width_pt`` wide, or its own where that is wider. ``hollow``: nothing behind the name but
    the page, the name in this colour; ``struck``: the name is struck out."""

    colour: str
    border_line: Literal["own", "solid", "dashed", "dotted", "double"]
    border_width_pt: float
    hollow: bool
    struck: bool


def _default_marks() -> dict[str, MarkStyle]:
    defaults: dict[str, dict[str, Any]] = {
        mark: {name: key.cleaned(key.default) for name, key in keys.items()} for mark, keys in MARKS.items()
    }
    return {mark: MarkStyle(**look) for mark, look in defaults.items()}


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A whole style. ``boxes`` holds the levels the style names, ``default`` the look of any other; ``marks`` the look
    of every mark that there is."""

    name: str
    description: str
    font: str
    background: str
    minimum_contrast: float
    boxes: Mapping[str, BoxStyle]
    default: BoxStyle
    connectors: ConnectorStyle
    relations: RelationStyle
    title: TextStyle
    legend: TextStyle
    notes: TextStyle
    spacing: SpacingStyle
    marks: Mapping[str, MarkStyle] = field(default_factory=_default_marks)

    def box(self, level: str) -> BoxStyle:
        """The look of a level; of a level the style does not name, the default look."""
        return self.boxes.get(level, self.default)


def load_style(name_or_path: str, folder: Path | None = None) -> StyleSheet:
    """A bundled style's name (``classic``) or a path ending in ``.toml`` (from ``folder``, where it is relative) → the
    style with all it extends.

    Raises StyleError with all faults of one file, in the file's order. Of a chain of files that extend each other,
    the one that rests on no other is checked first.
    """
    first = find_style(name_or_path, folder)
    if isinstance(first, Fault):
        raise StyleError("style", [first])
    values: dict[Table, dict[str, Any]] = {}
    for file, fault in reversed(_chain(first)):
        for table, content in file.values.items():
            values.setdefault(table, {}).update(content)
        if fault is not None:
            raise StyleError(file.source.shown, sorted((*file.faults, fault), key=line_of))
        style = _resolved(file, values)
        if faults := (*file.faults, *_look_faults(style, file)):
            raise StyleError(file.source.shown, sorted(faults, key=line_of))
    return style


def _chain(source: StyleSource) -> list[tuple[StyleFile, Fault | None]]:
    """The file, what it extends, what that extends …; the last with a fault where the chain breaks there."""
    chain: list[tuple[StyleFile, Fault | None]] = []
    seen: list[StyleSource] = []
    while True:
        seen.append(source)
        file = read_style(source)
        extends = str(file.values[()].get("extends", ""))
        if not extends:
            return [*chain, (file, None)]
        base = find_style(extends, source.folder)
        place = file.place((), "extends")
        fault = None
        if isinstance(base, Fault):
            fault = Fault(place, f"{base.place} {base.rule}", base.remedy)
        elif base.identity in [earlier.identity for earlier in seen]:
            way = " → ".join(one.shown for one in (*seen, base))
            fault = Fault(place, f"the files extend each other in a circle: {way}", "remove one of these lines")
        elif isinstance(base.file, Path) and not os.path.isfile(base.file):  # noqa: PTH113 – Path.is_file raises
            fault = Fault(place, f"{base.shown} does not exist", "the path starts from the folder of this file")
        elif len(seen) == MAX_EXTENDS:
            fault = Fault(place, f"more than {MAX_EXTENDS} files extend each other", "merge some of them")
        chain.append((file, fault))
        if isinstance(base, Fault) or fault is not None:
            return chain
        source = base


def _resolved(file: StyleFile, values: Mapping[Table, Mapping[str, Any]]) -> StyleSheet:
    def table(keys: Mapping[str, Key], *tables: Table) -> dict[str, Any]:
        given: dict[str, Any] = {name: key.cleaned(key.default) for name, key in keys.items()}
        for one in tables:
            given.update(values.get(one, {}))
        return given

    top = table(FILE_KEYS, ())
    relations, legend = table(TABLES["relations"], ("relations",)), table(TABLES["legend"], ("legend",))

    def readable_on_page(colour: str) -> bool:
        return contrast_ratio(colour, top["background"]) >= float(top["minimum_contrast"])

    if not readable_on_page(relations["colour"]) and "colour" not in file.values.get(("relations",), {}):
        # A style that says nothing of relations, or of marks, loads as it did before there were any.
        relations["colour"] = legend["colour"]
    marks = {mark: table(keys, ("marks", mark)) for mark, keys in MARKS.items()}
    for mark, look in marks.items():
        if "colour" not in file.values.get(("marks", mark), {}) and not readable_on_page(look["colour"]):
            look["colour"] = legend["colour"]
    stem = PurePath(file.source.file.name).stem
    any_level = ("levels", "default")
    notes_colour = values.get(("notes",), {}).get("colour", legend["colour"])
    own = file.values[()]
    return StyleSheet(
        name=str(own.get("name", stem if FILE_KEYS["name"].accepts(stem) else "style")),
        description=str(own.get("description", "")),
        font=top["font"],
        background=top["background"],
        minimum_contrast=top["minimum_contrast"],
        boxes={
            path[1]: BoxStyle(**table(BOX_KEYS, any_level, path))
            for path in values
            if path[:1] == ("levels",) and path != any_level
        },
        default=BoxStyle(**table(BOX_KEYS, any_level)),
        connectors=ConnectorStyle(**table(TABLES["connectors"], ("connectors",))),
        relations=RelationStyle(**relations),
        title=TextStyle(**table(TABLES["title"], ("title",))),
        legend=TextStyle(**legend),
        # A style made before there were notes has a legend that can be read on its background.
        notes=TextStyle(**table(TABLES["notes"], ("notes",)) | {"colour": notes_colour}),
        spacing=SpacingStyle(**table(TABLES["spacing"], ("spacing",))),
        marks={mark: MarkStyle(**look) for mark, look in marks.items()},
    )


def _look_faults(style: StyleSheet, file: StyleFile) -> list[Fault]:
    """What no single key shows: text that cannot be read on its fill, or that does not fit into its box.

    Tables with a refused value are passed over: how they would look is not known.
    """
    faults: list[Fault] = []
    looks: list[tuple[Table, str]] = [(("title",), style.title.colour), (("legend",), style.legend.colour)]
    if "colour" in file.values.get(("relations",), {}):
        looks.append((("relations",), style.relations.colour))
    if style.notes.colour != style.legend.colour:
        looks.append((("notes",), style.notes.colour))
    for mark, marked in style.marks.items():
        if "colour" in file.values.get(("marks", mark), {}):
            looks.append((("marks", mark), marked.colour))
    for table, colour in looks:
        if not {(), table} & file.broken:
            why = _contrast_fault(colour, "the background", style.background, style.minimum_contrast)
            faults += [Fault(file.place(table, "colour"), *why)] if why else []
    # What a level takes from [levels.default] is told once, there.
    told: set[str] = set()
    for level, box in (("default", style.default), *style.boxes.items()):
        path = ("levels", level)
        if {path, ("levels", "default")} & file.broken:
            continue
        for key, rule, remedy in _box_faults(box, style.minimum_contrast):
            if rule not in told:
                told.add(rule)
                only_fill = key == "text" and (*path, "fill") in file.lines and (*path, "text") not in file.lines
                faults.append(Fault(file.place(path, "fill" if only_fill else key), rule, remedy))
    return faults


def _contrast_fault(text: str, place: str, behind: str, needed: float) -> tuple[str, str] | None:
    ratio = contrast_ratio(text, behind)
    if ratio >= needed:
        return None
    measured = f"has a contrast of {contrast_shown(ratio)}, at least {needed:g}:1 is needed"
    rule = f'text "{text}" on {place} "{behind}" {measured}'
    best = max(("#000000", "#ffffff"), key=lambda colour: contrast_ratio(colour, behind))
    reached = contrast_ratio(best, behind)
    if reached < needed:
        return rule, f'no text colour reaches that on "{behind}"; make it lighter or darker'
    return rule, f'text in "{best}" would have {contrast_shown(reached)}'


def _box_faults(box: BoxStyle, needed: float) -> Iterator[tuple[str, str, str]]:
    """Key, rule and remedy of each fault of a resolved box."""
    if why := _contrast_fault(box.text, "fill", box.fill, needed):
        yield "text", *why
    if box.min_width_pt > box.max_width_pt:
        rule = f"the least width, {box.min_width_pt:g} pt, is above the greatest, {box.max_width_pt:g} pt"
        yield "min_width_pt", rule, "lower min_width_pt or raise max_width_pt"
    room = box.min_width_pt - 2 * box.padding_x_pt
    if room < 2 * box.font_size_pt:
        rule = (
            f"a box {box.min_width_pt:g} pt wide with {box.padding_x_pt:g} pt of padding a side leaves {room:g} pt"
            f" for text of {box.font_size_pt:g} pt; at least {2 * box.font_size_pt:g} pt are needed"
        )
        yield "min_width_pt", rule, "raise min_width_pt or lower padding_x_pt"
    if box.border_line == "double":
        if box.border_width_pt > DOUBLE_GAP_PT - 1:
            rule = f"{box.border_width_pt:g} pt fills the gap between the two lines, {DOUBLE_GAP_PT:g} pt apart"
            yield "border_width_pt", rule, f"use at most {DOUBLE_GAP_PT - 1:g} pt, or another border_line"
        least = DOUBLE_GAP_PT + box.border_width_pt
        for key, padding in (("padding_x_pt", box.padding_x_pt), ("padding_y_pt", box.padding_y_pt)):
            if padding < least:
                rule = f"{padding:g} pt puts the text on the inner line of the double border"
                yield key, rule, f"use at least {least:g} pt"
