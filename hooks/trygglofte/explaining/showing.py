"""Explanations as somebody reads them: the page docs/fel.md, and the answer in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from trygglofte.explaining.catalogue import Explanation, Form, Group, groups

_SEVERITIES = {
    "fel": "Fel: måste rättas innan sidorna kan läggas ut.",
    "råd": "Råd: något att titta på, men det stoppar inget.",
    "båda": "Fel eller råd: meddelandet säger vilket. Bara fel stoppar.",
}
_OPENING = """\
<!-- Den här sidan görs av hooks/trygglofte/explaining/katalog.yml. Ändra där, och kör
     pytest tests/test_explaining.py --accept-cases -->

# Vad meddelandena betyder

Varje meddelande från kontrollen har ett kort namn inom hakparentes, till exempel `[kolon-i-text]`. Här står vad \
vart och ett betyder, varför det spelar roll och hur du skriver i stället. Sök på namnet, eller kör \
`trygglofte forklara kolon-i-text` på din egen dator.

Exemplen är korta utdrag, och raden ovanför säger vilken fil de kan stå i. Tecken som inte syns är utskrivna, till \
exempel `‹tabb›`. Hur filerna skrivs står i [handledningen](redaktor.md).
"""
_WIDTH = 88


def as_page() -> str:
    """The whole catalogue as docs/fel.md, with a heading for each kind that is its anchor."""
    parts = [_OPENING, *(_contents(group) for group in groups())]
    for group in groups():
        parts.append(f"\n## {group.title}\n\n{group.about}\n")
        parts += [_section(one) for one in group.kinds]
    return "".join(parts)


def _contents(group: Group) -> str:
    links = " · ".join(f"[{one.kind}](#{one.kind})" for one in group.kinds)
    return f"\n**{group.title}**: {links}\n"


def _section(one: Explanation) -> str:
    examples = "\n".join(_example(*part) for part in _examples(one))
    return f"\n### {one.kind}\n\n**{one.title}.** {one.text}\n\n*{_SEVERITIES[one.severity]}*\n\n{examples}"


def _example(label: str, example: str, language: str) -> str:
    if not language:
        return f"{label}: {example}\n"
    return f"{label}:\n\n```{language}\n{example}\n```\n"


def _examples(one: Explanation) -> Iterator[tuple[str, str, str]]:
    """Label, example and language ("" for a sentence) of wrong and of right."""
    language = "" if one.form is Form.WORDS else "yaml" if one.file.endswith(".yml") else "text"
    yield f"Så blir det fel{f' (i `{one.file}`)' if one.file else ''}", one.wrong, language
    yield "Så blir det rätt", one.right, language


def as_text(one: Explanation) -> str:
    """One kind explained for a terminal."""
    lines = [f"{one.kind}: {one.title}", "", *textwrap.wrap(one.text, _WIDTH), "", _SEVERITIES[one.severity]]
    for label, example, _ in _examples(one):
        lines += ["", f"{label.replace('`', '')}:", textwrap.indent(example, "    ")]
    return "\n".join(lines) + "\n"
