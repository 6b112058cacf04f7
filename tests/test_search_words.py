"""What search knows of Swedish and of pages: parts of compounds, residents' words, facets. Without a browser."""

from __future__ import annotations

import itertools
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from trygglofte import sites
from trygglofte.pages import municipality_pages
from trygglofte.pages.facets import Inside
from trygglofte.searching import Known, index_site, keep, kept
from trygglofte.searching.everyday import everyday_words
from trygglofte.searching.preparing import Preparing
from trygglofte.searching.records import Record, as_text, from_text, records_of
from trygglofte.words.compounds import Splitter
from trygglofte.words.inflections import STOP_WORDS, stem, telling

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 10)
PLEDGE = """titel: Lugnare trafik
parter: [polisen, kommunen]
gäller: {från: 2026-01-01, till: 2026-12-31}
platser: [centrum]
undertecknande: {datum: 2026-01-02}
problembild: Många kör för fort förbi **skolan**.
åtaganden:
  - id: kontroller
    ansvarig: polisen
    vad: Gör trafikkontroller
    teman: [trafik]
    platser: [hamnen]
  - id: ljus
    ansvarig: kommunen
    vad: Byter lampor i gångtunneln
    teman: [otrygga-platser]
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: [polisen]
    utfall:
      kontroller: {status: genomfört, gjort: Stod vid rondellen}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, lay_out):
    """A small municipality's site and its pages, with the repository's glossary and themes."""
    shared = {
        f"data/{name}.yml": (ROOT / f"data/{name}.yml").read_text(encoding="utf-8")
        for name in ("ordlista", "teman")
    }
    about = MINIMAL["data/provstad/kommun.yml"].replace("namn: Hamnen", "namn: Hamnen\n    i: centrum")
    files = (
        MINIMAL
        | shared
        | {"data/provstad/kommun.yml": about, "data/provstad/medborgarloften/2026-lugn.yml": PLEDGE}
    )
    root = lay_out(tmp_path_factory.mktemp("sok"), files)
    found, _ = sites.shared_files(root)
    checked = sites.Library(root).municipality("provstad", found)
    assert checked.municipality is not None, [str(problem) for problem in checked.problems]
    return municipality_pages(checked.municipality, ROOT, TODAY)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("narkotikabrott", "narkotika brott"),
        ("gångtunneln", "gång tunneln"),
        ("gångtunnlarnas", ""),  # tunnlar is not known as a form of tunnel
        ("medborgarlöften", "medborgar löften"),
        ("brottsförebyggande", "brotts förebyggande"),
        ("trygghetsvandringarna", "trygghets vandringarna"),
        ("fotpatrullerar", "fot patrullerar"),
        ("resecentrum", "rese centrum"),
        ("gatulampor", "gatu lampor"),
        ("lokalpolisområdeschefen", "lokal polis områdes chefen"),
        ("narkotikabrottsutredningen", "narkotika brotts utredningen"),
    ],
)
def test_a_compound_is_taken_apart_where_every_part_is_known(word: str, parts: str) -> None:
    known = ["medborgare", "förebyggande", "vandringen", "lampan", "områdets", "trygghet"]
    assert " ".join(Splitter(known).parts(word)) == parts


@pytest.mark.parametrize(
    "word",
    ["kontroller", "förslaget", "parkeringen", "polisen", "trygghet", "medborgare", "samverkan", "överenskommelse",
     "information", "tillsammans", "ungdomar", "fortsätter"],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_compound_stays_whole(word: str) -> None:
    known = ["trygg", "borgare", "ring", "roll", "sätter", "konto", "domar", "slaget"]
    assert Splitter(known).parts(word) == ()


@given(
    st.text("abdeghiklmnoprstuvyåäö", min_size=1, max_size=24),
    st.lists(st.text("abdegiklnorstå", min_size=3, max_size=7), max_size=6),
)
@settings(max_examples=80, deadline=None)
def test_the_parts_of_a_word_are_always_the_word(word: str, known: list[str]) -> None:
    once, again = Splitter(known).parts(word), Splitter(reversed(known)).parts(word)
    assert once == again
    assert "".join(once) in {word, ""}
    assert all(len(part) >= 3 for part in once)


def test_every_compound_of_known_words_is_found_by_its_last_word() -> None:
    heads, tails = ["skol", "trafik", "natt", "trygghets"], ["vandring", "kontrollen", "platser"]
    splitter = Splitter(["trygghet"])
    for head, tail in itertools.product(heads, tails):
        assert splitter.parts(head + tail)[-1] == tail


@pytest.mark.parametrize(
    ("one", "other"), [("tunneln", "tunnels"), ("löften", "löfte"), ("vakterna", "vakter")]
)
def test_inflections_have_a_common_form(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_that_say_nothing_are_left_out() -> None:
    assert telling("Vad är det som händer på gatan, på gatan?") == ["händer", "gatan"]
    assert all(word == word.lower() for word in STOP_WORDS)


def page(text: str, title: str = "Sida") -> str:
    return (
        '<html><body><nav>Meny</nav><article data-pagefind-body class="narkotikabrott">'
        f'<h1>{title}</h1><p id="narkotikabrott">{text}</p></article></body></html>'
    )


def test_only_text_is_changed_never_markup_and_it_comes_back_as_written() -> None:
    text = 'Narkotikabrott i gångtunneln. <a href="/narkotikabrott/">GÅNGTUNNELN &amp; narkotikabrott</a>'
    made = Preparing([("a/index.html", page(text))], {})
    [(_, sent)] = made.pages()
    assert 'class="narkotikabrott"' in sent
    assert 'id="narkotikabrott"' in sent
    assert 'href="/narkotikabrott/"' in sent
    assert "NarkotikaBrott i gångTunneln." in sent
    assert "GÅNGTUNNELN" in sent
    assert "Meny" not in sent
    assert made.restored(sent) == sent.replace("NarkotikaBrott", "Narkotikabrott").replace(
        "gångTunneln", "gångtunneln"
    ).replace("narkotikaBrott", "narkotikabrott")
    assert made.restored("tillNarkotikaBrottOch iPhone") == "tillNarkotikabrottOch iPhone"


def test_soft_hyphens_on_the_page_do_not_hide_a_word() -> None:
    [(_, sent)] = Preparing([("a/index.html", page("narkotika\u00adbrott och gång&shy;tunnel"))], {}).pages()
    assert "narkotikaBrott och gångTunnel" in sent


def test_residents_words_stand_where_the_term_does_and_not_in_headings(site) -> None:
    found, _ = site
    everyday = everyday_words(found.shared)
    made = Preparing([("a/index.html", page("Polisen söker narkotika.", "Narkotika"))], {}, everyday)
    [(_, sent)] = made.pages()
    assert "<h1>Narkotika</h1>" in sent
    assert re.search(r"söker <span data-pagefind-weight=[^>]*>narkotika\w*Knark\w*</span>\.", sent)
    assert "söker narkotika." in re.sub("</?span[^>]*>", "", made.restored(sent))


def test_where_a_term_stands_nowhere_its_words_lead_to_pages_of_its_theme(site) -> None:
    found, _ = site
    records = {
        "a/index.html": Record("A", "", filters={"tema": ("Trafik",)}),
        "b/index.html": Record("B", ""),
    }
    texts = {address: page("Tema: Trafik. Trafikverket kom.") for address in records}
    sent = dict(Preparing(texts.items(), records, everyday_words(found.shared)).pages())
    assert re.search(r"Tema: <span[^>]*>Trafik\w*Moppe", sent["a/index.html"])
    assert "Moppe" not in sent["b/index.html"]
    texts["b/index.html"] = page("Trafikbrott är ovanliga.")
    sent = dict(Preparing(texts.items(), records, everyday_words(found.shared)).pages())
    assert "Moppe" not in sent["a/index.html"]
    assert re.search(r"TrafikBrott\w*Moppe", sent["b/index.html"])


def test_a_page_that_gathers_others_is_found_by_what_it_is_called(site) -> None:
    found, pages = site
    records = records_of(found, pages)
    texts = {address: page("Allt möjligt om bananer.") for address in records}
    sent = dict(Preparing(texts.items(), records, everyday_words(found.shared)).pages())
    assert "bananer" not in sent["teman/trafik/index.html"]
    assert "moppe" in sent["teman/trafik/index.html"]
    assert "bananer" in sent["medborgarloften/2026-lugn/index.html"]
    assert "bananer" not in sent["medborgarloften/index.html"]


def test_a_pledge_is_found_by_its_themes_places_parties_years_and_statuses(site) -> None:
    found, pages = site
    record = records_of(found, pages)["medborgarloften/2026-lugn/index.html"]
    assert record.filters == {
        "typ": ("Medborgarlöfte",), "ar": ("2026",), "kommun": ("Provstad",), "part": ("Kommunen", "Polisen"),
        "plats": ("Centrum", "Hamnen"), "tema": ("Otrygga platser", "Trafik"),
        "status": ("Genomfört", "Inte redovisat"),
    }  # fmt: skip
    assert record.shown["status"] == "Pågår"
    [controls, _] = record.shown["lovat"]
    assert controls == {
        "id": "atagande-kontroller", "vad": "Gör trafikkontroller", "tema": ["Trafik"],
        "plats": ["Centrum", "Hamnen"], "part": ["Polisen"], "status": ["Genomfört"],
    }  # fmt: skip


def test_pages_without_content_and_search_itself_are_not_found(site) -> None:
    records = records_of(*site)
    assert not {"sok/index.html", "atgardsplaner/index.html"} & set(records)
    assert "medborgarloften/index.html" in records


def test_on_the_portal_a_pledge_is_found_by_what_it_promises_and_not_by_its_reports(site) -> None:
    found, pages = site
    address = "medborgarloften/2026-lugn/index.html"
    records = {address: records_of(found, pages)[address]}
    [(_, sent)] = Preparing([(address, "")], records, promises_alone=True).pages()
    text = " ".join(re.sub("<[^>]*>", " ", sent).split())
    assert "Lugnare trafik" in text
    assert "Många kör för fort förbi skolan." in text
    assert '<p id="atagande-ljus">Byter lampor i' in sent
    assert "Otrygga platser" in text
    assert 'data-pagefind-filter="status:Genomfört"' in sent
    assert (
        "rondellen" in pages[[page.address for page in pages].index(address.removesuffix("index.html"))].html
    )
    assert "rondellen" not in text


def test_what_is_kept_for_the_portal_is_read_back_without_places(site, tmp_path: Path) -> None:
    found, pages = site
    known = Known.of(found, pages)
    keep(known, ["", "medborgarloften/2026-lugn/", "finns-inte/"], tmp_path / "sok.json")
    back = kept(tmp_path / "sok.json", "provstad")
    assert set(back) == {"provstad/index.html", "provstad/medborgarloften/2026-lugn/index.html"}
    assert back["provstad/index.html"].title == "Provstads kommun"
    pledge = back["provstad/medborgarloften/2026-lugn/index.html"]
    assert "plats" not in pledge.filters
    assert pledge.filters["kommun"] == ("Provstad",)
    assert from_text(as_text(back)) == back


@pytest.mark.parametrize("text", [None, "", "[]", "{", '{"a": 1}', '{"a": {"title": "x"}}'])
def test_what_was_kept_by_another_version_is_done_without(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "sok.json").write_text(text, encoding="utf-8")
    assert kept(tmp_path / "sok.json", "provstad") == {}


def test_the_list_of_words_has_one_form_of_each_the_most_used_first_and_is_bounded() -> None:
    text = "Belysning, belysningen och belysning. Torg och torg. " + " ".join(
        "".join(letters)
        for letters in itertools.product("bdfgklmprt", "aeiouyåäö", "bdfgklmprt", "u", "bdfgm")
    )
    listed = Preparing([("a/index.html", page(text))], {}).word_list().split("\n")
    assert listed[0] == "belysning"
    assert "belysningen" not in listed
    assert "torg" in listed
    assert len(listed) <= 3001
    assert sum(len(word.encode()) + 1 for word in listed) < 40_000


def test_an_index_with_every_facet_is_the_same_every_time(site, tmp_path: Path) -> None:
    found, pages = site
    known = Known.of(found, pages)
    runs = []
    for turn in range(4):
        for name in sorted(known.records, reverse=bool(turn % 2)):
            path = tmp_path / str(turn) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page(f"Narkotikabrott vid {name.split('/')[0]} i gångtunneln."), encoding="utf-8")
        index_site(tmp_path / str(turn), known)
        folder = tmp_path / str(turn) / "pagefind"
        runs.append(
            {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        )
    assert sum(name.startswith("filter/") for name in runs[0]) == 7
    assert all(run == runs[0] for run in runs)


def test_what_a_hit_says_of_itself_is_a_value(site) -> None:
    _, pages = site
    pledge = next(page for page in pages if page.address == "medborgarloften/2026-lugn/")
    assert pledge.facets.inside[0] == Inside(
        "atagande-kontroller", "Gör trafikkontroller", "genomfört", pledge.facets.inside[0].filters
    )
