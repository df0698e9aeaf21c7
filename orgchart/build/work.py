"""Charts to draw, in; their files' bytes, drawn by several processes at once, in the order given, out."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import active_children, connection, get_context, parent_process
from typing import Any

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
    pool = _pool(workers)
    try:
        futures = [_submitted(pool, order) for order in orders]
        for order, future in zip(orders, futures, strict=True):
            yield _result(future) or _drawn_alone(order)
    except BaseException:
        # With Ctrl-C nothing that waits is begun, and nothing that is begun is waited for.
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in active_children():
            worker.terminate()
        raise
    finally:
        pool.shutdown()


def draw(order: Order) -> Drawn:
    """Draw one chart. Raises nothing that is about the chart: that is its error."""
    from orgchart.chart_wishes import wished_chart
    from orgchart.formats import remarks_on, render_files
    from orgchart.units import parse_units

    try:
        chart = wished_chart(parse_units(order.content, order.units), order.wishes, order.styles)
        files = render_files(chart, order.formats, order.name)
        return Drawn(files, (*chart.warnings, *remarks_on(order.formats)), _cairo_version())
    except OrgChartError as error:
        return Drawn(error=str(error))
    except (MemoryError, RecursionError) as error:
        kind = type(error).__name__
        return Drawn(error=f"this input is too large for this machine ({kind}); draw a branch with root")
    except Exception as error:
        if os.environ.get("ORGCHART_DEBUG"):
            raise
        return Drawn(
            error=f"orgchart failed in a way it should not: {type(error).__name__}: {error}; please report it with "
            "what ORGCHART_DEBUG=1 prints"
        )


def _cairo_version() -> str | None:
    """None where nothing that was drawn needed cairo."""
    import sys

    cairocffi = sys.modules.get("cairocffi")
    return None if cairocffi is None else str(cairocffi.cairo_version_string())


def _pool(workers: int) -> ProcessPoolExecutor:
    # A forked process shares locks and threads of this one; a spawned one is the same on every system.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """A worker ends at once, and silently, with Ctrl-C or when the build that it works for is killed: it holds both
    ends of its queue open, and would wait for ever."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel, os._exit), daemon=True).start()


def _end_with(sentinel: int, end: Callable[[int], object]) -> None:
    connection.wait([sentinel])
    end(1)


def _submitted(pool: ProcessPoolExecutor, order: Order) -> Future[Drawn] | None:
    with contextlib.suppress(BrokenProcessPool), _interrupts_later():
        return pool.submit(draw, order)
    return None


@contextlib.contextmanager
def _interrupts_later() -> Iterator[None]:
    """Ctrl-C is kept until the end, and by the processes begun here until ``_begin``: Python, where it is interrupted
    while it starts, prints a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(future: Future[Drawn] | None) -> Drawn | None:
    """None where the process ended before the chart was drawn; perhaps another chart ended it."""
    if future is not None:
        with contextlib.suppress(BrokenProcessPool):
            return future.result()
    return None


def _drawn_alone(order: Order) -> Drawn:
    with _pool(1) as pool:
        return _result(_submitted(pool, order)) or Drawn(
            error="the process that drew it was ended by the system, perhaps for lack of memory; draw a branch of it "
            "with root"
        )
