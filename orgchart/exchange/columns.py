"""The header of a table and the user's wishes, in; which column holds what, and what to say about it, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from orgchart.errors import Fault, OrgChartError
from orgchart.exchange.table import column_letters
from orgchart.hints import quoted
from orgchart.script import fold

# Of each field: words that mean it, and words that mean it only where no other column does.
SYNONYMS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "id": (
        ("id", "unit id", "org id", "code", "key", "identifier", "šifra", "šifra jedinice",
         "šifra organizacione jedinice",
         "identifikator", "kod", "kod jedinice", "ključ", "oznaka jedinice", "kennung", "schlüssel", "einheit id"),
        ("uid", "guid"),
    ),
    "parent": (
        ("parent", "parent id", "parent key", "parent unit", "parent name", "parent code", "pid", "superior",
         "superior unit", "part of", "belongs to", "reports to", "reports to id", "manager", "manager id",
         "parent organization", "sub organization of", "nadređena jedinica", "nadređena", "nadređeni",
         "nadređena organizaciona jedinica", "nadređena unutrašnja jedinica", "nadređena ustrojstvena jedinica",
         "naziv nadređene jedinice", "šifra nadređene jedinice", "šifra nadređene", "id nadređene jedinice",
         "viša jedinica", "šira jedinica", "matična jedinica", "roditelj", "u sastavu", "pripada", "deo jedinice",
         "nadređeni odjel", "nadređeni odsjek", "übergeordnet", "übergeordnete einheit", "übergeordnete stelle",
         "übergeordnete organisationseinheit", "gehört zu", "untersteht", "unterstellt"),
        ("boss", "supervisor", "manager name", "above", "vorgesetzter"),
    ),
    "level": (
        ("level", "type", "unit type", "kind", "kind of unit", "vrsta", "vrsta jedinice",
         "vrsta organizacione jedinice", "vrsta ustrojstvene jedinice", "tip", "tip jedinice", "nivo", "razina",
         "ebene",
         "art", "art der einheit", "typ"),
        ("rank", "class", "category", "classification", "rang", "kategorija", "kategorie", "oblik"),
    ),
    "name": (
        ("name", "unit name", "unit", "organisation", "organization", "organisational unit", "organizational unit",
         "department name", "naziv", "ime", "naziv jedinice", "naziv organizacione jedinice",
         "naziv unutrašnje jedinice", "naziv organizacijske jedinice", "naziv ustrojstvene jedinice",
         "organizaciona jedinica", "organizacijska jedinica", "unutrašnja jedinica", "ustrojstvena jedinica",
         "jedinica", "bezeichnung", "einheit", "organisationseinheit", "name der einheit"),
        ("title", "label", "text", "naslov", "titel", "value", "pref label"),
    ),
    "number": (
        ("number", "no", "nr", "broj", "br", "redni broj", "redni br", "rb", "r br", "r b", "nummer", "lfd nr"),
        ("oznaka",),
    ),
    "abbreviation": (
        ("abbreviation", "abbr", "acronym", "short name", "skraćenica", "skraćeni naziv", "kratica", "akronim",
         "abkürzung", "kürzel", "kurzname", "kurzbezeichnung"),
        ("short", "alt label"),
    ),
    "functions": (
        ("functions", "function", "tasks", "duties", "responsibilities", "poslovi", "opis poslova", "nadležnost",
         "nadležnosti", "delokrug", "delokrug rada", "djelokrug", "djelokrug rada", "zadaci", "zadaće", "funkcije",
         "aufgaben", "aufgabe", "zuständigkeit", "zuständigkeiten", "funktionen"),
        (),
    ),
    "placement": (("placement", "položaj u šemi", "smeštaj u šemi", "položaj", "platzierung"), ("assistant",)),
    "staff": (
        ("staff", "staff count", "headcount", "head count", "posts", "employees", "fte", "number of staff",
         "number of employees", "number of posts", "broj zaposlenih", "broj izvršilaca", "broj radnih mesta",
         "broj sistematizovanih radnih mesta", "zaposlenih", "zaposleni", "izvršilaca", "izvršioci", "radnih mesta",
         "broj zaposlenika", "broj djelatnika", "broj službenika", "mitarbeiter", "mitarbeitende", "anzahl mitarbeiter",
         "stellen", "planstellen", "anzahl stellen"),
        ("personal", "osoblje", "count"),
    ),
    "arrange": (("arrange",), ()),
    "article": (("article", "član", "član pravilnika", "članak", "artikel"), ()),
    "line": (("line",), ()),
    "end_line": (("end line",), ()),
    "relations": (("relations",), ()),
}  # fmt: skip
_LANGUAGES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("en", "eng", "english", "englisch", "engleski", "engleskom"), "en"),
    **dict.fromkeys(("de", "german", "deutsch", "nemački", "nemačkom", "njemački", "njemačkom"), "de"),
    **dict.fromkeys(("fr", "french", "französisch", "francuski", "francuskom"), "fr"),
    **dict.fromkeys(("hu", "hungarian", "ungarisch", "mađarski", "mađarskom"), "hu"),
    **dict.fromkeys(("hr", "croatian", "kroatisch", "hrvatski", "hrvatskom"), "hr"),
    **dict.fromkeys(("bs", "bosnian", "bosanski", "bosanskom"), "bs"),
    **dict.fromkeys(("sq", "albanian", "albanski", "albanskom"), "sq"),
    **dict.fromkeys(("ru", "russian", "russisch", "ruski", "ruskom"), "ru"),
    **dict.fromkeys(("it", "italian", "italienisch", "italijanski", "talijanski"), "it"),
    **dict.fromkeys(("sr", "serbian", "serbisch", "srpski", "srpskom"), "sr"),
    **dict.fromkeys(("latn", "latin", "latinica", "latinici"), "sr-Latn"),
    **dict.fromkeys(("cyrl", "cyrillic", "ćirilica", "ćirilici"), "sr-Cyrl"),
}
_SMALL_WORDS: Final = frozenset({"na", "u", "in", "auf", "jeziku", "jezik", "language"})
_TAGGED: Final = re.compile(r"names?[ ._:/(\[-]+([A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*)[)\]]?")
_DOTTED: Final = re.compile(r"(extra|source)\.(.+)", re.DOTALL)
_CAMEL: Final = re.compile(r"(?<=[a-zčćšžđ])(?=[A-ZČĆŠŽĐ])")
_NEAR: Final = 85  # of 100: "nazv" for "naziv", "abreviation"
_SHORTEST: Final = 4
_PLACE: Final = re.compile(r"[A-Za-z]{1,2}|\d+")  # of a column: AB, 28
_SEARCHED_ROWS: Final = 20
_STRONG, _CLOSE, _WEAK = range(3)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column, counted from 0, holds which field; notes: for the user; faults: columns of which two fit."""

    of: Mapping[str, int]
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def key_of(header: str) -> str:
    """The form in which headers that mean the same are equal: ``Надређена јединица:`` → ``nadredjena jedinica``."""
    return " ".join(re.findall(r"[^\W_]+", fold(_CAMEL.sub(" ", header))))


