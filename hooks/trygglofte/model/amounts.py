"""How much was promised: limits, over which time, and how large each is to be."""

from __future__ import annotations

from trygglofte.model.base import Part, key, maybe
from trygglofte.model.values import Line, Number, YesNo
from trygglofte.model.words import DirectionWord, PerWord


class Bound(Part):
    """A limit for an indicator: at least, at most or exactly."""

    at_least: Number | None = maybe("minst", "Minst", "Lägsta värde.", example="50")
    at_most: Number | None = maybe("högst", "Högst", "Högsta värde.", example="25")
    exactly: Number | None = maybe("exakt", "Exakt", "Just det värdet.", example="2")


class Amount(Bound):
    """How much was promised. One of the limits, `alla`, `inom`, or a direction without a number."""

    everything: YesNo = key("alla", "Alla", "Allt omfattas.", example="ja", default=False)
    within: Number | None = maybe("inom", "Inom", "Längsta tid, i enheten.", example="24")
    direction: DirectionWord | None = maybe(
        "riktning", "Riktning", "Åt vilket håll, utan tal.", example="fler"
    )
    unit: Line | None = maybe("enhet", "Enhet", "Vad som räknas.", example="pass")
    per: PerWord | None = maybe("per", "Per", "Tidsrymden som antalet gäller.", example="år")
    average: YesNo = key(
        "i_snitt", "I snitt", "Räknas i snitt över hela löftets tid, inte gång för gång.", example="ja",
        default=False,
    )  # fmt: skip
    each: Amount | None = maybe(
        "vardera", "Vardera", "Hur mycket var och en omfattar.", example="{minst: 2, enhet: dagar}"
    )
    when: Line | None = maybe("när", "När", "Tider som löftet gäller.", example="fredags- och lördagskvällar")
    ongoing: YesNo = key("löpande", "Löpande", "Görs hela tiden, utan slut.", example="ja", default=False)
    wording: Line | None = maybe(
        "ordalydelse", "Ordalydelse", "Orden i löftet.", example="minst 50 pass per år"
    )
