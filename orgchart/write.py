"""File names and bytes, in; those files whole in their folder, or the folder as it was, out."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from orgchart.errors import WriteError

# The number is that of the process that writes it.
_PART = re.compile(r"\.orgchart-(?:(\d{1,10})-)?\w+\.part")
_SECONDS_OF_A_WRITE = 3600.0
# To ask for the user's mask is to set it: what another thread makes meanwhile would be open to all.
_MASK = threading.Lock()
# What a file system says that cannot sync folders, and one whose user may write into a folder but not list it.
_NO_SYNC = frozenset([errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM])


def write_files(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write every file beside its place and only then move all into place. Returns the paths in the order given.

    Raises WriteError naming the file or folder, with the system's reason; then all old files are as they were, and no
    new file or folder is there.
    """
    return write_paths({folder / name: content for name, content in contents.items()})


def write_paths(contents: Mapping[Path, bytes]) -> list[Path]:
    """The same for files in several folders: all of them are written, or none."""
    folders: list[Path] = []
    try:
        for folder in dict.fromkeys(target.parent for target in contents):
            try:
                make_folder(folder, folders)
            except OSError as error:
                raise WriteError(
                    f'folder "{folder}" cannot be made: {_reason(error)}; choose another with -o'
                ) from error
        _written(contents, folders)
    except BaseException:
        remove_folders(folders)
        raise
    return list(contents)


def _written(contents: Mapping[Path, bytes], new_folders: Sequence[Path]) -> None:
    waiting: list[tuple[str, Path]] = []
    try:
        for target, content in contents.items():
            if os.path.isdir(target):  # noqa: PTH112 - no error where the folder may not be searched
                raise WriteError(f'"{target}" is a folder, where a file is to be written; move it or choose another -o')
            waiting.append((_written_beside(target, content), target))
        _moved(waiting, new_folders)
    finally:
        for temporary, _ in waiting:
            _unlinked(temporary)  # gone already where it was moved


def _moved(waiting: Sequence[tuple[str, Path]], new_folders: Sequence[Path]) -> None:
    """Move all into place, and back where one of them cannot be: what stood there has a second name until then."""
    old: dict[Path, str] = {}
    moved: list[Path] = []
    try:
        for temporary, target in waiting:
            old[target] = _second_name(target, temporary)
        for temporary, target in waiting:
            try:
                os.replace(temporary, target)  # noqa: PTH105
            except OSError as error:
                raise WriteError(f'"{target}" cannot be replaced: {_reason(error)}; nothing was changed') from error
            moved.append(target)
        for folder, entry in {entry.parent: entry for entry in (*new_folders, *old)}.items():
            sync_folder(folder, entry)
    except BaseException:
        for target in reversed(moved):
            with contextlib.suppress(OSError):
                if old[target]:
                    os.replace(old[target], target)  # noqa: PTH105
                else:
                    target.unlink()
        raise
    finally:
        for name in old.values():
            _unlinked(name)


def _second_name(target: Path, temporary: str) -> str:
    """Another name for what stands at the target, or none where nothing does; a copy where files have one name only."""
    name = f"{temporary.removesuffix('.part')}_old.part"
    try:
        os.link(target, name, follow_symlinks=False)
    except FileNotFoundError:
        return ""
    except (OSError, NotImplementedError):
        try:
            shutil.copy2(target, name, follow_symlinks=False)
        except FileNotFoundError:
            return ""
        except OSError as error:
            _unlinked(name)
            raise WriteError(
                f'"{target}" cannot be kept while it is replaced: {_reason(error)}; nothing was changed'
            ) from error
    return name


def make_folder(folder: Path, made: list[Path]) -> None:
    """Make the folder and those above it that are not there, and add them to ``made``. Raises OSError."""
    if os.path.isdir(folder):  # noqa: PTH112
        return
    for each in [*reversed([above for above in folder.parents if not os.path.lexists(above)]), folder]:
        try:
            with _MASK:
                each.mkdir()
        except FileExistsError:  # by another process meanwhile
            if not os.path.isdir(each):  # noqa: PTH112
                raise
        else:
            made.append(each)


def remove_folders(made: Sequence[Path]) -> None:
    """Remove folders that ``make_folder`` has made, as far as nothing is in them."""
    for folder in reversed(made):
        with contextlib.suppress(OSError):
            folder.rmdir()


def remove_dead_parts(folder: Path) -> list[Path]:
    """Remove the unfinished files that killed runs have left beside their places, and return their paths. Those of a
    process that still runs stay; this process must be writing none."""
    dead = [file for file in folder.iterdir() if _is_dead_part(file)] if folder.is_dir() else []
    for file in dead:
        with contextlib.suppress(OSError):
            file.unlink()
    return sorted(dead)


def _is_dead_part(file: Path) -> bool:
    found = _PART.fullmatch(file.name)
    if found is None or file.is_symlink() or not file.is_file():
        return False
    if os.name != "posix":  # there os.kill ends the process that it should only ask after
        with contextlib.suppress(OSError):
            return time.time() - file.stat().st_mtime > _SECONDS_OF_A_WRITE
        return False
    number = int(found[1] or 0)
    if number in (0, os.getpid()):
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _written_beside(target: Path, content: bytes) -> str:
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".orgchart-{os.getpid()}-", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), _mode(target))
    except OSError as error:
        _unlinked(temporary)
        raise WriteError(f'"{target}" cannot be written: {_reason(error)}; nothing was changed') from error
    return temporary


def _mode(target: Path) -> int:
    """The old file's permissions, or those of any new file of this user."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        with _MASK:
            mask = os.umask(0)
            os.umask(mask)
        return 0o666 & ~mask


def sync_folder(folder: Path, entry: Path) -> None:
    """Make the new names in a folder last through a power cut, where the system can (not on Windows). Raises
    WriteError, which names the entry, where the disk fails."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            with contextlib.suppress(OSError):
                os.close(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise WriteError(f'"{entry}" cannot be written: {_reason(error)}; nothing was changed') from error


def _unlinked(name: str) -> None:
    if name:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
