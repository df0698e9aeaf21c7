"""The bytes of a workbook or of JSON-LD on standard input, in; its rows, or its expanded form, as JSON, out.

Runs as a process of its own with limits; exits with REFUSED and one sentence where the file is not what it should be.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from orgchart.exchange.expanded import expanded
from orgchart.exchange.xlsx_table import from_xlsx
from orgchart.limited import REFUSED, limit, told

READERS: Final[Mapping[str, Callable[[bytes, str], Any]]] = {"xlsx": from_xlsx, "jsonld": expanded}


def main() -> int:
    limit()
    content = sys.stdin.buffer.read()
    try:
        answer = READERS[sys.argv[1]](content, sys.argv[2] if len(sys.argv) > 2 else "")
    except Exception as error:
        print(told(error, "exchange"), file=sys.stderr)
        return REFUSED
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
