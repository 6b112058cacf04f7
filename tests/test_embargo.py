"""Nothing is seen before its time or after it was taken down, in whatever is published.

Every text of a hidden document is a word of its own. The tests look for those words in every file of the built
output, whatever its format, so that an output which comes later is held to the same.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path

import cbor2
import pytest
from pydantic_core import PydanticCustomError

from tests.small_sites import whole
from trygglofte import sites
from trygglofte.history import NO_PAST
from trygglofte.model.dates import Moment, has_come
from trygglofte.model.values import parse_moment
from trygglofte.publishing import publish
from trygglofte.publishing.fingerprints import municipality_ingredients
from trygglofte.sharing import Shares

pytestmark = pytest.mark.slow

DAY = date(2026, 9, 15)
AFTER = date(2026, 9, 17)
FROM = "publiceras_från: 2026-09-16\n"
GONE = "avpublicerad: {datum: 2026-05-02, skäl: SKÄLET}\n"

EVERY_DOCUMENT = """\
titel: §
sammanfattning: §
källor: [{titel: §, utgivare: §, webb: "https://§.example/", anmärkning: §}]
bilagor: [{titel: §, webb: "https://§.example/fil.pdf", format: §, storlek: §}]
rättelser: [{datum: 2026-03-01, vad: §, varför: §}]
ändringar: [{datum: 2026-03-01, vad: §, varför: §}]
sekretessprövad: [{datum: 2026-01-02, funktion: §, diarienummer: §}]
godkänd: [{datum: 2026-01-02, funktion: §, diarienummer: §}]
lättläst: §
sammanfattning_engelska: §
tidigare_adresser: [/medborgarloften/§/]
"""
SIGNED = """\
parter: [kommunen, polisen]
gäller: {från: 2026-01-01, till: 2027-12-31, ordalydelse: §}
undertecknande: {datum: {ordalydelse: §, tidigast: 2026-01}, av: [{namn: §, roll: §, för: polisen}]}
lokalpolisområde: §
diarienummer: {polisen: §}
"""
REPORT = """\
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: PUBLICERAD
    rapporterat_av: [polisen]
    sammanfattning: §
    utfall:
      ÅTAGANDE: {status: pågår, gjort: §, under_perioden: §, räknat: §, resultat: §, orsak: §, nästa_steg: §,
        ny_tidplan: {ordalydelse: §}, källa: {titel: §, utgivare: §}}
    utöver_löftet: [§]
    källor: [{titel: §, utgivare: §}]
    bilagor: [{titel: §, webb: "https://§.example/r.pdf", format: §}]
"""
DOCUMENTS = {
    "overenskommelser": EVERY_DOCUMENT + SIGNED + """\
syften: [§]
områden: [§]
utvärderas: §
ingår_i: §
förnyar: §
""",
    "medborgarloften": EVERY_DOCUMENT + SIGNED + """\
problembild: §
platser: [gomstallet]
indikatorer: [{id: §, namn: §, enhet: §, skala: §, utgångsvärde: 3, källa: {titel: §, utgivare: §}}]
fokusområden:
  - titel: §
    mål: §
    text: §
    teman: [narkotika]
    åtaganden:
      - {id: a1, ansvarig: [polisen, smygaren], vad: §, ordalydelse: §, klart_senast: {ordalydelse: §},
         omfattning: {minst: 4, enhet: §, när: §}}
följs_upp: varje tertial
uppföljningar:
""" + REPORT.replace("ÅTAGANDE", "a1").replace("PUBLICERAD", "2026-05-11"),
    "lagesbilder": EVERY_DOCUMENT + """\
period: {från: 2026-06-01, till: 2026-06-30}
jämfört_med_förra: {lämnas_inte: §}
räknar: §
kategorier: [{tema: narkotika, antal: 4711, platser: {gomstallet: 4711}, text: §, källa: {titel: §, utgivare: §}}]
indikatorer: [{namn: §, värde: 8, enhet: §, skala: §, urval: §, källa: {titel: §, utgivare: §}}]
åtgärder: [{vad: §, ansvarig: polisen}]
""",
    "atgardsplaner": EVERY_DOCUMENT + """\
