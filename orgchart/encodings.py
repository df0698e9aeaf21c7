"""The bytes of a text file, in; its text, or why it is not UTF-8 and what it probably is, out."""

from __future__ import annotations

import json

UTF8_BOM = b"\xef\xbb\xbf"

_WIDE = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (little-endian)",
    "utf-16-be": "UTF-16 (big-endian)",
    "utf-32": "UTF-32",
    "utf-32-le": "UTF-32 (little-endian)",
    "utf-32-be": "UTF-32 (big-endian)",
}

# (what to call it, Python's codec, the letters that speak for it); on a tie the first wins.
_NARROW = (
    ("Latin-1 (ISO-8859-1, Windows-1252)", "cp1252", "äöüßÄÖÜàáâãåçéêëíîïñóôõøúùûÀÁÂÃÅÇÉÊÍÎÑÓÔÕØÚ"),
    ("Windows-1250 (Central European)", "cp1250", "čćđšžČĆĐŠŽ"),
    ("ISO-8859-2 (Latin-2)", "iso8859_2", "čćđšžČĆĐŠŽ"),
    ("Windows-1251 (Cyrillic)", "cp1251", "абвгдђежзијклљмнњопрстћуфхцчџшыьюяАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"),
    ("ISO-8859-5 (Cyrillic)", "iso8859_5", "абвгдђежзијклљмнњопрстћуфхцчџшыьюяАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"),
)

_SAVE_AS_UTF8 = "save the file as UTF-8"


class NotUtf8Error(ValueError):
    """offset: the byte at which the text stops being UTF-8; rule and remedy: for the user."""

    def __init__(self, offset: int, rule: str, remedy: str) -> None:
        super().__init__(rule)
        self.offset = offset
        self.rule = rule
        self.remedy = remedy


def decode_utf8(content: bytes) -> str:
    """The text of a UTF-8 file, without its BOM. Raises NotUtf8Error, which names the likely encoding."""
    if content.startswith(UTF8_BOM):
        content = content[len(UTF8_BOM) :]
    # RFC 4627, section 3: JSON begins with two ASCII characters, so its zero bytes tell UTF-16 and UTF-32 apart.
    wide = _WIDE.get(json.detect_encoding(content))
    if wide is not None:
        raise NotUtf8Error(0, f"the file is not UTF-8: it looks like {wide}", _SAVE_AS_UTF8)
    if content.startswith(b"PK\x03\x04"):
        raise NotUtf8Error(0, "this is a zip file, such as Word and LibreOffice write", "name a units.json")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
        if error.reason == "unexpected end of data":
            raise NotUtf8Error(
                offset, "the file ends in the middle of a character", "it was probably cut off: get the whole file"
            ) from None
    byte = f"byte 0x{content[offset]:02X}"
    readable = content.decode("utf-8", "replace")
    wrong = readable.count("\ufffd")
    if sum(1 for c in readable if c > "\x7f") - wrong > wrong:
        raise NotUtf8Error(offset, f"{byte} is not UTF-8, though most of the file is", "retype the text in this line")
    raise NotUtf8Error(offset, f"the file is not UTF-8 ({byte}): it looks like {_likely_name(content)}", _SAVE_AS_UTF8)


def _likely_name(content: bytes) -> str:
    sample = bytes(b for b in content[:200_000] if b > 0x7F)
    scores = [sum(map(sample.decode(codec, "replace").count, letters)) for _, codec, letters in _NARROW]
    # Cyrillic codecs turn any byte into a letter: believe them only where such bytes stand in runs, as in words.
    runs = len([w for w in content[:200_000].split() if sum(b > 0x7F for b in w) >= 3])
    words = len([w for w in content[:200_000].split() if any(b > 0x7F for b in w)])
    candidates = range(len(_NARROW)) if runs * 2 >= words and len(sample) >= 3 else range(3)
    best = max(candidates, key=lambda i: (scores[i], -i))
    return _NARROW[best][0] if scores[best] else "a binary file or an unknown encoding"
