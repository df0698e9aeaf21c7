"""A PDF of marked pages and its TagTree, in; the PDF with a structure tree that says what everything on it is, out."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from orgchart.errors import FormatError
from orgchart.formats.tag_tree import Element, TagTree

LEAST_CAIRO = (1, 16, 0)
_STRING = rb"\((?:[^()\\]|\\.)*\)"
_BEGIN = rb"/Span\s*<<\s*/MCID\s+\d+\s*>>\s*BDC(?=\s)"
_INNER = rb"/Span\s*<<\s*/ActualText\s*<[0-9A-Fa-f\s]*>\s*>>\s*BDC(?=\s)"
_TOKENS = re.compile(rb"(?s)%s|(%s)|(%s)|(?<=\s)(EMC)(?=\s)" % (_STRING, _BEGIN, _INNER))
# Operators that paint, ISO 32000-1, annex A.
_PAINTS = re.compile(rb"(?<=\s)(?:f\*?|F|S|s|B\*?|b\*?|Do|sh|BI|Tj|TJ|'|\")(?=\s)|(?<=[\])>])T[jJ](?=\s)")
# What sets up the page stays outside: a decoration begins after it and ends before it is undone.
_SETTING = re.compile(rb"\s*(?:(?:[-+.\d]+\s+){6}cm\s+|[qQ]\s+)*")
_RESTORING = re.compile(rb"(?:\s*\bQ)*\s*\Z")


class UntaggableError(FormatError):
    """The cairo of this machine marks content in a way that is not known."""


def tagging_fault() -> str:
    """Why PDFs cannot be tagged on this machine, with the remedy; "" where they can. Known after one small trial."""
    import cairocffi

    version = tuple(int(part) for part in cairocffi.cairo_version_string().split("."))
    remedy = f"install cairo {'.'.join(map(str, LEAST_CAIRO))} or newer"
    if version < LEAST_CAIRO:
        return f"cairo {cairocffi.cairo_version_string()} on this machine cannot tag a PDF, which is written without "\
            f"tags for screen readers; {remedy}"  # fmt: skip
    return "" if _marks_as_known() else (
        f"cairo {cairocffi.cairo_version_string()} on this machine marks content in a way that is not known, so that "
        f"the PDF has no tags for screen readers; {remedy} of a tested version (docs/pdf.md)"
    )  # fmt: skip


@functools.lru_cache(maxsize=1)
def _marks_as_known() -> bool:
    import cairocffi

    written = io.BytesIO()
    surface = cairocffi.PDFSurface(written, 10, 10)
    context = cairocffi.Context(surface)
    for _ in range(2):
        context.rectangle(0, 0, 5, 5)
        context.fill()
        context.tag_begin("Span", "")
        context.rectangle(5, 5, 5, 5)
        context.fill()
        context.tag_end("Span")
    context.show_page()
    surface.finish()
    with pikepdf.open(io.BytesIO(written.getvalue())) as pdf:
        try:
            _content(pdf.pages[0].obj.Contents.read_bytes(), 2)
        except (UntaggableError, AttributeError):
            return False
    return True


def add_tags(pdf: pikepdf.Pdf, tree: TagTree, drawn: Sequence[Sequence[int]], heights: Sequence[float]) -> None:
    """Replace cairo's structure by the tree, and make all that belongs to nothing an artifact.

    drawn: by page, the elements in the order of their marks; heights: of the pages, in pt. An element of which nothing
    is drawn is left out. The links of the pages must be there. Raises UntaggableError before anything is changed.
    """
    pages = [page.obj for page in pdf.pages]
    contents = [
        _content(page.Contents.read_bytes(), len(elements)) for page, elements in zip(pages, drawn, strict=True)
    ]
    for page, content in zip(pages, contents, strict=True):
        page.Contents = pdf.make_stream(content)
        page.Tabs = Name.S
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    kept = _kept(tree.elements, drawn)
    made = {
        place: pdf.make_indirect(_dictionary(element, pages, heights))
        for place, element in enumerate(tree.elements)
        if kept[place]
    }
    kids: dict[int, list[Any]] = {place: [] for place in made}
    marked = [[made[place] for place in elements] for elements in drawn]
    for elements in drawn:
        for number, place in enumerate(elements):
            kids[place].append(number)
    numbers: list[Any] = []
    for number, (page, owners) in enumerate(zip(pages, marked, strict=True)):
        page.StructParents = number
        numbers += [number, pdf.make_indirect(Array(owners))]
    for place, element in enumerate(tree.elements):
        if not kept[place]:
            continue
        page = pages[element.page]
        for link in element.links:
            annotation = page.Annots[link]
            annotation.StructParent = len(numbers) // 2
            numbers += [len(numbers) // 2, made[place]]
            kids[place].append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page))
        above = root if element.parent < 0 else made[element.parent]
        made[place].P = above
        if element.parent >= 0:
            kids[element.parent].append(made[place])
    for place, below in kids.items():
        made[place].K = below[0] if len(below) == 1 else Array(below)
    root.K = made[0]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(numbers) // 2
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _kept(elements: Sequence[Element], drawn: Sequence[Sequence[int]]) -> list[bool]:
    """Which elements have content, or others that have."""
    kept = [bool(element.links) for element in elements]
    for marked in drawn:
        for place in marked:
            kept[place] = True
    for place in reversed(range(1, len(elements))):
        if kept[place]:
            kept[elements[place].parent] = True
    kept[0] = True
    return kept


def _dictionary(element: Element, pages: Sequence[Any], heights: Sequence[float]) -> Dictionary:
    entries: dict[str, Any] = {
        "/Type": Name.StructElem, "/S": Name(f"/{element.role}"), "/Pg": pages[element.page],
    }  # fmt: skip
    if element.alt:
        entries["/Alt"] = String(element.alt)
    if element.text:
        entries["/ActualText"] = String(element.text)
    if element.lang:
        entries["/Lang"] = String(element.lang)
    if element.numbering:
        entries["/A"] = Dictionary(O=Name.List, ListNumbering=Name(f"/{element.numbering}"))
    if element.box:
        left, top, width, height = element.box
        bottom = heights[element.page] - top - height
        box = [round(side, 2) for side in (left, bottom, left + width, bottom + height)]
        entries["/A"] = Dictionary(O=Name.Layout, BBox=Array(box), Placement=Name.Block)
    return Dictionary(entries)


def _content(content: bytes, count: int) -> bytes:
    """A page's content with its marks numbered from 0 and all that is painted outside them marked as an artifact.

    Raises UntaggableError where there are not as many marks as were made.
    """
    parts: list[bytes] = []
    end, number, inner_marks, inside = 0, 0, 0, False
    for token in _TOKENS.finditer(content):
        begin, inner, close = token.group(1, 2, 3)
        if begin and not inside:
            parts += [_artifact(content[end : token.start()]), b"/Span <</MCID %d>> BDC" % number]
            number, end, inside = number + 1, token.end(), True
        elif inner:  # cairo's own, round a glyph that stands for several letters
            inner_marks += 1
        elif close and inner_marks:
            inner_marks -= 1
        elif close and inside:
            parts.append(content[end : token.end()])
            end, inside = token.end(), False
        elif begin or close:
            raise UntaggableError(_untaggable("it nests marks"))
    if number != count or inside:
        raise UntaggableError(_untaggable(f"it marked {number} pieces of {count}"))
    parts.append(_artifact(content[end:]))
    return b"".join(parts)


def _untaggable(how: str) -> str:
    return f"cairo did not mark the content of this PDF for screen readers as it should: {how}; write SVG or HTML"


def _artifact(content: bytes) -> bytes:
    if not _PAINTS.search(content):
        return content
    setting = _SETTING.match(content)
    restoring = _RESTORING.search(content)
    first, last = setting.end() if setting else 0, restoring.start() if restoring else len(content)
    return b"%s\n/Artifact BMC\n%s\nEMC\n%s" % (content[:first], content[first:last], content[last:])
