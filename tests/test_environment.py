"""What templates put out is escaped, once, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from trygglofte.pages.environment import environment, forget_bytecode, keep_bytecode, kept_bytecode

ENV = environment(Path(__file__).parents[1] / "overrides")


@given(st.one_of(st.text(), st.text("<>&'\"å "), st.text("<b>&").map(Markup), st.integers(), st.none()))
def test_a_value_is_put_out_as_it_would_be_escaped(value):
    inner, whole = (
        ENV.from_string(f"{{% macro m(x) %}}{{{{ x }}}}{{% endmacro %}}{text}")
        for text in ("{{ x }}", "{{ m(x) }}")
    )
    assert inner.render(x=value) == whole.render(x=value) == escape(value)


def test_what_is_not_there_cannot_be_put_out():
    with pytest.raises(UndefinedError):
        ENV.from_string("{{ x }}").render()


def test_environments_keep_their_templates_apart(tmp_path):
    keep_bytecode(tmp_path)
    try:
        frame, pages = kept_bytecode(), kept_bytecode("sidor")
        assert frame
        assert pages
        assert frame.pattern != pages.pattern
    finally:
        forget_bytecode()
    assert kept_bytecode() is None
