"""Charts in DOCX: what becomes of the pictures, what stays as it is, and what Word and LibreOffice make of it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image

from orgchart.documents.charts import ChartFolder
from orgchart.documents.embed import Embedded, Wish, embed
from orgchart.errors import OrgChartError
from orgchart.formats import render_files
from tests.charts import SECTOR, chart_of
from tests.documents import (
    assert_printed_width,
    differing,
    draw_charts,
    packed_bytes,
    parts_of,
    placeholder,
    printed,
    repacked,
    sizes_in,
    word_file,
)

CM = 360_000
MAIN = "word/document.xml"
Embed = Callable[..., Embedded]


@pytest.fixture(scope="session")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_charts(tmp_path_factory.mktemp("charts"))


@pytest.fixture
def embedded(charts: Path, tmp_path: Path) -> Embed:
    """The document of these bytes with its charts."""

    def run(content: bytes, folder: Path = charts, **wishes: Any) -> Embedded:
        file = tmp_path / "report.docx"
        file.write_bytes(content)
        return embed([(file, file)], ChartFolder(folder), Wish(**wishes))[0]

    return run


def alternatives(content: bytes) -> list[str]:
    return [shape._inline.docPr.get("descr") for shape in Document(io.BytesIO(content)).inline_shapes]


def test_a_marked_picture_becomes_the_chart_at_its_width_in_the_chart_s_shape(embedded: Embed, charts: Path) -> None:
    done = embedded(word_file("orgchart:sector"))
    drawn = re.search(r'width="([\d.]+)mm" height="([\d.]+)mm"', (charts / "sector.svg").read_text("utf-8"))
    assert drawn
    height = round(15 * CM * float(drawn[2]) / float(drawn[1]))
    assert sizes_in(parts_of(done.content)[MAIN]) == [(15 * CM, height)]
    shape = Document(io.BytesIO(done.content)).inline_shapes[0]
    assert (shape.width, shape.height) == (15 * CM, height)
    properties = shape._inline.graphic.graphicData.pic.spPr
    assert (properties.cx, properties.cy) == (shape.width, shape.height)


def test_word_gets_the_png_and_in_its_extension_the_svg(embedded: Embed) -> None:
    parts = parts_of(embedded(word_file("orgchart:sector")).content)
    blip = re.search(
        rb'<a:blip r:embed="(\w+)"><a:extLst><a:ext uri="\{96DAC541-7B7A-43D3-8B79-37D633B846F1\}"><asvg:svgBlip '
        rb'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="(\w+)"/></a:ext></a:extLst>',
        parts[MAIN],
    )
    assert blip
    targets = dict(
        re.findall(rb'Id="(\w+)"[^>]*Target="(media/orgchart-sector-[^"]+)"', parts["word/_rels/document.xml.rels"])
    )
    png, svg = (parts["word/" + targets[identity].decode()] for identity in blip.groups())
    assert Image.open(io.BytesIO(png)).format == "PNG"
    assert svg.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert b'<Default Extension="svg" ContentType="image/svg+xml"/>' in parts["[Content_Types].xml"]


def test_letters_are_outlines_as_no_reader_looks_at_a_font_inside_an_svg(embedded: Embed, charts: Path) -> None:
    svg = next(v for k, v in parts_of(embedded(word_file("orgchart:sector")).content).items() if k.endswith(".svg"))
    assert b"<text" not in svg
    assert b"@font-face" not in svg
    assert svg.count(b'<path transform="scale(.01)"') == (charts / "sector.svg").read_bytes().count(b"<text ")


def test_the_alternative_text_becomes_the_outline_and_keeps_the_mark(embedded: Embed) -> None:
    assert alternatives(embedded(word_file("orgchart:top")).content) == [
        "Сектор за мултилатералну сарадњу\n– Одељење за Уједињене нације [orgchart:top]"
    ]


def test_everything_else_stays_byte_for_byte(embedded: Embed) -> None:
    old = word_file("orgchart:sector", "A photograph")
    new = embedded(old).content
    changed, added, removed = differing(old, new)
    assert changed == ["[Content_Types].xml", MAIN, "word/_rels/document.xml.rels"]
    assert [re.sub(r"-[0-9a-f]{8}", "", name) for name in added] == [
        "word/media/orgchart-sector.png",
        "word/media/orgchart-sector.svg",
    ]
    assert removed == []
    before, after = packed_bytes(old), packed_bytes(new)
    assert {name: after[name] for name in before if name not in changed} == {
        name: before[name] for name in before if name not in changed
    }
    assert list(after)[: len(before)] == list(before)
    xml_before, xml_after = parts_of(old)[MAIN], parts_of(new)[MAIN]
    first = xml_before.index(b"<wp:extent")
    last = xml_before.index("Слика испод".encode())
    assert xml_after.startswith(xml_before[:first])
    assert xml_after.endswith(xml_before[last:])


def test_embedding_twice_changes_nothing(embedded: Embed) -> None:
    once = embedded(word_file("orgchart:sector", "orgchart:tall", "orgchart:sector"))
    twice = embedded(once.content)
    assert [change.kind for change in once.changes] == ["redrawn", "redrawn", "redrawn"]
    assert twice.changes == ()
    assert twice.content == once.content
    assert embedded(once.old).content == once.content


def test_a_chart_that_stands_there_twice_is_stored_once(embedded: Embed) -> None:
    parts = parts_of(embedded(word_file("orgchart:sector", "orgchart:sector")).content)
    assert sum(name.endswith(".svg") for name in parts) == 1


def test_a_chart_that_changed_replaces_its_picture_and_the_old_one_goes(
    embedded: Embed, charts: Path, tmp_path: Path
) -> None:
    first = embedded(word_file("orgchart:sector", "orgchart:top")).content
    (tmp_path / "sector.svg").write_bytes((charts / "tall.svg").read_bytes())
    (tmp_path / "top.svg").write_bytes((charts / "top.svg").read_bytes())
    second = embedded(first, tmp_path)
    assert [(change.place.name, change.kind) for change in second.changes] == [("sector", "redrawn")]
    _, added, removed = differing(first, second.content)
    assert len(added) == len(removed) == 2
    assert all("orgchart-sector-" in name for name in added + removed)
    relations = parts_of(second.content)["word/_rels/document.xml.rels"]
    assert relations.count(b"orgchart-sector-") == 2


def test_the_user_s_own_picture_stays_in_the_file_after_it_was_replaced(embedded: Embed) -> None:
    assert "word/media/image1.png" in parts_of(embedded(word_file("orgchart:sector")).content)


def test_pictures_that_word_renamed_are_still_known_as_ours(embedded: Embed, charts: Path, tmp_path: Path) -> None:
    first = parts_of(embedded(word_file("orgchart:sector")).content)
    names = [name for name in first if "orgchart-" in name]
    renamed = {name: f"word/media/image{number}{Path(name).suffix}" for number, name in enumerate(names, 7)}
    relations = first["word/_rels/document.xml.rels"]
    for name, other in renamed.items():
        relations = relations.replace(name.removeprefix("word/").encode(), other.removeprefix("word/").encode())
    moved: dict[str, Any] = {other: first[name] for name, other in renamed.items()}
    moved |= dict.fromkeys(names) | {"word/_rels/document.xml.rels": relations}
    saved = repacked(embedded(word_file("orgchart:sector")).content, **moved)
    assert embedded(saved).changes == ()
    (tmp_path / "sector.svg").write_bytes((charts / "tall.svg").read_bytes())
    again = parts_of(embedded(saved, tmp_path).content)
    assert not any(name.endswith(("image7.svg", "image8.svg")) for name in again)


def test_a_chart_too_tall_for_the_page_is_narrowed_and_that_is_said(embedded: Embed) -> None:
    done = embedded(word_file("orgchart:tall"))
    [(width, height)] = sizes_in(parts_of(done.content)[MAIN])
    assert width < 15 * CM
    assert 0 <= (15840 - 2 * 1440) * 635 - 36 * 12700 - height < 100  # the text's height less a line of caption
    assert "narrowed, as it would not fit the page" in str(done.changes[0])


def test_a_cropped_picture_shows_the_whole_chart(embedded: Embed) -> None:
    old = word_file("orgchart:sector")
    cropped = parts_of(old)[MAIN].replace(b"<a:stretch>", b'<a:srcRect l="2500" b="1000"/><a:stretch>')
    done = embedded(repacked(old, word__document=None, **{"word/document.xml": cropped}))
    assert b"<a:srcRect/>" in parts_of(done.content)[MAIN]
    assert "it was cropped" in done.changes[0].remark


def test_a_mark_in_the_title_counts_and_the_title_becomes_the_chart_s(embedded: Embed) -> None:
    old = word_file("x")
    marked = parts_of(old)[MAIN].replace(b'descr="x"', b'title="OrgChart: top"')
    xml = parts_of(embedded(repacked(old, **{MAIN: marked})).content)[MAIN].decode()
    assert 'title="Сектор за мултилатералну сарадњу"' in xml
    assert "[orgchart:top]" in xml


def test_a_linked_picture_is_stored_inside(embedded: Embed) -> None:
    old = word_file("orgchart:top")
    linked = re.sub(rb'<a:blip r:embed="\w+"', b"<a:blip r:link='rId9'", parts_of(old)[MAIN])
    xml = parts_of(embedded(repacked(old, **{MAIN: linked})).content)[MAIN]
    assert b"r:link" not in xml
    assert re.search(rb'<a:blip r:embed="rId\d+"><a:extLst>', xml)


def test_a_picture_in_a_header_is_served_with_relationships_of_its_own(embedded: Embed) -> None:
    document = Document()
    run = document.sections[0].header.paragraphs[0].add_run()
    run.add_picture(placeholder(), width=5 * CM)
    written = io.BytesIO()
    document.save(written)
    content = written.getvalue()
    header = parts_of(content)["word/header1.xml"].replace(
        b'name="Picture 1"', b'name="Picture 1" descr="orgchart:top"'
    )
    done = embedded(repacked(content, **{"word/header1.xml": header}))
    assert done.places[0].where == "picture 1, in a header"
    assert b"media/orgchart-top-" in parts_of(done.content)["word/_rels/header1.xml.rels"]
    assert done.changes[0].size and done.changes[0].size.width == 5 * CM


OLD_PICTURE = (
    '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="s" '
    'style="width:200pt;height:99pt;z-index:1" alt="orgchart:top"><v:imagedata r:id="{}"/></v:shape></w:pict>'
    "</w:r></w:p>"
)


def test_a_picture_of_an_older_word_gets_the_png(embedded: Embed) -> None:
    old = word_file("A photograph")
    xml = parts_of(old)[MAIN].decode()
    identity = re.search(r'<a:blip r:embed="(\w+)"', xml)
    assert identity
    placed = xml.replace("<w:sectPr", OLD_PICTURE.format(identity[1]) + "<w:sectPr").encode()
    done = embedded(repacked(old, **{MAIN: placed}))
    shape = re.search(
        rb'style="width:200.00pt;height:([\d.]+)pt;z-index:1" alt="([^"]*)"', parts_of(done.content)[MAIN]
    )
    assert shape and shape[2].decode().endswith("[orgchart:top]")
    assert [Path(name).suffix for name in differing(done.old, done.content)[1]] == [".png"]
    assert embedded(done.content).changes == ()


def test_a_deleted_picture_is_left_alone(embedded: Embed) -> None:
    old = word_file("orgchart:sector", "orgchart:top")
    xml = parts_of(old)[MAIN].decode()
    cut = xml.index("<w:r><w:drawing>")
    end = xml.index("</w:r>", cut) + 6
    struck = xml[:cut] + '<w:del w:id="1" w:author="A">' + xml[cut:end] + "</w:del>" + xml[end:]
    done = embedded(repacked(old, **{MAIN: struck.encode()}))
    assert [place.name for place in done.places] == ["top"]


def test_the_strict_form_of_the_standard_is_read_and_written(embedded: Embed) -> None:
    old = word_file("orgchart:top")
    strict = {
        name: part.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                           b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                 b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        .replace(b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/")
        for name, part in parts_of(old).items() if name.endswith((".xml", ".rels"))
    }  # fmt: skip
    done = embedded(repacked(old, **strict), insert="sector", after="Увод")
    assert [change.kind for change in done.changes] == ["redrawn", "inserted"]
    parts = parts_of(done.content)
    assert b"schemas.openxmlformats.org/drawingml" not in parts[MAIN]
    assert (
        b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/image" Target="media/orgchart-'
        in parts["word/_rels/document.xml.rels"]
    )


def test_the_png_is_drawn_from_the_svg_and_not_taken_from_an_older_file(embedded: Embed, tmp_path: Path) -> None:
    files = render_files(chart_of(*SECTOR, page="none"), ["svg"], "sector")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "sector.png").write_bytes(placeholder("#ff0000").getvalue())
    parts = parts_of(embedded(word_file("orgchart:sector"), tmp_path).content)
    png = next(part for name, part in parts.items() if "orgchart-sector" in name and name.endswith(".png"))
    assert Image.open(io.BytesIO(png)).size[0] > 1000


# A new picture


def test_a_new_picture_stands_after_its_heading_as_wide_as_the_text(embedded: Embed) -> None:
    done = embedded(word_file(), insert="top", after="2. Организациона структура")
    document = Document(io.BytesIO(done.content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == ["Увод", "Текст „са наводницима“ & знаком.", "2. Организациона структура", ""]
    assert document.inline_shapes[0].width == (12240 - 3600) * 635
    assert alternatives(done.content)[0].endswith("[orgchart:top]")
    assert embedded(done.content, insert="top", after="2. Организациона структура").content == done.content
    assert embedded(done.content).changes == ()


@pytest.mark.parametrize(
    "words", ["2. организациона  СТРУКТУРА", "2. Organizaciona struktura", "организациона структура"]
)
def test_a_heading_is_found_in_any_case_in_either_script_and_without_its_number(embedded: Embed, words: str) -> None:
    assert embedded(word_file(), insert="top", after=words).changes[0].place.where == (
        'new picture, under "2. Организациона структура"'
    )


def test_a_heading_that_there_is_not_brings_those_that_there_are(embedded: Embed) -> None:
    with pytest.raises(OrgChartError, match=r'no heading "Прилог"; there are "Увод"; "2\. Организациона структура"'):
        embedded(word_file(), insert="top", after="Прилог")


def test_a_heading_that_stands_twice_is_refused(embedded: Embed) -> None:
    old = word_file()
    doubled = parts_of(old)[MAIN].replace("2. Организациона структура".encode(), "Увод".encode())
    with pytest.raises(OrgChartError, match='2 headings read "Увод"'):
        embedded(repacked(old, **{MAIN: doubled}), insert="top", after="увод")


# What other programs make of it


def test_libreoffice_prints_the_new_chart_at_the_old_width(
    embedded: Embed, program: Callable[[str], str], tmp_path: Path, charts: Path
) -> None:
    soffice, pdftoppm = program("soffice"), program("pdftoppm")
    done = embedded(word_file("orgchart:sector"))
    [page] = printed(soffice, pdftoppm, tmp_path, "report.docx", done.content)
    assert_printed_width(page, charts / "sector.svg", 15)
