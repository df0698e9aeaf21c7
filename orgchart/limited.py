"""A module and the bytes of a foreign file, in; what the module makes of them in a limited process of its own, out."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from orgchart.errors import NotReadableError, OrgChartError
from orgchart.limits import LIMITS, exceeded, kept_environment, value_of

REFUSED: Final = 3
_PATIENCE_SECONDS: Final = 2  # of the clock, beyond the seconds of work
_PACKAGES: Final = str(Path(__file__).resolve().parent.parent)
_ENVIRONMENT: Final = ("PATH", "SYSTEMROOT", "PYTHONPATH", "LANG")


def limit() -> None:
    """Bound this process's memory and seconds of work, where the system can; what it never gets it need not give up."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_AS: value_of("reader_memory_mb") * 1_000_000,
        resource.RLIMIT_CPU: value_of("reader_seconds"),
        resource.RLIMIT_CORE: 0,
    }
    for what, amount in wanted.items():
        _, most = resource.getrlimit(what)
        amount = amount if most == resource.RLIM_INFINITY else min(amount, most)
        resource.setrlimit(what, (amount, amount))


def lacks_memory(error: BaseException | None) -> bool:
    """Whether it, or what it was raised for, is that there is no more memory."""
    while error is not None:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
            return True
        error = error.__cause__ or error.__context__
    return False


def told(error: Exception, extra: str) -> str:
    """The one sentence that a limited process says of what stopped it. extra: of the packages that it needs."""
    if lacks_memory(error):
        said = str(exceeded("reader_memory_mb", subject="its reader"))
    elif isinstance(error, OrgChartError | NotReadableError):
        said = str(error)
    elif isinstance(error, ImportError):
        said = f"{error.name} is not installed; run: pip install orgchart[{extra}]"
    else:  # a parser's own fault is the file's fault, as far as the user can tell
        said = f"{type(error).__name__}: {error}"
    return " ".join(said.split())


def run_limited(module: str, words: list[str], content: bytes, name: str, sort: str, otherwise: str) -> bytes:
    """Run ``python -m module words`` with the content on its standard input: a few bytes can hang a parser or fill the
    memory. The module calls ``limit``, and exits with REFUSED and one sentence on standard error where it will not.

    name: of the file; sort: ``DOCX``; otherwise: what the user may do instead. Raises OrgChartError, naming the file.
    """
    environment = {key: value for key, value in os.environ.items() if key in _ENVIRONMENT} | kept_environment()
    # -P: the current folder, which may hold a foreign file named like a module, is no place to import from.
    folders = [folder for folder in environment.get("PYTHONPATH", "").split(os.pathsep) if Path(folder).is_absolute()]
    environment["PYTHONPATH"] = os.pathsep.join([_PACKAGES, *folders])
    patience = value_of("reader_seconds") + _PATIENCE_SECONDS
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", module, *words],
            input=content, capture_output=True, timeout=patience,
            env={**environment, "PYTHONIOENCODING": "utf-8"}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise OrgChartError(
            f"{name}: reading it took more than {patience} seconds; save it {otherwise} and read that, "
            f"or raise the limit: {LIMITS['reader_seconds'].variable}={2 * patience}"
        ) from None
    except OSError as error:
        raise OrgChartError(f"{name}: it cannot be read in a process of its own ({error.strerror})") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1][:400] if done.returncode == REFUSED and said else _broke_off()
        raise OrgChartError(f"{name}: this {sort} cannot be read: {reason}; save it anew, or {otherwise}")
    return done.stdout


def _broke_off() -> str:
    seconds, memory = LIMITS["reader_seconds"], LIMITS["reader_memory_mb"]
    return (
        f"its reader broke off, at the limit of {value_of(memory.key):,} MB or {value_of(seconds.key)} seconds "
        f"({memory.variable}, {seconds.variable}) or because the file is broken"
    )
