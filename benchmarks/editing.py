"""`python -m benchmarks.editing`: random edits, and after each an incremental build against a clean one, byte for byte.

One process builds on, edit after edit, as `serve` does; the clean build of each edit is made in a process of its own
that has built nothing before. Seeded: the same edits every time. An edit that makes a mistake is an edit too: then its
municipality is to keep its bytes, the others are to be those of a clean build, and the edit is taken back.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks import corpus
from benchmarks.layouts import as_yaml
from trygglofte.publishing import PublishError, publish

SLUGS = (corpus.SLUG, "grannby")
_TEXT = re.compile(
    r"(?m)^( *(?:- )?(?:vad|titel|kommentar|gjort|nästa_steg|mål|namn|beskrivning): )([^\n|>\"'{\[]+)$"
)
_NUMBER = re.compile(r"(?m)^( *(?:antal|minst|totalt_hittills|värde): )(\d+)$")
_STATUS = re.compile(r"(?m)^( *status: )(.+)$")
_WORDS = ("planerat", "pågår", "genomfört", "delvis genomfört", "inte genomfört", "inställt")


@dataclass
class Project:
    """A project under edit. `day` is the day of the next build; `undo` holds what files held before the last edit."""

    root: Path
    chance: Random
    day: date = corpus.DAY
    commits: int = 0
    undo: dict[Path, bytes | None] = field(default_factory=dict)

    def put(self, path: Path, content: str | bytes | None) -> None:
        """Write a file, or take it away (None), and remember what was there."""
        self.undo.setdefault(path, path.read_bytes() if path.exists() else None)
        if content is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def take_back(self) -> None:
        """Undo the last edit."""
        for path, content in self.undo.items():
            path.unlink(missing_ok=True) if content is None else path.write_bytes(content)
        self.undo.clear()

    def document(self, folder: str = "*") -> Path:
        """Some document of some municipality."""
        found = sorted((self.root / "data").glob(f"*/{folder}/*.yml"))
        return self.chance.choice(found)

    def replace(self, path: Path, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> bool:
        """Put something else in one of the places that a pattern finds. False where it finds none."""
        text = path.read_text("utf-8")
        found = list(pattern.finditer(text))
        if not found:
            return False
        one = self.chance.choice(found)
        self.put(path, f"{text[: one.start()]}{new(one)}{text[one.end() :]}")
        return True

    def git(self, *arguments: str) -> None:
        """Run git in the project, as nobody in particular, on the day."""
        when = f"{self.day.isoformat()}T12:00:00+0200"
        names = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        dates = {f"GIT_{who}_DATE": when for who in ("AUTHOR", "COMMITTER")}
        subprocess.run(["git", "-C", str(self.root), "-c", "gc.auto=0", *arguments], check=True,
                       capture_output=True, env={**os.environ, **names, **dates})  # fmt: skip


def word(project: Project) -> bool:
    """A text says something else."""
    return project.replace(project.document(), _TEXT, lambda m: f"{m[1]}{m[2]} och mer")


def number(project: Project) -> bool:
    """A figure is higher."""
    return project.replace(project.document(), _NUMBER, lambda m: f"{m[1]}{int(m[2]) + 1}")


def status(project: Project) -> bool:
    """A measure or a commitment gets another status."""
    return project.replace(project.document(), _STATUS, lambda m: f"{m[1]}{project.chance.choice(_WORDS)}")


def added(project: Project) -> bool:
    """One more situation summary."""
    last = project.chance.randint(1, 28)
    month = f"20{project.chance.randint(10, 22)}-0{project.chance.randint(1, 9)}"
    path = project.document().parents[1] / f"lagesbilder/{month}.yml"
    project.put(path, f"period: {{från: {month}-01, till: {month}-{last:02}}}\nsammanfattning: Lugnt.\n")
    return True


def withdrawn(project: Project) -> bool:
    """A document is taken down."""
    path = project.document("lagesbilder")
    words = "avpublicerad: {datum: 2026-01-05, skäl: Uppgifterna var fel.}\n"
    project.put(path, path.read_text("utf-8").rstrip() + "\n" + words)
    return True


def renamed(project: Project) -> bool:
    """A document gets another address, and the old one leads there."""
    path = project.document("lagesbilder")
    former = f"tidigare_adresser: [/{path.parent.name}/{path.stem}/]\n"
    project.put(path.with_stem(f"{path.stem}-ny"), path.read_text("utf-8").rstrip() + "\n" + former)
    project.put(path, None)
    return True


def deleted(project: Project) -> bool:
    """A document is gone without a word: its municipality is to stay as it was."""
    project.put(project.document("lagesbilder"), None)
    return True


def broken(project: Project) -> bool:
    """A file that cannot be read."""
    path = project.document()
    project.put(path, path.read_text("utf-8") + "\nen: [\n")
    return True


def municipality(project: Project) -> bool:
    """A municipality says something else about itself, its places or its parties."""
    slug = project.chance.choice(SLUGS)
    return project.replace(project.root / f"data/{slug}/kommun.yml", _TEXT, lambda m: f"{m[1]}{m[2]} nya")


def shared(project: Project) -> bool:
    """A theme, a term or the portal changes."""
    name = project.chance.choice(["teman", "ordlista", "portal"])
    pattern = re.compile(r"(?m)^( *(?:- )?(?:namn|beskrivning|term|förklaring): )([^\n|>\"'{\[]+)$")
    return project.replace(project.root / f"data/{name}.yml", pattern, lambda m: f"{m[1]}{m[2]} nytt")


def ours(project: Project) -> bool:
    """Prose, a template, the style sheet or a setting."""
    name, more = project.chance.choice((
        ("content/om.md", "\n\nEtt stycke till.\n"), ("content/tillganglighet.md", "\n\nEtt stycke till.\n"),
        ("overrides/pages/pledge.html", "<!-- x -->"), ("overrides/pages/portal.html", "<!-- x -->"),
        ("overrides/main.html", "{# x #}"), ("overrides/assets/trygglofte.css", "\na{color:inherit}\n"),
        ("mkdocs.yml", "\n# x\n"),
    ))  # fmt: skip
    path = project.root / name
    if path.exists():
        project.put(path, path.read_text("utf-8") + more)
    return path.exists()


def another_day(project: Project) -> bool:
    """The clock moves, forwards or backwards."""
    project.day += timedelta(days=project.chance.randint(-200, 200))
    return True


def committed(project: Project) -> bool:
    """What lies there becomes a version that git knows, and on some day: pages tell of it."""
    project.git("add", "-A", "data")
    project.git("commit", "-q", "--allow-empty", "-m", "x")
    return True


def touched(project: Project) -> bool:
    """A file is written anew with what it held, in another time."""
    path = project.document()
    os.utime(path, (1, 1))
    return True


EDITS: tuple[Callable[[Project], bool], ...] = (
    word, word, word, number, number, status, status, added, withdrawn, renamed, deleted, broken, municipality,
    shared, ours, another_day, committed, committed, touched,
)  # fmt: skip


def build(root: Path, output: Path, day: date, with_search: bool) -> tuple[list[str], str]:
    """Build in one process. Gives the municipalities that failed, and why nothing was published if so.

    That all is on the disk before it goes live is not what is tried here, and takes most of the time.
    """
    os.sync = lambda: None
    try:
        return publish(root, output, day, with_search=with_search, workers=1).failed, ""
    except PublishError as error:
        return [], f"{error} {[problem.message for problem in error.problems][:3]}"


def files_of(folder: Path, outside: Sequence[str] = ()) -> dict[str, bytes]:
    """Every file that a reader can reach, but for those of some municipalities."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for place, _, names in os.walk(folder, followlinks=True)
        for path in (Path(place, name) for name in names)
        if path.relative_to(folder).parts[0] not in outside
    }