gäller: {från: 2026-01-01, till: 2027-12-31, ordalydelse: §}
lägesbild: 2026-01
beslut: {organ: §, datum: 2026-01-03, diarienummer: §}
åtgärder: [{id: §, vad: §, ansvarig: smygaren, klart_senast: {ordalydelse: §}, kommentar: §, teman: [narkotika]}]
""",
}  # fmt: skip
OPEN_PLEDGE = """\
titel: Lugnare trafik
överenskommelse: HEMLIG
ersätter: BORTA
gäller: {från: 2026-01-01, till: 2026-12-31}
problembild: |
  Läs [den kommande planen](/atgardsplaner/HEMLIG/), [det borttagna](/medborgarloften/BORTA/) och
  [rapporten](/medborgarloften/2026-trafik/#uppfoljning-2026-08-31). Se också [ordlistan](/ordlista/).
åtaganden: [{id: kontroller, ansvarig: polisen, vad: Kontrollerar hastigheten på genomfarten}]
följs_upp: varje tertial
uppföljningar:
"""
MEASURES = """\
titel: Öppet
åtgärder:
  - {vad: Samtalar, löfte: HEMLIG}
  - {vad: Vandrar, löfte: BORTA}
period: {från: 2026-07-01, till: 2026-07-31}
"""
words_made = count(1)
HIDDEN, DOWN = "hemligx0id", "bortax0id"


def with_words(text: str, kind: str) -> str:
    """A document in which every § is a word of its own."""
    return re.sub("§", lambda _: f"{kind}{next(words_made)}ord", text)


def hidden_words(text: str) -> set[str]:
    return set(re.findall(r"(?:hemligx|bortax)\d+ord", text))


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """A municipality with one embargoed and one withdrawn document of each type, and what refers to them."""
    found = {}
    for folder, text in DOCUMENTS.items():
        found[f"data/provstad/{folder}/{HIDDEN}.yml"] = FROM + with_words(text, "hemligx")
        found[f"data/provstad/{folder}/{DOWN}.yml"] = GONE + with_words(text, "bortax")
    report = REPORT.replace("ÅTAGANDE", "kontroller")
    gone = with_words(report, "bortax").replace("PUBLICERAD", "2026-05-11") + f"    {GONE}"
    later = with_words(report, "hemligx").replace("PUBLICERAD", "2026-09-16")
    later = later.replace("2026-01-01", "2026-05-01").replace("2026-04-30", "2026-08-31")
    refer = {
        "medborgarloften/2026-trafik": OPEN_PLEDGE + gone + later,
        "lagesbilder/2026-07": MEASURES,
        "atgardsplaner/oppen": "titel: Öppen plan\nlägesbild: HEMLIG\n"
        "åtgärder: [{id: a, vad: Gör a, löfte: HEMLIG}]\n",
        "overenskommelser/arsplan": "titel: Årsplan\nsyften: [a]\nområden: [b]\nunder: HEMLIG\nersätter: BORTA\n",
    }
    for name, text in refer.items():
        found[f"data/provstad/{name}.yml"] = text.replace("HEMLIG", HIDDEN).replace("BORTA", DOWN)
    return found


KOMMUN = """\
namn: Provstads kommun
kortnamn: Provstad
kommunkod: "0000"
påhittad: ja
parter:
  - {id: kommunen, namn: Provstads kommun}
  - {id: polisen, namn: Lokalpolisområde Provstad}
  - {id: smygaren, namn: Smygpart}
platser:
  - {id: centrum, namn: Centrum}
  - {id: hamnen, namn: Hamnen}
  - {id: gomstallet, namn: Smygplats}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]) -> Path:
    return whole(
        tmp_path_factory.mktemp("embargo") / "project", {**files, "data/provstad/kommun.yml": KOMMUN}
    )


