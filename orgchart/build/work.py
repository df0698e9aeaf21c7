"""Charts to draw, in; their files' bytes, drawn by several processes at once, in the order given, out."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

from orgchart.build.processes import broken_off, interrupts_later, pool_of
from orgchart.errors import OrgChartError
from orgchart.styles import StyleSheet


@dataclass(frozen=True, slots=True)
class Order:
    """One chart to draw. content: the bytes of its units file, which messages call ``units``."""

    name: str
    units: str
    content: bytes
    styles: StyleSheet
    wishes: Mapping[str, Any]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of an order: its files by name, in the order of formats and pages, the chart's warnings, and the
    version of cairo if it was used; or an error, and nothing else."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    cairo: str | None = None
    error: str = ""


def draw_all(orders: Sequence[Order], jobs: int) -> Iterator[Drawn]:
    """What became of each order, in their order, each as soon as it and those before it are drawn. No order can keep
    another from being drawn, even one that ends its process.

    jobs: how many processes draw at once; a single order, and a single job, is drawn in this process.
    """
    workers = min(jobs, len(orders))
    if workers < 2:
        yield from map(draw, orders)
        return
    pool = pool_of(workers)
    try:
        futures = [_submitted(pool, order) for order in orders]
        for order, future in zip(orders, futures, strict=True):
            yield _result(future) or _drawn_alone(order)
    except BaseException:
        broken_off(pool)
        raise
    finally:
        pool.shutdown()


def draw(order: Order) -> Drawn:
    """Draw one chart. Raises nothing that is about the chart: that is its error."""
    try:
        return drawn(order)
    except Exception as error:
        return Drawn(error=told(error))


def drawn(order: Order) -> Drawn:
    """The same. Raises what keeps it from being drawn."""
    from orgchart.chart_wishes import wished_chart
    from orgchart.formats import remarks_on, render_files
    from orgchart.units import parse_units

    chart = wished_chart(parse_units(order.content, order.units), order.wishes, order.styles)
    files = render_files(chart, order.formats, order.name)
    return Drawn(files, (*chart.warnings, *remarks_on(order.formats)), _cairo_version())


def told(error: Exception) -> str:
    """The sentence for the user. Raises the error itself where ORGCHART_DEBUG asks for a traceback."""
    if isinstance(error, OrgChartError):
        return str(error)
    kind = type(error).__name__
    if isinstance(error, MemoryError | RecursionError):
        return f"this input is too large for this machine ({kind}); draw a branch with root"
    if os.environ.get("ORGCHART_DEBUG"):
        raise error
    return (
        f"orgchart failed in a way it should not: {kind}: {error}; please report it with what ORGCHART_DEBUG=1 prints"
    )


def _cairo_version() -> str | None:
    """None where nothing that was drawn needed cairo."""
    import sys

    cairocffi = sys.modules.get("cairocffi")
    return None if cairocffi is None else str(cairocffi.cairo_version_string())


def _submitted(pool: ProcessPoolExecutor, order: Order) -> Future[Drawn] | None:
    with contextlib.suppress(BrokenProcessPool), interrupts_later():
        return pool.submit(draw, order)
    return None


def _result(future: Future[Drawn] | None) -> Drawn | None:
    """None where the process ended before the chart was drawn; perhaps another chart ended it."""
    if future is not None:
        with contextlib.suppress(BrokenProcessPool):
            return future.result()
    return None


def _drawn_alone(order: Order) -> Drawn:
    with pool_of(1) as pool:
        return _result(_submitted(pool, order)) or Drawn(
            error="the process that drew it was ended by the system, perhaps for lack of memory; draw a branch of it "
            "with root"
        )
