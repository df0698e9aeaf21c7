"""A Word file's styles and a paragraph, in; the paragraph's text where it is a heading, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from orgchart.documents.word_names import STRICT, W
from orgchart.documents.xml_splice import Element, Part

# Word keeps the built-in names in English whatever its language; LibreOffice writes them so too.
_HEADING: Final = re.compile(r"heading [1-9]", re.IGNORECASE)
_NO_LEVEL: Final = "9"  # the text's own


def heading_levels(content: bytes | None) -> Mapping[str, bool]:
    """Of each paragraph style's id, whether it makes a heading: by its name, its outline level, or its parent style."""
    if content is None:
        return {}
    part = Part("styles", content, [(W, "style")], aliases=STRICT)
    styles = {element.get(W, "styleId") or "": element for element in part.found}
    known: dict[str, bool] = {}
    for name in styles:
        here, seen = name, set()
        found = False
        while here in styles and here not in seen:
            seen.add(here)
            said = _says(styles[here])
            if said is not None:
                found = said
                break
            here = _value(styles[here], "basedOn") or ""
        known[name] = found
    return known


def _says(style: Element) -> bool | None:
    if _HEADING.fullmatch(_value(style, "name") or ""):
        return True
    properties = style.child((W, "pPr"))
    level = _value(properties, "outlineLvl") if properties is not None else None
    return None if level is None else level != _NO_LEVEL


def heading_text(paragraph: Element, levels: Mapping[str, bool]) -> str:
    """The heading's text in one line, or an empty one for what is no heading."""
    properties = paragraph.child((W, "pPr"))
    if properties is None:
        return ""
    level = _value(properties, "outlineLvl")
    style = _value(properties, "pStyle") or ""
    if (level is None and not levels.get(style, False)) or level == _NO_LEVEL:
        return ""
    return " ".join("".join(element.text for element in paragraph.children if element.name == (W, "t")).split())


def _value(element: Element, local: str) -> str | None:
    child = element.child((W, local))
    return None if child is None else child.get(W, "val")
