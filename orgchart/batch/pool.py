"""Bundles of jobs, in; their results, made by several processes of this machine, in the order they are ready, out."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

from orgchart.batch.feed import Bundle, Feed
from orgchart.batch.work import Result, Settings, warm, work
from orgchart.build.processes import broken_off, interrupts_later, pool_of

_AHEAD: Final = 2  # one in work and one waiting, so that no process waits for this one

_Settled = TypeVar("_Settled")
_Future = Future[tuple[Result, ...]]


class _Lane:
    """One process and its bundles, first come first served: where it is lost, the first was in work."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: ProcessPoolExecutor | None = None
        self.bundles: deque[tuple[_Future, Bundle]] = deque()

    def take(self, bundle: Bundle) -> None:
        with interrupts_later():
            if self._pool is None:
                self._pool = pool_of(1, warm)
            try:
                future = self._pool.submit(work, bundle.jobs, self._settings)
            except BrokenProcessPool as error:  # lost while nothing was in work
                future = Future()
                future.set_exception(error)
        self.bundles.append((future, bundle))

    def results(self, feed: Feed[_Settled]) -> Iterator[Result]:
        """Of the bundles that are done; those of a lost process go back to the feed."""
        while self.bundles and self.bundles[0][0].done():
            future, bundle = self.bundles.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                yield from feed.lost(bundle)
                for _, behind in self.bundles:
                    feed.give_back(behind)
                self.bundles.clear()
                self.close()

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._pool = None

    def break_off(self) -> None:
        if self._pool is not None:
            broken_off(self._pool)


def run_here(feed: Feed[_Settled], settings: Settings, jobs: int) -> Generator[Result | _Settled, None, None]:
    """What became of everything in the feed. A process that is lost takes no other with it."""
    lanes = [_Lane(settings) for _ in range(jobs)]
    try:
        while True:
            yield from _filled(lanes, feed)
            waiting = [future for lane in lanes for future, _ in lane.bundles]
            if not waiting:
                return
            wait(waiting, return_when=FIRST_COMPLETED)
            for lane in lanes:
                yield from lane.results(feed)
    except BaseException:
        for lane in lanes:
            lane.break_off()
        raise
    finally:
        for lane in lanes:
            with contextlib.suppress(Exception):
                lane.close()


def _filled(lanes: list[_Lane], feed: Feed[_Settled]) -> Iterator[_Settled]:
    """Give every lane a bundle, and then every lane another; hand on what is settled."""
    for ahead in range(1, _AHEAD + 1):
        for lane in lanes:
            while len(lane.bundles) < ahead:
                item = feed.next()
                if item is None:
                    return
                if isinstance(item, Bundle):
                    lane.take(item)
                else:
                    yield item
