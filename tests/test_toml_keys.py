"""What a key of a TOML file may hold, at its edges, and the one form of what it holds."""

from __future__ import annotations

import re

import pytest

from orgchart.toml_keys import Choice, Choices, Key, Number, Switch, Text

NUMBER = Number(1, 0.5, 3, "pt")
CHOICE = Choice("a", ("a", "b"))
ANY, SOME = Choices((), ("a", "b")), Choices(("a",), ("a", "b"), least=1)
WORDS, NAME = Text("", "words", 5), Text("", "a name", 5, re.compile("[a-zX<]+"))


@pytest.mark.parametrize(
    ("key", "value", "form"),
    [
        (NUMBER, 0.5, 0.5),
        (NUMBER, 3, 3.0),
        (CHOICE, "b", "b"),
        (Switch(False), True, True),
        (ANY, [], ()),
        (ANY, ["b", "a"], ("a", "b")),
        (ANY, ("b",), ("b",)),
        (SOME, ["b"], ("b",)),
        (WORDS, "X X", "X X"),
        (WORDS, "aaaaa", "aaaaa"),
        (WORDS, "", ""),
        (NAME, "a<X", "a<X"),
    ],
)
def test_what_is_allowed_is_accepted_in_one_form(key: Key, value: object, form: object) -> None:
    assert key.accepts(value)
    cleaned = key.cleaned(value)
    assert (cleaned, type(cleaned)) == (form, type(form))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (NUMBER, 0.49),
        (NUMBER, 3.01),
        (NUMBER, True),
        (NUMBER, "1"),
        (NUMBER, float("nan")),
        (CHOICE, "c"),
        (CHOICE, ["a"]),
        (Switch(False), 1),
        (ANY, "a"),
        (ANY, "ab"),
        (ANY, ["c"]),
        (ANY, ["a", "a"]),
        (ANY, [1]),
        (ANY, ["a", ["b"]]),
        (SOME, []),
        (WORDS, "aaaaaa"),
        (WORDS, 5),
        (WORDS, "a\tb"),
        (WORDS, "a<"),
        (WORDS, ">"),
        (WORDS, "\\"),
        (NAME, "a1"),
        (NAME, "aaaaaa"),
        (NAME, ""),
    ],
)
def test_what_is_not_allowed_is_not_accepted(key: Key, value: object) -> None:
    assert not key.accepts(value)


@pytest.mark.parametrize(
    ("key", "allowed"),
    [
        (NUMBER, "a number from 0.5 to 3 (pt)"),
        (Number(1, 0, 3, ""), "a number from 0 to 3"),
        (CHOICE, 'one of "a", "b"'),
        (Switch(False), "true or false"),
        (ANY, 'a list of any of "a", "b"'),
        (SOME, 'a list of one or more of "a", "b"'),
        (WORDS, "words"),
    ],
)
def test_what_is_allowed_is_said_in_words(key: Key, allowed: str) -> None:
    assert key.allowed == allowed
