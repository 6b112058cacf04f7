"""Small projects laid out as files, and what the reader says about them.

`project` writes a whole, valid project and lets a test lay its own files over it: a value of None takes a
file away. `problems_of` reads everything in it, the way a build does. Golden cases live in tests/cases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from trygglofte import sites
from trygglofte.library import Library
from trygglofte.mkdocs_engine import build_site
from trygglofte.model import Municipality
from trygglofte.pages import Page, Site, municipality_pages
from trygglofte.problems import Problem

# The same examples every time, however slow the machine: chance never breaks somebody's pull request.
# To look further: pytest --hypothesis-profile=default
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

Files = dict[str, str | bytes | None]
Project = Callable[..., Path]

MINIMAL: dict[str, str] = {
    "data/portal.yml": """\
namn: Provportalen
adress: https://prov.example/
ansvarig:
  {namn: Projektet, e-post: hej@prov.example}
tillgänglighet:
  förenlighet: helt förenlig
  standard: EN 301 549 V3.2.1
  bedömd: 2026-01-02
  uppdaterad: 2026-01-02
  metod: Egen granskning.
""",
    "data/teman.yml": """\
teman:
  - id: trafik
    namn: Trafik
    beskrivning: Hastigheter och buskörning.
  - id: narkotika
    namn: Narkotika
    beskrivning: Langning och bruk.
""",
    "data/ordlista.yml": """\
termer:
  - id: medborgarlofte
    term: medborgarlöfte
    förklaring: Ett löfte till dem som bor i kommunen.
""",
    "data/provstad/kommun.yml": """\
namn: Provstads kommun
kortnamn: Provstad
kommunkod: "0000"
påhittad: ja
parter:
  - id: kommunen
    namn: Provstads kommun
  - id: polisen
    namn: Lokalpolisområde Provstad
platser:
  - id: centrum
    namn: Centrum
  - id: hamnen
    namn: Hamnen
""",
    "data/provstad/overenskommelser/2024-2027.yml": """\
titel: Samverkan i Provstad
parter: [kommunen, polisen]
undertecknande:
  datum: 2024-01-15
syften: [Minska brottsligheten]
områden: [Trygga platser]
""",
    "data/provstad/medborgarloften/2026-trafik.yml": """\
titel: Lugnare trafik
överenskommelse: 2024-2027
gäller: {från: 2026-01-01, till: 2026-12-31}
åtaganden:
  - id: kontroller
    ansvarig: polisen
    vad: Kontrollerar hastigheten på genomfarten
""",
    "data/provstad/lagesbilder/2026-01.yml": """\
period: {från: 2026-01-01, till: 2026-01-31}
kategorier:
  - tema: trafik
    antal: 12
    platser: {centrum: 7, hamnen: 5}
""",
}
"""A project without a fault: the shared files and one made-up municipality."""


@pytest.fixture(scope="session")
def lay_out() -> Callable[[Path, Files], Path]:
    """Write files under a folder; text as UTF-8, None for no file."""

    def write(root: Path, files: Files) -> Path:
        for name, content in files.items():
            if content is None:
                continue
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return root

    return write


@pytest.fixture
def project(tmp_path: Path, lay_out: Callable[[Path, Files], Path]) -> Project:
    """Lay out a small valid project with the given files over it; gives the project's folder."""

    def make(files: Files | None = None) -> Path:
        return lay_out(tmp_path / "project", MINIMAL | (files or {}))

    return make


@pytest.fixture(scope="session")
def problems_of() -> Callable[[Path], list[Problem]]:
    """Everything that is found in a project, as a build would find it: shared files, then municipalities."""

    def read(root: Path) -> list[Problem]:
        library = Library(root)
        checked = library.shared()
        problems = list(checked.problems)
        if checked.shared:
            for slug in library.slugs():
                problems += library.municipality(slug, checked.shared).problems
        return problems

    return read


@pytest.fixture
def provstad() -> Callable[[Path], Municipality]:
    """The made-up municipality of a project, read and without errors."""

    def read(root: Path) -> Municipality:
        library = Library(root)
        shared = library.shared().shared
        assert shared is not None
        checked = library.municipality("provstad", shared)
        assert checked.ok, checked.problems
        assert checked.municipality is not None
        return checked.municipality

    return read


@pytest.fixture(scope="session")
def example_as_real(tmp_path_factory) -> tuple[Site, list[Page], Path]:
    """Exempelköping as it would be if it were a real municipality: its site, its pages, and the folder of all sites
    where it lies built. What is made up is kept from search engines, and so tells them nothing."""
    root = Path(__file__).parents[1]
    shared, _ = sites.shared_files(root)
    municipality = sites.Library(root).municipality("exempelkoping", shared).municipality
    assert municipality is not None
    part = municipality.file.part.model_copy(update={"made_up": False, "example_day": None})
    real = replace(municipality, file=replace(municipality.file, part=part))
    site, pages = municipality_pages(real, root, date(2026, 9, 15))
    folder = tmp_path_factory.mktemp("as-real")
    build_site(site, pages, folder / "exempelkoping")
    return site, pages, folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept-cases",
        action="store_true",
        help="write what the reader says today into tests/cases; read the difference before you commit it",
    )
