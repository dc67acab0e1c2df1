"""Which comments are drawn, and that anybody can draw them again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.checking.sampling import draw, sample_size, shares

audiences = st.dictionaries(
    st.integers(1, 10_000), st.sampled_from(["parents", "children", "staff", ""]), max_size=300
)


@pytest.mark.parametrize(
    ("comments", "drawn"), [(0, 0), (12, 12), (50, 50), (51, 50), (500, 50), (501, 51), (1234, 124)]
)
def test_the_larger_of_a_tenth_and_50_is_drawn_and_all_when_fewer(comments, drawn):
    assert sample_size(comments) == drawn


@given(audiences, st.integers(0, 2**31))
def test_each_comment_is_drawn_once_and_the_size_is_kept(audience_of, seed):
    drawn = draw(audience_of, seed)
    assert len(drawn) == len(set(drawn)) == sample_size(len(audience_of))
    assert set(drawn) <= set(audience_of)


@given(audiences, st.integers(0, 2**31))
def test_the_same_seed_draws_the_same_in_any_order_of_arrival(audience_of, seed):
    turned = dict(reversed(list(audience_of.items())))
    assert draw(turned, seed) == draw(audience_of, seed)


def test_another_seed_draws_others():
    audience_of = dict.fromkeys(range(1000), "parents")
    assert set(draw(audience_of, 1)) != set(draw(audience_of, 2))


@given(audiences, st.integers(0, 2**31))
def test_each_audience_has_its_share_within_one_place_for_each_of_the_small(audience_of, seed):
    sizes = Counter(audience_of.values())
    drawn = Counter(audience_of[comment] for comment in draw(audience_of, seed))
    wanted = sample_size(len(audience_of))
    for name, size in sizes.items():
        fair = wanted * size / len(audience_of)
        assert fair - len(sizes) <= drawn[name] <= fair + 1
        assert drawn[name] >= 1


def test_a_small_audience_is_heard_too():
    assert shares({"parents": 990, "children": 5, "staff": 5}, 50) == {
        "parents": 48,
        "children": 1,
        "staff": 1,
    }


def test_the_audiences_are_mixed():
    audience_of = {n: "parents" if n < 50 else "children" for n in range(100)}
    first = [audience_of[comment] for comment in draw(audience_of, 7)[:12]]
    assert set(first) == {"parents", "children"}