def laid_out(work: Path, seed: int) -> Project:
    """A project of two municipalities that git knows: one with an example day of its own, one that follows the day."""
    root = as_yaml(corpus.make(15), work / "project")
    (root / "data" / SLUGS[0]).rename(root / "data" / SLUGS[1])
    about = root / "data" / SLUGS[1] / "kommun.yml"
    about.write_text(re.sub(r"(?m)^exempeldag: .*\n", "", about.read_text("utf-8")), "utf-8")
    first = as_yaml(corpus.make(15, seed=7), work / "first") / "data" / SLUGS[0]
    shutil.copytree(first, root / "data" / SLUGS[0])
    project = Project(root, Random(seed))
    project.git("init", "-q")
    committed(project)
    return project


def trial(work: Path, edits: int, seed: int, search_each: int = 5) -> tuple[Counter[str], list[str]]:
    """Make so many edits. Gives what came of them, by kind of edit, and every way in which builds were not the same.

    The search index is made for one edit in `search_each`; 0 for none.
    """
    project, seen, faults = laid_out(work, seed), Counter[str](), list[str]()
    fork = multiprocessing.get_context("fork")
    with fork.Pool(1) as building_on, fork.Pool(1, maxtasksperchild=1) as afresh:
        for turn in range(edits):
            edit = project.chance.choice(EDITS)
            project.undo.clear()
            if turn and not edit(project):
                continue
            search = bool(search_each) and turn % search_each == 0
            before = files_of(project.root / "site") if turn else {}
            clean = work / f"clean-{turn}"
            later = afresh.apply_async(build, (project.root, clean / "site", project.day, search))
            failed, said = building_on.apply(
                build, (project.root, project.root / "site", project.day, search)
            )
            wrong, refused = later.get()
            after = files_of(project.root / "site")
            label = f"edit {turn}, {edit.__name__}"
            outcome = "refused" if said else "stopped its municipality" if failed else "the same bytes"
            if said:
                if not refused or before != after:
                    faults.append(f"{label}: {said} A clean build said: {refused or 'nothing'}")
            else:
                faults += _unlike(label, before, after, files_of(clean / "site"), sorted({*failed, *wrong}))
            if said or failed:
                project.take_back()
            seen[f"{edit.__name__}: {outcome}"] += 1
            print(f"{label}: {outcome}; {len(faults)} faults so far", file=sys.stderr, flush=True)
            shutil.rmtree(clean, ignore_errors=True)
    return seen, faults


