"""Words that tell a person's e-mail address from a function's.

Given names are common ones in Sweden, enough to be sure of most addresses; one that is not here gives advice
in place of an error. They are compared in small letters, with and without dots and rings.
"""

from __future__ import annotations

_BARE = str.maketrans("åäöéü", "aaoeu")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _both(names: str) -> frozenset[str]:
    return _words(names) | _words(names.translate(_BARE))


GIVEN = _both("""
adam agneta ahmad ahmed alexander alexandra ali alice alma alva alvin amanda amina amir anders andreas
anette anita ann anna annelie annette annika anton aram arne arvid astrid axel barbro bengt benjamin berit
bert birgit birgitta björn britt britta camilla carina carl caroline catarina cecilia charlotta charlotte
christer christian christina christoffer claes dan daniel david dennis ebba eddie edvin elias elin elisabet
elisabeth ella ellen elsa elvira emelie emil emilia emma emmanuel eric erica erik erika ester eva evelina
fanny fatima felicia felix filip fredrik frida frej gabriel georg gerd gun gunilla gunnar gunnel gustaf
gustav göran hamza hanna hannah hanne hans hassan hedda helen helena helene henrik hilda hugo hussein
håkan ibrahim ida inga inger ingrid ingvar irene isabella isak isabelle ivan jakob jan janne jenny jens
jessica jimmy joakim joel johan johanna johannes john johnny jonas jonathan jonatan josef josefin josefine
joseph julia karin karl karolina katarina kenneth kent kerstin kevin khaled kim kjell klara klas klaus
kristin kristina kristoffer krister lars lasse leif leila lena lennart leo liam lillemor lilly lina linda
linn linnea linnéa linus lisa lisbeth liselott liv louise love lova lovisa lucas ludvig lukas madeleine
magdalena magnus maja malin maria mariam marianne marie marcus margareta margaretha markus martin martina
mary mathias matilda mats mattias max maximilian melker michael mikael milla mimmi mohamed mohammad mohammed
moa molly mona monica monika mustafa nathalie nellie nicklas niclas nils nina noah noel nora olga olivia
olle oliver olof omar oscar oskar otto ove patricia patrik paul paula per pernilla peter petra pia pontus
rebecca rebecka richard rickard robert robin roger roland rolf ronny rut ruth saga samir samuel sandra
sara sebastian selma signe sigrid simon sixten sofia sofie solveig sonja staffan stefan stella stig stina
sture sune susanna susanne sven svante tage therese thomas tilda tim tina tobias tomas tommy tora tore
torbjörn torsten tova tove tuva ulf ulla ulrika ulrik urban vera veronica vidar victor victoria viktor viktoria
vilgot vilhelm vilma vincent viveka walter wilma wille william yasmin ylva yngve yusuf yvonne zahra åke
åsa östen
""")

OF_FUNCTIONS = tuple(
    sorted(
        _words("""
adm arbet arkiv avdel avfall barn beredskap bibliotek biljett bok bolag bostad brott bygg center chef dataskydd
diarie direkt dpo drift enhet epost fastighet faktur felanm forening fraga fritid fråga fältgrupp faltgrupp
funktion förening gata gdpr grupp handel hej hjälp hjalp husvärd info inkop integritet invånar invanar jour
kansli kommun kontakt kontor kultur kund ledning lokal lpo media medborg medling miljo miljö myndighet
nattvandr noreply nyhet nämnd namnd ombud omsorg order park plan polis post press redaktion region registr
reception rädd radd säker saker samhäll samhall samord sekret service skol skydd social sport stab stad stod
stöd support synpunkt teknik tips torg trafik trygg turist ungdom utbild vatten webb växel vaxel vuxen vård
åtgärd öppen boende brå git security hello kyrka klubb
""")
    )
)
"""What the words of a function's address begin with."""

HOMES_OF_MAIL = _words("""
gmail.com googlemail.com hotmail.com hotmail.se outlook.com outlook.se live.com live.se msn.com yahoo.com
yahoo.se ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com pm.me tutanota.com gmx.com
gmx.net mail.com telia.com bredband.net bredbandsbolaget.se comhem.se tele2.se spray.se passagen.se home.se
swipnet.se glocalnet.net bahnhof.se bostream.nu tiscali.se brevet.se fastmail.com hey.com zoho.com
""")
"""Where people have their own mail."""
