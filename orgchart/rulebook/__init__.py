"""The legal text of a rulebook, in; the units that it names, each with its sentence, and all that is unsure, out."""

from __future__ import annotations

from orgchart.rulebook.command import Reading, read_rulebook, read_text

__all__ = ["Reading", "read_rulebook", "read_text"]
