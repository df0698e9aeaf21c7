"""The rules that join units, each by its whole sentence, and the places that the sentences are told with."""

from __future__ import annotations

from typing import Any

import pytest

from orgchart.errors import Fault
from orgchart.hints import Suggester
from orgchart.strict_json import JsonFault, Pointer, Scan
from orgchart.unit_checks import Finding, Findings, check, check_tree, placed

A: dict[str, object] = {"id": "a", "level": "x", "name": "Audit"}
B: dict[str, object] = {"id": "b", "level": "x", "name": "Budget"}


def faults(document: object) -> list[tuple[Pointer, str, str]]:
    return [(fault.pointer, fault.rule, fault.remedy) for fault in check(document)[1].faults]


def tree(*units: tuple[str | None, str | None]) -> list[Finding]:
    """What is wrong with units of these ids and parents."""
    ids = [unit_id for unit_id, _ in units]
    return check_tree(ids, [parent for _, parent in units], Suggester(filter(None, ids)))


def test_a_good_file_has_no_finding_and_its_entry_counts() -> None:
    entry, findings = check({"units": [A, {**B, "parent": "a"}], "relations": [{"from": "b", "to": "a", "kind": "k"}]})
    assert (findings.faults, findings.warnings) == ([], [])
    assert [unit.known["id"] for unit in entry.known["units"]] == ["a", "b"]


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ([], ((), "the file must be an object, not a list", "write an object with its keys in braces: { }")),
        ({"units": []}, (("units",), "units is empty", "a chart needs at least one unit")),
        ({"units": 1}, (("units",), "units must be a list, not a number", "put it in square brackets: [ ]")),
    ],
)
def test_what_holds_no_units_has_one_fault_and_no_entry(document: object, fault: tuple[Pointer, str, str]) -> None:
    assert faults(document) == [fault]


def test_a_file_of_too_many_units_is_refused_before_anything_else_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS", "1")
    assert faults({"units": [A]}) == []
    assert faults({"units": [1, 2], "title": 3}) == [
        (
            ("units",), "the file has 2 units, more than 1, the limit units",
            "split it by branches, or raise it: ORGCHART_LIMIT_UNITS=2",
        )
    ]  # fmt: skip
    entry, _ = check({"units": [A, B]})
    assert (entry.known, entry.extra) == ({}, {})


def test_a_finding_inside_a_unit_begins_with_its_id() -> None:
    findings = Findings({"units": [{"id": "a"}, {"id": ""}, {"id": 1}, 7], "source": [{"id": "s"}]})
    for pointer in (("units", 0), ("units", 0, "name"), ("units", 1), ("units", 2), ("units", 3), ("units",), ()):
        findings.fault(pointer, "it is odd")
    findings.fault(("source", 0, "id"), "it is odd")
    findings.warn(("units", 0, "name"), "it is doubtful", "look at it")
    findings.warn((), "it is doubtful")
    assert [fault.rule for fault in findings.faults] == [
        'unit "a": it is odd', 'unit "a": it is odd', *["it is odd"] * 6,
    ]  # fmt: skip
    assert [fault.remedy for fault in findings.faults] == [""] * 8
    assert findings.warnings == [
        Finding(("units", 0, "name"), 'unit "a": it is doubtful', "look at it"), Finding((), "it is doubtful", ""),
    ]  # fmt: skip
    assert Findings([]).faults == []


def test_of_a_file_that_is_no_object_no_unit_is_named() -> None:
    findings = Findings([])
    findings.fault(("units", 0), "it is odd")
    assert findings.faults == [Finding(("units", 0), "it is odd", "")]


def test_ids_that_stand_twice_refer_to_the_first_place() -> None:
    assert tree(("a", None), ("b", None), ("a", None), ("a", None)) == [
        Finding(
            ("units", index), 'unit "a": its id stands twice', "give one of the two another id",
            ("units", index, "id"), ("units", 0, "id"),
        )
        for index in (2, 3)
    ]  # fmt: skip


