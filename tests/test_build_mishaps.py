"""`orgchart build`: what is removed and what stays, broken charts, two builds at once, kills, the watch."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from orgchart.build import work
from orgchart.build.inputs import Sources
from orgchart.build.manifest import Manifest
from orgchart.build.project import load_project
from orgchart.build.stale import survey
from orgchart.errors import OrgChartError
from tests.charts import unit, units_file
from tests.conftest import ROOT, Run, unmeasured
from tests.projects import UNITS, Command, changed, made, reasons, started

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")


# What is removed


def test_files_of_a_chart_that_is_listed_no_more_are_removed_unless_they_were_changed(
    here: Command, project: Path
) -> None:
    changed(project, '["dot"]', '["dot", "svg"]')
    here("build")
    (project / "output" / "audit.svg").write_text("by hand")
    changed(project, '[charts.audit]\nroot = "audit"\n', "")
    assert reasons(here) == [
        "audit: output/audit.dot is not asked for any more", "audit: output/audit.svg is not asked for any more",
    ]  # fmt: skip
    run = here("build")
    assert 'removed output/audit.dot, of chart "audit"\n' in run.err
    assert "output/audit.svg was changed since it was made and stays; delete it if you do not need it\n" in run.err
    assert sorted(made(project)) == ["audit.svg", "orgchart.manifest.json", "whole.dot", "whole.svg"]
    assert reasons(here) == []


def test_a_build_of_some_charts_removes_nothing_of_others(here: Command, project: Path) -> None:
    here("build")
    changed(project, '[charts.audit]\nroot = "audit"\n', "")
    here("build", "whole")
    assert "audit.dot" in made(project)


def test_a_format_that_is_asked_for_no_more_goes_and_the_chart_is_not_drawn_again(here: Command, project: Path) -> None:
    changed(project, '["dot"]', '["dot", "svg"]')
    here("build")
    changed(project, '["dot", "svg"]', '["dot"]')
    assert here("build").out == b""
    assert sorted(made(project)) == ["audit.dot", "orgchart.manifest.json", "whole.dot"]


def test_pages_that_an_atlas_has_no_more_are_removed(here: Command, project: Path) -> None:
    changed(project, "[charts.whole]", '[charts.whole]\natlas = "always"')
    (project / "units.json").write_bytes(units_file(*UNITS, unit("tax", "Tax", "audit")))
    here("build", "whole")
    assert sorted(made(project)) == ["orgchart.manifest.json", "whole-audit.dot", "whole-index.dot", "whole.dot"]
    changed(project, '"always"', '"never"')
    here("build", "whole")
    assert sorted(made(project)) == ["orgchart.manifest.json", "whole.dot"]


def test_clean_removes_what_was_made_and_nothing_else(here: Command, project: Path) -> None:
    here("build")
    (project / "output" / "own.dot").write_text("somebody's")
    run = here("build", "--clean")
    assert (run.code, run.err.count("removed ")) == (0, 2)
    assert made(project) == {"own.dot": b"somebody's"}


def test_clean_keeps_what_was_changed_by_hand_unless_forced(here: Command, project: Path) -> None:
    here("build")
    (project / "output" / "whole.dot").write_text("by hand")
    assert "output/whole.dot was changed since it was made and stays" in here("build", "--clean").err
    assert sorted(made(project)) == ["orgchart.manifest.json", "whole.dot"]
    here("build", "--clean", "--force")
    assert made(project) == {}


def test_clean_without_an_output_folder_makes_none(here: Command, project: Path) -> None:
    assert here("build", "--clean") == Run(0, b"", "")
    assert not (project / "output").exists()


# What is broken


def test_a_broken_chart_does_not_stop_the_others_and_is_told_last(here: Command, project: Path) -> None:
    changed(project, "[charts.whole]", '[charts.b]\nunits = "nosuch.json"\n[charts.c]\nroot = "adit"\n[charts.whole]')
    run = here("build")
    assert (run.code, run.out) == (2, b"output/whole.dot\noutput/audit.dot\n")
    assert run.err.splitlines()[-3:] == [
        'error: chart "b": nosuch.json: there is no such file; set units in orgchart.toml',
        'error: chart "c": unit "adit", the root, does not exist; did you mean "audit"?',
        "4 charts: 2 made, 2 failed",
    ]
    assert here("build", "--check").code == 2


def test_a_fault_of_a_units_file_is_told_once_for_all_its_charts_and_their_files_stay(
    here: Command, project: Path
) -> None:
    here("build")
    before = made(project)
    (project / "units.json").write_bytes(b'{"units": []}')
    run = here("build")
    assert run.code == 2
    assert run.err.startswith('error: charts "whole", "audit": units.json, ')
    assert made(project) == before


def test_a_chart_that_cannot_be_drawn_is_told_and_the_others_are_made(here: Command, project: Path) -> None:
    (project / "units.json").write_bytes(units_file(unit("top", "العربية"), unit("audit", "Audit", "top")))
    changed(project, '["dot"]', '["pdf"]')
    run = here("build", "--jobs", "2")
    assert (run.code, run.out) == (2, b"output/audit.pdf\n")
    assert 'error: chart "whole": "العربية" cannot be drawn as pdf' in run.err


def test_a_chart_whose_file_is_anothers_is_refused(here: Command, project: Path) -> None:
    (project / "units.json").write_bytes(units_file(*UNITS, unit("tax", "Tax", "audit")))
    toml = '[defaults]\nformats = ["dot"]\n[charts.whole]\natlas = "always"\n[charts.whole-audit]\n'
    (project / "orgchart.toml").write_text(toml)
    run = here("build")
    assert run.code == 2
    assert (
        'error: chart "whole-audit": its file whole-audit.dot is one of chart "whole" too; give one of the two another '
        "name in orgchart.toml" in run.err
    )


def test_faults_of_the_project_file_stop_all(here: Command, project: Path) -> None:
    changed(project, "root", "rout")
    run = here("build")
    assert (run.code, run.out) == (2, b"")
    assert run.err.startswith(
        'error: orgchart.toml, line 5, [charts.audit] rout: is not a key here; did you mean "root"?'
    )
    assert not (project / "output").exists()


class Deadly(dict[str, Any]):
    """Wishes that end the process which unpacks them."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def test_a_chart_that_ends_its_process_does_not_take_others_with_it(project: Path) -> None:
    (plan, _) = load_project(project).charts
    materials = Sources(project).materials(plan, None)
    good = work.Order("good", "units.json", materials.content, materials.styles, plan.wishes, ("dot",))
    bad = work.Order("bad", "units.json", materials.content, materials.styles, Deadly(), ("dot",))
    drawn = list(work.draw_all([bad, good], 2))
    assert drawn[0].error.startswith("the process that drew it was ended by the system")
    assert list(drawn[1].files) == ["good.dot"]


