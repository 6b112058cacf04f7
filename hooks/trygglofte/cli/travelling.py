"""The command `as-of`: all sites as they stood for the public on a day, from git, in a folder of their own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

import click
from rich.markup import escape

from trygglofte.archiving import still
from trygglofte.cli.clock import today_in_sweden
from trygglofte.cli.project import console, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.history import Version, files_of, gather, main_line, version_on
from trygglofte.moments import Moment
from trygglofte.pages.environment import forget_bytecode
from trygglofte.publishing import PublishError, publish
from trygglofte.skeleton import skeleton_of
from trygglofte.wording import counted, listing, long_date

_THEN = ("data", "content", "overrides")
_NOT_HERE = ("site", ".site", "hooks", ".git", *_THEN)


def _day(_context: click.Context, _parameter: click.Parameter, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"”{value}” är inget datum. Skriv till exempel 2025-12-31.") from None


@click.command(
    name="as-of", cls=Command, help="Bygg webbplatserna som de såg ut för allmänheten en viss dag, ur git."
)
@click.argument("datum", callback=_day)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="MAPP", help="Tom mapp (annars build/as-of/DATUM)."
)
@click.option("--utan-sok", is_flag=True, help="Gör inget sökindex.")
@click.option("--dagens-mallar", is_flag=True, help="Använd dagens mallar och texter om webbplatsen.")
def as_of(datum: date, out: Path | None, utan_sok: bool, dagens_mallar: bool) -> None:
    """Build every site from the commit of a day, as that day; exit status 1 if a municipality could not be built."""
    root = project_root()
    output = (out or root / "build" / "as-of" / datum.isoformat()).absolute()
    _refuse(output, root)
    now = today_in_sweden()
    version = version_at(root, datum, now)
    folders = ("data",) if dagens_mallar else _THEN
    with project_of(root, version, folders) as then:
        try:
            release = publish(
                then,
                then / "site",
                end_of(datum, now),
                with_search=not utan_sok,
                past=gather(root, version.commit),
            )
        except PublishError as error:
            show(error.problems, then)
            raise click.ClickException(f"{str(error).partition('.')[0]}. {_HINT}") from None
        show([problem for problem in release.problems if problem.is_error], then)
        output.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(then / "site", output, dirs_exist_ok=True)
    for page in output.rglob("*.html"):
        page.write_bytes(still(page.read_bytes().decode("utf-8")).encode())
    sites = counted(len(release.built) - len(release.failed), "kommun", "kommuner")
    console.print(
        f"{sites} och portalen som de var den {long_date(datum)}, ur versionen från den {long_date(version.day)} "
        f"({version.commit[:10]})."
    )
    console.print(STILL_THERE)
    console.print(f"Öppna {escape((output / 'index.html').as_uri())}")
    if release.failed:
        console.print(f"[bold red]Saknas: {escape(listing(release.failed))}[/] (se ovan). {_HINT}")
        raise click.exceptions.Exit(1)


_HINT = "Dagens program förstår inte allt från den dagen. Är det mallarna som är för gamla hjälper --dagens-mallar."


STILL_THERE = "Det som har tagits bort från sidorna sedan dess finns med här. Lägg inte ut det igen."


def end_of(day: date, now: date) -> date:
    """The last moment of a day, or now where the day is today."""
    return now if day == now else Moment.of(datetime.combine(day, time(23, 59, 59)))


def version_at(root: Path, day: date, now: date) -> Version:
    """The commit that was current at the end of a day. Says in Swedish why there is none."""
    if day > now:
        raise click.ClickException(f"Den {long_date(day)} har inte varit än. Skriv ett datum som har varit.")
    version = version_on(root, day)
    if version is not None:
        return version
    oldest = list(main_line(root))[-1:]
    if not oldest:
        raise click.ClickException(
            "Det går inte att läsa historiken. Mappen måste vara ett git-förråd, och git måste finnas på datorn."
        )
    raise click.ClickException(
        f"Git känner inte till något från den {long_date(day)}: det äldsta är från den {long_date(oldest[0].day)}. "
        "Är bara en del av historiken hämtad, så hämta resten med git fetch --unshallow."
    )


@contextmanager
def project_of(root: Path, version: Version, folders: tuple[str, ...]) -> Iterator[Path]:
    """A project as it stood in a commit, in a folder that is gone afterwards. What is not asked for is today's."""
    files = files_of(root, version, folders)
    with tempfile.TemporaryDirectory(prefix="trygglofte-") as name:
        then = Path(name).resolve()
        for path, content in files.items():
            (then / path).parent.mkdir(parents=True, exist_ok=True)
            (then / path).write_bytes(content)
        if skeleton_of(root) == root:
            shutil.copy(root / "mkdocs.yml", then)
            for folder in _THEN:
                if not (then / folder).is_dir() and folder != "data":
                    shutil.copytree(root / folder, then / folder)
        (then / "data").mkdir(exist_ok=True)
        try:
            yield then
        finally:
            forget_bytecode()


def _refuse(output: Path, root: Path) -> None:
    """Never write where the live sites or the project itself lie, nor over anything."""
    ways = {output, output.resolve()}
    closed = {way for name in _NOT_HERE for way in (root / name, (root / name).resolve())}
    if ways & {root, root.resolve()} or any(way.is_relative_to(no) for way in ways for no in closed):
        raise click.ClickException(
            f"{output} hör till det som visas eller till projektet. Välj en annan mapp med --out."
        )
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise click.ClickException(
            f"{output} finns redan och är inte tom. Ta bort den, eller välj en annan med --out."
        )
