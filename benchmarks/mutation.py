"""Modules, in; how many small changes to their code no test notices, and which, out.

    python benchmarks/mutation.py orgchart.write orgchart.limits --write

mutmut changes the code, one change at a time, in a copy in mutants/MODULE, and runs the tests that TESTS names for the
module. Without a module all are tried, in half an hour. Exits with 1 where fewer than nine of ten are noticed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from reliability import ROOT, kept_figures, write_section

ENOUGH: Final = 0.9
CHILDREN: Final = "2"
NOTICED: Final = ("killed", "timeout")
COUNTS: Final = ROOT / "benchmarks" / "data" / "mutation.json"
# Those left out take long, or are about what others say too.
_UNITS: Final = (
    "test_units.py test_units_schema.py test_hazards_units.py -test_units.py::test_load_after_dump "
    "-test_units.py::test_a_mutated_file -test_units.py::test_importing "
    "-test_hazards_units.py::test_case_30 -test_hazards_units.py::test_case_31"
)
# Of each module the tests that are about it, in tests/, and after | others for what those do not notice; all tests for
# each change would take days. "-" leaves one out.
TESTS: Final[Mapping[str, str]] = {
    "orgchart.formats.escape": "test_escape.py",
    "orgchart.limits": "test_limits.py -test_limits.py::test_at_the_limit -test_limits.py::test_a_reader "
    "-test_limits.py::test_a_chart -test_limits.py::test_graphviz",
    "orgchart.unit_checks": f"test_unit_checks.py | {_UNITS}",
    "orgchart.unit_fields": f"test_unit_fields.py | {_UNITS}",
    "orgchart.strict_json": f"test_strict_json.py | {_UNITS}",
    "orgchart.unit_url": "test_unit_url.py test_project.py",
    "orgchart.packages": "test_packages.py",
    "orgchart.documents.harmless": "test_harmless.py",
    "orgchart.style_keys": "test_style_files.py test_styles.py",
    "orgchart.style_files": "test_style_files.py test_styles.py",
    "orgchart.toml_keys": "test_toml_keys.py | test_style_files.py test_styles.py test_project.py",
    "orgchart.toml_files": "test_toml_files.py | test_style_files.py test_project.py",
    "orgchart.units": _UNITS,
    "orgchart.limited": "test_limited.py test_packages.py | test_limits.py -test_limits.py::test_at_the_limit",
    "orgchart.layout.engine_process": "test_engine_process.py",
    "orgchart.hints": f"test_hints.py | {_UNITS}",
    "orgchart.cells": "test_cells.py",
    "orgchart.formats.mermaid": "test_mermaid.py",
    "orgchart.encodings": "test_encodings.py",
    "orgchart.names": "test_names.py",
    "orgchart.documents.saving": "test_saving.py",
    "orgchart.write": "test_write.py -test_write.py::test_killed_at_any_moment_every_file_is_whole",
}
_COPIED: Final = ("orgchart", "tests", "benchmarks", "styles", "data", "docs", "tools", "README.md", "CHANGELOG.md")
_RESULT: Final = re.compile(r"^\s*(orgchart\.\S+__mutmut_\d+): (.+)$", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser(description="Change the code and see whether a test notices.")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="all of TESTS where none is named")
    parser.add_argument("--again", action="store_true", help="of the same code, only what no test noticed so far")
    parser.add_argument("--no-run", action="store_true", help="only count what is in mutants/ already")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    asked = parser.parse_args()
    if unknown := [module for module in asked.modules if module not in TESTS]:
        parser.error(f"there are no tests for {unknown[0]} in TESTS; there are some for {', '.join(TESTS)}")
    found = {}
    for module in asked.modules or TESTS:
        folder = ROOT / "mutants" / module
        if not asked.no_run:
            _run(folder, module, fresh=not asked.again)
        outcomes = _results(folder)
        found[module] = Counter("noticed" if outcome in NOTICED else "unnoticed" for _, outcome in outcomes)
        print("".join(f"{name}: {outcome}\n" for name, outcome in outcomes if outcome not in NOTICED), end="")
        print(f"{module}: {found[module]['noticed']} of {found[module].total()} changes noticed")
    if asked.write:
        _write({module: {"changes": count.total(), "noticed": count["noticed"]} for module, count in found.items()})
    return int(sum(count["noticed"] for count in found.values()) < ENOUGH * sum(map(Counter.total, found.values())))


def _run(folder: Path, module: str, fresh: bool) -> None:
    """All changes with the first tests, and those that are not noticed with the others."""
    for tests in TESTS[module].split(" | "):
        unnoticed = [] if fresh else [name for name, outcome in _results(folder) if outcome not in NOTICED]
        if fresh or unnoticed:
            _prepare(folder, module, tests.split(), fresh)
            _mutmut(folder, "run", "--max-children", CHILDREN, *unnoticed)
        fresh = False


def _prepare(folder: Path, module: str, words: Sequence[str], fresh: bool) -> None:
    """Lay out the copy in which mutmut works, so that neither the code here nor another module's run is touched."""
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    for name in _COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "node"))
        else:
            shutil.copy2(source, target)
    chosen = [f"tests/{word}" for word in words if not word.startswith("-")]
    for word in words:
        chosen += ["--deselect", f"tests/{word[1:]}"] if word.startswith("-") else []
    settings = {
        "source_paths": ["orgchart"],
        "only_mutate": [module.replace(".", "/") + ".py"],
        "also_copy": [name for name in _COPIED if name not in ("orgchart", "tests")],
        "use_git_change_detection": False,
        "pytest_add_cli_args": ["-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-profile", "mutation"],
        "pytest_add_cli_args_test_selection": chosen,
    }
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{lines}", encoding="utf-8")
    (folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)  # which tests reach what may be other tests now


def _results(folder: Path) -> list[tuple[str, str]]:
    """The name of each change that was tried, and its outcome in mutmut's words."""
    return _RESULT.findall(_mutmut(folder, "results", "--all", "true")) if folder.exists() else []


def _mutmut(folder: Path, *words: str) -> str:
    """What it prints; kept too, as it tells why a test fails before anything is changed."""
    command = [str(Path(sys.executable).with_name("mutmut")), *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    (folder / f"{words[0]}.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode != 0:
        raise SystemExit(f"mutmut failed; {folder}/{words[0]}.txt says why")
    return done.stdout


def _write(found: Mapping[str, Mapping[str, int]]) -> None:
    """Keep the counts of these modules beside those of others, and write the table and the line of all."""
    kept = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    kept = {module: counts for module, counts in {**kept, **found}.items() if module in TESTS}
    COUNTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lines = ["| Module | Changes | Noticed | |", "| --- | ---: | ---: | ---: |"]
    lines += [_row(f"`{name}`", kept[name]["changes"], kept[name]["noticed"]) for name in TESTS if name in kept]
    changes, noticed = (sum(counts[key] for counts in kept.values()) for key in ("changes", "noticed"))
    write_section("mutation", "\n".join([*lines, _row("all", changes, noticed)]))
    kept_figures(
        "mutation", "Changes to the code", f"{changes:,} changes to {len(kept)} modules, below",
        f"{noticed:,} noticed by a test, {noticed / changes:.0%}",
    )  # fmt: skip


def _row(name: str, changes: int, noticed: int) -> str:
    return f"| {name} | {changes:,} | {noticed:,} | {noticed / changes:.0%} |"


if __name__ == "__main__":
    sys.exit(main())
