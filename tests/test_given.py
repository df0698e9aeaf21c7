"""A file that a user names is read whole, or refused in one set of words, whichever command reads it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from orgchart.errors import OrgChartError, UnitsError
from orgchart.given import file_content, stream_content
from orgchart.units import too_large
from tests.conftest import Run


def refusal(path: str | Path, **more: bool | str) -> str:
    with pytest.raises(OrgChartError) as raised:
        file_content(path, "toml_bytes", "name another", **more)  # type: ignore[arg-type]
    return str(raised.value)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ORGCHART_LIMIT_TOML_BYTES", "10")


def test_a_file_of_the_limits_size_is_read_whole() -> None:
    Path("a.toml").write_bytes(b"0123456789")
    assert file_content("a.toml", "toml_bytes", "") == b"0123456789"
    assert stream_content(io.BytesIO(b"0123456789"), "toml_bytes", "", name="it") == b"0123456789"


def test_a_larger_one_is_refused_with_its_size_the_limit_and_the_option() -> None:
    Path("a.toml").write_bytes(b"0123456789a")
    assert refusal("a.toml") == (
        "a.toml: it has 11 bytes, more than 10, the limit toml_bytes; keep it to a page of settings, or raise it: "
        "ORGCHART_LIMIT_TOML_BYTES=11"
    )


def test_a_stream_is_refused_once_it_has_more_than_the_limit() -> None:
    with pytest.raises(OrgChartError, match=r"^standard input: it has more than 10 bytes, the limit toml_bytes; "):
        stream_content(io.BytesIO(b"0123456789a"), "toml_bytes", "", name="standard input")


def test_a_stream_that_gives_nothing_is_told_with_what_to_do() -> None:
    with (
        Path("a.toml").open("wb") as stream,
        pytest.raises(OrgChartError, match=r"^standard input: it cannot be read \(read\); name a file$"),
    ):
        stream_content(stream, "toml_bytes", "name a file", name="standard input")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nothing.toml", "nothing.toml: there is no such file; name another"),
        (".", ".: this is a folder; name another"),
        ("file/a.toml", "file/a.toml: it cannot be read (Not a directory); name another"),
        ("a\0b", "a\0b: it cannot be read (embedded null byte); name another"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(path: str, said: str) -> None:
    Path("file").touch()
    assert refusal(path) == said


def test_messages_call_a_file_what_its_reader_calls_it() -> None:
    assert refusal("nothing.toml", name="the style") == "the style: there is no such file; name another"


def test_a_pipe_is_refused_where_a_regular_file_is_wanted_and_is_not_waited_on() -> None:
    os.mkfifo("pipe")
    assert refusal("pipe", regular=True) == "pipe: this is not a regular file; name another"


def test_the_caller_says_what_is_made_of_too_many_bytes() -> None:
    Path("a.toml").write_bytes(b"0123456789a")
    with pytest.raises(UnitsError, match="the whole file: it has 11 bytes"):
        file_content("a.toml", "toml_bytes", "", too_large=too_large)


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("check", "gone"), "name a units.json"),
        (("read", "gone"), "name a file"),
        (("diff", "gone", "gone"), "name a file"),
        (("embed", "gone"), "name a document that ends in"),
    ],
)
def test_every_command_says_it_in_the_same_words(
    orgchart: Callable[..., Run], arguments: tuple[str, ...], remedy: str
) -> None:
    assert orgchart(*arguments).err.startswith(f"error: gone: there is no such file; {remedy}")
