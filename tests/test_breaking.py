"""Long words break between their parts, in text alone, and nobody who reads pages by machine notices."""

from __future__ import annotations

import html as entities
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyphen import Pyphen
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from trygglofte.words.breaking import NBSP, SOFT, broken, hyphenated
from trygglofte.words.syllables import syllables


def shown(word: str) -> str:
    return hyphenated(word).replace(SOFT, "|")


@pytest.mark.parametrize(
    "word",
    [
        "medborgar|löften", "Samverkans|överens|kommelsen", "brotts|förebyggande", "lokal|polis|områdes|chefen",
        "kommun|fullmäktige", "Björkhaga|skolan", "ungdoms|kriminalitet", "trygghets|vandringar",
        "tillgäng|lighet", "kamera|övervakning", "polis|myndigheten", "fot|patrullerar",
    ],
)  # fmt: skip
def test_a_compound_breaks_between_its_parts_and_other_words_between_syllables(word):
    assert shown(word.replace("|", "")) == word


@settings(max_examples=300)
@given(
    st.text("abdefghijklmnoprstuväåö.é9", max_size=30)
    | st.sampled_from(["övervakning", "runderkläder", "agnostiker"])
)
def test_syllables_end_where_the_library_of_the_patterns_says(word):
    assert list(syllables(word)) == Pyphen(lang="sv").positions(word)


@pytest.mark.parametrize("word", ["tunnel", "uppföljningar", "procentenhet", "KOMMUNSTYRELSEN", "", "ß" * 20])
def test_short_words_and_capitals_stay_whole(word):
    assert hyphenated(word) == word


@pytest.mark.parametrize(
    "html",
    [
        '<a title="trygghetsvandringar > medborgarlöfte" href="/trygghetsvandringar/">x</a>',
        "<script>trygghetsvandringar</script><style>trygghetsvandringar</style>",
        "<svg><text>trygghetsvandringar</text></svg><select><option>trygghetsvandringar</option></select>",
        "<code>trygghetsvandringar</code><!-- trygghetsvandringar -->",
        '<div lang="en"><p>responsibilities</p></div>',
        "trygghetsvandringar@kommun.se samverkanstryggt.se/ www.trygghetsvandringar.se https://trygghetsvandringar",
        "KS-2026/trygghetsvandringar &CounterClockwiseContourIntegral; _trygghetsvandringar_",
        "/trygghetsvandringar/ trygghetsvandringar2026",
    ],
)
def test_attributes_code_other_languages_and_addresses_are_left_alone(html):
    assert broken(html) == html


def test_text_is_found_between_all_that_is_left_alone():
    html = "<p>(Medborgarlöften.)<br><b title='a>b'>ordningsvakter</b> <svg><g/></svg>och\u00a0lokalpolisområde</p>"
    assert broken(html).replace(SOFT, "|") == (
        "<p>(Medborgar|löften.)<br><b title='a>b'>ordnings|vakter</b> <svg><g/></svg>och\u00a0lokal|polis|område</p>"
    )


def test_shorter_words_break_in_tables_too_for_columns_are_narrow():
    html = "<p>kartläggning</p><div><table><tr><td>kartläggning, Genomfört</td></tr></table></div><p>kartläggning</p>"
    assert broken(html).replace(SOFT, "|") == html.replace("<td>kartläggning", "<td>kart|läggning")


@pytest.mark.parametrize(
    "text",
    [
        "den 15_september 2026", "1\n_juli", "60_dagar, 27_procent och 4_§", "1_214_svar av 21_400, 1_234_567_kronor",
        "0980-319 210", "+46 980 319 210", "042-10 50 00", "114 14", "2026 123", "14 stationer och 3 st-skyltar",
        "7,5_km",
    ],
)  # fmt: skip
def test_a_number_keeps_its_unit_its_month_and_its_hundreds_and_a_telephone_number_is_none(text):
    written = text.replace("\n_", "\n").replace("_", " ")
    assert broken(f"<p>{written}</p>") == f"<p>{text.replace(chr(10), '').replace('_', NBSP)}</p>"


_PIECES = st.sampled_from([
    "<p>", "</p>", '<a href="#">', "</a>", "<svg>", "</svg>", "<code>", "<", ">", '"', "&amp;", " ", "\u00a0", "-", "@",
    "medborgarlöftet", "trygghetsvandring", "Överenskommelser", "xyzxyzxyzxyzxyz", "<!--", "-->", "…", "12",
])  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_nothing_but_soft_hyphens_is_ever_added(html):
    made = broken(html)
    assert made.replace(SOFT, "").replace(NBSP, " ") == html.replace(NBSP, " ")
    before, after = HTMLParser(f"<body>{html}"), HTMLParser(f"<body>{made}")
    assert [node.attributes for node in after.css("*")] == [node.attributes for node in before.css("*")]
    assert not re.search(rf"\W{SOFT}|{SOFT}\W", entities.unescape(made))


@settings(max_examples=300)
@given(st.text("abdeghiklmnoprstuvåäö", min_size=14, max_size=60))
def test_no_piece_of_a_word_is_a_mere_scrap(word):
    pieces = hyphenated(word).split(SOFT)
    assert "".join(pieces) == word
    assert min(map(len, (pieces[0], pieces[-1]))) >= 3
