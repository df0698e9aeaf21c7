"""A Chart and the name of a format, in; the bytes of its files, out. WRITERS is the table of all formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from orgchart.errors import FormatError

if TYPE_CHECKING:
    from orgchart.chart import Chart


@dataclass(frozen=True, slots=True)
class Writer:
    """The module and function that write a format. all_pages: whether one file holds all pages of an atlas, so that the
    function takes the chart alone; else it takes a page too."""

    module: str
    function: str
    all_pages: bool


# By format, which is also the file's ending. A format's libraries load when it is first written.
WRITERS: Mapping[str, Writer] = {
    "dot": Writer("orgchart.formats.dot", "write_dot", all_pages=False),
    "svg": Writer("orgchart.formats.svg", "write_svg", all_pages=False),
    "pdf": Writer("orgchart.formats.pdf", "write_pdf", all_pages=True),
    "png": Writer("orgchart.formats.png", "write_png", all_pages=False),
}


def render(chart: Chart, format_name: str, *, page: int | None = None) -> bytes:
    """The chart in the format: ``dot``, ``svg``, ``pdf`` or ``png``; the same bytes every time.

    page: the number, from 1, of an atlas's page, the first where None; a format that holds all pages in one file, as
    ``pdf``, takes none. Raises FormatError for an unknown format, a page that there is not, or a chart that the format
    cannot hold.
    """
    check_format(format_name)
    writer = WRITERS[format_name]
    write = getattr(import_module(writer.module), writer.function)
    if writer.all_pages:
        if page is not None:
            raise FormatError(f"{format_name} holds all pages in one file; leave page out")
        whole: bytes = write(chart)
        return whole
    if page is not None and not 1 <= page <= len(chart.pages):
        raise FormatError(f"there is no page {page}; the chart has the pages 1 to {len(chart.pages)}")
    one: bytes = write(chart, chart.pages[(page or 1) - 1])
    return one


def render_files(chart: Chart, formats: Sequence[str], stem: str | None = None) -> dict[str, bytes]:
    """Every file of the chart by its name, in the order of the formats and pages: ``STEM.pdf`` with all pages;
    ``STEM.svg``, ``STEM-UNIT.svg`` …, ``STEM-index.svg``, which are linked by these names.

    stem: the chart's own name where None. Raises FormatError as ``render`` does.
    """
    named = chart if stem is None else replace(chart, name=stem)
    files: dict[str, bytes] = {}
    for format_name in formats:
        check_format(format_name)
        if WRITERS[format_name].all_pages:
            files[f"{named.name}.{format_name}"] = render(named, format_name)
            continue
        for page in named.pages:
            files[f"{named.name}{page.suffix}.{format_name}"] = render(named, format_name, page=page.number)
    return files


def one_file(chart: Chart, format_name: str) -> bytes:
    """The chart where only one file can be written. Raises FormatError for an atlas in a format of one file a page."""
    check_format(format_name)
    if len(chart.pages) > 1 and not WRITERS[format_name].all_pages:
        holding = " or ".join(name for name, writer in WRITERS.items() if writer.all_pages)
        raise FormatError(
            f"the chart is an atlas of {len(chart.pages)} pages and {format_name} has a file for each; name a folder "
            f"with -o, or take --format {holding}, which holds all pages, or --atlas never for one page"
        )
    return render(chart, format_name)


def check_format(format_name: str) -> None:
    """Raise FormatError where there is no such format, naming those there are."""
    if format_name not in WRITERS:
        from difflib import get_close_matches

        near = get_close_matches(format_name.lower(), WRITERS, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise FormatError(f'format "{format_name}" is not known; use {", ".join(WRITERS)}{hint}')
