"""The command `publish`: what is live here is put on a host, through the host's own tools."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from trygglofte.cli.project import console, project_root
from trygglofte.cli.swedish import Command
from trygglofte.publishing.targets import (
    Delivery,
    Item,
    Target,
    TargetError,
    deliver,
    local_path,
    prepare,
    read_tree,
    target_of,
)
from trygglofte.reasons import reason
from trygglofte.wording import counted, number

_SHOWN = 20
"""Names of each kind that are shown; the rest are counted."""
_NOT_HERE = ("data", "content", "hooks", "overrides", "docs", "schema", "tests", ".git", ".venv")


@click.command(
    cls=Command, help="Lägg ut det som är byggt på MÅL, till exempel s3://hink, bara det som har ändrats."
)
@click.argument("mal", metavar="MÅL")
@click.option("--prova", "--dry-run", "only_tell", is_flag=True,
              help="Säg vad som skulle läggas ut och tas bort, och ändra ingenting.")  # fmt: skip
@click.option(
    "--kommun", metavar="KOMMUN", help="Bara en kommun, överst på målet. Den ska ha en egen adress."
)
@click.option("--endpoint", metavar="ADRESS", help="Var S3 finns, om det inte är hos Amazon.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="MAPP", help="Mapp med webbplatserna (annars site)."
)
def publish(mal: str, only_tell: bool, kommun: str | None, endpoint: str | None, out: Path | None) -> None:
    """Exit status 0 when the target is as what is live here, or would be; 1 where it could not be made so."""
    root = project_root()
    output = (out or root / "site").absolute()
    begun = False
    with tempfile.TemporaryDirectory(prefix="trygglofte-") as work:
        try:
            _refuse(mal, root, output)
            target = target_of(mal, Path(work), endpoint)
            found = prepare(read_tree(output, kommun), target)
            _tell(mal, found, only_tell)
            if not only_tell:
                begun = True
                _carry_out(found, target)
        except TargetError as error:
            raise click.ClickException(f"{error}{_LEFT if begun else ''}") from None
        except OSError as error:
            message = f"Det gick inte att läsa eller skriva: {reason(error)}.{_LEFT if begun else ''}"
            raise click.ClickException(message) from None


_LEFT = "\nDet som ligger på målet fungerar ändå. Kör samma kommando igen, så fortsätter det där det slutade."


def _carry_out(found: Delivery, target: Target) -> None:
    total, put = len(found.plan.put), 0

    def on_put(count: int) -> None:
        nonlocal put
        put += count
        console.print(f"  {number(put)} av {counted(total, 'fil', 'filer')} på plats", markup=False)

    deliver(found, target, on_put)
    if not found.plan.is_empty:
        console.print("Klart.")


def _tell(address: str, found: Delivery, only_tell: bool) -> None:
    """What goes, what stays and what leaves, in Swedish."""
    say = [f"Till {address}: {found.tree.site}, {counted(len(found.tree.files), 'fil', 'filer')}."]
    say += found.remarks
    if found.before is None:
        say.append("Inget är känt om vad som ligger där, så allt är nytt och inget tas bort.")
    elif found.before.begun:
        say.append("Förra gången blev det avbrutet. Det som inte säkert kom fram läggs ut igen.")
    if found.plan.is_empty:
        say.append("Allt ligger redan där.")
    else:
        say += [*_group("nya", found.new), *_group("ändrade", found.changed), *_removed(found.plan.removed)]
        if left := len(found.tree.files) - len(found.plan.put):
            say.append(f"  {left} ligger redan där")
    if only_tell:
        say.append("Det här var ett prov: ingenting har ändrats.")
    for line in say:
        console.print(line, markup=False)


def _group(what: str, items: Sequence[Item]) -> list[str]:
    if not items:
        return []
    size = _bytes(sum(item.size for item in items))
    return [f"  {len(items)} {what}, {size}", *_names([item.path for item in items])]


def _removed(paths: Sequence[str]) -> list[str]:
    return [f"  {len(paths)} tas bort", *_names(paths)] if paths else []


def _names(paths: Sequence[str]) -> list[str]:
    rest = [f"      … och {len(paths) - _SHOWN} till"] if len(paths) > _SHOWN else []
    return [f"      {path}" for path in paths[:_SHOWN]] + rest


def _bytes(size: int) -> str:
    for unit, large in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= large:
            return f"{size / large:.1f} {unit}".replace(".", ",")
    return f"{size} byte"


def _refuse(address: str, root: Path, output: Path) -> None:
    """Never write where the project, or what is live on this machine, lies."""
    place = local_path(address)
    if place is None:
        return
    store = output.with_name(f".{output.name}")
    closed = {
        way
        for path in (*(root / name for name in _NOT_HERE), output, store)
        for way in (path, path.resolve())
    }
    ways = {place, place.resolve()}
    if ways & {root, root.resolve()} or any(way.is_relative_to(no) for way in ways for no in closed):
        raise TargetError(f"{place} hör till projektet. Välj en annan plats.")
