from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.margins import to_one
from engage.indicators.statistics.proportions import wilson
from engage.indicators.statistics.weighting import (
    check_targets,
    collapse,
    effective_size,
    rake,
    weigh,
    weighted_share,
    weighting_effect,
)
from tests.indicators.statistics.examples import ORACLES, agrees

TWO = ORACLES["O3_raking_2x2"]
NINE = ORACLES["O3c_raking_9x2"]
CAPPED = ORACLES["O3b_raking_2x2_capped_0.3_3"]
TARGETS = TWO["targets"]


def cells_of(example):
    return [
        (dict(zip(example["targets"], name.split("|"), strict=True)), count)
        for name, count in example["counts"].items()
    ]


def people(cells):
    return [count for _, count in cells]


# People of two areas and two kinds of support, some of them unknown, and somebody in each.
counts_of_people = st.lists(st.integers(0, 60), min_size=9, max_size=9)
names = [(area, support) for area in ("A", "B", None) for support in ("EHCP", "SENS", None)]
shares_of_two = st.floats(0.1, 0.9)


def cells_from(counts, least=1):
    sure = [max(count, least) if None not in name else count
            for name, count in zip(names, counts, strict=True)]  # fmt: skip
    return [
        ({"area": area, "support": support}, count)
        for (area, support), count in zip(names, sure, strict=True)
    ]


def targets_from(area, support):
    return {
        "area": {"A": area, "B": 1 - area},
        "support": {"EHCP": support, "SENS": 1 - support},
    }


@pytest.mark.parametrize("example", [TWO, NINE])
def test_raking_gives_the_weights_of_the_example(example):
    found = rake(cells_of(example), example["targets"])
    assert list(found.weights) == pytest.approx(list(example["weights"].values()), abs=1e-8)
    for margin, shares in example["targets"].items():
        assert found.reached[margin] == pytest.approx(shares, abs=1e-7)
    assert found.converged


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


def test_the_rounds_are_counted():
    assert rake(cells_of(TWO), TARGETS, tolerance=1e-12).rounds == TWO["iterations_tol1e12"]
    assert rake(cells_of(NINE), NINE["targets"], tolerance=1e-12).rounds == NINE["iterations"]
    assert rake(cells_of(TWO), TARGETS, rounds=3).rounds == 3
    assert not rake(cells_of(TWO), TARGETS, rounds=3).converged


def test_raking_with_bounds_gives_the_weights_of_the_example():
    found = rake(cells_of(TWO), TARGETS, (0.3, 3))
    assert list(found.weights) == pytest.approx(list(CAPPED["weights"].values()), abs=1e-8)
    assert agrees(found.reached["support"], CAPPED["achieved_support"], 6)
    assert max(found.weights) > 3
    assert found.converged
    assert agrees(effective_size(found.weights, people(cells_of(TWO))), CAPPED["kish_neff"])


def nearly_separate(gap):
    """Two groups that share two people, on whom every difference between the margins falls."""
    cells = [
        ({"area": "A", "support": "EHCP"}, 10_000),
        ({"area": "A", "support": "SENS"}, 1),
        ({"area": "B", "support": "EHCP"}, 1),
        ({"area": "B", "support": "SENS"}, 10_000),
    ]
    return cells, targets_from(0.5 + gap, 0.5 - gap)


def test_with_bounds_it_goes_on_until_nothing_moves():
    hasty = rake(cells_of(TWO), TARGETS, (0.3, 3), tolerance=1e-3)
    assert hasty.weights == rake(cells_of(TWO), TARGETS, (0.3, 3)).weights


def test_weights_within_the_bounds_are_not_raked_again():
    cells, targets = cells_from([40, 30, 0, 30, 20, 0, 0, 0, 0]), targets_from(0.5, 0.5)
    assert weigh(cells, targets).weights == rake(cells, targets).weights
    assert rake(cells, targets).weights != rake(cells, targets, (0.3, 3.0)).weights


