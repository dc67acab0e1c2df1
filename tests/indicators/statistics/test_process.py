from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.process import Cusum, cusum, p_chart, xmr
from engage.indicators.statistics.signals import Flags, flags
from tests.indicators.statistics.examples import ORACLES, agrees

MONTHS = ORACLES["O6_p_chart"]
SINGLE = ORACLES["O6b_XmR"]
EARLY = ORACLES["O6c_CUSUM"]
SHARES = [x / n for x, n in zip(MONTHS["x"], MONTHS["n"], strict=True)]
QUIET = Flags((), (), (), ())

months = st.lists(
    st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=24,
)
values = st.lists(st.floats(-1000, 1000), min_size=2, max_size=24)


def columns(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def by_rule(found: Flags):
    return {
        "outside": list(found.outside),
        "shift7": list(found.shift),
        "trend7": list(found.trend),
        "two_of_three": list(found.two_of_three),
    }


def test_a_chart_of_shares():
    found = p_chart(MONTHS["x"], MONTHS["n"])
    assert agrees([found.centre, found.sigma_laney], [MONTHS["pbar"], MONTHS["sigma_z_laney"]], 8)
    assert found.sigma_used == 1
    assert agrees(list(found.shares), MONTHS["p"], 6)
    assert agrees([list(found.upper), list(found.lower)], [MONTHS["ucl"], MONTHS["lcl"]], 6)
    assert agrees(list(found.upper_used), MONTHS["ucl_prime"], 6)
    assert agrees(list(found.lower_used), MONTHS["lcl_prime"], 6)
    assert by_rule(found.flags) == MONTHS["flags"]
    assert agrees(list(found.z), EARLY["z"], 6)
    assert not found.is_trial
    assert found == p_chart(MONTHS["x"], MONTHS["n"], MONTHS["baseline_points"])


def test_limits_are_widened_where_months_differ_by_more_than_chance():
    x, n = [400, 600] * 6, [1000] * 12
    found = p_chart(x, n)
    # Each month is 0.1 from the centre, which is 6.32 standard deviations; each step is 12.65.
    assert found.sigma_used == found.sigma_laney == pytest.approx(12.649 / 1.128, abs=1e-3)
    assert found.upper[0] == pytest.approx(0.5 + 3 * 0.0158114)
    assert found.upper_used[0] == 1
    assert found.lower_used[0] == 0
    assert found.flags == QUIET


def test_limits_stand_once_they_are_locked():
    early = p_chart(MONTHS["x"][:12], MONTHS["n"][:12])
    late = p_chart(MONTHS["x"], MONTHS["n"])
    assert early.centre == late.centre
    assert early.upper_used == late.upper_used[:12]
    other = p_chart(MONTHS["x"], MONTHS["n"], 20)
    assert other.centre == pytest.approx(sum(MONTHS["x"]) / sum(MONTHS["n"]))


@pytest.mark.parametrize(("points", "is_trial"), [(2, True), (11, True), (12, False)])
def test_fewer_than_twelve_months_have_trial_limits(points, is_trial):
    assert p_chart(MONTHS["x"][:points], MONTHS["n"][:points]).is_trial is is_trial
    assert xmr(SHARES[:points]).is_trial is is_trial


def test_one_month_is_a_chart_too():
    found = p_chart([3], [10])
    assert (found.centre, found.z, found.sigma_laney, found.sigma_used) == (0.3, (0,), 0, 1)
    assert found.flags == QUIET


@pytest.mark.parametrize("share", [0, 1])
def test_a_month_unlike_all_others_is_outside_though_nothing_ever_varied(share):
    found = p_chart([10 * share] * 12 + [5], [10] * 13)
    assert found.flags.outside == (13,)
    assert found.z[12] == 0
    assert found.lower == found.upper == (share,) * 13


@given(months)
def test_a_chart_of_shares_holds_together(rows):
    x, n = columns(rows)
    found = p_chart(x, n)
    for low, high, wide_low, wide_high in zip(
        found.lower, found.upper, found.lower_used, found.upper_used, strict=True
    ):
        assert 0 <= wide_low <= low <= found.centre <= high <= wide_high <= 1
    assert found.sigma_used >= 1
    mirrored = p_chart([b - a for a, b in rows], n)
    assert mirrored.centre == pytest.approx(1 - found.centre)
    assert mirrored.upper_used == pytest.approx([1 - low for low in found.lower_used], abs=1e-9)
    assert mirrored.z == pytest.approx([-z for z in found.z], abs=1e-6)


def test_a_chart_of_single_values():
    found = xmr(SHARES)
    assert agrees(
        [found.centre, found.upper, found.lower], [SINGLE[k] for k in ("mean", "upl", "lpl")], 8
    )
    assert agrees(found.moving_range, SINGLE["avg_moving_range"], 8)
    assert agrees(found.moving_range_screened, SINGLE["amr_screened"], 8)
    assert by_rule(found.flags) == SINGLE["flags"]
    assert found == xmr(SHARES, SINGLE["baseline_points"])


def test_values_may_be_up_to_a_million_million_either_way():
    assert xmr([1e12, -1e12]).centre == 0


def test_one_great_leap_does_not_widen_the_limits():
    found = xmr([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 30])
    assert found.moving_range == pytest.approx(40 / 11)
    assert found.moving_range_screened == 1
    assert found.upper == pytest.approx(35 / 12 + 2.66)
    assert found.lower == pytest.approx(35 / 12 - 2.66)
    assert 12 in found.flags.outside


def test_a_leap_just_within_the_screen_counts():
    found = xmr([0, 1, 0, 1, 0, 4], 6)
    assert found.moving_range == found.moving_range_screened == 8 / 5


@given(values, st.floats(-100, 100), st.floats(0.1, 10))
def test_single_values_may_be_in_any_unit(found, start, scale):
    plain, other = xmr(found), xmr([start + scale * value for value in found])
    assert plain.lower <= plain.centre <= plain.upper
    assert plain.moving_range_screened <= plain.moving_range + 1e-9
    assert other.centre == pytest.approx(start + scale * plain.centre, abs=1e-6)
    assert other.moving_range == pytest.approx(scale * plain.moving_range, abs=1e-6)


@given(values)
def test_values_upside_down_have_their_limits_upside_down(found):
    plain, mirrored = xmr(found), xmr([-value for value in found])
    assert mirrored.upper == pytest.approx(-plain.lower, abs=1e-9)
    assert mirrored.flags == plain.flags


def test_an_early_warning():
    z = p_chart(MONTHS["x"], MONTHS["n"]).z
    found = cusum(z, EARLY["k"], EARLY["h"])
    assert agrees([list(found.above), list(found.below)], [EARLY["c_plus"], EARLY["c_minus"]], 6)
    assert (found.first_above, found.first_below) == (17, None)
    assert cusum(z) == found


def test_an_early_warning_by_hand():
    assert cusum([1, 2, -3, 4], 1, 1) == Cusum((0, 1, 0, 3), (0, 0, 2, 0), 4, 3)
    assert cusum([2, 0], 1, 1).first_above is None  # at the limit is not over it
    assert cusum([]) == Cusum((), (), None, None)
    assert cusum([1], 0, 4).above == (1,)


@given(st.lists(st.floats(-9, 9)), st.floats(0, 3), st.floats(0.1, 9))
def test_a_warning_downwards_is_one_upwards_upside_down(z, k, h):
    there, back = cusum(z, k, h), cusum([-each for each in z], k, h)
    assert (there.above, there.first_above) == (back.below, back.first_below)
    assert all(each >= 0 for each in there.above)


def flagged(values, centre=0.0, sigma=1.0):
    return flags(values, centre, [sigma] * len(values))


@pytest.mark.parametrize(
    ("values", "outside"),
    [([0, 3.01, 0], (2,)), ([0, -3.01], (2,)), ([3, -3], ()), ([4, 0, -4], (1, 3))],
)
def test_a_point_outside_the_limits(values, outside):
    assert flagged(values).outside == outside


@pytest.mark.parametrize(
    ("values", "shift"),
    [
        ([1] * 6, ()),
        ([1] * 7, (1, 2, 3, 4, 5, 6, 7)),
        ([-1] * 7, (1, 2, 3, 4, 5, 6, 7)),
        ([-1, *[1] * 8, -1], (2, 3, 4, 5, 6, 7, 8, 9)),
        ([1, 1, 1, 0, 1, 1, 1, 1], ()),  # on the mean is on no side
        ([1, 1, 1, -1, 1, 1, 1, 1], ()),
        ([0] * 9, ()),
    ],
)
def test_seven_in_a_row_on_one_side(values, shift):
    assert flagged(values).shift == shift


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ([0, 1, 2, 3, 4, 5], ()),
        ([0, 1, 2, 3, 4, 5, 6], (1, 2, 3, 4, 5, 6, 7)),
        ([6, 5, 4, 3, 2, 1, 0], (1, 2, 3, 4, 5, 6, 7)),
        ([9, 0, 1, 2, 3, 4, 5, 6, 7], (2, 3, 4, 5, 6, 7, 8, 9)),
        ([0, 1, 2, 2, 3, 4, 5, 6], ()),
        ([1, 1, 1, 1, 1, 1, 1], ()),
    ],
)
def test_seven_in_a_row_rising_or_falling(values, trend):
    assert flagged(values, centre=3.5, sigma=100).trend == trend


