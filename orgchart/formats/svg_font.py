"""A Drawing and its Font, in; the rules of a style sheet that carry the letters drawn, as WOFF2, out."""

from __future__ import annotations

import base64
import io

from orgchart.drawing import Drawing
from orgchart.text import Font


def font_rules(drawing: Drawing, font: Font, family: str) -> str:
    """The faces in use, each cut down to the characters drawn in it. family: the name by which texts ask for them."""
    used: dict[tuple[bool, bool], list[str]] = {}
    for words in drawing.all_words():
        used.setdefault((words.bold, words.italic), []).append(words.text)
    rules = []
    for (bold, italic), texts in sorted(used.items()):
        characters = set("".join(set(texts)))
        data = base64.b64encode(_woff2(font.face(bold, italic).subset(map(ord, characters)))).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{'bold' if bold else 'normal'};"
            f"font-style:{'italic' if italic else 'normal'};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "".join(rules)


def _woff2(font_file: bytes) -> bytes:
    """The tables packed as they are: to transform the outlines saves a twentieth and takes as long as all the rest."""
    from fontTools.ttLib.sfnt import SFNTReader
    from fontTools.ttLib.woff2 import WOFF2FlavorData, WOFF2Writer

    tables = SFNTReader(io.BytesIO(font_file))
    packed = io.BytesIO()
    writer = WOFF2Writer(
        packed, len(tables.keys()), tables.sfntVersion, "woff2", WOFF2FlavorData(transformedTables=[])
    )  # fmt: skip
    for tag in sorted(tables.keys()):
        writer[tag] = tables[tag]
    writer.close()
    return packed.getvalue()
