"""The system fails, and nothing is silent, torn or lost."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.charts import SECTOR, units_file
from tests.conftest import ROOT, Run, unmeasured
from tests.engine_faults import FAULTS, said_of
from tests.faults import COMMANDS, Ending, Stand, broken_promise, cases_of, compiled, files_in

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the shim and the limits of Linux")


@pytest.fixture(scope="module")
def endings(
    program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Ending, list[Ending]]]:
    """Of each command how it ends when nothing fails, and when one call does: every tenth case;
    benchmarks/faults.py lets every call fail, with each."""
    folder = tmp_path_factory.mktemp("faults").resolve()
    stand = Stand(compiled(program("gcc"), folder), folder)
    whole = stand.whole(COMMANDS)
    cases = [case for end in whole.values() for number, case in enumerate(cases_of(end)) if number % 10 == 0]
    ended: dict[str, tuple[Ending, list[Ending]]] = {name: (end, []) for name, end in whole.items()}
    for end in stand.ended(cases):
        ended[end.case.command][1].append(end)
    return ended


@pytest.mark.parametrize("command", COMMANDS)
def test_whatever_call_fails_the_old_files_stay_and_one_message_names_a_file(
    endings: dict[str, tuple[Ending, list[Ending]]], command: str
) -> None:
    whole, ended = endings[command]
    assert whole.code == COMMANDS[command].code, whole.said
    assert ended
    assert [(end.case, fault, end.said) for end in ended if (fault := broken_promise(end, whole))] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_graphviz_that_fails_is_one_message_and_no_file(fault: str, tmp_path: Path) -> None:
    said, files = said_of(fault, tmp_path)
    assert len(said.splitlines()) == 1
    assert said.startswith(f"error: {FAULTS[fault].said}")
    assert "use the layout page" in said
    assert files == []


# A disk that is full


@pytest.fixture
def units(tmp_path: Path) -> bytes:
    content = units_file(*SECTOR)
    (tmp_path / "units.json").write_bytes(content)
    return content


def limited(folder: Path, size: int, *words: str) -> Run:
    """The command in a process that may write files of this size."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = subprocess.run(
        [sys.executable, "-m", "orgchart", *words], cwd=folder, capture_output=True, preexec_fn=limit,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr.decode())


@unmeasured
def test_where_a_file_may_not_grow_the_old_ones_stay(tmp_path: Path, units: bytes) -> None:
    (tmp_path / "output").mkdir()
    for name in ("c.csv", "c.svg"):
        (tmp_path / "output" / name).write_bytes(b"old")
    before = files_in(tmp_path)
    run = limited(tmp_path, 2000, "render", "units.json", "--name", "c", "--format", "csv,svg")
    assert run == Run(2, b"", 'error: "output/c.svg" cannot be written: File too large; nothing was changed\n')
    assert files_in(tmp_path) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a file that is always full")
def test_a_full_standard_output_is_an_error(tmp_path: Path, units: bytes) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "orgchart", "render", "units.json", "-o", "-", "--format", "svg"], cwd=tmp_path,
            stdout=full, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        2, b"error: standard output cannot be written: No space left on device\n",
    )  # fmt: skip


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_on_a_small_disk_the_old_files_stay(
    small_disk: Path, units: bytes, tmp_path: Path, orgchart: Callable[..., Run]
) -> None:
    words = ("render", "units.json", "-o", "disk", "--name", "c", "--format", "svg,pdf,png")
    (small_disk / "c.svg").write_bytes(b"old")
    before = files_in(small_disk)
    run = orgchart(*words)
    assert (run.code, run.out) == (2, b"")
    assert "cannot be written: No space left on device; nothing was changed\n" in run.err
    assert files_in(small_disk) == before


# Folders that are not what they should be


def as_somebody(folder: Path, *words: str) -> Run:
    """The command as a user who owns nothing, where this one may become another; else as this one."""
    done = subprocess.run(
        [sys.executable, "-c", AS_SOMEBODY, str(ROOT), str(folder), *words], capture_output=True, check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr.decode())


# A chart is drawn first, so that all that it needs is loaded: the other user may not see this checkout and its Python.
AS_SOMEBODY = r"""
import os, sys
sys.path.insert(0, sys.argv.pop(1))
os.chdir(sys.argv.pop(1))
import tempfile
from orgchart.cli import main
tempfile.mkdtemp
try:
    main(sys.argv[1:] + ["-o", os.devnull + "/none"])
except SystemExit:
    pass
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.stderr.write("as somebody\n")
main(sys.argv[1:])
"""


@unmeasured
@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, units: bytes, mode: int) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "sector.csv").write_bytes(b"old")
    tmp_path.chmod(0o755)
    (tmp_path / "output").chmod(mode)
    try:
        run = as_somebody(tmp_path, "render", "units.json", "--format", "csv")
    finally:
        (tmp_path / "output").chmod(0o755)
    assert run.code == 2
    assert run.err.partition("as somebody\n")[2] == (
        'error: "output/sector.csv" cannot be written: Permission denied; nothing was changed\n'
    )
    assert files_in(tmp_path / "output") == {"sector.csv": b"old"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("render", "units.json", "-o", "units.json", "--format", "csv"), 'folder "units.json" cannot be made'),
        (("render", "units.json", "-o", "units.json/a", "--format", "csv"), 'folder "units.json/a" cannot be made'),
        (("read", "r.txt", "-o", "folder"), '"folder" is a folder, where a file is to be written'),
        (("import", "t.csv", "-o", "folder"), '"folder" is a folder, where a file is to be written'),
        (("diff", "units.json", "units.json", "--report", "folder.html"), '"folder.html" is a folder'),
        (("new", "units.json"), '"units.json" is a file'),
        (("embed", "r.md", "-o", "folder"), '"folder" is a folder, where a file is to be written'),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_named_and_stays(
    words: tuple[str, ...], said: str, tmp_path: Path, units: bytes, here: Callable[..., Run]
) -> None:
    for name in ("folder", "folder.html", "output"):
        (tmp_path / name).mkdir()
    (tmp_path / "r.txt").write_text("У Сектору за финансије образује се Одељење за буџет.\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("id;name;parent\n1;Sektor;\n", encoding="utf-8")
    (tmp_path / "r.md").write_text("<!-- orgchart:c -->\n", encoding="utf-8")
    assert here("render", "units.json", "--name", "c", "--format", "svg").code == 0
    before = files_in(tmp_path)
    run = here(*words)
    assert run.code == 2
    assert said in run.err
    assert files_in(tmp_path) == before
