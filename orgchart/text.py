"""A font family's name, in; its faces with their advance widths, coverage and subsets, out."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from orgchart.errors import FontError

BUNDLED_FAMILY = "PT Sans"
_BUNDLED_FILES = {
    (False, False): "PT_Sans-Web-Regular.ttf",
    (True, False): "PT_Sans-Web-Bold.ttf",
    (False, True): "PT_Sans-Web-Italic.ttf",
    (True, True): "PT_Sans-Web-BoldItalic.ttf",
}
# Many fonts, PT Sans among them, lack the arrows that lead from page to page: those are drawn, this wide in em.
ARROWS = "→←"
ARROW_EM = 0.9
# How much of a line's width lies before its anchor.
BEFORE_ANCHOR: Mapping[str, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}
_REGULAR, _BOLD_FROM, _BOLD = 400, 600, 700  # usWeightClass in the table OS/2
# HarfBuzz gives curves one by one, so that each command of a pen is one of a path.
_PATH_COMMANDS = {"moveTo": "M", "lineTo": "L", "qCurveTo": "Q", "curveTo": "C", "closePath": "Z", "endPath": "Z"}
_AT_ARROWS = re.compile(f"([{ARROWS}])")

Outline = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]


class Glyph(NamedTuple):
    """One shaped glyph: its number in the font file, the text it stands for, its place and advance in em."""

    number: int
    text: str
    x: float
    y: float
    advance: float


@dataclass(frozen=True, eq=False)
class Face:
    """One weight and slant of a family, ready to measure. ``index`` is the face's place in a font collection."""

    path: Path
    index: int = 0
    _advances: dict[str, float] = field(default_factory=dict, repr=False)
    _outlines: dict[int, Outline] = field(default_factory=dict, repr=False)

    @functools.cached_property
    def _face(self) -> hb.Face:
        return hb.Face(hb.Blob.from_file_path(str(self.path)), self.index)

    @functools.cached_property
    def _font(self) -> hb.Font:
        return hb.Font(self._face)

    @functools.cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the face has a glyph for."""
        return frozenset(self._face.unicodes)

    @functools.cached_property
    def signs(self) -> frozenset[str]:
        """The characters that the face has a glyph for."""
        return frozenset(map(chr, self.characters))

    def advance(self, text: str) -> float:
        """The width of a line of text in em, kerning included."""
        known = self._advances.get(text)
        if known is None and self._draws_arrows(text):
            drawn = sum(text.count(arrow) for arrow in ARROWS if ord(arrow) not in self.characters)
            known = drawn * ARROW_EM + sum(self.advance(part) for part in _AT_ARROWS.split(text) if part not in ARROWS)
            self._advances[text] = known
        if known is None:
            known = sum(glyph.x_advance for glyph in self._shape(text).glyph_positions or ()) / self._face.upem
            self._advances[text] = known
        return known

    def glyphs(self, text: str) -> tuple[Glyph, ...]:
        """The line of text shaped from left to right; x from 0, y up, in em. Every character stands in one glyph's
        text; the further glyphs of a cluster carry an empty text."""
        buffer, upem, x = self._shape(text), self._face.upem, 0
        infos, positions = buffer.glyph_infos or [], buffer.glyph_positions or []  # None for an empty line
        clusters = [info.cluster for info in infos]
        words = text if clusters == list(range(len(text))) else _words_of(clusters, text)
        shaped = []
        for info, position, said in zip(infos, positions, words, strict=True):
            advance, left = position.x_advance, (x + position.x_offset) / upem
            shaped.append(Glyph(info.codepoint, said, left, position.y_offset / upem, advance / upem))
            x += advance
        return tuple(shaped)

    def parts(self, text: str) -> tuple[tuple[float, str], ...]:
        """The line cut where an arrow is to be drawn that the face lacks: where each part begins in em, and the part,
        an arrow being one of its own."""
        if not self._draws_arrows(text):
            return ((0.0, text),)
        x, parts = 0.0, []
        for part in _AT_ARROWS.split(text):
            width = ARROW_EM if part and part in ARROWS else self.advance(part)
            if words := part.strip():
                indent = self.advance(part[: len(part) - len(part.lstrip())])
                parts.append((x + indent, words))
            x += width
        return tuple(parts)

    def subset(self, characters: Iterable[int]) -> bytes:
        """A font file with the glyphs of the given characters only, kerning kept, hinting left out."""
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        wanted.sets(hb.SubsetInputSets.UNICODE).set(set(characters))
        return bytes(hb.subset(self._face, wanted).blob.data)

    def outline(self, number: int) -> Outline:
        """The outline of a glyph: commands of an SVG path (M, L, Q, C, Z), each with its points in em, y up."""
        known = self._outlines.get(number)
        if known is None:
            from fontTools.pens.recordingPen import RecordingPen

            pen, upem = RecordingPen(), self._face.upem
            self._font.draw_glyph_with_pen(number, pen)
            known = tuple(
                (_PATH_COMMANDS[command], tuple((x / upem, y / upem) for x, y in points))
                for command, points in pen.value
            )
            self._outlines[number] = known
        return known

    def _draws_arrows(self, text: str) -> bool:
        for arrow in ARROWS:  # noqa: SIM110 - a generator for each line of a chart takes several times as long
            if arrow in text and ord(arrow) not in self.characters:
                return True
        return False

    def _shape(self, text: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        return buffer


@dataclass(frozen=True, eq=False, slots=True)
class Font:
    """A family and its faces, keyed by (bold, italic); a face that the family lacks is stood in for by the nearest."""

    family: str
    faces: Mapping[tuple[bool, bool], Face]

    def face(self, bold: bool, italic: bool) -> Face:
        return self.faces[bold, italic]

    def lacks(self, text: str) -> str:
        """The characters of the text that the family's regular face has no glyph for, each once, in code point order.
        Letter and mark count as the one letter they make; line breaks, invisible characters and the arrows → and ←,
        which are drawn, need no glyph."""
        have = self.faces[False, False].signs
        if have.issuperset(text):
            return ""
        signs = set(unicodedata.normalize("NFC", text)).difference(ARROWS)
        return "".join(
            sorted(sign for sign in signs if sign not in have and unicodedata.category(sign) not in ("Cc", "Cf"))
        )


def _words_of(clusters: Sequence[int], text: str) -> list[str]:
    """What each glyph stands for: the first of a cluster for all of its text, the others for nothing."""
    starts = sorted(set(clusters))
    rest = {start: text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)}
    return [rest.pop(cluster, "") for cluster in clusters]


@functools.lru_cache(maxsize=16)
def load_font(family: str) -> Font:
    """The bundled family PT Sans, or any family installed on this machine, by name (upper and lower case alike).

    Raises FontError where no such family is installed, naming the nearest ones.
    """
    if family.casefold() == BUNDLED_FAMILY.casefold():
        from fontpkg_pt_sans import ROOT

        return Font(
            BUNDLED_FAMILY, {style: Face(Path(ROOT) / "files" / file) for style, file in _BUNDLED_FILES.items()}
        )
    return _installed_font(family)


def _installed_font(family: str) -> Font:
    installed: dict[str, tuple[str, dict[tuple[bool, bool], tuple[int, Face]]]] = {}
    for path in _installed_files():
        for index, name, weight, italic in _faces_of(path):
            bold = weight >= _BOLD_FROM
            amiss = abs(weight - (_BOLD if bold else _REGULAR))
            faces = installed.setdefault(name.casefold(), (name, {}))[1]
            if (bold, italic) not in faces or amiss < faces[bold, italic][0]:
                faces[bold, italic] = (amiss, Face(path, index))
    found = installed.get(family.casefold())
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(family.casefold(), installed, n=3)
        hint = " or ".join(f'"{installed[name][0]}"' for name in near) or f'"{BUNDLED_FAMILY}", which always is'
        raise FontError(f'font "{family}" is not installed on this machine; install it, or did you mean {hint}?')
    name, ranked = found
    have = {style: face for style, (_, face) in ranked.items()}
    order = [(False, False), (True, False), (False, True), (True, True)]
    return Font(name, {style: have.get(style) or _nearest(style, have, order) for style in order})


def _nearest(style: tuple[bool, bool], faces: Mapping[tuple[bool, bool], Face], order: list[tuple[bool, bool]]) -> Face:
    return faces[min(faces, key=lambda have: (have[0] != style[0], have[1] != style[1], order.index(have)))]


def _installed_files() -> list[Path]:
    from find_system_fonts_filename import FontConfigNotFound, OSNotSupported, get_system_fonts_filename

    try:
        return [Path(file) for file in sorted(get_system_fonts_filename())]
    except (FontConfigNotFound, OSNotSupported) as error:
        raise FontError(
            f'this machine\'s fonts cannot be listed ({error}); use the bundled font "{BUNDLED_FAMILY}"'
        ) from error


def _faces_of(path: Path) -> list[tuple[int, str, int, bool]]:
    """Index, family, weight and slant of each static face in a font file; a damaged or variable font has none."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        if path.suffix.lower() in (".ttc", ".otc"):
            fonts = TTCollection(path, lazy=True).fonts
        else:
            fonts = [TTFont(path, lazy=True)]
        faces = []
        for index, font in enumerate(fonts):
            if "fvar" in font or "cmap" not in font or not ("glyf" in font or "CFF " in font):
                continue
            family = font["name"].getBestFamilyName()
            metrics = font["OS/2"]
            if family and metrics.usWidthClass == 5:
                faces.append((index, family, int(metrics.usWeightClass), bool(metrics.fsSelection & 1)))
        return faces
    except (TTLibError, OSError, KeyError, AttributeError, AssertionError):
        return []
