"""Drafts of units, in; a checked units file, with ids, parents and levels filled in, or all its faults, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orgchart.errors import Fault, ImportFaultsError, OrgChartError
from orgchart.exchange.columns import Columns
from orgchart.exchange.gather import Draft, Gathered
from orgchart.exchange.levels import BELOW, BY_DEPTH, known_level, level_of_name
from orgchart.exchange.table import Table
from orgchart.exchange.values import NOTHING
from orgchart.hints import folded, quoted
from orgchart.ids import make_ids
from orgchart.script import fold
from orgchart.unit_checks import MAX_REPORTED, Finding
from orgchart.unit_fields import MAX_WORD
from orgchart.units import UnitFile, checked_units

ARROW: Final = " → "
_SHOWN: Final = 5
_PARTED: Final = re.compile(r"\s*[-–—/,:;>|]")
_PLAIN: Final = ("number", "abbreviation", "functions", "placement", "staff", "arrange")
_SOURCE: Final = ("article", "line", "end_line")

_Placed = tuple[int, int, Fault]


@dataclass(frozen=True, slots=True)
class Imported:
    """The units, and what to tell the user of how they were made."""

    units: UnitFile
    notes: tuple[str, ...]


class _Making:
    """The drafts on their way to a units file, with what is found wrong and what is to be said."""

    def __init__(self, table: Table, columns: Columns, gathered: Gathered) -> None:
        self.table, self.columns, self.drafts = table, columns, gathered.drafts
        self.faults: list[_Placed] = list(gathered.faults)
        self.notes: list[str] = []
        self.relation_rows: list[int] = []

    def fault(self, draft: Draft, name: str, rule: str, remedy: str) -> None:
        column = self.columns.of.get(name)
        place = self.table.place(draft.row, column)
        self.faults.append((draft.row, -1 if column is None else column, Fault(place, rule, remedy)))

    def subject(self, draft: Draft) -> str:
        return f"unit {quoted(draft.text('id') or draft.text('name'))}: "


def make_units(
    table: Table, columns: Columns, gathered: Gathered, about: Mapping[str, object], name: str, *, exact: bool
) -> Imported:
    """about: the file's own keys, such as title; exact: whether levels are a units file's own words already.

    Raises ImportFaultsError with all that is wrong, row by row.
    """
    if not gathered.drafts and not gathered.faults:
        raise OrgChartError(f"{name}: no row has anything in the columns that were taken; say others with --column")
    making = _Making(table, columns, gathered)
    parents = _parents(making)
    ids = _ids(making, parents)
    levels = _levels(making, parents, exact)
    units = [_unit(making, place, ids, parents, levels) for place in range(len(making.drafts))]
    document = {**about, "units": units, "relations": _relations(making, ids)}
    unit_file, findings = checked_units(document, name)
    making.faults += [_placed(making, finding) for finding in findings.faults]
    if making.faults or unit_file is None:
        raise ImportFaultsError(name, _listed(making.faults))
    if None in levels:
        _fill_levels(making, units, levels)
        unit_file, _ = checked_units(document, name)
        assert unit_file is not None
    warnings = [f"warning: {_placed(making, finding)[2]}" for finding in findings.warnings]
    return Imported(unit_file, (*making.notes, *warnings))


def _parents(making: _Making) -> list[int | str | None]:
    """Of each draft the place of its parent; the parent's own words where there is no such unit; None for a root."""
    by_id: dict[str, int] = {}
    by_name: dict[str, list[int]] = {}
    for place, draft in enumerate(making.drafts):
        if unit_id := draft.text("id"):
            by_id.setdefault(unit_id, place)
        by_name.setdefault(folded(draft.text("name")), []).append(place)
    by_fold: dict[str, list[int]] | None = None
    parents: list[int | str | None] = []
    nothing: Counter[str] = Counter()
    for place, draft in enumerate(making.drafts):
        wanted = draft.text("parent")
        if not wanted or wanted in by_id:
            parents.append(by_id[wanted] if wanted else draft.above)
            continue
        found = by_name.get(folded(wanted), [])
        if not found:
            if by_fold is None:
                by_fold = {}
                for other, one in enumerate(making.drafts):
                    by_fold.setdefault(fold(folded(one.text("name"))), []).append(other)
            found = by_fold.get(fold(folded(wanted)), [])
        # Of many units of one name only the first few are looked at: the message shows no more.
        others = [other for other in found[: _SHOWN + 1] if other != place] or found
        if not found and wanted.casefold() in NOTHING:
            nothing[wanted] += 1
            parents.append(draft.above)
        elif len(others) > 1:
            rows = ", ".join(making.table.row_place(making.drafts[other].row) for other in others[:_SHOWN])
            more = ", …" if len(found) > _SHOWN + 1 else ""
            rule = f"{making.subject(draft)}parent {quoted(wanted)} is the name of several units ({rows}{more})"
            making.fault(draft, "parent", rule, "write the id of the one that is meant")
            parents.append(None)
        else:
            parents.append(others[0] if others else wanted)
    for word, count in nothing.items():
        making.notes.append(f"parent {quoted(word)} was taken for none, {_times(count)}")
    return parents


