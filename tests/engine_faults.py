"""The name of a fault of Graphviz, in; what the command line says of it and the files that it leaves, out."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from orgchart.cli import main
from tests.charts import unit, units_file

UNITS = units_file(unit("top", "Top", level="sector"), unit("a", "A", "top"))
MOST_BYTES = 2_000_000
# Graphviz' answer about these two units, with a place in it for each that a fault changes.
RIGHT = (
    "import sys; from subprocess import run; answer = run(sys.argv[2:], stdin=sys.stdin, capture_output=True).stdout"
)


@dataclass(frozen=True)
class EngineFault:
    """script: what stands in for Graphviz' process; it has the right answer at hand. said: how the message begins."""

    script: str
    said: str


def _answering(change: str) -> str:
    return f"{RIGHT}; sys.stdout.buffer.write({change})"


_NO_USE = 'the answer of layout engine "dot" is no use: '
FAULTS: Mapping[str, EngineFault] = {
    "missing program": EngineFault("", 'layout engine "dot" could not be started: No such file or directory'),
    "segfault": EngineFault(
        "import os; os.kill(os.getpid(), 11)", 'layout engine "dot" crashed with signal 11, SIGSEGV'
    ),
    "hang": EngineFault(
        "import time; time.sleep(60)", 'layout engine "dot" was stopped after 2 seconds, the time limit'
    ),
    "empty output": EngineFault("pass", 'layout engine "dot" gave an empty answer'),
    "truncated output": EngineFault(_answering("answer[:-100]"), f"{_NO_USE}it is cut off or not XML"),
    "garbage": EngineFault("print('Segmentation fault')", f"{_NO_USE}it is cut off or not XML"),
    "exit code without a message": EngineFault(
        "import sys; sys.exit(3)", 'layout engine "dot" failed with exit code 3;'
    ),
    "wrong numbers": EngineFault(
        _answering("answer.replace(b'points=\"', b'points=\"1')"), f"{_NO_USE}unit"
    ),
    "missing node": EngineFault(
        _answering("answer.replace(b'id=\"n2\"', b'')"), f'{_NO_USE}unit "a" has no place in it'
    ),
    "extra node": EngineFault(
        _answering(
            "answer.replace(b'</g>\\n</svg>', "
            "b'<g id=\"n9\" class=\"node\"><polygon points=\"0,0 1,0 1,1\"/></g></g>\\n</svg>')"
        ),
        f'{_NO_USE}it drew "n9", which it was not asked for',
    ),
    "huge output": EngineFault(
        "import sys\nwhile True: sys.stdout.write('x' * 65536)",
        f'layout engine "dot": its answer has more than {MOST_BYTES:,} bytes, the limit graphviz_bytes',
    ),
    "output that is not UTF-8": EngineFault(
        _answering("answer.replace(b'<title>n2', b'<title>\\xff\\xfe')"), f"{_NO_USE}it is cut off or not XML"
    ),
}  # fmt: skip


def said_of(fault: str, folder: Path) -> tuple[str, list[str]]:
    """What ``render --layout dot`` says on standard error, and the files in the output folder."""
    from orgchart.layout import engines

    right = engines._child_command("dot", 60, 2048)
    command = [sys.executable, "-c", FAULTS[fault].script, "--", *right]
    if fault == "missing program":
        command = [str(folder / "no-such-program")]
    limits = {**(engines.place_with_engine.__kwdefaults__ or {}), **({"seconds": 2.0} if fault == "hang" else {})}
    units = folder / "units.json"
    units.write_bytes(UNITS)
    output = folder / "output"
    said = io.StringIO()
    with (
        patch.object(engines, "_child_command", lambda *_: command),
        patch.dict(os.environ, {"ORGCHART_LIMIT_GRAPHVIZ_BYTES": str(MOST_BYTES)}),
        patch.object(engines.place_with_engine, "__kwdefaults__", limits),
        contextlib.redirect_stderr(said),
        contextlib.suppress(SystemExit),
    ):
        main(["render", str(units), "-o", str(output), "--layout", "dot", "--format", "svg"])
    gc.enable()
    return said.getvalue(), sorted(os.listdir(output)) if output.is_dir() else []  # noqa: PTH208
