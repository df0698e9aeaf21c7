"""The name of a section and its text, in; docs/reliability.md with that text between the section's marks, out."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"


def write_section(name: str, text: str) -> None:
    """Raises ValueError where the page has no place for it."""
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
    page = PAGE.read_text(encoding="utf-8")
    before, found, rest = page.partition(begin)
    _, ended, after = rest.partition(end)
    if not found or not ended:
        raise ValueError(f"{PAGE.name} has no {begin.strip()} … {end}")
    PAGE.write_text(f"{before}{begin}\n{text.strip()}\n\n{end}{after}", encoding="utf-8")
