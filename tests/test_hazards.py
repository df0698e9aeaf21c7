"""Every known hazard and case has a test that proves what happens; those that stand nowhere else stand here."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from orgchart.errors import StyleError
from orgchart.formats import render, render_files
from orgchart.limits import fixed
from orgchart.styles import load_style
from tests.charts import chart_of, read_svg, unit
from tests.conftest import Run

Command = Callable[..., Run]
HERE = Path(__file__).parent
PACKAGE = HERE.parent / "orgchart"
TABLE: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "hazards.toml").read_text(encoding="utf-8"))
PROOFS = sorted({proof for table in TABLE.values() for proofs in table.values() for proof in proofs})


@pytest.mark.parametrize(("table", "most"), [("hazards", 24), ("cases", 42)])
def test_every_number_has_a_test(table: str, most: int) -> None:
    assert list(TABLE[table]) == [str(number) for number in range(1, most + 1)]
    assert all(TABLE[table].values())


def test_every_test_that_is_named_exists() -> None:
    tests = {
        f"{path.stem.removeprefix('test_')}::{found.name.removeprefix('test_')}"
        for path in HERE.glob("test_*.py")
        for found in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(found, ast.FunctionDef)
    }
    assert [proof for proof in PROOFS if proof not in tests] == []


def links_of(svg: bytes) -> list[str]:
    found: list[Element] = list(read_svg(svg).iter())
    return [value for element in found for key, value in element.items() if key.endswith("href")]


HOSTILE_IDS = (
    "javascript:alert(1)",
    "java\tscript:x".replace("\t", " "),
    "//evil.example/a",
    "../../x",
    'a"b',
    "<b>",
    "#a b",
)


def test_no_link_of_a_drawing_leaves_its_folder() -> None:
    units = [unit("top", level="sector")]
    for number, hostile in enumerate(HOSTILE_IDS):
        units.append(unit(hostile, f"Branch {number}", "top", "department"))
        units += [unit(f"{hostile}{child}", f"Unit {child}", hostile) for child in range(12)]
    files = render_files(chart_of(*units, atlas="always", page="A4"), ["svg"], "top")
    links = [link for content in files.values() for link in links_of(content)]
    assert links
    assert [link for link in links if not re.fullmatch(r"[a-z0-9-]+\.svg#[A-Za-z0-9-]+|#[A-Za-z0-9-]+", link)] == []
    assert {link.partition("#")[0] for link in links} - {""} <= set(files)


def test_the_longest_name_is_within_what_graphviz_reads() -> None:
    from orgchart.formats.dot import escape_label

    most = fixed("name_characters")
    assert max(len(escape_label(sign * most).encode()) for sign in ("&", '"', "\\", "\n", "\U0010fffd")) < 16_384


def test_cairo_draws_without_fetching_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened by CairoSVG while an SVG with links to files and hosts is drawn, as we never say unsafe."""
    import cairosvg.surface
    import cairosvg.url

    opened: list[str] = []

    def note(url: Any, *_: object, **__: object) -> bytes:
        opened.append(str(url))
        return b""

    monkeypatch.setattr(cairosvg.url, "fetch", note)
    from orgchart.formats.png import png_of_svg
    from orgchart.text import load_font

    links = (b"file:///etc/passwd", b"http://127.0.0.1:1/x")
    images = b"".join(b"<image href='%b' width='9' height='9'/>" % link for link in links)
    shape = b'<rect width="9" height="9" fill="url(http://127.0.0.1:1/x#a)"/>'
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">%b%b</svg>' % (images, shape)
    assert png_of_svg(svg, load_font("PT Sans"), (9, 9), 72, "#ffffff").startswith(b"\x89PNG")
    assert opened == []


def test_ids_that_python_takes_for_equal_stay_apart() -> None:
    chart = chart_of(unit("1", "One"), unit("True", "Yes"), unit("1.0", "Float"), unit("None", "Nothing"))
    assert [mark.unit for mark in chart.drawing.units] == ["1", "True", "1.0", "None"]


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """All calls of functions of that name in the package."""
    return [
        (path.name, found)
        for path in PACKAGE.rglob("*.py")
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(found, ast.Call)
        and (found.func.attr if isinstance(found.func, ast.Attribute) else getattr(found.func, "id", "")) == name
    ]


def said(call: ast.Call, word: str) -> object:
    return next((ast.literal_eval(each.value) for each in call.keywords if each.arg == word), None)


def test_every_parser_of_xml_leaves_entities_alone() -> None:
    parsers = calls("XMLParser")
    assert parsers
    assert [where for where, call in parsers if said(call, "resolve_entities") is not False] == []
    assert [where for where, call in parsers if said(call, "no_network") is not True] == []


def test_every_template_escapes_of_itself() -> None:
    made = calls("Environment")
    assert len(made) >= 3
    assert [where for where, call in made if said(call, "autoescape") is not True] == []
    assert [where for where, _ in calls("Template")] == []


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('fill = "url(#x)"', "fill"), ('corner = "nosuch"', "corner"), ("border_width_pt = 1e11", "border_width_pt"),
        ("border_width_pt = 99999999999", "border_width_pt"), ('border_line = "url(#x)"', "border_line"),
        ("font_size_pt = 1e8", "font_size_pt"), ('text = "#fff;x"', "text"), ('show = ["shape"]', "show"),
    ],
)  # fmt: skip
def test_case_34_a_hostile_look_is_refused_at_its_key(line: str, key: str, tmp_path: Path) -> None:
    style = tmp_path / "own.toml"
    style.write_text(f"[levels.sector]\n{line}\n")
    with pytest.raises(StyleError, match=rf"line 2, \[levels\.sector\] {key}: .* is not allowed; allowed is"):
        load_style(str(style))


@pytest.mark.parametrize("link", ["javascript:x()", "java&#9;script:x()", "data:text/html,x", "file:///etc/x", "//a"])
def test_case_36_a_hostile_link_in_a_chart_is_refused(link: str, here: Command, tmp_path: Path) -> None:
    svg = render(chart_of(unit("top"), page="none"), "svg")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "top.svg").write_bytes(svg.replace(b"</svg>", f'<a href="{link}"/></svg>'.encode()))
    page = "<!doctype html>\n<!-- orgchart:top -->\n"
    (tmp_path / "page.html").write_text(page)
    run = here("embed", "page.html")
    assert run.code == 2
    assert "top.svg: it links to " in run.err
    assert (tmp_path / "page.html").read_text() == page
