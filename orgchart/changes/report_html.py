"""A report, in; one page for a browser and a printer that needs nothing else, out."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import Final

from orgchart.changes.report import Report
from orgchart.errors import OrgChartError

_HOME: Final = "orgchart.changes"


def write(report: Report) -> bytes:
    """Raises OrgChartError where Jinja2 is not installed."""
    try:
        from jinja2 import Environment
    except ImportError:
        raise OrgChartError(
            "an HTML report needs Jinja2, which is not installed; run: pip install orgchart[read]"
        ) from None
    source = resources.files(_HOME).joinpath("report.html.jinja").read_text(encoding="utf-8")
    style = resources.files(_HOME).joinpath("report.css").read_text(encoding="utf-8")
    # The page may use this very style sheet and nothing else: no script, no other style, no address.
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(report=report, word=report.word, style=style, style_hash=allowed).encode()
