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


CUT_OFF = "the file ends where {} should follow", 'it was cut off, or "{}" is missing at its end'
UNCLOSED = 'close it with " or, if it goes on in the next line, write the line break as \\n'
COMMENT = "JSON has no comments: delete it, or keep the remark under a key of its own"
TOO_EARLY = "delete it, or the closing bracket that stands too early"
WORDS = "write true, false or null, in small letters"


def cut_off(wanted, missing):
    return CUT_OFF[0].format(wanted), CUT_OFF[1].format(missing)


@pytest.mark.parametrize(
    ("text", "offset", "pointer", "rule", "remedy"),
    [
        ("", 0, (), "the file is empty", 'write at least {"units": [...]}'),
        (" \n", 0, (), "the file is empty", 'write at least {"units": [...]}'),
        ("{} {}", 3, (), 'more text follows after the end: "{"', TOO_EARLY),
        ("[1\n]]", 4, (), 'more text follows after the end: "]"', TOO_EARLY),
        ("[1,]", 2, (), "a comma stands before a closing bracket", "delete that comma"),
        ('{"a": 1,}', 7, (), "a comma stands before a closing bracket", "delete that comma"),
        ('{"a": [1}', 8, ("a",), '"}" stands where "]" should close the "[" of line 1',
            'write "]" here, or complete what is inside'),
        ('{\n"a": {"b": 1]}', 14, ("a",), '"]" stands where "}" should close the "{" of line 2',
            'write "}" here, or complete what is inside'),
        ("[\n[\n[1}", 6, (0, 0), '"}" stands where "]" should close the "[" of line 3',
            'write "]" here, or complete what is inside'),
        ("[[1", 2, (0,), *cut_off('a comma or "]"', "]]")),
        ('{"a": {"b": [1', 13, ("a", "b"), *cut_off('a comma or "]"', "]}}")),
        ('{"a": 1 ', 7, (), *cut_off('a comma or "}"', "}")),
        ('{"a"', 3, (), *cut_off('a colon after the key "a"', "}")),
        ('{"a":', 4, ("a",), *cut_off("a value", "}")),
        ("{", 0, (), *cut_off("a key in double quotes", "}")),
        ("[", 0, (0,), *cut_off("a value", "]")),
        ('["a', 1, (0,), 'the text "a" is not closed in its line', UNCLOSED),
        ('{"a": "x\ny"}', 6, ("a",), 'the text "x" is not closed in its line', UNCLOSED),
        ('["a\\', 1, (0,), 'the text "a\\" is not closed in its line', UNCLOSED),
        ("{'a': 1}", 1, (), '"\'" stands where a key in double quotes should', 'write straight double quotes: "'),
        ("[„a“]", 1, (0,), '"„" stands where a value should', 'write straight double quotes: "'),
        ("{a: 1}", 1, (), '"a" stands where a key in double quotes should', ""),
        ('{"a" 1}', 5, (), '"1" stands where a colon after the key "a" should', ""),
        ("[True]", 1, (0,), "True is not JSON", WORDS),
        ("[FALSE]", 1, (0,), "FALSE is not JSON", WORDS),
        ("[None]", 1, (0,), "None is not JSON", WORDS),
        ("[undefined]", 1, (0,), "undefined is not JSON", WORDS),
        ("[nan]", 1, (0,), '"nan" stands where a value should', ""),
        ("[01]", 1, (0,), '"01" stands where a value should', ""),
        ("[+1.5]", 1, (0,), '"+1.5" stands where a value should', ""),
        ("[1 // one\n]", 3, (), '"/" stands where a comma or "]" should', COMMENT),
        ("[1 # one\n]", 3, (), '"#" stands where a comma or "]" should', COMMENT),
        ("# a\n1", 0, (), '"#" stands where a value should', COMMENT),
        ("[\x0b1]", 1, (0,), '"\\u000b" stands where a value should', ""),
        ('["a" "b"]', 3, (), 'after this value stands "b"', "put a comma between them"),
        ('{"a": 1\n"b": 2}', 6, (), 'after this value stands "b"', "put a comma between them"),
        ('["a" b-c.d e]', 3, (), 'after this value stands "b-c.d"', "put a comma between them"),
        ('[1 ""]', 1, (), 'after this value stands """', "put a comma between them"),
        (f'[1 {"b" * 50}]', 1, (), f'after this value stands "{"b" * 40}"', "put a comma between them"),
        ("[" * 65, 64, (0,) * 64, "brackets are nested more than 64 deep",
            "a units file needs no more than five levels"),
    ],
)  # fmt: skip
def test_a_fault_of_the_grammar_ends_the_reading_with_its_place_rule_and_remedy(text, offset, pointer, rule, remedy):
    scan = Scan(text)
    assert scan.broken is True
    assert [(each.offset, each.pointer, each.rule, each.remedy) for each in scan.faults] == [
        (offset, pointer, rule, remedy)
    ]


