"""A units file as a value, in; its units, or the sentence that refuses it, out."""

import json

import pytest

from orgchart.errors import UnitsError
from orgchart.units import parse_units

ONE = {"id": "a", "level": "sector", "name": "Finance"}


def parse(document):
    return parse_units(json.dumps(document).encode(), "u.json")


def unit(**keys):
    return {"units": [{**ONE, **keys}]}


def refusal(content):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(UnitsError) as caught:
        parse_units(content, "u.json")
    return str(caught.value)
