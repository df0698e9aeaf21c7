"""The rulebooks of the tests, in; a table of how exactly each is read, out. Exits with 1 below precision or recall 1.

With folders as arguments it reads the rulebooks in those, so that texts kept apart can be measured by the same table.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from orgchart.rulebook import read_text
from tests.rulebook_cases import CASES, expected, rows, text_of


def main(folders: list[str]) -> int:
    cases = [case for folder in folders for case in sorted(Path(folder).glob("*.txt"))] if folders else CASES
    print(
        "| Rulebook | Units | Right | Extra | Missing | Questions | Faults |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    right = extra = missing = 0
    for case in cases:
        reading = read_text(text_of(case))
        wanted, got = expected(case), rows(reading)
        counts = (len(wanted & got), len(got - wanted), len(wanted - got))
        right, extra, missing = right + counts[0], extra + counts[1], missing + counts[2]
        kind = reading.read.genre.kind
        name = case.stem if kind == "rulebook" else f"{case.stem} ({kind})"
        cells = (len(wanted), *counts, len(reading.questions), len(reading.faults))
        print(f"| {name} | " + " | ".join(map(str, cells)) + " |")
    precision = right / (right + extra) if right + extra else 1.0
    recall = right / (right + missing) if right + missing else 1.0
    print(f"\n{len(cases)} rulebooks, {right + missing} units: precision {precision:.3f}, recall {recall:.3f}")
    return int(extra + missing > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