@pytest.mark.parametrize(
    ("values", "near"),
    [
        ([2.1, 2.1, 0], (1, 2)),
        ([2.1, 0, 2.1], (1, 3)),
        ([2.1, 0, 0, 2.1], ()),
        ([2.1, -2.1, 0], ()),
        ([-2.1, 0, -2.1], (1, 3)),
        ([2, 2, 2], ()),
        ([0, 2.1, 2.1, 2.1], (2, 3, 4)),
        ([3.5, 2.1, 0], (1, 2)),
        ([2.1, 2.1], ()),
    ],
)
def test_two_of_three_near_a_limit_on_the_same_side(values, near):
    assert flagged(values).two_of_three == near


def test_each_point_has_limits_of_its_own():
    assert flags([2, 2], 0, [0.5, 1]).outside == (1,)


@given(st.lists(st.floats(-5, 5), max_size=20))
def test_the_rules_do_not_care_which_way_is_up_or_which_way_time_goes(found):
    upside_down = flagged([-value for value in found])
    assert upside_down == flagged(found)
    size = len(found)
    backwards = flagged(found[::-1])
    for there, back in zip(
        by_rule(flagged(found)).values(), by_rule(backwards).values(), strict=True
    ):
        assert there == sorted(size + 1 - point for point in back)


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: p_chart([], []), "at least one point"),
        (lambda: p_chart([1], [5, 5]), "x and n must be lists of the same length"),
        (lambda: p_chart([6], [5]), "A part of the people"),
        (lambda: p_chart([0], [0]), "The number of people must be above 0"),
        (lambda: p_chart([1], [5], 1), "The baseline needs at least two points."),
        (lambda: p_chart([1], [5], 2.5), "The number of baseline points must be a whole"),
        (lambda: xmr([]), "at least two points"),
        (lambda: xmr([1]), "at least two points"),
        (lambda: xmr([1, nan]), "The values must be numbers"),
        (lambda: xmr([1, 1.01e12]), "at most a million million"),
        (lambda: xmr([1, 2], 1), "The baseline needs at least two points."),
        (lambda: cusum([nan]), "The values must be numbers"),
        (lambda: cusum([1], k=-0.1), "k must not be below 0."),
        (lambda: cusum([1], k=inf), "k and h must be numbers"),
        (lambda: cusum([1], h=0), "h must be above 0"),
    ],
)
def test_what_cannot_be_is_one_sentence(refused, sentence):
    with pytest.raises(InvalidInputError) as said:
        refused()
    assert sentence in str(said.value)
