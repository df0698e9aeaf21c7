"""orgchart embed as the user meets it: exit codes, the backup, what is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.documents import draw_charts, word_file

Command = Callable[..., Run]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    draw_charts(tmp_path / "output")
    (tmp_path / "report.docx").write_bytes(word_file("orgchart:sector"))
    return tmp_path / "report.docx"


def test_check_says_what_is_stale_and_writes_nothing(here: Command, report: Path) -> None:
    before = report.read_bytes()
    run = here("embed", "report.docx", "--check")
    assert (run.code, report.read_bytes()) == (1, before)
    assert run.err.startswith('stale: report.docx, picture 1, under "2. Организациона структура"')
    here("embed", "report.docx")
    assert here("embed", "report.docx", "--check").code == 0


def test_a_backup_keeps_the_old_report_and_is_never_overwritten(here: Command, report: Path) -> None:
    before = report.read_bytes()
    (report.parent / "report.docx.bak").write_bytes(b"older")
    assert here("embed", "report.docx").code == 0
    kept = sorted(path.name for path in report.parent.glob("report.docx.*"))
    assert len(kept) == 2
    assert (report.parent / "report.docx.bak").read_bytes() == b"older"
    assert before in [(report.parent / name).read_bytes() for name in kept]


def test_with_o_the_report_stays_as_it_is(here: Command, report: Path) -> None:
    before = report.read_bytes()
    assert here("embed", "report.docx", "-o", "new.docx").code == 0
    assert report.read_bytes() == before
    assert (report.parent / "new.docx").read_bytes() != before
    assert not (report.parent / "report.docx.bak").exists()


def test_a_new_picture_is_put_in_after_a_heading(here: Command, report: Path) -> None:
    run = here("embed", "report.docx", "--insert", "top", "--after", "Увод")
    assert run.code == 0
    assert "top" in run.err
    assert here("embed", "report.docx", "--check").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.docx"], "nowhere.docx: there is no such file; name a document that ends in"),
        (["report.docx", "--charts", "drawn"], 'folder "drawn" with the charts cannot be read'),
        (["report.docx", "--insert", "top"], '--insert NAME and --after "HEADING" go together'),
        (["report.docx", "--insert", "topp", "--after", "Увод"], 'did you mean "top"?'),
        (["report.docx", "--insert", "top", "--after", "Крај"], "Крај"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_written(here: Command, report: Path, words: list[str], said: str) -> None:
    before = report.read_bytes()
    run = here("embed", *words)
    assert run.code == 2
    assert said in run.err
    assert report.read_bytes() == before
    assert not (report.parent / "report.docx.bak").exists()
