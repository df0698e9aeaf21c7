"""The house: imports point one way, down the list of floors, and a module says what goes in and what comes out."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = Path(__file__).parent.parent / "orgchart"
# From the ground up; a module may import from its own floor and from those below it.
FLOORS = [
    {"version", "errors", "hints", "encodings", "strict_json", "limits", "given", "limited", "packages"},
    {"words", "alphabet", "names", "script", "look_alikes", "ids", "cells", "sheets", "toml_keys", "toml_files"},
    {"text"},
    {
        "wrapping",
        "unit_fields",
        "unit_checks",
        "units",
        "style_keys",
        "style_files",
        "styles",
        "unit_script",
        "unit_language",
        "unit_url",
        "chart_keys",
    },
    {"hierarchy", "labels", "spoken", "structure", "caption", "rulebook", "cite"},
    {"layout"},
    {"drawing", "elbows", "marks"},
    {"furniture"},
    {"chart_page", "fields", "index", "atlas"},
    {"chart", "chart_wishes"},
    {"formats"},
    {"write"},
    {"changes", "build", "documents", "exchange"},
    {"batch"},
    {"commands"},
    {"cli"},
    {"__init__", "__main__"},
]
# A notebook asks a chart for its picture, so that there a chart must know a format.
ALLOWED_UPWARDS = {("chart", "formats")}
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor_of(module: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if module in names)


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(statement, ast.ImportFrom) and statement.module:
            names = [statement.module]
        elif isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        rooms.update(name.split(".")[1] for name in names if name.startswith("orgchart."))
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    upwards = {other for other in imported_rooms(path) if floor_of(other) > floor_of(room)}
    assert {(room, other) for other in upwards} <= ALLOWED_UPWARDS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_in_its_first_line_what_goes_in_and_comes_out(path: Path) -> None:
    if path.name == "version.py":
        return
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    opening = said.split("\n\n")[0]
    assert " in" in opening
    assert "out" in opening


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_hierarchy_knows_networkx(path: Path) -> None:
    imported = re.findall(r"^\s*(?:from|import) networkx", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert path.name == "hierarchy.py" or not imported


def test_a_plain_svg_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    words = ["render", str(ROOT / "data" / "units.json"), "-f", "svg", "-o", str(tmp_path)]
    code = (
        "import sys; before = set(sys.modules)\n"
        "from orgchart.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(*set(sys.modules) - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "orgchart.formats.svg" in loaded
    assert {
        "PIL",
        "asyncio",
        "cairocffi",
        "cairosvg",
        "cffi",
        "email",
        "filelock",
        "graphviz",
        "importlib.metadata",
        "jinja2",
        "lxml",
        "multiprocessing",
        "networkx",
        "orgchart.atlas",
        "orgchart.cite",
        "orgchart.fields",
        "orgchart.formats.dot",
        "orgchart.formats.html",
        "orgchart.index",
        "orgchart.layout.corridors",
        "orgchart.layout.engines",
        "orgchart.layout.pages",
        "orgchart.layout.relations",
        "orgchart.limited",
        "orgchart.packages",
        "orgchart.rulebook",
        "pikepdf",
        "pygraphviz",
        "rapidfuzz",
        "rich",
        "socket",
        "subprocess",
        "xml.etree.ElementTree",
    } & loaded == set()
