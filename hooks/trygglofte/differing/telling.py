"""Differences as text for a terminal, as Markdown for a pull request, and as JSON for a program.

What an editor wrote is data here: in Markdown every sign that means something is escaped. What is about one
person is never repeated, whatever document it stands in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from trygglofte.differing.values import DocumentDifference, Fate, Said, SiteDifference
from trygglofte.personal import masked
from trygglofte.problems import Problem
from trygglofte.reporting import in_markdown
from trygglofte.wording import capital, counted

NOTHING = "Inget ändras som invånarna ser."
_SIGNED = "Ändrar det som skrevs under"
_NEUTER = {Fate.NEW: "nytt", Fate.CHANGED: "ändrat", Fate.MOVED: "flyttat", Fate.GONE: "borttaget",
           Fate.WITHDRAWN: "avpublicerat"}  # fmt: skip
_MOST = 60
"""So many lines of one document are told; a summary on GitHub has a limit, and so has a reader."""

Write = Callable[[str], str]


def as_text(sites: Sequence[SiteDifference]) -> str:
    """For a terminal. What was signed has a mark of its own."""
    told = [site for site in sites if not site.is_empty]
    if not told:
        return f"{NOTHING}\n"
    return "\n".join(_site_text(site) for site in told)


def _site_text(site: SiteDifference) -> str:
    lines = [site.name, "=" * len(site.name)]
    lines += [f"! {note}" for note in _notes(site)]
    for document in site.documents:
        lines += ["", f"{head_of(document, masked)}{_where(site, document)}"]
        lines += [f"  {'‼' if one.signed else '·'} {masked(one.text)}" for one in _shown(document)]
        lines += _more(document, "  ")
        if any(one.signed for one in document.lines):
            lines.append(f"  ‼ = {_SIGNED.lower()}.")
    lines += [f"\n{text}" for text in _addresses(site)]
    lines += ["", *_lost(site, masked)] if site.lost else []
    lines += (
        ["", f"{_advice_head(site)}:", *(f"  {_problem(one, masked)}" for one in site.advice)]
        if site.advice
        else []
    )
    return "\n".join(lines) + "\n"


def as_markdown(sites: Sequence[SiteDifference]) -> str:
    """For a pull request's summary: what was signed stands in bold, and advice is folded away."""
    told = [site for site in sites if not site.is_empty]
    head = "## Så här ändras det som invånarna ser\n\n"
    return head + ("\n".join(_site_markdown(site) for site in told) if told else f"{NOTHING}\n")


def _site_markdown(site: SiteDifference) -> str:
    lines = [f"### {_safe(site.name)}", ""]
    lines += [f"> {_safe(note)}\n" for note in _notes(site)]
    for document in site.documents:
        lines += [f"#### {head_of(document, _safe)}", ""]
        lines += [_item(one) for one in _shown(document)]
        lines += [f"- {one}" for one in _more(document, "")]
        if document.lines:
            lines.append("")
    lines += [f"{_safe(text)}\n" for text in _addresses(site)]
    lines += [*(f"- {one}" for one in _lost(site, _safe)), ""] if site.lost else []
    if site.advice:
        lines += [f"<details><summary>{_advice_head(site)}</summary>", ""]
        lines += [f"- {_problem(one, _safe)}" for one in site.advice]
        lines += ["", "</details>", ""]
    return "\n".join(lines)


def _item(one: Said) -> str:
    return f"- **{_SIGNED}: {_safe(one.text)}**" if one.signed else f"- {_safe(one.text)}"


def _safe(text: str) -> str:
    return in_markdown(masked(text))


def head_of(document: DocumentDifference, write: Write) -> str:
    """What a document is called, and what has happened to it where that is more than a change."""
    fate = document.fate
    word = _NEUTER.get(fate, fate.value) if document.neuter else fate.value
    kind, title = document.kind, document.title
    name = title if kind.casefold() in title.casefold() else f"{kind} {title}".rstrip()
    reason = f" ({write(document.reason)})" if document.reason else ""
    if fate is Fate.CHANGED:
        return f"{write(name)}{reason}"
    return f"{write(name)}: {word}{reason}"


def _where(site: SiteDifference, document: DocumentDifference) -> str:
    return f"  /{site.slug}/{document.address}" if document.address else ""


def _shown(document: DocumentDifference) -> tuple[Said, ...]:
    """The first lines; what was signed is never among those left out."""
    signed = [one for one in document.lines if one.signed]
    room = max(_MOST - len(signed), 0)
    others = [one for one in document.lines if not one.signed][:room]
    return tuple(one for one in document.lines if one.signed or one in others)


def _more(document: DocumentDifference, indent: str) -> list[str]:
    left = len(document.lines) - len(_shown(document))
    return [f"{indent}… och {left} till"] if left else []


def _notes(site: SiteDifference) -> Iterator[str]:
    if site.note:
        yield site.note
    if site.wrong:
        yield (
            f"{counted(site.wrong, 'fel', 'fel')} måste rättas först: kör trygglofte check, eller läs kontrollens "
            "svar. Det som går att läsa är jämfört."
        )


def _addresses(site: SiteDifference) -> Iterator[str]:
    pages = [one for one in site.new_addresses if "#" not in one]
    places = len(site.new_addresses) - len(pages)
    if pages:
        yield "Nya adresser: " + ", ".join(f"/{site.slug}/{one}" for one in pages)
    if places:
        yield f"{capital(counted(places, 'nytt ställe', 'nya ställen'))} att länka till på sidorna."


def _lost(site: SiteDifference, write: Write) -> list[str]:
    return [f"Adress som försvinner: {write(one.message)} {write(one.hint)}" for one in site.lost]


def _advice_head(site: SiteDifference) -> str:
    return f"{counted(len(site.advice), 'nytt råd', 'nya råd')}, som inte hindrar något"


def _problem(one: Problem, write: Write) -> str:
    return f"{write(one.file)}, rad {one.line}: {write(one.message)} {write(one.hint)}".rstrip()


def as_json(sites: Sequence[SiteDifference]) -> str:
    """For a program, with Swedish keys."""
    values = [_site_values(site) for site in sites if not site.is_empty]
    return json.dumps({"kommuner": values}, ensure_ascii=False, indent=2) + "\n"


def _site_values(site: SiteDifference) -> dict[str, Any]:
    return {
        "kommun": site.slug, "namn": site.name, "anmärkning": site.note, "fel": site.wrong,
        "dokument": [_document_values(one) for one in site.documents],
        "nya_adresser": list(site.new_addresses),
        "försvunna_adresser": [_problem_values(one) for one in site.lost],
        "råd": [_problem_values(one) for one in site.advice],
    }  # fmt: skip


_KEYS = {"text": "mening", "signed": "undertecknat", "field": "fält", "commitment": "åtagande",
         "before": "före", "after": "efter"}  # fmt: skip


def _document_values(one: DocumentDifference) -> dict[str, Any]:
    lines = [
        {_KEYS[key]: _masked(value) for key, value in asdict(line).items() if key in _KEYS}
        for line in one.lines
    ]
    return {
        "vad": one.fate.value, "typ": one.kind, "titel": masked(one.title), "fil": masked(one.file),
        "adress": one.address, "skäl": masked(one.reason), "ändringar": lines,
    }  # fmt: skip


def _masked(value: Any) -> Any:
    return masked(value) if isinstance(value, str) else value


def _problem_values(one: Problem) -> dict[str, Any]:
    return {"fil": masked(one.file), "rad": one.line, "slag": one.kind, "mening": masked(one.message),
            "gör_så_här": masked(one.hint)}  # fmt: skip
