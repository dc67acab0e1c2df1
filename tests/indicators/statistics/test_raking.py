"""Weights that give each margin its target shares."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.margins import to_one
from engage.indicators.statistics.weighting import effective_size, rake
from tests.indicators.statistics.examples import ORACLES, agrees
from tests.indicators.statistics.people import (
    GOOD,
    NINE,
    SOMEBODY,
    TARGETS,
    TWO,
    cells_from,
    cells_of,
    counts_of_people,
    nearly_separate,
    people,
    shares_of_two,
    targets_from,
)

CAPPED = ORACLES["O3b_raking_2x2_capped_0.3_3"]


@pytest.mark.parametrize("example", [TWO, NINE])
def test_raking_gives_the_weights_of_the_example(example):
    found = rake(cells_of(example), example["targets"])
    assert list(found.weights) == pytest.approx(list(example["weights"].values()), abs=1e-8)
    for margin, shares in example["targets"].items():
        assert found.reached[margin] == pytest.approx(shares, abs=1e-7)
    assert found.converged


def test_the_rounds_are_counted():
    assert rake(cells_of(TWO), TARGETS, tolerance=1e-12).rounds == TWO["iterations_tol1e12"]
    assert rake(cells_of(NINE), NINE["targets"], tolerance=1e-12).rounds == NINE["iterations"]


def test_raking_with_bounds_gives_the_weights_of_the_example():
    found = rake(cells_of(TWO), TARGETS, (0.3, 3))
    assert list(found.weights) == pytest.approx(list(CAPPED["weights"].values()), abs=1e-8)
    assert agrees(found.reached["support"], CAPPED["achieved_support"], 6)
    assert max(found.weights) > 3
    assert found.converged
    assert agrees(effective_size(found.weights, people(cells_of(TWO))), CAPPED["kish_neff"])


def test_with_bounds_it_goes_on_until_nothing_moves():
    hasty = rake(cells_of(TWO), TARGETS, (0.3, 3), tolerance=1e-3)
    assert hasty.weights == rake(cells_of(TWO), TARGETS, (0.3, 3)).weights


def test_raking_gives_up_after_a_hundred_rounds():
    found = rake(*nearly_separate(0.02))
    assert (found.rounds, found.converged) == (100, False)


def test_with_bounds_it_gives_up_after_five_hundred_rounds():
    slow, too_slow = (rake(*nearly_separate(gap), (0.3, 3)) for gap in (0.001, 0.0001))
    assert 100 < slow.rounds < 500
    assert slow.converged
    assert (too_slow.rounds, too_slow.converged) == (500, False)


@given(counts_of_people, shares_of_two, shares_of_two)
def test_raking_reaches_what_it_is_asked_for(counts, area, support):
    """With four of every kind a hundred rounds are enough, whatever the targets."""
    cells, targets = cells_from(counts, least=4), targets_from(area, support)
    found = rake(cells, targets)
    assert all(weight > 0 for weight in found.weights)
    total = sum(w * count for w, count in zip(found.weights, people(cells), strict=True))
    assert total == pytest.approx(sum(people(cells)))
    assert found.converged
    for margin, shares in targets.items():
        assert found.reached[margin] == pytest.approx(shares, abs=1e-5)


@given(counts_of_people, shares_of_two, shares_of_two, st.integers(2, 9))
def test_more_people_of_every_kind_are_weighted_the_same(counts, area, support, times):
    cells, targets = cells_from(counts), targets_from(area, support)
    more = [(known, times * count) for known, count in cells]
    for bounds in (None, (0.3, 3.0)):
        once, again = rake(cells, targets, bounds), rake(more, targets, bounds)
        assert once.weights == pytest.approx(again.weights, abs=1e-6)


@given(counts_of_people, shares_of_two, shares_of_two)
def test_it_does_not_matter_how_people_are_put_into_cells(counts, area, support):
    cells, targets = cells_from(counts), targets_from(area, support)
    one_by_one = [(known, 1) for known, count in cells for _ in range(count)]
    found, alone = rake(cells, targets), rake(one_by_one, targets)
    each = [w for w, count in zip(found.weights, people(cells), strict=True) for _ in range(count)]
    assert list(alone.weights) == pytest.approx(each, abs=1e-9)


@given(counts_of_people, shares_of_two, shares_of_two)
def test_bounds_hold_but_for_the_mean(counts, area, support):
    cells = cells_from(counts)
    found = rake(cells, targets_from(area, support), (0.3, 3.0))
    used = [w for w, count in zip(found.weights, people(cells), strict=True) if count]
    assert max(used) / min(used) <= 10 * (1 + 1e-9)


def test_people_who_are_like_the_targets_already_weigh_one():
    cells = [({"area": "A"}, 30), ({"area": "B"}, 70)]
    found = rake(cells, {"area": {"A": 0.3, "B": 0.7}})
    assert found.weights == pytest.approx((1, 1))
    assert found.rounds == 1


def test_somebody_of_no_known_category_keeps_their_weight():
    cells = [
        ({"area": "A"}, 40),
        ({"area": "B"}, 10),
        ({"area": None}, 30),
        ({}, 5),
        ({"area": "?"}, 15),
    ]
    found = rake(cells, {"area": {"A": 0.5, "B": 0.5}})
    assert found.weights == pytest.approx((25 / 40, 25 / 10, 1, 1, 1))
    assert found.reached == {"area": pytest.approx({"A": 0.5, "B": 0.5})}


def test_a_margin_that_is_known_of_one_kind_alone_works_on_them_alone():
    cells = [
        ({"area": "A", "support": None}, 30),
        ({"area": "B", "support": None}, 10),
        ({"area": None, "support": "EHCP"}, 30),
        ({"area": None, "support": "SENS"}, 10),
    ]
    found = rake(cells, targets_from(0.5, 0.5))
    assert found.weights == pytest.approx((2 / 3, 2, 2 / 3, 2))


def test_a_margin_nobody_is_known_of_changes_nothing():
    found = rake([({}, 5), ({"area": None}, 4)], {"area": {"A": 0.5, "B": 0.5}})
    assert found.weights == (1, 1)
    assert found.reached == {"area": {}}


def test_a_cell_of_nobody_weighs_one_and_changes_nothing():
    cells = [*cells_of(TWO), ({"area": "A", "support": "?"}, 0)]
    found = rake(cells, TARGETS)
    assert found.weights == (*rake(cells_of(TWO), TARGETS).weights, 1)


def test_rounded_targets_are_spread_to_one():
    assert to_one({"A": 0.5, "B": 0.25}) == {"A": 2 / 3, "B": 1 / 3}
    cells = [({"area": "A"}, 30), ({"area": "B"}, 70)]
    found = rake(cells, {"area": {"A": 0.3333, "B": 0.6666}})
    assert found.reached["area"]["A"] == pytest.approx(0.3333 / 0.9999)


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: rake([], GOOD), "Nobody has answered"),
        (lambda: rake([({"area": "A"}, 0)], GOOD), "Nobody has answered"),
        (lambda: rake([({"area": "A"}, -1)], GOOD), "The number of people in a cell must be"),
        (lambda: rake([({"area": "A"}, 1.5)], GOOD), "The number of people in a cell must be"),
        (lambda: rake(SOMEBODY, GOOD, (1.1, 3)), "The bounds of a weight"),
        (lambda: rake(SOMEBODY, GOOD, (-0.1, 3)), "The bounds of a weight"),
        (lambda: rake(SOMEBODY, GOOD, (0.3, 0.9)), "The bounds of a weight"),
        (lambda: rake(SOMEBODY, GOOD, (0.3, inf)), "The bounds of a weight"),
        (lambda: rake(SOMEBODY, GOOD, (nan, 3)), "The bounds of a weight"),
        (
            lambda: rake([({"area": "A"}, 9)], GOOD),
            "Nobody who answered is in B of the margin area",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(refused, sentence):
    with pytest.raises(InvalidInputError) as said:
        refused()
    assert sentence in str(said.value)


def test_bounds_may_be_nought_and_one():
    assert rake(SOMEBODY, GOOD, (1, 1)).weights == (1, 1)
    assert rake(SOMEBODY, GOOD, (0, 1)).weights == (1, 1)
