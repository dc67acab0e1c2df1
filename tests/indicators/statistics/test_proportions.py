from math import inf, isfinite, nan, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.proportions import (
    Z_95,
    Z_998,
    Interval,
    composite,
    design_effect,
    finite_population,
    funnel,
    linearised_se,
    needed_per_wave,
    sample_for_margin,
    weighted_mean,
    wilson,
)
from tests.indicators.statistics.examples import ORACLES, agrees

shares = st.floats(0, 1)
sizes = st.floats(1, 1e6)
weights = st.lists(st.floats(0.01, 100), min_size=1, max_size=30)


@pytest.mark.parametrize("example", ORACLES["O1_wilson_95"])
def test_the_range_of_a_share(example):
    found = wilson(example["x"] / example["n"], example["n"])
    assert agrees([found.low, found.high], [example["lower"], example["upper"]], 6)


def test_the_range_of_nobody_is_everything_and_of_everybody_nothing():
    assert wilson(0.3, 0) == wilson(0.3, -1) == Interval(0, 1)
    assert wilson(0.3, inf) == Interval(0.3, 0.3)


def test_one_person_and_less_than_one_say_something_all_the_same():
    assert wilson(1, 1).low == pytest.approx(1 / (1 + Z_95**2))
    assert wilson(1, 0.5).low == pytest.approx(0.5 / (0.5 + Z_95**2))


def test_a_range_may_be_of_another_confidence():
    assert wilson(0.5, 100, 1).high == pytest.approx((0.5 * 100 + 0.5 + sqrt(25.25)) / 101)


@given(shares, st.one_of(sizes, st.floats(0, 1e-6), st.just(inf)))
def test_a_range_is_never_beyond_nobody_and_everybody(p, n):
    found = wilson(p, n)
    assert 0 <= found.low <= p <= found.high <= 1


@given(shares, sizes)
def test_the_range_of_the_others_is_its_mirror(p, n):
    assert wilson(p, n).low == pytest.approx(1 - wilson(1 - p, n).high, abs=1e-9)


@given(shares, sizes, st.floats(0.1, 3), st.floats(1, 2))
def test_more_people_narrow_a_range_and_more_confidence_widens_it(p, n, z, more):
    def width(n, z):
        return wilson(p, n, z).high - wilson(p, n, z).low

    assert width(n * more, z) <= width(n, z) + 1e-12 <= width(n, z * more) + 2e-12


def test_a_list_of_everybody_makes_a_reply_worth_more():
    example = ORACLES["O7_fpc"]
    found = finite_population(example["n"], example["n"], example["N"])
    assert agrees(found, example["neff_fpc"], 3)
    interval = wilson(example["x"] / example["n"], found)
    assert agrees([interval.low, interval.high], example["wilson_fpc"], 6)


def test_an_effective_number_grows_by_the_same_factor():
    assert finite_population(50, 135, 3146) == pytest.approx(50 * 3145 / 3011)


def test_where_all_replied_nobody_is_left_to_be_unsure_of():
    assert finite_population(9, 10, 10) == inf
    assert finite_population(0.5, 0.5, 0.9) == 0  # not a list of anybody; never below 0


