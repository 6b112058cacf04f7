"""A built site is whole: every page that should be there is and says something, every link leads somewhere.

Responsible for going through a folder of finished HTML and telling what is wrong, on the line that an
editor wrote. Writes nothing. `pages` reads one page, `links` knows where an address leads and `places`
finds the line. MkDocs checks nothing of this on pages that are handed to it ready made.

Kinds of problem: saknad-sida, tom-sida, trasig-lank, lank-utan-snedstreck, trasigt-ankare, farlig-lank,
dubbelt-anker-id and, as advice, samma-rubrik.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from trygglofte.forking import LostShareError, gathered, halves
from trygglofte.problems import Problem, Severity, in_order
from trygglofte.verifying.links import Anchor, Tree, upwards
from trygglofte.verifying.pages import Link, Page, read_page
from trygglofte.verifying.places import Fault, Origin, Read, address_of, file_of, placed, shown

__all__ = ["Origin", "verify"]

_SOFT = "\u00ad".encode()
"""Where a long word may break: nothing that an editor wrote, so nothing to look for in a file."""

_WEB = "https://"

_MANY = 100
"""So many pages has each of two processes at least."""


def verify(
    site: Path,
    origins: Mapping[str, Origin],
    read: Read,
    *,
    outside: Collection[str] = (),
    base_path: str = "/",
    processes: int = 1,
) -> list[Problem]:
    """Everything that is wrong with the finished site in `site`, by file and line.

    `origins` says where pages come from, by address ("" for the start page, `medborgarloften/x/`): each
    of them has to be there and say something. A fault on any other page names the page's own file.
    `read` gives the text of a source file, or None. `outside` names folders beside the site or, for the
    portal, below it that links may lead to ("" for the start page above); they are not looked into.
    `base_path` is the path the site will be served under, which matters to 404.html alone. With several `processes`
    a site may be gone through by two; what is said is the same.
    """
    files = frozenset(_files(site))
    pages = sorted((path for path in files if path.endswith(".html")), key=address_of)

    def gone_through(some: Sequence[str]) -> _Walk:
        walk = _Walk(Tree(files, outside, base_path))
        for path in some:
            html = b"".join((site / path).read_bytes().split(_SOFT))
            walk.look_at(read_page(path, html, walk.sound[upwards(path)]), origins)
        return walk

    walk = _gone_through_by_two(gone_through, pages) if processes > 1 else None
    if not walk or walk.has_faults:  # how far faults are explained depends on those before them
        walk = gone_through(pages)
    problems = [*walk.problems]
    problems += [_missing(address, origins[address]) for address in origins if file_of(address) not in files]
    return in_order([*problems, *placed(walk.finish(), origins, read)])


def _gone_through_by_two(
    gone_through: Callable[[Sequence[str]], _Walk], pages: Sequence[str]
) -> _Walk | None:
    """What two processes have seen, as though one had; None where one of them did not end well."""
    try:
        first, *others = gathered(gone_through, halves(pages, _MANY))
    except LostShareError:
        return None
    for other in others:
        first.go_on(other)
    return first


class _Seen(NamedTuple):
    """What is remembered of a page's title: where it is, what it is called, and the words of its heading."""

    address: str
    title: str
    heading: str


