"""What stands out among months: the worked examples through the very sums of the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.pulse.chart import chart, chart_of, varies
from engage.indicators.statistics.process import cusum
from tests.indicators.statistics.examples import ORACLES

MONTHS, SINGLE, EARLY = (ORACLES[name] for name in ("O6_p_chart", "O6b_XmR", "O6c_CUSUM"))
PERCENTS = [100 * x / n for x, n in zip(MONTHS["x"], MONTHS["n"], strict=True)]
NAMES = {"outside": "outside", "shift": "shift7", "trend": "trend7", "two_of_three": "two_of_three"}
QUIET = [40, 44, 41, 45, 42, 43, 41]

percents = st.lists(st.integers(0, 100), min_size=7, max_size=30)
bases = st.integers(6, 60).map(lambda fives: 5 * fives)
several = st.lists(st.tuples(st.integers(0, 100), bases), max_size=30)


def by_rule(found):
    """The points of each rule, as the worked examples print them."""
    return {
        printed: sorted(
            point for each in found.signals for point in each.points if rule in dict(each.rules)
        )
        for rule, printed in NAMES.items()
    }


def in_per_cent(shares):
    return pytest.approx([100 * each for each in shares], abs=0.0051)


def published(shares, base=40):
    return [{"positive": share, "base": base} for share in shares]


def kinds(shares):
    """Of each point that stands out."""
    found = chart(shares, [40] * len(shares))
    return {point: each.kind for each in found.signals for point in each.points}


def test_months_of_very_different_size_have_limits_of_their_own():
    found = chart(PERCENTS, MONTHS["n"])
    assert found.kind == "p"
    assert found.mean == pytest.approx(100 * MONTHS["pbar"], abs=0.0051)
    assert found.upper == in_per_cent(MONTHS["ucl_prime"])
    assert found.lower == in_per_cent(MONTHS["lcl_prime"])
    assert by_rule(found) == MONTHS["flags"]


def test_months_of_like_size_share_one_pair_of_limits():
    found = chart([100 * value for value in SINGLE["values"]], [40] * 20)
    assert found.kind == "xmr"
    assert found.mean == pytest.approx(100 * SINGLE["mean"], abs=0.0051)
    assert found.upper == in_per_cent([SINGLE["upl"]] * 20)
    assert found.lower == in_per_cent([SINGLE["lpl"]] * 20)
    assert by_rule(found) == SINGLE["flags"]


def test_the_early_warning_can_be_worked_out_from_what_is_published():
    found = chart(PERCENTS, MONTHS["n"])
    away = [
        3 * (share - found.mean) / (upper - found.mean)
        for share, upper in zip(PERCENTS, found.upper, strict=True)
    ]
    assert away == pytest.approx(EARLY["z"], abs=0.002)
    assert cusum(away).first_above == 17


def test_whole_percentages_of_rounded_bases_tell_the_same_story():
    found = chart([round(each) for each in PERCENTS], [round(n / 5) * 5 for n in MONTHS["n"]])
    assert by_rule(found)["outside"] == MONTHS["flags"]["outside"]
    assert by_rule(found)["shift7"] == MONTHS["flags"]["shift7"]


@pytest.mark.parametrize(
    ("sizes", "far"), [([40, 50], False), ([40, 40, 55], False), ([30, 60], True)]
)
def test_a_quarter_more_or_less_than_the_mean_is_much(sizes, far):
    assert varies(sizes) is far


@pytest.mark.parametrize("count", range(7))
def test_fewer_than_seven_points_have_no_limits_at_all(count):
    found = chart_of(published(QUIET[:count]))
    assert found["kind"] is None
    assert found["mean"] is None
    assert (found["lower"], found["upper"], found["signals"]) == ([], [], [])


@pytest.mark.parametrize(("count", "is_trial"), [(7, True), (11, True), (12, False), (20, False)])
def test_limits_of_fewer_than_twelve_points_are_for_trial(count, is_trial):
    shares = (QUIET * 3)[:count]
    assert chart(shares, [40] * count).is_trial is is_trial


def test_the_first_twelve_points_settle_the_limits():
    early, late = QUIET + QUIET[:5], [60] * 9
    before, after = chart(early, [40] * 12), chart(early + late, [40] * 21)
    assert (before.mean, before.upper[0]) == (after.mean, after.upper[0])


def test_a_long_run_above_the_mean_is_good_news_and_below_it_bad():
    assert kinds([42, 40] * 6 + [43] * 7) == dict.fromkeys(range(13, 20), "improvement")
    assert set(kinds([40, 42] * 6 + [39] * 7).values()) == {"concern"}


def test_a_long_rise_is_good_news_and_a_long_fall_bad():
    wide = [20, 80] * 6
    assert kinds([*wide, 40, 44, 48, 52, 56, 60, 64]) == dict.fromkeys(range(13, 20), "improvement")
    assert kinds([*wide, 64, 60, 56, 52, 48, 44, 40])[19] == "concern"


def test_bad_news_leads_where_a_point_is_both():
    # Seven above the mean, and each lower than the one before.
    found = chart([20, 60] * 6 + [57, 55, 53, 51, 49, 47, 45], [40] * 19)
    (last,) = [each for each in found.signals if 19 in each.points]
    assert dict(last.rules) == {"shift": "improvement", "trend": "concern"}
    assert last.kind == "concern"


def test_a_point_without_a_number_is_left_out_and_keeps_its_place():
    shares = [40, 42] * 6
    with_gap = chart_of(published([*shares[:3], "under 15", *shares[3:], None, 90]))
    assert with_gap["placed"] == 13
    assert with_gap["mean"] == chart(shares, [40] * 12).mean
    assert with_gap["upper"][3] is None
    assert with_gap["signals"][0]["points"] == [15]


def test_points_that_are_all_the_same_are_the_usual():
    found = chart([50] * 12, [40] * 12)
    assert (found.mean, found.lower[0], found.upper[0]) == (50, 50, 50)
    assert found.signals == ()


@given(several)
def test_whatever_is_published_has_a_chart(rows):
    points = [{"positive": share, "base": base} for share, base in rows]
    found = chart_of(points)
    assert (found["kind"] is None) == (len(rows) < 7)
    if found["kind"]:
        ends = zip(found["lower"], found["upper"], strict=True)
        assert all(0 <= low <= found["mean"] <= high <= 100 for low, high in ends)
    numbers = [point for each in found["signals"] for point in each["points"]]
    assert numbers == sorted(set(numbers))
    assert set(numbers) <= set(range(1, len(rows) + 1))


@given(percents)
def test_upside_down_good_news_is_bad_news(shares):
    mirrored = [100 - share for share in shares]
    plain, other = (chart(each, [40] * len(shares)) for each in (shares, mirrored))
    assert by_rule(plain) == by_rule(other)
    opposite = {"improvement": "concern", "concern": "improvement"}
    turned = [[(rule, opposite[news]) for rule, news in each.rules] for each in plain.signals]
    assert turned == [list(each.rules) for each in other.signals]


@given(percents, st.integers(0, 20))
def test_more_months_never_move_settled_limits(shares, more):
    early = (shares * 2)[:12]
    before, after = (chart(each, [40] * len(each)) for each in (early, early + [more] * 5))
    assert (before.mean, before.lower[0], before.upper[0]) == (
        after.mean,
        after.lower[0],
        after.upper[0],
    )