def output(root: Path, day: date) -> dict[str, bytes]:
    """Every file of the output, unpacked, with what the portal keeps of the municipality."""
    release = publish(root, root / "site", day)
    assert not release.failed, [str(problem) for problem in release.problems if problem.is_error]
    found = dict(unpacked(root / "site"))
    record = next((root / "site/provstad").resolve().parent.glob("kort.json"))
    found["kort.json"] = json.dumps(json.loads(record.read_bytes())["kort"]).encode()
    return found


def unpacked(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, links followed, with what is packed in it unpacked."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from unpacked(path)
            continue
        content = path.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content).removeprefix(b"pagefind_dcd")
            if not content.startswith(b"{"):
                content += repr(cbor2.loads(content)).encode() if path.parent.name == "index" else b""
        yield path.as_posix(), content


@pytest.fixture(scope="module")
def before(root: Path) -> dict[str, bytes]:
    return output(root, DAY)


@pytest.fixture(scope="module")
def after(root: Path, before: dict[str, bytes]) -> dict[str, bytes]:
    return output(root, AFTER)


def leaks(tree: dict[str, bytes], words: set[str]) -> list[tuple[str, str]]:
    found = []
    for name, content in tree.items():
        text = f"{name} {content.decode('utf-8', 'replace')}".lower()
        found += [(name, word) for word in words if word in text]
    return found


def test_no_file_of_any_output_holds_a_word_of_what_is_embargoed(before, files):
    words = set().union(*map(hidden_words, files.values()))
    assert len(words) > 200
    assert leaks(before, {word for word in words if word.startswith("hemligx")} | {HIDDEN}) == []
    assert leaks(before, {"smygplats", "smygpart", "gomstallet", "smygaren", "4711"}) == []


def test_no_file_of_any_output_holds_a_word_of_what_is_withdrawn(before, after, files):
    words = {word for word in set().union(*map(hidden_words, files.values())) if word.startswith("bortax")}
    allowed = {f"/{word}/index.html" for word in words}
    for tree in (before, after):
        found = [(name, word) for name, word in leaks(tree, words) if not name.endswith(tuple(allowed))]
        assert found == []


def test_what_was_embargoed_is_there_when_its_time_has_come(after, files):
    """The look for words finds them where they are: on pages and in the index, or it would prove nothing."""
    words = {word for word in set().union(*map(hidden_words, files.values())) if word.startswith("hemligx")}
    html = {word for name, word in leaks(after, words) if name.endswith(".html")}
    assert len(html) > 0.8 * len(words)
    kinds = {
        Path(name).parent.name if "pagefind" in name else Path(name).suffix for name, _ in leaks(after, words)
    }
    assert {".html", "fragment", "index"} <= kinds
    assert (next(c for n, c in after.items() if n.endswith("provstad/sitemap.xml"))).count(
        HIDDEN.encode()
    ) == 4


def page(tree: dict[str, bytes], address: str) -> str:
    content = next(c for n, c in tree.items() if n.endswith(f"site/provstad/{address}index.html"))
    text = re.sub(r"<[^>]+>", " ", content.decode().partition("<article")[2].rpartition("</article>")[0])
    return " ".join(text.replace("\u00a0", " ").split())


def test_what_is_withdrawn_says_when_and_why_at_every_address_it_had(before, files):
    former = re.findall(r"/(medborgarloften/bortax\d+ord/)", "".join(files.values()))
    for address in (f"medborgarloften/{DOWN}/", *former):
        said = page(before, address)
        assert "Sidan togs bort 2 maj 2026. Skäl: SKÄLET" in said
    assert "Lägesbilden är borttagen" in page(before, f"lagesbilder/{DOWN}/")
    assert not [name for name, word in leaks(before, {DOWN}) if name.endswith((".xml", ".json"))]


