"""The SVG in a real browser: ten beside each other, for the ear, by keyboard, on dark screens, in a page's colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from orgchart.changes.chart import build_change_chart
from orgchart.chart import Chart, build_chart
from orgchart.formats import render
from orgchart.units import load_units
from tests.atlases import by_hand
from tests.change_cases import six_amendments
from tests.charts import SECTOR, chart_of, relation
from tests.conftest import ROOT

SHEET = "svg > rect"
STRICT = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; img-src data:\">"
# Tells of every shape what it looks like, so that neighbours are seen not to have changed it.
LOOKS = """svg => [...svg.querySelectorAll('rect, path, text')].map(shape => {
    const look = getComputedStyle(shape);
    return [look.fill, look.stroke, look.fontSize, look.fontWeight, look.display].join(' ');
})"""


def inline(*svgs: bytes, head: str = "") -> str:
    bodies = "".join(re.sub(r"^<\?xml[^>]*\?>\s*", "", svg.decode()) for svg in svgs)
    title = "<!DOCTYPE html><html lang='sr'><meta charset='utf-8'><title>Прилог</title>"
    return f"{title}{head}<main><h1>Прилог</h1>{bodies}</main></html>"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def ten() -> list[bytes]:
    seed = build_chart(load_units(ROOT / "data" / "units.json"), unit_url="units/{id}")
    related = chart_of(*SECTOR, relations=[relation("law", "un")])
    atlas = by_hand()
    styled = [chart_of(*SECTOR, title="Сектор", style=style) for style in ("print", "contrast")]
    charts = [*(replace(seed, svg=way) for way in ("web", "office", "plain")), related, *styled]
    charts.append(build_change_chart(six_amendments()))
    return [*(render(chart, "svg") for chart in charts), *(render(atlas, "svg", page=n) for n in (1, 2, 3))]


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def test_ten_charts_in_one_page_share_no_id(page: Any, ten: list[bytes]) -> None:
    page.set_content(inline(*ten))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert page.locator("svg").count() == 10
    assert len(ids) > 100
    assert [each for each in set(ids) if ids.count(each) > 1] == []


def test_ten_charts_in_one_page_look_as_each_does_alone(page: Any, ten: list[bytes]) -> None:
    alone = []
    for svg in ten:
        page.set_content(inline(svg))
        alone.append(page.locator("svg").evaluate(LOOKS))
    page.set_content(inline(*ten))
    assert [svg.evaluate(LOOKS) for svg in page.locator("svg").all()] == alone


def test_a_page_with_ten_charts_shuts_nobody_out(page: Any, ten: list[bytes]) -> None:
    page.set_content(inline(*ten))
    assert violations(page) == []


def test_who_hears_the_chart_walks_its_units_as_lists(page: Any) -> None:
    page.set_content(inline(render(chart_of(*SECTOR, title="Сектор", legend=False), "svg")))
    heard = page.locator("svg").aria_snapshot()
    names = re.sub(r"\": .*", '"', heard)
    assert names == (
        '- img "Сектор":\n'
        "  - list:\n"
        "    - listitem:\n"
        '      - img "Сектор за мултилатералну сарадњу, сектор, 3 уже јединице"\n'
        "      - list:\n"
        "        - listitem:\n"
        '          - img "Одељење за Уједињене нације, одељење, 2 уже јединице"\n'
        "          - list:\n"
        "            - listitem:\n"
        '              - img "Група за политичка питања, група"\n'
        "            - listitem:\n"
        '              - img "Група за економска и социјална питања, група"\n'
        "        - listitem:\n"
        '          - img "Одељење за Организацију за европску безбедност и сарадњу и Савет Европе, одељење"\n'
        "        - listitem:\n"
        '          - img "Section for Human Rights and the Environment, одсек"'
    )


def test_the_keyboard_goes_from_unit_to_unit_and_opens_its_address(page: Any) -> None:
    page.route("**/*", lambda route: route.fulfill(body="<title>the unit</title>", content_type="text/html"))
    page.goto("https://example.org/")
    page.set_content(inline(render(chart_of(*SECTOR, unit_url="https://example.org/units/{id}"), "svg")))
    reached = []
    for _ in SECTOR:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href').split('/').pop()"))
    assert reached == ["sector", "un", "politics", "economy", "osce", "law"]
    page.keyboard.press("Enter")
    page.wait_for_url("https://example.org/units/law")


def colours(page: Any, chart: Chart) -> tuple[str, str, str]:
    """Of the sheet, and of the fill and the letters of the top unit."""
    page.set_content(inline(render(chart, "svg")))
    fill = "shape => getComputedStyle(shape).fill"
    found = (SHEET, "[data-unit=sector] > rect", "[data-unit=sector] > text")
    sheet, box, text = (page.locator(each).first.evaluate(fill) for each in found)
    return sheet, box, text


def test_on_a_dark_screen_it_is_dark_and_on_paper_it_stays_light(page: Any) -> None:
    chart = chart_of(*SECTOR)
    light = ("rgb(255, 255, 255)", "rgb(31, 61, 109)", "rgb(255, 255, 255)")
    assert colours(page, chart) == light
    page.emulate_media(color_scheme="dark")
    assert colours(page, chart) == ("rgb(19, 19, 19)", "rgb(170, 199, 245)", "rgb(19, 19, 19)")
    page.emulate_media(color_scheme="dark", media="print")
    assert colours(page, chart) == light


@pytest.mark.parametrize("way", ["office", "plain"])
def test_only_the_chart_for_the_web_turns_dark(page: Any, way: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_content(inline(render(chart_of(*SECTOR, svg=way), "svg")))
    assert page.locator(SHEET).evaluate("shape => getComputedStyle(shape).fill") == "rgb(255, 255, 255)"


def test_a_page_sets_the_colours_of_a_level_in_all_its_charts_or_in_one(page: Any) -> None:
    svgs = [render(chart_of(*SECTOR, style=style), "svg") for style in ("classic", "contrast")]
    wishes = "<style>:root{--orgchart-sector-fill:#007700}</style>"
    page.set_content(inline(*svgs, head=wishes))
    boxes = page.locator("[data-unit=sector] > rect")
    fill = "shapes => shapes.map(shape => getComputedStyle(shape).fill)"
    assert boxes.evaluate_all(fill) == ["rgb(0, 119, 0)"] * 2
    own = page.locator("svg").first.get_attribute("id")
    page.set_content(inline(*svgs, head=f"<style>#{own}{{--orgchart-sector-fill:#007700}}</style>"))
    first, second = boxes.evaluate_all(fill)
    assert first == "rgb(0, 119, 0)" != second


@pytest.mark.parametrize("way", ["web", "office", "plain"])
def test_where_a_page_allows_no_styles_it_is_shown_in_its_own_colours(page: Any, way: str) -> None:
    page.set_content(inline(render(chart_of(*SECTOR, svg=way), "svg"), head=STRICT))
    assert page.locator(SHEET).evaluate("shape => getComputedStyle(shape).fill") == "rgb(255, 255, 255)"
    fills = page.locator("svg").evaluate(
        "svg => [...svg.querySelectorAll('rect')].map(box => getComputedStyle(box).fill)"
    )
    assert "rgb(31, 61, 109)" in fills
