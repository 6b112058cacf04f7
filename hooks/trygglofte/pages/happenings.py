"""What happened in the content of a municipality's site, day by day: what somebody who follows it wants to hear.

Days come from the data and never from the build, ids from what a thing is and never from its words, so a
rebuild makes no news and a corrected spelling none either. Everything is taken from the site as it is shown.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from trygglofte import text, wording
from trygglofte.addresses import TYPE_NAMES, address_of, commitment_anchor, index_of
from trygglofte.model import ActionPlan, Agreement, Document, Filed, Pledge, SituationSummary, promises
from trygglofte.model.common import SignedDocument, When
from trygglofte.pages.naming import title_of
from trygglofte.pages.news import Happening
from trygglofte.pages.reports import Reported, reports_of
from trygglofte.pages.site import Gone, Site
from trygglofte.progress import status_steps

_SPACE = uuid.UUID("0b7c3e1e-6d0f-5a43-9a55-5d1f4c1f7a10")
_NEW: dict[type[Document], str] = {
    Agreement: "Ny överenskommelse", Pledge: "Nytt medborgarlöfte", SituationSummary: "Ny lägesbild",
    ActionPlan: "Ny åtgärdsplan",
}  # fmt: skip
_REMOVED: dict[type[Document], str] = {
    Agreement: "En överenskommelse har tagits bort", Pledge: "Ett medborgarlöfte har tagits bort",
    SituationSummary: "En lägesbild har tagits bort", ActionPlan: "En åtgärdsplan har tagits bort",
}  # fmt: skip
_KIND = re.compile("(samverkans)?överenskommelse|(lagstadgad )?lägesbild|åtgärdsplan", re.IGNORECASE)
"""How a title begins that says itself what sort of document it is."""
_MOST = 600
"""So many characters of a summary are told; the rest is on the page."""


def stable_id(*names: str) -> str:
    """An id that is the same for the same names, whenever and wherever it is made."""
    return uuid.uuid5(_SPACE, "/".join(names)).urn


def happenings(site: Site) -> tuple[Happening, ...]:
    """Everything that has happened up to the site's day, newest first; of one day in the order it is told."""
    return site.once("happenings", lambda: _gathered(site))


def _gathered(site: Site) -> tuple[Happening, ...]:
    if site.is_portal:
        return ()
    found = [item for filed in site.everything.documents for item in _of_document(filed, site)]
    found += [item for gone in site.withdrawn for item in _of_withdrawn(gone, site)]
    told = [item for item in found if item.day <= site.today]
    return tuple(sorted(told, key=lambda item: item.day, reverse=True))


def name_of(filed: Filed[Document], site: Site) -> tuple[str, str]:
    """What a document is known by in ids, for good: its owner, and the first address it had."""
    owner = site.owner(filed)
    first = next(
        (name for name in former_of(filed) if name.startswith(index_of(type(filed.part)))), address_of(filed)
    )
    return owner.owner if owner else site.slug, first


def former_of(filed: Filed[Document]) -> tuple[str, ...]:
    """The addresses that a document had before."""
    return tuple(address.lstrip("/") for address in filed.part.former_addresses)


class _Maker:
    """Makes the happenings of one document: what they share is said once."""

    def __init__(self, filed: Filed[Document], site: Site) -> None:
        self.name = name_of(filed, site)
        self.address = address_of(filed)
        self.pledge = self.address if isinstance(filed.part, Pledge) else ""
        self.themes, self.places = _about(filed.part)
        self.site = site

    def made(
        self, event: str, day: date, kind: str, title: str, said: str, anchor: str = "",
        *, themes: Iterable[str] | None = None, places: Iterable[str] | None = None,
    ) -> Happening:  # fmt: skip
        """One happening; its themes and places are the document's unless it has its own."""
        return Happening(
            stable_id(*self.name, event), date(day.year, day.month, day.day), kind, title, said,
            f"{self.address}#{anchor}" if anchor else self.address,
            frozenset(self.themes if themes is None else themes),
            frozenset(self.places if places is None else places), self.pledge,
        )  # fmt: skip


def _about(part: Any) -> tuple[set[str], set[str]]:
    """Every theme and place that a document is about."""
    themes: set[str] = set()
    places: set[str] = set(getattr(part, "places", ()))
    if isinstance(part, Pledge):
        for promise in promises(part):
            themes.update(promise.themes)
            places.update(promise.commitment.places, promise.area.places if promise.area else ())
    elif isinstance(part, SituationSummary):
        for category in part.categories:
            themes.add(category.theme)
            places.update(category.places)
    elif isinstance(part, ActionPlan):
        for measure in part.measures:
            themes.update(measure.themes)
            places.update(measure.places)
    return themes, places


