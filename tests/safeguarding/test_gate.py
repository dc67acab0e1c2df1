"""A survey that people can write in does not open before somebody is there to read it."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.errors import NotReadyError
from engage.people.access import ROLES
from engage.safeguarding import queries
from engage.surveys import operations
from tests.factories import OrganisationFactory, StaffFactory, ready_plan
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey, worded

NOW = datetime.now(UTC)
OTHER = {"code": "other", "free_text": True, **worded("Something else")}
ALL_MISSING = [
    "a safeguarding lead who can sign in",
    "a deputy who can sign in",
    "the hours when alerts are read",
    "a help number for the day",
    "when the day number is answered",
    "a help number for nights and weekends",
    "a test alert that somebody has acknowledged",
]


def draft(organisation=None, questions=None, **details):
    return make_small_survey(
        questions, organisation=organisation, published=False, safeguarded=False, **details
    )


@pytest.fixture
def plan(session):
    return ready_plan(OrganisationFactory())


@pytest.mark.parametrize(
    "questions", [[ask("Q1", "text")], [ask("Q1", options=["yes", OTHER])]], ids=["text", "other"]
)
def test_a_survey_with_places_to_write_needs_somebody_to_read(session, questions):
    version = draft(questions=questions)

    with pytest.raises(NotReadyError) as refused:
        operations.publish(version, NOW)

    for what in ALL_MISSING:
        assert what in str(refused.value)
    assert "“Who is told, and when”" in str(refused.value)
    assert version.published_at is None


def test_a_survey_of_choices_alone_needs_nobody(session):
    version = draft(questions=[ask("Q1"), ask("Q2")])

    operations.publish(version, NOW)

    assert version.published_at == NOW


def test_a_question_that_is_switched_off_does_not_count(session):
    version = draft(questions=[ask("Q1"), ask("Q2", "text")])
    version.sections[0].questions[1].is_switched_on = False
    session.flush()

    operations.publish(version, NOW)

    assert version.published_at == NOW


def test_answers_collected_elsewhere_need_nobody_because_nobody_is_asked(session):
    version = draft()

    operations.publish_as_collected(version, NOW)

    assert not version.is_open(NOW + timedelta(seconds=1))


def test_with_a_ready_plan_it_opens(plan):
    version = draft(plan.organisation)

    operations.publish(version, NOW)

    assert version.is_open(NOW)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (lambda plan: setattr(plan, "lead", None), "a safeguarding lead who can sign in"),
        (lambda plan: setattr(plan.lead, "active", False), "a safeguarding lead who can sign in"),
        (lambda plan: setattr(plan.lead, "roles", []), "a safeguarding lead who can sign in"),
        (lambda plan: setattr(plan, "deputy", None), "a deputy who can sign in"),
        (lambda plan: setattr(plan, "deputy", plan.lead), "a deputy who is not the lead"),
        (lambda plan: setattr(plan, "hours", ""), "the hours when alerts are read"),
        (lambda plan: setattr(plan.organisation, "help_phone", ""), "a help number for the day"),
        (
            lambda plan: setattr(plan.organisation, "help_hours", ""),
            "when the day number is answered",
        ),
        (
            lambda plan: setattr(plan.organisation, "out_of_hours_phone", ""),
            "a help number for nights and weekends",
        ),
        (
            lambda plan: setattr(plan, "tested_at", None),
            "a test alert that somebody has acknowledged",
        ),
        (
            lambda plan: setattr(plan, "tested_at", datetime.now(UTC) - timedelta(days=121)),
            "a new test alert: the last one is more than 120 days old",
        ),
    ],
)
def test_what_is_missing_is_said_and_only_that(plan, session, change, missing):
    change(plan)
    session.commit()

    assert queries.missing(plan.organisation) == [missing]


def test_a_test_lasts_120_days(plan, session):
    plan.tested_at = NOW - timedelta(days=119)
    session.commit()

    assert not queries.missing(plan.organisation, NOW)
    assert queries.missing(plan.organisation, NOW + timedelta(days=2))


# ---- on the pages of the survey


@pytest.fixture
def officer(app):
    """Somebody of an organisation without a plan, with every role but those of the plan."""
    staff = StaffFactory(roles=["survey_lead"])
    client = sign_in(app.test_client(), staff)
    client.staff = staff
    return client


@pytest.mark.parametrize("rest", ["", "/open"])
def test_a_draft_says_what_is_missing_before_anybody_presses(officer, rest):
    draft(officer.staff.organisation, slug="parks")

    page = officer.get(f"/staff/surveys/parks{rest}").page

    assert page.texts("section[aria-labelledby=not-yet] li") == ALL_MISSING
    assert "An administrator or the safeguarding lead sets it" in page.html


def test_those_who_may_set_it_are_led_there(app):
    staff = StaffFactory(roles=list(ROLES))
    draft(staff.organisation, slug="parks")

    page = sign_in(app.test_client(), staff).get("/staff/surveys/parks").page

    assert page.soup.select_one('section a[href="/staff/safeguarding/plan"]')


def test_pressing_says_the_same_and_opens_nothing(officer):
    version = draft(officer.staff.organisation, slug="parks")

    refused = officer.post("/staff/surveys/parks/open")

    assert refused.status_code == 409
    assert "a deputy who can sign in" in refused.page.texts(".govuk-error-summary")[0]
    assert version.published_at is None


def test_a_ready_draft_says_nothing_of_it(officer):
    ready_plan(officer.staff.organisation)
    draft(officer.staff.organisation, slug="parks")

    assert not officer.get("/staff/surveys/parks").page.soup.select("#not-yet")


def test_an_open_survey_stays_open_when_the_test_grows_old(officer, session):
    plan = ready_plan(officer.staff.organisation)
    version = make_small_survey(organisation=officer.staff.organisation, slug="parks")
    plan.tested_at = NOW - timedelta(days=200)
    session.commit()

    assert version.is_open(NOW)
    assert not officer.get("/staff/surveys/parks").page.soup.select("#not-yet")
