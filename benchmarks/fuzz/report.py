"""What tools/fuzz.sh printed, in; a table of the targets in docs/reliability.md, out.

tools/fuzz.sh 300 | tee fuzz.txt
python benchmarks/fuzz/report.py fuzz.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
# Before this folder, whose report.py is another than that of benchmarks/.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.fuzz.targets import TARGETS
from benchmarks.reliability import write_section

LINE = re.compile(r"(\w+): ([\d,]+) inputs in (\d+) s from (\d+) seeds, (\d+|\?) branches reached, (no|a) finding")


def main() -> None:
    rows = LINE.findall(Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace"))
    lines = ["| Target | What it takes | Seconds | Inputs | Findings |", "| --- | --- | ---: | ---: | ---: |"]
    for target, inputs, seconds, _, _, finding in rows:
        words = (TARGETS[target].__doc__ or "").strip().split("\n")[0].rstrip(".")
        lines.append(f"| `{target}` | {words} | {seconds} | {inputs} | {0 if finding == 'no' else 1} |")
    total = sum(int(row[1].replace(",", "")) for row in rows)
    lines.append(f"| all | | {sum(int(row[2]) for row in rows):,} | {total:,} | {sum(row[5] == 'a' for row in rows)} |")
    write_section("fuzz", "\n".join(lines))


if __name__ == "__main__":
    main()
