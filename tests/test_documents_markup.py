"""Charts in HTML and Markdown: what stands between the comments, and that nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgchart.documents.charts import ChartFolder
from orgchart.documents.embed import Wish, embed
from orgchart.errors import OrgChartError
from tests.documents import draw_charts


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_charts(tmp_path_factory.mktemp("page") / "charts")


def embedded(charts: Path, name: str, content: bytes, as_image: bool = False) -> bytes:
    file = charts.parent / name
    file.write_bytes(content)
    return embed([(file, file)], ChartFolder(charts), Wish(as_image=as_image))[0].content


def test_a_lone_comment_of_a_page_gets_the_chart_itself_and_an_end(charts: Path) -> None:
    page = embedded(
        charts, "a.html", "<!DOCTYPE html><meta charset=utf-8><p>а</p><!-- orgchart:top --><p>б</p>".encode()
    )
    before, inside, after = re.split("<!-- /?orgchart:top -->", page.decode())
    assert (before, after) == ("<!DOCTYPE html><meta charset=utf-8><p>а</p>", "<p>б</p>")
    assert re.fullmatch(r'\n<figure class="orgchart">\n<svg [^>]*>.*</svg>\n</figure>\n', inside, re.DOTALL)


def test_filling_a_page_twice_changes_nothing(charts: Path) -> None:
    once = embedded(charts, "a.html", b"<meta charset=utf-8><!-- orgchart:sector --><!-- orgchart:sector -->")
    assert embedded(charts, "a.html", once) == once


def test_a_chart_that_stands_twice_in_a_page_has_other_ids_the_second_time(charts: Path) -> None:
    page = embedded(charts, "a.html", b"<meta charset=utf-8><!-- orgchart:top --><!-- orgchart:top -->").decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 0


def test_a_page_may_have_a_link_to_the_picture_instead(charts: Path) -> None:
    page = embedded(charts, "a.html", b"<meta charset=utf-8><!-- orgchart:top -->", as_image=True).decode()
    assert '<img src="charts/top.svg" alt="' in page


def test_markdown_gets_an_image_with_the_way_from_the_file(charts: Path) -> None:
    said = embedded(charts, "a.md", b"# A\r\n\r\n<!-- orgchart:top -->\r\n\r\nend\r\n").decode()
    line = said.split("\r\n")[3]
    assert line.startswith("![")
    assert line.endswith("](charts/top.svg)")
    assert said.startswith("# A\r\n\r\n<!-- orgchart:top -->\r\n")
    assert said.endswith("<!-- /orgchart:top -->\r\n\r\nend\r\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>// <!-- orgchart:top -->\n</script><!-- orgchart:sector -->"),
        ("a.md", b"```html\n<!-- orgchart:top -->\n```\n\n<!-- orgchart:sector -->\n"),
    ],
)
def test_a_comment_that_is_only_shown_is_no_place(charts: Path, name: str, content: bytes) -> None:
    file = charts.parent / name
    file.write_bytes(content)
    (done,) = embed([(file, file)], ChartFolder(charts))
    assert [place.name for place in done.places] == ["sector"]


def test_a_page_in_another_encoding_keeps_it_and_gets_references_for_foreign_letters(charts: Path) -> None:
    page = embedded(charts, "a.html", '<meta charset="windows-1250">š<!-- orgchart:top -->'.encode("cp1250"))
    assert page.startswith('<meta charset="windows-1250">š'.encode("cp1250"))
    assert b"&#1057;" in page  # С of Сектор


def test_an_end_without_a_beginning_is_refused_with_its_line(charts: Path) -> None:
    with pytest.raises(OrgChartError, match="line 2: <!-- /orgchart:top --> ends a place that does not begin"):
        embedded(charts, "a.html", b"<p>\n<!-- /orgchart:top -->")
