"""A Word part's list of relationships, in; which parts its ids mean, and the list with some added and removed, out."""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import unquote

from orgchart.documents.office import Package
from orgchart.documents.word_names import RELATIONS, STRICT, TYPES, R
from orgchart.documents.xml_splice import Element, Part, escaped

_EMPTY: Final = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<Relationships xmlns="{RELATIONS}"></Relationships>'
)
_RELATIONSHIP: Final = (RELATIONS, "Relationship")


def relations_name(part: str) -> str:
    """``word/document.xml`` has them in ``word/_rels/document.xml.rels``, the package in ``_rels/.rels``."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


class Relations:
    """The relationships of a part, and those that are added and removed."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._owner = part
        name = relations_name(part)
        content = package.read(name)
        self._is_new = content is None
        self._part = Part(name, content or _EMPTY.encode(), [_RELATIONSHIP])
        self._by_id: dict[str, Element] = {
            element.attributes.get("Id", ""): element for element in self._part.found if element.name == _RELATIONSHIP
        }
        self._added: dict[str, str] = {}

    def target(self, identity: str | None) -> str | None:
        """The name of the part that an id means; None for one outside the package, or an unknown id."""
        element = self._by_id.get(identity or "")
        if element is None or element.attributes.get("TargetMode") == "External":
            return None
        target = unquote(element.attributes.get("Target", ""))
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(self._owner), target)).lstrip("/")

    def of_type(self, local: str) -> list[str]:
        """The parts of a type, such as ``styles``, in the order of the list."""
        found = []
        for identity, element in self._by_id.items():
            namespace, _, kind = element.attributes.get("Type", "").rpartition("/")
            if kind == local and STRICT.get(namespace, namespace) == R and (target := self.target(identity)):
                found.append(target)
        return found

    def targets(self) -> list[str]:
        """All parts that are meant, without those whose relationship was removed."""
        return [target for identity in self._by_id if (target := self.target(identity))]

    def id_for(self, target: str, relation_type: str) -> str:
        """The id of a relationship with the part, which is added where there is none yet."""
        if target in self._added:
            return self._added[target]
        for identity in self._by_id:
            if self.target(identity) == target:
                return identity
        number = 1
        known = {identity.lower() for identity in (*self._by_id, *self._added.values())}
        while f"rid{number}" in known:
            number += 1
        identity = self._added[target] = f"rId{number}"
        way = posixpath.relpath(target, posixpath.dirname(self._owner) or ".")
        root = self._part.root
        self._part.into(
            root, f'<{root.prefixed("Relationship")} Id="{identity}" Type="{relation_type}" Target="{escaped(way)}"/>'
        )
        return identity

    def remove(self, identity: str) -> None:
        element = self._by_id.pop(identity)
        self._part.replace(element.start, element.end, "")

    def save(self) -> None:
        """Put the changed list into the package."""
        if self._part.edits and self._is_new:
            self._package.added[self._part.name] = self._part.edited
        else:
            self._package.put(self._part)


def declare_media(package: Package, names: list[str]) -> None:
    """Say in [Content_Types].xml what the added pictures are, where it does not yet."""
    content = package.read("[Content_Types].xml")
    part = Part("[Content_Types].xml", content or b"", [(TYPES, "Default"), (TYPES, "Override")])
    known = {
        element.attributes.get("Extension", "").lower(): element.attributes.get("ContentType", "").lower()
        for element in part.found
        if element.name[1] == "Default"
    }
    root = part.root
    first = part.found[0].start if part.found else root.opened
    for ending, media_type in (("png", "image/png"), ("svg", "image/svg+xml")):
        added = [name for name in names if name.endswith(f".{ending}")]
        if not added or known.get(ending) == media_type:
            continue
        if ending not in known and part.found:
            part.replace(first, first, f'<{root.prefixed("Default")} Extension="{ending}" ContentType="{media_type}"/>')
            continue
        for name in added:
            part.into(root, f'<{root.prefixed("Override")} PartName="/{escaped(name)}" ContentType="{media_type}"/>')
    package.put(part)
