"""What is published about the open data is enough to use it: a client written from it says what the pages say."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.open_data_client import Municipality, Pledge, in_words

ROOT = Path(__file__).resolve().parents[1]
BASE = "https://trygglofte.example/exempelkoping/"


@pytest.fixture(scope="module")
def folder(example_as_real) -> Path:
    return example_as_real[2]


@pytest.fixture(scope="module")
def client(folder) -> Municipality:
    def fetch(address: str) -> bytes:
        assert address.startswith(BASE), address
        return (folder / address.removeprefix("https://trygglofte.example/")).read_bytes()

    return Municipality(BASE, fetch)


def page_of(client: Municipality, address: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.fetch(address + "index.html").decode())


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().replace("\u00ad", "").split())


def words_of(texts: tuple[str, ...]) -> str:
    return " ".join(" ".join(texts).split())


def listed(names: tuple[str, ...]) -> str:
    """Names as a page lists them; the police and the municipality by what they are called in running text."""
    short = [
        "polisen" if name == "Polisen" else "kommunen" if name.endswith(" kommun") else name for name in names
    ]
    return " och ".join([", ".join(short[:-1]), short[-1]] if len(short) > 1 else short)


def same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def test_the_client_knows_nothing_but_what_is_published():
    imported = re.findall(
        r"^(?:from|import) (\S+)", (ROOT / "tests/open_data_client.py").read_text("utf-8"), re.MULTILINE
    )
    assert {name.split(".")[0] for name in imported} <= {"__future__", *sys.stdlib_module_names}


def test_the_client_rebuilds_what_every_pledges_page_says(client):
    pledges = list(client.pledges())
    assert len(pledges) > 8
    for pledge in pledges:
        tree = page_of(client, pledge.address)
        assert words(tree.css_first("h1")) == pledge.title
        kicker = words(tree.css_first(".tl-kicker"))
        for day in pledge.period:  # a year that both ends share is told once
            assert day in kicker or day.rpartition(" ")[0] in kicker
        assert kicker.endswith(listed(pledge.parties))
        state = words(tree.css_first(".tl-state"))
        assert pledge.counts == {
            words(one).partition(" ")[2]: int(words(one).partition(" ")[0])
            for one in tree.css(".tl-counts li")
        }
        assert ("Senast redovisat" in state) == bool(pledge.last_reported)
        assert f"Senast redovisat {in_words(pledge.last_reported)}." in state or not pledge.last_reported
        assert ("Nästa redovisning" in state) == bool(pledge.next_report)
        assert not pledge.next_report or f"senast {in_words(pledge.next_report)}." in state
        for day, parties in pledge.late:
            assert f"Försenad redovisning sedan {in_words(day)}: {listed(parties)}" in state
        the_same_commitments(pledge, tree)
        the_same_follow_ups(pledge, tree)


def the_same_commitments(pledge: Pledge, tree: LexborHTMLParser) -> None:
    cards = {node.attributes["id"]: node for node in tree.css("article.tl-card")}
    assert [one.address.partition("#")[2] for one in pledge.commitments] == list(cards)
    for one in pledge.commitments:
        card = cards[one.address.partition("#")[2]]
        done = words(card.css("dl.tl-promise > div")[1])
        status = words(card.css_first(".tl-card__status"))
        assert words(card.css_first("h3")) == one.what
        assert same(words(card.css_first("dl b")), listed(one.responsible))
        assert status.casefold().startswith(one.status)
        for told in one.told:
            assert words_of((told,)) in done
        said = re.match(r"(\d+) av (?:lovade |högst )?(\d+) ", words_of(one.told))
        if said and one.figures:
            assert one.figures["gjort"] == int(said[1])
            assert one.figures.get("lovat", int(said[2])) == int(said[2])
        assert ("redovisat av" in status) == bool(one.reported_on)
        assert not one.reported_on or (
            f"redovisat av {listed(one.reported_by)} {in_words(one.reported_on)}" in status
        )


def the_same_follow_ups(pledge: Pledge, tree: LexborHTMLParser) -> None:
    timeline = {node.attributes["id"]: node for node in tree.css("ol.tl-timeline > li")}
    assert [one.address.partition("#")[2] for one in pledge.follow_ups] == list(timeline)
    for one in pledge.follow_ups:
        told = timeline[one.address.partition("#")[2]]
        assert in_words(one.last[:7]).split()[0] in words(told.css_first("h3")).casefold()
        assert f"Redovisat av {listed(one.reported_by)} {in_words(one.published)}" in words(told)
        outcomes = {
            node.css_first("a").attributes["href"].partition("#atagande-")[2]: words(node)
            for node in told.css("ul.tl-outcomes > li")
        }
        if not outcomes:  # they have moved to a page of their own
            assert not one.outcomes or f"({len(one.outcomes)})" in words(told)
            continue
        assert outcomes.keys() == one.outcomes.keys()
        for id_, outcome in one.outcomes.items():
            for key in ("status", "gjort", "orsak", "nästa_steg", "resultat"):
                assert str(outcome.get(key, "")).casefold() in outcomes[id_].casefold()
            for key in ("under_perioden", "totalt_hittills"):
                figure = "".join(str(outcome.get(key, "")).replace(".", ",").split())
                assert figure in "".join(outcomes[id_].split())


def test_tables_say_the_same_as_the_files_beside_pages(client):
    pledges = {pledge.address: pledge for pledge in client.pledges()}
    for excel in (False, True):
        rows = {row["härlett.adress"]: row for row in client.table("ataganden", excel)}
        told = {one.address: one for pledge in pledges.values() for one in pledge.commitments}
        assert rows.keys() == told.keys()
        for address, row in rows.items():
            assert (row["vad"], row["härlett.status"]) == (told[address].what, told[address].status)
            assert row["härlett.gjort"].replace(",", ".") == str(told[address].figures.get("gjort", ""))
            assert row["härlett.redovisat_den"] == told[address].reported_on
    outcomes = {(row["dokument"], row["uppföljning"], row["åtagande"]) for row in client.table("utfall")}
    assert outcomes == {
        (pledge.address.rstrip("/").rpartition("/")[2], report.address.partition("#")[2], id_)
        for pledge in pledges.values() for report in pledge.follow_ups for id_ in report.outcomes
    }  # fmt: skip


def test_feeds_say_when_each_status_became_what_it_is(client):
    assert client.news() == client.news_as_json()
    for pledge in client.pledges():
        news = client.news(pledge.address)
        assert news == client.news_as_json(pledge.address)
        for one in pledge.commitments:
            turns = [(day, title) for _, day, title, link in news if link == one.address and " → " in title]
            assert not turns or turns[0][1].rpartition(" → ")[2] == one.status
        reports = {link for _, _, title, link in news if title.startswith("Uppföljning")}
        assert {one.address for one in pledge.follow_ups} >= reports
        assert bool(pledge.follow_ups) == bool(reports)


# What is to be pasted


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def server(folder) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/exempelkoping/"
        server.shutdown()
        thread.join()


def examples(client: Municipality) -> list[str]:
    """Everything on the page and in the document that is to be pasted."""
    page = [node.text() for node in page_of(client, f"{BASE}oppna-data/").css("pre")]
    document = re.findall(r"```\w+\n(.*?)```", (ROOT / "docs/open-data.md").read_text("utf-8"), re.DOTALL)
    return page + document


def test_the_examples_in_python_run_as_they_are_pasted(client, server):
    found = [text for text in examples(client) if "import json" in text]
    assert len(found) == 2
    assert found[0].strip() == found[1].strip()
    pasted = found[0].replace(BASE, server)
    run = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", pasted],
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert run.stderr == ""
    told = [f"{one.status} {one.address}" for pledge in client.pledges() for one in pledge.commitments]
    assert run.stdout.splitlines() == told


def test_every_address_that_is_to_be_pasted_is_there(client):
    addresses = [url for text in examples(client) for url in re.findall(r'https://[^\s"]+', text)]
    assert len(addresses) >= 5
    for address in addresses:
        assert client.fetch(address if address != BASE else f"{BASE}index.html"), address
    assert any("curl -O" in text for text in examples(client))
