"""One request, one transaction."""

import pytest

from engage.extensions import db
from engage.jobs.models import Job
from engage.people.models import Role
from engage.responses.models import Answer, Response
from engage.web.access import public
from tests.survey_factories import ask, make_small_survey


@pytest.fixture
def page(app, monkeypatch):
    """Put a view of the test's own in the place of a page everyone may open."""

    def page(view):
        for endpoint in ("welcome.welcome", "welcome.start"):
            monkeypatch.setitem(app.view_functions, endpoint, public(view))

    return page


def writing(status):
    def view(slug):
        db.session.add(Role(name="written"))
        db.session.flush()
        return "words", status, {"Content-Type": "text/plain"}

    return view


def written(session):
    return session.query(Role).filter_by(name="written").count()


@pytest.mark.parametrize(
    ("sent", "rows"),
    [
        (("GET", 200), 0),
        (("HEAD", 200), 0),
        (("GET", 303), 0),
        (("POST", 200), 1),
        (("POST", 303), 1),
        (("POST", 400), 0),
        (("POST", 422), 0),
        (("POST", 500), 0),
    ],
)
def test_only_a_form_that_worked_is_kept(client, page, session, sent, rows):
    method, status = sent
    page(writing(status))
    assert client.open("/have-your-say/small", method=method).status_code == status
    assert written(session) == rows


def test_a_page_that_breaks_keeps_nothing(client, page, session):
    def view(slug):
        db.session.add(Role(name="written"))
        db.session.flush()
        raise ZeroDivisionError

    page(view)
    broken = client.post("/have-your-say/small")
    assert broken.status_code == 500
    assert broken.page.heading == "Something went wrong"
    assert written(session) == 0


def test_a_refused_form_keeps_nothing(client, session):
    make_small_survey([ask("Q1", "text", max_chars=5)], slug="small")
    first = client.post("/have-your-say/small", data={}).location
    assert client.post(first, data={"answer": "too long"}).status_code == 422
    assert session.query(Answer).count() == 0


def test_sending_keeps_the_answers_and_the_wish_to_read_them_together(client, session):
    make_small_survey([ask("Q1", "text")], slug="small")
    first = client.post("/have-your-say/small", data={}).location
    check = client.post(first, data={"answer": "late"}).location
    assert session.query(Job).count() == 0
    client.post(check)
    session.rollback()
    assert session.query(Response).one().submitted_at
    assert {job.name for job in session.query(Job)} >= {"analysis.refresh"}
