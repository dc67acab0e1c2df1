"""How people took part, as it may be published: what a note says and what nobody can work out."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.q.figures import issued
from engage.indicators.q.method import response_rate, took_part, why_none
from engage.indicators.q.series import PARTS, Reply, Ways
from engage.indicators.q.settling import Publication
from engage.responses.disclosure import FEW
from tests.indicators.q_pages import source

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
NOTHING = Publication({}, {})


def said(value, people):
    return [Reply({"headline": value}, None, NOW)] * people


def asking(given=None, code="PC10", **about):
    """A survey of which the database counted so many answers to the headline."""
    ways = Ways(given={} if given is None else {"headline": given})
    return replace(source(**about), ways=ways, asked={"headline": code})


def published(gave, silent, blank=None, past=NOTHING, now=NOW, **about):
    """One survey: so many gave a view, so many gave none, of whom so many left it blank."""
    replies = said(4, gave - gave // 3) + said(2, gave // 3) + said(None, silent)
    survey = asking(None if blank is None else gave + silent - blank, **about)
    return issued(survey, replies, (), past, now)


def headline(publication):
    return publication.data["questions"].get("headline")


# ---- the response rate


@pytest.mark.parametrize(
    ("grade", "invited", "replied"),
    [("B", 400, 120), ("C", 400, 120), ("A", None, 120), ("A", 29, 29), ("A", 400, 29)],
)
def test_only_of_a_list_of_known_size_and_of_thirty_replies_is_there_a_response_rate(
    grade, invited, replied
):
    assert response_rate(source(grade=grade, invited=invited), replied) is None


def test_the_response_rate_is_worked_out_from_the_rounded_number_of_replies():
    rates = [response_rate(source(grade="A", invited=400), each) for each in range(118, 123)]
    assert rates == [{"replies": 120, "invited": 400, "percent": 30}] * 5


def test_more_replies_than_links_give_no_rate_since_it_cannot_be_right():
    found = response_rate(source(grade="A", invited=100), 113)
    assert found == {"replies": 115, "invited": 100, "percent": None}


@pytest.mark.parametrize("replied", range(396, 401))
def test_a_whole_list_that_replied_is_not_called_too_many_for_the_rounding(replied):
    found = response_rate(source(grade="A", invited=398), min(replied, 398))
    assert found["percent"] in (99, 100)


def test_it_counts_everybody_who_replied_also_those_who_are_not_in_q():
    people = said(4, 40) + said(2, 40) + [Reply({"headline": 4}, "outside", NOW)] * 20
    found = issued(asking(grade="A", invited=200), people, (), NOTHING, NOW)
    assert found.data["response_rate"] == {"replies": 100, "invited": 200, "percent": 50}


# ---- who gave no view


def test_of_each_question_how_many_were_asked_and_gave_a_view():
    assert headline(published(90, 30)) == {
        "asked": 120,
        "gave_view": 75,
        "said": None,
        "blank": None,
    }


def test_why_people_gave_no_view_is_told_of_many():
    row = headline(published(200, 100, blank=30))
    assert (row["said"], row["blank"]) == (70, 30)


@pytest.mark.parametrize(
    ("blank", "said", "left"), [(0, "over 95", "under 5"), (4, "over 95", "under 5")]
)
def test_a_blank_of_nobody_looks_like_one_of_four(blank, said, left):
    row = headline(published(200, 150, blank=blank))
    assert (row["said"], row["blank"]) == (said, left)


def test_why_few_gave_no_view_is_not_told():
    row = headline(published(200, 32, blank=10))
    assert (row["asked"], row["gave_view"]) == (230, 87)
    assert row["said"] is row["blank"] is None


def test_a_question_nobody_was_asked_has_no_row():
    assert set(published(60, 0).data["questions"]) == {"headline"}


def test_of_people_met_at_events_no_share_is_given():
    found = published(200, 100, blank=30, grade="C")
    assert found.data["questions"] == {}
    assert found.data["took_part"] is found.data["response_rate"] is None


def test_of_fewer_than_thirty_nothing_is_given():
    assert set(headline(published(20, 9)).values()) == {None}


@pytest.mark.parametrize("shown", range(35, 200, 5))
def test_why_they_gave_none_tells_nothing_of_how_many_they_are(shown):
    """Whatever is said could be said of each number that looks the same from outside.

    So a reader learns no more of how many gave a view than the rounded numbers tell.
    """
    could_be = defaultdict(set)
    for silent in range(shown - 4, shown + 5):
        for blank in range(silent + 1):
            could_be[why_none(shown, silent, blank)["said"]].add(silent)
    assert {len(each) for each in could_be.values()} == {9}


# ---- from one publication to the next


def test_a_row_stays_as_long_as_its_figure():
    first = published(200, 100, blank=30)
    second = published(205, 140, blank=90, past=first, now=LATER)
    assert second.data["headline"] == first.data["headline"]
    assert headline(second) == headline(first)


def test_why_people_gave_no_view_waits_for_ten_more_who_gave_none():
    first = published(200, 100, blank=30)
    second = published(220, 109, blank=39, past=first, now=LATER)
    assert headline(second)["asked"] == 330
    assert (headline(second)["said"], headline(second)["blank"]) == (70, 30)
    third = published(240, 110, blank=60, past=second, now=LATER + timedelta(days=1))
    assert (headline(third)["said"], headline(third)["blank"]) == (45, 55)


def test_of_a_question_that_comes_back_it_waits_for_ten_more_than_when_it_was_last_told():
    first = published(200, 100, blank=30, code="PC10")
    other = published(230, 100, blank=30, past=first, now=LATER, code="PC11")
    back = published(220, 105, blank=60, past=other, now=LATER + timedelta(days=1), code="PC10")
    assert headline(back)["asked"] == 325
    assert headline(back)["said"] is headline(back)["blank"] is None
    again = published(240, 110, blank=60, past=back, now=LATER + timedelta(days=2), code="PC10")
    assert (headline(again)["said"], headline(again)["blank"]) == (45, 55)


def test_nothing_is_said_beside_figures_that_are_from_before_it_was_counted():
    first = published(200, 100, blank=30)
    new = {"questions", "took_part", "response_rate"}
    old = {key: value for key, value in first.data.items() if key not in new}
    second = published(203, 100, blank=30, past=Publication(old, {}), now=NOW)
    later = published(203, 100, blank=30, past=Publication(old, first.exact), now=LATER)
    assert second.data["headline"]["as_of"] == later.data["headline"]["as_of"]
    assert "headline" not in later.data["questions"]
    assert "took_part" not in later.data


# ---- how the answers came


def test_the_ways_people_came_are_shares_to_the_nearest_5():
    shares = took_part(Ways(channels={"web": 70, "import": 20, "phone": 14}))["channels"]
    assert shares == {"web": 65, "import": 20, "phone": 15, "other": "under 5"}


def test_a_way_that_four_people_or_nobody_came_is_named_for_neither():
    shown = {"web": "over 95", "import": "under 5", "other": "under 5"}
    for others in ({}, {"import": 4}, {"kiosk": 4}, {"kiosk": 1}, {"other": 3}):
        channels = {"web": 100 - sum(others.values()), **others}
        assert took_part(Ways(channels=channels))["channels"] == shown


def test_whoever_came_another_way_is_counted_there_whatever_it_is_called():
    channels = {"web": 80, "other": 10, "kiosk": 10, "phone": 4}
    shares = took_part(Ways(channels=channels))["channels"]
    assert shares == {"web": 75, "import": "under 5", "kiosk": 10, "other": 15}


def test_of_fewer_than_thirty_people_no_way_is_told():
    found = took_part(Ways({"web": 29}, {"alone": 20, "not_said": 9}))
    assert found["channels"] is found["who_answered"] is None


counts = st.integers(0, 60)


@given(st.lists(counts, min_size=2, max_size=6), st.lists(counts, min_size=2, max_size=3))
def test_no_share_of_one_to_four_people_is_told_as_a_number(ways, others):
    who = {f"way-{place}": people for place, people in enumerate(ways)}
    channels = dict(zip(("web", "import", "kiosk"), others, strict=False))
    found = took_part(Ways(channels, who))
    for exact, shown in ((who, found["who_answered"]), (channels, found["channels"])):
        for name, share in (shown or {}).items():
            assert exact.get(name, 0) > FEW or not isinstance(share, int)
            assert not isinstance(share, int) or share % 5 == 0


def test_nothing_exact_leaves_with_the_figures():
    found = published(201, 103, blank=31)
    assert found.exact["by_question"]["silent"] == {"headline": {"PC10": 103}}
    assert "silent" not in found.exact, "it is kept by question, and once"
    assert not {"103", "201", "31"} & {*str(found.data["questions"]).replace(",", "").split()}


def test_every_part_that_is_asked_has_a_row():
    replies = [Reply(dict.fromkeys(PARTS, 4), None, NOW)] * 60
    found = issued(asking(), replies, (), NOTHING, NOW)
    assert list(found.data["questions"]) == list(PARTS)
    assert {row["gave_view"] for row in found.data["questions"].values()} == {"over 95"}
