"""A folder of drawn charts and the names that documents ask for, in; those charts, read once, out."""

from __future__ import annotations

import functools
import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from orgchart.documents.markers import alternative_text, outline_text
from orgchart.documents.pictures import (
    ChartSvg,
    can_be_outlined,
    picture_svg,
    read_chart_svg,
)
from orgchart.errors import OrgChartError
from orgchart.given import file_content
from orgchart.hints import Suggester, quoted
from orgchart.limited import run_limited
from orgchart.limits import value_of

_PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_SAME_SHAPE = 0.01


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart of the folder. file: its SVG; outlines: whether letters shall be outlines in office documents."""

    name: str
    file: Path
    drawn: ChartSvg
    outlines: bool = True

    @property
    def ratio(self) -> float:
        """Its height by its width."""
        return self.drawn.ratio

    @property
    def title(self) -> str:
        return self.drawn.title

    @property
    def outline_text(self) -> str:
        """Title and outline in words."""
        return outline_text(self.drawn.title, self.drawn.outline)

    @property
    def alternative_text(self) -> str:
        """Title, outline and marker, for who hears the document."""
        return alternative_text(self.name, self.drawn.title, self.drawn.outline)

    @functools.cached_property
    def svg(self) -> bytes:
        """The SVG for an office document."""
        return picture_svg(self.drawn, self.outlines)

    @functools.cached_property
    def digest(self) -> str:
        """Eight letters that differ where the picture does."""
        return hashlib.sha256(self.svg).hexdigest()[:8]

    @functools.cached_property
    def png(self) -> bytes:
        """The same picture for programs that show no SVG, drawn from it, so that it is never older than it.

        Where this machine cannot draw, NAME.png of the folder if it has the chart's shape; else OrgChartError.
        """
        try:
            return run_limited(
                "orgchart.documents.picture_child", [], self.drawn.content, str(self.file), "SVG", "draw the chart anew"
            )
        except OrgChartError as error:
            beside = self.file.with_suffix(".png")
            if (size := _png_size(beside)) and abs(size[1] / size[0] - self.ratio) <= _SAME_SHAPE * self.ratio:
                return beside.read_bytes()
            raise OrgChartError(
                f"{error}; or draw the chart as PNG too, so that {beside.name} stands beside it"
            ) from error

    @property
    def remarks(self) -> Iterator[str]:
        """What to tell the user about the picture."""
        if self.outlines and not can_be_outlined(self.drawn):
            yield (
                f'chart {quoted(self.name)}: its font "{self.drawn.family}" is not on this machine, so its letters '
                "stay text, and a reader without the font sees another"
            )


@dataclass(frozen=True, eq=False)
class ChartFolder:
    """The charts that stand in a folder as NAME.svg. outlines: see Chart."""

    folder: Path
    outlines: bool = True
    _read: dict[str, Chart] = field(default_factory=dict, repr=False)

    def names(self) -> list[str]:
        """The charts there are. Raises OrgChartError where there is no such folder or no chart in it."""
        try:
            found = sorted(path.stem for path in self.folder.iterdir() if path.suffix == ".svg")
        except OSError as error:
            raise OrgChartError(
                f'folder "{self.folder}" with the charts cannot be read ({error.strerror}); draw the charts first, or '
                "name their folder with --charts"
            ) from None
        if not found:
            raise OrgChartError(
                f'folder "{self.folder}" holds no chart as SVG; draw the charts first, or name their folder with '
                "--charts"
            )
        return found

    def check(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Raise one OrgChartError with all charts that there are not. wanted: pairs of a name and who asks for it."""
        known = self.names()
        suggester = Suggester(known)
        shown = ", ".join(known[:10]) + (" …" if len(known) > 10 else "")
        unknown = [
            f'{asker}: there is no chart {quoted(name)} in "{self.folder}"; '
            + suggester.hint(name, otherwise=f"there are {shown}")
            for name, asker in wanted
            if name not in known
        ]
        if unknown:
            raise OrgChartError("\n".join(unknown))

    def chart(self, name: str) -> Chart:
        """The chart of a name that there is. Raises OrgChartError for a file that is no chart."""
        if name not in self._read:
            file = self.folder / f"{name}.svg"
            content = file_content(file, "chart_bytes", "draw it anew")
            self._read[name] = Chart(name, file, read_chart_svg(content, str(file)), self.outlines)
        return self._read[name]

    def used(self) -> list[Chart]:
        """The charts that were asked for, by their names."""
        return [self._read[name] for name in sorted(self._read)]

    def path_from(self, folder: Path, name: str, suffix: str = ".svg") -> str:
        """The way from another folder to a chart's file, with slashes. Raises OrgChartError where there is none."""
        try:
            way = os.path.relpath(self.folder.resolve(), folder.resolve())
        except ValueError:
            raise OrgChartError(
                f'from "{folder}" no relative path leads to "{self.folder}", which is on another drive; draw them '
                "on the same drive"
            ) from None
        return Path(way, f"{name}{suffix}").as_posix()


def _png_size(file: Path) -> tuple[int, int] | None:
    """Width and height in pixels, or None for what is no PNG."""
    try:
        if file.stat().st_size > value_of("chart_bytes"):
            return None
        with file.open("rb") as opened:
            head = opened.read(24)
    except OSError:
        return None
    if not head.startswith(_PNG_SIGN) or len(head) < 24:
        return None
    width, height = struct.unpack(">II", head[16:24])
    return (width, height) if width and height else None
