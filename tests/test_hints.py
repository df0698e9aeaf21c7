"""How a message shows a word, and which known word was probably meant."""

from __future__ import annotations

import pytest

from orgchart import hints
from orgchart.hints import Suggester, code_point, folded, quoted, shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("a ђ", "a ђ"),
        ("a\n\x1b", "a\\u000a\\u001b"),
        ("\U000e0001", "\\U000e0001"),
        ("\uffff\U00010000", "\\uffff𐀀"),
        ("a" * 80, "a" * 80),
        ("a" * 81, "a" * 79 + "…"),
        ("\n" * 81, "\\u000a" * 79 + "…"),
    ],
)
def test_a_text_is_shown_on_one_line_of_at_most_80_characters(text: str, said: str) -> None:
    assert shown(text) == said
    assert quoted(text) == f'"{said}"'


def test_a_character_is_told_by_its_number_and_its_name_where_it_has_one() -> None:
    assert (code_point("\x07"), code_point("\xad"), code_point("\U0001f600")) == (
        "U+0007", "U+00AD (SOFT HYPHEN)", "U+1F600 (GRINNING FACE)",
    )  # fmt: skip


def test_case_spaces_and_composed_letters_make_no_difference() -> None:
    assert folded("  Služba\n ZA  e\u0301 ") == "služba za é"


KNOWN = Suggester(["finance", "audit"], [("Одељење за јавне набавке", "nabavke"), ("Finance", "other")])


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("finanse", "finance"),
        ("FINANCE ", "finance"),
        ("audi", "audit"),
        ("одељење за јавне набавке", "nabavke"),
        ("Одељење за јавне набавк", "nabavke"),
        ("qqq", None),
        ("", None),
    ],
)
def test_the_nearest_id_is_meant_by_itself_or_by_its_name(word: str, meant: str | None) -> None:
    assert KNOWN.closest(word) == meant
    assert KNOWN.closest(word) == meant


def test_a_hint_asks_for_what_was_meant_or_says_otherwise() -> None:
    assert KNOWN.hint("finanse", "write an id") == 'did you mean "finance"?'
    assert KNOWN.hint("qqq", "write an id") == "write an id"
    assert KNOWN.hint("qqq") == ""


def test_an_id_is_nearer_than_a_name_and_the_first_of_two_alike() -> None:
    assert Suggester(["budget", "Budget"], [("budgets", "x")]).closest("BUDGET") == "budget"
    assert Suggester(["budgett"], [("budgets", "x")]).closest("budgets ") == "x"
    assert Suggester(["budgett"], [("budgetz", "x")]).closest("budgety") == "budgett"


def test_words_of_very_different_lengths_are_not_compared() -> None:
    # 3 of 10 letters are alike by difflib's measure: 2 · 3 / (3 + 7) is its 0.6.
    assert Suggester(["abcdefg"]).closest("abc") == "abcdefg"
    assert Suggester(["abcdefgh"]).closest("abc") is None
    assert Suggester(["abc"]).closest("abcdefg") == "abc"
    assert Suggester(["abc"]).closest("abcdefgh") is None
    assert Suggester(["a" * 300]).closest("a" * 299) == "a" * 300
    assert Suggester(["a" * 301]).closest("a" * 299) is None


def test_with_its_budget_spent_nothing_like_it_is_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints, "COMPARISONS", 3)
    suggester = Suggester(["abc", "zzz"])
    assert suggester.closest("abx") == "abc"
    assert suggester.closest("aby") is None
    assert (suggester.closest("abx"), suggester.closest("ZZZ")) == ("abc", "zzz")
    monkeypatch.setattr(hints, "COMPARISONS", 2)
    assert Suggester(["abc", "zzz"]).closest("abx") == "abc"
    monkeypatch.setattr(hints, "COMPARISONS", 1)
    assert Suggester(["abc", "zzz"]).closest("abx") is None
    assert Suggester(["abc", "zzz"], [("aby", "q")]).closest("abx") == "q"
