"""Jobs one by one, in; bundles of a few for one task each, out; and those again whose process was lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from orgchart.batch.work import Job, Result

ATTEMPTS: Final = 2
MOST_FILES: Final = 8
MOST_BYTES: Final = 1_000_000
# So many bundles for each process, where there are enough files, so that all end at nearly the same time.
_BUNDLES_EACH: Final = 16

_Settled = TypeVar("_Settled")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Jobs done by one task, and how often a process was lost that did them."""

    jobs: tuple[Job, ...]
    lost: int = 0


class Feed(Generic[_Settled]):
    """Bundles as they are asked for, so that no more files are in memory than are being done. What else the items are
    is settled already, and comes out as it is."""

    def __init__(self, items: Iterable[Job | _Settled], files: int, workers: int) -> None:
        self._items = iter(items)
        self._most = max(1, min(MOST_FILES, files // (max(1, workers) * _BUNDLES_EACH)))
        self._waiting: list[Job] = []
        self._back: deque[Bundle] = deque()

    def next(self) -> Bundle | _Settled | None:
        """None where there is nothing to do, unless a bundle is given back later."""
        if self._back:
            return self._back.popleft()
        for item in self._items:
            if not isinstance(item, Job):
                return item
            self._waiting.append(item)
            if len(self._waiting) >= self._most or _bytes(self._waiting) >= MOST_BYTES:
                break
        if not self._waiting:
            return None
        bundle = Bundle(tuple(self._waiting))
        self._waiting.clear()
        return bundle

    def give_back(self, bundle: Bundle) -> None:
        """It was not begun when its process was lost."""
        self._back.append(bundle)

    def lost(self, bundle: Bundle) -> tuple[Result, ...]:
        """Its process was lost: each of its jobs is tried alone, and fails where it is lost ATTEMPTS times so."""
        if len(bundle.jobs) > 1:
            self._back.extend(Bundle((job,)) for job in bundle.jobs)
            return ()
        if bundle.lost + 1 < ATTEMPTS:
            self._back.append(replace(bundle, lost=bundle.lost + 1))
            return ()
        return tuple(
            Result(
                job.name,
                error=f"{job.name}: the process that did it was ended {ATTEMPTS} times, perhaps by the system for lack "
                "of memory; draw a branch of it by itself, with orgchart render --root",
            )
            for job in bundle.jobs
        )


def _bytes(jobs: Sequence[Job]) -> int:
    return sum(len(job.content) + len(job.text or b"") for job in jobs)
