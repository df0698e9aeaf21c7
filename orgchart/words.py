"""A hierarchy's own words, in; its language tag and the printed word for each level and relation, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
}
_LANGUAGES = ("sr-Cyrl", "sr-Latn", "en")
_SERBIAN_OPENINGS = (*(latin.split()[0].casefold() for _, latin, _ in _LEVELS.values()), "odjeljenje")


def language_of(names: Iterable[str]) -> str:
    """``sr-Cyrl``, ``sr-Latn`` or ``en`` by the letters and opening words of the names.

    Serbian in Latin is told from other languages by a name that opens with one of its words for a unit.
    """
    latin = False
    for name in names:
        if any("Ѐ" <= sign <= "ӿ" for sign in name):
            return "sr-Cyrl"
        latin = latin or name.casefold().startswith(_SERBIAN_OPENINGS)
    return "sr-Latn" if latin else "en"


def level_word(level: str, lang: str) -> str:
    """The level's word for a legend in the language; an unknown level is its own word, capitalised."""
    words = _LEVELS.get(level)
    if words is None:
        return level[:1].upper() + level[1:].replace("-", " ")
    return words[_LANGUAGES.index(lang)] if lang in _LANGUAGES else words[2]


def kind_word(kind: str, lang: str) -> str:
    """The word that stands on the line of a relation in the language; an unknown kind is its own word."""
    words = _KINDS.get(kind)
    if words is None:
        return kind
    return words[_LANGUAGES.index(lang)] if lang in _LANGUAGES else words[2]
