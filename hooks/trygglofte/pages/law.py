"""What is published here about what lag (2023:196) asks, paragraph by paragraph, and how old it is.

No more is claimed than the law says: much of it is to work for something (`verka för`), and none of it is to
publish. What is not here may well exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trygglofte import addresses, wording
from trygglofte.addresses import address_of
from trygglofte.model import ActionPlan, Filed, SituationSummary
from trygglofte.model.common import Decision, When
from trygglofte.model.dates import PartialDate
from trygglofte.pages.documents import in_time, title_of
from trygglofte.pages.paragraphs import IN_FORCE, LAW_URL, PARAGRAPHS
from trygglofte.pages.plan import Planned
from trygglofte.pages.site import Site
from trygglofte.progress import CountedFrom, Renewal, has_ended, plan_reports, renewal

_NOTHING_TO_SHOW = {"7", "8"}
"""How the work is done, not something that can be published: said only where the municipality says how."""


@dataclass(frozen=True, slots=True)
class Published:
    """Something that is published here about a paragraph: what, where, and what is known of its age."""

    what: str
    address: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """The two years of 6 §: what they are counted from, and the day they have passed."""

    what: str
    address: str
    since: str
    until: PartialDate
    passed: bool

    @property
    def last(self) -> date:
        """The last day that `until` can mean."""
        return self.until.last

    @property
    def words(self) -> str:
        """`20 november 2026`, or `augusti 2028` where only the month is known."""
        return wording.partial_date(self.until)


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph, what it asks, and what there is here."""

    paragraph: str
    title: str
    asks: str
    published: tuple[Published, ...]
    how: tuple[str, ...]
    clocks: tuple[Clock, ...] = ()
    see: str = ""
    """The paragraph where it is said how this one is met too."""

    @property
    def shown(self) -> bool:
        """Whether the paragraph asks for something that could stand here, or somebody has said how it is done."""
        return bool(self.how or self.see) or self.paragraph not in _NOTHING_TO_SHOW

    @property
    def sign(self) -> str:
        """`4 §`, `11–12 §§`."""
        return f"{self.paragraph}{wording.NBSP}{'§§' if '–' in self.paragraph else '§'}"


def planned(site: Site) -> Iterator[Planned]:
    """The page, where anything at all is published about what the law asks."""
    sections = [section for section in _sections(site) if section.shown]
    if not any(section.published or section.how for section in sections):
        return
    title = "Lagen, och vad källorna säger" if site.by_project else "Så uppfyller vi lagen"
    yield Planned(
        addresses.LAW, title, "pages/law.html", "Översikt", site.everything.file.file,
        "Vad lagen om kommuners ansvar för brottsförebyggande arbete säger, och vad som finns att läsa här.",
        lambda live: {"sections": sections, "law_url": LAW_URL, "reports": _reports(live)},
    )  # fmt: skip


def clocks(site: Site) -> list[Clock]:
    """Two years (6 §) from the newest statutory summary, and from the valid action plans' last follow-up."""
    found: list[tuple[Filed[Any], Renewal | None]] = [
        (summary, renewal(summary, site.today)) for summary in _statutory(site)[:1]
    ]
    found += [
        (plan, renewal(plan, site.today))
        for plan in _plans(site)
        if not has_ended(plan.part.valid, site.today)
    ]
    return [
        Clock(title_of(filed), address_of(filed), _since(filed, told), told.by, told.passed)
        for filed, told in found
        if told and told.day.last >= IN_FORCE
    ]


def _since(filed: Filed[Any], told: Renewal) -> str:
    """What the two years are counted from, as the document's own page says it too."""
    part = filed.part
    if told.counted_from is CountedFrom.DECISION:
        return f"beslutad {wording.when(part.decision.date)}"
    if told.counted_from is CountedFrom.FOLLOW_UP:
        return _followed_up(part)
    return f"gäller till och med {wording.long_date(part.period.end)}"


def _followed_up(plan: ActionPlan) -> str:
    """When a plan was last followed up; "" where nothing is known of it."""
    reports = plan_reports(plan)
    if reports:
        return f"senast uppföljd {wording.long_date(reports[0].published)}"
    return f"avstämd {wording.when(plan.updated)}" if plan.updated else ""


def _statutory(site: Site) -> list[Filed[SituationSummary]]:
    return [filed for filed in in_time(site.everything.summaries) if filed.part.statutory]


def _plans(site: Site) -> list[Filed[ActionPlan]]:
    return in_time(site.everything.plans)


