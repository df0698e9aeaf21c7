"""TOML files of settings: the line of each key, how values are shown, and the whole sentence of each fault."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from orgchart.errors import Fault, StyleError
from orgchart.toml_files import (
    FileKind,
    Table,
    TableCheck,
    did_you_mean,
    line_of,
    part,
    place,
    printable,
    read_toml,
    shown,
)
from orgchart.toml_keys import Key, Number, Switch

KIND = FileKind(StyleError, "menu", "name a menu", "write dish = 1", lambda table: f"write [dishes.{table}]")
KEYS: dict[str, Key] = {"price": Number(1, 0, 9, ""), "hot": Switch(False)}


@pytest.fixture
def told(tmp_path: Path) -> Callable[[bytes], str]:
    def refusal(content: bytes) -> str:
        (tmp_path / "menu.toml").write_bytes(content)
        return refusal_of(tmp_path / "menu.toml")

    return refusal


def refusal_of(file: Path) -> str:
    with pytest.raises(StyleError) as caught:
        read_toml(file, "menu.toml", KIND)
    return str(caught.value)


def test_every_table_and_key_has_the_line_where_it_first_stands(tmp_path: Path) -> None:
    text = "# menu\n\na = 1\n 'b c' = 2\n[x]\nd . \"e\" = 3\n[x.'y z']\n\tf=4\n[[g]]\nh = [\n1]\n[[g]]\nh = [2]\nnone\n"
    file = tmp_path / "menu.toml"
    file.write_text(text.replace("none\n", ""), encoding="utf-8")
    content, lines = read_toml(file, "menu.toml", KIND)
    assert content["x"] == {"d": {"e": 3}, "y z": {"f": 4}}
    assert lines == {
        ("a",): 3, ("b c",): 4, ("x",): 5, ("x", "d", "e"): 6, ("x", "y z"): 7, ("x", "y z", "f"): 8,
        ("x", "y z", "h"): 10,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\na = 1\na = 2\n", "menu.toml, line 3, column 6: is not TOML: Cannot overwrite a value; write dish = 1"),
        (b"a = [", "menu.toml, end of document: is not TOML: Invalid value; write dish = 1"),
        (b"a = 1\nb = \x01\n", "menu.toml, line 2, column 5: is not TOML: Invalid value; write dish = 1"),
        (b"a = '\x1b'\n", "menu.toml, line 1, column 6: is not TOML: Found invalid character '\\x1b'; write dish = 1"),
        (
            b"a = " + b"[\n" * 30_000,
            "menu.toml, file: values are nested too deeply; a menu holds only tables of plain values",
        ),
        (
            b"a = 1\n\n#" + b"b" * 1_000 + b"\n",
            "menu.toml, line 3: is longer than 1,000 characters; break it up",
        ),
        (
            b"\n\na = '\xff.'\n",
            "menu.toml, line 3: the file is not UTF-8 (byte 0xFF): it looks like a binary file or an unknown encoding; "
            "save the file as UTF-8",
        ),
        (
            b"#" * 65_537,
            "menu.toml, file: has 65,537 bytes, more than 65,536, the limit toml_bytes; keep it to a page of settings, "
            "or raise it: ORGCHART_LIMIT_TOML_BYTES=65537",
        ),
    ],
    ids=["twice", "cut off", "no value", "control", "deep", "long line", "no UTF-8", "large"],
)
def test_what_cannot_be_read_is_told_with_place_rule_and_remedy(
    told: Callable[[bytes], str], content: bytes, said: str
) -> None:
    assert told(content) == said


def test_a_line_of_a_thousand_characters_is_read(tmp_path: Path) -> None:
    (tmp_path / "menu.toml").write_text("#" + "b" * 999 + "\na = 1\n", encoding="utf-8")
    assert read_toml(tmp_path / "menu.toml", "menu.toml", KIND) == ({"a": 1}, {("a",): 2})


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    assert refusal_of(tmp_path) == "menu.toml, file: is a folder; give a menu ending in .toml"
    assert refusal_of(tmp_path / "none.toml") == "menu.toml, file: does not exist; name a menu"
    assert refusal_of(Path("/dev/null")) == "menu.toml, file: is not a regular file; name a menu"
    assert refusal_of(tmp_path / ("a" * 300)) == "menu.toml, file: cannot be read (File name too long)"


def test_what_is_allowed_of_a_table_is_kept_and_the_rest_told() -> None:
    check = TableCheck(KIND, {("dishes", "soup"): 4, ("dishes", "soup", "hot"): 5})
    check.table(("dishes", "soup"), {"price": 3, "hot": 1, "pric": 2}, KEYS)
    check.table(("dishes", "a b"), 7, KEYS)
    assert check.values == {("dishes", "soup"): {"price": 3.0}}
    assert check.broken == {("dishes", "soup")}
    assert check.faults == [
        Fault("line 5, [dishes.soup] hot", "1 is not allowed", "allowed is true or false"),
        Fault("line 4, [dishes.soup] pric", "is not a key here", 'did you mean "price"? allowed are price, hot'),
        Fault('[dishes."a b"]', "must be a table, not 7", 'write [dishes."a b"] with its keys below'),
    ]


def test_a_table_that_is_none_of_a_file_s_is_told_with_the_nearest_or_with_its_place() -> None:
    check = TableCheck(KIND, {("dishs",): 1})
    check.keys((), {"dishs": {}, "soup": {}, "dishes": {}, "zzz": 1}, KEYS, ("dishes", "wines"))
    assert check.faults == [
        Fault("line 1, dishs", "is not a table of a menu", 'did you mean "dishes"? allowed are dishes, wines'),
        Fault("soup", "is not a table of a menu", "write [dishes.soup]; allowed are dishes, wines"),
        Fault("zzz", "is not a key here", "allowed are price, hot"),
    ]
    assert (check.values, check.broken) == ({(): {}}, {()})


def test_a_table_where_no_tables_are_is_a_key_that_is_none() -> None:
    check = TableCheck(KIND, {})
    check.keys(("wines",), {"red": {}}, KEYS)
    assert check.faults == [Fault("[wines] red", "is not a key here", "allowed are price, hot")]


def test_the_nearest_word_is_followed_by_a_space() -> None:
    assert did_you_mean("fil", ["fill", "text"]) == 'did you mean "fill"? '
    assert did_you_mean("zzz", ["fill", "text"]) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (["a", "b", "c"], '["a", "b", "c"]'),
        (["a", "b", "c", "d"], '["a", "b", "c", …]'),
        ([], "a list"),
        ([1], "a list"),
        (["a", 1], "a list"),
        ({}, "a table"),
        (True, "true"),
        (False, "false"),
        (10**20 - 1, "99999999999999999999"),
        (10**20, "a number of more than 20 digits"),
        (-(10**20), "a number of more than 20 digits"),
        (1.5, "1.5"),
        (1e300, "1e+300"),
        (datetime.date(2011, 4, 1), "the date or time 2011-04-01"),
        (datetime.time(9, 30), "the date or time 09:30:00"),
        ("a\x1b", '"a\\u001b"'),
    ],
)
def test_a_value_is_shown_on_one_line(value: object, said: str) -> None:
    assert shown(value) == said


def test_what_steers_a_terminal_is_made_visible() -> None:
    assert printable("aђ\x1b\n") == "aђ\\u001b\\u000a"


def test_a_plain_word_of_up_to_60_letters_stands_without_quotation_marks() -> None:
    assert (part("a-b_9"), part("a" * 60)) == ("a-b_9", "a" * 60)
    assert (part("a b"), part(""), part("ђ"), part("a" * 61)) == ('"a b"', '""', '"ђ"', f'"{"a" * 61}"')


LINES: dict[Table, int] = {("a",): 2, ("x",): 4, ("x", "y", "b"): 6, ("charts", "one"): 8}


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        ((), "a", "line 2, a"),
        ((), "zz", "zz"),
        ((), "", ""),
        (("x",), "", "line 4, [x]"),
        (("x",), "c", "line 4, [x] c"),
        (("x", "y"), "b", "line 6, [x.y] b"),
        (("x", "y"), "", "line 4, [x.y]"),
        (("charts",), "", "line 8, [charts]"),
        (("q", "a b"), "c d", '[q."a b"] "c d"'),
    ],
)
def test_a_place_is_as_near_as_the_file_says_anything_about_it(table: Table, key: str, said: str) -> None:
    assert place(LINES, table, key) == said


def test_the_line_of_a_fault_is_read_from_its_place() -> None:
    assert line_of(Fault("line 12, [title] colour", "is odd")) == 12
    assert line_of(Fault("[title], line 12", "is odd")) == 0
