"""The corpus of hostile files, in; a table of how many ended as its manifest states, by kind of file, out.

    python benchmarks/hostile.py --night --write

--night also makes the bombs and runs the many readers in processes of their own; --write puts the table into
docs/reliability.md. Exits with 1 where one file did not end as stated.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.reliability import write_section
from tests.hostile.generate import MANIFEST, all_cases
from tests.hostile.trial import DRAWN, faults, outcome, stated, trials


def main() -> int:
    parser = argparse.ArgumentParser(description="Give every hostile file to the command line and count the outcomes.")
    parser.add_argument("--night", action="store_true", help="the slow ones too")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    asked = parser.parse_args()
    wanted = stated(MANIFEST.read_text(encoding="utf-8"))
    counts: dict[str, Counter[str]] = {}
    longest = 0.0
    for case, ended in trials(case for case in all_cases() if asked.night or not case.slow):
        said = outcome(case, ended)
        wrong = [*faults(case, ended)]
        if (ended.code, said) != wanted[case.name][1:]:
            wrong.append(f"ended as {(ended.code, said)}, stated is {wanted[case.name][1:]}")
        for fault in wrong:
            print(f"{case.name}: {fault}")
        count = counts.setdefault(case.kind, Counter())
        count["files"] += 1
        count["wrong"] += bool(wrong)
        count[("drawn" if said == DRAWN else "taken") if ended.code == 0 else f"exit {ended.code}"] += 1
        longest = max(longest, ended.seconds)
    columns = ("files", "exit 2", "drawn", "taken", "exit 1", "wrong")
    heads = (
        "Kind",
        "Files",
        "Refused in a sentence",
        "Drawn exactly",
        "Taken",
        "Read with faults told",
        "Not as stated",
    )
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * len(columns)}"]
    counts["all"] = sum(counts.values(), Counter())
    for kind, count in counts.items():
        lines.append(f"| {kind} | {' | '.join(f'{count[column]:,}' for column in columns)} |")
    lines += ["", f"The longest took {longest:.0f} s."]
    print("\n".join(lines))
    if asked.write:
        write_section("hostile", "\n".join(lines))
    return int(counts["all"]["wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main())
