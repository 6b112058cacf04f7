"""Tables: what there is of each sort in a municipality, a row for each, with where it stands in its file.

Rows are the municipality's own; what another municipality owns is in that one's tables. Columns come from the
model (`columns`); what is derived is named `härlett.…` and stands last. `härlett.version` is a mark over what can
be changed in the row, so that `trygglofte import` sees when a table is older than the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from trygglofte.addresses import commitment_anchor
from trygglofte.describing.accepted import Json
from trygglofte.model import Filed, Pledge, SituationSummary, promises
from trygglofte.model.base import Part, alias_of
from trygglofte.model.follow_up import FollowUp, Measurement, Outcome
from trygglofte.model.pledge import Commitment, Indicator
from trygglofte.model.situation_summary import Category, IndicatorValue, Measure
from trygglofte.outputs.columns import DERIVED, Column, cell_of, columns_of
from trygglofte.outputs.derived import day, figures_of, full
from trygglofte.outputs.shown import each_text, unnamed, visible, written_at
from trygglofte.outputs.values import as_values
from trygglofte.pages import Site
from trygglofte.pages.naming import title_of
from trygglofte.pages.reports import reports_of

Steps = tuple[str | int, ...]
VERSION, ON_DAY, CODE, TITLE, ADDRESS = (
    f"{DERIVED}{name}" for name in ("version", "läget_den", "kommunkod", "titel", "adress")
)


@dataclass(frozen=True)
class Row:
    """A row. `steps` lead to its part in the file by English attributes; `keys` says which key a column has there.

    `values` are what the row says, where that is not what its part says.
    """

    filed: Filed[Any]
    ids: Mapping[str, str]
    steps: Steps
    values: Mapping[str, Any] | None = None
    derived: Mapping[str, Any] = field(default_factory=dict)
    anchor: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A sort of rows. `ids` are the columns that say which row it is, with what they are."""

    name: str
    title: str
    model: type[Part]
    ids: tuple[tuple[str, str], ...]
    rows: Callable[[Site, Filed[Any]], Iterator[Row]]
    derived: tuple[tuple[str, str], ...] = ()
    own: tuple[Column, ...] = ()
    of: type[Part] = Pledge

    @cached_property
    def written(self) -> tuple[Column, ...]:
        """The columns that can be changed."""
        skip = ("id", "avpublicerad", *(name for name, _ in self.ids))
        return self.own or columns_of(self.model, skip)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column: what identifies the row, what was written, and what follows."""
        ids = (Column(name, name.capitalize(), what) for name, what in (*_DOCUMENT, *self.ids))
        derived = (
            Column(f"{DERIVED}{name}", name.capitalize(), what, (), _TYPES.get(name, "kort-text"))
            for name, what in (*self.derived, *_ALWAYS)
        )
        return (*ids, *self.written, *derived)

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that identify a row."""
        return tuple(name for name, _ in (*_DOCUMENT, *self.ids))

    def cells(self, site: Site) -> Iterator[tuple[Row, dict[str, str]]]:
        """Every row of a municipality with its cells, by the names of the columns."""
        family = site.everything.pledges if self.of is Pledge else site.everything.summaries
        for filed in family:
            if site.owner(filed) is None:
                known = {
                    TITLE: title_of(filed), CODE: site.everything.file.part.code,
                    ON_DAY: f"{site.today:%Y-%m-%d}",
                }  # fmt: skip
                for row in self.rows(site, filed):
                    yield row, self._cells(site, row, known)

    def cells_of(self, values: Mapping[str, Any]) -> dict[str, str]:
        """The cells that can be changed, by the names of their columns, for a part as values (`as_values`)."""
        return self._empty | dict(self._said(values))

    def _said(self, values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
        """Those of the cells that hold something: most keys are left out of most files."""
        for key, value in values.items():
            name = above + key
            if isinstance(value, dict):
                if name in self._groups:
                    yield from self._said(value, f"{name}.")
            elif name in self._empty and (cell := cell_of(value)):
                yield name, cell

    @cached_property
    def _empty(self) -> dict[str, str]:
        return {column.name: "" for column in self.written}

    @cached_property
    def _groups(self) -> frozenset[str]:
        """The ways of keys that lead to several columns."""
        return frozenset(
            ".".join(column.path[:end]) for column in self.written for end in range(1, len(column.path))
        )

    def _cells(self, site: Site, row: Row, known: Mapping[str, str]) -> dict[str, str]:
        away = unnamed(site)
        values = row.values if row.values is not None else written_at(row.filed, site, row.steps)
        if away:
            values = each_text(dict(values), lambda text: visible(text, away))
        said = dict(self._said(values))
        address = full(row.filed, site) + (f"#{row.anchor}" if row.anchor else "")
        derived = {DERIVED + name: cell_of(row.derived.get(name)) for name, _ in self.derived}
        return {
            "kommun": site.slug, "dokument": row.filed.id, **row.ids, **self._empty, **said, **derived, **known,
            ADDRESS: address, VERSION: _version(said),
        }  # fmt: skip


def _version(said: Mapping[str, str]) -> str:
    """The mark over a row's cells that can be changed and hold something."""
    return "v" + hashlib.sha256(_SORTED.encode(said).encode()).hexdigest()[:10]


_SORTED = json.JSONEncoder(sort_keys=True)


_DOCUMENT = (("kommun", "Kommunens mapp."), ("dokument", "Dokumentets id: filens namn utan .yml."))
_ALWAYS = (
    ("titel", "Dokumentets rubrik."), ("adress", "Var det står på webben."), ("kommunkod", "SCB:s kod."),
    ("läget_den", "Den dag som det härledda gäller."), ("version", "Märke för radens innehåll, för import."),
)  # fmt: skip
_DAYS = ("läget_den", "redovisat_den", "försenat_sedan", "period.från", "period.till", "publicerad")
_TYPES = {"gjort": "tal", "lovat": "tal", **dict.fromkeys(_DAYS, "dag")}
_REPORT = ("uppföljning", "Uppföljningens ankare på löftets sida.")
_NUMBER = ("nr", "Vilken i ordningen, från 1.")
_COUNT = Column("antal", "Antal", "Antal händelser, eller ”färre än 5”.", ("antal",), "antal")


def _documents(_site: Site, filed: Filed[Any]) -> Iterator[Row]:
    yield Row(filed, {}, ())


def _commitments(site: Site, filed: Filed[Pledge]) -> Iterator[Row]:
    states = {state.promise.commitment.id: state for state in site.state(filed).commitments}
    for promise in promises(filed.part):
        id_ = promise.commitment.id
        state = states[id_]
        figures = figures_of(state.figures) or {}
        derived = {
            "fokusområde": promise.area.title if promise.area else None,
            "teman": list(promise.themes),
            "status": str(state.status),
            "redovisat_av": list(state.reporters) if state.report else None,
            "redovisat_den": day(state.report.published) if state.report else None,
            "försenat_sedan": day(state.late_since),
            "gjort": figures.get("gjort"),
            "lovat": figures.get("lovat"),
            "sagt_om_talen": state.told,
        }
        yield Row(
            filed,
            {"åtagande": id_},
            promise.steps,
            None,
            derived,
            commitment_anchor(id_),
        )


def _reports(filed: Filed[Pledge]) -> Iterator[tuple[FollowUp, str, Steps]]:
    """Follow-ups that can be seen, with their anchors and where they stand."""
    anchors = {id(item.report): item.anchor for item in reports_of(filed.part)}
    for position, report in enumerate(filed.part.follow_ups):
        if not report.withdrawn:
            yield report, anchors[id(report)], ("follow_ups", position)


def _follow_ups(_site: Site, filed: Filed[Pledge]) -> Iterator[Row]:
    for _, anchor, steps in _reports(filed):
        yield Row(filed, {"uppföljning": anchor}, steps, None, {}, anchor)


def _outcomes(_site: Site, filed: Filed[Pledge]) -> Iterator[Row]:
    for report, anchor, steps in _reports(filed):
        for id_ in report.outcomes:
            ids = {"uppföljning": anchor, "åtagande": id_}
            derived = {"period.från": day(report.period.start), "period.till": day(report.period.end),
                       "publicerad": day(report.published), "rapporterat_av": list(report.reported_by)}  # fmt: skip
            yield Row(filed, ids, (*steps, "outcomes", id_), None, derived, anchor)


def _measurements(_site: Site, filed: Filed[Pledge]) -> Iterator[Row]:
    for report, anchor, steps in _reports(filed):
        for number in range(len(report.measurements)):
            ids = {"uppföljning": anchor, "nr": str(number + 1)}
            yield Row(filed, ids, (*steps, "measurements", number), None, {}, anchor)


def _indicators(_site: Site, filed: Filed[Pledge]) -> Iterator[Row]:
    for number, one in enumerate(filed.part.indicators):
        yield Row(filed, {"indikator": one.id}, ("indicators", number), None, {}, "matt")


def _listed(attribute: str) -> Callable[[Site, Filed[Any]], Iterator[Row]]:
    def rows(_site: Site, filed: Filed[Any]) -> Iterator[Row]:
        for number in range(len(getattr(filed.part, attribute))):
            yield Row(filed, {"nr": str(number + 1)}, (attribute, number))

    return rows


def _places(_site: Site, filed: Filed[SituationSummary]) -> Iterator[Row]:
    for number, one in enumerate(filed.part.categories):
        for place, count in one.places.items():
            ids = {"nr": str(number + 1), "plats": place}
            steps = ("categories", number, "places")
            yield Row(
                filed, ids, steps, {"antal": as_values(count)}, {"tema": one.theme}, "", {"antal": place}
            )


_DERIVED_OF_COMMITMENT = (
    ("fokusområde", "Fokusområdets titel."), ("teman", "Åtagandets teman, eller fokusområdets."),
    ("status", "Hur långt det har kommit, enligt Så räknar vi."), ("redovisat_av", "De som har redovisat senast."),
    ("redovisat_den", "När den senaste redovisningen lades ut."),
    ("försenat_sedan", "Den dag då det skulle ha varit klart, om den har gått."), ("gjort", "Gjort hittills."),
    ("lovat", "Så mycket som var lovat."), ("sagt_om_talen", "Det gjorda mot det lovade, i ord."),
)  # fmt: skip
_DERIVED_OF_OUTCOME = (
    ("period.från", "Uppföljningens första dag."), ("period.till", "Uppföljningens sista dag."),
    ("publicerad", "När uppföljningen lades ut."), ("rapporterat_av", "De som har redovisat."),
)  # fmt: skip

TABLES = (
    Table("loften", "Medborgarlöften", Pledge, (), _documents),
    Table("ataganden", "Åtaganden", Commitment, (("åtagande", "Åtagandets id."),), _commitments,
          _DERIVED_OF_COMMITMENT),
    Table("uppfoljningar", "Uppföljningar", FollowUp, (_REPORT,), _follow_ups),
    Table("utfall", "Utfall per åtagande och uppföljning", Outcome, (_REPORT, ("åtagande", "Åtagandets id.")),
          _outcomes, _DERIVED_OF_OUTCOME),
    Table("indikatorer", "Mått som löften ska påverka", Indicator, (("indikator", "Måttets id."),), _indicators),
    Table("matvarden", "Nya värden på löftenas mått", Measurement, (_REPORT, _NUMBER), _measurements),
    Table("lagesbilder", "Lägesbilder", SituationSummary, (), _documents, of=SituationSummary),
    Table("kategorier", "Lägesbildernas kategorier", Category, (_NUMBER,), _listed("categories"),
          of=SituationSummary),
    Table("platser", "Lägesbildernas antal per plats", Category, (_NUMBER, ("plats", "Platsens id.")), _places,
          (("tema", "Kategorins tema."),), (_COUNT,), SituationSummary),
    Table("matt", "Lägesbildernas mått", IndicatorValue, (_NUMBER,), _listed("indicators"), of=SituationSummary),
    Table("atgarder", "Lägesbildernas åtgärder", Measure, (_NUMBER,), _listed("measures"), of=SituationSummary),
)  # fmt: skip
"""Every table, in the order they are shown."""


def keys_of(row: Row) -> Steps:
    """The Swedish keys and positions that lead to a row's part in its file."""
    path: list[str | int] = []
    value: Any = row.filed.part
    for step in row.steps:
        if isinstance(value, Part):
            path.append(alias_of(type(value), str(step)))
            value = getattr(value, str(step))
        else:
            path.append(step)
            value = value[step]
    return tuple(path)


def resource(table: Table) -> Json:
    """A table as a resource of a Data Package (Table Schema, frictionless standards 1)."""
    return {
        "name": table.name, "path": f"csv/{table.name}.csv", "title": table.title,
        "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "schema": {
            "fields": [column.as_field() for column in table.columns],
            "primaryKey": list(table.key), "missingValues": [""],
        },
    }  # fmt: skip
