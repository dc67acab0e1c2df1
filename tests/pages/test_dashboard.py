"""The staff home: what needs somebody first, and what is to do in each survey."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engage.analysis import operations as analysis
from engage.analysis.models import FoundTheme
from engage.jobs import queue
from engage.jobs.models import Job
from engage.loop import operations as loop
from engage.people.models import AuditEvent
from engage.surveys import operations as surveys
from engage.surveys.timing import HERE
from tests.factories import OrganisationFactory, StaffFactory
from tests.loop.made import PARENT, a_public_action, a_survey, a_theme, an_action, people_say
from tests.signin import sign_in

TODAY = datetime.now(UTC).astimezone(HERE).date()


@pytest.fixture
def council(session):
    return OrganisationFactory()


@pytest.fixture
def home(app, council):
    """The page, as somebody of the council with this role reads it."""

    def home(role="survey_lead"):
        staff = StaffFactory(organisation=council, roles=[role] if role else [])
        response = sign_in(app.test_client(), staff).get("/staff")
        assert response.status_code == 200
        return response.page

    return home


def open_survey(council, session, **details):
    version = a_survey(council, **({"slug": "parents", "title": "Parents"} | details))
    session.commit()
    return version


def waiting_job(session, version, minutes=0, **details):
    asked = datetime.now(UTC) - timedelta(minutes=minutes)
    job = Job(
        name="analysis.refresh",
        arguments={"survey_id": version.survey_id},
        queued_at=asked,
        run_after=asked,
        **details,
    )
    session.add(job)
    session.commit()
    return job


def test_with_nothing_to_do_nothing_is_urgent(home):
    page = home()

    assert page.heading.endswith("Nothing is urgent.")
    assert "No survey is open." in page.html
    assert not page.soup.select(".urgent")


def test_an_open_survey_says_how_many_replied_and_when_it_closes(home, council, session):
    last_day = datetime.combine(TODAY + timedelta(days=27), datetime.min.time(), HERE)
    version = open_survey(council, session, closes_at=last_day)
    people_say(version, PARENT, 3)
    session.commit()

    (line,) = home().texts("section[aria-labelledby=open] li.stack")

    assert line.startswith("Parents Closes in 26 days 3 replies")


def test_counts_are_exact_for_staff(home, council, session):
    version = open_survey(council, session)
    people_say(version, PARENT, 1)
    session.commit()

    assert "1 reply" in home().texts("section[aria-labelledby=open] li.stack")[0]


def test_drafts_and_closed_surveys_come_after_the_open_ones(home, council, session):
    closed = open_survey(council, session, slug="closed", title="Closed one")
    surveys.close(closed, datetime.now(UTC))
    open_survey(council, session, slug="draft", title="Draft one", published=False)

    lines = home().texts("section[aria-labelledby=other] li.stack")

    assert lines[0].startswith("Draft one Draft Nobody has been asked yet")
    assert lines[1].startswith("Closed one Closed 0 replies")


def test_themes_to_read_and_answers_to_write_are_counted(home, council, session):
    version = open_survey(council, session)
    theme = a_theme(version, people_say(version, PARENT, 1))
    theme.found.run.themes.append(another(theme.found, 2))
    theme.found.run.themes.append(another(theme.found, 3))
    session.flush()
    analysis.rename(theme.found.run.themes[2], "Only named", theme.decided_by)
    session.commit()

    page = home()

    links = {
        a["href"]: a.get_text(" ", strip=True) for a in page.soup.select("main li a:not(.mini)")
    }
    assert links["/staff/surveys/parents/themes"] == "2 themes to read : Parents"
    assert links["/staff/surveys/parents/actions"] == "1 answer to write : Parents"


def test_what_is_read_and_answered_is_not_counted(home, council, session):
    version = open_survey(council, session)
    theme = a_theme(version, people_say(version, PARENT, 1))
    a_public_action(theme)
    an_action(theme)
    session.commit()

    page = home()

    assert "to read" not in page.html
    assert "to write" not in page.html
    assert "to publish" not in page.html


def test_an_answer_nobody_outside_can_read_is_still_to_publish(home, council, session):
    version = open_survey(council, session)
    drafted, taken_down = a_theme(version), a_theme(version)
    an_action(drafted)
    an_action(drafted)
    loop.take_down(a_public_action(taken_down), taken_down.decided_by)
    session.commit()

    page = home()

    assert "2 answers to publish : Parents" in page.texts("main li a:not(.mini)")
    assert "to write" not in page.html


def test_each_survey_leads_to_what_the_person_may_open(home, council, session):
    open_survey(council, session)
    ways = {
        role: [a["href"] for a in home(role).soup.select("section[aria-labelledby=open] li .mini")]
        for role in ("survey_lead", "reader")
    }

    assert ways["survey_lead"] == [
        "/staff/surveys/parents/themes",
        "/staff/surveys/parents/actions",
        "/staff/surveys/parents/export",
    ]
    assert ways["reader"] == ["/staff/surveys/parents/themes"]


def test_a_draft_survey_leads_to_no_themes(home, council, session):
    open_survey(council, session, published=False)

    assert not home().soup.select("section[aria-labelledby=other] li .mini")


def test_an_earlier_reading_is_not_counted(home, council, session):
    version = open_survey(council, session)
    first = a_theme(version, state="set_aside")
    first.found.run.themes.append(another(first.found, 2))
    a_theme(version, state="set_aside")
    session.commit()

    assert "to read" not in home().html


def another(found, number):
    return FoundTheme(
        number=number,
        label=f"theme {number}",
        keywords=[],
        people=1,
        share=0.1,
        stability=1.0,
        sentiment={},
        quotes=[],
        ambitions=[],
    )


def test_comments_that_wait_for_the_machine_are_said(home, council, session):
    waiting_job(session, open_survey(council, session))

    page = home()

    assert "New comments wait for the machine" in page.texts(".tag")
    assert not page.soup.select(".urgent")


def test_a_worker_that_stopped_comes_first(home, council, session):
    waiting_job(session, open_survey(council, session), minutes=6)

    page = home()

    assert page.heading.endswith("One thing needs you first.")
    (urgent,) = page.texts(".urgent")
    assert urgent.startswith("The machine has stopped reading comments")
    assert "The worker may have stopped. Answers are still being taken." in urgent
    assert page.soup.select_one(".urgent a")["href"] == "/staff/surveys/parents/themes"


def test_a_reading_that_was_given_up_is_said_until_it_works(home, council, session):
    version = open_survey(council, session)
    job = waiting_job(session, version, failed_at=datetime.now(UTC))
    assert "could not read some comments" in home().texts(".urgent h2")[0]

    job.failed_at = datetime(2026, 1, 1, tzinfo=UTC)
    a_theme(version)
    session.commit()
    assert home().texts(".urgent h2") == []


def test_what_is_tried_again_has_not_failed(home, council, session):
    version = open_survey(council, session)
    waiting_job(session, version, failed_at=datetime.now(UTC))
    waiting_job(session, version)

    assert home().texts(".urgent h2") == []


def test_late_answers_come_first_and_what_is_owed_follows_by_its_day(home, council, session):
    version = open_survey(council, session)
    soon = a_theme(version, name="Short breaks")
    late = a_theme(version, name="Quiet spaces")
    a_public_action(soon, "will", due_on=TODAY + timedelta(days=9), owner="Commissioning lead")
    action = a_public_action(late, "doing", due_on=TODAY - timedelta(days=3))

    page = home()

    assert page.heading.endswith("One thing needs you first.")
    assert page.texts(".urgent h2") == ["We owe families 1 answer that is late"]
    assert "“Quiet spaces”: 3 days late." in page.texts(".urgent p")[0]
    assert page.soup.select_one(".urgent a")["href"].endswith(f"/actions/{action.id}")
    assert page.texts("section[aria-labelledby=owed] li") == [
        "Quiet spaces 3 days late Head of therapies",
        "Short breaks Due in 9 days Commissioning lead",
    ]


def test_drafts_and_answers_without_a_promise_are_not_owed(home, council, session):
    version = open_survey(council, session)
    an_action(a_theme(version), "will", due_on=date(2020, 1, 1))
    a_public_action(a_theme(version), "did")

    assert "No answer has promised a day." in home().html


def test_what_we_cannot_do_now_is_late_once_its_day_has_passed(home, council, session):
    version = open_survey(council, session)
    later = {"reason": "not_now", "due_on": TODAY + timedelta(days=9)}
    a_public_action(a_theme(version, name="Short breaks"), "cannot", **later)
    passed = {"reason": "not_now", "due_on": TODAY - timedelta(days=3)}
    a_public_action(a_theme(version, name="Quiet spaces"), "cannot", **passed)

    page = home()

    assert page.texts(".urgent h2") == ["We owe families 1 answer that is late"]
    assert page.texts("section[aria-labelledby=owed] li") == [
        "Quiet spaces 3 days late Head of therapies",
        "Short breaks Due in 9 days Head of therapies",
    ]


@pytest.mark.parametrize("reason", ["money", "law"])
def test_what_we_cannot_do_for_another_reason_waits_for_no_day(home, council, session, reason):
    version = open_survey(council, session)
    # A day that was typed before another reason was chosen is kept.
    a_public_action(a_theme(version), "cannot", reason=reason, due_on=TODAY - timedelta(days=3))

    assert "No answer has promised a day." in home().html


def test_two_things_are_two(home, council, session):
    version = open_survey(council, session)
    waiting_job(session, version, minutes=9)
    a_public_action(a_theme(version), "doing", due_on=TODAY - timedelta(days=1))

    page = home()

    assert page.heading.endswith("Two things need you first.")
    assert len(page.soup.select(".urgent .govuk-button:not(.govuk-button--secondary)")) == 1


def test_nothing_of_another_organisation_is_shown(home, council, session):
    other = open_survey(OrganisationFactory(), session, title="Theirs")
    people_say(other, PARENT, 2)
    waiting_job(session, other, minutes=9)
    a_public_action(a_theme(other, name="Their theme"), "doing", due_on=date(2020, 1, 1))

    page = home()

    assert "Their" not in page.html
    assert page.heading.endswith("Nothing is urgent.")


def test_a_reader_gets_no_link_to_what_they_may_not_open(home, council, session):
    version = open_survey(council, session)
    a_theme(version, name="Waiting")
    a_public_action(a_theme(version), "doing", due_on=TODAY - timedelta(days=1))

    page = home("reader")

    assert "1 answer to write" in page.html
    assert not [a for a in page.soup.select("main a") if "/actions" in a["href"]]
    assert "Make a survey" not in page.html


def test_somebody_without_a_role_sees_no_survey(home, council, session):
    open_survey(council, session)

    assert "Parents" not in home(role=None).html


def test_what_people_typed_is_shown_as_typed(home, council, session):
    version = open_survey(council, session, title="<script>alert(1)</script>")
    a_public_action(
        a_theme(version, name="<b>Bold</b>"), "doing", due_on=TODAY, owner="<i>Lead</i>"
    )

    page = home()

    assert not page.soup.select("main script, main b, main i")
    assert "<b>Bold</b> Due today <i>Lead</i>" in page.texts("section[aria-labelledby=owed] li")


def test_made_up_answers_are_marked(home, council, session):
    open_survey(council, session, is_invented=True)

    assert "Example with made-up answers" in home().texts(".tag")


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.get("/staff")

    assert response.status_code == 302
    assert "/staff/sign-in" in response.location


def test_reading_the_page_writes_nothing(home, council, session):
    waiting_job(session, open_survey(council, session), minutes=9)
    home()

    assert session.query(AuditEvent).count() == 0
    assert queue.any_waiting()


def test_more_surveys_are_no_more_questions_to_the_database(home, council, session, queries):
    a_public_action(a_theme(open_survey(council, session, slug="one")), "doing", due_on=TODAY)
    home()
    begun = len(queries)
    home()
    for_one = len(queries) - begun
    for number in range(4):
        theme = a_theme(open_survey(council, session, slug=f"more-{number}"))
        a_public_action(theme, "doing", due_on=TODAY)
        a_public_action(a_theme(theme.survey.versions[0]), "cannot")

    begun = len(queries)
    home()
    assert abs(len(queries) - begun - for_one) <= 1
