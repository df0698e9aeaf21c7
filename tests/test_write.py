"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from orgchart.errors import WriteError
from orgchart.write import make_folder, remove_dead_parts, remove_folders, write_files, write_paths
from tests.conftest import ROOT

posix = pytest.mark.skipif(os.name != "posix", reason="the limits and permissions of POSIX systems")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def child(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_files_are_written_into_a_new_folder_in_the_order_given(tmp_path: Path) -> None:
    written = write_files(tmp_path / "new" / "output", {"b.svg": b"b", "a.pdf": b"a"})
    assert written == [tmp_path / "new" / "output" / "b.svg", tmp_path / "new" / "output" / "a.pdf"]
    assert files(tmp_path / "new" / "output") == {"a.pdf": b"a", "b.svg": b"b"}


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b"a long old file")
    write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"new"}


def test_when_one_target_is_a_folder_all_old_files_stay(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b"old")
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(WriteError) as caught:
        write_files(tmp_path, {"a.svg": b"new", "b.pdf": b"new"})
    assert str(caught.value) == (
        f'"{tmp_path / "b.pdf"}" is a folder, where a file is to be written; move it or choose another -o'
    )
    assert files(tmp_path) == {"a.svg": b"old"}


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(WriteError) as caught:
        write_files(tmp_path / "file" / "output", {"a.svg": b"new"})
    assert str(caught.value) == (
        f'folder "{tmp_path / "file" / "output"}" cannot be made: Not a directory; choose another with -o'
    )
    assert files(tmp_path) == {"file": b"old"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"old")
    with pytest.raises(WriteError, match='output" cannot be made: File exists; choose another with -o'):
        write_files(tmp_path / "output", {"a.svg": b"new"})
    assert files(tmp_path) == {"output": b"old"}


@posix
@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder in which nobody may write")
def test_a_folder_in_which_nothing_can_be_made_is_refused() -> None:
    with pytest.raises(WriteError, match=r'"/proc/self/a\.svg" cannot be written: .+; nothing was changed'):
        write_files(Path("/proc/self"), {"a.svg": b"new"})


@posix
def test_on_a_full_disk_all_old_files_stay_and_no_part_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b"old a")
    (tmp_path / "b.png").write_bytes(b"old b")
    script = (
        "import resource, sys; from pathlib import Path; from orgchart.write import write_files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_files(Path(sys.argv[1]), {'a.svg': b'new', 'b.png': b'x' * 5000})\n"
    )
    _, said = child(script, str(tmp_path)).communicate(timeout=60)
    assert f'"{tmp_path / "b.png"}" cannot be written: File too large; nothing was changed' in said.decode()
    assert files(tmp_path) == {"a.svg": b"old a", "b.png": b"old b"}


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a file that is always full")
def test_a_file_that_stands_for_a_device_is_replaced_not_filled(tmp_path: Path) -> None:
    (tmp_path / "a.svg").symlink_to("/dev/full")
    write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"new"}


@posix
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        write_files(tmp_path, {"a.svg": b"new"})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.svg").stat().st_mode) == mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_an_old_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    (tmp_path / "a.svg").write_bytes(b"old")
    (tmp_path / "a.svg").chmod(mode)
    write_files(tmp_path, {"a.svg": b"new"})
    assert stat.S_IMODE((tmp_path / "a.svg").stat().st_mode) == mode
    assert files(tmp_path) == {"a.svg": b"new"}


@posix
def test_killed_at_any_moment_every_file_is_whole(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from orgchart.write import write_files\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    for letter in b'abc':\n"
        "        content = bytes([letter]) * 400_000\n"
        "        write_files(Path(sys.argv[1]), {'one.svg': content, 'two.pdf': content})\n"
    )
    for kill in range(20):
        writer = child(script, str(tmp_path))
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(0.004 + 0.0017 * kill)
        writer.send_signal(signal.SIGKILL)
        writer.communicate(timeout=60)
        for content in (path.read_bytes() for path in tmp_path.glob("*.*") if not path.name.startswith(".")):
            assert content in (b"a" * 400_000, b"b" * 400_000, b"c" * 400_000)
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith(".")) == ["one.svg", "two.pdf"]


