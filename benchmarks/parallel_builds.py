"""How many rounds, in; how often four builds of one folder at once left anything but what one of them leaves, out.

    python benchmarks/parallel_builds.py --rounds 100 --write

In each round the units have changed, and four builds begin at once; all must end well, no file may be seen torn
meanwhile, and the folder must then hold the bytes that one build leaves. Exits with 1 where that fails.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from kills import NAMES, PROJECT, begun, made, set_units
from reliability import kept_figures

AT_ONCE = 4
MANIFEST = "orgchart.manifest.json"
WORDS = ("build", "--jobs", "1", "--force")


def main() -> int:
    parser = argparse.ArgumentParser(description="Let four builds of one folder run at once.")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    asked = parser.parse_args()
    failed = torn = other = looks = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        output = folder / "output"
        (folder / "orgchart.toml").write_text(PROJECT, encoding="utf-8")
        whole = []
        for version in NAMES:
            set_units(folder, version)
            begun(folder, WORDS).wait()
            whole.append(made(output))
        for number in range(asked.rounds):
            set_units(folder, NAMES[number % 2])
            builds = [begun(folder, WORDS) for _ in range(AT_ONCE)]
            while any(build.poll() is None for build in builds):
                looks += 1
                seen = made(output)
                # The manifest goes through states of its own, chart by chart; it must be readable in each.
                json.loads(seen.pop(MANIFEST))
                torn += sum(content not in [each[file] for each in whole] for file, content in seen.items())
                time.sleep(0.005)
            failed += sum(build.wait() != 0 for build in builds)
            other += made(output) != whole[number % 2] or bool(list(output.glob(".*.part")))
    found = f"{failed} builds failed, {torn} torn files in {looks:,} looks, {other} rounds with other bytes"
    print(f"{asked.rounds} rounds of {AT_ONCE} builds: {found}")
    if asked.write:
        kept_figures("parallel", "Several builds at once", f"{asked.rounds} rounds of {AT_ONCE} builds", found)
    return int(failed + torn + other > 0)


if __name__ == "__main__":
    sys.exit(main())
