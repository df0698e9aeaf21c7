"""A colour of a chart on white paper, in; its like on a dark screen, as readable beside all others as before, out."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# White becomes this dark: pure black makes bright letters swim.
_DARKEST: Final = 0.0065
_OWN: Final = 0.05  # what WCAG 2 adds to every luminance for the light that a screen throws back
_STEPS: Final = 24


@lru_cache(maxsize=4096)
def dark(colour: str) -> str:
    """``#rrggbb`` of the same hue, whose luminance is mirrored: the contrast (WCAG 2) of any two colours is the same
    before and after, but for those nearer to black than ``_DARKEST``, which become white and lose a tenth at most."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    light = [_linear(channel) for channel in (red, green, blue)]
    wanted = min(1.0, (_DARKEST + _OWN) * (1 + _OWN) / (_luminance(light) + _OWN) - _OWN)
    hue = _oklab(light)
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _luminance(_in_gamut(middle, hue)) < wanted:
            low = middle
        else:
            high = middle
    return "#" + "".join(f"{round(_display(channel) * 255):02x}" for channel in _in_gamut((low + high) / 2, hue))


def _in_gamut(lightness: float, hue: list[float]) -> list[float]:
    """Linear light of that lightness, with as much of the colour as a screen can show."""
    strength = 1.0
    for _ in range(_STEPS):
        light = _light([lightness, hue[1] * strength, hue[2] * strength])
        if all(-1e-4 <= channel <= 1.0001 for channel in light):
            break
        strength *= 0.8
    return [min(1.0, max(0.0, channel)) for channel in light]


def _luminance(light: list[float]) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _display(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


# Björn Ottosson, "A perceptual color space for image processing" (2020).
def _oklab(light: list[float]) -> list[float]:
    red, green, blue = light
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return [
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    ]


def _light(lab: list[float]) -> list[float]:
    lightness, green_red, blue_yellow = lab
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    middle = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return [
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    ]
