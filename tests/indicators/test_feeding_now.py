"""A survey that feeds q no more: its figures leave everything that is public, at once."""

from datetime import timedelta

import pytest

from engage.indicators.q.feeding_now import series_now
from engage.indicators.q.feeds import q_feeds
from engage.indicators.q.queries import county, published_q
from engage.responses.models import Snapshot
from engage.surveys.models import Survey
from engage.surveys.operations import new_version
from engage.surveys.operations import publish as publish_survey
from tests.indicators.conftest import NOW, PARENTS, YOUNG_PEOPLE, answer
from tests.indicators.q_pages import DISSATISFIED, SATISFIED, a_wave, publish_county, say
from tests.indicators.settings.test_pages import save
from tests.survey_factories import ask, make_small_survey, make_survey

LATER = NOW + timedelta(days=7)
PUBLIC = ("/indicators/q", "/indicators/q/method", "/indicators/q.json", "/indicators/q.csv")
EVERYTHING = "/indicators/everything.json"


@pytest.fixture
def ours(staff_client, publish):
    """A survey of the officer's own, with a figure that is public: 62 of 100 are satisfied."""
    version = make_survey(
        PARENTS,
        slug="parents",
        title="Survey parents",
        organisation=staff_client.staff.organisation,
    )
    answer(version, SATISFIED, 62)
    answer(version, DISSATISFIED, 38)
    publish_county(publish)
    return version


def kinds(client):
    return [row["kind"] for row in client.get(EVERYTHING).json["snapshots"]]


def test_with_no_question_for_the_headline_its_figures_leave_every_public_page(
    client, staff_client, ours
):
    for address in PUBLIC:
        assert "Survey parents" in client.get(address).text
    assert "62%" in client.get("/indicators/q").text
    save(staff_client, ours, headline="")
    for address in PUBLIC:
        assert "Survey parents" not in client.get(address).text
    assert "62%" not in client.get("/indicators/q").text
    assert "There are no figures yet." in client.get("/indicators/q").text


def test_they_leave_the_file_of_all_public_tables_the_earlier_ones_too(
    client, staff_client, ours, publish
):
    answer(ours, SATISFIED, 20, LATER)
    publish_county(publish, LATER)
    assert kinds(client).count("q") == 2
    save(staff_client, ours, headline="")
    assert "q" not in kinds(client)
    assert "parents" not in {row["survey"] for row in client.get(EVERYTHING).json["snapshots"]}
    assert "Survey parents" not in client.get(EVERYTHING).text


def test_what_is_said_of_the_county_is_made_anew_without_them(client, staff_client, ours):
    other = make_survey(
        PARENTS, slug="other", title="Other", organisation=staff_client.staff.organisation
    )
    answer(other, SATISFIED, 40)
    assert [wave["survey"] for wave in county().data["trends"]["q-PC"]["waves"]] == ["parents"]
    save(staff_client, ours, headline="")
    assert county().data["trends"] == {}


def test_even_before_it_is_made_anew_the_county_is_not_shown_with_them(client, ours):
    say(ours, headline="")
    assert county() is None
    assert kinds(client) == []
    assert "62%" not in client.get("/indicators/q").text


def test_the_figures_of_other_surveys_stay(client, staff_client, ours, publish):
    a_wave(20, 20, slug="young", template=YOUNG_PEOPLE)
    publish_county(publish, LATER)
    save(staff_client, ours, headline="")
    assert [issue.series for each in published_q().values() for issue in each] == ["q-YP"]
    assert "county" in kinds(client)


def test_a_wave_before_it_is_public_still(client, staff_client, ours, publish):
    a_wave(30, 30, slug="older", opens_at=NOW - timedelta(days=365))
    publish_county(publish, LATER)
    save(staff_client, ours, headline="")
    (issue,) = published_q()["q-PC"]
    assert issue.data["survey"]["slug"] == "older"


def test_given_back_its_question_the_survey_has_its_figures_again_and_ten_are_still_needed(
    client, session, staff_client, ours, publish
):
    save(staff_client, ours, headline="")
    answer(ours, SATISFIED, 9, LATER)
    publish(LATER)
    save(staff_client, ours, headline="PC10")
    publish(LATER)
    assert "62%" in client.get("/indicators/q").text
    assert session.query(Snapshot).filter_by(kind="q").count() == 1


def test_a_newest_version_for_others_feeds_q_no_more(client, session, ours):
    again = new_version(session.get_one(Survey, ours.survey_id))
    again.audiences = ["parent_carer", "young_person"]
    publish_survey(again, NOW)
    session.commit()
    assert published_q() == {"q-PC": [], "q-YP": []}
    assert kinds(client) == []


def test_nobody_is_told_of_a_setting_that_changes_nothing_of_this(client, staff_client, ours):
    save(staff_client, ours, domain_info="")
    assert "62%" in client.get("/indicators/q").text


# ---- the short way to ask says what the long one does


FIVE = [
    {"code": f"p{n}", "standard": f"Place {n}", "easy_read": f"Place {n}", "value": n}
    for n in (5, 4, 3, 2, 1)
]


def by_the_long_way():
    return {feed.source.survey_id: feed.source.series for feed in q_feeds()}


def test_it_agrees_with_what_figures_are_made_from(session):
    made = [
        make_survey(PARENTS),
        make_survey(YOUNG_PEOPLE),
        make_survey(PARENTS, published=False),
        make_survey(PARENTS, audiences=["parent_carer", "young_person"]),
        make_survey(PARENTS, audiences=["professional"]),
        make_small_survey([ask("Q1", options=FIVE)]),
    ]
    again = new_version(session.get_one(Survey, made[0].survey_id))
    publish_survey(again, NOW)
    other = new_version(session.get_one(Survey, made[1].survey_id))
    other.audiences = ["parent_carer"]
    publish_survey(other, NOW)
    session.commit()
    assert series_now() == by_the_long_way()
    for headline in ("", "Q1", "PC10", "PC11"):
        for version in made:
            say(version, headline=headline)
        assert (headline, series_now()) == (headline, by_the_long_way())


def test_it_takes_two_queries_however_many_surveys_there_are(session, queries):
    for number in range(4):
        make_survey(YOUNG_PEOPLE, slug=f"wave-{number}")
    del queries[:]
    assert len(series_now()) == 4
    assert len(queries) == 2
