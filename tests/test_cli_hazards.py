"""Hostile units files, from the command line to the files: drawn exactly as written, or refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.charts import SVG, pdf_text, read_svg, svg_names, unit, units_file
from tests.conftest import Run

Command = Callable[..., Run]


def named(name: str) -> bytes:
    return json.dumps({"units": [{"id": "a", "level": "x", "name": name}]}).encode()


def keyed(text: str) -> bytes:
    """A file whose one unit has one more key, written as it stands."""
    return b'{"units": [{"id": "a", "level": "x", "name": "N", %s}]}' % text.encode()


CONTROLS = [code for code in range(0x20) if chr(code) not in "\t\n\r"]
BAD = {
    **{
        f"7 a control character, {code:#04x}": (
            named(f"x{chr(code)}y"),
            f'/units/0/name: unit "a": name holds the control character U+{code:04X} as character 2; delete it',
        )
        for code in CONTROLS
    },
    "7 a noncharacter": (
        named("x\ufffey"), '/units/0/name: unit "a": name holds the noncharacter U+FFFE as character 2; delete it',
    ),
    "7 a raw control character": (
        b'{"units": [{"id": "a", "level": "x", "name": "x\x07y"}]}',
        "/units/0/name: the text holds the control character U+0007; delete it",
    ),
    "8 a lone surrogate": (
        named("x\ud800y"),
        'unit "a": name holds the lone surrogate U+D800 as character 2; it is half a character: write the whole one',
    ),
    "14 a name of 10,000 characters": (
        named("n" * 10_000), 'unit "a": name has 10,000 characters; at most 2,000 are allowed',
    ),
    "15 an empty name": (named(""), 'unit "a": name is empty; write it out'),
    "15 a blank name": (named(" \t\n"), 'unit "a": name is blank; write it out'),
    "20 a circle of three": (
        units_file(unit("r"), unit("a", "A", "c"), unit("b", "B", "a"), unit("c", "C", "b")),
        "the parents go round in a circle: a → c → b → a (each → leads to the parent); "
        "give one of them a parent outside the circle, or none",
    ),
    "21 its own parent": (units_file(unit("a", "A", "a")), 'unit "a": it is its own parent; write the id of another'),
    "22 a missing parent": (
        units_file(unit("finance"), unit("audit", "Audit", "finanse")),
        'unit "audit": parent "finanse" does not exist; did you mean "finance"?',
    ),
    "24 an id twice": (
        units_file(unit("a"), unit("b", "B", "a"), unit("a", "C")),
        '/units/2: unit "a": its id stands twice, first in line 1, /units/0; give one of the two another id',
    ),
    "25 a key twice": (keyed('"staff": 1, "staff": 2'), 'key "staff" stands twice in one object, first in line 1'),
    "26 NaN": (keyed('"staff": NaN'), "/units/0/staff: NaN is not a number that JSON knows"),
    "26 too large": (keyed('"x": 1e999'), "/units/0/x: the number 1e999 is too large"),
    "26 too long": (keyed('"x": ' + "9" * 5000), "a number of 5,000 digits; at most 1,000 are allowed"),
    "27 UTF-16": (named("Одсек").decode().encode("utf-16"), "the file is not UTF-8: it looks like UTF-16; save the"),
    "27 Latin-1": (
        '{"units": [{"id": "a", "level": "x", "name": "Büro für Maße"}]}'.encode("latin-1"),
        "the file is not UTF-8 (byte 0xFC): it looks like Latin-1 (ISO-8859-1, Windows-1252); save the file as UTF-8",
    ),
    "28 a list": (b"[]", "the file must be an object, not a list"),
    "28 an empty object": (b"{}", '"units" is missing; add "units": [ … ] with at least one unit'),
    "28 an empty file": (b"", "the file is empty; write at least"),
    "28 no units": (b'{"units": []}', "/units: units is empty; a chart needs at least one unit"),
    "29 deep nesting": (
        b"[" * 100_000, "brackets are nested more than 64 deep; a units file needs no more than five levels",
    ),
    "29 deep nesting in an unknown key": (
        keyed('"x": ' + "[" * 100_000 + "]" * 100_000), "brackets are nested more than 64 deep",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "the file is not UTF-8 (byte 0x89): it looks like"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_in_a_sentence_and_the_old_chart_stays(
    here: Command, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "units.json").write_bytes(content)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "a.svg").write_bytes(b"old")
    run = here("render", "units.json", "--format", "svg")
    assert (run.code, run.out) == (2, b"")
    assert run.err.startswith("error: units.json, line 1")
    assert said in run.err
    assert "Traceback" not in run.err
    assert [(file.name, file.read_bytes()) for file in (tmp_path / "output").iterdir()] == [("a.svg", b"old")]


LITERAL = (
    'He said "hi"', "a\\b", "trailing a\\", "\\N \\G \\l", "<b>", "<b>x</b>", "<>", "&", "&lt;", "&#0;", "&#x1;",
    "&#xD800;", "]]>", "<!--", "'", "%s {0}", "</svg>", "</title><script>alert(1)</script>",
)  # fmt: skip


def test_hostile_names_stand_letter_by_letter_in_the_svg_and_the_pdf(here: Command, tmp_path: Path) -> None:
    units = [unit(f"u{number}", name, "u0" if number else None) for number, name in enumerate(LITERAL)]
    (tmp_path / "units.json").write_bytes(units_file(*units))
    run = here("render", "units.json", "--page", "A3", "--format", "svg,pdf")
    assert (run.code, run.err) == (0, "")
    svg = (tmp_path / "output" / "u0.svg").read_bytes()
    drawn = svg_names(svg)
    assert [" ".join(drawn[f"u{number}"]) for number in range(len(LITERAL))] == list(LITERAL)
    titles = [group.findtext(f"{SVG}title") for group in read_svg(svg).iter(f"{SVG}g") if group.get("data-unit")]
    assert titles == [f"{LITERAL[0]}, group, {len(LITERAL) - 1} units below", *(f"{n}, group" for n in LITERAL[1:])]
    assert list(read_svg(svg).iter(f"{SVG}script")) == []
    assert pdf_text((tmp_path / "output" / "u0.pdf").read_bytes()) == " ".join(LITERAL)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_a_line_break_in_a_name_breaks_the_line(here: Command, tmp_path: Path, break_: str) -> None:
    (tmp_path / "units.json").write_bytes(named(f"Finance{break_}and Audit"))
    assert here("render", "units.json", "-f", "svg,pdf").code == 0
    assert svg_names((tmp_path / "output" / "a.svg").read_bytes()) == {"a": ["Finance", "and Audit"]}
    assert pdf_text((tmp_path / "output" / "a.pdf").read_bytes()) == "Finance and Audit"


def test_an_empty_line_in_a_name_stays_empty(here: Command, tmp_path: Path) -> None:
    (tmp_path / "units.json").write_bytes(named("Finance\n\nAudit"))
    assert here("render", "units.json", "-f", "svg,pdf,png").code == 0
    assert svg_names((tmp_path / "output" / "a.svg").read_bytes()) == {"a": ["Finance", "Audit"]}
    assert pdf_text((tmp_path / "output" / "a.pdf").read_bytes()) == "Finance Audit"


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("Family 👨‍👩‍👧", "👧 (U+1F467)"),
        ("العربية", "ا (U+0627)"),
        ("שלום עולם", "ו (U+05D5)"),
        ("中文机构", "中 (U+4E2D)"),
    ],
)
def test_a_script_that_the_font_lacks_is_whole_in_the_svg_and_refused_for_paper(
    here: Command, tmp_path: Path, name: str, sign: str
) -> None:
    (tmp_path / "units.json").write_bytes(named(name))
    run = here("render", "units.json", "-f", "svg")
    assert run.code == 0
    assert run.err.startswith(f'warning: font "PT Sans" has no glyph for {sign}')
    assert 'used in unit "a"; choose another font' in run.err
    assert svg_names((tmp_path / "output" / "a.svg").read_bytes()) == {"a": [name]}
    for paper in ("pdf", "png"):
        refused = here("render", "units.json", "-f", paper)
        assert (refused.code, refused.out) == (2, b"")
        assert f'error: "{name}" cannot be drawn as {paper}: font "PT Sans" has no glyph for {sign}' in refused.err
    assert [file.name for file in (tmp_path / "output").iterdir()] == ["a.svg"]


def test_invisible_characters_are_drawn_with_a_warning(here: Command, tmp_path: Path) -> None:
    (tmp_path / "units.json").write_bytes(named("a\u202eb\u200bc"))
    run = here("render", "units.json", "-f", "svg,pdf")
    assert run.code == 0
    assert "holds the invisible character U+202E (RIGHT-TO-LEFT OVERRIDE) as character 2; it is kept" in run.err
    assert "holds the invisible character U+200B (ZERO WIDTH SPACE) as character 4; it is kept" in run.err
    assert svg_names((tmp_path / "output" / "a.svg").read_bytes()) == {"a": ["a\u202eb\u200bc"]}


@pytest.mark.parametrize("name", ["e" + "\u0301" * 50, ("реч " * 500).strip(), "x" * 2_000])
def test_long_and_heaped_names_are_drawn_whole(here: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "units.json").write_bytes(named(name))
    assert here("render", "units.json", "-f", "svg,pdf,dot").code == 0
    lines = svg_names((tmp_path / "output" / "a.svg").read_bytes())["a"]
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")


def test_ids_that_other_programs_take_for_one_stay_distinct(here: Command, tmp_path: Path) -> None:
    ids = ["a:b", "graph", "001", "1", "A", "a", "\u00e9", "e\u0301", '"', "<", "n1", "__proto__"]
    (tmp_path / "units.json").write_bytes(units_file(*(unit(unit_id, f"Unit {n}") for n, unit_id in enumerate(ids))))
    assert here("render", "units.json", "-f", "svg,dot", "--page", "A3").code == 0
    drawn = svg_names((tmp_path / "output" / "units.svg").read_bytes())
    assert drawn == {unit_id: [f"Unit {number}"] for number, unit_id in enumerate(ids)}


@pytest.mark.parametrize(
    ("unit_id", "file"),
    [
        ("a", "a.dot"),
        ("A", "a-559aead0.dot"),
        ("\u00e9", "chart-4a99557e.dot"),
        ("e\u0301", "e-bf12767b.dot"),
        ("../../x", "x-9cdf6a50.dot"),
        ("/etc/x", "etc-x-4074fa01.dot"),
        ("con", "con-1143da2b.dot"),
        ("-rf", "rf-686c39ac.dot"),
        ("одсек", "chart-6aabe86c.dot"),
    ],
)
def test_the_id_of_a_root_gives_a_file_name_that_is_safe_and_its_own(
    here: Command, tmp_path: Path, unit_id: str, file: str
) -> None:
    (tmp_path / "units.json").write_bytes(units_file(unit(unit_id)))
    run = here("render", "units.json", "-f", "dot")
    assert run.code == 0
    assert [str(found.relative_to(tmp_path)) for found in tmp_path.rglob("*.dot")] == [f"output/{file}"]


def test_two_roots_are_one_chart_named_after_the_units_file(here: Command, tmp_path: Path) -> None:
    (tmp_path / "two.json").write_bytes(units_file(unit("a", "A"), unit("b", "B")))
    assert here("render", "two.json", "-f", "svg").out == b"output/two.svg\n"
    assert svg_names((tmp_path / "output" / "two.svg").read_bytes()) == {"a": ["A"], "b": ["B"]}


def test_a_byte_order_mark_is_accepted(here: Command, tmp_path: Path) -> None:
    (tmp_path / "units.json").write_bytes(b"\xef\xbb\xbf" + named("Finance"))
    assert svg_names(here("render", "units.json", "-f", "svg", "-o", "-").out) == {"a": ["Finance"]}


def test_a_chain_of_1000_units_is_drawn(here: Command, tmp_path: Path) -> None:
    chain = [unit(f"u{number}", "Unit", f"u{number - 1}" if number else None) for number in range(1_000)]
    (tmp_path / "units.json").write_bytes(units_file(*chain))
    run = here("render", "units.json", "-f", "svg,pdf,dot", "--atlas", "never")
    assert run.code == 0
    assert len(svg_names((tmp_path / "output" / "u0.svg").read_bytes())) == 1_000


def test_400_siblings_are_drawn_in_every_format(here: Command, tmp_path: Path) -> None:
    units = [unit("top"), *(unit(f"u{number}", f"Unit {number:03}", "top") for number in range(400))]
    (tmp_path / "units.json").write_bytes(units_file(*units))
    run = here("render", "units.json", "--atlas", "never")
    assert run.code == 0
    assert "warning: the smallest text prints at " in run.err
    assert len(svg_names((tmp_path / "output" / "top.svg").read_bytes())) == 401
    text = pdf_text((tmp_path / "output" / "top.pdf").read_bytes()).replace(" ", "")
    assert [number for number in range(400) if text.count(f"Unit{number:03}") != 1] == []
