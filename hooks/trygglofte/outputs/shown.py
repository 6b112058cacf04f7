"""A document's content as values for others to use: what its page shows, and nothing that the page keeps back."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from trygglofte.model import Document, Filed
from trygglofte.model.base import Part, alias_of
from trygglofte.model.common import Change
from trygglofte.outputs.values import as_values
from trygglofte.pages import Site

_SOURCES = ("källa", "källor")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?/([^\s)>]*)>?[^)]*\)")


def content_of(filed: Filed[Document], site: Site) -> dict[str, Any]:
    """A document with its Swedish keys. Links to what is not to be named are text, and hidden wordings are gone.

    A source that was written as its id stands there whole, as on the page.
    """
    part = filed.part
    hidden = {one.commitment for one in (*part.changes, *part.corrections) if one.hide_before}
    changed = {
        name: tuple(_quiet(one) if one.commitment in hidden else one for one in getattr(part, name))
        for name in ("changes", "corrections")
        if hidden
    }
    values = as_values(part.model_copy(update=changed)) if changed else written_of(filed, site)
    if sources := site.once("sources as values", lambda: _sources(site)):
        values = _with_sources(values, sources)
    away = unnamed(site)
    return each_text(values, lambda text: visible(text, away)) if away else values


def written_of(filed: Filed[Document], site: Site) -> dict[str, Any]:
    """Everything that a document says, worked out once for a site. Not to be published as it is, nor changed."""
    known: dict[str, dict[str, Any]] = site.once("everything written", dict)
    if filed.file not in known:
        known[filed.file] = as_values(filed.part)
    return known[filed.file]


def written_at(filed: Filed[Document], site: Site, steps: Sequence[str | int]) -> Any:
    """What a document says at a place that English attributes and positions lead to: a part as values."""
    values: Any = written_of(filed, site)
    part: Any = filed.part
    for step in steps:
        if isinstance(part, Part):
            values = values[alias_of(type(part), str(step))]
            part = getattr(part, str(step))
        else:
            values, part = values[step], part[step]
    return values


def _sources(site: Site) -> dict[str, Any]:
    return {one.id: as_values(one) for one in site.everything.file.part.sources if one.id}


def _with_sources(values: Any, sources: Mapping[str, Any], key: str = "") -> Any:
    """The same values with the municipality's sources in the place of their ids."""
    if isinstance(values, dict):
        if key in _SOURCES and len(values) == 1 and values.get("titel") in sources:
            return sources[values["titel"]]
        return {name: _with_sources(item, sources, name) for name, item in values.items()}
    if isinstance(values, list):
        return [_with_sources(item, sources, key) for item in values]
    return values


def unnamed(site: Site) -> frozenset[str]:
    """The addresses that data may not name: of what has not come, and of what was taken down."""
    return site.once(
        "unnamed",
        lambda: site.hidden.union(
            address for gone in site.withdrawn for address in (gone.address, *gone.former)
        ),
    )


def _quiet(change: Change) -> Change:
    """An entry without the wordings. An earlier entry may tell the same that a later one hides."""
    return change.model_copy(update={"before": None, "after": None})


def visible(text: str, hidden: Collection[str]) -> str:
    """Free text in which links to hidden addresses are their words alone, as on the page."""
    return _LINK.sub(lambda link: link[1] if _leads_to(link[2], hidden) else link[0], text)


def _leads_to(address: str, hidden: Collection[str]) -> bool:
    return address in hidden or address.partition("#")[0] in hidden


def each_text(values: Any, change: Callable[[str], str]) -> Any:
    """The same values with every text changed. Keys stay."""
    if isinstance(values, dict):
        return {key: each_text(item, change) for key, item in values.items()}
    if isinstance(values, list):
        return [each_text(item, change) for item in values]
    return change(values) if isinstance(values, str) else values


def texts_in(values: Any) -> set[str]:
    """Every text in values, keys too."""
    found: set[str] = set()
    inside = [values]
    while inside:
        value = inside.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            found.update(value)
            inside += value.values()
        elif isinstance(value, list):
            inside += value
    return found
