"""A source of chance, in; hostile units files, out: names, fields, trees, grammar, encodings, and files made by damage."""

# ruff: noqa: E501 - one case, one line

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from tests.hostile.case import FINE, REFUSED, Case

DRAW = "render {file} -f svg -o -"
GOOD = {
    "title": "Сектор",
    "units": [
        {"id": "top", "level": "sector", "name": "Сектор"},
        {"id": "un", "parent": "top", "level": "department", "name": "Одељење", "functions": ["ради"], "staff": 3},
        {"id": "os", "parent": "top", "level": "section", "name": "Одсек", "source": {"article": "2", "line": 3}},
    ],
    "relations": [{"from": "un", "to": "os", "kind": "coordinates"}],
}
LITERAL = (
    'He said "hi"', "a\\b", "trailing a\\", "\\N \\G \\l", "<b>", "<b>x</b>", "<>", "&", "&lt;", "&#0;", "&#x1;",
    "&#xD800;", "&amp;amp;", "]]>", "<![CDATA[x]]>", "<!--", "-->", "'", "%s {0} ${x} {{x}}", "</svg>", "</text>",
    "</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "';DROP TABLE units;--",
    "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "../../../etc/passwd", "C:\\con", "a:b", "n1 -> n2;", "]; x [", "{a|b}",
    "graph", "strict digraph {", "/* x */", "// x", "# x", "$(rm -rf ~)", "`id`", "\\\\server\\share", "\\u0041",
    "NULL", "null", "NaN", "__proto__", "constructor", "😀 👩\u200d💻", "وزارة", "משרד", "财政部", "e" + "\u0301" * 30,
    "Z̸̢̛a̷l̴g̵o̶", "ǅ ǆ ß ŉ İ ı", "\u00a0x\u00a0", "ﷺ", "𝒳𝓎𝓏", "🏳️\u200d🌈", "ｆｕｌｌ", "①②③", "\t tab", "two\nlines",
    "\ufffd", "\ue000", "\U0010fffd",
)  # fmt: skip
TEXTS = {"name": 2_000, "id": 200, "level": 200, "number": 200, "abbreviation": 200, "parent": 200}
WRONG: dict[str, Any] = {"a number": 7, "a list": ["x"], "an object": {"x": 1}, "true": True, "a float": 1.5}
TYPED = {
    "id": "text", "parent": "text", "level": "text", "name": "text", "number": "text", "abbreviation": "text",
    "functions": "a list", "names": "an object", "source": "an object",
}  # fmt: skip


def units_cases(chance: random.Random) -> Iterator[Case]:
    for cases in (_names, _characters, _texts, _types, _trees, _grammar, _numbers, _encodings, _damaged, _large):
        yield from cases(chance)


def _one(name: str, content: bytes | Any, said: str | None, code: int = REFUSED, **more: Any) -> Case:
    return Case(f"units-{name}", "units.json", "units.json", DRAW, content, code, said, **more)


