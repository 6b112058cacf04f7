"""What must be reviewed is not published before it has been, anywhere, and the check says what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from trygglofte.advice import advise
from trygglofte.library import Library
from trygglofte.model import Municipality
from trygglofte.pages import municipality_pages
from trygglofte.problems import Problem
from trygglofte.progress import as_public, changed_after_approval, missing_reviews
from trygglofte.wording import NBSP

SUMMARY = "data/provstad/lagesbilder/2026-01.yml"
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
PERIOD = "period: {från: 2026-01-01, till: 2026-01-31}\nsammanfattning: Hemligt tills vidare\n"
TODAY = date(2026, 3, 1)
REQUIRED = "kräver: {lägesbilder: {sekretessprövad: [polisen, kommunjurist], godkänd: [kommunen]}}\n"
REVIEWS = """\
sekretessprövad:
  - {datum: 2026-02-02, funktion: kommunpolis, part: polisen}
  - {datum: 2026-02-03, funktion: Kommunjurist}
godkänd:
  - {datum: 2026-02-04, funktion: kommundirektör, part: kommunen}
"""

Provstad = Callable[..., Municipality]


@pytest.fixture
def provstad(project, problems_of: Callable[[Path], list[Problem]]) -> Provstad:
    """The small municipality with other files, and lines added to its own file."""

    def make(own: str = "", **files: str) -> Municipality:
        names = {"summary": SUMMARY, "pledge": PLEDGE}
        root = project({names[name]: text for name, text in files.items()})
        file = root / "data/provstad/kommun.yml"
        file.write_text(file.read_text("utf-8") + own, "utf-8")
        assert problems_of(root) == []
        shared = Library(root).shared().shared
        assert shared is not None
        found = Library(root).municipality("provstad", shared).municipality
        assert found is not None
        return found

    return make


def lacking(municipality: Municipality, day: date = TODAY) -> list[str]:
    file = municipality.file.part
    return [
        f"{one.field} {one.by}"
        for filed in municipality.documents
        for one in missing_reviews(filed.part, file, day)
    ]


def waiting(municipality: Municipality) -> list[Problem]:
    return [one for one in advise(municipality, TODAY) if one.kind == "vantar-pa-granskning"]


def test_nothing_is_asked_where_nobody_demands_anything(provstad: Provstad):
    municipality = provstad(summary=PERIOD)
    assert lacking(municipality) == []
    assert as_public(municipality, TODAY).summaries == municipality.summaries


def test_what_a_municipality_demands_holds_for_that_type_of_document_alone(provstad: Provstad):
    municipality = provstad(REQUIRED, summary=PERIOD)
    assert lacking(municipality) == [
        "secrecy_reviewed polisen",
        "secrecy_reviewed kommunjurist",
        "approved kommunen",
    ]
    public = as_public(municipality, TODAY)
    assert public.summaries == ()
    assert public.pledges == municipality.pledges


def test_a_document_can_demand_reviews_of_its_own(provstad: Provstad):
    assert lacking(provstad(summary=f"{PERIOD}kräver: {{godkänd: [polisen]}}\n")) == ["approved polisen"]


def test_a_review_by_the_party_or_the_function_opens_the_gate_from_its_day(provstad: Provstad):
    municipality = provstad(REQUIRED, summary=PERIOD + REVIEWS)
    assert lacking(municipality) == []
    assert lacking(municipality, date(2026, 2, 3)) == ["approved kommunen"]
    assert as_public(municipality, TODAY).summaries == municipality.summaries


def test_what_was_over_before_the_demand_began_stays(provstad: Provstad):
    late = (
        "kräver:\n  lägesbilder: {från: 2026-02-01, godkänd: [polisen]}\n"
        "  medborgarlöften: {från: 2026-12-31, godkänd: [polisen]}\n"
    )
    assert lacking(provstad(late, summary=PERIOD)) == ["approved polisen"], (
        "the pledge is valid on the day it began"
    )


def test_what_is_withdrawn_needs_no_review_to_say_so(provstad: Provstad):
    gone = "avpublicerad: {datum: 2026-02-10, skäl: Innehöll för mycket.}\n"
    assert (
        lacking(provstad(REQUIRED, summary=f"period: {{från: 2026-01-01, till: 2026-01-31}}\n{gone}")) == []
    )


def test_no_page_says_anything_of_what_waits(provstad: Provstad, project):
    municipality = provstad(REQUIRED, summary=PERIOD)
    _, pages = municipality_pages(municipality, Path(__file__).parents[1], TODAY)
    assert pages
    assert not any("Hemligt tills vidare" in page.html or "2026-01/" in page.address for page in pages)


def test_the_check_says_kindly_what_is_missing(provstad: Provstad):
    [problem] = waiting(provstad(REQUIRED, summary=PERIOD))
    assert not problem.is_error
    assert problem.message == (
        "Sidan visas inte än, för den är inte prövad för sekretess av polisen och kommunjurist "
        "och inte godkänd av kommunen."
    )
    assert (
        problem.hint
        == "När det är gjort: skriv datum, funktion och part under ”sekretessprövad” och ”godkänd”."
    )
    assert waiting(provstad(REQUIRED, summary=PERIOD + REVIEWS)) == []


CHANGED = "ändringar:\n  - {datum: 2026-02-20, vad: Ny rad.}\n"


def test_a_text_that_was_changed_after_its_approval_is_told_of(provstad: Provstad):
    municipality = provstad(summary=PERIOD + REVIEWS + CHANGED)
    [problem] = [one for one in advise(municipality, TODAY) if one.kind == "andrad-efter-godkannande"]
    assert problem.message.replace(NBSP, " ") == (
        "Godkänd 4 februari 2026, men ändrad eller uppföljd 20 februari 2026."
    )
    part = municipality.summaries[0].part
    assert changed_after_approval(part, date(2026, 2, 19)) is None, "nobody knows of it yet"
    assert changed_after_approval(provstad(summary=PERIOD + CHANGED).summaries[0].part, TODAY) is None


def test_a_follow_up_after_the_approval_is_told_of_too(provstad: Provstad):
    report = (
        "titel: Prov\ngäller: {från: 2026-01-01, till: 2026-12-31}\n"
        "åtaganden: [{id: a, vad: Prov, ansvarig: polisen}]\n"
        "godkänd: [{datum: 2026-01-10, funktion: kommundirektör}]\n"
        "uppföljningar:\n  - period: {från: 2026-01-01, till: 2026-01-31}\n    publicerad: 2026-02-11\n"
        "    rapporterat_av: polisen\n    utfall: {a: {status: pågår}}\n"
    )
    part = provstad(pledge=report).pledges[0].part
    assert changed_after_approval(part, TODAY) == (date(2026, 1, 10), date(2026, 2, 11))


def test_a_page_says_which_functions_reviewed_it_and_when(provstad: Provstad):
    again = REVIEWS.replace(
        "godkänd:\n", "  - {datum: 2026-02-05, funktion: kommunpolis, part: polisen}\ngodkänd:\n"
    )
    _, pages = municipality_pages(provstad(summary=PERIOD + again), Path(__file__).parents[1], TODAY)
    [page] = [page for page in pages if page.address == "lagesbilder/2026-01/"]
    said = page.html.replace(NBSP, " ")
    assert (
        "Sekretessprövad av kommunpolis (polisen) 5 februari 2026 och Kommunjurist 3 februari 2026." in said
    )
    assert "Godkänd av kommundirektör (kommunen) 4 februari 2026." in said


def test_a_review_of_a_pledge_that_others_own_counts_by_the_name_of_the_party(provstad: Provstad):
    municipality = provstad("kräver: {lägesbilder: {godkänd: [kommunen]}}\n", summary=PERIOD + REVIEWS)
    part = municipality.summaries[0].part
    review = part.approved[0].model_copy(update={"party": "provstad/kommunen", "role": "direktör"})
    moved = part.model_copy(update={"approved": (review,)})
    file = municipality.file.part
    assert [one.by for one in missing_reviews(moved, file, TODAY)] == ["kommunen"]
    assert missing_reviews(moved, file, TODAY, {"provstad/kommunen": "Provstads kommun"}) == ()
