"""Modules, in; how many small changes to their code no test notices, and which, out.

    python benchmarks/mutation.py orgchart.write orgchart.documents.saving --write

mutmut changes the code, one change at a time, in a copy in mutants/, and runs the tests named in pyproject.toml, which
are those about these modules. Without a module it tries all that are listed there, for hours. Exits with 1 where
fewer than nine of ten changes are noticed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from reliability import ROOT, kept_figures

ENOUGH = 0.9
_RESULT = re.compile(r"^\s*(orgchart\.\S+)__mutmut_(\d+): (.+)$", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser(description="Change the code and see whether a test notices.")
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--no-run", action="store_true", help="only count what is in mutants/ already")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    asked = parser.parse_args()
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    if not asked.no_run:
        subprocess.run([mutmut, "run", *(f"{module}.x*" for module in asked.modules)], cwd=ROOT, check=False)
    results = subprocess.run(
        [mutmut, "results", "--all", "true"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    found: Counter[str] = Counter()
    modules = set()
    for name, number, outcome in _RESULT.findall(results):
        module = name.rpartition(".")[0]
        if outcome == "not checked" or (asked.modules and module not in asked.modules):
            continue
        modules.add(module)
        found[outcome] += 1
        if outcome not in ("killed", "timeout"):
            print(f"{name}__mutmut_{number}: {outcome}")
    noticed = found["killed"] + found["timeout"]
    score = noticed / max(1, found.total())
    print(f"{noticed} of {found.total()} changes noticed, {score:.1%}")
    if asked.write:
        kept_figures(
            "mutation", "Changes to the code", f"{found.total()} changes to {', '.join(sorted(modules))}",
            f"{noticed} noticed by a test, {score:.0%}",
        )  # fmt: skip
    return int(score < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
