"""The page in a real browser: what a reader does by pointer, by keyboard, in both scripts, on a phone and on paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from orgchart.chart import build_chart
from orgchart.formats import render
from orgchart.script import fold
from orgchart.units import load_units
from tests.atlases import by_hand
from tests.charts import chart_of, unit
from tests.conftest import ROOT
from tests.test_html import HOSTILE

UN = "odeljenje-za-ujedinjene-nacije"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    berlin = load_units(ROOT / "benchmarks" / "data" / "berlin_finance.units.json")
    charts = {
        "seed": build_chart(load_units(ROOT / "data" / "units.json")),
        "berlin": build_chart(berlin, page="A3"),
        "atlas": by_hand(),
        "hostile": chart_of(unit("top"), *(unit(name[:60], name, "top") for name in HOSTILE)),
    }
    for name, chart in charts.items():
        (folder / f"{name}.html").write_bytes(render(chart, "html"))
    return {name: folder / f"{name}.html" for name in charts}


Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, pages: dict[str, Path]) -> Iterator[Open]:
    """A page in a window of its own. What it says to the console, and what it asks of the network, is a fault."""
    contexts, faults = [], []

    def open_page(name: str = "seed", at: str = "", size: tuple[int, int] = (1280, 800), **wishes: Any) -> Any:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", **wishes)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        address = pages[name].as_uri()
        page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else faults.append(asked.url))
        page.goto(address + at)
        if wishes.get("java_script_enabled", True):
            page.wait_for_selector("[data-ready]", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def heading(page: Any) -> str:
    found: str = page.locator("#panel h2").inner_text()
    return found


def focused(page: Any) -> str:
    found: str = page.evaluate("document.activeElement.id || document.activeElement.className")
    return found


def shown_boxes(page: Any) -> int:
    found: int = page.locator(".current .drawing:not([hidden]) [data-unit]:visible").count()
    return found


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def painted(page: Any) -> list[int]:
    """How many different colours are seen inside each box, its border left out: one where no letter is painted."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    found = []
    for box in page.locator(".current .drawing:not([hidden]) [data-unit] > rect").all():
        place = box.bounding_box()
        left, top, right, bottom = place["x"], place["y"], place["x"] + place["width"], place["y"] + place["height"]
        middle = (left + 6, top + (bottom - top) * 0.2, right - 14, bottom - (bottom - top) * 0.2)
        found.append(len(picture.crop(tuple(map(round, middle))).getcolors(1 << 16)))
    return found


@pytest.mark.parametrize("width", [1000, 1050, 1100, 1123, 1200, 1280])
def test_letters_are_painted_in_their_boxes_at_any_width_and_after_zooming(opened: Open, width: int) -> None:
    page = opened(size=(width, 794))
    page.wait_for_timeout(600)
    assert min(painted(page)) > 5
    for button in ("#zoom-out", "#zoom-in"):
        page.click(button)
        page.wait_for_timeout(600)
        assert min(painted(page)) > 5


@pytest.mark.parametrize("typed", ["уједињене", "ujedinjene", "UJEDINJENE naci", "department for the united"])
def test_a_search_in_either_script_or_in_english_finds_the_unit(opened: Open, typed: str) -> None:
    page = opened()
    page.fill("#search", typed)
    assert page.locator("#results li span").first.inner_text() == "Одељење за Уједињене нације"
    page.keyboard.press("Enter")
    assert heading(page) == "Одељење за Уједињене нације"


def test_a_search_without_diacritics_finds_letters_with_them(opened: Open) -> None:
    page = opened()
    page.fill("#search", "zastitu zivotne")
    assert page.locator("#results li span").all_inner_texts() == ["Одсек за људска права и заштиту животне средине"]
    page.fill("#search", "nista takvo")
    assert page.locator("#results").is_hidden()
    assert page.locator("#status").inner_text() == "Нема погодака"


def test_a_word_of_a_function_finds_the_unit_that_has_it(opened: Open) -> None:
    page = opened()
    page.fill("#search", "međunarodnih konvencija")
    assert "извршавање обавеза" in page.locator("#results li small").first.inner_text()


@given(st.lists(st.text(st.sampled_from("АБЉњЏђшЧćČđŽžšdžnjQxÄöé I–1") | st.characters(codec="utf-8"), max_size=12)))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_page_folds_words_as_orgchart_does(folding: Any, words: list[str]) -> None:
    known = [word for word in words if all(ord(c) < 0x250 or 0x400 <= ord(c) < 0x460 for c in word)]
    assert folding(known) == [fold(word) for word in known]


