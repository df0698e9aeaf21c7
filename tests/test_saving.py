"""Documents are written with their backups, all of them or none."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from orgchart.documents.saving import backup, check_writable, save
from orgchart.errors import WriteError
from tests.test_write import failing, files


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.docx"
    file.write_bytes(b"old")
    return file


def test_a_backup_has_the_bytes_the_permissions_and_the_date(report: Path) -> None:
    report.chmod(0o640)
    os.utime(report, (1_000_000_000, 1_000_000_000))
    kept = backup(report)
    assert (kept.name, kept.read_bytes()) == ("report.docx.bak", b"old")
    assert (kept.stat().st_mode & 0o777, kept.stat().st_mtime) == (0o640, 1_000_000_000)


def test_an_older_backup_is_never_written_over(report: Path) -> None:
    assert [backup(report).name for _ in range(3)] == ["report.docx.bak", "report.docx.bak2", "report.docx.bak3"]


def test_where_all_names_are_taken_nothing_is_left(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orgchart.documents.saving._MOST_BACKUPS", 2)
    backup(report)
    with pytest.raises(WriteError) as caught:
        backup(report)
    assert str(caught.value) == f'"{report}" has 1 backups; move them away, or use --no-backup'
    assert sorted(files(report.parent)) == ["report.docx", "report.docx.bak"]


@pytest.mark.parametrize("function", ["replace", "fsync", "open"])
def test_a_backup_that_fails_leaves_nothing(report: Path, monkeypatch: pytest.MonkeyPatch, function: str) -> None:
    failing(monkeypatch, function, error=errno.ENOSPC)
    with pytest.raises(WriteError) as caught:
        backup(report)
    assert str(caught.value) == f'"{report}" cannot be backed up: No space left on device; nothing was changed'
    assert files(report.parent) == {"report.docx": b"old"}


def test_documents_are_saved_with_the_backups_asked_for(report: Path) -> None:
    other = report.with_name("other.md")
    assert save({report: b"new", other: b"new"}, [report]) == [report.with_name("report.docx.bak")]
    assert files(report.parent) == {"report.docx": b"new", "report.docx.bak": b"old", "other.md": b"new"}


def test_where_one_cannot_be_written_all_are_as_they_were_and_no_backup_is_left(report: Path) -> None:
    (report.parent / "folder").mkdir()
    with pytest.raises(WriteError, match='folder" is a folder'):
        save({report: b"new", report.parent / "folder": b"new"}, [report])
    assert files(report.parent) == {"report.docx": b"old"}


def test_a_backup_that_cannot_be_removed_does_not_hide_the_fault(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = report.with_name("other.docx")
    other.write_bytes(b"old")
    (report.parent / "folder").mkdir()
    monkeypatch.setattr(Path, "unlink", lambda *_: (report.parent / "folder").rename(report))
    with pytest.raises(WriteError, match='folder" is a folder'):
        save({report.parent / "folder": b"new"}, [report, other])


@pytest.mark.parametrize(
    ("lock", "program"),
    [(".~lock.report.docx#", "LibreOffice"), ("~$report.docx", "Word"), ("~$port.docx", "Word")],
)
def test_a_document_that_is_open_is_refused(report: Path, lock: str, program: str) -> None:
    (report.parent / lock).write_bytes(b"")
    with pytest.raises(WriteError) as caught:
        check_writable(report)
    assert str(caught.value) == (
        f'"{report}" is open in {program} ("{lock}" lies beside it); close it there, or write to another file with -o'
    )


def test_a_folder_and_a_file_that_may_not_be_written_are_refused(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_writable(report)
    check_writable(report.with_name("new.docx"))
    with pytest.raises(WriteError, match="is a folder, where a file is to be written; name a file with -o"):
        check_writable(report.parent)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write all
    with pytest.raises(WriteError) as caught:
        check_writable(report)
    assert str(caught.value) == (
        f'"{report}" may not be written; change its permissions, or write to another file with -o'
    )


def test_an_unfinished_backup_lies_beside_its_place_and_names_its_process(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[Path] = []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda old, new: (names.append(Path(old)), replace(old, new)))
    backup(report)
    (name,) = names
    assert name.parent == report.parent
    assert re.fullmatch(rf"\.orgchart-{os.getpid()}-\w+\.part", name.name)


def test_a_name_that_cannot_be_closed_is_taken_all_the_same(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "close")
    assert backup(report).read_bytes() == b"old"


def test_a_fault_that_the_system_has_no_words_for_is_named_by_its_kind(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(WriteError, match="cannot be backed up: TimeoutError; nothing was changed"):
        backup(report)
