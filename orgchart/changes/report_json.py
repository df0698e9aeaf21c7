"""A report, in; all of it as JSON for other programs, described in docs/changes.md, out."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any, Final

from orgchart.changes.report import Report
from orgchart.cite import Provision
from orgchart.units import UnitFile

FORMAT: Final = "orgchart-changes-1"


def write(report: Report) -> bytes:
    changes = report.changes
    document = {
        "format": FORMAT,
        "lang": report.lang,
        "old": _file(changes.old),
        "new": _file(changes.new),
        "same": not changes.changes,
        "changes": [
            {
                "number": row.number, "kind": row.change.kind, "words": f"{row.kind}: {row.subject}",
                "before": row.change.before, "after": row.change.after, "certainty": row.change.certainty,
                "old": list(map(_provision, row.old)), "new": list(map(_provision, row.new)),
            }
            for row in report.rows
        ],
        "doubts": [
            {
                "reason": each.doubt.reason, "words": each.question, "taken": each.taken, "otherwise": each.otherwise,
                "certainty": each.doubt.certainty,
                "old": list(map(_provision, each.old)), "new": list(map(_provision, each.new)),
            }
            for each in report.asked
        ],
        "pairs": dict(changes.pairs),
    }  # fmt: skip
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _file(unit_file: UnitFile) -> dict[str, Any]:
    source = unit_file.source
    return {
        "name": PurePath(unit_file.name).name,
        "title": unit_file.title,
        "rulebook": None if source is None else source.title,
        "gazette": None if source is None else source.gazette,
        "date": None if source is None else source.date,
        "units": len(unit_file.units),
    }


def _provision(each: Provision) -> dict[str, Any]:
    return {
        "id": each.unit, "name": each.name, "article": each.article, "line": each.line, "end_line": each.end_line,
        "file": each.file, "quote": each.quote or None,
    }  # fmt: skip
