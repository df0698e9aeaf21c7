"""A hierarchy's own words, in; its language tag and the printed words for levels, relations, dates and pages, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from orgchart.script import to_cyrillic, to_latin

# level: Serbian in Cyrillic, Serbian in Latin, English
_LEVELS: Mapping[str, tuple[str, str, str]] = {
    "government": ("Влада", "Vlada", "Government"),
    "ministry": ("Министарство", "Ministarstvo", "Ministry"),
    "secretariat": ("Секретаријат", "Sekretarijat", "Secretariat"),
    "cabinet": ("Кабинет", "Kabinet", "Cabinet"),
    "directorate-general": ("Генерална дирекција", "Generalna direkcija", "Directorate-General"),
    "directorate": ("Дирекција", "Direkcija", "Directorate"),
    "administration": ("Управа", "Uprava", "Administration"),
    "inspectorate": ("Инспекторат", "Inspektorat", "Inspectorate"),
    "sector": ("Сектор", "Sektor", "Sector"),
    "department": ("Одељење", "Odeljenje", "Department"),
    "section": ("Одсек", "Odsek", "Section"),
    "group": ("Група", "Grupa", "Group"),
    "service": ("Служба", "Služba", "Service"),
    "bureau": ("Биро", "Biro", "Bureau"),
    "office": ("Канцеларија", "Kancelarija", "Office"),
    "center": ("Центар", "Centar", "Centre"),
    "division": ("Дивизија", "Divizija", "Division"),
    "enterprise": ("Предузеће", "Preduzeće", "Enterprise"),
    "agency": ("Агенција", "Agencija", "Agency"),
    "institute": ("Завод", "Zavod", "Institute"),
    "institution": ("Установа", "Ustanova", "Institution"),
    "fund": ("Фонд", "Fond", "Fund"),
    "commissariat": ("Комесаријат", "Komesarijat", "Commissariat"),
    "branch": ("Филијала", "Filijala", "Branch"),
    "station": ("Станица", "Stanica", "Station"),
    "court": ("Суд", "Sud", "Court"),
    "prosecution": ("Тужилаштво", "Tužilaštvo", "Prosecution"),
    "university": ("Универзитет", "Univerzitet", "University"),
    "faculty": ("Факултет", "Fakultet", "Faculty"),
    "academy": ("Академија", "Akademija", "Academy"),
    "rectorate": ("Ректорат", "Rektorat", "Rectorate"),
    "hospital": ("Болница", "Bolnica", "Hospital"),
    "archive": ("Архив", "Arhiv", "Archive"),
    "library": ("Библиотека", "Biblioteka", "Library"),
    "museum": ("Музеј", "Muzej", "Museum"),
    "chamber": ("Комора", "Komora", "Chamber"),
    "embassy": ("Амбасада", "Ambasada", "Embassy"),
    "consulate": ("Конзулат", "Konzulat", "Consulate"),
    "mission": ("Мисија", "Misija", "Mission"),
    "headquarters": ("Централа", "Centrala", "Headquarters"),
    "customs-house": ("Царинарница", "Carinarnica", "Customs house"),
    "clinic": ("Клиника", "Klinika", "Clinic"),
    "registry": ("Писарница", "Pisarnica", "Registry"),
    "chair": ("Катедра", "Katedra", "Chair"),
    "outpost": ("Испостава", "Ispostava", "Outpost"),
    "laboratory": ("Лабораторија", "Laboratorija", "Laboratory"),
    "counselling": ("Саветовалиште", "Savetovalište", "Counselling"),
    "desk": ("Реферат", "Referat", "Desk"),
    "subsection": ("Пододсек", "Pododsek", "Subsection"),
    "team": ("Тим", "Tim", "Team"),
    "unit": ("Јединица", "Jedinica", "Unit"),
}
# kind of relation: what the first unit does for the second
_KINDS: Mapping[str, tuple[str, str, str]] = {
    "coordinates": ("координира", "koordinira", "coordinates"),
    "supervises": ("надзире", "nadzire", "supervises"),
    "cooperates": ("сарађује", "sarađuje", "cooperates"),
    "reports-to": ("извештава", "izveštava", "reports to"),
    "supports": ("подржава", "podržava", "supports"),
    "advises": ("саветује", "savetuje", "advises"),
    "moved-to": ("премештено", "premešteno", "moved"),
}
# mark of a change: what the legend calls it
_MARKS: Mapping[str, tuple[str, str, str]] = {
    "added": ("ново", "novo", "new"),
    "abolished": ("укинуто", "ukinuto", "abolished"),
    "moved": ("премештено", "premešteno", "moved here"),
    "moved-away": ("раније место", "ranije mesto", "former place"),
    "renamed": ("промењен назив", "promenjen naziv", "renamed"),
    "level": ("промењена врста", "promenjena vrsta", "kind changed"),
    "split": ("подељено", "podeljeno", "split"),
    "merged": ("спојено", "spojeno", "merged"),
    "functions": ("промењене надлежности", "promenjene nadležnosti", "functions changed"),
    "staff": ("промењен број запослених", "promenjen broj zaposlenih", "staff changed"),
    "placement": ("промењен положај", "promenjen položaj", "position changed"),
    "order": ("промењен редослед", "promenjen redosled", "order changed"),
}
# what a box says of a change in words; the rest follows after a colon or stands before
_CHANGES: Mapping[str, tuple[str, str, str]] = {
    "old": ("старо", "staro", "old"),
    "new": ("ново", "novo", "new"),
    "changes": ("измене", "izmene", "changes"),
    "functions": ("надлежности", "nadležnosti", "functions"),
    "reworded": ("измењен текст надлежности", "izmenjen tekst nadležnosti", "functions reworded"),
    "moved": ("премештено из", "premešteno iz", "moved from"),
    "moved-to-root": ("премештено на врх", "premešteno na vrh", "moved to the top"),
    "moved-from-root": ("премештено с врха", "premešteno s vrha", "moved from the top"),
    "moved-away": ("раније место; премештено у", "ranije mesto; premešteno u", "former place; moved to"),
    "renamed": ("ранији назив", "raniji naziv", "formerly"),
    "level": ("промењена врста", "promenjena vrsta", "kind changed"),
    "split-into": ("подељено на", "podeljeno na", "split into"),
    "split-from": ("настало поделом", "nastalo podelom", "split from"),
    "merged-into": ("спојено у", "spojeno u", "merged into"),
    "merged-from": ("настало спајањем", "nastalo spajanjem", "merged from"),
    "line": ("у линији руковођења", "u liniji rukovođenja", "in the line of command"),
    "staff-unit": ("поред линије руковођења", "pored linije rukovođenja", "beside the line of command"),
}
KNOWN_KINDS = frozenset(_KINDS)
_LANGUAGES = ("sr-Cyrl", "sr-Latn", "en")
_PAGE = ("стр.", "str.", "p.")
# Serbian calls its order of letters by its script.
_INDEX = ("Азбучни регистар", "Abecedni registar", "Index")
_LEGEND = ("Легенда", "Legenda", "Legend")
_FIGURE = ("Слика", "Slika", "Figure")
_SOURCE = ("Извор", "Izvor", "Source")
_COUNTED = (("јединица", "јединице", "јединица"), ("jedinica", "jedinice", "jedinica"), ("unit", "units", "units"))
_BELOW = (
    ("ужа јединица", "уже јединице", "ужих јединица"),
    ("uža jedinica", "uže jedinice", "užih jedinica"),
    ("unit below", "units below", "units below"),
)
# The number of one article, with or without the word; anything else is said as the file has it.
_ARTICLE = re.compile(r"(?:(?:члан|чл|član|čl|clan|article|art)\b\.?\s*)?(\d+)\s*([^\W\d_]?)\.?", re.IGNORECASE)
_ARTICLES = ("члан {}.", "član {}.", "article {}")
# ``Службени гласник РС, бр. 12/11 и 5/12``, in Latin: its name, whose it is, the word for number, the numbers.
_GAZETTE = re.compile(
    r"[„“”\"«»]?(?:službeni (?:glasnik|list)|sl\. ?(?:glasnik|list))(?: ([^\d,;„“”\"«»]+?))?[„“”\"«»]?"
    r",? *((?:br\.|broj|brojevi)?) *(\d[\d/ ,.–-]*(?:(?: i |, )\d[\d/ ,.–-]*)*)",
    re.IGNORECASE,
)
_GAZETTE_OF = {"republike srbije": "of the Republic of Serbia", "republike srpske": "of the Republic of Srpska"}
_ELSEWHERE = ("на другој страни", "na drugoj strani", "on another page")
_NO_BREAK_SPACE = "\u00a0"
# With a colon, which is right for every number: Serbian has one form for 1, another for 2 to 4, a third for 5 to 20.
_STAFF = ("запослених", "zaposlenih", "staff")
# Of a rulebook's text: one line, several.
_LINE = (("ред", "red", "line"), ("редови", "redovi", "lines"))
_MONTHS = (
    ("јануар", "фебруар", "март", "април", "мај", "јун",
     "јул", "август", "септембар", "октобар", "новембар", "децембар"),
    ("januar", "februar", "mart", "april", "maj", "jun",
     "jul", "avgust", "septembar", "oktobar", "novembar", "decembar"),
    ("January", "February", "March", "April", "May", "June",
     "July", "August", "September", "October", "November", "December"),
)  # fmt: skip
# A German Referat is no Serbian one.
_ELSEWHERE_TOO = frozenset({"referat"})
_SERBIAN_UNITS = (
    frozenset((*(latin.split()[-1].casefold() for _, latin, _ in _LEVELS.values()), "odjeljenje")) - _ELSEWHERE_TOO
)


def language_of(names: Iterable[str]) -> str:
    """``sr-Cyrl``, ``sr-Latn`` or ``en`` by the letters and words of the names.

    Serbian in Latin is told from other languages by its words for a unit: a quarter of the names has one. One name
    alone may be foreign: other languages have a *Biro* and a *Centar* too.
    """
    serbian = total = 0
    for name in names:
        if any("Ѐ" <= sign <= "ӿ" for sign in name):
            return "sr-Cyrl"
        total += 1
        serbian += not _SERBIAN_UNITS.isdisjoint(name.casefold().split())
    return "sr-Latn" if serbian * 4 >= max(total, 1) else "en"


def level_word(level: str, lang: str) -> str:
    """The level's word for a legend in the language; an unknown level is its own word, capitalised, and in Latin where
    the language is."""
    words = _LEVELS.get(level)
    if words is None:
        word = level[:1].upper() + level[1:].replace("-", " ")
        return to_latin(word) if lang == "sr-Latn" else word
    return words[_place(lang)]


def page_words(number: int, count: int, lang: str) -> str:
    """``стр. 1/5``."""
    return f"{_PAGE[_place(lang)]} {number}/{count}"


def page_reference(numbers: Sequence[int], lang: str) -> str:
    """``стр. 4``, ``стр. 4–6`` or ``стр. 4, 6–7``, of which a line breaks only after a comma. numbers: rising."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f"{_PAGE[_place(lang)]}{_NO_BREAK_SPACE}{shown}"


