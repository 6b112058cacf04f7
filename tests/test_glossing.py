"""Words that a page uses are explained where they stand, and no page grows too heavy by it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from trygglofte import sites
from trygglofte.model.shared import Term
from trygglofte.pages.glossing import with_words, words_in
from trygglofte.searching.preparing import Preparing

TERMS = [
    Term.model_validate({"id": id_, "term": term, "förklaring": f"{term}. Mer."})
    for id_, term in (
        ("tertial", "tertial"), ("lagesbild", "lägesbild"), ("bra", "Brå (Brottsförebyggande rådet)"),
        ("lpo", "lokalpolisområde (LPO)"), ("otrygg-plats", "otrygg plats"),
    )
]  # fmt: skip
DAY = '<p class="tl-day">Innehållet är från 1 maj 2026.</p>'
ADDRESS = "medborgarloften/x/"


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
        ('<a title="x > tertial">lägesbild</a>', ["lagesbild"]),
        ("", []),
    ],
)
def test_a_word_is_found_in_its_forms_and_never_in_marks_or_parts_of_words(html, found):
    assert [term.id for term in words_in(html, TERMS)] == found


def test_no_more_than_six_words_those_in_running_text_and_the_longest_are_explained():
    many = [
        Term.model_validate({"id": f"t{n}", "term": "ord" + "x" * n, "förklaring": "F."})
        for n in range(2, 12)
    ]
    said = " ".join(term.term for term in many)
    assert [term.id for term in words_in(said, many)] == ["t6", "t7", "t8", "t9", "t10", "t11"]
    found = words_in(f"<p>{many[0].term}</p><h2>{said}</h2>", many)
    assert [term.id for term in found] == ["t2", "t7", "t8", "t9", "t10", "t11"]


def test_a_word_is_a_button_where_it_first_stands_and_its_explanation_stands_once(site):
    html = with_words(f"<p>Ett medborgarlöfte. Medborgarlöftet.</p>{DAY}<nav></nav>", ADDRESS, site)
    assert html == (
        '<p>Ett <button popovertarget="ord-1" aria-describedby="ord-1">medborgarlöfte</button>. Medborgarlöftet.</p>'
        '<div class="tl-words" data-pagefind-ignore>'
        '<p>Ord på sidan, förklarade: <button popovertarget="ord-1">medborgarlöfte</button></p>'
        '<p popover id="ord-1"><a href="../../ordlista/#medborgarlofte">Medborgarlöfte</a>: '
        f"Ett löfte till dem som bor i kommunen.</p></div>\n{DAY}<nav></nav>"
    )


def test_every_word_of_a_sentence_is_a_button(site):
    site.__dict__["terms"] = tuple(TERMS)
    html = with_words(f"<p>Lägesbilden om en otrygg plats, varje tertial.</p>{DAY}", ADDRESS, site)
    buttons = re.findall("<button[^>]*aria-describedby[^>]*>(.*?)</button>", html)
    assert buttons == ["Lägesbilden", "otrygg plats", "tertial"]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Ett medborgarlöfte</h2>",
        '<p>Se <a href="x/">vårt <b>medborgarlöfte</b></a>.</p>',
        "<blockquote><p>Parterna ger ett medborgarlöfte.</p></blockquote>",
        "<table><tr><td><p>medborgarlöfte</p></td></tr></table>",
        "<details><summary>medborgarlöfte</summary><p>Ett medborgarlöfte.</p></details>",
        "<details><details><p>Ett löfte.</p></details><p>Ett medborgarlöfte.</p></details>",
        '<div class="tl-altered"><div>Ändrat.</div><p>Ett medborgarlöfte.</p></div>',
        '<p class="tl-quiet">medborgarlöfte</p><ul class="tl-counts"><li>medborgarlöfte</li></ul>',
        '<div class="tl-altered"><p>Ändrat: medborgarlöfte</p></div><dl><dt>medborgarlöfte</dt></dl>',
    ],
)
def test_headings_links_quotes_tables_and_small_print_are_left_as_they_are(html, site):
    made = with_words(f"{html}<p>Slut.</p>{DAY}", ADDRESS, site)
    assert made.startswith(f"{html}<p>Slut.</p><div")
    later = with_words(f"{html}<p>Vårt<br>medborgarlöfte.</p>{DAY}", ADDRESS, site)
    assert later.startswith(f"{html}<p>Vårt<br><button")


def test_all_text_is_the_same_with_words_explained(site):
    html = '<ul><li>Löftet: <strong>medborgarlöfte</strong> <span class="x">nr&nbsp;1</span></li></ul><p>Mer.</p>'
    made = with_words(html + DAY, ADDRESS, site).partition('<div class="tl-words"')[0]
    assert HTMLParser(made).text() == HTMLParser(html).text()
    assert "<strong><button" in made


def test_search_reads_a_page_as_if_nothing_was_explained(site):
    text = f"<p>Ett medborgarlöfte i centrum.</p>{DAY}"
    page = "<html><body><main data-pagefind-body>{}</main></body></html>"
    plain, made = (
        [*Preparing([("a.html", page.format(html))], {}).pages()]
        for html in (text, with_words(text, ADDRESS, site))
    )
    assert re.sub(r"\s", "", made[0][1]) == re.sub(r"\s", "", plain[0][1])


def test_a_page_that_is_heavy_or_has_no_day_stays_as_it_is(site):
    for html in (
        f"<p>medborgarlöfte{' x' * 20_000}</p>{DAY}",
        "<p>Ett medborgarlöfte.</p>",
        f"<p>Inget.</p>{DAY}",
    ):
        assert with_words(html, ADDRESS, site) == html
