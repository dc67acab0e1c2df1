"""A survey of two audiences, ten comments, two findings and an officer."""

import pytest

from engage.analysis import operations as naming
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import a_survey
from tests.signin import sign_in


@pytest.fixture
def version(session):
    version = a_survey(slug="small", title="What helps")
    session.commit()
    return version


@pytest.fixture
def said(version):
    return comments(version, [f"Comment {n} about waiting" for n in range(12)])


@pytest.fixture
def run(version, said):
    """Letters hold three comments, waits seven, and two fit no theme."""
    return a_run(version, {"letters": said[:3], "waits": said[3:10]}, alone=said[10:])


@pytest.fixture
def officer(version):
    return StaffFactory(organisation=version.survey.organisation)


@pytest.fixture
def signed_in(app, version):
    def signed_in(role):
        staff = StaffFactory(organisation=version.survey.organisation, roles=[role])
        client = sign_in(app.test_client(), staff)
        client.staff = staff
        return client

    return signed_in


@pytest.fixture
def browser(signed_in):
    return signed_in("survey_lead")


@pytest.fixture
def letters(run, browser, session):
    theme = naming.accept(run.themes[0], "Letters", browser.staff)
    session.commit()
    return theme


@pytest.fixture
def waits(run, browser, session):
    theme = naming.accept(run.themes[1], "Waits", browser.staff)
    session.commit()
    return theme
