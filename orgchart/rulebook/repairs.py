"""Lines as they were stored, in; the same lines as they were meant, and a list of every repair, out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from orgchart.look_alikes import one_script
from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.places import Line, Repair

_WORD: Final = re.compile(r"[^\W\d_]+")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_SPACES: Final = re.compile("[\t\x0b\x0c\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000 ]+")
_LETTER_SPACED: Final = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_PAGE_NUMBER: Final = re.compile(
    r"[-–— ]*\d{1,4}[-–— ]*|(?:strana?|стр(?:ана)?|page)\.? ?\d+(?: ?(?:od|од|of|/) ?\d+)?", re.IGNORECASE
)
# Serbian letters as other code pages and fonts show them.
_BROKEN: Final = (
    ("ţ/ĉ/Ď for ž/č/đ", "ţŢĉĈďĎċĊ", "žŽčČđĐćĆ"),
    ("è/æ/ð for č/ć/đ", "èÈæÆðÐ", "čČćĆđĐ"),
)  # fmt: skip
_LEGIT: Final = re.compile("[čćđšžČĆĐŠŽ]")
_YUSCII: Final = str.maketrans("^~]}[{@`\\|", "ČčĆćŠšŽžĐđ")
_YUSCII_CYRILLIC: Final = {"q": "lj", "w": "nj", "x": "dž", "Q": "Lj", "W": "Nj", "X": "Dž"}
_YUSCII_WORD: Final = re.compile(r"[A-Za-z^~\]}\[{@`\\|]+")
_YUSCII_LETTER: Final = re.compile(r"[A-Za-z][\^~\]}\[{@`\\|]|[\^\[@\\{~}`|][a-zA-Z]")  # a sign at a letter
_SERBIAN: Final = frozenset(["i", "u", "je", "na", "za", "se", "od", "su", "koji", "koje", "poslove", "clan", "i"])
_MOJIBAKE: Final = re.compile("[ÐÑ][\x80-\xbf€-™‚-›ˆ˜œžŸ]|Ä[‡‘\x8d\x90\u2018\u2021]|Å[¡¾ ½]")


def mend(lines: Sequence[Line], lexicon: Lexicon) -> tuple[list[Line], list[Repair]]:
    """The lines without what page, font or code page did to them. A line that was no text at all becomes empty."""
    repairs: list[Repair] = []
    sample = "\n".join(line.text for line in lines[:5000])
    tables = _tables(sample)
    recurring = _recurring(lines)
    mended = []
    for line in lines:
        text = line.text
        if text and not (text.isascii() and text.isalnum()):
            text = _mended(line, lexicon, tables, recurring, repairs)
        mended.append(line if text is line.text else replace(line, text=text, indent=line.indent + _indent(line.text)))
    return mended, repairs


def _mended(
    line: Line,
    lexicon: Lexicon,
    tables: Sequence[tuple[str, dict[int, int]]],
    recurring: frozenset[str],
    repairs: list[Repair],
) -> str:
    text = line.text
    for kind, table in tables:
        text = _noted(
            kind, line, text, _yuscii(text) if kind.startswith("YUSCII") else _recased(text.translate(table)), repairs
        )
    if _MOJIBAKE.search(text):
        text = _noted("UTF-8 shown as Windows-1252", line, text, _unbroken(text), repairs)
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if not plain.isascii():
        # Composing letters changes the text too, but nothing that anyone could see.
        text = _noted("invisible characters", line, text, plain, repairs) if len(plain) != len(text) else plain
        text = _noted("letters of the other script", line, text, one_script(text), repairs)
    if _LETTER_SPACED.search(text):
        text = _noted("letter-spaced words", line, text, _closed_up(text), repairs)
    text = _SPACES.sub(" ", text).strip() if "  " in text or not text.isascii() or "\t" in text else text.strip()
    if _is_chrome(text, lexicon, line, recurring):
        repairs.append(Repair("page furniture left out", line.number, text, ""))
        return ""
    return text


def _indent(text: str) -> int:
    """How far a line stands in, in letters; a tab counts four."""
    start = text[: len(text) - len(text.lstrip())]
    return len(start) + 3 * start.count("\t")


def _recased(text: str) -> str:
    """``ureĎuje`` has its broken letter as a capital; the word tells that it is none."""
    return re.sub("(?<=[a-zčćšž])Đ(?=[a-zčćšž])", "đ", text)


def _noted(kind: str, line: Line, before: str, after: str, repairs: list[Repair]) -> str:
    if before != after:
        repairs.append(Repair(kind, line.number, before.strip()[:200], after.strip()[:200]))
    return after


def _closed_up(text: str) -> str:
    return _LETTER_SPACED.sub(lambda found: found[0].replace(" ", ""), text)


def _is_chrome(text: str, lexicon: Lexicon, line: Line, recurring: frozenset[str]) -> bool:
    if not text:
        return False
    if len(text) <= 30 and _PAGE_NUMBER.fullmatch(text) and not text.endswith((".", ")")):
        return True
    if text in recurring:
        return True
    if len(text) > 120:
        return False
    lower = text.lower()
    return any(words in lower for words in lexicon.chrome) and not lower.rstrip().endswith((":", ";"))


def _recurring(lines: Sequence[Line]) -> frozenset[str]:
    """Heads and feet of pages: the same first or last line on three pages or more."""
    edges: Counter[str] = Counter()
    pages: dict[int, list[str]] = {}
    for line in lines:
        if line.page is not None and line.text.strip():
            pages.setdefault(line.page, []).append(line.text)
    for texts in pages.values():
        edges.update({re.sub(r"\s+", " ", text).strip() for text in (texts[0], texts[-1])})
    return frozenset(text for text, count in edges.items() if count >= 3 and count * 2 >= len(pages))


def _tables(sample: str) -> list[tuple[str, dict[int, int]]]:
    """The repairs that the text as a whole asks for: one stray letter proves nothing, a habit does."""
    words = _WORD.findall(sample.lower())
    serbian = sum(word in _SERBIAN for word in words)
    found: list[tuple[str, dict[int, int]]] = []
    if serbian * 60 < len(words):
        return found
    for kind, wrong, right in _BROKEN:
        if sum(map(sample.count, wrong)) >= 2:
            found.append((kind, str.maketrans(wrong, right)))
    signed = sum(_YUSCII_LETTER.search(word) is not None for word in _YUSCII_WORD.findall(sample))
    if signed >= max(3, 2 * len(_LEGIT.findall(sample))):
        found.append(("YUSCII letters", {}))
    return found


def _yuscii(text: str) -> str:
    def mended(found: re.Match[str]) -> str:
        return found[0].translate(_YUSCII) if _YUSCII_LETTER.search(found[0]) else found[0]

    text = _YUSCII_WORD.sub(mended, text)
    return re.sub(
        "[qwxQWX](?=[a-zčćšžđ])|(?<=[A-ZČĆŠŽĐa-zčćšžđ])[qwxQWX]", lambda found: _YUSCII_CYRILLIC[found[0]], text
    )


def _unbroken(text: str) -> str:
    for codec in ("cp1252", "cp1250", "latin-1"):
        try:
            return text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return text


def counted(repairs: Iterable[Repair]) -> dict[str, int]:
    """How often each kind of repair was made."""
    return dict(Counter(repair.kind for repair in repairs))