# A system that fails: test_faults.py has it fail for real, call by call; here it is one function at a time.


def failing(monkeypatch: pytest.MonkeyPatch, name: str, number: int = 1, error: int = errno.EIO) -> None:
    """The function of ``os`` fails the n-th time, and only then."""
    real = getattr(os, name)
    calls = []

    def fail(*arguments: object, **keys: object) -> object:
        calls.append(1)
        if len(calls) == number:
            raise OSError(error, os.strerror(error))
        return real(*arguments, **keys)

    monkeypatch.setattr(os, name, fail)


def test_where_the_second_of_two_files_cannot_be_moved_the_first_is_moved_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.svg").write_bytes(b"old")
    failing(monkeypatch, "replace", 3)
    with pytest.raises(WriteError) as caught:
        write_files(tmp_path, {"a.svg": b"new", "b.svg": b"new", "c.svg": b"new"})
    assert str(caught.value) == f'"{tmp_path / "c.svg"}" cannot be replaced: Input/output error; nothing was changed'
    assert files(tmp_path) == {"a.svg": b"old"}


def test_files_in_several_folders_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.svg").mkdir()
    with pytest.raises(WriteError):
        write_paths({tmp_path / "new" / "deep" / "a.svg": b"new", tmp_path / "b.svg": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["b.svg"]


def test_a_folder_that_another_process_makes_meanwhile_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.mkdir

    def made_before(path: Path, *arguments: Any, **keys: Any) -> None:
        real(path)
        real(path, *arguments, **keys)

    monkeypatch.setattr(Path, "mkdir", made_before)
    made: list[Path] = []
    make_folder(tmp_path / "new", made)
    assert ((tmp_path / "new").is_dir(), made) == (True, [])


def test_where_names_cannot_be_brought_to_the_disk_the_old_files_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.svg").write_bytes(b"old")
    failing(monkeypatch, "fsync", 2)
    with pytest.raises(WriteError) as caught:
        write_files(tmp_path, {"a.svg": b"new"})
    assert str(caught.value) == f'"{tmp_path / "a.svg"}" cannot be written: Input/output error; nothing was changed'
    assert files(tmp_path) == {"a.svg": b"old"}


@pytest.mark.parametrize("error", [errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM])
def test_a_file_system_that_cannot_sync_folders_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    failing(monkeypatch, "fsync", 2, error)
    write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"new"}


def test_where_files_have_one_name_only_the_old_one_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.svg").write_bytes(b"old")
    for number in (1, 2):
        failing(monkeypatch, "link", number, errno.EPERM)
    failing(monkeypatch, "replace", 2)
    with pytest.raises(WriteError):
        write_files(tmp_path, {"a.svg": b"new", "b.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"old"}


def test_where_the_old_file_can_be_neither_linked_nor_copied_nothing_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.svg").write_bytes(b"old")
    failing(monkeypatch, "link")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copy2", fail)
    with pytest.raises(WriteError, match=r'a\.svg" cannot be kept while it is replaced: .+; nothing was changed'):
        write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"old"}


def test_a_file_that_cannot_be_made_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "open")
    with pytest.raises(WriteError, match=r'a\.svg" cannot be written: Input/output error; nothing was changed'):
        write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {}


def test_without_what_only_posix_systems_have_a_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY")
    monkeypatch.delattr(os, "fchmod")
    write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"new"}


# Unfinished files of runs that were killed


