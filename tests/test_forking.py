"""One piece of work in several forked processes: each item once, and nothing lost in silence."""

import os
import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygglofte import forking
from trygglofte.forking import Forks, LostShareError, _dealt, gathered, halves, meanwhile


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


def who_and(share):
    return os.getpid(), [item * 2 for item in share]


def test_what_each_share_gives_comes_in_their_order_and_only_the_first_is_done_here():
    (here, first), (there, second), (_, third) = gathered(who_and, [[1, 2], [3], []])
    assert (first, second, third) == ([2, 4], [6], [])
    assert here == os.getpid() != there


def test_a_process_that_does_not_end_well_is_told_of_and_none_is_left():
    def work(share):
        if share:
            os._exit(1)

    with pytest.raises(LostShareError):
        gathered(work, [0, 1, 0])
    with pytest.raises(ChildProcessError):
        os.wait()


def test_a_failure_in_the_first_share_is_its_own():
    def work(share):
        return 1 / share

    with pytest.raises(ZeroDivisionError):
        gathered(work, [0, 1])
    with pytest.raises(LostShareError):
        gathered(work, [1, 0])


def test_few_items_are_not_parted_nor_are_any_where_there_is_one_processor(monkeypatch):
    monkeypatch.setattr(forking, "processors", lambda: 2)
    assert halves([1, 2, 3, 4, 5], 2) == [[1, 2, 3], [4, 5]]
    assert halves([1, 2, 3], 2) == [[1, 2, 3]]
    assert halves([]) == [[]]
    monkeypatch.setattr(forking, "processors", lambda: 1)
    assert halves([1, 2, 3, 4, 5]) == [[1, 2, 3, 4, 5]]


def test_what_goes_on_meanwhile_is_waited_for_and_its_failure_is_nobodys(tmp_path):
    def work():
        (tmp_path / "gjort").write_text(f"{os.getpid()}")
        raise ZeroDivisionError

    with meanwhile(work):
        pass
    assert int((tmp_path / "gjort").read_text()) != os.getpid()


def test_what_goes_on_meanwhile_ends_with_the_one_that_started_it(tmp_path):
    """The pipe closes when nobody is left who could write: neither the child that is killed nor what it started."""
    end, held = os.pipe()
    child = os.fork()
    if not child:
        os.close(end)
        with meanwhile(lambda: os.read(os.pipe()[0], 1)):  # would wait for ever
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(held)
    assert os.read(end, 1) == b""
    os.waitpid(child, 0)


def test_what_goes_on_meanwhile_is_not_waited_for_when_the_rest_has_failed():
    with pytest.raises(ZeroDivisionError), meanwhile(lambda: os.read(os.pipe()[0], 1)):  # would wait for ever
        raise ZeroDivisionError
    with pytest.raises(ChildProcessError):
        os.wait()


def test_where_no_more_processes_can_be_started_one_does_it_all(monkeypatch):
    def refused():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    done = []
    with meanwhile(lambda: done.append(os.getpid())):
        pass
    assert done == [os.getpid()]
    with pytest.raises(LostShareError):
        gathered(who_and, [[1], [2]])


def test_without_fork_what_goes_on_meanwhile_is_done_first(monkeypatch):
    monkeypatch.delattr(os, "fork")
    done = []
    with meanwhile(lambda: done.append(os.getpid())):
        assert done == [os.getpid()]
