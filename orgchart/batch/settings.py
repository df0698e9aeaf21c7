"""What is wished of a batch, in; its checked settings, and the fingerprint of all that decides its bytes, out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from orgchart.batch.work import Settings
from orgchart.build.inputs import font_sha256, settings_of, sha256, version_of, versions_of
from orgchart.build.project import ChartPlan
from orgchart.chart_keys import CHART_KEYS
from orgchart.chart_wishes import wished_style
from orgchart.errors import OrgChartError
from orgchart.formats import check_format
from orgchart.hints import quoted
from orgchart.limits import kept_environment

DEFAULT_FORMATS: Final = "units,review,svg"
UNITS_WORD, REVIEW_WORD = "units", "review"
# The packages that decide what is read of a rulebook.
_READERS: Final = ("charset-normalizer", "jinja2", "lxml", "pypdfium2", "python-docx")
# A style is looked for by name or path, and whether it may be one is known when it is found.
_CHECKED_LATER: Final = frozenset(["style"])


def settings_for(made: Sequence[str], wishes: Mapping[str, Any], lexicon: str | None, seconds: float) -> Settings:
    """made: ``units``, ``review`` and formats of charts; wishes: by the keys of CHART_KEYS, all but ``root``. Raises
    OrgChartError for what no file could be made with."""
    formats = tuple(word for word in made if word not in (UNITS_WORD, REVIEW_WORD))
    for format_name in formats:
        check_format(format_name)
    for key, value in wishes.items():
        rule = CHART_KEYS[key].rule
        if key not in _CHECKED_LATER and value not in (None, "", rule.default) and not rule.accepts(value):
            raise OrgChartError(f"--{key.replace('_', '-')} {quoted(str(value))} is not allowed; use {rule.allowed}")
    if lexicon is not None:
        from orgchart.rulebook.lexicon import load_lexicon

        load_lexicon(lexicon)
    styles = wished_style(wishes["style"], wishes["font"])
    return Settings(
        UNITS_WORD in made, REVIEW_WORD in made, formats, {**wishes, "root": None}, styles, lexicon, seconds,
        kept_environment(),
    )  # fmt: skip


def versions_for(settings: Settings) -> dict[str, str]:
    """The versions of all packages that have a part in the bytes."""
    readers = {package: version_of(package) for package in _READERS}
    return versions_of(_as_plan(settings)) | readers


def fingerprint(settings: Settings) -> str:
    """The same for settings that make the same bytes of the same file: the time limit has no part in it."""
    return sha256(
        json.dumps(
            {
                "made": [settings.units, settings.review, *sorted(settings.formats)],
                "wishes": settings_of(_as_plan(settings)),
                "style": asdict(settings.styles),
                "font": font_sha256(settings.styles.font),
                "lexicon": settings.lexicon,
                "versions": versions_for(settings),
            },
            sort_keys=True,
        ).encode()
    )


def _as_plan(settings: Settings) -> ChartPlan:
    return ChartPlan("", "", settings.formats, settings.wishes)
