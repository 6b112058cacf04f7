"""Names as parts of addresses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slugify import slugify

from trygglofte.pages.naming import slug


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Så räknar vi", "sa-raknar-vi"),
        ("PÅGÅR", "pagar"),
        ("Kommunen & polisen – ihop", "kommunen-polisen-ihop"),
        ("Łódź", "lodz"),
        ("…", ""),
    ],
)
def test_a_name_is_written_in_the_letters_of_addresses(name, written):
    assert slug(name) == written


@given(st.text(alphabet="abzåäöÅÄÖAZ019 -–&.,İß") | st.text())
@settings(max_examples=200)
def test_plain_swedish_is_written_as_the_library_writes_it(name):
    assert slug(name) == slugify(name, replacements=[["å", "a"], ["ä", "a"], ["ö", "o"]])
