"""A process within time and size: what it is given, what it leaves, and that it runs no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orgchart.layout import engine_process
from orgchart.layout.engine_process import Answer, TooMuchError, run_bounded
from tests.conftest import ROOT


def run(script: str, content: bytes = b"", seconds: float = 10, most: int = 1_000, **environment: str) -> Answer:
    return run_bounded([sys.executable, "-I", "-c", script], content, environment, seconds, most)


def test_a_process_gets_the_content_and_the_environment_and_its_answer_is_whole() -> None:
    script = "import os, sys; print(sys.stdin.read(), os.environ['A'], 'B' in os.environ); sys.exit('said')"
    os.environ["B"] = "1"
    try:
        assert run(script, b"content", A="1") == Answer(1, b"content 1 False\n", b"said\n")
    finally:
        del os.environ["B"]


def test_a_signal_is_a_code_below_zero() -> None:
    assert run("import os; os.kill(os.getpid(), 9)") == Answer(-9, b"", b"")


def test_as_much_as_it_may_write_is_taken_and_one_byte_more_is_too_much() -> None:
    assert run("print('a' * 999)").written == b"a" * 999 + b"\n"
    with pytest.raises(TooMuchError):
        run("print('a' * 1_000)")
    script = "import os, time; print('a' * 999, flush=True); os.close(1); time.sleep(0.3); os._exit(5)"
    assert run(script) == Answer(5, b"a" * 999 + b"\n", b"")


def test_a_large_answer_is_taken_in_its_order() -> None:
    answer = run("import sys; sys.stdout.write(''.join(map(str, range(60_000))))", most=400_000)
    assert answer.written == "".join(map(str, range(60_000))).encode()


def test_an_answer_without_end_is_stopped_at_once() -> None:
    begun = time.monotonic()
    with pytest.raises(TooMuchError):
        run("while True: print('a' * 1_000)")
    assert time.monotonic() - begun < 20


def test_what_goes_on_too_long_is_stopped_and_runs_no_more(tmp_path: Path) -> None:
    script = f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    with pytest.raises(subprocess.TimeoutExpired):
        run(script, seconds=1)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_of_what_is_said_the_last_hundred_thousand_bytes_are_kept() -> None:
    answer = run("import sys; sys.stderr.write('a' * 50_000 + 'b' * 99_999 + 'c')")
    assert answer.said == b"b" * 99_999 + b"c"


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_process_that_reads_nothing_is_no_fault() -> None:
    assert run("print(1)", b"a" * 5_000_000) == Answer(0, b"1\n", b"")


# Leaves another behind, which keeps the three pipes open.
LEAVES_ANOTHER = """
import subprocess, sys
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(40)"])
open({file!r}, "a").write(str(other.pid) + "\\n")
"""
CALLS = """
import sys
from orgchart.layout import engine_process
engine_process._PATIENCE_SECONDS = 0.1
engine_process.run_bounded([sys.executable, "-I", "-c", {script!r}], b"a" * 5_000_000, {{}}, 30, 1_000)
"""


def test_what_a_process_leaves_behind_is_not_waited_for_here_nor_at_the_end_of_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine_process, "_PATIENCE_SECONDS", 0.1)
    script = LEAVES_ANOTHER.format(file=str(tmp_path / "left"))
    begun = time.monotonic()
    try:
        assert run(script, b"a" * 5_000_000).code == 0
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", CALLS.format(script=script)], check=True, env=environment)
        assert time.monotonic() - begun < 30
    finally:
        left = (tmp_path / "left").read_text().split()
        for number in left:
            os.kill(int(number), signal.SIGKILL)
    assert len(left) == 2


def test_what_cannot_be_started_is_the_system_s_error() -> None:
    with pytest.raises(FileNotFoundError):
        run_bounded(["/nowhere/python"], b"", {}, 1, 1)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux says which files are open")
def test_none_of_its_pipes_stays_open() -> None:
    before = set(Path("/proc/self/fd").iterdir())
    run("print(1)", b"a")
    assert set(Path("/proc/self/fd").iterdir()) <= before
