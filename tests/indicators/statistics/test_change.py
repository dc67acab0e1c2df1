from math import inf, isfinite, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.change import (
    Change,
    Paired,
    Trend,
    benjamini_hochberg,
    cochran_armitage,
    holm,
    mcnemar,
    pooled,
    smallest_rise,
    two_proportions,
    two_sided,
    verdict,
)
from engage.indicators.statistics.proportions import needed_per_wave
from tests.indicators.statistics.examples import ORACLES, agrees, waves

shares = st.floats(0, 1)
sizes = st.floats(1, 1e6)
counts = st.integers(0, 500)
p_values = st.lists(shares, max_size=12)


@pytest.mark.parametrize("example", ORACLES["O2_two_proportion"])
def test_two_waves(example):
    p1, p2 = example["x1"] / example["n1"], example["x2"] / example["n2"]
    found = two_proportions(p1, example["n1"], p2, example["n2"])
    assert agrees([found.z, found.p_value], [example["z"], example["p_value"]], 6)
    points = [100 * each for each in (found.difference, found.low, found.high)]
    assert agrees(points, [example[f"{k}_pp"] for k in ("diff", "newcombe_lo", "newcombe_hi")])


@pytest.mark.parametrize("example", ORACLES["O2b_two_proportion_effective_n"])
def test_two_waves_of_effective_people(example):
    given = [example[key] for key in ("p1", "neff1", "p2", "neff2")]
    found = two_proportions(*given)
    assert agrees([found.z, found.p_value], [example["z"], example["p_value"]], 6)
    assert agrees(
        [100 * found.low, 100 * found.high], [example["newcombe_lo_pp"], example["newcombe_hi_pp"]]
    )
    assert agrees(pooled(*given), example["pooled"], 6)


@given(shares, sizes, shares, sizes)
def test_a_gap_lies_in_its_range_and_its_mirror_is_the_gap_back(p1, n1, p2, n2):
    there, back = two_proportions(p1, n1, p2, n2), two_proportions(p2, n2, p1, n1)
    assert -1 <= there.low <= there.difference <= there.high <= 1
    assert 0 <= there.p_value <= 1
    assert (there.difference, there.z) == pytest.approx((-back.difference, -back.z))
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.p_value == pytest.approx(back.p_value)


@given(shares, shares, sizes)
def test_four_times_the_people_double_z(p1, p2, n):
    once, more = two_proportions(p1, n, p2, n), two_proportions(p1, 4 * n, p2, 4 * n)
    assert more.z == pytest.approx(2 * once.z, abs=1e-9)
    assert more.p_value <= once.p_value + 1e-12


@pytest.mark.parametrize("p", [0, 1])
def test_nobody_or_everybody_in_both_waves_is_no_change(p):
    found = two_proportions(p, 10, p, 20)
    assert (found.z, found.p_value, found.difference) == (0, 1, 0)


def test_a_normal_deviation_as_a_p_value():
    assert two_sided(1.959963984540054) == two_sided(-1.959963984540054) == pytest.approx(0.05)
    assert two_sided(0) == 1


def change(difference, p_value):
    return Change(difference, 0, p_value, -1, 1)


@pytest.mark.parametrize(
    ("difference", "p_value", "said"),
    [
        (0.03, 0.0499, "up"),
        (-0.03, 0.0499, "down"),
        (0.36 - 0.33, 0.01, "up"),  # a hair under 0.03 in floating point
        (0.0299, 0.001, "none"),
        (-0.0299, 0.001, "none"),
        (0.2, 0.05, "none"),
        (-0.2, 0.051, "none"),
        (0, 0.01, "none"),
    ],
)
def test_a_change_is_said_only_where_it_is_clear_and_large_enough(difference, p_value, said):
    assert verdict(change(difference, p_value)) == said


def test_an_area_needs_a_larger_gap():
    assert verdict(change(0.04, 0.01)) == "up"
    assert verdict(change(0.04, 0.01), least=0.05) == "none"
    assert verdict(change(-0.05, 0.01), least=0.05) == "down"


def test_no_gap_at_all_is_no_change_even_where_none_is_asked_for():
    assert verdict(change(0.0, 0.01), least=0) == "none"


@given(shares, sizes, shares, sizes)
def test_what_goes_up_comes_down_again(p1, n1, p2, n2):
    opposite = {"up": "down", "down": "up", "none": "none"}
    there, back = two_proportions(p1, n1, p2, n2), two_proportions(p2, n2, p1, n1)
    assert verdict(there) == opposite[verdict(back)]


