"""What must hold in the files that every municipality shares."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from trygglofte.model import Filed, PortalFile, Shared
from trygglofte.model.base import Part, alias_of
from trygglofte.model.shared import SCHEMA_VERSION
from trygglofte.problems import Problem
from trygglofte.reading import Mapping, Scalar


def files_are_of_todays_version(portal: Mapping, file: str) -> Iterator[Problem]:
    """All of data/ is written for the version that this program reads; of others it would understand only parts.

    Looks at portal.yml as it was written, since its other keys may be those of another version too.
    """
    entry = portal.get(alias_of(PortalFile, "schema_version"))
    text = entry.node.text.strip() if entry and isinstance(entry.node, Scalar) else ""
    if not entry or not (text.isascii() and text.isdecimal()) or int(text) == SCHEMA_VERSION:
        return
    line, column = entry.node.mark
    message = (
        f"Filerna är skrivna för version {int(text)}, och det här programmet läser version {SCHEMA_VERSION}."
    )
    if int(text) > SCHEMA_VERSION:
        hint = "Använd en nyare version av programmet. Ändra inte talet: det säger hur filerna är skrivna."
        yield Problem(file, line, column, "nyare-version", message, hint, "schema_version")
    else:
        hint = "Kör ”trygglofte migrate”, så skrivs de om. Kommentarer står kvar."
        yield Problem(file, line, column, "aldre-version", message, hint, "schema_version")


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
