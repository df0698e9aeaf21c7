"""Which addresses a chart may lead to, and what an id becomes in one."""

from __future__ import annotations

import pytest

from orgchart.errors import OrgChartError
from orgchart.unit_url import check_pattern, is_address, is_pattern, unit_url


@pytest.mark.parametrize(
    "text", ["https://example.org", "HTTP://example.org/a?b#c", "https://[::1]/a", "units/a.html", "?a:b", "a%2Fb", ""]
)
def test_over_http_or_beside_itself_a_chart_may_lead(text: str) -> None:
    assert is_address(text) is True


@pytest.mark.parametrize(
    "text", ["javascript:a", "//example.org", "https:///a", "https:", "a b", "a%2", "č", "a\nb", "a\\b", '"']
)
def test_another_scheme_or_host_and_what_is_no_address_are_refused(text: str) -> None:
    assert is_address(text) is False


@pytest.mark.parametrize(
    "pattern", ["{id}", "units/{id}.html", "https://example.org/{id}", "https://example.org/?{id}"]
)
def test_a_pattern_has_its_hole_after_the_host(pattern: str) -> None:
    assert is_pattern(pattern) is True


@pytest.mark.parametrize(
    "pattern",
    ["", "units/", "https://{id}", "https://{id}/a", "https://{id}.example.org/a/{id}", "//{id}", "javascript:{id}"],
)
def test_a_pattern_without_a_hole_or_with_one_in_the_host_is_none(pattern: str) -> None:
    assert is_pattern(pattern) is False


def test_a_pattern_has_at_most_a_thousand_letters() -> None:
    assert is_pattern("a" * 996 + "{id}")
    assert not is_pattern("a" * 997 + "{id}")


def test_a_pattern_that_is_refused_is_named_by_its_first_80_letters() -> None:
    check_pattern("units/{id}")
    with pytest.raises(OrgChartError) as refused:
        check_pattern("č" * 81)
    assert str(refused.value) == (
        f'the address of units "{"č" * 80}" is not allowed; use an address with {{id}} in it, "https://…", "http://…" '
        'or relative such as "units/{id}.html", of letters that may stand in an address, at most 1,000'
    )


def test_an_id_stays_one_step_of_the_path() -> None:
    assert unit_url("units/{id}.html#{id}", "a/b č?") == "units/a%2Fb%20%C4%8D%3F.html#a%2Fb%20%C4%8D%3F"
    assert (unit_url("{id}", ".a"), unit_url("{id}", "a.")) == (".a", "a.")


@pytest.mark.parametrize("dots", ["", ".", "..", "..."])
def test_an_id_of_dots_alone_leads_nowhere(dots: str) -> None:
    assert unit_url("units/{id}", dots) == ""