@pytest.mark.parametrize(
    ("n", "points"),
    [(135, 16.7), (294, 11.2), (400, 9.6), (531, 8.3), (850, 6.5), (1414, 5.1)],
)
def test_the_smallest_rise_that_can_be_seen(n, points):
    assert round(100 * smallest_rise(1 / 3, n), 1) == points


@given(st.floats(0, 0.9), st.integers(100, 100_000))
def test_the_smallest_rise_takes_just_so_many_people(p, n):
    rise = smallest_rise(p, n)
    assert 0 < rise <= 1 - p
    assert needed_per_wave(p, p + rise) == pytest.approx(n, abs=1)
    assert smallest_rise(p, 4 * n) < rise


def test_more_power_needs_a_larger_rise():
    assert (
        smallest_rise(0.3, 400, power=0.9) > smallest_rise(0.3, 400) == smallest_rise(0.3, 400, 0.8)
    )


def test_corrections_for_several_areas():
    rows = ORACLES["O5_area_vs_rest"]
    raw = [row["p"] for row in rows]
    assert agrees(list(holm(raw)), [row["p_holm"] for row in rows], 5)
    assert list(benjamini_hochberg(raw)) == pytest.approx([row["p_bh"] for row in rows], abs=1e-6)


def test_corrections_worked_out_by_hand():
    assert holm([0.03, 0.01, 0.04]) == pytest.approx((0.06, 0.03, 0.06))
    assert benjamini_hochberg([0.03, 0.01, 0.5]) == pytest.approx((0.045, 0.03, 0.5))
    assert benjamini_hochberg([0.04, 0.03, 0.9]) == pytest.approx((0.06, 0.06, 0.9))
    assert holm([]) == benjamini_hochberg([]) == ()
    assert holm([0.2]) == benjamini_hochberg([0.2]) == (0.2,)


@given(p_values)
def test_corrections_keep_the_order_and_never_make_it_surer(raw):
    by_holm, by_bh = holm(raw), benjamini_hochberg(raw)
    for p, strict, mild in zip(raw, by_holm, by_bh, strict=True):
        assert p - 1e-12 <= mild <= strict + 1e-12 <= 1 + 1e-12
    order = sorted(range(len(raw)), key=raw.__getitem__)
    for found in (by_holm, by_bh):
        in_order = [found[at] for at in order]
        assert in_order == sorted(in_order)


@given(p_values, st.randoms())
def test_corrections_come_in_the_order_given(raw, random):
    shuffled = list(range(len(raw)))
    random.shuffle(shuffled)
    for correct in (holm, benjamini_hochberg):
        there = correct([raw[at] for at in shuffled])
        assert sorted(there) == pytest.approx(sorted(correct(raw)))


def test_a_trend_over_waves():
    example = ORACLES["O13_cochran_armitage"]
    found = cochran_armitage(example["x"], example["n"], example["t"])
    assert agrees([found.z, found.p_value], [example["z"], example["p"]], 6)
    assert cochran_armitage(example["x"], example["n"]) == found


@given(waves, st.floats(0.1, 50), st.floats(-9, 9))
def test_a_trend_turns_round_with_time_and_does_not_care_how_it_is_counted(found, scale, start):
    x, n = ([each[at] for each in found] for at in (0, 1))
    forward = cochran_armitage(x, n)
    backward = cochran_armitage(x[::-1], n[::-1])
    others = cochran_armitage([b - a for a, b in found], n)
    elsewhere = cochran_armitage(x, n, [start + scale * at for at in range(len(n))])
    assert 0 <= forward.p_value <= 1
    assert backward.z == pytest.approx(-forward.z, abs=1e-6)
    assert others.z == pytest.approx(-forward.z, abs=1e-6)
    assert elsewhere.z == pytest.approx(forward.z, abs=1e-6)


@given(waves)
def test_a_trend_over_two_waves_is_the_test_of_two_waves(found):
    (x1, n1), (x2, n2) = found[:2]
    trend = cochran_armitage([x1, x2], [n1, n2])
    assert trend.z == pytest.approx(two_proportions(x1 / n1, n1, x2 / n2, n2).z, abs=1e-9)


@pytest.mark.parametrize("x", [[0, 0], [5, 5]])
def test_nobody_or_everybody_in_all_waves_is_no_trend(x):
    assert cochran_armitage(x, [5, 5]) == Trend(0, 1)