def _of_document(filed: Filed[Document], site: Site) -> Iterator[Happening]:
    part, title, make = filed.part, title_of(filed), _Maker(filed, site)
    if day := new_on(part):
        kind = TYPE_NAMES[type(part)][0]
        new = _NEW[type(part)]
        named = f"{new.split()[0]} {wording.uncapital(title)}" if _KIND.match(title) else f"{new}: {title}"
        yield make.made("ny", day, kind, named, _said(part.summary or _words(part)))
    if isinstance(part, Pledge):
        yield from _of_follow_ups(part, title, make)
    elif isinstance(part, ActionPlan):
        yield from _of_plan(part, title, make)
    if isinstance(part, SignedDocument):
        yield from _extended(part, title, make)
    for kind, entries in (("Ändrat av parterna", part.changes), ("Rättelse", part.corrections)):
        seen: dict[date, int] = {}
        for entry in entries:
            number = seen[entry.date] = seen.get(entry.date, 0) + 1
            said = " ".join(_sentence(words) for words in (entry.what, entry.why) if words)
            key = f"{kind}/{entry.date.isoformat()}/{number}"
            yield make.made(key, entry.date, kind, f"{kind}: {title}", said, "andringar")


def new_on(part: Any) -> date | None:
    """The day a document came, as far as it tells: shown from, signed, decided, covered or valid from that day.

    A partial date counts from the first day it can mean. None where nothing in it has a day.
    """
    if part.publish_from:
        return part.publish_from.date()  # type: ignore[no-any-return]
    signing, decision = getattr(part, "signing", None), getattr(part, "decision", None)
    if isinstance(part, SituationSummary) and not (decision and _day(decision.date)):
        return part.period.end
    valid = getattr(part, "valid", None)
    whens = (signing and signing.date, decision and decision.date, valid and valid.start)
    return next((day for when in whens if (day := _day(when))), None)


def _day(when: When | None) -> date | None:
    return (when.first or when.last) if when else None


def _words(part: Any) -> str:
    return getattr(part, "problem", None) or getattr(part, "analysis", None) or ""


def _said(words: str | None) -> str:
    return text.to_plain(words, _MOST) if words else ""


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _of_follow_ups(pledge: Pledge, title: str, make: _Maker) -> Iterator[Happening]:
    steps = list(status_steps(pledge))
    for item in reversed(reports_of(pledge)):
        report = item.report
        if report.withdrawn:
            yield make.made(
                f"{item.anchor}/borttagen", report.withdrawn.date, "Borttaget",
                f"En uppföljning har tagits bort: {title}", f"Skäl: {_sentence(report.withdrawn.reason)}",
                item.anchor,
            )  # fmt: skip
            continue
        yield _follow_up(item, title, make)
        for step in steps:
            if step.report is report:
                outcome = report.outcomes[step.promise.commitment.id]
                commitment, area = step.promise.commitment, step.promise.area
                said = [f"Gäller medborgarlöftet {title}."]
                said += [
                    _sentence(words) for words in (outcome.done, outcome.cause, outcome.next_step) if words
                ]
                yield make.made(
                    f"{item.anchor}/{commitment.id}", report.published, "Ändrat läge",
                    f"{commitment.what.rstrip('.')}: {step.before} → {step.after}", " ".join(said),
                    commitment_anchor(commitment.id), themes=step.promise.themes,
                    places=commitment.places or (area.places if area else ()) or pledge.places,
                )  # fmt: skip


def _follow_up(item: Reported, title: str, make: _Maker) -> Happening:
    report = item.report
    who = wording.capital(wording.listing(make.site.parties(report.reported_by))) or "Uppföljningen"
    said = f"{who} redovisar {wording.report_period(report.period)}."
    return make.made(
        item.anchor, report.published, "Uppföljning", f"Uppföljning: {title}",
        f"{said} {_said(report.summary)}".strip(), item.anchor,
    )  # fmt: skip


def _of_plan(plan: ActionPlan, title: str, make: _Maker) -> Iterator[Happening]:
    seen: dict[date, int] = {}
    for report in plan.follow_ups:
        number = seen[report.published] = seen.get(report.published, 0) + 1
        key = f"uppfoljning/{report.published.isoformat()}/{number}"
        yield make.made(
            key, report.published, "Uppföljning", f"Uppföljning: {title}", _said(report.summary),
            "uppfoljningar",
        )  # fmt: skip


def _extended(part: SignedDocument, title: str, make: _Maker) -> Iterator[Happening]:
    for number, extension in enumerate(part.valid.extended if part.valid else (), start=1):
        decided = extension.decided.known if extension.decided else None
        if decided and decided.day:
            said = [f"Gäller nu till och med {wording.when(extension.end)}."]
            said += [_sentence(extension.why)] if extension.why else []
            yield make.made(
                f"forlangt/{number}", decided.first, "Ändrat av parterna", f"Förlängt: {title}", " ".join(said),
                "andringar",
            )  # fmt: skip


def _of_withdrawn(gone: Gone, site: Site) -> Iterator[Happening]:
    """That something was taken down, and why: its title and its address may be what had to go."""
    first = next((name for name in gone.former if name.startswith(index_of(gone.model))), gone.address)
    index = index_of(gone.model)
    yield Happening(
        stable_id(site.slug, first, "borttagen"), gone.withdrawal.date, "Borttaget", _REMOVED[gone.model],
        f"Skäl: {_sentence(gone.withdrawal.reason)}", index if site.has(index) else "",
    )  # fmt: skip
