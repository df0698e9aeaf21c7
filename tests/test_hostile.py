"""The corpus of hostile files: each is given to the command line, and ends as its manifest says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile.case import Case, digest
from tests.hostile.generate import MANIFEST, all_cases
from tests.hostile.trial import faults, outcome, stated, tried

NIGHT = os.environ.get("ORGCHART_NIGHT") == "1"
CASES = [case for case in all_cases() if NIGHT or not case.slow]
BATCH = 40
BATCHES = [CASES[start : start + BATCH] for start in range(0, len(CASES), BATCH)]


def test_there_are_more_than_500_files_and_the_manifest_states_each_and_no_other() -> None:
    assert len(all_cases()) >= 500
    assert list(stated(MANIFEST.read_text(encoding="utf-8"))) == [case.name for case in all_cases()]


def test_the_generator_makes_the_files_of_the_manifest() -> None:
    wanted = stated(MANIFEST.read_text(encoding="utf-8"))
    assert [case.name for case in CASES if digest(case.made()) != wanted[case.name][0]] == []


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: f"{batch[0].name}-and-{len(batch) - 1}-more")
def test_every_hostile_file_ends_as_is_stated(batch: list[Case], tmp_path: Path) -> None:
    wanted = stated(MANIFEST.read_text(encoding="utf-8"))
    wrong = []
    for number, case in enumerate(batch):
        folder = tmp_path / str(number)
        folder.mkdir()
        ended = tried(case, folder)
        wrong += [f"{case.name}: {fault}" for fault in faults(case, ended)]
        got = (ended.code, outcome(case, ended))
        if got != wanted[case.name][1:]:
            wrong.append(f"{case.name}: ended as {got}, stated is {wanted[case.name][1:]}")
    assert wrong == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(str(number) for number in range(len(batch)))