@pytest.fixture(scope="module")
def folding(browser: Any, pages: dict[str, Path]) -> Iterator[Any]:
    """The page's own function, taken out of it."""
    page = browser.new_page()
    page.goto(pages["seed"].as_uri())
    script = page.locator("script").last.text_content() or ""
    body = script[script.index("const folded") : script.index("let found")]
    data = "const data = JSON.parse(document.getElementById('chart-data').textContent);"
    yield lambda words: page.evaluate(f"(words) => {{ {data} {body} return words.map(folded); }}", words)
    page.close()


def test_from_search_to_the_sentence_of_a_function_by_keyboard_alone(opened: Open) -> None:
    page = opened()
    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.type("odeljenje")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "result-0"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    quote = page.locator("#panel details[open] blockquote")
    assert quote.is_visible()
    assert "- активност УН и њених специјализованих агенција;" in quote.inner_text()
    assert "ред 15, multilateral-sector.txt" in quote.inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert focused(page) == "search"


def test_the_keyboard_walks_from_unit_to_unit_on_the_chart(opened: Open) -> None:
    page = opened()
    page.locator("#canvas").focus()
    page.keyboard.press("Enter")
    names = []
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        names.append((page.locator(".spot").get_attribute("aria-label") or "").split(",")[0])
    assert [name[:24] for name in names] == [
        "Одељење за Уједињене нац", "Одељење за Организацију ", "Одељење за Уједињене нац",
        "Група за политичка питањ", "Група за политичка питањ", "Одељење за Уједињене нац",
    ]  # fmt: skip
    page.keyboard.press("Enter")
    assert heading(page) == "Одељење за Уједињене нације"
    page.keyboard.press("Escape")
    assert focused(page) == "spot"


def test_a_click_on_a_box_tells_of_its_unit(opened: Open) -> None:
    page = opened()
    page.locator(f'.script-0 [data-unit="{UN}"]').click()
    assert heading(page) == "Одељење за Уједињене нације"
    words = page.locator("#panel").inner_text()
    for said in ("Одељење", "Сектор за мултилатералну сарадњу", "УН", "Department for the United Nations"):
        assert said in words
    assert "Група за политичка питања УН" in words
    assert page.evaluate("location.hash") == f"#unit-{UN}"
    page.locator("#panel .path a").click()
    assert heading(page) == "Сектор за мултилатералну сарадњу"
    page.go_back()
    assert heading(page) == "Одељење за Уједињене нације"


def test_a_drag_moves_the_chart_and_opens_nothing(opened: Open) -> None:
    page = opened()
    box = page.locator(f'.script-0 [data-unit="{UN}"]')
    before = box.bounding_box()
    page.mouse.move(before["x"] + 20, before["y"] + 20)
    page.mouse.down()
    page.mouse.move(before["x"] + 90, before["y"] + 60, steps=4)
    page.mouse.up()
    page.wait_for_timeout(50)
    after = box.bounding_box()
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (70, 40)
    assert page.locator("#panel").is_hidden()


def test_keys_buttons_and_wheel_zoom_and_zero_fits_again(opened: Open) -> None:
    page = opened()

    def width() -> float:
        page.wait_for_timeout(50)
        found: float = page.locator(".sheet.current").bounding_box()["width"]
        return found

    fitted = width()
    page.locator("#canvas").focus()
    page.keyboard.press("+")
    assert width() == pytest.approx(fitted * 1.25, rel=0.01)
    page.keyboard.press("-")
    page.click("#zoom-in")
    page.click("#zoom-in")
    assert width() == pytest.approx(fitted * 1.5625, rel=0.01)
    page.mouse.move(300, 300)
    page.keyboard.down("Control")
    page.mouse.wheel(0, 40)
    page.keyboard.up("Control")
    assert width() < fitted * 1.5
    page.locator("#canvas").focus()
    page.keyboard.press("0")
    assert width() == pytest.approx(fitted, rel=0.01)
    left = page.locator(".sheet.current").bounding_box()["x"]
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(50)
    assert page.locator(".sheet.current").bounding_box()["x"] == pytest.approx(left - 80, abs=1)


