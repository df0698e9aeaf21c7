"""Options and fixtures that several test files share."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fontpkg_pt_sans import ROOT as PT_SANS
from hypothesis import Phase, settings

from orgchart import limited
from orgchart.cli import main
from orgchart.layout import engines

ROOT = Path(__file__).parent.parent
MEASURED = "COVERAGE_PROCESS_CONFIG"  # coverage's own
unmeasured = pytest.mark.skipif(MEASURED in os.environ, reason="coverage's own files and memory are in the way")


# For benchmarks/mutation.py, which needs to know that a test fails, and the same each time, but not the least example.
settings.register_profile("mutation", derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


if MEASURED in os.environ:
    # Where coverage is measured, the readers of foreign files must see that too; else they see next to nothing.
    limited._ENVIRONMENT = (*limited._ENVIRONMENT, MEASURED)  # type: ignore[misc]
    engines.KEPT_ENVIRONMENT = (*engines.KEPT_ENVIRONMENT, MEASURED)


def find_program(name: str) -> str:
    """The path of a program that is no part of the project. Where it is missing the test is skipped, or fails with
    ORGCHART_TEST_ALL=1, so that nobody takes a skipped comparison for a good one."""
    found = shutil.which(name)
    if found is None:
        missing = f"{name} is not on this machine"
        if os.environ.get("ORGCHART_TEST_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    return find_program


@pytest.fixture(scope="session")
def browser(program: Callable[[str], str]) -> Iterator[Any]:
    """A real Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as programs:
        started = programs.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox"])
        yield started
        started.close()


def write_font_list(folder: Path, body: str) -> Path:
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{body}'
        f"<cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return file


@pytest.fixture(scope="session")
def with_the_font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts of a machine on which PT Sans is installed."""
    return write_font_list(tmp_path_factory.mktemp("with"), f"<dir>{PT_SANS}/files</dir>")


@pytest.fixture(scope="session")
def without_the_font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts of a machine on which PT Sans is not."""
    reject = '<rejectfont><pattern><patelt name="family"><string>PT Sans</string></patelt></pattern></rejectfont>'
    return write_font_list(tmp_path_factory.mktemp("without"), f"<selectfont>{reject}</selectfont>")


@dataclass(frozen=True)
class Run:
    """How a command ended: its exit code, what it printed, and what it said."""

    code: int
    out: bytes
    err: str


@pytest.fixture
def orgchart(tmp_path: Path) -> Callable[..., Run]:
    """The command line as a process of its own, in an empty folder."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "orgchart", *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )
        return Run(done.returncode, done.stdout, done.stderr.decode())

    return run


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Run]:
    """The command line inside the test's process, which is quicker, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Run:
        capsysbinary.readouterr()
        try:
            with pytest.raises(SystemExit) as ended:
                main(list(arguments))
        finally:
            gc.enable()
        printed = capsysbinary.readouterr()
        return Run(int(ended.value.code or 0), printed.out, printed.err.decode())

    return run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two charts in the folder where the commands run; small ones, for which no process is started."""
    monkeypatch.setattr("orgchart.commands.build.cores", lambda: 1)
    from tests.charts import units_file
    from tests.projects import PROJECT, UNITS

    (tmp_path / "orgchart.toml").write_text(PROJECT)
    (tmp_path / "units.json").write_bytes(units_file(*UNITS))
    return tmp_path
