"""Bytes that are UTF-8, and bytes that are not: what they are taken for, and where."""

from __future__ import annotations

import pytest

from orgchart.encodings import NotUtf8Error, decode_utf8

UTF8 = "save the file as UTF-8"
SERBIAN = "Сектор за мултилатералну сарадњу"
LATIN = "Odeljenje za zaštitu životne sredine, čuvanje i šume"


def refused(content: bytes) -> tuple[int, str, str]:
    with pytest.raises(NotUtf8Error) as caught:
        decode_utf8(content)
    assert str(caught.value) == caught.value.rule
    return caught.value.offset, caught.value.rule, caught.value.remedy


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"", ""), (b"a", "a"), ("ђ😀".encode(), "ђ😀"), ("ђ".encode("utf-8-sig"), "ђ"), (b"\xef\xbb\xbf" * 2, "\ufeff")],
)
def test_utf_8_is_read_without_its_first_mark(content: bytes, text: str) -> None:
    assert decode_utf8(content) == text


@pytest.mark.parametrize(
    ("encoding", "called"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 (little-endian)"),
        ("utf-16-be", "UTF-16 (big-endian)"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32 (little-endian)"),
        ("utf-32-be", "UTF-32 (big-endian)"),
    ],
)
def test_wide_encodings_are_called_by_their_names(encoding: str, called: str) -> None:
    assert refused('{"a": 1}'.encode(encoding)) == (0, f"the file is not UTF-8: it looks like {called}", UTF8)


def test_a_zip_file_is_told_as_one() -> None:
    said = (0, "this is a zip file, such as Word and LibreOffice write", "name a units.json")
    assert refused(b"PK\x03\x04\x14") == said
    assert decode_utf8(b"PK\x03") == "PK\x03"


def test_a_file_that_was_cut_off_ends_in_the_middle_of_a_character() -> None:
    said = "the file ends in the middle of a character", "it was probably cut off: get the whole file"
    assert refused("ab ђ".encode()[:-1]) == (3, *said)


def test_one_wrong_byte_in_a_text_that_is_utf_8_is_named_with_its_place() -> None:
    content = SERBIAN.encode() + b" \xe8 " + SERBIAN.encode()
    rule = "byte 0xE8 is not UTF-8, though most of the file is"
    assert refused(content) == (len(SERBIAN.encode()) + 1, rule, "retype the text in this line")


def test_where_as_many_bytes_are_wrong_as_right_the_file_is_not_utf_8() -> None:
    assert refused("ђ".encode() + b" \xe9 ") == (
        3, "the file is not UTF-8 (byte 0xE9): it looks like Latin-1 (ISO-8859-1, Windows-1252)", UTF8
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "codec", "byte", "offset", "called"),
    [
        ("Grüße aus Köln, Fuß und Öl", "cp1252", "FC", 2, "Latin-1 (ISO-8859-1, Windows-1252)"),
        (LATIN, "cp1250", "9A", 15, "Windows-1250 (Central European)"),
        (LATIN, "iso8859_2", "B9", 15, "ISO-8859-2 (Latin-2)"),
        (SERBIAN, "cp1251", "D1", 0, "Windows-1251 (Cyrillic)"),
        (SERBIAN, "iso8859_5", "C1", 0, "ISO-8859-5 (Cyrillic)"),
        # Where single letters stand among plain ones, no Cyrillic is believed, which turns any byte into a letter.
        ("caf\xe9 na\xefve", "cp1252", "E9", 3, "Latin-1 (ISO-8859-1, Windows-1252)"),
    ],
)
def test_narrow_encodings_are_told_by_their_letters(text: str, codec: str, byte: str, offset: int, called: str) -> None:
    rule = f"the file is not UTF-8 (byte 0x{byte}): it looks like {called}"
    assert refused(text.encode(codec)) == (offset, rule, UTF8)


def test_what_has_letters_of_none_is_binary() -> None:
    rule = "the file is not UTF-8 (byte 0xFF): it looks like a binary file or an unknown encoding"
    assert refused(b"\x89\x01ab\xff"[4:] + b"\x01\x02") == (0, rule, UTF8)


def test_a_tie_goes_to_the_first_that_is_named() -> None:
    # š and ž are the same bytes in Windows-1252 and Windows-1250, but only the second has them among its letters.
    assert refused("š".encode("cp1250"))[1].endswith("it looks like Windows-1250 (Central European)")
    assert refused("é.".encode("cp1252"))[1].endswith("it looks like Latin-1 (ISO-8859-1, Windows-1252)")
    # In Windows-1250 č is the è of Windows-1252.
    assert refused("là-dès".encode("cp1252"))[1].endswith("it looks like Latin-1 (ISO-8859-1, Windows-1252)")


@pytest.mark.parametrize(
    ("content", "called"),
    [
        ("Рад".encode("cp1251"), "Windows-1251 (Cyrillic)"),
        ("Сектор и".encode("cp1251"), "Windows-1251 (Cyrillic)"),
        ("città però ciò può".encode("cp1252"), "Latin-1 (ISO-8859-1, Windows-1252)"),
        ("òòò ò à".encode("cp1252"), "Latin-1 (ISO-8859-1, Windows-1252)"),
    ],
)
def test_cyrillic_is_believed_where_at_least_every_other_word_has_three_of_its_letters(
    content: bytes, called: str
) -> None:
    assert refused(content)[1].endswith(f"it looks like {called}")


def test_a_byte_that_an_encoding_does_not_have_does_not_speak_against_it() -> None:
    assert refused(SERBIAN.encode("cp1251") + b"\x98.")[1].endswith("it looks like Windows-1251 (Cyrillic)")
