"""A zip package is looked through before it is unpacked; its reader runs in a process of its own."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from orgchart import limited, packages
from orgchart.errors import OrgChartError
from orgchart.packages import NotReadableError, opened


def zipped(*parts: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return written.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(NotReadableError) as caught:
        opened(content)
    return str(caught.value)


def test_a_harmless_package_opens() -> None:
    package = opened(zipped(("a.xml", b"<a/>"), ("picture.png", b"<!DOCTYPE")))
    assert package.namelist() == ["a.xml", "picture.png"]


def test_what_is_no_zip_file_is_refused() -> None:
    assert refused(b"PK") == "it is no zip file, as Word and LibreOffice write them, or it was cut off"


@pytest.mark.parametrize("name", ["a.xml", "a.xml.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(name: str, encoding: str) -> None:
    content = zipped((name, "<!DOCTYPE a><a/>".encode(encoding)))
    assert refused(content) == "a part of it declares a document type, which Word and LibreOffice do not do"


def test_a_document_type_across_two_pieces_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_CHUNK", 7)
    assert "document type" in refused(zipped(("a.xml", b"    <!DOCTYPE a>")))


def test_a_broken_part_is_named() -> None:
    content = bytearray(zipped(("a.xml", b"<a>" + bytes(range(256)) * 20 + b"</a>")))
    content[60:90] = b"\xff" * 30
    assert refused(bytes(content)) == "its part a.xml is broken or locked with a password"


def test_a_package_that_is_too_large_once_it_is_unpacked_is_refused_by_what_it_says_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_UNPACKED_BYTES", "10")
    opened(zipped(("a.xml", b"<a/>"), ("b.png", b"123456")))
    assert refused(zipped(("a.xml", b"<a/>"), ("b.png", b"12345678"))) == (
        "unpacked it has 12 bytes, more than 10, the limit unpacked_bytes; raise it: ORGCHART_LIMIT_UNPACKED_BYTES=12"
    )


def test_tags_are_counted_over_all_pieces_of_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_CHUNK", 4)
    monkeypatch.setenv("ORGCHART_LIMIT_PACKAGE_TAGS", "2")
    opened(zipped(("a.xml", b"<a/><b/>"), ("b.xml", b"<a/><b/>"), ("c.png", b"<<<")))
    assert refused(zipped(("a.xml", b"<a/><b/><c/>"))) == (
        "a part of it has more than 2 tags, the limit package_tags; raise it: ORGCHART_LIMIT_PACKAGE_TAGS=4"
    )


def test_the_limit_on_tags_is_the_one_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGCHART_LIMIT_DOCUMENT_TAGS", "1")
    content = zipped(("a.xml", b"<a></a>"))
    opened(content)
    with pytest.raises(NotReadableError, match="a part of it has more than 1 tags, the limit document_tags;"):
        opened(content, "document_tags")


def test_a_document_type_is_refused_before_the_rest_of_its_part_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_CHUNK", 20)
    # Not packed, so that its last sign can be changed, which only who reads as far as that would notice.
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("a.xml", b"<!DOCTYPE a>" + b" " * 100_000 + b"<a/>")
    assert "document type" in refused(written.getvalue().replace(b"<a/>", b"<b/>"))


# Readers in a process of their own


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def run(folder: Path, script: str, *words: str, content: bytes = b"content") -> bytes:
    (folder / "reader_of_the_test.py").write_text(script, encoding="utf-8")
    return limited.run_limited("reader_of_the_test", list(words), content, "a.docx", "DOCX", "save it as text")


def test_a_reader_gets_the_content_and_its_words_and_gives_its_output(modules: Path) -> None:
    script = "import sys; sys.stdout.write(sys.argv[1] + sys.stdin.read())"
    assert run(modules, script, "word ") == b"word content"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import sys; print('first'); print('it is odd', file=sys.stderr); sys.exit(3)", "it is odd"),
        ("import sys; sys.exit(3)", "its reader broke off, at the limit of"),
        ("1 / 0", "its reader broke off, at the limit of"),
        ("import os; os.abort()", "its reader broke off, at the limit of"),
    ],
)
def test_a_reader_that_refuses_or_breaks_off_is_one_message(modules: Path, script: str, reason: str) -> None:
    with pytest.raises(OrgChartError) as caught:
        run(modules, script)
    assert str(caught.value).startswith(f"a.docx: this DOCX cannot be read: {reason}")
    assert str(caught.value).endswith("; save it anew, or save it as text")


@pytest.mark.parametrize(
    ("written", "reason"),
    [("b'it is \\xff'", "it is \ufffd"), ("b'a' * 401", "a" * 400), ("b' \\n it is odd \\n\\n'", "it is odd")],
)
def test_the_last_line_that_a_reader_says_is_told_whatever_it_is(modules: Path, written: str, reason: str) -> None:
    with pytest.raises(OrgChartError) as caught:
        run(modules, f"import sys; sys.stderr.buffer.write({written}); sys.exit(3)")
    assert str(caught.value) == f"a.docx: this DOCX cannot be read: {reason}; save it anew, or save it as text"


def test_a_reader_imports_from_ours_and_from_whole_paths_alone(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(modules), "here", "", "/nowhere"]))
    script = "import os; print(os.environ['PYTHONPATH'])"
    folders = [str(Path(limited.__file__).resolve().parent.parent), str(modules), "/nowhere"]
    assert run(modules, script) == (os.pathsep.join(folders) + "\n").encode()
    monkeypatch.delenv("PYTHONPATH")
    assert limited.run_limited("json.tool", [], b"{}", "a.json", "JSON", "as text") == b"{}\n"


def test_a_reader_that_cannot_be_started_is_told(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(modules / "nosuch"))
    with pytest.raises(OrgChartError) as caught:
        run(modules, "")
    assert str(caught.value) == "a.docx: it cannot be read in a process of its own (No such file or directory)"


def test_a_reader_sees_no_more_of_the_environment_than_it_needs(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    script = "import os; print('SECRET' in os.environ, os.environ['PYTHONIOENCODING'])"
    assert run(modules, script) == b"False utf-8\n"
