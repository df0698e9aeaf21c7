"""What each key of a units file may hold: the value as it is used, and the whole sentence for what is wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orgchart.strict_json import FAULTY, Pointer
from orgchart.unit_fields import (
    FILE,
    RULEBOOK,
    UNIT,
    ByLanguage,
    Choice,
    Entry,
    ListOf,
    Object,
    Rule,
    Shape,
    Text,
    Whole,
    check_extra,
    kind_of,
)


class Told:
    """What the rules report."""

    def __init__(self) -> None:
        self.faults: list[tuple[Pointer, str, str]] = []
        self.warnings: list[tuple[Pointer, str, str]] = []

    def fault(self, pointer: Pointer, rule: str, remedy: str = "") -> None:
        self.faults.append((pointer, rule, remedy))

    def warn(self, pointer: Pointer, rule: str, remedy: str = "") -> None:
        self.warnings.append((pointer, rule, remedy))


def read(rule: Rule, value: object, key: str | int = "name") -> tuple[object, list[tuple[Pointer, str, str]]]:
    """What the value becomes under ``key`` of the object at /units/0, and its faults."""
    told = Told()
    return rule.read(value, key, ("units", 0), told), told.faults


def fault(rule: Rule, value: object, key: str | int = "name") -> tuple[Pointer, str, str]:
    (found,) = read(rule, value, key)[1]
    return found


def sentence(rule: Rule, value: object, key: str | int = "name") -> tuple[str, str]:
    pointer, said, remedy = fault(rule, value, key)
    assert pointer == ("units", 0, key)
    return said, remedy


NAME, WORD = Text(10), Text(10, lines=False)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "null"), (True, "true"), (False, "false"), (1, "a number"), (1.5, "a number"), ("", "text"),
        ([], "a list"), ({}, "an object"), ({1}, "a Python set"),
    ],
)  # fmt: skip
def test_a_value_is_called_by_its_kind(value: object, kind: str) -> None:
    assert kind_of(value) == kind


@pytest.mark.parametrize(
    ("rule", "text", "becomes"),
    [
        (NAME, "a", "a"), (NAME, "a" * 10, "a" * 10), (NAME, "a\r\nb\rc\nd", "a\nb\nc\nd"), (NAME, "a\tb", "a\tb"),
        (NAME, "a" * 8 + "\nb", "a" * 8 + "\nb"),
        (WORD, " a ", " a "), (NAME, "می\u200cخ", "می\u200cخ"),
    ],
)  # fmt: skip
def test_text_that_says_something_is_taken_with_plain_line_breaks(rule: Text, text: str, becomes: str) -> None:
    told = Told()
    assert rule.read(text, "name", (), told) == becomes
    assert (told.faults, told.warnings) == ([], [])


@pytest.mark.parametrize(
    ("rule", "value", "said", "remedy"),
    [
        (NAME, 999_999_999, "name must be text, not a number", 'write it in double quotes: "999999999"'),
        (NAME, 10**9, "name must be text, not a number", ""),
        (NAME, 1.5, "name must be text, not a number", ""),
        (NAME, True, "name must be text, not true", ""),
        (NAME, "", "name is empty", "write it out, or leave out what has none"),
        (NAME, " \u200b", "name is blank", "write it out, or leave out what has none"),
        (NAME, "a" * 11, "name has 11 characters", "at most 10 are allowed"),
        (Text(1_000), "a" * 1_001, "name has 1,001 characters", "at most 1,000 are allowed"),
        (NAME, "ab\x07", "name holds the control character U+0007 as character 3", "delete it"),
        (NAME, "\x9f", "name holds the control character U+009F as character 1", "delete it"),
        (WORD, "a\tb", "name holds the control character U+0009 as character 2", "write it on one line, with spaces"),
        (WORD, "a\nb", "name holds the control character U+000A as character 2", "write it on one line, with spaces"),
        (WORD, "a\rb", "name holds the control character U+000D as character 2", "write it on one line, with spaces"),
        (NAME, "a\ufdd0", "name holds the noncharacter U+FDD0 as character 2", "delete it"),
        (WORD, "\U0001ffff", "name holds the noncharacter U+1FFFF as character 1", "delete it"),
        (
            NAME, "a\ud800", "name holds the lone surrogate U+D800 as character 2",
            "it is half a character: write the whole one",
        ),
        (
            WORD, "\udfff", "name holds the lone surrogate U+DFFF as character 1",
            "it is half a character: write the whole one",
        ),
        (Text(2_000), "a" * 1_000 + "\x00",
            "name holds the control character U+0000 as character 1,001", "delete it"),
    ],
)  # fmt: skip
def test_text_that_is_none_or_holds_what_no_text_holds_is_told(
    rule: Text, value: object, said: str, remedy: str
) -> None:
    assert sentence(rule, value) == (said, remedy)


def test_what_is_wrong_with_a_text_is_told_once_for_each_character_and_it_is_kept() -> None:
    value, faults = read(NAME, "\x00\x01\x00\x01\x00\x01" * 2)
    assert value == "\x00\x01\x00\x01\x00\x01" * 2
    assert [said for _, said, _ in faults] == [
        "name holds the control character U+0000 as character 1",
        "name holds the control character U+0001 as character 2",
        "name has 12 characters",
    ]


def test_an_item_of_a_list_is_called_by_its_number() -> None:
    assert sentence(NAME, None, 0) == ("item 1 must be text, not null", "")


def test_invisible_characters_are_warned_of_once_each() -> None:
    told = Told()
    assert (
        Text(2_000).read("a" * 999 + "\u200b\u200b\xad", "name", ("units", 0), told) == "a" * 999 + "\u200b\u200b\xad"
    )
    assert told.faults == []
    assert told.warnings == [
        (
            ("units", 0, "name"), f"name holds the invisible character {character} as character {place}",
            "it is kept as it is; delete it unless it is meant",
        )
        for character, place in (("U+200B (ZERO WIDTH SPACE)", "1,000"), ("U+00AD (SOFT HYPHEN)", "1,002"))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rule", [NAME, Shape(re.compile("a"), "a"), Whole(0, 1), Choice(("a",)), ListOf(NAME), ByLanguage(NAME), Object({})]
)
def test_a_value_that_was_reported_is_not_reported_again(rule: Rule) -> None:
    assert read(rule, FAULTY) == (FAULTY, [])


def test_a_text_of_a_fixed_form_is_taken_in_that_form_alone() -> None:
    rule = Shape(re.compile("[a-z]+"), "small letters")
    assert read(rule, "ab") == ("ab", [])
    assert read(rule, "ab1") == (FAULTY, [(("units", 0, "name"), 'name must be small letters, not "ab1"', "")])
    assert sentence(rule, 5) == ("name must be small letters, not a number", "")


@pytest.mark.parametrize("date", ["2011", "2011-04", "2011-04-01", "2012-02-29"])
def test_a_year_a_month_or_a_day_is_a_date(date: str) -> None:
    assert read(RULEBOOK.rules["date"], date, "date") == (date, [])


@pytest.mark.parametrize("date", ["2011-02-29", "2011-13", "0000", "2011-4-1", "2011-04-01T00:00", "201"])
def test_what_is_no_day_or_month_is_no_date(date: str) -> None:
    assert sentence(RULEBOOK.rules["date"], date, "date") == (
        f'date must be a date such as "2011-04-01", not "{date}"',
        "",
    )


@pytest.mark.parametrize("value", [1, 5_000])
def test_whole_numbers_are_taken_up_to_both_bounds(value: int) -> None:
    assert read(Whole(1, 5_000), value) == (value, [])


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (0, "0"), (5_001, "5001"), (1.5, "1.5"), (-7, "-7"), (True, "true"), ("1", "text"), (None, "null"),
        (10**15, "a number"), (10**15 - 1, "999999999999999"), (-(10**15), "a number"),
        (1 - 10**15, "-999999999999999"), (float("nan"), "a number"),
    ],
)  # fmt: skip
def test_what_is_no_whole_number_within_the_bounds_is_told(value: object, what: str) -> None:
    value, faults = read(Whole(1, 5_000), value)
    assert value is FAULTY
    assert faults == [(("units", 0, "name"), f"name must be a whole number from 1 to 5,000, not {what}", "")]
    assert sentence(Whole(1_000, 2_000), 1)[0] == "name must be a whole number from 1,000 to 2,000, not 1"


def test_one_of_a_few_words_is_taken_and_another_told_with_them() -> None:
    rule = Choice(("line", "staff"))
    assert read(rule, "staff") == ("staff", [])
    assert read(rule, "side")[0] is FAULTY
    assert sentence(rule, "side") == ('name "side" is not allowed', 'write "line" or "staff"')
    assert sentence(rule, ["line"]) == ("name a list is not allowed", 'write "line" or "staff"')


def test_every_item_of_a_list_follows_the_rule_at_its_own_place() -> None:
    assert read(ListOf(NAME), ["a", "b"]) == (("a", "b"), [])
    assert read(ListOf(NAME), ["a", 5])[1] == [
        (("units", 0, "name", 1), "item 2 must be text, not a number", 'write it in double quotes: "5"')
    ]
    assert read(ListOf(NAME), "a")[0] is FAULTY
    assert sentence(ListOf(NAME), "a") == ("name must be a list, not text", "put it in square brackets: [ ]")


def test_texts_stand_under_language_tags() -> None:
    assert read(ByLanguage(NAME), {"en": "a", "sr-Latn": "b"}) == ({"en": "a", "sr-Latn": "b"}, [])
    assert read(ByLanguage(NAME), ["a"])[0] is FAULTY
    assert sentence(ByLanguage(NAME), ["a"]) == ("name must be an object, not a list", 'write {"en": "…"}')
    place = ("units", 0, "name")
    assert read(ByLanguage(NAME), {"en!": "a", "x": "b", 5: "c", "en": 1})[1] == [
        ((*place, "en!"), 'name has "en!", which is no language', 'use a tag such as "en" or "sr-Latn"'),
        ((*place, "x"), 'name has "x", which is no language', 'use a tag such as "en" or "sr-Latn"'),
        ((*place, 5), 'name has "5", which is no language', 'use a tag such as "en" or "sr-Latn"'),
        ((*place, "en"), "en must be text, not a number", 'write it in double quotes: "1"'),
    ]


PAIR = Object({"id": WORD, "name": NAME}, required=("id", "kind"))


def test_an_object_is_its_known_keys_and_the_others_and_a_null_counts_as_left_out() -> None:
    told = Told()
    value = {"x": None, "id": "a", "name": None, "y": [1], "kind": "k"}
    assert Object({"id": WORD, "name": NAME}).read(value, "pair", (), told) == Entry(
        {"id": "a"}, {"x": None, "y": [1], "kind": "k"}
    )
    assert told.faults == []


def test_what_is_no_object_is_told_by_its_key_its_number_or_as_the_file() -> None:
    remedy = "write an object with its keys in braces: { }"
    assert read(PAIR, 1)[0] is FAULTY
    assert sentence(PAIR, 1) == ("name must be an object, not a number", remedy)
    assert sentence(PAIR, 1, 2) == ("item 3 must be an object, not a number", remedy)
    assert fault(FILE, 1, "") == (("units", 0), "the file must be an object, not a number", remedy)


def test_a_required_key_that_is_null_is_told_at_its_place_and_one_that_is_missing_at_the_object_s() -> None:
    assert read(PAIR, {"kind": None})[1] == [
        (("units", 0, "name"), '"id" is missing', 'give it an id, e.g. "id": "finance"'),
        (("units", 0, "name", "kind"), '"kind" is null', 'say what relates them, e.g. "kind": "coordinates"'),
    ]
    assert fault(Object({}, required=("q",)), {}, "") == (("units", 0), '"q" is missing', "")


def test_the_keys_of_an_object_are_read_at_their_own_places() -> None:
    assert read(UNIT, {"id": 5, "level": "x", "name": "n", "source": {"line": 0}})[1] == [
        (("units", 0, "name", "id"), "id must be text, not a number", 'write it in double quotes: "5"'),
        (("units", 0, "name", "source", "line"), "line must be a whole number from 1 to 10,000,000, not 0", ""),
    ]


def test_unknown_keys_are_looked_through_with_their_places() -> None:
    assert read(UNIT, {"id": "a", "level": "x", "name": "n", "note": ["\ud800"]})[1] == [
        (
            ("units", 0, "name", "note", 0), "0 holds the lone surrogate U+D800 as character 1",
            "it is half a character: write the whole one",
        )
    ]  # fmt: skip


def extra_faults(value: object, *place: str | int) -> list[tuple[Pointer, str, str]]:
    told = Told()
    check_extra({"x": value}, place, told)
    return told.faults


@pytest.mark.parametrize("value", [None, True, 1.5, "a", -(10**1_000) + 1, [{"a": [1]}], FAULTY, {"a": {"b": "ђ"}}])
def test_what_json_can_hold_is_taken_under_an_unknown_key(value: object) -> None:
    assert extra_faults(value) == []


@pytest.mark.parametrize(
    ("value", "place", "said", "remedy"),
    [
        ("ab\ud800", (), "x holds the lone surrogate U+D800 as character 3",
            "it is half a character: write the whole one"),
        ({"a\ud800": 1}, ("a\ud800",), "the key holds a lone surrogate", "write the whole character"),
        ({1: "a"}, (), "a key must be text, not a number", ""),
        ({None: "a"}, (), "a key must be text, not null", ""),
        ([1, float("inf")], (1,), "inf is not a number that JSON knows", "write a number or null"),
        (float("-inf"), (), "-inf is not a number that JSON knows", "write a number or null"),
        (float("nan"), (), "nan is not a number that JSON knows", "write a number or null"),
        (10**1_000, (), "a number has more than 1,000 digits", ""),
        (-(10**1_000), (), "a number has more than 1,000 digits", ""),
        ({"a": {2}}, ("a",), "a Python set cannot be written as JSON", ""),
    ],
)  # fmt: skip
def test_what_json_cannot_hold_is_told_at_its_place(value: object, place: Any, said: str, remedy: str) -> None:
    assert extra_faults(value, "units", 0) == [(("units", 0, "x", *place), said, remedy)]


def test_a_key_that_is_no_text_does_not_hide_what_stands_after_it() -> None:
    assert [said for _, said, _ in extra_faults({1: "a", "b": {2}})] == [
        "a key must be text, not a number", "a Python set cannot be written as JSON",
    ]  # fmt: skip


def test_brackets_are_nested_up_to_the_limit_and_what_is_deeper_is_not_looked_at() -> None:
    deepest: list[object] = [{1}]
    for _ in range(62):
        deepest = [deepest]
    assert [said for _, said, _ in extra_faults(deepest)] == ["a Python set cannot be written as JSON"]
    assert extra_faults([{2}, deepest]) == [
        (("x", 1, *[0] * 62), "brackets are nested more than 64 deep", ""),
        (("x", 0), "a Python set cannot be written as JSON", ""),
    ]
