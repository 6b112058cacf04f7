"""What must hold in the files that every municipality shares."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from trygglofte.model import Filed, Shared
from trygglofte.model.base import Part
from trygglofte.problems import Problem


def shared_ids_are_unique(shared: Shared) -> Iterator[Problem]:
    """No two themes and no two words share an id."""
    yield from _once(shared.themes, "themes", [theme.id for theme in shared.themes.part.themes], "Temat")
    yield from _once(shared.glossary, "terms", [term.id for term in shared.glossary.part.terms], "Ordet")


def _once(filed: Filed[Part], attribute: str, names: list[str], noun: str) -> Iterator[Problem]:
    for i, name in enumerate(names):
        first = names.index(name)
        if first < i:
            line = filed.mark(attribute, first, "id").line
            yield filed.problem(
                "dubbelt-id",
                f"{noun} ”{name}” finns redan på rad {line}.",
                "Ge det ett eget id.",
                at=(attribute, i, "id"),
            )


def words_belong_to_known_themes(shared: Shared) -> Iterator[Problem]:
    """The theme of a word is one of teman.yml's."""
    known = [theme.id for theme in shared.themes.part.themes]
    for i, term in enumerate(shared.glossary.part.terms):
        if term.theme and term.theme not in known:
            near = get_close_matches(term.theme, known, 1, 0.6)
            hint = f"Menade du ”{near[0]}”?" if near else "Ta bort raden, eller lägg till temat i teman.yml."
            yield shared.glossary.problem(
                "okant-tema", f"Temat ”{term.theme}” finns inte i teman.yml.", hint, at=("terms", i, "theme")
            )
