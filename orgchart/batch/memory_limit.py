"""A number of megabytes, in; work that takes more memory is broken off, by the system or by who watches it, out."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

_OWN_SIZE: Final = Path("/proc/self/statm")
# The stacks of the two threads that watch over the time.
_WATCHERS_BYTES: Final = 20_000_000


@contextlib.contextmanager
def memory_limit(megabytes: int) -> Iterator[bool]:
    """Let this process have so much more memory than it has now; whether the system holds it to that, by a MemoryError
    where more is asked for.

    In a worker of Dask, whose tasks run in threads, the system shall hold nothing: an error in the thread by which the
    worker speaks to its scheduler would end it. There, see ``grown_by``.
    """
    taken = _taken()
    if taken is None or threading.current_thread() is not threading.main_thread():
        yield False
        return
    import resource

    before, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = taken[0] + _WATCHERS_BYTES + megabytes * 1_000_000
    if before != resource.RLIM_INFINITY and before <= wanted:
        yield False
        return
    # Of the two limits the one that can be lifted again, and that children with limits of their own are not bound by.
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    try:
        yield True
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))


def grown_by(megabytes: int) -> Callable[[], bool]:
    """What tells whether this process has so much more memory in use than it has now; never, where the system does not
    say."""
    began = _taken()

    def has_grown() -> bool:
        now = _taken()
        return began is not None and now is not None and now[1] - began[1] > megabytes * 1_000_000

    return has_grown


def _taken() -> tuple[int, int] | None:
    """What this process has, and what of it is in use, in bytes; None where the system does not say."""
    try:
        whole, used = _OWN_SIZE.read_text(encoding="ascii").split()[:2]
        page = os.sysconf("SC_PAGE_SIZE")
    except (OSError, AttributeError):
        return None
    return int(whole) * page, int(used) * page
