"""Claims about styles: what comes with orgchart, what a user's own file gives, and what the documents say."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from runpy import run_path
from typing import Any

import fontpkg_pt_sans
import pytest
from fontTools.ttLib import TTFont

from orgchart import style_keys
from orgchart.errors import StyleError
from orgchart.style_keys import BOX_KEYS, FILE_KEYS, MARKS, TABLES, contrast_ratio, contrast_shown
from orgchart.styles import (
    BoxStyle,
    ConnectorStyle,
    MarkStyle,
    RelationStyle,
    SpacingStyle,
    StyleSheet,
    TextStyle,
    bundled_styles,
    load_style,
)

STYLES = ("classic", "contrast", "print")
NEEDED = ("ministry", "secretariat", "cabinet", "sector", "department", "section", "group")
DOCS = Path(__file__).parent.parent / "docs" / "styles.md"


def written(folder: Path, text: str | bytes, name: str = "own.toml") -> str:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def looks(style: StyleSheet) -> dict[str, BoxStyle]:
    return {**style.boxes, "(any other)": style.default}


def shape(box: BoxStyle) -> tuple[object, ...]:
    """What is left of a look without its colours."""
    return (box.border_width_pt, box.border_line, box.corner, box.font_size_pt, box.bold, box.italic)


@cache
def font(file: str) -> Any:
    return TTFont(Path(fontpkg_pt_sans.__file__).parent / "files" / f"PT_Sans-Web-{file}.ttf")


def made_anew() -> dict[str, Any]:
    """The tables of keys as the module makes them when it is loaded."""
    return run_path(style_keys.__file__, run_name=style_keys.__name__)


def width_pt(text: str, box: BoxStyle) -> float:
    face = font({(0, 0): "Regular", (1, 0): "Bold", (0, 1): "Italic", (1, 1): "BoldItalic"}[box.bold, box.italic])
    letters = face.getBestCmap()
    advance = sum(face["hmtx"][letters[ord(letter)]][0] for letter in text)
    return float(advance * box.font_size_pt / face["head"].unitsPerEm)


# What comes with orgchart


def test_three_styles_come_with_orgchart() -> None:
    assert bundled_styles() == STYLES


@pytest.mark.parametrize("name", STYLES)
def test_a_bundled_style_loads_under_its_own_name_and_names_every_needed_level(name: str) -> None:
    style = load_style(name)
    assert (style.name, style.font, style.background) == (name, "PT Sans", "#ffffff")
    assert style.description
    assert set(NEEDED) <= set(style.boxes)


@pytest.mark.parametrize("name", STYLES)
def test_an_unknown_level_gets_the_default_look(name: str) -> None:
    style = load_style(name)
    assert style.box("одсек") is style.default
    assert style.box("sector") is style.boxes["sector"]


@pytest.mark.parametrize(("name", "least"), [("classic", 4.5), ("print", 21.0), ("contrast", 7.0)])
def test_every_text_of_a_bundled_style_has_its_contrast(name: str, least: float) -> None:
    style = load_style(name)
    pairs = [(box.text, box.fill) for box in looks(style).values()]
    pairs += [(look.colour, style.background) for look in (style.title, style.legend, style.relations, style.notes)]
    assert min(contrast_ratio(*pair) for pair in pairs) >= least


@pytest.mark.parametrize(
    ("name", "colour", "width", "line"),
    [
        ("classic", "#963a11", 0.9, "dashed"),
        ("print", "#000000", 0.5, "dashed"),
        ("contrast", "#8a1500", 1.25, "dashed"),
    ],
)
def test_relations_differ_from_connectors_by_line_and_where_there_is_colour_by_colour(
    name: str, colour: str, width: float, line: str
) -> None:
    style = load_style(name)
    assert (style.relations.colour, style.relations.width_pt, style.relations.line) == (colour, width, line)
    assert style.connectors.line == "solid"
    assert (style.connectors.colour == colour) == (name == "print")


@pytest.mark.parametrize("name", STYLES)
def test_connectors_stand_out_from_the_page_by_three_to_one(name: str) -> None:
    style = load_style(name)
    assert contrast_ratio(style.connectors.colour, style.background) >= 3


def test_every_border_of_contrast_stands_out_from_the_page_by_three_to_one() -> None:
    assert min(contrast_ratio(box.border, "#ffffff") for box in looks(load_style("contrast")).values()) >= 3


def test_contrast_asks_for_seven_to_one() -> None:
    assert load_style("contrast").minimum_contrast == 7.0


def test_print_is_only_black_and_white_without_black_areas() -> None:
    style = load_style("print")
    inks = {box.text for box in looks(style).values()} | {box.border for box in looks(style).values()}
    looked = (style.connectors, style.relations, style.title, style.legend, style.notes)
    assert inks | {look.colour for look in looked} == {"#000000"}
    assert {box.fill for box in looks(style).values()} | {style.background} == {"#ffffff"}


def test_any_two_levels_of_print_differ_without_colour() -> None:
    boxes = looks(load_style("print"))
    assert [(a, b) for a, b in itertools.combinations(boxes, 2) if shape(boxes[a]) == shape(boxes[b])] == []


def test_levels_side_by_side_in_print_differ_in_line_corner_weight_or_half_a_point_of_border() -> None:
    boxes = load_style("print").boxes
    for a, b in itertools.combinations(("sector", "department", "section", "group"), 2):
        one, other = boxes[a], boxes[b]
        same = (one.border_line, one.corner, one.bold) == (other.border_line, other.corner, other.bold)
        assert not same or abs(one.border_width_pt - other.border_width_pt) >= 0.5, (a, b)


@pytest.mark.parametrize("name", STYLES)
def test_sector_department_section_and_group_are_told_apart_by_more_than_size(name: str) -> None:
    boxes = load_style(name).boxes
    seen = {
        (box.fill, box.border_line, box.corner, box.bold, box.border_width_pt)
        for box in (boxes["sector"], boxes["department"], boxes["section"], boxes["group"])
    }
    assert len(seen) == 4


@pytest.mark.parametrize("name", STYLES)
def test_department_and_section_differ_in_weight_and_border(name: str) -> None:
    department, section = load_style(name).box("department"), load_style(name).box("section")
    assert (department.bold, section.bold) == (True, False)
    assert department.border_width_pt > section.border_width_pt


def test_tints_of_classic_grow_lighter_from_ministry_to_group() -> None:
    style = load_style("classic")
    whiteness = [
        contrast_ratio(style.box(level).fill, "#ffffff")
        for level in ("ministry", "sector", "department", "section", "group")
    ]
    assert whiteness == sorted(whiteness, reverse=True)
    assert len(set(whiteness)) == 5


@pytest.mark.parametrize("name", STYLES)
def test_no_text_of_a_bundled_style_is_smaller_than_nine_and_a_half_pt(name: str) -> None:
    style = load_style(name)
    sizes = [box.font_size_pt for box in looks(style).values()]
    assert min([*sizes, style.title.font_size_pt, style.legend.font_size_pt]) >= 9.5


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("word", ["мултилатералну", "спољнополитичке", "безбедност", "хуманитарна", "Организацију"])
def test_long_words_fit_into_the_least_width_of_every_level(name: str, word: str) -> None:
    for level, box in looks(load_style(name)).items():
        assert width_pt(word, box) <= box.min_width_pt - 2 * box.padding_x_pt, level


@pytest.mark.parametrize("name", STYLES)
def test_five_boxes_fit_side_by_side_on_a4_landscape(name: str) -> None:
    style = load_style(name)
    for level in ("department", "section", "group"):
        assert 5 * style.box(level).min_width_pt + 4 * style.spacing.sibling_gap_pt <= 770


def test_an_unknown_style_lists_the_known_ones() -> None:
    with pytest.raises(StyleError) as caught:
        load_style("clasic")
    assert str(caught.value) == (
        'style, "clasic": is not a bundled style; did you mean "classic"? the bundled styles are classic, contrast, '
        'print; a file of your own is given by its path, ending in ".toml"'
    )


# A user's own file


def test_three_lines_are_a_style(tmp_path: Path) -> None:
    style = load_style(written(tmp_path, 'extends = "classic"\n[levels.department]\nfill = "#D9EAD3"\n'))
    classic = load_style("classic")
    assert (style.name, style.description) == ("own", "")
    assert style.box("department").fill == "#d9ead3"
    assert style.box("department").border == classic.box("department").border
    assert style.box("section") == classic.box("section")


def test_an_empty_file_is_the_documented_defaults(tmp_path: Path) -> None:
    assert load_style(written(tmp_path, "")) == StyleSheet(
        name="own",
        description="",
        font="PT Sans",
        background="#ffffff",
        minimum_contrast=4.5,
        boxes={},
        default=BoxStyle(
            "#ffffff", "#000000", "#000000", 0.75, "solid", "square", 10.0, False, False, 8.0, 6.0, 110.0, 180.0
        ),
        connectors=ConnectorStyle("#000000", 0.75, "solid"),
        relations=RelationStyle("#000000", 0.75, "dashed", 8.5, False, True),
        title=TextStyle("#000000", 16.0, True, False),
        legend=TextStyle("#000000", 9.5, False, False),
        notes=TextStyle("#000000", 8.0, False, False),
        spacing=SpacingStyle(12.0, 26.0, 14.0, 9.0, 16.0, 16.0),
    )


def test_a_level_takes_from_the_default_what_it_does_not_say(tmp_path: Path) -> None:
    style = load_style(written(tmp_path, '[levels.default]\nfont_size_pt = 12\n[levels."одсек"]\nbold = true\n'))
    assert (style.box("одсек").font_size_pt, style.box("одсек").bold) == (12.0, True)
    assert (style.default.font_size_pt, style.default.bold) == (12.0, False)


def test_a_style_that_says_nothing_of_relations_draws_them_in_a_colour_that_can_be_read(tmp_path: Path) -> None:
    dark = 'background = "#101820"\n[title]\ncolour = "#ffffff"\n[legend]\ncolour = "#eeeeee"\n'
    own = '[levels.default]\nfill = "#ffffff"\n'
    assert load_style(written(tmp_path, dark + own)).relations.colour == "#eeeeee"
    assert load_style(written(tmp_path, own)).relations.colour == "#000000"


def test_a_relation_that_cannot_be_read_on_the_background_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match=r"line 2, \[relations\] colour: text .* has a contrast of 1\.24:1"):
        load_style(written(tmp_path, '[relations]\ncolour = "#e6e6e6"\n'))


def test_the_extended_level_goes_before_the_own_default(tmp_path: Path) -> None:
    written(tmp_path, "[levels.sector]\nbold = true\n", "base.toml")
    own = 'extends = "./base.toml"\n[levels.default]\nbold = false\nitalic = true\n'
    sector = load_style(written(tmp_path, own)).box("sector")
    assert (sector.bold, sector.italic) == (True, True)


def test_extends_starts_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "house").mkdir()
    written(tmp_path, 'extends = "print"\nfont = "Noto Sans"\n', "base.toml")
    own = written(tmp_path / "house", 'extends = "../base.toml"\n')
    monkeypatch.chdir("/")
    assert load_style(own).font == "Noto Sans"
    assert load_style(own).box("ministry").border_line == "double"


def test_a_byte_order_mark_and_crlf_are_accepted(tmp_path: Path) -> None:
    assert load_style(written(tmp_path, b'\xef\xbb\xbffont = "Arial"\r\n[title]\r\nbold = false\r\n')).font == "Arial"


# Contrast and the documents


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_ratio("#000000", "#ffffff") == 21.0
    assert contrast_ratio("#ffffff", "#ffffff") == 1.0
    assert round(contrast_ratio("#767676", "#ffffff"), 2) == 4.54
    assert round(contrast_ratio("#0a0a0a", "#000000"), 4) == 1.0607


def test_a_ratio_is_shown_rounded_down() -> None:
    assert (contrast_shown(4.499), contrast_shown(21.0)) == ("4.49:1", "21:1")


def test_the_keys_are_the_fields_of_the_looks() -> None:
    assert list(BOX_KEYS) == [field.name for field in fields(BoxStyle)]
    for table, look in (
        ("connectors", ConnectorStyle),
        ("relations", RelationStyle),
        ("title", TextStyle),
        ("legend", TextStyle),
        ("notes", TextStyle),
    ):
        assert list(TABLES[table]) == [field.name for field in fields(look)]
    assert list(TABLES["spacing"]) == [field.name for field in fields(SpacingStyle)]
    assert {tuple(keys) for keys in MARKS.values()} == {tuple(field.name for field in fields(MarkStyle))}


@pytest.mark.parametrize("table", ["The whole style", "[levels.…]", *TABLES])
def test_the_documented_keys_values_and_defaults_are_the_accepted_ones(table: str) -> None:
    keys = {"The whole style": FILE_KEYS, "[levels.…]": BOX_KEYS, **made_anew()["TABLES"]}[table]
    heading = f"## `[{table}]`" if table in TABLES else f"## `{table}`" if table.startswith("[") else f"## {table}"
    section = DOCS.read_text("utf-8").split(f"\n{heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \| .+ \|$", section, re.MULTILINE)
    in_words = {"name": "the file's name", "description": "empty", "extends": "nothing"}
    assert rows == [
        (name, key.allowed, in_words.get(name, f"`{json.dumps(key.default)}`")) for name, key in keys.items()
    ]


def test_the_documented_marks_and_their_defaults_are_the_accepted_ones() -> None:
    section = DOCS.read_text("utf-8").split("\n## `[marks.…]`\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| `(.*?)` \| .+ \|$", section, re.MULTILINE)
    marks = made_anew()["MARKS"]
    plain = marks["renamed"]
    assert rows == [(name, key.allowed, json.dumps(key.default)) for name, key in plain.items()]
    second = section.split("| mark | what is marked |")[1]
    own = dict(re.findall(r"^\| `([\w-]+)` \| [^|]+ \|(.*)\|$", second, re.MULTILINE))
    assert list(own) == list(marks)
    for mark, keys in marks.items():
        differing = [
            f"`{name} = {json.dumps(key.default).removesuffix('.0')}`"
            for name, key in keys.items()
            if key.default != plain[name].default
        ]
        assert own[mark].strip() == ", ".join(differing), mark


@pytest.mark.parametrize(("name", "least"), [("classic", 4.5), ("print", 21.0), ("contrast", 7.0)])
def test_every_mark_of_a_bundled_style_can_be_read(name: str, least: float) -> None:
    style = load_style(name)
    assert min(contrast_ratio(mark.colour, style.background) for mark in style.marks.values()) >= least


def test_the_four_places_of_a_unit_are_told_apart_by_their_borders_in_every_style() -> None:
    for name in STYLES:
        marks = load_style(name).marks
        lines = [marks[mark].border_line for mark in ("added", "abolished", "moved", "moved-away")]
        assert lines == ["solid", "dashed", "double", "dotted"]
        wide = marks["added"].border_width_pt
        assert wide > max(look.border_width_pt for level, look in looks(load_style(name)).items() if level in NEEDED)


def test_a_mark_takes_what_it_does_not_say_from_the_style_it_extends(tmp_path: Path) -> None:
    style = load_style(written(tmp_path, 'extends = "classic"\n[marks.added]\nborder_width_pt = 4\n'))
    assert style.marks["added"] == MarkStyle("#1b6b3c", "solid", 4.0, False, False)
    assert style.marks["moved"] == load_style("classic").marks["moved"]


def test_a_style_that_says_nothing_of_marks_draws_them_in_a_colour_that_can_be_read(tmp_path: Path) -> None:
    dark = 'extends = "classic"\nbackground = "#101820"\n[title]\ncolour = "#ffffff"\n[legend]\ncolour = "#eeeeee"\n'
    assert load_style(written(tmp_path, dark)).marks["added"].colour == "#eeeeee"


def test_a_mark_that_cannot_be_read_on_the_background_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match=r"line 2, \[marks.added\] colour: text .* has a contrast of 1\.24:1"):
        load_style(written(tmp_path, '[marks.added]\ncolour = "#e6e6e6"\n'))


def test_an_unknown_mark_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match=r'line 1, \[marks.aded\]: is not a mark; did you mean "added"\?'):
        load_style(written(tmp_path, "[marks.aded]\nstruck = true\n"))


def test_the_documented_three_lines_are_a_style(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert found is not None
    assert found[1].count("\n") == 3
    assert load_style(written(tmp_path, found[1])).box("department").fill == "#d9ead3"
