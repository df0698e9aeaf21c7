"""Hostile and odd units files: the cases of docs/units.md, by number where a case has one in the project's list."""

import json
import time

import pytest

from orgchart.errors import UnitsError
from orgchart.hierarchy import build_hierarchy
from orgchart.units import dump_units, parse_units


def named(name):
    """The name as it comes back from a file that holds it."""
    return parse(name=name).units[0].name


def parse(**keys):
    document = {"units": [{"id": "a", "level": "x", "name": "n", **keys}]}
    return parse_units(json.dumps(document).encode(), "u.json")


def tree(*units):
    return parse_units(
        json.dumps({"units": [{"level": "x", "name": "n", **unit} for unit in units]}).encode(), "u.json"
    )


def refusal(action, *arguments, **keys):
    with pytest.raises(UnitsError) as caught:
        action(*arguments, **keys)
    return str(caught.value)


LITERAL = {
    1: ['He said "hi"'],
    2: ["a\\b", "trailing a\\"],
    3: ["\\N", "\\G", "\\l"],
    4: ["<b>", "<b>x</b>", "<>"],
    5: ["&", "&lt;", "&#0;"],
    6: ["&#x1;", "&#xD800;"],
    10: ["👩\u200d💻", "👨\u200d👩\u200d👧"],
    11: ["وزارة المالية", "משרד האוצר", "财政部", "می\u200cخواهم"],
    13: ["e" + "\u0301" * 50],
    14: ["н" * 2_000],
}


@pytest.mark.parametrize("case", LITERAL)
def test_cases_1_to_14_names_are_kept_letter_by_letter_without_warning(case):
    for name in LITERAL[case]:
        loaded = parse(name=name)
        assert loaded.units[0].name == name
        assert loaded.warnings == ()
        assert parse_units(dump_units(loaded), "u.json") == loaded


@pytest.mark.parametrize("code", [*(set(range(0x20)) - {9, 10, 13}), 0x7F, 0x80, 0x9F, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE])
def test_case_7_control_characters_and_noncharacters_are_refused_with_their_code_point(code):
    kind = "control character" if code < 0xA0 else "noncharacter"
    assert f'/units/0/name: unit "a": name holds the {kind} U+{code:04X} as character 2' in refusal(
        named, f"x{chr(code)}"
    )


def test_case_7_a_raw_control_character_is_refused_by_the_grammar():
    assert "the text holds the control character U+0007" in refusal(
        parse_units, b'{"units": [{"id": "a", "level": "x", "name": "x\x07"}]}', "u.json"
    )


def test_case_8_a_lone_surrogate_is_refused_everywhere():
    assert 'unit "a": name holds the lone surrogate U+D800 as character 2' in refusal(named, "x\ud800")
    assert "y holds the lone surrogate U+DC00" in refusal(parse, y="\udc00")
    assert "the key holds a lone surrogate" in refusal(parse, y={"\ud800": 1})
    assert 'unit "\\ud800": id holds the lone surrogate' in refusal(parse, id="\ud800")


def test_case_9_newline_and_crlf_are_line_breaks():
    assert named("a\nb") == "a\nb"
    assert named("a\r\nb\rc") == "a\nb\nc"
    assert named("a\tb") == "a\tb"


@pytest.mark.parametrize("code", [0x202E, 0x200B, 0x200F, 0x2066, 0xFEFF, 0x2028])
def test_case_12_invisible_characters_are_kept_with_a_warning(code):
    loaded = parse(name=f"x{chr(code)}y")
    assert loaded.units[0].name == f"x{chr(code)}y"
    assert f"name holds the invisible character U+{code:04X}" in str(loaded.warnings[0])


def test_case_12_a_joiner_between_cyrillic_letters_is_warned_of():
    assert "U+200D (ZERO WIDTH JOINER)" in str(parse(name="а\u200dб").warnings[0])


def test_case_14_a_name_of_10000_characters_is_refused():
    assert 'unit "a": name has 10,000 characters; at most 2,000 are allowed' in refusal(named, "x" * 10_000)


@pytest.mark.parametrize("name", ["", " ", "\n", "\u00a0", "\u200b\u200b"])
def test_case_15_a_name_that_shows_nothing_is_refused(name):
    assert f"name is {'blank' if name else 'empty'}" in refusal(named, name)


@pytest.mark.parametrize(
    "ids",
    [
        ["a:b", "graph", "001", "1"],  # 17
        ["A", "a", "é", "e\u0301"],  # 18
        ["../../x", "/etc/x", "con", "-rf"],  # 19
    ],
)
def test_cases_17_to_19_ids_that_look_alike_or_odd_stay_distinct(ids):
    loaded = tree({"id": ids[0]}, *({"id": unit_id, "parent": ids[0]} for unit_id in ids[1:]))
    assert [unit.id for unit in build_hierarchy(loaded).units] == ids


def test_case_20_a_cycle_is_named_whole_and_once():
    message = refusal(
        tree, {"id": "r"}, *({"id": i, "parent": p} for i, p in ["ab", "bc", "ca"]), {"id": "d", "parent": "a"}
    )
    assert message == (
        'u.json, line 1, /units/1: unit "a": the parents go round in a circle: a → b → c → a '
        "(each → leads to the parent); give one of them a parent outside the circle, or none"
    )


def test_case_20_a_long_cycle_shows_its_ends():
    message = refusal(tree, *({"id": f"u{i}", "parent": f"u{(i + 1) % 5_000}"} for i in range(5_000)))
    assert message.count("→") == 100 + 1
    assert "u0 → u1 → " in message and "→ … 4,901 more … →" in message and "→ u4999 → u0 (" in message


