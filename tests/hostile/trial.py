"""A case and an empty folder, in; how the command ended that was given its file, and what is not as stated, out."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from orgchart.cli import main
from tests.charts import svg_names
from tests.hostile.case import FINE, REFUSED, Case, digest
from tests.hostile.settings_cases import UNITS

SECONDS_FOR_ONE = 60
DRAWN = "drawn exactly"
LOCK = "output/.orgchart.lock"  # of a build, which stays
OUTCOME = 70  # characters of what is said that the manifest keeps


@dataclass(frozen=True)
class Ended:
    """How a command ended. out, err: what it printed; changed: files that are not as they were, or new."""

    code: int
    out: bytes
    err: str
    changed: tuple[str, ...]
    seconds: float


def good_files() -> dict[str, bytes]:
    from tests.hostile.generate import good_chart

    return {"units.json": UNITS, "output/top.svg": good_chart()}


def tried(case: Case, folder: Path) -> Ended:
    """The real command line, in this process; the folder holds good units and a good chart besides the file."""
    begin = {**good_files(), **case.beside, case.file: case.made()}
    for name, content in begin.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    here = Path.cwd()
    begun = time.monotonic()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main(case.words.format(file=case.file).split())
                code = 0
            except SystemExit as ended:
                code = int(ended.code or 0)
    finally:
        os.chdir(here)
        gc.enable()
    took = time.monotonic() - begun
    out.flush()
    err.flush()
    after = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    changed = tuple(sorted(name for name in after.keys() | begin.keys() if after.get(name) != begin.get(name)))
    return Ended(code, out.buffer.getvalue(), err.buffer.getvalue().decode(), changed, took)  # type: ignore[attr-defined]


def outcome(case: Case, ended: Ended) -> str:
    """As the manifest has it: ``drawn exactly``, or the beginning of the last thing that is said."""
    if case.names is not None and ended.code == FINE:
        return DRAWN
    lines = [line for line in ended.err.splitlines() if line.strip()] or ["-"]
    told = next((line for line in lines if line.startswith("error: ")), lines[0])
    return re.sub(r"[\t\r\n]", " ", told.replace(tempfile.gettempdir(), "…")[:OUTCOME]).rstrip()


def faults(case: Case, ended: Ended) -> Iterator[str]:
    """What no outcome may be, whatever is stated, and what is known of this case beforehand."""
    said = ended.err
    if ended.code not in (0, 1, 2):
        yield f"exit code {ended.code}"
    for sign in ("Traceback", "failed in a way it should not", "too large for this machine"):
        if sign in said:
            yield f"says {sign!r}: {said[-200:]}"
    if ended.code == REFUSED:
        if changed := set(ended.changed) - {LOCK}:
            yield f"refused, and yet changed {', '.join(sorted(changed))}"
        if (
            not said.startswith(("error: ", "Usage", "warning", "note", "read as"))
            and "error: " not in said
            and ": " not in said
        ):
            yield f"refused without a sentence: {said[:100]!r}"
        named = (Path(case.file).name, "units.json", 'chart "')
        if not any(name in said for name in named) and "is drawn as" not in said:
            yield f"the message names no file: {said[:200]!r}"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", said):
        yield "prints a control character"
    if ended.seconds > SECONDS_FOR_ONE:
        yield f"took {ended.seconds:.0f} s"
    if case.code is not None and ended.code != case.code:
        yield f"exit code {ended.code}, not {case.code}: {said[:300]}"
    if case.said is not None and case.said not in said:
        yield f"does not say {case.said!r}: {said[:300]}"
    if case.names is not None and ended.code == FINE:
        drawn = [squeezed("".join(lines)) for lines in svg_names(ended.out).values()]
        if drawn != [squeezed(name) for name in case.names]:
            yield "is not drawn letter by letter"


def squeezed(text: str) -> str:
    """Without the white space at which a name may be broken into lines."""
    return "".join(text.split())


def trials(cases: Iterable[Case]) -> Iterator[tuple[Case, Ended]]:
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
            yield case, tried(case, Path(folder).resolve())


def stated(text: str) -> Mapping[str, tuple[str, int, str]]:
    """The manifest: name to digest, exit code and outcome."""
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: (sha256, int(code), said) for name, sha256, code, said in rows}


def stated_anew(cases: Iterable[Case]) -> tuple[str, list[str]]:
    """The manifest as all is now, and every fault, which must be none before it is kept."""
    rows, wrong = [], []
    for case, ended in trials(cases):
        wrong += [f"{case.name}: {fault}" for fault in faults(case, ended)]
        rows.append(f"{case.name}\t{digest(case.made())}\t{ended.code}\t{outcome(case, ended)}")
    head = "# name\tSHA-256\texit code\twhat is said, at its beginning\n"
    return head + "\n".join(rows) + "\n", wrong