def figure_words(number: int, lang: str) -> str:
    """``Слика 1.``, ``Figure 1.``"""
    return f"{_FIGURE[_place(lang)]} {number}."


def source_word(lang: str) -> str:
    """What stands before the rulebook in a caption."""
    return _SOURCE[_place(lang)]


def unit_count_words(count: int, lang: str) -> str:
    """``1 јединица``, ``3 јединице``, ``9 јединица``, ``21 јединица``; ``1 unit``, ``9 units``."""
    return _counted(count, _COUNTED[_place(lang)], lang)


def below_words(count: int, lang: str) -> str:
    """Units directly below one: ``1 ужа јединица``, ``3 уже јединице``, ``5 ужих јединица``; ``3 units below``."""
    return _counted(count, _BELOW[_place(lang)], lang)


def _counted(count: int, forms: tuple[str, str, str], lang: str) -> str:
    """The number and its noun: Serbian has a form for 1 and 21, one for 2 to 4 and 22, and one for 5, 11 and 12."""
    one, few, many = forms
    last, teen = count % 10, 10 < count % 100 < 20
    if _place(lang) == _LANGUAGES.index("en"):
        return f"{count:,} {one if count == 1 else many}"
    return f"{count} {one if last == 1 and not teen else few if 1 < last < 5 and not teen else many}"