def test_unfinished_files_of_dead_processes_are_removed_and_no_others(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    running = child("import time; time.sleep(60)")
    dead = [f".orgchart-{number}-abc.part" for number in (ended.pid, os.getpid(), 0)] + [".orgchart-abc.part"]
    alive = [f".orgchart-{number}-abc.part" for number in (running.pid, 9_999_999_999)]
    for name in (*dead, *alive, "own.part", ".orgchart-x.svg"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / ".orgchart-1-folder.part").mkdir()
    (tmp_path / ".orgchart-0-link.part").symlink_to("own.part")
    assert [path.name for path in remove_dead_parts(tmp_path)] == sorted(dead)
    left = [*alive, ".orgchart-0-link.part", ".orgchart-1-folder.part", ".orgchart-x.svg", "own.part"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(left)
    assert remove_dead_parts(tmp_path / "nosuch") == []
    assert running.poll() is None
    running.kill()
    running.communicate()


def test_where_a_process_cannot_be_asked_after_the_hour_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, age in (("old", 3700), ("new", 3500)):
        file = tmp_path / f".orgchart-1-{name}.part"
        file.write_bytes(b"half")
        os.utime(file, (time.time() - age, time.time() - age))
    monkeypatch.setattr(os, "name", "other")
    assert [path.name for path in remove_dead_parts(tmp_path)] == [".orgchart-1-old.part"]


def test_an_unfinished_file_that_goes_away_meanwhile_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / ".orgchart-1-gone.part"
    monkeypatch.setattr(os, "name", "other")
    monkeypatch.setattr(Path, "iterdir", lambda _: iter([gone]))
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    assert remove_dead_parts(tmp_path) == []


def test_an_unfinished_file_that_cannot_be_removed_does_not_keep_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f".orgchart-0-{name}.part").write_bytes(b"half")
    failing(monkeypatch, "unlink")
    remove_dead_parts(tmp_path)
    assert len(files(tmp_path)) == 1


def test_of_folders_that_were_made_only_empty_ones_are_removed(tmp_path: Path) -> None:
    made: list[Path] = []
    make_folder(tmp_path / "a" / "b" / "c", made)
    assert made == [tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "c"]
    (tmp_path / "a" / "own.txt").write_bytes(b"")
    remove_folders(made)
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "own.txt"]


def test_a_fault_that_the_system_has_no_words_for_is_named_by_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(WriteError, match=r"cannot be written: TimeoutError; nothing was changed"):
        write_files(tmp_path, {"a.svg": b"new"})


def test_every_unfinished_file_lies_beside_its_place_and_names_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.svg").write_bytes(b"old")
    names: list[Path] = []
    replace, link = os.replace, os.link
    monkeypatch.setattr(os, "replace", lambda old, new: (names.append(Path(old)), replace(old, new)))
    monkeypatch.setattr(os, "link", lambda old, new, **keys: (names.append(Path(new)), link(old, new, **keys)))
    write_files(tmp_path, {"a.svg": b"new"})
    assert len(names) == 2
    for name in names:
        assert name.parent == tmp_path
        assert re.fullmatch(rf"\.orgchart-{os.getpid()}-\w+\.part", name.name)


@pytest.mark.parametrize("linked", [True, False])
def test_a_link_that_comes_back_is_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool) -> None:
    (tmp_path / "own.svg").write_bytes(b"own")
    (tmp_path / "a.svg").symlink_to("own.svg")
    if not linked:
        failing(monkeypatch, "link")
    failing(monkeypatch, "replace", 2)
    with pytest.raises(WriteError):
        write_files(tmp_path, {"a.svg": b"new", "b.svg": b"new"})
    assert (tmp_path / "a.svg").is_symlink()
    assert files(tmp_path) == {"own.svg": b"own", "a.svg": b"own"}


def test_a_file_that_cannot_be_brought_to_the_disk_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "fsync")
    with pytest.raises(WriteError, match=r'a\.svg" cannot be written: Input/output error; nothing was changed'):
        write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {}


def test_half_a_copy_of_the_old_file_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.svg").write_bytes(b"old")
    failing(monkeypatch, "link")

    def half(_: object, name: str, **__: object) -> None:
        Path(name).write_bytes(b"o")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copy2", half)
    with pytest.raises(WriteError):
        write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"old"}


def test_a_folder_that_cannot_be_closed_is_synced_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "close")
    write_files(tmp_path, {"a.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"new"}


def test_where_one_cannot_be_moved_back_the_first_fault_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.svg", "b.svg"):
        (tmp_path / name).write_bytes(b"old")
    real, calls = os.replace, []

    def fail(old: str, new: Path) -> None:
        calls.append(new)
        if len(calls) in (3, 4):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(old, new)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(WriteError, match=r'c\.svg" cannot be replaced'):
        write_files(tmp_path, {"a.svg": b"new", "b.svg": b"new", "c.svg": b"new"})
    assert files(tmp_path) == {"a.svg": b"old", "b.svg": b"new"}
