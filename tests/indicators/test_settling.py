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
AREAS = ("dspl1", "dspl2")
AREA = AREAS[0]


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
    found = issued(asked, replies, AREAS, before, now)
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


def asking(code):
    return replace(source(), asked={"headline": code})


def there_and_back(back, forgets=False):
    """A question of 57 people gives way to another for a day, and comes back with these."""
    first = publish(counts(20, 17, 20), survey=asking("PC10"))
    second = publish(counts(30, 17, 12), first, days=1, survey=asking("PC11"))
    if forgets:
        exact = {key: each for key, each in second.exact.items() if key != "by_question"}
        second = Publication(second.data, exact, second.earlier)
    return [first, second, publish(back, second, days=2, survey=asking("PC10"))]


def test_a_question_that_comes_back_with_two_newcomers_is_not_shown():
    """55 people, then 60: beside the figure of before it, it would say what the two answered."""
    first, second, third = there_and_back(counts(21, 17, 21))
    assert [headline(each)["base"] for each in (first, second)] == [55, 60]
    assert headline(third)["reason"] == "protected"
    assert headline(third)["base"] is headline(third)["positive"] is None
    assert third.data["three_point"] is third.data["easy_read"] is third.data["index"] is None
    assert not third.data["questions"].get("headline")


def test_it_waits_for_ten_more_than_at_its_own_last_figure_however_often_it_is_published():
    *_, third = there_and_back(counts(21, 17, 21))
    fourth = publish(counts(23, 18, 25), third, days=3, survey=asking("PC10"))
    assert headline(fourth) == headline(third)
    fifth = publish(counts(40, 17, 30), fourth, days=4, survey=asking("PC10"))
    assert headline(fifth)["base"] == 85


def test_it_is_shown_at_once_where_enough_came_while_the_other_was_asked():
    assert headline(there_and_back(counts(40, 17, 30))[-1])["base"] == 85


def test_it_is_held_against_its_own_figures_and_not_against_those_of_the_other():
    """12, 17 and 14 people, then 14, 18 and 22, tell of few newcomers: see above."""
    first = publish(counts(9, 14, 9), survey=asking("PC10"))
    other = publish(counts(30, 17, 12), first, days=1, survey=asking("PC11"))
    back = publish(counts(14, 18, 22), other, days=2, survey=asking("PC10"))
    assert headline(back)["reason"] == "protected"
    never = publish(counts(14, 18, 22), other, days=2, survey=asking("PC12"))
    assert headline(never)["base"] == 55


def test_the_other_question_must_wait_too_once_it_was_shown():
    *_, third = there_and_back(counts(40, 17, 30))
    fourth = publish(counts(31, 17, 12), third, days=3, survey=asking("PC11"))
    assert headline(fourth)["reason"] == "protected"


def test_an_area_waits_with_the_question_that_comes_back():
    def there(satisfied, dissatisfied):
        each = [said(4, satisfied, area=area) + said(2, dissatisfied, area=area) for area in AREAS]
        return sum(each, [])

    first = publish(there(30, 30), survey=asking("PC10"))
    second = publish(there(40, 22), first, days=1, survey=asking("PC11"))
    third = publish(there(31, 31), second, days=2, survey=asking("PC10"))
    assert [each.data["areas"][AREA]["base"] for each in (first, second, third)] == [60, 60, None]
    fourth = publish(there(50, 40), third, days=3, survey=asking("PC10"))
    assert fourth.data["areas"][AREA]["base"] == 90


def test_a_question_of_another_part_that_becomes_the_headline_waits_for_ten_more():
    def both(people, others):
        values = {"headline": 4, "domain_needs": 2}
        return [Reply(values, None, NOW)] * people + [
            Reply(dict.fromkeys(values, 3), None, NOW)
        ] * others

    parts = replace(source(), asked={"headline": "PC10", "domain_needs": "PC11"})
    swapped = replace(source(), asked={"headline": "PC11", "domain_needs": "PC10"})
    first = publish(both(30, 27), survey=parts)
    second = publish(both(30, 29), first, days=1, survey=swapped)
    assert headline(second)["reason"] == "protected"
    assert second.data["domains"]["domain_needs"]["reason"] == "protected"
    third = publish(both(50, 50), second, days=2, survey=swapped)
    assert headline(third)["base"] == 100


