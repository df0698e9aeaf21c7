"""The rulebooks of the tests as DOCX, HTML, ODT and PDF, in; where one is read otherwise than as text, out.

PDF, and HTML and ODT as an office writes them, are made by LibreOffice, which must be installed. Exits with 1
where there is a difference, but for those HTML and ODT files: LibreOffice does not keep all numbers of Word in them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from orgchart.errors import OrgChartError
from orgchart.rulebook import read_rulebook, read_text
from tests.rulebook_cases import CASES, Row, rows, text_of
from tests.rulebook_formats import converted, html_of, numbered_docx, odt_of, typed_docx


def main(only: list[str]) -> int:
    soffice = shutil.which("soffice")
    if soffice is None:
        print("soffice is not on this machine; install LibreOffice", file=sys.stderr)
        return 2
    texts = {case.stem: text_of(case) for case in CASES if not only or case.stem in only}
    typed = {name: typed_docx(text) for name, text in texts.items()}
    numbered = {name: numbered_docx(text) for name, text in texts.items()}
    with tempfile.TemporaryDirectory() as folder:
        forms = {
            "docx, typed numbers": ("docx", typed),
            "docx, automatic numbers": ("docx", numbered),
            "html": ("html", {name: html_of(text) for name, text in texts.items()}),
            "odt": ("odt", {name: odt_of(text) for name, text in texts.items()}),
            "pdf, typed numbers": ("pdf", converted(typed, "pdf", soffice, Path(folder, "a"))),
            "pdf, automatic numbers": ("pdf", converted(numbered, "pdf", soffice, Path(folder, "b"))),
            "html by LibreOffice": ("html", converted(numbered, "html", soffice, Path(folder, "b"))),
            "odt by LibreOffice": ("odt", converted(numbered, "odt", soffice, Path(folder, "b"))),
        }
        differing = 0
        office = " by LibreOffice"
        for form, (suffix, files) in forms.items():
            same = 0
            for name, content in files.items():
                difference = _difference(rows(read_text(texts[name])), content, suffix)
                same += not difference
                for line in difference:
                    print(f"{form}: {name}: {line}")
            differing += 0 if form.endswith(office) else len(files) - same
            print(f"{form}: {same} of {len(files)} rulebooks read the same")
    return int(differing > 0)


def _difference(wanted: set[Row], content: bytes, suffix: str) -> list[str]:
    try:
        got = rows(read_rulebook([(f"rulebook.{suffix}", content)]))
    except OrgChartError as error:
        return [str(error)]
    return [
        *(f"missing {row}" for row in sorted(wanted - got, key=str)),
        *(f"extra {row}" for row in sorted(got - wanted, key=str)),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
