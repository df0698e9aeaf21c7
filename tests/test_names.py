"""File names that every system can have, and that no other text gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgchart.names import safe_name


@pytest.mark.parametrize("name", ["a", "7", "sector", "a-b_c-1", "x" * 80, "con1", "comx", "lpt", "nulo"])
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sector", "sector-31a231c0"),
        ("x" * 81, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-4d1f7bb8"),
        ("Сектор", "chart-75385432"),
        ("-rf", "rf-686c39ac"),
        ("a-", "a-9baf4407"),
        ("../../x", "x-9cdf6a50"),
        ("/etc/x", "etc-x-4074fa01"),
        ("a  b--c", "a-b-c-e989fe80"),
        ("con", "con-1143da2b"),
        ("prn", "prn-5abeeca4"),
        ("aux", "aux-321f6814"),
        ("nul", "nul-99e62427"),
        ("com1", "com1-957a49c3"),
        ("lpt9", "lpt9-06f4d3cd"),
        ("\ud800", "chart-91a681b9"),
        (f"{'x' * 59}-y" + "z" * 30, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-76473592"),
    ],
)
def test_any_other_is_its_plain_part_and_a_hash(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=100), st.text(max_size=100))
def test_two_texts_never_share_a_file_even_where_case_is_folded(one: str, other: str) -> None:
    assert (safe_name(one).casefold() == safe_name(other).casefold()) == (one == other)
