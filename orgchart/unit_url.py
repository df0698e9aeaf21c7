"""A pattern of addresses such as ``https://example.org/{id}`` and a unit's id, in; the address of that unit, out."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from orgchart.errors import OrgChartError

MOST: Final = 1_000
_HOLE: Final = "{id}"
# Letters that stand for themselves in an address (RFC 3986), and % before two hexadecimal digits.
_SIGNS: Final = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*")
_ABSOLUTE: Final = re.compile(r"https?://[A-Za-z0-9\[][^/?#]*(?:[/?#].*)?", re.IGNORECASE)
# What comes before the first / ? or # may hold no colon, or a browser takes it for a scheme; and // is another host.
_RELATIVE: Final = re.compile(r"(?!//)[^:/?#]*(?:[/?#].*)?")
ALLOWED: Final = (
    'an address with {id} in it, "https://…", "http://…" or relative such as "units/{id}.html", of letters that may '
    f"stand in an address, at most {MOST:,}"
)


def is_address(text: str) -> bool:
    """Whether a chart may lead there: over http or https, or beside itself."""
    return bool(_SIGNS.fullmatch(text) and (_ABSOLUTE.fullmatch(text) or _RELATIVE.fullmatch(text)))


def is_pattern(pattern: str) -> bool:
    """Whether it is such an address, with a hole for the id after the host."""
    filled = pattern.replace(_HOLE, "x")
    if len(pattern) > MOST or _HOLE not in pattern or not is_address(filled):
        return False
    return not _ABSOLUTE.fullmatch(filled) or _HOLE not in pattern.split("/")[2]


def check_pattern(pattern: str) -> None:
    """Raise OrgChartError for what ``is_pattern`` refuses."""
    if not is_pattern(pattern):
        raise OrgChartError(f'the address of units "{pattern[:80]}" is not allowed; use {ALLOWED}')


def unit_url(pattern: str, unit_id: str) -> str:
    """The address of one unit: its id percent-encoded, so that it stays one step of the path. "" for an id of dots
    alone, which leads to another folder however it is written."""
    return "" if set(unit_id) <= {"."} else pattern.replace(_HOLE, quote(unit_id, safe=""))
