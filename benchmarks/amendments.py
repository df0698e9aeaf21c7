"""A count and a size, in; how many of so many amended bodies are told without a miss or an invention, printed, out.

    python benchmarks/amendments.py --count 1000

Each body is an invented ministry with random amendments whose true list is known (``tests/amendments.py``). It is
compared with ids kept, with ids made anew from the names as a fresh reading makes them, and with the whole new file in
the other script. ``--numbers`` adds ids that are plain numbers in reading order, which say of most units what is not
true. Exits 1 where a change that needs no question was missed or invented.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from orgchart.changes import compare
from tests.amendments import Ids, amend, files, judge

WAYS: tuple[tuple[str, Ids, bool], ...] = (
    ("ids kept", "kept", False),
    ("ids from names", "names", False),
    ("ids from names, other script", "names", True),
)
NUMBERS: tuple[str, Ids, bool] = ("ids are numbers", "numbers", False)


def main() -> int:
    parser = argparse.ArgumentParser(description="Hold what is told of amendments against what is true.")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--size", type=int, default=60, help="units of each body")
    parser.add_argument("--amendments", type=int, default=8, help="amendments of each body, at most")
    parser.add_argument("--start", type=int, default=0, help="the first seed")
    parser.add_argument("--show", action="store_true", help="print each miss and each invention")
    parser.add_argument("--numbers", action="store_true", help="also with ids that are numbers in reading order")
    asked = parser.parse_args()
    wrong = 0
    print("| Ids of the new file | Bodies | Changes | Missed | Invented | Questions | Time |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for said, ids, latin in (*WAYS, NUMBERS) if asked.numbers else WAYS:
        missed = invented = questions = true = 0
        spent = 0.0
        for seed in range(asked.start, asked.start + asked.count):
            amended = amend(seed, asked.size, asked.amendments)
            old, new, old_keys, new_keys = files(amended, ids, latin)
            start = time.perf_counter()
            changes = compare(old, new)
            spent += time.perf_counter() - start
            verdict = judge(amended, changes, old_keys, new_keys, latin)
            missed += len(verdict.missed)
            invented += len(verdict.invented)
            questions += verdict.asked
            true += verdict.true
            if asked.show:
                for kind, found in (("missed", verdict.missed), ("invented", verdict.invented)):
                    for each in found:
                        print(f"seed {seed}, {ids}: {kind} {each}", file=sys.stderr)
        wrong += missed + invented
        print(
            f"| {said} | {asked.count:,} | {true:,} | {missed} | {invented} | {questions} "
            f"| {1000 * spent / asked.count:.0f} ms each |",
            flush=True,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
