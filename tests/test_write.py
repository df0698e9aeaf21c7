"""Files are written whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orgchart.errors import WriteError
from orgchart.write import write_files
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
