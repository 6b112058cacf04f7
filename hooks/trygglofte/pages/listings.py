"""Pages that gather documents: one index per type, year, theme and place, and search."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from trygglofte import addresses
from trygglofte.addresses import TYPE_NAMES, address_of, index_of
from trygglofte.model import ActionPlan, Agreement, Document, Filed, Pledge, SituationSummary
from trygglofte.model.municipality import Place
from trygglofte.model.pledge import Status
from trygglofte.model.shared import Theme
from trygglofte.pages.documents import in_time, reports_of, title_of, years_of
from trygglofte.pages.listed import Listed, commitments, paged, states_of
from trygglofte.pages.page import Crumb
from trygglofte.pages.plan import START, Planned, given
from trygglofte.pages.portions import numbered, portions
from trygglofte.pages.reports import Reported
from trygglofte.pages.series import for_place, for_theme
from trygglofte.pages.site import Site, alphabetical
from trygglofte.progress import content_date, count_by_status
from trygglofte.text import first_sentence

_OVERVIEW = "Översikt"
_ROW = 180
"""About how many bytes a measure's row takes on the page of a theme."""
_TYPES: tuple[type[Document], ...] = (Pledge, SituationSummary, Agreement, ActionPlan)


def planned(site: Site) -> Iterator[Planned]:
    """Every index, and the search page."""
    for model in _TYPES:
        yield _type_index(model, site)
    yield from _follow_ups(site)
    if site.everything.file.part.cooperation:
        yield _cooperation(site)
    yield from _years(site)
    yield from _by_theme(site)
    yield from _by_place(site)
    yield search(site)


_TYPE_TEMPLATES: dict[type[Document], tuple[str, str]] = {
    Pledge: ("pages/pledges.html", "Alla medborgarlöften: vad som lovats och vad som har redovisats."),
    SituationSummary: ("pages/situation_summaries.html", "Alla lägesbilder, månad för månad."),
    Agreement: ("pages/agreements.html", "Överenskommelser om samverkan mellan kommunen och polisen."),
    ActionPlan: ("pages/action_plans.html", "Planer för att förebygga brott."),
}


def _type_index(model: type[Document], site: Site) -> Planned:
    everything = site.everything
    family: dict[type[Document], tuple[Filed[Any], ...]] = {
        Pledge: everything.pledges, SituationSummary: everything.summaries,
        Agreement: everything.agreements, ActionPlan: everything.plans,
    }  # fmt: skip
    found = in_time(family[model])
    template, description = _TYPE_TEMPLATES[model]
    updated = max((day for filed in found if (day := content_date(filed))), default=None)
    return Planned(
        index_of(model), TYPE_NAMES[model][1], template, _OVERVIEW, everything.file.file, description,
        given(found=found, title_of=title_of, address_of=address_of), updated=updated, searchable=bool(found),
    )  # fmt: skip


def _follow_ups(site: Site) -> Iterator[Planned]:
    reports = [
        (filed, item)
        for filed in site.everything.pledges
        for item in reports_of(filed.part)
        if not item.report.withdrawn
    ]
    reports.sort(key=lambda pair: (pair[1].report.published, pair[0].id), reverse=True)
    pieces = portions(reports, partial(_weight, site))
    for number, piece in enumerate(pieces, start=1):
        yield Planned(
            numbered(addresses.FOLLOW_UPS, number), "Uppföljningar" + (f", sida {number}" if number > 1 else ""),
            "pages/follow_ups.html", _OVERVIEW, site.everything.file.file,
            "Alla redovisningar av medborgarlöften, den senaste först.",
            given(reports=piece, title_of=title_of, address_of=address_of,
                  part_of=(number, len(pieces), addresses.FOLLOW_UPS)),
            crumbs=(START, Crumb("Medborgarlöften", addresses.PLEDGES)),
            updated=piece[0][1].report.published if piece else None, searchable=bool(piece) and number == 1,
        )  # fmt: skip


def _weight(site: Site, row: tuple[Filed[Pledge], Reported]) -> int:
    """About how many bytes a follow-up's row takes."""
    filed, item = row
    said = first_sentence(item.report.summary)[0] if item.report.summary else ""
    words = (title_of(filed), address_of(filed), said, *site.parties(item.report.reported_by))
    return 300 + sum(len(word.encode()) for word in words)


def _cooperation(site: Site) -> Planned:
    file = site.everything.file
    return Planned(
        addresses.COOPERATION, "Så samverkar vi" if not site.by_project else "Så samverkar kommun och polis",
        "pages/cooperation.html", "Samverkan", file.file,
        "Hur kommunen och polisen arbetar tillsammans, och med vilka.",
        given(cooperation=file.part.cooperation), line=file.mark("cooperation", key=True).line,
    )  # fmt: skip


def _documents_by_year(site: Site) -> dict[int, list[Filed[Document]]]:
    found: dict[int, list[Filed[Document]]] = {}
    for filed in site.everything.documents:
        for year in years_of(filed):
            found.setdefault(year, []).append(filed)
    return dict(sorted(found.items(), reverse=True))


