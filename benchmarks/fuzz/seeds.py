"""A target's name and a folder, in; that folder with the inputs to begin with, of data, styles and tests, out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from benchmarks.fuzz.targets import CHART, ODT_PARTS, WORD_PARTS, small_word_file
from tests.documents import odt_file
from tests.hostile.generate import all_cases

ROOT: Final = Path(__file__).resolve().parent.parent.parent
# What the corpus of hostile files calls the files of a target.
KINDS: Final = {
    "units": "units.json", "json": "units.json", "style": "style.toml", "project": "orgchart.toml", "rulebook": "txt",
    "csv": "csv", "tree": "tree.json",
}  # fmt: skip
_LARGEST: Final = 40_000  # of a seed: longer ones are slow to change and to try


def write_seeds(target: str, folder: Path) -> int:
    """How many were written."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    hostile = (case.made() for case in all_cases() if case.kind == KINDS.get(target) and not case.slow)
    for content in (*SEEDS[target](), *hostile):
        if len(content) <= _LARGEST:
            (folder / f"seed-{count:04}").write_bytes(content)
            count += 1
    return count


def _files(*patterns: str) -> Callable[[], Iterator[bytes]]:
    def found() -> Iterator[bytes]:
        for pattern in patterns:
            for file in sorted(ROOT.glob(pattern)):
                yield file.read_bytes()

    return found


def _rulebooks() -> Iterator[bytes]:
    for content in _files("data/rulebooks/*.txt", "tests/rulebooks/**/*.txt")():
        yield content[:_LARGEST]


def _document(parts: Mapping[int, str], whole: Callable[[str], bytes]) -> Callable[[], Iterator[bytes]]:
    def found() -> Iterator[bytes]:
        content = whole(f"orgchart:{CHART}")
        yield b"\0" + content
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for sign, name in parts.items():
                yield bytes([sign]) + package.read(name)

    return found


def _markup() -> Iterator[bytes]:
    page = f"<!doctype html><meta charset='utf-8'><p>Сектор</p>\n<!-- orgchart:{CHART} -->\n<script>x</script>\n"
    yield b"\0" + page.encode()
    yield b"\0" + page.encode() + f"<!-- /orgchart:{CHART} -->".encode()
    yield b"\xff" + f"# Сектор\n\n<!-- orgchart:{CHART} -->\n\n```\n<!-- orgchart:x -->\n```\n".encode()
    yield b"\0" + page.encode("utf-16")


def _tables() -> Iterator[bytes]:
    yield (ROOT / "tests/exchange/swiss_finance.csv").read_bytes()[:6_000]
    yield "Назив;Надређена;Ниво\nСектор;;sector\nОдсек;Сектор;section\n".encode()
    yield 'sep=;\r\nid;parent;name;staff;functions\r\na;;A;3;"x|y"\r\nb;a;"B\nC";;\r\n'.encode("utf-8-sig")
    yield "name\tparent\tnames.en\nŠtab\t\tStaff\nČl\tŠtab\tPart\n".encode("windows-1250")
    yield "id,parent,name\n1,,One\n2,1,Two\n2,9,\n".encode("utf-16")


def _trees() -> Iterator[bytes]:
    yield b'{"name": "A", "children": [{"name": "B", "children": [{"name": "C"}]}, {"name": "D", "staff": 3}]}'
    yield b'[["id", "parent", "name"], ["1", null, "One"], ["2", "1", "Two"]]'
    yield b'{"units": [{"id": 1, "title": "x"}, {"id": 2, "pid": 1, "title": "y", "names": {"en": "z"}}]}'
    yield from _files(*_UNITS)()


_UNITS: Final = ("data/*.json", "tests/golden/*/*.json", "docs/gallery/**/*.json")
SEEDS: Final[Mapping[str, Callable[[], Iterator[bytes]]]] = {
    "units": _files(*_UNITS),
    "json": _files(*_UNITS, "tests/exchange/*.json*"),
    "style": _files("styles/*.toml", "tests/golden/*/*.toml"),
    "project": _files("orgchart.toml", "orgchart/build/starter/*.toml"),
    "rulebook": _rulebooks,
    "csv": _tables,
    "tree": _trees,
    "docx": _document(WORD_PARTS, small_word_file),
    "odt": _document(ODT_PARTS, odt_file),
    "markup": _markup,
}
