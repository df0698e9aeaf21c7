"""The headings of a document and the words of one, in; which one is meant, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from orgchart.errors import OrgChartError
from orgchart.hints import folded, quoted
from orgchart.script import to_latin

_MOST_LISTED: Final = 30
_NUMBERING: Final = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[IVXLC]+\.|[a-zа-ш]\))\s+", re.IGNORECASE)


def _as_it_stands(text: str) -> str:
    return " ".join(text.split())


def _in_any_script(text: str) -> str:
    return to_latin(folded(text))


def _without_number(text: str) -> str:
    return _in_any_script(_NUMBERING.sub("", text.strip()))


# From strict to lenient: the first way by which a heading is found decides.
_WAYS: Final[tuple[Callable[[str], str], ...]] = (_as_it_stands, folded, _in_any_script, _without_number)


def heading_meant(headings: Sequence[str], wanted: str) -> int:
    """The place in the list of the one heading of those words: as they stand, else in any case, else in either script,
    else without its number. Raises OrgChartError, listing the headings, where none or several have them."""
    for way in _WAYS:
        found = [number for number, heading in enumerate(headings) if way(heading) == way(wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            raise OrgChartError(
                f"{len(found)} headings read {quoted(headings[found[0]])}; make one of them different, or put a "
                "picture with the alternative text orgchart:NAME where the chart belongs"
            )
    if not headings:
        raise OrgChartError(
            f"there is no heading {quoted(wanted)}, and no other; give it the style Heading 1, 2 … in Word "
            "or LibreOffice"
        )
    listed = "; ".join(quoted(heading) for heading in headings[:_MOST_LISTED])
    more = f"; and {len(headings) - _MOST_LISTED} more" if len(headings) > _MOST_LISTED else ""
    raise OrgChartError(f"there is no heading {quoted(wanted)}; there are {listed}{more}")
