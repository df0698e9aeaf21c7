"""The bytes of a chart's SVG on standard input, in; the PNG of it for old programs on standard output, out.

Runs as a process of its own with limits, because the file may have been changed by somebody else: shapes by the million
or one of enormous size keep cairo busy or fill the memory.
"""

from __future__ import annotations

import sys

from orgchart.documents.pictures import picture_png, read_chart_svg
from orgchart.limited import REFUSED, limit, told


def main() -> int:
    limit()
    try:
        png = picture_png(read_chart_svg(sys.stdin.buffer.read(), "the chart"))
    except Exception as error:
        print(told(error, "office"), file=sys.stderr)
        return REFUSED
    sys.stdout.buffer.write(png)
    return 0


if __name__ == "__main__":
    sys.exit(main())
