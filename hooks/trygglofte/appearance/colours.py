"""Contrast as WCAG 2.2 counts it, and the nearest colour that can be read.

Colours are `#rrggbb` in small letters. What is nearest keeps hue and saturation and changes lightness alone, so
that it is still the municipality's colour. The steps are fixed, so the answer is the same on every machine.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable

LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3 Contrast (Minimum): text of ordinary size."""

LIGHT_PAPERS = ("#ffffff", "#f4f2ec", "#fff2b8")
"""What links lie on in light: paper, panel and marked text, as the style sheet's tokens have them."""
DARK_PAPERS = ("#171717", "#222220", "#5a4a12")
"""The same in dark."""

_STEPS = 500


def contrast(one: str, other: str) -> float:
    """The contrast between two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour: str, papers: Iterable[str] = LIGHT_PAPERS) -> bool:
    """Whether text in a colour can be read on every one of some papers."""
    return all(contrast(colour, paper) >= LEAST_CONTRAST for paper in papers)


def nearest_readable(colour: str) -> str:
    """The colour itself where it can be read in light, else the lightest darker one of its hue that can."""
    return _towards(colour, -1, LIGHT_PAPERS)


def for_dark(colour: str) -> str:
    """The colour's variant in dark: the darkest of its hue, no darker than itself, that can be read there."""
    return _towards(colour, 1, DARK_PAPERS)


def _towards(colour: str, direction: int, papers: Iterable[str]) -> str:
    if is_readable(colour, papers):
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    start = round(lightness * _STEPS)
    for step in range(start, (_STEPS if direction > 0 else 0) + direction, direction):
        found = _written(colorsys.hls_to_rgb(hue, step / _STEPS, saturation))
        if is_readable(found, papers):
            return found
    return "#ffffff" if direction > 0 else "#000000"


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