@dataclass(slots=True)
class _Walk:
    """What has been seen of a site. Of each page only anchors, title and open questions are remembered."""

    tree: Tree
    faults: list[Fault] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    titles: list[_Seen] = field(default_factory=list)
    asked: list[tuple[str, Link, Anchor]] = field(default_factory=list)
    sound: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Addresses that lead right from every page that climbs to the start page by the same `../`."""

    def __reduce__(self) -> tuple[object, ...]:
        """What another process is told: not the tree, which it has."""
        return _Walk, (None, self.faults, self.problems, self.anchors, self.titles, self.asked)

    def look_at(self, page: Page, origins: Mapping[str, Origin]) -> None:
        """Check what the page alone can answer, and note what it asks of other pages."""
        address = address_of(page.path)
        self.anchors[page.path] = page.anchors
        self.faults += [_doubled(address, anchor, text) for anchor, text in page.doubled]
        climb = upwards(page.path)
        for link in page.links:
            found = self.tree.follow(page.path, link)
            if isinstance(found, Fault):
                self.faults.append(found)
            elif found and found.name not in self.anchors.get(found.path, ()):
                self.asked.append((address, link, found))
            elif link.address.startswith((climb or _WEB, _WEB)):
                self.sound[climb].add(link.address)
        if origin := origins.get(address):
            self.problems += _empty(page, origin)
            self.titles.append(_Seen(address, page.title, page.heading))

    def go_on(self, other: _Walk) -> None:
        """Add what has been seen of the pages after these."""
        self.faults += other.faults
        self.problems += other.problems
        self.anchors |= other.anchors
        self.titles += other.titles
        self.asked += other.asked

    @property
    def has_faults(self) -> bool:
        """Whether anything is wrong, as far as pages alone can tell."""
        return bool(self.faults or self.problems)

    def finish(self) -> list[Fault]:
        """All faults, once every page has been seen and its anchors are known."""
        first: dict[str, str] = {}
        same = [
            _same_title(page, first[page.title])
            for page in self.titles
            if first.setdefault(page.title, page.address) != page.address and page.title
        ]
        unanswered = [
            fault
            for question in self.asked
            if (fault := _no_anchor(*question, self.anchors[question[2].path]))
        ]
        return [*self.faults, *same, *unanswered]


def _files(site: Path) -> Iterator[str]:
    """The path of every file as it is spelt: a file system may overlook capitals, a server does not."""
    for folder, _, names in os.walk(site):
        inside = "" if folder == os.fspath(site) else f"{Path(folder).relative_to(site).as_posix()}/"
        yield from (inside + name for name in names)


def _missing(address: str, origin: Origin) -> Problem:
    message = f"Filen skulle ha blivit {shown(address)}, som inte finns."
    hint = "Felet ligger i programmet och inte i din text. Visa det för en utvecklare."
    return Problem(origin.file, origin.line, 1, "saknad-sida", message, hint)


def _empty(page: Page, origin: Origin) -> Iterator[Problem]:
    lacks = [name for name, there in (("rubrik", page.heading), ("text", page.has_text)) if not there]
    if lacks:
        message = f"Det finns ingen {' och ingen '.join(lacks)} på {shown(address_of(page.path))}."
        hint = "Se efter att filen har en titel och något att visa."
        yield Problem(origin.file, origin.line, 1, "tom-sida", message, hint)


def _doubled(address: str, anchor: str, text: str) -> Fault:
    message = f"Ankaret ”{anchor}” finns på flera ställen på sidan, så att länkar dit kan hamna fel."
    hint = "Ge rubrikerna eller delarna olika namn."
    return Fault(address, "dubbelt-anker-id", message, hint, anchor, (anchor, text))


def _same_title(page: _Seen, first: str) -> Fault:
    message = f"Sidan heter ”{page.title}”, precis som {shown(first)}."
    hint = "Ge dem olika titlar, så att de går att skilja åt i sökträffar och flikar."
    return Fault(
        page.address, "samma-rubrik", message, hint, page.address, (page.heading,), "", Severity.ADVICE
    )


def _no_anchor(address: str, link: Link, anchor: Anchor, known: frozenset[str]) -> Fault | None:
    """A browser looks for the anchor as it is written first, and then for what it stands for."""
    name = unquote(anchor.name)
    if {name, anchor.name} & known:
        return None
    near = get_close_matches(name, known, 1)
    hint = f"Menade du ”#{near[0]}”?" if near else "Länka till en annan rubrik, eller till hela sidan."
    message = f"Länken ”{link.address}” leder till ett ställe, ”{name}”, som inte finns på sidan."
    about = name if link.address.startswith("#") else f"{anchor.path}#{name}"
    return Fault(address, "trasigt-ankare", message, hint, about, link.needles, link.text)
