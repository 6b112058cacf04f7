"""The rest of a site, made afterwards in a process of its own: all pages, what is beside them, and the search index.

It is written into a folder that lives as long as the serving does, and that nothing else reads.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from trygglofte import searching, sites
from trygglofte.mkdocs_engine import build_site
from trygglofte.problems import Problem
from trygglofte.publishing import Aside, problems_of, told_by_the_ledger
from trygglofte.serving.version import PortalVersion, Version

HTML = "html"


@dataclass(frozen=True)
class Rest:
    """What came of it. `beside` are the paths of what the site publishes beside its pages."""

    problems: list[Problem]
    beside: frozenset[str] = frozenset()


def finish_municipality(version: Version, folder: Path, output: Path) -> Rest:
    """Everything a build writes of a municipality, into `folder/html`. `output` is where builds are published."""
    site, slug = version.site, version.site.slug
    try:
        pages = version.pages()
        site = version.site
        build_site(site, pages, folder / HTML)
        problems = [*told_by_the_ledger(output, site), *sites.verify_site(folder / HTML, site, pages)]
        known = searching.Known.of(site, pages)
        searching.index_site(folder / HTML, known)
        searching.keep(known, version.card.searchable, folder / searching.KEPT)
        return Rest([one for one in problems if one.is_error], _beside(folder / HTML))
    except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
        return Rest(problems_of(error, slug, site.root))


def finish_portal(
    version: PortalVersion, folder: Path, finished: Mapping[str, Path], slugs: Collection[str]
) -> Rest:
    """The same of the portal. Its search knows the municipalities that are finished (slug → folder)."""
    site = version.site
    try:
        pages = version.pages()
        build_site(site, pages, folder / HTML)
        problems = sites.verify_site(folder / HTML, site, pages, outside=slugs)
        kept = {slug: searching.kept(where / searching.KEPT, slug) for slug, where in finished.items()}
        chosen = {
            address: finished[slug] / HTML / address.removeprefix(f"{slug}/")
            for slug, records in kept.items()
            for address in records
        }
        if chosen:
            searching.index_pages(chosen, folder / HTML, searching.Known.of(site, ()).joined(kept.values()))
        return Rest([one for one in problems if one.is_error], _beside(folder / HTML))
    except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
        return Rest(problems_of(error, "portal.yml", site.root))


def _beside(html: Path) -> frozenset[str]:
    return frozenset(
        path.relative_to(html).as_posix()
        for path in html.rglob("*")
        if path.is_file() and path.name != "index.html"
    )


class Apart:
    """One piece of work at a time, beside what the server does. `on_end` is called from a thread when it is over."""

    def __init__(self, aside: Aside, on_end: Callable[[], None]) -> None:
        self._aside = aside
        self._on_end = on_end
        self._process: BaseProcess | None = None
        self._folder: Path | None = None
        self._ending: list[threading.Thread] = []
        self.result: Rest | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something has been started whose result has not been taken."""
        return self._folder is not None

    def start(self, work: Callable[[Path], Rest]) -> None:
        """Begin some work, which gets a fresh folder. Whoever calls holds what the work uses, so that it is whole."""
        self._folder = folder = self._aside.fresh()
        self.result = None
        if "fork" not in multiprocessing.get_all_start_methods():
            self.result = work(folder)
            self._on_end()
            return
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_alone, args=(work, folder, theirs), daemon=True)
        self._process.start()
        theirs.close()
        threading.Thread(target=self._listen, args=(ours, self._process), daemon=True).start()

    def _listen(self, pipe: Connection, process: BaseProcess) -> None:
        try:
            result = pipe.recv()
        except (EOFError, OSError):  # the system ended it: the pages are there all the same
            result = Rest([])
        finally:
            pipe.close()
        if process is self._process:
            self.result = result
            self._on_end()

    def take(self) -> tuple[Path, Rest] | None:
        """What came of the work, once, with its folder; None while it goes on."""
        if self.result is None or self._folder is None:
            return None
        taken = self._folder, self.result
        self._process = self._folder = self.result = None
        return taken

    def stop(self) -> None:
        """End the work, if there is any, and leave nothing of it. Nobody waits until a large process is gone."""
        process, folder = self._process, self._folder
        self._process = self._folder = self.result = None
        if folder:
            if process:
                process.kill()
            self._ending = [thread for thread in self._ending if thread.is_alive()]
            self._ending.append(threading.Thread(target=self._bury, args=(process, folder)))
            self._ending[-1].start()

    def close(self) -> None:
        """End the work, and wait until nothing of it is left."""
        self.stop()
        for thread in self._ending:
            thread.join()

    def _bury(self, process: BaseProcess | None, folder: Path) -> None:
        if process:
            process.join()
        self._aside.drop(folder)


def _alone(work: Callable[[Path], Rest], folder: Path, pipe: Connection) -> None:
    """Ctrl+C is told by the server, which ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send(work(folder))