def _file(*units: dict[str, Any], **keys: Any) -> bytes:
    return json.dumps({**keys, "units": list(units)}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unit(**keys: Any) -> dict[str, Any]:
    return {"id": "a", "level": "x", "name": "N", **keys}


def _drawn(name: str, *names: str, **more: Any) -> Case:
    units = [_unit(id=f"u{n}", name=each, **({"parent": "u0"} if n else {})) for n, each in enumerate(names)]
    return _one(name, _file(*units), None, FINE, names=names, **more)


def _names(chance: random.Random) -> Iterator[Case]:
    for number, name in enumerate(LITERAL):
        yield _drawn(f"literal-{number:02}", name, "Одсек")
    pieces = [*LITERAL, *"<>&\"'\\/|{}[]()#;:=%@!?.,~^$*+-_ ", "Одсек", "за", "послове"]
    for number in range(40):
        names = ("".join(chance.choices(pieces, k=chance.randint(2, 9))).strip() for _ in range(6))
        yield _drawn(f"mixed-{number:02}", *(f"x{name}" for name in names))
    for number, unit_id in enumerate(
        (
            "../../x",
            "/etc/x",
            "con",
            "-rf",
            "a:b",
            "graph",
            "001",
            "A",
            "é",
            "e\u0301",
            ".",
            "..",
            "nul.txt",
            "a/b",
            "x" * 200,
        )
    ):
        units = _file(_unit(id=unit_id, name="Сектор"))
        yield _one(f"id-{number:02}", units, None, FINE, names=("Сектор",))
        yield Case(
            f"units-folder-{number:02}", "units.json", "units.json", "render {file} -f dot,mermaid -o made", units, FINE
        )


def _characters(_: random.Random) -> Iterator[Case]:
    forbidden = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"]
    for code in forbidden:
        yield _one(
            f"control-{code:02x}", _escaped(chr(code)), f"holds the control character U+{code:04X} as character 2"
        )
    for code in (0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF):
        yield _one(f"noncharacter-{code:x}", _escaped(chr(code)), f"holds the noncharacter U+{code:04X} as character 2")
    for code in (0xD800, 0xDBFF, 0xDC00, 0xDFFF):
        yield _one(f"surrogate-{code:x}", _escaped(chr(code)), f"holds the lone surrogate U+{code:04X} as character 2")
        yield _one(f"raw-surrogate-{code:x}", _file(_unit(name=f"x{chr(code)}")), "the file is not UTF-8")
    for code in (0x00, 0x07, 0x1B, 0x1F):
        raw = _file(_unit(name="x?y")).replace(b"?", bytes([code]))
        yield _one(f"raw-control-{code:02x}", raw, f"the text holds the control character U+{code:04X}")
    for code in (0x202E, 0x200B, 0x2066, 0xFEFF, 0xAD, 0x2028):
        name = f"a{chr(code)}b"
        yield _one(f"invisible-{code:x}", _file(_unit(name=name)), f"holds the invisible character U+{code:04X}", FINE)


def _escaped(character: str) -> bytes:
    return json.dumps({"units": [_unit(name=f"x{character}y")]}).encode()


def _texts(_: random.Random) -> Iterator[Case]:
    for key, most in TEXTS.items():
        yield _one(f"long-{key}", _file(_unit(**{key: "я" * (most + 1)})), f"{key} has {most + 1:,} characters")
        for number, blank in enumerate(("", " ", "\u200b\u2060", "\u00a0\n")):
            if not (key != "name" and "\n" in blank):
                yield _one(f"blank-{key}-{number}", _file(_unit(**{key: blank})), f"{key} is ")
    yield _one("long-function", _file(_unit(functions=["я" * 20_001])), "has 20,001 characters; at most 20,000")
    yield _drawn("name-of-2000", "я" * 2_000)
    yield _one("name-of-a-million", _file(_unit(name="я" * 1_000_000)), "name has 1,000,000 characters")


def _types(_: random.Random) -> Iterator[Case]:
    for key, wanted in TYPED.items():
        for called, value in WRONG.items():
            if not wanted.startswith(called):
                yield _one(
                    f"type-{key}-{called.replace(' ', '-')}", _file(_unit(**{key: value})), f"{key} must be {wanted}"
                )
    for key in ("id", "level", "name"):
        unit = _unit()
        del unit[key]
        yield _one(f"missing-{key}", _file(unit), f'"{key}" is missing')
        yield _one(f"null-{key}", _file(_unit(**{key: None})), f'"{key}" is null')
    for key, value, said in (
        ("placement", "left", 'placement "left" is not allowed'), ("arrange", "spiral", 'arrange "spiral" is not allowed'),
        ("names", {"x y": "N"}, 'names has "x y", which is no language'), ("staff", -1, "staff must be a whole number"),
        ("staff", 10_000_001, "staff must be a whole number"), ("staff", 1.5, "staff must be"), ("staff", "3", "staff must be"),
        ("source", {"line": 0}, "line must be a whole number"), ("source", {"line": 9, "end_line": 3}, "end_line"),
    ):  # fmt: skip
        yield _one(f"value-{key}-{said[-12:].replace(' ', '-')}-{str(value)[:6]}", _file(_unit(**{key: value})), said)
    for key, value in (("date", "1 April"), ("date", "2011-02-30"), ("sha256", "x" * 64), ("file", 7)):
        yield _one(f"rulebook-{key}-{value}"[:40], _file(_unit(), source={key: value}), f"{key} must be ")
    for number, content in enumerate(
        (b"[]", b"{}", b"null", b"0", b'""', b"true", b'{"units": {}}', b'{"units": []}', b'{"units": 1}')
    ):
        yield _one(f"top-{number}", content, "")
    for number, content in enumerate((b"", b" \n", b"\xef\xbb\xbf", b"\x00")):
        yield _one(f"empty-{number}", content, "units.json")


def _trees(chance: random.Random) -> Iterator[Case]:
    for length in (1, 2, 3, 7, 30, 101, 5_000):
        units = [_unit(id=f"c{n}", parent=f"c{(n + 1) % length}") for n in range(length)]
        chance.shuffle(units)
        said = "it is its own parent" if length == 1 else "the parents go round in a circle"
        yield _one(f"circle-{length}", _file(_unit(id="r"), *units), said)
    for number in range(10):
        wanted = f"top{chance.randint(2, 99)}"
        yield _one(
            f"dangling-{number}", _file(_unit(id="top"), _unit(id="b", parent=wanted)), f'parent "{wanted}" does not'
        )
        yield _one(
            f"twice-{number}",
            _file(*[_unit(id=f"a{n % 3}") for n in range(3 + number)][: 4 + number]),
            "stands twice" if number else None,
            REFUSED if number else FINE,
        )
    yield _one("tie-nowhere", _file(_unit(), relations=[{"from": "a", "to": "z", "kind": "x"}]), '"z"')
    yield _one("tie-itself", _file(_unit(), relations=[{"from": "a", "to": "a", "kind": "x"}]), None, REFUSED)
    yield _one("tie-kindless", _file(_unit(), relations=[{"from": "a", "to": "a"}]), '"kind" is missing')
    yield _one("a-thousand-faults", _file(*[_unit(id=f"a{n}", parent="x") for n in range(1_500)]), "and 500 more")
    yield _drawn("forest-of-50", *(f"Сектор {n}" for n in range(50)))
    chain = [_unit(id=f"u{n}", name=f"N{n}", **({"parent": f"u{n - 1}"} if n else {})) for n in range(5_000)]
    names = tuple(f"N{n}" for n in range(5_000))
    yield Case(
        "units-chain-of-5000",
        "units.json",
        "units.json",
        f"{DRAW} --atlas never",
        _file(*chain),
        FINE,
        names=names,
        slow=True,
    )


def _grammar(chance: random.Random) -> Iterator[Case]:
    good = _file(*GOOD["units"]).decode()
    for number, (old, new, said) in enumerate(
        (
            ("[", "[,", "units.json, line 1"), ("]", ",]", "units.json, line 1"), ('"', "“", "line 1"), (":", "=", "line 1"),
            ("{", "{/* x */", "line 1"), ('"sector"', "'sector'", "line 1"), ('"sector"', "sector", "line 1"),
            ('"sector"', "TRUE", "line 1"), ('"sector"', '"sector" "x"', "line 1"), ('"sector"', '"sec\ntor"', "line 1"),
            ('"sector"', '"\\x41"', "line 1"), ('"sector"', '"\\u12"', "line 1"), ("3", "03", "line 1"), ("3", "+3", "line 1"),
            ("3", "3.", "line 1"), ("3", ".3", "line 1"), ("3", "0x3", "line 1"), ("3", "3e", "line 1"), ("3", "--3", "line 1"),
        )
    ):  # fmt: skip
        yield _one(f"grammar-{number:02}", good.replace(old, new, 1).encode(), said)
    for number, tail in enumerate(("}", "]", "x", "{}", "\x00", ",", "//")):
        yield _one(f"tail-{number}", (good + tail).encode(), "line 1")
    for number in range(24):
        cut = good.encode()[: chance.randrange(1, len(good.encode()) - 1)]
        yield _one(f"cut-{number:02}", cut, "units.json, line 1")
    for key in ("id", "level", "name", "units", "staff", "x"):
        text = good.replace('"staff": 3', '"staff": 3, "x": 1').replace(f'"{key}": ', f'"{key}": 1, "{key}": ', 1)
        yield _one(f"key-twice-{key}", text.encode(), f'key "{key}" stands twice')


def _numbers(_: random.Random) -> Iterator[Case]:
    for number, (text, said) in enumerate(
        (
            ("NaN", "NaN is not a number that JSON knows"), ("Infinity", "Infinity is not a number"),
            ("-Infinity", "-Infinity is not a number"), ("1e999", "the number 1e999 is too large"),
            ("-1e999", "the number -1e999 is too large"), ("9" * 5_000, "a number of 5,000 digits"),
            ("1." + "9" * 5_000, "a number of 5,001 "), ("-" + "9" * 1_001, "a number of 1,001 digits"),
        )
    ):  # fmt: skip
        said_here = None if "5,001" in said else said
        yield _one(
            f"number-{number}",
            b'{"units": [{"id": "a", "level": "x", "name": "N", "x": %s}]}' % text.encode(),
            said_here,
        )
    for number, text in enumerate(
        ("[" * 65, "[" * 100_000, '{"a":' * 100, '{"a":' * 100_000, "[" * 70 + "]" * 70, '[{"a":' * 5_000)
    ):
        yield _one(
            f"nested-{number}",
            b'{"units": [{"id": "a", "level": "x", "name": "N", "x": %s}]}' % text.encode(),
            "nested more than 64 deep",
        )
        # A list of lists that closes is no units file, however deep.
        yield _one(
            f"nested-alone-{number}", text.encode(), "the file must be an object" if text[-1] == "]" else "nested more"
        )


def _encodings(_: random.Random) -> Iterator[Case]:
    text = _file(_unit(name="Büro für Maße Čačak")).decode()
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1250", "iso8859_2", "mac_latin2"):
        yield _one(f"encoding-{codec}", text.encode(codec), "not UTF-8")
    for codec in ("cp1251", "iso8859_5", "koi8-r"):
        yield _one(f"encoding-{codec}", _file(_unit(name="Одсек за послове")).decode().encode(codec), "not UTF-8")
    yield _one("bom", b"\xef\xbb\xbf" + _file(_unit(name="Одсек")), None, FINE, names=("Одсек",))
    yield _one("two-boms", b"\xef\xbb\xbf\xef\xbb\xbf" + _file(_unit()), "units.json, line 1")
    for number, wrong in enumerate((b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80")):
        yield _one(f"bytes-{number}", _file(_unit(name="x?y")).replace(b"?", wrong), "the file is not UTF-8")
    for number, content in enumerate(
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            b"%PDF-1.7\n\xe2\xe3",
            b"PK\x03\x04" + bytes(99),
            b"\x7fELF" + bytes(range(200)),
        )
    ):
        yield _one(f"another-{number}", content, "units.json")


def _damaged(chance: random.Random) -> Iterator[Case]:
    """A good file with some bytes changed; how each ends stands in the manifest."""
    good = json.dumps(GOOD, ensure_ascii=False).encode()
    for number in range(60):
        changed = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(changed))
            match chance.randrange(3):
                case 0:
                    changed[place] = chance.randrange(256)
                case 1:
                    del changed[place : place + chance.randint(1, 9)]
                case _:
                    changed[place:place] = bytes(chance.choices(b'{}[]",:\\0919 \n\xd0\x00', k=chance.randint(1, 4)))
        yield Case(f"units-damaged-{number:02}", "units.json", "units.json", DRAW, bytes(changed))


def _large(_: random.Random) -> Iterator[Case]:
    def many() -> bytes:
        return (
            b'{"units": [' + b",".join(b'{"id": "%d", "level": "x", "name": "N"}' % n for n in range(200_001)) + b"]}"
        )

    yield _one("too-many", many, "the file has 200,001 units", slow=True)
    yield _one("too-large", lambda: b" " * 100_000_002, "100,000,000, the limit units_bytes", slow=True)
    yield _one("a-long-text", lambda: b'{"units": "' + b"x" * 30_000_000, "units.json, line 1", slow=True)
