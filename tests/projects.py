"""A project of two charts, in; what its builds left in its folder and say about it, out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.charts import unit
from tests.conftest import ROOT, Run

Command = Callable[..., Run]
PROJECT = '[defaults]\nformats = ["dot"]\n[charts.whole]\n[charts.audit]\nroot = "audit"\n'
UNITS = (unit("top", "Top", level="sector"), unit("audit", "Audit", "top"), unit("law", "Law", "top"))


def made(folder: Path) -> dict[str, bytes]:
    """What stands in the output folder, the lock apart."""
    return {file.name: file.read_bytes() for file in (folder / "output").iterdir() if file.name != ".orgchart.lock"}


def changed(folder: Path, text: str, into: str, file: str = "orgchart.toml") -> None:
    content = (folder / file).read_text(encoding="utf-8")
    assert text in content
    (folder / file).write_text(content.replace(text, into), encoding="utf-8")


def reasons(here: Command) -> list[str]:
    """What --check says, chart by chart; empty where nothing is stale."""
    run = here("build", "--check")
    assert run.code == bool(run.out)
    return run.out.decode().splitlines()


def started(folder: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "orgchart", "build", *words],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
