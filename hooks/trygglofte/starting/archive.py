"""A municipality's own repository: its data, and the callers of this project's workflows at one released version.

Text alone: nothing is read or written here. The repository holds no code, so what a change of it brings is never run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trygglofte.model import PortalFile
from trygglofte.model.base import alias_of
from trygglofte.model.common import Contact
from trygglofte.model.shared import SCHEMA_VERSION, Accessibility
from trygglofte.starting.drafting import Started, StartError, begun, comment, entry, gap, under
from trygglofte.starting.municipality import new_municipality

_PORTAL = "data/portal.yml"


@dataclass(frozen=True)
class Tool:
    """The program that the repository is to depend on: its repository on GitHub, a commit of it, and its version.

    `files` are those of its own that the new one begins with, by where they are to lie.
    """

    repository: str
    commit: str
    version: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Archive:
    """Path → text of every file, and what is left to fill in, in Swedish."""

    files: Mapping[str, str]
    left: tuple[str, ...]


def new_archive(slug: str, name: str, short_name: str, code: str, tool: Tool) -> Archive:
    """The whole repository of one municipality. Raises StartError for a program that cannot be named surely."""
    owner, _, repository = tool.repository.partition("/")
    if not all(part and not set(part) - _NAMED for part in (owner, repository)):
        raise StartError("Skriv programmets förråd som ägare/namn, till exempel trygglofte/trygglofte.")
    portal = _portal(name, short_name)
    municipality = new_municipality(slug, name, short_name, code)
    filled = {"{slug}": slug, "{name}": name, "{tool}": tool.repository, "{commit}": tool.commit,
              "{version}": tool.version, "{folder}": repository}  # fmt: skip
    texts = {path: _filled(text, filled) for path, text in _TEXTS.items()}
    files = {**tool.files, **texts, portal.path: portal.text, municipality.path: municipality.text}
    left = [f"{one.path}: {said}" for one in (portal, municipality) for said in one.left]
    return Archive(
        dict(sorted(files.items())), (*left, "CODEOWNERS: skriv vilka som ska godkänna en ändring.")
    )


_NAMED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def _filled(text: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(key, value)
    return text


def _portal(name: str, short_name: str) -> Started:
    def key(attribute: str) -> str:
        return alias_of(PortalFile, attribute)

    contact = entry(alias_of(Contact, "name"), name)
    contact += gap(Contact, "email", "Skriv en e-postadress dit läsare kan höra av sig")
    todo = "Fyll i redogörelsen för tillgänglighet"
    needed = ("conformance", "standard", "assessed", "updated", "method")
    statement = [line for one in needed for line in gap(Accessibility, one, todo)]
    lines = comment("Det som gäller hela webbplatsen. Kommunens egna uppgifter står i kommun.yml.")
    lines += entry(
        key("schema_version"), str(SCHEMA_VERSION), note="Ändras av trygglofte migrate, aldrig för hand."
    )
    lines += entry(key("name"), f"Medborgarlöften i {short_name}")
    lines += gap(PortalFile, "address", "Skriv webbplatsens adress")
    lines += under(key("responsible"), contact) + under(key("accessibility"), statement)
    return begun(_PORTAL, lines)


_CALLER = """\
name: {title}

on:
{on}
permissions: {}

jobs:
  {job}:
    permissions:
{permissions}
    uses: {tool}/.github/workflows/{called}.yml@{commit} # v{version}
"""


def _caller(title: str, job: str, called: str, on: str, *permissions: str) -> str:
    given = "\n".join(f"      {one}" for one in permissions)
    values = {"{title}": title, "{on}": on, "{job}": job, "{permissions}": given, "{called}": called}
    return _filled(_CALLER, values)


_README = """\
# Medborgarlöften: {name}

Här ligger det som {name} och polisen har lovat, i mappen `data/`. Webbplatsen görs av programmet
[Trygglöfte](https://github.com/{tool}), som inte ligger här: förrådet har bara data.

## Innan det går att publicera

1. Fyll i det som saknas i `data/portal.yml` och `data/{slug}/kommun.yml`. Kontrollen säger vilka rader det är.
2. Skriv i `.github/CODEOWNERS` vilka som ska godkänna en ändring.
3. Under *Settings → Pages*: välj *GitHub Actions*. Under *Environments → github-pages*: tillåt bara grenen main.
4. Under *Settings → Rules*: kräv att ändringar av main görs som ändringsbegäran, att kodägarna godkänner dem, och att
   kontrollen `kontroll / Kontroll av det som är skrivet` är godkänd. Tillåt inte att historiken skrivs om.
5. Under *Security*: slå på privat rapportering (*Private vulnerability reporting*).

## En ändring

Gör ändringen på en egen gren och öppna en ändringsbegäran. Inom några minuter står där vad som är fel, eller vad
invånarna kommer att se. När någon annan har godkänt ändringen och den har slagits samman läggs den ut.

**Det som ligger här kan alla läsa**, också innan det är publicerat. Skriv aldrig personuppgifter.

## På den egna datorn

Hämta programmet bredvid den här mappen, i samma version som i `.github/workflows/`:

    git clone https://github.com/{tool} ../{folder}
    git -C ../{folder} checkout {commit}
    make -C ../{folder} .venv/.site

Sedan, här:

    ../{folder}/.venv/bin/trygglofte check     # vad som är fel
    ../{folder}/.venv/bin/trygglofte serve     # hur det ser ut
    ../{folder}/.venv/bin/trygglofte new uppföljning {slug}

## Byta version av programmet

Dependabot föreslår nya versioner. Läs vad som har ändrats i programmets `CHANGELOG.md`. Säger kontrollen att filerna är
skrivna för ett äldre program: hämta den nya versionen som ovan och kör `trygglofte migrate` på samma gren.
"""

_TEXTS = {
    "README.md": _README,
    ".gitattributes": "# Samma byte på alla datorer, så att samma data ger samma webbplats.\n* text=auto eol=lf\n",
    ".gitignore": "/site\n/.site/\n/build/\n/forhandsvisning/\n",
    ".github/CODEOWNERS": (
        "# Vilka som måste godkänna en ändring. Ta bort # och skriv er egen grupp på båda raderna.\n"
        "# *              @organisation/redaktorer\n"
        "# /.github/      @organisation/forvaltare\n"
    ),
    ".github/dependabot.yml": (
        "version: 2\nupdates:\n  # Nya versioner av programmet, och av ingenting annat\n"
        "  - package-ecosystem: github-actions\n    directory: /\n    schedule:\n      interval: weekly\n"
        "    cooldown:\n      default-days: 7\n"
    ),
    ".github/workflows/kontroll.yml": _caller(
        "Kontroll", "kontroll", "own-check", "  pull_request:\n  push:\n    branches: [main]\n", "contents: read"
    ),
    ".github/workflows/forhandsvisning.yml": _caller(
        "Förhandsvisning", "forhandsvisning", "own-preview",
        "  pull_request:\n    paths: [data/**]\n", "contents: read",
    ),
    ".github/workflows/publicera.yml": _caller(
        "Publicera", "publicera", "own-publish",
        '  push:\n    branches: [main]\n  schedule:\n    - cron: "10 1 * * *"\n  workflow_dispatch:\n',
        "contents: read", "actions: read  # den förra webbplatsen", "pages: write  # där den läggs ut",
        "id-token: write  # intyget om var den är gjord", "attestations: write",
    ),
}  # fmt: skip
