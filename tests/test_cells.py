"""What stands in a cell for a text or a list, to the letter, and what a cell that people wrote holds."""

from __future__ import annotations

import pytest

from orgchart.cells import cell_of, cell_of_list, list_of, text_of


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ""),
        ("Члан 1.", "Члан 1."),
        ("a\nb", "a\nb"),
        ("'a", "'a"),
        ("=1", "'=1"),
        ("'=1", "''=1"),
        ("＠a", "'＠a"),
        (" a", '\'" a"'),
        ("a\r\nb", '\'"a\\r\\nb"'),
        (" ђ", '\'" ђ"'),
        ('\'"a"', '\'"\'\\"a\\""'),
    ],
)
def test_a_text_is_plain_or_behind_an_apostrophe_where_it_would_be_a_formula_or_change(text: str, cell: str) -> None:
    assert cell_of(text) == cell
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a \r\n", "a"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("'a", "'a"),
        ("'+1", "+1"),
        ("'\"a", "'\"a"),
        ('\'"a" b', '\'"a" b'),
        ("'5", "'5"),
        ("'", "'"),
    ],
)
def test_a_cell_that_people_wrote_is_read_without_spaces_at_its_edges(cell: str, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("items", "cell"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a\nb"),
        (["=a", "b"], "'=a\nb"),
        (["a|b"], '\'["a|b"]'),
        (["- a"], '\'["- a"]'),
        (["a", ""], '\'["a", ""]'),
        (["a\nђ"], '\'["a\\nђ"]'),
        ([""], '\'[""]'),
    ],
)
def test_a_list_is_a_line_for_each_item_or_json_where_that_would_not_come_back(items: list[str], cell: str) -> None:
    assert cell_of_list(items) == cell
    assert list_of(cell) == items


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("- a\n– b \n\n• c", ["a", "b", "c"]),
        ("a | b|", ["a", "b"]),
        ("- - a", ["- a"]),
        ("-a", ["-a"]),
        ('\'["a", 5, "b"]', ["a", "b"]),
        ("'[a", ["'[a"]),
        ("'{}", ["'{}"]),
        ("'[" * 100_000, ["'[" * 100_000]),
    ],
)
def test_a_list_that_people_wrote_is_read_without_its_marks(cell: str, items: list[str]) -> None:
    assert list_of(cell) == items
