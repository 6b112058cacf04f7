"""Words that a page uses are explained on it, and no page grows too heavy by it."""

from __future__ import annotations

from datetime import date

import pytest

from trygglofte import sites
from trygglofte.model.shared import Term
from trygglofte.pages.glossing import with_words, words_in

TERMS = [
    Term.model_validate({"id": id_, "term": term, "förklaring": f"{term}. Mer."})
    for id_, term in (
        ("tertial", "tertial"), ("lagesbild", "lägesbild"), ("bra", "Brå (Brottsförebyggande rådet)"),
        ("lpo", "lokalpolisområde (LPO)"), ("otrygg-plats", "otrygg plats"),
    )
]  # fmt: skip
DAY = '<p class="tl-day">Innehållet är från 1 maj 2026.</p>'


@pytest.fixture
def site(project, provstad):
    root = project()
    municipality = provstad(root)
    return sites.Site(root, municipality.shared, date(2026, 1, 5), "provstad", municipality)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Varje tertial, i Lägesbilden.</p>", ["tertial", "lagesbild"]),
        ("<p>lägesbilderna</p>", ["lagesbild"]),
        ("<p>i lokalpolisområdets del, en otrygg plats</p>", ["lpo", "otrygg-plats"]),
        ('<p id="tertial">tertialrapport, månadslägesbild, BRÅ</p>', []),
        ("", []),
    ],
)
def test_a_word_is_found_in_its_forms_and_never_in_marks_or_parts_of_words(html, found):
    assert [term.id for term in words_in(html, TERMS)] == found


def test_no_more_than_six_words_the_longest_are_explained():
    many = [
        Term.model_validate({"id": f"t{n}", "term": "ord" + "x" * n, "förklaring": "F."})
        for n in range(2, 12)
    ]
    said = " ".join(term.term for term in many)
    assert [term.id for term in words_in(said, many)] == ["t6", "t7", "t8", "t9", "t10", "t11"]


def test_words_are_explained_before_the_day_of_the_content_and_not_read_by_search(site):
    html = with_words(f"<p>Ett medborgarlöfte.</p>{DAY}<nav></nav>", "medborgarloften/x/", site)
    block, _, after = html.removeprefix("<p>Ett medborgarlöfte.</p>").partition("</details>\n")
    assert block.startswith('<details class="tl-more" data-pagefind-ignore><summary>')
    assert '<a href="../../ordlista/#medborgarlofte">medborgarlöfte</a>' in block
    assert "<dd>Ett löfte till dem som bor i kommunen.</dd>" in block
    assert after == f"{DAY}<nav></nav>"


def test_a_page_that_is_heavy_or_has_no_day_stays_as_it_is(site):
    for html in (
        f"<p>medborgarlöfte{' x' * 20_000}</p>{DAY}",
        "<p>Ett medborgarlöfte.</p>",
        f"<p>Inget.</p>{DAY}",
    ):
        assert with_words(html, "medborgarloften/x/", site) == html
