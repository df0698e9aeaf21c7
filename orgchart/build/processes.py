"""A number of processes and what each does first, in; a pool of them that ends with this process, out."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, connection, get_context, parent_process


def pool_of(workers: int, warm: Callable[[], object] | None = None) -> ProcessPoolExecutor:
    """Processes that end when this one does. warm: what each does before its first task.

    A forked process would share locks and threads of this one; a spawned one is the same on every system.
    """
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(warm,))


def broken_off(pool: ProcessPoolExecutor) -> None:
    """With Ctrl-C nothing that waits is begun, and nothing that is begun is waited for."""
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in active_children():
        worker.terminate()


def _begin(warm: Callable[[], object] | None) -> None:
    """A worker ends at once, and silently, with Ctrl-C or when the build that it works for is killed: it holds both
    ends of its queue open, and would wait for ever."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel, os._exit), daemon=True).start()
    if warm is not None:
        warm()


def _end_with(sentinel: int, end: Callable[[int], object]) -> None:
    connection.wait([sentinel])
    end(1)


@contextlib.contextmanager
def interrupts_later() -> Iterator[None]:
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
