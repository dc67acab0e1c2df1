"""From answers in the database to published figures."""

from datetime import timedelta

from engage.indicators.q import operations, queries
from engage.indicators.q.models import QSetting
from engage.indicators.q.queries import published_q
from engage.jobs.queue import enqueue, work_off
from engage.responses import snapshots
from engage.surveys.models import Survey
from engage.surveys.operations import new_version
from engage.surveys.operations import publish as publish_survey
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, PARENTS, answer
from tests.indicators.q_pages import say
from tests.survey_factories import make_survey

LATER = NOW + timedelta(days=7)


def newest(series):
    return published_q()[series][0].data


def test_q_of_parents_is_worked_out_from_the_answers_as_in_the_oracle(parents, publish):
    answer(parents, {"headline": "very_satisfied"}, 60)
    answer(parents, {"headline": "fairly_satisfied"}, 117)
    answer(parents, {"headline": "neither"}, 96)
    answer(parents, {"headline": "fairly_dissatisfied"}, 138)
    answer(parents, {"headline": "very_dissatisfied"}, 120)
    answer(parents, {"headline": "not_applicable"}, 21)
    answer(parents, {"headline": "dont_know"}, 14)
    answer(parents, {"headline": "pnts"}, 5)
    answer(parents, {"headline": None}, 8)
    publish()
    headline = newest("q-PC")["headline"]
    assert (headline["positive"], headline["negative"]) == (33, 49)
    assert (headline["low"], headline["high"], headline["base"]) == (29, 37, 530)
    assert newest("q-PC")["missing"] == 50


def test_parents_and_young_people_are_never_pooled(parents, young_people, publish):
    answer(parents, {"headline": "very_dissatisfied"}, 40)
    answer(young_people, {"headline": "very_satisfied"}, 40)
    assert len(publish()) == 2
    assert newest("q-PC")["headline"]["positive"] == "under 15"
    assert newest("q-YP")["headline"]["positive"] == "over 85"


def test_a_survey_for_both_audiences_feeds_neither(session, publish):
    both = make_survey(PARENTS, audiences=["parent_carer", "young_person"])
    answer(both, {"headline": "very_satisfied"}, 40)
    assert publish() == []


def test_answers_that_were_not_sent_are_not_counted(parents, publish):
    answer(parents, {"headline": "very_satisfied"}, 40, sent_at=None)
    assert publish() == []


def test_the_versions_of_a_survey_are_counted_together(session, parents, publish):
    answer(parents, {"headline": "very_satisfied"}, 20)
    again = new_version(session.get_one(Survey, parents.survey_id))
    publish_survey(again, NOW)
    answer(again, {"headline": "very_dissatisfied"}, 20)
    publish()
    assert newest("q-PC")["headline"]["positive"] == 50


def test_answers_given_for_a_young_person_are_left_out(young_people, publish):
    answer(young_people, {"headline": "very_satisfied", "completion_mode": "helped"}, 30)
    answer(young_people, {"headline": "very_dissatisfied", "completion_mode": "proxy_for"}, 30)
    publish()
    assert newest("q-YP")["headline"]["positive"] == "over 85"
    assert newest("q-YP")["left_out"] == 30


def test_areas_come_from_the_question_where_people_live(parents, publish):
    for code in ("dspl1", "dspl7"):
        answer(parents, {"headline": "neither", "weight_area": code}, 40)
    answer(parents, {"headline": "neither", "weight_area": "dspl2"}, 12)
    answer(parents, {"headline": "neither", "weight_area": "pnts"}, 12)
    publish()
    shown = [code for code, each in newest("q-PC")["areas"].items() if each["base"]]
    assert shown == ["dspl1", "dspl7"]


def test_the_wording_is_kept_with_the_figures_word_for_word(parents, publish):
    answer(parents, {"headline": "neither"}, 30)
    publish()
    words = newest("q-PC")["survey"]["wordings"]
    assert words["headline"]["easy_read"] == "How happy are you with the help you got this year?"
    assert words["domain_needs"]["standard"] == "The support my child gets meets their needs."


def test_the_next_figures_need_ten_new_answers(parents, publish):
    answer(parents, {"headline": "very_satisfied"}, 40)
    publish()
    answer(parents, {"headline": "very_dissatisfied"}, 9, LATER)
    assert publish(LATER) == []
    answer(parents, {"headline": "very_dissatisfied"}, 1, LATER)
    assert len(publish(LATER)) == 1
    assert newest("q-PC")["headline"]["positive"] == 80


