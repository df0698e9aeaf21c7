"""Bundles of jobs and the address of a Dask scheduler, in; their results, made by its workers, out.

The only module that knows Dask. A file's content goes in with its task and what is made of it comes back as bytes, so
that no worker needs a folder of ours, and a task whose worker is lost is done by another.
"""

from __future__ import annotations

import functools
import logging
import platform
import threading
import time
import warnings
from collections.abc import Generator, Mapping
from importlib import import_module
from typing import Any, Final, TypeVar

from orgchart.batch.feed import Bundle, Feed
from orgchart.batch.settings import versions_for
from orgchart.batch.work import Job, Result, Settings, warm, work
from orgchart.build.inputs import font_sha256, version_of
from orgchart.build.stale import cairo_version
from orgchart.errors import OrgChartError
from orgchart.limits import held_to

SECONDS_TO_CONNECT: Final = 10
SECONDS_FOR_A_WORKER: Final = 30
_AHEAD: Final = 3  # bundles for each thread of a worker
_WAIT_SECONDS: Final = 0.01
_LOOK_SECONDS: Final = 0.5  # at whether there are workers at all
_SEEN_ANEW: Final = 32  # results until workers are counted again
# Fonts and parsers are not shared by threads; and Python runs one thread at a time in any case.
_ONE_AT_A_TIME: Final = threading.Lock()

_Settled = TypeVar("_Settled")


class OtherVersionError(OrgChartError):
    """A worker that would make other bytes."""


def run_on_cluster(feed: Feed[_Settled], settings: Settings, client: Any) -> Generator[Result | _Settled, None, None]:
    """What became of everything in the feed. Raises OrgChartError where the cluster is lost, or makes other bytes."""
    dask = _distributed()
    expected = versions_here(settings)
    bundles: dict[str, Bundle] = {}
    futures = dask.as_completed(loop=client.loop)
    room, since = 0, _SEEN_ANEW
    while True:
        if since >= _SEEN_ANEW:
            room, since = _AHEAD * max(1, sum(client.nthreads().values())), 0
        while len(bundles) < room:
            item = feed.next()
            if item is None:
                break
            if not isinstance(item, Bundle):
                yield item
                continue
            future = client.submit(work_there, item.jobs, settings, expected, pure=False)
            bundles[future.key] = item
            futures.add(future)
        if not bundles:
            return
        future = _finished(futures, client)
        bundle = bundles.pop(future.key)
        since += 1
        try:
            results: tuple[Result, ...] = future.result()
        except dask.scheduler.KilledWorker:
            results = feed.lost(bundle)
        except OrgChartError:
            raise
        except (dask.client.FutureCancelledError, OSError, TimeoutError) as error:
            raise OrgChartError(
                f"the cluster was lost ({type(error).__name__}); run the same command again when it is there: what is "
                "finished is not done again"
            ) from None
        except Exception as error:
            raise OrgChartError(f"a worker failed in a way it should not: {type(error).__name__}: {error}") from None
        future.release()
        yield from results


def _finished(futures: Any, client: Any) -> Any:
    """The next future that is done. Raises OrgChartError where for a while nobody has been there to do it."""
    looked, alone_since = time.monotonic(), 0.0
    while not futures.has_ready():
        time.sleep(_WAIT_SECONDS)
        now = time.monotonic()
        if now - looked < _LOOK_SECONDS:
            continue
        looked = now
        if client.nthreads():
            alone_since = 0.0
        elif not alone_since:
            alone_since = now
        elif now - alone_since > SECONDS_FOR_A_WORKER:
            raise OrgChartError(
                f"the cluster has had no worker for {SECONDS_FOR_A_WORKER:g} seconds; start one with: dask worker "
                f"{client.scheduler.address}, and run the same command again: what is finished is not done again"
            )
    return next(futures)


def work_there(jobs: tuple[Job, ...], settings: Settings, expected: Mapping[str, str]) -> tuple[Result, ...]:
    """On the worker: what became of each job. Raises OtherVersionError where it would have other bytes there."""
    found = versions_here(settings)
    differing = [f"{name} {found.get(name)}, here {version}" for name, version in expected.items()
                 if found.get(name) != version]  # fmt: skip
    if differing:
        raise OtherVersionError(
            f"worker {platform.node()} has {'; '.join(differing)}: it would make other bytes; install the same there"
        )
    with _ONE_AT_A_TIME, held_to(settings.limits):
        return work(jobs, settings)


def versions_here(settings: Settings) -> dict[str, str]:
    """What decides the bytes on this machine: packages, the chart's font, cairo where there is a part for it."""
    return dict(_versions(tuple(versions_for(settings)), settings.styles.font))


@functools.lru_cache(maxsize=4)
def _versions(packages: tuple[str, ...], font: str) -> tuple[tuple[str, str], ...]:
    found = {package: version_of(package) for package in packages}
    return tuple({**found, "cairo": str(cairo_version()), f"font {font}": font_sha256(font)[:12]}.items())


def _distributed() -> Any:
    """The package, which is typed in part only. Raises OrgChartError where it is not installed."""
    try:
        return import_module("distributed")
    except ImportError:
        raise OrgChartError(
            '--scheduler needs the package distributed, which is not installed; run: pip install "orgchart[dask]"'
        ) from None


def connected(address: str) -> Any:
    """A client of the scheduler, whose workers have orgchart loaded. Raises OrgChartError."""
    dask = _distributed()
    # What Dask says of lost workers and large tasks is its own; what the user should know is said here.
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="distributed")
    try:
        client = dask.Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError, RuntimeError) as error:
        raise OrgChartError(
            f"--scheduler {address}: there is no Dask scheduler ({type(error).__name__}); give its address, such as "
            "tcp://192.0.2.1:8786"
        ) from None
    try:
        client.wait_for_workers(1, timeout=SECONDS_FOR_A_WORKER)
    except (OSError, TimeoutError):
        client.close()
        raise OrgChartError(f"--scheduler {address}: it has no worker; start one with: dask worker {address}") from None

    class Warm(dask.WorkerPlugin):  # type: ignore[name-defined, misc]
        """Each worker, also one that comes later, loads orgchart before its first task."""

        name = "orgchart"

        def setup(self, worker: Any) -> None:
            warm()

    try:
        client.register_plugin(Warm())
    except Exception as error:
        client.close()
        raise OrgChartError(
            f"--scheduler {address}: its workers cannot load orgchart ({type(error).__name__}: {error}); install the "
            "same version there"
        ) from None
    return client
