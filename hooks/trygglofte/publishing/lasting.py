"""Nothing disappears: every address that was ever published still leads somewhere.

The ledger holds documents and the places on them that people link to: commitments and follow-ups. Pages that
gather documents (a year, a theme) follow from those and are not held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from trygglofte.addresses import address_of, commitment_anchor
from trygglofte.model import Document, Filed, Pledge, promises
from trygglofte.model.collection import FOLDERS
from trygglofte.pages import Site
from trygglofte.pages.reports import reports_of
from trygglofte.problems import Problem
from trygglofte.publishing.ledger import read_ledger
from trygglofte.publishing.store import Store


def told_by_the_ledger(output: Path, site: Site) -> list[Problem]:
    """An error for every address that was published in `output`, ever, and that a municipality's site has no longer."""
    return list(lost(read_ledger(Store(output).ledgers, site.slug), site, site.slug))


def addresses_of(site: Site) -> list[str]:
    """Every address of a site that is to last: documents, their former addresses, and places on them.

    What another municipality shares is left out: if that ends, it is not for this one to mend.
    """
    found: set[str] = set()
    own = [filed for filed in site.everything.documents if site.owner(filed) is None]
    for filed in own:
        found.update((address_of(filed), *redirects_to(filed)))
    for gone in site.withdrawn:
        found.update((gone.address, *gone.former))
    for filed in own:
        found.update(f"{address_of(filed)}#{anchor}" for anchor in _anchors(filed.part))
    return sorted(found)


def redirects_of(site: Site) -> dict[str, str]:
    """Former address → address, both from the site's start. A withdrawn document says so at each of its own."""
    documents = site.everything.documents
    return {former: address_of(filed) for filed in documents for former in redirects_to(filed)}


def redirects_to(filed: Filed[Document]) -> list[str]:
    """The former addresses of a document, from the site's start."""
    return [former.lstrip("/") for former in filed.part.former_addresses]


def _anchors(pledge: Document) -> Iterator[str]:
    if not isinstance(pledge, Pledge):
        return
    yield from (commitment_anchor(promise.commitment.id) for promise in promises(pledge))
    yield from (reported.anchor for reported in reports_of(pledge))
    yield from pledge.former_anchors


def lost(before: Iterable[str], site: Site, slug: str) -> Iterator[Problem]:
    """An error for every address in the ledger that a site no longer has."""
    now = dict.fromkeys(addresses_of(site))
    withdrawn = {address for gone in site.withdrawn for address in (gone.address, *gone.former)}
    moved = redirects_of(site)
    gone = [address for address in before if address not in now]
    pages = {address for address in gone if "#" not in address}
    for address in gone:
        page, _, anchor = address.partition("#")
        if not anchor:
            yield _lost_page(page, slug, [other for other in now if "#" not in other])
        elif page in pages or page in withdrawn or f"{moved.get(page)}#{anchor}" in now:
            continue  # told already, taken down on purpose, or moved together with its page
        else:
            yield _lost_anchor(page, anchor, slug)


def _lost_page(page: str, slug: str, now: Collection[str]) -> Problem:
    near = get_close_matches(
        page, [other for other in now if other.split("/")[0] == page.split("/", maxsplit=1)[0]], 1
    )
    instead = f" (kanske /{near[0]})" if near else ""
    return Problem(
        _file_of(page, slug), 1, 1, "forsvunnen-adress",
        f"Sidan /{page} har funnits på webbplatsen, men finns inte längre.",
        f"Har dokumentet flyttat{instead}: skriv ”tidigare_adresser: [/{page}]” i det. "
        "Ska det bort: låt filen ligga kvar, och skriv ”avpublicerad” med datum och skäl.",
    )  # fmt: skip


def _lost_anchor(page: str, anchor: str, slug: str) -> Problem:
    return Problem(
        _file_of(page, slug), 1, 1, "forsvunnen-adress",
        f"Stället ”{anchor}” på sidan /{page} har funnits, och länkar dit leder nu fel.",
        f"Ge åtagandet sitt gamla id, eller skriv ”tidigare_ankare: [{anchor}]” i dokumentet.",
    )  # fmt: skip


def _file_of(page: str, slug: str) -> str:
    folder, _, name = page.strip("/").partition("/")
    return f"data/{slug}/{folder}/{name}.yml" if folder in FOLDERS and name else f"data/{slug}"
