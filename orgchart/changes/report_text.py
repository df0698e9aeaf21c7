"""A report, in; plain text for a terminal or an e-mail, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgchart.changes.report import Report
from orgchart.changes.wording import quoted
from orgchart.cite import Provision


def write(report: Report) -> bytes:
    return ("\n".join(_lines(report)) + "\n").encode()


def _lines(report: Report) -> Iterator[str]:
    yield _plain(report.title)
    yield f"{report.word('old')}: {_plain(report.old)}"
    yield f"{report.word('new')}: {_plain(report.new)}"
    if not report.rows:
        yield f"\n{report.word('none')}"
    else:
        yield "\n" + "; ".join(f"{kind}: {count}" for kind, count in report.counts)
    for row in report.rows:
        sure = f" ({row.certainty})" if row.certainty else ""
        yield f"\n{row.number}. {row.kind}: {_plain(row.subject)}{sure}"
        yield from _labelled([("was", row.was), ("is", row.now)], report)
        yield from _provisions(row.old, "old", report)
        yield from _provisions(row.new, "new", report)
    if report.asked:
        yield f"\n{report.word('questions')}"
    for number, each in enumerate(report.asked, 1):
        sure = f" ({each.certainty})" if each.certainty else ""
        yield f"\n{number}. {_plain(each.question)}{sure}"
        yield from _labelled([("taken", each.taken), ("otherwise", each.otherwise)], report)
        yield from _provisions(each.old, "old", report)
        yield from _provisions(each.new, "new", report)


def _labelled(words: Sequence[tuple[str, str]], report: Report) -> Iterator[str]:
    for label, text in words:
        if text:
            yield f"   {report.word(label)}: {_plain(text)}"


def _provisions(provisions: Sequence[Provision], label: str, report: Report) -> Iterator[str]:
    for each in provisions:
        named = f"{_plain(each.name)}, " if len(provisions) > 1 else ""
        quote = f": {quoted(_plain(each.quote), report.lang)}" if each.quote else ""
        yield f"   {report.word(label)}, {named}{report.where(each)}{quote}"


def _plain(text: str) -> str:
    """On one line, and without what a terminal would take for a command."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split()))
