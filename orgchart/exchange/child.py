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
from orgchart.limited import REFUSED, limit
from orgchart.limits import exceeded
from orgchart.packages import NotReadableError

READERS: Final[Mapping[str, Callable[[bytes, str], Any]]] = {"xlsx": from_xlsx, "jsonld": expanded}


def main() -> int:
    limit()
    content = sys.stdin.buffer.read()
    try:
        answer = READERS[sys.argv[1]](content, sys.argv[2] if len(sys.argv) > 2 else "")
    except NotReadableError as error:
        said = str(error)
    except ImportError as error:
        said = f"{error.name} is not installed; run: pip install orgchart[exchange]"
    except MemoryError:
        said = str(exceeded("reader_memory_mb", subject="its reader"))
    except Exception as error:  # a parser's own fault is the file's fault, as far as the user can tell
        said = f"{type(error).__name__}: {error}".splitlines()[0]
    else:
        sys.stdout.buffer.write(json.dumps(answer).encode("utf-8"))
        return 0
    print(said, file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