def _years(site: Site) -> Iterator[Planned]:
    years = _documents_by_year(site)
    file = site.everything.file.file
    if not years:
        return
    yield Planned(addresses.YEARS, "År för år", "pages/years.html", _OVERVIEW, file,
                  "Allt som är publicerat, år för år.",
                  given(years=years))  # fmt: skip
    for year, found in years.items():
        yield Planned(
            f"{addresses.YEARS}{year}/", f"Året {year}", "pages/year.html", _OVERVIEW, file,
            f"Löften, överenskommelser och lägesbilder {year}.",
            given(year=year, groups=_grouped(found), title_of=title_of, address_of=address_of),
            crumbs=(START, Crumb("År för år", addresses.YEARS)), year=str(year),
        )  # fmt: skip


def _grouped(found: list[Filed[Any]]) -> list[tuple[str, list[Filed[Any]]]]:
    groups = [
        (TYPE_NAMES[model][1], in_time([filed for filed in found if isinstance(filed.part, model)]))
        for model in _TYPES
    ]
    return [(name, members) for name, members in groups if members]


def themes_in_use(site: Site) -> list[tuple[Theme, list[Listed]]]:
    """Themes that some commitment or situation summary has, with their commitments."""
    return site.once("themes in use", lambda: _themes_in_use(site))


def _themes_in_use(site: Site) -> list[tuple[Theme, list[Listed]]]:
    everything = commitments(site)
    seen = {category.theme for filed in site.everything.summaries for category in filed.part.categories}
    found = [(theme, [item for item in everything if theme.id in item.themes]) for theme in site.themes]
    return [(theme, items) for theme, items in found if items or theme.id in seen]


def _by_theme(site: Site) -> Iterator[Planned]:
    used = themes_in_use(site)
    if not used:
        return
    yield Planned(addresses.THEMES, "Teman", "pages/themes.html", _OVERVIEW, "data/teman.yml",
                  "Löften och lägesbilder ordnade efter tema.",
                  given(used=_with_counts(used)))  # fmt: skip
    for theme, items in used:
        seen = for_theme(site, theme.id)
        measures = [
            (plan, m) for plan in site.everything.plans for m in plan.part.measures if theme.id in m.themes
        ]
        page = Planned(
            f"{addresses.THEMES}{theme.id}/", theme.name, "pages/theme.html", "Tema", "data/teman.yml",
            theme.description,
            given(
                theme=theme, seen=seen, measures=measures, counts=count_by_status(states_of(items)),
                title_of=title_of, address_of=address_of,
            ),
            crumbs=(START, Crumb("Teman", addresses.THEMES)),
        )  # fmt: skip
        yield from paged(page, items, seen.weight + _ROW * len(measures))


def _with_counts(used: list[tuple[Any, list[Listed]]]) -> list[tuple[Any, list[Listed], dict[Status, int]]]:
    return [(what, items, count_by_status(states_of(items))) for what, items in used]


def places_in_use(site: Site) -> list[tuple[Place, list[Listed]]]:
    """Places with the commitments there, by the Swedish alphabet."""
    return site.once("places in use", lambda: _places_in_use(site))


def _places_in_use(site: Site) -> list[tuple[Place, list[Listed]]]:
    everything = commitments(site)
    counted = {
        place
        for filed in site.everything.summaries
        for category in filed.part.categories
        for place in category.places
    }
    places = sorted(site.everything.file.part.places, key=lambda place: alphabetical(place.name))
    found = [(place, [item for item in everything if place.id in item.places]) for place in places]
    return [(place, items) for place, items in found if items or place.id in counted]


def _by_place(site: Site) -> Iterator[Planned]:
    used = places_in_use(site)
    file = site.everything.file.file
    if not used:
        return
    yield Planned(addresses.PLACES, "Platser", "pages/places.html", _OVERVIEW, file,
                  "Vad som lovats och setts, plats för plats.",
                  given(used=_with_counts(used)))  # fmt: skip
    for place, items in used:
        seen = for_place(site, place.id)
        page = Planned(
            f"{addresses.PLACES}{place.id}/", place.name, "pages/place.html", "Plats", file,
            place.description or f"Vad som lovats och setts vid {place.name}.",
            given(
                place=place, seen=seen, parts=[other for other, _ in used if other.within == place.id],
                counts=count_by_status(states_of(items)), title_of=title_of, address_of=address_of,
            ),
            crumbs=(START, Crumb("Platser", addresses.PLACES)),
        )  # fmt: skip
        yield from paged(page, items, seen.weight)


def search(site: Site) -> Planned:
    """The search page; works as an ordinary form's target."""
    file = site.collection.file.file if site.collection else site.shared.portal.file
    return Planned(addresses.SEARCH, "Sök", "pages/search.html", _OVERVIEW, file,
                   "Sök bland löften, överenskommelser och lägesbilder.",
                   searchable=False)  # fmt: skip
