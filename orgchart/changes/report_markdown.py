"""A report, in; Markdown, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from orgchart.changes.report import Report
from orgchart.cite import Provision

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!+$-])")


def write(report: Report) -> bytes:
    return ("\n".join(_lines(report)) + "\n").encode()


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_plain(report.title)}\n"
    yield f"- {report.word('old')}: {_plain(report.old)}"
    yield f"- {report.word('new')}: {_plain(report.new)}\n"
    if not report.rows:
        yield report.word("none")
    else:
        yield f"| {report.word('change')} | {report.word('count')} |\n| --- | ---: |"
        yield from (f"| {kind} | {count} |" for kind, count in report.counts)
        yield f"\n## {report.word('changes')}"
    for row in report.rows:
        sure = f" ({row.certainty})" if row.certainty else ""
        yield f"\n### {row.number}. {row.kind}: {_plain(row.subject)}{sure}\n"
        yield from _labelled([("was", row.was), ("is", row.now)], report)
        yield from _provisions(row.old, "old", report)
        yield from _provisions(row.new, "new", report)
    if report.asked:
        yield f"\n## {report.word('questions')}"
    for number, each in enumerate(report.asked, 1):
        sure = f" ({each.certainty})" if each.certainty else ""
        yield f"\n### {report.word('question')} {number}{sure}\n\n{_plain(each.question)}\n"
        yield from _labelled([("taken", each.taken), ("otherwise", each.otherwise)], report)
        yield from _provisions(each.old, "old", report)
        yield from _provisions(each.new, "new", report)


def _labelled(words: Sequence[tuple[str, str]], report: Report) -> Iterator[str]:
    for label, text in words:
        if text:
            yield f"- **{report.word(label)}:** {_plain(text)}"


def _provisions(provisions: Sequence[Provision], label: str, report: Report) -> Iterator[str]:
    for each in provisions:
        named = f"{_plain(each.name)}, " if len(provisions) > 1 else ""
        yield f"- {report.word(label)}, {named}{_plain(report.where(each))}" + (
            f"\n  > {_plain(each.quote)}" if each.quote else ""
        )


def _plain(text: str) -> str:
    """The text without what Markdown would take for its own; ``1.`` at the start of a line makes no list."""
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(text.split())))
