"""Commands and the system call of each that is to fail, in; what each left in its folder, printed and said, out.

A shim (faults.c) is loaded before the system's library, so that it is the system that fails, and not our code. One
process has all modules loaded; each case is a fork of it, which takes a few hundredths of a second.

    python -m tests.faults SHIM FOLDER < cases.json > endings.json
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.charts import SECTOR, unit, units_file
from tests.conftest import ROOT

ERRORS = ("ENOSPC", "EIO", "EACCES")
# Every call that touches a file; half: a write that the disk takes the first half of; print: to standard output.
KINDS = ("write", "half", "fsync", "rename", "open", "close", "mkdir", "link", "unlink", "chmod", "read", "print")
_NOT_OURS = ".orgchart.lock"


@dataclass(frozen=True)
class Command:
    """A command that writes: its words, the code that it ends with when all is well, and what stands in its folder."""

    words: tuple[str, ...]
    code: int
    prepare: Callable[[Path], object]
    by_chart: bool = False  # some of what it writes may be new while the rest is old


@dataclass(frozen=True)
class Case:
    command: str
    kind: str
    number: int
    error: str


@dataclass(frozen=True)
class Ending:
    """How it ended. calls: how many there were of each kind; before, after: the files in its folder."""

    case: Case
    code: int
    out: str
    said: str
    calls: Mapping[str, int]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    folder: Path


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file by its path in the folder, and every folder, which ends in a slash and is empty."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name != _NOT_OURS:
            found[f"{name}/" if path.is_dir() else name] = b"" if path.is_dir() else path.read_bytes()
    return found


def _put(folder: Path, **files: bytes | str) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


UNITS = units_file(*SECTOR)
AMENDED = units_file(*SECTOR[:-1], unit("tax", "Група за порезе", "un"))
RULEBOOK = (
    "У Сектору за финансије образују се следеће уже унутрашње јединице:\n1. Одељење за буџет;\n2. Одељење за трезор.\n"
    "\nУ Одељењу за буџет обављају се послови који се односе на припрему буџета.\n"
)
TABLE = "id;name;parent\n1;Сектор за финансије;\n2;Одељење за буџет;1\n"
PROJECT = '[defaults]\nformats = ["dot", "svg"]\n[charts.one]\n[charts.two]\nroot = "un"\n'


def _old_chart(folder: Path) -> None:
    _put(folder, units_dot_json=UNITS, output__c_dot_svg="old", output__c_dot_dot="old too")


def _old_build(folder: Path) -> None:
    _put(folder, orgchart_dot_toml=PROJECT.replace('"svg"', '"csv", "svg"'), units_dot_json=UNITS)
    subprocess.run(_python("-m", "orgchart", "build", "--jobs", "1"), cwd=folder, check=True, capture_output=True,
                   env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    _put(folder, orgchart_dot_toml=PROJECT, units_dot_json=AMENDED)


def _old_report(folder: Path) -> None:
    from tests.documents import draw_charts, word_file

    draw_charts(folder / "output")
    _put(folder, report_dot_docx=word_file("orgchart:sector"), report_dot_md="<!-- orgchart:sector -->\n")


def _old_reading(folder: Path) -> None:
    _put(folder, r_dot_txt=RULEBOOK, proposed_dot_json="old", review_dot_html="old")


def _old_diff(folder: Path) -> None:
    _put(folder, a_dot_json=UNITS, b_dot_json=AMENDED, r_dot_html="old", c__r_dot_md="old")


def _units(folder: Path) -> None:
    _put(folder, units_dot_json=UNITS)


COMMANDS: Mapping[str, Command] = {
    "render": Command(("render", "units.json", "--name", "c", "--format", "dot,svg,pdf"), 0, _old_chart),
    "render into a new folder": Command(("render", "units.json", "-o", "a/b", "--format", "svg,csv"), 0, _units),
    "render to standard output": Command(("render", "units.json", "-o", "-", "--format", "svg"), 0, _units),
    "build": Command(("build", "--jobs", "1"), 0, _old_build, by_chart=True),
    "embed": Command(("embed", "report.docx", "report.md"), 0, _old_report),
    "embed into another file": Command(("embed", "report.md", "-o", "new.md"), 0, _old_report),
    "read": Command(("read", "r.txt", "-o", "proposed.json", "--review", "review.html"), 0, _old_reading),
    "import": Command(
        ("import", "t.csv", "-o", "u.json"), 0, lambda folder: _put(folder, t_dot_csv=TABLE, u_dot_json="old")
    ),
    "diff": Command(
        ("diff", "a.json", "b.json", "--report", "r.html", "--report", "c/r.md", "--format", "svg", "--name", "d"),
        1, _old_diff,
    ),
    "new": Command(("new", "charts", "--from", "units.json"), 0, _units),
    "new in a folder that is there": Command(
        ("new", "charts"), 0, lambda folder: (folder / "charts").mkdir()
    ),
    "caption": Command(("caption", "units.json"), 0, _units),
    "check": Command(("check", "units.json"), 0, _units),
    "schema": Command(("schema",), 0, lambda folder: None),
    "styles": Command(("styles",), 0, lambda folder: None),
}  # fmt: skip


def compiled(gcc: str, folder: Path) -> Path:
    """The shim as a library."""
    library = folder / "faults.so"
    source = str(Path(__file__).with_name("faults.c"))
    subprocess.run([gcc, "-shared", "-fPIC", "-O1", "-o", str(library), source, "-ldl"], check=True)
    return library


def cases_of(whole: Ending) -> list[Case]:
    """Every call of each kind that the command makes when nothing fails, with every error."""
    return [
        Case(whole.case.command, kind, number, error)
        for kind, calls in whole.calls.items()
        for number in range(1, calls + 1)
        for error in ERRORS
    ]


class Stand:
    """Where commands run with a system that fails: a folder, the shim, and what stands in each command's folder."""

    def __init__(self, shim: Path, folder: Path) -> None:
        self._shim, self._folder = shim, folder
        self._before: dict[str, Path] = {}

    def whole(self, commands: Iterable[str]) -> dict[str, Ending]:
        """How each command ends when nothing fails."""
        return {end.case.command: end for end in self.ended([Case(name, "none", 0, "EIO") for name in commands])}

    def ended(self, cases: Sequence[Case]) -> Iterator[Ending]:
        """Run every case, in a folder of its own."""
        orders = []
        for case in cases:
            if case.command not in self._before:
                self._before[case.command] = Path(tempfile.mkdtemp(prefix="before-", dir=self._folder))
                COMMANDS[case.command].prepare(self._before[case.command])
            words, before = COMMANDS[case.command].words, str(self._before[case.command])
            orders.append([before, words, case.kind, case.number, getattr(errno, case.error)])
        places = [self._folder / f"case-{number}" for number in range(len(cases))]
        done = subprocess.run(
            _python("-m", "tests.faults", str(self._shim), str(self._folder)), input=json.dumps(orders).encode(),
            stdout=subprocess.PIPE, check=True, cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(self._shim), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        held = {command: files_in(place) for command, place in self._before.items()}
        for place, case, said in zip(places, cases, json.loads(done.stdout), strict=True):
            yield Ending(case, *said, held[case.command], files_in(place), place)
            shutil.rmtree(place)


def broken_promise(ending: Ending, whole: Ending) -> str:
    """What of the promise this ending breaks, or nothing. whole: how the command ends undisturbed."""
    command = COMMANDS[ending.case.command]
    if "Traceback" in ending.said or "should not" in ending.said:
        return "not a message for the user"
    after = dict(ending.after)
    if ending.case.kind == "unlink":  # what could not be removed is there
        after = {name: content for name, content in after.items() if not name.endswith(".part")}
    if ending.case.kind == "print" and ending.code == 2:
        return "" if after in (ending.before, whole.after) or command.by_chart else "neither old nor new"
    if ending.code == command.code:
        return "" if after == whole.after else "exit code of success, and not all is there"
    if ending.code != 2:
        return f"exit code {ending.code}"
    errors = [line for line in ending.said.splitlines() if line.startswith("error: ")]
    if len(errors) != 1:
        return f"{len(errors)} messages"
    names = {part for name in (*ending.before, *whole.after) for part in (name, Path(name).name) if part}
    if not any(name in errors[0] for name in (*names, str(ending.folder))):
        return "names no file"
    if command.by_chart:
        mixed = [name for name in after if after[name] not in (ending.before.get(name), whole.after.get(name))]
        mixed = [name for name in mixed if not name.endswith("manifest.json")]
        return f"{mixed} neither old nor new" if mixed else ""
    if after != ending.before:
        return f"not as it was: {sorted(after.items() ^ ending.before.items())[:3]}"
    return ""


def _python(*words: str) -> list[str]:
    return [sys.executable, *words]


def _one(library: ctypes.CDLL, place: str, words: Sequence[str], kind: str, number: int, error: int) -> list[Any]:
    """Fork, and run the command there."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as calls:
        child = os.fork()
        if child == 0:
            from orgchart.cli import main

            code: Any = 70
            try:
                os.dup2(out.fileno(), 1)
                os.dup2(said.fileno(), 2)
                os.chdir(place)
                library.faults_arm(place.encode(), kind.encode(), number, error)
                try:
                    main(list(words))
                except SystemExit as ended_with:
                    code = ended_with.code or 0
                sys.stdout.flush()
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                os.write(
                    calls.fileno(), json.dumps({each: library.faults_seen(each.encode()) for each in KINDS}).encode()
                )
                sys.stderr.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        read = [stream.seek(0) or stream.read().decode("utf-8", "replace") for stream in (out, said, calls)]
    return [os.waitstatus_to_exitcode(status), *read[:2], json.loads(read[2] or "{}")]


def _main(shim: str, folder: str) -> None:
    from orgchart.cli import main

    orders = json.load(sys.stdin)
    library = ctypes.CDLL(shim)
    streams = os.dup(1), os.dup(2)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    for words, before in {tuple(words): before for before, words, *_ in orders}.items():  # so that all is loaded
        with tempfile.TemporaryDirectory() as scratch:
            os.chdir(shutil.copytree(before, Path(scratch) / "warm"))
            with contextlib.suppress(SystemExit):
                main(list(words))
            os.chdir("/")
    gc.enable()
    gc.freeze()  # what is loaded is not touched again, and the forks share it
    os.dup2(streams[0], 1)
    os.dup2(streams[1], 2)
    endings = []
    for number, (before, words, *fault) in enumerate(orders):
        place = shutil.copytree(before, Path(folder) / f"case-{number}")
        endings.append(_one(library, str(place), words, *fault))
    json.dump(endings, sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:3])
