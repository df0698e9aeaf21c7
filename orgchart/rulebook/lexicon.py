"""The word lists of lexicon.toml and of a user's own file, in; a Lexicon that knows every form of every word, out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from orgchart.errors import OrgChartError
from orgchart.script import fold as fold

CASES: Final = ("nominative", "genitive", "dative", "accusative", "vocative", "instrumental", "locative")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that names a kind of unit. gender: m, f, n, or empty for English; alone: whether the word by itself is a
    unit's name, as of the one registry that a court has."""

    level: str
    rank: int
    stem: str
    nominative: str
    genitive: str
    gender: str
    adjectives: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a kind noun: the cases that it can be in the singular, and whether it can be a plural."""

    noun: Noun
    cases: frozenset[str]
    plural: bool

    @property
    def nominative(self) -> bool:
        return "nominative" in self.cases

    @property
    def singular(self) -> bool:
        return bool(self.cases)

    @property
    def oblique(self) -> bool:
        return bool(self.cases - {"nominative", "vocative"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word list, folded. forms: from a folded word to the kind nouns that it can be a form of."""

    forms: Mapping[str, Form]
    introduce: frozenset[str]
    whole: frozenset[str]
    auxiliary: frozenset[str]
    delegate: frozenset[str]
    other: frozenset[str]
    relative: frozenset[str]
    locative: frozenset[str]
    frame: frozenset[str]
    containing: frozenset[str]
    purpose: frozenset[str]
    enterprise: frozenset[str]
    following: frozenset[str]
    outside: frozenset[str]
    open: frozenset[str]
    posts: frozenset[str]
    further: frozenset[str]
    proper: tuple[str, ...]
    proper_nouns: tuple[str, ...]
    class_nouns: frozenset[str]
    class_adjectives: frozenset[str]
    numbers: Mapping[str, int]
    chrome: tuple[str, ...]
    genre: Mapping[str, tuple[str, ...]]
    closing: tuple[str, ...]
    also: tuple[str, ...]
    stops: frozenset[str]
    directorates: Mapping[tuple[str, str], Noun]

    def is_class(self, key: str) -> bool:
        """Whether a folded word is a noun that means a class of units: jedinica, unit, or a kind noun in the plural."""
        form = self.forms.get(key)
        return key in self.class_nouns or (form is not None and form.plural)


def load_lexicon(extra: str | None = None, name: str = "the lexicon") -> Lexicon:
    """The lexicon, with the words of a user's own TOML text added. Raises OrgChartError for one that is no lexicon."""
    return _own() if extra is None else _lexicon(_merged(_parsed(), _user_tables(extra, name)), name)


@cache
def _own() -> Lexicon:
    return _lexicon(_parsed(), "lexicon.toml")


