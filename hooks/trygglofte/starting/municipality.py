"""A municipality's first file, and what its folders will hold."""

from __future__ import annotations

import re

from slugify import slugify

from trygglofte.handing import MUNICIPALITY_FILE
from trygglofte.model import FOLDERS, MunicipalityFile
from trygglofte.model.base import alias_of
from trygglofte.model.common import Contact
from trygglofte.model.municipality import Contacts, Party, Place, PoliceArea, Protection
from trygglofte.starting.drafting import (
    Line,
    Lines,
    Started,
    StartError,
    begun,
    comment,
    entry,
    item,
    offered,
    under,
)

_TWINS = {"habo": "Det finns två: välj habo-uppsala (Håbo kommun) eller habo-jonkoping (Habo kommun)."}
"""Names that would be the same address."""


def new_municipality(slug: str, name: str, short_name: str, code: str) -> Started:
    """kommun.yml for a municipality that answers for its own site. Its folders come with their first document."""
    refuse_twins(slug)
    if code == "0000":
        raise StartError("Koden 0000 är den påhittade kommunens. Skriv SCB:s kod, fyra siffror.")
    lines = _folders(slug)
    for attribute, value in (("name", name), ("short_name", short_name)):
        lines += entry(_alias(attribute), value)
    lines += offered(MunicipalityFile, "county") + entry(_alias("code"), code)
    lines += entry(_alias("publisher"), "kommunen") + offered(MunicipalityFile, "intro", prose=True)
    lines += offered(MunicipalityFile, "police_areas", item([Line(f"{alias_of(PoliceArea, 'name')}:")]))
    parties = (("kommunen", name), ("polisen", "Polisen"))
    lines += under(
        _alias("parties"), [line for short, party in parties for line in item(_named(Party, short, party))]
    )
    lines += offered(MunicipalityFile, "places", item(_named(Place)))
    contact = [Line(f"{alias_of(Contact, one)}:") for one in ("name", "phone", "email", "web")]
    lines += offered(MunicipalityFile, "contacts", under(alias_of(Contacts, "centre"), contact))
    default = str(Protection().threshold)
    note = str(Protection.model_fields["threshold"].description)
    lines += under(_alias("protection"), entry(alias_of(Protection, "threshold"), default, note=note))
    lines += offered(MunicipalityFile, "reporting_days")
    return begun(f"data/{slug}/{MUNICIPALITY_FILE}", lines)


def proposed_slug(name: str) -> str:
    """An id of a municipality's name, with å, ä and ö as a, a and o."""
    return as_id(re.sub(r"s? (?:kommun|stad)$", "", name.strip(), flags=re.IGNORECASE))


def as_id(text: str) -> str:
    """A text as an id; empty where nothing of it can be one."""
    return str(slugify(text, replacements=[["å", "a"], ["ä", "a"], ["ö", "o"]]))


def refuse_twins(slug: str) -> None:
    """A `StartError` for an id that two municipalities have the same right to."""
    if slug in _TWINS:
        raise StartError(f"”{slug}” kan inte vara kommunens id. {_TWINS[slug]}")


def _alias(attribute: str) -> str:
    return alias_of(MunicipalityFile, attribute)


def _named(part: type[Party] | type[Place], id: str = "", name: str = "") -> Lines:
    pairs = (("id", id), ("name", name))
    return [
        line
        for attribute, value in pairs
        for line in (
            entry(alias_of(part, attribute), value) if value else [Line(f"{alias_of(part, attribute)}:")]
        )
    ]


def _folders(slug: str) -> Lines:
    names = ", ".join(f"{folder}/" for folder in FOLDERS)
    return [*comment(f"Dokumenten läggs i mappar bredvid den här filen, i data/{slug}: {names}."), Line("")]
