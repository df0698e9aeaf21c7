"""A hierarchy and its style, in; the size of every unit's box for any width of its level, out. All in pt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orgchart.hierarchy import Hierarchy
from orgchart.layout.shapes import BoxSize
from orgchart.styles import BoxStyle, StyleSheet
from orgchart.text import Face, Font
from orgchart.wrapping import Phrase, phrase

LINE_SPACING = 1.2  # between what Graphviz 2 (1.1) and 14 (1.35) take, neither of which can be told
_WIDTH_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Tree:
    """The hierarchy as numbers: units in reading order (preorder), so that a parent stands before its children.

    parents: the number of each unit's parent, -1 for a root; children: in the file's order, and of them those in the
    line and those beside the trunk (``placement: staff``); depths: 0 for a root; heads: those with children.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    levels: tuple[str, ...]
    parents: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    line_children: tuple[tuple[int, ...], ...]
    staff_children: tuple[tuple[int, ...], ...]
    depths: tuple[int, ...]
    roots: tuple[int, ...]
    heads: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


def tree_of(hierarchy: Hierarchy) -> Tree:
    """The units of a hierarchy, numbered."""
    units = hierarchy.units
    ids = [unit.id for unit in units]
    number_of = dict(zip(ids, range(len(ids)), strict=True))
    parents: list[int] = []
    depths: list[int] = []
    below: list[list[int]] = [[] for _ in units]
    for number, unit in enumerate(ids):
        parent = hierarchy.parent(unit)
        if parent is None:
            parents.append(-1)
            depths.append(0)
            continue
        above = number_of[parent.id]
        parents.append(above)
        depths.append(depths[above] + 1)
        below[above].append(number)
    children = tuple(map(tuple, below))
    staff = {number for number, unit in enumerate(units) if unit.placement == "staff"}
    beside: list[tuple[int, ...]] = [()] * len(ids)
    line = list(children)
    for above in {parents[number] for number in staff if parents[number] >= 0}:
        beside[above] = tuple([child for child in children[above] if child in staff])
        line[above] = tuple([child for child in children[above] if child not in staff])
    return Tree(
        ids=tuple(ids),
        names=tuple([unit.name for unit in units]),
        levels=tuple([unit.level for unit in units]),
        parents=tuple(parents),
        children=children,
        line_children=tuple(line),
        staff_children=tuple(beside),
        depths=tuple(depths),
        roots=tuple([number for number, above in enumerate(parents) if above < 0]),
        heads=tuple([number for number, units_below in enumerate(children) if units_below]),
    )


