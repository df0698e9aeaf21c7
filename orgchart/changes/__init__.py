"""Two units files, in; what changed between them, with the sentences of both, out."""

from __future__ import annotations

from orgchart.changes.compare import compare
from orgchart.changes.model import Change, Changes, Doubt

__all__ = ["Change", "Changes", "Doubt", "compare"]
