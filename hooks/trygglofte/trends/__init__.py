"""Situation summaries over time: series with their gaps and breaks, and when a change may be called one.

Knows values and days, nothing of pages. Whatever is derived from a count is derived here or in `pages/charts`,
and nothing is derived from a hidden one.
"""

from trygglofte.trends.change import LEVEL, Change, change
from trygglofte.trends.series import (
    Compared,
    NoVerdict,
    Point,
    Series,
    compared,
    monthly,
    place_series,
    place_themes,
    same_time_last_year,
    theme_series,
    themes_counted,
    whole_months,
)

__all__ = [
    "LEVEL",
    "Change",
    "Compared",
    "NoVerdict",
    "Point",
    "Series",
    "change",
    "compared",
    "monthly",
    "place_series",
    "place_themes",
    "same_time_last_year",
    "theme_series",
    "themes_counted",
    "whole_months",
]
