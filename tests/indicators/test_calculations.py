import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engage.indicators.q.calculations import index, range_code
from engage.indicators.q.series import CONFIDENCE, HEADLINE, Reply
from engage.indicators.q.shares import Manner, count
from engage.indicators.statistics.proportions import Z_95, wilson
from engage.responses.disclosure import half_up

ORACLES = json.loads((Path(__file__).parent / "statistics" / "oracles.json").read_text())
CODES = {"5": 5, "4": 4, "3": 3, "2": 2, "1": 1}

people = st.integers(1, 5000)
shares = st.floats(0, 1)


@pytest.mark.parametrize("case", ORACLES["O1_wilson_95"])
def test_the_range_is_the_wilson_score_interval(case):
    found = wilson(case["x"] / case["n"], case["n"])
    assert (found.low, found.high) == pytest.approx((case["lower"], case["upper"]), abs=1e-6)


def test_the_range_is_a_95_per_cent_one():
    assert pytest.approx(ORACLES["z_975"]) == Z_95


def counted(values, part=HEADLINE):
    """Positive, negative and all, of so many people who said that of one part."""
    at = datetime(2026, 4, 1, tzinfo=UTC)
    found = count([Reply({part: value}, None, at) for value in values], part, Manner("B"))
    return found.people["positive"], found.people["negative"], found.base


def test_satisfied_and_dissatisfied_are_counted_among_those_who_gave_a_view():
    oracle = ORACLES["O10_distribution"]
    satisfied, dissatisfied, base = counted(
        CODES.get(code) for code, people in oracle["counts"].items() for _ in range(people)
    )
    assert (satisfied, base) == (oracle["top2"], oracle["valid_base"])
    assert 100 * satisfied / base == pytest.approx(oracle["top2_pct"], abs=1e-4)
    assert 100 * dissatisfied / base == pytest.approx(oracle["bottom2_pct"], abs=1e-4)


def test_three_symbols_count_as_the_ends_and_the_middle_of_five():
    assert counted([5, 3, 1, None]) == (1, 1, 3)


def test_confidence_has_four_points_and_its_upper_two_count():
    assert counted([4, 3, 2, 1], CONFIDENCE) == (2, 2, 4)


@pytest.mark.parametrize(("values", "base"), [([], 0), ([None, None], 0), ([5], 1)])
def test_nobody_all_missing_and_one_person_are_counted_too(values, base):
    satisfied, dissatisfied, given = counted(values)
    assert (satisfied, dissatisfied, given) == (base, 0, base)


def test_the_range_of_nobody_is_everything():
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)


@pytest.mark.parametrize(
    ("domains", "expected"),
    [*zip(ORACLES["O10b_q_index"]["responses"], ORACLES["O10b_q_index"]["index"], strict=True)],
)
def test_the_index_needs_four_of_the_six_domains(domains, expected):
    assert index(domains) == (None if expected is None else pytest.approx(expected, abs=1e-4))


@pytest.mark.parametrize(("value", "expected"), ORACLES["O11_rounding"]["half_up"].items())
def test_halves_are_rounded_up(value, expected):
    assert half_up(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("grade", "is_weighted", "name"),
    [
        ("A", False, "confidence"),
        ("A", True, "confidence"),
        ("B", True, "weighted"),
        ("B", False, "unweighted"),
        ("C", False, None),
    ],
)
def test_the_range_is_called_what_the_sample_deserves(grade, is_weighted, name):
    assert range_code(grade, is_weighted=is_weighted) == name


@given(shares, people)
def test_the_range_holds_the_share_and_stays_between_nobody_and_everybody(p, n):
    found = wilson(p, n)
    assert 0 <= found.low <= p <= found.high <= 1


@given(shares, people)
def test_satisfied_and_not_satisfied_have_mirrored_ranges(p, n):
    found, mirrored = wilson(p, n), wilson(1 - p, n)
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-9)


@given(shares, shares, people)
def test_a_higher_share_never_has_a_lower_range(p, q, n):
    assume(p <= q)
    lower, higher = wilson(p, n), wilson(q, n)
    assert lower.low <= higher.low + 1e-12
    assert lower.high <= higher.high + 1e-12


@given(shares, people, people)
def test_more_people_never_make_the_range_wider(p, m, n):
    assume(m <= n)
    few, many = wilson(p, m), wilson(p, n)
    assert many.high - many.low <= few.high - few.low + 1e-12


@given(st.lists(st.one_of(st.none(), st.integers(1, 5))))
def test_everybody_who_gave_a_view_is_counted_once(values):
    given = [value for value in values if value is not None]
    assert counted(values) == (
        sum(value >= 4 for value in given),
        sum(value <= 2 for value in given),
        len(given),
    )


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=6, max_size=6))
def test_the_index_is_between_0_and_100(domains):
    found = index(domains)
    assert found is None or 0 <= found <= 100
