"""A hierarchy and what all pages share, in; the pages of an atlas with its index and references both ways, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orgchart.chart_page import ChartPage, Setting, join, place, relation_warnings
from orgchart.drawing import BASELINE_FROM_MIDDLE, Link, UnitMark, draw, free_line
from orgchart.hierarchy import Hierarchy
from orgchart.index import draw_index
from orgchart.labels import BACK, ONWARD, page_line, relation_line
from orgchart.layout.measure import LINE_SPACING
from orgchart.layout.page import Page, frame
from orgchart.layout.pages import Part, paginate
from orgchart.names import safe_name
from orgchart.units import Relation

_Target = tuple[int, str]  # a page's number and a unit on it
_INDEX = "index"


@dataclass(frozen=True, slots=True)
class _Reference:
    """A line in a box that leads to other pages."""

    text: str
    targets: tuple[_Target, ...]


def cut(
    hierarchy: Hierarchy, setting: Setting, sheets: Sequence[Page], *, spread: bool, apart: bool
) -> tuple[Part, ...]:
    """The parts of the atlas, each small enough for one of the sheets with all that will be printed on it.

    spread: cut even where one page would do; apart: every cut branch on a page of its own.
    """
    furniture = setting.furniture
    # No atlas has more pages than twice its units, those of the index included.
    longest = int("8" * len(str(2 * len(hierarchy))))
    labels = dict(setting.labels)
    for relation in hierarchy.relations:
        for unit, arrow in ((relation.source, ONWARD), (relation.target, BACK)):
            line = relation_line(furniture.kinds[relation.kind], arrow, longest, furniture.lang)
            labels[unit] = f"{labels[unit]}\n{line}"
    legend, notes = furniture.legend(furniture.kinds, atlas=True), furniture.notes(longest, longest)
    return paginate(
        hierarchy,
        setting.styles,
        setting.font,
        [frame(sheet, furniture.title, legend, setting.styles, setting.font, notes) for sheet in sheets],
        labels,
        setting.min_text,
        page_line=page_line(ONWARD, (longest - 1, longest), furniture.lang),
        spread=spread,
        arrange=setting.arrange,
        apart=apart,
    )


def draw_atlas(parts: Sequence[Part], whole: Hierarchy, setting: Setting) -> tuple[ChartPage, ...]:
    """A page for each part and the pages of the index."""
    homes = {
        unit.id: number
        for number, part in enumerate(parts, 1)
        for unit in part.hierarchy.units
        if unit.id not in part.markers
    }
    index = draw_index(whole, homes, setting, parts[0].page, len(parts))
    count, suffixes = len(parts) + len(index), _suffixes(parts, len(index))
    ends = _relation_ends(whole.relations, homes, setting)
    pages = [
        _part_page(number, count, suffixes[number - 1], part, homes, ends, whole.relations, setting)
        for number, part in enumerate(parts, 1)
    ]
    nobody = Hierarchy((), ())
    pages += [
        ChartPage(number, suffixes[number - 1], None, drawing, nobody, ())
        for number, drawing in enumerate(index, len(parts) + 1)
    ]
    return tuple(pages)


def _part_page(
    number: int,
    count: int,
    suffix: str,
    part: Part,
    homes: Mapping[str, int],
    ends: Mapping[str, Sequence[_Reference]],
    relations: Sequence[Relation],
    setting: Setting,
) -> ChartPage:
    lang = setting.furniture.lang
    home = tuple(unit.id for unit in part.hierarchy.units if unit.id not in part.markers)
    here = [relation for relation in relations if homes[relation.source] == homes[relation.target] == number]
    references = {
        unit.id: [
            *_page_references(unit.id, part, lang),
            *(ends.get(unit.id, ()) if unit.id not in part.markers else ()),
        ]
        for unit in part.hierarchy.units
    }
    labels = {
        unit: "\n".join([setting.labels[unit], *(reference.text for reference in found)])
        for unit, found in references.items()
    }
    outline = free_line(setting.styles, (level for level, _ in setting.furniture.levels))
    layout = place(
        part.hierarchy, setting, (part.page,), labels=labels, relations=here, number=number, count=count, atlas=True,
        known_widths=part.widths,
    )  # fmt: skip
    related = join(layout, part.hierarchy, setting, here)
    drawing = draw(layout, part.hierarchy, setting.styles, lang, related, part.markers, outline, setting.marks)
    links = tuple(link for mark in drawing.units for link in _links(mark, references[mark.unit]))
    drawing = replace(drawing, links=links)
    return ChartPage(number, suffix, layout, drawing, part.hierarchy, home, tuple(relation_warnings(related)))


def _page_references(unit: str, part: Part, lang: str) -> Iterator[_Reference]:
    """Where the unit comes from and where its branch goes on."""
    if unit in part.back:
        yield _Reference(page_line(BACK, (part.back[unit],), lang), ((part.back[unit], unit),))
    if numbers := part.onward.get(unit):
        yield _Reference(page_line(ONWARD, numbers, lang), tuple((number, unit) for number in numbers))


def _relation_ends(
    relations: Sequence[Relation], homes: Mapping[str, int], setting: Setting
) -> dict[str, list[_Reference]]:
    """By unit, the relations whose other end is on another page; several of one kind to one page are one line."""
    ends: dict[str, dict[str, list[_Target]]] = {}
    for relation in relations:
        if homes[relation.source] == homes[relation.target]:
            continue
        word = setting.furniture.kinds[relation.kind]
        for unit, arrow, other in (
            (relation.source, ONWARD, relation.target),
            (relation.target, BACK, relation.source),
        ):
            line = relation_line(word, arrow, homes[other], setting.furniture.lang)
            targets = ends.setdefault(unit, {}).setdefault(line, [])
            if (homes[other], other) not in targets:
                targets.append((homes[other], other))
    return {unit: [_Reference(line, tuple(targets)) for line, targets in lines.items()] for unit, lines in ends.items()}


def _links(mark: UnitMark, references: Sequence[_Reference]) -> Iterator[Link]:
    """The box in strips, a strip for each reference, in it a field for each target. The name leads where the first
    reference leads, if that is one to the unit itself."""
    if not references:
        return
    box, lines = mark.box, [words.text for words in mark.words]
    starts: list[int] = []
    end = len(lines)
    for reference in reversed(references):
        start, wanted = end - 1, reference.text.replace(" ", "")
        while start > 0 and len("".join(lines[start:end]).replace(" ", "")) < len(wanted):
            start -= 1
        starts.insert(0, start)
        end = start
    tops = [_top_of_line(mark, start) for start in starts]
    strips = list(zip(tops, [*tops[1:], box.y + box.height], [found.targets for found in references], strict=True))
    if references[0].targets[0][1] == mark.unit:
        first = references[0].targets
        if len(first) == 1:
            strips[0] = (box.y, strips[0][1], first)
        else:
            strips.insert(0, (box.y, tops[0], first[:1]))
    for top, bottom, targets in strips:
        width = box.width / len(targets)
        for field, (page, unit) in enumerate(targets):
            left = box.x + field * width
            yield Link(round(left, 2), round(top, 2), round(width, 2), round(bottom - top, 2), page, unit)


def _top_of_line(mark: UnitMark, number: int) -> float:
    """Half-way between the line and the one before it."""
    words = mark.words[number]
    return words.y - words.size * (BASELINE_FROM_MIDDLE + LINE_SPACING / 2)


def _suffixes(parts: Sequence[Part], index_pages: int) -> list[str]:
    """What the files of each page have behind the chart's name: nothing for the first, else the id of the first unit
    that is at home there, or of the unit that goes on there with the next number. No two are the same."""
    taken = {""}

    def free(wanted: str, number: int = 1) -> str:
        name = wanted if number == 1 else f"{wanted}-{number}"
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name)
        return name

    roots = [[root.id for root in part.hierarchy.roots] for part in parts]
    at_home = [
        next((root for root in here if root not in part.markers), "") for here, part in zip(roots, parts, strict=True)
    ]
    # The index and the branches first, so that a page's name does not depend on what is further down.
    index = [free(_INDEX, number) for number in range(1, index_pages + 1)]
    branches = ["", *(free(safe_name(unit)) if unit else "" for unit in at_home[1:])]
    names = [
        name if name or number == 0 else free(safe_name(roots[number][0]), 2) for number, name in enumerate(branches)
    ]
    return [f"-{name}" if name else "" for name in (*names, *index)]
