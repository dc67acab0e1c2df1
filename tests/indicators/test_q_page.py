"""The page of indicator q: weights, waves, one number, and targets."""

from datetime import date, timedelta
from functools import partial

import pytest

from engage.indicators.q.models import Target
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, PARENTS, YOUNG_PEOPLE, answer
from tests.indicators.factories_figures import make_margins
from tests.indicators.q_pages import (
    DISSATISFIED,
    SATISFIED,
    a_wave,
    publish_county,
    q,
    rows_of,
    section,
)
from tests.page import words_of
from tests.survey_factories import make_survey

A_YEAR = timedelta(days=365)


@pytest.fixture
def county(publish):
    return partial(publish_county, publish)


@pytest.fixture
def weighted(county):
    """Those with a plan are three times as content, and three times too many among the replies."""
    make_margins()
    version = make_survey(PARENTS, slug="parents", title="Survey")
    for support, satisfied, dissatisfied in (("ehcp", 90, 60), ("sens", 10, 40)):
        answer(version, SATISFIED | {"weight_support": support}, satisfied)
        answer(version, DISSATISFIED | {"weight_support": support}, dissatisfied)
    county()


# ---- weighted beside unweighted


def test_the_weighted_figure_stands_first_and_the_other_beside_it(client, weighted):
    page = q(client)
    assert page.texts(".bigfig") == ["30% satisfied"]
    told = page.tree.cssselect("details[open] tbody tr")[:2]
    weighted_row, plain_row = [[words_of(cell) for cell in row] for row in told]
    assert weighted_row[:3] == ["Parents and carers", "Weighted", "30%"]
    assert weighted_row[5] == "worth 85 equal replies"
    assert plain_row[:3] == ["Parents and carers", "As they came, not weighted", "50%"]
    assert plain_row[5] == "200"


def test_what_the_range_assumes_is_said_with_the_weighted_figure(client, weighted):
    card = section(q(client), "q-PC")
    assert "Weighted, so that those who replied look like those they speak for." in card
    assert "95 per cent uncertainty range: assumes that, after weighting" in card
    assert "The true figure is likely to be between 21 and 40" in card
    assert "confidence interval" not in card


def test_the_easy_page_uses_the_figure_that_stands_first(client, weighted):
    page = q(client, "?read=easy")
    assert "About 30 of them are happy with the help." in page.html
    assert "About 70 of them are not happy." in page.html
    assert "About 200 people told us." in page.html


def test_why_a_figure_is_not_weighted_is_said_in_words(client, county):
    a_wave(100, 100)
    a_wave(40, 40, "young", YOUNG_PEOPLE)
    make_margins("young_person")
    county()
    page = q(client)
    assert "Not weighted: nobody has brought in what the population is like." in section(
        page, "q-PC"
    )
    assert "Not weighted: fewer than 100 people replied." in section(page, "q-YP")
    assert "As they came, not weighted" in " ".join(page.texts("details[open] table"))


def test_weights_too_large_to_trust_do_not_lead_and_are_told_beside(client, county):
    make_margins()
    version = a_wave(150, 150, said={"weight_support": "ehcp"})
    answer(version, SATISFIED | {"weight_support": "sens"}, 15)
    county()
    page = q(client)
    assert page.texts(".bigfig") == ["52% satisfied"]
    assert "Not weighted first: weighting would cost too much of the sample." in page.html
    assert "Weighted" in " ".join(page.texts("details[open] table"))


def test_a_weighted_figure_that_must_be_hidden_hides_the_number(client, county):
    """4 people of great weight: the plain share is blurred, the weighted one would tell."""
    make_margins(shares={"support": {"ehcp": 0.3, "sen_support": 0.7}})
    version = make_survey(PARENTS, slug="parents", title="Survey")
    for support, said, people in (
        ("ehcp", DISSATISFIED, 90),
        ("sens", DISSATISFIED, 26),
        ("sens", SATISFIED, 4),
    ):
        answer(version, said | {"weight_support": support}, people)
    county()
    page = q(client)
    assert page.texts(".bigfig") == []
    assert "Not shown, to protect a small group" in section(page, "q-PC")


# ---- over time


def test_the_first_wave_says_that_there_is_nothing_to_compare_it_with(client, county):
    a_wave(40, 60)
    county()
    page = q(client)
    assert "This is the first wave." in section(page, "q-PC")
    assert "This is the first wave." in section(page, "time-q-PC")


def test_the_change_stands_on_the_card_with_the_rest_under_over_time(client, county):
    a_wave(177, 354, "older", opens_at=NOW - A_YEAR)
    a_wave(221, 339, "newer", opens_at=NOW)
    county()
    page = q(client)
    assert "Up 6 points since April 2025." in section(page, "q-PC")
    told = section(page, "time-q-PC")
    assert "The true difference is likely to be between 0 and 12 points." in told
    assert "a rise of under 9 points could not be told from chance" in told
    assert [row[:3] for row in rows_of(page, "time-q-PC")] == [
        ["Survey older, 1 April 2025", "Not weighted", "33%"],
        ["Survey newer, 1 April 2026", "Not weighted", "39%"],
    ]


def test_no_clear_change_is_said_as_such(client, county):
    a_wave(34, 66, "older", opens_at=NOW - A_YEAR)
    a_wave(40, 60, "newer", opens_at=NOW)
    county()
    card = section(q(client), "q-PC")
    assert "No clear change since April 2025." in card
    assert "Up" not in card


def test_waves_weighted_and_not_are_told_apart_with_the_reason(client, county):
    a_wave(50, 50, "older", opens_at=NOW - A_YEAR)
    county()
    make_margins()
    newer = a_wave(60, 40, "newer", said={"weight_support": "ehcp"}, opens_at=NOW)
    answer(newer, DISSATISFIED | {"weight_support": "sens"}, 60)
    county(NOW + timedelta(days=1))
    page = q(client)
    assert "How we asked has changed" in section(page, "q-PC")
    assert "Weighted from here on, or no more" in section(page, "time-q-PC")


# ---- one number


def test_one_number_is_given_only_to_who_asks_for_it(client, county):
    a_wave(20, 40)
    a_wave(40, 20, "young", YOUNG_PEOPLE)
    county()
    before = q(client)
    assert before.texts('main a[href="/indicators/q?one=yes"]') == ["I need one number"]
    assert "One number, half parents" not in before.html
    page = q(client, "?one=yes")
    assert "half parents and carers and half young people: 50% (42 to 58)" in page.html
    assert "It hides which of the two is which" in page.html
    assert page.texts(".bigfig") == ["33% satisfied", "67% satisfied"]


def test_where_there_is_no_one_number_that_is_said(client, county):
    a_wave(20, 40)
    county()
    assert "One number cannot be given" in q(client, "?one=yes").html


# ---- targets


def test_the_target_stands_on_the_card_and_a_withdrawn_one_does_not(client, county, session):
    a_wave(40, 60)
    county()
    staff = StaffFactory()
    usual = {"series": "q-PC", "from_percent": 40, "smallest_change": 20, "reason": "The board"}
    for percent, withdrawn in ((55, NOW), (60, None)):
        session.add(
            Target(
                percent=percent,
                by=date(2028, 3, 31),
                set_by=staff,
                set_at=NOW,
                withdrawn_at=withdrawn,
                **usual,
            )
        )
    session.commit()
    page = q(client)
    assert "The target is 60% by 31 March 2028." in section(page, "q-PC")
    assert "55%" not in page.html
    assert page.html.count("The target is") == 1