@posix
def test_a_folder_that_cannot_be_written_is_told(here: Command, project: Path) -> None:
    (project / "output").write_text("a file")
    run = here("build")
    assert run.code == 2
    assert 'error: nothing can be written in folder "output": File exists; set output in orgchart.toml' in run.err


# Two at once, and killed at any moment


def test_a_second_build_says_that_it_waits_and_then_goes_on(project: Path) -> None:
    (project / "output").mkdir()
    with FileLock(project / "output" / ".orgchart.lock"):
        second = started(project)
        assert second.stderr is not None
        line = second.stderr.readline()
        assert line == 'another build works in folder "output"; waiting until it ends\n'
        assert sorted(made(project)) == []
    out, _ = second.communicate(timeout=60)
    assert (second.returncode, out) == (0, "output/whole.dot\noutput/audit.dot\n")


def test_two_builds_at_once_leave_what_one_leaves(here: Command, project: Path) -> None:
    here("build")
    one = made(project)
    both = [started(project, "--force"), started(project, "--force")]
    assert [build.wait(timeout=60) for build in both] == [0, 0]
    assert made(project) == one
    for build in both:
        build.communicate()


@posix
def test_killed_at_any_moment_no_file_is_torn_and_the_next_build_gives_the_same_bytes(
    here: Command, project: Path
) -> None:
    charts = "".join(f'[charts.c{number}]\nformats = ["dot", "svg"]\n' for number in range(4))
    (project / "orgchart.toml").write_text(charts)
    versions = []
    for name in ("Top", "Other"):
        (project / "units.json").write_bytes(units_file(unit("top", name), unit("b", "B", "top")))
        began = time.monotonic()
        here("build", "--jobs", "1")
        took = time.monotonic() - began
        versions.append(made(project))
    moments = random.Random(1)
    for kill in range(10):
        (project / "units.json").write_bytes(units_file(unit("top", ("Top", "Other")[kill % 2]), unit("b", "B", "top")))
        running = started(project, "--jobs", "1")
        if kill % 2:
            time.sleep(moments.uniform(0.0, 0.3 + took))
        else:  # just when it writes
            while running.poll() is None and not list((project / "output").glob(".orgchart-*.part")):
                time.sleep(0.001)
            time.sleep(moments.uniform(0.0, 0.03))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        for name, content in made(project).items():
            if not name.endswith((".part", ".json")):
                assert content in [version[name] for version in versions]
        assert here("build", "--jobs", "1").code == 0
        assert made(project) == versions[kill % 2]


@posix
def test_workers_end_with_a_build_that_is_killed(project: Path) -> None:
    run = started(project, "--force", "--jobs", "2", ORGCHART_MARK=str(project))
    time.sleep(0.5)
    run.kill()
    run.communicate(timeout=20)  # their streams are this one's: it returns when all of them have ended