def _sections(site: Site) -> Iterator[Section]:
    published = {
        "4": tuple(_about_summary(filed) for filed in _statutory(site)),
        "5": tuple(_about_plan(filed, site) for filed in _plans(site)),
        "9": tuple(_about_agreements(site)),
        "10": tuple(_about_council(site)),
        "11–12": tuple(_about_function(site)),
    }
    for paragraph, title, asks in PARAGRAPHS:
        own = tuple(clocks(site)) if paragraph == "6" else ()
        if own:
            published["6"] = tuple(Published(clock.what, clock.address, (clock.since,)) for clock in own)
        how, see = _how(site, paragraph)
        yield Section(paragraph, title, asks, published.get(paragraph, ()), how, own, see)


def _how(site: Site, paragraph: str) -> tuple[tuple[str, ...], str]:
    """What kommun.yml says of how a paragraph is met; else the first paragraph where the same words stand."""
    cooperation = site.everything.file.part.cooperation
    how, see = [], ""
    for duty in cooperation.duties if cooperation else ():
        wanted = _numbers(duty.paragraphs or "")
        about = [name for name, _, _ in PARAGRAPHS if _numbers(name) & wanted]
        if about[:1] == [paragraph]:
            how.append(duty.how)
        elif paragraph in about:
            see = see or about[0]
    return tuple(how), "" if how else see


def _numbers(paragraphs: str) -> set[int]:
    """`11–12 §§` → 11 and 12."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", paragraphs):
        found |= set(range(int(first), min(int(last or first), 99) + 1))
    return found


def _decided(decision: Decision | None) -> str:
    if not decision:
        return ""
    return f"beslutad av {decision.body}" + (f" {wording.when(decision.date)}" if decision.date else "")


def _facts(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def _about_summary(filed: Filed[SituationSummary]) -> Published:
    part = filed.part
    parts = [
        name
        for name, text in (
            ("kartläggning", part.survey), ("annan information", part.other_information), ("analys", part.analysis)
        )
        if text
    ]  # fmt: skip
    has = f"innehåller {wording.listing(parts)}" if parts else ""
    return Published(
        title_of(filed), address_of(filed),
        _facts(f"gäller {wording.report_period(part.period)}", _decided(part.decision), has),
    )  # fmt: skip


def _about_plan(filed: Filed[ActionPlan], site: Site) -> Published:
    part = filed.part
    basis = next((s for s in site.everything.summaries if s.id == part.situation_summary), None)
    return Published(
        title_of(filed), address_of(filed),
        _facts(
            f"gäller {wording.period(part.valid)}" if part.valid else "", _decided(part.decision),
            f"bygger på {wording.uncapital(title_of(basis))}" if basis else "",
            _followed_up(part),
        ),
    )  # fmt: skip


def _about_agreements(site: Site) -> Iterator[Published]:
    for filed in in_time(site.everything.agreements):
        part = filed.part
        signed: When | None = part.signing.date if part.signing else None
        has = [name for name, said in (("syften", part.purposes), ("områden", part.areas)) if said]
        last = (part.valid.last if part.valid else None) or (signed.last if signed else None)
        open_ended = bool(part.valid and part.valid.end and part.valid.end.open_ended)
        yield Published(
            title_of(filed), address_of(filed),
            _facts(
                f"gäller {wording.period(part.valid)}" if part.valid else "",
                _signed(signed) if signed else "",
                f"anger {wording.listing(has)}" if has else "",
                "från tiden före lagen" if last and last < IN_FORCE and not open_ended else "",
            ),
        )  # fmt: skip


def _signed(when: When) -> str:
    if when.known:
        return f"undertecknad {wording.when(when)}"
    return f"undertecknad, enligt källan ”{wording.when(when)}”"


def _about_council(site: Site) -> Iterator[Published]:
    """Forums that are called a strategic council. Other forums may be one, but that is not ours to say."""
    cooperation = site.everything.file.part.cooperation
    for forum in cooperation.forums if cooperation else ():
        if "strategisk" in forum.name.lower():
            yield Published(
                forum.name, addresses.COOPERATION, _facts(f"möts {forum.rhythm}" if forum.rhythm else "")
            )


def _about_function(site: Site) -> Iterator[Published]:
    contact = site.everything.file.part.contacts.coordination
    if contact:
        yield Published(contact.name, "kontakt/", ("kontaktuppgifter",))


def _reports(site: Site) -> Sequence[tuple[int, str]]:
    """The years since the law began that have a report page, newest first; none on the project's own sites."""
    found = [address for address in site.pages if address.startswith(addresses.ANNUAL_REPORTS)]
    years = {int(address.split("/")[1]) for address in found if address.count("/") == 2}
    years = {year for year in years if year >= IN_FORCE.year and not site.by_project}
    return [(year, f"{addresses.ANNUAL_REPORTS}{year}/") for year in sorted(years, reverse=True)]
