"""Charts in ODT: what becomes of the pictures, what stays as it is, and what LibreOffice makes of it."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orgchart.documents.charts import ChartFolder
from orgchart.documents.embed import Embedded, Wish, embed
from orgchart.errors import OrgChartError
from tests.documents import (
    assert_printed_width,
    differing,
    draw_charts,
    odt_file,
    packed_bytes,
    parts_of,
    printed,
    repacked,
    word_file,
)

Embed = Callable[..., Embedded]


@pytest.fixture(scope="session")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_charts(tmp_path_factory.mktemp("charts"))


@pytest.fixture
def embedded(charts: Path, tmp_path: Path) -> Embed:
    def run(content: bytes, folder: Path = charts, **wishes: Any) -> Embedded:
        file = tmp_path / "report.odt"
        file.write_bytes(content)
        return embed([(file, file)], ChartFolder(folder), Wish(**wishes))[0]

    return run


def frames(content: bytes) -> list[str]:
    return re.findall("<draw:frame.*?</draw:frame>", parts_of(content)["content.xml"].decode(), re.DOTALL)


def test_a_frame_gets_the_svg_and_then_the_png_at_its_width(embedded: Embed, charts: Path) -> None:
    done = embedded(odt_file("orgchart:sector"))
    [frame] = frames(done.content)
    drawn = re.search(r'width="([\d.]+)mm" height="([\d.]+)mm"', (charts / "sector.svg").read_text("utf-8"))
    assert drawn
    height = f"{15 * float(drawn[2]) / float(drawn[1]):.3f}".rstrip("0")
    assert f'svg:width="15cm" svg:height="{height}cm"' in frame
    images = re.findall(r'xlink:href="Pictures/orgchart-sector-\w+\.(\w+)".*?loext:mime-type="([^"]+)"/>', frame)
    assert images == [("svg", "image/svg+xml"), ("png", "image/png")]
    assert frame.endswith("[orgchart:sector]</svg:desc></draw:frame>")


def test_the_manifest_lists_the_new_pictures_in_its_own_prefix(embedded: Embed) -> None:
    manifest = parts_of(embedded(odt_file("orgchart:top")).content)["META-INF/manifest.xml"].decode()
    assert re.search(
        r'<m:file-entry m:full-path="Pictures/orgchart-top-\w+\.svg" m:media-type="image/svg\+xml"/>', manifest
    )
    assert re.search(r'<m:file-entry m:full-path="Pictures/orgchart-top-\w+\.png" m:media-type="image/png"/>', manifest)


def test_everything_else_stays_byte_for_byte(embedded: Embed) -> None:
    old = odt_file("orgchart:sector", "A photograph", pictures=2)
    new = embedded(old).content
    changed, added, removed = differing(old, new)
    assert changed == ["content.xml", "META-INF/manifest.xml"]
    assert ([Path(name).suffix for name in added], removed) == ([".png", ".svg"], [])
    before, after = packed_bytes(old), packed_bytes(new)
    assert next(iter(after)) == "mimetype"
    assert all(after[name] == part for name, part in before.items() if name not in changed)
    assert frames(new)[1] == frames(old)[1]


def test_embedding_twice_changes_nothing(embedded: Embed) -> None:
    once = embedded(odt_file("orgchart:sector", "orgchart:tall"), insert="top", after="Увод")
    again = embedded(once.content, insert="top", after="Увод")
    assert [change.kind for change in once.changes] == ["redrawn", "redrawn", "inserted"]
    assert (again.changes, again.content) == ((), once.content)


def test_a_chart_that_changed_replaces_its_picture_and_the_old_one_goes(
    embedded: Embed, charts: Path, tmp_path: Path
) -> None:
    first = embedded(odt_file("orgchart:sector")).content
    (tmp_path / "sector.svg").write_bytes((charts / "top.svg").read_bytes())
    second = embedded(first, tmp_path).content
    _, added, removed = differing(first, second)
    assert len(added) == len(removed) == 2
    assert parts_of(second)["META-INF/manifest.xml"].count(b"orgchart-sector-") == 2


@pytest.mark.parametrize(("written", "taken"), [("5.9055in", "in"), ("150mm", "mm"), ("425.2pt", "pt")])
def test_lengths_stay_in_the_unit_that_they_are_written_in(embedded: Embed, written: str, taken: str) -> None:
    done = embedded(odt_file(f'orgchart:top|svg:width="{written}" svg:height="2{taken}"'))
    assert re.search(rf'svg:width="{written}" svg:height="[\d.]+{taken}"', frames(done.content)[0])


def test_a_chart_too_tall_for_the_page_is_narrowed_and_that_is_said(embedded: Embed) -> None:
    done = embedded(odt_file("orgchart:tall"))
    size = re.search(r'svg:width="([\d.]+)cm" svg:height="([\d.]+)cm"', frames(done.content)[0])
    assert size
    assert float(size[1]) < 15
    assert abs(float(size[2]) - (29.7 - 4 - 1.27)) < 0.01
    assert done.changes[0].remark == "narrowed, as it would not fit the page"


def test_the_text_box_around_a_picture_with_a_caption_grows_and_shrinks_with_it(embedded: Embed) -> None:
    box = (
        '<text:p><draw:frame svg:width="15cm"><draw:text-box fo:min-height="8cm"><text:p><draw:frame svg:width="15cm" '
        'svg:height="8cm"><draw:image xlink:href="Pictures/old0.png"/><svg:title>orgchart:sector</svg:title>'
        "</draw:frame>"
        "Слика 1</text:p></draw:text-box></draw:frame></text:p>"
    )
    xml = parts_of(embedded(odt_file(body=box)).content)["content.xml"].decode()
    height = re.search(r'svg:width="15cm" svg:height="([\d.]+)cm"', xml)
    least = re.search(r'fo:min-height="([\d.]+)cm"', xml)
    assert height and least
    assert abs(float(height[1]) - float(least[1])) < 0.002
    assert "<svg:title>Сектор за мултилатералну сарадњу</svg:title><svg:desc>" in xml


def test_a_new_picture_stands_after_its_heading_as_wide_as_the_text(embedded: Embed) -> None:
    done = embedded(odt_file(), insert="top", after="organizaciona struktura")
    xml = parts_of(done.content)["content.xml"].decode()
    assert re.search('</text:h><text:p xmlns:text="[^"]+" text:style-name="orgchart-picture"><draw:frame ', xml)
    assert 'svg:width="17cm"' in xml
    assert 'style:name="orgchart-picture" style:family="paragraph"' in xml
    assert str(done.changes[0]).startswith('new picture, under "Организациона структура": top inserted, 17.0 × ')


def test_a_heading_that_there_is_not_brings_those_that_there_are(embedded: Embed) -> None:
    with pytest.raises(OrgChartError, match='no heading "Прилог"; there are "Увод"; "Организациона структура"'):
        embedded(odt_file(), insert="top", after="Прилог")


@pytest.mark.parametrize("inner", ["<draw:text-box><text:p/></draw:text-box>", '<draw:object xlink:href="./O"/>'])
def test_a_mark_on_what_is_no_picture_is_refused(embedded: Embed, inner: str) -> None:
    frame = f"<text:p><draw:frame>{inner}<svg:desc>orgchart:top</svg:desc></draw:frame></text:p>"
    with pytest.raises(OrgChartError, match="orgchart:top is no picture but a text box, formula or object"):
        embedded(odt_file(body=frame))


@pytest.fixture(scope="module")
def from_word(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """An ODT that LibreOffice itself made of a DOCX."""

    def run(soffice: str) -> bytes:
        folder = tmp_path_factory.mktemp("converted")
        (folder / "report.docx").write_bytes(word_file("orgchart:sector"))
        subprocess.run(
            [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "odt", "--outdir",
             str(folder), str(folder / "report.docx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (folder / "report.odt").read_bytes()

    return run


def test_libreoffice_prints_the_new_chart_at_the_old_width(
    embedded: Embed,
    program: Callable[[str], str],
    from_word: Callable[[str], bytes],
    tmp_path: Path,
    charts: Path,
) -> None:
    soffice, pdftoppm = program("soffice"), program("pdftoppm")
    done = embedded(from_word(soffice))
    [page] = printed(soffice, pdftoppm, tmp_path, "report.odt", done.content)
    assert_printed_width(page, charts / "sector.svg", 15)


def test_a_small_package_of_our_own_is_one_that_libreoffice_opens(
    embedded: Embed, program: Callable[[str], str], tmp_path: Path, charts: Path
) -> None:
    soffice, pdftoppm = program("soffice"), program("pdftoppm")
    done = embedded(repacked(odt_file(), settings__xml=None), insert="sector", after="Увод")
    [page] = printed(soffice, pdftoppm, tmp_path, "report.odt", done.content)
    assert_printed_width(page, charts / "sector.svg", 17)
    assert io.BytesIO(done.content).getbuffer()[30:38] == b"mimetype"
