"""The pages of an atlas: each unit at home on one of them, each page legible, each reference with its partner."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.hierarchy import build_hierarchy
from orgchart.layout import Layout, lay_out
from orgchart.layout.page import frame, pages
from orgchart.layout.pages import Part, paginate
from orgchart.styles import load_style
from orgchart.text import load_font
from orgchart.units import Unit, UnitFile
from tests.strategies import unit_files

STYLES = load_style("classic")
FONT = load_font(STYLES.font)
LINE = "→ стр. 888"


def cut(file: UnitFile, page: str = "A4", min_text: float = 7.0, *, spread: bool = False, apart: bool = False):  # type: ignore[no-untyped-def]
    """The parts, and the layout of each with its references in the boxes."""
    frames = [frame(sheet, "", [], STYLES, FONT) for sheet in pages(page, "auto")]
    hierarchy = build_hierarchy(file)
    labels = {unit.id: unit.name for unit in hierarchy}
    parts = paginate(
        hierarchy, STYLES, FONT, frames, labels, min_text, page_line=LINE, spread=spread, arrange={}, apart=apart
    )  # fmt: skip
    return parts, [laid_out(part, min_text) for part in parts]


def laid_out(part: Part, min_text: float) -> Layout:
    referring = part.onward.keys() | part.back.keys()
    both = part.onward.keys() & part.back.keys()
    labels = {
        unit.id: unit.name + f"\n{LINE}" * ((unit.id in referring) + (unit.id in both)) for unit in part.hierarchy
    }
    return lay_out(
        part.hierarchy, STYLES, (part.page,), FONT, labels=labels, min_text=min_text, known_widths=part.widths
    )  # fmt: skip


def file_of(*units: tuple[str, str | None], level: str = "section", names: str = "Одсек") -> UnitFile:
    """Units as (id, parent)."""
    return UnitFile(units=tuple(Unit(id, level, f"{names} {id}", parent) for id, parent in units), name="t.json")


def branches(count: int, each: int) -> UnitFile:
    """A ministry with so many sectors of so many departments."""
    units = [Unit("m", "ministry", "Министарство")]
    for sector in range(count):
        units.append(Unit(f"s{sector}", "sector", f"Сектор {sector}", "m"))
        units += [Unit(f"s{sector}d{n}", "department", f"Одељење {sector}.{n}", f"s{sector}") for n in range(each)]
    return UnitFile(units=tuple(units), name="t.json")


def homes(parts: tuple[Part, ...]) -> dict[str, int]:
    return {
        unit.id: number
        for number, part in enumerate(parts, start=1)
        for unit in part.hierarchy
        if unit.id not in part.markers
    }


LONG_NAMES = st.text(st.sampled_from("абвгдежзијклмн    "), min_size=1, max_size=300).map(
    lambda text: f"О{text}".strip()
)


@settings(max_examples=40, deadline=None)
@given(unit_files(largest=60, staff=True), st.sampled_from(["A4", "160x120mm"]), st.booleans(), st.booleans())
def test_every_unit_is_at_home_on_one_page_and_its_text_is_legible(
    file: UnitFile, page: str, spread: bool, apart: bool
) -> None:
    parts, layouts = cut(file, page, spread=spread, apart=apart)
    at_home = [unit.id for part in parts for unit in part.hierarchy if unit.id not in part.markers]
    assert sorted(at_home) == sorted(unit.id for unit in file.units)
    assert min(layout.smallest_text for layout in layouts) >= 7.0


@settings(max_examples=30, deadline=None)
@given(st.lists(LONG_NAMES, min_size=1, max_size=40), st.data())
def test_names_of_up_to_300_letters_are_legible(names: list[str], data: st.DataObject) -> None:
    units = [Unit("u0", "section", names[0])]
    for number, name in enumerate(names[1:], start=1):
        parent = f"u{data.draw(st.integers(0, number - 1))}"
        units.append(Unit(f"u{number}", "section", name, parent))
    _, layouts = cut(UnitFile(units=tuple(units), name="t.json"))
    assert min(layout.smallest_text for layout in layouts) >= 7.0


@settings(max_examples=40, deadline=None)
@given(unit_files(largest=60), st.booleans())
def test_every_reference_onward_has_its_partner_back(file: UnitFile, apart: bool) -> None:
    parts, _ = cut(file, "120x90mm", apart=apart)
    home = homes(parts)
    for number, part in enumerate(parts, start=1):
        for unit, onward in part.onward.items():
            for page in onward:
                assert parts[page - 1].back[unit] == (number if page == home[unit] else home[unit])
        for unit, page in part.back.items():
            assert number in parts[page - 1].onward[unit]
        assert all(part.onward.get(marker, (part.back.get(marker),))[0] == home[marker] for marker in part.markers)


@settings(max_examples=40, deadline=None)
@given(unit_files(largest=40))
def test_children_stand_in_the_files_order_and_below_their_parent(file: UnitFile) -> None:
    parts, _ = cut(file, "120x90mm")
    whole = build_hierarchy(file)
    for part in parts:
        for unit in part.hierarchy:
            shown = [child.id for child in part.hierarchy.children(unit.id)]
            assert shown == [child.id for child in whole.children(unit.id) if child.id in shown]


def test_what_fits_is_one_page() -> None:
    parts, _ = cut(branches(3, 3))
    (part,) = parts
    assert not part.markers
    assert not part.onward


def test_always_cuts_the_branches_below_the_top() -> None:
    parts, _ = cut(branches(2, 2), spread=True, apart=True)
    assert [[root.id for root in part.hierarchy.roots] for part in parts] == [["m"], ["s0"], ["s1"]]
    assert parts[0].markers == {"s0", "s1"}
    assert parts[0].onward == {"s0": (2,), "s1": (3,)}
    assert parts[1].back == {"s0": 1}


def test_branches_of_one_level_are_all_cut_and_share_pages() -> None:
    parts, _ = cut(branches(8, 14))
    assert parts[0].markers == {f"s{number}" for number in range(8)}
    assert [[root.id for root in part.hierarchy.roots] for part in parts[1:]] == [
        ["s0", "s1", "s2", "s3"],
        ["s4", "s5", "s6", "s7"],
    ]


def test_a_unit_with_more_children_than_a_page_holds_is_repeated_above_the_further_ones() -> None:
    parts, _ = cut(file_of(("a", None), *((f"u{number}", "a") for number in range(400))))
    assert [part.markers for part in parts] == [frozenset(), {"a"}, {"a"}]
    assert parts[0].onward == {"a": (2, 3)}
    assert [part.back for part in parts[1:]] == [{"a": 1}] * 2
    assert [len(part.hierarchy.children("a")) for part in parts] == [134, 134, 132]


def test_more_roots_than_a_page_holds_stand_on_several() -> None:
    parts, _ = cut(file_of(*((f"u{number}", None) for number in range(150))))
    assert len(parts) > 1
    assert not any(part.markers for part in parts)


def test_a_chain_of_2000_units_is_cut_without_recursion() -> None:
    file = file_of(("u0", None), *((f"u{number}", f"u{number - 1}") for number in range(1, 2000)))
    parts, _ = cut(file)
    assert len(homes(parts)) == 2000


@pytest.mark.parametrize("apart", [True, False])
def test_the_same_units_give_the_same_pages(apart: bool) -> None:
    def shown() -> list[object]:
        parts, _ = cut(branches(9, 12), apart=apart)
        return [([unit.id for unit in part.hierarchy], part.onward, part.back, part.page) for part in parts]

    assert shown() == shown()
