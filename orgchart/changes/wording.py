"""A kind of change or a heading and a language, in; the words for it in a report, out.

Serbian is written here in Cyrillic alone; its Latin is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orgchart.script import to_latin
from orgchart.words import language_of

LANGUAGES: Final = ("sr-Cyrl", "sr-Latn", "en")
# key: Serbian, English
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "added": ("нова јединица", "added"),
    "abolished": ("укинута јединица", "abolished"),
    "renamed": ("промењен назив", "renamed"),
    "moved": ("промењено место", "moved"),
    "level": ("промењена врста", "changed kind"),
    "split": ("подељена јединица", "split"),
    "merged": ("спојене јединице", "merged"),
    "function gained": ("додати послови", "function gained"),
    "function lost": ("укинути послови", "function lost"),
    "function reworded": ("измењен опис послова", "function reworded"),
    "function handed over": ("пренети послови", "function handed over"),
    "staff": ("промењен број извршилаца", "head-count changed"),
    "placement": ("промењен положај", "placement changed"),
    "order": ("промењен редослед", "order changed"),
    "title": ("Преглед измена", "What changed"),
    "old": ("Стари текст", "Old text"),
    "new": ("Нови текст", "New text"),
    "was": ("Било", "Was"),
    "is": ("Сада", "Now"),
    "change": ("Измена", "Change"),
    "changes": ("Измене", "Changes"),
    "count": ("Број", "Number"),
    "questions": ("Питања", "Questions"),
    "question": ("Питање", "Question"),
    "taken": ("Узето", "Taken"),
    "otherwise": ("Иначе", "Otherwise"),
    "certainty": ("поузданост", "certainty"),
    "none": ("Нема измена.", "Nothing changed."),
    "line": ("ред", "line"),
    "lines": ("редови", "lines"),
    "not named": ("место у тексту није наведено", "the place in the text is not given"),
    "top": ("на врху, без надређене јединице", "at the top, in no unit"),
    "in": ("у саставу", "in"),
    "from": ("од", "from"),
    "to": ("на", "to"),
    "first": ("прва у низу", "the first"),
    "after": ("после јединице", "after"),
    "line placement": ("у линији руковођења", "in the line of command"),
    "staff placement": ("поред линије руковођења", "beside the line of command"),
    "no staff": ("није наведен", "not given"),
    "same": ("иста јединица: „{old}“ → „{new}“", "one unit: “{old}” → “{new}”"),
    "apart": ("две јединице: „{old}“ (укинута) и „{new}“ (нова)", "two units: “{old}” (abolished) and “{new}” (new)"),
    "likeness": (
        "да ли је реч о истој јединици? Сличне су, али не сасвим.",
        "is this one unit? They are alike, but not wholly.",
    ),
    "rival": (
        "која јединица наставља коју? Више њих је скоро једнако слично.",
        "which unit goes on as which? Several are almost equally alike.",
    ),
    "id": (
        "да ли је реч о истој јединици? Ознака (id) је иста, а назив, место и послови нису.",
        "is this one unit? The id is the same; name, place and functions are not.",
    ),
    "date": ("датум", "date"),
}  # fmt: skip


def word(key: str, lang: str) -> str:
    """The words for a key; a language without words of its own is served in English."""
    serbian, english = _WORDS[key]
    return serbian if lang == "sr-Cyrl" else to_latin(serbian) if lang == "sr-Latn" else english


def quoted(text: str, lang: str) -> str:
    """The text in the quotation marks of the language."""
    return f"„{text}“" if lang.startswith("sr") else f"“{text}”"


def report_language(names: list[str], lang: str | None) -> str:
    """The language of a report on a file: its own tag where there are words in it, else that of its names."""
    return lang if lang in LANGUAGES else language_of(names)
