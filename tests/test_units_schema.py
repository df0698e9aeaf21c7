"""The schema that is published and the loader: what both refuse, and what the loader alone can."""

import json

import jsonschema
import pytest

from orgchart.units import units_schema
from tests.given_units import refusal, unit

# Each document breaks one rule that a schema can express; the words must stand in the loader's sentence.
EXPRESSIBLE = {
    "list": ([], "the file must be an object, not a list"),
    "empty object": ({}, '"units" is missing'),
    "null units": ({"units": None}, '"units" is null'),
    "units object": ({"units": {}}, "units must be a list, not an object"),
    "no unit": ({"units": []}, "units is empty"),
    "unit text": ({"units": ["a"]}, "item 1 must be an object, not text"),
    "no id": ({"units": [{"level": "x", "name": "n"}]}, '"id" is missing; give it an id, e.g. "id": "finance"'),
    "no level": ({"units": [{"id": "a", "name": "n"}]}, '"level" is missing'),
    "no name": ({"units": [{"id": "a", "level": "x"}]}, '"name" is missing'),
    "null name": (unit(name=None), '"name" is null'),
    "number id": (unit(id=1), 'id must be text, not a number; write it in double quotes: "1"'),
    "true id": (unit(id=True), "id must be text, not true"),
    "blank id": (unit(id=" "), "id is blank"),
    "long id": (unit(id="x" * 201), "id has 201 characters; at most 200 are allowed"),
    "newline in id": (unit(id="a\nb"), "id holds the control character U+000A as character 2"),
    "final newline in id": (unit(id="a\n"), "id holds the control character U+000A as character 2"),
    "list parent": (unit(parent=["a"]), "parent must be text, not a list"),
    "empty parent": (unit(parent=""), "parent is empty"),
    "empty name": (unit(name=""), "name is empty"),
    "blank name": (unit(name=" \n\t "), "name is blank"),
    "long name": (unit(name="x" * 2_001), "name has 2,001 characters; at most 2,000 are allowed"),
    "bell": (unit(name="a\x07"), "name holds the control character U+0007 as character 2; delete it"),
    "delete": (unit(name="a\x7f"), "name holds the control character U+007F"),
    "C1": (unit(name="a\x85"), "name holds the control character U+0085"),
    "noncharacter": (unit(name="a\ufffe"), "name holds the noncharacter U+FFFE"),
    "empty number": (unit(number=""), "number is empty"),
    "number as number": (unit(number=1), 'number must be text, not a number; write it in double quotes: "1"'),
    "abbreviation": (unit(abbreviation={}), "abbreviation must be text, not an object"),
    "functions text": (unit(functions="x"), "functions must be a list, not text; put it in square brackets: [ ]"),
    "function number": (unit(functions=["x", 2]), '/units/0/functions/1: unit "a": item 2 must be text'),
    "function empty": (unit(functions=[""]), "item 1 is empty"),
    "function long": (unit(functions=["x" * 20_001]), "item 1 has 20,001 characters; at most 20,000 are allowed"),
    "placement": (unit(placement="side"), 'placement "side" is not allowed; write "line" or "staff"'),
    "placement list": (unit(placement=["line"]), "placement a list is not allowed"),
    "staff negative": (unit(staff=-3), "staff must be a whole number from 0 to 10,000,000, not -3"),
    "staff huge": (unit(staff=10**9), "staff must be a whole number from 0 to 10,000,000, not 1000000000"),
    "staff half": (unit(staff=1.5), "not 1.5"),
    "staff true": (unit(staff=True), "staff must be a whole number from 0 to 10,000,000, not true"),
    "names list": (unit(names=["x"]), "names must be an object, not a list"),
    "names language": (unit(names={"english!": "x"}), 'names has "english!", which is no language'),
    "names blank": (unit(names={"en": " "}), '/units/0/names/en: unit "a": en is blank'),
    "source text": (unit(source="line 3"), "source must be an object, not text"),
    "article": (unit(source={"article": 3}), "article must be text"),
    "line zero": (unit(source={"line": 0}), "line must be a whole number from 1 to 10,000,000, not 0"),
    "end without line": (unit(source={"end_line": 3}), "source has an end_line but no line; give the first line too"),
    "title": ({**unit(), "title": 5}, "title must be text"),
    "lang": ({**unit(), "lang": "sr_RS"}, 'lang must be a language tag such as "sr-Cyrl" or "en", not "sr_RS"'),
    "rulebook": ({**unit(), "source": []}, "source must be an object, not a list"),
    "date": ({**unit(), "source": {"date": "1.4.2011."}}, 'date must be a date such as "2011-04-01", not "1.4.2011."'),
    "sha256": ({**unit(), "source": {"sha256": "ab"}}, 'sha256 must be 64 hexadecimal digits, not "ab"'),
    "relations": ({**unit(), "relations": {}}, "relations must be a list"),
    "relation": ({**unit(), "relations": ["a"]}, "/relations/0: item 1 must be an object"),
    "relation without kind": ({**unit(), "relations": [{"from": "a", "to": "b"}]}, '"kind" is missing'),
}

# Rules that join several places, which no schema can express.
INEXPRESSIBLE = {
    "no such day": ({**unit(), "source": {"date": "2011-02-30"}}, 'date must be a date such as "2011-04-01"'),
    "end before line": (unit(source={"line": 9, "end_line": 3}), "end_line 3 is before line 9"),
    "relation": (
        {**unit(), "relations": [{"from": "A", "to": "q", "kind": "k"}]},
        'from "A" does not exist; did you mean "a"?',
    ),
    "only invisible": (unit(name="\u200b"), "name is blank"),
    "float": (unit(staff=2.0), "staff must be a whole number"),
    "nested": (unit(x=json.loads("[" * 70 + "]" * 70)), "brackets are nested more than 64 deep"),
}


@pytest.mark.parametrize("case", EXPRESSIBLE)
def test_what_a_schema_can_refuse_both_the_loader_and_the_schema_refuse(case):
    document, words = EXPRESSIBLE[case]
    assert words in refusal(document)
    assert not jsonschema.Draft202012Validator(units_schema()).is_valid(document)


@pytest.mark.parametrize("case", INEXPRESSIBLE)
def test_what_a_schema_cannot_refuse_the_loader_refuses(case):
    document, words = INEXPRESSIBLE[case]
    assert words in refusal(document)


def test_the_schema_is_one_and_explains_every_key():
    schema = units_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        waiting += [*part.get("properties", {}).values(), *part.get("$defs", {}).values()]
        assert "$ref" in part or (part["title"] and part["description"]), part
