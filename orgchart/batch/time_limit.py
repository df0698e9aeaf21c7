"""A number of seconds, in; work that takes longer, or too much of something else, is broken off, out."""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import functools
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

# A library that has not come back to Python by then never may: its process ends, and the work counts as lost.
GRACE_SECONDS: Final = 30.0
# Python throws away what is raised while it clears an object up, so that once may not be enough.
_AGAIN_SECONDS: Final = 0.5
_LOOK_SECONDS: Final = 0.02


class TimeUpError(BaseException):
    """The time is over. It is no Exception, so that what catches those lets it through."""


class TooMuchError(BaseException):
    """Too much is taken; no Exception either."""


@contextlib.contextmanager
def time_limit(seconds: float, is_too_much: Callable[[], bool] | None = None) -> Iterator[None]:
    """Raise TimeUpError in this thread after so many seconds, or TooMuchError when is_too_much says so, which is asked
    again and again. The caller catches them outside the ``with``.

    A signal would do in a process of our own, but a worker of Dask works in a thread that gets none. There, a worker
    that stands still is given up by Dask itself.
    """
    worker, lock, over = threading.get_ident(), threading.Lock(), threading.Event()

    def watch() -> None:
        error = _waited(seconds, is_too_much, over)
        if error is None:
            return
        for _ in range(round(GRACE_SECONDS / _AGAIN_SECONDS)):
            with lock:
                if not over.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker), ctypes.py_object(error))
            if over.wait(_AGAIN_SECONDS):
                return
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    alone = threading.current_thread() is threading.main_thread()
    if alone:
        _end_after(seconds + GRACE_SECONDS)
    try:
        yield
    finally:
        if alone:
            faulthandler.cancel_dump_traceback_later()
        while not over.is_set():
            with contextlib.suppress(TimeUpError, TooMuchError), lock:
                over.set()
        _arrived()


def _waited(
    seconds: float, is_too_much: Callable[[], bool] | None, over: threading.Event
) -> type[BaseException] | None:
    """What to break the work off with; None where it is over before."""
    if is_too_much is None:
        return None if over.wait(seconds) else TimeUpError
    end = time.monotonic() + seconds
    while not over.wait(_LOOK_SECONDS):
        if is_too_much():
            return TooMuchError
        if time.monotonic() >= end:
            return TimeUpError
    return None


def _end_after(seconds: float) -> None:
    """End this process then, even where no other thread gets to run, as while a pattern is matched without end."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())


@functools.cache
def _nowhere() -> IO[bytes]:
    return Path(os.devnull).open("wb")


def _arrived() -> None:
    """An exception that was set at the last moment is raised at the next call at the latest: at this one."""