def test_publications_that_did_not_keep_their_questions_know_only_the_last():
    third = there_and_back(counts(21, 17, 21), forgets=True)[-1]
    assert headline(third)["base"] == 60
    assert third.exact["by_question"]["bases"]["headline"] == {"PC10": 59, "PC11": 59}


def test_a_question_that_nobody_renamed_keeps_one_moment_since_when_it_is_asked():
    first = publish(said(4, 60) + said(2, 60))
    second = publish(said(4, 90) + said(2, 60), first, days=1)
    assert second.exact["by_question"]["since"] == {"headline": {NOW.isoformat(): "PC10"}}


@pytest.mark.parametrize("place", ["headline", "areas"])
def test_once_people_are_said_to_be_met_at_events_no_percentage_stays(place):
    first = publish(said(4, 60, area=AREA) + said(2, 60, area=AREA))
    met = replace(source(grade="C"), asked={"headline": "PC10"})
    second = publish(said(4, 60, area=AREA) + said(2, 60, area=AREA), first, days=1, survey=met)
    found = second.data[place] if place == "headline" else second.data["areas"][AREA]
    assert (found["positive"], found["reason"]) == (None, "events")
    assert second.data["index"] is second.data["easy_read"] is None


EVENTS = replace(source(grade="C"), asked={"headline": "PC10"})
AS_IT_WAS = ("who_replied", "missing", "left_out", "weights")


def of_kinds(people, day=0, area=None):
    """`people` is how many of each support gave a view, and how many gave none."""
    sent = NOW + timedelta(days=day)
    *known, silent = people
    gave = [
        Reply({"headline": 4}, area, sent, is_like={"support": name})
        for name, many in zip(("ehcp", "sen_support"), known, strict=True)
        for _ in range(many)
    ]
    return gave + [Reply({"headline": None}, area, sent, is_like={"support": None})] * silent


def counts_of(publication):
    return {name: publication.data[name] for name in AS_IT_WAS}


def test_the_night_a_survey_is_said_to_be_of_events_tells_nothing_of_one_newcomer():
    """57 people are shown as 55 and 58 as 60: both tables would say what the one is."""
    first = publish(of_kinds((57, 60, 24), area=AREA))
    met = publish(of_kinds((58, 60, 25), area=AREA), first, days=1, survey=EVENTS)
    assert counts_of(met) == counts_of(first)
    assert met.exact["bases"] == first.exact["bases"]
    assert headline(met) == {
        **dict.fromkeys(headline(met)),
        "as_of": NOW.isoformat(),
        "reason": "events",
    }
    gone = ("range", "easy_read", "index", "took_part", "response_rate")
    assert not any(met.data[name] for name in gone)
    assert met.data["questions"] == {}
    assert {each["reason"] for each in met.data["areas"].values()} == {"events"}


def test_of_events_who_replied_changes_once_ten_more_gave_a_view():
    first = publish(of_kinds((57, 60, 20)), survey=EVENTS)
    nine = publish(of_kinds((66, 60, 40)), first, days=1, survey=EVENTS)
    assert counts_of(nine) == counts_of(first)
    assert nine.exact["bases"]["headline"] == 117
    ten = publish(of_kinds((67, 60, 40)), nine, days=2, survey=EVENTS)
    assert ten.data["who_replied"]["support"]["ehcp"] == 65
    assert (ten.data["missing"], ten.exact["bases"]["headline"]) == (40, 127)


def test_nor_does_it_where_another_question_is_asked_the_same_night():
    first = publish(of_kinds((57, 60, 24)))
    other = replace(EVENTS, asked={"headline": "PC11"})
    met = publish(of_kinds((70, 60, 12)), first, days=1, survey=other)
    assert counts_of(met) == counts_of(first)


def test_a_survey_that_is_of_events_no_more_waits_for_ten_more_than_when_it_was_shown():
    first = publish(counts(20, 17, 20))
    met = publish(counts(21, 17, 21), first, days=1, survey=EVENTS)
    back = publish(counts(22, 17, 21), met, days=2)
    assert (headline(back)["reason"], headline(back)["positive"]) == ("protected", None)
    later = publish(counts(40, 17, 30), back, days=3)
    assert headline(later)["base"] == 85


def test_an_old_publication_is_not_called_weighted_by_a_newer_one():
    first = publish(said(4, 60) + said(2, 60))
    old = {key: value for key, value in first.data.items() if key != "weights"}
    second = publish(said(4, 63) + said(2, 60), Publication(old, {}), days=1)
    assert headline(second) == headline(first)
    assert "weights" not in second.data