def article_words(article: str, lang: str) -> str:
    """``члан 12.``, ``article 12`` for an article of one number, however the file writes it; other words stay, in Latin
    where the language is."""
    said = " ".join(article.split())
    found = _ARTICLE.fullmatch(said)
    if found:
        letter = to_cyrillic(found[2]) if lang == "sr-Cyrl" else to_latin(found[2])
        return _ARTICLES[_place(lang)].format(found[1] + letter)
    return to_latin(said) if lang == "sr-Latn" else said


def gazette_words(gazette: str, lang: str) -> str:
    """``Official Gazette RS, No. 12/11`` in any language but Serbian; what is not written that way stays as it is."""
    said = to_latin(" ".join(gazette.split()))
    found = None if lang.startswith("sr") else _GAZETTE.fullmatch(said)
    if not found:
        return gazette
    owner = (found[1] or "").strip()
    name = " ".join(filter(None, ("Official Gazette", _GAZETTE_OF.get(owner.casefold(), owner))))
    numbers = found[3].strip(" .,").replace(" i ", " and ")
    return f"{name}, {'No.' if len(re.findall('[,a]', numbers)) == 0 else 'Nos.'} {numbers}"


def index_word(lang: str) -> str:
    """The heading of the alphabetical index."""
    return _INDEX[_place(lang)]


