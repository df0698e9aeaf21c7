"""What became of each file of a batch, in; the report as JSON and as a page for a browser, out.

Times stand here and nowhere else: they are all that differs between two batches of the same files.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final
from urllib.parse import quote

from orgchart.batch.journal import FAILED, KEPT, MADE, Entry
from orgchart.batch.plan import REPORT
from orgchart.version import __version__

# A browser takes seconds for so many rows; the JSON has them all.
MOST_ROWS: Final = 5_000
_HOME: Final = "orgchart.batch"


@dataclass(frozen=True, slots=True)
class Report:
    """entries: in the order of the plan; left_out: how many files of the folder were neither rulebook nor units;
    seconds: of the whole batch; workers: how many at once; where: "" for this machine."""

    entries: tuple[Entry, ...]
    left_out: int
    seconds: float
    workers: int
    where: str = ""

    @property
    def counts(self) -> Mapping[str, int]:
        """By outcome, of those there are."""
        counts = Counter(entry.outcome for entry in self.entries)
        return {outcome: counts[outcome] for outcome in (MADE, KEPT, FAILED) if counts[outcome]}

    @property
    def failed(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.outcome == FAILED)

    @property
    def with_faults(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.faults)

    @property
    def units(self) -> int:
        return sum(entry.units for entry in self.entries)

    @property
    def questions(self) -> int:
        return sum(entry.questions for entry in self.entries)


def report_files(report: Report) -> dict[str, bytes]:
    """The report by the names of its files; the page is left out where Jinja2 is not installed."""
    files = {f"{REPORT}.json": report_json(report)}
    page = report_html(report)
    return files if page is None else {**files, f"{REPORT}.html": page}


def report_json(report: Report) -> bytes:
    document = {
        "report": 1,
        "orgchart": __version__,
        "counts": {outcome: report.counts.get(outcome, 0) for outcome in (MADE, KEPT, FAILED)},
        "left_out": report.left_out,
        "units": report.units,
        "questions": report.questions,
        "seconds": report.seconds,
        "workers": report.workers,
        "where": report.where or "this machine",
        "files": [_document(entry) for entry in report.entries],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _document(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {"name": entry.name, "outcome": entry.outcome, "seconds": entry.seconds}
    if entry.outcome == FAILED:
        return {**said, "error": entry.error}
    return {
        **said,
        "units": entry.units,
        "questions": entry.questions,
        "faults": list(entry.faults),
        "warnings": list(entry.warnings),
        "outputs": dict(entry.files),
    }


def report_html(report: Report) -> bytes | None:
    """None where Jinja2 is not installed."""
    try:
        from jinja2 import Environment
    except ImportError:
        return None
    home = resources.files(_HOME)
    style = home.joinpath("report.css").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        home.joinpath("report.html.jinja").read_text(encoding="utf-8")
    )
    # The page may use this very style sheet and nothing else: no script, no other style, no address.
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = template.render(
        report=report,
        rows=report.entries[:MOST_ROWS],
        style=style,
        style_hash=allowed,
        link=quote,
        json=f"{REPORT}.json",
    )
    return page.encode()
