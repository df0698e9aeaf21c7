"""The root element of a chart's SVG, in; nothing, or an error naming what in it no chart of orgchart has, out.

What may stand there is listed; a list of what does harm is never whole.
"""

from __future__ import annotations

import re
from typing import Final

from orgchart.documents.xml_splice import Element
from orgchart.errors import OrgChartError
from orgchart.unit_url import is_address

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
_ELEMENTS: Final = frozenset(
    ["svg", "g", "a", "defs", "symbol", "use", "title", "desc", "style", "text", "tspan", "rect", "path", "line",
     "polyline", "polygon", "circle", "ellipse"]
)  # fmt: skip
_ATTRIBUTE: Final = re.compile(r"[a-z][A-Za-z]*(?:-[a-z0-9]+)*|xml:(?:lang|space)|xmlns:[a-z]+|[a-z]+:href")
_SPACES: Final = frozenset([SVG, XLINK])
_PLACE: Final = re.compile(r"#[A-Za-z0-9._-]+")
_OUTSIDE: Final = re.compile(r"url\((?!#)|\\|expression|@|<|&", re.IGNORECASE)
# What its style sheet may hold besides declarations and plain selectors: the font inside, and colours by name.
_RULES: Final = re.compile(
    r"@font-face\b|url\(data:font/woff2?;base64,[A-Za-z0-9+/=]*\)|format\('[a-z0-9]+'\)"
    r"|@supports \(fill:var\(--c0\)\)|@media screen and \(prefers-color-scheme:dark\)"
    r"|:not\(\[data-signs\]>\*\)|var\(--[a-z0-9-]+(?:,var\(--c[0-9]+\))?\)"
)
_NO_STYLE: Final = re.compile(r"[\\@()<]")


def check_harmless(root: Element, name: str) -> None:
    """Raises OrgChartError, naming the file, at the first element, attribute, link or style that is not listed."""
    for element in (root, *root.below()):
        if element.name[0] != SVG or element.name[1] not in _ELEMENTS:
            raise _refused(name, f"it holds <{element.raw[:60]}>, which no chart of orgchart has")
        for raw, value in element.attributes.items():
            if raw.lower().startswith("on"):
                raise _refused(name, f"it holds a script ({raw[:60]}), which no chart of orgchart has")
            if not _ATTRIBUTE.fullmatch(raw):
                raise _refused(name, f"it holds the attribute {raw[:60]}, which no chart of orgchart has")
            if raw == "href" or raw.endswith(":href"):
                if not (_PLACE.fullmatch(value) if element.name[1] == "use" else is_address(value)):
                    raise _refused(name, f"it links to {value[:60]!r}, and no chart of orgchart does")
            elif raw.startswith("xmlns") and value not in _SPACES:
                raise _refused(name, f"it holds the namespace {value[:60]!r}, and no chart of orgchart does")
            elif not raw.startswith(("data-", "aria-")) and _OUTSIDE.search(value):
                raise _refused(name, f"its attribute {raw} loads other files, and no chart of orgchart does")
        if element.name[1] == "style" and _NO_STYLE.search(_RULES.sub("", element.text)):
            raise _refused(name, "its style loads other files, and no chart of orgchart does")


def _refused(name: str, rule: str) -> OrgChartError:
    return OrgChartError(f"{name}: {rule}; draw it anew")
