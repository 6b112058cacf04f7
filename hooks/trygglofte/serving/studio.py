"""All sites of a project as they are shown now: what is kept between changes, and what a change concerns."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from pathlib import Path

from trygglofte import sites
from trygglofte.history import NO_PAST, gather
from trygglofte.library import Kept, Library
from trygglofte.mkdocs_engine import Frame, forget_frames
from trygglofte.model import FOLDERS, Shared
from trygglofte.pages import forget_templates
from trygglofte.problems import Problem
from trygglofte.publishing import Aside, problems_of
from trygglofte.serving.finishing import Apart, Rest, finish_municipality, finish_portal
from trygglofte.serving.shown import Shown
from trygglofte.serving.version import PortalVersion, Version
from trygglofte.sharing import Shares, can_change, find_shares

Told = Callable[[str, list[Problem], float], None]
"""Called with a municipality, what is wrong or advised, and how many seconds it took to find out."""
PORTAL = ""
_FEW = 12
"""So many municipalities are all read when serving begins. Of more, each is read when somebody looks at it."""


class Studio:
    """The sites of the project in `root`, counted from `today`. Only what holds `turn` touches them.

    `turn` is a condition that is notified when something may look otherwise; `changes` counts how often it was.
    `aside` has folders for what is made afterwards, `told` is called of every municipality that is read again,
    when nobody waits for it. `wake` is called, from any thread, when there is something to `tell` or to `settle`.
    """

    def __init__(self, root: Path, today: date, aside: Aside, told: Told, wake: Callable[[], None]) -> None:
        self.root, self.today, self.told = root, today, told
        self.turn = threading.Condition(threading.RLock())
        self.changes = 0
        self.apart = Apart(aside, wake)
        self._aside = aside
        self._wake = wake
        self._to_tell: list[tuple[str, list[Problem], float]] = []
        self._making: Shown | None = None
        self._of: Version | PortalVersion | None = None
        self._kept: Kept = {}
        self._shown: dict[str, Shown] = {}
        self._to_read = slugs if len(slugs := Library(root).slugs()) <= _FEW else []
        self._frame: Frame | None = None
        self._files: dict[str, Path] | None = None
        self._shared: Shared | None = None
        self._shared_problems: list[Problem] | None = None
        self._shares: Shares | None = None
        self._past = NO_PAST

    @property
    def slugs(self) -> list[str]:
        """The municipalities there are now."""
        return Library(self.root).slugs()

    def has(self, slug: str) -> bool:
        """Whether there is such a municipality."""
        return slug in self._shown or (slug != PORTAL and slug in self.slugs)

    def frame(self) -> Frame:
        """The frame around every page."""
        if self._frame is None:
            self._frame = Frame(self.root)
        return self._frame

    def files(self) -> dict[str, Path]:
        """Files that every site publishes as they are."""
        if self._files is None:
            self._files = self.frame().files()
        return self._files

    def site(self, slug: str) -> Shown:
        """A municipality's site, or the portal's (""), read again if something has changed."""
        shown = self._shown.setdefault(slug, Shown(slug))
        if shown.is_stale:
            shown.is_stale = False
            if slug == PORTAL:
                self._put_together(shown)
            else:
                self._read(shown)
        return shown

    def change(self, paths: Collection[Path]) -> None:
        """Files or folders have changed, come or gone."""
        with self.turn:
            slugs = set()
            for path in paths:
                slug = self._concerns(path)
                if slug is None:
                    self._forget_shared()
                else:
                    slugs.add(slug)
                    self._look_again(slug, path)
            if self._making and self._making.is_stale:
                self.apart.stop()  # it would be old, and takes time from what somebody waits for
            for slug in sorted(slugs):
                if slug in self.slugs:
                    self.site(slug)
                else:
                    self._shown.pop(slug, None)
            for shown in list(self._shown.values()):
                if shown.is_stale and shown.is_wanted and shown.slug != PORTAL:
                    self.site(shown.slug)
            self._notify()

    def settle(self) -> bool:
        """Do one thing that can wait. Gives whether there is more to do at once."""
        with self.turn:
            if done := self.apart.take():
                self._take_rest(*done)
                return True
            unplanned = next(
                (one for one in self._shown.values() if one.version and not one.version.is_whole), None
            )
            if unplanned:
                self._complete(unplanned)
                return True
            if self._to_read:
                slug = self._to_read.pop(0)
                if slug in self.slugs:
                    self.site(slug)
                return True
            portal = self._shown.get(PORTAL)
            if portal and portal.is_wanted and self.read_for_portal():
                return True
            return self._finish_one()

    def read_for_portal(self) -> bool:
        """Somebody wants the portal: read one municipality that it tells of. Gives whether there was one to read."""
        portal = self._shown.setdefault(PORTAL, Shown(PORTAL))
        portal.is_wanted = True  # so that the rest of this is done by `settle` too
        if not portal.is_stale:
            return False
        unread = (slug for slug in self.slugs if slug not in self._shown or self._shown[slug].is_stale)
        slug = next(unread, None)
        if slug and (shown := self.site(slug)).version:
            self._complete(shown)  # here, so that nobody waits until all are
        return slug is not None

    def tell(self) -> None:
        """Pass on what has been found out."""
        with self.turn:
            telling, self._to_tell = self._to_tell, []
        for what in telling:
            self.told(*what)

    def _note(self, slug: str, problems: list[Problem], seconds: float) -> None:
        self._to_tell.append((slug, problems, seconds))
        self._wake()

    def stop(self) -> None:
        """End what is under way."""
        self.apart.close()

    def _notify(self) -> None:
        self.changes += 1
        self.turn.notify_all()

    def _concerns(self, path: Path) -> str | None:
        """The municipality that a change concerns, or None where it concerns all."""
        parts = path.relative_to(self.root).parts
        if parts[0] != "data" or len(parts) < 2 or (len(parts) == 2 and path.suffix):
            return None
        return parts[1]

    def _forget_shared(self) -> None:
        """Read everything again that is not a municipality's own, when it is next asked for."""
        forget_templates()
        forget_frames()
        self._frame = self._files = self._shared = self._shared_problems = self._shares = None
        self._past = NO_PAST
        for shown in self._shown.values():
            shown.is_stale, shown.look = True, shown.look + 1

    def _look_again(self, slug: str, path: Path) -> None:
        """What else a change in a municipality concerns: whom it shares with, and the portal."""
        shown = self._shown.setdefault(slug, Shown(slug))
        shown.is_stale = True
        if path.parent.name not in FOLDERS:
            shown.look += 1
        if PORTAL in self._shown:
            self._shown[PORTAL].is_stale = True
        if self._shares is None or self._shared is None or not can_change(self._shares, path):
            return
        before, self._shares = self._shares, find_shares(self.root, self._shared)
        for other in self._shown.values():
            if other.slug and before.of(other.slug) != self._shares.of(other.slug):
                other.is_stale = True

    def _common(self) -> tuple[Shared, Shares]:
        """What all municipalities share. Raises RefusedError where it has errors."""
        if self._shared_problems is None:
            try:
                self._shared, advice = sites.shared_files(self.root, Library(self.root, self._kept))
                self._shared_problems = []
                self._shares = find_shares(self.root, self._shared)
                self._past = gather(self.root)
            except sites.RefusedError as refused:
                self._shared_problems = advice = refused.problems
            self._note(PORTAL, advice, 0.0)
        if self._shared is None or self._shares is None:
            raise sites.RefusedError(self._shared_problems)
        return self._shared, self._shares

    def _read(self, shown: Shown) -> None:
        started, slug = time.perf_counter(), shown.slug
        try:
            shared, shares = self._common()
            site, advice = sites.unplanned_site(
                Library(self.root, self._kept), slug, shared, self.today, self._past.of(slug), shares.of(slug)
            )
            shown.take(Version(site, shown.version.addresses if shown.version else frozenset()))
        except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
            advice = problems_of(error, slug, self.root)
            shown.problems = [problem for problem in advice if problem.is_error]
            if advice == self._shared_problems:
                return  # told already, and by every municipality again
        self._note(slug, advice, time.perf_counter() - started)

    def _put_together(self, shown: Shown) -> None:
        try:
            shared, _ = self._common()
            read = [self.site(slug) for slug in self.slugs]
            cards = [one.version.card for one in read if isinstance(one.version, Version)]
            failed = [one.slug for one in read if one.problems]
            shown.take(PortalVersion(*sites.portal_site(self.root, shared, cards, self.today, failed)))
        except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
            shown.problems = problems_of(error, "portal.yml", self.root)

    def _complete(self, shown: Shown) -> None:
        assert shown.version
        try:
            if shown.version.complete():
                self._notify()
        except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
            shown.found, shown.version.is_whole = problems_of(error, shown.slug, self.root), True
            self._notify()

    def _finish_one(self) -> bool:
        """Begin to make the rest of a site that somebody has looked at, the portal last."""
        if self.apart.is_busy:
            return False
        wanted = [
            one for one in self._shown.values() if one.is_wanted and one.version and not one.is_finished
        ]
        chosen = next(iter(sorted(wanted, key=lambda one: one.slug == PORTAL)), None)
        if chosen is None:
            return False
        shown = self.site(chosen.slug)
        self._making, self._of = shown, shown.version
        self.apart.start(self._rest_of(shown))
        return False

    def _rest_of(self, shown: Shown) -> Callable[[Path], Rest]:
        version = shown.version
        if isinstance(version, Version):
            return partial(finish_municipality, version, output=self.root / "site")
        assert version
        finished = {one.slug: one.finished for one in self._shown.values() if one.slug and one.finished}
        return partial(finish_portal, version, finished=finished, slugs=self.slugs)

    def _take_rest(self, folder: Path, rest: Rest) -> None:
        shown = self._making
        if shown is None or shown.version is not self._of:
            self._aside.drop(folder)
            return
        old, shown.finished, shown.is_finished = shown.finished, folder, True
        shown.beside, shown.found = rest.beside or shown.beside, rest.problems
        if old:
            self._aside.drop(old)
        self._notify()
        if rest.problems:
            self._note(shown.slug, rest.problems, 0.0)
