"""What went wrong, in; one message naming culprit, place, rule and remedy, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class OrgChartError(Exception):
    """Any fault of input or use; its text is the whole message for the user. The command line exits with 2."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one file.

    place: where, e.g. ``line 12, /units/3/parent``; rule: what does not hold, naming the culprit;
    remedy: what to do about it, or an empty string where the rule says it all.
    """

    place: str
    rule: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.rule}" + (f"; {self.remedy}" if self.remedy else "")


class FaultsError(OrgChartError):
    """All faults of one file together, in file order."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{file}, {fault}" for fault in self.faults))


class UnitsError(FaultsError):
    """A units file that cannot be charted."""


class ImportFaultsError(FaultsError):
    """A table or a tree from elsewhere that cannot become units."""


class StyleError(FaultsError):
    """A style file with an unknown key, a value that is not allowed, or unreadable colours."""


class ProjectError(FaultsError):
    """An orgchart.toml with an unknown key, a value that is not allowed, or no chart."""


class FontError(OrgChartError):
    """A font that is not there or cannot be used."""


class PageError(OrgChartError):
    """A page that does not exist, or on which the chart cannot be placed."""


class EngineError(OrgChartError):
    """Graphviz is missing, crashed, took too long, or answered nonsense."""


class FormatError(OrgChartError):
    """An unknown output format, or a picture too large for its format."""


class NotReadableError(Exception):
    """Why a foreign file cannot be read, for the user; who knows the file's name makes an OrgChartError of it."""


class WriteError(OrgChartError):
    """A file that could not be written; what stood there before still stands."""
