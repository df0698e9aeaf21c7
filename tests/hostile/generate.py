"""A seed, in; the hostile files, each with the command that is given it and the outcome that is stated for it, out.

    python tests/hostile/generate.py --write     # tries every file, and writes the manifest anew
    python tests/hostile/generate.py FOLDER      # only puts the files into a folder

The files are made when they are wanted; what is kept is the manifest: of each file its SHA-256, the exit code and the
beginning of what is said, or ``drawn exactly``. A change in the manifest is a change in behaviour, and is looked at.
"""

from __future__ import annotations

import functools
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.hostile.case import Case  # noqa: E402
from tests.hostile.document_cases import document_cases  # noqa: E402
from tests.hostile.settings_cases import project_cases, style_cases  # noqa: E402
from tests.hostile.table_cases import chart_cases, table_cases  # noqa: E402
from tests.hostile.units_cases import units_cases  # noqa: E402

SEED = 20261128
MANIFEST = Path(__file__).with_name("manifest.tsv")


@functools.cache
def good_chart() -> bytes:
    """A chart as orgchart draws it, kept, so that no other version of a font or of the writer gives other files."""
    return Path(__file__).with_name("chart.svg").read_bytes()


@functools.cache
def all_cases() -> tuple[Case, ...]:
    """Each family has a chance of its own, so that a new case moves no other."""
    families = (units_cases, style_cases, project_cases, document_cases, table_cases)
    cases = [case for number, family in enumerate(families) for case in family(random.Random(SEED + number))]
    cases += chart_cases(good_chart(), random.Random(SEED + 9))
    names = [case.name for case in cases]
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]
    return tuple(cases)


def main() -> int:
    if sys.argv[1:] == ["--write"]:
        from tests.hostile.trial import stated_anew

        text, wrong = stated_anew(all_cases())
        MANIFEST.write_text(text, encoding="utf-8")
        print("\n".join(wrong))
        return int(bool(wrong))
    folder = Path(sys.argv[1])
    for case in all_cases():
        if not case.slow:
            (folder / case.name).mkdir(parents=True, exist_ok=True)
            (folder / case.name / Path(case.file).name).write_bytes(case.made())
    return 0


if __name__ == "__main__":
    sys.exit(main())
