"""What is printed around the chart and beside the names: source line, date, page number, labels; and `--page auto`."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.chart import Chart, build_chart
from orgchart.errors import OrgChartError
from orgchart.formats import render
from orgchart.labels import label_of, rulebook_line
from orgchart.layout.page import Notes, frame, pages
from orgchart.styles import StyleSheet, load_style
from orgchart.text import load_font
from orgchart.units import RulebookSource, Unit, parse_units
from orgchart.words import date_words, language_of, page_words, staff_words
from tests.charts import chart_of, pdf_text, read_svg, text_lines, unit, units_file
from tests.conftest import Run

RULEBOOK = {"title": "Правилник о уређењу", "gazette": "Службени гласник РС 12/2011", "date": "2011-04-01"}
LONG = (
    "Правилник о унутрашњем уређењу и систематизацији радних места у Министарству спољних послова, Службени гласник РС"
)
GROUP = unit("a", "Група за буџет")


def chart(*units: dict[str, Any], source: dict[str, Any] | None = None, **wishes: Any) -> Chart:
    keys = {} if source is None else {"source": source}
    return build_chart(parse_units(units_file(*units, **keys), "units.json"), title="", legend=False, **wishes)


def notes(drawn: Chart) -> list[tuple[str, str]]:
    return [(words.text, words.anchor) for words in drawn.drawing.notes]


def showing(*what: str, style: str = "classic") -> StyleSheet:
    sheet = load_style(style)
    boxes = {level: replace(box, show=what) for level, box in sheet.boxes.items()}
    return replace(sheet, boxes=boxes, default=replace(sheet.default, show=what))


# Words


@pytest.mark.parametrize(
    ("date", "lang", "printed"),
    [
        ("2011-04-01", "sr-Cyrl", "1. 4. 2011."),
        ("2011-12-31", "sr-Latn", "31. 12. 2011."),
        ("2011-04-01", "en", "1 April 2011"),
        ("2011-04-01", "de", "1 April 2011"),
        ("2011-04", "sr-Cyrl", "април 2011."),
        ("2011-12", "sr-Latn", "decembar 2011."),
        ("2011-01", "en", "January 2011"),
        ("2011", "sr-Cyrl", "2011."),
        ("2011", "en", "2011"),
    ],
)
def test_a_date_is_printed_as_its_language_writes_it(date: str, lang: str, printed: str) -> None:
    assert date_words(date, lang) == printed


def test_page_and_head_count_have_words_in_each_language() -> None:
    assert [page_words(1, 5, lang) for lang in ("sr-Cyrl", "sr-Latn", "en")] == ["стр. 1/5", "str. 1/5", "p. 1/5"]
    assert [staff_words(12, lang) for lang in ("sr-Cyrl", "sr-Latn", "en")] == [
        "запослених: 12",
        "zaposlenih: 12",
        "staff: 12",
    ]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (None, ""),
        (RulebookSource(file="a.txt"), ""),
        (RulebookSource("Правилник\nо уређењу"), "Правилник о уређењу"),
        (RulebookSource("Правилник", "Сл. гласник 1/11", "2011-04-01"), "Правилник, Сл. гласник 1/11, 1. 4. 2011."),
    ],
)
def test_the_source_line_is_title_gazette_and_date(source: RulebookSource | None, line: str) -> None:
    assert rulebook_line(source, "sr-Cyrl") == line


# The foot of the page


def test_source_stands_at_the_left_date_and_page_number_at_the_right() -> None:
    drawn = chart(GROUP, source=RULEBOOK, date="1. 5. 2026.", page_number=(1, 5))
    assert notes(drawn) == [
        ("Правилник о уређењу, Службени гласник РС 12/2011, 1. 4. 2011.", "start"),
        ("1. 5. 2026. · стр. 1/5", "end"),
    ]
    left, right = drawn.drawing.notes
    page = drawn.layout.page
    margin = 12 * 72 / 25.4
    assert (left.x, right.x) == (pytest.approx(margin, abs=0.01), pytest.approx(page.width - margin, abs=0.01))
    # An eighth of the font's size is left for descenders: the last line's box ends at the margin.
    assert left.y == right.y == pytest.approx(page.height - margin - 8 * 0.25, abs=0.01)
    assert (left.size, left.colour) == (8, "#33415a")


def test_nothing_stands_there_unless_there_is_something_to_say() -> None:
    assert notes(chart(GROUP)) == []
    assert notes(chart(GROUP, date=" ", page_number=(1, 1))) == []
    assert notes(chart(GROUP, source={"file": "a.txt"})) == []
    assert notes(chart(GROUP, source={"gazette": "Сл. гласник 1/11"})) == []


def test_the_source_can_be_left_out_or_asked_for() -> None:
    assert notes(chart(GROUP, source={"title": "Правилник"}, source_line=False)) == []
    assert notes(chart(GROUP, source={"title": "Правилник"}, page="none")) == []
    assert notes(chart(GROUP, source={"title": "Правилник"}, page="none", source_line=True)) == [("Правилник", "start")]
    assert notes(chart(GROUP, source={"gazette": "Гласник"}, source_line=True)) == [("Гласник", "start")]


def test_the_rulebook_s_date_stands_there_once() -> None:
    assert notes(chart(GROUP, source=RULEBOOK, date="source")) == [
        ("Правилник о уређењу, Службени гласник РС 12/2011", "start"),
        ("1. 4. 2011.", "end"),
    ]
    assert notes(chart(GROUP, source={"title": "Правилник", "date": "2011"}, source_line=False, date="source")) == [
        ("2011.", "end")
    ]


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (
            {"source_line": True},
            r"source: units.json does not name its rulebook; add it \(\"source\": {\"title\": \"…\"}\)",
        ),
        ({"date": "source"}, r"date: units.json has no date of its rulebook; add it"),
        ({"date": "a\x07"}, r"date: date holds the control character U\+0007 as character 2; delete it"),
    ],
)
def test_what_the_file_cannot_give_is_refused(wishes: dict[str, Any], said: str) -> None:
    with pytest.raises(OrgChartError, match=said):
        chart(GROUP, **wishes)


def test_a_long_source_wraps_beside_the_page_number_and_never_touches_it() -> None:
    drawn = chart(GROUP, source={"title": LONG}, page="100x90mm", page_number=(12, 34))
    assert notes(drawn) == [
        ("Правилник о унутрашњем уређењу и", "start"),
        ("систематизацији радних места у Министарству", "start"),
        ("спољних послова, Службени гласник РС", "start"),
        ("стр. 12/34", "end"),
    ]
    *left, right = drawn.drawing.notes
    assert left[-1].y == right.y
    assert [round(below.y - above.y, 2) for above, below in itertools.pairwise(left)] == [9.6, 9.6]


@settings(max_examples=60, deadline=None)
@given(
    left=st.text("авгдеж ш-", max_size=300),
    right=st.text("авг 12./", max_size=120),
    width_mm=st.integers(45, 300),
)
def test_the_foot_stays_inside_the_margins_and_its_sides_apart(left: str, right: str, width_mm: int) -> None:
    styles, font = load_style("classic"), load_font("PT Sans")
    page = pages(f"{width_mm}x1000mm", "auto")[0]
    placed = frame(page, "", (), styles, font, Notes(left.strip(), right.strip()))
    face = font.face(bold=False, italic=False)
    reached = page.width - 12 * 72 / 25.4
    ends = [line.x + face.advance(line.text) * 8 for line in placed.notes if line.anchor == "start"]
    starts = [line.x - face.advance(line.text) * 8 for line in placed.notes if line.anchor == "end"]
    assert max(ends, default=0) <= min(starts, default=reached) + 0.01
    assert min(starts, default=reached) >= 12 * 72 / 25.4 - 0.01
    _, top, _, height = placed.area
    assert all(line.y - 8 >= top + height - 0.01 for line in placed.notes)


def test_the_foot_is_part_of_the_fit() -> None:
    units = [unit("top", "Сектор"), *(unit(f"u{n}", f"Група {n}", "top") for n in range(40))]
    bare, with_foot = (chart(*units, page="A4", source={"title": LONG}, source_line=on) for on in (False, True))
    lowest = max(box.y + box.height for box in with_foot.layout.boxes)
    assert lowest <= with_foot.drawing.notes[0].y - 8
    assert with_foot.layout.scale <= bare.layout.scale


def test_a_chart_cut_to_its_own_size_is_wide_enough_for_its_foot() -> None:
    drawn = chart(GROUP, source={"title": LONG}, page="none", source_line=True, date="1. 5. 2026.", page_number=(1, 2))
    *left, right = drawn.drawing.notes
    assert " ".join(words.text for words in left) == LONG
    assert right.text == "1. 5. 2026. · стр. 1/2"
    assert notes(chart(GROUP, page="none", date="од првог септембра две хиљаде двадесет шесте")) == [
        ("од првог септембра две хиљаде двадесет шесте", "end")
    ]


def test_every_format_has_the_foot() -> None:
    drawn = chart(GROUP, source={"title": "Правилник"}, date="1. 5. 2026.")
    svg = read_svg(render(drawn, "svg"))
    lines = [(line.text, line.get("text-anchor")) for line in text_lines(svg)]
    assert lines == [("Група за буџет", "middle"), ("Правилник", None), ("1. 5. 2026.", "end")]
    assert pdf_text(render(drawn, "pdf")) == "Група за буџет Правилник 1. 5. 2026."
    dot = render(drawn, "dot").decode()
    assert 'note1 [label="Правилник\\l"' in dot
    assert 'note2 [label="1. 5. 2026.\\r"' in dot


def test_a_letter_that_the_font_lacks_at_the_foot_is_told() -> None:
    drawn = chart(GROUP, source={"title": "規"}, date="日")
    assert drawn.warnings == (
        'font "PT Sans" has no glyph for 日 (U+65E5), 規 (U+898F), used in the source line, the date; '
        "choose another font in the style",
    )


# What stands in a box beside the name

UN = Unit(
    id="un",
    level="department",
    name="Одељење за Уједињене нације",
    number="I",
    abbreviation="УН",
    staff=12,
)


@pytest.mark.parametrize(
    ("show", "label"),
    [
        ((), "Одељење за Уједињене нације"),
        (("number",), "I\u00a0Одељење за Уједињене нације"),
        (("abbreviation",), "Одељење за Уједињене нације (УН)"),
        (("staff",), "Одељење за Уједињене нације\nзапослених: 12"),
        (("number", "abbreviation", "staff"), "I\u00a0Одељење за Уједињене нације (УН)\nзапослених: 12"),
    ],
)
def test_the_style_says_what_stands_in_the_box(show: tuple[str, ...], label: str) -> None:
    assert label_of(UN, showing(*show).box("department"), "sr-Cyrl") == label


def test_what_a_unit_has_not_is_not_shown_and_no_staff_is_a_number_too() -> None:
    style = showing("number", "abbreviation", "staff").default
    assert label_of(Unit("a", "group", "Група"), style, "sr-Cyrl") == "Група"
    assert label_of(Unit("a", "group", "Група", staff=0), style, "sr-Cyrl") == "Група\nзапослених: 0"


def test_an_abbreviation_that_the_name_has_already_is_not_said_twice() -> None:
    named = Unit("a", "group", "Група за УН (УН)", abbreviation="УН")
    assert label_of(named, showing("abbreviation").default, "sr-Cyrl") == "Група за УН (УН)"


def test_the_label_is_measured_drawn_and_written() -> None:
    team = {**unit("un", "Одељење за УН"), "number": "I", "abbreviation": "УН", "staff": 12}
    drawn = chart(team, style=showing("number", "abbreviation", "staff"))
    assert drawn.layout.boxes[0].lines == ("I\u00a0Одељење за УН (УН)", "запослених: 12")
    plain = chart(team)
    assert drawn.layout.boxes[0].height == pytest.approx(plain.layout.boxes[0].height + 12, abs=0.01)
    assert pdf_text(render(drawn, "pdf")) == "I Одељење за УН (УН) запослених: 12"
    assert 'label="I\u00a0Одељење за УН (УН)\\nзапослених: 12"' in render(drawn, "dot").decode()


def test_one_level_may_show_what_others_do_not(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        'extends = "classic"\n[levels.default]\nshow = ["staff"]\n[levels.sector]\nshow = []\n'
        '[levels.group]\nshow = ["staff", "number"]\n'
    )
    style = load_style(str(file))
    shown = [style.box(level).show for level in ("department", "sector", "group")]
    assert shown == [("staff",), (), ("number", "staff")]


# The page

CHAIN = [unit("u0"), *(unit(f"u{number}", parent=f"u{number - 1}") for number in range(1, 45))]


def test_a_page_by_itself_is_the_smallest_on_which_names_can_be_read() -> None:
    drawn = chart(GROUP, page="auto")
    assert (drawn.layout.page.name, drawn.layout.smallest_text) == ("A4", 10)
    smaller, chosen = (chart(*CHAIN, page=page) for page in ("A4", "auto"))
    assert smaller.layout.smallest_text < 7 <= chosen.layout.smallest_text
    assert chosen.layout.page.name == "A3"
    assert chosen.warnings == ()


def test_where_not_even_a0_will_do_it_is_a0_and_a_warning() -> None:
    drawn = chart(GROUP, page="auto", min_text=11)
    assert drawn.layout.page.name == "A0"
    assert drawn.warnings == (
        "the smallest text prints at 10 pt on A0, under 11 pt; "
        "use a larger --page, or draw a branch with --root or --depth",
    )


def test_the_least_size_of_text_is_that_of_the_warning_too() -> None:
    assert chart_of(GROUP, min_text=10).warnings == ()
    assert [warning[:50] for warning in chart_of(GROUP, min_text=10.5).warnings] == [
        "the smallest text prints at 10 pt on A4, under 10."
    ]


def test_a_sheet_too_small_for_the_title_is_passed_over() -> None:
    title = " ".join(["Организација"] * 150)
    style = load_style("classic")
    large = replace(style, title=replace(style.title, font_size_pt=24))
    drawn = chart_of(GROUP, style=large, title=title, page="auto", orientation="landscape")
    assert drawn.layout.page.name == "A3"


def test_the_command_line_has_it_all(here: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "units.json").write_bytes(units_file(GROUP, source=RULEBOOK))
    (tmp_path / "own.toml").write_text('extends = "print"\n[connectors]\ncorner = "round"\n')
    words = "render units.json -o out -f svg --page auto --min-text 6.5 --source on --style own.toml --name a --title"
    assert here(*words.split(), "", "--date", "1. 5. 2026.").code == 0
    svg = (tmp_path / "out" / "a.svg").read_text("utf-8")
    assert 'width="210mm"' in svg or 'width="297mm"' in svg
    assert ">Правилник о уређењу, Службени гласник РС 12/2011, 1. 4. 2011.</text>" in svg
    assert ">1. 5. 2026.</text>" in svg


def test_the_seed_s_rulebook_is_named_at_the_foot() -> None:
    content = (Path(__file__).parent.parent / "data" / "units.json").read_bytes()
    drawn = build_chart(parse_units(content, "units.json"))
    assert [words.text for words in drawn.drawing.notes] == [json.loads(content)["source"]["title"]]


@pytest.mark.parametrize(
    ("names", "lang"),
    [
        (["Одељење за буџет", "Budget Office"], "sr-Cyrl"),
        (["Sektor za finansije", "Opšte odeljenje"], "sr-Latn"),
        (["Bundesamt", "Kabinett", "Direktion", "Biro", "Stab"], "en"),
        (["Referat II A", "Referat II B", "Abteilung II"], "en"),
        (["Budget Department"], "en"),
    ],
)
def test_the_language_of_a_chart_is_that_of_its_names(names: list[str], lang: str) -> None:
    assert language_of(names) == lang