def _ids(making: _Making, parents: Sequence[int | str | None]) -> list[str]:
    """The ids of the table; from the names where it has none, or one too long for a units file."""
    given = {place: draft.text("id") for place, draft in enumerate(making.drafts)}
    kept = {place: unit_id for place, unit_id in given.items() if 0 < len(unit_id) <= MAX_WORD}
    wanting = [place for place in given if place not in kept]
    above = {place: parent if isinstance(parent := parents[place], int) else None for place in wanting}
    waiting = ((place, making.drafts[place].text("name"), above[place]) for place in wanting)
    made = make_ids(waiting, kept)
    long = sum(len(given[place]) > MAX_WORD for place in wanting)
    if long:
        making.notes.append(f"ids of more than {MAX_WORD} characters were made anew from the names, {_times(long)}")
    if len(wanting) > long:
        making.notes.append(f"ids were made from the names, {_times(len(wanting) - long)}")
    return [kept[place] if place in kept else made[place] for place in given]


def _levels(making: _Making, parents: Sequence[int | str | None], exact: bool) -> list[str | None]:
    """The level of each draft, None where neither its cell nor its name tells."""
    words = [draft.text("level") for draft in making.drafts]
    said = [word for word in words if word]
    if said and not exact and all(word.isdecimal() for word in said):
        making.notes.append("the levels are numbers, which name no kind of unit; they were left out")
        words = [""] * len(words)
    known = {word: word if exact else known_level(word) or word for word in dict.fromkeys(words) if word}
    changed = [f"{quoted(word)} → {level}" for word, level in known.items() if word != level]
    if changed:
        making.notes.append(f"levels were taken so: {', '.join(changed)}")
    levels = [
        known[word] if word else level_of_name(_own_name(making, parents, place)) for place, word in enumerate(words)
    ]
    guessed = [place for place, word in enumerate(words) if not word and levels[place] is not None]
    _say_levels(making, guessed, levels, "by the word for it in the name")
    return levels


def _own_name(making: _Making, parents: Sequence[int | str | None], place: int) -> str:
    """The unit's name without the parent's, where a table writes both: ``Ministry - Sector``."""
    name, parent = making.drafts[place].text("name"), parents[place]
    above = making.drafts[parent].text("name") if isinstance(parent, int) else ""
    rest = name.removeprefix(above)
    return rest if above and rest != name and _PARTED.match(rest) else name


def _fill_levels(making: _Making, units: list[dict[str, object]], levels: list[str | None]) -> None:
    """Give each unit without a level that of most units of its depth, or the usual one."""
    depths = _depths(units)
    counts: dict[int, Counter[str]] = {}
    for depth, level in zip(depths, levels, strict=True):
        if level is not None:
            counts.setdefault(depth, Counter())[level] += 1
    guessed = [place for place, level in enumerate(levels) if level is None]
    for place in guessed:
        depth = depths[place]
        usual = BY_DEPTH[depth] if depth < len(BY_DEPTH) else BELOW
        levels[place] = counts[depth].most_common(1)[0][0] if depth in counts else usual
        units[place]["level"] = levels[place]
    _say_levels(making, guessed, levels, "by how deep the unit stands")


def _depths(units: Sequence[Mapping[str, object]]) -> list[int]:
    """How many units stand above each; the parents are a forest."""
    places = {unit["id"]: place for place, unit in enumerate(units)}
    depths = [-1] * len(units)
    for start in range(len(units)):
        chain = []
        here: int | None = start
        while here is not None and depths[here] < 0:
            chain.append(here)
            parent = units[here].get("parent")
            here = None if parent is None else places[parent]
        depth = -1 if here is None else depths[here]
        for place in reversed(chain):
            depth += 1
            depths[place] = depth
    return depths


