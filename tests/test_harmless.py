"""What may stand in a chart's SVG that embed is given: everything not listed is refused by its name."""

from __future__ import annotations

import pytest

from orgchart.documents.harmless import SVG, check_harmless
from orgchart.documents.xml_splice import Part
from orgchart.errors import OrgChartError


def checked(inside: str, root: str = "") -> None:
    """Check an SVG that holds this, and whose root has these attributes."""
    content = f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" {root}>{inside}</svg>'
    check_harmless(Part("chart", content.encode(), wanted=[(SVG, "svg")]).root, "a.svg")


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a" xml:lang="sr" aria-label="url(x)" data-unit="@a&lt;b&amp;c\\d"><title>a &lt; b</title></g>',
        '<rect fill="url(#a)" stroke-width="1" viewBox="0"/>',
        '<use href="#a-b_c.1"/><use xlink:href="#a"/>',
        '<a href="units/a.html"/><a xlink:href="https://example.org/a?b"/>',
        "<text>@import url(x)</text>",
        "<style>@font-face{src:url(data:font/woff2;base64,AA+/=) format('woff2')}text{fill:#000}</style>",
        "<style>@supports (fill:var(--c0)){@media screen and (prefers-color-scheme:dark){:root{--c0:#fff}}}</style>",
        "<style>rect:not([data-signs]>*){fill:var(--c0,var(--c1))}</style>",
    ],
)
def test_what_a_chart_of_orgchart_holds_is_taken(inside: str) -> None:
    checked(inside)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>1</script>", "it holds <script>, which no chart of orgchart has"),
        ("<g><image/></g>", "it holds <image>, which no chart of orgchart has"),
        ('<g xmlns="urn:x"/>', "it holds <g>, which no chart of orgchart has"),
        (f"<{'a' * 70}/>", f"it holds <{'a' * 60}>, which no chart of orgchart has"),
        ('<g onclick="1"/>', "it holds a script (onclick), which no chart of orgchart has"),
        ('<g ONCLICK="1"/>', "it holds a script (ONCLICK), which no chart of orgchart has"),
        (f'<g on{"a" * 70}="1"/>', f"it holds a script (on{'a' * 58}), which no chart of orgchart has"),
        ('<g Fill="1"/>', "it holds the attribute Fill, which no chart of orgchart has"),
        ('<g xml:base="a"/>', "it holds the attribute xml:base, which no chart of orgchart has"),
        (f'<g A{"a" * 70}="1"/>', f"it holds the attribute A{'a' * 59}, which no chart of orgchart has"),
        ('<a href="javascript:a"/>', "it links to 'javascript:a', and no chart of orgchart does"),
        ('<a xlink:href="data:a"/>', "it links to 'data:a', and no chart of orgchart does"),
        (f'<a href="{":" * 70}"/>', f"it links to '{':' * 60}', and no chart of orgchart does"),
        ('<use href="a.svg#a"/>', "it links to 'a.svg#a', and no chart of orgchart does"),
        (
            '<use xlink:href="https://example.org/a"/>',
            "it links to 'https://example.org/a', and no chart of orgchart does",
        ),
        ('<g xmlns:x="urn:x"/>', "it holds the namespace 'urn:x', and no chart of orgchart does"),
        (f'<g xmlns:x="{"x" * 70}"/>', f"it holds the namespace '{'x' * 60}', and no chart of orgchart does"),
        ('<rect fill="url(a.svg#a)"/>', "its attribute fill loads other files, and no chart of orgchart does"),
        ('<rect style="width:expression(1)"/>', "its attribute style loads other files, and no chart of orgchart does"),
        ('<rect style="fill:u\\72l(#a)"/>', "its attribute style loads other files, and no chart of orgchart does"),
        ('<rect fill="URL(a)"/>', "its attribute fill loads other files, and no chart of orgchart does"),
        ('<rect fill="&lt;a"/>', "its attribute fill loads other files, and no chart of orgchart does"),
        ("<style>@import 'a';</style>", "its style loads other files, and no chart of orgchart does"),
        ("<style>a{fill:url(#a)}</style>", "its style loads other files, and no chart of orgchart does"),
        (
            "<style>@font-face{src:u@font-facerl(a)}</style>",
            "its style loads other files, and no chart of orgchart does",
        ),
        ("<style>a{b:u\\72l}</style>", "its style loads other files, and no chart of orgchart does"),
    ],
)
def test_what_no_chart_holds_is_refused_by_its_name_with_the_file(inside: str, said: str) -> None:
    with pytest.raises(OrgChartError) as refused:
        checked(inside)
    assert str(refused.value) == f"a.svg: {said}; draw it anew"


def test_the_root_is_looked_at_too() -> None:
    with pytest.raises(OrgChartError, match=r"a\.svg: it holds a script \(onload\), which"):
        checked("", 'onload="1"')
