"""What is kept, and when."""

from datetime import UTC, datetime, timedelta

from engage.extensions import db, write_transaction
from engage.indicators.pulse.queries import published_pulse
from engage.jobs import queue
from engage.responses.snapshots import checksum, latest
from engage.surveys.models import Survey
from tests.indicators.conftest import answer, take_q_snapshots
from tests.indicators.pulse.conftest import NOW, month
from tests.survey_factories import ask, make_small_survey, make_survey

AUGUST, OCTOBER = NOW, datetime(2026, 10, 2, 12, tzinfo=UTC)


def points(version):
    (line,) = latest(version.survey_id, "pulse").data["lines"]
    return [(point["months"][-1], point["positive"]) for point in line["points"]]


def test_nothing_is_kept_before_a_month_can_be_shown(contacts, publish):
    month(contacts, 2026, 7, 29)
    month(contacts, 2026, 8, 50)
    assert publish() == []


def test_the_daily_job_publishes_the_months_that_are_over(contacts):
    last_month = datetime.now(UTC) - timedelta(days=40)
    answer(contacts, {"pulse": "good"}, 20, last_month)
    answer(contacts, {"pulse": "poor"}, 20, last_month)
    with write_transaction():
        queue.enqueue("indicators.snapshot")
    queue.work_off()
    assert [positive for _, positive in points(contacts)] == [50]


def test_a_month_is_published_once(contacts, publish):
    month(contacts, 2026, 7, 20, 20)
    assert len(publish()) == 1
    assert publish() == []
    month(contacts, 2026, 8, 9)
    assert publish(OCTOBER) == []


def test_a_published_month_stands_and_the_next_joins_it(contacts, publish):
    month(contacts, 2026, 6, 20, 20)
    month(contacts, 2026, 7, 20, 20)
    publish()
    month(contacts, 2026, 6, 40)
    month(contacts, 2026, 7, 9)
    month(contacts, 2026, 8, 30, 10)
    publish(OCTOBER)
    assert points(contacts) == [("2026-06", 50), ("2026-07", 50), ("2026-08", 75)]


def test_the_newest_month_is_counted_again_when_ten_more_came(contacts, publish):
    month(contacts, 2026, 7, 20, 20)
    publish()
    month(contacts, 2026, 7, 10)
    publish(OCTOBER)
    assert points(contacts) == [("2026-07", 60)]


def test_every_form_of_a_month_that_was_out_is_asked_before_it_changes(contacts, publish):
    month(contacts, 2026, 7, 60, 12)
    publish()
    month(contacts, 2026, 7, 10, 1)
    publish(OCTOBER)
    month(contacts, 2026, 7, 14, 3)
    publish(OCTOBER + timedelta(days=31))
    assert points(contacts) == [("2026-07", 84)]
    assert latest(contacts.survey_id, "pulse").data["lines"][0]["points"][0]["base"] == 85


def test_three_symbols_count_where_the_best_was_chosen(session, publish):
    symbols = make_small_survey([ask("P1", "scale", scale="symbols3", feeds_q="pulse")])
    july = datetime(2026, 7, 15, tzinfo=UTC)
    for said, people in (("good", 20), ("ok", 15), ("not_good", 5)):
        answer(symbols, {"pulse": said}, people, july)
    publish()
    assert points(symbols) == [("2026-07", 50)]


def test_those_without_a_view_are_not_in_the_base(contacts, publish):
    month(contacts, 2026, 7, 20, 20)
    july = datetime(2026, 7, 15, tzinfo=UTC)
    for said in ("dont_know", "not_applicable", "pnts", None):
        answer(contacts, {"pulse": said}, 20, july)
    publish()
    (line,) = latest(contacts.survey_id, "pulse").data["lines"]
    assert line["points"][0]["base"] == 40


def test_each_group_has_a_line_of_its_own(groups, publish):
    month(groups, 2026, 7, 40, 10, audience="parent_carer")
    month(groups, 2026, 7, 10, 30, audience="young_person")
    month(groups, 2026, 7, 30, audience="not_sure")
    publish()
    (issue,) = published_pulse()
    shown = {
        line["code"]: [each["positive"] for each in line["points"]] for line in issue.data["lines"]
    }
    assert shown == {"parent_carer": [80], "young_person": [25]}


def test_the_pulse_is_no_part_of_q(app, contacts, publish):
    month(contacts, 2026, 7, 20, 20)
    publish()
    assert take_q_snapshots(NOW, app.extensions["pack"].areas) == []


def test_a_survey_without_the_question_or_without_publication_has_no_pulse(session, publish):
    parents = make_survey("parent-carer-satisfaction")
    draft = make_survey("pulse-after-contact", published=False)
    answer(parents, {"headline": "very_satisfied"}, 40, datetime(2026, 7, 1, tzinfo=UTC))
    month(draft, 2026, 7, 40)
    assert publish() == []


def test_made_up_answers_never_stand_beside_real_ones(session, contacts, publish):
    made_up = make_survey("pulse-after-contact", is_invented=True)
    month(made_up, 2026, 7, 20, 20)
    publish()
    assert [issue.is_invented for issue in published_pulse()] == [True]
    month(contacts, 2026, 7, 20, 20)
    publish()
    assert [issue.is_invented for issue in published_pulse()] == [False]
    assert db.session.get_one(Survey, made_up.survey_id).is_invented


def test_the_checksum_is_that_of_what_is_published(long_line):
    (issue,) = published_pulse()
    assert issue.checksum == checksum(issue.data)
