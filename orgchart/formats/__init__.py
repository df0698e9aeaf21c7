"""A Chart and the name of a format, in; the bytes of one file, out. WRITERS is the table of all formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from orgchart.chart import Chart
from orgchart.errors import FormatError

# Format (also the file's ending): module and function. A format's libraries load when it is first written.
WRITERS: Mapping[str, tuple[str, str]] = {
    "dot": ("orgchart.formats.dot", "write_dot"),
    "svg": ("orgchart.formats.svg", "write_svg"),
    "pdf": ("orgchart.formats.pdf", "write_pdf"),
    "png": ("orgchart.formats.png", "write_png"),
}


def render(chart: Chart, format_name: str) -> bytes:
    """The chart in the format: ``dot``, ``svg``, ``pdf`` or ``png``; the same bytes every time.

    Raises FormatError for an unknown format, or a chart that the format cannot hold.
    """
    check_format(format_name)
    module, function = WRITERS[format_name]
    write: Callable[[Chart], bytes] = getattr(import_module(module), function)
    return write(chart)


def check_format(format_name: str) -> None:
    """Raise FormatError where there is no such format, naming those there are."""
    if format_name not in WRITERS:
        from difflib import get_close_matches

        near = get_close_matches(format_name.lower(), WRITERS, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise FormatError(f'format "{format_name}" is not known; use {", ".join(WRITERS)}{hint}')