def _keyed(place: int) -> dict[str, str]:
    return {key_of(word): field for field, words in SYNONYMS.items() for word in words[place]}


_MEANT: Final = _keyed(0)
_PERHAPS: Final = _keyed(1)
_LANGUAGE_KEYS: Final = {key_of(word): tag for word, tag in _LANGUAGES.items()}


def _meaning(header: str) -> tuple[str, int, str] | None:
    """The field that a header means, how surely, and the word that it is taken for."""
    raw, key = header.strip(), key_of(header)
    if not key:
        return None
    if tagged := _TAGGED.fullmatch(raw):
        word = fold(tagged[1])
        tag = tagged[1].replace("_", "-") if raw.startswith("names") else _LANGUAGE_KEYS.get(word)
        if tag is not None:
            return f"names.{tag}", _STRONG, raw
    if _DOTTED.fullmatch(raw):
        return raw, _STRONG, raw
    if field := _MEANT.get(key):
        return field, _STRONG, key
    if (language := _language(key)) is not None:
        return f"names.{language}", _STRONG, key
    if field := _PERHAPS.get(key):
        return field, _WEAK, key
    near = _near(key) if len(key) >= _SHORTEST else None
    return None if near is None else (_MEANT[near], _CLOSE, near)


def _near(key: str) -> str | None:
    """The word that is meant where some letters are wrong, in short words one, or two that changed places."""
    near = process.extractOne(key, _MEANT.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near is not None:
        return near[0]
    if len(key) == _SHORTEST:
        return None
    return next((word for word in _MEANT if DamerauLevenshtein.distance(key, word, score_cutoff=1) <= 1), None)


def _language(key: str) -> str | None:
    """``naziv engleski``, ``english name``: a name in another language."""
    words = [word for word in key.split() if word not in _SMALL_WORDS]
    tags = [_LANGUAGE_KEYS[word] for word in words if word in _LANGUAGE_KEYS]
    rest = " ".join(word for word in words if word not in _LANGUAGE_KEYS)
    return tags[-1] if tags and _MEANT.get(rest) == "name" else None


def find_header(rows: Sequence[Sequence[object]], wishes: Mapping[str, str]) -> int:
    """The row that names the columns: the first of the first twenty in which a name or an asked column is found; titles
    may stand above it. The first row that is not empty where there is none."""
    first = None
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        texts = [str(cell) for cell in row if cell not in (None, "")]
        if not texts:
            continue
        first = number if first is None else first
        keys = {key_of(text) for text in texts}
        if any(key_of(asked) in keys for asked in wishes.values() if not _PLACE.fullmatch(asked.strip())):
            return number
        meanings = [found for text in texts if (found := _meaning(text)) is not None and found[1] != _CLOSE]
        fields = {field.split(".")[0] for field, _, _ in meanings}
        if fields & {"name", "names"} or {"id", "parent"} <= fields:
            return number
    return first or 0


def match(header: Sequence[str], wishes: Mapping[str, str], place: str, *, said: bool = True) -> Columns:
    """Take each column for what was asked, else for what its header means. wishes: header, letter or number of a column
    by field. Raises OrgChartError for a field or column that there is not; said: whether to say what was taken."""
    taken = {field: _asked(field, wish, header) for field, wish in wishes.items()}
    candidates: dict[str, list[tuple[int, int, str]]] = {}
    for column, text in enumerate(header):
        if column not in taken.values() and (found := _meaning(text)) is not None and found[0] not in taken:
            candidates.setdefault(found[0], []).append((found[1], column, found[2]))
    notes: list[str] = []
    faults: list[Fault] = []
    near: dict[int, str] = {}
    for field, fitting in candidates.items():
        best = min(sureness for sureness, _, _ in fitting)
        chosen = [(column, word) for sureness, column, word in fitting if sureness == best]
        if len(chosen) > 1:
            named = " and ".join(_named(header, column) for column, _ in chosen[:5])
            remedy = f"say which it is: --column {field}={_shell(header[chosen[0][0]])}"
            faults.append(Fault(place, f'the columns {named} both fit "{field}"', remedy))
            continue
        column, word = chosen[0]
        taken[field] = column
        if best == _CLOSE:
            near[column] = word
    notes += _stand_ins(taken)
    if said:
        notes.append(_said(header, taken, near))
    return Columns(taken, tuple(notes), tuple(faults))


def _stand_ins(taken: dict[str, int]) -> Iterable[str]:
    """What serves as the name where no column is one."""
    if "name" in taken:
        return
    other = next((field for field in taken if field.startswith("names.")), "id" if "id" in taken else None)
    if other is not None:
        taken["name"] = taken[other]
        if other != "id":
            del taken[other]
        yield f"no column holds the name alone; {other} was taken for it"


def _asked(field: str, wish: str, header: Sequence[str]) -> int:
    known = field in SYNONYMS or re.fullmatch(r"(names|extra|source)\..+", field)
    if not known:
        raise OrgChartError(
            f"--column {field}: there is no such field; use {', '.join(SYNONYMS)}, names.en or extra.note"
        )
    keys = [key_of(text) for text in header]
    exact = [place for place, text in enumerate(header) if text.strip() == wish.strip()]
    found = exact or [place for place, key in enumerate(keys) if key and key == key_of(wish)]
    letters = {column_letters(place): place for place in range(len(header))}
    letters |= {str(place + 1): place for place in range(len(header))}
    if not found and wish.strip().upper() in letters:
        return letters[wish.strip().upper()]
    if len(found) == 1:
        return found[0]
    if found:
        raise OrgChartError(
            f"--column {field}: {len(found)} columns are called {quoted(wish)}; name one by its letter, such as "
            f"{field}={column_letters(found[0])}"
        )
    there = ", ".join(quoted(text) for text in header if text.strip())
    near = process.extractOne(key_of(wish), keys, scorer=fuzz.ratio, score_cutoff=60)
    hint = f"; did you mean {quoted(header[near[2]])}?" if near else ""
    raise OrgChartError(f"--column {field}: there is no column {quoted(wish)}; there are {there}{hint}")


def _said(header: Sequence[str], taken: Mapping[str, int], near: Mapping[int, str]) -> str:
    """``taken: name from "Naziv", parent from "Nadredena" (nearly "nadredjena"); not taken: "Napomena"``."""
    parts = []
    for field, column in sorted(taken.items(), key=lambda pair: pair[1]):
        nearly = f" (nearly {quoted(near[column])})" if column in near else ""
        parts.append(f"{field} from {_named(header, column)}{nearly}")
    left = [_named(header, place) for place, text in enumerate(header) if place not in taken.values() and text.strip()]
    rest = f"; not taken: {', '.join(left)}" if left else ""
    return f"taken: {', '.join(parts) or 'nothing'}{rest}"


def _named(header: Sequence[str], column: int) -> str:
    text = header[column].strip()
    return quoted(text) if text else f"column {column_letters(column)}"


def _shell(text: str) -> str:
    return f'"{text.strip()}"' if re.search(r"[^\w.-]", text.strip()) else text.strip()
