"""A module and the bytes of a foreign file, in; what the module makes of them in a limited process of its own, out."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from orgchart.errors import OrgChartError

MEMORY: Final = 1_000_000_000
SECONDS: Final = 25
REFUSED: Final = 3
_PATIENCE_SECONDS: Final = 27
_BROKE_OFF: Final = "its reader broke off, at the limit of its memory or time or because the file is broken"
_ENVIRONMENT: Final = ("PATH", "SYSTEMROOT", "PYTHONPATH", "LANG")


def limit() -> None:
    """Bound this process to MEMORY bytes and SECONDS of work, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_limited(module: str, words: list[str], content: bytes, name: str, sort: str, otherwise: str) -> bytes:
    """Run ``python -m module words`` with the content on its standard input: a few bytes can hang a parser or fill the
    memory. The module calls ``limit``, and exits with REFUSED and one sentence on standard error where it will not.

    name: of the file; sort: ``DOCX``; otherwise: what the user may do instead. Raises OrgChartError, naming the file.
    """
    environment = {key: value for key, value in os.environ.items() if key in _ENVIRONMENT}
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            input=content, capture_output=True, timeout=_PATIENCE_SECONDS,
            env={**environment, "PYTHONIOENCODING": "utf-8"}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise OrgChartError(
            f"{name}: reading it took more than {_PATIENCE_SECONDS} seconds; save it {otherwise} and read that"
        ) from None
    except OSError as error:
        raise OrgChartError(f"{name}: it cannot be read in a process of its own ({error.strerror})") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1][:300] if done.returncode == REFUSED and said else _BROKE_OFF
        raise OrgChartError(f"{name}: this {sort} cannot be read: {reason}; save it anew, or {otherwise}")
    return done.stdout
