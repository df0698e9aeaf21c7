"""The bytes of a file called DOCX or ODT, in; its package, harmless, unsigned, unlocked, with what changes, out."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Final

from orgchart.documents.charts import Chart
from orgchart.documents.pictures import is_ours
from orgchart.documents.sizes import Size, said
from orgchart.documents.xml_splice import Part
from orgchart.documents.zip_splice import spliced
from orgchart.limits import check_within
from orgchart.names import safe_name
from orgchart.packages import NotReadableError, opened

_SIGNED: Final = re.compile(r"_xmlsignatures/|META-INF/documentsignatures\.xml$", re.IGNORECASE)
_OUTSIDE: Final = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[a-z]:|\\|\0|^$", re.IGNORECASE)
_OUR_NAME: Final = re.compile(r"(?:^|/)orgchart-[^/]*-[0-9a-f]{8}(?:-\d+)?\.(?:svg|png)$")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHER: Final = (
    (b"%PDF", "it is a PDF, whatever its name says", "embed into the document that it was made from"),
    (b"{\\rtf", "it is RTF, whatever its name says", "open it and save it as .docx"),
    (b"<?xml", "it is plain XML, whatever its name says", "open it and save it as .docx or .odt"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document where a chart stands or shall stand.

    name: the chart's; where: for the user, e.g. ``picture 2, under "Organisation"``.
    """

    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happens at a place. kind: ``new``, ``redrawn``, ``resized`` or ``described``; size: the picture's; remark:
    what the user should look at, or empty."""

    place: Place
    kind: str
    size: Size | None = None
    remark: str = ""

    def __str__(self) -> str:
        size = f", {said(self.size)}" if self.size else ""
        return f"{self.place.where}: {self.place.name} {self.kind}{size}" + (f"; {self.remark}" if self.remark else "")


@dataclass
class Package:
    """A document's zip package, and the parts that will be replaced, added and removed."""

    content: bytes
    zipped: zipfile.ZipFile
    replaced: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    def names(self) -> list[str]:
        return [name for name in self.zipped.namelist() if name not in self.removed] + list(self.added)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part as it will be, or None where there is none, or a broken one."""
        if name in self.replaced or name in self.added:
            return self.replaced.get(name, self.added.get(name))
        try:
            return self.zipped.read(name)
        except KeyError:
            return None
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error):
            raise NotReadableError(f"its part {name} is broken or locked with a password") from None

    def put(self, part: Part) -> None:
        """Keep an edited part, if anything in it changed."""
        if part.edits:
            self.replaced[part.name] = part.edited

    def media(self, chart: Chart, folder: str, *, vector: bool = True) -> tuple[str, str]:
        """The names of the parts with the chart's SVG and PNG, which are added where they are not there yet, the SVG
        only for a picture that can show it.

        The name holds a hash of the picture: an older picture that another place still shows is never written over.
        """
        taken = {name.lower(): name for name in self.names()}
        number = 0
        while True:
            number += 1
            stem = f"{folder}orgchart-{safe_name(chart.name)}-{chart.digest}" + (f"-{number}" if number > 1 else "")
            svg, png = f"{stem}.svg", f"{stem}.png"
            known_svg, known_png = taken.get(svg.lower()), taken.get(png.lower())
            if known_svg not in (None, svg) or known_png not in (None, png):
                continue
            if known_svg is not None and self.read(svg) != chart.svg:
                continue
            if known_svg is None and known_png is not None and self.read(png) != chart.png:
                continue
            if known_png is None:
                self.added[png] = chart.png
            if vector and known_svg is None:
                self.added[svg] = chart.svg
            return svg, png

    def shows(self, name: str | None, chart: Chart) -> bool:
        """Whether the part holds the chart's current SVG."""
        return name is not None and self.read(name) == chart.svg

    def is_ours(self, name: str) -> bool:
        """Whether a picture was put there by us: then nobody misses it once no place shows it."""
        return bool(_OUR_NAME.search(name)) or (name.lower().endswith(".svg") and is_ours(self.read(name) or b""))

    def remove(self, name: str) -> None:
        if name in self.added:
            del self.added[name]
        else:
            self.removed.add(name)

    @property
    def written(self) -> bytes:
        """The package with all changes; the very bytes that it had where there are none."""
        replaced = {name: part for name, part in self.replaced.items() if name not in self.removed}
        if not (replaced or self.added or self.removed):
            return self.content
        return spliced(self.content, self.zipped, replaced, self.added, self.removed)


def open_package(content: bytes) -> Package:
    """The package of a document. Raises NotReadableError, which says what is the matter and what to do."""
    check_within("document_bytes", len(content))
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise NotReadableError("it is locked with a password; take the password off, embed, and set it again")
        raise NotReadableError("it is a file of an older Word (.doc), whatever its name says; save it as .docx")
    for sign, what, remedy in _OTHER:
        if content.lstrip()[:8].startswith(sign):
            raise NotReadableError(f"{what}; {remedy}")
    try:
        zipped = opened(content, "document_tags")
    except NotReadableError as error:
        raise NotReadableError(f"{error}; open it in Word or LibreOffice and save it anew") from None
    seen: set[str] = set()
    for part in zipped.infolist():
        if _OUTSIDE.search(part.orig_filename):
            raise NotReadableError(f"its part {part.orig_filename!r} has a name that leads out of it; do not open it")
        if part.flag_bits & 1:
            raise NotReadableError("it is locked with a password; take the password off, embed, and set it again")
        if part.filename.lower() in seen:
            raise NotReadableError(f"it holds two parts of the name {part.filename!r}; save it anew")
        seen.add(part.filename.lower())
        if _SIGNED.search(part.filename):
            raise NotReadableError(
                "it is signed, and a new chart would break the signature; take the signature off, embed, and sign again"
            )
    return Package(content, zipped)
