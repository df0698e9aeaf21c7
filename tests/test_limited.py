"""A process with limits: what it says of its end, and what happens where it cannot be started or limited."""

from __future__ import annotations

import errno
import multiprocessing
import sys
from multiprocessing.connection import Connection

import pytest

from orgchart.documents.pictures import read_chart_svg
from orgchart.errors import NotReadableError, OrgChartError
from orgchart.formats import render
from orgchart.limited import limit, run_limited, told
from tests.charts import chart_of, unit
from tests.conftest import unmeasured

OUT_OF_MEMORY = (
    "its reader has more than 1,000 MB, the limit reader_memory_mb; raise it: ORGCHART_LIMIT_READER_MEMORY_MB=2000"
)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), OUT_OF_MEMORY),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), OUT_OF_MEMORY),
        (NotReadableError("it has\nno sheet"), "it has no sheet"),
        (OrgChartError("it is empty"), "it is empty"),
        (ImportError("x", name="openpyxl"), "openpyxl is not installed; run: pip install orgchart[exchange]"),
        (OSError(errno.EIO, "Input/output error"), "OSError: [Errno 5] Input/output error"),
        (KeyError("a"), "KeyError: 'a'"),
    ],
    ids=["memory", "memory by the system", "unreadable", "ours", "package", "system", "parser"],
)
def test_what_stopped_a_reader_is_one_sentence(error: Exception, said: str) -> None:
    assert told(error, "exchange") == said


def bounds(connection: Connection, most_seconds: int | None) -> None:
    """What a process is held to once it has limited itself; most_seconds: what it was held to before."""
    import resource

    if most_seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
    limit()
    connection.send([resource.getrlimit(of) for of in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)])


def bounds_of_a_process(most_seconds: int | None = None) -> list[tuple[int, int]]:
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=bounds, args=(its, most_seconds))
    process.start()
    its.close()
    try:
        return list(ours.recv())
    finally:
        process.join()


@pytest.mark.skipif(sys.platform == "win32", reason="limits on memory are those of POSIX")
@unmeasured
def test_a_process_bounds_itself_and_what_it_never_had_it_need_not_give_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_READER_MEMORY_MB", "3000")
    monkeypatch.setenv("ORGCHART_LIMIT_READER_SECONDS", "50")
    memory, no_core = (3_000_000_000, 3_000_000_000), (0, 0)
    assert bounds_of_a_process() == [memory, (50, 50), no_core]
    assert bounds_of_a_process(most_seconds=40) == [memory, (40, 40), no_core]


def test_where_the_system_has_no_bounds_a_process_goes_on_without(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setitem(sys.modules, "resource", None)
    limit()
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_reader_that_cannot_be_started_is_an_error_with_the_file_and_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(OrgChartError) as caught:
        run_limited("orgchart.exchange.child", ["xlsx"], b"", "t.xlsx", "xlsx", "as CSV")
    assert str(caught.value) == "t.xlsx: it cannot be read in a process of its own (No such file or directory)"


def test_a_chart_with_a_namespace_of_its_own_is_refused() -> None:
    svg = render(chart_of(unit("a"), svg="office"), "svg").replace(b"<g ", b'<g xmlns:x="urn:x" ', 1)
    with pytest.raises(OrgChartError, match="it holds the namespace 'urn:x', and no chart of orgchart does"):
        read_chart_svg(svg, "chart.svg")
