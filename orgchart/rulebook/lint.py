"""Units, in; what the rules of the field would not expect, as warnings with their sources, out. Never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from orgchart.errors import Fault
from orgchart.rulebook import functions
from orgchart.rulebook.lexicon import fold, load_lexicon
from orgchart.units import Unit, UnitFile

PRINCIPLES: Final = (
    "Uredba o načelima za unutrašnje uređenje i sistematizaciju radnih mesta u ministarstvima, "
    "posebnim organizacijama i službama Vlade"
)
# Observed in rulebooks: what each kind stands in. Kinds that are not here may stand anywhere.
EXPECTED: Final = {
    "sector": frozenset(
        {"ministry", "secretariat", "administration", "institute", "agency", "enterprise", "fund", "directorate"}
    ),
    "department": frozenset(
        {"sector", "secretariat", "cabinet", "ministry", "administration", "directorate", "directorate-general",
         "service", "institute", "agency", "enterprise", "center", "office", "division", "fund"}
    ),
    "section": frozenset(
        {"department", "sector", "secretariat", "cabinet", "ministry", "administration", "directorate", "service",
         "directorate-general", "institute", "agency", "enterprise", "center", "division", "office", "fund"}
    ),
}  # fmt: skip
_FEW: Final = 1  # a unit with one unit inside it divides nothing


def warnings(unit_file: UnitFile) -> tuple[Fault, ...]:
    """All warnings, unit by unit in the file's order."""
    units = {unit.id: unit for unit in unit_file.units}
    children: dict[str, list[Unit]] = {}
    for unit in unit_file.units:
        if unit.parent is not None:
            children.setdefault(unit.parent, []).append(unit)
    found: list[Fault] = []
    for unit in unit_file.units:
        for rule in RULES:
            found += rule(unit, units, children)
    return tuple(found)


def _place(unit: Unit) -> str:
    source = unit.source
    return f'unit "{unit.id}"' + (f" (rulebook, line {source.line})" if source is not None and source.line else "")


def containment(unit: Unit, units: dict[str, Unit], children: dict[str, list[Unit]]) -> Iterator[Fault]:
    """sector > department > section > group: a section holds no department, a group holds nothing."""
    above = units.get(unit.parent or "")
    if above is None:
        return
    if above.level == "group":
        yield Fault(
            _place(unit),
            f'"{unit.name}" stands inside a group, which is the smallest unit ({PRINCIPLES})',
            "see the sentence",
        )
    elif unit.level in EXPECTED and above.level not in EXPECTED[unit.level]:
        yield Fault(
            _place(unit),
            f'a {unit.level} stands inside a {above.level}, "{above.name}", which is not usual ({PRINCIPLES})',
            "see the sentence in the rulebook",
        )  # fmt: skip


def names(unit: Unit, units: dict[str, Unit], children: dict[str, list[Unit]]) -> Iterator[Fault]:
    """Two units of one name inside one unit."""
    seen: dict[str, Unit] = {}
    for child in children.get(unit.id, ()):
        key = " ".join(map(fold, child.name.split()))
        if key in seen:
            yield Fault(
                _place(child),
                f'"{child.name}" stands twice inside "{unit.name}"',
                "one of them is probably another unit",
            )
        seen[key] = child


def only_child(unit: Unit, units: dict[str, Unit], children: dict[str, list[Unit]]) -> Iterator[Fault]:
    """A department or section with a single unit inside it."""
    inside = children.get(unit.id, ())
    if len(inside) == _FEW and unit.level in ("department", "section"):
        yield Fault(
            _place(unit),
            f'"{unit.name}" holds a single unit, "{inside[0].name}" ({PRINCIPLES})',
            "see whether others were missed",
        )


def repeated_functions(unit: Unit, units: dict[str, Unit], children: dict[str, list[Unit]]) -> Iterator[Fault]:
    """One function given to two siblings."""
    seen: dict[str, Unit] = {}
    lexicon = load_lexicon()
    for child in children.get(unit.id, ()):
        for text in child.functions:
            key = " ".join(map(fold, text.split()))
            if key in seen and seen[key] is not child and not functions.is_closing(text, lexicon):
                yield Fault(
                    _place(child),
                    f'"{child.name}" and "{seen[key].name}" both do "{text[:80]}"',
                    "see which of them it belongs to",
                )
            seen[key] = child


def closing_function(unit: Unit, units: dict[str, Unit], children: dict[str, list[Unit]]) -> Iterator[Fault]:
    """``друге послове из делокруга``: by custom the last function of each unit."""
    if unit.functions and not any(functions.is_closing(text, load_lexicon()) for text in unit.functions):
        yield Fault(
            _place(unit),
            f'the functions of "{unit.name}" do not close with "друге послове" (custom)',
            "see whether the list was cut off",
        )


Rule = Callable[[Unit, dict[str, Unit], dict[str, list[Unit]]], Iterator[Fault]]
RULES: Final[tuple[Rule, ...]] = (containment, names, only_child, repeated_functions, closing_function)
