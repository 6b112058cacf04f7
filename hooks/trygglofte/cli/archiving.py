"""The command `archive`: a year of a municipality as one zip for its e-archive."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import click
from rich.markup import escape

from trygglofte import sites
from trygglofte.archiving import About, Chosen, choose, day_of_archive, for_disk, pack, shown_whole
from trygglofte.archiving.packing import PAGES, SCHEMA, YAML
from trygglofte.cli.clock import day_option
from trygglofte.cli.project import console, known, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.cli.travelling import STILL_THERE, end_of, project_of, version_at
from trygglofte.describing import generated
from trygglofte.history import Past, gather, stories
from trygglofte.library import Library
from trygglofte.mkdocs_engine import build_site
from trygglofte.model import Filed, Municipality, Shared
from trygglofte.pages import Page, Site, municipality_pages
from trygglofte.problems import Problem, has_errors
from trygglofte.progress import the_day
from trygglofte.publishing import problems_of
from trygglofte.sharing import find_shares, received
from trygglofte.wording import counted, listing, long_date

_SHARED_DATA = ("portal.yml", "teman.yml", "ordlista.yml", "LICENSE")


def _year(_context: click.Context, _parameter: click.Parameter, value: str) -> int:
    if len(value) == 4 and value.isdecimal() and value >= "1980":
        return int(value)
    raise click.BadParameter(f"”{value}” är inget år. Skriv till exempel 2025.")


@click.command(cls=Command, help="Gör ett paket av ett års sidor och data, för kommunens e-arkiv.")
@click.argument("ar", callback=_year, metavar="ÅR")
@click.argument("kommun")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Zip-fil (annars build/arkiv/KOMMUN-ÅR.zip).",
)
@click.option(
    "--arsslut", is_flag=True, help="Som det stod vid årets slut, ur git, i stället för som det står nu."
)
@day_option
def archive(ar: int, kommun: str, out: Path | None, arsslut: bool, today: date) -> None:
    """Write the package; exit status 1, and no package, where the municipality's files have errors."""
    root = project_root()
    output = (out or root / "build" / "arkiv" / f"{kommun}-{ar}.zip").absolute()
    if ar > today.year:
        raise click.ClickException(f"{ar} har inte börjat än.")
    last = date(ar, 12, 31)
    with ExitStack() as stack:
        then, past, commit = root, gather(root), ""
        if arsslut:
            version = version_at(root, last, today)
            then = stack.enter_context(project_of(root, version, ("data",)))
            past, commit, today = gather(root, version.commit), version.commit, end_of(last, today)
        known([kommun], Library(then).slugs())
        made = _Year(then, kommun, ar, past)
        package = made.package(today, today if arsslut else None, commit)
    output.parent.mkdir(parents=True, exist_ok=True)
    fresh = output.with_name(f".ny-{os.getpid()}-{output.name}")
    fresh.write_bytes(package)
    fresh.replace(output)
    made.tell(output, len(package))


class _Year:
    """A municipality's year on its way into a package."""

    def __init__(self, root: Path, slug: str, year: int, past: Past) -> None:
        self.root, self.slug, self.year, self.past = root, slug, year, past
        self.shared = self._shared()
        self.everything = self._municipality()
        self.chosen = self._choose()
        self.site: Site | None = None
        self.at_years_end = False

    def package(self, today: date, day: date | None, commit: str) -> bytes:
        """The zip's bytes. `day` is the day pages count from, where it does not follow from the data."""
        municipality, self.at_years_end = self.chosen.municipality, day is not None
        day = day or day_of_archive(municipality, self.year, today)
        told = stories(municipality, self.past.of(self.slug), the_day(municipality, day))
        site, pages = municipality_pages(municipality, self.root, day, told, self.chosen.left_out)
        self.site = site
        whole, in_part = shown_whole(municipality, site)
        payload = {f"{PAGES}/{path}": content for path, content in self._pages(site, pages).items()}
        payload |= {f"{YAML}/{path}": content for path, content in self._yaml(whole).items()}
        payload |= {
            path.replace("schema/", f"{SCHEMA}/", 1): text.encode()
            for path, text in generated(self.root).items()
            if path.startswith("schema/")
        }
        file = municipality.file.part
        about = About(
            self.slug, file.name, file.code, site.name, site.publisher_name, site.address, self.year, site.today,
            len(site.everything.documents), file.made_up, commit,
            [filed.file.removeprefix("data/") for filed in in_part],
        )  # fmt: skip
        return pack(about, payload)

    def tell(self, output: Path, size: int) -> None:
        """What was made, and what was not."""
        assert self.site is not None
        documents = counted(len(self.site.everything.documents), "dokument", "dokument")
        megabytes = f"{size / 1_000_000:.1f}".replace(".", ",")
        console.print(
            f"{self.site.name} {self.year}: {documents}, läget den {long_date(self.site.today)}, {megabytes} MB."
        )
        if self.chosen.undated:
            console.print(
                f"[dim]Utan känt år, och därför inte med: {escape(listing(self.chosen.undated))}.[/]"
            )
        if self.at_years_end:
            console.print(STILL_THERE)
        console.print(f"Paketet ligger i {escape(str(output))}")

    def _shared(self) -> Shared:
        try:
            return sites.shared_files(self.root)[0]
        except sites.RefusedError as refused:
            raise self._refused(refused.problems) from None

    def _municipality(self) -> Municipality:
        mine = find_shares(self.root, self.shared).of(self.slug)
        checked = Library(self.root).municipality(self.slug, self.shared, mine.ids)
        if checked.municipality is None or has_errors(checked.problems):
            raise self._refused(checked.problems)
        return received(checked.municipality, mine)

    def _choose(self) -> Chosen:
        chosen = choose(self.everything, self.year)
        if chosen.is_empty:
            years = (
                f" Det finns dokument som rör {listing([str(year) for year in chosen.years])}."
                if chosen.years
                else ""
            )
            raise click.ClickException(f"Inget dokument i {self.slug} rör {self.year}.{years}")
        return chosen

    def _pages(self, site: Site, pages: list[Page]) -> dict[str, bytes]:
        """The site's files, built and verified, as they open from a disk."""
        with tempfile.TemporaryDirectory(prefix="trygglofte-") as name:
            output = Path(name) / "html"
            try:
                build_site(site, pages, output)
                problems = sites.verify_site(output, site, pages)
            except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
                problems = problems_of(error, self.slug, self.root)
            if has_errors(problems):
                raise self._refused(problems)
            files = sorted(path for path in output.rglob("*") if path.is_file())
            return for_disk(
                {path.relative_to(output).as_posix(): path.read_bytes() for path in files}, site.address
            )

    def _yaml(self, whole: Iterable[Filed]) -> dict[str, bytes]:  # type: ignore[type-arg]
        """The files themselves, by their paths in data/: what is shared, the municipality's, and its documents."""
        names = {f"data/{name}" for name in _SHARED_DATA} | {self.everything.file.file}
        names |= {filed.file for filed in whole}
        return {
            name.removeprefix("data/"): (self.root / name).read_bytes()
            for name in sorted(names)
            if (self.root / name).is_file()
        }

    def _refused(self, problems: list[Problem]) -> click.ClickException:
        show([problem for problem in problems if problem.is_error], self.root)
        return click.ClickException("Filerna har fel (se ovan), så inget paket görs. Rätta dem först.")
