"""A number of seconds, in; work that takes longer is broken off, out."""

from __future__ import annotations

import contextlib
import ctypes
import os
import threading
from collections.abc import Iterator
from typing import Final

# A library that has not come back to Python by then never may: its process ends, and the work counts as lost.
GRACE_SECONDS: Final = 30.0
# Python throws away what is raised while it clears an object up, so that once may not be enough.
_AGAIN_SECONDS: Final = 0.5


class TimeUpError(BaseException):
    """The time is over. It is no Exception, so that what catches those lets it through."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeUpError in this thread after so many seconds. The caller catches it outside the ``with``.

    A signal would do in a process of our own, but a worker of Dask works in a thread that gets none.
    """
    worker, lock, over = threading.get_ident(), threading.Lock(), threading.Event()

    def watch() -> None:
        if over.wait(seconds):
            return
        for _ in range(round(GRACE_SECONDS / _AGAIN_SECONDS)):
            with lock:
                if not over.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker), ctypes.py_object(TimeUpError))
            if over.wait(_AGAIN_SECONDS):
                return
        os._exit(1)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        while not over.is_set():
            with contextlib.suppress(TimeUpError), lock:
                over.set()
        _arrived()


def _arrived() -> None:
    """An exception that was set at the last moment is raised at the next call at the latest: at this one."""
