"""The table of limits, in; docs/limits.md with a row for each between its marks, out.

python tools/limits_page.py --write
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from orgchart.limits import LIMITS  # noqa: E402

PAGE = ROOT / "docs" / "limits.md"
BEGIN, END = "<!-- limits:begin -->\n", "<!-- limits:end -->"


def table() -> str:
    """Rows that can be raised name their variable, the others the reason."""
    lines = ["| Limit | At most | Of | To have more |", "| --- | ---: | --- | --- |"]
    for limit in LIMITS.values():
        way = f"fixed: {limit.fixed}" if limit.fixed else f"`{limit.variable}`"
        lines.append(f"| `{limit.key}` | {limit.value:,} {limit.measure} | {limit.bounds} | {way} |")
    return "\n".join(lines) + "\n"


def with_table(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    if "--write" in sys.argv:
        PAGE.write_text(with_table(page), encoding="utf-8")
    elif page != with_table(page):
        sys.exit("docs/limits.md is not what orgchart/limits.py says; run it with --write")
