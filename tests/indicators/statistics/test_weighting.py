"""Weights for one wave, what they cost, and whether they may be published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.proportions import wilson
from engage.indicators.statistics.weighting import (
    effective_size,
    rake,
    weigh,
    weighted_share,
    weighting_effect,
)
from tests.indicators.statistics.examples import ORACLES, agrees
from tests.indicators.statistics.people import (
    GOOD,
    NINE,
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


@pytest.mark.parametrize("example", [TWO, NINE])
def test_what_the_weights_of_the_example_cost(example):
    weights, counts = (
        list(rake(cells_of(example), example["targets"]).weights),
        people(cells_of(example)),
    )
    n = effective_size(weights, counts)
    share = weighted_share(weights, counts, list(example["satisfied"].values()))
    assert agrees([n, 100 * share], [example["kish_neff"], example["weighted_pct"]])
    assert agrees(weighting_effect(weights, counts), example["deff"], 6)
    interval = wilson(share, n)
    assert agrees([100 * interval.low, 100 * interval.high], example["wilson_on_neff_pct"])


def test_weights_within_the_bounds_are_not_raked_again():
    cells, targets = cells_from([40, 30, 0, 30, 20, 0, 0, 0, 0]), targets_from(0.5, 0.5)
    assert weigh(cells, targets).weights == rake(cells, targets).weights
    assert rake(cells, targets).weights != rake(cells, targets, (0.3, 3.0)).weights


def test_weights_that_did_not_settle_are_not_published():
    found = weigh(*nearly_separate(0.00005))
    assert found.why_not == "not_converged"


def test_people_weigh_the_same_however_they_are_put_into_cells():
    one_by_one = [(known, 1) for known, count in cells_of(NINE) for _ in range(count)]
    found, alone = weigh(cells_of(NINE), NINE["targets"]), weigh(one_by_one, NINE["targets"])
    assert alone.deff == found.deff
    assert set(alone.weights) == set(found.weights)
    assert weigh([*cells_of(TWO), ({}, 0)], TARGETS).weights[-1] == 1


def test_effective_people_by_hand():
    example = ORACLES["O3d_tiny"]
    assert agrees(effective_size(example["w"], [1] * 4), example["kish_neff"], 6)
    assert weighted_share(example["w"], [1] * 4, [1, 0, 1, 0]) == example["weighted_p"]
    assert effective_size([0.5, 1, 2], [2, 1, 1]) == pytest.approx(
        effective_size(example["w"], [1] * 4)
    )


weighted_cells = st.lists(
    st.integers(0, 50).flatmap(
        lambda n: st.tuples(st.floats(0.01, 50), st.just(n), st.integers(0, n))
    ),
    min_size=1,
    max_size=12,
).filter(lambda cells: any(count for _, count, _ in cells))


@given(weighted_cells, st.floats(0.1, 10))
def test_weights_never_make_people_of_nothing(cells, scale):
    weights, counts, positives = (list(column) for column in zip(*cells, strict=True))
    scaled = [scale * weight for weight in weights]
    n, share = effective_size(weights, counts), weighted_share(weights, counts, positives)
    assert 1 - 1e-9 <= n <= sum(counts)
    assert 0 <= share <= 1
    assert weighting_effect(weights, counts) == pytest.approx(sum(counts) / n)
    assert weighting_effect(weights, counts) >= 1
    assert effective_size(scaled, counts) == pytest.approx(n)
    assert weighted_share(scaled, counts, positives) == pytest.approx(share)
    others = [count - positive for count, positive in zip(counts, positives, strict=True)]
    assert weighted_share(weights, counts, others) == pytest.approx(1 - share)


def test_equal_weights_cost_nobody():
    assert effective_size([0.1] * 3, [5, 0, 7]) == 12
    assert weighting_effect([0.1] * 3, [5, 0, 7]) == 1


def test_weights_within_the_bounds_are_published():
    cells = [({"area": "A"}, 60), ({"area": "B"}, 40)]
    found = weigh(cells, {"area": {"A": 0.5, "B": 0.5}})
    assert found.weights == pytest.approx((50 / 60, 50 / 40))
    assert (found.why_not, found.collapsed) == (None, {})
    assert found.deff == weighting_effect(found.weights, people(cells))
    assert found.reached["area"] == pytest.approx({"A": 0.5, "B": 0.5})


def test_weights_are_trimmed_where_they_are_beyond_the_bounds():
    found = weigh(cells_of(NINE), NINE["targets"])
    assert found.weights == rake(cells_of(NINE), NINE["targets"], (0.3, 3)).weights
    assert found.weights != rake(cells_of(NINE), NINE["targets"]).weights
    assert found.why_not is None


def skewed(rare, others):
    return [({"area": "A"}, rare), ({"area": "B"}, others)]


def test_trimming_that_moves_a_margin_by_more_than_two_points_is_not_published():
    found = weigh(skewed(15, 85), {"area": {"A": 0.5, "B": 0.5}})
    assert found.why_not == "trimmed"
    assert found.reached["area"]["A"] < 0.48


def test_weights_that_cost_too_much_are_not_published():
    """A few at the most a weight may be, and all others at the least."""
    found = weigh(skewed(20, 180), {"area": {"A": 0.8, "B": 0.2}})
    assert found.deff > 2.5
    assert found.why_not == "design_effect"


def test_weights_may_cost_up_to_two_and_a_half_times_the_people():
    cells = [
        ({"area": "A"}, 33),
        ({"area": "B"}, 15),
        ({"area": "C"}, 152),
    ]
    found = weigh(cells, {"area": {"A": 0.47, "B": 0.19, "C": 0.34}})
    assert 1.8 < found.deff < 2.5
    assert found.why_not is None


def test_people_too_few_for_any_margin_are_not_called_weighted():
    found = weigh(skewed(3, 9), {"area": {"A": 0.5, "B": 0.5}})
    assert found.weights == (1, 1)
    assert found.why_not == "few"
    assert found.collapsed == {"area": (("A", "B"),)}


def test_one_person_is_weighted_to_themselves():
    found = weigh([({"area": "A"}, 1)], {"area": {"A": 0.5, "B": 0.5}})
    assert (found.weights, found.deff, found.why_not) == ((1,), 1, "few")


def test_an_empty_group_is_put_together_and_nobody_comes_to_zero():
    cells = [*cells_of(NINE), ({"area": "10", "support": "EHCP"}, 0)]
    shares = {name: 0.9 * share for name, share in NINE["targets"]["area"].items()} | {"10": 0.1}
    found = weigh(cells, NINE["targets"] | {"area": shares})
    assert min(found.weights) > 0.2
    assert found.collapsed == {"area": (("9", "10"),)}


def test_margins_that_contradict_each_other_are_not_published():
    cells = [({"area": "A", "support": "EHCP"}, 50), ({"area": "B", "support": "SENS"}, 50)]
    found = weigh(cells, targets_from(0.7, 0.4))
    assert found.why_not in ("not_converged", "trimmed")


@given(counts_of_people, shares_of_two, shares_of_two)
def test_what_is_published_as_weighted_keeps_every_promise(counts, area, support):
    cells, targets = cells_from(counts), targets_from(area, support)
    found = weigh(cells, targets)
    assert len(found.weights) == len(cells)
    assert found.deff >= 1 - 1e-9
    assert found.deff == pytest.approx(weighting_effect(found.weights, people(cells)))
    if found.why_not is None:
        assert found.deff <= 2.5
        for margin, shares in found.reached.items():
            if len(shares) == 2:
                assert shares == pytest.approx(targets[margin], abs=0.02 + 1e-9)


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: weigh([], GOOD), "Nobody has answered"),
        (lambda: weigh([({"area": "A"}, 0)], GOOD), "Nobody has answered"),
        (lambda: effective_size([1], [0]), "somebody whose weight is above 0"),
        (lambda: effective_size([], []), "somebody whose weight is above 0"),
        (lambda: effective_size([1, 2], [1]), "Weights and counts must be lists of the same"),
        (lambda: weighting_effect([-1], [1]), "A weight must not be below 0."),
        (lambda: weighted_share([1], [1], [2]), "more positives than people in a cell"),
        (lambda: weighted_share([1], [1], [-1]), "The number of positives must be a whole number"),
        (lambda: weighted_share([1], [1], []), "Positives and counts must be lists of the same"),
    ],
)
def test_what_cannot_be_is_one_sentence(refused, sentence):
    with pytest.raises(InvalidInputError) as said:
        refused()
    assert sentence in str(said.value)
