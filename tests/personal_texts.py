"""200 texts with something about a person and 200 without, all made up, in the words of pledges and summaries.

Nothing here is anybody's. Personal identity numbers have the birth numbers of Skatteverket's test numbers (980–999,
which are never given to a person, and 238 and 239); coordination numbers have the same. Telephone numbers are
from the series that Post- och telestyrelsen keeps for books and films (070-174 06 05–99, 08-465 004 00–99,
0980-319 200–99 and others). E-mail addresses end in .example, or have a name that is no name before gmail.com.
Registration marks and streets are made of letters; the streets are in no town.

Every text comes from a template and a list, by turns, so that it is the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from trygglofte.personal import Sort


@dataclass(frozen=True)
class Marked:
    """A text, what is in it, and whether that is so plain that it must be an error."""

    text: str
    sort: Sort
    sure: bool


def check_digit(nine: str) -> int:
    """The check digit as Skatteverket describes it (SKV 704): times two and one by turns, the sum of all digits."""
    products = "".join(str(int(digit) * factor) for digit, factor in zip(nine, cycle((2, 1)), strict=False))
    return -sum(map(int, products)) % 10


def number(year: int, month: int, day: int, birth: int) -> tuple[str, str, str, str]:
    """Century, year, month with day, and the last four, of a test number."""
    first = f"{year % 100:02}{month:02}{day:02}{birth:03}"
    return str(year // 100), first[:2], first[2:6], f"{first[6:]}{check_digit(first)}"


Writing = Callable[[str, str, str, str], str]
SURE: dict[str, Writing] = {
    "short": lambda c, y, d, n: f"{y}{d}-{n}",
    "long": lambda c, y, d, n: f"{c}{y}{d}-{n}",
    "hundred years": lambda c, y, d, n: f"{y}{d}+{n}",
    "ten digits": lambda c, y, d, n: f"{y}{d}{n}",
    "twelve digits": lambda c, y, d, n: f"{c}{y}{d}{n}",
    "space": lambda c, y, d, n: f"{y}{d} {n}",
    "long with space": lambda c, y, d, n: f"{c}{y}{d} {n}",
    "en dash": lambda c, y, d, n: f"{y}{d}–{n}",
    "em dash, long": lambda c, y, d, n: f"{c}{y}{d}—{n}",
    "unbroken hyphen": lambda c, y, d, n: f"{y}{d}\u2011{n}",
    "minus": lambda c, y, d, n: f"{y}{d}\u2212{n}",
    "hard space": lambda c, y, d, n: f"{y}{d}\u00a0{n}",
    "narrow hard space": lambda c, y, d, n: f"{c}{y}{d}\u202f{n}",
    "dash with spaces": lambda c, y, d, n: f"{y}{d} – {n}",
    "as a date": lambda c, y, d, n: f"{c}{y}-{d[:2]}-{d[2:]}-{n}",
    "as a short date": lambda c, y, d, n: f"{y}-{d[:2]}-{d[2:]}-{n}",
    "with dots": lambda c, y, d, n: f"{y}.{d[:2]}.{d[2:]}-{n}",
    "last four in two": lambda c, y, d, n: f"{y}{d}-{n[:2]} {n[2:]}",
    "century apart": lambda c, y, d, n: f"{c} {y}{d}-{n}",
}
"""Ways of writing a number that hardly anything else has."""

UNSURE: dict[str, Writing] = {
    "all in twos": lambda c, y, d, n: f"{y} {d[:2]} {d[2:]} {n[:2]} {n[2:]}",
    "twos and four": lambda c, y, d, n: f"{y} {d[:2]} {d[2:]} {n}",
    "over two lines": lambda c, y, d, n: f"{y}{d}-\n    {n}",
    "as a date and a time": lambda c, y, d, n: f"{c}{y}-{d[:2]}-{d[2:]} {n}",
    "wrong check digit": lambda c, y, d, n: f"{y}{d}-{n[:3]}{(int(n[3]) + 3) % 10}",
}
"""Ways that something harmless may have too."""

_BORN = [
    (1950 + 3 * n % 49, n % 12 + 1, n * 7 % 28 + 1, birth)
    for n, birth in enumerate([*range(980, 1000), 238, 239])
]
_NUMBERS = [
    number(year, month, day + 60 * (n % 3 == 2), birth) for n, (year, month, day, birth) in enumerate(_BORN)
]

_AROUND_NUMBERS = (
    "Den som anmälde, {}, vill inte synas.",
    "Mannen ({}) har fått kontaktförbud.",
    "Beslutet gäller {}, och det överklagades i maj.",
    "problembild: |\n  Enligt polisen är det {} som har klottrat.\n",
    "# att ringa: {} före onsdag",
    "En elev, pnr {}; skolan är underrättad.",
    "Vårdnadshavare:{}.",
    "anmärkning: Se bilagan om {} i ärendet.",
    "vad: Samtal med {}/socialtjänsten, varje vecka",
    "Det stod 3,5,{},7 i tabellen.",
)

_PHONES = [
    "070-174 06 05", "070-1740612", "0701740619", "070 174 06 26", "070–174 06 33", "+46 70 174 06 40",
    "+46701740647", "0046 70 174 06 54", "+46 (0)70-174 06 61", "070/174 06 68", "070.174.06.75", "070-17 40 682",
    "070\u00a0174\u00a006\u00a089", "070\u2011174 06 96",
]  # fmt: skip
_FIXED = [
    "08-465 004 12",
    "031-390 06 21",
    "040-628 04 33",
    "+46 8 465 004 47",
    "0980-319 255",
    "040-628 04 61",
]
_AROUND_PHONES = (
    "Ring {} om du har sett något.",
    "Samordnaren nås på {}, även kvällar.",
    "kommentar: Mannen har lämnat {} till fältgruppen.",
    "Den utsatta har bytt nummer till {}.",
)

_MAILS = [
    "anna.exempelsson@exempelkoping.example", "erik_provman@polisen.example", "Sara.Ljungprov@kommunen.example",
    "mohammed.testsson@skolan.example", "asa.provstedt@region.example", "prov.provsson@gmail.com",
    "provarn79@hotmail.com", "xyzzyprov@icloud.com", "prov-prov@outlook.com", "birgitta.parkprov@bolaget.example",
    "johan.provberg (at) kommunen.example", "maria.t.provlund@kommunen.example",
]  # fmt: skip
_UNSURE_MAILS = [
    "a.exempelsson@kommunen.example",
    "xenofon.provsson@kommunen.example",
    "kerstin@kommunen.example",
]
_AROUND_MAILS = ("Mejla {} om du vill vara med.", "utgivare: {}", "Kontakt: {}, vardagar.")

_MARKS = [("ABC 12D", True), ("OLM 34X", True), ("regnr XYZ 123", True), ("registreringsnummer abc123", True),
          ("PRW 456", False), ("TST\u00a078P", True)]  # fmt: skip
_AROUND_MARKS = (
    "En bil med {} sågs vid skolan.",
    "Mopeden ({}) är stulen.",
    "vad: Bilen {} har kört för fort på gångvägen",
)

_HOMES = [
    ("Familjen bor på {}.", "Provgatan 12", True),
    ("Det hände hemma hos en kvinna på {}.", "Låtsasvägen 7 B", True),
    ("Polisen gick in på {} i gryningen.", "Testgränd 4, lgh 1102", True),
    ("En granne, bosatt på {}, ringde.", "Övre Provgatan 31", True),
    ("Hans hemadress är {}.", "Exempelstigen 3a", True),
    ("Det brann på {} i natt.", "Provgatan 12", False),
    ("Utanför {} har ungdomar samlats.", "Testtorget 5", False),
    ("Han lämnade post i lgh 1203 på {}.", "Låtsasvägen 18", True),
    ("Kvinnan är folkbokförd på {}.", "Norra Provallén 22 C", True),
    ("Klotter på {}, 2 tr.", "Provplan 9, 2 tr", True),
]

_PEOPLE = [
    ("En 16-åring greps i Ljusprov i lördags.", Sort.PROFILE),
    ("En 34-årig man från Provby är misstänkt.", Sort.PROFILE),
    ("Pojken, en femtonåring, gick på Provskolan.", Sort.PROFILE),
    ("Kvinnan på 71 år blev rånad i Provby den 12 maj.", Sort.PROFILE),
    ("Hon är 17 år gammal och bor vid Provtorget.", Sort.PROFILE),
    ("text: |\n  Den 14-årige pojken hördes den 3 juni.\n", Sort.PROFILE),
    ("Två ungdomar greps i Ljusprov.", Sort.FEW),
    ("Tre unga män misstänks för klottret.", Sort.FEW),
    ("Under helgen omhändertogs fyra personer.", Sort.FEW),
    ("En kvinna misshandlades på torget.", Sort.FEW),
    ("Bara 2 elever har erkänt.", Sort.FEW),
    ("I juni anmäldes en familj för störningar.", Sort.FEW),
    ("Vid badet ertappades tre pojkar.", Sort.FEW),
    ("En person rånades, och en skadades.", Sort.FEW),
    ("Två misstänkta häktades i mars.", Sort.FEW),
    ("Fyra killar från skolan stoppades med mopeder.", Sort.FEW),
    ("Ett barn påträffades ensamt vid ån.", Sort.FEW),
    ("I Provby bestals fyra pensionärer.", Sort.FEW),
    ("I fredags hördes en sjuttonårig flicka i Provby.", Sort.PROFILE),
    ("Mannen, 43 år, häktades den 4 mars.", Sort.PROFILE),
]


def with_personal_data() -> list[Marked]:
    """The 200 texts with something."""
    return list(_with())


def _with() -> Iterator[Marked]:
    around, numbers = cycle(_AROUND_NUMBERS), cycle(_NUMBERS)
    for ways, turns, sure in ((SURE, 4, True), (UNSURE, 5, False)):
        for _ in range(turns):
            for write in ways.values():
                template = next(around)
                yield Marked(template.format(write(*next(numbers))), Sort.NUMBER, sure)
    for template in _AROUND_PHONES[:3]:
        yield from (Marked(template.format(phone), Sort.PHONE, True) for phone in _PHONES)
    yield from (
        Marked(_AROUND_PHONES[n % 4].format(phone), Sort.PHONE, False) for n, phone in enumerate(_FIXED)
    )
    yield from (Marked(_AROUND_MAILS[n % 3].format(mail), Sort.EMAIL, True) for n, mail in enumerate(_MAILS))
    yield from (
        Marked(_AROUND_MAILS[n].format(mail), Sort.EMAIL, False) for n, mail in enumerate(_UNSURE_MAILS)
    )
    yield from (
        Marked(_AROUND_MARKS[n % 3].format(mark), Sort.PLATE, sure) for n, (mark, sure) in enumerate(_MARKS)
    )
    yield from (Marked(template.format(home), Sort.HOME, sure) for template, home, sure in _HOMES)
    yield from (Marked(text, sort, False) for text, sort in _PEOPLE)


_HARMLESS = """
Diarienummer KS-2026/112 hos kommunen.
diarienummer: {kommunen: KS2016/1963-2, polisen: A562.123/2019}
Ärendet har nummer KSN-2020-01234 och BN 2019-000123.
Dnr 2023/0612-1234, beslutat av nämnden.
Se KS 2018/451.181 och KS 2018/451.182.
Polisens ärende 5000-K123456-26 är avslutat.
Tingsrättens mål B 1234-26 och T 567-25.
Kommunens organisationsnummer är 212000-1234.
Bolaget (org.nr 556677-8899) äger husen.
Föreningen har organisationsnummer 802400-1234.
orgnr 16212000-1234 och 5566778899
antal brott: brottsantal 08 112 200
Antal brott per 100 000 invånare var 11 234 år 2024.
Under 2021–2024 minskade anmälningarna från 1 204 till 987.
Från 2025-11-01–2026-01-31 gick vi ut varje kväll.
Perioden 2025-11-01 - 2026-01-31 redovisas i maj.
Perioden 20251101-20260131 redovisas i maj.
Vi möttes 2026-01-15 kl. 14.30 och 2026-02-12 kl. 09.00.
period: {från: 2026-01-01, till: 2026-04-30}
Följs upp 2026-05-11, 2026-09-10, 2027-01-20 och 2027-05-11.
Ring 112 om något händer nu.
Ring polisen på 114 14 eller besök polisen.se.
Tipsa på 116 111 (Bris) eller 116 006 (brottsofferjouren).
Ring 1177 för råd om vård.
Kommunens nummer är 0771-12 34 56.
Ring kundtjänst på 020-12 34 56, gratis.
Polisens växel har nummer 077-114 14 00.
Myndighetens växel är 010-123 45 67.
Postadress: 826 80 Provhamn.
Box 1234, 123 45 Provby
Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete, SFS 2023:196.
Enligt 9 § lag (2023:196) och 18 kap. 1 § OSL (2009:400).
kommunkod: "0305"
webb: https://www.exempelkoping.example/beslut/2026/1234567/
webb: https://rkrattsbaser.gov.se/sfst?bet=2023:196
webb: https://exempel.example/rapport-20260115-1430.pdf
webb: https://exempel.example/id/8112189876
webb: https://exempel.example/fil?nr=9003159805&v=2
Budgeten är 1 250 000 kronor för 2026 och 1 300 000 för 2027.
Belysningen kostade 2 345 678,50 kronor.
Poängen var 4,5 av 6 i mätningen (n = 1 204, svarsfrekvens 48,3 procent).
Andelen otrygga sjönk från 31,2 till 28,9 procent.
Koordinater: 61.3012, 17.0591 i WGS 84.
SWEREF 99: N 6795123, E 610456.
ISBN 978-91-7000-123-4, ISSN 0348-1234.
Bankgiro 5050-1055, plusgiro 12 34 56-7.
Fastigheten Kvarnen 1:23 och Björkhaga 4:117.
Linje 12, 14 och 112 går till Resecentrum.
E 4 och riksväg 50 stängs av i två timmar.
Väg 83 vid avfart 123 fick nya stolpar.
Hastigheten på Kvarnbyvägen sänktes till 30 km/h.
Vi kontrollerade Storgatan 12 gånger under hösten.
På Provgatan 4 kvällar i veckan.
Storgatan 12 juni: marknad.
Lampor byttes på Skolgatan 120 meter från skolan.
LPO 123 är inget område.
LPO Hälsingland och BRÅ 2024 möttes.
ISO 27001, WCAG 2.2 AA och EN 301 549 gäller.
Programvaran version 2.10.345 används.
Mejla trygghet@kommunen.se om du vill vara med.
registrator.kansli@polisen.example och info@bolaget.example svarar.
Adressen är fornamn.efternamn@kommunen.se.
nattvandrarna@foreningen.example bokar kvällar.
Mejla ungdoms.mottagning@regionen.example.
Skriv till kommun.styrelsen@kommunen.example.
Ungdomar 13–17 år kan boka tid.
För dig som är 16 år eller äldre.
Sextonåringar i allmänhet vet detta.
En 3-årig överenskommelse skrevs under.
Det 20-åriga samarbetet fortsätter.
Kommunen firar 50 år i augusti.
Två poliser gick runt stationen varje kväll.
Tre fältare mötte många ungdomar.
Två gånger i veckan möts parterna.
Fyra skolor deltog i kampanjen.
En förälder kan ringa fältgruppen.
Minst 50 ungdomar greps aldrig av allvar i frågan.
Antalet anmälningar var färre än 5.
I Centrum anmäldes 27 stölder, och 14 i Hamnen.
totalt_hittills: 54
mål: {minst: 50, enhet: pass, per: tertial}
tidigare_adresser: [/medborgarloften/2026-skolvagar/]
Kontaktcenter har öppet 08.00–17.00, torsdagar till 18.30.
Nio av tio trivs, och 1 av 10 är otrygg på kvällen.
Skriv 2026-01-15, 2026-01 eller 2026.
Under vecka 12–14 och vecka 35.
2019 2020 2021 2022 2023 2024
10 12 14 16 18 20 22 24 26
81 123 456 789
1 234 567 890 kronor
Tabell 1: 12 345 23 456 34 567
sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef
ver. 20260115T143000Z
Bilden heter IMG_20260115_143012.
Mobiltelefoner lämnas i skåp 0701.
Ordningsvakter fanns på plats 34 av 36 kvällar.
ankare: b-2026-112-34
Kommunalt bolag, säte i Provby, 556000-4615.
Fel 404 och 500 har rättats i 3.11.
Rapport 2026:12, tabell 3.4.1, sidan 112.
Klockan 2200 till 0300 hölls parken öppen.
""".strip().split("\n")

_FILLED = (
    ("Ärende KS-{y}/{n} avgjordes {y}-{m:02}-{d:02}.", 20),
    ("period: {{från: {y}-{m:02}-01, till: {y}-{m:02}-28}}", 10),
    ("Under {y} anmäldes {a} {b:03} brott, mot {b} året före.", 20),
    ("Bolaget {o}-{b:04} sköter {n} lampor.", 20),
    ("webb: https://exempel.example/{y}/{m:02}/{d:02}/{n}{b:03}", 15),
    ("Från {d} till {n} av {b}, det vill säga {m},{d} procent.", 10),
    ("{n} pass, {b} möten och {a} samtal om {y} års pengar.", 10),
)


def without_personal_data() -> list[str]:
    """The 200 texts without anything: a hundred written by hand and the rest filled in."""
    filled = [
        template.format(y=2015 + n % 12, m=n % 12 + 1, d=n * 5 % 28 + 1, n=100 + n * 37, a=n + 1, b=n * 211 % 900 + 99,
                        o=556000 + n * 811 % 4000)
        for template, times in _FILLED for n in range(times)
    ]  # fmt: skip
    return [*_HARMLESS, *filled][:200]