def test_raking_gives_up_after_a_hundred_rounds():
    found = rake(*nearly_separate(0.02))
    assert (found.rounds, found.converged) == (100, False)


def test_weights_that_did_not_settle_are_not_published():
    found = weigh(*nearly_separate(0.00005))
    assert (found.publish, found.why_not) == (False, "not_converged")


def test_bounds_that_are_slow_to_settle_are_given_their_500_rounds():
    """The weights move by under 1e-8 a round long before they have come to rest."""
    skewed = [({"a": "x", "b": "p"}, 90), ({"a": "x", "b": "q"}, 4), ({"a": "y", "b": "p"}, 5),
              ({"a": "y", "b": "q"}, 3)]  # fmt: skip
    targets = {"a": {"x": 0.55, "y": 0.45}, "b": {"p": 0.55, "q": 0.45}}
    found = rake(skewed, targets, (0.3, 3))
    more = rake(skewed, targets, (0.3, 3), rounds=5000)
    assert list(found.weights) == pytest.approx(list(more.weights), abs=1e-8)
    assert found.rounds <= 500


@given(counts_of_people, shares_of_two, shares_of_two)
def test_raking_reaches_what_it_is_asked_for(counts, area, support):
    cells, targets = cells_from(counts), targets_from(area, support)
    found = rake(cells, targets, rounds=5000)
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


def test_people_weigh_the_same_however_they_are_put_into_cells():
    one_by_one = [(known, 1) for known, count in cells_of(NINE) for _ in range(count)]
    found, alone = weigh(cells_of(NINE), NINE["targets"]), weigh(one_by_one, NINE["targets"])
    assert alone.n_effective == found.n_effective
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


def test_weights_within_the_bounds_are_published():
    cells = [({"area": "A"}, 60), ({"area": "B"}, 40)]
    found = weigh(cells, {"area": {"A": 0.5, "B": 0.5}})
    assert found.weights == pytest.approx((50 / 60, 50 / 40))
    assert (found.publish, found.why_not, found.collapsed) == (True, None, {})
    assert found.n_effective == pytest.approx(100 / found.deff)
    assert found.reached["area"] == pytest.approx({"A": 0.5, "B": 0.5})


def test_weights_are_trimmed_where_they_are_beyond_the_bounds():
    found = weigh(cells_of(NINE), NINE["targets"])
    assert found.weights == rake(cells_of(NINE), NINE["targets"], (0.3, 3)).weights
    assert found.weights != rake(cells_of(NINE), NINE["targets"]).weights
    assert found.publish


def skewed(rare, others):
    return [({"area": "A"}, rare), ({"area": "B"}, others)]


def test_trimming_that_moves_a_margin_by_more_than_two_points_is_not_published():
    found = weigh(skewed(15, 85), {"area": {"A": 0.5, "B": 0.5}})
    assert (found.publish, found.why_not) == (False, "trimmed")
    assert found.reached["area"]["A"] < 0.48


def test_weights_that_cost_too_much_are_not_published():
    """A few at the most a weight may be, and all others at the least."""
    found = weigh(skewed(20, 180), {"area": {"A": 0.8, "B": 0.2}})
    assert found.deff > 2.5
    assert (found.publish, found.why_not) == (False, "design_effect")


def test_weights_may_cost_up_to_two_and_a_half_times_the_people():
    cells = [
        ({"area": "A"}, 33),
        ({"area": "B"}, 15),
        ({"area": "C"}, 152),
    ]
    found = weigh(cells, {"area": {"A": 0.47, "B": 0.19, "C": 0.34}})
    assert 1.8 < found.deff < 2.5
    assert found.publish


def test_people_too_few_for_any_margin_are_not_called_weighted():
    found = weigh(skewed(3, 9), {"area": {"A": 0.5, "B": 0.5}})
    assert found.weights == (1, 1)
    assert (found.publish, found.why_not) == (False, "few")
    assert found.collapsed == {"area": (("A", "B"),)}


