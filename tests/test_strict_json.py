"""Claims about the two readers of JSON: they read one language, and every value has its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.strict_json import FAULTY, Lines, Scan, SuspectError, pointer_text, read_quickly

TEXT = '{"a": [1, -2.5e3, true, null, "x\\u0111\\n\\ud83d\\ude00"], "b": {"c": {}, "d": []}}'
PIECES = [*list("{}[]\",:\\ \n\t\x0b-+.e019tuNnИ“'"), "true", "null", "NaN", "\\u12", "\\ud800", "1e999", "0.5", '"a":']


def test_lines_end_at_lf_crlf_and_cr():
    lines = Lines("a\nb\r\nc\rd")
    assert [lines.number(offset) for offset in (0, 2, 5, 7)] == [1, 2, 3, 4]


def test_every_value_has_its_line_and_a_missing_one_that_of_its_object():
    scan = Scan('{\n"a": [\n1,\n2],\n"b": 3}')
    assert [scan.line(pointer)[0] for pointer in [(), ("a",), ("a", 1), ("b",), ("a", 7), ("z",)]] == [1, 2, 4, 5, 2, 1]


def test_a_pointer_is_escaped_as_the_rfc_says():
    assert pointer_text(("a/b", "c~d", 0)) == "/a~1b/c~0d/0"


def test_a_value_that_was_reported_is_marked():
    scan = Scan('[NaN, 1, "\t"]')
    assert scan.value == [FAULTY, 1, FAULTY]
    assert [fault.pointer for fault in scan.faults] == [(0,), (2,)]


def test_escapes_stand_for_their_characters():
    assert Scan(TEXT).value == {"a": [1, -2500.0, True, None, "xđ\n😀"], "b": {"c": {}, "d": []}}


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 4), st.sampled_from(PIECES)), max_size=4))
@settings(max_examples=500, deadline=None)
def test_both_readers_accept_the_same_texts_with_the_same_value(cuts):
    text = TEXT
    for start, length, piece in cuts:
        text = text[:start] + piece + text[start + length :]
    scan = Scan(text)
    try:
        value = read_quickly(text)
    except SuspectError:
        assert scan.faults
    else:
        assert (scan.faults, scan.value) == ([], value)


@pytest.mark.parametrize("text", ["0." + "1" * 2_000, "9" * 2_000, "1e400"])
def test_both_readers_refuse_the_same_numbers(text):
    assert Scan(text).faults
    with pytest.raises(SuspectError):
        read_quickly(text)
