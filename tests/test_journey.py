"""An answer's journey, hop by hop, as in the architecture: from a phone to the public page."""

import pytest

from engage.analysis.models import AnalysisRun, FoundTheme, Theme
from engage.jobs import queue
from engage.jobs.models import Job
from engage.loop.models import Action
from engage.people.models import AuditEvent
from engage.responses.models import Response, Snapshot
from tests.analysis.comments import some_comments
from tests.factories import StaffFactory
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey

PEOPLE = 40


@pytest.fixture
def survey(session):
    return make_small_survey(
        [ask("Q1"), ask("Q2", "text", role="free_text")], slug="parks", title="Parks"
    ).survey


@pytest.fixture
def officer(app, survey):
    staff = StaffFactory(organisation=survey.organisation, roles=["survey_lead"])
    return sign_in(app.test_client(), staff)


def answer_on_a_phone(client, words):
    """Hops 1 to 4: begin, a choice, a comment, send."""
    first = client.post("/have-your-say/parks", data={}).location
    second = client.post(first, data={"answer": "yes"}).location
    check = client.post(second, data={"answer": words}).location
    assert words in client.get(check).page.texts("dd")
    thanks = client.get(client.post(check).location).page
    assert thanks.heading == "Thank you. We have your answers."


def work_off(session):
    """The worker, once what was put off a little is due."""
    session.query(Job).update({"run_after": Job.queued_at})
    session.commit()
    return queue.work_off()


def test_what_a_person_says_on_a_phone_comes_back_as_what_was_done(
    client, officer, survey, session
):
    # 1 to 4: forty people answer.
    for comment in some_comments(PEOPLE):
        answer_on_a_phone(client, comment.text)
    # 5: each answer was kept together with the wish to read it, asked for once.
    assert session.query(Response).filter(Response.submitted_at.is_not(None)).count() == PEOPLE
    assert [job.name for job in session.query(Job)].count("analysis.refresh") == 1

    # 6: the worker reads them.
    assert work_off(session) == 3
    run = session.query(AnalysisRun).one()
    assert run.people == PEOPLE

    # 7: an officer reads the theme that most people spoke of, and stands behind it.
    themes = officer.get("/staff/surveys/parks/themes").page
    biggest = themes.soup.select_one("a.theme")["href"]
    sent = officer.post(f"{biggest}/accept", data={"name": "Late buses", "ambition": "ambition-2"})
    accepted = officer.get(sent.location).page
    assert accepted.heading == "Late buses"

    # 8: writes what is done about it, and publishes it.
    new = accepted.soup.select_one("a[href*='/actions/new']")["href"]
    written = {
        "kind": "will",
        "you_said": "The bus is late",
        "we_did": "A second bus from May",
        "owner": "Head of transport",
        "due_on": "2097-05-01",
    }
    draft = officer.post(new, data=written).location
    assert "A second bus" not in client.get("/you-said-we-did/parks").page.html
    assert officer.post(f"{draft}/publish", data=written).status_code == 302
    assert session.query(Action).one().is_public
    work_off(session)

    # 9: everyone reads it, with a count that gives nobody away.
    people = session.query(FoundTheme).filter_by(id=session.query(Theme).one().found_theme_id)
    rounded = (people.one().people + 2) // 5 * 5
    public = client.get("/you-said-we-did/parks").page
    assert "The bus is late" in public.html
    assert "A second bus from May" in public.html
    counted = session.query(Snapshot).filter_by(kind="loop").order_by(Snapshot.id.desc()).first()
    assert counted.data["people"] == PEOPLE
    assert [theme["people"] for theme in counted.data["themes"].values()] == [rounded]
    assert f"About {PEOPLE} people answered." in public.html
    assert f"{rounded} people" in " ".join(public.texts("main"))

    # 10: the board's page stands.
    assert client.get("/indicators/q").status_code == 200

    # What the officer did is on the record, in order.
    assert [event.what for event in session.query(AuditEvent).order_by(AuditEvent.id)] == [
        "accepted a theme",
        "wrote an answer",
        "published an answer",
    ]
