"""Every command that writes, and every system call of each that touches a file, in; how often one failed badly, out.

    python benchmarks/faults.py --write
    python benchmarks/faults.py --graphviz --write

Each call of each command fails once with each of ENOSPC, EIO and EACCES (tests/faults.py). The command must then end as
ever, or exit with 2 and one message that names a file, and all old files must be as they were. With ``--graphviz``,
Graphviz fails in twelve ways (tests/engine_faults.py). Exits with 1 where one of them does not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from reliability import kept_figures

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def system(write: bool) -> int:
    from tests.faults import COMMANDS, ERRORS, KINDS, Stand, broken_promise, cases_of, compiled

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        stand = Stand(compiled("gcc", folder), folder)
        whole = stand.whole(COMMANDS)
        ways: Counter[str] = Counter()
        for command in COMMANDS:
            for ending in stand.ended(cases_of(whole[command])):
                fault = broken_promise(ending, whole[command])
                if fault:
                    print(f"{ending.case}: {fault}: {ending.said}")
                same = "all the same" if ending.code == COMMANDS[command].code else "refused"
                ways["broken" if fault else same] += 1
            print(f"{command}: {dict(ways)} so far", flush=True)
    if write:
        kept_figures(
            "faults", "A system call that fails",
            f"{ways.total():,} runs: each of the calls of {len(COMMANDS)} commands ({', '.join(KINDS)}) failed with "
            f"each of {', '.join(ERRORS)}",
            f"{ways['refused']:,} refused with one message, the old files as they were; {ways['all the same']} with "
            f"the same result as ever; {ways['broken']} otherwise",
        )  # fmt: skip
    return int(ways["broken"] > 0)


def graphviz(write: bool) -> int:
    from tests.engine_faults import FAULTS, said_of

    bad = 0
    for name, fault in FAULTS.items():
        with tempfile.TemporaryDirectory() as folder:
            said, files = said_of(name, Path(folder))
        bad += not said.startswith(f"error: {fault.said}") or len(said.splitlines()) != 1 or bool(files)
        print(f"{name}: {said.strip()}")
    if write:
        kept_figures(
            "graphviz", "Graphviz fails", f"{len(FAULTS)} faults: {', '.join(FAULTS)}",
            f"{len(FAULTS) - bad} refused with one message and no file",
        )  # fmt: skip
    return int(bad > 0)


def main() -> int:
    parser = argparse.ArgumentParser(description="Let the system, or Graphviz, fail and look at what happens.")
    parser.add_argument("--graphviz", action="store_true")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    asked = parser.parse_args()
    return graphviz(asked.write) if asked.graphviz else system(asked.write)


if __name__ == "__main__":
    sys.exit(main())