def test_two_fingers_zoom(opened: Open) -> None:
    page = opened(has_touch=True)
    before = page.locator(".sheet.current").bounding_box()["width"]
    session = page.context.new_cdp_session(page)
    for kind, spread in (("touchStart", 50), ("touchMove", 70), ("touchMove", 100)):
        points = [{"x": 400 - spread, "y": 300, "id": 1}, {"x": 400 + spread, "y": 300, "id": 2}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(50)
    assert page.locator(".sheet.current").bounding_box()["width"] == pytest.approx(2 * before, rel=0.05)
    assert page.locator("#panel").is_hidden()


def test_a_folded_branch_leaves_the_chart_with_its_rails_and_counts_its_units(opened: Open) -> None:
    page = opened()
    assert shown_boxes(page) == 9
    page.locator(f'[id="unit-{UN}"] > .unit .fold').click()
    assert shown_boxes(page) == 6
    assert page.locator(f'.script-0 [data-parent="{UN}"]').is_hidden()
    badge = page.locator("#layer .fold[aria-expanded=false]")
    assert badge.inner_text() == "+3"
    assert page.locator(f'[id="unit-{UN}"] > ul').is_hidden()
    badge.click()
    assert shown_boxes(page) == 9
    page.click("#collapse-all")
    assert shown_boxes(page) == 6
    page.fill("#search", "унеско")
    page.keyboard.press("Enter")
    assert shown_boxes(page) == 9
    page.keyboard.press("Escape")
    page.locator("#layer .fold").first.click()
    assert shown_boxes(page) == 1
    page.click("#expand-all")
    assert shown_boxes(page) == 9


def test_a_relation_leaves_with_the_units_it_ties(browser: Any, tmp_path: Path) -> None:
    from tests.charts import SECTOR, relation

    chart = chart_of(*SECTOR, relations=[relation("politics", "law")])
    (tmp_path / "page.html").write_bytes(render(chart, "html"))
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    lines, words = page.locator("[data-from]:visible"), page.locator("[id$=relations] > g > text:visible")
    assert (lines.count(), words.count()) == (1, 1)
    page.locator('[id="unit-un"] > .unit .fold').click()
    assert (lines.count(), words.count()) == (0, 0)
    page.close()


def test_a_link_to_a_unit_shows_it_and_a_strange_one_shows_the_page(opened: Open) -> None:
    page = opened(at=f"#unit-{UN}")
    assert heading(page) == "Одељење за Уједињене нације"
    assert page.locator(".spot").is_visible()
    for strange in ("#unit-nobody", "#unit-%E0%A4%A", "#<script>"):
        assert opened(at=strange).locator("#panel").is_hidden()


def test_the_link_of_a_unit_can_be_copied(opened: Open) -> None:
    page = opened(at=f"#unit-{UN}", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#panel .tools button").first.click()
    page.locator("#status:not(:empty)").wait_for(state="attached")
    assert page.locator("#status").inner_text() == "Веза је копирана"
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"seed.html#unit-{UN}")


def test_the_script_switch_turns_names_words_search_details_and_drawing(opened: Open) -> None:
    page = opened(at=f"#unit-{UN}")
    page.click("[data-script='1']")
    assert heading(page) == "Odeljenje za Ujedinjene nacije"
    assert "aktivnost UN i njenih specijalizovanih agencija" in page.locator("#panel").inner_text()
    assert page.locator("html").get_attribute("lang") == "sr-Latn"
    assert page.locator("h1").inner_text() == "Organizaciona struktura Sektora za multilateralnu saradnju"
    assert page.locator("#search").get_attribute("placeholder") == "Naziv, skraćenica ili nadležnost"
    assert page.locator(".script-1").is_visible()
    assert page.locator(".script-0").is_hidden()
    page.fill("#search", "људска")
    assert page.locator("#results li span").all_inner_texts() == ["Odsek za ljudska prava i zaštitu životne sredine"]
    cyrillic = [sign for sign in page.locator("body").inner_text() if "Ѐ" <= sign <= "ӿ"]
    assert "".join(cyrillic) == "Ћирилица"
    page.click("[data-script='0']")
    assert heading(page) == "Одељење за Уједињене нације"


def test_pages_of_an_atlas_are_turned_and_lead_to_each_other(opened: Open) -> None:
    page = opened("atlas")
    assert page.locator("#pages option").all_inner_texts()[:2] == [
        "стр.\u00a01 · Министарство финансија", "стр.\u00a02 · Сектор за буџет",
    ]  # fmt: skip
    box = page.locator('#page-1 .script-0 [data-unit="budget"]').bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 6)
    assert page.locator("#page-2").is_visible()
    assert page.locator("#page-1").is_hidden()
    assert page.locator("#panel").is_hidden()
    page.click("#next")
    assert page.locator("#pages").input_value() == "2"
    page.fill("#search", "pdv")
    page.keyboard.press("Enter")
    assert page.locator("#page-4").is_visible()
    page.locator("#panel .path a").last.click()
    page.locator("#panel .onpages button").first.click()
    assert page.locator("#page-1").is_visible()


