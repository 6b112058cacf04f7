"""The reference page: every key of every document type, how each kind of value is written, right and wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic.fields import FieldInfo

from trygglofte.describing.accepted import TYPES
from trygglofte.describing.answers import FORMS, answer_to, answers_to
from trygglofte.describing.kinds import KINDS, PARTS, SHORT, Kind
from trygglofte.describing.shapes import (
    Group,
    Items,
    Keyed,
    Shape,
    Value,
    Word,
    fields,
    group_in,
    names_theme,
    parts_in,
    shape_of,
)
from trygglofte.model import Document
from trygglofte.model.base import Part
from trygglofte.model.shared import Theme

_COMMON = "Nycklar som alla dokument kan ha"
_CHOICE = "Teman att välja mellan"
_OPENING = """\
# Referens

<!-- Skapad ur modellen. Ändra inte här: kör `trygglofte schema`. -->

Alla nycklar som filerna under `data` kan ha, och hur deras värden skrivs. Ny här? Börja med
[handledningen](redaktor.md), eller med en [mall](mallar/).

- En nyckel som **måste finnas** står först i sin tabell. Alla andra får utelämnas.
- Nycklar skrivs med å, ä och ö. Den som saknar dem på tangentbordet kan skriva `uppfoljningar`: det är samma nyckel.
- Det som inte står här får inte heller stå i en fil. Kontrollen säger till, och föreslår vad som menades.
"""


def reference_text(themes: Sequence[Theme]) -> str:
    """The whole page, in Markdown."""
    sections = [
        _OPENING,
        _contents(),
        "## Dokumenten",
        *(_document(kind) for kind in KINDS),
        _common(),
        "## Delarna",
        "Grupper av nycklar som hör ihop, i bokstavsordning.",
        *(_part(part) for part in _parts()),
        "## Värdena",
        *_values(),
        *_forms(),
        _themes(themes),
    ]
    return "\n\n".join(section.strip("\n") for section in sections if section) + "\n"


def _contents() -> str:
    def listed(names: Iterable[str]) -> str:
        return " · ".join(f"[{name}]({_anchor(name)})" for name in names)

    values = [*(item.name for item in TYPES.values()), *(form.name for form in FORMS), _CHOICE]
    return "\n\n".join(
        (
            f"**Dokumenten:** {listed([*(kind.name for kind in KINDS), _COMMON])}",
            f"**Delarna:** {listed(PARTS[part] for part in _parts())}",
            f"**Värdena:** {listed(values)}",
        )
    )


def _document(kind: Kind) -> str:
    path = kind.files.replace("data/*/", "data/<kommun>/").replace("/*.yml", "/<namn>.yml")
    own = [(alias, info) for alias, info in fields(kind.model) if not _is_common(kind.model, alias)]
    also = (
        f"\n\nDessutom: [nycklar som alla dokument kan ha]({_anchor(_COMMON)})."
        if issubclass(kind.model, Document) else ""
    )  # fmt: skip
    return (
        f"### {kind.name}\n\n{kind.intro} Filen är `{path}`. Börja med [mallen](mallar/{kind.id}.yml)."
        f"\n\n{_table(own)}{also}"
    )


def _is_common(model: type[Part], alias: str) -> bool:
    """Whether a key is every document's, so that it is explained once; the title stands with each type."""
    return issubclass(model, Document) and alias != "titel" and alias in dict(fields(Document))


def _common() -> str:
    rows = [(alias, info) for alias, info in fields(Document) if alias != "titel"]
    return f"### {_COMMON}\n\n{_table(rows)}"


def _parts() -> list[type[Part]]:
    found = {part for kind in KINDS for part in parts_in(kind.model)} - {kind.model for kind in KINDS}
    order = "abcdefghijklmnopqrstuvwxyzåäö"
    return sorted(found, key=lambda part: [order.find(char) for char in PARTS[part].lower()])


def _part(part: type[Part]) -> str:
    short = f" Kan också skrivas kort, som {SHORT[part]}." if part in SHORT else ""
    return f"### {PARTS[part]}\n\nStår under {'; '.join(_used(part))}.{short}\n\n{_table(fields(part))}"


def _used(part: type[Part]) -> Iterator[str]:
    """Where a part stands: the key, and the documents and parts that have the key."""
    names = {kind.model: kind.name for kind in KINDS} | PARTS
    places: dict[str, list[str]] = {}
    for holder in [*(kind.model for kind in KINDS), *_parts()]:
        for alias, info in fields(holder):
            if group_in(shape_of(info)) is part:
                common = _is_common(holder, alias)
                link = f"[alla dokument]({_anchor(_COMMON)})" if common else _link(names[holder])
                places.setdefault(alias, []).append(link)
    for alias, links in places.items():
        yield f"`{alias}` ({', '.join(dict.fromkeys(links))})"


def _table(rows: Iterable[tuple[str, FieldInfo]]) -> str:
    lines = ["| Nyckel | Vad den är | Skrivs som | Exempel |", "|---|---|---|---|"]
    for alias, info in rows:
        what = f"{info.description}{' **Måste finnas.**' if info.is_required() else ''}"
        example = f"`{info.examples[0]}`" if info.examples else ""
        lines.append(f"| `{alias}` | {what} | {_how(shape_of(info), alias)} | {example} |")
    return "\n".join(lines)


def _how(shape: Shape, alias: str) -> str:
    if isinstance(shape, Items):
        inner = _how(shape.item, alias)
        return f"en eller flera: {inner}" if shape.single else f"lista: {inner}"
    if isinstance(shape, Keyed):
        return f"nycklar som är {_link(shape.key.name)}, med {_how(shape.item, alias)}"
    if isinstance(shape, Group):
        return _link(PARTS[shape.part])
    if isinstance(shape, Word):
        return " eller ".join(f"`{word}`" for word in shape.kind)
    assert isinstance(shape, Value)
    return f"[tema]({_anchor(_CHOICE)})" if names_theme(alias, shape) else _link(shape.accepted.name)


def _link(name: str) -> str:
    return f"[{name.lower()}]({_anchor(name)})"


def _values() -> Iterator[str]:
    for understand, item in TYPES.items():
        right = "\n".join(f"värde: {example}" for example in item.right)
        lines = [f"### {item.name}", item.how, f"```yaml\n{right}\n```"]
        wrong = [(example, answer_to(understand, example)) for example in item.wrong]
        yield "\n\n".join([*lines, _wrong(wrong)])


def _forms() -> Iterator[str]:
    for form in FORMS:
        right = "\n".join(form.right)
        wrong = [(example, answers_to(form.model, example)) for example in form.wrong]
        yield "\n\n".join([f"### {form.name}", form.how, f"```yaml\n{right}\n```", _wrong(wrong)])


def _wrong(pairs: Iterable[tuple[str, str]]) -> str:
    rows = [f"| `{example}` | {answer} |" for example, answer in pairs]
    return "\n".join(["| Inte så här | Kontrollen säger |", "|---|---|", *rows]) if rows else ""


def _themes(themes: Sequence[Theme]) -> str:
    rows = [f"| `{theme.id}` | {theme.name} | {theme.description} |" for theme in themes]
    return "\n".join(
        [f"### {_CHOICE}", "", "De står i `data/teman.yml`, och delas av alla kommuner.", "",
         "| Id | Namn | Omfattar |", "|---|---|---|", *rows]
    )  # fmt: skip


def _anchor(name: str) -> str:
    """The anchor that GitHub and MkDocs' slugs with Swedish letters give a heading."""
    return "#" + "".join(char for char in name.lower().replace(" ", "-") if char.isalnum() or char == "-")