@pytest.mark.parametrize(
    ("text", "value", "faults"),
    [
        ('["\\d", 1]', [FAULTY, 1], [(1, (0,), "JSON does not know the escape \\d", "write a backslash as \\\\")]),
        ('["a\\u12"]', [FAULTY], [(1, (0,), "JSON does not know the escape \\u", "write a backslash as \\\\")]),
        (
            '{"a\\d": 1}', {"a": 1},
            [(1, (), "JSON does not know the escape \\d", "write a backslash as \\\\")],
        ),
        ('["x\ty"]', [FAULTY], [(1, (0,), "the text holds the control character U+0009", "write a tab as \\t")]),
        ('["\x07\t"]', [FAULTY], [(1, (0,), "the text holds the control character U+0007", "delete it")]),
        (
            '{"a\tb": 1}', {"a\tb": 1},
            [(1, (), "the text holds the control character U+0009", "write a tab as \\t")],
        ),
        (
            '{"a": 1, "b": {"a": 2},\n"a": 3}', {"a": 1, "b": {"a": 2}},
            [(29, ("a",), 'key "a" stands twice in one object, first in line 1', "keep one of them")],
        ),
        (
            '\n{"a": {}, "a": []}', {"a": {}},
            [(16, ("a",), 'key "a" stands twice in one object, first in line 2', "keep one of them")],
        ),
        (
            "[NaN, -Infinity, Infinity, 2]", [FAULTY, FAULTY, FAULTY, 2],
            [
                (offset, (index,), f"{word} is not a number that JSON knows", "write a number or null")
                for index, (offset, word) in enumerate([(1, "NaN"), (6, "-Infinity"), (17, "Infinity")])
            ],
        ),
        (
            "[1e999, -1e999]", [FAULTY, FAULTY],
            [
                (1, (0,), "the number 1e999 is too large", "write a smaller number"),
                (8, (1,), "the number -1e999 is too large", "write a smaller number"),
            ],
        ),
        (
            "9" * 1_001, FAULTY, [(0, (), "a number of 1,001 digits; at most 1,000 are allowed", "")],
        ),
        (
            "[-" + "9" * 1_001 + "]", [FAULTY],
            [(1, (0,), "a number of 1,001 digits; at most 1,000 are allowed", "")],
        ),
    ],
)  # fmt: skip
def test_a_value_that_is_not_allowed_is_told_and_the_reading_goes_on(text, value, faults):
    scan = Scan(text)
    assert (scan.value, scan.broken) == (value, False)
    assert [(each.offset, each.pointer, each.rule, each.remedy) for each in scan.faults] == faults
    with pytest.raises(SuspectError):
        read_quickly(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9" * 1_000, 10**1_000 - 1),
        ("-" + "9" * 1_000, 1 - 10**1_000),
        ("-0." + "1" * 998, -0.1111111111111111),
        ("[" * 63 + "[]" + "]" * 63, None),
        ('"\\u00e9\\/\\b\\f\\n\\r\\t\\"\\\\"', 'é/\b\f\n\r\t"\\'),
        ('"\\ud800\\udc00\\uDBFF\\uDFFF"', "\U00010000\U0010ffff"),
        ('"\\ud800\\u0041"', "\ud800A"),
        (' {"a\\n" : -1.5E+2 , "b":[ ]} ', {"a\n": -150.0, "b": []}),
        ("1e5", 100_000.0),
        ("0", 0),
    ],
)
def test_what_json_allows_both_readers_read(text, value):
    scan = Scan(text)
    read = read_quickly(text)
    assert (scan.faults, scan.broken) == ([], False)
    assert type(scan.value) is type(read)
    assert scan.value == read
    assert value is None or read == value


def test_a_value_s_place_is_its_line_and_its_offset():
    scan = Scan('[\n1,\n {"a":\n"b"}]')
    assert [scan.line(pointer) for pointer in [(), (0,), (1,), (1, "a"), (0, "q"), (1, "q"), (2,)]] == [
        (1, 0), (2, 2), (3, 6), (4, 12), (2, 2), (3, 6), (1, 0),
    ]  # fmt: skip


def test_a_pointer_of_more_than_ten_levels_is_cut_short_and_shown_on_one_line():
    assert pointer_text((0,) * 10) == "/0" * 10
    assert pointer_text((0,) * 11) == "/0" * 10 + "/…"
    assert (pointer_text(()), pointer_text(("a\n",))) == ("", "/a\\u000a")
