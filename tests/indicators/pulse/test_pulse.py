"""From what people said to months that may be shown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.pulse.months import (
    Period,
    PulseSource,
    View,
    gathered,
    issue,
    month_of,
    monthly,
    months,
    start_of_month,
)
from engage.indicators.q.settling import Publication

NOW = datetime(2026, 7, 10, 12, tzinfo=UTC)
LATER = datetime(2026, 9, 10, 12, tzinfo=UTC)
NOTHING = Publication({}, {})
SOURCE = PulseSource(1, "pulse", "Pulse", "How was it?", False, "quality5", {})
GROUPS = PulseSource(
    1, "pulse", "Pulse", "How was it?", False, "quality5", {}, {"parent": {}, "young": {}}
)

counts = st.lists(st.integers(0, 80), max_size=24)


def said(month, good, other=0, line="all"):
    return [View(month, 5, line)] * good + [View(month, 2, line)] * other


def periods(bases):
    return [Period((f"2024-{at:02}",), base // 2, base) for at, base in enumerate(bases, 1)]


def published(views, before=NOTHING, now=NOW, source=SOURCE):
    found, _ = issue(source, views, before, now)
    return [
        (point["months"], point["base"], point["positive"])
        for line in found.data["lines"]
        for point in line["points"]
    ]


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 5, 31, 22, 59, tzinfo=UTC), "2026-05"),
        (datetime(2026, 5, 31, 23, 0, tzinfo=UTC), "2026-06"),  # midnight in summer
        (datetime(2026, 1, 31, 23, 59, tzinfo=UTC), "2026-01"),
    ],
)
def test_a_month_ends_at_midnight_in_london(moment, month):
    assert month_of(moment) == month
    assert month_of(start_of_month(moment)) == month


def test_months_go_on_over_new_year():
    assert list(months("2025-11", "2026-02")) == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_the_best_two_of_five_answers_are_positive():
    views = [View("2026-05", value) for value in (5, 4, 3, 2, 1)]
    assert monthly(views) == [Period(("2026-05",), 2, 5)]


def test_a_month_without_anybody_is_still_a_month():
    views = said("2026-03", 1) + said("2026-05", 1)
    assert [period.base for period in monthly(views)] == [1, 0, 1]


def test_a_small_month_waits_for_the_next():
    assert [period.names for period in gathered(periods([12, 40, 50]))] == [
        ("2024-01", "2024-02"),
        ("2024-03",),
    ]


def test_staff_may_see_months_of_ten():
    assert [period.base for period in gathered(periods([12, 9, 1, 10]), 10)] == [12, 10, 10]


def test_a_small_last_month_is_never_put_with_one_that_is_out_already():
    assert [period.base for period in gathered(periods([40, 29]))] == [40]


def test_a_month_is_published_when_it_is_over():
    views = said("2026-06", 20, 20) + said("2026-07", 40)
    assert published(views) == [(["2026-06"], 40, 50)]


def test_what_is_shown_is_whole_and_its_base_rounded():
    assert published(said("2026-06", 13, 30)) == [(["2026-06"], 45, 30)]


@pytest.mark.parametrize(("good", "other", "shown"), [(40, 0, "over 85"), (1, 39, "under 15")])
def test_nearly_everybody_and_nearly_nobody_are_said_in_words(good, other, shown):
    assert published(said("2026-06", good, other)) == [(["2026-06"], 40, shown)]


def test_twenty_nine_people_are_not_enough_for_a_percentage():
    assert published(said("2026-06", 15, 14)) == []


def test_a_published_month_stands_whatever_comes_in_later():
    old = said("2026-05", 20, 20) + said("2026-06", 20, 20)
    first, _ = issue(SOURCE, old, NOTHING, NOW)
    late = old + said("2026-05", 50) + said("2026-06", 9) + said("2026-07", 30, 10)
    assert published(late, first, LATER) == [
        (["2026-05"], 40, 50),
        (["2026-06"], 40, 50),
        (["2026-07"], 40, 75),
    ]


def test_the_newest_month_is_counted_again_when_ten_more_came():
    old = said("2026-06", 20, 20)
    first, counted = issue(SOURCE, old, NOTHING, NOW)
    again, more = issue(SOURCE, old + said("2026-06", 10), first, LATER)
    assert (counted, more) == (40, 50)
    assert [point["positive"] for point in again.data["lines"][0]["points"]] == [60]


def test_a_month_is_counted_again_only_where_no_form_of_it_that_was_out_tells_of_a_few():
    """84% of 85 people and then of 100 tell nothing. Beside 83% of 70 the last says that 4 came."""
    first, _ = issue(SOURCE, said("2026-06", 60, 12), NOTHING, NOW)
    second, _ = issue(SOURCE, said("2026-06", 70, 13), first, LATER)
    stands = [(["2026-06"], 85, 84)]
    assert published(said("2026-06", 70, 13), first) == stands
    forgot = published(said("2026-06", 84, 16), second)
    assert forgot == [(["2026-06"], 100, 84)]
    known = replace(second, earlier=[first.data, second.data])
    assert published(said("2026-06", 84, 16), known) == stands


def test_answers_taken_back_do_not_change_what_is_out():
    first, counted = issue(SOURCE, said("2026-06", 20, 20), NOTHING, NOW)
    again, same = issue(SOURCE, said("2026-06", 5, 20), first, LATER)
    assert again.data["lines"][0]["points"] == first.data["lines"][0]["points"]
    assert counted == same == 40


def test_people_left_waiting_come_out_with_the_next_month():
    old = said("2026-05", 20, 20) + said("2026-06", 10)
    first, counted = issue(SOURCE, old, NOTHING, NOW)
    assert counted == 40
    new = old + said("2026-07", 15, 25)
    assert published(new, first, LATER)[1:] == [(["2026-06", "2026-07"], 50, 50)]


def test_each_group_is_a_line_of_its_own_and_nobody_adds_them_up():
    views = said("2026-06", 40, 10, "parent") + said("2026-06", 10, 30, "young")
    found, counted = issue(GROUPS, views, NOTHING, NOW)
    assert {line["code"]: line["points"][0]["positive"] for line in found.data["lines"]} == {
        "parent": 80,
        "young": 25,
    }
    assert counted == 90


def test_a_group_that_is_asked_no_more_keeps_its_months():
    first, _ = issue(GROUPS, said("2026-06", 20, 20, "young"), NOTHING, NOW)
    without = PulseSource(1, "pulse", "Pulse", "", False, None, {}, {"parent": {}})
    assert published([], first, LATER, without) == [(["2026-06"], 40, 50)]


@given(counts, st.integers(1, 60))
def test_months_put_together_are_large_enough_and_nobody_is_counted_twice(bases, least):
    found = gathered(periods(bases), least)
    names = [name for period in found for name in period.names]
    assert names == [period.names[0] for period in periods(bases)][: len(names)]
    assert all(period.base >= least for period in found)
    assert sum(bases) - sum(period.base for period in found) < least


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 5)), max_size=400), st.integers(1, 12))
def test_publishing_month_by_month_is_publishing_once(people, when):
    views = [View(f"2025-{month:02}", value) for month, value in people]
    half_way = datetime(2025, when, 15, tzinfo=UTC)
    early, counted = issue(SOURCE, views, NOTHING, half_way)
    late, more = issue(SOURCE, views, early, NOW)
    once, same = issue(SOURCE, views, NOTHING, NOW)
    assert more == same >= counted
    shown = [
        [{**point, "as_of": ""} for point in each.data["lines"][0]["points"]]
        for each in (late, once)
    ]
    assert shown[0] == shown[1]


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 5)), max_size=400))
def test_nothing_is_ever_shown_of_fewer_than_thirty(people):
    found, _ = issue(
        SOURCE, [View(f"2025-{month:02}", value) for month, value in people], NOTHING, NOW
    )
    for point in found.data["lines"][0]["points"]:
        assert point["base"] is None or (point["base"] >= 30 and point["base"] % 5 == 0)
        among = [value for month, value in people if f"2025-{month:02}" in point["months"]]
        assert len(among) >= 30
