"""One piece of work in several forked processes: each item once, and nothing lost in silence."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygglofte.forking import Forks, LostShareError, _dealt


def shared_out(folder, items, many, beside=0.0):
    """Every process writes a file for each of its items. Gives who wrote what."""
    with Forks(many) as forks:
        for item in forks.share(items, beside):
            (folder / f"{item}").write_text("" if forks.is_first else "annan")
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("many", [1, 2, 3])
def test_every_item_is_done_once_whoever_does_it(tmp_path, many):
    done = shared_out(tmp_path, range(20), many)
    assert sorted(map(int, done)) == list(range(20))
    assert list(done.values()).count("annan") == {1: 0, 2: 10, 3: 13}[many]


def test_the_first_gets_fewer_items_where_it_has_more_to_do_beside_them(tmp_path):
    assert list(shared_out(tmp_path, range(20), 2, beside=10).values()).count("annan") == 15


def test_without_fork_there_is_one_process(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "fork")
    assert set(shared_out(tmp_path, range(5), 4).values()) == {""}


def test_a_process_that_fails_is_told_of():
    def work():
        with Forks(3) as forks:
            assert forks.share([1, 2, 3]) == [1]

    with pytest.raises(LostShareError):
        work()


def test_the_first_ones_own_failure_is_its_own_and_ends_the_others():
    def work():
        with Forks(2) as forks:
            forks.share([1, 2])
            if not forks.is_first:
                os.read(os.pipe()[0], 1)  # would wait for ever
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()


@given(st.integers(0, 200), st.lists(st.floats(0, 50), min_size=1, max_size=5).filter(any))
def test_items_are_dealt_by_weight_and_neighbours_are_spread(many, weights):
    dealt = _dealt(many, weights)
    assert len(dealt) == many
    for who, weight in enumerate(weights):
        assert abs(dealt.count(who) - many * weight / sum(weights)) <= len(weights)