def test_one_person_is_weighted_to_themselves():
    found = weigh([({"area": "A"}, 1)], {"area": {"A": 0.5, "B": 0.5}})
    assert (found.weights, found.n_effective, found.deff) == ((1,), 1, 1)
    assert not found.publish


def test_an_empty_group_is_put_together_and_nobody_comes_to_zero():
    cells = [*cells_of(NINE), ({"area": "10", "support": "EHCP"}, 0)]
    shares = {name: 0.9 * share for name, share in NINE["targets"]["area"].items()} | {"10": 0.1}
    found = weigh(cells, NINE["targets"] | {"area": shares})
    assert min(found.weights) > 0.2
    assert found.collapsed == {"area": (("9", "10"),)}


def test_margins_that_contradict_each_other_are_not_published():
    cells = [({"area": "A", "support": "EHCP"}, 50), ({"area": "B", "support": "SENS"}, 50)]
    found = weigh(cells, targets_from(0.7, 0.4))
    assert not found.publish
    assert found.why_not in ("not_converged", "trimmed")


@given(counts_of_people, shares_of_two, shares_of_two)
def test_what_is_published_as_weighted_keeps_every_promise(counts, area, support):
    cells, targets = cells_from(counts), targets_from(area, support)
    found = weigh(cells, targets)
    assert len(found.weights) == len(cells)
    assert found.deff >= 1 - 1e-9
    assert found.n_effective * found.deff == pytest.approx(sum(people(cells)))
    assert found.publish == (found.why_not is None)
    if found.publish:
        assert found.deff <= 2.5
        for margin, shares in found.reached.items():
            if len(shares) == 2:
                assert shares == pytest.approx(targets[margin], abs=0.02 + 1e-9)


GOOD = {"area": {"A": 0.5, "B": 0.5}}
SOMEBODY = [({"area": "A"}, 5), ({"area": "B"}, 5)]


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
    check_targets(GOOD, {"area": ["A", "B", "C"], "support": ["EHCP"]})


def test_a_category_nobody_knows_is_one_sentence():
    with pytest.raises(InvalidInputError, match="The margin area has no category B."):
        check_targets(GOOD, {"area": ["A"]})


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: rake([], GOOD), "Nobody has answered"),
        (lambda: weigh([], GOOD), "Nobody has answered"),
        (lambda: rake([({"area": "A"}, 0)], GOOD), "Nobody has answered"),
        (lambda: weigh([({"area": "A"}, 0)], GOOD), "Nobody has answered"),
        (lambda: rake([({"area": "A"}, -1)], GOOD), "The number of people in a cell must be"),
        (lambda: rake([({"area": "A"}, 1.5)], GOOD), "The number of people in a cell must be"),
        (lambda: collapse([({"area": "A"}, -1)], GOOD), "The number of people in a cell must be"),
        (
            lambda: rake([({"area": "A"}, 9)], GOOD),
            "Nobody who answered is in B of the margin area",
        ),
        (lambda: rake(SOMEBODY, GOOD, (1.1, 3)), "The bounds of a weight"),
        (lambda: rake(SOMEBODY, GOOD, (-0.1, 3)), "The bounds of a weight"),
        (lambda: rake(SOMEBODY, GOOD, (0.3, 0.9)), "The bounds of a weight"),
        (lambda: rake(SOMEBODY, GOOD, (0.3, inf)), "The bounds of a weight"),
        (lambda: rake(SOMEBODY, GOOD, (nan, 3)), "The bounds of a weight"),
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


def test_bounds_may_be_nought_and_one():
    assert rake(SOMEBODY, GOOD, (1, 1)).weights == (1, 1)
    assert rake(SOMEBODY, GOOD, (0, 1)).weights == (1, 1)
