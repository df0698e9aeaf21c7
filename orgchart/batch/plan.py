"""A folder, or a list of paths, in; each file to do once, with a name of its own for what is made of it, out."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final

from orgchart.build.manifest import MANIFEST
from orgchart.encodings import NotUtf8Error, decode_utf8
from orgchart.errors import OrgChartError
from orgchart.ids import slug
from orgchart.limits import ExceededError, check_within
from orgchart.names import safe_name

UNITS_ENDING: Final = ".json"
RULEBOOK_ENDINGS: Final = (".docx", ".htm", ".html", ".odt", ".pdf", ".txt", ".xhtml")
REPORT: Final = "batch.report"
UNITS, REVIEW = ".units.json", ".review.html"

_OWN: Final = frozenset([MANIFEST, f"{REPORT}.json", f"{REPORT}.html"])
_LONGEST_STEM: Final = 60
_HASHED: Final = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One file to do. path: where it is; name: what it is called in messages, in the report and in what is made of it,
    without what stands before the folder; stem: of the files made of it, from the output folder, with / between
    folders."""

    path: str
    name: str
    stem: str

    @property
    def is_units(self) -> bool:
        return self.path.lower().endswith(UNITS_ENDING)


@dataclass(frozen=True, slots=True)
class Plan:
    """All files to do, in order. left_out: how many others the folder has."""

    items: tuple[Item, ...]
    left_out: int = 0


def plan_folder(folder: Path, output: Path) -> Plan:
    """The rulebooks and units files of a folder and of those inside it, in the order of their names; hidden ones, and
    what a batch or a build has made, are left out. Raises OrgChartError where there is none."""
    if folder.resolve() == output.resolve():
        raise OrgChartError(f'"{folder}" is the folder to read and the folder to write into; choose another with -o')
    found, left_out = [], 0
    for inside in _walked(folder, output):
        if _is_ours(PurePath(inside).name) or not (folder / inside).is_file():
            continue
        if PurePath(inside).suffix.lower() in (UNITS_ENDING, *RULEBOOK_ENDINGS):
            found.append((str(folder / inside), inside))
        else:
            left_out += 1
    if not found:
        raise OrgChartError(
            f'"{folder}" holds no rulebook ({", ".join(RULEBOOK_ENDINGS)}) and no units file ({UNITS_ENDING}); name '
            "the folder that does, or a list of their paths"
        )
    return Plan(_with_stems((path, PurePath(inside).as_posix()) for path, inside in found), left_out)


def plan_list(content: bytes, name: str) -> Plan:
    """The files whose paths stand in the lines of a list, from the folder where the command is run, each once. Raises
    OrgChartError for what is no such list."""
    try:
        check_within("list_bytes", len(content), "the list")
    except ExceededError as error:
        raise OrgChartError(f"{name}: {error}") from None
    try:
        text = decode_utf8(content)
    except NotUtf8Error:
        text = "\0"
    lines = [line for line in re.split(r"\r?\n", text) if line.strip()]
    if "\0" in text or not lines:
        raise OrgChartError(f"{name}: a list has the path of one file in each line, as UTF-8, and this has none")
    paths = list(dict.fromkeys(str(PurePath(line)) for line in lines))
    if not any(map(os.path.lexists, paths)):
        raise OrgChartError(
            f"{name}: none of the {len(paths):,} paths in it exists, the first is {printable(paths[0])[:200]}; "
            "a list has the path of one file in each line, from the folder where the command is run"
        )
    return Plan(_with_stems((path, path) for path in paths))


def printable(text: str) -> str:
    """The text in one line, without signs that a terminal would obey or UTF-8 has not."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def _walked(folder: Path, output: Path) -> Iterator[str]:
    """The paths of all files from the folder, sorted; without hidden ones, and without the folder for the output."""
    skipped = output.resolve()

    def raised(error: OSError) -> None:
        raise OrgChartError(f'"{error.filename}" cannot be read: {error.strerror}') from None

    found: list[str] = []
    for above, folders, files in os.walk(folder, onerror=raised):
        folders[:] = [each for each in folders if not each.startswith(".") and Path(above, each).resolve() != skipped]
        inside = os.path.relpath(above, folder)
        found += [os.path.normpath(os.path.join(inside, each)) for each in files if not each.startswith((".", "~$"))]  # noqa: PTH118
    yield from sorted(found, key=lambda path: PurePath(path).parts)


def _is_ours(file: str) -> bool:
    return file in _OWN or file.endswith(REVIEW)


def _with_stems(found: Iterable[tuple[str, str]]) -> tuple[Item, ...]:
    """Where several would have one stem, each of them gets a hash of its own name too, so that none depends on which
    comes first."""
    plain = [Item(path, printable(name), _stem(name)) for path, name in found]
    counts = Counter(item.stem for item in plain)
    items = tuple(item if counts[item.stem] == 1 else _hashed(item) for item in plain)
    twice = [stem for stem, count in Counter(item.stem for item in items).items() if count > 1]
    if twice:
        names = ", ".join(item.name for item in items if item.stem == twice[0])
        raise OrgChartError(f"{names}: what is made of them would have one name, {twice[0]}; rename one of them")
    return items


def _stem(name: str) -> str:
    """``Култура/Правилник 2011.docx`` → ``kultura/pravilnik_2011``. A path that leads out of the folder has its last
    part alone. There is no hyphen: what follows one is a page of an atlas."""
    path = PurePath(name)
    inside = not path.is_absolute() and ".." not in path.parts
    *folders, file = path.parts if inside else (path.name,)
    stem = file.removesuffix(UNITS) if file.endswith(UNITS) else PurePath(file).stem
    return "/".join(map(_plain, [*folders, stem]))


def _plain(part: str) -> str:
    plain = safe_name(slug(part) or part)
    if len(plain) > _LONGEST_STEM:
        plain = f"{plain[:_LONGEST_STEM]}-{_digest(part)}"
    return re.sub("-+", "_", plain)


def _hashed(item: Item) -> Item:
    return replace(item, stem=f"{item.stem}_{_digest(item.path)}")


def _digest(text: str) -> str:
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:_HASHED]
