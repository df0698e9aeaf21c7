"""Lengths in pt, in; the shortest digits that say them in SVG, out."""

from __future__ import annotations

from functools import lru_cache

_MM_PER_PT = 25.4 / 72


def digits(value: float) -> str:
    """At most three decimals, none where none are needed, never ``-0``."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


# Columns and rows share their lengths: most are asked for many times.
number = lru_cache(maxsize=1 << 16)(digits)


def point(place: tuple[float, float]) -> str:
    """``3.5,2``"""
    return f"{number(place[0])},{number(place[1])}"


def mm(pt: float) -> str:
    """``297mm``: two decimals give a sheet of A4 its 210 mm back, which points of two decimals blur."""
    return f"{number(_in_mm(pt))}mm"


def of_paper(pt: float) -> float:
    """The length in pt, as exactly as paper has it."""
    return round(_in_mm(pt) / _MM_PER_PT, 4)


def _in_mm(pt: float) -> float:
    return round(pt * _MM_PER_PT, 2)
