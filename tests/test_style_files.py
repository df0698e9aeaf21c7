"""Claims about style files that are wrong: each fault is told with its file, place, rule and remedy."""

from __future__ import annotations

import os
import re
import tracemalloc
from pathlib import Path

import pytest

from orgchart.errors import StyleError
from orgchart.style_files import StyleSource, find_style
from orgchart.styles import load_style


def written(folder: Path, text: str | bytes, name: str = "own.toml") -> str:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def faults_of(folder: Path, text: str | bytes) -> list[str]:
    """The lines of the error, without the file's name."""
    with pytest.raises(StyleError) as caught:
        load_style(written(folder, text))
    return [line.removeprefix(f"{folder / 'own.toml'}, ") for line in str(caught.value).split("\n")]


def only_fault(folder: Path, text: str | bytes) -> str:
    (fault,) = faults_of(folder, text)
    return fault


# Chains of files


def test_files_that_extend_each_other_in_a_circle_are_named(tmp_path: Path) -> None:
    a, b = str(tmp_path / "a.toml"), str(tmp_path / "b.toml")
    written(tmp_path, 'extends = "b.toml"', "a.toml")
    written(tmp_path, '# b\nextends = "./a.toml"', "b.toml")
    with pytest.raises(StyleError) as caught:
        load_style(a)
    assert str(caught.value) == (
        f"{b}, line 2, extends: the files extend each other in a circle: {a} → {b} → {a}; remove one of these lines"
    )


def test_a_file_that_extends_itself_is_refused(tmp_path: Path) -> None:
    assert "in a circle" in only_fault(tmp_path, 'extends = "own.toml"')


def test_nine_files_that_extend_each_other_are_too_many_and_eight_are_not(tmp_path: Path) -> None:
    for number in range(1, 10):
        written(tmp_path, f'extends = "{number + 1}.toml"' if number < 9 else "", f"{number}.toml")
    assert load_style(str(tmp_path / "2.toml")).font == "PT Sans"
    with pytest.raises(StyleError, match=r"8\.toml, line 1, extends: more than 8 files extend each other"):
        load_style(str(tmp_path / "1.toml"))


def test_the_faults_of_an_extended_file_name_that_file(tmp_path: Path) -> None:
    base = written(tmp_path, '[title]\ncolour = "red"\n', "base.toml")
    with pytest.raises(StyleError, match=f"^{re.escape(base)}, line 2, "):
        load_style(written(tmp_path, 'extends = "base.toml"\n'))


# Faults and how they are told


def test_all_faults_of_a_file_come_together_in_its_order(tmp_path: Path) -> None:
    text = (
        'extends = "clasic"\ncolour = "#000000"\n[levels.department]\nfill = "green"\nbolt = true\n'
        "[spacing]\nindent_pt = true\n"
    )
    assert faults_of(tmp_path, text) == [
        'line 1, extends: "clasic" is not a bundled style; did you mean "classic"? the bundled styles are classic, '
        'contrast, print; a file of your own is given by its path, ending in ".toml"',
        "line 2, colour: is not a key here; allowed are name, description, extends, font, background, minimum_contrast",
        'line 4, [levels.department] fill: "green" is not allowed; allowed is a colour as "#rrggbb"',
        'line 5, [levels.department] bolt: is not a key here; did you mean "bold"? allowed are fill, text, border, '
        "border_width_pt, border_line, corner, font_size_pt, bold, italic, padding_x_pt, padding_y_pt, "
        "min_width_pt, max_width_pt, arrange, show",
        "line 7, [spacing] indent_pt: true is not allowed; allowed is a number from 6 to 200 (pt)",
    ]


def test_a_level_outside_levels_is_told_where_it_belongs(tmp_path: Path) -> None:
    assert only_fault(tmp_path, "[department]\nbold = true\n") == (
        "line 1, department: is not a table of a style file; for the look of a level write [levels.department]; "
        "allowed are connectors, relations, title, legend, notes, spacing, levels, marks"
    )


def test_a_box_key_directly_under_levels_is_told_where_it_belongs(tmp_path: Path) -> None:
    assert only_fault(tmp_path, "[levels]\nbold = true\n") == (
        "line 2, [levels] bold: is a key of one level's table, not of [levels]; for all levels: [levels.default]"
    )


