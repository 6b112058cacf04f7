"""The command `seal`: write a seal over what was signed into a document, where the chain of seals wants it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from trygglofte.cli.editing import replace_file
from trygglofte.cli.project import chosen, console, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.formatting import put_value
from trygglofte.library import Library
from trygglofte.model import Filed, SignedDocument
from trygglofte.model.base import alias_of
from trygglofte.model.common import Signing
from trygglofte.problems import Problem
from trygglofte.sealing import Link, sealing_of


@click.command(cls=Command, help="Försegla det som skrevs under, så att en senare ändring märks.")
@click.argument("fil", nargs=-1, required=True, metavar="FIL …")
def seal(fil: Sequence[str]) -> None:
    """Seal the named documents. What is sealed and unchanged is left alone; exit status 1 if one cannot be."""
    root = project_root()
    slugs, files = chosen(root, fil)
    documents = {filed.file: filed for filed in _documents(root, slugs) if filed.file in files}
    problems: list[Problem] = []
    for name in sorted(files):
        filed = documents.get(name)
        if filed is None:
            problems.append(Problem(
                name, 1, 1, "ej-att-forsegla", "Filen är inget löfte och ingen överenskommelse som går att läsa.",
                "Namnge en fil i medborgarloften/ eller overenskommelser/, och rätta felen i den först.",
            ))  # fmt: skip
            continue
        problems += _seal(root, filed)
    if not files:
        raise click.ClickException("Namnge filerna, till exempel data/KOMMUN/medborgarloften/2026.yml.")
    show(problems, root)
    if problems:
        sys.exit(1)


def _documents(root: Path, slugs: Sequence[str]) -> list[Filed[SignedDocument]]:
    library = Library(root)
    shared = library.shared()
    if shared.shared is None:
        show(shared.problems, root)
        raise click.ClickException("De gemensamma filerna har fel. Rätta dem först.")
    found: list[Filed[SignedDocument]] = []
    for slug in slugs:
        municipality = library.municipality(slug, shared.shared).municipality
        if municipality:
            found += [filed for filed in (*municipality.agreements, *municipality.pledges) if filed.complete]
    return found


def _seal(root: Path, filed: Filed[SignedDocument]) -> list[Problem]:
    """Write the seal, or say why there is no place for it."""
    state = sealing_of(filed.part)
    if state.holds:
        console.print(f"  oförändrad  {filed.file}")
        return []
    if filed.part.signing is None:
        return [filed.problem(
            "ej-att-forsegla", "Dokumentet säger inte när och av vilka det skrevs under.",
            "Skriv det under ”undertecknande” och kör kommandot igen.",
        )]  # fmt: skip
    if not state.free:
        return [filed.problem(
            "brutet-sigill",
            "Det som skrevs under har ändrats sedan det förseglades, och ingen senare post säger det.",
            "Skriv tillbaka det som stod, eller skriv under ”ändringar” vad parterna beslutat, med datum. "
            "Kör sedan kommandot igen.", at=("signing", "seal"), key=True,
        )]  # fmt: skip
    path = root / filed.file
    link = state.free[-1]
    text = put_value(path.read_bytes(), type(filed.part), _path(link), alias_of(Signing, "seal"), state.now)
    if text is None:
        return [filed.problem(
            "ej-att-forsegla", "Sigillet går inte att skriva in i filen utan att ändra något annat.",
            "Kör trygglofte fmt på filen först. Blir det samma fel: rapportera det, med filen.",
        )]  # fmt: skip
    replace_file(path, text)
    where = "undertecknandet" if link.steps == ("signing",) else f"posten från {link.day}"
    console.print(f"  förseglad   {filed.file} ({where})")
    return []


def _path(link: Link) -> tuple[str | int, ...]:
    first, *rest = link.steps
    return alias_of(SignedDocument, str(first)), *rest