def _unlike(
    label: str, before: dict[str, bytes], after: dict[str, bytes], clean: dict[str, bytes], failed: list[str]
) -> list[str]:
    """What is not as it should be: a failed municipality as it was, all others as a clean build makes them."""
    kept = {name: content for name, content in before.items() if name.split("/")[0] in failed}
    wanted = {name: content for name, content in clean.items() if name.split("/")[0] not in failed} | kept
    names = {name for name in {*wanted, *after} if wanted.get(name) != after.get(name)}
    if failed:  # the portal says who is behind, and still counts what they had
        names = {name for name in names if name.split("/")[0] in SLUGS}
    return [f"{label}: {', '.join(sorted(names)[:5])} ({len(names)} files)"] if names else []


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, try, print. Exit status 1 when anything was not the same."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.editing", description=__doc__)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument(
        "--search-each", type=int, default=5, help="make the search index for one edit in so many"
    )
    chosen = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="editing-") as folder:
        seen, faults = trial(Path(folder), chosen.edits, chosen.seed, chosen.search_each)
    print(f"{seen.total()} edits, {time.perf_counter() - started:.0f} s, seed {chosen.seed}\n")
    print("\n".join(f"- {count} × {what}" for what, count in sorted(seen.items())))
    print("\n".join(["", *faults]) if faults else "\nEvery incremental build was a clean one, byte for byte.")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