def test_a_plain_value_where_a_table_belongs_is_refused(tmp_path: Path) -> None:
    assert (
        only_fault(tmp_path, "title = 3\n")
        == "line 1, [title]: must be a table, not 3; write [title] with its keys below"
    )
    assert only_fault(tmp_path, "[[levels]]\n") == (
        "[levels]: must be a table, not a list; write [levels] with its keys below"
    )
    assert only_fault(tmp_path, "[levels]\nsector = 1\n") == (
        "line 2, [levels.sector]: must be a table, not 1; write [levels.sector] with its keys below"
    )
    assert only_fault(tmp_path, "\nlevels = 1\n") == (
        "line 2, [levels]: must be a table, not 1; write [levels] with its keys below"
    )


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("levels.sector", 'fill = "url(#x)"'),
        ("levels.sector", 'fill = "navy"'),
        ("levels.sector", 'fill = "#fff"'),
        ("levels.sector", 'fill = "#ffffff\\n"'),
        ("levels.sector", 'fill = "#ffffff;</style>"'),
        ("levels.sector", 'fill = "u\\\\72l(x)"'),
        ("levels.sector", "fill = 0"),
        ("levels.sector", 'corner = "nosuch"'),
        ("levels.sector", 'border_line = ["solid"]'),
        ("levels.sector", "border_width_pt = 1e11"),
        ("levels.sector", "border_width_pt = -1"),
        ("levels.sector", "border_width_pt = true"),
        ("levels.sector", 'border_width_pt = "1"'),
        ("levels.sector", "font_size_pt = nan"),
        ("levels.sector", "font_size_pt = inf"),
        ("levels.sector", "font_size_pt = 1e999"),
        ("levels.sector", "font_size_pt = " + "9" * 900),
        ("levels.sector", "bold = 1"),
        ("levels.sector", 'bold = "true"'),
        ("levels.sector", "bold = 2026-11-24"),
        ("connectors", 'line = "double"'),
        ("spacing", "margin_mm = 51"),
    ],
)
def test_a_value_outside_its_allowed_ones_is_refused(tmp_path: Path, table: str, line: str) -> None:
    key = line.split(" ")[0]
    assert only_fault(tmp_path, f"[{table}]\n{line}\n").startswith(f"line 2, [{table}] {key}: ")


@pytest.mark.parametrize(
    "font_name",
    [
        'x\\"><script>',
        "PT Sans, serif",
        "a;b",
        "</style>",
        "@import",
        "PT  Sans",
        " PT Sans",
        "-rf",
        "",
        "A" * 61,
        "a\\nb",
    ],
)
def test_a_font_is_only_a_family_name(tmp_path: Path, font_name: str) -> None:
    assert only_fault(tmp_path, f'font = "{font_name}"\n').startswith("line 1, font: ")


@pytest.mark.parametrize("key", ["name", "description"])
def test_markup_and_control_characters_are_refused_in_words(tmp_path: Path, key: str) -> None:
    for words in ("</style>", "a\\u0007b", "a\\nb", "a\\u202eb"):
        assert only_fault(tmp_path, f'{key} = "{words}"\n').startswith(f"line 1, {key}: ")


def test_a_message_shows_no_control_character(tmp_path: Path) -> None:
    assert '"\\u001b[31m" is not allowed' in only_fault(tmp_path, 'background = "\\u001b[31m"\n')


@pytest.mark.parametrize("level", ['""', '" sector"', '"a\\u0007b"', "a" * 101])
def test_a_level_is_a_printable_word(tmp_path: Path, level: str) -> None:
    assert "a level is a printable word" in only_fault(tmp_path, f"[levels.{level}]\n")


def test_a_level_has_at_most_a_hundred_characters_and_its_line_is_told(tmp_path: Path) -> None:
    assert load_style(written(tmp_path, f"[levels.{'a' * 100}]\nbold = true\n")).box("a" * 100).bold
    assert only_fault(tmp_path, f"\n[levels.{'a' * 101}]\n") == (
        f'line 2, [levels."{"a" * 79}…"]: a level is a printable word of 1 to 100 characters, without spaces around it'
    )


def test_text_too_faint_for_its_fill_is_told_with_the_measured_and_the_needed_ratio(tmp_path: Path) -> None:
    assert only_fault(tmp_path, '[levels.sector]\nfill = "#777777"\ntext = "#ffffff"\n') == (
        'line 3, [levels.sector] text: text "#ffffff" on fill "#777777" has a contrast of 4.47:1, at least 4.5:1 is '
        'needed; text in "#000000" would have 4.68:1'
    )


def test_a_fill_that_no_text_can_be_read_on_says_so(tmp_path: Path) -> None:
    assert only_fault(tmp_path, 'minimum_contrast = 7\n[levels.sector]\nfill = "#777777"\n') == (
        'line 3, [levels.sector] fill: text "#000000" on fill "#777777" has a contrast of 4.68:1, at least 7:1 is '
        'needed; no text colour reaches that on "#777777"; make it lighter or darker'
    )


