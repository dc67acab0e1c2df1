"""Which figure is the newest, and which may be shown."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.others.measured import Figure, for_everybody, newest


def figure(id=1, value=None, **details):
    usual = {
        "series": "ind-2018-c",
        "label": "Appeals",
        "period_from": date(2024, 1, 1),
        "period_to": date(2024, 12, 31),
        "unit": "number",
        "numerator": None,
        "denominator": None,
        "respondents": None,
        "place": "Hertfordshire",
        "area": None,
        "source": "A table",
        "source_date": None,
        "note": "",
        "is_synthetic": False,
    }
    value = None if value is None else Decimal(value)
    return Figure(id=id, value=value, **{**usual, **details})


def test_the_one_of_the_latest_period_is_the_newest():
    older, newer = figure(1, "80"), figure(2, "90", period_to=date(2025, 12, 31))
    assert newest([newer, older]) == [newer]


def test_each_part_has_a_newest_of_its_own():
    parts = [figure(1, "80", label="All"), figure(2, "90", label="With SEND")]
    assert newest(parts) == parts


def test_a_made_up_figure_never_stands_before_a_real_one():
    real, made_up = figure(1, "80"), figure(2, "90", period_to=date(2030, 1, 1), is_synthetic=True)
    assert newest([real, made_up]) == [real]


def test_a_figure_of_one_area_is_never_the_newest_of_the_county():
    assert newest([figure(1, "80", area="dspl1")]) == []


def test_a_year_without_a_score_does_not_take_the_place_of_one_with():
    scored, without = figure(1, "3"), figure(2, respondents=1414, period_to=date(2025, 12, 31))
    assert newest([scored, without]) == [scored]


COUNTS = st.lists(st.integers(0, 60), min_size=2, max_size=9)


@given(COUNTS)
def test_taking_the_shown_areas_from_the_county_finds_no_small_group(counts):
    areas = [
        figure(n, str(count), area=f"dspl{n}", place=f"Area {n}")
        for n, count in enumerate(counts, start=1)
    ]
    county = figure(99, str(sum(counts)))
    shown = for_everybody([county, *areas])
    assert [each.id for each in shown] == [99, *range(1, len(counts) + 1)]
    assert all(each.value is None or each.value >= 10 for each in shown)
    hidden = [counts[each.id - 1] for each in shown[1:] if each.is_hidden]
    if hidden and not shown[0].is_hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= 10 or len(hidden) == len(counts)


@given(st.integers(0, 30), st.integers(31, 500))
def test_a_share_of_few_people_goes_with_its_count(part, whole):
    share = figure(
        1, f"{100 * part / whole:.1f}", unit="percent", numerator=part, denominator=whole
    )
    (shown,) = for_everybody([share])
    assert shown.is_hidden == (part < 10)
    assert (shown.value is None) == (part < 10)


@pytest.mark.parametrize(
    ("unit", "value", "is_hidden"),
    [
        *[("appeals", "3", True), ("people", "9", True), ("people", "10", False)],
        *[("score 0-10", "3", False), ("percentage points", "4", False), ("per 100", "3", False)],
    ],
)
def test_a_small_whole_number_is_hidden_where_it_counts_somebody(unit, value, is_hidden):
    (shown,) = for_everybody([figure(1, value, unit=unit)])
    assert shown.is_hidden == is_hidden


def test_a_score_of_few_people_is_not_shown():
    (shown,) = for_everybody([figure(1, "7", unit="score 0-10", respondents=9)])
    assert shown.is_hidden
