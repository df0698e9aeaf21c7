"""The bytes of a DOCX file and the charts that it asks for, in; the same file with the current charts, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orgchart.documents.charts import Chart, ChartFolder
from orgchart.documents.headings import heading_meant
from orgchart.documents.office import Change, Package, Place
from orgchart.documents.sizes import A4, CAPTION, Room, fitted
from orgchart.documents.word_headings import heading_levels, heading_text
from orgchart.documents.word_names import MC, STRICT, WP, W
from orgchart.documents.word_pictures import (
    Shown,
    WordPicture,
    above,
    image_type,
    is_strict,
    marked_pictures,
    media_folder,
    new_paragraph,
    show,
)
from orgchart.documents.word_relations import Relations, declare_media, relations_name
from orgchart.documents.xml_splice import Element, Part
from orgchart.hints import quoted
from orgchart.packages import NotReadableError

_EMU_PER_TWIP: Final = 635
_WANTED: Final = ((W, "drawing"), (W, "pict"), (W, "pPr"), (W, "t"), (W, "sectPr"))
_MARKED: Final = (
    (W, "p"), (W, "del"), (W, "moveFrom"), (MC, "Fallback"),
)  # fmt: skip
_OTHER_PARTS: Final = ("header", "footer", "footnotes", "endnotes")
_IN_PART: Final = {"header": "in a header", "footer": "in a footer", "footnotes": "in a footnote"}


class WordDocument:
    """A DOCX file taken apart. Raises NotReadableError where it is none or holds a mark that cannot be served."""

    def __init__(self, package: Package) -> None:
        self._package = package
        root = Relations(package, "")
        main = next(iter(root.of_type("officeDocument")), None)
        content = package.read(main) if main else None
        if main is None or content is None or package.read("[Content_Types].xml") is None:
            raise NotReadableError("it holds no document of Word")
        self._main = self._part(main, content)
        if self._main.root.name != (W, "document"):
            raise NotReadableError("it is a workbook or presentation; embed is for documents of Word and LibreOffice")
        self._relations = {main: Relations(package, main)}
        self._parts = {main: self._main}
        self._kinds = {main: ""}
        for kind in _OTHER_PARTS:
            for name in self._relations[main].of_type(kind):
                inside = package.read(name)
                if inside is not None and name not in self._parts:
                    self._parts[name] = self._part(name, inside)
                    self._relations[name] = Relations(package, name)
                    self._kinds[name] = _IN_PART.get(kind, "in an endnote")
        self._headings = self._found_headings()
        self._pictures = [picture for part in self._parts.values() for picture in marked_pictures(part)]

    @staticmethod
    def _part(name: str, content: bytes) -> Part:
        return Part(name, content, _WANTED, _MARKED, STRICT)

    def _found_headings(self) -> list[tuple[str, Element]]:
        styles = next(iter(self._relations[self._main.name].of_type("styles")), None)
        levels = heading_levels(self._package.read(styles) if styles else None)
        paragraphs = (element for element in self._main.found if element.name == (W, "p"))
        return [(text, each) for each in paragraphs if (text := heading_text(each, levels))]

    @property
    def places(self) -> list[Place]:
        """Where charts are asked for, in their order."""
        return [place for _, place in self._placed() if place is not None]

    def _placed(self) -> Iterator[tuple[WordPicture, Place | None]]:
        """Each picture and its place; a copy for older programs has none."""
        number = 0
        for picture in self._pictures:
            if picture.is_copy:
                yield picture, None
                continue
            number += 1
            where = self._kinds[picture.part.name]
            heading = self._heading_over(picture)
            if heading is not None:
                where = f"under {quoted(heading)}"
            yield picture, Place(picture.name, f"picture {number}" + (f", {where}" if where else ""))

    def _heading_over(self, picture: WordPicture) -> str | None:
        if picture.part is not self._main:
            return None
        before = [text for text, element in self._headings if element.start < picture.frame.start]
        return before[-1] if before else None

    def with_charts(self, charts: ChartFolder, insert: tuple[str, str] | None) -> tuple[bytes, list[Change]]:
        """The file with its charts brought up to date, and what changed. insert: a chart's name, and the heading after
        which it is to stand as a new picture, if it does not stand under it already."""
        changes = []
        released: dict[str, list[str]] = {}
        for picture, place in self._placed():
            chart = charts.chart(picture.name)
            relations = self._relations[picture.part.name]
            shown = show(picture, chart, self._room(picture), self._package, relations)
            released.setdefault(picture.part.name, []).extend(shown.released)
            if place is not None and shown.changed:
                changes.append(Change(place, _kind(shown), shown.size, _remark(shown)))
        if insert is not None:
            changes += self._inserted(charts.chart(insert[0]), insert[1])
        self._finish(released)
        return self._package.written, changes

    def _inserted(self, chart: Chart, after: str) -> list[Change]:
        number = heading_meant([text for text, _ in self._headings], after)
        text, heading = self._headings[number]
        until = self._headings[number + 1][1].start if number + 1 < len(self._headings) else len(self._main.content)
        for picture in self._pictures:
            here = picture.part is self._main and heading.start < picture.frame.start < until
            if here and picture.name == chart.name:
                return []
        _, column = self._rooms(heading.end)
        size = fitted(column.width, chart.ratio, column)
        part = self._main
        relations = self._relations[part.name]
        svg, png = self._package.media(chart, media_folder(part.name))
        kind = image_type(part)
        identities = [
            int(identity)
            for each in self._parts.values()
            for drawing in each.found
            for element in drawing.below()
            if element.name == (WP, "docPr") and (identity := element.get("", "id") or "").isdecimal()
        ]
        written = new_paragraph(
            chart,
            size,
            max([0, *identities]) + 1,
            relations.id_for(png, kind),
            relations.id_for(svg, kind),
            is_strict(part),
        )
        part.replace(heading.end, heading.end, written)
        place = Place(chart.name, f"new picture, under {quoted(text)}")
        return [Change(place, "inserted", size, _narrowed(size.narrowed))]

    def _room(self, picture: WordPicture) -> Room:
        page, column = self._rooms(picture.frame.start if picture.part is self._main else len(self._main.content))
        return page if picture.is_floating else column

    def _rooms(self, at: int) -> tuple[Room, Room]:
        """The sheet and the text column of the section at a byte: its properties stand at its end."""
        for section in (element for element in self._main.found if element.name == (W, "sectPr")):
            outer = section.parent
            if outer is not None and outer.name == (W, "sectPrChange"):
                continue
            paragraph = next((element for element in above(section) if element.name == (W, "p")), None)
            if (paragraph or section).end > at:
                return _rooms_of(section)
        sections = [element for element in self._main.found if element.name == (W, "sectPr")]
        return _rooms_of(sections[-1]) if sections else (A4, A4)

    def _finish(self, released: dict[str, list[str]]) -> None:
        """Drop pictures of ours that nobody shows any more; put parts, relationships and types into the package."""
        dropped = set()
        for name, part in self._parts.items():
            relations = self._relations[name]
            edited = part.edited if part.edits else part.content
            for identity in dict.fromkeys(released.get(name, [])):
                target = relations.target(identity)
                quotes = (f'"{identity}"'.encode(), f"'{identity}'".encode())
                if target and self._package.is_ours(target) and not any(each in edited for each in quotes):
                    relations.remove(identity)
                    dropped.add(target)
            relations.save()
            self._package.put(part)
        used = {target for owner in self._owners() for target in Relations(self._package, owner).targets()}
        for target in sorted(dropped - used):
            self._package.remove(target)
        if self._package.added:
            declare_media(self._package, list(self._package.added))

    def _owners(self) -> Iterator[str]:
        """The parts that have relationships."""
        for name in self._package.names():
            folder, _, file = name.rpartition("/")
            if file.endswith(".rels") and (folder == "_rels" or folder.endswith("/_rels")):
                outer = folder[: -len("_rels")]
                owner = outer + file[: -len(".rels")]
                if relations_name(owner) == name:
                    yield owner


def _kind(shown: Shown) -> str:
    if "picture" in shown.changed:
        return "redrawn"
    return "resized" if "size" in shown.changed else "described"


def _remark(shown: Shown) -> str:
    cropped = "it was cropped, and is whole now" if shown.was_cropped else ""
    return "; ".join(filter(None, [_narrowed(shown.size.narrowed), cropped]))


def _narrowed(narrowed: bool) -> str:
    return "narrowed, as it would not fit the page" if narrowed else ""


def _rooms_of(section: Element) -> tuple[Room, Room]:
    """The sheet, and what its margins and columns leave, less a line for a caption."""
    size, margins, columns = (section.child((W, local)) for local in ("pgSz", "pgMar", "cols"))
    width, height = (_twips(size, side, otherwise) for side, otherwise in (("w", 11_906), ("h", 16_838)))
    left, right, gutter = (_twips(margins, side, otherwise) for side, otherwise in
                           (("left", 1440), ("right", 1440), ("gutter", 0)))  # fmt: skip
    top, bottom = (abs(_twips(margins, side, 1440)) for side in ("top", "bottom"))
    text = width - left - right - gutter
    count = max(1, _twips(columns, "num", 1))
    if columns is not None and columns.children:
        text = min(_twips(column, "w", text) for column in columns.children)
    elif count > 1:
        text = (text - (count - 1) * _twips(columns, "space", 720)) // count
    column = Room(max(1, text) * _EMU_PER_TWIP, max(1, (height - top - bottom) * _EMU_PER_TWIP - CAPTION))
    return Room(width * _EMU_PER_TWIP, height * _EMU_PER_TWIP), column


def _twips(element: Element | None, local: str, otherwise: int) -> int:
    text = element.get(W, local) if element is not None else None
    return int(text) if text is not None and text.lstrip("-").isdecimal() and len(text) < 9 else otherwise
