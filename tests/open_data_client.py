"""A client of the open data, written from docs/open-data.md and the page "Öppna data" alone.

It knows addresses and keys that are told there, and nothing of the program: it imports none of it. What it needs
and cannot find in those texts is missing there, and is mended there.
"""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Fetch = Callable[[str], bytes]
"""The bytes at an address."""

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
    "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Commitment:
    """A commitment with how far it has come. `told` are the figures in words, one for each who reports."""

    address: str
    what: str
    responsible: tuple[str, ...]
    status: str
    told: tuple[str, ...]
    figures: dict[str, Any]
    reported_by: tuple[str, ...]
    reported_on: str


@dataclass(frozen=True)
class FollowUp:
    """A follow-up. `outcomes` are what it says of each commitment, by id."""

    address: str
    first: str
    last: str
    published: str
    reported_by: tuple[str, ...]
    outcomes: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Pledge:
    """What the page of a pledge says."""

    address: str
    title: str
    period: tuple[str, ...]
    parties: tuple[str, ...]
    counts: dict[str, int]
    last_reported: str
    next_report: str
    late: tuple[tuple[str, tuple[str, ...]], ...]
    commitments: tuple[Commitment, ...]
    follow_ups: tuple[FollowUp, ...]


class Municipality:
    """A municipality's open data, by the address of its site."""

    def __init__(self, address: str, fetch: Fetch) -> None:
        self.address = address
        self.fetch = fetch
        self.data: dict[str, Any] = json.loads(fetch(address + "data.json"))

    def named(self, group: str, ids: list[str]) -> tuple[str, ...]:
        """The names of parties, places or themes."""
        names = self.data.get("namn", {}).get(group, {})
        return tuple(names.get(id_, id_) for id_ in ids)

    def pledges(self) -> Iterator[Pledge]:
        """Every pledge, each from the file beside its page."""
        for document in self.data.get("dokument", []):
            if document["typ"] == "Medborgarlöfte":
                yield self.pledge(document["adress"])

    def pledge(self, address: str) -> Pledge:
        """One pledge, by the address of its page."""
        values = json.loads(self.fetch(address + "index.json"))
        written, derived = values["innehåll"], values["härlett"]
        promised = list(written.get("åtaganden", []))
        promised += [one for area in written.get("fokusområden", []) for one in area.get("åtaganden", [])]
        by_id = {one["id"]: one for one in promised}
        return Pledge(
            address, written["titel"], _period(written.get("gäller", {})),
            self.named("parter", written.get("parter", [])), derived["antal_per_status"],
            derived.get("senast_redovisat", ""), derived.get("nästa_redovisning", ""),
            tuple((one["dag"], self.named("parter", one.get("parter", [])))
                  for one in derived.get("försenade", [])),
            tuple(self._commitment(by_id[one["id"]], one) for one in derived["åtaganden"]),
            tuple(self._follow_up(one, written) for one in derived.get("uppföljningar", [])),
        )  # fmt: skip

    def _commitment(self, written: dict[str, Any], derived: dict[str, Any]) -> Commitment:
        each = [derived, *derived.get("per_part", [])]
        return Commitment(
            derived["adress"], written["vad"], self.named("parter", written.get("ansvarig", [])),
            derived["status"], tuple(one["sagt_om_talen"] for one in each if "sagt_om_talen" in one),
            derived.get("tal", {}), self.named("parter", derived.get("redovisat_av", [])),
            derived.get("redovisat_den", ""),
        )  # fmt: skip

    def _follow_up(self, derived: dict[str, Any], written: dict[str, Any]) -> FollowUp:
        known_by = ("period", "publicerad", "rapporterat_av")
        found = [
            one
            for one in written["uppföljningar"]
            if all(one.get(key) == derived.get(key) for key in known_by)
        ]
        return FollowUp(
            derived["adress"], derived["period"]["från"], derived["period"]["till"], derived["publicerad"],
            self.named("parter", derived["rapporterat_av"]), found[0].get("utfall", {}),
        )  # fmt: skip

    def table(self, name: str, excel: bool = False) -> list[dict[str, str]]:
        """A table, its cells without the guarding apostrophe."""
        folder, separator = ("csv/excel/", ";") if excel else ("csv/", ",")
        text = self.fetch(f"{self.address}{folder}{name}.csv").decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
        return [{key: cell.removeprefix("'") for key, cell in row.items()} for row in rows]

    def news(self, address: str = "") -> list[tuple[str, str, str, str]]:
        """What has happened, from Atom: id, day, title and link. `address` is a page's, else for all."""
        feed = ET.fromstring(self.fetch((address or self.address) + "flode.xml"))
        atom = "{http://www.w3.org/2005/Atom}"
        return [
            (
                entry.findtext(f"{atom}id", ""),
                entry.findtext(f"{atom}updated", "")[:10],
                entry.findtext(f"{atom}title", ""),
                entry.find(f"{atom}link").attrib["href"],  # type: ignore[union-attr]
            )
            for entry in feed.findall(f"{atom}entry")
        ]

    def news_as_json(self, address: str = "") -> list[tuple[str, str, str, str]]:
        """The same from JSON Feed."""
        feed = json.loads(self.fetch((address or self.address) + "flode.json"))
        return [
            (item["id"], item["date_published"][:10], item["title"], item["url"]) for item in feed["items"]
        ]


def _period(valid: dict[str, Any]) -> tuple[str, ...]:
    """What a page says of a period: its wording, or its days in words."""
    if "ordalydelse" in valid:
        return (valid["ordalydelse"],)
    ends = [valid[key] for key in ("från", "till") if key in valid]
    return tuple(end["ordalydelse"] if isinstance(end, dict) else in_words(end) for end in ends)


def in_words(day: str) -> str:
    """`2026-03-01` as `1 mars 2026`; what is known less exactly as far as it is known."""
    if not day[:4].isdigit():
        return day
    year, *rest = day.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([MONTHS[int(rest[0]) - 1]] if rest else []), year])
