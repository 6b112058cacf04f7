"""From a kind and its answers to a begun file. Reads the project's files, and writes none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from trygglofte.library import Library
from trygglofte.model import Municipality, Shared
from trygglofte.progress import the_day
from trygglofte.starting import plan
from trygglofte.starting.agreement import new_agreement
from trygglofte.starting.archive import Archive, Tool, new_archive
from trygglofte.starting.drafting import Started, StartError
from trygglofte.starting.follow_up import new_follow_up
from trygglofte.starting.municipality import new_municipality
from trygglofte.starting.periods import Span, span_of
from trygglofte.starting.pledge import new_pledge
from trygglofte.starting.questions import (
    Known,
    Question,
    kind_of,
    previous_agreement,
    previous_pledge,
    questions,
)
from trygglofte.starting.summary import new_situation_summary
from trygglofte.wording import counted

Ask = Callable[[Question, str], str]
"""Puts a question, with the proposed answer, to somebody; gives what they answered."""

_UNFILLED = "tomt-varde"


def start(
    kind: str, library_root: Path, answers: Mapping[str, str | None], today: date, ask: Ask | None = None
) -> Started:
    """Begin a file of a kind in the project at `library_root`.

    `answers` holds answers by the questions' names. What is missing is asked by `ask`; without it the proposed
    answer is taken. Raises `StartError`, with the problems where there are any.
    """
    kind = kind_of(kind)
    library = Library(library_root)
    shared = library.shared()
    if shared.shared is None:
        raise StartError("De filer som alla kommuner delar har fel. Rätta dem först.", shared.problems)
    known = Known(today, library.slugs())
    for question in questions(kind):
        known.answers[question.name] = _answer(question, known, answers.get(question.name), ask)
        if question.name == "kommun" and kind != "kommun":
            known.municipality = _usable(library, known.answers["kommun"], shared.shared)
            known.today = the_day(known.municipality, today)
    started = _BEGIN[kind](known, library_root)
    if not started.replaces_text_of and (library_root / started.path).exists():
        raise StartError(f"{started.path} finns redan. Välj ett annat id, eller skriv i filen som finns.")
    return started


def start_archive(
    answers: Mapping[str, str | None], tool: Tool, today: date, ask: Ask | None = None
) -> tuple[str, Archive]:
    """Begin a municipality's own repository: what its folder is to be called, and what is to lie in it.

    Answers are those of a new municipality. Raises `StartError`.
    """
    known = Known(today, [])
    for question in questions("kommun"):
        known.answers[question.name] = _answer(question, known, answers.get(question.name), ask)
    found = known.answers
    return found["kommun"], new_archive(found["kommun"], found["namn"], found["kortnamn"], found["kod"], tool)


def _answer(question: Question, known: Known, given: str | None, ask: Ask | None) -> str:
    if given is None:
        proposed = question.propose(known)
        given = ask(question, proposed) if ask else proposed
    if given.strip():
        return question.parse(given)
    if question.required:
        raise StartError(f"Ange {question.option}. {question.text}")
    return ""


def _usable(library: Library, slug: str, shared: Shared) -> Municipality:
    """A municipality without other errors than gaps; what is built on a file with gaps is refused later."""
    if slug not in library.slugs():
        there = ", ".join(library.slugs()) or "inga kommuner än"
        raise StartError(f"Det finns ingen kommun som heter {slug}. Det finns: {there}.")
    checked = library.municipality(slug, shared)
    wrong = [problem for problem in checked.problems if problem.is_error and problem.kind != _UNFILLED]
    if checked.municipality is None or wrong:
        found = [problem for problem in checked.problems if problem.is_error]
        raise StartError(f"{slug} har {counted(len(found), 'fel', 'fel')}. Rätta först.", found)
    return checked.municipality


def _period(known: Known) -> Span | None:
    return span_of(known.answers["period"]) if known.answers["period"] else None


def _pledge(known: Known, _root: Path) -> Started:
    found = known.answers
    before = previous_pledge(known)
    return new_pledge(known.chosen, found["id"], found["titel"], before, known.today, period=_period(known))


def _follow_up(known: Known, root: Path) -> Started:
    name = known.answers["lofte"]
    filed = next((one for one in known.chosen.pledges if one.id == name), None)
    source = (root / filed.file).read_bytes().decode("utf-8") if filed else ""
    return new_follow_up(known.chosen, name, source, known.today, period=_period(known))


def _summary(known: Known, _root: Path) -> Started:
    return new_situation_summary(known.chosen, _period(known), known.today)


def _agreement(known: Known, _root: Path) -> Started:
    found = known.answers
    before = previous_agreement(known)
    return new_agreement(
        known.chosen, found["id"], found["titel"], before, known.today, period=_period(known)
    )


def _plan(known: Known, _root: Path) -> Started:
    found, before = known.answers, plan.latest(known.chosen)
    return plan.new_action_plan(
        known.chosen, found["id"], found["titel"], before, known.today, period=_period(known)
    )


def _municipality(known: Known, _root: Path) -> Started:
    found = known.answers
    return new_municipality(found["kommun"], found["namn"], found["kortnamn"], found["kod"])


_BEGIN: dict[str, Callable[[Known, Path], Started]] = {
    "medborgarlöfte": _pledge,
    "uppföljning": _follow_up,
    "lägesbild": _summary,
    "överenskommelse": _agreement,
    "åtgärdsplan": _plan,
    "kommun": _municipality,
}
