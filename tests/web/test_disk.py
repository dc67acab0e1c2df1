"""With the disk nearly full nothing is taken, so nothing is lost."""

import pytest

from engage.responses.models import Response
from tests.survey_factories import make_small_survey

MORE_THAN_THERE_IS = 10**12


@pytest.fixture
def fill(app, monkeypatch):
    return lambda: monkeypatch.setitem(app.config, "MIN_FREE_MEGABYTES", MORE_THAN_THERE_IS)


def test_an_answer_is_refused_with_when_to_try_again(client, session, fill):
    make_small_survey(slug="small")
    first = client.post("/have-your-say/small", data={}).location
    client.post(first, data={"answer": "yes"})
    fill()

    refused = client.post(first, data={"answer": "no"})

    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "120"
    assert refused.page.heading == "We cannot save answers right now"
    assert "What you saved before is safe." in refused.page.html
    assert refused.page.soup.select_one('a[href="tel:999"]'), "whoever needs help still finds it"
    assert session.query(Response).one().draft["Q1"][0] == "yes"


def test_nobody_is_let_begin(client, session, fill):
    make_small_survey(slug="small")
    fill()
    assert client.post("/have-your-say/small", data={}).status_code == 503
    assert session.query(Response).count() == 0


def test_staff_are_refused_too(staff_client, fill):
    fill()
    refused = staff_client.post("/staff/surveys/any/themes")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "120"


def test_pages_can_still_be_read(client, fill):
    make_small_survey(slug="small")
    fill()
    assert client.get("/have-your-say/small").status_code == 200
