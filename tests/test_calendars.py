"""A calendar that is subscribed to holds the days that come, is read by other programs, and changes in place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import vobject

from tests.test_following import FILES, FOLLOWED, PLEDGE
from trygglofte import sites
from trygglofte.outputs import calendars
from trygglofte.pages import municipality_pages

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 9, 15)
OWN = "medborgarloften/2026-trafik/kalender.ics"
SUMMARY = """\
titel: Lägesbild 2025
lagstadgad: ja
period: {från: 2025-01-01, till: 2025-10-31}
beslut: {organ: kommunstyrelsen, datum: 2025-11-24}
kartläggning: Stölder.
analys: Kvällar.
övrig_information: Inget.
"""
AGREEMENT = """\
titel: Samverkan i Provstad
parter: [kommunen, polisen]
gäller: {från: 2024-01-31, till: 2027-12-31}
undertecknande: {datum: 2024-01-15}
syften: [Minska brottsligheten]
områden: [Trygga platser]
utvärderas: varje år
"""
RHYTHM = "följs_upp: varje tertial\n"


@pytest.fixture
def written(project, provstad):
    """The calendars of the small project with the given files over it."""

    def make(files=None, day=DAY):
        site, pages = municipality_pages(provstad(project(FILES | (files or {}))), ROOT, day)
        return calendars.files(site, pages)

    return make


def read(content: bytes):
    """A calendar as a library reads it that did not write it."""
    calendar = vobject.readOne(content.decode())
    assert calendar.validate()
    return calendar


def events(content: bytes) -> list[str]:
    return [f"{event.dtstart.value} {event.summary.value}" for event in read(content).vevent_list]


def test_a_pledge_has_its_period_its_follow_ups_and_what_is_to_be_done(written):
    text = FOLLOWED.replace(
        "vad: Kontrollerar hastigheten,", "vad: Kontrollerar hastigheten, klart_senast: 2026-11,"
    )
    found = written({PLEDGE: text + RHYTHM})
    assert events(found[OWN]) == [
        "2026-01-01 Börjar gälla: Lugnare trafik",
        "2026-11-30 Ska vara klart: Kontrollerar hastigheten",
        "2026-12-31 Gäller till och med i dag: Lugnare trafik",
        "2027-01-30 Uppföljning ska vara ute: Lugnare trafik",
    ]
    todo, due = read(found[OWN]).vevent_list[1], read(found[OWN]).vevent_list[3]
    assert todo.description.value == "Klart senast november 2026. Ansvarig: Polisen."
    assert todo.url.value == "https://prov.example/provstad/medborgarloften/2026-trafik/#atagande-kontroller"
    assert due.description.value == "Sista dagen för nästa uppföljning från polisen."


def test_late_next_and_later_follow_ups_each_have_their_day(written):
    found = written({PLEDGE: FOLLOWED.partition("uppföljningar:")[0] + RHYTHM}, date(2026, 6, 15))
    days = [line[:10] for line in events(found[OWN]) if "Uppföljning" in line]
    assert days == ["2026-05-30", "2026-09-30", "2027-01-30"]


def test_a_municipality_has_agreements_their_evaluation_and_the_two_years_of_the_law(written):
    found = events(
        written(
            {
                "data/provstad/overenskommelser/2024-2027.yml": AGREEMENT,
                "data/provstad/lagesbilder/2025.yml": SUMMARY,
            }
        )["kalender.ics"]
    )
    assert found == [
        "2024-01-31 Börjar gälla: Samverkan i Provstad",
        "2026-01-01 Börjar gälla: Lugnare trafik",
        "2026-12-31 Gäller till och med i dag: Lugnare trafik",
        "2027-01-28 Ska vara utvärderad: Samverkan i Provstad",
        "2027-11-24 Ska vara förnyad eller följd upp: Lägesbild 2025",
        "2027-12-31 Gäller till och med i dag: Samverkan i Provstad",
        "2028-06-30 Ska vara förnyad eller följd upp: Åtgärdsplan 2026",
    ]


def test_a_day_that_is_not_known_is_in_no_calendar(written):
    vague = FOLLOWED.replace("{från: 2026-01-01, till: 2026-12-31}", "{från: 2026-01, till: tills vidare}")
    found = written({PLEDGE: vague, "data/provstad/atgardsplaner/2026.yml": "titel: Plan\n"})
    assert found == {}, "a calendar without an event is not valid, so there is none"
    said = AGREEMENT.replace("varje år", "varje år, i rådets möte i februari")
    found = written({"data/provstad/overenskommelser/2024-2027.yml": said})["kalender.ics"]
    assert "utvärderad" not in found.decode()
    assert "Utvärderas: varje år\\, i rådets möte i februari." in found.decode().replace("\r\n ", "")


def test_every_calendar_is_valid_for_another_library_and_made_to_subscribe_to():
    shared, _ = sites.shared_files(ROOT)
    site, pages, _ = sites.municipal_site(ROOT, "exempelkoping", shared, DAY)
    found = calendars.files(site, pages)
    assert len(found) > 8
    assert found == calendars.files(*sites.municipal_site(ROOT, "exempelkoping", shared, DAY)[:2])
    for content in found.values():
        calendar = read(content)
        assert (calendar.version.value, calendar.method.value) == ("2.0", "PUBLISH")
        assert calendar.contents["x-wr-calname"][0].value.startswith("Trygglöfte Exempelköping: ")
        assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in content
        uids = [event.uid.value for event in calendar.vevent_list]
        assert len(uids) == len(set(uids))
        for event in calendar.vevent_list:
            assert type(event.dtstart.value) is date
            assert event.dtstamp.value.date() <= site.today
            assert event.dtstamp.value.utcoffset() is not None
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert all(line.decode() is not None and b"\n" not in line for line in lines), (
            "no letter is cut in two"
        )


def test_a_fetched_calendar_changes_in_place(written):
    first = written({PLEDGE: FOLLOWED + RHYTHM})[OWN]
    again = written({PLEDGE: FOLLOWED.replace("Lugnare", "Mycket lugnare") + RHYTHM})[OWN]
    ids = [[event.uid.value for event in read(content).vevent_list] for content in (first, again)]
    assert ids[0] == ids[1]
    assert b"Mycket lugnare" in again
    assert read(first).vevent_list[0].dtstamp.value.date() == date(2026, 9, 11), "the latest day of the data"
