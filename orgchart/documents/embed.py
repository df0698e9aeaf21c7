"""Documents and a folder of charts, in; what each document asks for, what is stale in it, and its new bytes, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orgchart.documents.charts import ChartFolder
from orgchart.documents.markup import MarkupDocument, kind_of, no_mark
from orgchart.documents.odt_document import OdtDocument
from orgchart.documents.office import Change, Place, open_package
from orgchart.documents.word_document import WordDocument
from orgchart.errors import OrgChartError
from orgchart.given import file_content
from orgchart.packages import NotReadableError

_ENDINGS: Final = ".docx, .docm, .dotx, .odt, .ott, .html or .md"
_OFFICE: Final = frozenset([".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott"])


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for besides bringing charts up to date. insert: a chart's name; after: the heading that it is to
    follow; as_image: whether HTML gets ``<img>`` instead of the SVG itself."""

    insert: str | None = None
    after: str | None = None
    as_image: bool = False


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document with its charts. old, content: its bytes before and after; places: all that ask for a chart;
    changes: what is stale, and is up to date in ``content``."""

    file: Path
    old: bytes
    content: bytes
    places: tuple[Place, ...]
    changes: tuple[Change, ...]


def embed(files: Sequence[tuple[Path, Path]], charts: ChartFolder, wish: Wish | None = None) -> list[Embedded]:
    """Bring the charts in documents up to date, all or none; nothing is written here.

    files: of each document, where it is and where it will be written, from which relative links lead.
    Raises OrgChartError for a document that cannot be taken apart or asks for no chart, and one for all charts that
    there are not.
    """
    wish = wish or Wish()
    opened = [(file, old := _content(file), _opened(file, old, target, wish)) for file, target in files]
    wanted = [(place.name, f"{file}, {place.where}") for file, _, document in opened for place in document.places]
    if wish.insert is not None:
        wanted.append((wish.insert, "--insert"))
    charts.check(wanted)
    done = []
    for file, old, document in opened:
        places = tuple(document.places)
        if not places and wish.insert is None:
            raise OrgChartError(f"{file}: it asks for no chart; {_how_to_mark(document, charts)}")
        try:
            content, changes = _changed(document, charts, wish)
        except NotReadableError as error:
            raise OrgChartError(f"{file}: {error}") from None
        except OrgChartError as error:
            raise OrgChartError(f"{file}: {error}") from error
        done.append(Embedded(file, old, content, places, tuple(changes)))
    return done


_Document = WordDocument | OdtDocument | MarkupDocument


def _changed(document: _Document, charts: ChartFolder, wish: Wish) -> tuple[bytes, list[Change]]:
    if isinstance(document, MarkupDocument):
        if wish.insert is not None:
            raise OrgChartError(f"--insert is for DOCX and ODT; in HTML and Markdown {no_mark(wish.insert)}")
        return document.with_charts(charts)
    insert = None if wish.insert is None else (wish.insert, wish.after or "")
    return document.with_charts(charts, insert)


def _opened(file: Path, content: bytes, target: Path, wish: Wish) -> _Document:
    kind = kind_of(file.name)
    try:
        if kind is not None and not content.startswith(b"PK\x03\x04"):
            return MarkupDocument(content, kind, target.parent, wish.as_image)
        if kind is None and file.suffix.lower() not in _OFFICE and not content.startswith(b"PK\x03\x04"):
            raise NotReadableError(f"no chart can be put into a file of this kind; name one that ends in {_ENDINGS}")
        package = open_package(content)
        # By what is inside, not by the name.
        if "mimetype" in package.zipped.namelist() or "content.xml" in package.zipped.namelist():
            return OdtDocument(package)
        return WordDocument(package)
    except NotReadableError as error:
        raise OrgChartError(f"{file}: {error}") from None


def _content(file: Path) -> bytes:
    return file_content(file, "document_bytes", f"name a document that ends in {_ENDINGS}")


def _how_to_mark(document: _Document, charts: ChartFolder) -> str:
    name = charts.names()[0]
    if isinstance(document, MarkupDocument):
        return no_mark(name)
    return (
        f"give a picture the alternative text orgchart:{name} (in Word: right click, View Alt Text), or let one be put "
        f'in with --insert {name} --after "a heading"'
    )