@dataclass(frozen=True, slots=True)
class _Level:
    """A level's look and the narrowest and widest outer width its boxes may share. phrases: each text once; texts: of
    each unit the number of its text."""

    style: BoxStyle
    units: tuple[int, ...]
    phrases: tuple[Phrase, ...]
    texts: tuple[int, ...]
    narrowest: float
    widest: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another text that a unit's box must hold, in the look of a level; the box is as wide as those of its level."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Box sizes on demand; what was measured once is kept. alternatives: by the unit's number."""

    tree: Tree
    phrases: tuple[Phrase, ...]
    levels: Mapping[str, _Level]
    alternatives: Mapping[int, tuple[BoxStyle, Phrase]] = field(default_factory=dict)
    _line_counts: dict[tuple[str, float], tuple[list[int], int]] = field(default_factory=dict)

    def width(self, level: str, share: float) -> float:
        """The outer width at a share (0 to 1) of the way from the level's narrowest to its widest."""
        found = self.levels[level]
        return _stepped(found.narrowest + share * (found.widest - found.narrowest))

    def clamped(self, level: str, width: float) -> float:
        """The nearest outer width that the level's boxes may have."""
        found = self.levels[level]
        return _stepped(min(max(width, found.narrowest), found.widest))

    def snug_width(self, level: str) -> float:
        """The narrowest outer width at which the level's names take their fewest lines."""
        candidates = [self.width(level, step / 24) for step in range(25)]
        found = self.levels[level]
        return min(candidates, key=lambda width: (self._counted(level, found, width)[1], width))

    def heights(self, widths: Mapping[str, float]) -> tuple[list[float], int]:
        """The height of every box when each level has its width, and the count of all lines."""
        heights = [0.0] * len(self.tree)
        lines = 0
        for name, level in self.levels.items():
            counts, together = self._counted(name, level, widths[name])
            line, rest = level.style.font_size_pt * LINE_SPACING, 2 * level.style.padding_y_pt
            of_texts = [count * line + rest for count in counts]
            for number, text in zip(level.units, level.texts, strict=True):
                heights[number] = of_texts[text]
            lines += together
        for number, (style, other) in self.alternatives.items():
            count = other.count(_inner(style, widths[self.tree.levels[number]]))
            height = count * style.font_size_pt * LINE_SPACING + 2 * style.padding_y_pt
            heights[number] = max(heights[number], height)
        return heights, lines

    def wrapped(self, widths: Mapping[str, float]) -> list[tuple[str, ...]]:
        """Every unit's name broken into lines when each level has its width."""
        wrapped: list[tuple[str, ...]] = [()] * len(self.tree)
        for name, level in self.levels.items():
            inner = _inner(level.style, widths[name])
            of_texts = [text.lines(inner) for text in level.phrases]
            for number, text in zip(level.units, level.texts, strict=True):
                wrapped[number] = of_texts[text]
        return wrapped

    def lines_of(self, level: str, text: str, width: float) -> int:
        """How many lines another text takes in a box of the level of the outer width."""
        style = self.levels[level].style
        return phrase(text, self.phrases[self.levels[level].units[0]].face).count(_inner(style, width))

    def smallest_text(self) -> float:
        """The smallest font size of any unit's name at the style's own size."""
        return min(level.style.font_size_pt for level in self.levels.values())

    def sizes(self, widths: Mapping[str, float], heights: list[float]) -> dict[str, BoxSize]:
        """Every unit's box, by id."""
        tree = self.tree
        return {
            unit: BoxSize(widths[level], height, lines)
            for unit, level, height, lines in zip(tree.ids, tree.levels, heights, self.wrapped(widths), strict=True)
        }

    def _counted(self, name: str, level: _Level, width: float) -> tuple[list[int], int]:
        """The lines of each text of the level, and of all its units together."""
        counted = self._line_counts.get((name, width))
        if counted is None:
            inner = _inner(level.style, width)
            counts = [text.count(inner) for text in level.phrases]
            counted = self._line_counts[name, width] = counts, sum([counts[text] for text in level.texts])
        return counted


def measure(
    tree: Tree, styles: StyleSheet, font: Font, alternatives: Mapping[str, Alternative] | None = None
) -> Measures:
    """Look up what each level may be. A level's narrowest box holds its longest word, up to its widest box.

    alternatives: by unit id, of those that have one."""
    others = {
        number: (styles.box(other.level), phrase(other.text, face_of(styles.box(other.level), font)))
        for number, unit in enumerate(tree.ids)
        if alternatives and (other := alternatives.get(unit))
    }
    units_of: dict[str, list[int]] = {}
    for number, level in enumerate(tree.levels):
        units_of.setdefault(level, []).append(number)
    phrases: dict[int, Phrase] = {}
    levels = {}
    for level, numbers in units_of.items():
        face = face_of(styles.box(level), font)
        number_of: dict[str, int] = {}
        texts = tuple(number_of.setdefault(tree.names[number], len(number_of)) for number in numbers)
        distinct = tuple(phrase(text, face) for text in number_of)
        phrases.update(zip(numbers, [distinct[text] for text in texts], strict=True))
        style = styles.box(level)
        word = max(text.widest() for text in distinct) * style.font_size_pt
        for number in others.keys() & set(numbers):
            own, text = others[number]
            needed = text.widest() * own.font_size_pt + 2 * (own.padding_x_pt - style.padding_x_pt)
            word = max(word, needed)
        narrowest = min(max(style.min_width_pt, word + 2 * style.padding_x_pt + _WIDTH_STEP), style.max_width_pt)
        levels[level] = _Level(style, tuple(numbers), distinct, texts, narrowest, style.max_width_pt)
    return Measures(tree, tuple([phrases[number] for number in range(len(tree))]), levels, others)


def face_of(style: BoxStyle, font: Font) -> Face:
    """The face that a box's text is in."""
    return font.face(style.bold, style.italic)


def inner_width(style: BoxStyle, box_width: float, scale: float) -> float:
    """The width in em that a box, drawn at the scale, has for text: what the box was measured with."""
    return _inner(style, _stepped(box_width / scale))


def _inner(style: BoxStyle, width: float) -> float:
    return (width - 2 * style.padding_x_pt) / style.font_size_pt


def _stepped(width: float) -> float:
    return round(width / _WIDTH_STEP) * _WIDTH_STEP
