"""Documents made to harm: one clean error each, in bounded time and memory. They are made here and are small."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
OFFICE = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
)


def package(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return target.getvalue()


def docx(document: bytes) -> bytes:
    """A document of Word with another text in it."""
    from docx import Document

    whole, target = io.BytesIO(), io.BytesIO()
    Document().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, document if part.filename == "word/document.xml" else old.read(part))
    return target.getvalue()


def pdf(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first of which is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def packed(piece: bytes, times: int = 1) -> bytes:
    """A piece over and over, packed without ever being in memory as a whole."""
    packer = zlib.compressobj(1)
    return b"".join([*(packer.compress(piece) for _ in range(times)), packer.flush()])


def stream(content: bytes, filters: int = 1) -> bytes:
    """A stream of a PDF; content: as packed."""
    return b"<</Length %d/Filter[%b]>>\nstream\n%b\nendstream" % (len(content), b"/FlateDecode" * filters, content)


def page_with(content: bytes, font: bytes = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>") -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        content,
        font,
    )


def lying_zip() -> bytes:
    """A zip that says of a part that it is small."""
    content = bytearray(package(word__document=b" " * 300_000_000))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
CYCLE = pdf(
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
    b"<</Type/Pages/Kids[2 0 R]/Count 9>>",
)
HARMFUL: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (lambda: package(word__document=b" " * 300_000_000), "200,000,000, the limit unpacked_bytes"),
    "bomb.odt": (lambda: package(content=b" " * 300_000_000), "200,000,000, the limit unpacked_bytes"),
    "lying.docx": (lying_zip, "broken or locked"),
    "paragraphs.docx": (lambda: docx(WORD + b"<w:p/>" * 10_000_000 + b"</w:body></w:document>"), "more than"),
    "paragraphs.odt": (
        lambda: package(content=OFFICE + b"<text:p/>" * 10_000_000 + b"</office:body></office:document-content>"),
        "more than",
    ),
    "runs.docx": (
        lambda: docx(WORD + b"<w:p><w:r><w:t>" + b"a" * 30_000_000 + b"</w:t></w:r></w:p></w:body></w:document>"),
        "",
    ),
    "deep.docx": (
        lambda: docx(WORD + b"<w:p>" * 100_000 + b"</w:p>" * 100_000 + b"</w:body></w:document>"), "",
    ),
    "doctype.docx": (lambda: docx(DOCTYPE + WORD + b"<w:p/></w:body></w:document>"), "a document type"),
    "late-doctype.docx": (
        lambda: docx(b"<!--" + b"x" * 2_000_000 + b"-->" + DOCTYPE + WORD + b"</w:body></w:document>"),
        "a document type",
    ),
    "utf16-doctype.docx": (
        lambda: docx((DOCTYPE.decode() + WORD.decode() + "</w:body></w:document>").encode("utf-16")), "a document type",
    ),
    "doctype.odt": (lambda: package(content=DOCTYPE + OFFICE), "a document type"),
    "truncated.docx": (lambda: docx(WORD + b"</w:body></w:document>")[:-300], "it is no zip file"),
    "no-zip.docx": (lambda: b"PK\x03\x04 and then nothing of the kind", "it is no zip file"),
    "no-zip.odt": (lambda: "Сектор".encode(), "it is no zip file"),
    "another.docx": (lambda: package(content=b"<x/>"), "it holds no document of Word"),
    "another.odt": (lambda: package(word__document=b"<x/>"), "it holds no content.xml"),
    "bomb.pdf": (lambda: page_with(stream(packed(packed(b" " * 1_000_000, 1_500)), 2)), "its reader broke off"),
    "shapes.pdf": (lambda: page_with(stream(packed(b"q 0 0 1 1 re f Q\n" * 1000, 3000))), "its reader broke off"),
    "operators.pdf": (lambda: page_with(stream(packed(b"BT/F 9 Tf(a)Tj ET\n" * 1000, 2000))), "its reader broke off"),
    "cycle.pdf": (lambda: CYCLE, "it has 1,000,000 pages, more than 20,000, the limit pdf_pages"),
    "truncated.pdf": (lambda: page_with(stream(packed(b"BT/F 9 Tf 9 9 Td(a)Tj ET")))[:120], "broken or locked"),
    "no-pdf.pdf": (lambda: b"%PDF-1.7 and then nothing of the kind", "broken or locked with a password"),
    "scanned.pdf": (lambda: page_with(stream(packed(b"q 500 0 0 700 40 40 cm 0 0 1 1 re f Q"))), "(OCR) over it first"),
    "nested.html": (lambda: b"<div>" * 3_000_000, ""),
    "binary.txt": (lambda: bytes(range(1, 256)) * 4, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_a_document_made_to_harm_is_one_clean_error(name: str, tmp_path: Path) -> None:
    made, words = HARMFUL[name]
    (tmp_path / name).write_bytes(made())
    assert (tmp_path / name).stat().st_size < 20_000_000
    start = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "orgchart", "read", name, "-o", "units.json"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        said = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert time.monotonic() - start < 30
    assert usage.ru_maxrss < 1_000_000  # kB, of the command and of the process that it started
    assert (process.returncode, said.count("\n")) == (2, 1), said
    assert f"{name}: " in said
    assert words in said
    assert "; " in said, "the remedy"
    assert not (tmp_path / "units.json").exists()