def _say_levels(making: _Making, guessed: Sequence[int], levels: Sequence[str | None], how: str) -> None:
    if not guessed:
        return
    shown = [f"{making.table.row_place(making.drafts[place].row)} {levels[place]}" for place in guessed[:_SHOWN]]
    more = ", …" if len(guessed) > _SHOWN else ""
    making.notes.append(f"levels were guessed {how}, {_times(len(guessed))}: {', '.join(shown)}{more}")


def _times(count: int) -> str:
    return f"for {count:,} unit{'s' * (count != 1)}"


def _unit(
    making: _Making, place: int, ids: Sequence[str], parents: Sequence[int | str | None], levels: Sequence[str | None]
) -> dict[str, object]:
    values = making.drafts[place].values
    parent = parents[place]
    # A name that is missing is told already.
    unit: dict[str, object] = {"id": ids[place], "level": levels[place] or BELOW, "name": values.get("name") or "?"}
    if parent is not None:
        unit["parent"] = ids[parent] if isinstance(parent, int) else parent
    unit |= {key: values[key] for key in _PLAIN if key in values}
    dotted: dict[str, dict[str, object]] = {"names": {}, "source": {}, "extra": {}}
    for name, value in values.items():
        first, dot, key = name.partition(".")
        if dot:
            dotted[first][key] = value
    source = {key: values[key] for key in _SOURCE if key in values} | dotted["source"]
    unit |= {key: found for key, found in (("names", dotted["names"]), ("source", source)) if found}
    return {**{key: value for key, value in dotted["extra"].items() if key not in unit}, **unit}


def _relations(making: _Making, ids: Sequence[str]) -> list[dict[str, object]]:
    relations: list[dict[str, object]] = []
    for place, draft in enumerate(making.drafts):
        said = draft.values.get("relations", [])
        for item in said if isinstance(said, list) else []:
            if isinstance(item, dict):
                relations.append({**item, "from": ids[place]})
                making.relation_rows.append(place)
                continue
            kind, arrow, target = str(item).rpartition(ARROW)
            if not arrow or not kind.strip() or not target.strip():
                rule = f"{making.subject(draft)}relation {quoted(str(item))} names no unit"
                making.fault(
                    draft, "relations", rule, f"write its kind, {ARROW.strip()} and an id: coordinates{ARROW}audit"
                )
                continue
            relations.append({"from": ids[place], "to": target, "kind": kind})
            making.relation_rows.append(place)
    return relations


def _placed(making: _Making, finding: Finding) -> _Placed:
    """A finding about the units made, as one about the cell that it comes from."""
    pointer = finding.line_of or finding.pointer
    place, key = _origin(making, pointer)
    rule = finding.rule
    if finding.first is not None:
        rule += f", first in {making.table.row_place(making.drafts[int(finding.first[1])].row)}"
    if place is None:
        return -1, -1, Fault("the whole file", rule, finding.remedy)
    column = making.columns.of.get(key)
    row = making.drafts[place].row
    return row, -1 if column is None else column, Fault(making.table.place(row, column), rule, finding.remedy)


def _origin(making: _Making, pointer: Sequence[str | int]) -> tuple[int | None, str]:
    """The draft and the field that a place in the units file comes from."""
    if len(pointer) < 2 or not isinstance(pointer[1], int):
        return None, ""
    if pointer[0] == "relations":
        return making.relation_rows[pointer[1]], "relations"
    keys = [str(key) for key in pointer[2:]]
    if keys[:1] == ["source"] and len(keys) > 1:
        return pointer[1], keys[1]
    return pointer[1], ".".join(keys[:2]) if keys[:1] == ["names"] else "".join(keys[:1])


def _listed(faults: Iterable[_Placed]) -> list[Fault]:
    ordered = [fault for _, _, fault in sorted(faults, key=lambda placed: placed[:2])]
    if len(ordered) <= MAX_REPORTED:
        return ordered
    rest = f"and {len(ordered) - MAX_REPORTED:,} more"
    return [*ordered[:MAX_REPORTED], Fault(rest, f"only the first {MAX_REPORTED:,} are listed", "correct these first")]
