"""An XML part as bytes, in; its elements with the places where they stand, and the part with some spans replaced, out.

Serialising a parsed tree would change quotes, spaces, prefixes and empty elements all over the part. So expat only says
where each element begins and ends, and edits are cut into the bytes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.parsers import expat

from orgchart.limits import exceeded, value_of
from orgchart.packages import NotReadableError

_TAG: Final = re.compile(rb"""<[^<>"']*(?:"[^"]*"|'[^']*'|[^<>"'])*>""")
_ATTRIBUTE: Final = re.compile(rb"""(?<=\s)([^\s=<>"'/]++)\s*+=\s*+("[^"]*"|'[^']*')""")
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']""")
_UTF8_NAMES: Final = frozenset(["utf-8", "utf8", "us-ascii", "ascii"])
_XML: Final = "http://www.w3.org/XML/1998/namespace"

Name = tuple[str, str]  # the namespace, empty where there is none, and the local name


class Edit(NamedTuple):
    """A span of bytes, from start up to end, and what stands there instead."""

    start: int
    end: int
    instead: bytes


@dataclass(slots=True)
class Element:
    """An element and where it stands: its start tag from start up to opened, its end tag from closing up to end.

    Of an empty-element tag, opened, closing and end are equal. raw: the name as it is written; prefixes: what they
    stand for here.
    """

    name: Name
    raw: str
    attributes: Mapping[str, str]
    prefixes: Mapping[str, str]
    start: int
    opened: int
    closing: int = -1
    end: int = -1
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    pieces: list[str | Element] = field(default_factory=list)

    @property
    def is_empty_tag(self) -> bool:
        return self.opened == self.end

    @property
    def text(self) -> str:
        """Its own text, without that of elements inside."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    def whole_text(self, skipped: frozenset[Name]) -> str:
        """The text in it and in the elements inside, in its order; an empty element, such as a tab, is a space."""
        found = []
        stack = self.pieces[::-1]
        while stack:
            piece = stack.pop()
            if isinstance(piece, str):
                found.append(piece)
            elif piece.name not in skipped:
                stack += piece.pieces[::-1] or [" "]
        return "".join(found)

    def get(self, namespace: str, local: str) -> str | None:
        """An attribute's value; without a prefix it is in no namespace."""
        raw = self.raw_attribute(namespace, local)
        return None if raw is None else self.attributes[raw]

    def raw_attribute(self, namespace: str, local: str) -> str | None:
        """An attribute's name as it is written."""
        for raw in self.attributes:
            prefix, _, rest = raw.rpartition(":")
            if rest == local and (self.prefixes.get(prefix, "") if prefix else "") == namespace:
                return raw
        return None

    def below(self) -> Iterator[Element]:
        """All elements inside, in the order of the part."""
        stack = self.children[::-1]
        while stack:
            element = stack.pop()
            yield element
            stack += element.children[::-1]

    def first(self, name: Name) -> Element | None:
        return next((element for element in self.below() if element.name == name), None)

    def child(self, name: Name) -> Element | None:
        return next((element for element in self.children if element.name == name), None)

    def prefixed(self, local: str) -> str:
        """The local name with the prefix that this element has."""
        prefix, colon, _ = self.raw.rpartition(":")
        return f"{prefix}{colon}{local}"


class Part:
    """A part's bytes and the edits to be made in it.

    Raises NotReadableError for a part that is not UTF-8, is not well-formed, or declares a document type.
    """

    def __init__(
        self,
        name: str,
        content: bytes,
        wanted: Iterable[Name],
        marked: Iterable[Name] = (),
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        """wanted: the elements to keep, each with all that is inside it; marked: those to keep alone, with what is kept
        inside them below them; aliases: namespaces to be read as others."""
        self.name = name
        self.content = content
        self.edits: list[Edit] = []
        self.found: list[Element] = []
        self.root: Element
        self._wanted, self._marked = frozenset(wanted), frozenset(marked)
        self._aliases = aliases or {}
        declared = _DECLARED.match(content[:200].removeprefix(b"\xef\xbb\xbf"))
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or (
            declared and declared[1].decode("ascii").lower() not in _UTF8_NAMES
        ):
            raise NotReadableError(f"its part {name} is not written in UTF-8")
        self._parse()

    def _parse(self) -> None:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        scopes: list[Mapping[str, str]] = [{"xml": _XML}]
        # Of each open element: itself where it is kept, the nearest that is kept, and whether all inside is.
        stack: list[tuple[Element | None, Element | None, bool]] = []
        deepest = value_of("document_depth")
        content, wanted, marked, found = self.content, self._wanted, self._marked, self.found

        def start(raw: str, attributes: dict[str, str]) -> None:
            scope = _scope(scopes[-1], attributes, self._aliases)
            scopes.append(scope)
            if len(scopes) > deepest:
                raise exceeded("document_depth", subject=f"its part {self.name}")
            prefix, _, local = raw.rpartition(":")
            name = (scope.get(prefix, ""), local)
            above, whole = stack[-1][1:] if stack else (None, False)
            whole = whole or name in wanted
            if stack and not whole and name not in marked:
                stack.append((None, above, False))
                return
            at = parser.CurrentByteIndex
            tag = _TAG.match(content, at)
            if tag is None:
                raise NotReadableError(f"its part {self.name} holds a tag that cannot be taken apart")
            element = Element(name, raw, attributes, scope, at, tag.end(), parent=above)
            if above is None:
                if not stack:
                    self.root = element
            else:
                above.children.append(element)
                above.pieces.append(element)
            if name in wanted or name in marked:
                found.append(element)
            stack.append((element, element, whole))

        def end(_raw: str) -> None:
            scopes.pop()
            element = stack.pop()[0]
            if element is not None:
                at = parser.CurrentByteIndex
                empty = content[element.opened - 2 : element.opened] == b"/>"
                element.closing = element.opened if empty else at
                element.end = element.opened if empty else content.index(b">", at) + 1

        def text(letters: str) -> None:
            if stack[-1][0] is not None:
                stack[-1][0].pieces.append(letters)

        def doctype(*_: object) -> None:
            raise NotReadableError(f"its part {self.name} declares a document type")

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, doctype
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise NotReadableError(
                f"its part {self.name} is no well-formed XML (line {error.lineno}: {expat.ErrorString(error.code)})"
            ) from None

    def replace(self, start: int, end: int, instead: str) -> None:
        if self.content[start:end] != instead.encode("utf-8"):
            self.edits.append(Edit(start, end, instead.encode("utf-8")))

    def set_attribute(self, element: Element, namespace: str, local: str, value: str | None, raw: str = "") -> None:
        """Set an attribute's value, or take it away for None. raw: how it is written where the element lacks it."""
        known = element.raw_attribute(namespace, local)
        if known is None:
            if value is not None:
                at = element.start + 1 + len(element.raw.encode("utf-8"))
                self.edits.append(Edit(at, at, f' {raw or local}="{escaped(value)}"'.encode()))
            return
        for found in _ATTRIBUTE.finditer(self.content, element.start + 1, element.opened):
            if found[1].decode("utf-8") != known:
                continue
            if value is None:
                before = self.content[: found.start()]
                self.edits.append(Edit(len(before.rstrip(b" \t\r\n")), found.end(), b""))
            elif element.attributes[known] != value:
                self.replace(found.start(2), found.end(2), f'"{escaped(value)}"')
            return

    def into(self, element: Element, inside: str, *, at_end: bool = True) -> None:
        """Put XML at the end or the beginning of what is inside an element, which may be an empty tag."""
        if element.is_empty_tag:
            self.replace(element.opened - 2, element.opened, f">{inside}</{element.raw}>")
        else:
            at = element.closing if at_end else element.opened
            self.replace(at, at, inside)

    @property
    def edited(self) -> bytes:
        """The part with all edits made; those at one place in the order in which they were asked for."""
        pieces, here = [], 0
        for edit in sorted(self.edits, key=lambda edit: (edit.start, edit.end)):
            if edit.start < here:
                raise ValueError(f"two edits of {self.name} overlap at byte {edit.start}")
            pieces += [self.content[here : edit.start], edit.instead]
            here = edit.end
        return b"".join([*pieces, self.content[here:]])


def _scope(above: Mapping[str, str], attributes: Mapping[str, str], aliases: Mapping[str, str]) -> Mapping[str, str]:
    """What the prefixes stand for inside a tag."""
    declared = {
        key[6:]: aliases.get(value, value)
        for key, value in attributes.items()
        if key.startswith("xmlns") and key[5:6] in ("", ":")
    }
    return {**above, **declared} if declared else above


def escaped(text: str) -> str:
    """Text for an attribute in double quotes or between tags; line ends stay line ends in an attribute."""
    for sign, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#xA;")):
        text = text.replace(sign, instead)
    return text
