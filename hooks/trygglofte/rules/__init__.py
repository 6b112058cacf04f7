"""What must hold beyond one field. Each rule is a generator of problems; none of them stops another.

A new rule is a function in the module of its concern and a line in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from trygglofte.model import Filed, Municipality, Shared, SituationSummary
from trygglofte.problems import Problem
from trygglofte.reading import Mapping
from trygglofte.rules import (
    appearance,
    chronology,
    identity,
    law,
    outcomes,
    personal_data,
    plans,
    protection,
    references,
    reports,
    sealing,
    shared,
    statement,
    unknowns,
)

Rule = Callable[[Municipality], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    identity.ids_are_unique,
    identity.pledges_promise_something,
    identity.only_a_made_up_municipality_has_an_example_day,
    references.parties_are_declared,
    references.places_are_declared,
    references.themes_are_known,
    references.documents_exist,
    references.commitments_and_indicators_exist,
    references.sources_are_declared,
    chronology.periods_are_in_order,
    chronology.chains_have_no_loops,
    chronology.reports_come_after_what_they_report,
    reports.numbers_are_told_in_one_way,
    reports.totals_do_not_fall,
    reports.corrections_correct_something,
    reports.parties_do_not_count_the_same_twice,
    reports.reports_are_not_copies,
    outcomes.statuses_fit_their_figures,
    outcomes.outcomes_are_told_by_those_who_promised,
    outcomes.figures_have_an_owner,
    outcomes.figures_fit_together,
    plans.measures_followed_up_exist,
    plans.statuses_are_told_in_one_place,
    law.agreements_have_purposes_and_areas,
    law.statutory_summaries_have_their_three_parts,
    law.action_plans_name_their_situation_summary,
    protection.thresholds_can_hide,
    protection.small_counts_are_protected,
    protection.pledges_do_not_tell_small_counts,
    protection.published_counts_agree_and_keep_what_is_hidden,
    protection.shares_do_not_tell_small_counts,
    personal_data.nobody_is_exposed,
    unknowns.unknown_facts_are_keys_left_out,
    sealing.sealed_documents_are_as_signed,
    sealing.changes_name_commitments,
    sealing.extensions_come_after,
    sealing.carried_commitments_were_promised,
    sealing.reports_restate_the_whole_promise,
    appearance.colours_can_be_read,
    appearance.the_projects_sites_have_no_look_of_their_own,
    statement.a_municipalitys_statement_is_whole,
)

SHARED_RULES: tuple[Callable[[Shared], Iterator[Problem]], ...] = (
    shared.shared_ids_are_unique,
    shared.words_belong_to_known_themes,
    personal_data.nobody_is_exposed_by_what_is_shared,
    statement.the_portals_statement_is_whole,
)


def check_version(portal: Mapping, file: str) -> list[Problem]:
    """Whether the files of data/ can be read at all. Where not, nothing else about them is to be said."""
    return list(shared.files_are_of_todays_version(portal, file))


def check_shared(files: Shared) -> list[Problem]:
    """Every problem that the rules find in the files that municipalities share."""
    return [problem for rule in SHARED_RULES for problem in rule(files)]


def check(municipality: Municipality) -> list[Problem]:
    """Every problem that the rules find in a municipality."""
    return [problem for rule in RULES for problem in rule(municipality)]


def check_earlier(
    municipality: Municipality, earlier: Iterable[tuple[Filed[SituationSummary], int]]
) -> list[Problem]:
    """Every problem that older versions of the summaries give rise to. Only asked of data without errors."""
    return list(protection.earlier_versions_keep_what_is_hidden(municipality, earlier))
