"""The bytes of a chart's SVG on standard input, in; the PNG of it for old programs on standard output, out.

Runs as a process of its own with limits, because the file may have been changed by somebody else: shapes by the million
or one of enormous size keep cairo busy or fill the memory.
"""

from __future__ import annotations

import sys

from orgchart.documents.pictures import picture_png, read_chart_svg
from orgchart.errors import OrgChartError
from orgchart.limited import REFUSED, limit
from orgchart.limits import exceeded


def main() -> int:
    limit()
    try:
        png = picture_png(read_chart_svg(sys.stdin.buffer.read(), "the chart"))
    except OrgChartError as error:
        said = str(error)
    except MemoryError:
        said = str(exceeded("reader_memory_mb", subject="its reader"))
    except Exception as error:  # cairo's and CairoSVG's own faults
        said = f"{type(error).__name__}: {error}"
    else:
        sys.stdout.buffer.write(png)
        return 0
    print(" ".join(said.split()), file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
