"""What a sign stands as in XML, between tags and in an attribute."""

from __future__ import annotations

import pytest

from orgchart.formats.escape import in_attribute, in_text


@pytest.mark.parametrize(("text", "written"), [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("Ч. 1", "Ч. 1")])
def test_a_sign_of_markup_alone_is_escaped_in_both_places(text: str, written: str) -> None:
    assert (in_text(text), in_attribute(text)) == (written, written)


def test_quotation_marks_of_either_kind_are_escaped_in_attributes_alone() -> None:
    assert (in_attribute('"'), in_attribute("'")) == ("&quot;", "&#x27;")
    assert (in_text("<\"'>"), in_attribute("<\"'>")) == ("&lt;\"'&gt;", "&lt;&quot;&#x27;&gt;")
