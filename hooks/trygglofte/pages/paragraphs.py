"""What lag (2023:196) om kommuners ansvar för brottsförebyggande arbete asks, in plain Swedish.

Paraphrased from the law as amended by SFS 2025:223, and never more than it says. 1–3 §§ are aims and 14 § is a
right, so they are left out.
"""

from __future__ import annotations

from datetime import date

IN_FORCE = date(2023, 7, 1)
"""When the law began to apply; 5 § did so a year later."""

LAW_URL = "https://data.riksdagen.se/dokument/sfs-2023-196.html"
"""The law at Riksdagen, by its number, so that the address does not depend on how pages are named there."""

PARAGRAPHS: tuple[tuple[str, str, str], ...] = (
    (
        "4",
        "Lägesbild",
        (
            "Kommunen ska ta fram en lägesbild över brottsligheten i kommunen. Den ska ha tre delar: en kartläggning, "
            "annan information av betydelse och en analys."
        ),
    ),
    (
        "5",
        "Åtgärdsplan",
        (
            "Kommunen ska, med lägesbilden som underlag, besluta om en plan för vad den tänker göra för att "
            "förebygga brott. Det gäller från den 1 juli 2024."
        ),
    ),
    (
        "6",
        "Uppdatering och uppföljning",
        "Kommunen ska minst vartannat år uppdatera lägesbilden och följa upp åtgärdsplanen.",
    ),
    (
        "7",
        "Annan planering",
        "Arbetet ska, så långt det är lämpligt, hänga ihop med analys och planering enligt andra lagar.",
    ),
    ("8", "Samordning", "Kommunen ansvarar för samordningen enligt 9 och 10 §§."),
    (
        "9",
        "Överenskommelser om samverkan",
        (
            "Kommunen ska verka för att det finns skriftliga överenskommelser om samverkan. En sådan ska åtminstone "
            "säga vilka syften samverkan har och vilka områden den gäller."
        ),
    ),
    (
        "10",
        "Strategiskt råd",
        (
            "Kommunen ska verka för att strategiska frågor tas upp i ett särskilt forum, som kommunen leder, och för "
            "att de andra i rådet företräds av personer i ledande ställning."
        ),
    ),
    (
        "11–12",
        "Samordningsfunktion",
        (
            "Kommunen ska ha en samordningsfunktion. Den samordnar och stöder kommunens arbete, är kontaktpunkt utåt "
            "och bidrar till att information sprids till invånarna."
        ),
    ),
    (
        "13",
        "Ledning och rapport",
        (
            "Kommunstyrelsen, eller den nämnd som kommunfullmäktige bestämmer, leder arbetet och rapporterar "
            "kontinuerligt om det till kommunfullmäktige."
        ),
    ),
)
"""Paragraph, what it is about, and what it asks: paraphrased from the law as amended by SFS 2025:223."""
