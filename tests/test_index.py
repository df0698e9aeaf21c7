"""The alphabetical index: its order in every language, and a page that can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.alphabet import opening_letter, sort_key
from orgchart.chart import Chart
from orgchart.drawing import Drawing, Words
from tests.atlases import by_hand
from tests.charts import chart_of, unit

CYRILLIC = list("абвгдђежзијклљмнњопрстћуфхцчџш")
LATIN = [*"abcčćd", "dž", *"đefghijkl", "lj", *"mn", "nj", *"oprsštuvzž"]


def ordered(names: list[str], lang: str) -> list[str]:
    backwards = names[::-1]
    return sorted(backwards, key=lambda name: sort_key(name, lang))


def index_pages(chart: Chart) -> list[Drawing]:
    return [page.drawing for page in chart.pages if page.layout is None]


def lines_of(drawing: Drawing) -> list[str]:
    """The entries as a reader sees them: words on one line joined, dots left out."""
    lines: dict[tuple[bool, float], list[Words]] = {}
    for words in drawing.index:
        if set(words.text) > {" ", "."} or set(words.text) - {" ", "."}:
            lines.setdefault((words.x > drawing.width / 2, words.y), []).append(words)
    return [" ".join(words.text for words in line) for _, line in lines.items()]


# Order


def test_both_serbian_alphabets_are_in_their_own_order() -> None:
    assert ordered(CYRILLIC, "sr-Cyrl") == CYRILLIC
    assert ordered(LATIN, "sr-Latn") == LATIN


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("sr-Cyrl", ["Група за љубав", "Група за међународне", "Група за надзор", "Група за њиве", "Ђак", "Еко"]),
        ("sr-Latn", ["cena", "čas", "ćup", "duša", "džep", "đak", "lupa", "ljuti", "nula", "njiva", "šah"]),
        ("sr-Latn", ["Odsek za lov", "Odsek za ljubav", "Odsek za more"]),
        ("de", ["Apfel", "Äpfel", "Apfelbaum", "Ofen", "Öffnung", "Ordnung", "Strasse", "Straße", "Straßen", "Zug"]),
        ("de", ["Referat 2", "Referat 10", "Referat A", "Referat I A", "Referat II A"]),
        ("en", ["Air and Space", "Airport", "naive", "naïve", "„Quality“ Group", "Rail"]),
        ("en", ["1st Office", "Zebra", "Сектор"]),
        ("pl", ["Łódź", "Lublin"]),
        ("ru", ["Ёлка", "Жук", "Йод", "Кот", "Щука", "Эхо"]),
    ],
)  # fmt: skip
def test_names_are_in_the_order_of_their_language(lang: str, names: list[str]) -> None:
    assert ordered(names, lang) == names


@pytest.mark.parametrize(
    ("name", "lang", "letter"),
    [
        ("Љубичица", "sr-Cyrl", "Љ"),
        ("Ljubičica", "sr-Latn", "Lj"),
        ("Ljubičica", "en", "L"),
        ("džep", "sr-Latn", "Dž"),
        ("Österreich", "de", "O"),
        ("„Шума“", "sr-Cyrl", "Ш"),
        ("12. одсек", "sr-Cyrl", "0–9"),
        ("–", "en", ""),
    ],
)
def test_a_name_stands_under_its_first_letter(name: str, lang: str, letter: str) -> None:
    assert opening_letter(name, lang) == letter


@given(st.lists(st.text(max_size=20), max_size=8, unique=True), st.sampled_from(["sr-Cyrl", "sr-Latn", "de", "en"]))
def test_any_names_have_one_order_whatever_order_they_come_in(names: list[str], lang: str) -> None:
    assert ordered(names, lang) == ordered(names[::-1], lang)
    assert all(isinstance(opening_letter(name, lang), str) for name in names)


# Pages


def test_every_unit_stands_there_under_its_letter_with_its_page() -> None:
    (index,) = index_pages(by_hand())
    assert lines_of(index) == [
        "Азбучни регистар",
        "Г",
        "Група за штампу 1",
        "М",
        "Министарство финансија 1",
        "О",
        "Одсек за извршење 2",
        "Одсек за контролу 3",
        "Одсек за ПДВ 4",
        "Одсек за планирање 2",
        "С",
        "Сектор за буџет 2",
        "Сектор за порезе 4",
    ]


def test_equal_names_are_told_apart_by_what_they_stand_in() -> None:
    units = [unit("top", "Body")]
    for branch in ("East", "West"):
        units += [unit(branch, f"Branch {branch}", "top"), unit(f"{branch}1", "Law", branch)]
        units += [unit(f"{branch}2", "Office", f"{branch}1"), unit(f"{branch}3", "Office", f"{branch}1")]
    (index,) = index_pages(chart_of(*units, atlas="always"))
    shown = [line.rsplit(" ", 1)[0] for line in lines_of(index) if line.startswith(("Law", "Office"))]
    assert shown == [
        "Law (Branch East)",
        "Law (Branch West)",
        "Office (Law, Branch East)",
        "Office (Law, Branch East)",
        "Office (Law, Branch West)",
        "Office (Law, Branch West)",
    ]


def test_a_chart_of_one_page_has_none() -> None:
    assert index_pages(chart_of(unit("a"), atlas="always")) == []


def test_its_text_is_no_smaller_than_what_can_be_read() -> None:
    units = [unit("top"), *(unit(f"a{number}", parent="top") for number in range(3)), unit("b", parent="a0")]
    charts = [chart_of(*units, atlas="always", min_text=least) for least in (7, 9)]
    sizes = [min(words.size for drawing in index_pages(chart) for words in drawing.index) for chart in charts]
    assert sizes == [8, 9]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text("абвгдђе жзиј XYZ", min_size=1, max_size=120).filter(lambda name: name.strip()),
        min_size=3,
        max_size=120,
    ),
    st.sampled_from(["A4", "letter", "160x120mm"]),
)
def test_nothing_leaves_the_margins_or_meets_and_no_letter_stands_alone(names: list[str], page: str) -> None:
    units = [unit("top"), unit("a", parent="top")]
    units += [unit(f"u{number}", name, "a") for number, name in enumerate(names)]
    chart = chart_of(*units, atlas="always", page=page, legend=False)
    assert sorted(link.unit for drawing in index_pages(chart) for link in drawing.links) == sorted(
        unit["id"] for unit in units
    )
    face = chart.font.face(chart.styles.notes.bold, chart.styles.notes.italic)
    margin = 12 * 72 / 25.4
    for drawing in index_pages(chart):
        foot = min(words.y - words.size for words in drawing.notes)
        assert max(words.y for words in drawing.index) < foot
        lines: dict[float, list[tuple[float, float]]] = {}
        for words in drawing.index:
            width = face.advance(words.text) * words.size if not words.bold else 0.0
            left = words.x - (width if words.anchor == "end" else 0.0)
            assert left >= margin - 0.02
            assert left + width <= drawing.width - margin + 0.02
            lines.setdefault(words.y, []).append((left, left + width))
        for line in lines.values():
            assert all(after[0] >= before[1] - 0.02 for before, after in pairwise(sorted(line)))
        for letter, below in pairwise(words for words in drawing.index[1:] if words.anchor == "start"):
            assert not letter.bold or (below.x == letter.x and below.y > letter.y)
