"""What is promised of the HTML itself, without the checker in Java: see benchmarks/markup.py and docs/maintainers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from benchmarks.markup import Remark, files_in, parsed, report
from tests.browser.conftest import MADE_UP, SITES, Built

OF_TABLES = "[role=table], [role=rowgroup], [role=row], [role=cell], [role=columnheader], [role=rowheader]"


def faults(html: str) -> list[str]:
    """The kinds of fault that the Nu checker has found here, in one page."""
    page = HTMLParser(html)
    found = [f"a role that HTML has already: {node.tag}" for node in page.css(OF_TABLES)]
    found += [f"hidden on {node.tag}" for node in page.css("svg[hidden], svg [hidden]")]
    found += [f"tabindex without a number: {node.tag}" for node in page.css('[tabindex=""]')]
    for table in page.css("table"):
        if table.css("[rowspan]"):
            continue  # none yet, and then the rows cannot be added up alone
        widths = [sum(map(_span, row.css("th, td"))) for row in table.css("tr")]
        if len(set(widths)) > 1:
            found.append(f"rows of {sorted(set(widths))} columns")
    return found


def _span(cell: Node) -> int:
    return int(cell.attributes.get("colspan") or 1)


@pytest.mark.parametrize("slug", SITES, ids=lambda slug: slug or "portal")
def test_no_page_has_a_fault_that_the_checker_has_found_before(slug: str, built: Built) -> None:
    found = {address: faults(built.text(address)) for address in built.pages(slug)}
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td role=cell>1</table>",
        "<svg hidden></svg>",
        "<table><tr><td>1<td>2</tr><tr><td colspan=3>3</table>",
        '<a tabindex="">x</a>',
    ],
)
def test_each_of_those_faults_is_seen(html: str) -> None:
    assert len(faults(html)) == 1


def test_every_kind_of_page_is_read_by_an_html5_parser_without_a_single_parse_error(built: Built) -> None:
    html5 = pytest.importorskip(
        "html5rdf", reason="comes with rdflib; without it parse errors are not looked for"
    )
    wrong = {}
    for address in [*built.one_of_each(""), *built.one_of_each(MADE_UP)]:
        parser = html5.HTMLParser()
        parser.parse(built.text(address))
        if parser.errors:
            wrong[address] = [(place, code) for place, code, _ in parser.errors]
    assert wrong == {}


def test_the_checkers_answer_is_told_with_the_excepted_apart(tmp_path: Path) -> None:
    answer = (
        '{"messages": [{"url": "file:/x/a.css", "lastLine": 3, "message": "Property “paint-order” doesn\'t exist."},'
        ' {"url": "file:/x/a.html", "lastLine": 9, "message": "Stray end tag “div”."}]}'
    )
    found = parsed(answer.encode())
    assert found[1] == Remark("Stray end tag “div”.", "/x/a.html", 9)
    told = report(found, 2)
    assert re.search(r"1 to mend\n  1 × Stray end tag “div”.\n      /x/a.html:9\n1 excepted\n", told)
    for name in ("a.html", "b.html", "a.css", "b.css", "pagefind/c.html", "d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("same")
    assert [path.name for path in files_in(tmp_path)] == ["a.css", "a.html", "b.html"]
