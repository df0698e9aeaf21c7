"""Fonts and wrapping: what a face measures, what it lacks, and where a name may be broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgchart.errors import FontError
from orgchart.text import load_font
from orgchart.wrapping import phrase, wrap

REGULAR = load_font("PT Sans").face(bold=False, italic=False)


def test_the_bundled_font_is_found_by_name_whatever_the_case() -> None:
    assert load_font("pt SANS").family == "PT Sans"


def test_an_advance_is_the_sum_of_the_fonts_own_widths() -> None:
    assert REGULAR.advance("УН") == pytest.approx(0.553 + 0.672)


def test_kerning_narrows_a_pair_that_the_font_kerns() -> None:
    assert REGULAR.advance("AV") < REGULAR.advance("A") + REGULAR.advance("V")


def test_bold_is_wider_than_regular() -> None:
    assert load_font("PT Sans").face(bold=True, italic=False).advance("Сектор") > REGULAR.advance("Сектор")


def test_every_letter_of_both_serbian_scripts_has_a_glyph() -> None:
    letters = "абвгдђежзијклљмнњопрстћуфхцчџшabcčćdđefghijklmnopqrsštuvwxyzž"
    assert load_font("PT Sans").lacks(letters + letters.upper()) == ""


def test_missing_glyphs_are_listed_once_in_order() -> None:
    assert load_font("PT Sans").lacks("漢字 漢 ж\n") == "字漢"


def test_an_uninstalled_font_is_refused_by_name() -> None:
    with pytest.raises(FontError, match='font "No Such Face" is not installed on this machine'):
        load_font("No Such Face")


def test_a_subset_has_the_glyphs_asked_for_and_no_other() -> None:
    import uharfbuzz as hb

    subset = hb.Face(hb.Blob(REGULAR.subset(map(ord, "УН"))), 0)
    assert set(subset.unicodes) == set(map(ord, "УН"))


def test_glyphs_of_a_line_carry_its_text_and_its_width() -> None:
    glyphs = REGULAR.glyphs("Одсек за УН")
    assert "".join(glyph.text for glyph in glyphs) == "Одсек за УН"
    assert glyphs[-1].x + glyphs[-1].advance == pytest.approx(REGULAR.advance("Одсек за УН"))


def test_a_short_name_stays_on_one_line() -> None:
    assert wrap("Одсек за УН", REGULAR, 20) == ("Одсек за УН",)


def test_za_goes_with_the_word_that_follows() -> None:
    assert wrap("Одељење за Организацију", REGULAR, 8) == ("Одељење", "за Организацију")


def test_za_stays_where_moving_it_would_cost_a_line() -> None:
    width = REGULAR.advance("мултилатералну") + 0.1
    assert wrap("Одељење за мултилатералну", REGULAR, width) == ("Одељење за", "мултилатералну")


def test_lines_are_even_instead_of_leaving_one_word_over() -> None:
    assert wrap("Одсек за људска права и заштиту", REGULAR, 12.5) == ("Одсек за људска", "права и заштиту")


def test_a_hyphen_is_broken_at_before_a_word_is() -> None:
    assert wrap("финансијско-материјалне", REGULAR, 8) == ("финансијско-", "материјалне")


def test_a_word_wider_than_the_line_is_broken_and_nothing_is_lost() -> None:
    lines = wrap("Донаудампфшифартсгезелшафт", REGULAR, 6)
    assert len(lines) > 1
    assert "".join(lines) == "Донаудампфшифартсгезелшафт"


def test_a_mark_is_never_parted_from_its_letter() -> None:
    lines = wrap("а́" * 10, REGULAR, 0.6)
    assert lines == ("а́",) * 10


def test_a_no_break_space_is_no_place_to_break() -> None:
    assert wrap("члан\u00a012 Одсек", REGULAR, 6) == ("члан\u00a012", "Одсек")


def test_line_breaks_of_the_name_stay() -> None:
    assert wrap("Сектор\nза сарадњу", REGULAR, 30) == ("Сектор", "за сарадњу")


names = st.text(alphabet="абвгдђ за и-–.()АБЖabc\n", min_size=1, max_size=120)


@given(names, st.floats(2, 30))
def test_wrapping_loses_no_letter(name: str, width: float) -> None:
    lines = wrap(name, REGULAR, width)
    assert "".join("".join(lines).split()) == "".join(name.split())


@given(names, st.floats(2, 30))
def test_the_count_of_lines_is_what_wrapping_gives(name: str, width: float) -> None:
    assert len(wrap(name, REGULAR, width)) == phrase(name, REGULAR).count(width)


@given(names, st.floats(2, 30))
def test_every_line_fits_its_width(name: str, width: float) -> None:
    # Joined pieces may be kerned; a twentieth of an em is less than any style's padding.
    assert all(REGULAR.advance(line) <= width + 0.05 for line in wrap(name, REGULAR, width))


def test_a_line_that_fits_to_the_last_bit_is_no_trouble() -> None:
    # The sum of the last line's words and spaces is 13.200000000000001 in one order of adding and 13.2 in another.
    assert wrap("Одсек Одсек Одсек Одсек сарадњу за сарадњу европску", REGULAR, 13.2) == (
        "Одсек Одсек Одсек",
        "Одсек сарадњу",
        "за сарадњу европску",
    )
