"""Each area beside all the others."""

from math import isfinite

import pytest
from hypothesis import given

from engage.errors import InvalidInputError
from engage.indicators.statistics.change import area_against_rest
from engage.indicators.statistics.proportions import Interval, wilson
from tests.indicators.statistics.examples import ORACLES, agrees, waves


def test_no_area_differs_from_the_rest():
    rows = ORACLES["O5_area_vs_rest"]
    found = area_against_rest(
        {str(row["area"]): row["x"] for row in rows}, {str(row["area"]): row["n"] for row in rows}
    )
    for row in rows:
        area = found[str(row["area"])]
        assert agrees([area.z, area.p_value], [row["z_vs_rest"], row["p"]], 6)
        assert agrees([area.p_holm, area.p_bh], [row["p_holm"], row["p_bh"]], 5)
        percents = [100 * each for each in (area.share, area.range.low, area.range.high)]
        assert agrees(percents, [row["pct"], *row["wilson"]])
    assert list(found) == [str(row["area"]) for row in rows]
    assert found["1"].rest == pytest.approx((177 - 20) / (531 - 62))


def test_one_area_that_does_differ():
    found = area_against_rest({"a": 90, "b": 30, "c": 33}, {"a": 100, "b": 100, "c": 100})
    assert found["a"].z > 0
    assert found["a"].p_holm == pytest.approx(3 * found["a"].p_value)
    assert found["a"].p_holm < 0.05
    assert found["b"].z < 0
    assert found["a"].share > found["a"].funnel_998.high > found["a"].funnel_95.high > 0.51


def test_an_area_where_nobody_answered_is_left_out_and_changes_nothing():
    some = area_against_rest({"a": 5, "b": 3}, {"a": 9, "b": 8})
    assert area_against_rest({"a": 5, "c": 0, "b": 3}, {"a": 9, "c": 0, "b": 8}) == some


@given(waves)
def test_areas_have_shares_in_their_ranges(found):
    x, n = ({str(at): each[i] for at, each in enumerate(found)} for i in (0, 1))
    for area in area_against_rest(x, n).values():
        assert 0 <= area.range.low <= area.share <= area.range.high <= 1
        assert 0 <= area.rest <= 1
        assert area.p_value - 1e-12 <= area.p_bh <= area.p_holm + 1e-12
        assert area.funnel_998.low <= area.funnel_95.low <= area.funnel_95.high
        assert isfinite(area.z)


def test_the_range_of_an_area_is_its_own():
    found = area_against_rest({"a": 5, "b": 3}, {"a": 9, "b": 8})["b"]
    assert found.range == wilson(3 / 8, 8) != Interval(0, 1)


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: area_against_rest({"a": 1}, {"a": 2}), "at least two areas"),
        (lambda: area_against_rest({}, {}), "at least two areas"),
        (lambda: area_against_rest({"a": 1}, {"b": 2}), "of the same areas"),
        (lambda: area_against_rest({"a": 1, "b": 1}, {"a": 2, "b": 0}), "must be above 0"),
        (lambda: area_against_rest({"a": 1, "b": 3}, {"a": 2, "b": 2}), "A part of the people"),
    ],
)
def test_what_cannot_be_is_one_sentence(refused, sentence):
    with pytest.raises(InvalidInputError) as said:
        refused()
    assert sentence in str(said.value)