def test_contrast_is_checked_again_with_what_is_extended(tmp_path: Path) -> None:
    found = faults_of(tmp_path, 'extends = "classic"\nbackground = "#777777"\n')
    assert [fault.split(":")[0] for fault in found] == ["[title] colour", "[legend] colour"]


def test_a_raised_minimum_holds_for_every_extended_level(tmp_path: Path) -> None:
    assert only_fault(tmp_path, 'extends = "classic"\nminimum_contrast = 7\n').startswith("[levels.directorate] text: ")


def test_title_and_legend_are_measured_against_the_background(tmp_path: Path) -> None:
    found = faults_of(tmp_path, '[title]\ncolour = "#999999"\n[legend]\ncolour = "#ffffff"\n')
    assert found == [
        'line 2, [title] colour: text "#999999" on the background "#ffffff" has a contrast of 2.84:1, at least 4.5:1 '
        'is needed; text in "#000000" would have 21:1',
        'line 4, [legend] colour: text "#ffffff" on the background "#ffffff" has a contrast of 1:1, at least 4.5:1 '
        'is needed; text in "#000000" would have 21:1',
    ]


def test_a_fault_of_the_default_is_told_once_and_not_for_each_level(tmp_path: Path) -> None:
    text = '[levels.default]\ntext = "#eeeeee"\n[levels.sector]\nbold = true\n[levels.group]\nbold = true\n'
    assert only_fault(tmp_path, text).startswith("line 2, [levels.default] text: ")


def test_nothing_lowers_the_contrast_below_four_and_a_half(tmp_path: Path) -> None:
    assert only_fault(tmp_path, "minimum_contrast = 3\n") == (
        "line 1, minimum_contrast: 3 is not allowed; allowed is a number from 4.5 to 21"
    )


def test_a_least_width_above_the_greatest_is_refused(tmp_path: Path) -> None:
    assert only_fault(tmp_path, "[levels.sector]\nmin_width_pt = 181\n") == (
        "line 2, [levels.sector] min_width_pt: the least width, 181 pt, is above the greatest, 180 pt; "
        "lower min_width_pt or raise max_width_pt"
    )


def test_padding_that_leaves_no_room_for_text_is_refused(tmp_path: Path) -> None:
    assert only_fault(tmp_path, "[levels.sector]\npadding_x_pt = 50\n") == (
        "line 1, [levels.sector] min_width_pt: a box 110 pt wide with 50 pt of padding a side leaves 10 pt for text "
        "of 10 pt; at least 20 pt are needed; raise min_width_pt or lower padding_x_pt"
    )


def test_a_double_border_keeps_its_lines_apart_and_off_the_text(tmp_path: Path) -> None:
    text = '[levels.sector]\nborder_line = "double"\nborder_width_pt = 3.5\npadding_y_pt = 5\n'
    assert faults_of(tmp_path, text) == [
        "line 3, [levels.sector] border_width_pt: 3.5 pt fills the gap between the two lines, 4 pt apart; "
        "use at most 3 pt, or another border_line",
        "line 4, [levels.sector] padding_y_pt: 5 pt puts the text on the inner line of the double border; "
        "use at least 7.5 pt",
    ]


# Files that are no style files


@pytest.mark.parametrize("text", ["a = " + "[" * 900, "a = " + "[\n" * 30_000], ids=["one line", "many lines"])
def test_deep_nesting_is_a_clean_error(tmp_path: Path, text: str) -> None:
    assert re.match(r"(file: values are nested too deeply|.*is not TOML)", only_fault(tmp_path, text))


def test_a_hundred_thousand_brackets_are_a_clean_error(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, "a = " + "[" * 100_000)
    assert fault.startswith("file: has 100,004 bytes, more than 65,536, the limit toml_bytes; ")


def test_a_key_of_thousands_of_parts_takes_no_memory(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        fault = only_fault(tmp_path, "a." * 30_000 + "a = 1\n")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fault == "line 1: is longer than 1,000 characters; break it up"
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            'font = "PT Sans"'.encode("utf-16"),
            "line 1: the file is not UTF-8: it looks like UTF-16; save the file as UTF-8",
        ),
        (
            b'\nname = "\xe9"',
            "line 2: the file is not UTF-8 (byte 0xE9): it looks like Latin-1 (ISO-8859-1, Windows-1252); "
            "save the file as UTF-8",
        ),
        (
            b"a" * 65_537,
            "file: has 65,537 bytes, more than 65,536, the limit toml_bytes; keep it to a page of settings, "
            "or raise it: ORGCHART_LIMIT_TOML_BYTES=65537",
        ),
    ],
    ids=["UTF-16", "Latin-1", "large"],
)
def test_bytes_that_are_no_text_are_told(tmp_path: Path, content: bytes, fault: str) -> None:
    assert only_fault(tmp_path, content) == fault


