"""The tags of a PDF: every drawn thing belongs to one element or is an artifact, and units are nested lists."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.errors import FormatError
from orgchart.formats import render
from tests.atlases import by_hand
from tests.charts import chart_of, unit

PAIR = (unit("a", "Сектор", level="sector"), unit("b", "Група", "a"))


def outline(element: Any) -> list[Any]:
    """Roles of an element and those in it; numbers of marked content as they are."""
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    inside: list[Any] = []
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary):
            inside.append("OBJR" if kid.get("/Type") == "/OBJR" else outline(kid))
        else:
            inside.append(int(kid))
    return [str(element.S), *inside]


def test_units_are_a_list_in_the_item_of_their_parent() -> None:
    with pikepdf.open(io.BytesIO(render(chart_of(*PAIR, title="Т"), "pdf"))) as pdf:
        below = ["/L", ["/LI", ["/LBody", ["/Span", 2]]]]
        assert outline(pdf.Root.StructTreeRoot.K) == [
            "/Document",
            ["/H1", 0],
            ["/L", ["/LI", ["/LBody", ["/Span", 1], below]]],
        ]
        assert bool(pdf.Root.MarkInfo.Marked)


@pytest.mark.parametrize("content", [render(chart_of(*PAIR), "pdf"), render(by_hand(), "pdf")], ids=["page", "atlas"])
def test_all_that_is_painted_is_marked_once_or_an_artifact(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = {int(key): owner for key, owner in zip(numbers[::2], numbers[1::2], strict=True)}
        for page in pdf.pages:
            depth, found = 0, []
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name in ("BDC", "BMC"):
                    depth += 1
                    if name == "BDC" and "/MCID" in operands[1]:
                        found.append(int(operands[1].MCID))
                elif name == "EMC":
                    depth -= 1
                elif name in ("f", "f*", "S", "s", "B", "b", "B*", "b*", "Tj", "TJ", "Do"):
                    assert depth > 0, name
            assert depth == 0
            assert found == list(range(len(owners[int(page.obj.StructParents)])))
            for link in page.obj.get("/Annots", []):
                assert owners[int(link.StructParent)].S == "/Link"


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert len({render(by_hand(), "pdf") for _ in range(3)}) == 1


# Spaces, ligatures, arrows that are drawn, and signs that mean something in the content of a PDF.
ODD = st.text(st.sampled_from("аБ fiflff ()\\<>/'\"EMC BDC TjTf[]%\u00a0ЉŽčfi→←"), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(ODD.filter(str.strip), min_size=1, max_size=4), st.sampled_from(["classic", "contrast"]))
def test_whatever_is_written_everything_is_marked_as_it_is_counted(names: list[str], style: str) -> None:
    units = [unit(f"u{place}", name.strip(), "u0" if place else None) for place, name in enumerate(names)]
    try:
        content = render(chart_of(*units, title=names[0], style=style), "pdf")
    except FormatError as error:  # letters that the font lacks
        assert "no glyph" in str(error)
        return
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