def test_the_same_people_asked_twice():
    example = ORACLES["O12_mcnemar"]
    found = mcnemar(example["table"])
    expected = [example[key] for key in ("exact_p", "chi2_cc", "chi2_p")]
    assert agrees([found.p_exact, found.chi2, found.p_chi2], expected, 5)


def test_nobody_changed_and_as_many_either_way():
    assert mcnemar([[3, 0], [0, 9]]) == Paired(1, 0, 1)
    assert mcnemar([[3, 4], [4, 9]]) == Paired(1, 0, 1)


def test_exact_chances_by_hand():
    assert mcnemar([[0, 0], [5, 0]]).p_exact == pytest.approx(2 / 2**5)
    assert mcnemar([[0, 1], [5, 0]]).p_exact == pytest.approx(2 * 7 / 2**6)
    assert mcnemar([[0, 5], [1, 0]]).chi2 == pytest.approx(9 / 6)


@given(counts, counts, counts, counts)
def test_only_those_who_changed_count_and_either_way_alike(a, b, c, d):
    found = mcnemar([[a, b], [c, d]])
    assert found == mcnemar([[0, c], [b, 0]])
    assert 0 < found.p_exact <= 1
    assert 0 < found.p_chi2 <= 1
    assert found.chi2 >= 0


def test_many_people_who_changed_are_no_trouble():
    found = mcnemar([[0, 1_000_000], [1_000_900, 0]])
    assert found.p_exact == pytest.approx(found.p_chi2, abs=1e-6)


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: two_proportions(2, 9, 0.5, 9), "A share must be a number from 0 to 1."),
        (lambda: two_proportions(0.5, 9, nan, 9), "A share must be a number from 0 to 1."),
        (lambda: two_proportions(0.5, 0, 0.5, 9), "The number of people must be above 0"),
        (lambda: two_proportions(0.5, 9, 0.5, inf), "The number of people must be above 0"),
        (lambda: verdict(change(0.1, 0.1), 3), "The least gap must be a number from 0 to 1."),
        (lambda: smallest_rise(0.9, 5), "No rise from there could be told from chance"),
        (lambda: smallest_rise(1, 5000), "No rise from there could be told"),
        (lambda: smallest_rise(2, 5), "A share must be a number from 0 to 1."),
        (lambda: smallest_rise(0.5, 0), "The number of people must be above 0"),
        (lambda: smallest_rise(0.5, 500, 1), "The power must be between 0 and 1."),
        (lambda: holm([1.1]), "A p-value must be a number from 0 to 1."),
        (lambda: benjamini_hochberg([nan]), "A p-value must be a number from 0 to 1."),
        (lambda: cochran_armitage([1], [5]), "at least two waves"),
        (lambda: cochran_armitage([], []), "at least two waves"),
        (lambda: cochran_armitage([1, 1], [5, 5], [3, 3]), "at least two waves"),
        (lambda: cochran_armitage([1], [5, 5]), "Positives and bases must be lists of the same"),
        (lambda: cochran_armitage([1, 2], [5, 5], [1]), "Scores and bases must be lists of the"),
        (lambda: cochran_armitage([1, 2], [5, 5], [1, nan]), "The scores must be numbers"),
        (lambda: cochran_armitage([6, 2], [5, 5]), "A part of the people"),
        (lambda: cochran_armitage([0, 0], [0, 5]), "The number of people must be above 0"),
        (lambda: mcnemar([[1, 2]]), "two rows of two counts"),
        (lambda: mcnemar([[1, 2], [1]]), "two rows of two counts"),
        (lambda: mcnemar([[1, 2], [1, -1]]), "Each count of the table must be a whole number"),
        (lambda: mcnemar([[1, 2.5], [1, 1]]), "Each count of the table must be a whole number"),
    ],
)
def test_what_cannot_be_is_one_sentence(refused, sentence):
    with pytest.raises(InvalidInputError) as said:
        refused()
    assert sentence in str(said.value)


@given(shares, st.floats(1e-9, 1e12), shares, st.floats(1e-9, 1e12))
def test_no_size_gives_what_is_no_number(p1, n1, p2, n2):
    assume(p1 != p2)
    found = two_proportions(p1, n1, p2, n2)
    assert all(isfinite(each) for each in (found.z, found.p_value, found.low, found.high))
