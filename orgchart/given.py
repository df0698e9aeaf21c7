"""A file that a user named, or a stream, in; its bytes, or in one set of words why they cannot be had, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Final

from orgchart.errors import OrgChartError
from orgchart.limits import ExceededError, read_within

_RULES: Final[Mapping[type[Exception], str]] = {
    FileNotFoundError: "there is no such file",
    IsADirectoryError: "this is a folder",
}


def _exceeded(name: str, error: ExceededError) -> OrgChartError:
    return OrgChartError(f"{name}: {error}")


def file_content(
    path: str | Path,
    key: str,
    remedy: str,
    *,
    name: str = "",
    regular: bool = False,
    too_large: Callable[[str, ExceededError], OrgChartError] = _exceeded,
) -> bytes:
    """The bytes of a file, within the limit of that key. Raises OrgChartError, or what too_large makes of more.

    remedy: what to name instead; name: what messages call the file, its path if left out; regular: refuse a pipe or a
    device, where nobody would see that it is read, or waited on, without end.
    """
    name, file = name or str(path), Path(path)
    try:
        if regular and file.exists() and not file.is_dir() and not file.is_file():
            raise OrgChartError(f"{name}: this is not a regular file; {remedy}")
        with file.open("rb") as stream:
            return read_within(stream, key)
    except ExceededError as error:
        raise too_large(name, error) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise OrgChartError(f"{name}: {_rule(error)}; {remedy}") from None


def stream_content(
    stream: IO[bytes],
    key: str,
    remedy: str,
    *,
    name: str,
    too_large: Callable[[str, ExceededError], OrgChartError] = _exceeded,
) -> bytes:
    """The same of what is open already, such as standard input."""
    try:
        return read_within(stream, key)
    except ExceededError as error:
        raise too_large(name, error) from None
    except OSError as error:
        raise OrgChartError(f"{name}: {_rule(error)}; {remedy}") from None


def _rule(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _RULES.get(type(error), f"it cannot be read ({reason})")