def test_what_is_kept_holds_no_exact_base(parents, publish):
    answer(parents, {"headline": "neither"}, 43)
    (snapshot,) = publish()
    assert snapshot.answers_counted == 43
    assert "43" not in str({**snapshot.data, "made_at": "", "survey": ""})
    assert snapshot.checksum == snapshots.checksum(snapshot.data)


def test_the_job_publishes_once_however_often_it_runs(parents, session):
    answer(parents, {"headline": "neither"}, 40)
    for _ in range(2):
        enqueue("indicators.snapshot")
        session.commit()
        assert work_off() == 1
    assert len(published_q()["q-PC"]) == 1
    assert snapshots.latest(parents.survey_id, queries.KIND).answers_counted == 40


def test_thinking_writes_nothing(parents, app):
    answer(parents, {"headline": "neither"}, 40)
    operations.q_ready(NOW, app.extensions["pack"].areas)
    assert published_q() == {"q-PC": [], "q-YP": []}


def test_answers_are_not_read_again_until_enough_are_new(parents, publish, queries):
    answer(parents, {"headline": "neither"}, 40)
    publish()
    del queries[:]
    publish(LATER)
    assert not [each for each in queries if "FROM answer" in each]


def test_made_up_answers_never_stand_before_real_ones(session, publish):
    for slug, is_invented, day in (("real", False, NOW), ("made-up", True, LATER)):
        version = make_survey(PARENTS, slug=slug)
        version.survey.is_invented = is_invented
        answer(version, {"headline": "neither"}, 30)
        publish(day)
    assert [each.is_invented for each in published_q()["q-PC"]] == [False, True]


def test_reading_answers_takes_few_queries(parents, publish, queries):
    answer(parents, {"headline": "neither", "weight_area": "dspl1"}, 40)
    del queries[:]
    publish()
    assert len(queries) <= 13


def test_a_survey_said_to_be_of_events_loses_its_figures_without_ten_more_answers(
    session, parents, publish
):
    answer(parents, {"headline": "very_satisfied"}, 40)
    publish()
    staff = StaffFactory(organisation=parents.survey.organisation)
    row = QSetting(name="grade", value="C", said_by=staff, said_at=NOW)
    row.survey = parents.survey
    session.add(row)
    session.commit()
    publish(LATER)
    assert newest("q-PC")["headline"]["reason"] == "events"
    assert publish(LATER + timedelta(days=1)) == []


def test_the_code_of_the_question_may_change_with_a_version_and_ten_are_still_needed(
    session, parents, publish
):
    answer(parents, {"headline": "very_satisfied"}, 40)
    publish()
    again = new_version(session.get_one(Survey, parents.survey_id))
    asked = [each for section in again.sections for each in section.questions]
    (question,) = [each for each in asked if each.feeds_q == "headline"]
    question.code = "NEWCODE"
    publish_survey(again, NOW)
    session.commit()
    answer(again, {"headline": "very_dissatisfied"}, 3, sent_at=LATER)
    answer(again, {"headline": None}, 20, sent_at=LATER)
    publish(LATER)
    assert newest("q-PC")["headline"]["base"] == 40


def test_a_question_that_gives_way_to_another_and_comes_back_needs_ten_of_its_own(parents, publish):
    """Ten who answer neither would else make a figure of 59 stand beside the one of 57."""

    def more(satisfied, dissatisfied, neither=0):
        pleased = {"headline": "very_satisfied", "domain_info": "agree"}
        answer(parents, pleased, satisfied)
        answer(parents, {"headline": "very_dissatisfied", "domain_info": "disagree"}, dissatisfied)
        answer(parents, {"headline": None, "domain_info": "agree"}, neither)

    def published(on):
        publish(NOW + timedelta(days=on))
        found = newest("q-PC")["headline"]
        return found["base"], found["positive"], found["reason"]

    more(30, 27)
    assert published(0) == (55, 53, None)
    say(parents, headline="PC16", domain_info="")
    more(0, 0, neither=10)
    base, _positive, reason = published(1)
    assert (base, reason) == (65, None)
    say(parents, headline="PC10", domain_info="PC16")
    more(1, 1, neither=8)
    assert published(2) == (None, None, "protected")
    more(10, 9)
    assert published(3)[0] == 80
