"""The bytes of an HTML, DOCX, ODT or PDF file on standard input, in; its paragraphs as JSON on standard output, out.

Runs as a process of its own with limits; exits with 3 and one sentence where the file is not what it should be.
"""

from __future__ import annotations

import json
import sys
from typing import Final

from orgchart.limited import REFUSED, limit, told
from orgchart.limits import exceeded, value_of
from orgchart.rulebook.source_docx import from_docx
from orgchart.rulebook.source_html import from_html
from orgchart.rulebook.source_odt import from_odt
from orgchart.rulebook.source_parts import Row
from orgchart.rulebook.source_pdf import from_pdf

READERS: Final = {"html": from_html, "docx": from_docx, "odt": from_odt, "pdf": from_pdf}


def main() -> int:
    limit()
    content = sys.stdin.buffer.read()
    rows: list[Row] = []
    letters = 0
    most_rows, most_letters = value_of("paragraphs"), value_of("letters")
    try:
        for row in READERS[sys.argv[1]](content):
            rows.append(row)
            letters += len(row[0])
            if len(rows) > most_rows:
                raise exceeded("paragraphs")
            if letters > most_letters:
                raise exceeded("letters")
    except Exception as error:
        print(told(error, "read"), file=sys.stderr)
        return REFUSED
    sys.stdout.buffer.write(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
