"""What lag (2023:196) om kommuners ansvar för brottsförebyggande arbete asks of a document.

The law applies from 1 July 2023 (agreements and situation summaries) and 1 July 2024 (action plans). For
older documents, and those whose dates are unknown, its demands are advice. `uppgift_saknas` answers them
where the source does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trygglofte.model import Filed, Municipality
from trygglofte.model.base import alias_of
from trygglofte.model.common import SignedDocument
from trygglofte.problems import Problem, Severity

IN_FORCE = date(2023, 7, 1)
PLANS_IN_FORCE = date(2024, 7, 1)


def _said_unknown(filed: Filed, attribute: str) -> bool:  # type: ignore[type-arg]
    return alias_of(type(filed.part), attribute) in filed.part.not_known


def _nothing_to_ask(filed: Filed) -> bool:  # type: ignore[type-arg]
    """What could not be read may be missing for that reason; what has been withdrawn says nothing more."""
    return not filed.complete or filed.part.withdrawn is not None


def _under_the_law(filed: Filed[SignedDocument]) -> bool:
    signed = filed.part.signing.date.first if filed.part.signing and filed.part.signing.date else None
    begins = filed.part.valid.first if filed.part.valid else None
    known = [day for day in (signed, begins) if day]
    return bool(known) and max(known) >= IN_FORCE


def agreements_have_purposes_and_areas(municipality: Municipality) -> Iterator[Problem]:
    """9 §: an agreement is in writing and states at least purposes and areas."""
    for agreement in municipality.agreements:
        for attribute, noun in (("purposes", "syften"), ("areas", "områden")):
            if (
                getattr(agreement.part, attribute)
                or _said_unknown(agreement, attribute)
                or _nothing_to_ask(agreement)
            ):
                continue
            strict = _under_the_law(agreement)
            yield agreement.problem(
                f"lagen-{'syften' if attribute == 'purposes' else 'omraden'}",
                f"Överenskommelsen saknar {noun}" + (", som 9 § lag (2023:196) kräver." if strict else "."),
                f"Skriv dem under ”{noun}”. Säger källan inget: lägg ”{noun}” i uppgift_saknas.",
                severity=Severity.ERROR if strict else Severity.ADVICE,
            )


def statutory_summaries_have_their_three_parts(municipality: Municipality) -> Iterator[Problem]:
    """4 §: a statutory situation summary has a survey, other information and an analysis."""
    for summary in municipality.summaries:
        part = summary.part
        for attribute in ("survey", "other_information", "analysis"):
            alias = alias_of(type(part), attribute)
            written = getattr(part, attribute)
            if part.statutory and not written and not _nothing_to_ask(summary):
                strict = part.period.end >= IN_FORCE
                yield summary.problem(
                    "lagen-lagesbild", f"En lagstadgad lägesbild ska ha ”{alias}” (4 § lag (2023:196)).",
                    "Skriv delen, eller sätt lagstadgad: nej om det är månadens lägesbild.",
                    at=("statutory",), key=True, severity=Severity.ERROR if strict else Severity.ADVICE,
                )  # fmt: skip


def action_plans_name_their_situation_summary(municipality: Municipality) -> Iterator[Problem]:
    """5 §: an action plan is decided with the situation summary as its basis, from 1 July 2024."""
    statutory = {summary.id for summary in municipality.summaries if summary.part.statutory}
    everything = {summary.id for summary in municipality.summaries}
    for plan in municipality.plans:
        named = plan.part.situation_summary
        begins = plan.part.valid.first if plan.part.valid else None
        strict = bool(begins and begins >= PLANS_IN_FORCE)
        if not named and not _nothing_to_ask(plan) and not _said_unknown(plan, "situation_summary"):
            yield plan.problem(
                "lagen-atgardsplan", "Åtgärdsplanen säger inte vilken lägesbild den bygger på (5 § lag (2023:196)).",
                "Skriv lägesbildens id under ”lägesbild”.", severity=Severity.ERROR if strict else Severity.ADVICE,
            )  # fmt: skip
        elif named in everything - statutory:
            yield plan.problem(
                "lagen-atgardsplan", f"Lägesbilden ”{named}” är inte lagstadgad, och 5 § gäller den lagstadgade.",
                "Peka på den lagstadgade lägesbilden.", at=("situation_summary",), severity=Severity.ADVICE,
            )  # fmt: skip
