"""Free text becomes HTML in one place, and nothing unsafe comes through it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from trygglofte import text

CORPUS = json.loads((Path(__file__).parent / "corpora" / "naughty-strings.json").read_text("utf-8"))[
    "strings"
]
ALLOWED = {"html", "head", "body", "p", "em", "strong", "ul", "ol", "li", "a", "br"}
HERE = "https://prov.example/kommun/medborgarloften/x/"

NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="https://x.example" onclick="alert(1)">x</a>',
    "<iframe src=//x.example></iframe>",
    "<style>*{display:none}</style>",
    "<!-- --><b>x",
    "</p></article><h1>x</h1>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](\u0001javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//x.example)",
    "[x](/\\x.example)",
    "[x](\\\\\\\\x.example)",
    "[x](/\\\\x.example)",
    "[x](</\t/x.example>)",
    "[x]( //x.example)",
    "[x](https:x.example 'title\" onclick=alert(1)')",
    '[x](https://x.example "a title")',
    "[x](https://x.example){: onclick=alert(1) .tl-late #innehall}",
    "x {: onclick=alert(1)}",
    "{: #innehall}\nx",
    '--8<-- "data/portal.yml"',
    "--8<--\n/etc/passwd\n--8<--",
    "{{ site }} {% include 'x' %}",
    "![x](https://x.example/y.png)",
    "![x][y]\n\n[y]: https://x.example/y.png",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    '<https://x.example/" onclick=alert(1)>',
    "*[HTML]: x\n\n!!! note\n    x",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03",
    "[x](http://[x)",
    "[x](//[x)",
    "- " * 2000 + "x",
    "> " * 2000 + "x",
    "*" * 2000 + "x",
    "[" * 500 + "](" * 500,
]


def whole(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<html><head></head><body>{html}</body></html>")


def unsafe(html: str) -> list[str]:
    """What in a piece of HTML is not allowed there."""
    found = []
    for node in whole(html).root.traverse():
        if node.tag not in ALLOWED:
            found.append(node.tag)
        for name, value in node.attributes.items():
            address = urljoin(HERE, (value or "").replace("\\", "/"))
            stays = urlsplit(address).netloc == "prov.example"
            named = re.match(r"(?i)(?:https?:|mailto:|tel:)", value or "")
            if (node.tag, name) != ("a", "href") or not (stays or named):
                found.append(f"{node.tag} {name}={value}")
    return found


@pytest.mark.parametrize("written", NASTY, ids=lambda written: repr(written[:40]))
def test_nothing_unsafe_survives(written):
    assert unsafe(text.to_html(written, "../../")) == []
    assert unsafe(text.to_html(f"Först. {written}\n\n{written}", "./")) == []


def test_nothing_unsafe_survives_of_the_naughty_strings():
    for written in CORPUS:
        html = text.to_html(written, "../../")
        assert unsafe(html) == [], written
        assert not re.search(r"<(?!/?(?:p|em|strong|ul|ol|li|a|br)\b)", html), written
        assert "\n" not in text.to_plain(written)


PIECES = st.sampled_from(
    ["<", ">", '"', "'", "&", "\\", "`", "*", "**", "_", "[", "](", ")", "<b>", "</p>", "<script>",
        "javascript:", "//x.y",
     "https://x.y", "\n", "\n\n", "- ", "1. ", "    ", "{: a=b}", "![", "]: ", "&#x3c;", "\x02", "\x03", "å",
     "ord ", "onclick="]
)  # fmt: skip
MARKUP = st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(MARKUP)
@example("[a](\\\\\\\\x.y)")
@example('[a](b "c")')
def test_whatever_is_written_becomes_safe_html_and_plain_words(written):
    html = text.to_html(written, "../../")
    assert unsafe(html) == []
    words = text.to_plain(written)
    assert words == " ".join(words.split())
    first, rest = text.first_sentence(written)
    assert "\n" not in first
    assert unsafe(text.to_html(rest, "./")) == []


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abcåäö <>&\"'`#{}|", min_size=1).filter(str.strip))
def test_what_is_no_markup_is_shown_as_it_was_written(written):
    shown = whole(text.to_html(written, "./")).body.text()
    assert " ".join(shown.split()) == " ".join(written.split())
    assert text.to_plain(written) == " ".join(written.split())


def test_text_keeps_paragraphs_emphasis_lists_and_links():
    assert text.to_html("Ett *två* **tre**.\n\nFyra.", "./") == (
        "<p>Ett <em>två</em> <strong>tre</strong>.</p>\n<p>Fyra.</p>"
    )
    assert text.to_html("- a\n- b", "./") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    assert text.to_html("1. a\n2. b", "./") == "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"
    assert text.to_html("[a](https://x.example/)", "./") == '<p><a href="https://x.example/">a</a></p>'
    assert "<br>" in text.to_html("rad  \nrad", "./")
    assert 'href="mailto:a@x.example"' in text.to_html("<a@x.example>", "./")
    assert 'href="tel:11414"' in text.to_html("[114 14](tel:11414)", "./")


ELSE = [
    "# Rubrik", "Rubrik ===", "> citat", "`kod`", "---", "![bild](https://x.example)", "[KS-2026/1]: beslut", "a | b",
]  # fmt: skip


@pytest.mark.parametrize("written", ELSE)
def test_other_markdown_is_shown_as_the_characters_it_was_written_with(written):
    assert whole(text.to_html(written, "./")).body.text() == written


ROOTED = {
    "/kontakt/": "../../kontakt/",
    "/": "../../",
    "/medborgarloften/x/#atagande-y": "../../medborgarloften/x/#atagande-y",
    "https://x.example/kontakt/": "https://x.example/kontakt/",
    "#har": "#har",
    "//x.example/": None,
}


@pytest.mark.parametrize("written", ROOTED, ids=str)
def test_addresses_on_the_site_are_led_from_the_page_to_the_root(written):
    link = whole(text.to_html(f"[a]({written})", "../../")).css_first("a")
    assert link.attributes.get("href") == ROOTED[written]


def test_lists_without_end_are_told_as_text_and_spoil_no_other_text():
    before = text.to_html("En *vanlig* text.", "./")
    endless = "- " * 5000 + "x"
    assert text.to_plain(endless).startswith("- - -")
    text._safe_html.cache_clear()
    assert text.to_html("En *vanlig* text.", "./") == before == "<p>En <em>vanlig</em> text.</p>"


def test_plain_words_are_cut_after_a_whole_word():
    assert text.to_plain("Polisen går *femtio* pass.\n\n- Ett\n- Två") == "Polisen går femtio pass. Ett Två"
    assert text.to_plain("Polisen går femtio pass", 12) == "Polisen går …"
    assert text.to_plain("Polisen, kommunen", 10) == "Polisen …"
    assert text.to_plain("Polisen", 7) == "Polisen"
    assert text.to_plain("a < b & c", 20) == "a < b & c"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcå ,.\n", max_size=60), st.integers(1, 30))
def test_cut_words_are_the_first_words(written, limit):
    words = text.to_plain(written)
    cut = text.to_plain(written, limit)
    if len(words) <= limit:
        assert cut == words
    else:
        assert cut.endswith(" …")
        assert words.startswith(cut.removesuffix(" …"))


SENTENCES = {
    "Det var lugnt. Inget hände.": ("Det var lugnt.", "Inget hände."),
    "Det var lugnt.": ("Det var lugnt.", ""),
    "Det var lugnt": ("Det var lugnt", ""),
    "Det var\nlugnt. Inget\nhände.\n\nMer.": ("Det var lugnt.", "Inget hände.\n\nMer."),
    "Var det *lugnt*? Ja!": ("Var det lugnt?", "Ja!"),
    "Det tar 3.5 dagar. Sedan slut.": ("Det tar 3.5 dagar.", "Sedan slut."),
    "Vi ses kl. 18 på torget. Välkommen!": ("Vi ses kl. 18 på torget.", "Välkommen!"),
    "Det gäller t.ex. Storgatan. Mer sedan.": ("Det gäller t.ex. Storgatan.", "Mer sedan."),
    "Det gäller bl. a. Storgatan. Mer.": ("Det gäller bl. a. Storgatan.", "Mer."),
    "Ca. 50 kom. Fler väntas.": ("Ca. 50 kom.", "Fler väntas."),
    "Läs mer. [Här](/x/) står det.": ("Läs mer.", "[Här](/x/) står det."),
    "- en\n- två": ("", "- en\n- två"),
    "* en\n* två": ("", "* en\n* två"),
    "2. två\n3. tre": ("", "2. två\n3. tre"),
    "a < b. Sedan": ("a < b.", "Sedan"),
    "": ("", ""),
}


@pytest.mark.parametrize("written", SENTENCES, ids=repr)
def test_the_first_sentence_is_the_answer_and_the_rest_stays(written):
    assert text.first_sentence(written) == SENTENCES[written]


@given(st.text(alphabet="ab åö.,:;-–”\"'()12\n #!=~|`{}/+>*_\u00a0€", max_size=60))
def test_plain_paragraphs_are_the_same_without_the_converter(words: str) -> None:
    stripped = words.strip()
    if stripped:
        assert text._safe_html(stripped) == text._converted(stripped)


LINES = st.one_of(
    st.sampled_from(
        ["", "", "- ett", "- två ord", "- ", "-", "- - inre", "-  a", "- a ", " - b", "* c", "---"]
    ),
    st.text(alphabet="ab å.,:;-–”'()12#!=+>_", max_size=12),
    st.text(alphabet="ab å.-1+*", min_size=1, max_size=8).map("- ".__add__),
)


@given(st.lists(LINES, max_size=7).map("\n".join))
def test_plain_lists_are_the_same_without_the_converter(words: str) -> None:
    stripped = words.strip()
    if stripped:
        assert text._safe_html(stripped) == text._converted(stripped)