@given(sizes, st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_correction_is_never_downwards_and_fades_as_the_list_grows(n, asked, more):
    near, far = (finite_population(n, asked, asked + each) for each in (more, 10 * more))
    assert near >= far * (1 - 1e-12)
    assert far >= n * (1 - 1e-12)


def test_people_in_groups_say_less():
    found = {rho: design_effect(9, float(rho)) for rho in ("0.05", "0.1", "0.02")}
    printed = ORACLES["O7b_planning"]["clustering"]
    assert {f"m=9,rho={rho}": each for rho, each in found.items()} == pytest.approx(printed)


@given(st.floats(1, 1e6), shares)
def test_groups_never_help_and_alone_they_do_no_harm(per_group, rho):
    assert 1 <= design_effect(per_group, rho) <= per_group * (1 + 1e-12)
    assert design_effect(1, rho) == design_effect(per_group, 0) == 1
    assert design_effect(per_group, 1) == pytest.approx(per_group)


@pytest.mark.parametrize("example", ORACLES["O4_composite_MOVER"])
def test_two_groups_as_one(example):
    given = [example[key] for key in ("p_parent", "neff_parent", "p_young", "neff_young")]
    found = composite(*given, example["alpha"])
    assert found == composite(*given)
    expected = [example[key] for key in ("composite", "mover_lo", "mover_hi")]
    assert agrees([found.share, found.low, found.high], expected, 6)


@given(shares, sizes, shares, sizes, shares)
def test_two_groups_as_one_lie_between_the_two(p1, n1, p2, n2, alpha):
    found = composite(p1, n1, p2, n2, alpha)
    assert min(p1, p2) - 1e-12 <= found.share <= max(p1, p2) + 1e-12
    assert -1e-12 <= found.low - 0 <= found.share <= found.high <= 1


@given(shares, sizes, shares, sizes, shares)
def test_it_does_not_matter_which_group_is_first(p1, n1, p2, n2, alpha):
    one, other = composite(p1, n1, p2, n2, alpha), composite(p2, n2, p1, n1, 1 - alpha)
    assert (one.share, one.low, one.high) == pytest.approx((other.share, other.low, other.high))


@given(shares, sizes, shares, sizes)
def test_all_the_weight_on_one_group_is_that_group(p1, n1, p2, n2):
    found, alone = composite(p1, n1, p2, n2, 1), wilson(p1, n1)
    assert (found.low, found.high) == pytest.approx((alone.low, alone.high), abs=1e-12)


def test_a_standard_error_worked_out_by_hand():
    example = ORACLES["O3d_tiny"]
    assert agrees(linearised_se(example["w"], example["y"]), example["linearised_se"], 6)
    assert weighted_mean(example["w"], example["y"], [1] * 4) == example["weighted_p"]


@given(weights, st.data())
def test_a_standard_error_does_not_depend_on_the_scale_of_weights(found, data):
    values = data.draw(st.lists(shares, min_size=len(found), max_size=len(found)))
    error = linearised_se(found, values)
    assert 0 <= error <= 1
    assert linearised_se([7 * w for w in found], values) == pytest.approx(error, abs=1e-12)
    assert linearised_se(found, [3 * y for y in values]) == pytest.approx(3 * error, abs=1e-9)
    assert linearised_se(found, [1 - y for y in values]) == pytest.approx(error, abs=1e-9)


@given(st.lists(st.tuples(st.floats(0.1, 9), shares, st.integers(1, 4)), min_size=1, max_size=9))
def test_people_who_are_alike_may_be_given_as_a_cell(cells):
    each = [(w, y) for w, y, count in cells for _ in range(count)]
    by_person = linearised_se([w for w, _ in each], [y for _, y in each])
    by_cell = linearised_se(*(list(column) for column in zip(*cells, strict=True)))
    assert by_cell == pytest.approx(by_person, abs=1e-12)


def test_equal_weights_give_the_standard_error_of_a_plain_share():
    assert linearised_se([2] * 100, [1] * 36 + [0] * 64) == pytest.approx(sqrt(0.36 * 0.64 / 100))


@given(weights)
def test_a_weighted_mean_of_one_value_is_that_value(found):
    ones = [1] * len(found)
    assert weighted_mean(found, [0.1] * len(found), ones) == 0.1
    assert linearised_se(found, [0.1] * len(found)) == 0


def test_limits_of_a_funnel():
    for area in ORACLES["O5_area_vs_rest"]:
        inner, outer = (funnel(177 / 531, area["n"], z) for z in (Z_95, Z_998))
        assert agrees([100 * inner.low, 100 * inner.high], area["funnel95"])
        assert agrees([100 * outer.low, 100 * outer.high], area["funnel998"])
    assert funnel(0.5, 100) == funnel(0.5, 100, Z_95)


@given(shares, sizes)
def test_a_funnel_narrows_with_people_and_stays_between_nobody_and_everybody(p, n):
    few, many = funnel(p, n), funnel(p, 4 * n)
    assert 0 <= few.low <= many.low <= p <= many.high <= few.high <= 1
    if few.low > 0:
        assert p - few.low == pytest.approx(2 * (p - many.low), abs=1e-9)


def test_how_many_people_a_margin_takes():
    found = {key: sample_for_margin(float(key)) for key in ("0.03", "0.05", "0.10")}
    assert found == ORACLES["O7b_planning"]["n_for_margin"]
    assert sample_for_margin(1) == 1


def test_a_whole_number_of_people_is_not_rounded_up_for_a_hair():
    assert sample_for_margin(Z_95 / 20) == 100


@given(st.floats(0.001, 0.5))
def test_so_many_people_keep_the_margin_and_one_fewer_does_not(margin):
    n = sample_for_margin(margin)
    assert Z_95 * sqrt(0.25 / n) <= margin + 1e-9
    assert n == 1 or Z_95 * sqrt(0.25 / (n - 1)) > margin - 1e-9


def test_how_many_people_each_wave_takes():
    found = {f"33->{p}": needed_per_wave(0.33, p / 100) for p in (38, 40, 43)}
    assert found == ORACLES["O7b_planning"]["n_per_wave_to_detect"]


@given(shares, shares, st.floats(0.5, 0.95))
def test_a_fall_takes_as_many_people_as_a_rise_and_more_power_takes_more(p1, p2, power):
    assume(abs(p1 - p2) > 1e-5)
    assert needed_per_wave(p1, p2) == needed_per_wave(p2, p1) == needed_per_wave(p1, p2, 0.8)
    assert needed_per_wave(p1, p2, power) <= needed_per_wave(p1, p2, power + 0.04)


@given(st.floats(0.01, 0.2), st.floats(0.01, 0.2))
def test_a_larger_gap_takes_fewer_people(small, more):
    assert needed_per_wave(0.5, 0.5 + small + more) <= needed_per_wave(0.5, 0.5 + small)


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: wilson(nan, 5), "A share must be a number from 0 to 1."),
        (lambda: wilson(1.01, 5), "A share must be a number from 0 to 1."),
        (lambda: wilson(-0.01, 5), "A share must be a number from 0 to 1."),
        (lambda: wilson(0.5, nan), "The number of people must be a number."),
        (lambda: wilson(0.5, 5, 0), "z must be above 0"),
        (lambda: finite_population(0, 5, 9), "The number of people must be above 0"),
        (lambda: finite_population(5, 0, 9), "The number of people must be above 0"),
        (lambda: finite_population(5, 5, inf), "The population must be above 0, and at most"),
        (lambda: finite_population(5, 5, 4), "More people replied than are on the list."),
        (lambda: design_effect(0.9, 0.1), "A group must have at least one person."),
        (lambda: design_effect(nan, 0.1), "The number of people in a group must be above 0"),
        (lambda: design_effect(9, 1.1), "rho must be a number from 0 to 1."),
        (lambda: composite(0.5, 0, 0.5, 9), "The number of people must be above 0"),
        (lambda: composite(0.5, 9, 0.5, 0), "The number of people must be above 0"),
        (lambda: composite(0.5, 9, 0.5, 9, 2), "The weight of the first group must be"),
        (lambda: composite(0.5, 9, nan, 9), "A share must be a number from 0 to 1."),
        (lambda: linearised_se([], []), "somebody whose weight is above 0"),
        (lambda: linearised_se([0], [1]), "somebody whose weight is above 0"),
        (lambda: linearised_se([1], [1], [0]), "somebody whose weight is above 0"),
        (lambda: linearised_se([1], [1], [-1]), "The number of people in a cell must be"),
        (lambda: linearised_se([1], [1], [1, 1]), "Weights and counts must be lists of the same"),
        (lambda: linearised_se([2, -1], [1, 1]), "A weight must not be below 0."),
        (lambda: linearised_se([nan], [1]), "The weights must be numbers"),
        (lambda: linearised_se([1], [inf]), "The values must be numbers"),
        (lambda: linearised_se([1], [1, 1]), "Weights and values must be lists of the same"),
        (lambda: funnel(2, 9), "A share must be a number from 0 to 1."),
        (lambda: funnel(0.5, 0), "The number of people must be above 0"),
        (lambda: funnel(0.5, 9, nan), "z must be above 0"),
        (lambda: sample_for_margin(0), "The margin must be at least a millionth."),
        (lambda: sample_for_margin(nan), "The margin must be a number from 0 to 1."),
        (lambda: needed_per_wave(0.4, 0.4), "The two shares must differ."),
        (lambda: needed_per_wave(0.4, 1.4), "A share must be a number from 0 to 1."),
        (lambda: needed_per_wave(-0.4, 0.4), "A share must be a number from 0 to 1."),
        (lambda: needed_per_wave(0.4, 0.5, 1), "The power must be between 0 and 1."),
        (lambda: needed_per_wave(0.4, 0.5, 0), "The power must be between 0 and 1."),
    ],
)
def test_what_cannot_be_is_one_sentence(refused, sentence):
    with pytest.raises(InvalidInputError) as said:
        refused()
    assert sentence in str(said.value)


def test_the_margin_may_be_a_millionth_and_the_size_as_large_as_a_million_million():
    assert isfinite(sample_for_margin(1e-6))
    assert funnel(0.5, 1e12).high > 0.5
    assert funnel(0.5, 1e-9).high == 1
