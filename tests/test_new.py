"""`orgchart new`: a project that can be built at once, or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from orgchart.build import starter
from orgchart.build.project import load_project
from orgchart.build.starter import start_project
from orgchart.errors import WriteError
from orgchart.styles import load_style
from tests.charts import unit, units_file
from tests.conftest import Run

Command = Callable[..., Run]
FILES = [".gitattributes", ".gitignore", "README.md", "orgchart.toml", "styles/house.toml", "units.json"]


def files(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_a_new_project_can_be_built_at_once(here: Command, tmp_path: Path) -> None:
    run = here("new", "charts")
    assert run.code == 0
    assert sorted(run.out.decode().split()) == [f"charts/{file}" for file in FILES]
    assert files(tmp_path) == [f"charts/{file}" for file in FILES]
    assert here("build", "charts", "--jobs", "1").out.decode().split() == [
        f"charts/output/{name}"
        for name in ("overview.svg", "overview.pdf", "figure.svg", "figure.png", "photocopy.pdf")
    ]


def test_its_style_extends_classic(here: Command, tmp_path: Path) -> None:
    here("new", "charts")
    style, classic = load_style(str(tmp_path / "charts" / "styles" / "house.toml")), load_style("classic")
    assert style.box("department").fill == "#d9ead3"
    assert style.box("sector").fill == classic.box("sector").fill


def test_its_readme_has_three_commands(here: Command, tmp_path: Path) -> None:
    here("new", "charts")
    lines = (tmp_path / "charts" / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines if line.startswith("    ")] == [
        "orgchart check units.json", "orgchart build", "orgchart build --check",
    ]  # fmt: skip


def test_a_given_units_file_is_copied_byte_for_byte(here: Command, tmp_path: Path) -> None:
    content = units_file(unit("top", "Top"), own=1) + b"\n\n"
    (tmp_path / "given.json").write_bytes(content)
    assert here("new", "a/b/charts", "--from", "given.json").code == 0
    assert (tmp_path / "a" / "b" / "charts" / "units.json").read_bytes() == content


def test_a_given_units_file_with_a_fault_starts_nothing(here: Command, tmp_path: Path) -> None:
    (tmp_path / "given.json").write_bytes(b'{"units": []}')
    assert here("new", "charts", "--from", "given.json").code == 2
    assert files(tmp_path) == ["given.json"]


def test_an_empty_folder_is_taken_even_the_one_where_one_is(here: Command, tmp_path: Path) -> None:
    assert here("new", ".").code == 0
    assert files(tmp_path) == FILES
    assert [plan.name for plan in load_project(tmp_path).charts] == ["overview", "figure", "photocopy"]


def test_a_folder_that_holds_something_is_refused_by_name(here: Command, tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text("")
    run = here("new", ".")
    assert (run.code, run.err) == (
        2,
        'error: folder "." is not empty: it has 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more; give a new '
        "folder, or an empty one\n",
    )
    assert len(files(tmp_path)) == 7


def test_a_file_is_refused(here: Command, tmp_path: Path) -> None:
    (tmp_path / "charts").write_text("mine")
    run = here("new", "charts")
    assert (run.code, run.err) == (
        2, 'error: "charts" is a file; give a folder that is not there yet, or an empty one\n',
    )  # fmt: skip
    assert (tmp_path / "charts").read_text() == "mine"


@pytest.mark.parametrize("there", [False, True])
def test_where_one_file_cannot_be_written_the_folder_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    folder = tmp_path / "charts"
    if there:
        folder.mkdir()
    real = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target.name in ("units.json", "charts"):
            raise OSError(28, os.strerror(28))
        return real(self, target)

    monkeypatch.setattr(starter.Path, "rename", failing)
    with pytest.raises(WriteError, match="No space left on device; it is as it was"):
        start_project(folder)
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])
