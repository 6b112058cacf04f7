"""A small RDF graph, written as RDF/XML, Turtle and JSON-LD: the same statements, the same bytes every time.

Knows nothing of what is described. Subjects are IRIs and never blank nodes, because harvesters tell things apart
by their IRIs. Statements keep the order in which they were made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

_KEPT = "!#$%&'()*+,-./:;=?@[]_~"
_TYPE = "rdf:type"


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute address of a thing."""

    text: str

    def __str__(self) -> str:
        """The address with what no IRI may hold (spaces, quotes, brackets of Turtle) as percent codes."""
        return quote(self.text, safe=_KEPT)


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in a language, or of a datatype such as `xsd:date`, or plain where it has neither."""

    text: str
    language: str = ""
    datatype: str = ""


Value = Iri | Literal
Thing = dict[str, list[Value]]


@dataclass
class Graph:
    """Statements about things. `prefixes` are what properties may begin with; `rdf` must be one of them."""

    prefixes: Mapping[str, str]
    things: dict[Iri, Thing] = field(default_factory=dict)

    def add(self, subject: Iri, kind: str, statements: Mapping[str, Value | list[Value] | None]) -> Iri:
        """Say of a thing what it is and what holds for it. None and empty lists say nothing. Gives the thing."""
        thing = self.things.setdefault(subject, {_TYPE: [Iri(self.full(kind))]})
        for name, value in statements.items():
            values = value if isinstance(value, list) else [] if value is None else [value]
            if values:
                thing.setdefault(name, []).extend(values)
        return subject

    def full(self, name: str) -> str:
        """`dcat:Dataset` as a full address."""
        prefix, _, rest = name.partition(":")
        return self.prefixes[prefix] + rest


def as_turtle(graph: Graph) -> str:
    """The graph as Turtle 1.1."""
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in graph.prefixes.items()]
    for subject, thing in graph.things.items():
        rows = [
            f"    {'a' if name == _TYPE else name} {', '.join(_turtle(value) for value in values)}"
            for name, values in thing.items()
        ]
        lines += ["", f"<{subject}>", " ;\n".join(rows) + " ."]
    return "\n".join(lines) + "\n"


def _turtle(value: Value) -> str:
    if isinstance(value, Iri):
        return f"<{value}>"
    text = json.dumps(value.text, ensure_ascii=False)  # JSON's escapes are all Turtle's too
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{value.datatype}" if value.datatype else text


def as_json_ld(graph: Graph) -> str:
    """The graph as JSON-LD 1.1, with a context of its own, so that nothing has to be fetched to read it."""
    things = [
        {"@id": str(subject)} | {name: _json(values) for name, values in thing.items() if name != _TYPE}
        | {"@type": [str(value) for value in thing[_TYPE]]}
        for subject, thing in graph.things.items()
    ]  # fmt: skip
    return (
        json.dumps({"@context": dict(graph.prefixes), "@graph": things}, ensure_ascii=False, indent=1) + "\n"
    )


def _json(values: list[Value]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for value in values:
        if isinstance(value, Iri):
            found.append({"@id": str(value)})
        else:
            more = {"@language": value.language, "@type": value.datatype}
            found.append({"@value": value.text} | {key: word for key, word in more.items() if word})
    return found


def as_xml(graph: Graph) -> str:
    """The graph as RDF/XML 1.1."""
    spaces = "".join(f"\n  xmlns:{prefix}={quoteattr(space)}" for prefix, space in graph.prefixes.items())
    body = "".join(
        row for subject, thing in graph.things.items() for row in _description(graph, subject, thing)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n{body}</rdf:RDF>\n'


def _description(graph: Graph, subject: Iri, thing: Thing) -> Iterator[str]:
    yield f"  <rdf:Description rdf:about={quoteattr(str(subject))}>\n"
    for name, values in thing.items():
        for value in values:
            if isinstance(value, Iri):
                yield f"    <{name} rdf:resource={quoteattr(str(value))}/>\n"
                continue
            mark = f" xml:lang={quoteattr(value.language)}" if value.language else ""
            if value.datatype:
                mark = f" rdf:datatype={quoteattr(graph.full(value.datatype))}"
            yield f"    <{name}{mark}>{escape(value.text, {chr(13): '&#13;'})}</{name}>\n"
    yield "  </rdf:Description>\n"
