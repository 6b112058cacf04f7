"""Abbreviations that a reader may not know: capitals that nothing explains, and shortened words with full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from trygglofte.advice.sentences import masked
from trygglofte.advice.texts import Text
from trygglofte.model import Filed, Municipality
from trygglofte.model.base import Part
from trygglofte.problems import Problem
from trygglofte.reading.tree import Mapping, Node, Scalar

_CAPITALS = re.compile(
    r"(?<![\w./@-])([A-ZÅÄÖ]{2,6})(?=(?::[a-zåäö]+)?(?:-[a-zåäö]+)?(?![\w/@-]|\.\w|:\w| \d))"
)
_ROMAN = re.compile(r"[IVX]+")
_AFTER_ITS_WORDS = re.compile(r"\w\s*\(([A-ZÅÄÖ]{2,6})[,;)]")
_BEFORE_ITS_WORDS = re.compile(r"\b([A-ZÅÄÖ]{2,6})\s*\([^()]{0,200}\w{4}[^()]{0,200}\)")
_NEAR = 60
_MOST = 10

_COMMON = """
AB AI AIK BMX BK CD DJ DNA DVD EM EPA EU FBK FC FF FK FM FN GPS HB HBTQ HBTQI IBK ICA ID IF IFK IK IKEA IP IS
IT KB KFUM KM LED MC NATO OK OBS OS PC PDF PIN PRO QR SAS SCB SEK SFS SK SL SM SMS SOS SPF SR SVT TT TV UR USA
UV VAB VD VM VR VVS
"""
EVERYBODY_KNOWS = frozenset(_COMMON.split())
"""Abbreviations that are words, or names, to most readers."""

WRITTEN_OUT = {
    "ang.": "om", "avs.": "om", "bl.a.": "bland annat", "d.v.s.": "det vill säga", "dvs.": "det vill säga",
    "e.d.": "eller dylikt", "enl.": "enligt", "etc.": "och så vidare", "ev.": "eventuellt", "exkl.": "utan",
    "f.d.": "före detta", "f.n.": "för närvarande", "f.ö.": "för övrigt", "forts.": "fortsättning",
    "fr.o.m.": "från och med", "inkl.": "med", "jfr.": "jämför", "m.a.o.": "med andra ord", "m.fl.": "med flera",
    "m.h.t.": "med hänsyn till", "m.m.": "med mera", "mkt.": "mycket", "o.d.": "och dylikt",
    "o.s.v.": "och så vidare", "osv.": "och så vidare", "p.g.a.": "på grund av", "resp.": "respektive",
    "s.k.": "så kallad", "t.ex.": "till exempel", "t.o.m.": "till och med",
}  # fmt: skip
"""Shortened words, with full stops → the whole words."""


def _dotted_pattern() -> re.Pattern[str]:
    """Every known shortened word, also with spaces and without its last full stop; else single letters with stops."""
    known = []
    for short in sorted(WRITTEN_OUT, key=len, reverse=True):
        parts = short.removesuffix(".").split(".")
        known.append(r"\. ?".join(parts) + (r"\.?" if len(parts) > 1 else r"\."))
    return re.compile(rf"(?<![\w.@-])(?:{'|'.join(known)}|[a-zåäö](?:\.[a-zåäö]){{1,3}}\.)(?![\w@])")


_DOTTED = _dotted_pattern()


def known_to(municipality: Municipality) -> frozenset[str]:
    """Abbreviations that need no explanation: terms of the glossary, and names the municipality has declared."""
    file = municipality.file.part
    contacts = (file.contacts.centre, file.contacts.coordination, file.contacts.feedback)
    names = [term.term for term in municipality.shared.glossary.part.terms]
    names += [party.name for party in file.parties] + [place.name for place in file.places]
    names += [area.name for area in file.police_areas] + [one.name for one in contacts if one]
    return EVERYBODY_KNOWS.union(*(re.findall(r"\b[A-ZÅÄÖ]{2,6}\b", name) for name in names))


def unexplained(filed: Filed[Part], texts: Sequence[Text], known: frozenset[str]) -> Iterator[Problem]:
    """Each abbreviation of a document once, where it first stands; at most ten, so that they are read."""
    return islice(_every(filed, texts, known), _MOST)


def _every(filed: Filed[Part], texts: Sequence[Text], known: frozenset[str]) -> Iterator[Problem]:
    told = set(known | explained_in("\n".join(_words(filed.tree))))
    for text in texts:
        plain = masked(text.content)
        for found in _CAPITALS.finditer(plain):
            short = found[1]
            if short in told or _ROMAN.fullmatch(short) or _shouted(plain, found.start()):
                continue
            told.add(short)
            yield text.problem(
                "okand-forkortning",
                f"”{short}”{text.paragraph(found.start())} förklaras inte här, och finns inte i ordlistan.",
                f"Skriv hela namnet första gången, med förkortningen efter: ”hela namnet ({short})”.",
                found.start(),
            )
        yield from _dotted(text, plain, told)


def _dotted(text: Text, plain: str, told: set[str]) -> Iterator[Problem]:
    for found in _DOTTED.finditer(plain):
        short = found[0].replace(" ", "").removesuffix(".") + "."
        if short in told:
            continue
        told.add(short)
        whole = WRITTEN_OUT.get(short)
        yield text.problem(
            "utskriven-forkortning",
            f"”{found[0]}”{text.paragraph(found.start())} är en förkortning.",
            f"Skriv ”{whole}”, som är lättare att läsa och att höra uppläst." if whole
            else "Skriv ut orden, så att alla vet vad som menas.",
            found.start(),
        )  # fmt: skip


def explained_in(whole: str) -> frozenset[str]:
    """The abbreviations a document explains: in parentheses after their words, or with their words after them."""
    return frozenset((*_AFTER_ITS_WORDS.findall(whole), *_BEFORE_ITS_WORDS.findall(whole)))


def _shouted(text: str, at: int) -> bool:
    """Whether most words around stand in capitals too, so that the word is shouted and not shortened."""
    words = re.findall(r"[^\W\d_]{2,}", text[max(0, at - _NEAR) : at + _NEAR])
    return len(words) > 2 and 2 * sum(map(str.isupper, words)) > len(words)


def _words(node: Node) -> Iterator[str]:
    """Every value of a tree, as written."""
    if isinstance(node, Scalar):
        yield node.text
        return
    within = [entry.node for entry in node.entries.values()] if isinstance(node, Mapping) else node.items
    for inner in within:
        yield from _words(inner)
