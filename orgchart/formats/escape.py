"""Any text, in; the same as it stands in XML, between tags or in an attribute, out.

Most names hold no sign that means something there, and to look for five is quicker than to replace them.
"""

from __future__ import annotations

from html import escape


def in_text(text: str) -> str:
    """Between tags."""
    return escape(text, False) if "&" in text or "<" in text or ">" in text else text


def in_attribute(text: str) -> str:
    """Between quotation marks of either kind."""
    if "&" in text or '"' in text or "<" in text or ">" in text or "'" in text:
        return escape(text)
    return text
