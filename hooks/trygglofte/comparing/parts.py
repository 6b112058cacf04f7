"""Part by part, key by key: what differs between two values of the model, wherever they stand.

Every key of the model is compared, also one that is new: nothing can be added to a document type and escape.
What stands in a list is matched by what it is (`identity`), so that order makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from trygglofte.comparing.saying import VALUES, Names, said, same, whole
from trygglofte.comparing.values import Difference, Kind
from trygglofte.model.base import Part
from trygglofte.model.common import Change, Extension, Period, Review, Signatory
from trygglofte.model.pledge import Measurement
from trygglofte.model.situation_summary import Category
from trygglofte.sealing import signed_attributes
from trygglofte.wording import listing

FREE = {
    "summary", "problem", "text", "easy_read", "english", "done", "counted", "result", "cause", "next_step",
    "corrects", "comment", "note", "why", "survey", "other_information", "analysis", "description",
    "exceptions", "withheld", "beyond", "withdrawn", "reason", "seal",
}  # fmt: skip
"""Free text. What it said before may have been taken away for the sake of somebody, so it is `quiet`."""

_PROTECTED = {(Category, "count"), (Category, "places")}
"""Small counts are hidden afterwards, too: what a number was before would give it away."""

_NEVER = {(Signatory, "name")}
"""Names of people are not compared at all."""


_LABELS = {"what": "Lydelse"}
_SHORT, _FEW = 30, 6


@dataclass(frozen=True, slots=True)
class Scope:
    """Where in a document something stands, and what that means for it."""

    names: Names
    subject: str = ""
    commitment: str = ""
    report: date | None = None
    signed: bool = False
    field: str = ""
    label: str = ""
    quiet: bool = False

    def difference(self, kind: Kind, before: str, after: str, *, is_whole: bool = False) -> Difference:
        """A difference at this place."""
        return Difference(
            kind, self.field, self.label, self.subject, before, after, self.signed, self.commitment,
            self.report, self.quiet, is_whole,
        )  # fmt: skip

    def came_or_went(self, before: str | None, after: str | None) -> Difference:
        """A whole thing on one side only."""
        kind = Kind.REMOVED if after is None else Kind.ADDED
        return self.difference(kind, before or "", after or "", is_whole=True)

    def value(self, old: Any, new: Any) -> Iterator[Difference]:
        """A value that is said in one breath; nothing where both sides say the same."""
        before, after = said(old, self.names), said(new, self.names)
        if before == after and (old is None) == (new is None) and not self.quiet:
            return
        kind = (
            Kind.ADDED if old is None else Kind.REMOVED if new is None
            else Kind.CHANGED
        )  # fmt: skip
        yield self.difference(kind, before, after)


def between(
    before: Part, after: Part, scope: Scope, skip: Sequence[str] = (), labels: Mapping[str, str] | None = None
) -> Iterator[Difference]:
    """Everything that differs between two parts of one type, but for the attributes in `skip`."""
    model = type(after)
    signed = signed_attributes(model) if scope.signed else ()
    for name, info in model.model_fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if name in skip or (model, name) in _NEVER or same(old, new):
            continue
        is_signed = name in signed
        yield from field(old, new, replace(
            scope, signed=is_signed, field=str(info.alias), label=(labels or _LABELS).get(name, str(info.title)),
            quiet=scope.quiet or (model, name) in _PROTECTED or (name in FREE and not is_signed),
        ))  # fmt: skip


def field(old: Any, new: Any, scope: Scope) -> Iterator[Difference]:
    """What differs between two values of one key."""
    some = old if new is None else new
    if isinstance(old, tuple) or isinstance(new, tuple):
        old, new = old if isinstance(old, tuple) else (), new if isinstance(new, tuple) else ()
        if any(isinstance(item, Part) for item in (*old, *new)):
            yield from items(old, new, scope)
        else:
            yield from _words(old, new, scope)
    elif isinstance(some, dict):
        yield from _keyed(old or {}, new or {}, scope)
    elif isinstance(some, Period):
        yield from _period(old, new, scope)
    elif isinstance(some, Part) and not isinstance(some, VALUES):
        if old is None or new is None:
            kind = Kind.ADDED if old is None else Kind.REMOVED
            yield scope.difference(kind, whole(old) if old else "", whole(new) if new else "")
        else:
            yield from between(old, new, scope)
    else:
        yield from scope.value(old, new)


def _period(old: Period | None, new: Period | None, scope: Scope) -> Iterator[Difference]:
    yield from scope.value(old.original if old else None, new.original if new else None)
    inner = replace(scope, signed=False, field="förlängt", label="Förlängt")
    yield from items(old.extended if old else (), new.extended if new else (), inner)


def _words(old: Sequence[Any], new: Sequence[Any], scope: Scope) -> Iterator[Difference]:
    """Single values in a list, whatever their order: short lists as a whole, others item by item."""
    before, after = ([said(item, scope.names) for item in side] for side in (old, new))
    gone, come = _left(before, after), _left(after, before)
    if scope.quiet and (gone or come):
        yield scope.difference(Kind.CHANGED, "; ".join(gone), "; ".join(come))
        return
    short = all(len(item) <= _SHORT for item in (*before, *after))
    if (gone or come) and short and max(len(before), len(after)) <= _FEW:
        kind = Kind.CHANGED if before and after else Kind.REMOVED if before else Kind.ADDED
        yield scope.difference(kind, listing(before), listing(after))
        return
    for number in range(max(len(gone), len(come))):
        was = gone[number] if number < len(gone) else ""
        now = come[number] if number < len(come) else ""
        kind = Kind.CHANGED if was and now else Kind.REMOVED if was else Kind.ADDED
        yield scope.difference(kind, was, now)


def _left(some: Sequence[str], taken: Sequence[str]) -> list[str]:
    rest = list(taken)
    left = []
    for item in some:
        if item in rest:
            rest.remove(item)
        else:
            left.append(item)
    return left


def _keyed(old: Mapping[str, Any], new: Mapping[str, Any], scope: Scope) -> Iterator[Difference]:
    for key in sorted({*old, *new}):
        was, now = old.get(key), new.get(key)
        if same(was, now):
            continue
        name = scope.names.get(key, key)
        inner = replace(scope, subject=f"{scope.subject} ({name})" if scope.subject else name)
        if isinstance(was, Part) and isinstance(now, Part):
            yield from between(was, now, inner)
        elif isinstance(was, Part) or isinstance(now, Part):
            yield scope.came_or_went(name if now is None else None, None if now is None else name)
        else:
            yield from inner.value(was, now)


def identity(part: Part) -> tuple[str, ...]:
    """What makes a thing in a list the same thing in another version of it."""
    if isinstance(part, Change):
        return str(part.date), part.what
    if isinstance(part, Signatory):
        return part.party, part.role
    if isinstance(part, Review):
        return str(part.date), part.role, part.party or ""
    if isinstance(part, Extension):
        return (str(part.end.latest),)
    if isinstance(part, Measurement):
        return part.indicator, said(part.date, {})
    return (str(getattr(part, "id", None) or whole(part)),)


def matched(
    old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], tuple[str, ...]] = identity
) -> Iterator[tuple[Any | None, Any | None]]:
    """Things of two lists in pairs: those of the new in its order, and then what is only in the old."""
    rest: dict[tuple[str, ...], list[Any]] = {}
    for item in old:
        rest.setdefault(key(item), []).append(item)
    for item in new:
        twins = rest.get(key(item))
        yield (twins.pop(0) if twins else None), item
    for items_left in rest.values():
        for item in items_left:
            yield item, None


def items(old: Sequence[Any], new: Sequence[Any], scope: Scope) -> Iterator[Difference]:
    """Parts in a list."""
    for was, now in matched(old, new):
        if was is None or now is None:
            yield scope.came_or_went(
                whole(was, scope.names) if was else None, whole(now, scope.names) if now else None
            )
        elif not same(was, now):
            inner = replace(scope, subject=whole(now, scope.names))
            yield from scope_of(was, now, inner)


def scope_of(was: Part, now: Part, scope: Scope) -> Iterator[Difference]:
    """What differs between two parts that are the same thing."""
    if isinstance(now, VALUES):
        yield from scope.value(was, now)
    else:
        yield from between(was, now, scope)