def test_what_is_not_toml_is_told_with_line_and_column(tmp_path: Path) -> None:
    assert only_fault(tmp_path, "[title]\nbold: true\n") == (
        "line 2, column 5: is not TOML: Expected '=' after a key in a key/value pair; "
        'write tables as [levels.sector] and values as fill = "#1f3a5f"'
    )
    assert "is not TOML" in only_fault(tmp_path, "[title]\nbold = true\nbold = true\n")
    assert "is not TOML" in only_fault(tmp_path, '[title]\ncolour = "\\uD800"\n')


def test_a_missing_file_a_folder_and_a_pipe_are_clean_errors(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    for name, rule in (
        ("none", "does not exist; give a .toml file or one of classic, contrast, print"),
        ("folder", "is a folder; give a style file ending in .toml"),
        ("pipe", "is not a regular file; give a .toml file or one of classic, contrast, print"),
    ):
        file = str(tmp_path / f"{name}.toml")
        with pytest.raises(StyleError) as caught:
            load_style(file)
        assert str(caught.value) == f"{file}, file: {rule}"


@pytest.mark.parametrize("name", ["", "a\0.toml", "a" * 5000 + ".toml", "\x1b[31m", "../styles/classic"])
def test_a_strange_name_is_a_clean_error(name: str) -> None:
    with pytest.raises(StyleError) as caught:
        load_style(name)
    assert str(caught.value).isprintable()


def test_a_bundled_style_is_the_same_file_however_it_is_named() -> None:
    named = find_style("classic", None)
    assert isinstance(named, StyleSource)
    by_path = find_style(str(named.file), None)
    assert isinstance(by_path, StyleSource)
    assert (named.shown, named.folder) == ("classic.toml", None)
    assert named.identity == by_path.identity
    assert by_path.identity.endswith("/styles/classic.toml")


def test_an_extended_file_that_is_missing_is_told_at_its_extends(tmp_path: Path) -> None:
    assert only_fault(tmp_path, '\nextends = "nosuch.toml"\n') == (
        f"line 2, extends: {tmp_path / 'nosuch.toml'} does not exist; the path starts from the folder of this file"
    )


def test_the_foot_has_the_legend_s_colour_unless_a_file_says_otherwise(tmp_path: Path) -> None:
    on_black = 'background = "#000000"\n[title]\ncolour = "#ffffff"\n[legend]\ncolour = "#eeeeee"\n'
    assert load_style(written(tmp_path, on_black)).notes.colour == "#eeeeee"
    assert load_style(written(tmp_path, on_black + '[notes]\ncolour = "#ffff00"\n')).notes.colour == "#ffff00"
    assert only_fault(tmp_path, on_black + '[notes]\ncolour = "#222222"\n').startswith(
        'line 7, [notes] colour: text "#222222" on the background "#000000" has a contrast of 1.31:1'
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('["posts"]', '["posts"]'),
        ('["staff", "staff"]', '["staff", "staff"]'),
        ('["a", "b", "c", "d"]', '["a", "b", "c", …]'),
        ('"staff"', '"staff"'),
        ("[1]", "a list"),
    ],
)
def test_only_what_a_box_can_show_is_shown(tmp_path: Path, value: str, said: str) -> None:
    assert only_fault(tmp_path, f"[levels.default]\nshow = {value}\n") == (
        f"line 2, [levels.default] show: {said} is not allowed; "
        'allowed is a list of any of "number", "abbreviation", "staff"'
    )


def test_marks_that_are_no_table_and_a_mark_that_is_none_are_told(tmp_path: Path) -> None:
    assert only_fault(tmp_path, "\nmarks = 1") == (
        "line 2, [marks]: must be a table, not 1; write [marks] with its keys below"
    )
    assert "must be a table, not a list" in only_fault(tmp_path, "marks = [\n1 ]")
    assert only_fault(tmp_path, "\n[marks.aded]\nsign = true") == (
        'line 2, [marks.aded]: is not a mark; did you mean "added"? allowed are added, abolished, moved, moved-away, '
        "renamed, level, split, merged, functions, staff, placement, order"
    )
    assert only_fault(tmp_path, "[marks]\nadded = 1") == (
        "line 2, [marks.added]: must be a table, not 1; write [marks.added] with its keys below"
    )
