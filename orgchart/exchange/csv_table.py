"""The bytes of a CSV file, in; its rows with their lines, and how it is delimited and encoded, out."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orgchart.errors import Fault, ImportFaultsError, OrgChartError
from orgchart.exchange.columns import find_header, match
from orgchart.hints import quoted
from orgchart.limits import exceeded, value_of
from orgchart.rulebook.sources import decode

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_WORDS: Final = {**{word: sign for sign, word in DELIMITERS.items()}, "\\t": "\t", "pipe": "|", "colon": ":"}
_SAMPLE_ROWS: Final = 60
_SAMPLE: Final = 200_000


@dataclass(frozen=True, slots=True)
class CsvRows:
    """rows: cells as they stand in the file; lines: of the text, on which each row begins, from 1."""

    rows: tuple[list[str], ...]
    lines: tuple[int, ...]
    delimiter: str
    encoding: str


def read_csv(content: bytes, name: str, delimiter: str | None = None, encoding: str | None = None) -> CsvRows:
    """Take a CSV file apart. delimiter: a sign, or its name such as ``semicolon``; encoding: any that Python knows;
    both are found where None. Raises OrgChartError, naming the file."""
    text, called = decode(content, name) if encoding is None else (_decoded(content, name, encoding), encoding)
    if "\x00" in text:
        raise OrgChartError(f"{name}: this is no text, for it holds the character U+0000; name a CSV file")
    if encoding is None and "\ufffd" in text and called != "UTF-8":
        raise OrgChartError(f"{name}: it is not in {called}, as it seems to be; say --encoding, such as windows-1250")
    text = text.removeprefix("\ufeff")
    hint, text = _excel_hint(text)
    sign = hint if delimiter is None else _WORDS.get(delimiter, delimiter)
    if sign is not None and (len(sign) != 1 or sign in '"\r\n'):
        raise OrgChartError(f"--delimiter {quoted(delimiter or '')}: it must be one sign; use {', '.join(_WORDS)}")
    sign = sign or _delimiter(text)
    rows, lines = _rows(text, sign, name)
    first = 2 if hint is not None else 1
    return CsvRows(tuple(rows), tuple(line + first - 1 for line in lines), sign, called)


def _decoded(content: bytes, name: str, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        text = content.decode(codec.name)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise OrgChartError(
            f"{name}, line {line}: byte 0x{content[error.start]:02X} is not {encoding}; give another --encoding"
        ) from None
    except (LookupError, ValueError, TypeError):
        raise OrgChartError(
            f"--encoding {quoted(encoding)}: there is no such encoding; use utf-8, utf-16, windows-1250 or windows-1251"
        ) from None
    return text


def _excel_hint(text: str) -> tuple[str | None, str]:
    """Excel's own first line ``sep=;``."""
    first, _, rest = text.partition("\n")
    first = first.strip("\r")
    return (first[4], rest) if len(first) == 5 and first.lower().startswith("sep=") else (None, text)


def _rows(text: str, delimiter: str, name: str) -> tuple[list[list[str]], list[int]]:
    rows, lines = [], []
    csv.field_size_limit(value_of("csv_cell_characters"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    last = 0
    try:
        for row in reader:
            rows.append(row)
            lines.append(last + 1)
            last = reader.line_num
    except csv.Error as error:
        rule, remedy = _about(str(error))
        raise ImportFaultsError(name, [Fault(f"line {last + 1}", rule, remedy)]) from None
    return rows, lines


def _about(error: str) -> tuple[str, str]:
    if "unexpected end" in error:
        return "a quotation mark opens a cell here and none closes it", 'close it, or write each " inside a cell twice'
    if "expected after" in error:
        return "after the quotation mark that closes a cell more text follows", 'write each " inside a cell twice: ""'
    if "limit" in error:
        too_long = exceeded("csv_cell_characters", subject="a cell")
        return too_long.rule, too_long.remedy
    return f"the row cannot be read ({error})", "write each cell that holds a line break in quotation marks"


def _delimiter(text: str) -> str:
    """The sign by which most rows have as many cells as the header, of which most name a field."""
    sample = text[:_SAMPLE]
    return max(DELIMITERS, key=lambda sign: _fitness(_sampled(sample, sign)))


def _sampled(sample: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in _first(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
            rows.append(row)
    except csv.Error:
        pass
    return rows


def _first(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(reader):
        if number == _SAMPLE_ROWS:
            return
        if row:
            yield row


def _fitness(rows: list[list[str]]) -> tuple[int, float, int]:
    if not rows:
        return 0, 0.0, 0
    header = rows[find_header(rows, {})]
    width, count = Counter(map(len, rows)).most_common(1)[0]
    return len(match(header, {}, "").of), count / len(rows) if width > 1 else 0.0, width