def test_without_javascript_the_chart_and_the_outline_are_there(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator(".script-0 svg").bounding_box()["width"] > 800
    assert page.locator("#outline li").count() == 9
    assert page.locator(".control:visible").count() == 0
    atlas = opened("atlas", java_script_enabled=False)
    assert atlas.locator(".sheet:visible").count() == 5


def test_the_printed_page_is_the_chart_and_then_the_outline(opened: Open, program: Any, tmp_path: Path) -> None:
    page = opened(color_scheme="dark")
    page.click("#collapse-all")
    page.click("#zoom-in")
    page.locator("#outline a").first.click()
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True, print_background=True)
    told = subprocess.run(
        [program("pdftotext"), "-layout", str(tmp_path / "page.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    chart, outline, *rest = told.split("\f")
    assert rest == [""]
    assert "Правилник о унутрашњем уређењу" in chart
    assert "Група за политичка" in chart
    lines = [" ".join(line.split()) for line in outline.splitlines() if line.strip()]
    assert lines[:3] == [
        "Преглед јединица", "Сектор за мултилатералну сарадњу Сектор", "Одељење за Уједињене нације Одељење",
    ]  # fmt: skip
    assert len(lines) == 10
    sizes = subprocess.run(
        [program("pdfinfo"), "-l", "2", str(tmp_path / "page.pdf")], check=True, capture_output=True
    ).stdout.decode()
    widths, heights = zip(*re.findall(r"size: +([0-9]+)[0-9.]* x ([0-9]+)", sizes), strict=True)
    assert (widths, heights) == (("841", "594"), ("594", "841"))


@pytest.mark.parametrize(
    ("name", "scheme", "size"),
    [
        ("seed", "light", (1280, 800)), ("seed", "dark", (1280, 800)),
        ("seed", "light", (360, 740)), ("seed", "dark", (360, 740)),
        ("atlas", "light", (360, 740)), ("berlin", "dark", (1280, 800)),
    ],
)  # fmt: skip
def test_axe_finds_nothing_amiss(opened: Open, name: str, scheme: str, size: tuple[int, int]) -> None:
    page = opened(name, size=size, color_scheme=scheme)
    if name != "berlin":
        page.fill("#search", "сек")
        page.keyboard.press("ArrowDown")
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.locator("#outline a").nth(1).click()
    if page.locator("#panel summary").count():
        page.locator("#panel summary").first.click()
    assert page.locator("#panel").is_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_everything_to_press_is_at_least_24_pixels_in_both_directions(opened: Open) -> None:
    for size in ((1280, 800), (360, 740)):
        page = opened("atlas", at="#unit-budget", size=size)
        small = page.evaluate(
            "[...document.querySelectorAll('button, select, summary, input')].filter(each => each.checkVisibility())"
            ".map(each => [each.id || each.className, each.getBoundingClientRect()])"
            ".filter(([, box]) => box.width < 23.9 || box.height < 23.9).map(([name]) => name)"
        )
        assert small == []


def test_hostile_names_are_words_in_the_search_the_details_and_the_outline(opened: Open) -> None:
    page = opened("hostile")
    page.fill("#search", "alert")
    assert page.locator("#results li").count() == 3
    page.keyboard.press("Escape")
    for number in range(len(HOSTILE)):
        page.locator("#outline a").nth(number + 1).click()
        assert heading(page) == HOSTILE[number]
        page.keyboard.press("Escape")


def test_the_search_can_be_used_within_a_second(opened: Open) -> None:
    page = opened()
    assert page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") < 1000


def test_the_slash_key_can_be_switched_off(opened: Open) -> None:
    page = opened()
    page.click("#keys summary")
    page.uncheck("#slash")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert focused(page) != "search"
