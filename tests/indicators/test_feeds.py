"""Which surveys feed q, and which of their questions plays which part."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.extensions import db
from engage.indicators.q.feeds import Asking, q_feeds, settings_by_survey
from engage.indicators.q.models import QSetting
from engage.indicators.q.replying import replies, sent_to
from engage.indicators.q.series import DOMAINS, PARTS, VARIABLES, Reply, counted
from engage.surveys.models import Question, Survey
from engage.surveys.operations import new_version, publish
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, PARENTS, YOUNG_PEOPLE, answer
from tests.survey_factories import ask, make_small_survey, make_survey, small_definition

FIVE = [
    {"code": f"p{n}", "standard": f"Place {n}", "easy_read": f"Place {n}", "value": n}
    for n in (5, 4, 3, 2, 1)
]


def say(version, *said):
    """Somebody says so of the survey, one after the other."""
    staff = StaffFactory(organisation=version.survey.organisation)
    for name, value in said:
        row = QSetting(name=name, value=value, said_by=staff, said_at=NOW)
        row.survey = version.survey
        db.session.add(row)
        db.session.flush()
    db.session.commit()


def only_feed():
    (feed,) = q_feeds()
    return feed


def test_a_template_says_itself_which_question_is_which(parents):
    feed = only_feed()
    (definition,) = feed.asking.definitions.values()
    asked = feed.asking.asked(definition)
    assert set(PARTS) <= asked.keys()
    assert set(VARIABLES.values()) <= asked.keys()
    assert feed.source.series == "q-PC"
    assert feed.source.wordings.keys() == set(PARTS)


def test_young_people_are_a_series_of_their_own(parents, young_people):
    assert [feed.source.series for feed in q_feeds()] == ["q-PC", "q-YP"]


@pytest.mark.parametrize(
    "details",
    [
        {"audiences": ["parent_carer", "young_person"]},
        {"audiences": ["professional"]},
        {"published": False},
    ],
    ids=["for two audiences", "for somebody else", "a draft"],
)
def test_a_survey_of_nobodys_series_feeds_nothing(session, details):
    make_survey(PARENTS, **details)
    assert q_feeds() == []


def test_a_survey_without_the_headline_feeds_nothing_until_somebody_says_which_it_is(session):
    version = make_small_survey([ask("Q1", options=FIVE), ask("Q2", "text")])
    assert q_feeds() == []
    say(version, ("headline", "Q1"))
    assert only_feed().source.wordings["headline"]["standard"] == "Question Q1?"


def test_what_was_said_last_counts_and_nothing_said_is_none(session):
    version = make_small_survey([ask("Q1", options=FIVE), ask("Q2", options=FIVE)])
    say(version, ("headline", "Q1"), ("headline", "Q2"), ("grade", "A"), ("invited", "400"))
    assert settings_by_survey() == {
        version.survey_id: {"headline": "Q2", "grade": "A", "invited": "400"}
    }
    source = only_feed().source
    assert source.wordings["headline"]["standard"] == "Question Q2?"
    assert (source.grade, source.invited) == ("A", 400)
    say(version, ("headline", ""))
    assert q_feeds() == []


def test_a_part_that_somebody_took_away_is_not_asked(parents):
    say(parents, ("domain_needs", ""), ("weight_area", ""))
    feed = only_feed()
    (definition,) = feed.asking.definitions.values()
    assert not {"domain_needs", "weight_area"} & feed.asking.asked(definition).keys()
    answer(parents, {"headline": "neither"})
    (reply,) = replies(feed.asking)
    assert "domain_needs" not in reply.values
    assert "area" not in reply.is_like
    assert reply.area is None


def test_a_question_that_is_gone_plays_no_part():
    definition = small_definition([ask("Q1", options=FIVE)])
    assert Asking({}, {"headline": "Q9"}).asked(definition) == {}


def test_without_a_word_of_anybody_a_survey_is_an_open_link(parents):
    source = only_feed().source
    assert (source.grade, source.invited, source.population) == ("B", None, None)
    assert source.opened_on == date(2026, 3, 2)


def test_an_earlier_wording_is_kept_beside_the_newest(session):
    first = make_small_survey([ask("Q1", options=FIVE), ask("Q2", options=FIVE)])
    say(first, ("headline", "Q1"))
    again = new_version(session.get_one(Survey, first.survey_id))
    (headline,) = session.query(Question).filter_by(version_id=again.id, code="Q1")
    for words in headline.wordings:
        words.text = "How satisfied are you now?"
    publish(again, NOW + timedelta(days=1))
    session.commit()
    source = only_feed().source
    assert source.wordings["headline"]["standard"] == "How satisfied are you now?"
    assert [each["standard"] for each in source.earlier_headlines] == ["Question Q1?"]


def test_a_person_is_what_the_census_calls_them(parents):
    said = {"headline": "fairly_satisfied", "weight_phase": "16_18", "weight_support": "sens"}
    answer(parents, said | {"weight_area": "dspl4", "setting": "special"})
    answer(parents, {"headline": "dont_know", "weight_phase": "pnts", "weight_support": "ehcna"})
    known, unknown = replies(only_feed().asking)
    assert known.is_like == {
        "area": "dspl4",
        "support": "sen_support",
        "phase": "16-25",
        "setting": "special",
    }
    assert (known.values["headline"], known.area) == (4, "dspl4")
    assert unknown.values["headline"] is None
    assert set(unknown.is_like.values()) == {None}


def test_only_what_was_sent_is_read_and_counted(parents):
    answer(parents, {"headline": "neither"}, 3)
    answer(parents, {"headline": "neither"}, 2, sent_at=None)
    feed = only_feed()
    assert len(replies(feed.asking)) == sent_to(feed.asking) == 3


def test_reading_easy_read_and_symbols_and_helpers_is_kept_with_the_reply(young_people):
    answer(young_people, {"headline": "very_satisfied", "completion_mode": "proxy_for"})
    answer(young_people, {"headline": "very_satisfied"}, easy_read=True)
    helped, easy = replies(only_feed().asking)
    assert (helped.said_for_them, easy.said_for_them) == (True, False)
    assert (helped.is_easy_read, easy.is_easy_read) == (False, True)


def test_the_feeds_of_many_surveys_take_few_queries(session, queries):
    for number in range(4):
        make_survey(YOUNG_PEOPLE, slug=f"wave-{number}")
    q_feeds()  # definitions of published versions are kept in memory
    session.expire_all()
    del queries[:]
    assert len(q_feeds()) == 4
    assert len(queries) <= 4 + 2


areas = st.sampled_from([None, "dspl1", "outside"])


@given(st.lists(st.tuples(areas, st.booleans())), st.sampled_from(["q-PC", "q-YP"]))
def test_nobody_elses_voice_and_nobody_from_elsewhere_is_counted(people, series):
    everyone = [
        Reply(dict.fromkeys(DOMAINS, 3), area, NOW, said_for_them=helped) for area, helped in people
    ]
    kept = counted(series, everyone)
    if series == "q-YP":
        assert not any(each.said_for_them for each in kept)
    else:
        assert not any(each.area == "outside" for each in kept)
    assert len(kept) <= len(everyone)