def test_unfinished_files_of_killed_runs_are_cleared_and_those_of_others_stay(here: Command, project: Path) -> None:
    output = project / "output"
    output.mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = [
        f".orgchart-{ended.pid}-abcd1234.part",
        ".orgchart-abcd1234.part",
        f".orgchart-{os.getppid()}-abcd1234.part",
    ]
    for name in [*names, "own.part"]:
        (output / name).write_bytes(b"half")
    here("build")
    assert sorted(set(made(project)) - {"audit.dot", "whole.dot", "orgchart.manifest.json"}) == [names[2], "own.part"]


# Quick, committed, watched


def test_where_nothing_is_stale_nothing_is_loaded_that_draws(here: Command, project: Path) -> None:
    changed(project, '["dot"]', '["dot", "svg", "pdf"]')
    here("build")
    for words in ((), ("--check",)):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "orgchart", "build", *words],
            cwd=project, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        loaded = {
            line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")
        }
        assert "orgchart.build.stale" in loaded
        assert {
            "networkx",
            "cairocffi",
            "cairosvg",
            "fontTools",
            "pygraphviz",
            "rich",
            "orgchart.chart",
        } & loaded == set()


@unmeasured
def test_a_committed_output_folder_is_the_same_after_a_rebuild(
    here: Command, project: Path, program: Callable[[str], str]
) -> None:
    git = [program("git"), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    changed(project, '["dot"]', '["dot", "svg", "pdf", "png"]')
    (project / ".gitignore").write_text(".orgchart.lock\n")
    here("build")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "charts"]):
        subprocess.run([*git, *words], cwd=project, check=True)
    here("build", "--clean")
    here("build", "--jobs", "2")
    done = subprocess.run([*git, "status", "--porcelain"], cwd=project, check=True, capture_output=True)
    assert done.stdout == b""


def test_the_charts_of_this_repository_are_up_to_date_and_what_a_build_makes(here: Command, tmp_path: Path) -> None:
    for name in ("data", "styles", "output"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "orgchart.toml", tmp_path)
    assert reasons(here) == []
    exact = {name: content for name, content in made(ROOT).items() if name.endswith((".svg", ".dot"))}
    assert here("build", "--force").code == 0
    rebuilt = made(tmp_path)
    assert sorted(rebuilt) == sorted(made(ROOT))
    assert {name: rebuilt[name] for name in exact} == exact


def lines_of(stream: Any) -> Iterator[str]:
    return iter(stream.readline, "")


@posix
def test_watch_builds_at_every_change_stays_after_an_error_and_ends_with_ctrl_c(project: Path) -> None:
    (project / "base.toml").write_text('extends = "classic"\n')
    (project / "own.toml").write_text('extends = "base.toml"\n')
    changed(project, "[charts.audit]", '[charts.audit]\nstyle = "own.toml"')
    watching = started(project, "--watch", "--jobs", "1", PYTHONUNBUFFERED="1")
    assert watching.stderr is not None

    def said_until_it_waits() -> list[str]:
        said = []
        for line in lines_of(watching.stderr):
            if line.startswith("watching"):
                return said
            said.append(line)
        raise AssertionError(said)

    try:
        assert said_until_it_waits()[-1] == "2 charts: 2 made\n"
        changed(project, '"Law"', '"Laws"', "units.json")
        assert said_until_it_waits() == ["whole (1 of 1): units.json has changed\n", "2 charts: 1 made, 1 up to date\n"]
        changed(project, "classic", "clasic", "base.toml")
        (error, _) = said_until_it_waits()
        assert error.startswith('error: chart "audit": base.toml, line 1, extends: "clasic" is not a bundled style')
        changed(project, "clasic", "print", "base.toml")
        assert said_until_it_waits()[0] == "audit (1 of 1): style own.toml has changed\n"
        changed(project, "[charts.whole]", "[charts.whole", "orgchart.toml")
        assert said_until_it_waits()[0].startswith("error: orgchart.toml, line 3, ")
    finally:
        watching.send_signal(signal.SIGINT)
        _, rest = watching.communicate(timeout=60)
    assert (watching.returncode, rest) == (0, "ended\n")


def test_without_watchfiles_the_sentence_says_what_to_install(here: Command, project: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert here("build", "--watch") == Run(
        2, b"",
        'error: --watch needs the package watchfiles, which is not installed; run: pip install "orgchart[watch]"\n',
    )  # fmt: skip


def test_an_unknown_root_is_a_failure_and_not_a_stale_chart(project: Path) -> None:
    changed(project, '"audit"', '"adit"')
    found = survey(load_project(project), Manifest(), ())
    assert [task.plan.name for task in found.stale] == ["whole"]
    assert [failure.name for failure in found.failures] == ["audit"]


def test_a_units_file_that_is_a_pipe_is_refused(project: Path) -> None:
    (project / "units.json").unlink()
    os.mkfifo(project / "units.json")
    with pytest.raises(OrgChartError, match=r"this is not a regular file; set units in orgchart\.toml"):
        Sources(project).materials(load_project(project).charts[0], None)