def test_case_21_a_unit_is_not_its_own_parent():
    assert 'unit "a": it is its own parent; write the id of another unit' in refusal(parse, parent="a")


def test_case_22_a_missing_parent_is_named_with_its_unit():
    assert 'unit "a": parent "b" does not exist' in refusal(parse, parent="b")


def test_case_23_two_roots_are_a_forest():
    assert len(build_hierarchy(tree({"id": "a"}, {"id": "b"})).roots) == 2


def test_case_24_a_double_id_is_reported_with_both_places():
    content = b'{"units": [\n{"id": "a", "level": "x", "name": "n"},\n{"id": "a", "level": "x", "name": "n"}]}'
    assert refusal(parse_units, content, "u.json") == (
        'u.json, line 3, /units/1: unit "a": its id stands twice, first in line 2, /units/0; '
        "give one of the two another id"
    )


def test_case_25_a_double_key_is_reported_with_both_lines():
    content = b'{"units": [\n{"id": "a", "level": "x", "name": "n",\n"name": "m"}]}'
    assert refusal(parse_units, content, "u.json") == (
        'u.json, line 3, /units/0/name: key "name" stands twice in one object, first in line 2; keep one of them'
    )


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("NaN", "NaN is not a number that JSON knows; write a number or null"),
        ("-Infinity", "-Infinity is not a number that JSON knows"),
        ("1e999", "the number 1e999 is too large"),
        ("9" * 5_000, "a number of 5,000 digits; at most 1,000 are allowed"),
    ],
)
@pytest.mark.parametrize("key", ["staff", "anything"])
def test_case_26_numbers_that_are_none_are_refused_once(number, sentence, key):
    content = f'{{"units": [{{"id": "a", "level": "x", "name": "n", "{key}": {number}}}]}}'
    message = refusal(parse_units, content.encode(), "u.json")
    assert f"u.json, line 1, /units/0/{key}: {sentence}" in message
    assert len(message.splitlines()) == 1


FILE = '{"units": [{"id": "a", "level": "sector", "name": "%s"}]}'


def test_case_27_a_byte_order_mark_is_accepted():
    assert parse_units(b"\xef\xbb\xbf" + (FILE % "n").encode(), "u.json").units[0].id == "a"


@pytest.mark.parametrize(
    ("name", "codec", "encoding"),
    [
        ("Odeljenje", "utf-16", "UTF-16"),
        ("Одељење", "utf-16-le", "UTF-16 (little-endian)"),
        ("Одељење", "utf-16-be", "UTF-16 (big-endian)"),
        ("Одељење", "utf-32", "UTF-32"),
        ("Société générale", "latin-1", "Latin-1"),
        ("Größe", "latin-1", "Latin-1"),
        ("Odeljenje za političke šume", "cp1250", "Windows-1250"),
        ("Одељење за послове", "cp1251", "Windows-1251"),
        ("Одељење за послове", "iso8859-5", "ISO-8859-5"),
    ],
)
def test_case_27_another_encoding_is_refused_by_its_name(name, codec, encoding):
    message = refusal(parse_units, (FILE % name).encode(codec), "u.json")
    assert "u.json, line 1: the file is not UTF-8" in message
    assert f"it looks like {encoding}" in message
    assert message.endswith("save the file as UTF-8")


def test_case_27_a_file_cut_inside_a_character_or_with_one_wrong_byte_is_told_apart():
    content = (FILE % "Одељење").encode()
    assert "the file ends in the middle of a character" in refusal(
        parse_units, content[: content.index(b'"}]') - 1], "u.json"
    )
    assert "line 2: byte 0xE9 is not UTF-8, though most of the file is" in refusal(
        parse_units, content + b"\n\xe9.", "u.json"
    )
    assert "this is a zip file, such as Word" in refusal(parse_units, b"PK\x03\x04", "u.json")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "u.json, line 1: the file is empty"),
        (b" \n ", "u.json, line 1: the file is empty"),
        (b"[]", "u.json, line 1: the file must be an object, not a list"),
        (b"{}", 'u.json, line 1: "units" is missing; add "units"'),
        (b"null", "the file must be an object, not null"),
        (b'{"units": []}', "u.json, line 1, /units: units is empty; a chart needs at least one unit"),
    ],
)
def test_case_28_a_file_without_units_is_refused(content, sentence):
    assert sentence in refusal(parse_units, content, "u.json")


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000])
def test_case_29_nesting_without_end_is_refused_at_the_limit(content):
    message = refusal(parse_units, content, "u.json")
    assert "brackets are nested more than 64 deep; a units file needs no more than five levels" in message
    assert len(message) < 200


def test_case_30_a_chain_of_5000_units_is_a_hierarchy():
    chain = tree(*({"id": str(i), "parent": str(i - 1) if i else None} for i in range(5_000)))
    assert build_hierarchy(chain).height == 5_000


def test_case_31_100000_units_are_loaded_or_refused_within_seconds():
    units = [{"id": str(i), "parent": str((i - 1) // 5) if i else None} for i in range(100_000)]
    start = time.process_time()
    assert len(tree(*units).units) == 100_000
    units[7]["parent"] = "x"
    assert 'unit "7": parent "x" does not exist' in refusal(tree, *units)
    # Measured: under 1 s and 3 s of the processor, which others who use the machine do not lengthen.
    assert time.process_time() - start < 20
