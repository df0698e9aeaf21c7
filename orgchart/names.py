"""Any text, in; a file name that every system can have and that no other text gets, out."""

from __future__ import annotations

import hashlib
import re

_SAFE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,78}[a-z0-9])?")
_DEVICE_NAMES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # files that Windows cannot have


def safe_name(wanted: str) -> str:
    """The text itself where it is a plain lower-case ASCII name, else its plain part and a short hash of the whole, so
    that different texts never share a file, on systems that fold case or accents too."""
    if _SAFE_NAME.fullmatch(wanted) and not _DEVICE_NAMES.fullmatch(wanted):
        return wanted
    plain = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:60].rstrip("-")
    return f"{plain or 'chart'}-{hashlib.sha256(wanted.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
