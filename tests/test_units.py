"""Claims about loading, checking and saving units.json."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.errors import OrgChartError, UnitsError
from orgchart.units import (
    Relation,
    RulebookSource,
    Source,
    Unit,
    UnitFile,
    checked_units,
    dump_units,
    load_units,
    parse_units,
    tree_faults,
    units_schema,
)
from tests.given_units import ONE, parse, refusal, unit


def test_a_unit_with_every_key_becomes_typed():
    document = {
        "title": "Chart",
        "lang": "en",
        "source": {"title": "Rulebook", "gazette": "1/2011", "date": "2011-04-01", "file": "r.txt", "sha256": "0" * 64},
        "units": [
            ONE,
            {
                "id": "b",
                "parent": "a",
                "level": "group",
                "name": "Audit",
                "number": "1)",
                "abbreviation": "AU",
                "functions": ["x", "y"],
                "placement": "staff",
                "staff": 3,
                "names": {"sr-Latn": "Revizija"},
                "source": {"article": "12", "line": 3, "end_line": 4},
            },
        ],
        "relations": [{"from": "a", "to": "b", "kind": "coordinates"}],
    }
    assert parse(document) == UnitFile(
        title="Chart",
        lang="en",
        source=RulebookSource("Rulebook", "1/2011", "2011-04-01", "r.txt", "0" * 64),
        units=(
            Unit("a", "sector", "Finance"),
            Unit(
                "b",
                "group",
                "Audit",
                "a",
                "1)",
                "AU",
                ("x", "y"),
                "staff",
                3,
                {"sr-Latn": "Revizija"},
                Source("12", 3, 4),
            ),
        ),
        relations=(Relation("a", "b", "coordinates"),),
    )


def test_a_null_counts_as_left_out():
    nulls = dict.fromkeys(["parent", "number", "abbreviation", "functions", "placement", "staff", "names", "source"])
    assert parse(unit(**nulls)).units == (Unit("a", "sector", "Finance"),)


def test_an_unknown_level_is_fine():
    assert parse(unit(level="troop")).units[0].level == "troop"


def test_unknown_keys_of_every_object_survive_a_round_trip():
    document = {
        "source": {"x": [1, None]},
        "units": [{**ONE, "source": {"x": 1.5}, "x": {"deep": [{}]}}, {**ONE, "id": "b"}],
        "relations": [{"from": "a", "to": "b", "kind": "k", "x": True}],
        "x": "ђ",
    }
    assert json.loads(dump_units(parse(document))) == document


def test_the_bytes_of_a_dump_are_these():
    unit_file = UnitFile(
        units=(Unit("a", "sector", "Сектор", functions=("x",), extra={"y": 1}), Unit("b", "group", "Б", "a", staff=0)),
        title="T",
    )
    assert dump_units(unit_file).decode() == (
        '{\n "title": "T",\n "units": [\n  {\n   "id": "a",\n   "level": "sector",\n   "name": "Сектор",\n'
        '   "functions": [\n    "x"\n   ],\n   "y": 1\n  },\n  {\n   "id": "b",\n   "parent": "a",\n'
        '   "level": "group",\n   "name": "Б",\n   "staff": 0\n  }\n ]\n}\n'
    )


def test_titles_language_and_an_empty_source_are_dumped_too():
    unit_file = UnitFile(units=(Unit("a", "x", "A", source=Source()),), lang="sr", titles={"en": "T"})
    assert json.loads(dump_units(unit_file)) == {
        "titles": {"en": "T"},
        "lang": "sr",
        "units": [{"id": "a", "level": "x", "name": "A", "source": {}}],
    }
    assert parse_units(dump_units(unit_file), "u.json") == unit_file


def test_a_file_without_units_is_not_dumped_and_the_error_has_its_name():
    with pytest.raises(UnitsError) as caught:
        dump_units(UnitFile(name="ours.json"))
    assert str(caught.value) == "ours.json, /units: units is empty; a chart needs at least one unit"


def test_what_could_not_be_loaded_again_is_not_dumped():
    with pytest.raises(UnitsError, match='/units/0: unit "a": parent "z" does not exist'):
        dump_units(UnitFile(units=(Unit("a", "sector", "A", parent="z"),)))
    with pytest.raises(UnitsError, match="a Python set cannot be written as JSON"):
        dump_units(UnitFile(units=(Unit("a", "sector", "A", extra={"x": {1}}),)))
    with pytest.raises(OrgChartError, match='extra holds the key "name", which orgchart knows'):
        dump_units(UnitFile(units=(Unit("a", "sector", "A", extra={"name": "B"}),)))


def test_a_parent_that_does_not_exist_is_named_with_the_one_that_was_meant():
    content = (
        '{"units": [\n\n\n\n {"id": "finance", "level": "sector", "name": "Finance Department"},\n'
        ' {"id": "audit",\n  "parent": "finanse", "level": "group", "name": "Audit"}]}'
    )
    assert refusal(content.encode()) == (
        'u.json, line 7, /units/1: unit "audit": parent "finanse" does not exist; did you mean "finance"?'
    )
    assert 'did you mean "finance"?' in refusal(content.replace("finanse", "Finance department").encode())
    assert 'did you mean "finance"?' in refusal(content.replace("finanse", "Finance Deprtment").encode())
    assert "or leave parent out for a root" in refusal(content.replace("finanse", "qqq").encode())


def test_all_faults_of_a_file_come_in_one_report_in_the_order_of_the_file():
    content = b"""{"lang": "?",
"units": [{"id": "a", "level": 5, "name": ""},
{"id": "a", "level": "x", "name": "A", "staff": -1, "parent": "z"},
7],
"x": 1e999, "x": 1,
"relations": [{"from": "a", "to": "a", "kind": "k"}]}"""
    assert refusal(content).splitlines() == [
        'u.json, line 1, /lang: lang must be a language tag such as "sr-Cyrl" or "en", not "?"',
        'u.json, line 2, /units/0/level: unit "a": level must be text, not a number; write it in double quotes: "5"',
        'u.json, line 2, /units/0/name: unit "a": name is empty; write it out, or leave out what has none',
        'u.json, line 3, /units/1: unit "a": its id stands twice, first in line 2, /units/0; '
        "give one of the two another id",
        'u.json, line 3, /units/1/staff: unit "a": staff must be a whole number from 0 to 10,000,000, not -1',
        'u.json, line 3, /units/1: unit "a": parent "z" does not exist; '
        "write the id of a unit of this file, or leave parent out for a root",
        "u.json, line 4, /units/2: item 3 must be an object, not a number; "
        "write an object with its keys in braces: { }",
        "u.json, line 5, /x: the number 1e999 is too large; write a smaller number",
        'u.json, line 5, /x: key "x" stands twice in one object, first in line 5; keep one of them',
        'u.json, line 6, /relations/0: unit "a" is related to itself; name two different units',
    ]


def test_no_more_than_a_thousand_faults_are_printed():
    lines = refusal({"units": [{"id": str(i), "level": "x", "name": ""} for i in range(1_500)]}).splitlines()
    assert len(lines) == 1_001
    assert lines[-1] == "u.json, and 500 more: only the first 1,000 are listed; correct these first"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"units": [1,]}', "line 1, /units: a comma stands before a closing bracket; delete that comma"),
        ('{"a": 1\n"b": 2}', 'line 1: after this value stands "b"; put a comma between them'),
        ('{"a": [1}', '"}" stands where "]" should close the "[" of line 1'),
        ('{"a": {"b": [1', 'the file ends where a comma or "]" should follow; it was cut off, or "]}}" is missing'),
        ('{"a": "x\ny"}', 'line 1, /a: the text "x" is not closed in its line; close it with "'),
        ("{'a': 1}", '"\'" stands where a key in double quotes should; write straight double quotes: "'),
        ("{„a“: 1}", "write straight double quotes"),
        ('{"a": True}', "True is not JSON; write true, false or null, in small letters"),
        ('{"a": 1 // one\n}', "JSON has no comments"),
        ('{"a" 1}', '"1" stands where a colon after the key "a" should'),
        ('{"a": 01}', '"01" stands where a value should'),
        ('{"a": "\\d"}', "JSON does not know the escape \\d; write a backslash as \\\\"),
        ('{"a": "x\ty"}', "the text holds the control character U+0009; write a tab as \\t"),
        ("{} {}", 'more text follows after the end: "{"'),
    ],
)
def test_broken_grammar_is_explained(text, words):
    assert words in refusal(text.encode())


def test_importing_units_does_not_load_networkx():
    code = "import sys, orgchart.units; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_is_read_with_its_path_as_its_name(tmp_path, monkeypatch):
    file = tmp_path / "u.json"
    file.write_bytes(json.dumps(unit()).encode())
    loaded = load_units(file)
    assert (loaded.units, loaded.name) == ((Unit("a", "sector", "Finance"),), str(file))
    assert parse(unit()).name == "u.json"
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS_BYTES", "10")
    with pytest.raises(UnitsError) as caught:
        load_units(file)
    assert str(caught.value) == (
        f"{file}, the whole file: it has 62 bytes, more than 10, the limit units_bytes; split it by branches, "
        "or raise it: ORGCHART_LIMIT_UNITS_BYTES=62"
    )


def test_a_byte_that_is_not_utf_8_is_told_with_its_line():
    assert refusal(b"\n{\n\xff.\n\n").startswith("u.json, line 3: the file is not UTF-8 (byte 0xFF)")
    assert refusal(b"\xff.\n\n").startswith("u.json, line 1: the file is not UTF-8 (byte 0xFF)")


def test_units_made_in_python_are_looked_through_as_a_tree():
    units = (Unit("q", "x", "Finance"), Unit("b", "x", "B", "finance"), Unit("c", "x", "C", "qq"))
    assert [str(fault) for fault in tree_faults(UnitFile(units=units))] == [
        '/units/1: unit "b": parent "finance" does not exist; did you mean "q"?',
        '/units/2: unit "c": parent "qq" does not exist; did you mean "q"?',
    ]
    assert tree_faults(UnitFile(units=units[:1])) == ()


def test_units_made_elsewhere_have_the_name_they_are_given_and_no_warnings():
    made, findings = checked_units(unit(name="A\u00adB"), "table.csv")
    assert (made.name, made.warnings, len(findings.warnings)) == ("table.csv", (), 1)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(OrgChartError, match=r"nothing\.json: there is no such file; name a units\.json"):
        load_units(tmp_path / "nothing.json")
    with pytest.raises(OrgChartError, match="this is a folder"):
        load_units(tmp_path)


def test_a_warning_has_its_place_and_the_name_stays_as_it_was():
    loaded = parse_units('{"units": [\n{"id": "a", "level": "x", "name": "A\u00adB"}]}'.encode(), "u.json")
    assert loaded.units[0].name == "A\u00adB"
    assert [str(warning) for warning in loaded.warnings] == [
        'line 2, /units/0/name: unit "a": name holds the invisible character U+00AD (SOFT HYPHEN) as character 2; '
        "it is kept as it is; delete it unless it is meant"
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20).filter(
    lambda text: any(character.isalnum() for character in text)
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def unit_files(draw):
    ids = draw(st.lists(TEXTS, min_size=1, max_size=8, unique=True))
    units = []
    for index, unit_id in enumerate(ids):
        parent = draw(st.sampled_from([None, *ids[:index]]))
        source = draw(st.none() | st.builds(Source, article=st.none() | TEXTS, line=st.integers(1, 99)))
        extra = draw(st.dictionaries(TEXTS.map("x-{}".format), JSON_VALUES, max_size=2))
        units.append(
            Unit(
                unit_id,
                draw(TEXTS),
                draw(TEXTS),
                parent,
                functions=tuple(draw(st.lists(TEXTS, max_size=3))),
                placement=draw(st.sampled_from(["line", "staff"])),
                staff=draw(st.none() | st.integers(0, 99)),
                names=draw(st.dictionaries(st.sampled_from(["en", "sr-Latn"]), TEXTS)),
                source=source,
                extra=extra,
            )
        )
    return UnitFile(title=draw(st.none() | TEXTS), units=tuple(draw(st.permutations(units))))


@given(unit_files())
@settings(max_examples=60, deadline=None)
def test_load_after_dump_is_identity_and_the_bytes_stay(unit_file):
    content = dump_units(unit_file)
    loaded = parse_units(content, "u.json")
    assert loaded == unit_file
    assert dump_units(loaded) == content
    jsonschema.validate(json.loads(content), units_schema())


VALID = dump_units(
    UnitFile(
        title="T",
        source=RulebookSource(date="2011"),
        units=(
            Unit("a", "x", "A\nB", extra={"y": [1.5, None, True]}),
            Unit("b", "x", "Б", "a", source=Source("1", 2, 3)),
        ),
        relations=(Relation("a", "b", "k"),),
    )
)
PIECES = [
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\\",
    b"\\u00",
    b"\\ud800",
    b"\x00",
    b"\xff",
    b"NaN",
    b"-",
    b"9" * 30,
]


@given(
    st.lists(st.tuples(st.integers(0, len(VALID)), st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=3)))
)
@settings(max_examples=300, deadline=None)
def test_a_mutated_file_gives_units_or_a_units_error(cuts):
    content = VALID
    for start, length, piece in cuts:
        content = content[:start] + piece + content[start + length :]
    try:
        assert isinstance(parse_units(content, "u.json"), UnitFile)
    except UnitsError as error:
        assert error.faults and all(fault.place and fault.rule for fault in error.faults)


def test_the_example_in_the_documentation_loads_without_warning():
    documentation = (Path(__file__).parent.parent / "docs" / "units.md").read_text(encoding="utf-8")
    example = documentation.split("```json\n")[1].split("```")[0]
    loaded = parse_units(example.encode(), "docs/units.md")
    assert [unit.id for unit in loaded.units] == ["sektor", "budzet", "revizija"]
    assert loaded.warnings == ()


def test_a_file_of_more_than_the_allowed_bytes_is_refused_unread(monkeypatch):
    monkeypatch.setenv("ORGCHART_LIMIT_UNITS_BYTES", "1000")
    assert refusal(b" " * 1_002) == (
        "u.json, the whole file: it has 1,002 bytes, more than 1,000, the limit units_bytes; split it by branches, "
        "or raise it: ORGCHART_LIMIT_UNITS_BYTES=1002"
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("folder", "folder: this is a folder; name a units.json"),
        ("file/units.json", "file/units.json: it cannot be read (Not a directory); name a units.json"),
        ("a\0b", "a\0b: it cannot be read (embedded null byte); name a units.json"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path, monkeypatch, path, said):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").write_bytes(b"")
    with pytest.raises(OrgChartError) as caught:
        load_units(path)
    assert str(caught.value) == said


# Whatever stands in its place, a value that is no value has one fault, its own, and not a second of the key's rule.
@pytest.mark.parametrize(
    "key",
    ["id", "name", "level", "parent", "staff", "placement", "functions", "names", "source", "number", "abbreviation"],
)
def test_a_number_that_is_none_is_told_once_wherever_it_stands(key):
    document = unit(**{key: "VALUE"})
    said = refusal(json.dumps(document).replace('"VALUE"', "NaN").encode())
    assert said.count("\n") == 0
    assert "NaN" in said


@pytest.mark.parametrize("key", ["date", "sha256", "title"])
def test_a_number_that_is_none_is_told_once_in_the_rulebook(key):
    document = {"source": {"title": "T", key: "VALUE"}, "units": [{"id": "a", "level": "group", "name": "A"}]}
    said = refusal(json.dumps(document).replace('"VALUE"', "NaN").encode())
    assert said.count("\n") == 0
    assert "NaN" in said


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({1: "a"}, "a key must be text, not a number"),
        ({"x": "\ud800"}, "lone surrogate"),
        ({"\ud800": 1}, "the key holds a lone surrogate; write the whole character"),
        ({"x": float("inf")}, "inf is not a number that JSON knows; write a number or null"),
        ({"x": float("nan")}, "nan is not a number that JSON knows; write a number or null"),
        ({"x": 10**5000}, "a number has more than"),
        ({"x": {1, 2}}, "a Python set cannot be written as JSON"),
        ({"x": b"a"}, "a Python bytes cannot be written as JSON"),
    ],
)
def test_what_json_cannot_hold_is_refused_in_unknown_keys_of_values_made_elsewhere(extra, said):
    made, findings = checked_units({"units": [{"id": "a", "level": "group", "name": "A", "note": extra}]}, "u.json")
    assert made is None
    (fault,) = findings.faults
    assert said in f"{fault.rule}; {fault.remedy}"


def test_what_json_can_hold_is_kept_in_unknown_keys():
    extra = {"x": [1, -2.5, "a", True, None, {"y": []}]}
    made, findings = checked_units({"units": [{"id": "a", "level": "group", "name": "A", "note": extra}]}, "u.json")
    assert findings.faults == []
    assert made.units[0].extra == {"note": extra}
