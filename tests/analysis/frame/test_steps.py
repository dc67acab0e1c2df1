"""What a step changed, and what stands in the way of undoing it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.frame.steps import (
    Standing,
    Step,
    changed_only,
    sentences_moved,
    stands_in_the_way,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def a_step(id, *themes, undone=False):
    empty = Standing()
    return Step(id, "named", frozenset(themes), empty, empty, "Ada", NOW, undone)


def test_nothing_stands_in_the_way_of_the_last_step():
    assert stands_in_the_way(a_step(2, 5), [a_step(1, 5)]) is None


def test_a_later_step_about_the_same_theme_stands_in_the_way():
    steps = [a_step(1, 5), a_step(2, 5, 6), a_step(3, 7)]
    assert stands_in_the_way(steps[0], steps) == steps[1]
    assert stands_in_the_way(steps[2], steps) is None


def test_of_several_the_last_must_go_first():
    steps = [a_step(1, 5), a_step(2, 5), a_step(3, 5)]
    assert stands_in_the_way(steps[0], steps) == steps[2]


def test_what_was_undone_stands_in_no_way():
    steps = [a_step(1, 5), a_step(2, 5, undone=True)]
    assert stands_in_the_way(steps[0], steps) is None


def test_only_what_changed_of_the_sentences_is_kept():
    before = Standing({"1": None}, {(1, 2, "a"): None, (1, 3, "a"): True})
    after = Standing({"1": {"name": "Waits"}}, {(1, 2, "a"): True, (1, 3, "a"): True})
    kept, now = changed_only(before, after)
    assert kept.placed == {(1, 2, "a"): None}
    assert now.placed == {(1, 2, "a"): True}
    assert kept.themes == {"1": None}


def test_a_sentence_that_leaves_one_theme_for_another_is_one_sentence():
    after = Standing({}, {(1, 2, "a"): False, (9, 2, "a"): True})
    assert sentences_moved(Step(1, "moved", frozenset(), Standing(), after, "Ada", NOW)) == 1


places = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.text("abc", min_size=1)),
    st.sampled_from([True, False, None]),
)


@given(places)
def test_what_stood_is_read_back_as_it_was_written(placed):
    standing = Standing({"4": {"name": "Waits"}, "5": None}, placed)
    assert Standing.from_json(standing.as_json()) == standing


@given(places, st.sets(st.integers(1, 9)))
def test_withdrawn_answers_leave_a_step(placed, gone):
    kept = Standing({}, placed).without_answers(gone).placed
    assert not {answer for _theme, answer, _key in kept} & gone