def test_a_parent_that_does_not_exist_is_told_with_the_nearest_id_or_the_way_out() -> None:
    assert tree(("finance", None), ("b", "finanse"), (None, "zz")) == [
        Finding(
            ("units", 1), 'unit "b": parent "finanse" does not exist', 'did you mean "finance"?',
            ("units", 1, "parent"),
        ),
        Finding(
            ("units", 2), 'parent "zz" does not exist',
            "write the id of a unit of this file, or leave parent out for a root", ("units", 2, "parent"),
        ),
    ]  # fmt: skip


def test_a_unit_that_is_its_own_parent_is_told_once_and_is_no_circle() -> None:
    assert tree(("a", "a"), ("b", "a")) == [
        Finding(
            ("units", 0), 'unit "a": it is its own parent',
            "write the id of another unit, or leave parent out for a root", ("units", 0, "parent"),
        )
    ]  # fmt: skip


def test_each_circle_is_told_once_at_its_first_unit_whatever_leads_into_it() -> None:
    assert tree(("r", None), ("x", "c"), ("c", "b"), ("b", "c"), ("y", "x"), ("e", "d"), ("d", "e"), ("z", "r")) == [
        Finding(
            ("units", first), f'unit "{named[0]}": the parents go round in a circle: {" → ".join(named)} '
            "(each → leads to the parent)",
            "give one of them a parent outside the circle, or none", ("units", first, "parent"),
        )
        for first, named in ((2, "cbc"), (5, "ede"))
    ]  # fmt: skip


@pytest.mark.parametrize(("size", "arrows", "more"), [(100, 100, ""), (101, 100, "→ … 2 more … →")])
def test_a_circle_of_more_than_a_hundred_units_shows_its_ends(size: int, arrows: int, more: str) -> None:
    (found,) = tree(*((f"u{i}", f"u{(i + 1) % size}") for i in range(size)))
    assert found.rule.partition("(")[0].count("→") == arrows
    assert more in found.rule
    assert ("more" in found.rule) == bool(more)
    assert "u49 → " in found.rule and f" → u{size - 1} → u0 (each" in found.rule


def test_a_parent_is_found_by_a_unit_s_name_too() -> None:
    assert faults({"units": [{**A, "id": "q", "name": "Finance"}, {**B, "parent": "Finanse"}]}) == [
        (("units", 1), 'unit "b": parent "Finanse" does not exist', 'did you mean "q"?')
    ]


def test_what_is_no_unit_or_has_no_id_keeps_its_place_among_the_others() -> None:
    found = faults({"units": [7, {"name": "Finance", "level": "x"}, {**B, "parent": "c", "name": 5}, {"id": "c"}]})
    assert [pointer for pointer, _, _ in found] == [
        ("units", 0), ("units", 1), ("units", 2, "name"), ("units", 3), ("units", 3),
    ]  # fmt: skip
    assert faults({"units": [{"name": "Finance", "level": "x"}, {**B, "parent": "Finance"}]})[1] == (
        ("units", 1), 'unit "b": parent "Finance" does not exist',
        "write the id of a unit of this file, or leave parent out for a root",
    )  # fmt: skip


@pytest.mark.parametrize("parent", ["", " ", 5, None])
def test_a_parent_that_is_no_word_is_looked_for_nowhere(parent: object) -> None:
    assert not any("does not exist" in rule for _, rule, _ in faults({"units": [{**A, "parent": parent}]}))


@pytest.mark.parametrize(
    ("source", "rule", "remedy"),
    [
        ({"end_line": 3}, "source has an end_line but no line", "give the first line too"),
        ({"line": 9, "end_line": 8}, "end_line 8 is before line 9", "end_line is the last line, or the same"),
    ],
)
def test_lines_of_a_source_that_do_not_fit_are_told(source: object, rule: str, remedy: str) -> None:
    assert faults({"units": [B, {**A, "source": source}]}) == [
        (("units", 1, "source", "end_line"), f'unit "a": {rule}', remedy)
    ]


