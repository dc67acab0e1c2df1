"""How what goes wrong looks to a person."""

import pytest

from engage.errors import EngageError, InvalidInputError
from engage.extensions import db
from engage.people.models import AuditEvent
from engage.responses.models import Answer
from engage.web import errors
from tests.factories import StaffFactory
from tests.loop.made import a_survey
from tests.signin import sign_in
from tests.survey_factories import make_small_survey


@pytest.fixture
def read_only(session):
    """From now on the database refuses to write, as on a full or broken disk."""
    connection = db.engines[None]
    yield lambda: connection.exec_driver_sql("PRAGMA query_only = ON")
    connection.exec_driver_sql("PRAGMA query_only = OFF")


def test_an_answer_the_database_cannot_keep_is_a_wait(client, session, read_only):
    make_small_survey(slug="small")
    first = client.post("/have-your-say/small", data={}).location
    read_only()

    refused = client.post(first, data={"answer": "yes"})

    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "120"
    assert refused.page.heading == "We cannot save answers right now"
    assert session.query(Answer).count() == 0


def test_what_staff_do_and_the_database_cannot_keep_is_a_wait(staff_client, session, read_only):
    version = a_survey(staff_client.staff.organisation, slug="small")
    session.commit()
    assert version.survey
    read_only()

    refused = staff_client.post("/staff/surveys/small/themes")

    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "120"
    assert refused.page.heading == "We cannot save answers right now"
    assert session.query(AuditEvent).count() == 0


@pytest.mark.parametrize(
    ("method", "address", "status", "heading"),
    [
        ("get", "/nothing-here", 404, "Page not found"),
        ("get", "/have-your-say/none", 404, "Page not found"),
        ("post", "/you-said-we-did", 405, "Page not found"),
        ("get", "/staff/nothing-here", 404, "Page not found"),
        ("get", "/static/none.css", 404, "Page not found"),
        ("get", "/" + "a" * 3000, 404, "Page not found"),
        ("get", "/%00", 404, "Page not found"),
    ],
)
def test_what_is_not_there_is_said_kindly(client, method, address, status, heading):
    page = getattr(client, method)(address).page
    assert page.status == status
    assert page.heading == heading


def test_a_page_of_another_role_is_not_open(app, session):
    reader = sign_in(app.test_client(), StaffFactory(roles=["reader"]))
    assert reader.get("/staff/surveys/any/actions").page.heading == "You cannot open this page"


def test_a_form_without_its_token_is_not_read(app, staff_client):
    del staff_client.environ_base["HTTP_X_CSRFTOKEN"]
    page = staff_client.post("/staff/surveys/any/themes").page
    assert page.status == 400
    assert page.heading == "We could not read that"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_every_status_has_words(app, status):
    with app.test_request_context():
        heading, sentence = errors.words(status)
    assert heading
    assert sentence.endswith(".")


@pytest.mark.parametrize("error", [EngageError, InvalidInputError])
def test_what_the_domain_refuses_is_said_in_its_words(app, error):
    with app.test_request_context():
        body, status = errors.domain_error(error("The name <b> is taken."))
    assert status == 422
    assert "The name &lt;b&gt; is taken." in body


def test_a_fault_on_a_respondents_page_leaves_no_token_in_the_log(app, caplog):
    app.logger.error("Exception on %s [%s]", "/answer/c2VjcmV0LXRva2Vu/Q1", "POST")
    assert "c2VjcmV0LXRva2Vu" not in caplog.text
    assert "/answer/…/Q1 [POST]" in caplog.text
