"""The margins people are weighted to, and small categories of them put together."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.collapsing import collapse
from engage.indicators.statistics.margins import check_targets
from engage.indicators.statistics.weighting import rake, weigh
from tests.indicators.statistics.people import GOOD, SOMEBODY, people


def ages(*counts):
    return [({"age": name}, count) for name, count in zip("abcde", counts, strict=False)]


AGES = {"age": {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.25, "e": 0.15}}


@pytest.mark.parametrize(
    ("counts", "joint"),
    [
        ((15, 15, 15, 15, 15), ()),
        ((14, 20, 20, 20, 20), (("a", "b"),)),
        ((20, 20, 20, 20, 14), (("d", "e"),)),
        ((20, 30, 14, 25, 20), (("c", "d"),)),
        ((20, 25, 14, 30, 20), (("b", "c"),)),
        ((20, 25, 14, 25, 20), (("b", "c"),)),  # as small: the one before
        ((20, 0, 20, 20, 20), (("a", "b"),)),
        ((5, 5, 20, 20, 20), (("a", "b", "c"),)),
        ((8, 8, 20, 20, 20), (("a", "b"),)),
        ((14, 40, 20, 40, 14), (("a", "b"), ("d", "e"))),
        ((1, 1, 1, 1, 1), (("a", "b", "c", "d", "e"),)),
        ((0, 0, 0, 0, 0), (("a", "b", "c", "d", "e"),)),
    ],
)
def test_small_categories_are_put_together_with_the_smaller_neighbour(counts, joint):
    found = collapse(ages(*counts), AGES)
    assert found.merged == ({"age": joint} if joint else {})
    names = {name: " + ".join(group) for group in joint for name in group}
    assert [known["age"] for known, _ in found.cells] == [names.get(name, name) for name in "abcde"]
    assert people(found.cells) == list(counts)


def test_joint_categories_have_their_shares_together():
    found = collapse(ages(14, 20, 20, 20, 20), AGES)
    assert found.targets["age"] == pytest.approx({"a + b": 0.3, "c": 0.3, "d": 0.25, "e": 0.15})
    assert list(found.targets["age"]) == ["a + b", "c", "d", "e"]


def test_how_few_are_too_few_may_be_said():
    assert collapse(ages(5, 5, 5, 5, 5), AGES, least=5).merged == {}
    assert collapse(ages(5, 5, 5, 5, 4), AGES, least=5).merged == {"age": (("d", "e"),)}


def test_who_is_of_no_known_category_stays_so():
    cells = [*ages(20, 20, 20, 20, 20), ({"age": None}, 2), ({}, 3), ({"age": "z"}, 4)]
    found = collapse(cells, AGES)
    assert list(found.cells) == cells


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5), st.integers(1, 40))
def test_nobody_is_dropped_and_no_share_is_lost(counts, least):
    found = collapse(ages(*counts), AGES, least)
    assert people(found.cells) == counts
    assert sum(found.targets["age"].values()) == pytest.approx(1)
    held = {}
    for known, count in found.cells:
        held[known["age"]] = held.get(known["age"], 0) + count
    assert held.keys() == found.targets["age"].keys()
    assert len(held) == 1 or min(held.values()) >= least


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        ({}, "There is no margin to weight to."),
        ({"area": {}}, "The margin area has no categories."),
        ({"area": {"A": 0.5, "B": 0.4}}, "The shares of the margin area must sum to 1."),
        ({"area": {"A": 0.5, "B": 0.502}}, "The shares of the margin area must sum to 1."),
        ({"area": {"A": 1.0, "B": 0.0}}, "The share of B in the margin area must be above 0"),
        ({"area": {"A": 1.5, "B": -0.5}}, "The share of A in the margin area must be above 0"),
        ({"area": {"A": nan, "B": 0.5}}, "The share of A in the margin area must be above 0"),
        (GOOD | {"support": {"EHCP": inf}}, "The share of EHCP in the margin support must be"),
    ],
)
def test_bad_margins_are_one_sentence_wherever_they_are_used(targets, sentence):
    for use in (check_targets, lambda t: rake(SOMEBODY, t), lambda t: weigh(SOMEBODY, t),
                lambda t: collapse(SOMEBODY, t)):  # fmt: skip
        with pytest.raises(InvalidInputError) as said:
            use(targets)
        assert sentence in str(said.value)


def test_good_margins_are_let_through_with_a_little_rounding():
    check_targets(GOOD)
    check_targets({"area": {"A": 0.3333, "B": 0.3333, "C": 0.3333}})
    check_targets({"area": {"A": 1.0}})


def test_less_than_nobody_cannot_be_put_together():
    with pytest.raises(InvalidInputError, match="The number of people in a cell must be"):
        collapse([({"area": "A"}, -1)], GOOD)
