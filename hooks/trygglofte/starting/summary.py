"""The next situation summary: the same themes, places and way of counting; everything that was seen, anew."""

from __future__ import annotations

from datetime import date

from trygglofte.model import Filed, Municipality, SituationSummary
from trygglofte.model.base import alias_of
from trygglofte.model.situation_summary import Category, Comparison, IndicatorValue, Measure
from trygglofte.reading import Mapping, node_at
from trygglofte.starting.documents import finished, path_of
from trygglofte.starting.drafting import (
    Line,
    Lines,
    Started,
    begun,
    carried,
    comment,
    entry,
    gap,
    item,
    offered,
    reviews_anew,
    under,
)
from trygglofte.starting.periods import (
    Span,
    following,
    id_of,
    month_before,
    months_of,
    overlaps,
    period_lines,
)
from trygglofte.wording import report_period, uncapital


def new_situation_summary(municipality: Municipality, period: Span | None, today: date) -> Started:
    """A monthly situation summary, begun from the one before it. Without `period` it is the next one."""
    finished(municipality, "lagesbilder")
    span = period or next_period(municipality, today)
    before = _before(municipality, span)
    if before:
        finished(municipality, "lagesbilder", before)
    lines = gap(SituationSummary, "summary", "Skriv sammanfattningen", prose=True)
    lines += period_lines(_alias("period"), span) + entry(_alias("statutory"), "nej")
    if before:
        lines += gap(SituationSummary, "comparison", "Jämför med den förra perioden", note=_grades())
    lines += _counting(before)
    lines += under(_alias("categories"), _categories(municipality, before))
    lines += _measures(municipality, before, span) if before else []
    lines += _offers(before) if before else []
    return begun(path_of(municipality, "lagesbilder", id_of(span)), lines)


def next_period(municipality: Municipality, today: date) -> Span:
    """The period after the latest monthly summary; the last whole month where there is none.

    A calendar month, unless the two latest were equally many months each.
    """
    spans = sorted((Span(one.part.period.start, one.part.period.end) for one in _monthly(municipality)),
                   key=lambda span: span.last)  # fmt: skip
    if not spans:
        return month_before(today)
    lengths = {months_of(span) for span in spans[-2:]} if len(spans) > 1 else {1}
    return following(spans[-1], (lengths.pop() if len(lengths) == 1 else 1) or 1)


def _monthly(municipality: Municipality) -> list[Filed[SituationSummary]]:
    return [one for one in municipality.summaries if not one.part.statutory]


def _before(municipality: Municipality, span: Span) -> Filed[SituationSummary] | None:
    """The latest monthly summary that ended before a period."""
    earlier = [one for one in _monthly(municipality) if one.part.period.end < span.first]
    return max(earlier, key=lambda one: one.part.period.end, default=None)


def _alias(attribute: str) -> str:
    return alias_of(SituationSummary, attribute)


def _grades() -> str:
    return str(Comparison.model_fields["grade"].description)


def _counting(before: Filed[SituationSummary] | None) -> Lines:
    if before and before.part.counts_what:
        return entry(_alias("counts_what"), before.part.counts_what)
    return gap(SituationSummary, "counts_what", "Skriv vad antalen räknar")


def _categories(municipality: Municipality, before: Filed[SituationSummary] | None) -> Lines:
    threshold = municipality.file.part.protection.threshold
    hidden = f"Ett litet antal skrivs ”färre än {threshold}”." if threshold else ""
    names = {theme.id: theme.name for theme in municipality.shared.themes.part.themes}
    lines: Lines = []
    for category in before.part.categories if before else ():
        lines += item(_category(category, uncapital(names.get(category.theme, category.theme)), hidden))
        hidden = ""
    if not lines:
        known = f"Id ur teman.yml. Finns: {', '.join(names)}"
        lines = item([
            *gap(Category, "theme", "Skriv temats id", note=known),
            *gap(Category, "count", "Skriv antalet", note=hidden),
        ])  # fmt: skip
    return lines


def _category(category: Category, name: str, hidden: str) -> Lines:
    """A theme with its places, without their counts. A theme that had only text is written in text again."""
    lines = entry(alias_of(Category, "theme"), category.theme)
    todo = f"Skriv antalen för {name}"
    if category.count:
        lines += [Line(f"{alias_of(Category, 'count')}:{f'  # {hidden}' if hidden else ''}", todo)]
    lines += under(alias_of(Category, "places"), [Line(f"{place}:", todo) for place in category.places])
    if not category.count and not category.places:
        return lines + gap(Category, "text", f"Skriv vad som setts av {name}", prose=True)
    return lines + (offered(Category, "text", prose=True) if category.text else [])


def _measures(municipality: Municipality, before: Filed[SituationSummary], span: Span) -> Lines:
    """The measures of pledges that are valid in the period."""
    valid = {
        one.id for one in municipality.pledges if overlaps(one.part.valid, span) and not one.part.withdrawn
    }
    lines: Lines = []
    for number, measure in enumerate(before.part.measures):
        node = node_at(before.tree, (_alias("measures"), number))
        if measure.pledge in valid and isinstance(node, Mapping):
            lines += item(carried(node, Measure, "what", "responsible", "theme", "pledge"))
    if not lines:
        return offered(SituationSummary, "measures")
    about = f"Åtgärderna är från {report_period(before.part.period)}. Ändra det som inte stämmer längre."
    return comment(about) + under(_alias("measures"), lines)


def _offers(before: Filed[SituationSummary]) -> Lines:
    """What the summary before had and this may have, to be written anew."""
    part = before.part
    lines: Lines = []
    if part.indicators:
        outline: Lines = []
        for number in range(len(part.indicators)):
            node = node_at(before.tree, (_alias("indicators"), number))
            assert isinstance(node, Mapping), "what was understood was written"
            named = carried(node, IndicatorValue, "name")
            rest = carried(node, IndicatorValue, "unit", "counts", "scale", "desired")
            outline += item([*named, Line(f"{alias_of(IndicatorValue, 'value')}:"), *rest])
        lines += offered(SituationSummary, "indicators", outline)
    lines += offered(SituationSummary, "easy_read", prose=True) if part.easy_read else []
    lines += offered(SituationSummary, "publish_from") if part.publish_from else []
    lines += reviews_anew(SituationSummary, "secrecy_reviewed", part.secrecy_reviewed)
    return lines + reviews_anew(SituationSummary, "approved", part.approved)
