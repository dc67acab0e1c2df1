from math import exp, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.rates import at_most, byar, exact
from tests.indicators.statistics.examples import ORACLES, agrees

events = st.integers(0, 5000)
denominators = st.floats(1, 1e6)


@pytest.mark.parametrize("example", ORACLES["O9_rates"])
def test_complaints_per_hundred(example):
    found = byar(example["events"], example["denominator"])
    assert agrees([found.rate, [found.low, found.high]], [example["rate_pct"], example["byar_pct"]])
    found = exact(example["events"], example["denominator"])
    assert agrees(
        [found.rate, [found.low, found.high]], [example["rate_pct"], example["exact_pct"]]
    )


def test_a_rate_may_be_per_any_number_of_people():
    hundred, thousand = byar(8, 12950), byar(8, 12950, per=1000)
    assert thousand.rate == pytest.approx(10 * hundred.rate)
    assert thousand.high == pytest.approx(10 * hundred.high)
    assert exact(8, 12950, 1).high == pytest.approx(exact(8, 12950).high / 100)


def test_no_event_at_all():
    assert (byar(0, 100).rate, byar(0, 100).low) == (0, 0)
    assert exact(0, 100).low == 0
    assert exact(0, 100).high == pytest.approx(3.688879)  # -log(0.025)
    assert byar(0, 100).high == pytest.approx(3.688879, abs=0.05)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(1, 0.025318, 5.571643), (10, 4.795389, 18.390356)]
)
def test_the_exact_range_is_the_printed_one(count, low, high):
    """Garwood's table, to six digits."""
    found = exact(count, 1, 1)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


@given(events, denominators)
def test_both_ranges_hold_the_rate_and_nearly_agree(count, denominator):
    near, sure = byar(count, denominator), exact(count, denominator)
    assert 0 <= near.low <= near.rate <= near.high
    assert 0 <= sure.low <= sure.rate <= sure.high
    unit = 100 / denominator
    assert near.low == pytest.approx(sure.low, abs=0.06 * unit)
    assert near.high == pytest.approx(sure.high, abs=0.06 * unit)


@given(events, denominators)
def test_more_events_mean_a_higher_range(count, denominator):
    for way in (byar, exact):
        fewer, more = way(count, denominator), way(count + 1, denominator)
        assert fewer.low <= more.low
        assert fewer.high <= more.high


@given(events, denominators)
def test_twice_the_people_are_half_the_rate(count, denominator):
    once, twice = byar(count, denominator), byar(count, 2 * denominator)
    assert (twice.rate, twice.low, twice.high) == pytest.approx(
        (once.rate / 2, once.low / 2, once.high / 2)
    )


@given(st.integers(0, 300), st.floats(0.001, 400))
def test_a_chance_is_a_chance(count, mean):
    assert 0 <= at_most(count, mean) <= at_most(count + 1, mean) + 1e-12 <= 1 + 2e-12
    assert at_most(count, mean * 1.1) <= at_most(count, mean) + 1e-12


def test_chances_by_hand():
    assert at_most(0, 2) == pytest.approx(exp(-2))
    assert at_most(2, 2) == pytest.approx(5 * exp(-2))
    assert at_most(1, 5) == pytest.approx(6 * exp(-5))
    assert at_most(3, 0.5) == pytest.approx(exp(-0.5) * (1 + 0.5 + 0.125 + 0.125 / 6))
    assert at_most(3, 0) == 1


def test_a_million_events_are_no_trouble():
    found = exact(1_000_000, 1, 1)
    assert found.low == pytest.approx(byar(1_000_000, 1, 1).low, rel=1e-6)


def test_a_million_million_is_the_most():
    assert byar(10**12, 1e12, per=1).rate == 1


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: byar(-1, 9), "The number of events must be a whole number"),
        (lambda: byar(1.5, 9), "The number of events must be a whole number"),
        (lambda: byar(True, 9), "The number of events must be a whole number"),
        (lambda: byar(10**12 + 1, 9), "The number of events must be a whole number"),
        (lambda: byar(1, 0), "The denominator must be above 0"),
        (lambda: byar(1, nan), "The denominator must be above 0"),
        (lambda: byar(1, 9, 0), "What the rate is per must be above 0"),
        (lambda: exact(-1, 9), "The number of events must be a whole number"),
        (lambda: exact(1, 0), "The denominator must be above 0"),
    ],
)
def test_what_cannot_be_is_one_sentence(refused, sentence):
    with pytest.raises(InvalidInputError) as said:
        refused()
    assert sentence in str(said.value)
