"""How many rulebooks to make at random, in; those that do not come back as the hierarchy that they were made of, out.

    python benchmarks/round_trips.py 10000

The suite takes the first 300. Exits with 1 where there is a difference; each is printed with its number.
"""

from __future__ import annotations

import argparse
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from orgchart.rulebook import read_text
from tests.rulebook_cases import rows
from tests.rulebook_writer import make


def difference(number: int) -> tuple[int, list[str]]:
    """The number of units of a made rulebook, and what is read otherwise."""
    text, wanted = make(random.Random(number))
    reading = read_text(text)
    got = rows(reading)
    lines = [*(f"missing {row}" for row in wanted - got), *(f"extra {row}" for row in got - wanted), *reading.faults]
    return len(wanted), [f"rulebook {number}: {line}" for line in sorted(lines)]


def main() -> int:
    parser = argparse.ArgumentParser(description="Read rulebooks that were made at random from hierarchies.")
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    asked = parser.parse_args()
    units = differing = 0
    with ProcessPoolExecutor() as pool:
        numbers = range(asked.first, asked.first + asked.count)
        for found, lines in pool.map(difference, numbers, chunksize=50):
            units += found
            differing += bool(lines)
            for line in lines:
                print(line)
    print(f"{asked.count:,} rulebooks of {units:,} units in all: {differing} read otherwise than they were made")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
