"""When a published figure changes, and when it stays as it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engage.indicators.q.figures import issued
from engage.indicators.q.series import Reply
from engage.indicators.q.settling import Publication
from tests.indicators.q_pages import source

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
NOTHING = Publication({}, {})
AREA = "dspl1"


def said(value, people=1, sent_at=NOW, area=None):
    return [Reply({"headline": value}, area, sent_at)] * people


def counts(positive, neutral, negative):
    return said(4, positive) + said(3, neutral) + said(2, negative)


def publish(replies, past=NOTHING, days=0, survey=None):
    """The next publication, as the daily job makes it: it knows all that was public before."""
    now = NOW + timedelta(days=days)
    earlier = [*past.earlier, past.data] if past.data else []
    asked = survey or replace(source(), asked={"headline": "PC10"})
    before = Publication(past.data, past.exact, earlier)
    found = issued(asked, replies, [AREA, "dspl2"], before, now)
    return Publication(found.data, found.exact, earlier)


def headline(publication):
    return publication.data["headline"]


def test_paper_answers_of_an_earlier_day_count_once_they_are_there():
    first = publish(said(4, 60) + said(2, 60))
    on_paper = said(2, 80, NOW - timedelta(days=30))
    second = publish(said(4, 60) + said(2, 60) + on_paper, first, days=7)
    assert (headline(second)["base"], headline(second)["positive"]) == (200, 30)


def test_ten_who_come_and_nine_who_take_theirs_back_change_nothing():
    first = publish(said(4, 60) + said(2, 60))
    came = said(4, 10, NOW + timedelta(days=1))
    second = publish(said(4, 51) + said(2, 60) + came, first, days=7)
    assert headline(second) == headline(first)


def test_a_figure_is_held_against_all_that_were_public_and_not_the_last_alone():
    """From the first and the third together a reader would know what a few newcomers said."""
    first = publish(counts(9, 14, 9))
    second = publish(counts(12, 17, 14), first, days=1)
    third = publish(counts(14, 18, 22), second, days=2)
    assert headline(second)["base"] == 45
    assert headline(third) == headline(second)
    forgetful = Publication(second.data, second.exact)
    assert headline(publish(counts(14, 18, 22), forgetful, days=2)) != headline(second)


def test_a_kept_figure_keeps_the_base_it_was_of():
    first = publish(said(4, 60) + said(2, 60))
    second = publish(said(4, 65) + said(2, 60), first, days=1)
    assert second.exact["bases"]["headline"] == first.exact["bases"]["headline"] == 120
    third = publish(said(4, 70) + said(2, 60), second, days=2)
    assert headline(third)["base"] == 130


def test_where_another_question_plays_the_part_its_figure_comes_at_once():
    first = publish(said(4, 60) + said(2, 60))
    other = replace(source(), asked={"headline": "PC11"})
    second = publish(said(4, 90) + said(2, 30), first, days=1, survey=other)
    assert (headline(first)["positive"], headline(second)["positive"]) == (50, 75)


@pytest.mark.parametrize("place", ["headline", "areas"])
def test_once_people_are_said_to_be_met_at_events_no_percentage_stays(place):
    first = publish(said(4, 60, area=AREA) + said(2, 60, area=AREA))
    met = replace(source(grade="C"), asked={"headline": "PC10"})
    second = publish(said(4, 60, area=AREA) + said(2, 60, area=AREA), first, days=1, survey=met)
    found = second.data[place] if place == "headline" else second.data["areas"][AREA]
    assert (found["positive"], found["reason"]) == (None, "events")
    assert second.data["index"] is second.data["easy_read"] is None


def test_an_old_publication_is_not_called_weighted_by_a_newer_one():
    first = publish(said(4, 60) + said(2, 60))
    old = {key: value for key, value in first.data.items() if key != "weights"}
    second = publish(said(4, 63) + said(2, 60), Publication(old, {}), days=1)
    assert headline(second) == headline(first)
    assert "weights" not in second.data
