"""The English summary says what the data says, and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trygglofte.model.common import Period
from trygglofte.model.words import Status
from trygglofte.pages import english

ROOT = Path(__file__).parents[1]


def test_every_status_has_its_word_in_english():
    assert set(english.STATUSES) == set(Status)
    assert len(set(english.STATUSES.values())) == len(Status)


def test_a_day_is_written_as_the_english_write_it():
    assert english.long_date(date(2026, 5, 1)) == "1 May 2026"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"från": "2026-01-01", "till": "2026-12-31"}, "1 January 2026 to 31 December 2026"),
        ({"från": "2026-01", "till": "2026-12-31"}, ""),
        ({"från": "2026-01-01", "till": "tills vidare"}, ""),
        ({"från": "2026-01-01"}, ""),
        ({"från": "2026-01-01", "till": "2026-06-30", "förlängt": [{"till": "2026-12-31"}]}, ""),
    ],
)
def test_a_period_is_said_in_english_only_where_its_days_are_known(written, said):
    assert english._dates(Period.model_validate(written)) == said
    assert english._dates(None) == ""