def test_lines_of_a_source_that_fit_are_taken_and_those_that_are_none_told_once() -> None:
    assert faults({"units": [A, {**B, "source": {"line": 9, "end_line": 9}}]}) == []
    assert faults({"units": [{**A, "source": {"line": 9}}, {**B, "source": {"line": 1, "end_line": 2}}]}) == []
    assert len(faults({"units": [{**A, "source": {"line": "9", "end_line": 3}}]})) == 1
    assert len(faults({"units": [{**A, "source": {"line": 9, "end_line": "3"}}]})) == 1
    assert [rule for _, rule, _ in faults({"units": [7, {**A, "source": {"end_line": 3}}]})] == [
        "item 1 must be an object, not a number", 'unit "a": source has an end_line but no line',
    ]  # fmt: skip


def test_ends_of_a_relation_that_do_not_exist_are_told_each() -> None:
    relations: list[Any] = [{"from": "a", "to": "A", "kind": "k"}, 7, {"from": "zz", "to": "b", "kind": "k"}]
    assert faults({"units": [A, B], "relations": relations}) == [
        (("relations", 1), "item 2 must be an object, not a number", "write an object with its keys in braces: { }"),
        (("relations", 0, "to"), 'to "A" does not exist', 'did you mean "a"?'),
        (("relations", 2, "from"), 'from "zz" does not exist', "write the id of a unit of this file"),
    ]


def test_a_unit_related_to_itself_is_told() -> None:
    relations = [{"from": "a", "to": "b", "kind": "k"}, {"from": "b", "to": "b", "kind": "k"}]
    assert faults({"units": [A, B], "relations": relations}) == [
        (("relations", 1), 'unit "b" is related to itself', "name two different units")
    ]


@pytest.mark.parametrize("relations", [{}, [{"from": " ", "to": 5, "kind": "k"}], [{"from": "a", "kind": "k"}]])
def test_ends_that_are_no_words_are_looked_for_nowhere(relations: object) -> None:
    found = faults({"units": [A], "relations": relations})
    assert found
    assert not any("exist" in rule or "itself" in rule for _, rule, _ in found)


TEXT = '{"units": [\n{"id": "a",\n"name": 5}\n]}'


def test_findings_are_placed_by_line_and_pointer_in_the_order_of_the_text() -> None:
    found = [
        Finding(("units", 0, "name"), "the name", "mend it"),
        Finding(("units", 0), "the unit", "mend it", ("units", 0, "id"), ("units", 0, "name")),
        Finding((), "the file", "mend it"),
    ]
    others = [JsonFault(len(TEXT) - 1, ("units",), "the end", "mend it")]
    assert placed(found, Scan(TEXT), others) == (
        Fault("line 1", "the file", "mend it"),
        Fault("line 2, /units/0", "the unit, first in line 3, /units/0", "mend it"),
        Fault("line 3, /units/0/name", "the name", "mend it"),
        Fault("line 4, /units", "the end", "mend it"),
    )


def test_findings_of_units_made_in_python_have_no_lines_and_stay_in_their_order() -> None:
    found = [
        Finding(("units", 1), "the unit", "mend it", ("units", 1, "id"), ("units", 0, "id")),
        Finding((), "the file", "mend it"),
    ]
    assert placed(found, None) == (
        Fault("/units/1", "the unit, first in /units/0", "mend it"),
        Fault("the whole file", "the file", "mend it"),
    )


def test_a_thousand_findings_are_listed_and_one_more_is_counted() -> None:
    found = [Finding(("units", index), "it is odd", "") for index in range(2_001)]
    assert len(placed(found[:1_000], None)) == 1_000
    assert placed(found[:1_001], None)[1_000] == Fault(
        "and 1 more", "only the first 1,000 are listed", "correct these first"
    )
    assert placed(found[:1_001], None)[999].place == "/units/999"
    assert placed([*found, *found], None)[-1].place == "and 3,002 more"