def test_a_withdrawn_follow_up_says_when_and_why_and_is_not_said_to_be_late(before):
    said = page(before, "medborgarloften/2026-trafik/")
    assert "Borttagen Uppföljningen togs bort 2 maj 2026. Skäl: SKÄLET" in said
    assert "Inte redovisat" in said
    assert "Senast redovisat" not in said
    assert "Försenad" not in said
    assert "Nästa redovisning: senast 30 september 2026" in said
    assert "januari–april" not in page(before, "uppfoljningar/")


def test_a_link_to_what_has_not_come_is_text_and_other_links_are_links(before, after):
    for tree, linked in ((before, False), (after, True)):
        html = next(
            c for n, c in tree.items() if n.endswith("provstad/medborgarloften/2026-trafik/index.html")
        )
        assert b"den kommande planen" in html
        assert (b">den kommande planen</a>" in html) is linked
        assert (b">rapporten</a>" in html) is linked
        assert b'<a href="../../ordlista/">ordlistan</a>' in html


# A date with a time on it

TIMED = "publiceras_från: 2026-02-01 08:00\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2026-02-01", "2026-02-01T00:00"), ("2026-02-01 08:00", "2026-02-01T08:00"),
     ("2026-02-01 8.30", "2026-02-01T08:30"), ("2026-02-01T23:59", "2026-02-01T23:59"),
     (" 2026-02-01   08:00 ", "2026-02-01T08:00")],
)  # fmt: skip
def test_a_time_is_understood_as_people_write_it(written, meant):
    assert parse_moment(written) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "written", ["2026-02", "2026-02-30 08:00", "2026-02-01 24:00", "2026-02-01 08", "i vår", ""]
)
def test_what_is_no_day_or_time_is_refused(written):
    with pytest.raises(PydanticCustomError):
        parse_moment(written)


def test_a_moment_is_a_day_for_whoever_counts_in_days():
    at = datetime.fromisoformat("2026-02-01T08:00")
    moment = Moment.of(at)
    assert (moment, moment.isoformat(), moment.clock) == (date(2026, 2, 1), "2026-02-01", time(8, 0))
    assert has_come(at, moment)
    assert not has_come(at, Moment.of(at - timedelta(minutes=1)))
    assert not has_come(at, date(2026, 2, 1)), "a day without a time is its start"
    assert has_come(at, date(2026, 2, 2))


def test_a_document_comes_at_its_time_and_the_key_of_the_site_tells(tmp_path):
    text = TIMED + "titel: Kommer\nåtaganden: [{id: a, vad: Gör a}]\n"
    root = whole(tmp_path / "project", {"data/provstad/medborgarloften/kommer.yml": text})
    shared, _ = sites.shared_files(root)
    keys = []
    for hour, minute, seen in ((7, 59, False), (8, 0, True), (9, 30, True)):
        moment = Moment.of(datetime.combine(date(2026, 2, 1), time(hour, minute)))
        site, _, _ = sites.municipal_site(root, "provstad", shared, moment)
        assert ("kommer" in {filed.id for filed in site.everything.pledges}) is seen
        keys.append(municipality_ingredients(root, "provstad", moment, NO_PAST, Shares()))
    assert keys[0] != keys[1]
    assert keys[1] == keys[2], "no time between them, no other site"
    assert municipality_ingredients(root, "ostad", moment, NO_PAST, Shares()) == municipality_ingredients(
        root, "ostad", date(2026, 2, 1), NO_PAST, Shares()
    )


def test_a_build_of_the_same_day_publishes_what_has_come_since(tmp_path):
    text = TIMED + "titel: Kommer\nåtaganden: [{id: a, vad: Gör a}]\n"
    root = whole(tmp_path / "project", {"data/provstad/medborgarloften/kommer.yml": text})
    for hour, built in ((7, ["alstad", "ostad", "provstad"]), (8, ["provstad"]), (9, [])):
        moment = Moment.of(datetime.combine(date(2026, 2, 1), time(hour)))
        release = publish(root, root / "site", moment, with_search=False)
        assert [one.slug for one in release.built if one.outcome == "byggd"] == built
        assert (root / "site/provstad/medborgarloften/kommer").is_dir() is (hour > 7)
