"""The Jinja environment that page bodies are rendered with: autoescape, strict, and Swedish filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from trygglofte import addresses, text, wording
from trygglofte.pages.naming import slug
from trygglofte.progress import latest_by_each

_kept: dict[str, Path] = {}


def keep_bytecode(folder: Path) -> None:
    """Keep compiled templates in a folder, which exists, from now on and for later runs.

    The folder must be another when the program or a library is: what a filter made of a constant is in
    the compiled template.
    """
    _kept["folder"] = folder
    environment.cache_clear()


def forget_bytecode() -> None:
    """Keep no compiled templates any longer: the folder they were kept in is about to go."""
    _kept.pop("folder", None)
    environment.cache_clear()


def kept_bytecode(whose: str = "ram") -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept, if they are. Apart for each environment, as they compile otherwise in it."""
    folder = _kept.get("folder")
    return FileSystemBytecodeCache(str(folder), f"{whose}_%s.cache") if folder else None


@lru_cache(maxsize=4)
def environment(templates: Path) -> Environment:
    """The environment over a folder of templates; kept, so that templates are compiled once per process."""
    env = Environment(
        loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
        bytecode_cache=kept_bytecode("sidor"),
    )  # fmt: skip
    env.filters |= {
        "amount": wording.amount,
        "bare_url": _bare_url,
        "bound": wording.bound,
        "cadence": wording.cadence,
        "capital": wording.capital,
        "clock": wording.clock,
        "count": wording.count,
        "date": wording.long_date,
        "hours": wording.hours,
        "iso_date": lambda value: wording.long_date(date.fromisoformat(value)),
        "latest_by_each": latest_by_each,
        "listing": wording.listing,
        "number": wording.number,
        "partial_date": wording.partial_date,
        "period": wording.period,
        "phone_link": _phone_link,
        "plain": text.to_plain,
        "prose": _prose,
        "report_period": wording.report_period,
        "slug": slug,
        "uncapital": wording.uncapital,
        "when": wording.when,
    }
    env.globals |= {
        "addresses": addresses,
        "counted": wording.counted,
        "first_sentence": text.first_sentence,
        "NBSP": wording.NBSP,
        "listed": _listed,
        "status_shape": _by_word(env, "shape"),
        "status_word": _by_word(env, "status"),
    }
    return env


def _by_word(env: Environment, macro: str) -> Callable[[str], Markup]:
    """What partials/status.html makes of a word, which hangs on nothing else and is made once."""

    @lru_cache(maxsize=64)
    def made(word: str) -> Markup:
        html: Markup = getattr(env.get_template("partials/status.html").module, macro)(word)
        return html

    return made


@pass_context
def _listed(context: Context, item: Any) -> Markup:
    """A commitment's row in a list: the same on every page that is as deep, and made for the first of them."""
    site, root = context["site"], context["root"]

    def made() -> Markup:
        template = context.environment.get_template("partials/listed.html")
        html: Markup = template.module.listed(item, root, site.parties(item.parties))  # type: ignore[attr-defined]
        return html

    row: Markup = site.once(f"row {root}{item.anchor}", made)
    return row


@pass_context
def _prose(context: Context, value: str) -> Markup:
    html = text.to_html(value, context["root"])
    hidden = context["site"].hidden
    if hidden:
        html = _LINK.sub(
            lambda link: link[2] if _leads_to(link[1], context["root"], hidden) else link[0], html
        )
    return Markup(html)  # noqa: S704 - the one place where text becomes HTML has cleaned it


_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


def _leads_to(href: str, root: str, hidden: Collection[str]) -> bool:
    """Whether a link of free text leads to what has not come yet: an address, or a place on a page."""
    if not href.startswith(root):
        return False
    address = href.removeprefix(root)
    return address in hidden or address.partition("#")[0] in hidden


def _bare_url(url: str) -> str:
    """A web address as people say it."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _phone_link(number: str) -> str:
    digits = "".join(char for char in number if char.isdigit() or char == "+")
    return f"tel:{digits}"


def render(templates: Path, name: str, /, **context: Any) -> str:
    """A template as HTML. Anything the template asks for that is not there is an error."""
    return environment(templates).get_template(name).render(**context)
