"""Documents with the place they were written in, and the municipality they make up together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from trygglofte.model.action_plan import ActionPlan
from trygglofte.model.agreement import Agreement
from trygglofte.model.base import Part, Within, alias_of, parts_within
from trygglofte.model.common import Document
from trygglofte.model.municipality import MunicipalityFile
from trygglofte.model.pledge import Commitment, FocusArea, Pledge
from trygglofte.model.shared import GlossaryFile, PortalFile, ThemesFile
from trygglofte.model.situation_summary import SituationSummary
from trygglofte.personal import Located
from trygglofte.problems import Mark, Problem, Severity
from trygglofte.reading import Mapping, mark_at

P = TypeVar("P", bound=Part, covariant=True)
T = TypeVar("T")

FOLDERS: dict[str, type[Document]] = {
    "overenskommelser": Agreement,
    "medborgarloften": Pledge,
    "lagesbilder": SituationSummary,
    "atgardsplaner": ActionPlan,
}
"""The folders of a municipality and what the files in each are."""


class Asked:
    """What many ask the same of, and that answers once."""

    @cached_property
    def _worked_out(self) -> dict[str, Any]:
        return {}

    def once(self, name: str, work_out: Callable[[], T]) -> T:
        """What is the same for all who ask: worked out by the first."""
        if name not in self._worked_out:
            self._worked_out[name] = work_out()
        found: T = self._worked_out[name]
        return found


@dataclass(frozen=True)
class Filed(Asked, Generic[P]):
    """A part of the model with the file it was written in.

    `id` is the file's name without `.yml`; `file` its POSIX path from the project's folder. `complete`
    is False where something in it could not be understood and is left out of `part`. `personal` is what
    in the file, comments too, is or may be about one person.
    """

    id: str
    file: str
    part: P
    tree: Mapping = field(repr=False)
    complete: bool = True
    personal: tuple[Located, ...] = field(default=(), repr=False)

    @cached_property
    def within(self) -> list[Within]:
        """Every part within the part, the outer before the inner, with the way there."""
        return parts_within(self.part)

    def mark(self, *steps: str | int, key: bool = False) -> Mark:
        """Where a value stands: English attributes, list positions and keys of free mappings."""
        return mark_at(self.tree, self._path(steps), key=key)

    def problem(
        self,
        kind: str,
        message: str,
        hint: str = "",
        *,
        at: tuple[str | int, ...] = (),
        key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at a place in this document."""
        path = self._path(at)
        mark = mark_at(self.tree, path, key=key)
        names = [step for step in path if isinstance(step, str)]
        return Problem(
            self.file, mark.line, mark.column, kind, message, hint, names[-1] if names else "", severity
        )

    def _path(self, steps: tuple[str | int, ...]) -> tuple[str | int, ...]:
        path: list[str | int] = []
        value: Any = self.part
        for step in steps:
            if isinstance(value, Part) and isinstance(step, str):
                path.append(alias_of(type(value), step))
                value = getattr(value, step)
            else:
                path.append(step)
                value = value.get(step) if isinstance(value, dict) else value[int(step)]
        return tuple(path)


@dataclass(frozen=True)
class Shared:
    """What every municipality shares."""

    portal: Filed[PortalFile]
    themes: Filed[ThemesFile]
    glossary: Filed[GlossaryFile]


@dataclass(frozen=True)
class Received:
    """A pledge that another municipality owns and that holds here too, in words that are understood here.

    `owner` is the owner's slug and `file` its kommun.yml. Parties and places that are not known here have ids of
    their own in `pledge`; `names` says what those are called.
    """

    owner: str
    file: Filed[MunicipalityFile]
    pledge: Filed[Pledge]
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Municipality(Asked):
    """A municipality and all its documents. `slug` is the name of its folder and of its site."""

    slug: str
    file: Filed[MunicipalityFile]
    shared: Shared
    agreements: tuple[Filed[Agreement], ...] = ()
    pledges: tuple[Filed[Pledge], ...] = ()
    summaries: tuple[Filed[SituationSummary], ...] = ()
    plans: tuple[Filed[ActionPlan], ...] = ()
    unread: frozenset[str] = frozenset()
    """Files that exist and could not be read, as `medborgarloften/2026-trygg-station`."""
    elsewhere: frozenset[str] = frozenset()
    """Ids of pledges that lie with other municipalities and hold here too."""
    received: tuple[Received, ...] = ()
    """Those pledges themselves. `progress.as_public` puts them among the others; before, `pledges` are our own."""
    neighbours: dict[str, str] = field(default_factory=dict)
    """The names of other municipalities that pledges here hold for too, by slug."""

    @property
    def documents(self) -> tuple[Filed[Document], ...]:
        """Every document, type by type."""
        return (*self.agreements, *self.pledges, *self.summaries, *self.plans)


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment in its pledge: what to say of it, and the way to where it stands."""

    commitment: Commitment
    area: FocusArea | None
    steps: tuple[str | int, ...]

    @property
    def themes(self) -> tuple[str, ...]:
        """The commitment's own themes, or its focus area's."""
        return self.commitment.themes or (self.area.themes if self.area else ())


def promises(pledge: Pledge) -> Iterator[Promise]:
    """Every commitment of a pledge, once, in the order they are written."""
    for number, area in enumerate(pledge.focus_areas):
        for position, commitment in enumerate(area.commitments):
            yield Promise(commitment, area, ("focus_areas", number, "commitments", position))
    for position, commitment in enumerate(pledge.commitments):
        yield Promise(commitment, None, ("commitments", position))
