"""Which theme of a new reading a person's decision belongs to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.matching import ENOUGH_ALIKE, closest, jaccard

themes = st.dictionaries(
    st.integers(0, 6), st.frozensets(st.integers(0, 12), max_size=8), max_size=5
)


def theme(*answers):
    return frozenset(answers)


@pytest.mark.parametrize(
    ("before", "after", "matched"),
    [
        ({}, {}, {}),
        ({1: theme(1, 2)}, {}, {}),
        ({}, {7: theme(1, 2)}, {}),
        ({1: theme(1, 2)}, {7: theme(1, 2)}, {1: 7}),
        # Half of all is enough; less is not.
        ({1: theme(1)}, {7: theme(1, 2)}, {1: 7}),
        ({1: theme(1)}, {7: theme(1, 2, 3)}, {}),
        # A theme that splits goes to its larger part.
        ({1: theme(1, 2, 3)}, {7: theme(1), 8: theme(2, 3)}, {1: 8}),
        # Two that merge: the larger is carried, the other was not found again.
        ({1: theme(1), 2: theme(2, 3)}, {7: theme(1, 2, 3)}, {2: 7}),
        # As alike: the first, so that it is always the same one.
        ({1: theme(1), 2: theme(2)}, {7: theme(1, 2)}, {1: 7}),
        ({1: theme()}, {7: theme()}, {}),
    ],
)
def test_a_decision_moves_to_the_theme_that_holds_mostly_the_same_answers(before, after, matched):
    assert closest(before, after) == matched


@given(themes, themes)
def test_each_theme_is_given_out_once_and_only_where_alike_enough(before, after):
    matched = closest(before, after)
    assert len(set(matched.values())) == len(matched)
    assert all(jaccard(before[old], after[new]) >= ENOUGH_ALIKE for old, new in matched.items())


@given(themes, themes)
def test_nothing_alike_is_left_on_both_sides(before, after):
    matched = closest(before, after)
    left = before.keys() - matched.keys()
    free = after.keys() - set(matched.values())
    assert not [
        (old, new) for old in left for new in free if jaccard(before[old], after[new]) >= 0.5
    ]


@given(themes, themes)
def test_the_order_they_come_in_changes_nothing(before, after):
    turned = closest(dict(reversed(before.items())), dict(reversed(after.items())))
    assert turned == closest(before, after)


@given(st.dictionaries(st.integers(), st.frozensets(st.integers(0, 50), min_size=1), max_size=6))
def test_the_same_reading_again_moves_every_theme_to_one_as_good(found):
    matched = closest(found, found)
    assert {old: found[new] for old, new in matched.items()} == found
