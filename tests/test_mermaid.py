"""A Mermaid flowchart to the letter: labels in which nothing has a meaning, and looks by level."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgchart.formats.mermaid import escaped, write_mermaid
from orgchart.structure import build_structure
from orgchart.units import Relation, Unit, UnitFile

STYLE = """
[levels.sector]
fill = "#FFFFFF"
border = "#112233"
border_width_pt = 1.5
border_line = "dashed"
corner = "round"
bold = true
italic = true
[levels.group]
border_line = "dotted"
bold = false
[levels.section]
border_line = "double"
"""


@pytest.mark.parametrize("sign", list('"#<>&`%:;*_~$@|\\[]{}'))
def test_a_sign_with_a_meaning_is_an_entity(sign: str) -> None:
    assert escaped(f"a{sign}b{sign}") == f"a#{ord(sign)};b#{ord(sign)};"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Члан (1), а/б = 'в'!", "Члан (1), а/б = 'в'!"),
        ("1. a 2. b", "1#46; a 2. b"),
        ("  12) a", "  12#41; a"),
        ("- a - b", "#45; a - b"),
        ("a\n+ b\n3. c", "a<br/>#43; b<br/>3#46; c"),
        ("a\r\nb\tc", "a<br/>b c"),
        ("# a", "#35; a"),
    ],
)
def test_a_name_is_shown_as_it_is_and_no_list_or_heading(text: str, label: str) -> None:
    assert escaped(text) == label


def test_title_units_relations_and_looks_of_a_chart_are_these_lines(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(STYLE, encoding="utf-8")
    units = (
        Unit("r", "sector", "Сектор"), Unit("a", "group", "A", "r"), Unit("b", "group", "B", "r"),
        Unit("c", "section", "C", "a"),
    )  # fmt: skip
    relations = (Relation("c", "b", "a|b"), Relation("b", "r", "coordinates"))
    file = UnitFile('A "b"\n  ђ', units=units, relations=relations, lang="sr-Latn")
    assert write_mermaid(build_structure(file, style=str(tmp_path / "own.toml"))).decode() == (
        '---\ntitle: "A \\"b\\" ђ"\n---\n'
        "flowchart TB\n"
        '  n1("Сектор")\n  n2["A"]\n  n3["C"]\n  n4["B"]\n'
        "  n1 --- n2\n  n2 --- n3\n  n1 --- n4\n"
        '  n3 -.->|"a#124;b"| n4\n  n4 -.->|"koordinira"| n1\n'
        "  %% level1 is sector\n"
        "  classDef level1 fill:#ffffff,color:#000000,stroke:#112233,stroke-width:1.5pt,stroke-dasharray:6 3,"
        "font-weight:bold,font-style:italic\n"
        "  class n1 level1\n"
        "  %% level2 is group\n"
        "  classDef level2 fill:#ffffff,color:#000000,stroke:#000000,stroke-width:0.75pt,stroke-dasharray:2 3\n"
        "  class n2,n4 level2\n"
        "  %% level3 is section\n"
        "  classDef level3 fill:#ffffff,color:#000000,stroke:#000000,stroke-width:0.75pt\n"
        "  class n3 level3\n"
    )
