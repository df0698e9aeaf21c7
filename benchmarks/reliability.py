"""What the benchmarks of faults have counted, or a section's text, in; docs/reliability.md with it in its place, out.

    python benchmarks/reliability.py --write

Each benchmark hands its line over with ``--write``; the lines stand in benchmarks/data/reliability.json, and the table
is made of them between its two marks in the document.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from report import replaced, table

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "benchmarks" / "data" / "reliability.json"
DOCUMENT = ROOT / "docs" / "reliability.md"
MARKS = ("<!-- faults:begin -->", "<!-- faults:end -->")
# In the order of the table, with the command that makes each line.
LINES: Mapping[str, str] = {
    "faults": "benchmarks/faults.py",
    "kills": "benchmarks/kills.py --count 1000",
    "parallel": "benchmarks/parallel_builds.py --rounds 100",
    "graphviz": "benchmarks/faults.py --graphviz",
    "determinism": "benchmarks/determinism.py --runs 100",
    "strace": "benchmarks/strace_render.py",
    "coverage": "make assurance",
    "mutation": "benchmarks/mutation.py",
    "audit": "benchmarks/audit.py",
}


def kept_figures(line: str, what: str, done: str, found: str) -> None:
    """Keep one line of the table, and write the document anew."""
    kept = _kept()
    kept[line] = {"what": what, "done": done, "found": found}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write()


def write() -> None:
    kept = _kept()
    rows = [
        [each["what"], each["done"], each["found"], f"`{command}`"]
        for line, command in LINES.items()
        if (each := kept.get(line))
    ]
    lines = table(["", "Tried", "Found", "Made by"], rows).replace("---:", "---")
    DOCUMENT.write_text(replaced(DOCUMENT.read_text(encoding="utf-8"), lines, MARKS), encoding="utf-8")


def _kept() -> dict[str, dict[str, str]]:
    return dict(json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.exists() else {}


def write_section(name: str, text: str) -> None:
    """Put the text between the section's two marks. Raises ValueError where the page has none."""
    marks = (f"<!-- {name}:begin -->", f"<!-- {name}:end -->")
    page = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(replaced(page, f"\n{text.strip()}\n", marks), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the figures that are kept into docs/reliability.md.")
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
