"""A limit's key, in; how much is accepted, or the sentence that refuses more and says how to raise it, out.

One table for the whole project. A limit that may be raised is raised by an environment variable, as that reaches every
command, the processes of a build and the readers of foreign files alike: ORGCHART_LIMIT_ and the key in capitals.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final

from orgchart.errors import NotReadableError, OrgChartError

PREFIX: Final = "ORGCHART_LIMIT_"
_HIGHEST: Final = 1_000_000_000_000
_FORMAT: Final = "it is part of the format of units files"
_LOADER: Final = "nothing that orgchart reads needs more"


@dataclass(frozen=True, slots=True)
class Limit:
    """One row. value: in ``measure``; bounds: what it bounds, for the user; instead: what to do rather than raise it;
    fixed: why it cannot be raised, or an empty string where it can."""

    key: str
    value: int
    measure: str
    bounds: str
    instead: str = ""
    fixed: str = ""

    @property
    def variable(self) -> str:
        return PREFIX + self.key.upper()


_ROWS: Final = (
    Limit("units_bytes", 100_000_000, "bytes", "a units file, or a table or tree that is imported",
          "split it by branches"),
    Limit("units", 200_000, "units", "the units of one file", "split it by branches"),
    Limit("name_characters", 2_000, "characters", "a name, a title, a name in another language", "shorten it",
          "Graphviz reads no labels over 16,384 bytes"),
    Limit("function_characters", 20_000, "characters", "one function of a unit", "make it several functions", _FORMAT),
    Limit("word_characters", 200, "characters", "an id, level, number, abbreviation or article", "shorten it", _FORMAT),
    Limit("staff", 10_000_000, "posts", "the head-count of a unit", "", _FORMAT),
    Limit("line", 10_000_000, "lines", "a line number of a rulebook", "", _FORMAT),
    Limit("json_nesting", 64, "brackets", "lists and objects inside each other in JSON", "", _LOADER),
    Limit("json_digits", 1_000, "digits", "a number in JSON", "", _LOADER),
    Limit("toml_bytes", 65_536, "bytes", "a style file, an orgchart.toml or a lexicon",
          "keep it to a page of settings"),
    Limit("toml_line_characters", 1_000, "characters", "a line of a TOML file", "break it up",
          "the memory that reading one key takes grows with the square of its parts"),
    Limit("level_characters", 100, "characters", "the name of a level in a style file", "", "no level is that long"),
    Limit("style_extends", 8, "files", "style files that extend each other", "merge some of them", _LOADER),
    Limit("manifest_bytes", 20_000_000, "bytes", "the manifest of an output folder", "delete it, and build anew"),
    Limit("rulebook_bytes", 100_000_000, "bytes", "a rulebook: text, HTML, DOCX, ODT or PDF",
          "split it, and name the parts in order"),
    Limit("list_bytes", 100_000_000, "bytes", "a list of files given to batch", "split it, and do one after the other"),
    Limit("paragraphs", 1_000_000, "paragraphs", "a rulebook in HTML, DOCX, ODT or PDF", "split it"),
    Limit("letters", 20_000_000, "letters", "a rulebook in HTML, DOCX, ODT or PDF", "split it"),
    Limit("pdf_pages", 20_000, "pages", "a rulebook in PDF", "split it"),
    Limit("unpacked_bytes", 200_000_000, "bytes", "a DOCX, ODT or xlsx file once it is unpacked, as it says itself"),
    Limit("package_parts", 5_000, "parts", "a DOCX, ODT or xlsx file"),
    Limit("package_tags", 8_000_000, "tags", "one part of a rulebook or workbook"),
    Limit("document_bytes", 200_000_000, "bytes", "a DOCX or ODT file given to embed", "make its pictures smaller"),
    Limit("document_tags", 3_000_000, "tags", "one part of a DOCX or ODT file given to embed"),
    Limit("document_depth", 10_000, "elements inside each other", "a DOCX or ODT file given to embed"),
    Limit("chart_bytes", 50_000_000, "bytes", "a chart's SVG that embed puts into a document", "draw a branch"),
    Limit("chart_tags", 1_000_000, "tags", "the same SVG", "draw a branch"),
    Limit("markup_bytes", 100_000_000, "bytes", "an HTML or Markdown file given to embed", "split it"),
    Limit("cells", 2_000_000, "cells", "a sheet of a workbook, and what its merged cells cover"),
    Limit("cell_letters", 100_000_000, "letters", "all cells of a sheet together"),
    Limit("csv_cell_characters", 2_000_000, "characters", "one cell of a CSV file",
          "a quotation mark may lack that closes it"),
    Limit("objects", 1_000_000, "objects", "a JSON tree that is imported", "split it by branches"),
    Limit("png_side_px", 32_767, "px", "a side of a PNG", "", "cairo draws no more"),
    Limit("png_area_px", 300_000_000, "px", "the area of a PNG; each takes four bytes while it is drawn"),
    Limit("pdf_side_pt", 14_400, "pt", "a side of a PDF page", "", "readers of PDF show no more"),
    Limit("pptx_side_pt", 4_032, "pt", "a side of a slide", "", "PowerPoint has none over 56 inches"),
    Limit("page_side_mm", 5_000, "mm", "a side of a page that is given in mm", "", "no printer has a larger sheet"),
    Limit("graphviz_units", 10_000, "units", "what Graphviz is asked to place (--layout dot and so on)",
          "use the layout page, or draw a branch with --root or --depth"),
    Limit("graphviz_bytes", 500_000_000, "bytes", "what Graphviz answers", "use the layout page"),
    Limit("graphviz_seconds", 60, "seconds", "one run of Graphviz"),
    Limit("graphviz_memory_mb", 2_000, "MB", "the process in which Graphviz runs"),
    Limit("reader_seconds", 25, "seconds", "the process that reads a DOCX, ODT, PDF, HTML, xlsx or JSON-LD file"),
    Limit("reader_memory_mb", 1_000, "MB", "the same process"),
    Limit("batch_memory_mb", 4_000, "MB", "what one file of a batch takes where it is done",
          "split it, or draw a branch of it with orgchart render --root"),
)  # fmt: skip
LIMITS: Final[Mapping[str, Limit]] = {limit.key: limit for limit in _ROWS}


class ExceededError(NotReadableError):
    """rule: what was found, and the limit; remedy: what to do, and how to raise it."""

    def __init__(self, rule: str, remedy: str) -> None:
        self.rule, self.remedy = rule, remedy
        super().__init__(f"{rule}; {remedy}")


def fixed(key: str) -> int:
    """The value of a limit that nobody can raise."""
    assert LIMITS[key].fixed
    return LIMITS[key].value


def value_of(key: str) -> int:
    """What is accepted now. Raises OrgChartError where the environment says something that is no number."""
    limit = LIMITS[key]
    said = os.environ.get(limit.variable)
    return limit.value if said is None or limit.fixed else _number(limit, said)


def check_environment() -> None:
    """Raises OrgChartError for a variable that would raise nothing: an unknown key, one that is fixed, no number."""
    known = {limit.variable: limit for limit in _ROWS}
    for name in sorted(os.environ):
        if not name.startswith(PREFIX):
            continue
        limit = known.get(name)
        if limit is None:
            from difflib import get_close_matches

            near = get_close_matches(name, known)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise OrgChartError(f"the environment variable {_printable(name)} names no limit; {hint}")
        if limit.fixed:
            raise OrgChartError(
                f"the environment variable {name} changes nothing, for the limit {limit.key} is fixed at "
                f"{limit.value:,} {limit.measure}: {limit.fixed}; unset it"
            )
        _number(limit, os.environ[name])


def check_within(key: str, found: int, subject: str = "it", *, exact: bool = True) -> None:
    """Raises ExceededError where more was found than is accepted. exact: False where counting stopped at the limit.
    Of bytes, one more than it may be no more than what was read."""
    most = value_of(key)
    unread = LIMITS[key].measure == "bytes"
    if found > most:
        raise exceeded(key, found if exact and not (unread and found == most + 1) else None, subject)


def exceeded(key: str, found: int | None = None, subject: str = "it") -> ExceededError:
    """The refusal itself. found: None where it is only known to be too much."""
    limit, most = LIMITS[key], value_of(key)
    if found is None:
        rule = f"{subject} has more than {most:,} {limit.measure}, the limit {key}"
    else:
        rule = f"{subject} has {found:,} {limit.measure}, more than {most:,}, the limit {key}"
    return ExceededError(rule, how_to_raise(key, found))


def how_to_raise(key: str, found: int | None = None) -> str:
    """The remedy: what to do instead, and the variable."""
    limit = LIMITS[key]
    if limit.fixed:
        return limit.instead or "make it smaller"
    wanted = found or 2 * value_of(key)
    return f"{limit.instead}, or raise it: {limit.variable}={wanted}".removeprefix(", or ")


def read_within(stream: IO[bytes], key: str) -> bytes:
    """All bytes of an open file. Raises ExceededError, with the size where the system tells it, for too many."""
    most = value_of(key)
    size = _size(stream)
    if size > most:
        raise exceeded(key, size)
    content = stream.read(most + 1)
    if len(content) > most:
        raise exceeded(key)
    return content


def _size(stream: IO[bytes]) -> int:
    """0 where only reading it tells."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError, AttributeError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def kept_environment() -> dict[str, str]:
    """The variables that raise limits, for a process of ours that has no other environment."""
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}


@contextlib.contextmanager
def held_to(variables: Mapping[str, str]) -> Iterator[None]:
    """Hold this process for a while to the limits of another one, by what ``kept_environment`` said there."""
    own = kept_environment()
    _set(variables)
    try:
        yield
    finally:
        _set(own)


def _set(variables: Mapping[str, str]) -> None:
    for name in kept_environment().keys() - variables.keys():
        del os.environ[name]
    os.environ.update(variables)


def _number(limit: Limit, said: str) -> int:
    if said.isascii() and said.isdecimal() and len(said) <= 13 and 1 <= int(said) <= _HIGHEST:
        return int(said)
    raise OrgChartError(
        f'the environment variable {limit.variable} is "{_printable(said[:40])}"; write a whole number of '
        f"{limit.measure} from 1 to {_HIGHEST}"
    )


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)
