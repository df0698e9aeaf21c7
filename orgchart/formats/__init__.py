"""A Chart or a Structure and a format's name, in; the bytes of its files, out. WRITERS is the table of formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from orgchart.errors import FormatError

if TYPE_CHECKING:
    from orgchart.chart import Chart
    from orgchart.structure import Structure


@dataclass(frozen=True, slots=True)
class Writer:
    """The module and function that write a format. all_pages: whether one file holds all pages of an atlas, so that the
    function takes the chart alone; else it takes a page too. laid_out: False where the file tells the units and no
    picture of them, so that the function takes a Structure and nothing need be laid out."""

    module: str
    function: str
    all_pages: bool
    laid_out: bool = True


# By format, which is also the file's ending. A format's libraries load when it is first written.
WRITERS: Mapping[str, Writer] = {
    "dot": Writer("orgchart.formats.dot", "write_dot", all_pages=False),
    "svg": Writer("orgchart.formats.svg", "write_svg", all_pages=False),
    "pdf": Writer("orgchart.formats.pdf", "write_pdf", all_pages=True),
    "png": Writer("orgchart.formats.png", "write_png", all_pages=False),
    "pptx": Writer("orgchart.formats.pptx", "write_pptx", all_pages=True),
    "drawio": Writer("orgchart.formats.drawio", "write_drawio", all_pages=True),
    "html": Writer("orgchart.formats.html", "write_html", all_pages=True),
    "csv": Writer("orgchart.formats.csv", "write_csv", all_pages=True, laid_out=False),
    "jsonld": Writer("orgchart.formats.jsonld", "write_jsonld", all_pages=True, laid_out=False),
    "mermaid": Writer("orgchart.formats.mermaid", "write_mermaid", all_pages=True, laid_out=False),
    "graphml": Writer("orgchart.formats.graphml", "write_graphml", all_pages=True, laid_out=False),
}


def render(chart: Chart, format_name: str, *, page: int | None = None) -> bytes:
    """The chart in a format of WRITERS, such as ``svg`` or ``pdf``; the same bytes every time.

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
        whole: bytes = write(chart if writer.laid_out else chart.structure)
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


def needs_layout(formats: Iterable[str]) -> bool:
    """Whether one of the formats is a picture. Raises FormatError for a format that there is not."""
    for format_name in formats:
        check_format(format_name)
    return any(WRITERS[format_name].laid_out for format_name in formats)


def export(structure: Structure, format_name: str) -> bytes:
    """The units in a format that is no picture: ``csv``, ``jsonld``, ``mermaid`` or ``graphml``; the same bytes every
    time. Raises FormatError for an unknown format, and for one that needs a chart."""
    check_format(format_name)
    writer = WRITERS[format_name]
    if writer.laid_out:
        known = ", ".join(name for name, other in WRITERS.items() if not other.laid_out)
        raise FormatError(
            f"{format_name} is a picture and needs a chart; use build_chart and render, or one of {known}"
        )
    whole: bytes = getattr(import_module(writer.module), writer.function)(structure)
    return whole


def export_files(structure: Structure, formats: Sequence[str], stem: str | None = None) -> dict[str, bytes]:
    """Every file by its name, in the order of the formats: ``STEM.csv``. Raises FormatError as ``export`` does.

    stem: the structure's own name where None.
    """
    name = structure.name if stem is None else stem
    return {f"{name}.{format_name}": export(structure, format_name) for format_name in formats}


def one_file(chart: Chart, format_name: str) -> bytes:
    """The chart where only one file can be written. Raises FormatError for an atlas in a format of one file a page."""
    check_format(format_name)
    if len(chart.pages) > 1 and not WRITERS[format_name].all_pages:
        *others, last = (name for name, writer in WRITERS.items() if writer.all_pages and writer.laid_out)
        holding = f"{', '.join(others)} or {last}"
        raise FormatError(
            f"the chart is an atlas of {len(chart.pages)} pages and {format_name} has a file for each; name a folder "
            f"with -o, or take --format {holding}, which hold all pages, or --atlas never for one page"
        )
    return render(chart, format_name)


def remarks_on(formats: Iterable[str]) -> tuple[str, ...]:
    """What files of these formats lack as this machine writes them, and what to do; for the user, beside the files.
    Raises FormatError where the machine cannot write one of them at all."""
    if "pdf" not in formats:
        return ()
    from orgchart.formats.pdf import pdf_remark

    return tuple(filter(None, (pdf_remark(),)))


def check_format(format_name: str) -> None:
    """Raise FormatError where there is no such format, naming those there are."""
    if format_name not in WRITERS:
        from difflib import get_close_matches

        near = get_close_matches(format_name.lower(), WRITERS, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise FormatError(f'format "{format_name}" is not known; use {", ".join(WRITERS)}{hint}')
