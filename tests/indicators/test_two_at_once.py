"""Two people do the same thing at the same moment: the second reads a sentence, and loses nothing.

PostgreSQL lets both begin, so here the row of the first is written in the middle of the second.
"""

import io
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from engage.errors import NotReadyError
from engage.indicators.ledger import queries as ledger_queries
from engage.indicators.others.models import Activity, MarginSet, Measurement
from engage.indicators.others.queries import imported_margins, measurements
from engage.indicators.q.models import QSetting, Target
from engage.people.models import AuditEvent
from engage.web.two_at_once import or_else
from tests.indicators.conftest import PARENTS, answer
from tests.indicators.factories_figures import make_figure, make_margins
from tests.indicators.figures_import.test_pages import ABOUT, example
from tests.indicators.ledger.test_pages import LEDGER, TYPED, seen
from tests.indicators.rivals import changing_it_first, writing_it_first
from tests.survey_factories import make_survey

PAGE = "/staff/indicators"
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
FAR = {"percent": "60", "by": "2030-12-31", "reason": "The board agreed it"}


def send_file(client, kind, **typed):
    upload = (io.BytesIO(example(kind)), f"{kind}.csv")
    return client.post(f"{PAGE}/{kind}", data={kind: upload, **typed})


def told(reply):
    return reply.page.texts(".govuk-error-summary li")


def test_the_second_to_bring_in_a_figure_is_told_and_keeps_nothing(staff_client, session):
    with writing_it_first(Measurement):
        reply = send_file(staff_client, "figures")
    assert reply.status_code == 422
    assert told(reply) == [
        "Somebody else brought in a figure of this file at the same moment. "
        "Send the file again to see which one."
    ]
    assert measurements("complaints") == []
    assert not session.query(AuditEvent).count()


def test_the_second_to_bring_in_margins_is_told_and_what_they_typed_stands(staff_client):
    with writing_it_first(MarginSet):
        reply = send_file(staff_client, "margins", **ABOUT)
    assert reply.status_code == 422
    assert told(reply)[0].startswith("Somebody else brought in margins of this name")
    assert reply.page.soup.select_one("#title")["value"] == ABOUT["title"]
    assert imported_margins() == []


def test_the_second_to_add_an_activity_is_told_and_what_they_typed_stands(staff_client):
    with writing_it_first(Activity):
        reply = staff_client.post(f"{LEDGER}/new", data=TYPED)
    assert reply.status_code == 422
    assert told(reply)[0].startswith("Somebody else added an activity of this name")
    assert reply.page.soup.select_one("#label")["value"] == TYPED["label"]
    assert reply.page.soup.select_one("#n_people_met")["value"] == "31"
    assert ledger_queries.entries() == []
    assert staff_client.post(f"{LEDGER}/new", data=TYPED).status_code == 302


def test_the_second_to_add_the_printed_activities_is_told(staff_client):
    with writing_it_first(Activity):
        reply = staff_client.post(f"{LEDGER}/load")
    assert reply.status_code == 409
    assert "Somebody else added these activities at the same moment." in reply.page.html


@pytest.fixture
def third_are_satisfied(parents, publish):
    answer(parents, {"headline": "fairly_satisfied"}, 100)
    answer(parents, {"headline": "very_dissatisfied"}, 200)
    publish()


def test_the_second_to_set_a_target_is_told_and_what_they_typed_stands(
    staff_client, session, third_are_satisfied
):
    page = f"{PAGE}/targets/q-PC/new"
    typed = FAR | seen(staff_client.get(page).page)
    with writing_it_first(Target):
        reply = staff_client.post(page, data=typed)
    assert reply.status_code == 422
    assert told(reply)[0].startswith("Somebody else set a target at the same moment.")
    assert reply.page.soup.select_one("#reason").get_text().strip() == FAR["reason"]
    assert not session.query(Target).count()
    assert not session.query(AuditEvent).count()


