"""How many runs, in; whether every output has the same bytes whatever the hash seed, the locale and the time zone, out.

    python benchmarks/determinism.py --runs 100 --write

In each environment fresh processes, of ten runs each, make every output so many times: the chart in all formats, an
atlas, the reading of a rulebook, the reports and the chart of an amendment, the captions, an import. Exits with 1 where
two of all differ.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import locale
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ("0", "1", "4294967295")
ZONES = ("UTC", "Pacific/Apia")
RUNS_OF_A_PROCESS = 10


def outputs() -> Iterator[tuple[str, bytes]]:
    """Every kind of output by its name."""
    import orgchart
    from orgchart.caption import LANGUAGES, caption
    from orgchart.changes import compare
    from orgchart.changes.chart import build_change_chart
    from orgchart.changes.report import WRITERS as REPORTS
    from orgchart.changes.report import build_report, write_report
    from orgchart.cite import Text
    from orgchart.formats import WRITERS
    from orgchart.rulebook.command import read_rulebook
    from orgchart.units import dump_units

    old = orgchart.load_units(ROOT / "data" / "units.json")
    new = orgchart.load_units(ROOT / "data" / "units-amended.json")
    formats = list(WRITERS)
    yield from orgchart.render_files(orgchart.build_chart(old), formats, "chart").items()
    atlas = orgchart.build_chart(old, atlas="always", style="print")
    yield from orgchart.render_files(atlas, ["svg", "pdf", "html"], "atlas").items()
    changes = compare(old, new)
    yield from orgchart.render_files(build_change_chart(changes), ["svg", "dot", "pdf"], "changes").items()
    report = build_report(changes, Text(()), Text(()), None)
    for ending in REPORTS:
        content = write_report(report, ending)
        yield f"report.{ending}", content if isinstance(content, bytes) else content.encode()
    rulebook = ROOT / "data" / "rulebooks" / "multilateral-sector.txt"
    reading = read_rulebook([(rulebook.name, rulebook.read_bytes())])
    if reading.units is not None:
        yield "read.json", dump_units(reading.units)
    for language in LANGUAGES:
        yield f"caption.{language}", caption(old, language).encode()
    imported = orgchart.import_units(b"id;name;parent\n1;Sektor;\n2;Odeljenje;1\n", "table.csv")
    yield "import.json", dump_units(imported.units)


def prints(runs: int) -> dict[str, list[str]]:
    """The SHA-256 of each output; several where the runs of this process differ."""
    found: dict[str, dict[str, None]] = {}
    for _ in range(runs):
        for name, content in outputs():
            found.setdefault(name, {})[hashlib.sha256(content).hexdigest()] = None
    return {name: list(each) for name, each in found.items()}


def environments(folder: Path, seeds: Sequence[str] = SEEDS) -> list[Mapping[str, str]]:
    """Every seed with every locale and every time zone; the second locale is Serbian where it can be made."""
    locales: list[dict[str, str]] = [{"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}]
    if made := _serbian(folder):
        locales[1] = made
    return [
        {"PYTHONHASHSEED": seed, "TZ": zone, **words}
        for seed, words, zone in itertools.product(seeds, locales, ZONES)
    ]  # fmt: skip


def _serbian(folder: Path) -> dict[str, str]:
    if shutil.which("localedef") is None:
        return {}
    made = subprocess.run(
        ["localedef", "-i", "sr_RS", "-f", "UTF-8", str(folder / "sr_RS.UTF-8")], capture_output=True, check=False
    )
    is_there = (folder / "sr_RS.UTF-8").is_dir() and made.returncode < 2
    return {"LOCPATH": str(folder), "LC_ALL": "sr_RS.UTF-8"} if is_there else {}


def prints_in(environment: Mapping[str, str], runs: int) -> dict[str, list[str]]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONUTF8"))}
    done = subprocess.run(
        [sys.executable, __file__, "--child", "--runs", str(runs)], capture_output=True, check=False,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return dict(json.loads(done.stdout))


def _keep(runs: int, environments: Sequence[Mapping[str, str]], outputs: int, differing: int) -> None:
    from reliability import kept_figures

    locales = sorted({environment["LC_ALL"] for environment in environments})
    kept_figures(
        "determinism", "Same input, same bytes",
        f"{runs * len(environments):,} runs of {outputs} outputs in all formats: {runs} in each of {len(SEEDS)} hash "
        f"seeds × {len(locales)} locales ({' and '.join(locales)}) × {len(ZONES)} time zones",
        f"{differing} outputs differ",
    )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare all outputs over runs and environments.")
    parser.add_argument("--runs", type=int, default=1, help="in each environment")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        locale.setlocale(locale.LC_ALL, "")
        print(json.dumps(prints(asked.runs)))
        return 0
    seen: dict[str, dict[str, str]] = {}
    differing: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        all_of_them = environments(Path(folder))
        done = 0
        while done < asked.runs:
            now = min(RUNS_OF_A_PROCESS, asked.runs - done)
            for environment in all_of_them:
                said = " ".join(f"{name}={value}" for name, value in environment.items() if name != "LOCPATH")
                for name, found in prints_in(environment, now).items():
                    for each in found:
                        seen.setdefault(name, {}).setdefault(each, said)
            done += now
            differing = {name: places for name, places in seen.items() if len(places) > 1}
            for name, places in differing.items():
                print(f"{name} differs: {'; '.join(places.values())}")
            runs = done * len(all_of_them)
            print(f"{runs} runs of {len(seen)} outputs in {len(all_of_them)} environments: {len(differing)} differ")
            sys.stdout.flush()
            if asked.write:
                _keep(done, all_of_them, len(seen), len(differing))
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
