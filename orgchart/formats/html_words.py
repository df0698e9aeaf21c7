"""A language tag, in; the words on the buttons and headings of a page for a browser, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from orgchart.script import to_latin

# word: Serbian in Cyrillic, English. Counts stand behind a colon, which is right for every number.
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "chart": ("Шема", "Chart"),
    "chart-keys": (
        "Стрелице померају шему, плус и минус је увећавају и умањују, нула је уклапа, Enter води на јединице.",
        "Arrow keys move the chart, plus and minus zoom, zero fits it, Enter goes to the units.",
    ),
    "search": ("Претрага", "Search"),
    "search-hint": ("Назив, скраћеница или надлежност", "Name, abbreviation or function"),
    "found": ("Погодака", "Matches"),
    "nothing": ("Нема погодака", "No matches"),
    "outline": ("Преглед јединица", "Outline of units"),
    "overview": ("Преглед", "Outline"),
    "zoom-in": ("Увећај", "Zoom in"),
    "zoom-out": ("Умањи", "Zoom out"),
    "fit": ("Прикажи целу страну", "Fit the page"),
    "full": ("Цео екран", "Full screen"),
    "page": ("Страна", "Page"),
    "previous": ("Претходна страна", "Previous page"),
    "next": ("Следећа страна", "Next page"),
    "script": ("Писмо", "Script"),
    "script-note": (
        "Цртеж остаје у свом писму; називи у прегледу, претрази и подацима су промењени.",
        "The drawing keeps its script; names in the outline, the search and the details have changed.",
    ),
    "details": ("Подаци о јединици", "About the unit"),
    "parents": ("У саставу", "Part of"),
    "children": ("Јединице у саставу", "Units inside"),
    "abbreviation": ("Скраћеница", "Abbreviation"),
    "number": ("Ознака", "Number"),
    "staff": ("Број запослених", "Staff"),
    "pages": ("На цртежу", "On the chart"),
    "functions": ("Надлежности", "Functions"),
    "citation": ("Место у правилнику", "Place in the rulebook"),
    "quote": ("Текст правилника", "Text of the rulebook"),
    "copy": ("Копирај везу", "Copy link"),
    "copied": ("Веза је копирана", "Link copied"),
    "not-copied": ("Веза није копирана; стоји у пољу адресе", "Not copied; the link is in the address bar"),
    "close": ("Затвори", "Close"),
    "collapse": ("Сажми", "Collapse"),
    "expand": ("Рашири", "Expand"),
    "collapse-all": ("Сажми све", "Collapse all"),
    "expand-all": ("Рашири све", "Expand all"),
    "keys": ("Тастери", "Keys"),
    "key-search": ("претрага", "search"),
    "key-pan": ("померање шеме; од јединице до јединице", "move the chart; from unit to unit"),
    "key-zoom": ("увећање, умањење, цела страна", "zoom in, out, fit"),
    "key-open": ("подаци о јединици", "about the unit"),
    "key-fold": ("сажми или рашири", "collapse or expand"),
    "key-close": ("затвори", "close"),
    "slash": ("Тастер / отвара претрагу", "The key / opens the search"),
    "en": ("На енглеском", "In English"),
}
_SERBIAN: Final[Mapping[str, Callable[[str], str]]] = {"sr-Cyrl": str, "sr-Latn": to_latin}


def page_lang(lang: str) -> str:
    """The language of the buttons on a page whose names are in ``lang``: its own where there are words, or English."""
    return lang if lang in _SERBIAN else "en"


def page_words(lang: str) -> dict[str, str]:
    """Every word of the page, by its key."""
    turned = _SERBIAN.get(lang)
    return {key: english if turned is None else turned(serbian) for key, (serbian, english) in _WORDS.items()}