def _parsed() -> dict[str, Any]:
    text = resources.files("orgchart.rulebook").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _user_tables(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise OrgChartError(f"{name}: this is no TOML ({error}); see orgchart/rulebook/lexicon.toml") from None


def _merged(own: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Lists are lengthened, tables filled; a user's kind of a known level adds its nouns to it."""
    merged = dict(own)
    for key, value in more.items():
        there = merged.get(key)
        if isinstance(there, dict) and isinstance(value, dict):
            merged[key] = _merged(there, value)
        elif isinstance(there, list) and isinstance(value, list):
            merged[key] = [*there, *value]
        else:
            merged[key] = value
    return merged


def _lexicon(tables: dict[str, Any], name: str) -> Lexicon:
    try:
        return _built(tables)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise OrgChartError(
            f"{name}: a table has not the form that it has in orgchart/rulebook/lexicon.toml ({reason}); compare them"
        ) from None


def _built(tables: dict[str, Any]) -> Lexicon:
    forms: dict[str, Form] = {}
    directorates: dict[tuple[str, str], Noun] = {}
    for kind in tables["kind"]:
        for entry in kind["nouns"]:
            noun = _noun(kind, entry)
            for adjective in kind.get("adjectives", ()):
                directorates[(fold(adjective), fold(noun.stem))] = noun
            if not kind.get("adjectives"):
                _add_forms(forms, noun, entry, tables["declension"])
    words, verbs = tables["words"], tables["verbs"]
    listed = {key: _folded(words[key]) for key in words if key != "number"}
    stops = _folded([*verbs["introduce"], *verbs["auxiliary"], *verbs["delegate"], *verbs["other"], *words["relative"]])
    return Lexicon(
        forms=forms,
        introduce=_folded(verbs["introduce"]),
        whole=_folded(verbs["whole"]),
        auxiliary=_folded(verbs["auxiliary"]),
        delegate=_folded(verbs["delegate"]),
        other=_folded(verbs["other"]),
        relative=listed["relative"],
        locative=listed["locative"],
        frame=listed["frame"],
        containing=listed["containing"],
        purpose=listed["purpose"],
        enterprise=listed["enterprise"],
        following=listed["following"],
        outside=listed["outside"],
        open=listed["open"],
        posts=listed["posts"],
        further=listed["further"],
        proper=tuple(map(fold, words["proper"])),
        proper_nouns=tuple(map(fold, words["proper_nouns"])),
        class_nouns=_class_forms(tables),
        class_adjectives=_class_adjectives(tables["class"]["adjectives"]),
        numbers={fold(word): count for count, group in enumerate(words["number"], 1) for word in group},
        chrome=tuple(text.lower() for text in tables["chrome"]["lines"]),
        genre={key: tuple(map(fold, stems)) for key, stems in tables["genre"].items()},
        closing=tuple(" ".join(map(fold, text.split())) for text in tables["function"]["closing"]),
        also=tuple(tables["function"]["also"]),
        stops=stops,
        directorates=directorates,
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _noun(kind: dict[str, Any], entry: dict[str, Any]) -> Noun:
    declension = entry["declension"]
    stem = entry["stem"]
    ending = {"masculine-o": "o", "feminine": "a", "neuter-o": "o", "neuter-e": "e"}.get(declension, "")
    genitive = {"feminine": "e", "english": "", "masculine-o": "oa"}.get(declension, "a")
    gender = "" if declension == "english" else declension[0]
    nominative = entry.get("nominative", stem + ending)
    return Noun(
        kind["level"], kind["rank"], stem, nominative, stem + genitive, gender, tuple(kind.get("adjectives", ())),
        bool(kind.get("alone", False)),
    )  # fmt: skip


def _add_forms(forms: dict[str, Form], noun: Noun, entry: dict[str, Any], declensions: dict[str, Any]) -> None:
    endings = declensions[entry["declension"]]
    found: dict[str, tuple[set[str], bool]] = {}
    for case, ending in zip(CASES, endings["singular"], strict=False):
        word = noun.nominative if ending == endings["singular"][0] and case != "vocative" else noun.stem + ending
        found.setdefault(fold(word), (set(), False))[0].add(case)
    if "dative" in entry:
        found[fold(entry["dative"])] = ({"dative", "locative"}, False)
    plural_stem = entry.get("plural_stem", noun.stem)
    plurals = {plural_stem + ending for ending in endings["plural"]}
    # Odsek: nominative odseci, but genitive odseka and accusative odseke.
    plurals |= {noun.stem + ending for place, ending in enumerate(endings["plural"]) if place in (1, 3)}
    if "plural" in entry:
        plurals = set()
    plurals |= {entry[key] for key in ("plural", "plural_nominative", "plural_genitive") if key in entry}
    for word in plurals:
        cases, _ = found.get(fold(word), (set(), False))
        found[fold(word)] = (cases, True)
    for key, (cases, plural) in found.items():
        forms.setdefault(key, Form(noun, frozenset(cases), plural))


def _class_forms(tables: dict[str, Any]) -> frozenset[str]:
    endings = ("", "a", "e", "i", "u", "om", "ama", "ima", "s")
    words = tables["class"]["nouns"]
    found = {fold(word) for word in words}
    for word in words:
        stem = fold(word).rstrip("aeo")
        found |= {stem + ending for ending in endings if len(stem) > 2}
    return frozenset(
        found | {"dela", "delove", "dijelove", "djelove", "delovi", "dijelovi", "djelovi", "bodies", "delova"}
    )


def _class_adjectives(stems: Iterable[str]) -> frozenset[str]:
    endings = ("", "a", "e", "i", "o", "u", "og", "om", "oj", "eg", "em", "ih", "im", "oga", "ome", "a", "an", "ima")
    return frozenset(fold(stem) + ending for stem in stems for ending in endings)