def test_who_was_still_writing_when_a_target_was_set_loses_nothing(
    staff_client, session, third_are_satisfied
):
    page = f"{PAGE}/targets/q-PC/new"
    typed = FAR | seen(staff_client.get(page).page)
    staff_client.post(page, data=typed)
    reply = staff_client.post(page, data=typed | {"reason": "Mine"})
    assert (reply.status_code, told(reply)) == (
        422,
        ["A target stands already. Withdraw it first."],
    )
    assert reply.page.soup.select_one("#reason").get_text().strip() == "Mine"
    assert session.query(Target).count() == 1


def test_the_second_to_withdraw_a_target_changes_nothing(
    staff_client, session, third_are_satisfied
):
    page = f"{PAGE}/targets/q-PC/new"
    staff_client.post(page, data=FAR | seen(staff_client.get(page).page))
    (row,) = session.query(Target)
    first = update(Target).values(withdrawn_at=NOW, withdrawn_because="The first reason")
    with changing_it_first(lambda connection: connection.execute(first)):
        reply = staff_client.post(f"{PAGE}/targets/{row.id}/withdraw", data={"why": "Second"})
    assert reply.status_code == 409
    assert "It was withdrawn already." in reply.page.html
    assert not session.query(AuditEvent).filter_by(what="withdrew a target").count()


@pytest.mark.parametrize("kind", ["figures", "margins"])
def test_the_second_to_take_something_out_changes_nothing(staff_client, session, kind):
    row = make_figure() if kind == "figures" else make_margins(code="census")
    name = row.id if kind == "figures" else "census"
    first = update(type(row)).values(retired_at=NOW, retired_because="The first reason")
    with changing_it_first(lambda connection: connection.execute(first)):
        reply = staff_client.post(f"{PAGE}/{kind}/{name}/take-out", data={"why": "The second"})
    assert reply.status_code == 409
    assert "It was taken out already." in reply.page.html
    assert not session.query(AuditEvent).count()


def test_the_second_to_change_an_activity_is_told_and_what_they_typed_stands(staff_client):
    staff_client.post(f"{LEDGER}/new", data=TYPED)
    opened = seen(staff_client.get(f"{LEDGER}/library-morning").page)
    first = update(Activity).values(source="The first source")
    with changing_it_first(lambda connection: connection.execute(first)):
        reply = staff_client.post(
            f"{LEDGER}/library-morning", data={**TYPED, "source": "Mine"} | opened
        )
    assert reply.status_code == 422
    assert told(reply)[0].startswith("Somebody changed this since you opened the page.")
    assert reply.page.soup.select_one("#source")["value"] == "Mine"


@pytest.mark.parametrize("address", ["library-morning", "library-morning/remove"])
def test_what_another_has_just_removed_is_not_found(staff_client, address):
    staff_client.post(f"{LEDGER}/new", data=TYPED)
    typed = {**TYPED, "why": "Counted twice"}
    with changing_it_first(lambda connection: connection.execute(delete(Activity))):
        reply = staff_client.post(f"{LEDGER}/{address}", data=typed)
    assert reply.status_code == 404


def test_two_who_say_how_a_survey_feeds_q_take_turns(staff_client, session):
    """The second waits until the first is done, and then sees what the first has kept."""
    version = make_survey(PARENTS, slug="ours", organisation=staff_client.staff.organisation)
    page = f"/staff/surveys/{version.survey.slug}/q"
    opened = seen(staff_client.get(page).page)
    details = {"survey_id": version.survey_id, "said_by_id": staff_client.staff.id, "said_at": NOW}
    first = QSetting.__table__.insert().values(name="grade", value="C", **details)
    with changing_it_first(lambda connection: connection.execute(first)):
        reply = staff_client.post(page, data={"grade": "B"} | opened)
    assert reply.status_code == 422
    assert told(reply)[0].startswith("Somebody changed this since you opened the page.")
    assert not session.query(AuditEvent).count()


def test_another_mistake_is_not_taken_for_a_second_person(session):
    wrong = {"period_from": date(2025, 1, 2), "period_to": date(2025, 1, 1)}
    with pytest.raises(IntegrityError), or_else(NotReadyError("Somebody was first.")):
        make_figure(**wrong)