def legend_word(lang: str) -> str:
    """What the legend is called to those who cannot see it."""
    return _LEGEND[_place(lang)]


def elsewhere_word(lang: str) -> str:
    """The legend's word for a unit that is at home on another page."""
    return _ELSEWHERE[_place(lang)]


def staff_words(staff: int, lang: str) -> str:
    """``запослених: 12``."""
    return f"{_STAFF[_place(lang)]}: {staff}"


def line_words(first: int, last: int, lang: str) -> str:
    """``ред 5``, ``редови 5–8``."""
    word = _LINE[first != last][_place(lang)]
    return f"{word} {first}" if first == last else f"{word} {first}–{last}"


def date_words(date: str, lang: str) -> str:
    """A date of a units file (``2011-04-01``, ``2011-04`` or ``2011``) as it is printed: ``1. 4. 2011.``,
    ``април 2011.``, ``2011.``; in English ``1 April 2011``, ``April 2011``, ``2011``."""
    year, month, day = (*(int(part) for part in date.split("-")), 0, 0)[:3]
    place = _place(lang)
    stop = "" if place == _LANGUAGES.index("en") else "."
    named = _MONTHS[place][month - 1]
    if not month:
        return f"{year}{stop}"
    if not day:
        return f"{named} {year}{stop}"
    return f"{day}. {month}. {year}." if stop else f"{day} {named} {year}"


def _place(lang: str) -> int:
    """Where a language stands in the tables; one without words of its own is served in English."""
    return _LANGUAGES.index(lang) if lang in _LANGUAGES else _LANGUAGES.index("en")


def kind_word(kind: str, lang: str) -> str:
    """The word that stands on the line of a relation in the language; an unknown kind is its own word."""
    words = _KINDS.get(kind)
    if words is None:
        return kind
    return words[_place(lang)]


def mark_word(mark: str, lang: str) -> str:
    """What the legend of a chart of changes calls a mark: ``ново``, ``укинуто``."""
    return _MARKS[mark][_place(lang)]


def change_word(key: str, lang: str) -> str:
    """The words that tell a change, or one side of it: ``премештено из``, ``старо``."""
    return _CHANGES[key][_place(lang)]
